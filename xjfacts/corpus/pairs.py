"""The answer to a pair, from all its facts: has the one sanctioned the other?

    answer_pair(corpus, "us", "erkin-tuniyaz").word         # 'imposed'

The answer speaks of the two that were asked for. What a part of the imposer does, it does for the whole (OFAC for the
US), but that a part has not sanctioned says nothing of the whole; and a sanction on a part of the target, or on what it
is a part of, is none on the target. Such a record is named beside the answer.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import cached_property

from msgspec import Struct

from xjfacts.corpus.index import Corpus
from xjfacts.corpus.liftings import endings
from xjfacts.corpus.model import Sanction
from xjfacts.corpus.values import CAME

NO_RECORD = "no-record"


class Verdict(Struct, frozen=True):
    """Of whom it speaks, the one word, and the facts that say so: the last of what is in force, or of all, at the end.

    `imposed` while any imposing is not lifted; `lifted` when all are; `not-imposed`, where a document says as of a date
    that there is none; or `no-record`, which says nothing either way. What is only called for, considered or ruled out
    never decides.
    """

    by: str
    on: str
    word: str
    facts: tuple[Sanction, ...]


class OnTarget:
    """All sanctions on one target, of any status, and which of them were lifted."""

    def __init__(self, corpus: Corpus, target: str) -> None:
        self.corpus = corpus
        self.target = target
        facts = (corpus.facts[key] for key in corpus.facts_as(target, "sanction", "target"))
        self.facts = [fact for fact in facts if isinstance(fact, Sanction)]
        self.endings = endings(self.facts, corpus.standing_together, corpus.with_wholes)

    @cached_property
    def _by_power(self) -> dict[str, list[Sanction]]:
        """The sanctions by each power, or a part of it; a refusal has to be its own."""
        found: dict[str, list[Sanction]] = {}
        for fact in self.facts:
            own = fact.by if fact.status == "not-imposed" else ()
            powers = own or (whole for power in fact.by for whole in self.corpus.with_wholes(power))
            for power in dict.fromkeys(powers):
                found.setdefault(power, []).append(fact)
        return found

    def powers(self) -> dict[str, None]:
        """Return whoever a document says anything of, and all that those are a part of."""
        return dict.fromkeys(
            whole for fact in self.facts for power in fact.by for whole in self.corpus.with_wholes(power)
        )

    def by(self, power: str) -> list[Sanction]:
        """Return the sanctions that bear on whether a power has sanctioned the target, and what ended them."""
        found = self._by_power.get(power, [])
        inside = {fact.id for fact in found}
        ending = {lifting.id for fact in found for lifting in self.endings.get(fact.id, ())} - inside
        if not ending:
            return found
        return [fact for fact in self.facts if fact.id in inside or fact.id in ending]

    def verdict(self, power: str, counts: Callable[[Sanction], bool] = lambda _: True) -> Verdict:
        """Return what the sanctions of a power on the target come to, of those that count."""
        found = [fact for fact in self.by(power) if counts(fact)]
        inside = {fact.id for fact in found}
        in_force = {
            fact.id
            for fact in found
            if fact.status == "imposed" and inside.isdisjoint(one.id for one in self.endings.get(fact.id, ()))
        }
        came = [fact for fact in found if fact.status in CAME]
        if came:
            came.sort(key=lambda fact: (fact.id in in_force, _in_time(fact)))
            return Verdict(power, self.target, "imposed" if in_force else "lifted", tuple(came))
        refusals = sorted((fact for fact in found if fact.status == "not-imposed"), key=_in_time)
        return Verdict(power, self.target, "not-imposed" if refusals else NO_RECORD, tuple(refusals))


def sanctions_of_pair(corpus: Corpus, by: str, on: str) -> list[Sanction]:
    """Return the sanctions of any status, and the refusals, that bear on whether `by` has sanctioned `on`."""
    return OnTarget(corpus, on).by(by)


def answer_pair(corpus: Corpus, by: str, on: str, counts: Callable[[Sanction], bool] = lambda _: True) -> Verdict:
    """Return what the sanctions of a pair come to, of those that count."""
    return OnTarget(corpus, on).verdict(by, counts)


def is_under_sanctions(corpus: Corpus, target: str) -> bool:
    """Tell whether a sanction was imposed on a target that nothing lifted."""
    on = OnTarget(corpus, target)
    return any(fact.status == "imposed" and fact.id not in on.endings for fact in on.facts)


def powers_over(corpus: Corpus, target: str) -> tuple[str, ...]:
    """Return whoever a document says anything of, as to sanctions on a target; who acts for another counts as that."""
    return _powers_over(corpus, OnTarget(corpus, target).facts)


def answers_on(corpus: Corpus, target: str) -> Iterator[Verdict]:
    """Yield what is known of a target and each of `powers_over` it."""
    on = OnTarget(corpus, target)
    return map(on.verdict, _powers_over(corpus, on.facts))


def _powers_over(corpus: Corpus, facts: Sequence[Sanction]) -> tuple[str, ...]:
    powers = dict.fromkeys(power for fact in facts for power in fact.by)
    refusing = {power for fact in facts if fact.status == "not-imposed" for power in fact.by}
    return tuple(
        power for power in powers if power in refusing or powers.keys().isdisjoint(corpus.with_wholes(power)[1:])
    )


def answers_beside(corpus: Corpus, by: str, on: str) -> Iterator[Verdict]:
    """Yield what is known of pairs nearby: of a part or a whole of the one, on a part or a whole of the other."""
    told = {fact.id for fact in answer_pair(corpus, by, on).facts}
    nearby = [OnTarget(corpus, target) for target in _with_relatives(corpus, on)]
    known = [(target, target.powers()) for target in nearby]
    for power in _with_relatives(corpus, by):
        for target in (target for target, powers in known if power in powers):
            verdict = target.verdict(power)
            if (power, target.target) != (by, on) and not told.issuperset(fact.id for fact in verdict.facts):
                told.update(fact.id for fact in verdict.facts)
                yield verdict


def _with_relatives(corpus: Corpus, entity: str) -> tuple[str, ...]:
    """Return an entity, what it is a part of, and its parts."""
    return (*corpus.with_wholes(entity), *corpus.with_parts(entity)[1:])


def _in_time(fact: Sanction) -> tuple[object, ...]:
    """Return what puts a sanction in its place: a lifting behind all that it may have ended."""
    when, is_lifting = fact.when, fact.status == "lifted"
    if when is None:
        return (2 if is_lifting else 0, fact.id)
    return (1, (when.latest, when.latest) if is_lifting else when.sort_key, fact.id)
