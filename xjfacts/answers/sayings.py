"""Whose word something is: what somebody says, in statements and in whatever else is told on somebody's word."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import NamedTuple

from xjfacts.answers.records import Asked
from xjfacts.answers.selection import SAYING, Range, merged, within
from xjfacts.corpus.index import Corpus
from xjfacts.corpus.model import ROLES, Fact, Statement


class Sayings(NamedTuple):
    """The facts to show, and how many of each kind are left out since they are no statements."""

    shown: list[Fact]
    hidden: dict[str, int]


def choose_sayings(
    corpus: Corpus, by: Asked | None, to: Asked | None, about: Asked | None, *, acts: Collection[str], days: Range
) -> Sayings:
    """Return what is said by somebody (or, if nobody is named, by anybody) about something, within the days.

    Only statements are said to somebody, and have an act: asked for either, the others are counted.
    """
    speaking = None if by is None else corpus.roles_of(str(by.id))
    topics = None if about is None else corpus.roles_of(str(about.id))
    facts = corpus.facts.values() if speaking is None else [corpus.facts[key] for key in speaking]
    found = [fact for fact in facts if _is_saying(fact, speaking) and (topics is None or _is_about(fact, topics))]
    found = within(corpus, found, days)
    if to is None and not acts:
        return Sayings(found, {})
    addressed = None if to is None else corpus.roles_of(str(to.id))
    shown: list[Fact] = [
        fact
        for fact in found
        if isinstance(fact, Statement)
        and (addressed is None or "to" in addressed.get(fact.id, ()))
        and (not acts or fact.act in acts)
    ]
    others = [fact for fact in found if not isinstance(fact, Statement)]
    kinds = {kind: len(merged(corpus, (fact.id for fact in others if fact.kind == kind))) for kind in ROLES}
    return Sayings(shown, kinds)


def _is_saying(fact: Fact, speaking: Mapping[str, set[str]] | None) -> bool:
    if speaking is None:
        return any(getattr(fact, role) for role in ROLES[fact.kind] if role in SAYING)
    return not speaking[fact.id].isdisjoint(SAYING)


def _is_about(fact: Fact, topics: Mapping[str, set[str]]) -> bool:
    """Tell whether a fact is about something: a statement has that apart, others are about all that they name."""
    roles = topics.get(fact.id, set())
    return "about" in roles if isinstance(fact, Statement) else not roles <= set(SAYING)
