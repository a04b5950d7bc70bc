"""`leeside letter`: a fault names its file, line and place; a draft says what is missing; nothing is overwritten."""

import json
import shutil
from pathlib import Path

import pytest

from leeside.packs.reader import SHIPPED
from leeside.project.cli import main

FACTS = """
[facts]
wounded = "once"
commission = "refused"
[fields]
full_name = "Вымышленный Иван"
discharged_on = 2023-11-20
"""


@pytest.fixture(scope="module")
def copied(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A shipped pack to spoil."""
    return Path(shutil.copytree(SHIPPED / "refusal", tmp_path_factory.mktemp("packs") / "refusal"))


@pytest.mark.slow
def test_every_shipped_paper_is_well(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["letter", "check", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    papers = {paper["file"] for paper in found["refusal"]["papers"]}
    assert "letters/report_commission.ru.toml" in papers
    assert "letters/asylum_statement.fr.toml" in papers


@pytest.mark.parametrize(
    ("spoil", "at"),
    [
        (("{reply_address}", "{reply_adress}"), (4, "from: `{reply_adress}` is no field of letters/fields.toml.")),
        (("{injury}", "{injury"), (11, "body[1]: a brace stands alone: a blank is written {like_this}.")),
        (('needs = ["discharged_on"]', 'needs = ["dscharged"]'), (18, "body[3].needs: `dscharged` is no field")),
        (('fact = "commission_advised"', 'fact = "advised"'), (21, "body[4].when: ")),
        (('"report_in_writing"]', '"report_by_telegraph"]'), (35, "body[8].rules: the guide has no rule")),
        (
            ("Выписной эпикриз, копия.", "Копия, тел. +7 900 000 00 00"),
            (45, "enclosures[0]: this may not stand in a paper"),
        ),
        (('form = "official"', 'form = "poem"'), (2, "form: ")),
    ],
)
def test_a_fault_names_file_line_and_place(
    spoil: tuple[str, str], at: tuple[int, str], copied: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = copied / "letters" / "report_commission.ru.toml"
    (old, new), (line, fault) = spoil, at
    good = file.read_text(encoding="utf-8")
    assert old in good
    file.write_text(good.replace(old, new, 1), encoding="utf-8")
    try:
        assert main(["letter", "check", "--pack", str(copied)]) == 1
    finally:
        file.write_text(good, encoding="utf-8")
    assert f"letters/report_commission.ru.toml:{line}: {fault}" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("spoil", "fault"),
    [
        (
            ("[fields.fitness.words.ru]", "[fields.fitness.words.uk]"),
            "`{fitness}` has no words for its options in `ru`.",
        ),
        (('question = "unit"', 'question = "presses"'), "`presses` may have several answers: a blank takes one."),
        (('question = "unit"', 'question = "unite"'), "there is no `unite` that `question` could mean."),
        (('term = "claim"', 'term = "acs_application"'), "there is no `acs_application` that `term` could mean."),
    ],
)
def test_a_field_that_nothing_can_fill_is_named(
    spoil: tuple[str, str], fault: str, copied: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Broken on purpose: a check that looks at a field's words only where there are some."""
    file = copied / "letters" / "fields.toml"
    good = file.read_text(encoding="utf-8")
    assert spoil[0] in good
    file.write_text(good.replace(*spoil, 1), encoding="utf-8")
    try:
        assert main(["letter", "check", "--pack", str(copied)]) == 1
    finally:
        file.write_text(good, encoding="utf-8")
    assert fault in capsys.readouterr().out


def test_a_draft_says_what_is_missing_and_overwrites_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    facts, paper = tmp_path / "facts.toml", tmp_path / "paper.pdf"
    facts.write_text(FACTS, encoding="utf-8")
    words = ["letter", "draft", "--pack", "refusal", "--letter", "report_commission", "--on", "2023-12-05"]
    words += ["--facts", str(facts), "--to", str(paper)]
    assert main(words) == 0
    said = capsys.readouterr().out
    assert "missing: " in said
    assert "unit" in said
    assert "full_name" not in said
    assert paper.read_bytes().startswith(b"%PDF-")
    assert main(words) == 1
    assert "nothing was written" in capsys.readouterr().err


def test_a_field_that_a_paper_does_not_have_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    facts = tmp_path / "facts.toml"
    facts.write_text('[facts]\n[fields]\nshoe_size = "44"\n', encoding="utf-8")
    words = ["letter", "draft", "--pack", "refusal", "--letter", "report_commission", "--on", "2023-12-05"]
    assert main([*words, "--facts", str(facts), "--to", str(tmp_path / "paper.docx")]) != 0
    assert "shoe_size" in capsys.readouterr().err
    assert not (tmp_path / "paper.docx").exists()
