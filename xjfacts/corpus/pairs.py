"""The answer to a pair, from all its facts: has the one sanctioned the other?

    answer_pair(corpus, "us", "erkin-tuniyaz").word         # 'imposed'

The answer speaks of the two that were asked for. What a part of the imposer does, it does for the whole (OFAC for the
US), but that a part has not sanctioned says nothing of the whole; and a sanction on a part of the target, or on what it
is a part of, is none on the target. Such a record is named beside the answer.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from xjfacts.corpus.index import Corpus
from xjfacts.corpus.liftings import acts_for, endings
from xjfacts.corpus.model import Sanction
from xjfacts.corpus.values import CAME

NO_RECORD = "no-record"


class Verdict(NamedTuple):
    """Of whom it speaks, the one word, and the facts that say so, the last one last.

    `imposed` while any imposing is not lifted; `lifted` when all are; `not-imposed`, where a document says as of a date
    that there is none; or `no-record`, which says nothing either way. What is only called for, considered or ruled out
    never decides.
    """

    by: str
    on: str
    word: str
    facts: tuple[Sanction, ...]


def sanctions_of_pair(corpus: Corpus, by: str, on: str) -> list[Sanction]:
    """Return the sanctions of any status, and the refusals, that bear on whether `by` has sanctioned `on`."""
    found = _sanctions_on(corpus, on)
    ending = {lifting.id for liftings in _endings_of(corpus, found, by) for lifting in liftings}
    return [fact for fact in found if fact.id in ending or _is_by(corpus, fact, by)]


def answer_pair(corpus: Corpus, by: str, on: str, counts: Callable[[Sanction], bool] = lambda _: True) -> Verdict:
    """Return what the sanctions of a pair come to, of those that count."""
    found = [fact for fact in sanctions_of_pair(corpus, by, on) if counts(fact)]
    came = sorted((fact for fact in found if fact.status in CAME), key=_in_time)
    if came:
        inside = {fact.id for fact in came}
        ended = endings(_sanctions_on(corpus, on), corpus.standing_together, corpus.with_wholes)
        in_force = (
            fact.status == "imposed" and inside.isdisjoint(lifting.id for lifting in ended.get(fact.id, ()))
            for fact in came
        )
        return Verdict(by, on, "imposed" if any(in_force) else "lifted", tuple(came))
    refusals = sorted((fact for fact in found if fact.status == "not-imposed"), key=_in_time)
    return Verdict(by, on, "not-imposed" if refusals else NO_RECORD, tuple(refusals))


def is_under_sanctions(corpus: Corpus, target: str) -> bool:
    """Tell whether a sanction was imposed on a target that nothing lifted."""
    found = _sanctions_on(corpus, target)
    ended = endings(found, corpus.standing_together, corpus.with_wholes)
    return any(fact.status == "imposed" and fact.id not in ended for fact in found)


def powers_over(corpus: Corpus, target: str) -> tuple[str, ...]:
    """Return whoever a document says anything of, as to sanctions on a target; who acts for another counts as that."""
    facts = _sanctions_on(corpus, target)
    powers = dict.fromkeys(power for fact in facts for power in fact.by)
    refusing = {power for fact in facts if fact.status == "not-imposed" for power in fact.by}
    return tuple(
        power for power in powers if power in refusing or powers.keys().isdisjoint(corpus.with_wholes(power)[1:])
    )


def answers_beside(corpus: Corpus, by: str, on: str) -> Iterator[Verdict]:
    """Yield what is known of pairs nearby: of a part or a whole of the one, on a part or a whole of the other."""
    told = {fact.id for fact in answer_pair(corpus, by, on).facts}
    for power in _with_relatives(corpus, by):
        for target in _with_relatives(corpus, on):
            verdict = answer_pair(corpus, power, target)
            if (power, target) != (by, on) and not told.issuperset(fact.id for fact in verdict.facts):
                told.update(fact.id for fact in verdict.facts)
                yield verdict


def _with_relatives(corpus: Corpus, entity: str) -> tuple[str, ...]:
    """Return an entity, what it is a part of, and its parts."""
    return (*corpus.with_wholes(entity), *corpus.with_parts(entity)[1:])


def _sanctions_on(corpus: Corpus, target: str) -> list[Sanction]:
    facts = (corpus.facts[key] for key in corpus.facts_as(target, "sanction", "target"))
    return [fact for fact in facts if isinstance(fact, Sanction)]


def _is_by(corpus: Corpus, fact: Sanction, by: str) -> bool:
    """Tell whether a sanction is by a power or a part of it; a refusal has to be its own."""
    return by in fact.by if fact.status == "not-imposed" else acts_for(fact, (by,), corpus.with_wholes)


def _endings_of(corpus: Corpus, found: Iterable[Sanction], by: str) -> Iterator[tuple[Sanction, ...]]:
    """Yield what ended the imposings by a power, also where the whole of it did."""
    facts = list(found)
    ended = endings(facts, corpus.standing_together, corpus.with_wholes)
    return (ended[fact.id] for fact in facts if fact.id in ended and _is_by(corpus, fact, by))


def _in_time(fact: Sanction) -> tuple[object, ...]:
    """Return what puts a sanction in its place: a lifting behind all that it may have ended."""
    when, is_lifting = fact.when, fact.status == "lifted"
    if when is None:
        return (2 if is_lifting else 0, fact.id)
    return (1, (when.latest, when.latest) if is_lifting else when.sort_key, fact.id)
