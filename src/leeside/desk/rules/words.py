"""What the pages of rules say in words of their own: findings, readings, what a rule gives."""

from django.utils.translation import gettext as _

from leeside.desk.casefile import day_in
from leeside.desk.rules.reviews import Reading, Standing, Verdict
from leeside.desk.seat import Seat
from leeside.guide.auditing import Finding, Look
from leeside.packs.guidebook.book import Guidebook
from leeside.packs.guidebook.rules import Gives
from leeside.web.dates import write_day


def gives_title(gives: Gives) -> str:
    """What a rule gives, in a word."""
    return {
        Gives.REMEDY: _("Remedy"),
        Gives.PROTECTION: _("Protection"),
        Gives.DOCUMENT: _("Document"),
        Gives.AUTHORITY: _("Office"),
        Gives.RISK: _("Risk"),
    }[gives]


def look_title(look: Look) -> str:
    """What there is to look at, in a few words: the name of a filter, and of a finding."""
    return {
        Look.CLASH: _("May say opposite things"),
        Look.UNREACHABLE: _("Nobody can meet it"),
        Look.UNASKED: _("Waits for a question that never opens"),
        Look.OBJECTED: _("A lawyer says: not like this"),
        Look.UNREVIEWED: _("No lawyer has read it"),
        Look.REWORDED: _("Read in an earlier wording only"),
        Look.STALE: _("The review is too old"),
        Look.UNCONFIRMED: _("A day is not confirmed"),
        Look.GENERAL: _("General knowledge only"),
        Look.WEAK: _("Leans on weak pages"),
        Look.DOUBLED: _("Gives the same as another rule"),
        Look.UNTESTED: _("Examples are missing"),
        Look.UNREACHED: _("In no worked situation"),
        Look.IDLE_TERM: _("A term that no rule names"),
        Look.IDLE_PAPER: _("A paper that nothing names"),
        Look.IDLE_SOURCE: _("A source that nothing names"),
    }[look]


def finding_words(seat: Seat, finding: Finding, book: Guidebook | None = None) -> str:
    """One finding as a line; other rules by their title. `book` is the line's own unless another is tried."""
    book = book or seat.pack.guide
    titles = [_detail(seat, one, book) for one in finding.details]
    title = look_title(finding.look)
    return f"{title}: {', '.join(titles)}" if titles else title


def _detail(seat: Seat, detail: str, book: Guidebook) -> str:
    """What a finding leans on: a rule, a day, a fact or a key in words; an id that has none as it is."""
    rule = book.rule(detail)
    if rule is not None:
        return rule.words[seat.language].title
    named = {"from": _("First day"), "until": _("Last day")}
    if detail in named:
        return named[detail]
    question = seat.pack.question(detail)
    if question is not None:
        return seat.pack.text(question.label_key, seat.language)
    day = day_in(detail)
    return detail if day is None else write_day(day, seat.language, seat.today)


def verdict_title(verdict: Verdict) -> str:
    """A verdict as whoever signs says it."""
    return {
        Verdict.HOLDS: _("It holds as it stands"),
        Verdict.CHANGE: _("It has to be corrected"),
        Verdict.DROP: _("It must not be used"),
    }[verdict]


def reading_words(seat: Seat, reading: Reading) -> str:
    """One reading as a line: who, when, what, or that it is not proven."""
    if reading.standing is Standing.REFUSED or reading.day is None:
        return _("Not proven: nobody of the line signed this. It is not counted; tell a coordinator.")
    text = f"{reading.by}, {write_day(reading.day, seat.language, seat.today)}"
    return f"{text}: {verdict_title(reading.verdict)}" if reading.verdict is not None else text


def standing_words(standing: Standing) -> str:
    """Why a reading does not count; nothing for one that does."""
    return {
        Standing.COUNTS: "",
        Standing.EARLIER_WORDING: _("of an earlier wording"),
        Standing.EARLIER_LIST: _("against an earlier list of red lines"),
        Standing.NOT_A_LAWYER: _("signs for the line no longer, or with other keys: counts no more"),
        Standing.AHEAD: _("its day lies ahead"),
        Standing.REPLACED: _("read again later"),
        Standing.REFUSED: _("refused"),
    }[standing]
