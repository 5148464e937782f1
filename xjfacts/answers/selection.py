"""Which facts answer a question: those of the entities and days asked for, once each, and in order.

Facts that corroborate each other are one result. Its id is that of the fact whose document came first.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any, Union

from msgspec import Struct

from xjfacts.answers.records import Asked
from xjfacts.corpus.index import Corpus
from xjfacts.corpus.together import days_together, in_print, time_key
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


Wanted = Sequence[tuple[Union[Asked, Sequence[Asked], None], tuple[str, ...]]]


def facts_of(corpus: Corpus, kind: str, wanted: Wanted) -> list[Any]:
    """Return the facts of a kind in which what was asked for, or a part of it, has one of the roles.

    Of several that were asked for in one place, one is enough.
    """
    return [corpus.facts[key] for key in corpus.facts_at(sorted(numbers_of(corpus, kind, wanted)))]


def numbers_of(corpus: Corpus, kind: str, wanted: Wanted) -> set[int]:
    """Return the numbers of the facts that `facts_of` returns."""
    named = [(([asked] if isinstance(asked, Asked) else asked), roles) for asked, roles in wanted if asked]
    if not named:
        return corpus.labelled("kind", [kind])
    found = (
        {number for one in asked for number in corpus.numbers_with(str(one.id), kind, roles)} for asked, roles in named
    )
    return set.intersection(*found)


def in_days(corpus: Corpus, kind: str, facts: set[int], days: Range) -> dict[int, bool]:
    """Return those of some facts of a kind that can lie in the range, in order of time, and whether each surely does.

    They are given by number, once each. Looked at are none but those that stand together.
    """
    since = days.since.earliest if days.since else ANY_TIME[0]
    until = days.until.latest if days.until else ANY_TIME[1]
    found = dict(corpus.timeline(kind).between(since.toordinal(), until.toordinal(), facts))
    for fact in told_twice(corpus, set(found)):
        del found[fact]
    return found


def within(corpus: Corpus, facts: Iterable[Any], days: Range) -> list[Any]:
    """Return the facts that can lie in the range."""
    return [fact for fact in facts if days.may_hold(days_together(corpus, fact.id))]


# Once each, and in order ---------------------------------------------------------------------------------------------


def merged(corpus: Corpus, keys: Iterable[str]) -> list[str]:
    """Return one fact for all that stand together: the one whose document came first."""
    best: dict[tuple[str, ...], str] = {}
    for key in keys:
        together = corpus.standing_together(key)
        other = best.setdefault(together, key)
        if other != key:
            best[together] = min(other, key, key=lambda one: in_print(corpus, one))
    return list(best.values())


def told_twice(corpus: Corpus, facts: set[int], first: Callable[[int], float] = lambda _: 0) -> set[int]:
    """Return, of facts by number, those for which another that stands with them is told: the first in print.

    What `first` gives the least comes before that.
    """
    together: dict[tuple[int, ...], list[int]] = {}
    for fact in facts & corpus.groups.keys():
        together.setdefault(corpus.groups[fact], []).append(fact)
    several = [group for group in together.values() if len(group) > 1]
    twice = {fact for group in several for fact in group}
    ids = dict(zip(twice, corpus.printed_at([*twice]), strict=True))
    told = {min(group, key=lambda fact: (first(fact), *in_print(corpus, ids[fact]))) for group in several}
    return twice - told


def in_time(corpus: Corpus, keys: Iterable[str]) -> list[str]:
    """Return the facts by date; one without a date has the place of its print."""
    return sorted(keys, key=lambda key: time_key(corpus, key))
