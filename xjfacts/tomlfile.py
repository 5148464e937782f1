"""TOML files: one way in, from a file to data in which every table and key still knows its line.

    file, problems = read_toml("facts/documents/x.toml", name="facts/documents/x.toml", root="facts")
    file.data["sanction"]["us-x"]["cite"][1]["quote"]
    file.line_of(("sanction", "us-x", "cite", 1, "quote"))      17

A fact file is opened by `files`, bounded and decoded, and its keys are looked at before it is parsed, because a few
hundred kilobytes of hostile TOML can take a parser gigabytes (python/cpython#152930). Everything that can go wrong is a
`Problem` of that file. This is the only module that knows tomli.
"""

from __future__ import annotations

import gc
import re
from itertools import islice
from math import isfinite
from typing import TYPE_CHECKING, Any

import tomli

from xjfacts.errors import Problem
from xjfacts.files import find_fact_files, read_bytes

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from xjfacts.files import AnyPath

    Path = tuple[str | int, ...]

__all__ = ["CODES", "TomlFile", "find_fact_files", "parse_toml", "read_toml"]

# The codes of the problems that this module reports, beside those of `files`.
CODES = {
    "key-too-long": "a dotted key or table name of more parts than any fact file needs",
    "not-utf-8": "bytes that are not UTF-8",
    "number-not-finite": "an infinity or a not-a-number",
    "number-too-large": "an integer that other programs would change when they read it",
    "too-deep": "arrays or tables inside each other, deeper than any fact file needs",
    "too-many-values": "a file of far more keys and values than anyone writes by hand",
    "toml-syntax": "not TOML, or the same table or key twice",
}

# The largest realistic file, 5,000 facts, has 2.6 MB and 150,000 marks (`=`, `,`, `.`, `[`); facts nest five deep, and
# their longest key has two parts. At these limits the worst file takes less than 2 s and 200 MB.
MAX_BYTES = 4 << 20
MAX_MARKS = 250_000
MAX_KEY_PARTS = 8
MAX_DEPTH = 16
MAX_NUMBER_LENGTH = 1_000

# RFC 8259, section 6: beyond it, readers of JSON disagree about the number.
MAX_INTEGER = 2**53

# Enough to mend a file by; a hostile one could have a million.
MAX_PROBLEMS = 20


class TomlFile:
    """One parsed file: its `name` for people, its bytes as they were, its decoded `text` and its `data`.

    Line ends in `text` are LF, and a byte order mark is gone; `raw` has both, for a checksum.
    """

    __slots__ = ("_lines", "data", "name", "path", "raw", "text")

    def __init__(self, path: AnyPath, *, name: str, raw: bytes, text: str, data: dict[str, Any]) -> None:
        self.path = path
        self.name = name
        self.raw = raw
        self.text = text
        self.data = data
        self._lines: dict[Path, int] | None = None

    def line_of(self, path: Sequence[str | int]) -> int:
        """Return the line, from 1, on which the table, key or array element at `path` begins.

        A path that is not in the file has the line of its longest beginning that is, and 0 where nothing is. The text
        is searched when this is first asked.
        """
        if self._lines is None:
            self._lines = _LineFinder(self.text).find()
        known = tuple(path)
        while known and known not in self._lines:
            known = known[:-1]
        return self._lines.get(known, 0)


def read_toml(path: AnyPath, *, name: str, root: AnyPath) -> tuple[TomlFile | None, list[Problem]]:
    """Return the parsed file, or None and every problem that keeps it from being one.

    `name` stands for the file in problems, and `root` is the folder that links must not leave.
    """
    raw = read_bytes(path, name=name, root=root, limit=MAX_BYTES)
    if isinstance(raw, Problem):
        return None, [raw]
    return parse_toml(raw, path=path, name=name)


def parse_toml(raw: bytes, *, path: AnyPath, name: str) -> tuple[TomlFile | None, list[Problem]]:
    """Return what `read_toml` does, for bytes that are in memory already."""
    try:
        text = raw.removeprefix(b"\xef\xbb\xbf").decode().replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        return None, [_not_utf8(raw, error, name)]
    try:
        problems = [Problem(name, *found) for found in islice(_check_before_parsing(text), MAX_PROBLEMS)]
        if problems:
            return None, problems
        file = TomlFile(path, name=name, raw=raw, text=text, data=_parse(text))
        problems = [Problem(name, *found) for found in islice(_check_values(file), MAX_PROBLEMS)]
    except tomli.TOMLDecodeError as error:
        return None, [_syntax_problem(error, name)]
    except (RecursionError, MemoryError):
        return None, [Problem(name, 0, "too-deep", "more arrays or tables inside each other than can be read")]
    except ValueError as error:
        return None, [Problem(name, 0, "toml-syntax", str(error))]
    return (None, sorted(problems)) if problems else (file, [])


def _parse(text: str) -> dict[str, Any]:
    # Parsing makes thousands of containers and no garbage; the collector would look through them again and again.
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        return tomli.loads(text)
    finally:
        if was_enabled:
            gc.enable()


def _not_utf8(raw: bytes, error: UnicodeDecodeError, name: str) -> Problem:
    line = raw.count(b"\n", 0, error.start) + 1
    return Problem(name, line, "not-utf-8", f"the byte 0x{raw[error.start]:02x} is not UTF-8; save the file as UTF-8")


def _syntax_problem(error: tomli.TOMLDecodeError, name: str) -> Problem:
    # tomli shows a key as a tuple of its parts; it can be as long as the file.
    reason = re.sub(r"\('(.*?)',?\)", lambda match: match[1].replace("', '", "."), error.msg)
    reason = reason if len(reason) <= 200 else f"{reason[:200]}…"
    return Problem(name, error.lineno, "toml-syntax", f"{reason[:1].lower()}{reason[1:]} (column {error.colno})")


