"""Reviews: what counts, and every way in which one that nobody signed could come to stand beside a rule."""

from dataclasses import replace
from datetime import timedelta

import pytest

from desk.stage import Stage
from leeside.desk.errors import InputError, NotAllowedError
from leeside.desk.rules import reviews as reviews_module
from leeside.desk.rules.checklist import CHECKLIST, checklist
from leeside.desk.rules.listing import make_list
from leeside.desk.rules.reviews import ReadRules, Standing, judge
from leeside.desk.rules.rule_page import make_page
from leeside.desk.rules.signing import Said, read_rules, sign
from leeside.desk.seat import Seat
from leeside.desk.team.removal import remove
from leeside.desk.team.terms import set_terms, terms_of
from leeside.packs.guidebook.rules import Rule
from leeside.packs.guidebook.wordings import wording_of
from leeside.sealing.reviews import Review, sign_review
from leeside.sealing.seal import new_entry_id
from leeside.vault import store

ALL = frozenset(item.key for item in checklist())


def make_lawyer(stage: Stage, name: str, is_lawyer: bool = True) -> None:
    heron, person = stage.seat("Heron"), stage.people[name]
    found = heron.keyring.roster.person(person.reader_id)
    assert found is not None
    set_terms(heron, person.reader_id, replace(terms_of(found), is_lawyer=is_lawyer), heron.keyring.roster.number)


def first_rule(seat: Seat) -> Rule:
    return seat.pack.guide.rules[0]


def said(seat: Seat, rule: Rule, verdict: str = "holds", remark: str = "", ticked: frozenset[str] = ALL) -> Said:
    return Said(wording_of(rule, seat.pack.guide).hex(), ticked, verdict, remark)


def signed_by_willow(stage: Stage, verdict: str = "holds", remark: str = "") -> Rule:
    make_lawyer(stage, "Willow")
    willow = stage.seat("Willow")
    rule = first_rule(willow)
    sign(willow, rule, said(willow, rule, verdict, remark))
    return rule


def standing_of(stage: Stage, rule: Rule, who: str = "Wren") -> Standing:
    return read_rules(stage.seat(who), (rule.id,)).of(rule.id)[0].standing


def forged(stage: Stage, rule: Rule, by: str, key_of: str, **changed: object) -> None:
    """A row as somebody with the whole database and their own key could write it."""
    willow, writer = stage.seat(by), stage.seat(key_of)
    review = Review(
        line_id=willow.line_id,
        review_id=new_entry_id(),
        reader_id=willow.reader_id,
        pack=willow.pack.name,
        rule=rule.id,
        wording=wording_of(rule, willow.pack.guide),
        checklist=CHECKLIST,
        day=willow.today,
        number=1,
        verdict="holds",
    )
    review = replace(review, **changed)  # type: ignore[arg-type]
    row = store.ReviewRow(review.review_id, rule.id, review.day, sign_review(review, writer.keyring.ring.signing_seed))
    store.put_review(willow.line_id, row)


def test_a_lawyers_review_is_seen_by_everybody_with_name_and_day(stage: Stage) -> None:
    rule = signed_by_willow(stage)
    for who in ("Wren", "Heron", "Willow"):
        accepted = read_rules(stage.seat(who)).accepted(rule.id)
        assert accepted is not None
        assert (accepted.by, accepted.day) == ("Willow", stage.seat("Willow").today)
    page = make_list(stage.seat("Wren"), "read")
    assert [row.id for subject in page.subjects for row in subject.rows] == [rule.id]


