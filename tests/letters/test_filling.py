"""What is written on a paper, what stays blank, and that nothing stays blank in silence."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from leeside.letters.filling import Missing, fill
from leeside.letters.plain import LIMIT_LONG, LIMIT_SHORT
from leeside.letters.trying import labels_in
from leeside.letters.wording import PAPER_WORDS
from leeside.packs.letters.fields import Source
from leeside.packs.letters.papers import Kind
from letters.making import HOSTILE, PACK, TUESDAY, a_field, a_paragraph, a_text, filled_with, words_of

SAID = {"said": a_field("said")}
UNIT = {"fact": "where", "is": "unit"}


def test_a_field_without_a_value_is_a_marked_blank_and_counted() -> None:
    filled = filled_with(a_text(a_paragraph("Said: {said}."), fields=SAID))
    blanks = [piece.text for block in filled.body for piece in block.line if piece.is_blank]
    assert blanks == ["label of said"]
    assert Missing("said", "body[0]") in filled.missing
    assert filled.blanks == 2  # said and name


def test_a_field_that_stands_twice_is_one_missing_thing() -> None:
    filled = filled_with(a_text(a_paragraph("{said} and {said}"), fields=SAID), {"name": "Ada"})
    assert filled.blanks == 1


def test_a_value_stands_where_its_blank_was() -> None:
    filled = filled_with(a_text(a_paragraph("Said: {said}."), fields=SAID), {"said": "no", "name": "Ada"})
    assert words_of(filled).endswith("Said: no.")
    assert filled.missing == ()


@pytest.mark.parametrize(
    ("where", "written", "missing"),
    [("unit", True, ()), ("home", False, ()), (None, False, (Missing("where", "body[0]", is_fact=True),))],
)
def test_a_paragraph_waits_for_its_condition(where: str | None, written: bool, missing: tuple[Missing, ...]) -> None:
    filled = filled_with(a_text(a_paragraph("In the unit.", when=UNIT)), {"name": "Ada"}, {"where": where})
    assert bool(filled.body) is written
    assert filled.missing == missing


def test_a_paragraph_that_needs_a_field_is_left_out_without_it_and_the_field_is_missing() -> None:
    text = a_text(a_paragraph("Said: {said}", needs=("said",)), fields=SAID)
    assert filled_with(text, {"name": "Ada"}).body == ()
    assert filled_with(text, {"name": "Ada"}).missing == (Missing("said", "body[0]"),)
    assert filled_with(text, {"name": "Ada", "said": "no"}).body


def test_a_paragraph_that_rests_on_rules_is_left_out_before_they_are_in_force() -> None:
    rule = next(one for one in PACK.guide.rules if one.id == "hand_in_passport")
    text = a_text(a_paragraph("It is so.", rules=(rule.id,)))
    before = filled_with(text, {"name": "Ada"}, book=PACK.guide, on=date(2023, 12, 10))
    since = filled_with(text, {"name": "Ada"}, book=PACK.guide, on=rule.since)
    assert before.body == ()
    assert rule.id not in before.rules
    assert since.body
    assert since.rules == (rule.id,)
    assert since.notes[0].startswith(f"{rule.id} ({rule.confidence.value}): ")


def test_a_paper_whose_paragraphs_name_no_rule_rests_on_all_that_give_it() -> None:
    text = PACK.letters.texts["application_acs", "ru"]
    filled = fill(text, PACK.guide, facts={}, values={}, labels=str, on=TUESDAY)
    giving = {rule.id for rule in PACK.guide.rules if "application_acs" in rule.papers and rule.since <= TUESDAY}
    assert filled.rules
    assert set(filled.rules) <= giving


@pytest.mark.parametrize(
    ("language", "written"),
    [
        ("ru", "1 декабря 2023 г."),
        ("uk", "1 грудня 2023 р."),
        ("en", "1 December 2023"),
        ("fr", "1er décembre 2023"),
        ("de", "1. Dezember 2023"),
    ],
)
def test_a_day_is_written_out_in_the_language_of_the_paper(language: str, written: str) -> None:
    text = a_text(a_paragraph("{day}"), fields={"day": a_field("day", of="date")}, language=language)
    # Blanks that do not break: a day is not torn apart at the end of a line.
    assert words_of(filled_with(text, {"day": "2023-12-01"})).endswith(written.replace(" ", "\u00a0"))


def test_a_fact_that_cannot_be_compared_is_counted_like_an_unknown_one() -> None:
    """Broken on purpose: only facts without any value are counted."""
    text = a_text(a_paragraph("Then"), a_paragraph("Late", when={"fact": "learned_on", "at_most": "2023-12-05"}))
    filled = filled_with(text, facts={"learned_on": "in autumn"})
    assert [block.line[0].text for block in filled.body] == ["Then"]
    assert Missing("learned_on", "body[0]", is_fact=True) in filled.missing


def test_what_is_no_day_leaves_a_blank() -> None:
    text = a_text(a_paragraph("{day}"), fields={"day": a_field("day", of="date")})
    assert filled_with(text, {"day": "soon"}).missing[0] == Missing("day", "body[0]")


def test_a_sentence_that_ends_with_a_russian_day_has_one_full_stop() -> None:
    text = a_text(a_paragraph("С {day}."), fields={"day": a_field("day", of="date")}, language="ru")
    assert words_of(filled_with(text, {"day": "2023-12-01"})).endswith("С 1\u00a0декабря\u00a02023\u00a0г.")


def test_an_option_is_written_as_a_phrase_and_an_unknown_one_is_missing() -> None:
    text = PACK.letters.texts["appeal_finding", "ru"]
    for option, expected in (("v", True), ("x", False)):
        filled = fill(text, PACK.guide, facts={}, values={"fitness": option}, labels=str, on=TUESDAY)
        assert ("ограниченно годен" in words_of(filled)) is expected
        assert any(one.id == "fitness" for one in filled.missing) is not expected


def test_lists_are_numbered_on_and_anew_after_a_heading() -> None:
    text = a_text(
        a_paragraph("one", "two", kind=Kind.LIST),
        a_paragraph("Then", kind=Kind.TEXT),
        a_paragraph("three", kind=Kind.LIST),
        a_paragraph("Anew", kind=Kind.HEADING),
        a_paragraph("one", kind=Kind.LIST),
    )
    assert [block.number for block in filled_with(text).body] == [1, 2, 0, 3, 0, 1]


def test_several_paragraphs_that_were_typed_are_several() -> None:
    filled = filled_with(a_text(a_paragraph("Said: {said}"), fields=SAID), {"said": "first\r\n\r\nsecond"})
    assert ["".join(piece.text for piece in block.line) for block in filled.body] == ["Said: first", "second"]


def test_a_draft_says_so_at_the_top_and_a_checked_paper_tells_nothing_of_us() -> None:
    text = PACK.letters.texts["report_commission", "ru"]
    draft, checked = (
        fill(text, PACK.guide, facts={}, values={}, labels=str, on=TUESDAY, is_checked=is_checked)
        for is_checked in (False, True)
    )
    assert draft.mark == PAPER_WORDS["ru"].mark
    assert draft.notes
    assert (checked.mark, checked.notes) == ("", ())
    assert checked.rules == draft.rules
    assert checked.missing == draft.missing


@pytest.mark.parametrize("words", HOSTILE)
def test_what_is_typed_stays_plain_and_within_bounds(words: str) -> None:
    fields = {"said": a_field("said"), "line": a_field("line", of="short")}
    filled = filled_with(
        a_text(a_paragraph("{said}"), a_paragraph("{line}"), fields=fields), dict.fromkeys(fields, words)
    )
    long, short = words_of(filled).split("\n")[-2:]
    assert len(long) <= LIMIT_LONG
    assert len(short) <= LIMIT_SHORT
    assert not any(
        ord(letter) < 32 or 0x202A <= ord(letter) <= 0x202E or letter in "\u2066\u2069\ufeff" for letter in long
    )


@settings(max_examples=60, deadline=None)
@given(
    known=st.sets(st.sampled_from(sorted({name for text in PACK.letters.texts.values() for name in text.fields}))),
    situation=st.sampled_from(PACK.guide.situations),
    text=st.sampled_from(list(PACK.letters.texts.values())),
)
def test_no_blank_is_silent_and_no_value_is_lost(known: set[str], situation: object, text: object) -> None:
    values = {name: "2023-11-24" if field.is_day else f"word{len(name)}" for name, field in text.fields.items()}  # type: ignore[attr-defined]
    values = {name: value for name, value in values.items() if name in known}
    filled = fill(text, PACK.guide, facts=situation.facts, values=values, labels=str, on=TUESDAY)  # type: ignore[attr-defined, arg-type]
    lines = [*filled.to, *filled.sender, filled.title, filled.subtitle, filled.signed_by, *filled.enclosures]
    blanks = {piece.text for line in (*lines, *(one.line for one in filled.body)) for piece in line if piece.is_blank}
    assert blanks <= {one.id for one in filled.missing}
    for one in filled.missing:
        field = text.fields.get(one.id)  # type: ignore[attr-defined]
        assert one.is_fact or one.id not in values or (field is not None and field.source is Source.QUESTION)


def test_every_label_of_a_shipped_paper_is_in_words() -> None:
    for text in PACK.letters.texts.values():
        labels = labels_in(PACK, text.language)
        for name in text.fields:
            assert labels(name) != name, (text.id, text.language, name)
