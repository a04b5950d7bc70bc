"""DOCX and PDF: the same words in both, nothing evaluated, nothing read or written on the way."""

import io
import os
import subprocess
import sys
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pypdfium2
import pytest
from docx import Document

from leeside.letters.docx import write_docx
from leeside.letters.filling import Filled
from leeside.letters.making_forms import FORMS, make_form
from leeside.letters.pdf import write_pdf
from leeside.letters.wording import PAPER_WORDS
from leeside.packs.letters.papers import Form, Kind
from letters.making import HOSTILE, PACK, a_field, a_paragraph, a_text, filled_with, shipped, words_of

EVERY = sorted(PACK.letters.texts)


def text_of_docx(written: bytes) -> str:
    return "\n".join(paragraph.text for paragraph in Document(io.BytesIO(written)).paragraphs)


def text_of_pdf(written: bytes) -> str:
    document = pypdfium2.PdfDocument(written)
    return "\n".join(page.get_textpage().get_text_bounded() for page in document)


def squeezed(text: str) -> str:
    """Without what a page breaks differently: white space and hyphens at line ends."""
    return "".join(letter for letter in text if not letter.isspace() and letter not in "-\x02\u00ad\u200b\ufffe")


@pytest.mark.parametrize(("letter_id", "language"), EVERY)
def test_every_shipped_paper_is_written_both_ways_with_all_its_words(letter_id: str, language: str) -> None:
    filled = shipped(letter_id, language, "Пример слов")
    for text in (squeezed(text_of_docx(write_docx(filled))), squeezed(text_of_pdf(write_pdf(filled)))):
        for line in words_of(filled).split("\n"):
            assert squeezed(line) in text, line
        assert squeezed(PAPER_WORDS[language].mark) in text
        for rule in filled.rules:
            assert rule in text


@pytest.mark.parametrize(("letter_id", "language"), EVERY)
def test_a_checked_paper_has_no_line_of_ours(letter_id: str, language: str) -> None:
    """Broken on purpose: `is_checked` ignored in `fill`; `is_draft` ignored by the Word form."""
    draft = shipped(letter_id, language, "Пример слов")
    checked = replace(draft, mark="", notes=())
    for text in (squeezed(text_of_docx(write_docx(checked))), squeezed(text_of_pdf(write_pdf(checked)))):
        assert squeezed(PAPER_WORDS[language].mark) not in text
        assert squeezed(PAPER_WORDS[language].notes) not in text
        assert not any(rule in text for rule in draft.rules)


@pytest.mark.parametrize(("letter_id", "language"), EVERY)
def test_a_paper_of_which_nothing_is_known_names_every_blank(letter_id: str, language: str) -> None:
    filled = shipped(letter_id, language, facts={})
    blanks = [piece.text for line in (*filled.to, *filled.sender) for piece in line if piece.is_blank]
    docx, pdf = squeezed(text_of_docx(write_docx(filled))), squeezed(text_of_pdf(write_pdf(filled)))
    for label in blanks:
        assert squeezed(f"[{label}]") in docx
        assert squeezed(f"[{label}]") in pdf


@pytest.mark.parametrize("form", list(Form))
@pytest.mark.parametrize("words", HOSTILE[:5])
def test_hostile_words_come_out_as_they_were_typed(words: str, form: Form) -> None:
    text = a_text(a_paragraph("Said: {said}"), fields={"said": a_field("said")}, form=form)
    filled = filled_with(text, {"said": words, "name": words})
    said = squeezed("".join(piece.text for piece in filled.body[0].line))
    assert said in squeezed(text_of_docx(write_docx(filled)))
    assert said in squeezed(text_of_pdf(write_pdf(filled)))


def test_thirty_thousand_letters_without_a_space_fill_pages_and_lose_none() -> None:
    filled = filled_with(a_text(a_paragraph("{said}"), fields={"said": a_field("said")}), {"said": HOSTILE[5]})
    assert squeezed(text_of_pdf(write_pdf(filled))).count("д") >= 30_000
    assert text_of_docx(write_docx(filled)).count("д") >= 30_000


@pytest.mark.parametrize("writer", [write_docx, write_pdf])
def test_the_same_paper_gives_the_same_bytes(writer: object) -> None:
    one, other = (writer(shipped("report_commission", "ru", "Пример")) for _ in range(2))  # type: ignore[operator]
    assert one == other


def test_a_word_file_tells_no_author_and_no_clock_time() -> None:
    with zipfile.ZipFile(io.BytesIO(write_docx(shipped("report_commission", "ru", "Пример")))) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        core = archive.read("docProps/core.xml").decode()
    document = Document(io.BytesIO(write_docx(shipped("report_commission", "ru", "Пример"))))
    assert (document.core_properties.author, document.core_properties.last_modified_by) == ("", "")
    assert "2023" not in core
    assert "2026" not in core


