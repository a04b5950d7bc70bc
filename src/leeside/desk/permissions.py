"""Who may do what: one table for cases, one for the line, and the guards that read them.

Each cell says whether the answer is *arithmetic* (the person holds the key, or cannot open the case with the whole
database in hand) or a *rule of the software* (the key would open it; the program asks first). Nobody else decides:
a view's or a flow's first line is a guard from here, and `tests/desk/test_permissions.py` checks that every action
has an answer for every standing and that no cell claims arithmetic where only software stands in the way.

How a standing is found (first that fits):
    LEAD    the person's role on the verified roster is `lead`; holds the lead key
    OWNER   the case's mark names this person, and a grant of theirs exists
    STAND_IN  the same, for the mark of the stand-in
    READER  a grant of theirs exists
    HOLDER  the case lies in a circle whose key the person holds
    NOBODY  none of these
"""

from dataclasses import dataclass
from enum import Enum, unique

from leeside.desk.errors import NotAllowedError


@unique
class Standing(Enum):
    """What a person is to one case."""

    LEAD = "lead"
    OWNER = "owner"
    STAND_IN = "stand_in"
    READER = "reader"
    HOLDER = "holder"
    NOBODY = "nobody"


@unique
class CaseAction(Enum):
    """Everything that can be done to a case from the desk."""

    SEE_ROW = "see its row in a list, and count it there"
    OPEN = "open the case"
    OPEN_DRAWER = "open a drawer (identity, place)"
    TAKE = "hold it for a quarter of an hour"
    KEEP = "become its owner"
    GIVE_BACK = "give it back to its circle"
    ANSWER = "write to the writer"
    UNDO_ANSWER = "take an answer back before it is released"
    NOTE = "write a note"
    SET_FACT = "set a fact"
    SET_STEP = "set the next step"
    MOVE = "move it to another circle"
    CONFIRM = "confirm the request and its kind"
    GRANT = "let a colleague read it"
    REVOKE = "end a colleague's grant"
    CLOSE = "close it with an outcome"
    REOPEN = "open it again"
    REKEY = "give it new keys after a removal"
    DRAFT = "keep a sealed draft, and ask for a second pair of eyes"
    CHECK = "check a colleague's draft, and send it or hand it back"
    SET_PAPER = "keep the ledger of papers and of outgoing papers"
    SET_SAFETY = "set safe contact, the graded check, code phrases and the silence watch"
    SEIZE = "say that the device was seized, or that it is in the person's hands again"
    LINK = "link it with another case, and unlink it"
    SET_MAY_BE_TOLD = "set what a linked writer may be told"
    RENEW_WORDS = "make a fresh receipt, which is a new, linked case"
    REFER = "refer it outside, and take that back"
    TRANSFER = "transfer it to another line of the installation"
    ATTACH = "seal a file into it"
    ERASE_ENTRY = "erase one entry; a mark stays"
    ERASE = "erase the case"
    HAND_OVER = "offer it to a colleague with a hand-over card"
    ACCEPT = "accept or refuse a hand-over offered to oneself"
    SET_STAND_IN = "name a stand-in"
    TAKE_OVER = "take it over as its stand-in"
    SWAP = "be swapped out, without a reason"
    ASSIGN = "assign it to a colleague"
    FOLLOW_UP = "write down a late outcome or a follow-up after closing"
    SEE_LAW = "see what the law gives in it"


@unique
class Role(Enum):
    """What a person is to the line."""

    LEAD = "lead"
    COUNSEL = "circle"  # member of any circle of the pack
    PUBLISHER = "publisher"
    NOBODY = "nobody"


