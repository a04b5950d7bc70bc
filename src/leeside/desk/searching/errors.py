"""What can happen to a search besides a refusal."""

from leeside.desk.errors import DeskError


class SearchFailedError(DeskError):
    """The child did not come back with an answer: its time was over, its memory used up, or something of ours broke."""


class AlreadySearchingError(DeskError):
    """A search of the same person is under way, perhaps in another window."""
