"""Two cases in one colleague's hands, mailboxes as bytes, and a check that lets new words be made."""

from desk.stage import HOT, Sent, Stage, send
from leeside.desk import holding
from leeside.desk.changes import CaseChange
from leeside.desk.next_steps import Step
from leeside.desk.opening import look_into, open_case
from leeside.sealing.receipts import Receipt, derive_receipt_keys
from leeside.vault import store


def keep(stage: Stage, who: str, sent: Sent, what: str = "call back") -> None:
    """Let a colleague open a case and keep it."""
    seat = stage.seat(who)
    open_case(seat, sent.case_id)
    holding.keep(seat, sent.case_id, Step(what, seat.reader_id, seat.today))


def two(stage: Stage, who: str = "Willow") -> tuple[Sent, Sent]:
    """Two cases in one colleague's hands."""
    first, again = send(stage, HOT, circle="closed"), send(stage, HOT, circle="closed")
    keep(stage, who, first)
    keep(stage, who, again, "read it")
    return first, again


def check(stage: Stage, who: str, case_id: bytes, level: str = "consistent") -> None:
    """Write the graded check of a case."""
    seat = stage.seat(who)
    file = look_into(seat, case_id)
    change = CaseChange(seat, file.row, file.keys)
    change.add("check", {"level": level, "ground": "voice_heard", "line": "we spoke"})
    change.commit()


def mailbox_of(stage: Stage, receipt: Receipt) -> store.Mailbox | None:
    """What the store hands to whoever has the words."""
    seat = stage.seat("Heron")
    return store.open_mailbox(derive_receipt_keys(receipt, seat.line_id).lookup_hash, seat.now)


def read_mailbox(stage: Stage, receipt: Receipt) -> list[str]:
    """What whoever has the words reads, as the door opens it: the texts in their order."""
    from zoneinfo import ZoneInfo

    from leeside.door.conversation import in_order
    from leeside.door.mailbox import derive_keys, open_conversation
    from leeside.door.open_lines import forget_lines, known_line

    forget_lines()
    line = known_line(stage.line)
    now = stage.seat("Heron").now
    opened = open_conversation(line, derive_keys(line, receipt), now, now.astimezone(ZoneInfo("Europe/Moscow")).date())
    texts = []
    for message in in_order(opened.messages):
        answers = message.body.content.get("answers")
        text = answers.get("text") if isinstance(answers, dict) else message.body.content.get("text")
        if text:
            texts.append(str(text))
    return texts
