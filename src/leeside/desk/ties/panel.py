"""What the case page shows of a case's ties: the linked cases, and what can be done about them."""

from collections.abc import Collection
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from leeside.desk.allowed import is_allowed
from leeside.desk.casefile import SOURCES, CaseFile
from leeside.desk.code_names import write_code_name, write_slug
from leeside.desk.permissions import CaseAction
from leeside.desk.seat import Seat
from leeside.desk.telling.shapes import day_of, pack_words, source_words
from leeside.desk.telling.ties import fate_words, item_words, kin_words, relation_words
from leeside.desk.ties.endings import gone_from
from leeside.desk.ties.may_be_told import told_of
from leeside.desk.ties.one_owner import are_apart, look, person_cases
from leeside.desk.ties.reading import ERASED, KINS, RELATIVE, SAME_PERSON, Fate, Link, fates_of, links_of
from leeside.desk.ties.referral import Referral, referrals_of
from leeside.desk.ties.traces import ITEMS
from leeside.desk.ties.transfer import lines_to_transfer_to
from leeside.vault.store import CaseState
from leeside.web.dates import write_short_day


@dataclass(frozen=True)
class TieLine:
    """One linked case. Without a slug it is not for this reader, or gone; `fate` says what became of it."""

    link: str
    relation: str
    slug: str = ""
    name: str = ""
    state: str = ""
    last_message: str = ""
    owner: str = ""
    fate: str = ""


@dataclass(frozen=True)
class Choice:
    """One thing to choose or to tick."""

    key: str
    title: str
    is_chosen: bool = False


@dataclass(frozen=True)
class ToldPanel:
    """The list of what may be told, as it stands and as a form."""

    summary: str
    items: tuple[Choice, ...]
    sources: tuple[Choice, ...]


@dataclass(frozen=True)
class ReferralLine:
    """One packet that went outside, in words."""

    link: str
    receiver: str
    state: str
    is_late: bool
    is_open: bool


@dataclass(frozen=True)
class TiesPanel:
    """The panel *One person*. Names are those the template uses."""

    lines: tuple[TieLine, ...]
    are_together: bool
    are_apart: bool
    may_link: bool
    proposal: str
    kins: tuple[Choice, ...]
    told: ToldPanel | None
    may_set_told: bool
    referrals: tuple[ReferralLine, ...]
    outcomes: tuple[Choice, ...]
    may_renew: bool
    may_refer: bool
    may_transfer: bool


def make_panel(seat: Seat, file: CaseFile) -> TiesPanel | None:
    """The panel of an opened case; None where there is no tie and nothing may be done."""
    ties = links_of(file)
    others = {one.link: look(seat, one.case_id) for one in ties}
    together = person_cases(seat, file) if any(one.relation == SAME_PERSON for one in ties) else []
    fates = {**fates_of(file), **{one.link: Fate(ERASED, None, True) for one in gone_from(file)}}
    sent = referrals_of(seat, file) if file.of_kind("referral") else ()
    gone = {link for link, fate in fates.items() if fate.what == ERASED}
    direct = {one.case_id for one in ties}
    may_link = is_allowed(seat, file, CaseAction.LINK)
    panel = TiesPanel(
        lines=(
            *(_line(seat, one, others[one.link], fates.get(one.link)) for one in ties),
            *(_line_through(seat, other) for other in together if other.row.case_id not in direct),
        ),
        are_together=any(other is not None for other in others.values()),
        are_apart=are_apart(file, together),
        may_link=may_link,
        proposal=_proposal(file, ties) if may_link else "",
        kins=tuple(Choice(kin, kin_words(kin)) for kin in KINS),
        told=_told(seat, file) if any(one.relation == RELATIVE and one.leads for one in ties) else None,
        may_set_told=is_allowed(seat, file, CaseAction.SET_MAY_BE_TOLD),
        referrals=tuple(_referral(seat, one, gone) for one in sent),
        outcomes=tuple(Choice(one.id, pack_words(seat, "outcome", one.id)) for one in seat.pack.outcomes),
        may_renew=is_allowed(seat, file, CaseAction.RENEW_WORDS),
        may_refer=file.is_open and is_allowed(seat, file, CaseAction.REFER),
        may_transfer=file.is_open and is_allowed(seat, file, CaseAction.TRANSFER) and bool(lines_to_transfer_to(seat)),
    )
    return panel if ties or may_link or panel.may_renew else None


