"""A corpus that is asked in its tables and not held in memory: what the `cache` keeps between runs.

    load(folders, Cache(...))       the corpus of the folders, read or kept: the same answers, the same problems

A question costs the rows that it asks for, however many facts there are. Where a row is not what was written, the facts
are read again and asked instead; and what was kept is kept anew.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import cached_property, lru_cache
from itertools import islice
from typing import TYPE_CHECKING, TypeVar, cast

from msgspec.msgpack import decode
from msgspec.structs import astuple

from xjfacts.corpus.blobs import from_blob, from_numbers
from xjfacts.corpus.cache import DAMAGE, Cache, Kept
from xjfacts.corpus.fetched import REMEMBERED, Fetched, Instead, Rows
from xjfacts.corpus.index import USES, Corpus, Stamp, Use
from xjfacts.corpus.sealed import Damaged
from xjfacts.corpus.spellings import SpellingTable
from xjfacts.errors import UnreadableFacts
from xjfacts.files import Progress, in_silence
from xjfacts.names.lookup import NameIndex
from xjfacts.names.table import NameTable

if TYPE_CHECKING:
    from sqlite3 import Connection

    from xjfacts.corpus.fulltext import WordTable
    from xjfacts.corpus.keeper import Keeper, Row
    from xjfacts.corpus.timeline import Timeline

Value = TypeVar("Value")

TOGETHER = 500  # rows that are asked for at once
_ENTITY = "select at, id, record, hanging, seal from entity where id {}"
_DOCUMENT = "select at, id, record, first, keys, seal from document where id {}"
_FACT = "select at, id, record, beside, seal from fact where at {}"
_USES = "select entity, use, facts, seal from use where entity = ? and use in ({})"
_LABEL = "select field, value, facts, seal from label where field = ? and value in ({})"
IN_ID = "abcdefghijklmnopqrstuvwxyz0123456789-"


def load(folders: Sequence[str], cache: Cache, progress: Progress = in_silence) -> Corpus:
    """Return the corpus of the folders as it is kept, or else as `loader.load_corpus` reads it, and keep that.

    Raises what `load_corpus` does; a corpus that is not in order is never kept.
    """
    kept = cache.find(folders)
    if kept is not None:
        return Snapshot(kept, lambda: _read(folders, cache, in_silence))
    return _read(folders, cache, progress)


def _read(folders: Sequence[str], cache: Cache, progress: Progress) -> Corpus:
    """Return the corpus of the folders as it is read and kept at once, or where it cannot be kept, as it is read."""
    from xjfacts.corpus.loader import load_corpus  # deferred: with tomli and hashlib it takes as long as a whole answer

    kept = _keep(folders, cache, progress)
    if kept is None:
        return load_corpus(folders, progress=progress)
    return Snapshot(kept, lambda: load_corpus(folders))


def _keep(folders: Sequence[str], cache: Cache, progress: Progress) -> Kept | None:
    """Read the facts of the folders into a file, of which no more than a part is in memory at once."""
    from xjfacts.corpus.ahead import Ahead  # deferred: as above
    from xjfacts.corpus.loader import load_corpus
    from xjfacts.corpus.tables import Filling, note_words

    def fill(connection: Connection) -> tuple[str, int, int]:
        filling = Filling(connection)
        with Ahead() as ahead:
            corpus = load_corpus(
                folders, progress=progress, hold=filling.hold, ahead=ahead.read, note=note_words, take=filling.take
            )
        filling.finish(corpus, progress)
        stamp = astuple(corpus.stamp)
        vars(corpus).clear()  # it refers to itself, and would stay in memory
        return stamp

    manifest = cache.take_manifest(folders)
    if manifest is None or not manifest.is_settled:
        return None
    return cache.keep(folders, manifest, fill)


class Snapshot(Corpus):
    """A corpus that takes what it is asked for from a keeper of its tables. `reread` makes the same corpus again."""

    def __init__(self, kept: Keeper, reread: Callable[[], Corpus]) -> None:
        self.stamp = Stamp(*kept.stamp)
        self._kept = kept
        self._reread = reread
        self._entity_rows = Fetched[str](kept, _ENTITY, 1)
        self._document_rows = Fetched[str](kept, _DOCUMENT, 1)
        self._fact_rows = Fetched[int](kept, _FACT, 0)
        self._document = lru_cache(REMEMBERED)(self._find_document)
        self._used = lru_cache(REMEMBERED)(self._find_used)
        self._relations = lru_cache(REMEMBERED)(self._find_relations)
        self._last = -1  # the fact that was asked for last

        entities, documents, facts = self._entity_ids, self._document_ids, self._fact_ids
        self.entities = self._rows("entities", entities, lambda key: from_blob(key, self._entity(key)[1]))
        self.documents = self._rows("documents", documents, lambda key: from_blob(key, self._document(key)[1]))
        self.facts = self._rows("facts", facts, lambda key: from_blob(key, self._fact(self._number(key))[1]))
        self.uses = self._rows("uses", self._those_in("uses", entities), self._uses_of)
        self.parts = self._rows("parts", self._those_in("parts", entities), self._parts_of)
        self.facts_by_document = self._rows("facts_by_document", documents, self._facts_of)
        self.corroborations = self._rows(
            "corroborations", self._those_in("corroborations", facts), lambda key: self._beside(key, 0)
        )
        self.renamed = self._rows("renamed", self._former_ids, self._renamed)
        self.contests = self._rows("contests", self._those_in("contests", facts), lambda key: self._beside(key, 1))
        self.answered = self._rows("answered", self._those_in("answered", facts), lambda key: self._beside(key, 2))
        self.lifted = self._rows("lifted", self._those_in("lifted", facts), lambda key: self._beside(key, 3))

    def in_memory(self) -> Corpus:
        return Corpus(dict(self.entities), dict(self.documents), dict(self.facts), self.stamp.sha256)

    @cached_property
    def horizon(self) -> tuple[date, date] | None:
        try:
            row = self._kept.row("select at, earliest, latest, seal from horizon")
        except DAMAGE:
            return self._whole.horizon
        return (date.fromisoformat(row[1]), date.fromisoformat(row[2])) if row is not None else None

    @cached_property
    def names(self) -> NameIndex:
        table = SpellingTable(self._kept, self._names_of)
        return NameIndex(cast(NameTable, Instead(table, lambda: self._whole.names.table)), self.offices_of)

    @cached_property
    def words(self) -> WordTable:
        from xjfacts.corpus.matches import KeptWords  # only a search needs them

        return cast("WordTable", Instead(KeptWords(self._kept, self._facts_of_numbers), lambda: self._whole.words))

    @cached_property
    def groups(self) -> Mapping[int, tuple[int, ...]]:
        try:
            row = self._kept.known_row("select at, groups, seal from together where at = ?", 0)
            groups = decode(row[1], type=list[tuple[int, ...]])
        except DAMAGE:
            return self._whole.groups
        return {number: group for group in groups for number in group}

    def labelled(self, field: str, values: Iterable[str]) -> set[int]:
        try:
            wanted = set(values)
            rows = list(self._kept.rows_in(_LABEL, wanted, field))
            if len(rows) < len(wanted):
                self._kept.look_through()
            return {number for row in rows for number in from_numbers(row[2])}
        except DAMAGE:
            return self._whole.labelled(field, values)

    def numbers_with(self, entity: str, kind: str, roles: Collection[str]) -> set[int]:
        try:
            uses = [USES.index((kind, role)) for role in roles]
            return {number for part in self.with_parts(entity) for use in uses for number in self._used(part, use)}
        except DAMAGE:
            return self._whole.numbers_with(entity, kind, roles)

    def timeline(self, kind: str) -> Timeline:
        from xjfacts.corpus.timeline import Timeline  # only some questions need it

        try:
            row = self._kept.known_row("select kind, facts, first, last, seal from timeline where kind = ?", kind)
        except DAMAGE:
            return self._whole.timeline(kind)
        return Timeline(*map(from_numbers, row[1:]))

    def fact_at(self, number: int) -> str:
        try:
            return self._fact(number)[0]
        except DAMAGE:
            return self._whole.fact_at(number)

    def facts_at(self, numbers: Sequence[int]) -> list[str]:
        try:
            ids = self._ids_at(numbers)
            self._bring_around(ids)
            return ids
        except DAMAGE:
            return self._whole.facts_at(numbers)

    def printed_at(self, numbers: Sequence[int]) -> list[str]:
        try:
            ids = self._ids_at(numbers)
            self._bring_documents(ids)
            return ids
        except DAMAGE:
            return self._whole.printed_at(numbers)

    def expect(self, facts: Sequence[str]) -> None:
        try:
            self._bring_around(facts)
        except DAMAGE:
            return  # whoever asks for what is damaged finds out

    def document_at(self, number: int) -> str:
        try:
            row = self._kept.known_row(_DOCUMENT.replace("where id", "where at").format("= ?"), number)
        except DAMAGE:
            return self._whole.document_at(number)
        return str(row[1])

    def is_spoken_of(self, entity: str) -> bool:
        try:
            return bool(self._hanging(entity)[1])
        except DAMAGE:
            return self._whole.is_spoken_of(entity)

    def documents_about(self, entity: str) -> list[str]:
        try:
            numbers = {number for use in self._hanging(entity)[1] for number in self._used(entity, use)}
            firsts, documents = self._first_facts
        except DAMAGE:
            return self._whole.documents_about(entity)
        return [*dict.fromkeys(documents[bisect_right(firsts, number) - 1] for number in sorted(numbers))]

    def is_used(self, entity: str, kind: str, roles: Collection[str]) -> bool:
        try:
            uses = map(USES.__getitem__, self._hanging(entity)[1])
            return any(role in roles and kind in ("", of_kind) for of_kind, role in uses)
        except DAMAGE:
            return self._whole.is_used(entity, kind, roles)

    def facts_as(self, entity: str, kind: str, role: str) -> Sequence[str]:
        try:
            return self._ids_at(self._used(entity, USES.index((kind, role))))
        except DAMAGE:
            return self._whole.facts_as(entity, kind, role)

    def rows_of(self, table: str) -> Iterator[Row]:
        """Yield the rows of a table as they are kept, without their seals."""
        given = 0
        try:
            self._kept.look_through()
            for row in self._kept.rows(f"select * from {table} order by 1, 2"):  # noqa: S608, our own names
                yield row
                given += 1
        except DAMAGE:
            yield from islice(dict(tables_of(self._whole))[table], given, None)

    def _rows(self, name: str, keys: Callable[[], Iterable[str]], find: Callable[[str], Value]) -> Rows[Value]:
        return Rows(keys, find, lambda: getattr(self._whole, name))

    def _those_in(self, name: str, keys: Callable[[], Iterable[str]]) -> Callable[[], Iterable[str]]:
        return lambda: (key for key in keys() if key in getattr(self, name))

    @cached_property
    def _whole(self) -> Corpus:
        """The corpus, read again. Raises UnreadableFacts where it is no longer the one that was kept."""
        corpus = self._reread()
        if corpus.stamp != self.stamp:
            raise UnreadableFacts("the facts were changed while they were read; ask again")
        return corpus

    @cached_property
    def _first_facts(self) -> tuple[list[int], list[str]]:
        """The numbers of the first facts of all documents that have any, and these documents."""
        rows = list(self._numbered("select at, id, record, first, keys, seal from document order by at"))
        if len(rows) != self.stamp.documents:
            raise Damaged
        found = [(first, key) for _, key, _, first, keys in rows if decode(keys)]
        return [first for first, _ in found], [document for _, document in found]

    # Rows; an id that nothing has is a KeyError

    def _entity(self, key: str) -> tuple[int, bytes, bytes]:
        """Return the number of an entity, its record, and what hangs on it."""
        at, _, record, hanging = self._entity_rows[_id(key)]
        return at, record, hanging

    def _find_document(self, key: str) -> tuple[int, bytes, dict[str, int]]:
        """Return the number of a document, its record, and its facts with their numbers."""
        at, _, record, first, keys = self._document_rows[_id(key)]
        return at, record, {f"{key}/{one}": number for number, one in enumerate(decode(keys), first)}

    def _find_used(self, entity: str, use: int) -> Sequence[int]:
        """Return the numbers of the facts that speak of an entity in one use."""
        count = self._hanging(entity)[1].get(use, 0)
        if not count:
            return ()
        row = self._kept.known_row(
            "select entity, use, facts, seal from use where entity = ? and use = ?", self._entity(entity)[0], use
        )
        return from_numbers(row[2])

    def _fact(self, at: int) -> tuple[str, bytes, bytes]:
        """Return the id of a fact, its record, and what stands beside it.

        Who asks for one after the other goes through them all; then the next ones come along.
        """
        if at not in self._fact_rows:
            ahead = TOGETHER if at and at == self._last + 1 else 1
            self._fact_rows.bring(range(at, min(at + ahead, self.stamp.facts)))
        self._last = at
        _, key, record, beside = self._fact_rows.known(at)
        return key, record, beside

    # What is made of them

    def _ids_at(self, numbers: Sequence[int]) -> list[str]:
        """Return the ids of facts by their numbers."""
        ids: list[str] = []
        for start in range(0, len(numbers), TOGETHER):
            some = numbers[start : start + TOGETHER]
            self._fact_rows.bring(some)
            ids += [self._fact_rows.known(at)[1] for at in some]
        return ids

    def _bring_around(self, facts: Sequence[str]) -> None:
        """Fetch what facts are told with: their documents, those of what stands beside them, and whom they name."""
        if not 1 < len(facts) <= TOGETHER:
            return
        self._bring_documents(facts)
        told = {one for fact in facts for ids in self._relations(fact) for one in ids}.union(facts)
        self._bring_documents(told)
        self._fact_rows.bring(sorted(map(self._number, told)))
        self._entity_rows.bring(sorted({one for fact in told for one in self.facts[fact].entities}))

    def _bring_documents(self, facts: Iterable[str]) -> None:
        self._document_rows.bring(sorted({fact.partition("/")[0] for fact in facts}))

    def _number(self, fact: str) -> int:
        return self._document(fact.partition("/")[0])[2][fact]

    def _hanging(self, entity: str) -> tuple[list[str], dict[int, int], list[int]]:
        """Return the parts of an entity, how many facts speak of it in each use, and the numbers of its names."""
        return tuple(decode(self._entity(entity)[2], strict=False))

    def _facts_of_numbers(self, entities: Collection[int]) -> Iterator[int]:
        """Yield the numbers of the facts that speak of any of the entities, given by number, in any way."""
        for row in self._kept.rows_in("select entity, use, facts, seal from use where entity in ({})", entities):
            yield from from_numbers(row[2])

    def _uses_of(self, key: str) -> tuple[Use, ...]:
        counts = self._hanging(key)[1]
        if not counts:
            raise KeyError(key)
        rows = self._kept.rows_in(_USES, counts, self._entity(key)[0])
        lists = {row[1]: from_numbers(row[2]) for row in rows}
        uses = sorted((at, use) for use in counts for at in lists.get(use) or self._used(key, use))
        ids = self._ids_at([at for at, _ in uses])
        return tuple(Use(*USES[use], key) for (_, use), key in zip(uses, ids, strict=True))

    def _parts_of(self, key: str) -> tuple[str, ...]:
        parts = self._hanging(key)[0]
        if not parts:
            raise KeyError(key)
        self._entity_rows.bring(parts[:REMEMBERED])  # what hangs on them is asked for next
        return tuple(parts)

    def _names_of(self, key: str) -> Sequence[int]:
        try:
            return self._hanging(key)[2]
        except KeyError:
            return ()

    def _facts_of(self, document: str) -> tuple[str, ...]:
        return tuple(self._document(document)[2])

    def _find_relations(self, fact: str) -> list[list[str]]:
        """Return, of a fact, the ids of those that state the same, of those that contest it, and so on."""
        return list(decode(self._fact(self._number(fact))[2]))

    def _beside(self, fact: str, which: int) -> tuple[str, ...]:
        found = self._relations(fact)[which]
        if not found:
            raise KeyError(fact)
        return tuple(found)

    def _renamed(self, old: str) -> str:
        row = self._kept.row("select at, id, now, seal from former where id = ?", _id(old, IN_ID + "/"))
        if row is None:
            raise KeyError(old)
        return str(row[2])

    def _entity_ids(self) -> Iterator[str]:
        return self._ids("select at, id, record, hanging, seal from entity order by at")

    def _document_ids(self) -> Iterator[str]:
        return self._ids("select at, id, record, first, keys, seal from document order by at")

    def _former_ids(self) -> Iterator[str]:
        return self._ids("select at, id, now, seal from former order by at")

    def _ids(self, query: str) -> Iterator[str]:
        """Yield the ids of all rows."""
        return (row[1] for row in self._numbered(query))

    def _numbered(self, query: str) -> Iterator[Row]:
        """Yield all rows, which are numbered from 0 without a gap."""
        for at, row in enumerate(self._kept.rows(query)):
            if row[0] != at:
                raise Damaged
            yield row

    def _fact_ids(self) -> Iterator[str]:
        return (fact for document in self._document_ids() for fact in self._facts_of(document))


def tables_of(corpus: Corpus) -> Iterator[tuple[str, Iterable[Row]]]:
    """Yield the tables that a corpus has, or would have, where it is kept, each with its rows and without the seals."""
    from xjfacts.corpus.tables import TABLES, rows  # deferred: no answer needs it

    if isinstance(corpus, Snapshot):
        yield from ((table, corpus.rows_of(table)) for table in TABLES)
    else:
        yield from rows(corpus)


def _id(key: str, letters: str = IN_ID) -> str:
    """Return what can be an id. Raises KeyError for what nothing has, without a look."""
    if not key or key.strip(letters):
        raise KeyError(key)
    return key
