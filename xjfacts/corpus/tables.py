"""A corpus in tables: what the `cache` keeps, and what the `snapshot` asks.

    fact        17      scmp-2023-02/us-sanctioned-tuniyaz      its record      what stands with it and against it
    use         3       the number of `sanction`, `by`          the numbers of the facts: 17, 210, ...

Entities, documents, facts and names are numbered in the order of the files. A list of facts is one row, and its numbers
four bytes each; so a question costs some rows for what it names, and a row for each fact of its answer, however many
there are. What is derived of a corpus is derived by `Corpus`, here it is only written down.

Every row ends in its `seal` (see `sealed`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain
from typing import TYPE_CHECKING, Any, cast

from msgspec.msgpack import encode

from xjfacts.corpus.blobs import to_blob, to_numbers, without_words
from xjfacts.corpus.convert import FactFile, FileRecords, MadeFact
from xjfacts.corpus.fulltext import texts_of
from xjfacts.corpus.index import Corpus, names_of
from xjfacts.corpus.keeper import Row
from xjfacts.corpus.labels import CLOSED
from xjfacts.corpus.matches import define_words, optimize_words, put_words, words_of
from xjfacts.corpus.model import ROLES, Fact
from xjfacts.corpus.sealed import define, put, seal
from xjfacts.files import Progress
from xjfacts.names.table import MemoryTable

if TYPE_CHECKING:
    from sqlite3 import Connection

SCHEMA = """
create table entity (at integer primary key, id text, record blob, hanging blob, seal integer);
create table document (at integer primary key, id text, record blob, first integer, keys blob, seal integer);
create table fact (at integer primary key, id text, record blob, beside blob, seal integer);
create table use (entity integer, use integer, facts blob, seal integer, primary key (entity, use)) without rowid;
create table label (field text, value text, facts blob, seal integer, primary key (field, value)) without rowid;
create table timeline (kind text primary key, facts blob, first blob, last blob, seal integer) without rowid;
create table name (at integer primary key, name blob, seal integer);
create table name_key (key text primary key, latin blob, other blob, seal integer) without rowid;
create table name_word (word text, is_foreign integer, skeleton text, names blob, seal integer,
    primary key (word, is_foreign)) without rowid;
