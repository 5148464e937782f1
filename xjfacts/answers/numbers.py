"""The numbers by which lists of sanctions know their entries: `GHR0075`, `29220`."""

from __future__ import annotations

from xjfacts.corpus.index import Corpus
from xjfacts.corpus.model import Sanction

LONGEST = 64  # characters of what may be a number


def facts_of_number(corpus: Corpus, text: str) -> tuple[Sanction, ...]:
    """Return the sanctions that a list has under a number, in any case; none for what has no digit."""
    wanted = text.strip().casefold()
    if len(wanted) > LONGEST or not any(character.isdigit() for character in wanted):
        return ()
    facts = (corpus.facts[key] for key in corpus.facts_at(sorted(corpus.labelled("reference", [wanted]))))
    return tuple(fact for fact in facts if isinstance(fact, Sanction))


def entity_of_number(corpus: Corpus, text: str) -> str | None:
    """Return the one entity that stands on a list, or on several, under a number; None where that is not one."""
    found = {target for fact in facts_of_number(corpus, text) for target in fact.target}
    return found.pop() if len(found) == 1 else None
