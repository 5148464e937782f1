"""A list of names as a file holds it, row by row: plain text, or CSV with a header.

    Row(line=3, name="Erkin Tuniyaz", cells={"nr": "17"})

Plain text has one name a line; blank lines and those that begin with `#` are left out. Of CSV every record is a row,
whatever is wrong with it: what cannot be read has a `problem`, and the rows behind it are read. What makes the whole
list unreadable (another encoding, no such column) is a UsageError, before the first row. A list is read as it is gone
through, so that its length costs no memory.
"""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from typing import IO, Any, NamedTuple

from msgspec import Struct

from xjfacts.errors import UsageError, suggestion
from xjfacts.names.folding import fold

LONGEST_LINE = 1_000_000  # characters; what is longer is no row of any list
LONGEST_CELL = 131_072  # characters, as csv has it
LONGEST_SHOWN = 200  # characters of what cannot be read
MOST_LINES = 50  # of one record: a cell may hold an address, and an open quotation mark the rest of the file
SAMPLE = 16_384  # characters by which the delimiter is guessed
DELIMITERS = ",;\t|"
_OPEN_QUOTE = f"a quotation mark is opened, and not closed within {MOST_LINES} lines"

# What a column of names is called. Half a name is none: "first name" is asked for.
NAME_WORDS = frozenset({
    "name", "names", "asked", "entity", "person", "company", "customer", "client", "counterparty", "supplier", "vendor",
    "party", "subject", "individual", "nom", "nombre", "nome", "naam", "имя", "姓名", "名称",
})  # fmt: skip
HALF_WORDS = frozenset({
    "first", "last", "given", "family", "middle", "sur", "fore", "surname", "forename", "user", "file",
})  # fmt: skip


class Row(Struct, frozen=True):
    """One row: the number of its first line, the name, the date of birth, its other cells, and what is wrong with it.

    A `problem` says why there is no name to ask for; `name` then holds the beginning of what stands there.
    """

    line: int
    name: str
    born: str = ""
    cells: dict[str, str] = {}
    problem: str = ""


class Columns(NamedTuple):
    """Which columns of a CSV are the name, in the order in which it is put together, and which the date of birth."""

    names: tuple[str, ...] = ()
    born: str | None = None
    has_header: bool = True


class List(NamedTuple):
    """A list that is open: the other columns of its rows, and the rows, to be gone through once."""

    columns: tuple[str, ...]
    rows: Iterator[Row]


def decoded(stream: IO[bytes], encoding: str | None = None) -> IO[str]:
    """Return a stream of bytes as text, in UTF-8 unless another encoding is named; a byte order mark is no text.

    Raises UsageError for an encoding that does not exist, and for what begins as UTF-8 never does.
    """
    raw: Any = stream  # BufferedReader asks for less than IO[bytes] promises
    buffered = raw if isinstance(raw, io.BufferedReader) else io.BufferedReader(raw)
    if encoding is None:
        refuse_foreign(buffered.peek(4)[:4])
    try:
        info = codecs.lookup(encoding or "utf-8")
        "".encode(info.name)  # a codec of bytes, such as hex, is none of text
    except (LookupError, ValueError):
        raise UsageError(
            f"--encoding: '{encoding}' is no encoding; it takes utf-8, utf-16, latin-1, gb18030 ..."
        ) from None
    name = "utf-8-sig" if info.name == "utf-8" else info.name
    errors = "surrogateescape" if name == "utf-8-sig" else "replace"
    return io.TextIOWrapper(buffered, encoding=name, errors=errors, newline="")


def refuse_foreign(start: bytes) -> None:
    """Raise UsageError for bytes that begin another encoding than UTF-8, or what is no text at all."""
    if start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        raise UsageError("the list is not UTF-8 but begins as UTF-16 does; read it with --encoding utf-16")
    if start.startswith(b"PK\x03\x04"):
        raise UsageError("the list is an archive or a spreadsheet; save it as CSV in UTF-8")
    if start.startswith(b"\xd0\xcf\x11\xe0"):
        raise UsageError("the list is a spreadsheet; save it as CSV in UTF-8")


# Plain text ----------------------------------------------------------------------------------------------------------


def read_text(text: IO[str]) -> List:
    """Return a list of one name a line."""
    return List((), _text_rows(text))


def _text_rows(text: IO[str]) -> Iterator[Row]:
    for number, line in _lines(text):
        if line is None:
            yield _too_long(number)
            continue
        name = line.strip()
        if name and not name.startswith("#"):
            yield _row(number, name)


