"""TOML files: one way in, from a file to data in which every table and key still knows its line.

    file, problems = read_toml("facts/documents/x.toml", name="facts/documents/x.toml", root="facts")
    file.data["sanction"]["us-x"]["cite"][1]["quote"]
    file.line_of(("sanction", "us-x", "cite", 1, "quote"))      17

A fact file is opened by `files`, bounded and decoded, and its keys are looked at before it is parsed, because a few
hundred kilobytes of hostile TOML can take a parser gigabytes (python/cpython#152930). Everything that can go wrong is a
`Problem` of that file. Beside `lines` this is the only module that knows tomli.

What is parsed takes seven times the bytes of the file. So of many files only those that were wanted last are in memory,
on a `Shelf`; the others are read again when somebody asks for what is in them.
"""

from __future__ import annotations

import gc
import re
from collections import deque
from functools import cached_property
from itertools import islice
from math import isfinite
from typing import TYPE_CHECKING, Any

import tomli

from xjfacts.corpus.lines import COMMENT, MAX_DEPTH, OPAQUE, Lines, without_escapes
from xjfacts.errors import Problem, UnreadableFacts
from xjfacts.files import read_bytes

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from xjfacts.corpus.lines import Path
    from xjfacts.files import AnyPath

# The codes of the problems that this module reports, beside those of `files`.
CODES = {
    "key-too-long": "a dotted key or table name of more parts than any fact file needs",
    "not-utf-8": "bytes that are not UTF-8",
    "number-not-finite": "an infinity or a not-a-number",
    "number-too-large": "an integer that other programs would change when they read it",
    "too-deep": "arrays or tables inside each other, deeper than any fact file needs",
    "too-many-marks": "more marks on one letter than any script has",
    "too-many-values": "a file of far more keys and values than anyone writes by hand",
    "toml-syntax": "not TOML, or the same table or key twice",
}

# The largest realistic file, 5,000 facts, has 2.6 MB, 100,000 values (`=` and `,`) and 50,000 tables (`[`, `{`, `.`);
# facts nest five deep, and their longest key has two parts. At these limits the worst file takes 1.5 s and 150 MB.
MAX_BYTES = 4 << 20
MAX_MARKS = 30  # on one letter, as the stream-safe text of Unicode has it (UAX 15, 13)
MAX_VALUES = 200_000
MAX_TABLES = 100_000
MAX_KEY_PARTS = 8
MAX_WORD = 1_000

_TOO_DEEP = f"arrays or tables more than {MAX_DEPTH} deep inside each other"
_TOO_MANY_MARKS = f"a letter with more than {MAX_MARKS} marks on it"

# RFC 8259, section 6: beyond it, readers of JSON disagree about the number.
MAX_INTEGER = 2**53

_CLEARER = {"Cannot overwrite a value": "this key or table is there already"}

# Of what a parser says, as much as fits a few lines.
MAX_MESSAGE = 200

# Enough to mend a file by; a hostile one could have a million.
MAX_PROBLEMS = 20


# Characters of files whose content is in memory: more than all that most people curate.
ROOM = 4 << 20


class TomlFile:
    """One parsed file: its `name` for people, its `text`, with LF and without a byte order mark, and its `data`."""

    __slots__ = ("_content", "_mark", "_shelf", "name", "path")

    def __init__(self, path: AnyPath, *, name: str, text: str, data: dict[str, Any]) -> None:
        self.path = path
        self.name = name
        self._content: _Content | None = _Content(text, data, [])
        self._mark = hash(text)
        self._shelf: Shelf | None = None

    @classmethod
    def read_elsewhere(cls, path: AnyPath, *, name: str, text: str) -> TomlFile:
        """Return a file whose data nobody has wanted here yet."""
        file = cls(path, name=name, text=text, data={})
        file.let_go()
        return file

    @property
    def text(self) -> str:
        return self._held.text

    @property
    def data(self) -> dict[str, Any]:
        return self._held.data

    @property
    def not_plain(self) -> list[tuple[Path, str]]:
        """Every text that is not printable ASCII without a space at an end or several in a row, with its place."""
        return self._held.not_plain

    def put_on(self, shelf: Shelf) -> None:
        """Leave it to a shelf how long the content stays in memory."""
        self._shelf = shelf
        if self._content is not None:
            shelf.put(self, len(self.text))

    def let_go(self) -> None:
        """Forget the content, which will be read again when it is asked for."""
        self._content = None

    @property
    def _held(self) -> _Content:
        """The content. Raises UnreadableFacts where it has to be read again and is another one."""
        if self._content is None:
            again, _ = read_toml(self.path, name=self.name, root=self.path)
            if again is None or hash(again.text) != self._mark:
                raise UnreadableFacts("the facts were changed while they were read; ask again")
            self._content = _Content(again.text, again.data, again.not_plain)
            if self._shelf is not None:
                self._shelf.put(self, len(again.text))
        return self._content

    def line_of(self, path: Sequence[str | int]) -> int:
        """Return the line, from 1, on which the table, key or array element at `path` begins.

        A path that is not in the file has the line of its longest beginning that is, and 0 where nothing is.
        """
        return self._held.lines.of(path)


