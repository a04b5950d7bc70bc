"""Tables whose rows do not lie as they came, and what only SQLite needs for that.

An ordinary SQLite table keeps rows in the order they came, and so tells who wrote before whom within a day.
`CreateRowlessModel` makes it `WITHOUT ROWID`: rows are stored by their (random) key instead. Rows of a kilobyte spill
over there to a page each; a table that holds many of them is an ordinary one, with a `RowNumberField` as its primary
key that is drawn and never counted up (`entries.py`). PostgreSQL has neither; what its heap tells is written down in
`docs/adr/0041-rows-have-no-order.md`.
"""

from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.backends.ddl_references import Statement
from django.db.migrations.operations import CreateModel
from django.db.migrations.state import ProjectState
from django.db.models import BigIntegerField, Index, Model


class CreateRowlessModel(CreateModel):
    """Create a table that keeps its rows by primary key."""

    def database_forwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        """Create the table; on SQLite without row numbers."""
        editor: Any = schema_editor
        usual = editor.sql_create_table
        if schema_editor.connection.vendor == "sqlite":
            editor.sql_create_table = f"{usual} WITHOUT ROWID"
        try:
            super().database_forwards(app_label, schema_editor, from_state, to_state)
        finally:
            editor.sql_create_table = usual


class RowNumberField(BigIntegerField):  # type: ignore[type-arg]  # without the stubs' type of its value
    """A primary key of 64 bits that SQLite takes as the number by which it stores the row.

    Only the very word `integer` makes it one there. Whoever leaves it out of an INSERT gets numbers that count up: no
    statement of ours does, and a test looks at what lies in the table.
    """

    def db_type(self, connection: BaseDatabaseWrapper) -> str | None:
        """Its type in the database."""
        return "integer" if connection.vendor == "sqlite" else super().db_type(connection)


class CopyingIndex(Index):
    """An index that on SQLite holds `copied` too, so that reading by it touches no row.

    On PostgreSQL it holds its fields only: a row lies anywhere there, and an index has a limit of 2.7 KB a row.
    """

    def __init__(self, *expressions: Any, copied: str, **options: Any) -> None:
        super().__init__(*expressions, **options)
        self.copied = copied

    def deconstruct(self) -> tuple[str, tuple[Any, ...], dict[str, Any]]:
        """What a migration writes down."""
        path, expressions, options = super().deconstruct()
        return path, tuple(expressions), {**options, "copied": self.copied}

    def create_sql(
        self, model: type[Model], schema_editor: BaseDatabaseSchemaEditor, using: str = "", **options: Any
    ) -> Statement:
        """The statement that makes it."""
        if schema_editor.connection.vendor != "sqlite":
            return super().create_sql(model, schema_editor, using, **options)
        whole = Index(fields=[*self.fields, self.copied], name=self.name, condition=self.condition)
        return whole.create_sql(model, schema_editor, using, **options)
