"""What is wrong with typed words, as a sentence that says which word to look at and repeats none."""

from django.utils.translation import gettext as _

from leeside.sealing.errors import ReceiptError


def describe_receipt_problem(problem: ReceiptError) -> str:
    """Said at once: it tells nothing about any mailbox, because none was asked."""
    if problem.code == "word" and problem.position is not None:
        return _("Word %(number)s is not among our words. Please look at it once more.") % {"number": problem.position}
    if problem.code == "check":
        return _("These words do not belong together. Perhaps one of them is another word, or two changed places.")
    return _("Twelve words are needed. Please look whether one is missing or stands there twice.")


def describe_refusal() -> str:
    """The one sentence for words that open nothing, whatever the cause."""
    return _("These words open no mailbox here. Please look at them once more, and at the address of this page.")
