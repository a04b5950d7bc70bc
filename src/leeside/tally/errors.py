"""The two errors of counting. Neither ever carries a count that is not published."""


class TallyError(Exception):
    """Anything that counting refuses."""


class DefinitionError(TallyError):
    """A definition, month or row has the wrong shape; the text names which and what would be right."""