def test_a_pdf_tells_no_author_and_no_title() -> None:
    facts = pypdfium2.PdfDocument(write_pdf(shipped("report_commission", "ru", "Пример"))).get_metadata_dict()
    assert facts["Author"] == facts["Title"] == ""


@pytest.mark.parametrize("form", list(Form))
def test_the_word_forms_are_what_their_maker_makes(form: Form) -> None:
    assert (FORMS / f"{form.value}.docx").read_bytes() == make_form(form)


def test_every_form_is_used_by_a_shipped_paper() -> None:
    assert {text.form for text in PACK.letters.texts.values()} == set(Form)


WATCHED = """
import os, sys
sys.path[:0] = {path!r}
from letters.making import shipped
from leeside.letters.docx import write_docx
from leeside.letters.pdf import write_pdf
first = shipped("report_commission", "ru", "Пример")
write_docx(first), write_pdf(first)
seen = []
sys.addaudithook(lambda event, args: seen.append((event, args[:1])) if event in (
    "open", "socket.connect", "subprocess.Popen", "os.mkdir", "os.rename", "tempfile.mkstemp") else None)
paper = shipped("claim_court", "ru", "Другой пример")
write_docx(paper), write_pdf(paper)
print(seen)
"""


def test_writing_opens_no_file_no_connection_and_no_program() -> None:
    """Broken on purpose: `write_docx` saving to a temporary file first."""
    root = Path(__file__).parents[2]
    code = WATCHED.format(path=[str(root / "src"), str(root / "tests")])
    done = subprocess.run([sys.executable, "-P", "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_typst_may_not_reach_a_file_or_a_package(monkeypatch: pytest.MonkeyPatch) -> None:
    """Broken on purpose: `root="/"` in `write_pdf`."""
    import typst

    from leeside.letters import pdf

    for source in (b'#read("/etc/hostname")', b'#import "@preview/cetz:0.3.0": canvas'):
        monkeypatch.setattr(pdf, "_form", lambda source=source: source)
        with pytest.raises((typst.TypstError, RuntimeError, OSError)):
            write_pdf(shipped("report_commission", "ru", "Пример"))


def test_long_names_and_many_blanks_stay_on_the_page() -> None:
    """Every word of a crowded head lies inside the margins of the page."""
    for filled in (
        shipped("claim_court", "ru", "Константинопольский-Переяславльзалесский " * 6),
        shipped("claim_court", "ru"),
    ):
        for page in pypdfium2.PdfDocument(write_pdf(filled)):
            width = page.get_width()
            textpage = page.get_textpage()
            for index in range(textpage.count_rects()):
                left, _bottom, right, _top = textpage.get_rect(index)
                assert left > 0
                assert right < width - 20


def test_the_lines_of_a_paragraph_reach_the_margin() -> None:
    """Broken on purpose: a block of the page without a width, which is as narrow as its longest line."""
    words = "На основании изложенного, руководствуясь статьями 218–220 Кодекса административного производства, прошу:"
    page = pypdfium2.PdfDocument(write_pdf(filled_with(a_text(a_paragraph(words), form=Form.OFFICIAL))))[0]
    textpage = page.get_textpage()
    ends = {}
    for index in range(textpage.count_rects()):
        left, bottom, right, top = textpage.get_rect(index)
        ends[textpage.get_text_bounded(left, bottom, right, top).split()[0]] = right
    margin = page.get_width() - 15 / 25.4 * 72
    assert abs(ends["На"] - margin) < 4


def test_a_number_of_a_list_hangs_before_its_lines() -> None:
    """Broken on purpose: a blank after the number instead of a tab."""
    filled = filled_with(a_text(a_paragraph("first", "second", kind=Kind.LIST)))
    written = Document(io.BytesIO(write_docx(filled)))
    assert [one.text for one in written.paragraphs if one.style.name == "Paper list"] == ["1)\tfirst", "2)\tsecond"]


@pytest.mark.slow
@pytest.mark.parametrize("letter_id", ["report_commission", "asylum_statement", "power_of_attorney"])
def test_libreoffice_opens_the_word_file_with_all_its_words(
    letter_id: str, tmp_path: Path, needs: Callable[..., None]
) -> None:
    needs("libreoffice")
    filled = shipped(letter_id, "ru", "Константинопольский-Переяславльзалесский")
    opened = opened_by_libreoffice(filled, tmp_path)
    for line in words_of(filled).split("\n"):
        assert squeezed(line) in squeezed(opened), line


def opened_by_libreoffice(filled: Filled, folder: Path) -> str:
    (folder / "paper.docx").write_bytes(write_docx(filled))
    subprocess.run(
        ["soffice", "--headless", "--convert-to", "pdf", "--outdir", str(folder), str(folder / "paper.docx")],
        env={**os.environ, "HOME": str(folder)},
        check=True,
        capture_output=True,
        timeout=180,
    )
    return text_of_pdf((folder / "paper.pdf").read_bytes())