@unique
class LineAction(Enum):
    """Everything that can be done to a line from the desk."""

    SEE_QUEUE = "see the queue"
    SEE_PEOPLE = "see who belongs to the line"
    INVITE = "make an invitation"
    ADMIT = "admit a newcomer"
    REMOVE = "remove a person"
    TURN_EPOCH = "turn the epoch"
    READ_AUDIT = "see who read what"
    DRAFT_FIGURES = "see the month's draft figures"
    APPROVE_FIGURES = "approve a month for publication"
    SEARCH = "search everything one may read"
    RECALL = "see whose advice would be another one today, and tell them"
    SEE_LOAD = "see who carries how much"
    ASSIGN_MANY = "assign or close many cases at once"
    OPEN_BY_HAND = "open a case for somebody on the telephone"
    GO_ON_SHIFT = "go on shift, with so many places"
    TRAIN = "work at the training desk"
    WRITE_BRIEF = "write the shift's brief"
    READ_BRIEF = "read the shift's brief"
    SET_GRADE = "set a colleague's grade and the end of their access"
    END_SESSIONS = "end a colleague's sessions"
    BE_PINGED = "have a wordless ping for oneself"
    RENEW_OWN_KEYS = "have new keys after a passphrase became known"
    CONFIRM_NEW_KEYS = "put a colleague's new keys on the roster"
    SEE_RULES = "look at the rules of the guide, and try one"
    SIGN_REVIEW = "sign a review of a rule, as one of the line's lawyers"
    ASK_GUIDE = "ask the guide about facts without a case"


@unique
class Basis(Enum):
    """Why a cell holds: by keys alone, or because the program refuses or agrees."""

    ARITHMETIC = "arithmetic"
    SOFTWARE = "software"


@dataclass(frozen=True)
class Ruling:
    """One cell of the table."""

    allowed: bool
    basis: Basis


_YES_KEY = Ruling(True, Basis.ARITHMETIC)  # the key opens it, and the program agrees
_YES = Ruling(True, Basis.SOFTWARE)  # allowed; a person with the same keys could be refused by the program
_NO = Ruling(False, Basis.SOFTWARE)  # the keys would do it; the program refuses
_NO_KEY = Ruling(False, Basis.ARITHMETIC)  # no key in the person's hands does it

_ORDER = (
    Standing.LEAD,
    Standing.OWNER,
    Standing.STAND_IN,
    Standing.READER,
    Standing.HOLDER,
    Standing.NOBODY,
)

