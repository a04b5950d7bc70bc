"""The table of who may do what, in words: every action has a sentence, every cell says whether keys or rules decide."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from leeside.desk.grades import GRADE_TABLE
from leeside.desk.permissions import CASE_TABLE, LINE_TABLE, Basis, CaseAction, LineAction, Role, Ruling, Standing
from leeside.desk.team.words import grade_title


@dataclass(frozen=True)
class Cell:
    """One cell: its sign, and the same in words."""

    sign: str
    words: str


@dataclass(frozen=True)
class ActionRow:
    """One action and its cells, in the order of the columns."""

    text: str
    cells: tuple[Cell, ...]
    grade: str = ""


@dataclass(frozen=True)
class Table:
    """One table of the page."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[ActionRow, ...]
    has_grades: bool = False


def case_table() -> Table:
    """Every action on a case, for every standing, with the least grade."""
    columns = {
        Standing.LEAD: _("Coordinator"),
        Standing.OWNER: _("Owner"),
        Standing.STAND_IN: _("Stand-in"),
        Standing.READER: _("Reads along"),
        Standing.HOLDER: _("In the circle"),
        Standing.NOBODY: _("Nobody of these"),
    }
    rows = tuple(
        ActionRow(
            case_action_words(action),
            tuple(_cell(CASE_TABLE[action, standing]) for standing in columns),
            grade_title(GRADE_TABLE[action]),
        )
        for action in CaseAction
    )
    return Table(_("On a case"), tuple(columns.values()), rows, has_grades=True)


def line_table() -> Table:
    """Every action on the line, for every role."""
    columns = {
        Role.LEAD: _("Coordinator"),
        Role.COUNSEL: _("Member of a circle"),
        Role.PUBLISHER: _("Publisher"),
        Role.NOBODY: _("Nobody of these"),
    }
    rows = tuple(
        ActionRow(line_action_words(action), tuple(_cell(LINE_TABLE[action, role]) for role in columns))
        for action in LineAction
    )
    return Table(_("On the line"), tuple(columns.values()), rows)


def _cell(ruling: Ruling) -> Cell:
    by_key = ruling.basis is Basis.ARITHMETIC
    if ruling.allowed:
        return Cell("■", _("may, by key")) if by_key else Cell("□", _("may, by rule"))
    return Cell("✕", _("cannot, no key")) if by_key else Cell("–", _("may not, by rule"))


def case_action_words(action: CaseAction) -> str:
    """An action on a case as a sentence."""
    return {
        CaseAction.SEE_ROW: _("see its row in a list, and count it there"),
        CaseAction.OPEN: _("open the case"),
        CaseAction.OPEN_DRAWER: _("open a drawer (identity, place)"),
        CaseAction.TAKE: _("hold it for a quarter of an hour"),
        CaseAction.KEEP: _("become its owner"),
        CaseAction.GIVE_BACK: _("give it back to its circle"),
        CaseAction.ANSWER: _("write to the writer"),
        CaseAction.UNDO_ANSWER: _("take an answer back before it is released"),
        CaseAction.NOTE: _("write a note"),
        CaseAction.SET_FACT: _("set a fact"),
        CaseAction.SET_STEP: _("set the next step"),
        CaseAction.MOVE: _("move it to another circle"),
        CaseAction.CONFIRM: _("confirm the request and its kind"),
        CaseAction.GRANT: _("let a colleague read it"),
        CaseAction.REVOKE: _("end a colleague's grant"),
        CaseAction.CLOSE: _("close it with an outcome"),
        CaseAction.REOPEN: _("open it again"),
        CaseAction.REKEY: _("give it new keys after a removal"),
        CaseAction.DRAFT: _("keep a sealed draft, and ask for a second pair of eyes"),
        CaseAction.CHECK: _("check a colleague's draft, and send it or hand it back"),
        CaseAction.SET_PAPER: _("keep the ledger of papers and of outgoing papers"),
        CaseAction.SET_SAFETY: _("set safe contact, the graded check, code phrases and the silence watch"),
        CaseAction.SEIZE: _("say that the device was seized, or that it is in the person's hands again"),
        CaseAction.LINK: _("link it with another case, and unlink it"),
        CaseAction.SET_MAY_BE_TOLD: _("set what a linked writer may be told"),
        CaseAction.RENEW_WORDS: _("make a fresh receipt, which is a new, linked case"),
        CaseAction.REFER: _("refer it outside, and take that back"),
        CaseAction.TRANSFER: _("transfer it to another line of the installation"),
        CaseAction.ATTACH: _("seal a file into it"),
        CaseAction.ERASE_ENTRY: _("erase one entry; a mark stays"),
        CaseAction.ERASE: _("erase the case"),
        CaseAction.HAND_OVER: _("offer it to a colleague with a hand-over card"),
        CaseAction.ACCEPT: _("accept or refuse a hand-over offered to oneself"),
        CaseAction.SET_STAND_IN: _("name a stand-in"),
        CaseAction.TAKE_OVER: _("take it over as its stand-in"),
        CaseAction.SWAP: _("be swapped out, without a reason"),
        CaseAction.ASSIGN: _("assign it to a colleague"),
        CaseAction.FOLLOW_UP: _("write down a late outcome or a follow-up after closing"),
        CaseAction.SEE_LAW: _("see what the law gives in it"),
    }[action]


def line_action_words(action: LineAction) -> str:
    """An action on the line as a sentence."""
    return {
        LineAction.SEE_QUEUE: _("see the queue"),
        LineAction.SEE_PEOPLE: _("see who belongs to the line"),
        LineAction.INVITE: _("make an invitation"),
        LineAction.ADMIT: _("admit a newcomer"),
        LineAction.REMOVE: _("remove a person"),
        LineAction.TURN_EPOCH: _("turn the epoch"),
        LineAction.READ_AUDIT: _("see who read what"),
        LineAction.DRAFT_FIGURES: _("see the month's draft figures"),
        LineAction.APPROVE_FIGURES: _("approve a month for publication"),
        LineAction.SEARCH: _("search everything one may read"),
        LineAction.RECALL: _("see whose advice would be another one today, and tell them"),
        LineAction.SEE_LOAD: _("see who carries how much"),
        LineAction.ASSIGN_MANY: _("assign or close many cases at once"),
        LineAction.OPEN_BY_HAND: _("open a case for somebody on the telephone"),
        LineAction.GO_ON_SHIFT: _("go on shift, with so many places"),
        LineAction.TRAIN: _("work at the training desk"),
        LineAction.WRITE_BRIEF: _("write the shift's brief"),
        LineAction.READ_BRIEF: _("read the shift's brief"),
        LineAction.SET_GRADE: _("set a colleague's grade and the end of their access"),
        LineAction.END_SESSIONS: _("end a colleague's sessions"),
        LineAction.BE_PINGED: _("have a wordless ping for oneself"),
        LineAction.RENEW_OWN_KEYS: _("have new keys after a passphrase became known"),
        LineAction.CONFIRM_NEW_KEYS: _("put a colleague's new keys on the roster"),
        LineAction.SEE_RULES: _("look at the rules of the guide, and try one"),
        LineAction.SIGN_REVIEW: _("sign a review of a rule, as one of the line’s lawyers"),
        LineAction.ASK_GUIDE: _("ask the guide about facts without a case"),
    }[action]
