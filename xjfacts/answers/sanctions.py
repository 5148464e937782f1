"""Which sanctions a question shows, which it only counts, and the one word that answers a pair."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from msgspec import UNSET, Struct, UnsetType
from msgspec.structs import replace

from xjfacts.answers.compose import refs
from xjfacts.answers.records import Asked, PairAnswer
from xjfacts.answers.selection import Range, facts_of, merged, within
from xjfacts.corpus.index import Corpus
from xjfacts.corpus.model import Sanction
from xjfacts.corpus.pairs import NO_RECORD, Verdict, answer_pair, answers_beside, answers_on, sanctions_of_pair
from xjfacts.corpus.together import told_as_one
from xjfacts.corpus.values import CAME, STATUSES
from xjfacts.dates import Edtf

WORDS = (*CAME, "not-imposed", NO_RECORD)
OUTSIDE = "outside-the-dates"  # under `hidden`: what is known of a pair at other times than asked for


class Chosen(Struct, frozen=True):
    """The sanctions to show, how many are left out and why, and the answer where a pair was asked for."""

    shown: list[Sanction]
    hidden: dict[str, int]
    answer: str | UnsetType = UNSET
    answers: tuple[PairAnswer, ...] | UnsetType = UNSET
    verdict: Verdict | None = None
    beside: tuple[PairAnswer, ...] | UnsetType = UNSET


def choose(corpus: Corpus, by: Sequence[Asked], on: Sequence[Asked], days: Range, statuses: Sequence[str]) -> Chosen:
    """Return the sanctions of the days and of some statuses, and count those of the others."""
    found = within(corpus, facts_of(corpus, "sanction", [(by, ("by",)), (on, ("target",))]), days)
    return _parted(corpus, found, statuses)


def choose_for_pair(corpus: Corpus, by: Asked, on: Asked, days: Range) -> Chosen:
    """Return what answers a pair: what came, or else what says that nothing did. At other times is only counted."""
    known = sanctions_of_pair(corpus, str(by.id), str(on.id))
    inside = {fact.id for fact in within(corpus, known, days)}
    verdict = answer_pair(corpus, str(by.id), str(on.id), lambda fact: fact.id in inside)
    found = [fact for fact in known if fact.id in inside]
    chosen = _parted(corpus, found, ("not-imposed",) if verdict.word == "not-imposed" else CAME)
    outside = {OUTSIDE: _count(corpus, (fact for fact in known if fact.id not in inside))}
    beside = tuple(pair_answer(corpus, one) for one in answers_beside(corpus, str(by.id), str(on.id)))
    return replace(chosen, hidden=chosen.hidden | outside, answer=verdict.word, beside=beside or UNSET, verdict=verdict)


def pair_answer(corpus: Corpus, verdict: Verdict) -> PairAnswer:
    """Return the word about a pair, with the date of the last fact that it rests on."""
    (by,), (on,) = refs(corpus, [verdict.by]), refs(corpus, [verdict.on])
    if not verdict.facts:
        return PairAnswer(by=by, on=on, answer=verdict.word)
    last, _ = told_as_one(corpus, verdict.facts[-1].id)
    as_of: Edtf | None = getattr(last, "as_of", None)
    return PairAnswer(
        by=by,
        on=on,
        answer=verdict.word,
        date=None if last.date is None else last.date.text,
        as_of=None if as_of is None else as_of.text,
        facts=tuple(fact.id for fact in verdict.facts),
    )


def pair_answers(corpus: Corpus, target: str) -> list[PairAnswer]:
    """Return the word about a target and each power of which a document says anything; what is imposed comes first."""
    found = [pair_answer(corpus, verdict) for verdict in answers_on(corpus, target)]
    return sorted(found, key=lambda pair: (WORDS.index(pair.answer), pair.by.name))


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
    told = {one.facts: one for its in chosen if its.beside for one in its.beside}
    return Chosen(
        list(shown.values()),
        hidden | outside,
        answers=tuple(pair_answer(corpus, its.verdict) for its in chosen if its.verdict is not None),
        beside=tuple(told.values()) or UNSET,
    )


def _parted(corpus: Corpus, found: Sequence[Sanction], statuses: Sequence[str]) -> Chosen:
    """Show the sanctions of some statuses, with what cannot be true together with them, and count the others."""
    shown = [fact for fact in found if fact.status in statuses]
    against = {key for fact in shown for key in corpus.contests.get(fact.id, ())}
    shown += [fact for fact in found if fact.status not in statuses and fact.id in against]
    left = [fact for fact in found if fact.status not in statuses and fact.id not in against]
    others = (status for status in STATUSES if status not in statuses)
    return Chosen(
        shown=shown,
        hidden={status: _count(corpus, (fact for fact in left if fact.status == status)) for status in others},
    )


def _count(corpus: Corpus, facts: Iterable[Sanction]) -> int:
    """Count facts, those that stand together as one."""
    return len(merged(corpus, (fact.id for fact in facts)))
