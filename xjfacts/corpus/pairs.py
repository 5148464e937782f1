"""The answer to a pair, from all its facts: has the one sanctioned the other?

    word_of_pair(sanctions_of_pair(corpus, "us", "erkin-tuniyaz"))      # 'imposed'

The answer speaks of the two that were asked for. A sanction by a part of the one is one by the whole; but that a part
has not sanctioned says nothing of the whole, and a sanction on a part of the other is none on the other.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from xjfacts.corpus.index import Corpus
from xjfacts.corpus.model import Sanction
from xjfacts.corpus.values import CAME


def sanctions_of_pair(corpus: Corpus, by: str, on: str) -> list[Sanction]:
    """Return the sanctions of any status, and the refusals, that bear on whether `by` has sanctioned `on`."""
    roles = corpus.roles_of(by)
    facts = (corpus.facts[key] for key in roles if "by" in roles[key])
    return [fact for fact in facts if isinstance(fact, Sanction) and _is_of_pair(fact, by, on)]


def _is_of_pair(fact: Sanction, by: str, on: str) -> bool:
    return on in fact.target and (fact.status != "not-imposed" or by in fact.by)


def word_of_pair(found: Iterable[Sanction]) -> str:
    """Return what the sanctions of a pair come to: the last of what came, else that there is none, or no record.

    `imposed` or `lifted`; `not-imposed`, where a document says as of a date that there is none; or `no-record`, which
    says nothing either way. What is only called for, considered or ruled out never decides.
    """
    known = list(found)
    came = [fact for fact in known if fact.status in CAME]
    if came:
        return max(came, key=_by_date).status
    return "not-imposed" if any(fact.status == "not-imposed" for fact in known) else "no-record"


def _by_date(fact: Sanction) -> tuple[Any, ...]:
    when = fact.when
    return (when is not None, when.sort_key if when else (), fact.id)