# Columns: lead, owner, stand-in, reader, holder, nobody. A row that a nobody cannot have because the text is sealed is
# arithmetic; marks in clear (a row, an owner's name, a closing) are kept from them by software alone.
_CASE_ROWS: dict[CaseAction, tuple[Ruling, Ruling, Ruling, Ruling, Ruling, Ruling]] = {
    CaseAction.SEE_ROW: (_YES, _YES, _YES, _YES, _YES, _NO),
    CaseAction.OPEN: (_YES_KEY, _YES_KEY, _YES_KEY, _YES_KEY, _YES_KEY, _NO_KEY),
    CaseAction.OPEN_DRAWER: (_YES_KEY, _YES_KEY, _YES_KEY, _YES_KEY, _YES_KEY, _NO_KEY),
    CaseAction.TAKE: (_YES, _NO, _NO, _NO, _YES, _NO),
    CaseAction.KEEP: (_YES, _NO, _YES, _YES, _YES, _NO_KEY),
    CaseAction.GIVE_BACK: (_YES, _YES, _YES, _NO, _NO, _NO_KEY),
    CaseAction.ANSWER: (_YES, _YES, _YES, _YES, _YES, _NO_KEY),
    CaseAction.UNDO_ANSWER: (_YES, _YES, _YES, _YES, _YES, _NO_KEY),
    CaseAction.NOTE: (_YES, _YES, _YES, _YES, _YES, _NO_KEY),
    CaseAction.SET_FACT: (_YES, _YES, _YES, _YES, _YES, _NO_KEY),
    CaseAction.SET_STEP: (_YES, _YES, _YES, _YES, _YES, _NO_KEY),
    CaseAction.MOVE: (_YES, _YES, _YES, _NO, _YES, _NO_KEY),
    CaseAction.CONFIRM: (_YES, _YES, _YES, _YES, _YES, _NO_KEY),
    CaseAction.GRANT: (_YES, _YES, _YES, _NO, _NO, _NO_KEY),
    CaseAction.REVOKE: (_YES, _YES, _YES, _NO, _NO, _NO),
    CaseAction.CLOSE: (_YES, _YES, _YES, _NO, _NO, _NO_KEY),
    CaseAction.REOPEN: (_YES, _YES, _YES, _NO, _NO, _NO_KEY),
    CaseAction.REKEY: (_YES, _YES, _YES, _YES, _YES, _NO_KEY),
    CaseAction.DRAFT: (_YES, _YES, _YES, _YES, _YES, _NO_KEY),
    CaseAction.CHECK: (_YES, _YES, _YES, _YES, _YES, _NO_KEY),
    CaseAction.SET_PAPER: (_YES, _YES, _YES, _YES, _YES, _NO_KEY),
    CaseAction.SET_SAFETY: (_YES, _YES, _YES, _YES, _YES, _NO_KEY),
    CaseAction.SEIZE: (_YES, _YES, _YES, _YES, _YES, _NO_KEY),
    CaseAction.LINK: (_YES, _YES, _YES, _NO, _NO, _NO_KEY),
    CaseAction.SET_MAY_BE_TOLD: (_YES, _YES, _YES, _NO, _NO, _NO_KEY),
    CaseAction.RENEW_WORDS: (_YES, _YES, _YES, _NO, _NO, _NO_KEY),
    CaseAction.REFER: (_YES, _YES, _YES, _NO, _NO, _NO_KEY),
    CaseAction.TRANSFER: (_YES, _YES, _NO, _NO, _NO, _NO_KEY),
    CaseAction.ATTACH: (_YES, _YES, _YES, _YES, _YES, _NO_KEY),
    CaseAction.ERASE_ENTRY: (_YES, _YES, _YES, _NO, _NO, _NO),
    CaseAction.ERASE: (_YES, _NO, _NO, _NO, _NO, _NO),
    CaseAction.HAND_OVER: (_YES, _YES, _YES, _NO, _NO, _NO_KEY),
    CaseAction.ACCEPT: (_YES, _NO, _YES, _YES, _NO, _NO_KEY),
    CaseAction.SET_STAND_IN: (_YES, _YES, _NO, _NO, _NO, _NO_KEY),
    CaseAction.TAKE_OVER: (_YES, _NO, _YES, _NO, _NO, _NO_KEY),
    CaseAction.SWAP: (_NO, _YES, _NO, _NO, _NO, _NO_KEY),
    CaseAction.ASSIGN: (_YES, _NO, _NO, _NO, _NO, _NO_KEY),
    CaseAction.FOLLOW_UP: (_YES, _YES, _YES, _NO, _NO, _NO_KEY),
    CaseAction.SEE_LAW: (_YES, _YES, _YES, _YES, _YES, _NO_KEY),
}

