"""The page of an answer for a terminal, and how far a long reading is; the only place that knows rich.

Data reaches rich only as `Text`, never as markup, so that brackets and emoji codes stay what they are; the page has
made control characters visible before. Colour repeats what words say already. A note links to the document at the
quoted words (OSC 8), for http and https only.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping, Sequence
from typing import IO, Any

from rich.cells import cell_len
from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from xjfacts.answers.records import Answer
from xjfacts.forms.entries import Entry, Note, Span
from xjfacts.forms.page import Page, Section, lay_out

NARROWEST = 20  # below this rich has nowhere to put a word; text then runs over the edge instead of vanishing
WIDEST = 120  # longer lines lose the eye on its way back
STACKED_BELOW = 60  # columns; a narrower terminal has the date above the text and not beside it
TIMELINE_FROM = 72  # columns; a narrower terminal has no room for a year beside the text
MONTHS = "JFMAMJJASOND"
INDENT = GAP = 2  # columns, before a section and between its columns
LONGEST_BAR = 24  # columns, of the greatest figure of its unit

_LABEL_STYLES = {
    "imposed": "bold red",
    "lifted": "bold green",
    "NOT imposed": "bold green",
    "ALLEGES": "bold yellow",
    "denies": "bold cyan",
    "contested": "bold magenta",
    "answers": "bold magenta",
    "accepted": "bold green",
}


def render(answer: Answer[Any], *, width: int, color: bool) -> str:
    """Return what the terminal is to be sent: wrapped to so many columns, with colours and links or without either."""
    width = min(max(width, NARROWEST), WIDEST)
    written = io.StringIO()
    console = Console(
        file=written, width=width, force_terminal=color, color_system="standard" if color else None, highlight=False,
        markup=False, emoji=False, legacy_windows=False, _environ={},
    )  # fmt: skip
    console.print(Group(*_blocks(lay_out(answer), width, links=color)))
    lines = written.getvalue().splitlines()
    return "\n".join(line.rstrip() for line in lines) + "\n"


def _blocks(page: Page, width: int, *, links: bool) -> Iterable[RenderableType]:
    if page.title:
        yield Text(page.title, style="bold")
    if page.subtitle:
        yield Text(page.subtitle, style="dim")
    timeline = [entry.when for section in page.sections for entry in section.entries if entry.months]
    for section in page.sections:
        yield Text()
        yield from _section(section, width, timeline)
    if page.notes:
        yield Text()
        yield Text("Sources", style="bold underline")
        yield _notes(page.notes, width, links=links)
    if page.remarks:
        yield Text()
        yield from (Text(remark, style="italic") for remark in page.remarks)
    yield Text()
    yield Text(page.stamp, style="dim")


def _section(section: Section, width: int, timeline: Sequence[str]) -> Iterable[RenderableType]:
    if section.heading:
        yield Text(section.heading, style="bold underline")
    scale = _scale(section)
    if width < STACKED_BELOW:
        yield from (_stacked(entry, scale) for entry in section.entries)
        return
    has_months = width >= TIMELINE_FROM and any(entry.months for entry in section.entries)
    whens = [  # the years of one timeline align
        *(timeline if has_months else ()),
        *(entry.when for entry in section.entries),
    ]
    columns = [max(map(cell_len, whens)), *([len(MONTHS) + 1] if has_months else [])]
    table = Table.grid(padding=(0, GAP, 0, 0))
    for column in columns:
        table.add_column(width=column, no_wrap=True)
    # A width that is given need not be measured, which for the text of every entry takes a third of the time.
    table.add_column(width=width - INDENT - sum(columns) - GAP * len(columns), overflow="fold")
    if has_months:
        table.add_row(Text(), Text(MONTHS, style="dim"), Text())
    for entry in section.entries:
        months = [Text(entry.months, style="cyan")] if has_months else []
        table.add_row(Text(entry.when, style="cyan"), *months, _body(entry, scale))
    yield Padding(table, (0, 0, 0, INDENT))


def _stacked(entry: Entry, scale: Mapping[str, float]) -> RenderableType:
    head = [Text(entry.when, style="cyan")] if entry.when else []
    return Group(*head, Padding(_body(entry, scale), (0, 0, 0, 2)))


def _body(entry: Entry, scale: Mapping[str, float]) -> RenderableType:
    under = [Padding(_body(one, {}), (0, 0, 0, 2)) for one in entry.under]
    bar = [_bar(entry.span, scale[entry.span.unit])] if entry.span and entry.span.unit in scale else []
    return Group(_line(entry), *bar, *under)


def _line(entry: Entry) -> Text:
    text = Text()
    if entry.label:
        text.append(entry.label, style=_LABEL_STYLES.get(entry.label.partition(",")[0], "bold"))
        text.append(" " if entry.label.endswith(":") else "  ")
    begin = len(text)
    text.append(entry.text)
    for start, end in entry.hits:
        text.stylize("bold underline", begin + start, begin + end)
    for number in entry.notes:
        text.append(f"\u00a0[{number}]" if number == entry.notes[0] else f"[{number}]", style="blue")
    return text


def _scale(section: Section) -> dict[str, float]:
    """Return, by unit, the greatest figure of a section; none for a figure that stands alone in its unit."""
    spans = [entry.span for entry in section.entries if entry.span]
    units = [span.unit for span in spans]
    return {unit: max(span.high for span in spans if span.unit == unit) for unit in units if units.count(unit) > 1}


def _bar(span: Span, greatest: float) -> Text:
    """Draw a figure to scale: solid up to its lower end, shaded from there to its upper, with `>` if it may be more."""
    low, high = (round(end / greatest * LONGEST_BAR) for end in (span.low, span.high)) if greatest else (0, 0)
    return Text("█" * low + "░" * (high - low) + (">" if span.is_open else ""), style="blue")


def _notes(notes: Sequence[Note], width: int, *, links: bool) -> RenderableType:
    numbers = max(4, len(f"[{len(notes)}]"))
    table = Table.grid(padding=(0, 1, 0, 0))
    table.add_column(width=numbers, no_wrap=True, justify="right")
    table.add_column(width=width - numbers - 1, overflow="fold")
    for note in notes:
        table.add_row(Text(f"[{note.number}]", style="blue"), _note(note, links=links))
    return table


def _note(note: Note, *, links: bool) -> Text:
    text = Text(f"{note.source}: ")
    link = note.citation.link
    can_link = links and link.isascii() and link.isprintable() and link.startswith(("http://", "https://"))
    text.append(note.words, style=f"italic link {link}" if can_link else "italic")
    text.append(f" {', '.join(note.facts)}", style="dim")
    return text


class Bar:
    """A bar on a terminal that shows how far something is, and is gone afterwards."""

    def __init__(self, what: str, total: int, terminal: IO[str]) -> None:
        from rich.progress import Progress  # most waiting is over before anybody needs to be told

        self._progress = Progress(console=Console(file=terminal, markup=False, emoji=False), transient=True)
        self._task = self._progress.add_task(what, total=total)

    def move_to(self, done: int) -> None:
        self._progress.start()  # only now, when whoever interrupts it has something to remove: it hides the cursor
        self._progress.update(self._task, completed=done)

    def remove(self) -> None:
        self._progress.stop()
