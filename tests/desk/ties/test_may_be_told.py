"""What a relative may be told: a list in the person's case, sentences above the field, a stop that must be meant."""

from datetime import timedelta

import pytest

from desk.stage import PLAIN, Sent, Stage, send
from desk.ties.hands import keep, read_mailbox
from leeside.desk import answering
from leeside.desk.code_names import write_code_name
from leeside.desk.errors import InputError, NotAllowedError
from leeside.desk.opening import look_into
from leeside.desk.papers.keeping import NEW, TypedHolding, TypedOutgoing, keep_outgoing, keep_paper
from leeside.desk.seams import Doubt
from leeside.desk.ties import links
from leeside.desk.ties.links import NewLink
from leeside.desk.ties.may_be_told import NewTold, leaks_in, set_told, told_of, warnings_for
from leeside.desk.ties.reading import RELATIVE
from leeside.desk.ties.traces import DATES, EXISTS, PAPERS, PLACE, STATUS

PERSON = {
    "where": "hospital",
    "wants": "leave_service",
    "presses": ("hospital_ends",),
    "presses_hospital_ends_by": "2023-12-11",
    "paper_passport": "unit",
}
MOTHER = {**PLAIN, "writer": "parent", "knows": "no"}
HARMLESS = "We are looking into it and will write again."


def related(stage: Stage, owner_of_mother: str = "Willow") -> tuple[Sent, Sent]:
    """A person's case and his mother's, linked."""
    person = send(stage, PERSON, circle="closed")  # type: ignore[arg-type]
    mother = send(stage, MOTHER, circle="closed" if owner_of_mother == "Willow" else "first")
    keep(stage, "Willow", person)
    keep(stage, owner_of_mother, mother)
    links.link(stage.seat("Heron"), person.case_id, mother.case_id, NewLink(RELATIVE, "person", "mother"))
    return person, mother


def allow(stage: Stage, person: Sent, *items: str) -> None:
    seat = stage.seat("Willow")
    set_told(seat, person.case_id, NewTold(items, "said", seat.today))


def leaks(stage: Stage, mother: Sent, text: str) -> tuple[Doubt, ...]:
    seat = stage.seat("Willow")
    return leaks_in(seat, look_into(seat, mother.case_id), text)


def found(stage: Stage, mother: Sent, text: str) -> dict[str, str]:
    """The words that were found, each with the fact it comes from."""
    return {one.words: one.why for one in leaks(stage, mother, text)}


def test_without_a_list_nothing_may_be_told(stage: Stage) -> None:
    person, mother = related(stage)
    seat = stage.seat("Willow")
    assert told_of(look_into(seat, person.case_id)).items == ()
    name = write_code_name(look_into(seat, person.case_id).row.code_name, "en")
    sentences = warnings_for(seat, look_into(seat, mother.case_id))
    assert sentences[0] == f"Nothing of {name} may be told, in whatever words, not even that there is a case."
    assert "this list counts" in sentences[1]


def test_the_newest_list_counts_and_is_said_in_words_with_its_day(stage: Stage) -> None:
    person, mother = related(stage)
    allow(stage, person, PLACE)
    allow(stage, person, EXISTS, DATES)
    seat = stage.seat("Willow")
    assert told_of(look_into(seat, person.case_id)).items == (EXISTS, DATES)
    may, may_not, *_more = warnings_for(seat, look_into(seat, mother.case_id))
    assert "that he or she is in touch with us, dates of the case" in may
    assert "where he or she is" not in may
    assert may_not == (
        "Not to be told, in whatever words: how the case stands, where he or she is, what became of papers."
    )


def test_that_he_does_not_know_she_writes_is_said(stage: Stage) -> None:
    _, mother = related(stage)
    seat = stage.seat("Willow")
    assert any("does not know" in one for one in warnings_for(seat, look_into(seat, mother.case_id)))


