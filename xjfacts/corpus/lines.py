"""Where everything in a TOML file stands: the line of every table, key and array element.

    Lines(text).of(("sanction", "us-x", "cite", 1, "quote"))        17

A parser keeps no lines; so the text is gone through once more, but only as far as something is asked for.
"""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING

import tomli

if TYPE_CHECKING:
    from collections.abc import Sequence

    Path = tuple[str | int, ...]

MAX_DEPTH = 16  # of arrays and tables inside each other
TOGETHER = 1_000  # tokens that are gone through before a look at whether they were enough

# What is inside these says nothing about structure. An unterminated string reaches as far as a parser would look for
# its end. Escaped quotes and backslashes are blanked beforehand (`without_escapes`), which leaves patterns without a
# repeated group: those take a hundred bytes a round.
OPAQUE = r'''"""[\s\S]*?(?:"{3,5}|\Z) | \'{3}[\s\S]*?(?:'{3,5}|\Z) | "[^"\n]*"? | '[^'\n]*'?'''
COMMENT = r"\#[^\n]*"


def without_escapes(text: str) -> str:
    return text.replace("\\\\", "__").replace('\\"', "__") if "\\" in text else text


class Lines:
    """Goes through text that tomli has accepted and writes down where every table, key and array element begins.

    It goes as far as what it is asked for, and keeps what a reader would: the table whose header came last, the parts
    of the key being read, and the arrays and inline tables that are open, each with its position if it is an array.
    """

    _TOKEN = rf"""
        (?P<comment> {COMMENT} )
      | (?P<quoted> {OPAQUE} )
      | (?P<mark> [\[\]{{}}=,] )
      | (?P<word> [0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}}[ ][0-9]{{2}}:[0-9:.Z+-]* | [^\s\[\]{{}}=,"'\#]+ )
    """

    def __init__(self, text: str) -> None:
        self._text = text
        self._lines: dict[Path, int] = {}
        self._implied: dict[Path, int] = {}  # tables that others are in; each may yet have a header of its own
        self._table: Path = ()
        self._last_index: dict[Path, int] = {}
        self._open: list[tuple[Path, int | None]] = []
        self._key: list[str] = []
        self._value: Path | None = None
        self._header = ""
        self._tokens = re.finditer(self._TOKEN, without_escapes(text), flags=re.VERBOSE)
        self._line, self._counted = 1, 0

    def of(self, path: Sequence[str | int]) -> int:
        """Return the line, from 1, on which the table, key or array element at `path` begins.

        A path that is not there has the line of its longest beginning that is, and 0 where nothing is.
        """
        known = tuple(path)
        while known not in self._lines and self._read_on():
            pass
        while known and known not in self._lines and known not in self._implied:
            known = known[:-1]
        return self._lines.get(known) or self._implied.get(known, 0)

    def _read_on(self) -> bool:
        """Go through some more of the text, and tell whether there was any."""
        token = None
        for token in islice(self._tokens, TOGETHER):
            self._line += self._text.count("\n", self._counted, token.start())
            self._counted = token.start()
            if token.lastgroup == "mark":
                self._read_mark(token[0], self._line)
            elif token.lastgroup != "comment":
                self._read_text(self._text[token.start() : token.end()], self._line)
        return token is not None

    def _read_mark(self, mark: str, line: int) -> None:
        if mark == "=":
            self._value = self._open[-1][0] if self._open else self._table
            for part in self._key:
                self._value = (*self._value, part)
                self._note(self._value, line)
            self._key = []
        elif mark == ",":
            self._next_element()
        elif mark in "[{" and self._value is not None:
            self._note(self._value, line)
            self._open.append((self._value, None if mark == "{" else 0))
            self._value = (*self._value, 0) if mark == "[" else None
        elif mark == "[":
            self._header += mark
        elif self._header:
            self._open_table(line)
        elif self._open:
            self._open.pop()
            self._value = None

    def _read_text(self, token: str, line: int) -> None:
        if self._value is not None:
            self._note(self._value, line)
            self._value = None
        elif token[0] in "\"'":
            self._key.append(tomli.loads(f"key = {token}")["key"])
        else:
            self._key += filter(None, token.split("."))

    def _next_element(self) -> None:
        path, index = self._open[-1]
        if index is not None:
            self._open[-1] = (path, index + 1)
            self._value = (*path, index + 1)

    def _open_table(self, line: int) -> None:
        path: Path = ()
        for part in self._key[:-1]:
            path = (*path, part)
            self._implied.setdefault(path, line)
            if path in self._last_index:
                path = (*path, self._last_index[path])
        path = (*path, self._key[-1])
        if self._header == "[[":
            self._note(path, line)
            self._last_index[path] = self._last_index.get(path, -1) + 1
            path = (*path, self._last_index[path])
        self._note(path, line)
        self._table, self._key, self._header = path, [], ""

    def _note(self, path: Path, line: int) -> None:
        if len(path) <= MAX_DEPTH + 1:  # deeper is reported by its beginning; every element would need a long path
            self._lines.setdefault(path, line)
