"""What the vault raises. No text of any of them holds content, keys, names, receipts or ids.

Refusals (`GoneError`) are alike for what does not exist, what is not allowed and what was erased: who asks learns
nothing from which it was. `BusyError` and `FullError` mean that nothing was changed and that the caller may keep what
was typed and say so kindly.
"""


class VaultError(Exception):
    """Whatever the vault could not do. One of the kinds below."""


class MisuseError(VaultError):
    """A caller's bug: a wrong shape or an impossible order. Loud, never shown to a person."""


class BusyError(VaultError):
    """The store is locked, restarting or out of reach. Nothing was changed; the same call may succeed soon."""

    retry_after_seconds = 5


class FullError(VaultError):
    """The disk, or a count that somebody could stretch, is at its limit. Nothing was changed."""


class UnreadyError(VaultError):
    """A table or column is missing: the store was not migrated, or only half. Nothing was changed."""


class ConflictError(VaultError):
    """Somebody else was faster: the version handed in is not the newest, or the place is taken."""


class HeldError(ConflictError):
    """Another reader holds the case for these minutes."""


class StateError(ConflictError):
    """The case is not in a state from which this step leads on."""


class GoneError(VaultError):
    """Missing, erased, or not for this caller: all alike."""


class DamagedError(VaultError):
    """What was stored does not hold together: a broken chain, a key that unwraps nothing, keys and cases apart."""


class ChainBrokenError(DamagedError):
    """Readings were changed, taken out or cut off. `link` is the number of the first link at fault."""

    def __init__(self, link: int) -> None:
        super().__init__(f"the chain of readings does not hold at link {link}")
        self.link = link
