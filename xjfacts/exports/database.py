"""The facts as an SQLite database, for Datasette and whatever else speaks SQL.

    select fact.gist, link from fact join citation on citation.fact = fact.id
     where fact.id in (select id from search where search match 'genocide');

The tables and views are those of `relational`; `search` is a full-text index (FTS5) over gists, quotes and the names of
those who take part. The same facts give the same bytes.
"""

from __future__ import annotations

import os
from contextlib import closing
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

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

_JOINED = "group_concat(found, char(10))"


def to_sqlite(corpus: Corpus) -> bytes:
    """Return the database file. Raises UnwritableAnswer where this Python has no SQLite with full-text search."""
    try:
        import sqlite3  # not every Python is built with it
    except ImportError:
        raise UnwritableAnswer("this Python was built without SQLite") from None
    try:
        with closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
            _fill(connection, corpus)
            return _content(connection)
    except (sqlite3.Error, OSError) as error:
        reason = error.strerror if isinstance(error, OSError) else error
        raise UnwritableAnswer(f"the database cannot be made: {reason}") from None


def _content(connection: Connection) -> bytes:
    if hasattr(connection, "serialize"):  # since Python 3.11, where SQLite has it; it leaves nothing behind when killed
        return connection.serialize()
    with TemporaryDirectory(prefix="xjfacts-", ignore_cleanup_errors=True) as folder:
        path = os.path.join(folder, "facts.db")
        connection.execute("vacuum into ?", (path,))
        with open(path, "rb") as file:
            return file.read()


def _fill(connection: Connection, corpus: Corpus) -> None:
    """Write everything in one transaction, in the order of the corpus: the same facts give the same bytes."""
    connection.executescript("pragma journal_mode = off; pragma synchronous = off; pragma foreign_keys = on;")
    connection.executescript("".join(("begin;", tables(), INDEXES, _SEARCH, views(_JOINED))))
    for table, rows in rows_of(corpus):
        for row in rows:
            connection.execute(f"insert into {table} values ({', '.join('?' * len(row))})", row)  # noqa: S608, our names
    connection.execute("insert into search (search) values ('optimize')")
    connection.execute("commit")
