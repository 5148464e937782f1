"""Which facts answer a question: those of the entities and days asked for, once each, and in order.

Facts that corroborate each other are one result. Its id is that of the fact whose document came first.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from msgspec import Struct

from xjfacts.answers.records import Asked
from xjfacts.corpus.index import Corpus
from xjfacts.corpus.model import Event, Fact, Sanction, Statement
from xjfacts.corpus.together import as_one, in_print, told_together
from xjfacts.corpus.values import CAME
from xjfacts.dates import ANY_TIME, Days, Edtf, may_lie_within, must_lie_within
from xjfacts.errors import UsageError

SAYING = ("speaker", "according_to", "called_for_by", "estimator")  # the roles of whose word a fact is


class Range(Struct, frozen=True):
    """The days asked for with `--since` and `--until`; either may be missing."""

    since: Edtf | None
    until: Edtf | None

    @classmethod
    def parse(cls, since: str | None, until: str | None) -> Range:
        """Read both ends as EDTF. Raises UsageError for what is no date, and for an end before its beginning."""
        found = cls(*(_parse_date(option, text) for option, text in (("since", since), ("until", until))))
        if found.since and found.until and found.since.earliest > found.until.latest:
            raise UsageError(f"--since {since} is later than --until {until}")
        return found

    def may_hold(self, days: Days) -> bool:
        return may_lie_within(days, self.since, self.until)

    def must_hold(self, days: Days) -> bool:
        return must_lie_within(days, self.since, self.until)


def _parse_date(option: str, text: str | None) -> Edtf | None:
    return None if text is None else parse_date(option, text)


def parse_date(option: str, text: str) -> Edtf:
    """Read what was given with an option as EDTF. Raises UsageError."""
    try:
        return Edtf(text)
    except ValueError as error:
        raise UsageError(f"--{option}: {error}") from None


# Who takes part, and when --------------------------------------------------------------------------------------------


def facts_of(
    corpus: Corpus, kind: type[Any], wanted: Sequence[tuple[Asked | Sequence[Asked] | None, tuple[str, ...]]]
) -> list[Any]:
    """Return the facts of a kind in which what was asked for, or a part of it, has one of the roles.

    Of several that were asked for in one place, one is enough.
    """
    named = [(_roles_of_any(corpus, asked), roles) for asked, roles in wanted if asked]
    keys: Iterable[str] = named[0][0] if named else corpus.facts_by_kind[kind.__struct_config__.tag]
    for having, roles in named:
        keys = [key for key in keys if not having.get(key, set()).isdisjoint(roles)]
    facts = (corpus.facts[key] for key in keys)
    return [fact for fact in facts if isinstance(fact, kind)]


def _roles_of_any(corpus: Corpus, asked: Asked | Sequence[Asked]) -> Mapping[str, set[str]]:
    found: dict[str, set[str]] = {}
    for one in [asked] if isinstance(asked, Asked) else asked:
        for key, roles in corpus.roles_of(str(one.id)).items():
            found.setdefault(key, set()).update(roles)
    return found


def within(corpus: Corpus, facts: Iterable[Any], days: Range) -> list[Any]:
    """Return the facts that can lie in the range."""
    return [fact for fact in facts if days.may_hold(days_together(corpus, fact.id))]


def days_together(corpus: Corpus, key: str) -> Days:
    """Return the first and last day that a fact can have by all that stand together with it."""
    return days_of(corpus, as_one(told_together(corpus, key)))


def days_of(corpus: Corpus, fact: Fact) -> Days:
    """Return the first and last day that a fact can have; either is an end of `ANY_TIME` where it is unknown.

    What was done or said is no later than its print, and a sanction that is known as of a day came then or before.
    """
    first, last = fact.when.possible if fact.when else ANY_TIME
    if isinstance(fact, Sanction) and fact.date is None and fact.status in CAME:
        first = ANY_TIME[0]
    printed = corpus.documents[fact.document].published.possible[1]
    return (first, max(first, min(last, printed))) if _is_past(fact) else (first, last)


def _is_past(fact: Fact) -> bool:
    """Tell whether a fact is about what had been done or said when it was printed, and not about what was to come."""
    if isinstance(fact, Sanction):
        return fact.status in CAME
    return fact.outcome == "held" if isinstance(fact, Event) else isinstance(fact, Statement)


# Once each, and in order ---------------------------------------------------------------------------------------------


def merged(corpus: Corpus, keys: Iterable[str], first: Callable[[str], Any] = bool) -> list[str]:
    """Return one fact for all that stand together: the one whose document came first (after the order `first`)."""
    best: dict[tuple[str, ...], str] = {}
    for key in keys:
        together = corpus.standing_together(key)
        best[together] = min(best.get(together, key), key, key=lambda one: (first(one), *in_print(corpus, one)))
    return list(best.values())


def told_twice(corpus: Corpus, facts: set[int], first: Callable[[int], Any]) -> set[int]:
    """Return, of facts by number, those for which another that stands with them is told, by the rule of `merged`."""
    together: dict[tuple[int, ...], list[int]] = {}
    for fact in facts & corpus.groups.keys():
        together.setdefault(corpus.groups[fact], []).append(fact)
    several = [group for group in together.values() if len(group) > 1]
    told = {min(group, key=lambda fact: (first(fact), *in_print(corpus, corpus.fact_at(fact)))) for group in several}
    return {fact for group in several for fact in group} - told


def in_time(corpus: Corpus, keys: Iterable[str]) -> list[str]:
    """Return the facts by date; one without a date has the place of its print."""
    return sorted(keys, key=lambda key: time_key(corpus, key))


def time_key(corpus: Corpus, key: str) -> tuple[Any, ...]:
    """Return what puts a fact in its place among others in time.

    What has no beginning is placed by its end, and so is a lifting, which stands behind whatever it may have ended.
    """
    fact = as_one(told_together(corpus, key))
    when = fact.when or corpus.documents[fact.document].published
    if isinstance(fact, Sanction) and fact.status == "lifted":
        return when.latest, when.latest, key
    return when.place, when.latest, key
