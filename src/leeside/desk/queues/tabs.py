"""The tabs of the queue: their names in addresses, their titles, and what an empty one says to do next."""

from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext as _

from leeside.desk.queues.strip import count_words
from leeside.vault.store import QueuePage, Tab

TABS: Final = {
    "person": Tab.NEEDS_PERSON,
    "mine": Tab.MINE,
    "due": Tab.DUE,
    "waiting": Tab.WAITING,
    "check": Tab.TO_CHECK,
    "all": Tab.ALL_I_MAY_SEE,
    "due-mine": Tab.DUE_MINE,
    "today": Tab.DUE_TODAY,
    "again": Tab.ASK_AGAIN,
    "closed": Tab.CLOSED,
    "red": Tab.RED_UNTAKEN,
    "past": Tab.PAST_PROMISE,
    "handed": Tab.HANDED_TO_ME,
    "nearly": Tab.NEARLY_PAST,
    "back": Tab.CAME_BACK,
}
"""By the word that stands in an address."""

_QUESTIONS: Final = ("person", "mine", "due", "waiting", "check", "all")
_BESIDE: Final = {Tab.DUE_TODAY: Tab.DUE, Tab.DUE_MINE: Tab.DUE, Tab.ASK_AGAIN: Tab.DUE, Tab.CLOSED: Tab.ALL_I_MAY_SEE}
"""Lists that stand beside a tab and are reached from it."""


@dataclass(frozen=True)
class TabLink:
    """One tab, or one of some lists beside each other."""

    key: str
    title: str
    count: str
    is_current: bool


def tab_of(untrusted_key: str) -> Tab:
    """The tab of an address; the first for whatever is none."""
    return TABS.get(untrusted_key, Tab.NEEDS_PERSON)


def key_of(tab: Tab) -> str:
    """How a tab stands in an address."""
    return next(key for key, one in TABS.items() if one is tab)


def tab_links(page: QueuePage, current: Tab) -> tuple[TabLink, ...]:
    """The questions, each with its count."""
    shown = _BESIDE.get(current, current)
    return tuple(_link(key, page, TABS[key] is shown) for key in _QUESTIONS)


def links_beside(page: QueuePage, current: Tab) -> tuple[TabLink, ...]:
    """The lists of a tab that has more than one; else nothing."""
    tab = _BESIDE.get(current, current)
    others = tuple(other for other, whose in _BESIDE.items() if whose is tab)
    return tuple(_link(key_of(one), page, one is current, beside=True) for one in (tab, *others) if others)


def title_of(tab: Tab, *, beside: bool = False) -> str:
    """What a list is called."""
    if beside and tab in (Tab.DUE, Tab.ALL_I_MAY_SEE):
        return _("All due") if tab is Tab.DUE else _("Open cases")
    return {
        Tab.NEEDS_PERSON: _("Needs a person"),
        Tab.MINE: _("Mine"),
        Tab.DUE: _("Due"),
        Tab.WAITING: _("Waiting for them"),
        Tab.TO_CHECK: _("To check"),
        Tab.ALL_I_MAY_SEE: _("All I may see"),
        Tab.CLOSED: _("Closed"),
        Tab.RED_UNTAKEN: _("Red, and nobody has them"),
        Tab.PAST_PROMISE: _("Past our promise"),
        Tab.DUE_MINE: _("Due and yours"),
        Tab.DUE_TODAY: _("Today"),
        Tab.ASK_AGAIN: _("To ask again"),
        Tab.HANDED_TO_ME: _("Hand-overs for you"),
        Tab.NEARLY_PAST: _("Soon past our promise"),
        Tab.CAME_BACK: _("With the coordinators"),
    }[tab]


def empty_words(page: QueuePage, tab: Tab) -> str:
    """What an empty list says: what it means, and what to do next."""
    due = page.counts[Tab.DUE_MINE] - page.counts[Tab.ASK_AGAIN]
    if tab in (Tab.NEEDS_PERSON, Tab.RED_UNTAKEN):
        if due:
            return _("Nobody waits for a person. Of yours, due today: %(number)s.") % {"number": count_words(due)}
        return _("Nobody waits for a person. Look at your own cases, or take a break.")
    return {
        Tab.MINE: _("No open case is yours. Take one from the first tab."),
        Tab.DUE: _("Nothing is due today. Look at what waits for a person, or take a break."),
        Tab.DUE_TODAY: _("Nothing is due today. Look at what waits for a person, or take a break."),
        Tab.DUE_MINE: _("Nothing of yours is due today."),
        Tab.ASK_AGAIN: _("Nobody is to be asked again this week."),
        Tab.WAITING: _("Nobody owes us an answer just now."),
        Tab.TO_CHECK: _("No draft waits for a second pair of eyes."),
        Tab.CLOSED: _("No closed case that you may see."),
        Tab.PAST_PROMISE: _("No promise is broken. Thank you all."),
        Tab.HANDED_TO_ME: _("Nobody offers you a case."),
        Tab.NEARLY_PAST: _("No promise is about to break."),
        Tab.CAME_BACK: _("Nothing lies with the coordinators."),
    }.get(tab) or _("There is no open case that you may see.")


def _link(key: str, page: QueuePage, is_current: bool, *, beside: bool = False) -> TabLink:
    return TabLink(key, title_of(TABS[key], beside=beside), count_words(page.counts[TABS[key]]), is_current)
