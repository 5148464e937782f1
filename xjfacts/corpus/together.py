"""Facts that state the same thing, told as one: each field comes from the first of them, by date of print, that has it.

The first is the one that is asked for; among all that answer a question it is the one printed first.

    ofac-sdn-2023-01-21     imposed, as of 2023-01-21, under GLOMAG
    scmp-2023-02            imposed, 2021                           -> imposed 2021, as of 2023-01-21, under GLOMAG

The numbers of a figure belong together, and stay those of the first; what facts lift or rebut, they lift or rebut all.
Told as one they also have the days on which the thing can have been.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
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

    def standing_together(self, fact: str) -> tuple[str, ...]:
        """Return the ids of the facts that state the same thing, this one included."""


def in_print(corpus: Told, key: str) -> tuple[Any, ...]:
    """Return what puts a fact in its place among others in the order of their print."""
    return corpus.documents[key.partition("/")[0]].published.sort_key, key


def told_together(corpus: Told, key: str) -> tuple[Fact, ...]:
    """Return the fact, and behind it those that state the same thing, the first printed first."""
    group = corpus.standing_together(key)
    if len(group) == 1:
        return (corpus.facts[key],)
    others = sorted((one for one in group if one != key), key=lambda one: in_print(corpus, one))
    return tuple(corpus.facts[one] for one in (key, *others))


def as_one(facts: Sequence[Fact]) -> Fact:
    """Return the first of facts that state the same thing, and what it does not say from the next that does."""
    first, *others = facts
    more: dict[str, Any] = {}
    for field in first.__struct_fields__ if others else ():
        value = getattr(first, field)
        if field in _OF_ALL:
            more[field] = type(value)(dict.fromkeys(one for fact in (first, *others) for one in getattr(fact, field)))
        elif field not in _ITS_OWN and value in (None, ()):
            more[field] = next((had for fact in others if (had := getattr(fact, field, None)) not in (None, ())), value)
    return replace(first, **more) if more else first


# When it was ---------------------------------------------------------------------------------------------------------


def days_together(corpus: Told, key: str) -> Days:
    """Return the first and last day that a fact can have by all that stand together with it."""
    return days_of(*told_as_one(corpus, key))


def told_as_one(corpus: Told, key: str) -> tuple[Fact, Document]:
    """Return a fact with what others say that state the same thing, and its document."""
    fact = as_one(told_together(corpus, key))
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
