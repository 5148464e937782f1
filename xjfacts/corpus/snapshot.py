"""A corpus as bytes, and back, one record at a time: what the `cache` keeps between runs.

    load(folders, Cache(...))       the corpus of the folders, read or restored: the same answers, the same problems

A restored corpus has decoded nothing but the places of its blocks, which are MessagePack. There is a block for each
entity (its record, its parts, the facts that speak of it), for each document (its record, its facts, and what they
stand together with or against), for the ids of the facts of each kind, and for the index of names. So a question costs
what its answer holds, however many facts there are.

Records are put together from plain values here and not by msgspec, which would evaluate every annotation of the model
first: that takes longer than the rest of an answer. Nothing has to be validated, since only a corpus without problems
is kept, and its blocks have checksums.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from functools import cached_property
from typing import Any, TypeVar
from zlib import crc32

from msgspec import MsgspecError, Raw
from msgspec.msgpack import Decoder, decode, encode

from xjfacts.corpus.cache import Cache, Damaged, Kept
from xjfacts.corpus.index import Corpus, Stamp, Use, names_of
from xjfacts.corpus.model import (
    ENTITY_TABLES,
    FACT_TABLES,
    RELATIONS,
    ROLES,
    Cite,
    Document,
    Record,
)
from xjfacts.corpus.values import EntityIds, FactIds, OneOrMore, encode_hook
from xjfacts.dates import Edtf
from xjfacts.errors import UnreadableFacts
from xjfacts.files import Progress, in_silence
from xjfacts.names.lookup import NameIndex
from xjfacts.names.table import MemoryTable

Value = TypeVar("Value")

DAMAGE = (Damaged, MsgspecError)

Ids = tuple[str, ...]
EntityBlock = tuple[Raw, Ids, Raw]
DocumentBlock = tuple[Raw, dict[str, Raw], dict[str, Ids], dict[str, Ids]]

# A use of an entity is kept as the number of its kind and role, and the id of the fact.
_USES = tuple((kind, role) for kind, roles in ROLES.items() for role in roles)

_RECORDS: dict[str, type[Record]] = {"document": Document, **ENTITY_TABLES, **FACT_TABLES}
_TYPES: dict[str, Callable[[Any], Any]] = {
    **dict.fromkeys(("date", "as_of", "since", "until", "published", "born"), Edtf),
    **dict.fromkeys(("origin", "also_called"), OneOrMore),
    **dict.fromkeys(("part_of", *(role for roles in ROLES.values() for role in roles)), EntityIds),
    **dict.fromkeys(RELATIONS, FactIds),
    "formerly": FactIds,
    "cite": lambda proofs: tuple(Cite(**proof | {"quote": OneOrMore(proof["quote"])}) for proof in proofs),
    "body": lambda ranges: tuple(map(tuple, ranges)),
}


def load(folders: Sequence[str], cache: Cache, progress: Progress = in_silence) -> Corpus:
    """Return the corpus of the folders as it is kept, or else as `loader.load_corpus` reads it, and keep that.

    Raises what `load_corpus` does; a corpus that is not in order is never kept.
    """
    kept = cache.find(folders)
    if kept is not None:
        with suppress(*DAMAGE):
            return Snapshot(kept, lambda: _read_and_keep(folders, cache, in_silence))
    return _read_and_keep(folders, cache, progress)


def _read_and_keep(folders: Sequence[str], cache: Cache, progress: Progress) -> Corpus:
    from xjfacts.corpus.loader import load_corpus  # deferred: with tomli and hashlib it takes as long as a whole answer

    before = cache.take_manifest(folders)
    corpus = load_corpus(folders, progress=progress)
    if before is not None and before.is_settled and before == cache.take_manifest(folders):
        cache.keep(folders, before, corpus.stamp, *to_blocks(corpus, progress))
    return corpus


def to_blocks(corpus: Corpus, progress: Progress = in_silence) -> tuple[bytes, list[bytes]]:
    """Return an index and the blocks of the corpus."""
    blocks: list[bytes] = []
    at = 0

    def place(content: Any) -> tuple[int, int, int]:
        nonlocal at
        block = encode(content, enc_hook=encode_hook)
        blocks.append(block)
        at += len(block)
        return at - len(block), len(block), crc32(block)

    exact, words = MemoryTable(names_of(corpus.entities.values())).to_data()
    documents = progress("keeping", tuple(corpus.documents))
    index = {
        "names": place(exact),
        "words": place(words),
        "renamed": place(corpus.renamed),
        "kinds": {kind: place(facts) for kind, facts in corpus.facts_by_kind.items()},
        "entities": {key: place(_entity_block(corpus, key)) for key in corpus.entities},
        "documents": {key: place(_document_block(corpus, key)) for key in documents},
    }
    return encode(index), blocks


def _entity_block(corpus: Corpus, key: str) -> tuple[Any, ...]:
    uses = [(_USES.index(use[:2]), use.fact) for use in corpus.uses.get(key, ())]
    return _plain(corpus.entities[key]), corpus.parts.get(key, ()), uses


def _document_block(corpus: Corpus, key: str) -> tuple[Any, ...]:
    facts = corpus.facts_by_document[key]
    return (
        _plain(corpus.documents[key]),
        {fact: _plain(corpus.facts[fact]) for fact in facts},
        {fact: corpus.corroborations[fact] for fact in facts if fact in corpus.corroborations},
        {fact: corpus.contests[fact] for fact in facts if fact in corpus.contests},
    )


def _plain(record: Record) -> tuple[str, dict[str, Any]]:
    """Return the kind of a record and its fields, without those that have nothing in them."""
    fields = ((name, getattr(record, name)) for name in record.__struct_fields__)
    return record.kind, {name: value for name, value in fields if value is not None and value != ()}


def _record(block: Raw) -> Any:
    kind, fields = decode(block)
    return _RECORDS[kind](**{name: _typed(name, value) for name, value in fields.items()})


def _typed(name: str, value: Any) -> Any:
    if name in _TYPES:
        return _TYPES[name](value)
    return tuple(value) if isinstance(value, list) else value


class Decoded(Mapping[str, Value]):
    """A mapping whose values are decoded when they are asked for, and then remembered.

    `decoder` raises KeyError for what is not there, and one of DAMAGE where it cannot tell; then `instead` is asked,
    which is the same mapping of the corpus as read again.
    """

    def __init__(
        self,
        keys: Callable[[], Iterable[str]],
        decoder: Callable[[str], Value],
        instead: Callable[[], Mapping[str, Value]],
    ) -> None:
        self._keys = keys
        self._decoder = decoder
        self._instead = instead
        self._values: dict[str, Value] = {}

    def __getitem__(self, key: str) -> Value:
        if key not in self._values:
            try:
                self._values[key] = self._decoder(key)
            except DAMAGE:
                self._values[key] = self._instead()[key]
        return self._values[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._keys())

    def __len__(self) -> int:
        return sum(1 for _ in self)


class Snapshot(Corpus):
    """A corpus that takes what it is asked for from a kept file. `reread` makes the same corpus from the fact files.

    Raises one of DAMAGE where the index of the file is damaged; a damaged block is made good by reading again.
    """

    def __init__(self, kept: Kept, reread: Callable[[], Corpus]) -> None:
        self.stamp = Stamp(*kept.stamp)
        self._kept = kept
        self._reread = reread
        self._places: dict[str, Any] = decode(kept.index)
        self._open_entities: dict[str, EntityBlock] = {}
        self._open_documents: dict[str, DocumentBlock] = {}
        self._decode_entity = Decoder(EntityBlock).decode
        self._decode_document = Decoder(DocumentBlock).decode

        entities, documents = self._places["entities"].keys, self._places["documents"].keys
        self.entities = self._decoded("entities", entities, lambda key: _record(self._entity(key)[0]))
        self.documents = self._decoded("documents", documents, lambda key: _record(self._document(key)[0]))
        self.facts = self._decoded("facts", self._fact_ids, lambda key: _record(self._document(_of(key))[1][key]))
        self.uses = self._decoded("uses", self._those_in("uses", entities), self._uses_of)
        self.parts = self._decoded("parts", self._those_in("parts", entities), self._parts_of)
        self.facts_by_document = self._decoded(
            "facts_by_document", documents, lambda key: tuple(self._document(key)[1])
        )
        self.facts_by_kind = self._decoded("facts_by_kind", lambda: ROLES, self._facts_of_kind)
        self.corroborations = self._decoded(
            "corroborations",
            self._those_in("corroborations", self._fact_ids),
            lambda key: self._document(_of(key))[2][key],
        )
        self.contests = self._decoded(
            "contests", self._those_in("contests", self._fact_ids), lambda key: self._document(_of(key))[3][key]
        )

    @cached_property
    def names(self) -> NameIndex:
        try:
            table = MemoryTable.from_data(decode(self._kept.block(*self._places["names"])), self._words)
            return NameIndex(table, self.offices_of)
        except DAMAGE:
            return self._whole.names

    def _words(self) -> dict[str, Any]:
        """Return the words of the names, which only a question that equals no name needs."""
        try:
            return dict(decode(self._kept.block(*self._places["words"])))
        except DAMAGE:
            return MemoryTable(names_of(self._whole.entities.values())).to_data()[1]

    @cached_property
    def renamed(self) -> Mapping[str, str]:
        try:
            return dict(decode(self._kept.block(*self._places["renamed"])))
        except DAMAGE:
            return self._whole.renamed

    def _decoded(self, name: str, keys: Callable[[], Iterable[str]], decoder: Callable[[str], Value]) -> Decoded[Value]:
        return Decoded(keys, decoder, lambda: getattr(self._whole, name))

    def _those_in(self, name: str, keys: Callable[[], Iterable[str]]) -> Callable[[], Iterable[str]]:
        return lambda: (key for key in keys() if key in getattr(self, name))

    @cached_property
    def _whole(self) -> Corpus:
        """The corpus, read again. Raises UnreadableFacts where it is no longer the one that was kept."""
        corpus = self._reread()
        if corpus.stamp != self.stamp:
            raise UnreadableFacts("the facts were changed while they were read; ask again")
        return corpus

    # Blocks; each is read and checked once

    def _entity(self, key: str) -> EntityBlock:
        """Return an entity's record, its parts, and the facts that speak of it."""
        if key not in self._open_entities:
            self._open_entities[key] = self._decode_entity(self._kept.block(*self._places["entities"][key]))
        return self._open_entities[key]

    def _document(self, key: str) -> DocumentBlock:
        """Return a document's record, its facts, and by fact what it stands together with and what contests it."""
        if key not in self._open_documents:
            self._open_documents[key] = self._decode_document(self._kept.block(*self._places["documents"][key]))
        return self._open_documents[key]

    def _uses_of(self, key: str) -> tuple[Use, ...]:
        uses = decode(self._entity(key)[2])
        if not uses:
            raise KeyError(key)
        return tuple(Use(*_USES[int(number)], fact) for number, fact in uses)

    def _parts_of(self, key: str) -> tuple[str, ...]:
        parts = self._entity(key)[1]
        if not parts:
            raise KeyError(key)
        return parts

    def _facts_of_kind(self, kind: str) -> tuple[str, ...]:
        return tuple(decode(self._kept.block(*self._places["kinds"][kind])))

    def _fact_ids(self) -> Iterator[str]:
        return (fact for facts in self.facts_by_document.values() for fact in facts)


def _of(fact: str) -> str:
    """Return the document of a fact."""
    return fact.partition("/")[0]
