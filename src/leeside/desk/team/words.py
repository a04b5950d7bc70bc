"""What the pages of people say: grades, shifts, changes of the roster, in words."""

from datetime import datetime
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from leeside.desk.grades import Grade
from leeside.desk.pages import role_title
from leeside.desk.permissions import Role, role_of
from leeside.desk.seat import Seat
from leeside.desk.team.history import RosterChange
from leeside.desk.team.terms import terms_of
from leeside.sealing.roster import Person
from leeside.web.dates import write_day


def grade_title(grade: Grade) -> str:
    """A grade in a word or two."""
    return {
        Grade.READ: _("Reads along"),
        Grade.DRAFT: _("Writes drafts"),
        Grade.CHECKED: _("Sends after a check"),
        Grade.SEND: _("Sends"),
    }[grade]


def grade_meaning(grade: Grade) -> str:
    """What a grade lets somebody do."""
    return {
        Grade.READ: _("Opens cases and reads along, begins at the training desk. Writes nothing."),
        Grade.DRAFT: _("Works cases, keeps facts and notes, writes drafts. A colleague checks a draft and sends it."),
        Grade.CHECKED: _("The same, and sends a draft that a colleague has checked."),
        Grade.SEND: _("Answers without a check, and checks what others wrote."),
    }[grade]


def grade_choices() -> list[dict[str, object]]:
    """All grades for a list to choose from."""
    return [{"key": str(int(one)), "title": grade_title(one), "meaning": grade_meaning(one)} for one in Grade]


def person_row(seat: Seat, person: Person) -> dict[str, object]:
    """One person as the list shows them."""
    terms, is_counsel = terms_of(person), role_of(person.role) is Role.COUNSEL
    return {
        "key": person.reader_id.hex(),
        "name": person.name,
        "role": role_title(seat.pack, person.role, seat.language),
        "is_me": person.reader_id == seat.reader_id,
        "grade": grade_title(terms.grade) if is_counsel else "",
        "until": write_day(person.until, seat.language, seat.today) if person.until else "",
        "has_ended": person.until is not None and person.until < seat.today,
        "shift_only": terms.shift_only,
    }


def zone_choices() -> list[tuple[str, str]]:
    """The time zones to choose from, by cities."""
    return [
        ("Europe/Lisbon", _("Lisbon, London")),
        ("Europe/Berlin", _("Berlin, Belgrade, Warsaw")),
        ("Europe/Kyiv", _("Kyiv, Vilnius, Helsinki")),
        ("Asia/Jerusalem", _("Jerusalem")),
        ("Europe/Kaliningrad", _("Kaliningrad")),
        ("Europe/Moscow", _("Moscow, Minsk, Istanbul")),
        ("Asia/Tbilisi", _("Tbilisi, Yerevan, Samara")),
        ("Asia/Yekaterinburg", _("Yekaterinburg, Almaty")),
        ("Asia/Novosibirsk", _("Novosibirsk, Krasnoyarsk")),
        ("Asia/Irkutsk", _("Irkutsk")),
        ("Asia/Vladivostok", _("Vladivostok")),
        ("America/New_York", _("New York")),
    ]


def shift_words(seat: Seat, until: datetime, places: int) -> str:
    """Until when somebody is there, and with how many places."""
    text = ngettext("on shift until %(time)s, %(number)s place", "on shift until %(time)s, %(number)s places", places)
    return text % {"time": f"{until.astimezone(ZoneInfo(seat.zone)):%H:%M}", "number": places}


def change_words(seat: Seat, change: RosterChange) -> str:
    """One change of the roster as a sentence: who did what."""
    name = seat.keyring.roster.name_of(change.who)
    said = {"by": seat.keyring.roster.name_of(change.by), "name": name}
    person = change.person
    if person is None:
        return _("%(by)s turned the epoch: new role keys.") % said
    kind = change.what
    if kind == "until" and person.until is None:
        kind = "no_until"
    if kind == "shift" and not terms_of(person).shift_only:
        kind = "no_shift"
    if kind == "lawyer" and not terms_of(person).is_lawyer:
        kind = "no_lawyer"
    return _sentences()[kind] % {**said, **_terms_words(seat, person)}


def _sentences() -> dict[str, str]:
    return {
        "joined": _("%(by)s admitted %(name)s: %(role)s."),
        "left": _("%(by)s removed %(name)s."),
        "role": _("%(by)s gave %(name)s another role: %(role)s."),
        "grade": _("%(by)s set the grade of %(name)s: %(grade)s."),
        "until": _("%(by)s set the last day of %(name)s: %(day)s."),
        "no_until": _("%(by)s took away the last day of %(name)s."),
        "shift": _("%(by)s let the access of %(name)s end with the shift."),
        "no_shift": _("%(by)s let %(name)s in beyond the shift."),
        "lawyer": _("%(by)s lets %(name)s sign reviews of rules."),
        "no_lawyer": _("%(by)s lets %(name)s sign no more reviews; what they signed counts no longer."),
        "keys": _("%(by)s confirmed new keys of %(name)s."),
    }


def _terms_words(seat: Seat, person: Person) -> dict[str, str]:
    until = person.until
    return {
        "role": role_title(seat.pack, person.role, seat.language),
        "grade": grade_title(terms_of(person).grade),
        "day": write_day(until, seat.language, seat.today) if until else "",
    }


def missing_key() -> str:
    """Why nobody was given a role."""
    return _(
        "A role key is missing in your own hands, so it cannot be handed on. Nothing was changed; another"
        " coordinator can do it."
    )


def moved_on() -> str:
    """Why a change of the roster was not done."""
    return _("A colleague changed the list of people a moment before you. Nothing was changed; look at it again.")
