"""Facts that state the same thing, told as one: each field comes from the first of them, by date of print, that has it.

The first is the one that is asked for; among all that answer a question it is the one printed first.

    ofac-sdn-2023-01-21     imposed, as of 2023-01-21, under GLOMAG
    scmp-2023-02            imposed, 2021                           -> imposed 2021, as of 2023-01-21, under GLOMAG

The numbers of a figure belong together, and stay those of the first; what facts lift or rebut, they lift or rebut all.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from msgspec.structs import replace

from xjfacts.corpus.index import Corpus
from xjfacts.corpus.model import Fact

_ITS_OWN = frozenset(
    ("id", "gist", "cite", "corroborates", "disputes", "formerly", "told_apart", "value", "low", "high")
)
_OF_ALL = ("lifts", "rebuts")


def in_print(corpus: Corpus, key: str) -> tuple[Any, ...]:
    """Return what puts a fact in its place among others in the order of their print."""
    return corpus.documents[key.partition("/")[0]].published.sort_key, key


def told_together(corpus: Corpus, key: str) -> tuple[Fact, ...]:
    """Return the fact, and behind it those that state the same thing, the first printed first."""
    others = sorted((one for one in corpus.standing_together(key) if one != key), key=lambda one: in_print(corpus, one))
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
