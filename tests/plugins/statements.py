"""Counts what the store asks its databases: `statements()` around a page tells how many statements it cost.

Everything the store reads and writes goes through `vault.cursors.Cursor`; COMMIT, BEGIN and PRAGMA are counted apart,
so that the number is that of questions and changes.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from typing import Any

import pytest

_AROUND = ("BEGIN", "COMMIT", "ROLLBACK", "PRAGMA")


@dataclass
class Statements:
    """The statements of one page, in their order."""

    asked: list[str] = field(default_factory=list)

    @property
    def count(self) -> int:
        """How many questions and changes there were."""
        return len(self.asked)

    def told(self) -> str:
        """For a failed assertion: what was asked how often, the most frequent first."""
        kinds: dict[str, int] = {}
        for sql in self.asked:
            kinds[sql[:100]] = kinds.get(sql[:100], 0) + 1
        return "\n".join(f"{number:4} {sql}" for sql, number in sorted(kinds.items(), key=lambda one: -one[1]))


Counting = Callable[[], AbstractContextManager[Statements]]


@pytest.fixture
def statements(monkeypatch: pytest.MonkeyPatch) -> Counting:
    """`with statements() as asked:` counts what the store asks meanwhile, in this process."""
    from leeside.vault.cursors import Cursor

    @contextmanager
    def counting() -> Iterator[Statements]:
        found = Statements()
        execute, executemany = Cursor.execute, Cursor.executemany

        def note(sql: str) -> None:
            if not sql.startswith(_AROUND):
                found.asked.append(sql)

        def counted(self: Cursor, sql: str, parameters: Sequence[Any] = ()) -> None:
            note(sql)
            execute(self, sql, parameters)

        def counted_many(self: Cursor, sql: str, rows: Any) -> None:
            note(sql)
            executemany(self, sql, rows)

        with monkeypatch.context() as patched:
            patched.setattr(Cursor, "execute", counted)
            patched.setattr(Cursor, "executemany", counted_many)
            yield found

    return counting
