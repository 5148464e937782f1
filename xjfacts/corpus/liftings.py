"""Which sanctions were ended, and by what.

A lifting ends the sanctions that it names in `lifts`. One that names none ends the only imposing on its target by the
same power, or by what is a part of it or it of that; where there are several, nobody knows which, and it ends none.
Imposings joined by `corroborates` are one, and so are liftings. What is surely the earlier one ends nothing, unless it
says so.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date

from xjfacts.corpus.model import Fact, Sanction
from xjfacts.corpus.values import CAME
from xjfacts.dates import ANY_TIME

Together = Callable[[str], tuple[str, ...]]  # of the id of a fact, those of all that state the same
Wholes = Callable[[str], Iterable[str]]  # of the id of an entity, itself and all that it is a part of


def endings(on_target: Iterable[Sanction], together: Together, wholes: Wholes) -> Mapping[str, tuple[Sanction, ...]]:
    """Return, of the sanctions on one target, the imposed ones that were lifted, each with what lifted it."""
    facts = tuple(on_target)
    lifted = _groups((fact for fact in facts if fact.status == "lifted"), together)
    if not lifted:
        return {}
    imposed = _Imposed(_groups((fact for fact in facts if fact.status == "imposed"), together), wholes)
    found: dict[str, list[Sanction]] = {}
    for liftings in lifted.values():
        for group in imposed.ended_by(liftings):
            for fact in group:
                found.setdefault(fact.id, []).extend(liftings)
    return {key: tuple(ended) for key, ended in found.items()}


def liftings(facts: Iterable[Fact], together: Together, wholes: Wholes) -> Iterator[tuple[str, str]]:
    """Yield the imposed sanctions that were lifted, on all of their targets or some, each with what lifted it."""
    on_target: dict[str, list[Sanction]] = {}
    for fact in facts:
        if isinstance(fact, Sanction) and fact.status in CAME:
            for target in fact.target:
                on_target.setdefault(target, []).append(fact)
    for group in on_target.values():
        if any(fact.status == "lifted" for fact in group):
            for imposed, ended in endings(group, together, wholes).items():
                yield from ((imposed, lifting.id) for lifting in ended)


def _groups(facts: Iterable[Sanction], together: Together) -> dict[tuple[str, ...], list[Sanction]]:
    groups: dict[tuple[str, ...], list[Sanction]] = {}
    for fact in facts:
        groups.setdefault(together(fact.id), []).append(fact)
    return groups


class _Imposed:
    """The imposings on one target, by their ids and by those who imposed them.

    A list can have thousands of both, and to compare each lifting with each imposing would take a square of steps.
    """

    def __init__(self, groups: Mapping[tuple[str, ...], list[Sanction]], wholes: Wholes) -> None:
        self._wholes = wholes
        self._groups = list(groups.values())
        self._by_id = {key: number for number, group in enumerate(groups) for key in group}
        by_part: dict[str, set[int]] = {}
        by_power: dict[str, set[int]] = {}
        for number, facts in enumerate(self._groups):
            for power in {power for fact in facts for power in fact.by}:
                by_power.setdefault(power, set()).add(number)
                for whole in wholes(power):
                    by_part.setdefault(whole, set()).add(number)
        self._by_power, self._by_part = self._earliest(by_power), self._earliest(by_part)

    def _earliest(self, groups: Mapping[str, Iterable[int]]) -> dict[str, list[int]]:
        """Return the two that were in force first; which else a lifting can have ended is no matter."""
        return {power: sorted(some, key=lambda one: (self._begin(one), one))[:2] for power, some in groups.items()}

    def _begin(self, number: int) -> date:
        """Return the first day on which an imposing was surely in force."""
        known = (fact.as_of or fact.date for fact in self._groups[number])
        return max((when.possible[0] for when in known if when is not None), default=ANY_TIME[0])

    def ended_by(self, liftings: Sequence[Sanction]) -> list[list[Sanction]]:
        """Return what the liftings name, else the one imposing that they can have ended: by one power, and no later."""
        named = {key for lifting in liftings for key in lifting.lifts}
        if named:
            numbers = {self._by_id[key] for key in named if key in self._by_id}
        else:
            end = min((fact.when.possible[1] for fact in liftings if fact.when is not None), default=ANY_TIME[1])
            powers = {power for lifting in liftings for power in lifting.by}
            known = {one for power in powers for one in self._by_part.get(power, ())}
            known |= {one for power in powers for whole in self._wholes(power) for one in self._by_power.get(whole, ())}
            numbers = {one for one in known if self._begin(one) <= end}
            numbers = numbers if len(numbers) == 1 else set()
        return [self._groups[number] for number in sorted(numbers)]


def acts_for(fact: Sanction, powers: Iterable[str], wholes: Wholes) -> bool:
    """Tell whether a sanction is by one of the powers or a part of it."""
    of_whom = {whole for one in fact.by for whole in wholes(one)}
    return not of_whom.isdisjoint(powers)
