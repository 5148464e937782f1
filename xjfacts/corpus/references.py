"""References: whether the records of all files hold together, which can be judged only when all of them are in.

`resolve` applies what further tables add to entities, and reports every reference to nothing and every circle.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from itertools import pairwise

import msgspec

from xjfacts.corpus.convert import FACT_ID, ID, ID_RULE, Records
from xjfacts.corpus.model import (
    ENTITY_TABLES,
    RELATIONS,
    ROLES,
    Entity,
    Fact,
    Group,
)
from xjfacts.corpus.values import MOST_ITEMS
from xjfacts.corpus.wording import Source, find_problems
from xjfacts.errors import Problem


def resolve(records: Records) -> None:
    """Make the records refer to each other, and add to their problems whatever cannot be referred to."""
    _References(records).resolve()


class _References:
    """The walk over all records once they are in."""

    def __init__(self, records: Records) -> None:
        self.records = records
        self.entities, self.facts, self.sources = records.entities, records.facts, records.sources
        self._known: Collection[str] = self.entities.keys() | records.broken if records.broken else self.entities
        self._known_facts: Collection[str] = self.facts.keys() | records.broken if records.broken else self.facts
        self._wholes: dict[str, int] = {}  # of each entity, how many it is a part of, by whichever way
        self._overgrown = ""  # the first that is a part of too many
        self._added_wholes: dict[tuple[str, str], Source] = {}  # what a further table makes an entity a part of

    def resolve(self) -> None:
        """Apply the additions to entities, and report every reference to nothing."""
        for entity in self.entities.values():
            self._look_up(entity.part_of, self._known, entity.id, "part-of", "entity")
        for key, sources in self.records.additions.items():
            for source in sources:
                self._extend(key, source)
        for fact in self.facts.values():
            self._look_up_all(fact)
        found = len(self.records.problems)
        self._refuse_circles()
        if self._overgrown and len(self.records.problems) == found:
            text = (
                f"'part-of' makes it a part of more than {MOST_ITEMS} others, each of the next, the most that are read"
            )
            self.records.report(self.sources[self._overgrown].problem("bad-value", text, "part-of"))
        self._refuse_crowds()
        self._retire()

    def _look_up_all(self, fact: Fact) -> None:
        for role in ROLES[fact.kind]:
            if ids := getattr(fact, role):
                self._look_up(ids, self._known, fact.id, role.replace("_", "-"), "entity")
        for relation in RELATIONS:
            if others := getattr(fact, relation):
                self._look_up(others, self._known_facts, fact.id, relation, "fact")
                if fact.id in others:
                    text = f"'{relation}' names the fact itself"
                    self.records.report(self.sources[fact.id].problem("bad-value", text, relation))

    def _extend(self, key: str, source: Source) -> None:
        kind, table = source.path[0], source.table
        entity = self.entities.get(key)
        if entity is None:
            if key not in self.records.broken:
                guess = self.records.nearest(key, self.entities)
                text = f"'{key}' has no 'name', and no other table defines it{guess}"
                self.records.report(source.problem("missing-key", text))
            alone = {"name": "?", **table}
            wrong = find_problems(alone, ENTITY_TABLES[kind], source, self.records.nearest)
            self.records.report_all(wrong, source.file)
        elif entity.kind != kind:
            place = self.sources[key].place
            self.records.report(source.problem("double-id", f"'{key}' is [{entity.kind}.{key}] at {place}"))
        else:
            more = self.records.convert({"name": entity.name, **table}, ENTITY_TABLES[kind], key, source)
            if more is not None:
                self._merge(entity, more, source)

    def _merge(self, entity: Entity, more: Entity, source: Source) -> None:
        """Add what a second table says of an entity; report a size that is not the one it has."""
        self._look_up(more.part_of, self._known, source, "part-of", "entity")
        for whole in more.part_of:
            if whole not in entity.part_of:
                self._added_wholes.setdefault((entity.id, whole), source)
        if isinstance(entity, Group) and isinstance(more, Group) and more.size is not None:
            if entity.size not in (None, more.size):
                text = f"'size' is {more.size}, but {entity.size} at {self.sources[entity.id].place}"
                self.records.report(source.problem("bad-value", text, "size"))
            entity = msgspec.structs.replace(entity, size=more.size)
        self.entities[entity.id] = _merged(entity, more)

    def _retire(self) -> None:
        """Report every old id that is still or twice in use."""
        taken: dict[str, Source] = {}
        for key, entity in self.entities.items():
            for old in entity.formerly:
                self._take(taken, old, self.sources[key], ID)
        for key, fact in self.facts.items():
            for old in fact.formerly:
                self._take(taken, old, self.sources[key], FACT_ID)

    def _take(self, taken: dict[str, Source], old: str, source: Source, form: re.Pattern[str]) -> None:
        if not form.fullmatch(old):
            self.records.report(source.problem("bad-id", f"'{old}' cannot have been an id; {ID_RULE}", "formerly"))
            return
        known = self.sources.get(old) or taken.setdefault(old, source)
        if known != source:
            text = f"'formerly' has '{old}', which is in use at {known.place}"
            self.records.report(source.problem("double-id", text, "formerly"))

    def _look_up(self, ids: Iterable[str], known: Collection[str], place: str | Source, key: str, what: str) -> None:
        """Report those of some ids that nothing has; `place` is where they stand, or the id of what has them."""
        if any(one not in known for one in ids):
            source = self.sources[place] if isinstance(place, str) else place
            self.records.report_all(self._missing(ids, known, source, key, what), source.file)

    def _missing(
        self, ids: Iterable[str], known: Collection[str], source: Source, key: str, what: str
    ) -> Iterator[Problem]:
        for index, one in enumerate(ids):
            if one not in known:
                text = f"'{key}' refers to the {what} '{one}', which is not defined{self.records.nearest(one, known)}"
                yield source.problem(f"unknown-{what}", text, key, index)

    def _refuse_circles(self) -> None:
        """Report every `part-of` that leads back to where it came from, in one walk over all of them."""
        walked: set[str] = set()
        for start in self.entities:
            path = {} if start in walked else {start: iter(self.entities[start].part_of)}
            while path:
                here, wholes = next(reversed(path.items()))
                whole = next(wholes, None)
                if whole is None:
                    walked.add(here)
                    del path[here]
                    self._bound_wholes(here)
                elif whole in path:
                    self._refuse_circle(here, whole, path)
                elif whole in self.entities and whole not in walked:
                    path[whole] = iter(self.entities[whole].part_of)

    def _bound_wholes(self, part: str) -> None:
        """Note what something is a part of, all of which has been noted before, and whether that is too much."""
        wholes = sum(1 + self._wholes.get(whole, 0) for whole in self.entities[part].part_of)
        if wholes > MOST_ITEMS:
            self._overgrown = self._overgrown or part
        self._wholes[part] = min(wholes, MOST_ITEMS)

    def _refuse_crowds(self) -> None:
        """Report every fact by which more state the same thing than anybody joins."""
        joined: dict[str, list[str]] = {}
        for key, fact in self.facts.items():
            for other in fact.corroborates:
                one, two = joined.setdefault(key, [key]), joined.setdefault(other, [other])
                if one is not two:
                    one, two = (one, two) if len(one) > len(two) else (two, one)
                    one += two
                    joined.update(dict.fromkeys(two, one))
                    if len(one) > MOST_ITEMS:
                        text = f"'corroborates' joins more than {MOST_ITEMS} facts as one, the most that are read"
                        self.records.report(self.sources[key].problem("bad-value", text, "corroborates"))
                        return

    def _refuse_circle(self, part: str, whole: str, path: Collection[str]) -> None:
        """Blame a circle on the table that closes it, or on one that adds to an entity and has a share in it."""
        text = f"'part-of' makes '{whole}' a part of itself"
        circle = [*path][[*path].index(whole) :] if self._added_wholes else []
        for one, its_whole in pairwise([*circle, whole]):
            source = self._added_wholes.get((one, its_whole))
            if source is not None:
                text = f"{text}, together with {self.sources[its_whole].place}"
                self.records.report(source.problem("bad-value", text, "part-of"))
                return
        self.records.report(self.sources[part].problem("bad-value", text, "part-of"))


def _merged(entity: Entity, more: Entity) -> Entity:
    """Return the entity with the names, wholes and old ids of a second table added, and a code that it lacked."""
    together = {
        field: type(getattr(entity, field))(dict.fromkeys((*getattr(entity, field), *getattr(more, field))))
        for field in ("names", "search", "weak", "part_of", "formerly")
    }
    return msgspec.structs.replace(entity, code=entity.code or more.code, **together)