# Columns: lead, member of a circle, publisher, nobody. Roster versions are signed by a coordinator of the version
# before, so admitting, removing and turning an epoch are arithmetic; what is merely shown is software.
_LINE_ROWS: dict[LineAction, tuple[Ruling, Ruling, Ruling, Ruling]] = {
    LineAction.SEE_QUEUE: (_YES, _YES, _NO, _NO),
    LineAction.SEE_PEOPLE: (_YES, _YES, _YES, _NO),
    LineAction.INVITE: (_YES, _NO, _NO, _NO),
    LineAction.ADMIT: (_YES_KEY, _NO_KEY, _NO_KEY, _NO_KEY),
    LineAction.REMOVE: (_YES_KEY, _NO_KEY, _NO_KEY, _NO_KEY),
    LineAction.TURN_EPOCH: (_YES_KEY, _NO_KEY, _NO_KEY, _NO_KEY),
    LineAction.READ_AUDIT: (_YES_KEY, _NO_KEY, _NO_KEY, _NO_KEY),
    LineAction.DRAFT_FIGURES: (_YES, _NO, _YES, _NO),
    LineAction.APPROVE_FIGURES: (_YES, _NO, _YES, _NO),
    LineAction.SEARCH: (_YES, _YES, _NO, _NO),
    LineAction.RECALL: (_YES, _YES, _NO, _NO),
    LineAction.SEE_LOAD: (_YES, _NO, _NO, _NO),
    LineAction.ASSIGN_MANY: (_YES, _NO, _NO, _NO),
    LineAction.OPEN_BY_HAND: (_YES, _YES, _NO, _NO),
    LineAction.GO_ON_SHIFT: (_YES, _YES, _NO, _NO),
    LineAction.TRAIN: (_YES, _YES, _NO, _NO),
    LineAction.WRITE_BRIEF: (_YES, _NO, _NO, _NO),
    LineAction.READ_BRIEF: (_YES, _YES, _NO, _NO),
    LineAction.SET_GRADE: (_YES_KEY, _NO_KEY, _NO_KEY, _NO_KEY),
    LineAction.END_SESSIONS: (_YES, _NO, _NO, _NO),
    LineAction.BE_PINGED: (_YES, _YES, _NO, _NO),
    LineAction.RENEW_OWN_KEYS: (_YES, _YES, _YES, _NO),
    LineAction.CONFIRM_NEW_KEYS: (_YES_KEY, _NO_KEY, _NO_KEY, _NO_KEY),
    LineAction.SEE_RULES: (_YES, _YES, _NO, _NO),
    # Only with the word `lawyer` beside the name on the signed roster, which every reader of a review asks for.
    LineAction.SIGN_REVIEW: (_YES_KEY, _YES_KEY, _NO_KEY, _NO_KEY),
    # Only counsellors see what the guide says: whoever publishes figures has nobody to advise.
    LineAction.ASK_GUIDE: (_YES, _YES, _NO, _NO),
}

CASE_TABLE: dict[tuple[CaseAction, Standing], Ruling] = {
    (action, standing): ruling
    for action, row in _CASE_ROWS.items()
    for standing, ruling in zip(_ORDER, row, strict=True)
}
LINE_TABLE: dict[tuple[LineAction, Role], Ruling] = {
    (action, role): ruling
    for action, row in _LINE_ROWS.items()
    for role, ruling in zip((Role.LEAD, Role.COUNSEL, Role.PUBLISHER, Role.NOBODY), row, strict=True)
}


def role_of(roster_role: str) -> Role:
    """The role that a name on the roster means: `lead`, `publisher`, or a circle of the pack."""
    if roster_role == Role.LEAD.value:
        return Role.LEAD
    if roster_role == Role.PUBLISHER.value:
        return Role.PUBLISHER
    return Role.COUNSEL if roster_role else Role.NOBODY


def find_standing(
    *, is_lead: bool, is_owner: bool, has_grant: bool, holds_circle: bool, is_stand_in: bool = False
) -> Standing:
    """What a person is to a case; the first line of the module's list that fits."""
    if is_lead:
        return Standing.LEAD
    if is_owner and has_grant:
        return Standing.OWNER
    if is_stand_in and has_grant:
        return Standing.STAND_IN
    if has_grant:
        return Standing.READER
    return Standing.HOLDER if holds_circle else Standing.NOBODY


def may(action: CaseAction, standing: Standing) -> bool:
    """Whether a page offers the action at all. The flow asks again with `require_case_action`."""
    return CASE_TABLE[action, standing].allowed


def may_on_line(action: LineAction, role: Role) -> bool:
    """Whether a page offers the action at all. The flow asks again with `require_line_action`."""
    return LINE_TABLE[action, role].allowed


def require_case_action(action: CaseAction, standing: Standing) -> None:
    """Raises NotAllowedError unless the table allows it. The first line of every flow on a case."""
    if not CASE_TABLE[action, standing].allowed:
        raise NotAllowedError


def require_line_action(action: LineAction, role: Role) -> None:
    """Raises NotAllowedError unless the table allows it. The first line of every flow on a line."""
    if not LINE_TABLE[action, role].allowed:
        raise NotAllowedError