class _Content:
    """What is in a file, and where."""

    def __init__(self, text: str, data: dict[str, Any], not_plain: list[tuple[Path, str]]) -> None:
        self.text = text
        self.data = data
        self.not_plain = not_plain

    @cached_property
    def lines(self) -> Lines:
        return Lines(self.text)


class Shelf:
    """The files whose content is in memory: those that were wanted last, as many as have room."""

    def __init__(self, room: int = ROOM) -> None:
        self._left = room
        self._files: deque[tuple[TomlFile, int]] = deque()

    def put(self, file: TomlFile, size: int) -> None:
        """Take a file, and let go of those that came first."""
        self._files.append((file, size))
        self._left -= size
        while self._left < 0 and len(self._files) > 1:
            first, its_size = self._files.popleft()
            first.let_go()
            self._left += its_size


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
    file = None
    try:
        text = raw.removeprefix(b"\xef\xbb\xbf").decode().replace("\r\n", "\n")
        found = list(islice(_check_before_parsing(text), MAX_PROBLEMS))
        if not found:
            file = TomlFile(path, name=name, text=text, data=_parse(text))
            found = list(islice(_check_values(file), MAX_PROBLEMS))
    except (ValueError, RecursionError, MemoryError) as error:
        found = [_explain(error, raw)]
    if found:
        return None, sorted(Problem(name, *where_and_what) for where_and_what in found)
    return file, []


def _parse(text: str) -> dict[str, Any]:
    # Parsing makes thousands of containers and no garbage; the collector would look through them again and again.
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        return tomli.loads(text, parse_float=_number)
    finally:
        if was_enabled:
            gc.enable()


def _number(written: str) -> int | float:
    """Return what is written with a point or an exponent: `1.5e9` is the whole number that it says, `7.0` stays."""
    number = float(written)
    return int(number) if "e" in written.lower() and number.is_integer() and abs(number) <= MAX_INTEGER else number


def _explain(error: Exception, raw: bytes) -> tuple[int, str, str]:
    """Return (line, code, message) for what kept `raw` from being parsed; tomli raises more than its own error."""
    if isinstance(error, UnicodeDecodeError):  # of the bytes behind a byte order mark
        line = error.object.count(b"\n", 0, error.start) + 1
        return line, "not-utf-8", f"the byte 0x{error.object[error.start]:02x} is not UTF-8; save the file as UTF-8"
    if isinstance(error, tomli.TOMLDecodeError):
        return error.lineno, "toml-syntax", f"{_reworded(error.msg)} (column {error.colno})"
    if isinstance(error, RecursionError):
        return _deep_line(raw.decode()), "too-deep", _TOO_DEEP
    if isinstance(error, MemoryError):
        return 0, "too-large", "reading it takes more memory than there is"
    return 0, "toml-syntax", _reworded(str(error))


def _reworded(reason: str) -> str:
    """Return what tomli says as other problems are worded; a key is a tuple of its parts there, long as it may be."""
    reason = reason if len(reason) <= MAX_MESSAGE else f"{reason[:MAX_MESSAGE]}…"
    reason = re.sub(r"\('(.*?)',?\)", lambda match: match[1].replace("', '", "."), reason)
    return _CLEARER.get(reason, reason[:1].lower() + reason[1:])


