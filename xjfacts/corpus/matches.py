"""Full text as it is kept: a `fulltext.WordTable` over what a keeper finds by its own index of words.

In a file that is FTS5, the full-text search that SQLite has. Its tables have the words of every fact, of the names of
every entity, and of the imprint of every document, by place and each under its number. What SQLite makes of them has no
seals; so before they are asked the file is looked through as a whole, as far as it is not too large for that.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from xjfacts.corpus.fulltext import NAMES, TABLES, imprint_of, names_in_print, texts_of
from xjfacts.corpus.index import Corpus
from xjfacts.corpus.sealed import Sealed, define

if TYPE_CHECKING:
    from sqlite3 import Connection

    from xjfacts.corpus.keeper import Keeper

_TABLE = """
create virtual table {table} using fts5 ({places}, content = '', columnsize = 0, tokenize = 'ascii');
create virtual table {table}_word using fts5vocab ({table}, row)
"""
_INSERT = "insert into {table} (rowid, {places}) values (?, {marks})"
_OPTIMIZE = "insert into {table} ({table}) values ('optimize')"
_MATCH = "select rowid from {table} where {table} match ?"
_KNOWN = "select term from {table}_word where term in ({{}})"


def words_of(corpus: Corpus) -> Iterator[tuple[str, Iterator[tuple[int, dict[str, str]]]]]:
    """Yield each of the tables with its rows: a number, and the words by place."""
    yield "text", enumerate(map(texts_of, corpus.facts.values()))
    yield "named", ((at, {NAMES: names_in_print(one)}) for at, one in enumerate(corpus.entities.values()))
    yield "imprint", enumerate(map(imprint_of, corpus.documents.values()))


def define_words(connection: Connection) -> None:
    """Define the tables in a new database."""
    for table, places in TABLES.items():
        define(connection, _TABLE.format(table=table, places=", ".join(places)))


def put_words(connection: Connection, table: str, rows: Iterable[Sequence[Any]]) -> None:
    """Put rows into one of the tables: a number, and the words by place."""
    places = TABLES[table]
    insert = _INSERT.format(table=table, places=", ".join(places), marks=", ".join("?" * len(places)))
    connection.executemany(insert, rows)


def optimize_words(connection: Connection) -> None:
    """Make the tables as they are asked best, when all rows are in."""
    for table in TABLES:
        connection.execute(_OPTIMIZE.format(table=table))


def known_words(kept: Sealed, words: Collection[str], *, in_print: bool) -> set[str]:
    """Do what a keeper is asked to."""
    kept.look_through()
    tables = ("imprint",) if in_print else ("text", "named")
    return {word for table in tables for word in kept.column_in(_KNOWN.format(table=table), words)}


def matching(kept: Sealed, table: str, words: str) -> dict[str, list[int]]:
    """Do what a keeper is asked to."""
    kept.look_through()
    return {place: kept.column(_MATCH.format(table=table), f'{place} : "{words}"') for place in TABLES[table]}


class KeptWords:
    """The words of a corpus. `facts_of` returns the numbers of the facts that speak of entities, given by number.

    Raises Damaged where a table is not what was written.
    """

    def __init__(self, kept: Keeper, facts_of: Callable[[Collection[int]], Iterator[int]]) -> None:
        self._kept = kept
        self._facts_of = facts_of

    def known(self, words: Collection[str]) -> set[str]:
        return self._kept.known_words(words, in_print=False)

    def holding(self, words: str) -> Mapping[str, Collection[int]]:
        found = {place: set(numbers) for place, numbers in self._kept.matching("text", words).items()}
        return found | {NAMES: set(self._facts_of(self._kept.matching("named", words)[NAMES]))}

    def known_in_print(self, words: Collection[str]) -> set[str]:
        return self._kept.known_words(words, in_print=True)

    def printed(self, word: str) -> Mapping[str, Collection[int]]:
        return {place: set(numbers) for place, numbers in self._kept.matching("imprint", word).items()}
