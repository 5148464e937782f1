"""What speaks against a fact: other facts that say so, facts with which it cannot be true, and denials in general.

    disputes, rebuts        say so; `disputes` is mutual
    imposed 2021, and not-imposed as of 2023        of one pair, and nothing lifted it: both cannot be
    born 1961-01, and born 1961-12                  of one person
    denies, about the camps                         answers who alleges something about them, contests nothing

A fact that says so was judged by a curator. The others follow from dates alone, and only where no day is left on which
both could be true.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import combinations
from typing import Any

from xjfacts.corpus.liftings import Together, Wholes, acts_for, endings
from xjfacts.corpus.model import Claim, Document, Entity, Fact, Identity, Sanction, Statement

MOST = 50  # denials in general of one topic that answer: `said --act denies --about` has them all

Pairs = Iterable[tuple[str, str]]  # a fact, and what speaks against it


def disputes(facts: Iterable[Fact]) -> Iterator[tuple[str, str]]:
    """Yield what facts say of each other: both sides of a dispute, and of a rebuttal what is rebutted."""
    for fact in facts:
        for other in fact.disputes:
            yield from ((other, fact.id), (fact.id, other))
        for other in fact.rebuts:
            yield other, fact.id


def contradictions(
    facts: Iterable[Fact], documents: Mapping[str, Document], together: Together, wholes: Wholes
) -> Iterator[tuple[str, str]]:
    """Yield, both ways, the sanctions of a pair and the birth dates of a person that cannot both be true."""
    sanctions: dict[str, list[Sanction]] = {}
    identities: dict[str, list[Identity]] = {}
    for fact in facts:
        if isinstance(fact, Sanction):
            for target in fact.target:
                sanctions.setdefault(target, []).append(fact)
        elif isinstance(fact, Identity) and fact.born is not None:
            for person in fact.of:
                identities.setdefault(person, []).append(fact)
    found = [pair for group in identities.values() for pair in combinations(group, 2) if _are_two_births(*pair)]
    for group in sanctions.values():
        if any(fact.status == "not-imposed" for fact in group):
            found += _sanctions_apart(group, documents, together, wholes)
    for one, other in found:
        yield from ((one.id, other.id), (other.id, one.id))


def _are_two_births(one: Identity, other: Identity) -> bool:
    if one.born is None or other.born is None:
        return False
    (first, last), (its_first, its_last) = one.born.possible, other.born.possible
    return first > its_last or its_first > last


def _sanctions_apart(
    group: list[Sanction], documents: Mapping[str, Document], together: Together, wholes: Wholes
) -> Iterator[tuple[Any, Any]]:
    """Yield the imposings on a target with the refusals, of the same power, that come when it surely was imposed."""
    ended = endings(group, together, wholes)
    for imposed in (fact for fact in group if fact.status == "imposed"):
        last = documents[imposed.document].published.possible[1]
        if imposed.when is not None:
            last = min(last, imposed.when.possible[1])
        for refusal in (fact for fact in group if fact.status == "not-imposed" and fact.as_of is not None):
            is_later = refusal.as_of is not None and last <= refusal.as_of.possible[0]
            if is_later and acts_for(imposed, refusal.by, wholes) and not ended.get(imposed.id):
                yield imposed, refusal


def general_denials(
    facts: Iterable[Fact], entities: Mapping[str, Entity], against: Mapping[str, tuple[str, ...]]
) -> Iterator[tuple[str, str]]:
    """Yield the allegations, each with the denials of others about a topic of it that are not `against` it."""
    known = tuple(facts)
    denials: dict[str, list[Statement]] = {}
    for fact in known:
        if isinstance(fact, Statement) and fact.act == "denies":
            for topic in _topics(fact, entities):
                if len(denials.setdefault(topic, [])) < MOST:
                    denials[topic].append(fact)
    if not denials:
        return
    for fact in known:
        if is_allegation(fact):
            who = getattr(fact, "speaker", ())
            for denial in (one for topic in _topics(fact, entities) for one in denials.get(topic, ())):
                if set(denial.speaker).isdisjoint(who) and denial.id not in against.get(fact.id, ()):
                    yield fact.id, denial.id


def is_allegation(fact: Fact) -> bool:
    """Tell whether a fact is that somebody accuses somebody."""
    return fact.act == "alleges" if isinstance(fact, Statement) else isinstance(fact, Claim) and fact.alleged


def _topics(fact: Fact, entities: Mapping[str, Entity]) -> Iterator[str]:
    return (one for one in fact.about if entities[one].kind == "topic")


def gathered(*pairs: Pairs) -> dict[str, tuple[str, ...]]:
    """Return for every fact the ids of what speaks against it, sorted."""
    found: dict[str, set[str]] = {}
    for some in pairs:
        for fact, other in some:
            found.setdefault(fact, set()).add(other)
    return {fact: tuple(sorted(others)) for fact, others in found.items()}
