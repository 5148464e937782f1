"""Everything in memory, with its indexes: entities, documents, facts, and how they hang together.

A `Corpus` answers the four questions that every query comes down to: which record has this id, which facts speak of
this entity (and in which role), which facts stand together or against each other, and what is a part of what. It is
built once, by `load`, from records whose references all exist; it never changes afterwards.

Relations are read in both directions. `corroborates` is an equivalence: the facts it joins, directly or through others,
are one answer with several citations. What speaks against a fact is gathered by `contests`.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

from msgspec import Struct

from xjfacts.corpus.model import ROLES, Document, Entity, Fact, Position
from xjfacts.corpus.together import Group
from xjfacts.names.folding import fold
from xjfacts.names.lookup import NameIndex
from xjfacts.names.table import Name

if TYPE_CHECKING:
    from array import array

    from xjfacts.corpus.fulltext import WordTable
    from xjfacts.corpus.timeline import Timeline


class Stamp(Struct, frozen=True, array_like=True):
    """What an answer stood on: the SHA-256 of all fact files, and how many documents and facts they hold."""

    sha256: str
    documents: int
    facts: int


class Use(Struct, frozen=True):
    """That a fact of some kind speaks of an entity, and as what: `target`, `speaker`, `about`, ..."""

    kind: str
    role: str
    fact: str


MOST_GROUPS = 4_096  # of facts that stand together, remembered with what they have in common

USES = tuple((kind, role) for kind, roles in ROLES.items() for role in roles)  # as what a fact can speak of an entity
_USE_NUMBERS = {use: number for number, use in enumerate(USES)}


class Cast(Collection[str]):
    """The entities that occur in some roles of one kind of fact, or (kind "") of any, and all that those are a part of.

    Each is looked up when it is asked for: a question has a few candidates, and a corpus thousands of entities.
    """

    def __init__(self, corpus: Corpus, kind: str, *roles: str) -> None:
        self._corpus = corpus
        self._kind = kind
        self._roles = roles

    def __contains__(self, entity: object) -> bool:
        parts = self._corpus.with_parts(str(entity))
        return any(self._corpus.is_used(part, self._kind, self._roles) for part in parts)

    def __iter__(self) -> Iterator[str]:
        return (entity for entity in self._corpus.entities if entity in self)

    def __len__(self) -> int:
        return sum(1 for _ in self)


class Corpus:
    """The records by id, and what is derived from them. All ids that records refer to exist."""

    def __init__(
        self, entities: Mapping[str, Entity], documents: Mapping[str, Document], facts: Mapping[str, Fact], sha256: str
    ) -> None:
        self.entities = entities
        self.documents = documents
        self.facts = facts
        self.stamp = Stamp(sha256, len(documents), len(facts))

    def in_memory(self) -> Corpus:
        """Return the same corpus with all of its records in memory, for whoever goes through them many times."""
        return self

    @cached_property
    def horizon(self) -> tuple[date, date] | None:
        """The first and the last day on which a document can have been published; none without documents."""
        printed = [document.published for document in self.documents.values()]
        return (min(one.earliest for one in printed), max(one.latest for one in printed)) if printed else None

    @cached_property
    def names(self) -> NameIndex:
        """All names of all entities, for look-up."""
        return NameIndex(names_of(self.entities.values()), self.offices_of)

    @cached_property
    def uses(self) -> Mapping[str, tuple[Use, ...]]:
        """For every entity that facts speak of, those facts and its role in each, in the order of the facts."""
        found = {
            entity: sorted((at, use) for use, facts in lists.items() for at in facts)
            for entity, lists in self.used.items()
        }
        return {entity: tuple(Use(*USES[use], self.fact_at(at)) for at, use in uses) for entity, uses in found.items()}

    @cached_property
    def used(self) -> Mapping[str, Mapping[int, Sequence[int]]]:
        """For every entity that facts speak of, as what they do, by its place in USES, and the numbers of the facts."""
        from array import array  # what is kept between runs has this derived already

        used: dict[str, dict[int, array[int]]] = {}
        uses = {kind: [(role, _USE_NUMBERS[kind, role]) for role in roles] for kind, roles in ROLES.items()}
        for number, fact in enumerate(self.facts.values()):
            for role, use in uses[fact.kind]:
                for entity in getattr(fact, role):
                    its = used.setdefault(entity, {})
                    if use not in its:
                        its[use] = array("I")
                    its[use].append(number)
        return used

    @cached_property
    def parts(self) -> Mapping[str, tuple[str, ...]]:
        """For every entity that others are `part-of`, those others."""
        parts: dict[str, list[str]] = {}
        for entity in self.entities.values():
            for whole in entity.part_of:
                parts.setdefault(whole, []).append(entity.id)
        return {whole: tuple(found) for whole, found in parts.items()}

    @cached_property
    def renamed(self) -> Mapping[str, str]:
        """For every id that an entity or a fact had before, the id that it has now."""
        entities = {old: entity.id for entity in self.entities.values() for old in entity.formerly}
        return entities | {old: fact.id for fact in self.facts.values() for old in fact.formerly}

    @cached_property
    def facts_by_document(self) -> Mapping[str, tuple[str, ...]]:
        """For every document, the ids of its facts in the order of the file."""
        found: dict[str, list[str]] = {document: [] for document in self.documents}
        for fact in self.facts:
            found[fact.partition("/")[0]].append(fact)
        return {document: tuple(facts) for document, facts in found.items()}

    @cached_property
    def corroborations(self) -> Mapping[str, tuple[str, ...]]:
        """For every fact that others corroborate, all facts that stand together with it and itself, sorted by id."""
        return _groups((fact.id, other) for fact in self.facts.values() for other in fact.corroborates)

    @cached_property
    def disputes(self) -> Mapping[str, tuple[str, ...]]:
        """For every fact that others say to contradict, the ids of those, sorted."""
        from xjfacts.corpus import contests  # what is kept between runs has this derived already

        return contests.gathered(contests.disputes(self.facts.values()))

    @cached_property
    def contests(self) -> Mapping[str, tuple[str, ...]]:
        """For every contested fact, the ids of the facts that dispute or rebut it or cannot be true with it, sorted."""
        from xjfacts.corpus import contests

        apart = contests.contradictions(self.facts.values(), self.documents, self.standing_together, self.with_wholes)
        return contests.gathered(contests.disputes(self.facts.values()), apart)

    @cached_property
    def answered(self) -> Mapping[str, tuple[str, ...]]:
        """For every allegation, the ids of the denials in general that answer it and contest nothing, sorted."""
        from xjfacts.corpus import contests

        return contests.gathered(contests.general_denials(self.facts.values(), self.entities, self.contests))

    @cached_property
    def lifted(self) -> Mapping[str, tuple[str, ...]]:
        """For every sanction that was lifted, for all of its targets or some, the ids of the liftings, sorted."""
        from xjfacts.corpus import contests, liftings

        return contests.gathered(liftings.liftings(self.facts.values(), self.standing_together, self.with_wholes))

    def with_parts(self, entity: str) -> tuple[str, ...]:
        """Return the entity and, transitively, all that is part of it; itself first."""
        return tuple(reachable([entity], lambda whole: self.parts.get(whole, ())))

    def with_wholes(self, entity: str) -> tuple[str, ...]:
        """Return the entity and, transitively, all that it is a part of; itself first."""
        return tuple(reachable([entity], lambda part: self.entities[part].part_of))

    def roles_of(self, entity: str) -> Mapping[str, set[str]]:
        """Return, by fact id, the roles that the entity or a part of it has in that fact."""
        found: dict[str, set[str]] = {}
        for part in self.with_parts(entity):
            for use in self.uses.get(part, ()):
                found.setdefault(use.fact, set()).add(use.role)
        return found

    def offices_of(self, entity: str) -> set[str]:
        """Return the words, folded, of the offices that somebody has held and of the bodies where he held them."""
        held = (self.facts[fact] for fact in self.facts_as(entity, "position", "holder"))
        offices = (fact for fact in held if isinstance(fact, Position))
        texts = (text for fact in offices for text in (fact.title, *(self.entities[body].name for body in fact.of)))
        return {word for text in texts for word in fold(text).split()}

    def is_spoken_of(self, entity: str) -> bool:
        """Tell whether a fact speaks of the entity itself."""
        return entity in self.used

    def documents_about(self, entity: str) -> list[str]:
        """Return the documents of the facts that speak of the entity itself, in the order of the files."""
        numbers = {number for facts in self.used.get(entity, {}).values() for number in facts}
        return [*dict.fromkeys(self.fact_at(number).partition("/")[0] for number in sorted(numbers))]

    def is_used(self, entity: str, kind: str, roles: Collection[str]) -> bool:
        """Tell whether a fact of some kind, or (kind "") of any, speaks of the entity itself in one of the roles."""
        uses = map(USES.__getitem__, self.used.get(entity, ()))
        return any(role in roles and kind in ("", of_kind) for of_kind, role in uses)

    def facts_as(self, entity: str, kind: str, role: str) -> Sequence[str]:
        """Return the ids of the facts of some kind that speak of the entity itself in a role."""
        return self.facts_at(self.used.get(entity, {}).get(_USE_NUMBERS[kind, role], ()))

    # Facts by number: their place in the order of the files, by which long lists are cheap to compare

    @cached_property
    def _in_order(self) -> tuple[str, ...]:
        return tuple(self.facts)

    def facts_at(self, numbers: Sequence[int]) -> list[str]:
        """Return the ids of the facts with some numbers; where they are kept elsewhere, they come together."""
        return [*map(self.fact_at, numbers)]

    def printed_at(self, numbers: Sequence[int]) -> list[str]:
        """Return what `facts_at` does, for whoever asks for no more of the facts than their documents."""
        return self.facts_at(numbers)

    def expect(self, facts: Sequence[str]) -> None:
        """Hear which facts are asked for next; where they are kept elsewhere, they come together."""

    @cached_property
    def numbers(self) -> Mapping[str, int]:
        """The numbers of the facts, by id."""
        return {fact: number for number, fact in enumerate(self.facts)}

    def fact_at(self, number: int) -> str:
        """Return the id of the fact with a number."""
        return self._in_order[number]

    def document_at(self, number: int) -> str:
        """Return the id of the document with a number."""
        return tuple(self.documents)[number]

    @cached_property
    def by_label(self) -> Mapping[tuple[str, str], Sequence[int]]:
        """The facts by the fields and values of `labels`, in the order of the files."""
        from array import array  # only some questions need them

        from xjfacts.corpus.labels import labels_of

        found: dict[tuple[str, str], array[int]] = {}
        for number, fact in enumerate(self.facts.values()):
            for label in labels_of(fact):
                if label not in found:
                    found[label] = array("I")
                found[label].append(number)
        return found

    def facts_of_kind(self, kind: str) -> Iterator[str]:
        """Yield the ids of the facts of a kind, in the order of the files."""
        return map(self.fact_at, sorted(self.labelled("kind", [kind])))

    def labelled(self, field: str, values: Iterable[str]) -> set[int]:
        """Return the facts that have one of some values in a field of `labels`."""
        return {number for value in values for number in self.by_label.get((field, value), ())}

    def numbers_with(self, entity: str, kind: str, roles: Collection[str]) -> set[int]:
        """Return the facts of a kind that speak of the entity, or of a part of it, in one of the roles."""
        uses = [_USE_NUMBERS[kind, role] for role in roles]
        lists = (self.used.get(part, {}) for part in self.with_parts(entity))
        return {number for its in lists for use in uses for number in its.get(use, ())}

    def timeline(self, kind: str) -> Timeline:
        """Return the facts of a kind in order of time."""
        from xjfacts.corpus.timeline import timeline_of  # as above

        return timeline_of(self, ((self.numbers[key], key) for key in self.facts_of_kind(kind)))

    @cached_property
    def groups(self) -> Mapping[int, tuple[int, ...]]:
        """For the number of every fact that stands together with others, the numbers of all of these and its own."""
        groups = {group: tuple(sorted(map(self.numbers.__getitem__, group))) for group in self.corroborations.values()}
        return {number: group for group in groups.values() for number in group}

    @cached_property
    def words(self) -> WordTable:
        """All words of all facts, for search."""
        from xjfacts.corpus.fulltext import MemoryWords  # only a search needs it

        return MemoryWords(self.entities, self.documents, self.facts)

    def told_once(self) -> Iterator[list[Fact]]:
        """Yield the facts in groups that state the same thing, that of the earliest document first."""
        for key in self.facts:
            if key == self.standing_together(key)[0]:
                yield [self.facts[one] for one in self.group_of(key).facts]

    def standing_together(self, fact: str) -> tuple[str, ...]:
        """Return the ids of the facts that state the same thing, this one included, sorted."""
        return self.corroborations.get(fact, (fact,))

    def group_of(self, fact: str) -> Group:
        """Return the facts that state the same thing, this one included, with what they have in common."""
        ids = self.standing_together(fact)
        return self._group(ids) if len(ids) > 1 else Group(self, ids)

    @cached_property
    def _group(self) -> Callable[[tuple[str, ...]], Group]:
        return lru_cache(MOST_GROUPS)(lambda ids: Group(self, ids))

    def entities_as(self, kind: str, *roles: str) -> Collection[str]:
        """Return the entities in some roles of a kind of fact, or (kind "") of any, and all that those are part of."""
        return Cast(self, kind, *roles)


def names_of(entities: Iterable[Entity]) -> Iterator[Name]:
    """Yield every name that an entity can be found by."""
    for entity in entities:
        is_person, is_topic = entity.kind == "person", entity.kind == "topic"
        for text in dict.fromkeys((entity.name, *entity.names, *entity.search)):
            yield Name(text, entity.id, weak=False, person=is_person, topic=is_topic)
        for text in entity.weak:
            yield Name(text, entity.id, weak=True, person=is_person, topic=is_topic)


def reachable(starts: Iterable[str], step: Callable[[str], Iterable[str]]) -> dict[str, None]:
    """Return, once each, the starts and all that they lead to in any number of steps."""
    found = dict.fromkeys(starts)
    waiting = list(found)
    while waiting:
        new = [one for one in dict.fromkeys(step(waiting.pop())) if one not in found]
        found.update(dict.fromkeys(new))
        waiting += new
    return found


def _groups(pairs: Iterable[tuple[str, str]]) -> dict[str, tuple[str, ...]]:
    """Return, for every member of a pair, all that it is connected to (the classes of the equivalence)."""
    neighbours: dict[str, list[str]] = {}
    for one, other in pairs:
        neighbours.setdefault(one, []).append(other)
        neighbours.setdefault(other, []).append(one)
    groups: dict[str, tuple[str, ...]] = {}
    for member in neighbours:
        if member not in groups:
            group = tuple(sorted(reachable([member], neighbours.__getitem__)))
            groups.update(dict.fromkeys(group, group))
    return groups
