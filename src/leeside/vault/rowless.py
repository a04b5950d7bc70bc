"""A `CreateModel` whose SQLite table has no row numbers.

An ordinary SQLite table keeps rows in the order they came, and so tells who wrote before whom within a day.
`WITHOUT ROWID` stores them by their (random) key instead. PostgreSQL has no such table; what its heap tells is
written down in `docs/adr/0041-rows-have-no-order.md`.
"""

from typing import Any

from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations import CreateModel
from django.db.migrations.state import ProjectState


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