def test_on_the_person_s_own_side_nothing_is_asked(stage: Stage) -> None:
    person, _ = related(stage)
    seat = stage.seat("Willow")
    assert warnings_for(seat, look_into(seat, person.case_id)) == ()
    assert leaks_in(seat, look_into(seat, person.case_id), "You are in hospital until 11.12.2023.") == ()


@pytest.mark.parametrize(
    ("text", "item"),
    [
        ("He is in a hospital.", PLACE),
        ("Он в больнице, всё хорошо.", PLACE),
        ("He is discharged on 11.12.2023.", DATES),
        ("Monday 11 December is the day.", DATES),
        ("понедельник, 11 декабря", DATES),
    ],
)
def test_a_text_with_a_fact_that_is_not_allowed_is_found_and_with_leave_it_is_not(
    stage: Stage, text: str, item: str
) -> None:
    person, mother = related(stage)
    assert found(stage, mother, text)
    allow(stage, person, item)
    assert found(stage, mother, text) == {}
    assert found(stage, mother, HARMLESS) == {}


AUDITED = {
    "en": "He is in hospital in the Urals, his passport is with the unit.",
    "ru": "Он лежит в госпитале на Урале, паспорта у него нет: забрал командир.",
    "uk": "Він лежить у шпиталі на Уралі, паспорта не має: забрав командир.",
}


@pytest.mark.parametrize("language", AUDITED)
def test_what_was_audited_is_found_whole_each_word_with_its_fact(stage: Stage, language: str) -> None:
    """Broken on purpose: lists of the pack that are not looked at."""
    person = send(stage, {**PERSON, "region": "urals"}, circle="closed")  # type: ignore[arg-type]
    mother = send(stage, MOTHER, circle="closed")
    keep(stage, "Willow", person)
    keep(stage, "Willow", mother)
    links.link(stage.seat("Heron"), person.case_id, mother.case_id, NewLink(RELATIVE, "person", "mother"))
    facts = list(found(stage, mother, AUDITED[language]).values())
    assert "Where: In hospital" in facts
    assert "Region: Urals" in facts
    assert "Passport: The unit took it" in facts


ENDINGS = [
    ("Его везут из госпиталя.", PLACE),
    ("Ему помогли в больничной палате.", PLACE),
    ("Ходатайство подаём через больницу, где он.", PLACE),
    ("Так, він у лікарні.", PLACE),
    ("Його перевели до іншого шпиталю.", PLACE),
    ("They moved him between two hospitals.", PLACE),
    ("Паспортом распоряжается не он.", PAPERS),
    ("Без паспорту він не поїде.", PAPERS),
    ("His passports were taken.", PAPERS),
    ("Командиру писали о документах.", PAPERS),
    ("Он хочет уволиться.", STATUS),
    ("Він звільняється.", STATUS),
    ("He refuses to go on.", STATUS),
]


@pytest.mark.parametrize(("text", "item"), ENDINGS)
def test_other_endings_are_found_in_every_language_and_with_leave_they_are_not(
    stage: Stage, text: str, item: str
) -> None:
    """Broken on purpose: a star that stands for no ending lets most of them pass."""
    person, mother = related(stage)
    assert found(stage, mother, text)
    allow(stage, person, item)
    assert found(stage, mother, text) == {}


def test_what_only_his_letter_says_is_known_too(stage: Stage) -> None:
    person = send(stage, PERSON, circle="closed", text="Десять дней держали в подвале, паспорт забрали.")  # type: ignore[arg-type]
    mother = send(stage, MOTHER, circle="closed")
    keep(stage, "Willow", person)
    keep(stage, "Willow", mother)
    links.link(stage.seat("Heron"), person.case_id, mother.case_id, NewLink(RELATIVE, "person", "mother"))
    assert "it stands in the case" in found(stage, mother, "He was kept in a basement.")["basement"]
    assert found(stage, mother, "He may be abroad.") == {}, "nothing in the case says so"
    assert list(leaks(stage, mother, "His passport.")) == [Doubt("passport", "Passport: The unit took it")], "told once"


