"""Which sanctions a question shows, which it only counts, and the one word that answers a pair."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from msgspec import UNSET, UnsetType

from xjfacts.answers.records import Asked, PairAnswer, Ref
from xjfacts.answers.selection import Range, facts_of, merged, within
from xjfacts.corpus.index import Corpus
from xjfacts.corpus.model import Sanction
from xjfacts.corpus.pairs import sanctions_of_pair, word_of_pair
from xjfacts.corpus.values import CAME, STATUSES

OUTSIDE = "outside-the-dates"  # under `hidden`: what is known of a pair at other times than asked for


class Chosen(NamedTuple):
    """The sanctions to show, how many are left out and why, and the answer where a pair was asked for."""

    shown: list[Sanction]
    hidden: dict[str, int]
    answer: str | UnsetType = UNSET
    answers: tuple[PairAnswer, ...] | UnsetType = UNSET


def choose(corpus: Corpus, by: Sequence[Asked], on: Sequence[Asked], days: Range, statuses: Sequence[str]) -> Chosen:
    """Return the sanctions of the days and of some statuses, and count those of the others."""
    found = within(corpus, facts_of(corpus, Sanction, [(by, ("by",)), (on, ("target",))]), days)
    return _parted(corpus, found, statuses)


def choose_for_pair(corpus: Corpus, by: Asked, on: Asked, days: Range) -> Chosen:
    """Return what answers a pair: what came, or else what says that nothing did. At other times is only counted."""
    known = sanctions_of_pair(corpus, str(by.id), str(on.id))
    found = within(corpus, known, days)
    word = word_of_pair(found)
    chosen = _parted(corpus, found, ("not-imposed",) if word == "not-imposed" else CAME)
    inside = {fact.id for fact in found}
    outside = {OUTSIDE: _count(corpus, (fact for fact in known if fact.id not in inside))}
    return chosen._replace(hidden=chosen.hidden | outside, answer=word)


def choose_for_pairs(corpus: Corpus, by: Sequence[Asked], on: Sequence[Asked], days: Range) -> Chosen:
    """Return what answers each pair of one that imposes and one that it is imposed on, and a word for each."""
    pairs = [(one, other) for one in by for other in on]
    chosen = [choose_for_pair(corpus, one, other, days) for one, other in pairs]
    if len(pairs) == 1:
        return chosen[0]
    shown = {fact.id: fact for one in chosen for fact in one.shown}
    known = {fact.id: fact for one, other in pairs for fact in sanctions_of_pair(corpus, str(one.id), str(other.id))}
    found = within(corpus, known.values(), days)
    left = [fact for fact in found if fact.id not in shown]
    hidden = {status: _count(corpus, (fact for fact in left if fact.status == status)) for status in STATUSES}
    inside = {fact.id for fact in found}
    outside = {OUTSIDE: _count(corpus, (fact for fact in known.values() if fact.id not in inside))}
    words = tuple(
        PairAnswer(by=_ref(one), on=_ref(other), answer=str(its.answer))
        for (one, other), its in zip(pairs, chosen, strict=True)
    )
    return Chosen(list(shown.values()), hidden | outside, answers=words)


def _ref(asked: Asked) -> Ref:
    return Ref(id=str(asked.id), name=str(asked.name))


def _parted(corpus: Corpus, found: Sequence[Sanction], statuses: Sequence[str]) -> Chosen:
    others = (status for status in STATUSES if status not in statuses)
    return Chosen(
        shown=[fact for fact in found if fact.status in statuses],
        hidden={status: _count(corpus, (fact for fact in found if fact.status == status)) for status in others},
    )


def _count(corpus: Corpus, facts: Iterable[Sanction]) -> int:
    """Count facts, those that stand together as one."""
    return len(merged(corpus, (fact.id for fact in facts)))