@pytest.mark.promise(3, "write a review into the database in a lawyer's name, or move one to another rule")
def test_a_forged_review_is_shown_as_not_proven_and_counts_for_nothing(stage: Stage) -> None:
    """Broken on purpose: a row taken at its word; the place not compared; the flag not asked for."""
    make_lawyer(stage, "Willow")
    willow = stage.seat("Willow")
    rule, other = willow.pack.guide.rules[:2]
    forged(stage, rule, by="Willow", key_of="Wren")
    assert standing_of(stage, rule) is Standing.REFUSED
    page = make_page(stage.seat("Wren"), rule)
    assert page.readings[0].text.startswith("Not proven")
    assert "Willow" not in page.readings[0].text
    assert make_list(stage.seat("Wren"), "").refused == 1

    sign(willow, rule, said(willow, rule))
    found = read_rules(stage.seat("Wren"), (rule.id,))
    assert len(found.counting(rule.id)) == 1
    true_row = found.counting(rule.id)[0].row
    for moved in (
        replace(true_row, rule=other.id),
        replace(true_row, review_id=new_entry_id()),
        replace(true_row, day=true_row.day - timedelta(days=1)),
        replace(true_row, sealed=b"another remark"),
        replace(true_row, signed=true_row.signed[:-1] + b"\1"),
        replace(true_row, signed=b""),
    ):
        assert judged(stage, moved).of(moved.rule)[0].standing is Standing.REFUSED
    assert (
        judge([true_row], b"X" * 16, willow.pack, willow.keyring.roster, willow.today).of(rule.id)[0].standing
        is Standing.REFUSED
    )


def judged(stage: Stage, *rows: store.ReviewRow) -> ReadRules:
    seat = stage.seat("Wren")
    return judge(rows, seat.line_id, seat.pack, seat.keyring.roster, seat.today)


@pytest.mark.promise(3, "sign a review as a volunteer, as a removed lawyer, or for a day that is not yet")
def test_only_who_signs_for_the_line_today_counts(stage: Stage) -> None:
    """Broken on purpose: every key that was ever on the roster counts."""
    rule = signed_by_willow(stage)
    other = stage.seat("Wren").pack.guide.rules[1]
    forged(stage, other, by="Wren", key_of="Wren")
    assert standing_of(stage, other) is Standing.NOT_A_LAWYER
    third = stage.seat("Wren").pack.guide.rules[2]
    forged(stage, third, by="Willow", key_of="Willow", day=stage.seat("Willow").today + timedelta(days=1))
    assert standing_of(stage, third) is Standing.AHEAD
    forged(stage, third, by="Willow", key_of="Willow", checklist=CHECKLIST + 1, number=2)
    assert Standing.EARLIER_LIST in {one.standing for one in read_rules(stage.seat("Wren")).of(third.id)}

    make_lawyer(stage, "Willow", is_lawyer=False)
    assert standing_of(stage, rule) is Standing.NOT_A_LAWYER
    make_lawyer(stage, "Willow")
    assert standing_of(stage, rule) is Standing.COUNTS
    remove(stage.seat("Heron"), stage.people["Willow"].reader_id)
    assert standing_of(stage, rule) is Standing.NOT_A_LAWYER
    assert read_rules(stage.seat("Wren")).accepted(rule.id) is None


def test_one_byte_of_rule_or_term_makes_the_review_one_of_an_earlier_wording(stage: Stage) -> None:
    """Broken on purpose: the wording without its terms."""
    make_lawyer(stage, "Willow")
    willow = stage.seat("Willow")
    rule = next(one for one in willow.pack.guide.rules if one.terms)
    sign(willow, rule, said(willow, rule))
    rows = store.fetch_reviews(willow.line_id, (rule.id,))
    book = willow.pack.guide

    def with_book(**changed: object) -> Standing:
        pack = replace(willow.pack, guide=replace(book, **changed))  # type: ignore[arg-type]
        found = judge(rows, willow.line_id, pack, willow.keyring.roster, willow.today)
        if found.of(rule.id)[0].standing is Standing.EARLIER_WORDING:
            assert found.reworded == {rule.id}
        return found.of(rule.id)[0].standing

    changed = replace(rule, law=rule.law.replace("a", "b", 1))
    assert with_book(rules=tuple(changed if one is rule else one for one in book.rules)) is Standing.EARLIER_WORDING
    terms = tuple(replace(one, count=one.count + 1) if one.id in rule.terms else one for one in book.terms)
    assert with_book(terms=terms) is Standing.EARLIER_WORDING
    others = tuple(replace(one, count=one.count + 1) if one.id not in rule.terms else one for one in book.terms)
    assert with_book(terms=others) is Standing.COUNTS


