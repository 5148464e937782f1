"""An SQLite file that proves itself: whether it is the file that was written, and every row the row.

    write(path, fill)           fill(connection) makes tables and `put`s rows into them
    sealed = Sealed(path)       raises Damaged where the file is not as `write` left it
    sealed.row("select at, record, seal from fact where at = ?", 17)        (17, b"...")

The header of an SQLite file has two numbers that SQLite leaves to whoever uses the file. One holds the time to which
the finished file was set: whoever writes to it later changes its time, and then not a byte more of it is read. That is
for programs, people, kills and full disks, and costs nothing, however large the file.

Accidents of disks change no time. Against these every row ends in a checksum of its other columns, its `seal`, and a
row that its reader knows to be there and that is not is damage. Where a row is missed of which nobody knows that, the
file as a whole is compared with the other number, once; of files beyond `WHOLE` it would take too long. The checksums
are CRC-32: an enemy who can write the user's own files could write any other as well.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import closing
from time import time
from typing import TYPE_CHECKING, Any
from weakref import finalize
from zlib import crc32

from msgspec.msgpack import encode

if TYPE_CHECKING:
    from sqlite3 import Connection
    from types import ModuleType

WHOLE = 8 << 20  # bytes whose checksum takes 10 ms
AT_ONCE = 500  # values in one query; SQLite before 3.32 takes no more than 999
COARSEST = 2  # seconds, in which the coarsest file systems count the time (FAT)

# https://www.sqlite.org/fileformat.html, 1.3: the bytes in a page, the pages, the user version, the application id.
HEADER = 100
_MAGIC = b"SQLite format 3\0"
_PAGE, _PAGES, _TIME, _CHECKSUM = slice(16, 18), slice(28, 32), slice(60, 64), slice(68, 72)

_OPEN = getattr(os, "O_BINARY", 0) | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_NOFOLLOW", 0)
_READ = _OPEN | os.O_RDONLY | getattr(os, "O_NONBLOCK", 0)
_PLAIN = frozenset(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~/")
_CREATE = _OPEN | os.O_WRONLY | os.O_CREAT | os.O_EXCL

# What is half written has not its name yet, so nothing is written twice or waited for.
_IN_ONE_GO = "pragma page_size = 4096; pragma journal_mode = off; pragma synchronous = off; begin"


class Damaged(Exception):  # never seen by a user: the facts are read again
    """What was kept is not what was written, or cannot be read."""


class Sealed:
    """A file that `write` wrote, open as long as somebody may ask it for a row."""

    def __init__(self, path: str) -> None:
        self._path = path
        self._checksum = _untouched(path)
        self._is_whole = False
        sqlite = _sqlite()
        self._errors = (sqlite.Error, MemoryError, OverflowError)
        try:
            self._connection = sqlite.connect(
                _address(path, "ro&immutable=1"),
                uri=True,
                isolation_level=None,
                check_same_thread=False,  # it is only read, and may be let go of in another thread
            )
        except sqlite.Error as error:
            raise Damaged from error
        finalize(self, self._connection.close)

    def row(self, query: str, *values: Any) -> tuple[Any, ...] | None:
        """Return the one row of a query, without its seal; None where there surely is none."""
        found = next(self.rows(query, *values), None)
        if found is None:
            self.look_through()
        return found

    def known_row(self, query: str, *values: Any) -> tuple[Any, ...]:
        """Return the one row of a query, without its seal. Raises Damaged where there is none."""
        found = next(self.rows(query, *values), None)
        if found is None:
            raise Damaged
        return found

    def rows(self, query: str, *values: Any) -> Iterator[tuple[Any, ...]]:
        """Yield the rows of a query, without their seals. Whether they are all is for the caller to know."""
        try:
            for *row, checksum in self._connection.execute(query, values):
                if seal(row) != checksum:
                    raise Damaged
                yield tuple(row)
        except self._errors as error:
            raise Damaged from error

    def rows_in(self, query: str, among: Collection[str | int], *values: Any) -> Iterator[tuple[Any, ...]]:
        """Yield the rows of a query in which `{}` stands for any number of values, after the others."""
        for some, places in _in_parts(among):
            yield from self.rows(query.format(places), *values, *some)

    def column(self, query: str, *values: Any) -> list[Any]:
        """Return the one column of a query as SQLite finds it: of a table that it makes by itself, without seals."""
        try:
            return [value for (value,) in self._connection.execute(query, values).fetchall()]
        except self._errors as error:
            raise Damaged from error

    def column_in(self, query: str, among: Collection[str | int]) -> list[Any]:
        """Return what `column` does for a query in which `{}` stands for any number of values."""
        return [one for some, places in _in_parts(among) for one in self.column(query.format(places), *some)]

    def look_through(self) -> None:
        """See whether a row can be missing. Raises Damaged where the file as a whole is not what was written."""
        try:
            if not self._is_whole and self._checksum != _checksum(self._path):
                raise Damaged
        except OSError as error:  # another run has swept it away
            raise Damaged from error
        self._is_whole = True


def _in_parts(values: Collection[str | int]) -> Iterator[tuple[list[str | int], str]]:
    """Yield no more values than a query takes, and as many question marks."""
    wanted = list(values)
    for start in range(0, len(wanted), AT_ONCE):
        some = wanted[start : start + AT_ONCE]
        yield some, ", ".join("?" * len(some))


def write(path: str, fill: Callable[[Connection], None]) -> None:
    """Write a file for the user alone, which must not be there yet. Raises OSError where that cannot be done."""
    sqlite = _sqlite()
    os.close(os.open(path, _CREATE, 0o600))
    _set_time(path, int(time()) // COARSEST * COARSEST)  # where times are not kept, nothing need be read
    try:
        with closing(sqlite.connect(_address(path, "rw&nolock=1"), uri=True, isolation_level=None)) as connection:
            define(connection, _IN_ONE_GO)
            fill(connection)
            connection.execute("commit")
    except sqlite.Error as error:
        raise OSError(str(error)) from error
    moment = (int(time()) // COARSEST - 1) * COARSEST  # whenever it is written to again, it is later
    with open(path, "r+b") as file:
        file.seek(_TIME.start)
        file.write(moment.to_bytes(4, "big"))
        file.seek(_CHECKSUM.start)
        file.write(_checksum(path).to_bytes(4, "big"))
    _set_time(path, moment)


def _set_time(path: str, moment: int) -> None:
    os.utime(path, (moment, moment))
    if os.stat(path).st_mtime_ns != moment * 1_000_000_000:
        raise OSError("times are not kept here")


def define(connection: Connection, statements: str) -> None:
    """Execute statements with a semicolon between them, all in the one transaction."""
    for statement in statements.split(";"):
        connection.execute(statement)


def put(connection: Connection, table: str, rows: Iterable[Sequence[Any]]) -> None:
    """Put rows into a table, each with its seal as the last of its columns."""
    columns = len(connection.execute(f"select * from {table}").description)  # noqa: S608, our own names
    places = ", ".join("?" * columns)
    connection.executemany(f"insert into {table} values ({places})", ((*row, seal(row)) for row in rows))  # noqa: S608


def seal(values: Sequence[Any]) -> int:
    """Return the checksum of the values of a row."""
    return crc32(encode(values))


def _sqlite() -> ModuleType:
    try:
        import sqlite3
    except ImportError as error:  # not every Python is built with it
        raise OSError(str(error)) from error
    return sqlite3


def _untouched(path: str) -> int:
    """Return the checksum that a file should have; raise Damaged where somebody wrote to it, or cut it off."""
    descriptor = os.open(path, _READ)
    try:
        header, status = os.read(descriptor, HEADER), os.fstat(descriptor)
    finally:
        os.close(descriptor)
    numbers = (int.from_bytes(header[at], "big") for at in (_PAGE, _PAGES, _TIME, _CHECKSUM))
    page, pages, moment, checksum = numbers
    if header[:16] != _MAGIC or page * pages != status.st_size or moment * 1_000_000_000 != status.st_mtime_ns:
        raise Damaged
    return checksum


def _checksum(path: str) -> int:
    """Return the checksum of all that stands behind the header, or 0 of a file that is too large for it."""
    with open(path, "rb") as file:
        content = file.read(WHOLE + 1)
    return crc32(content[HEADER:]) if len(content) <= WHOLE else 0


def _address(path: str, mode: str) -> str:
    """Return the address of a file by which SQLite opens it so: any bytes may stand in its path."""
    plain = os.fsencode(path.replace(os.sep, "/"))
    quoted = "".join(chr(byte) if byte in _PLAIN else f"%{byte:02X}" for byte in plain)
    return f"file:{'' if quoted.startswith('/') else '/'}{quoted}?mode={mode}"
