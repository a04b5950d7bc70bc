"""Makes the Word forms in `forms/`: `python -m leeside.letters.making_forms`. A test makes them anew and compares.

A form holds the layout and the places where docxtpl puts the paper; it can be opened and changed in LibreOffice or
Word, and what it looks like is changed here, so that both stay the same.
"""

import io
from pathlib import Path
from typing import Final

from docx import Document
from docx.document import Document as DocumentType
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor
from docx.styles.style import ParagraphStyle
from docx.text.paragraph import Paragraph

from leeside.letters.archives import same_every_time
from leeside.packs.letters.papers import Form

FORMS: Final = Path(__file__).parent / "forms"
_FONT: Final = "Times New Roman"
_GREY: Final = RGBColor(0x44, 0x44, 0x44)
_RIGHT_HALF: Final = Cm(8)


def make_form(form: Form) -> bytes:
    """The Word form of one layout, the same bytes every time."""
    document = Document()
    _set_page(document)
    _set_styles(document, form)
    _add_page_number(document)
    _lines(document, "Mark", "mark", only_if="is_draft")
    _each(document, "Note", "line", "notes")
    if form is not Form.STATEMENT:
        _paragraph(document, "Address", "")
    for part in ("sender", "to") if form is Form.LETTER else ("to", "sender"):
        if form is not Form.STATEMENT:
            _each(document, "Address", "line", part)
            _paragraph(document, "Address", "")
    _lines(document, "Paper title", "title")
    _lines(document, "Paper subtitle", "subtitle", only_if="has_subtitle")
    _add_body(document)
    _add_enclosures(document)
    _paragraph(document, "Signature", "{{r day }}")
    _paragraph(document, "Signature", "{{r signature }}")
    written = io.BytesIO()
    document.save(written)
    return same_every_time(written.getvalue())


def _set_page(document: DocumentType) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin, section.right_margin = Cm(3), Cm(1.5)
    section.top_margin = section.bottom_margin = Cm(2)
    facts = document.core_properties
    facts.author = facts.last_modified_by = facts.title = facts.comments = facts.keywords = ""


def _set_styles(document: DocumentType, form: Form) -> None:
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = _FONT, Pt(12)
    normal.element.rPr.rFonts.set(qn("w:eastAsia"), _FONT)
    normal.paragraph_format.space_after = Pt(0)
    right = _RIGHT_HALF if form is Form.OFFICIAL else Cm(0)
    middle = WD_ALIGN_PARAGRAPH.LEFT if form is Form.LETTER else WD_ALIGN_PARAGRAPH.CENTER
    address = _style(document, "Address")
    address.paragraph_format.left_indent = right
    mark = _style(document, "Mark", bold=True)
    mark.font.size, mark.font.color.rgb = Pt(9), _GREY
    note = _style(document, "Note")
    note.font.size, note.font.color.rgb = Pt(8), _GREY
    title = _style(document, "Paper title", bold=True)
    title.font.size, title.paragraph_format.alignment = Pt(14), middle
    title.paragraph_format.space_before, title.paragraph_format.keep_with_next = Pt(12), True
    subtitle = _style(document, "Paper subtitle")
    subtitle.paragraph_format.alignment, subtitle.paragraph_format.keep_with_next = middle, True
    text = _style(document, "Paper text")
    text.paragraph_format.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
    text.paragraph_format.first_line_indent = Cm(1.25) if form is Form.OFFICIAL else Cm(0)
    text.paragraph_format.space_before = Pt(6)
    listed = _style(document, "Paper list")
    listed.paragraph_format.left_indent, listed.paragraph_format.first_line_indent = Cm(1.25), Cm(-0.75)
    listed.paragraph_format.space_before = Pt(4)
    heading = _style(document, "Paper heading", bold=True)
    heading.paragraph_format.space_before, heading.paragraph_format.keep_with_next = Pt(10), True
    signature = _style(document, "Signature")
    signature.paragraph_format.space_before = Pt(18)


def _style(document: DocumentType, name: str, *, bold: bool = False) -> ParagraphStyle:
    styles = document.styles
    made = styles[name] if name in [each.name for each in styles] else styles.add_style(name, 1)
    assert isinstance(made, ParagraphStyle)  # noqa: S101 (style type 1 is that of paragraphs)
    made.base_style = styles["Normal"]
    made.font.bold = bold
    return made


def _add_page_number(document: DocumentType) -> None:
    footer = document.sections[0].footer.paragraphs[0]
    footer.alignment = WD_ALIGN_PARAGRAPH.CENTER
    run = footer.add_run()
    for kind, text in (("begin", None), (None, "PAGE"), ("end", None)):
        if kind is None:
            code = OxmlElement("w:instrText")
            code.text = text
        else:
            code = OxmlElement("w:fldChar")
            code.set(qn("w:fldCharType"), kind)
        run._r.append(code)


def _add_body(document: DocumentType) -> None:
    _paragraph(document, "Paper text", "{%p for block in body %}")
    for kind, style in (("heading", "Paper heading"), ("list", "Paper list"), ("text", "Paper text")):
        _lines(document, style, "block.line", only_if=f"block.kind == '{kind}'")
    _paragraph(document, "Paper text", "{%p endfor %}")


def _add_enclosures(document: DocumentType) -> None:
    _paragraph(document, "Paper text", "{%p if enclosures %}")
    _paragraph(document, "Paper heading", "{{r enclosures_title }}")
    _each(document, "Paper list", "line", "enclosures")
    _paragraph(document, "Paper text", "{%p endif %}")


def _each(document: DocumentType, style: str, name: str, items: str) -> None:
    _paragraph(document, style, f"{{%p for {name} in {items} %}}")
    _paragraph(document, style, f"{{{{r {name} }}}}")
    _paragraph(document, style, "{%p endfor %}")


def _lines(document: DocumentType, style: str, name: str, *, only_if: str = "") -> None:
    if only_if:
        _paragraph(document, style, f"{{%p if {only_if} %}}")
    _paragraph(document, style, f"{{{{r {name} }}}}")
    if only_if:
        _paragraph(document, style, "{%p endif %}")


def _paragraph(document: DocumentType, style: str, text: str) -> Paragraph:
    return document.add_paragraph(text, style=style)


if __name__ == "__main__":
    for each in Form:
        (FORMS / f"{each.value}.docx").write_bytes(make_form(each))
