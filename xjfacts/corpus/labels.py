"""What facts are found by, beside their days, words and entities: short texts that many can share.

labels_of(fact)         ("kind", "sanction"), ("status", "imposed"), ("reference", "ghr0075")
title_key(words)        "governor xinjiang": the words of an office, in any order
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from xjfacts.corpus.model import ROLES, Fact, Position, Sanction
from xjfacts.corpus.values import ACTS, EVENT_TYPES, OUTCOMES, STATUSES
from xjfacts.names.folding import fold, without_endings

CLOSED = {"kind": tuple(ROLES), "status": STATUSES, "type": EVENT_TYPES, "outcome": OUTCOMES, "act": ACTS}
SMALL = frozenset(("of", "the", "in", "for", "to", "and"))


def labels_of(fact: Fact) -> Iterator[tuple[str, str]]:
    """Yield what a fact is found by: the field, and what it has there."""
    yield from ((field, getattr(fact, field)) for field in CLOSED if hasattr(fact, field))
    if isinstance(fact, Position):
        yield "title", title_key(title_words(fact.title))
    if isinstance(fact, Sanction) and fact.reference:
        yield "reference", fact.reference.casefold()


def title_words(text: str) -> frozenset[str]:
    """Return the folded words of an office that tell it from others."""
    return frozenset(fold(without_endings(text)).split()) - SMALL


def title_key(words: Iterable[str]) -> str:
    """Return the words of an office as one text."""
    return " ".join(sorted(words))
