"""What can be wrong with what a stranger sends. None of these holds a word of it."""


class DoorError(Exception):
    """Whatever the door cannot take."""


class TooLargeError(DoorError):
    """The body is longer than any form of ours; it was not read."""


class UnreadableFormError(DoorError):
    """The body is not a form as a browser of ours would send it. `code` names why, for the page's sentence."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class ClosedLineError(DoorError):
    """The line takes no letters now: not founded, not open, or its roster does not verify."""
