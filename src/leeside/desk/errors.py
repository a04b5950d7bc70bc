"""The desk's errors: refusals, which all look alike from outside, and bad input, which is said beside the field."""


class DeskError(Exception):
    """Whatever goes wrong at the desk."""


class NotAllowedError(DeskError):
    """The person may not do this, or what they ask for is not there: one page for both, so that neither is told."""


class OffShiftError(NotAllowedError):
    """The person's access ends with the shift, and they are on none."""


class NotSignedInError(DeskError):
    """No session, an ended one, or one that lay idle too long."""


class UntrustedSessionError(NotSignedInError):
    """A session whose roster does not verify any more: it has ended, and the person is told why."""


class MissingKeyError(DeskError):
    """A role key that this person should hold is not there: nothing that needs it was done."""


class RefusedSignInError(DeskError):
    """Name, passphrase or code do not fit. Which of them, nobody is told."""


class CrowdedError(DeskError):
    """Too many people sign in at this moment; the person is asked to try again in a few seconds."""


class UntrustedRosterError(DeskError):
    """The roster in the vault does not verify up to the fingerprint, or is older than the last one seen."""


class UntrustedRecordError(DeskError):
    """The record of who read what was edited or cut since the ring last saw it."""


class HeldByOtherError(DeskError):
    """A colleague holds the case just now. Carries who and until when, which everybody in the queue sees anyway."""

    def __init__(self, name: str, until_text: str) -> None:
        super().__init__("held by a colleague")
        self.name = name
        self.until_text = until_text


class InputError(DeskError):
    """Something typed cannot be taken. `field` names it; `reason` is a sentence for the person, already translated."""

    def __init__(self, field: str, reason: str) -> None:
        super().__init__(field)
        self.field = field
        self.reason = reason
