"""Every pack that comes with Leeside goes the whole way: form, mailbox, desk, end, figures, edition.

No pack is named here: a folder beside the others is found and walked through. What a flow needs it asks of the pack.
"""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

from desk.stage import Stage, found, pin
from desk.test_pages import Browser, ClientOf
from leeside.desk import answering, closing, confirming, holding, publishing
from leeside.desk.code_names import write_slug
from leeside.desk.lines import pack_of
from leeside.desk.next_steps import Step
from leeside.desk.opening import look_into, open_case
from leeside.desk.queue_times import times_of
from leeside.desk.safety.contact import plan_of
from leeside.desk.second_eyes import sends_alone
from leeside.desk.stages.stage import stage_of
from leeside.desk.writing import checking
from leeside.desk.writing.drafts import Typed
from leeside.door.mailbox import derive_keys, open_conversation
from leeside.door.open_lines import open_line
from leeside.packs.pack import Pack
from leeside.packs.promise_times import promised_by
from leeside.packs.reader import shipped_names, shipped_pack
from leeside.packs.sealing_answers import Arrival, seal_answers
from leeside.sealing.context import LEAD
from leeside.sealing.parcels import Maker
from leeside.sealing.receipts import Receipt, make_receipt
from leeside.tally.edition_folder import read_earlier
from leeside.tally.months import parse_month
from leeside.tally.publishing import draft_edition, publish_edition
from leeside.vault import store
from leeside.web.clock import domain_clock
from leeside.web.lines import LineSettings

WORDS = "Слова, которых не увидит никто чужой."
STOP = "фонарь"


@pytest.fixture(params=shipped_names())
def line(request: pytest.FixtureRequest, installation: object, cheap_hash: None) -> Iterator[Stage]:
    """A founded line with this pack: two coordinators, a publisher, and one person of each of its circles."""
    from desk.conftest import _forget_the_line

    before = settings.LEESIDE_LINES
    _forget_the_line()
    name = request.param
    settings.LEESIDE_LINES = {
        name: LineSettings(name, name, "help", {"ru": "В", "en": "Q", "uk": "З"}, "", "Europe/Moscow")
    }
    circles = {f"of-{one.name}": one.name for one in shipped_pack(name).circles}
    stage = found(("Larch", LEAD), ("Rowan", "publisher"), *circles.items(), slug=name)
    pin(stage.line)
    yield stage
    settings.LEESIDE_LINES = before
    _forget_the_line()


def _filled(pack: Pack) -> dict[str, list[str]]:
    """A whole form: the first option of each choice, a day that is near, a line and a letter."""
    soon = (domain_clock().today("Europe/Moscow") + timedelta(days=9)).isoformat()
    typed: dict[str, list[str]] = {}
    for question in pack.questions:
        fitting = {"date": soon, "short": "коротко", "text": WORDS}
        typed[question.id] = [fitting[question.kind]] if question.kind in fitting else [question.options[0].id]
    means = pack.meanings
    if means.stop_word:
        typed[means.stop_word] = [STOP]
    if means.never_first.question:
        typed[means.never_first.question] = [means.never_first.option]
    return typed


def _send(stage: Stage) -> tuple[bytes, Receipt]:
    """What the door does with a post; the case and the words that open it."""
    pack, today = pack_of(stage.line), domain_clock().today(stage.line.time_zone)
    opened, receipt = open_line(stage.line), make_receipt()
    read = pack.read_answers(_filled(pack))
    assert not read.problems
    parcel = seal_answers(pack, opened.roster, read, receipt, Arrival(Maker.SERVER, "ru", "form", today))
    promised = promised_by(pack, pack.marks(read.answers, today).urgency, domain_clock().now(), receipt.entropy)
    assert store.deposit(parcel, today, promised).outcome == store.Outcome.ACCEPTED
    seat = stage.seat("Heron")
    page = store.queue_page(
        seat.line_id, seat.reader_id, seat.circles, store.Tab.ALL_I_MAY_SEE, None, 50, times_of(seat)
    )
    return next(row.case_id for row in page.rows if row.case_number == parcel.case_number), receipt


def _answer(stage: Stage, case_id: bytes, step: Step) -> None:
    """An answer by the coordinator; where nobody sends alone, the other one reads and sends it."""
    seat, text = stage.seat("Heron"), "Ответ человека."
    if sends_alone(seat):
        answering.answer(seat, case_id, text, step)
        return
    checking.ask_for_check(seat, case_id, Typed(text), 0, step=step)
    other = stage.seat("Larch")
    draft = checking.waiting_for_me(other, look_into(other, case_id))[0]
    checking.send_checked(other, case_id, draft.author, draft.version, untrusted_text=text)