def state_words(state: CaseState) -> str:
    """How far a case is, in a word."""
    words = {
        CaseState.RECEIVED: _("not read yet"),
        CaseState.READ: _("read by us"),
        CaseState.ANSWERED: _("we answered"),
        CaseState.CLOSED: _("case closed"),
    }
    return words[state]


def _line(seat: Seat, one: Link, other: CaseFile | None, fate: Fate | None) -> TieLine:
    relation = relation_words(one.relation, one.side, one.kin)
    line = TieLine(one.link.hex(), relation)
    if other is not None:
        line = _opened_line(seat, one.link.hex(), relation, other)
    if fate is None:
        return line
    return replace(line, fate=fate_words(seat, fate.what, fate.day, is_noticed=fate.is_noticed))


def _line_through(seat: Seat, other: CaseFile) -> TieLine:
    """A case of the same person that is linked with one that is linked with this: its link is ended over there."""
    return _opened_line(seat, "", _("the same person, through a case between"), other)


def _opened_line(seat: Seat, link: str, relation: str, other: CaseFile) -> TieLine:
    return TieLine(
        link=link,
        relation=relation,
        slug=write_slug(other.row.code_name),
        name=write_code_name(other.row.code_name, seat.language),
        state=state_words(other.row.state),
        last_message=_last_message(seat, other),
        owner=seat.keyring.roster.name_of(other.row.owner) if other.row.owner is not None else "",
    )


def _last_message(seat: Seat, other: CaseFile) -> str:
    said = [day_of(seat, entry) for entry in other.entries if entry.kind in {"answers", "message"}]
    return write_short_day(max(said), seat.language, seat.today) if said else ""


def _referral(seat: Seat, one: Referral, gone: Collection[bytes]) -> ReferralLine:
    due = write_short_day(one.answer_due, seat.language, seat.today) if one.answer_due else ""
    is_over = bool(one.outcome) or one.is_revoked
    is_late = one.answer_due is not None and one.answer_due < seat.today and not (is_over or one.has_answered)
    if one.is_revoked:
        state = _("taken back and erased")
    elif one.link in gone and not one.outcome:
        state = _("erased by whoever had it; what came of it, only they can say")
    elif one.outcome:
        state = pack_words(seat, "outcome", one.outcome)
    elif one.has_answered:
        state = _("answered: see the packet")
    elif one.opened_on is not None:
        opened = write_short_day(one.opened_on, seat.language, seat.today)
        state = _("opened on %(day)s · answer expected by %(due)s") % {"day": opened, "due": due}
    else:
        state = _("not opened yet · answer expected by %(due)s") % {"due": due}
    return ReferralLine(one.link.hex(), one.receiver, state, is_late, not is_over)


def _proposal(file: CaseFile, ties: tuple[Link, ...]) -> str:
    if file.meanings.wrote_before.is_said(file.known) and not any(one.relation == SAME_PERSON for one in ties):
        return _("This writer says that they wrote before. If you know the first case, link the two.")
    return ""


def _told(seat: Seat, file: CaseFile) -> ToldPanel:
    told = told_of(file)
    summary = _("Nothing, not even that there is a case.")
    if told.items:
        summary = ", ".join(item_words(one) for one in told.items)
    if told.day is not None:
        how = _("%(source)s, %(day)s") % {
            "source": source_words(told.source),
            "day": write_short_day(told.day, seat.language, seat.today),
        }
        summary = f"{summary} ({how})"
    return ToldPanel(
        summary,
        tuple(Choice(one, item_words(one), one in told.items) for one in ITEMS),
        tuple(Choice(one, source_words(one), one == told.source) for one in SOURCES),
    )
