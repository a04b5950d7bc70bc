"""Who belongs together: a son and his mother, a man who wrote twice, a packet outside, two telephone calls."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from leeside.desk import answering
from leeside.desk.by_hand.phone_case import PURPOSE, open_by_hand, read_phone_form
from leeside.desk.by_hand.told_by_phone import write_down
from leeside.desk.guarding.grading import set_check
from leeside.desk.next_steps import Step
from leeside.desk.opening import look_into, open_case
from leeside.desk.ties.fresh_receipt import passages_of, renew_words
from leeside.desk.ties.links import NewLink, link, unlink
from leeside.desk.ties.making import offer_token
from leeside.desk.ties.may_be_told import NewTold, set_told
from leeside.desk.ties.reading import RELATIVE, SAME_PERSON
from leeside.desk.ties.referral import NewReferral, refer
from leeside.desk.ties.traces import EXISTS
from leeside.project.demo import founding, seed, texts
from leeside.project.demo.filling import Filler

_FIRST_LETTER = date(2023, 11, 24)


def play(filler: Filler, cases: Mapping[str, bytes]) -> None:
    """All five."""
    told = texts.story("ties")
    _mother_and_son(filler, cases, told["son"])
    _green_ferry(filler, cases["green-ferry"], told["ferry"])
    _dry_river(filler, cases["dry-river"], told["river"])
    _calls(filler, cases["long-shadow"], told)


def _mother_and_son(filler: Filler, cases: Mapping[str, bytes], told: Mapping[str, Any]) -> None:
    """The son writes for himself on the same day; his mother may be told that he is in touch, and nothing else. Before
    that a coordinator had linked her with the wrong case, and ended it."""
    language = filler.language
    answers = {
        "where": ["hospital"],
        "wants": ["leave_service"],
        "writer": ["self"],
        "serves": ["mobilised"],
        "paper_passport": ["unit"],
        "region": ["urals"],
        "wounded": ["once"],
        "text": [told["says"][language]],
    }
    son = filler.deposit(seed.receipt_of(("story", "son")), answers, filler.evening(filler.today, 15, 10))
    willow = founding.at(filler.seats["willow"], filler.evening(filler.today, 17, 20))
    heron = founding.at(filler.seats["heron"], filler.evening(filler.today, 17, 10))
    open_case(heron, son)
    filler.move_to("closed", son, filler.today)
    open_case(willow, son)
    step = Step(told["step"][language], willow.reader_id, filler.today + timedelta(days=1))
    answering.answer(willow, son, told["answer"][language], step, at_once=True)
    mother = cases["morning-bridge"]
    open_case(heron, mother)
    wrong = link(heron, cases["dry-river"], mother, NewLink(RELATIVE, "person", "mother"))
    unlink(founding.at(heron, filler.evening(filler.today, 17, 12)), mother, wrong)
    heron = founding.at(heron, filler.evening(filler.today, 17, 40))
    link(heron, son, mother, NewLink(RELATIVE, "person", "mother"))
    set_told(willow, son, NewTold((EXISTS,), "said", filler.today))


def _green_ferry(filler: Filler, again: bytes, told: Mapping[str, Any]) -> None:
    """His first letter of November was answered; then he lost his words and wrote once more. Now he has new ones."""
    language = filler.language
    answers = {"where": ["unit"], "wants": ["leave_service"], "writer": ["self"], "text": [told["says"][language]]}
    receipt = seed.receipt_of(("story", "ferry"))
    first = filler.deposit(receipt, answers, filler.evening(_FIRST_LETTER, 13, 0))
    then = founding.at(filler.seats["wren"], filler.evening(_FIRST_LETTER, 15, 0))
    open_case(then, first)
    step = Step(told["step"][language], then.reader_id, filler.today + timedelta(days=2))
    answering.answer(then, first, told["answer"][language], step, at_once=True)
    heron = founding.at(filler.seats["heron"], filler.evening(filler.today, 18, 5))
    open_case(heron, first)
    link(heron, first, again, NewLink(SAME_PERSON, "first"))
    wren = founding.at(filler.seats["wren"], filler.evening(filler.today, 18, 30))
    open_case(wren, first)
    set_check(wren, first, "consistent", "voice_heard", "")
    copied = [one.key for one in passages_of(wren, look_into(wren, first)) if not one.is_writers]
    renew_words(wren, first, offer_token(wren, f"renew {first.hex()}"), copied)


def _dry_river(filler: Filler, case_id: bytes, told: Mapping[str, Any]) -> None:
    """Day 90 is near: a packet with two facts for lawyers abroad, with his consent, answer by the twelfth."""
    willow = founding.at(filler.seats["willow"], filler.evening(filler.today, 16, 30))
    open_case(willow, case_id)
    packet = NewReferral(
        receiver="",
        listed="protection_abroad",
        purpose=told["purpose"][filler.language],
        fields=("where", "abroad_since"),
        consent="said",
        consent_day=filler.today - timedelta(days=1),
        answer_due=filler.today + timedelta(days=7),
        language=filler.language,
    )
    refer(willow, case_id, offer_token(willow, f"refer {case_id.hex()}"), packet)


def _calls(filler: Filler, shadow: bytes, told: Mapping[str, Any]) -> None:
    """Somebody's sister calls, and a man whose case is there already."""
    wren = founding.at(filler.seats["wren"], filler.evening(filler.today, 18, 10))
    fields = {"where": ["home"], "wants": ["summons"], "writer": ["relative"], "region": ["northwest"]}
    read = read_phone_form(wren, {**fields, "text": [told["call"]["says"][filler.language]], "voice": ["him"]})
    open_by_hand(wren, read, offer_token(wren, PURPOSE), filler.language)
    willow = founding.at(filler.seats["willow"], filler.evening(filler.today, 18, 15))
    open_case(willow, shadow)
    write_down(willow, shadow, told["shadow"]["called"][filler.language])
