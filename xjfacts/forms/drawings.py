"""Pictures of an answer as plain geometry, before any form draws them: a timeline, a matrix, bars.

    timeline_of(answer)     # offices, sanctions, events and statements over time, a mark a fact
    matrix_of(answer)       # powers across, targets down, in each field what one has done to the other

A mark says by its shape how well its day is known, and by its filling how far the thing came; nothing rests on colour.
Sizes are in units of the picture, the same for the same facts on every run.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import MAXYEAR, MINYEAR, date
from functools import lru_cache
from typing import Any, NamedTuple

from xjfacts.answers.records import (
    Answer,
    EventAnswer,
    FactAnswer,
    PositionAnswer,
    Ref,
    SanctionAnswer,
    StatementAnswer,
)
from xjfacts.dates import Edtf
from xjfacts.forms.words import STATUS_WORDS, label_words, when_words

WIDTH = 960.0
HEAD = 28.0  # of a lane, for its title
ROW = 18.0  # from one row of marks to the next
MARK = 10.0  # the least width of a mark, so that a day can be seen and pressed
GAP = 4.0
LETTER = 6.3  # the width of a letter at 12 units, on average; only for keeping words apart
MOST_LABELLED = 12  # marks of a lane that have words beside them; more would be a thicket

LANES = (
    ("Offices", PositionAnswer),
    ("Sanctions", SanctionAnswer),
    ("Events", EventAnswer),
    ("Statements", StatementAnswer),
)
_STATES = {
    "imposed": "came",
    "held": "came",
    "lifted": "not",
    "not-imposed": "not",
    "ruled-out": "not",
    "stalled": "not",
    "suspended": "not",
    "declined": "not",
    "cancelled": "not",
}


class Mark(NamedTuple):
    """A fact on the timeline: where it lies, how its day is known (`look`) and how far it came (`state`).

    Looks: `day`; `span` (a month, a year or an interval); `unsure` (approximate); `as-of` (then or before); `printed`
    (no day is known but that of its print). States: `came`, `open` (planned, called for), `not`.
    """

    fact: str
    x: float
    y: float
    width: float
    look: str
    state: str
    label: str
    label_x: float
    label_is_left: bool
    words: str


class Lane(NamedTuple):
    title: str
    y: float
    height: float
    marks: tuple[Mark, ...]


class Tick(NamedTuple):
    x: float
    label: str


class Timeline(NamedTuple):
    width: float
    height: float
    axis: float
    ticks: tuple[Tick, ...]
    lanes: tuple[Lane, ...]


class Field(NamedTuple):
    """What a power has done to a target, in words, and the fact that says so."""

    fact: str
    status: str
    words: str
    when: str


class Row(NamedTuple):
    target: Ref
    fields: tuple[tuple[Field, ...], ...]


class Matrix(NamedTuple):
    powers: tuple[Ref, ...]
    rows: tuple[Row, ...]


def state_of(fact: FactAnswer) -> str:
    """Return how far a thing came: `came`, `open` or `not`; of what was merely said, `said`."""
    if isinstance(fact, SanctionAnswer):
        return _STATES.get(fact.status, "open")
    if isinstance(fact, EventAnswer):
        return _STATES.get(fact.outcome, "open")
    return "said" if label_words(fact) in ("ALLEGES", "ALLEGED") else "came"


# The timeline --------------------------------------------------------------------------------------------------------


class _Dated(NamedTuple):
    fact: FactAnswer
    first: date
    last: date
    look: str


def timeline_of(answer: Answer[Any]) -> Timeline | None:
    """Return the timeline of an answer; nothing where fewer than three of its facts have a place on it."""
    kinds = tuple(kind for _, kind in LANES)
    dated = [_dated(fact) for fact in answer.results if isinstance(fact, kinds)]
    if len(dated) < 3:
        return None
    scale = _Scale(dated)
    lanes: list[Lane] = []
    y = 8.0
    for title, kind in LANES:
        marks, rows = _packed([one for one in dated if isinstance(one.fact, kind)], scale, y + 34)
        if marks:
            lanes.append(Lane(title, y, HEAD + rows * ROW, tuple(marks)))
            y += HEAD + rows * ROW
    return Timeline(WIDTH, y + 26, y, tuple(scale.ticks()), tuple(lanes))


def _dated(fact: FactAnswer) -> _Dated:
    """Return when a fact was, or else as of when it is known, or else when it was printed, and which of these."""
    if isinstance(fact, PositionAnswer) and (fact.since or fact.until):
        date_text, look = f"{fact.since or fact.as_of}/{fact.until or fact.as_of}", ""
    elif fact.date:
        date_text, look = fact.date, ""
    else:
        as_of = getattr(fact, "as_of", None)
        date_text, look = (as_of, "as-of") if as_of else (fact.citations[0].published, "printed")
    try:
        first, last, known = _days(date_text)
    except ValueError:  # an office whose ends contradict each other stands at the day as of which it is known
        first, last, known = _days(getattr(fact, "as_of", None) or fact.citations[0].published)
    return _Dated(fact, first, last, look or known)


@lru_cache(maxsize=1_000)  # a fact stands on the timelines of all whom it names
def _days(text: str) -> tuple[date, date, str]:
    """Return the first and the last day that a date can mean, one of them where it has no end, and its look."""
    when = Edtf(text)
    first, last = when.possible
    if first.year == MINYEAR:
        first = last
    if last.year == MAXYEAR:
        last = first
    return first, last, "unsure" if when.is_qualified else "day" if first == last else "span"


class _Scale:
    """From days to places, over whole years or months."""

    STEPS = (1, 3, 6, 12, 24, 60, 120, 240, 600, 1200)  # months between two ticks
    LEAST = 64  # units between two ticks, so that their words do not touch

    def __init__(self, dated: Sequence[_Dated]) -> None:
        first, last = min(one.first for one in dated), max(one.last for one in dated)
        begin, end = first.year * 12 + first.month - 1, last.year * 12 + last.month
        while end - begin < 6:
            begin, end = begin - 1, end + 1
        self.step = next((one for one in self.STEPS if (end - begin) / one * self.LEAST <= WIDTH), self.STEPS[-1])
        self.begin = max(begin - begin % self.step, 12)
        self.end = end + -end % self.step

    def place(self, day: date, *, is_last: bool = False) -> float:
        month = day.year * 12 + day.month - 1 + (day.day - (0 if is_last else 1)) / 31
        return round((month - self.begin) / (self.end - self.begin) * WIDTH, 1)

    def ticks(self) -> Iterable[Tick]:
        for month in range(self.begin, self.end, self.step):
            year, number = divmod(month, 12)
            x = round((month - self.begin) / (self.end - self.begin) * WIDTH, 1)
            yield Tick(x, str(year) if self.step >= 12 else f"{year}-{number + 1:02}")


def _packed(dated: Sequence[_Dated], scale: _Scale, top: float) -> tuple[list[Mark], int]:
    """Return the marks of a lane, each in the first row where it touches no other, and how many rows there are."""
    ends: list[float] = []
    marks: list[Mark] = []
    has_labels = len(dated) <= MOST_LABELLED
    for fact, first, last, look in sorted(dated, key=lambda one: (one.first, one.last, one.fact.id)):
        x, end = scale.place(first), scale.place(last, is_last=True)
        if look in ("as-of", "printed"):  # a point: the last day on which it can have been said
            x = end
        x = max(min(x, WIDTH - MARK), MARK if look == "as-of" else 0.0)
        width = round(max(end - x, MARK), 1)
        label = _short(fact) if has_labels else ""
        room = len(label) * LETTER + GAP if label else 0.0
        is_left = x + width + room > WIDTH
        left, right = (x - room if is_left else x), (x + width if is_left else x + width + room)
        left -= MARK if look == "as-of" else 0
        row = next((number for number, taken in enumerate(ends) if taken + GAP <= left), len(ends))
        ends[row:] = [max(right, ends[row]) if row < len(ends) else right, *ends[row + 1 :]]
        label_x = round(x - GAP - (MARK if look == "as-of" else 0) if is_left else x + width + GAP, 1)
        words = f"{when_words(fact)}: {fact.gist}"
        marks.append(Mark(fact.id, x, top + row * ROW, width, look, state_of(fact), label, label_x, is_left, words))
    return marks, len(ends)


LONGEST_LABEL = 44


def _short(fact: FactAnswer) -> str:
    """Return the few words that stand beside a mark."""
    if isinstance(fact, SanctionAnswer):
        text = f"{_names(fact.by)}: {STATUS_WORDS[fact.status]}"
    elif isinstance(fact, PositionAnswer):
        text = fact.title
    elif isinstance(fact, StatementAnswer):
        text = f"{label_words(fact)}: {_names(fact.speaker)}"
    else:
        text = label_words(fact)
    return text if len(text) <= LONGEST_LABEL else f"{text[: LONGEST_LABEL - 1]}…"


def _names(refs: Sequence[Ref]) -> str:
    return refs[0].name if len(refs) == 1 else f"{refs[0].name} and {len(refs) - 1} more" if refs else ""


# The matrix ----------------------------------------------------------------------------------------------------------


def matrix_of(answer: Answer[Any]) -> Matrix | None:
    """Return who has done what to whom; nothing where there are not two powers or two targets."""
    sanctions = [fact for fact in answer.results if isinstance(fact, SanctionAnswer)]
    fields: dict[tuple[str, str], list[Field]] = {}
    names: dict[str, Ref] = {}
    for fact in sanctions:
        field = Field(fact.id, fact.status, STATUS_WORDS[fact.status], when_words(fact))
        names.update((ref.id, ref) for ref in (*fact.by, *fact.target))
        for by in fact.by:
            for target in fact.target:
                fields.setdefault((by.id, target.id), []).append(field)
    powers, targets = ({pair[side] for pair in fields} for side in (0, 1))
    if len(powers) < 2 and len(targets) < 2:
        return None
    across = sorted(powers, key=lambda key: (-sum(by == key for by, _ in fields), names[key].name, key))
    down = sorted(targets, key=lambda key: (-_done_to(fields, key), names[key].name, key))
    rows = (Row(names[key], tuple(tuple(fields.get((by, key), ())) for by in across)) for key in down)
    return Matrix(tuple(names[key] for key in across), tuple(rows))


def _done_to(fields: dict[tuple[str, str], list[Field]], target: str) -> int:
    return sum(1 for (_, on), found in fields.items() if on == target and any(one.status == "imposed" for one in found))
