"""`leeside guide audit` lists what a reviewer has to look at; `leeside guide draw` writes one rule as a picture."""

import json
from pathlib import Path

import pytest

from leeside.guide.auditing import Look
from leeside.packs.reader import shipped_pack
from leeside.project.cli import main
from leeside.project.guide_review import _TOLD

BOOK = shipped_pack("refusal").guide
RULE = "report_for_commission"


def draw(*words: object) -> int:
    return main(["guide", "draw", "--pack", "refusal", "--rule", RULE, *map(str, words)])


def test_the_audit_names_every_rule_that_nobody_read(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["guide", "audit", "--pack", "refusal", "--on", "2023-12-05", "--json"]) == 0
    listed = json.loads(capsys.readouterr().out)["refusal"]
    unread = {one["subject"] for one in listed if one["look"] == "unreviewed"}
    assert unread == {rule.id for rule in BOOK.rules if rule.review.on is None}


def test_the_audit_can_be_read_and_needs_neither_a_pack_nor_a_day(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["guide", "audit"]) == 0
    said = capsys.readouterr().out
    assert "refusal on " in said
    assert f"unreviewed: no lawyer has read it ({sum(rule.review.on is None for rule in BOOK.rules)})" in said


def test_every_reason_to_look_is_said_in_words() -> None:
    assert set(_TOLD) == set(Look)


def test_a_rule_is_drawn_into_a_file_in_the_language_that_was_asked_for(tmp_path: Path) -> None:
    picture = tmp_path / "rule.svg"
    assert draw("--language", "ru", "-o", picture) == 0
    drawn = picture.read_text(encoding="utf-8")
    assert drawn.startswith("<svg ")
    assert BOOK.by_id[RULE].words["ru"].title in drawn
    assert "walked" not in drawn.split("</style>")[1]


def test_the_way_of_one_case_is_marked(tmp_path: Path) -> None:
    facts, picture = tmp_path / "facts.toml", tmp_path / "rule.svg"
    facts.write_text('where = "unit"\nserves = "mobilised"\n', encoding="utf-8")
    assert draw("--facts", facts, "--on", "2023-12-05", "-o", picture) == 0
    assert "This case comes out here." in picture.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("words", "said", "code"),
    [
        (["--rule", "nothing", "-o", "x.svg"], "has no rule nothing", 1),
        (["-o", "/nowhere/x.svg"], "/nowhere/x.svg cannot be written", 1),
        ([], "--output: needed for `guide draw`", 2),
        (["--facts", "-", "-o", "x.svg"], "--on: needed for `guide draw`", 2),
        (["--language", "fr", "-o", "x.svg"], "--language: the pack speaks", 2),
    ],
)
def test_what_cannot_be_drawn_is_said_in_one_line(
    words: list[str], said: str, code: int, capsys: pytest.CaptureFixture[str]
) -> None:
    assert draw(*words) == code
    assert said in capsys.readouterr().err
