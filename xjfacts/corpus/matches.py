"""Full text as it is kept: a `fulltext.WordTable` over what a keeper finds by its own index of words.

In a file that is FTS5, the full-text search that SQLite has. Its table `text` has the words of every fact by place, and
`named` those of the names of every entity, each under the number of the fact or entity. What SQLite makes of them has
no seals; so before they are asked the file is looked through as a whole, as far as it is not too large for that.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from xjfacts.corpus.fulltext import NAMES, TEXTS, names_in_print, texts_of
from xjfacts.corpus.model import Entity, Fact
from xjfacts.corpus.sealed import Sealed, define

if TYPE_CHECKING:
    from sqlite3 import Connection

    from xjfacts.corpus.keeper import Keeper

_SCHEMA = """
create virtual table text using fts5 (gist, quotes, titles, content = '', columnsize = 0, tokenize = 'ascii');
create virtual table named using fts5 (names, content = '', columnsize = 0, tokenize = 'ascii');
create virtual table text_word using fts5vocab (text, row);
create virtual table named_word using fts5vocab (named, row)
"""
_FACTS = "select rowid from text where text match ?"
_ENTITIES = "select rowid from named where named match ?"
_KNOWN = ("select term from text_word where term in ({})", "select term from named_word where term in ({})")


def fill_words(connection: Connection, entities: Iterable[Entity], facts: Iterable[Fact]) -> None:
    """Write the words of all facts and names into a new database."""
    define(connection, _SCHEMA)
    texts = ((at, *texts_of(fact).values()) for at, fact in enumerate(facts))
    connection.executemany("insert into text (rowid, gist, quotes, titles) values (?, ?, ?, ?)", texts)
    names = ((at, names_in_print(entity)) for at, entity in enumerate(entities))
    connection.executemany("insert into named (rowid, names) values (?, ?)", names)
    define(connection, "insert into text (text) values ('optimize'); insert into named (named) values ('optimize')")


def known_words(kept: Sealed, words: Collection[str]) -> set[str]:
    """Return those of some folded words that stand anywhere, in a fact or in a name."""
    kept.look_through()
    return {word for query in _KNOWN for word in kept.column_in(query, words)}


def matching(kept: Sealed, place: str, words: str) -> list[int]:
    """Return the numbers of what holds folded words side by side: facts, or entities where the place is NAMES."""
    kept.look_through()
    return kept.column(_ENTITIES, f'"{words}"') if place == NAMES else kept.column(_FACTS, f'{place} : "{words}"')


class KeptWords:
    """The words of a corpus. `facts_of` returns the numbers of the facts that speak of entities, given by number.

    Raises Damaged where a table is not what was written.
    """

    def __init__(self, kept: Keeper, facts_of: Callable[[Collection[int]], Iterator[int]]) -> None:
        self._kept = kept
        self._facts_of = facts_of

    def known(self, words: Collection[str]) -> set[str]:
        return self._kept.known_words(words)

    def holding(self, words: str) -> Mapping[str, Collection[int]]:
        found = {place: set(self._kept.matching(place, words)) for place in TEXTS}
        return found | {NAMES: set(self._facts_of(self._kept.matching(NAMES, words)))}
