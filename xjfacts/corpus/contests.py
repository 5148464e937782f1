"""What speaks against a fact: other facts that say so, facts with which it cannot be true, and denials in general.

    disputes, rebuts        say so; `disputes` is mutual
    imposed 2021, and not-imposed as of 2023        of one pair, and nothing lifted it: both cannot be
    born 1961-01, and born 1961-12                  of one person
    denies, about the camps                         answers who alleges something about them, contests nothing

A fact that says so was judged by a curator. The others follow from dates alone, and only where no day is left on which
both could be true.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import islice

from xjfacts.corpus.liftings import Together, Wholes, endings
from xjfacts.corpus.model import Document, Entity, Fact, Identity, Sanction, Statement
from xjfacts.dates import ANY_TIME

MOST = 50  # of what speaks against one fact without saying so: `said --act denies --about` has all denials
MOST_BIRTHS = 200  # different dates of birth of one person that are compared with every one
MOST_APART = 10  # of them that are told of one

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
    for group in identities.values():
        yield from _births_apart(group)
    for targeted in sanctions.values():
        if any(fact.status == "not-imposed" for fact in targeted):
            yield from _sanctions_apart(targeted, documents, together, wholes)


def _births_apart(group: Sequence[Identity]) -> Iterator[tuple[str, str]]:
    """Yield the descriptions of one person whose births have no day in common, each with MOST_APART others at most."""
    alike: dict[tuple[date, date], list[str]] = {}
    for fact in group:
        if fact.born is not None:
            alike.setdefault(fact.born.possible, []).append(fact.id)
    for (first, last), facts in alike.items():
        others: list[str] = []
        for (its_first, its_last), some in islice(alike.items(), MOST_BIRTHS):
            if first > its_last or its_first > last:
                others += some
            if len(others) >= MOST_APART:
                break
        yield from ((fact, other) for fact in facts for other in others[:MOST_APART])


def _sanctions_apart(
    group: list[Sanction], documents: Mapping[str, Document], together: Together, wholes: Wholes
) -> Iterator[tuple[str, str]]:
    """Yield, both ways, imposings on a target and refusals, of the same power, that come when it surely was imposed.

    Each has no more than MOST others, the latest refusals first.
    """
    ended = endings(group, together, wholes)
    refusals: dict[str, list[Sanction]] = {}
    late = (fact for fact in group if fact.status == "not-imposed" and fact.as_of is not None)
    for refusal in sorted(late, key=lambda fact: (_first_day(fact), fact.id), reverse=True):
        for power in refusal.by:
            refusals.setdefault(power, []).append(refusal)
    for imposed in (fact for fact in group if fact.status == "imposed" and not ended.get(fact.id)):
        last = documents[imposed.document].published.possible[1]
        if imposed.when is not None:
            last = min(last, imposed.when.possible[1])
        for power in {whole for one in imposed.by for whole in wholes(one)}:
            for refusal in islice(refusals.get(power, ()), MOST):
                if _first_day(refusal) < last:
                    break
                yield imposed.id, refusal.id
                yield refusal.id, imposed.id


def _first_day(refusal: Sanction) -> date:
    return ANY_TIME[0] if refusal.as_of is None else refusal.as_of.possible[0]


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
        if fact.is_allegation:
            who = getattr(fact, "speaker", ())
            for denial in (one for topic in _topics(fact, entities) for one in denials.get(topic, ())):
                if set(denial.speaker).isdisjoint(who) and denial.id not in against.get(fact.id, ()):
                    yield fact.id, denial.id


def _topics(fact: Fact, entities: Mapping[str, Entity]) -> Iterator[str]:
    return (one for one in fact.about if entities[one].kind == "topic")


def gathered(*pairs: Pairs) -> dict[str, tuple[str, ...]]:
    """Return for every fact the ids of what speaks against it, sorted."""
    found: dict[str, set[str]] = {}
    for some in pairs:
        for fact, other in some:
            found.setdefault(fact, set()).add(other)
    return {fact: tuple(sorted(others)) for fact, others in found.items()}
