"""Papers at the desk: where values come from, nothing left behind by a look, sealed when kept."""

from datetime import timedelta

from desk.letters.drafted import NAME, PAPER, TYPED, WOUNDED, kept, post, words_in
from desk.stage import Sent, Stage, send
from desk.test_pages import Browser
from leeside.desk.held_files import Origin, files_of
from leeside.desk.letters.drafting import (
    Typed,
    draft,
    find_text,
    keep_letter,
    letters_of,
    typed_of,
)
from leeside.desk.letters.values import known_values
from leeside.desk.opening import look_into, open_case
from leeside.desk.papers.keeping import NEW, TypedHolding, TypedOutgoing, keep_outgoing, keep_paper
from leeside.desk.timeline import make_timeline
from leeside.sealing.compartments import Compartment

# Where values come from


def test_names_come_from_an_opened_drawer_only(stage: Stage, case: Sent) -> None:
    kept(stage, case)
    willow = stage.seat("Willow")
    file = look_into(willow, case.case_id)
    text = find_text(willow, PAPER, "ru")
    assert "full_name" not in known_values(willow, file, {}, text)
    drawers = {Compartment.IDENTITY: look_into(willow, case.case_id, drawer="identity")}
    known = known_values(willow, file, drawers, text)
    assert known["full_name"].value == NAME
    assert "unit" not in known  # its drawer is the other one


def test_a_fact_of_the_story_stands_in_the_paper_and_its_absence_is_counted(stage: Stage, case: Sent) -> None:
    willow = stage.seat("Willow")
    file = look_into(willow, case.case_id)
    text = find_text(willow, PAPER, "ru")
    empty = draft(willow, file, text, Typed({}))
    assert "discharged_on" in {one.id for one in empty.missing}
    filled = draft(willow, file, text, TYPED)
    assert filled.blanks < empty.blanks


def test_the_ledger_and_what_went_out_fill_a_paper_in_its_language(stage: Stage, case: Sent) -> None:
    """Broken on purpose: the holder in the language of the desk; the number of the oldest paper."""
    willow = stage.seat("Willow")
    keep_paper(willow, case.case_id, "passport", TypedHolding("passport", "unit"))
    for days, number in ((3, "17"), (1, "4471")):
        sent = (willow.today - timedelta(days=days)).isoformat()
        keep_outgoing(willow, case.case_id, NEW, TypedOutgoing("report", "commander", "by_hand", sent, number=number))
    file = look_into(willow, case.case_id)
    assert known_values(willow, file, {}, find_text(willow, "report_papers_back", "ru"))["papers_holder"].value == (
        "в части, у командира"
    )
    known = known_values(willow, file, {}, find_text(willow, "complaint_prosecutor", "ru"))
    assert known["report_number"].value == "4471"


# Looked at


def test_a_download_leaves_nothing_behind_and_tells_no_name(stage: Stage, case: Sent, browser: Browser) -> None:
    browser.get(f"/en/case/{case.slug}/")  # the reading is on record, once
    willow = stage.seat("Willow")
    before = look_into(willow, case.case_id).row.version
    answer = post(browser, case, f"letter/{PAPER}/", {"do": "docx", "f-full_name": NAME})
    assert answer.status_code == 200
    assert NAME in words_in(answer.content)
    assert answer["Content-Disposition"] == f'attachment; filename="{stage.seat("Willow").today}.docx"'
    assert "no-store" in answer["Cache-Control"]
    after = look_into(willow, case.case_id)
    assert after.row.version == before
    assert not files_of(after)


def test_the_page_counts_what_is_missing_anew(stage: Stage, case: Sent, browser: Browser) -> None:
    first = browser.get(f"/en/case/{case.slug}/letter/{PAPER}/").content.decode()
    assert "things are missing" in first
    more = post(browser, case, f"letter/{PAPER}/", {"do": "count", "f-diagnosis": "X-ray shows it"})
    assert "X-ray shows it" in more.content.decode()
    assert first.count(' missing">') > more.content.decode().count(' missing">')


def test_drawers_open_by_a_tap_and_go_on_record(stage: Stage, case: Sent, browser: Browser) -> None:
    kept(stage, case)
    page = browser.get(f"/en/case/{case.slug}/letter/{PAPER}/").content.decode()
    assert NAME not in page
    opened = post(browser, case, f"letter/{PAPER}/", {"do": "open"}).content.decode()
    assert NAME in opened
    read = [one.text("what") for one in look_into(stage.seat("Willow"), case.case_id).of_kind("reading")]
    assert {"identity", "place"} <= set(read)


def test_a_paper_that_there_is_not_and_a_language_that_it_has_not(stage: Stage, case: Sent, browser: Browser) -> None:
    assert browser.get(f"/en/case/{case.slug}/letter/no_such_paper/").status_code == 404
    assert "Рапорт" in browser.get(f"/ru/case/{case.slug}/letter/{PAPER}/?language=xx").content.decode()


# Kept


def test_a_kept_paper_is_two_sealed_files_an_entry_and_facts_in_their_drawers(stage: Stage, case: Sent) -> None:
    kept(stage, case)
    willow = stage.seat("Willow")
    file = look_into(willow, case.case_id)
    (entry,) = letters_of(file)
    assert entry.text("letter") == PAPER
    assert entry.text("version") == find_text(willow, PAPER, "ru").digest
    assert {one.key for one in files_of(file) if one.origin is Origin.OURS} == set(entry.body.content["files"].values())  # type: ignore[union-attr]
    assert entry.body.content["missing"]
    assert not any(NAME in str(one.body.content) for one in file.entries)
    identity = look_into(willow, case.case_id, drawer="identity")
    assert identity.facts["full_name"][0].value == NAME
    assert "full_name" not in file.facts
    assert file.facts["discharged_on"][0].value == "2023-11-20"
    assert typed_of(identity, entry).values["diagnosis"] == "Осколочное ранение"


def test_an_unchanged_value_is_no_new_fact(stage: Stage, case: Sent) -> None:
    kept(stage, case)
    kept(stage, case, Typed(TYPED.values, frozenset({"full_name"})))
    identity = look_into(stage.seat("Willow"), case.case_id, drawer="identity")
    assert len(identity.facts["full_name"]) == 1


def test_a_first_liner_drafts_without_names_and_keeps_none(stage: Stage) -> None:
    sent = send(stage, WOUNDED, circle="first")
    wren = stage.seat("Wren")
    open_case(wren, sent.case_id)
    keep_letter(wren, sent.case_id, find_text(wren, PAPER, "ru"), Typed({"diagnosis": "x"}))
    larch = stage.seat("Larch")
    for drawer in ("identity", "place"):
        opened = look_into(larch, sent.case_id, drawer=drawer)
        assert not [one for one in opened.of_kind("fact") if one.compartment != Compartment.WORK]
        assert not opened.of_kind("letter_fields")


def test_the_timeline_tells_of_the_paper_and_never_what_stands_in_it(stage: Stage, case: Sent) -> None:
    kept(stage, case)
    willow = stage.seat("Willow")
    opened = look_into(willow, case.case_id, drawer="identity")
    told = "\n".join(item.text for day in make_timeline(willow, opened).days for item in day.entries)
    assert "Paper drafted and kept" in told
    assert NAME not in told