def _lines(text: IO[str]) -> Iterator[tuple[int, str | None]]:
    """Yield the lines with their numbers; None for one that is too long, of which no more is kept."""
    number = 0
    while line := text.readline(LONGEST_LINE):
        number += 1
        if len(line) < LONGEST_LINE or line.endswith(("\n", "\r")):
            yield number, line
            continue
        while line and not line.endswith(("\n", "\r")):
            line = text.readline(LONGEST_LINE)
        yield number, None


def _too_long(number: int) -> Row:
    return Row(number, "", problem=f"a line of more than {LONGEST_LINE:,} characters")


def _row(line: int, name: str, born: str = "", cells: dict[str, str] | None = None) -> Row:
    """Return a row, with a problem where the encoding has destroyed the name."""
    cells = {encodable(key): encodable(cell) for key, cell in (cells or {}).items()}
    told = encodable(name)
    problem = "the name is not in the encoding of the list; see --encoding" if told != name or "\ufffd" in name else ""
    return Row(line, told, encodable(born), cells, problem)


def encodable(text: str) -> str:
    """Return text with what is not UTF-8 as an escape; no form of an answer could hold it."""
    return text if text.isascii() else text.encode("utf-8", "backslashreplace").decode()


# CSV -----------------------------------------------------------------------------------------------------------------


class Record(NamedTuple):
    """One record of a CSV, from which line on; or the `problem` that keeps it from being read, and how it begins."""

    line: int
    cells: list[str]
    problem: str = ""


def read_csv(text: IO[str], columns: Columns, *, is_tabbed: bool = False) -> List:
    """Return a list in CSV, whose delimiter is guessed. Raises UsageError where the columns are not to be found.

    Columns of the same name are told apart by a number: `note`, `note 2`; what has no name is `column 3`.
    """
    lines = deque[tuple[int, str | None]]()
    waiting = _lines(text)
    for number, line in waiting:
        lines.append((number, line))
        if sum(len(one or "") for _, one in lines) > SAMPLE or len(lines) > MOST_LINES:
            break
    sample = "".join(line or "" for _, line in lines)
    delimiter = "\t" if is_tabbed else _delimiter(sample)
    if lines and re.fullmatch(r"sep=.\s*", lines[0][1] or ""):
        lines.popleft()  # which Excel writes
    records = _records(_Lines(lines, waiting), delimiter)
    first = next(records, None)
    if first is None:
        raise UsageError("the list is empty: a CSV has a header")
    if first.problem:
        raise UsageError(f"line {first.line} of the list cannot be read: {first.problem}")
    header = unique(first.cells) if columns.has_header else [f"column {at}" for at in range(1, len(first.cells) + 1)]
    name_at, born_at = _places(first.cells, header, columns)
    others = [at for at in range(len(header)) if at not in name_at]
    if not columns.has_header:
        records = _with_first(first, records)
    return List(tuple(header[at] for at in others), _csv_rows(records, header, name_at, born_at))


def _with_first(first: Record, records: Iterator[Record]) -> Iterator[Record]:
    yield first
    yield from records


def _csv_rows(
    records: Iterator[Record], header: list[str], name_at: tuple[int, ...], born_at: int | None
) -> Iterator[Row]:
    for record in records:
        if record.problem:
            yield Row(record.line, "".join(record.cells), problem=record.problem)
            continue
        cells = record.cells + [""] * (len(header) - len(record.cells))
        name = " ".join(filter(None, (cells[at].strip() for at in name_at)))
        names = header + [f"column {at + 1}" for at in range(len(header), len(cells))]
        others = {key: cell for at, (key, cell) in enumerate(zip(names, cells, strict=True)) if at not in name_at}
        yield _row(record.line, name, "" if born_at is None else cells[born_at].strip(), others)


def unique(header: Sequence[str]) -> list[str]:
    """Return names for columns of which no two are the same, and none is empty."""
    found: dict[str, None] = {}
    for at, cell in enumerate(header, 1):
        name = told = cell.strip() or f"column {at}"
        number = 2
        while told in found:
            told, number = f"{name} {number}", number + 1
        found[told] = None
    return list(found)


