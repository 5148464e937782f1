"""The facts as an SQLite database, for Datasette and whatever else speaks SQL.

    select fact.gist, link from fact join citation on citation.fact = fact.id
     where fact.id in (select id from search where search match 'genocide');

The tables and views are those of `relational`; `search` is a full-text index (FTS5) over gists, quotes and the names of
those who take part. The same facts give the same bytes.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from functools import partial
from tempfile import mkstemp
from typing import TYPE_CHECKING, BinaryIO

from xjfacts.corpus.index import Corpus
from xjfacts.errors import UnwritableAnswer
from xjfacts.exports.relational import INDEXES, rows_of, tables, views

if TYPE_CHECKING:
    from sqlite3 import Connection

_SEARCH = """
create virtual table search using fts5 (
    id unindexed, gist, quotes, names, tokenize = 'unicode61 remove_diacritics 2'
);
"""

# Nobody else sees the file before it is finished. References are looked up in 64 MB of it that stay in memory.
_IN_ONE_GO = """
pragma journal_mode = off; pragma synchronous = off; pragma locking_mode = exclusive; pragma cache_size = -65536;
pragma foreign_keys = on;
"""

CHUNK = 1 << 20  # bytes that are handed on at once
_JOINED = "group_concat(found, char(10))"


def to_sqlite(corpus: Corpus) -> Iterator[bytes]:
    """Yield the database file. Raises UnwritableAnswer where this Python has no SQLite with full-text search."""
    try:
        import sqlite3  # not every Python is built with it
    except ImportError:
        raise UnwritableAnswer("this Python was built without SQLite") from None
    try:
        with _nameless() as (path, file):
            with closing(sqlite3.connect(path, isolation_level=None)) as connection:
                connection.execute("pragma schema_version")  # which opens the file
                _remove(path)
                _fill(connection, corpus)
            yield from iter(partial(file.read, CHUNK), b"")
    except (sqlite3.Error, OSError) as error:
        reason = error.strerror if isinstance(error, OSError) else error
        raise UnwritableAnswer(f"the database cannot be made: {reason}") from None


@contextmanager
def _nameless() -> Iterator[tuple[str, BinaryIO]]:
    """Give a file for as long as it is needed. Where an open one can do without its name, none is left when killed."""
    descriptor, path = mkstemp(prefix="xjfacts-")
    try:
        with open(descriptor, "rb") as file:
            yield path, file
    finally:
        _remove(path)


def _remove(path: str) -> None:
    with suppress(OSError):  # gone already, or on Windows in use
        os.unlink(path)


def _fill(connection: Connection, corpus: Corpus) -> None:
    """Write everything in one transaction, in the order of the corpus: the same facts give the same bytes."""
    connection.executescript(_IN_ONE_GO)
    connection.executescript("".join(("begin;", tables(), _SEARCH, views(_JOINED))))
    for table, rows in rows_of(corpus):
        columns = len(connection.execute(f"select * from {table}").description)  # noqa: S608, our names
        places = ", ".join("?" * columns)
        connection.executemany(f"insert into {table} values ({places})", rows)  # noqa: S608, as above
    for index in INDEXES.split(";"):
        connection.execute(index)
    connection.execute("insert into search (search) values ('optimize')")
    connection.execute("commit")
