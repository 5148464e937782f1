"""Facts that state the same thing, told as one: each field comes from the first of them, by date of print, that has it.

The first is the one that is asked for; among all that answer a question it is the one printed first.

    ofac-sdn-2023-01-21     imposed, as of 2023-01-21, under GLOMAG
    scmp-2023-02            imposed, 2021                           -> imposed 2021, as of 2023-01-21, under GLOMAG

The numbers of a figure belong together, and stay those of the first; what facts lift or rebut, they lift or rebut all.
Told as one they also have the days on which the thing can have been.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from typing import Any, Protocol

from msgspec.structs import replace

from xjfacts.corpus.model import Document, Event, Fact, Sanction, Statement
from xjfacts.corpus.values import CAME
from xjfacts.dates import ANY_TIME, Days

_ITS_OWN = frozenset(
    ("id", "gist", "cite", "corroborates", "disputes", "formerly", "told_apart", "value", "low", "high")
)
_OF_ALL = ("lifts", "rebuts")


class Told(Protocol):
    """Facts, their documents, and which of them state the same: what this asks of a corpus."""

    documents: Mapping[str, Document]
    facts: Mapping[str, Fact]

    @property
    def contests(self) -> Mapping[str, tuple[str, ...]]:
        """For every contested fact, the facts that speak against it."""

    @property
    def answered(self) -> Mapping[str, tuple[str, ...]]:
        """For every allegation, the denials in general that answer it."""

    def group_of(self, fact: str) -> Group:
        """Return the facts that state the same thing, this one included."""


class Group:
    """Facts that state the same thing, by id, and what they have in common."""

    def __init__(self, corpus: Told, ids: Sequence[str]) -> None:
        self._corpus = corpus
        self.facts = ids if len(ids) == 1 else sorted(ids, key=lambda one: in_print(corpus, one))  # first printed first

    def beginning_with(self, key: str) -> tuple[str, ...]:
        """Return the fact, and behind it the others, the first printed first."""
        return (key, *(one for one in self.facts if one != key)) if len(self.facts) > 1 else (key,)

    def as_one(self, key: str) -> Fact:
        """Return one of the facts, and what it does not say from the first that does."""
        fact = self._corpus.facts[key]
        return as_one(fact, self._said) if len(self.facts) > 1 else fact

    @cached_property
    def documents(self) -> tuple[str, ...]:
        """The documents of the facts."""
        return tuple(dict.fromkeys(one.partition("/")[0] for one in self.facts))

    @cached_property
    def contested_by(self) -> tuple[str, ...]:
        """The facts that speak against any of them."""
        return tuple(sorted({other for one in self.facts for other in self._corpus.contests.get(one, ())}))

    @cached_property
    def answered_by(self) -> tuple[str, ...]:
        """The denials in general that answer any of them and contest none."""
        answered = {other for one in self.facts for other in self._corpus.answered.get(one, ())}
        return tuple(sorted(answered.difference(self.contested_by)))

    @cached_property
    def _said(self) -> Mapping[str, Any]:
        return said_by([self._corpus.facts[one] for one in self.facts])


def in_print(corpus: Told, key: str) -> tuple[Any, ...]:
    """Return what puts a fact in its place among others in the order of their print."""
    return corpus.documents[key.partition("/")[0]].published.sort_key, key


def said_by(facts: Iterable[Fact]) -> Mapping[str, Any]:
    """Return, by field, what the first of facts that state the same thing says that has it."""
    said: dict[str, Any] = dict.fromkeys(_OF_ALL, ())
    for fact in facts:
        for field in fact.__struct_fields__:
            value = getattr(fact, field)
            if field in _OF_ALL:
                said[field] += value
            elif field not in _ITS_OWN and value not in (None, ()):
                said.setdefault(field, value)
    return said


def as_one(fact: Fact, said: Mapping[str, Any]) -> Fact:
    """Return a fact, and what it does not say of what is `said_by` all that state the same thing."""
    more: dict[str, Any] = {}
    for field in said.keys() & fact.__struct_fields__:
        value = getattr(fact, field)
        if field in _OF_ALL:
            more[field] = type(value)(dict.fromkeys((*value, *said[field])))
        elif value in (None, ()):
            more[field] = said[field]
    return replace(fact, **more)


def told_together(corpus: Told, key: str) -> tuple[Fact, ...]:
    """Return the fact, and behind it those that state the same thing, the first printed first."""
    return tuple(corpus.facts[one] for one in corpus.group_of(key).beginning_with(key))


# When it was ---------------------------------------------------------------------------------------------------------


def days_together(corpus: Told, key: str) -> Days:
    """Return the first and last day that a fact can have by all that stand together with it."""
    return days_of(*told_as_one(corpus, key))


def told_as_one(corpus: Told, key: str) -> tuple[Fact, Document]:
    """Return a fact with what others say that state the same thing, and its document."""
    fact = corpus.group_of(key).as_one(key)
    return fact, corpus.documents[fact.document]


def days_of(fact: Fact, document: Document) -> Days:
    """Return the first and last day that a fact can have; either is an end of `ANY_TIME` where it is unknown.

    What was done or said is no later than its print, and a sanction that is known as of a day came then or before.
    """
    first, last = fact.when.possible if fact.when else ANY_TIME
    if isinstance(fact, Sanction) and fact.date is None and fact.status in CAME:
        first = ANY_TIME[0]
    printed = document.published.possible[1]
    return (first, max(first, min(last, printed))) if _is_past(fact) else (first, last)


def _is_past(fact: Fact) -> bool:
    """Tell whether a fact is about what had been done or said when it was printed, and not about what was to come."""
    if isinstance(fact, Sanction):
        return fact.status in CAME
    return fact.outcome == "held" if isinstance(fact, Event) else isinstance(fact, Statement)


def time_key(corpus: Told, key: str) -> tuple[Any, ...]:
    """Return what puts a fact in its place among others in time; without a date it has that of its print.

    What has no beginning is placed by its end, and so is a lifting, which stands behind whatever it may have ended.
    """
    return place_of(*told_as_one(corpus, key))


def place_of(fact: Fact, document: Document) -> tuple[Any, ...]:
    """Return what `time_key` does, for a fact that is told as one."""
    when = fact.when or document.published
    if isinstance(fact, Sanction) and fact.status == "lifted":
        return when.latest, when.latest, fact.id
    return when.place, when.latest, fact.id