def _places(first: list[str], header: list[str], columns: Columns) -> tuple[tuple[int, ...], int | None]:
    """Return where the name and the date of birth stand."""
    if not columns.has_header:
        first = header
    born = None if columns.born is None else _place("born-column", columns.born, first)
    if columns.names:
        return tuple(_place("column", name, first) for name in columns.names), born
    if columns.has_header and not is_of_names(first[0]):
        raise UsageError(
            f"is '{_short(first[0])}' the header of the names? say so with --column; the columns are {_told(first)}; "
            "a list without a header takes --no-header"
        )
    return (0,), born


def is_of_names(header: str) -> bool:
    """Tell whether a column of that name surely holds whole names."""
    words = {*re.split(r"[\W_]+", header.casefold()), *fold(header).split()}
    return not words.isdisjoint(NAME_WORDS) and words.isdisjoint(HALF_WORDS)


def _place(option: str, wanted: str, header: list[str]) -> int:
    """Return the place of a column, by its name or its number from 1."""
    found = [at for at, cell in enumerate(header) if cell.strip() == wanted.strip()]
    found = found or [at for at, cell in enumerate(header) if cell.strip().casefold() == wanted.strip().casefold()]
    if len(found) == 1:
        return found[0]
    if len(found) > 1:
        numbers = " or ".join(str(at + 1) for at in found)
        raise UsageError(
            f"--{option}: {len(found)} columns are called '{_short(wanted)}'; name one by its number, {numbers}"
        )
    if wanted.isascii() and wanted.isdigit() and 1 <= int(wanted[:9]) <= len(header):
        return int(wanted[:9]) - 1
    from difflib import get_close_matches  # only where the word is wrong already

    guesses = suggestion(get_close_matches(wanted, [_short(cell) for cell in header], n=1, cutoff=0.5))
    raise UsageError(f"--{option}: no column is called '{_short(wanted)}'{guesses}; the columns are {_told(header)}")


def _told(header: Sequence[str]) -> str:
    more = f" and {len(header) - 10} more" if len(header) > 10 else ""
    return ", ".join(f"'{_short(cell)}'" for cell in header[:10]) + more


def _short(cell: str) -> str:
    return cell if len(cell) <= 40 else f"{cell[:40]}…"


def _delimiter(sample: str) -> str:
    """Return what divides the cells: as Python's sniffer has it, if the header holds it, else what the header holds."""
    head = sample.splitlines()[0] if sample else ""
    if re.fullmatch(r"sep=.", head):
        return head[-1]
    try:
        guess = csv.Sniffer().sniff(sample[:SAMPLE], DELIMITERS).delimiter
    except csv.Error:
        guess = ""
    return guess if guess and guess in head else max(DELIMITERS, key=head.count)


class _Lines:
    """Lines of which some can be given back."""

    def __init__(self, first: Iterable[tuple[int, str | None]], rest: Iterator[tuple[int, str | None]]) -> None:
        self.back = deque(first)
        self.rest = rest

    def next(self) -> tuple[int, str | None] | None:
        return self.back.popleft() if self.back else next(self.rest, None)


def _records(lines: _Lines, delimiter: str) -> Iterator[Record]:
    """Yield the records. One whose quotation mark is never closed ends with its line, and those behind it are read."""
    while taken := lines.next():
        number, line = taken
        if line is None:
            yield Record(number, [], _too_long(number).problem)
        elif line.strip():
            yield _record(number, line, lines, delimiter)


def _record(number: int, line: str, lines: _Lines, delimiter: str) -> Record:
    """Return the record that begins with a line, and take from the others those that it goes on in."""
    text, taken, problem = line, list[tuple[int, str | None]](), _OPEN_QUOTE
    while True:
        try:
            cells = _parsed(text, delimiter) if not taken or '"' in (taken[-1][1] or "") else None
        except csv.Error as error:
            problem = str(error)
            break
        if cells is not None:
            return Record(number, cells)
        following = lines.next() if len(taken) < MOST_LINES else None
        if following is not None:
            taken.append(following)
        if following is None or following[1] is None:
            break
        text += following[1]
    lines.back.extendleft(reversed(taken))
    return Record(number, [line[:LONGEST_SHOWN].strip()], problem)


def _parsed(text: str, delimiter: str) -> list[str] | None:
    """Return the cells of a record, or None where it goes on behind the text. Raises csv.Error."""
    reader = csv.reader([text, "end"], delimiter=delimiter)
    cells = next(reader)
    if any(len(cell) > LONGEST_CELL for cell in cells):  # what csv allows, others in this process may have changed
        raise csv.Error(f"field larger than field limit ({LONGEST_CELL})")
    return cells if reader.line_num == 1 else None
