"""A corpus in tables: what the `cache` keeps, and what the `snapshot` asks.

    fact        17      scmp-2023-02/us-sanctioned-tuniyaz      its record      what stands with it and against it
    use         3       the number of `sanction`, `by`          the numbers of the facts: 17, 210, ...

Entities, documents, facts and names are numbered in the order of the files. A list of facts is one row, and its numbers
four bytes each; so a question costs some rows for what it names, and a row for each fact of its answer, however many
there are. What is derived of a corpus is derived by `Corpus`, here it is only written down.

Every row ends in its `seal` (see `sealed`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from msgspec.msgpack import encode

from xjfacts.corpus.blobs import to_blob, to_numbers
from xjfacts.corpus.index import USES, Corpus, names_of
from xjfacts.corpus.keeper import Row
from xjfacts.corpus.labels import CLOSED
from xjfacts.corpus.matches import fill_words
from xjfacts.corpus.model import ROLES, Fact
from xjfacts.corpus.sealed import define, put
from xjfacts.files import Progress, in_silence
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

TABLES = (
    "fact", "document", "label", "timeline", "use", "horizon", "together", "former", "entity", "name", "name_key",
    "name_word",
)  # fmt: skip

# What a keeper that is asked by other machines must have been filled by. To be raised with any change to the tables, to
# what stands in them, or to how names are folded and taken apart: a test tells when.
VERSION = 6


def fill(connection: Connection, corpus: Corpus, progress: Progress = in_silence) -> None:
    """Write a corpus into a new database."""
    define(connection, SCHEMA)
    for table, found in rows(corpus, progress):
        put(connection, table, found)
    define(connection, INDEXES)
    fill_words(connection, corpus)


def rows(corpus: Corpus, progress: Progress = in_silence) -> Iterator[tuple[str, Iterable[Row]]]:
    """Yield each table with its rows, in the order of its key and without their seals."""
    numbers = {key: at for at, key in enumerate(corpus.facts)}
    yield "fact", _facts(corpus, progress("keeping", tuple(corpus.facts.values())))
    yield "document", _documents(corpus, numbers)
    yield "label", _labels(corpus)
    yield "timeline", ((kind, *map(to_numbers, corpus.timeline(kind))) for kind in sorted(ROLES))
    yield "use", _uses(corpus, numbers)
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


def _facts(corpus: Corpus, facts: Iterable[Fact]) -> Iterator[Row]:
    for at, fact in enumerate(facts):
        maps = (corpus.corroborations, corpus.contests, corpus.answered, corpus.lifted)
        beside = tuple(one.get(fact.id, ()) for one in maps)
        yield at, fact.id, to_blob(fact), encode(beside)


def _documents(corpus: Corpus, numbers: Mapping[str, int]) -> Iterator[Row]:
    """Yield documents, each with the number of its first fact and the keys of all, which are numbered on from that."""
    for at, (key, facts) in enumerate(corpus.facts_by_document.items()):
        keys = [fact.partition("/")[2] for fact in facts]
        yield at, key, to_blob(corpus.documents[key]), numbers[facts[0]] if facts else 0, encode(keys)


def _labels(corpus: Corpus) -> Iterator[Row]:
    """Yield labels with their facts; every word of a closed list, so that none can be missing."""
    closed = {(field, word) for field, words in CLOSED.items() for word in words}
    for label in sorted(closed | corpus.by_label.keys()):
        yield *label, to_numbers(corpus.by_label.get(label, ()))


def _uses(corpus: Corpus, numbers: Mapping[str, int]) -> Iterator[Row]:
    for at, key in enumerate(corpus.entities):
        for use, facts in _by_use(corpus, key).items():
            yield at, use, _listed(facts, numbers)


def _by_use(corpus: Corpus, entity: str) -> dict[int, list[str]]:
    """Return the facts that speak of an entity by the number of kind and role, in the order of these numbers."""
    found: dict[int, list[str]] = {}
    for use in corpus.uses.get(entity, ()):
        found.setdefault(_NUMBERS[use.kind, use.role], []).append(use.fact)
    return dict(sorted(found.items()))


_NUMBERS = {use: number for number, use in enumerate(USES)}


def _listed(facts: Iterable[str], numbers: Mapping[str, int]) -> bytes:
    return to_numbers(numbers[fact] for fact in facts)


def _entities(corpus: Corpus, names: Mapping[str, list[int]]) -> Iterator[Row]:
    """Yield entities, each with what hangs on it: its parts, its uses as they are counted, and its names."""
    for at, (key, entity) in enumerate(corpus.entities.items()):
        counts = {use: len(facts) for use, facts in _by_use(corpus, key).items()}
        yield at, key, to_blob(entity), encode((corpus.parts.get(key, ()), counts, names[key]))


def _words(words: Mapping[str, Any]) -> Iterator[Row]:
    for is_foreign, part in enumerate((words["readable"], words["foreign"])):
        for skeleton, found in part["skeletons"].items():
            for word in found:
                yield word, is_foreign, skeleton, to_numbers(part["words"][word])