# What is inside these says nothing about structure. An unterminated string reaches as far as a parser would look for
# its end. Escaped quotes and backslashes are blanked beforehand (`_without_escapes`), which leaves patterns without a
# repeated group: those take a hundred bytes a round.
_OPAQUE = r'''"""[\s\S]*?(?:"{3,5}|\Z) | \'{3}[\s\S]*?(?:'{3,5}|\Z) | "[^"\n]*"? | '[^'\n]*'?'''
_COMMENT = r"\#[^\n]*"


def _without_escapes(text: str) -> str:
    return text.replace("\\\\", "__").replace('\\"', "__") if "\\" in text else text


def _check_before_parsing(text: str) -> Iterator[tuple[int, str, str]]:
    """Yield (line, code, message) for what a parser should not be given, however legal."""
    if not _may_exceed_limits(text):
        return
    skeleton = re.sub(f"{_OPAQUE} | {_COMMENT}", _line_ends_of, _without_escapes(text), flags=re.VERBOSE)
    if _count_marks(skeleton) > MAX_MARKS:
        yield 0, "too-many-values", f"more than {MAX_MARKS:,} keys, tables and values, the most that is read"
        return
    for line, code in enumerate(skeleton.split("\n"), 1):
        for piece in re.split(r"[=,\[\]{}]", code):
            if piece.count(".") >= MAX_KEY_PARTS:
                yield line, "key-too-long", f"a key of more than {MAX_KEY_PARTS} parts"
            elif len(piece.strip()) > MAX_NUMBER_LENGTH:
                yield line, "number-too-large", f"a number or key of more than {MAX_NUMBER_LENGTH:,} characters"


def _may_exceed_limits(text: str) -> bool:
    """Tell, at a fifteenth of the price of parsing, whether a closer look is due; prose alone can be a reason."""
    lines = text.split("\n")
    return (
        _count_marks(text) > MAX_MARKS
        or max(map(len, lines)) > MAX_NUMBER_LENGTH
        or max(line.count(".") for line in lines) >= MAX_KEY_PARTS
    )


def _count_marks(text: str) -> int:
    return sum(map(text.count, "=,.["))


def _line_ends_of(match: re.Match[str]) -> str:
    return '"' + "\n" * match[0].count("\n")


def _check_values(file: TomlFile) -> Iterator[tuple[int, str, str]]:
    """Yield (line, code, message) for values that are legal TOML and no fact."""
    containers: list[tuple[Path, Any]] = [((), file.data)]
    while containers:
        path, container = containers.pop()
        if len(path) > MAX_DEPTH:
            yield file.line_of(path), "too-deep", f"arrays or tables more than {MAX_DEPTH} deep inside each other"
            continue
        for key, value in container.items() if isinstance(container, dict) else enumerate(container):
            kind = type(value)
            if kind is str:
                continue
            if kind is dict or kind is list:
                containers.append(((*path, key), value))
            elif kind is int and abs(value) > MAX_INTEGER:
                yield file.line_of((*path, key)), "number-too-large", "an integer beyond 2^53 (9007199254740992)"
            elif kind is float and not isfinite(value):
                yield file.line_of((*path, key)), "number-not-finite", "infinity and nan are no numbers of anything"


class _LineFinder:
    """Goes through text that tomli has accepted and writes down where every table, key and array element begins.

    It keeps what a reader would: the table whose header came last, the parts of the key being read, and the arrays and
    inline tables that are open. `_index` is the position in an open array, None in an inline table.
    """

    _TOKEN = rf"""
        (?P<comment> {_COMMENT} )
      | (?P<quoted> {_OPAQUE} )
      | (?P<mark> [\[\]{{}}=,] )
      | (?P<word> [0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}}[ ][0-9]{{2}}:[0-9:.Z+-]* | [^\s\[\]{{}}=,"'\#]+ )
    """

    def __init__(self, text: str) -> None:
        self._text = text
        self._lines: dict[Path, int] = {}
        self._table: Path = ()
        self._last_index: dict[Path, int] = {}
        self._open: list[tuple[Path, int | None]] = []
        self._key: list[str] = []
        self._value: Path | None = None
        self._header = ""

    def find(self) -> dict[Path, int]:
        line, counted = 1, 0
        for token in re.finditer(self._TOKEN, _without_escapes(self._text), flags=re.VERBOSE):
            line += self._text.count("\n", counted, token.start())
            counted = token.start()
            if token.lastgroup == "mark":
                self._read_mark(token[0], line)
            elif token.lastgroup != "comment":
                self._read_text(self._text[token.start() : token.end()], line)
        return self._lines

    def _read_mark(self, mark: str, line: int) -> None:
        if mark == "=":
            self._value = self._enter(self._key, self._open[-1][0] if self._open else self._table, line)
            self._key = []
        elif mark == ",":
            self._next_element()
        elif mark in "[{" and self._value is not None:
            self._lines.setdefault(self._value, line)
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
            self._lines.setdefault(self._value, line)
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
        path = self._enter(self._key, (), line)
        if self._header == "[[":
            self._last_index[path] = self._last_index.get(path, -1) + 1
            path = (*path, self._last_index[path])
        self._lines[path] = line
        self._table, self._key, self._header = path, [], ""

    def _enter(self, key: list[str], path: Path, line: int) -> Path:
        """Note the line of `key` below `path`, and return where it leads: into the last of each array of tables."""
        for position, part in enumerate(key, 1):
            path = (*path, part)
            self._lines.setdefault(path, line)
            if path in self._last_index and position < len(key):
                path = (*path, self._last_index[path])
        return path
