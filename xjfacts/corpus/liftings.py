"""Which sanctions were ended, and by what.

A lifting ends the sanctions that it names in `lifts`. One that names none ends the only imposing on its target by the
same power, or by what is a part of it or it of that; where there are several, nobody knows which, and it ends none.
Imposings joined by `corroborates` are one, and so are liftings. What is surely the earlier one ends nothing, unless it
says so.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from xjfacts.corpus.model import Fact, Sanction
from xjfacts.corpus.values import CAME

Together = Callable[[str], tuple[str, ...]]  # of the id of a fact, those of all that state the same
Wholes = Callable[[str], Iterable[str]]  # of the id of an entity, itself and all that it is a part of


def endings(on_target: Iterable[Sanction], together: Together, wholes: Wholes) -> Mapping[str, tuple[Sanction, ...]]:
    """Return, of the sanctions on one target, the imposed ones that were lifted, each with what lifted it."""
    facts = tuple(on_target)
    imposed = _groups((fact for fact in facts if fact.status == "imposed"), together)
    found: dict[str, tuple[Sanction, ...]] = {}
    for liftings in _groups((fact for fact in facts if fact.status == "lifted"), together).values():
        for group in _ended_by(liftings, imposed, wholes):
            for fact in imposed[group]:
                found[fact.id] = (*found.get(fact.id, ()), *liftings)
    return found


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


def _ended_by(
    liftings: Sequence[Sanction], imposed: Mapping[tuple[str, ...], list[Sanction]], wholes: Wholes
) -> list[tuple[str, ...]]:
    named = {key for lifting in liftings for key in lifting.lifts}
    if named:
        return [group for group in imposed if not named.isdisjoint(group)]
    candidates = [
        group
        for group, facts in imposed.items()
        if any(_may_end(lifting, fact, wholes) for lifting in liftings for fact in facts)
        and not any(_is_earlier(lifting, fact) for lifting in liftings for fact in facts)
    ]
    return candidates if len(candidates) == 1 else []


def _may_end(lifting: Sanction, imposed: Sanction, wholes: Wholes) -> bool:
    """Tell whether both are by one power: by the same, or one by a part of the other."""
    return acts_for(imposed, lifting.by, wholes) or acts_for(lifting, imposed.by, wholes)


def acts_for(fact: Sanction, powers: Iterable[str], wholes: Wholes) -> bool:
    """Tell whether a sanction is by one of the powers or a part of it."""
    of_whom = {whole for one in fact.by for whole in wholes(one)}
    return not of_whom.isdisjoint(powers)


def _is_earlier(lifting: Sanction, imposed: Sanction) -> bool:
    """Tell whether every day that a lifting can have lies before the day on which the sanction was surely in force."""
    known = imposed.as_of or imposed.date
    return lifting.when is not None and known is not None and lifting.when.possible[1] < known.possible[0]