def test_an_answer_that_was_chosen_is_its_own_fact_and_no_other(stage: Stage) -> None:
    """Broken on purpose: the form's ids taken for the person's own words make "unit" a place."""
    person, mother = related(stage)
    allow(stage, person, PAPERS)
    assert found(stage, mother, "The unit has an office.") == {}


def test_the_ledger_and_what_went_out_are_facts_too(stage: Stage) -> None:
    person, mother = related(stage)
    seat = stage.seat("Willow")
    holding = TypedHolding("court_paper", "lawyer", since="2023-12-01")
    keep_paper(seat, person.case_id, NEW, holding)
    sent = TypedOutgoing("complaint", "military_prosecutor", "registered", "2023-12-04", number="RR 12-77")
    keep_outgoing(seat, person.case_id, NEW, sent)
    facts = found(stage, mother, "A judgement came; on 1 December; the complaint is RR 12-77.")
    assert facts["judgement"] == "Court paper: a lawyer"
    assert facts["1 december"] == "Court paper: a lawyer"
    assert facts["complaint"] == facts["rr 12-77"] == "Complaint → Military prosecutor"


def test_the_code_name_is_found_in_every_language(stage: Stage) -> None:
    person, mother = related(stage)
    code = look_into(stage.seat("Willow"), person.case_id).row.code_name
    for language in ("en", "ru", "uk"):
        assert found(stage, mother, f"… {write_code_name(code, language)} …")


def test_sending_stops_until_it_is_meant_and_that_is_on_record(stage: Stage) -> None:
    _, mother = related(stage)
    text = "He is in a hospital and will be discharged."
    with pytest.raises(InputError) as refused:
        answering.answer(stage.seat("Willow"), mother.case_id, text, at_once=True)
    assert refused.value.field == "meant"
    assert "“hospital” (Where: In hospital)" in refused.value.reason
    assert text not in read_mailbox(stage, mother.receipt)
    answering.answer(stage.seat("Willow"), mother.case_id, text, at_once=True, is_meant=True)
    assert read_mailbox(stage, mother.receipt)[-1] == text
    file = look_into(stage.seat("Willow"), mother.case_id)
    kept = [event.body.content["what"] for event in file.events("meant")]
    assert kept == [["hospital"]], "the words of the text and not the person's facts: her readers are not his"
    answering.answer(stage.seat("Willow"), mother.case_id, HARMLESS, at_once=True)


def test_whoever_may_not_open_the_person_s_case_is_told_only_that_there_is_one(stage: Stage) -> None:
    person, mother = related(stage, owner_of_mother="Wren")
    allow(stage, person, EXISTS)
    seat = stage.seat("Wren")
    sentences = warnings_for(seat, look_into(seat, mother.case_id))
    name = write_code_name(look_into(stage.seat("Willow"), person.case_id).row.code_name, "en")
    assert "cannot open" in sentences[0]
    assert not any(name in one or "in touch" in one for one in sentences)


def test_an_ended_link_asks_nothing_more(stage: Stage) -> None:
    person, mother = related(stage)
    seat = stage.seat("Heron")
    link = links.links_of(look_into(seat, person.case_id))[0].link
    links.unlink(seat, person.case_id, link)
    assert warnings_for(seat, look_into(seat, mother.case_id)) == ()
    assert found(stage, mother, "He is in a hospital.") == {}


def test_what_is_not_on_the_list_and_days_to_come_are_refused(stage: Stage) -> None:
    person, _ = related(stage)
    seat = stage.seat("Willow")
    for new in (
        NewTold(("everything",), "said", seat.today),
        NewTold((EXISTS,), "rumour", seat.today),
        NewTold((EXISTS,), "said", seat.today + timedelta(days=1)),
    ):
        with pytest.raises(InputError):
            set_told(seat, person.case_id, new)
    with pytest.raises(NotAllowedError):
        set_told(stage.seat("Wren"), person.case_id, NewTold((EXISTS,), "said", seat.today))
