"""The two errors of counting. Neither ever carries a count that is not published."""


class TallyError(Exception):
    """Anything that counting refuses."""


class DefinitionError(TallyError):
    """A definition, month or row has the wrong shape; the text names which and what would be right."""


class EditionError(TallyError):
    """An edition cannot be made, written or read; the text says why in one line that an operator can act on."""


class DamagedEditionError(EditionError):
    """The folder of a published edition is not what was published."""
