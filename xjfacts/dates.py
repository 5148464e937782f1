"""Dates as the fact files write them: a subset of EDTF (ISO 8601-2:2019, levels 0 and 1).

    2021   2021-03   2021-03-18          a year, a month, a day
    2018-09/2022-01   2019/..   ../2019  an interval, also without an end or a beginning
    2018-11-15~   2021?   2021-03%       approximate, uncertain, both

A date is not a point: it has an earliest and a latest day, and callers compare those. An approximate or uncertain date
may moreover lie one unit of its own precision earlier or later; that is the default padding of python-edtf's
`lower_fuzzy` and `upper_fuzzy`. Nothing else of EDTF is accepted (no seasons, no `X`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from datetime import date, timedelta
from functools import lru_cache

ACCEPTED = (
    "a date is 2021, 2021-03 or 2021-03-18, an interval 2018-09/2022-01 or 2019/.., each with ~, ? or % if unsure"
)

_PRECISIONS = {4: "year", 7: "month", 10: "day"}  # by the length of the text
_OPEN = ".."


Days = tuple[date, date]  # the first and the last day that something can have
ANY_TIME: Days = (date.min, date.max)


class Edtf:
    """One date or interval of the subset, with the days it can mean.

    `earliest` and `latest` are the first and last day it covers; an open end is `date.min` or `date.max`. Raises
    ValueError, with the reason in words, for text that is no such date, an impossible day or a reversed interval.
    """

    __slots__ = ("earliest", "is_interval", "is_qualified", "latest", "possible", "text")

    def __init__(self, text: str) -> None:
        begin, slash, end = text.partition("/")
        self.text = text
        self.is_interval = bool(slash)
        first = _Side(begin, text, is_open=bool(slash) and end != _OPEN)
        last = _Side(end, text, is_open=begin != _OPEN) if slash else first
        self.earliest, self.latest = first.earliest, last.latest
        if self.earliest > self.latest:
            raise ValueError(f"'{text}' ends before it begins")
        self.is_qualified = bool(first.qualifier or last.qualifier)
        self.possible = first.pad_down(), last.pad_up()

    @property
    def sort_key(self) -> tuple[date, date]:
        return self.earliest, self.latest

    @property
    def place(self) -> date:
        """The day by which it is listed: its first, or where it has none its last."""
        return self.latest if self.earliest == date.min else self.earliest

    def __str__(self) -> str:
        return self.text

    def __repr__(self) -> str:
        return f"Edtf({self.text!r})"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Edtf) and self.text == other.text

    def __hash__(self) -> int:
        return hash(self.text)


@lru_cache(maxsize=1_000)  # many facts are of one day
def date_words(text: str) -> str:
    """Say an EDTF date so that a range, an open end and a merely approximate day are visible as such."""
    if "/" in text:
        begin, end = text.split("/")
        if begin == "..":
            return f"until {date_words(end)}"
        return f"{date_words(begin)} onwards" if end == ".." else f"{date_words(begin)} to {date_words(end)}"
    plain = text.rstrip("~?%")
    return {"~": f"c. {plain}", "?": f"{plain} (?)", "%": f"c. {plain} (?)"}.get(text[len(plain) :], plain)


def guess_date(text: str, today: date) -> str | None:
    """Return how the day, month or year that somebody wrote in another form is written here; None if there is nothing.

    `Feb 2023`, `10 February 2023`, `February 10, 2023`, `2023/02/10`, `2023-2`, `20230210`, `10.2.2023`, `today`. What
    can mean two days (`10/02/2023`) is not guessed, and neither is what is in order as it is.
    """
    try:
        Edtf(text)
    except ValueError:
        for guess in _readings(" ".join(text.replace(",", " ").split()).casefold(), today):
            with suppress(ValueError):
                return Edtf(guess).text
    return None


_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


def _readings(text: str, today: date) -> Iterator[str]:
    named = {"today": today, "now": today, "yesterday": today - timedelta(days=1)}
    if text in named:
        yield named[text].isoformat()
    if match := re.fullmatch(r"([0-9]{4})[-/. ]?([0-9]{1,2})(?:[-/. ]?([0-9]{1,2}))?", text):
        yield "-".join(part.zfill(2) for part in match.groups() if part)
    if match := re.fullmatch(r"([0-9]{1,2})([./-])([0-9]{1,2})\2([0-9]{4})", text):
        day, sign, month, year = match.groups()
        if sign == "." or int(day) > 12 or day == month:
            yield f"{year}-{month.zfill(2)}-{day.zfill(2)}"
        elif int(month) > 12:
            yield f"{year}-{day.zfill(2)}-{month.zfill(2)}"
    number = "([0-9]{1,2})(?:st|nd|rd|th)?"
    if match := re.fullmatch(rf"(?:{number} )?([a-z]{{3,9}})\.?(?: {number})? ([0-9]{{4}})", text):
        before, name, after, year = match.groups()
        day = before or after
        if name[:3] in _MONTHS and not (before and after):
            yield "-".join([year, f"{_MONTHS.index(name[:3]) + 1:02}", *([day.zfill(2)] if day else [])])


def may_lie_within(days: Days, since: Edtf | None, until: Edtf | None) -> bool:
    """Tell whether some day, of the first and last that a thing can have, lies from `since` to the end of `until`."""
    low, high = days
    return (since is None or high >= since.earliest) and (until is None or low <= until.latest)


def must_lie_within(days: Days, since: Edtf | None, until: Edtf | None) -> bool:
    """Tell whether every day from the first to the last that a thing can have lies in the range."""
    low, high = days
    return (since is None or low >= since.earliest) and (until is None or high <= until.latest)


class _Side:
    """One side of the slash, or the whole of a date without one."""

    __slots__ = ("earliest", "latest", "precision", "qualifier")

    def __init__(self, text: str, whole: str, *, is_open: bool) -> None:
        if text == _OPEN and is_open:
            self.precision, self.qualifier = "open", ""
            self.earliest, self.latest = date.min, date.max
            return
        self.qualifier = text[-1] if text.endswith(("~", "?", "%")) else ""
        numbers = text.removesuffix(self.qualifier)
        self.precision = _PRECISIONS.get(len(numbers), "")
        day = numbers + "-01-01"[len(numbers) - 4 :]
        if not (self.precision and day[4::3] == "--" and day.replace("-", "", 2).isdecimal() and day.isascii()):
            raise ValueError(f"'{whole}' is not a date; {ACCEPTED}")
        try:
            self.earliest = date.fromisoformat(day)
        except ValueError:
            raise ValueError(f"'{whole}' is not a day of the calendar") from None
        self.latest = _last_day(self.earliest, self.precision)

    def pad_down(self) -> date:
        if not self.qualifier or self.earliest == date.min:
            return self.earliest
        before = self.earliest - timedelta(days=1)
        return before if self.precision == "day" else before.replace(day=1, month=self._first_month(before))

    def pad_up(self) -> date:
        if not self.qualifier or self.latest == date.max:
            return self.latest
        return _last_day(self.latest + timedelta(days=1), self.precision)

    def _first_month(self, day: date) -> int:
        return 1 if self.precision == "year" else day.month


def _last_day(first: date, precision: str) -> date:
    """Return the last day of the day, month or year that begins with `first`."""
    if precision == "year":
        return first.replace(month=12, day=31)
    if precision == "month":  # without `calendar`: importing it costs 1.5 ms
        return date(first.year, first.month + 1, 1) - timedelta(days=1) if first.month < 12 else first.replace(day=31)
    return first
