"""Facts in order of time, and the days of each: what a range of days is looked for in.

    timeline_of(corpus, [(17, "scmp-2023-02/talks-held"), ...])

A day is a number here, that which the calendar of `datetime.date` gives it, so that the days of a hundred thousand
facts are looked through in no time.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from xjfacts.corpus.together import Told, days_of, place_of, told_as_one


class Timeline(NamedTuple):
    """Facts by number, in order of time, and the first and last day of each."""

    facts: Sequence[int]
    first: Sequence[int]
    last: Sequence[int]

    def between(self, since: int, until: int, among: Collection[int]) -> Iterator[tuple[int, bool]]:
        """Yield those of some facts that can lie within two days, and whether each surely does."""
        for fact, first, last in zip(self.facts, self.first, self.last, strict=True):
            if last >= since and first <= until and fact in among:
                yield fact, first >= since and last <= until


def timeline_of(corpus: Told, facts: Iterable[tuple[int, str]]) -> Timeline:
    """Return facts, given by number and id, in order of time."""
    rows: list[tuple[tuple[Any, ...], int, int, int]] = []
    for number, key in facts:
        told = told_as_one(corpus, key)
        first, last = days_of(*told)
        rows.append((place_of(*told), number, first.toordinal(), last.toordinal()))
    rows.sort()
    return Timeline([row[1] for row in rows], [row[2] for row in rows], [row[3] for row in rows])
