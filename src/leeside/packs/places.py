"""On which line of a TOML file each key stands, so that an error can name it.

The standard library reads TOML well but forgets where it read it. This module walks over text that `tomllib` has
already accepted, so it checks nothing: it only remembers. It must never be handed text that was not accepted.
"""

from bisect import bisect_right
from collections.abc import Mapping
from functools import cached_property
from types import MappingProxyType
from typing import Final, TypeAlias

Path: TypeAlias = tuple[str | int, ...]

_BARE_END: Final = frozenset(" \t\r\n.=]")
_VALUE_END: Final = frozenset(",]}\r\n#")


class Places:
    """The line of every key, table and list element of one file, found when somebody asks: nobody asks a sound one."""

    def __init__(self, text: str) -> None:
        self._text = text

    @cached_property
    def _lines(self) -> Mapping[Path, int]:
        return MappingProxyType(_Walk(self._text).run())

    def line_of(self, path: Path) -> int:
        """The line of `path`, or of the nearest thing around it that has one; 1 for the file itself."""
        while path:
            if path in self._lines:
                return self._lines[path]
            path = path[:-1]
        return 1


def locate(text: str) -> Places:
    """The places of everything in `text`, which must be valid TOML."""
    return Places(text)


def dotted(path: Path) -> str:
    """A path as people write it: `questions[3].options[0]`."""
    written = ""
    for part in path:
        if isinstance(part, int):
            written += f"[{part}]"
        else:
            written += f".{part}" if written else part
    return written


class _Walk:
    """One walk over one text. `at` is the position, `base` the table that the last header opened."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self.base: Path = ()
        self.lines: dict[Path, int] = {}
        self.counts: dict[Path, int] = {}
        self.breaks = [index for index, letter in enumerate(text) if letter == "\n"]

    def run(self) -> dict[Path, int]:
        self._skip_blank()
        while self.at < len(self.text):
            start = self.at
            if self.text.startswith("[", self.at):
                self._read_header(start)
            else:
                path = self.base + self._read_keys()
                self.at += 1  # the equals sign
                self._note(path, start)
                self._skip_value(path)
            self._skip_blank()
        return self.lines

    def _read_header(self, start: int) -> None:
        repeated = self.text.startswith("[[", self.at)
        self.at += 2 if repeated else 1
        keys = self._read_keys()
        self.at += 2 if repeated else 1
        path = self._resolve(keys[:-1]) + keys[-1:]
        if repeated:
            index = self.counts.get(path, 0)
            self.counts[path] = index + 1
            self._note(path, start)
            path += (index,)
        elif path in self.counts:
            path += (self.counts[path] - 1,)
        self.base = path
        self._note(path, start)

    def _resolve(self, keys: Path) -> Path:
        path: Path = ()
        for key in keys:
            path += (key,)
            if path in self.counts:
                path += (self.counts[path] - 1,)
        return path

    def _note(self, path: Path, position: int) -> None:
        line = bisect_right(self.breaks, position - 1) + 1
        for length in range(1, len(path) + 1):
            self.lines.setdefault(path[:length], line)

    def _read_keys(self) -> Path:
        keys: list[str] = []
        while True:
            self._skip_space()
            if self.text[self.at] in "\"'":
                start = self.at
                self._skip_string()
                keys.append(self.text[start + 1 : self.at - 1])
            else:
                start = self.at
                while self.text[self.at] not in _BARE_END:
                    self.at += 1
                keys.append(self.text[start : self.at])
            self._skip_space()
            if self.text[self.at] != ".":
                return tuple(keys)
            self.at += 1

    def _skip_value(self, path: Path) -> None:
        self._skip_space()
        letter = self.text[self.at]
        if letter in "\"'":
            self._skip_string()
        elif letter == "[":
            self._skip_list(path)
        elif letter == "{":
            self._skip_inline_table(path)
        else:
            while self.at < len(self.text) and self.text[self.at] not in _VALUE_END:
                self.at += 1

    def _skip_list(self, path: Path) -> None:
        self.at += 1
        index = 0
        self._skip_blank()
        while self.text[self.at] != "]":
            inside = (*path, index)
            self._note(inside, self.at)
            self._skip_value(inside)
            self._skip_blank()
            if self.text[self.at] == ",":
                self.at += 1
                index += 1
            self._skip_blank()
        self.at += 1

    def _skip_inline_table(self, path: Path) -> None:
        self.at += 1
        self._skip_space()
        while self.text[self.at] != "}":
            start = self.at
            inside = path + self._read_keys()
            self.at += 1  # the equals sign
            self._note(inside, start)
            self._skip_value(inside)
            self._skip_space()
            if self.text[self.at] == ",":
                self.at += 1
            self._skip_space()
        self.at += 1

    def _skip_string(self) -> None:
        quote = self.text[self.at]
        long = self.text.startswith(quote * 3, self.at)
        end = quote * 3 if long else quote
        self.at += len(end)
        while not self.text.startswith(end, self.at):
            self.at += 2 if quote == '"' and self.text[self.at] == "\\" else 1
        self.at += len(end)
        while long and self.text.startswith(quote, self.at):  # a long string may end with up to five quotes
            self.at += 1

    def _skip_space(self) -> None:
        while self.at < len(self.text) and self.text[self.at] in " \t":
            self.at += 1

    def _skip_blank(self) -> None:
        while self.at < len(self.text):
            if self.text[self.at] in " \t\r\n":
                self.at += 1
            elif self.text[self.at] == "#":
                newline = self.text.find("\n", self.at)
                self.at = len(self.text) if newline < 0 else newline
            else:
                return