def test_the_newest_word_of_each_lawyer_counts_and_one_against_outweighs(stage: Stage) -> None:
    """Broken on purpose: two readings of one day in the order of their random ids."""
    rule = signed_by_willow(stage)
    willow = stage.seat("Willow")
    for _ in range(3):
        sign(willow, rule, said(willow, rule, "change", "Article 5 was repealed."))
        sign(willow, rule, said(willow, rule))
    found = read_rules(willow, (rule.id,))
    assert len(found.counting(rule.id)) == 1
    assert found.accepted(rule.id) is not None
    make_lawyer(stage, "Wren")
    wren = stage.seat("Wren")
    sign(wren, rule, said(wren, rule, "drop", "It was never in force."))
    found = read_rules(wren, (rule.id,))
    assert found.accepted(rule.id) is None
    assert [one.by for one in found.objections(rule.id)] == ["Wren"]
    assert found.lay_over(rule).review.on is None


def test_who_is_no_lawyer_signs_nothing_and_a_lawyer_ticks_every_line(stage: Stage) -> None:
    wren = stage.seat("Wren")
    rule = first_rule(wren)
    with pytest.raises(NotAllowedError):
        sign(wren, rule, said(wren, rule))
    make_lawyer(stage, "Wren")
    wren = stage.seat("Wren")
    for one in checklist():
        with pytest.raises(InputError):
            sign(wren, rule, said(wren, rule, ticked=ALL - {one.key}))
    for verdict, remark in (("change", ""), ("drop", " "), ("", ""), ("fine", ""), ("holds", "x" * 1_001)):
        with pytest.raises(InputError):
            sign(wren, rule, said(wren, rule, verdict, remark))
    with pytest.raises(store.ConflictError):
        sign(wren, rule, replace(said(wren, rule), wording="00" * 32))
    assert store.fetch_reviews(wren.line_id) == ()


def test_a_remark_is_read_by_coordinators_only_and_lies_sealed(stage: Stage) -> None:
    """Broken on purpose: the remark kept beside the verdict."""
    words = "Section 7 says months, not days."
    rule = signed_by_willow(stage, "change", words)
    assert make_page(stage.seat("Heron"), rule).readings[0].remark == words
    for who in ("Willow", "Wren"):
        line = make_page(stage.seat(who), rule).readings[0]
        assert (line.remark, line.has_remark) == ("", True)
    row = store.fetch_reviews(stage.seat("Wren").line_id)[0]
    assert words.encode() not in row.signed + row.sealed


def test_the_list_cannot_change_without_its_number() -> None:
    """Whoever changes a line counts CHECKLIST up, and this number with it."""
    from hashlib import sha256

    words = "\n".join(f"{one.key}|{one.text}" for one in checklist())
    assert (CHECKLIST, sha256(words.encode()).hexdigest()[:12]) == (1, "52237d624a53")
    assert reviews_module.CHECKLIST == CHECKLIST


@pytest.mark.promise(3, "sign a review with keys that were replaced because they became known")
def test_what_replaced_keys_signed_counts_no_longer(stage: Stage) -> None:
    """Broken on purpose: any key that its reader ever had is enough."""
    rule = signed_by_willow(stage)
    seat = stage.seat("Wren")
    roster = seat.keyring.roster
    people = tuple(replace(one, verify_key=b"k" * 32) if one.name == "Willow" else one for one in roster.current.people)
    renewed = replace(roster, current=replace(roster.current, people=people))
    found = judge(store.fetch_reviews(seat.line_id), seat.line_id, seat.pack, renewed, seat.today)
    assert found.of(rule.id)[0].standing is Standing.NOT_A_LAWYER