def _mailbox(stage: Stage, receipt: Receipt) -> Any:
    known = open_line(stage.line)
    later = domain_clock().now() + timedelta(days=1)
    return open_conversation(known, derive_keys(known, receipt), later, later.date())


def test_a_case_of_every_pack_goes_from_the_form_to_its_end(line: Stage) -> None:
    """Broken on purpose: a desk that looks for the ids of one pack, and an outcome that the pack does not have."""
    pack = pack_of(line.line)
    case_id, receipt = _send(line)
    seat = line.seat("Heron")
    file = open_case(seat, case_id)
    assert file.row.circle in {one.name for one in pack.circles}
    assert stage_of(seat, file) == pack.stages[1].id, "it was read a moment ago"
    plan = plan_of(file)
    assert plan.stop_word == (STOP if pack.meanings.stop_word else "")
    assert plan.never_first is bool(pack.meanings.never_first.question)
    holding.take(seat, case_id)
    need = file.known.get(pack.need_question)
    kind = pack.suggested_kind(file.known)
    assert isinstance(need, str)
    assert kind in {one.id for one in pack.kinds}
    confirming.confirm(seat, case_id, kind)
    step = Step("look again", seat.reader_id, seat.today + timedelta(days=1))
    _answer(line, case_id, step)
    assert look_into(seat, case_id).next_step is not None
    ending = next(one for one in pack.outcomes if not one.stage and not one.is_spam)
    closing.close(seat, case_id, ending.id, closing.usual_follow_up(seat, ending.id))
    closed = look_into(seat, case_id)
    assert not closed.is_open
    assert closing.outcome_of(closed)[0] == ending.id
    assert stage_of(seat, closed) in {one.id for one in pack.stages if not one.is_open}
    told = _mailbox(line, receipt)
    texts = [str(one.body.content.get("text", "")) for one in told.messages]
    assert "Ответ человека." in texts


@pytest.mark.parametrize("who", ["Heron", "circle"])
def test_the_pages_of_a_case_of_every_pack_are_drawn(line: Stage, who: str, client_of: ClientOf) -> None:
    """Broken on purpose: a template that asks for a text of one pack."""
    case_id, _ = _send(line)
    pack = pack_of(line.line)
    file = open_case(line.seat("Heron"), case_id)
    name = who if who != "circle" else f"of-{file.row.circle}"
    browser = Browser(client_of("desk"))
    assert browser.sign_in(line, name, line=line.line.slug).status_code in (302, 303)
    slug = write_slug(file.row.code_name)
    for path in ("/ru/queue/", f"/ru/case/{slug}/"):
        shown = browser.get(path)
        assert shown.status_code == 200, path
    page = shown.content.decode()
    assert WORDS in page or pack.is_heavy(file.known, line.seat("Heron").today)
    question = pack.question(pack.need_question)
    assert question is not None
    assert pack.option_text(question, str(file.known[question.id]), "ru", "self") in page


def test_an_edition_of_every_pack_counts_what_it_defines(line: Stage, tmp_path: Path) -> None:
    """Broken on purpose: figures that count one pack's kind."""
    pack = pack_of(line.line)
    opened = domain_clock().today(line.line.time_zone)
    kind = pack.figures.main.row_kinds[0]
    case_id, _ = _send(line)
    open_case(line.seat("Heron"), case_id)
    confirming.confirm(line.seat("Heron"), case_id, kind)
    month = f"{opened:%Y-%m}"
    rows = list(store.tally_rows(line.seat("Rowan").line_id, month, month))
    assert [row.kind for row in rows] == [kind]
    assert publishing.draft_figures(line.seat("Rowan")).edition is not None
    titles = {code: pack.title(code) for code in pack.languages}
    only, after = parse_month(month), opened.replace(day=1) + timedelta(days=33)
    made = draft_edition(rows * 40, pack, tmp_path, line=pack.name, titles=titles, first=only, last=only, today=after)
    assert made.main.total == 40
    assert {claim.id for claim in made.claims} <= {claim.id for claim in pack.claims}
    publish_edition(tmp_path, made)
    assert [one.number for one in read_earlier(tmp_path, pack.name)] == [1]
