"""What the tests of papers at the desk share: one paper, what is typed into it, and who looks at it."""

import io
from typing import Any

from docx import Document

from desk.stage import HOT, Sent, Stage
from desk.test_pages import Browser
from leeside.desk.files.looking import look
from leeside.desk.letters.drafting import (
    Typed,
    find_letter,
    find_text,
    keep_letter,
)
from leeside.desk.letters.second_pair import check_letter, files_in
from leeside.desk.opening import open_case

WOUNDED = {**HOT, "serves": "mobilised", "commission": "no", "held": "no"}
PAPER = "report_commission"
NAME = "Вымышленный Пётр Петрович"
TYPED = Typed({"full_name": NAME, "unit": "00000", "diagnosis": "Осколочное ранение", "discharged_on": "2023-11-20"})


def kept(stage: Stage, case: Sent, typed: Typed = TYPED) -> str:
    willow = stage.seat("Willow")
    return keep_letter(willow, case.case_id, find_text(willow, PAPER, "ru"), typed)


def look_at(stage: Stage, case: Sent, entry: str, who: str = "Larch") -> None:
    seat = stage.seat(who)
    file = open_case(seat, case.case_id)
    look(stage.seat(who), case.case_id, bytes.fromhex(files_in(find_letter(file, entry))["pdf"]))


def read_and_check(stage: Stage, case: Sent, entry: str) -> None:
    look_at(stage, case, entry)
    check_letter(stage.seat("Larch"), case.case_id, entry)


def post(browser: Browser, case: Sent, address: str, fields: dict[str, str]) -> Any:
    return browser.post(f"/en/case/{case.slug}/{address}", fields, page=f"/en/case/{case.slug}/")


def words_in(content: bytes) -> str:
    return "\n".join(paragraph.text for paragraph in Document(io.BytesIO(content)).paragraphs)