create table horizon (at integer primary key, earliest text, latest text, seal integer);
create table together (at integer primary key, groups blob, seal integer);
create table former (at integer primary key, id text, now text, seal integer)
"""
INDEXES = """
create unique index entity_id on entity (id);
create unique index former_id on former (id);
create unique index document_id on document (id);
create index name_word_skeleton on name_word (skeleton, is_foreign)
"""

TOGETHER = 500  # facts that are written at once

TABLES = (
    "fact", "document", "label", "timeline", "use", "horizon", "together", "former", "entity", "name", "name_key",
    "name_word",
)  # fmt: skip

# What a keeper that is asked by other machines must have been filled by. To be raised with any change to the tables, to
# what stands in them, or to how names are folded and taken apart: a test tells when.
VERSION = 6


class Filling:
    """Fills a new database: with every fact and its words as they are read, and in the end with what is derived of all.

    What of a fact is wanted for that is held in memory, and its words are not.
    """

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._number = 0
        self._facts: list[Row] = []
        self._worded = 0
        self._words: list[Row] = []
        define(connection, SCHEMA)
        define_words(connection)

    def hold(self, fact: Fact | MadeFact) -> Fact:
        """Write down a fact, and return it without its words."""
        made = fact if isinstance(fact, MadeFact) else MadeFact.of(fact)
        self._facts.append((self._number, made.id, made.record, _ALONE))
        self._number += 1
        if len(self._facts) == TOGETHER:
            self._write_facts()
        return cast(Fact, without_words(made.id, made.record))

    def take(self, _: FactFile, words: Sequence[Sequence[str]]) -> None:
        """Write down the words of the facts of a file."""
        self._words += ((at, *texts) for at, texts in enumerate(words, self._worded))
        self._worded += len(words)
        if len(self._words) >= TOGETHER:
            self._write_words()

    def finish(self, corpus: Corpus, progress: Progress) -> None:
        """Write what is derived of a corpus of facts as `hold` has returned them."""
        self._write_facts()
        self._write_words()
        for _, (table, found) in zip(progress("keeping", TABLES), rows(corpus), strict=True):
            if table != "fact":
                put(self._connection, table, found)
        self._put_beside(corpus)
        for table, words in words_of(corpus):
            if table != "text":
                put_words(self._connection, table, ((at, *texts.values()) for at, texts in words))
        define(self._connection, INDEXES)
        optimize_words(self._connection)

    def _write_facts(self) -> None:
        put(self._connection, "fact", self._facts)
        self._facts.clear()

    def _write_words(self) -> None:
        put_words(self._connection, "text", self._words)
        self._words.clear()

    def _put_beside(self, corpus: Corpus) -> None:
        """Write to the facts beside which others stand what these are."""
        for at, beside in _beside(corpus):
            row = self._connection.execute("select at, id, record from fact where at = ?", (at,)).fetchone()
            changed = (*row, beside)
            self._connection.execute("update fact set beside = ?, seal = ? where at = ?", (beside, seal(changed), at))


def note_words(read: FileRecords) -> list[tuple[str, ...]]:
    """Return the words of each fact of a file, for full text."""
    return [tuple(texts_of(fact).values()) for fact in read.facts]


def rows(corpus: Corpus) -> Iterator[tuple[str, Iterable[Row]]]:
    """Yield each table with its rows, in the order of its key and without their seals."""
    yield "fact", _facts(corpus)
    yield "document", _documents(corpus)
    yield "label", _labels(corpus)
    yield "timeline", ((kind, *map(to_numbers, corpus.timeline(kind))) for kind in sorted(ROLES))
    yield "use", _uses(corpus)
    yield "horizon", [(0, *(day.isoformat() for day in corpus.horizon))] if corpus.horizon else []
    yield "together", [(0, encode(list(dict.fromkeys(corpus.groups.values()))))]
    yield "former", ((at, *one) for at, one in enumerate(corpus.renamed.items()))
    exact, words = MemoryTable(names_of(corpus.entities.values())).to_data()
    yield "entity", _entities(corpus, exact["entities"])
    yield "name", ((at, encode(name)) for at, name in enumerate(exact["names"]))
    latin, other = exact["latin"], exact["other"]
    keys = sorted(latin.keys() | other.keys())
    yield "name_key", ((key, to_numbers(latin.get(key, ())), to_numbers(other.get(key, ()))) for key in keys)
    yield "name_word", sorted(_words(words))


_ALONE = encode(((), (), (), ()))


def _facts(corpus: Corpus) -> Iterator[Row]:
    beside = dict(_beside(corpus))
    for at, fact in enumerate(corpus.facts.values()):
        yield at, fact.id, to_blob(fact), beside.get(at, _ALONE)


def _beside(corpus: Corpus) -> Iterator[tuple[int, bytes]]:
    """Yield the facts, by number, beside which others stand: those with it, against it, answering it, lifting it."""
    maps = (corpus.corroborations, corpus.contests, corpus.answered, corpus.lifted)
    for at, key in sorted((corpus.numbers[key], key) for key in dict.fromkeys(chain(*maps))):
        yield at, encode(tuple(one.get(key, ()) for one in maps))


def _documents(corpus: Corpus) -> Iterator[Row]:
    """Yield documents, each with the number of its first fact and the keys of all, which are numbered on from that."""
    for at, (key, facts) in enumerate(corpus.facts_by_document.items()):
        keys = [fact.partition("/")[2] for fact in facts]
        yield at, key, to_blob(corpus.documents[key]), corpus.numbers[facts[0]] if facts else 0, encode(keys)


def _labels(corpus: Corpus) -> Iterator[Row]:
    """Yield labels with their facts; every word of a closed list, so that none can be missing."""
    closed = {(field, word) for field, words in CLOSED.items() for word in words}
    for label in sorted(closed | corpus.by_label.keys()):
        yield *label, to_numbers(corpus.by_label.get(label, ()))


def _uses(corpus: Corpus) -> Iterator[Row]:
    for at, key in enumerate(corpus.entities):
        for use, facts in sorted(corpus.used.get(key, {}).items()):
            yield at, use, to_numbers(facts)


def _entities(corpus: Corpus, names: Mapping[str, list[int]]) -> Iterator[Row]:
    """Yield entities, each with what hangs on it: its parts, its uses as they are counted, and its names."""
    for at, (key, entity) in enumerate(corpus.entities.items()):
        counts = {use: len(facts) for use, facts in sorted(corpus.used.get(key, {}).items())}
        yield at, key, to_blob(entity), encode((corpus.parts.get(key, ()), counts, names[key]))


def _words(words: Mapping[str, Any]) -> Iterator[Row]:
    for is_foreign, part in enumerate((words["readable"], words["foreign"])):
        for skeleton, found in part["skeletons"].items():
            for word in found:
                yield word, is_foreign, skeleton, to_numbers(part["words"][word])