def _check_before_parsing(text: str) -> Iterator[tuple[int, str, str]]:
    """Yield (line, code, message) for what a parser should not be given, however legal."""
    if not _may_exceed_limits(text):
        return
    skeleton = _skeleton(text)
    if _has_too_many_values(skeleton):
        yield 0, "too-many-values", f"more than {MAX_VALUES:,} values or {MAX_TABLES:,} tables, the most that is read"
        return
    for line, code in enumerate(skeleton.split("\n"), 1):
        for word in map(str.strip, re.split(r"[=,\[\]{}]", code)):
            if word.count(".") >= MAX_KEY_PARTS:
                yield line, "key-too-long", f"a key of more than {MAX_KEY_PARTS} parts"
            elif len(word) > MAX_WORD:
                what = "number-too-large" if word[0] in "+-0123456789" else "key-too-long"
                yield line, what, f"a number or key of more than {MAX_WORD:,} characters"


def _may_exceed_limits(text: str) -> bool:
    """Tell, at a small part of the price of parsing, whether a closer look is due; long prose is one reason."""
    return (
        _has_too_many_values(text)
        or _has_long_line(text)
        or re.search(rf"\.(?:[^.\n]*\.){{{MAX_KEY_PARTS - 1}}}", text) is not None
    )


def _has_too_many_values(text: str) -> bool:
    return len(text) > MAX_TABLES and (
        sum(map(text.count, "=,")) > MAX_VALUES or sum(map(text.count, "[{.")) > MAX_TABLES
    )


def _has_long_line(text: str) -> bool:
    start = 0
    while len(text) - start > MAX_WORD:
        start = text.rfind("\n", start, start + MAX_WORD + 1) + 1
        if not start:
            return True
    return False


def _skeleton(text: str) -> str:
    """Return `text` line by line without its comments and with every string as one quotation mark."""
    return re.sub(f"{OPAQUE} | {COMMENT}", _line_ends_of, without_escapes(text), flags=re.VERBOSE)


def _line_ends_of(match: re.Match[str]) -> str:
    return '"' + "\n" * match[0].count("\n")


def _deep_line(text: str) -> int:
    """Return the first line on which more than MAX_DEPTH brackets are open."""
    line, depth = 1, 0
    for mark in re.findall(r"[\[\]{}\n]", _skeleton(text)):
        line += int(mark == "\n")
        depth += (mark in "[{") - (mark in "]}")
        if depth > MAX_DEPTH:
            return line
    return 0


def _check_values(file: TomlFile) -> Iterator[tuple[int, str, str]]:
    """Yield (line, code, message) for values that are legal TOML and no fact, and note the texts that are not plain."""
    not_plain = file.not_plain
    containers: list[tuple[Path, Any]] = [((), file.data)]
    while containers:
        path, container = containers.pop()
        if len(path) > MAX_DEPTH:
            yield file.line_of(path), "too-deep", _TOO_DEEP
            continue
        for key, value in container.items() if isinstance(container, dict) else enumerate(container):
            kind = type(value)
            if kind is str:
                if value.isascii() and value.isprintable() and value == value.strip() and "  " not in value:
                    continue
                not_plain.append(((*path, key), value))
                if not value.isascii() and _has_endless_marks(value):
                    yield file.line_of((*path, key)), "too-many-marks", _TOO_MANY_MARKS
                continue
            if kind is dict or kind is list:
                containers.append(((*path, key), value))
            elif kind is int and abs(value) > MAX_INTEGER:
                yield file.line_of((*path, key)), "number-too-large", "an integer beyond 2^53 (9007199254740992)"
            elif kind is float and not isfinite(value):
                yield file.line_of((*path, key)), "number-not-finite", "infinity and nan are no numbers of anything"


def _has_endless_marks(text: str) -> bool:
    """Tell whether a letter has more marks than any script puts on one; to sort n of them takes n² steps."""
    for run in re.findall(rf"[^\w\x00-\x7f]{{{MAX_MARKS + 1},}}", text):
        import unicodedata  # text hardly ever comes so far

        marked = {sign: "m" if unicodedata.combining(sign) else " " for sign in set(run)}
        if "m" * (MAX_MARKS + 1) in "".join(map(marked.__getitem__, run)):
            return True
    return False
