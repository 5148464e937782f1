"""The page of an answer for a terminal, and how far a long reading is; the only place that knows rich.

Data reaches rich only as `Text`, never as markup, so that brackets and emoji codes stay what they are; the page has
made control characters visible before. Colour repeats what words say already, in colours that stand out on black and on
white. An address is there in full and in one piece, so that it can be copied; where the terminal knows links (OSC 8),
a quote also leads to its place in the document, for http and https only.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import zip_longest
from typing import IO, Any

from rich.cells import cell_len
from rich.console import Console
from rich.text import Text

from xjfacts.answers.records import Answer
from xjfacts.forms.entries import Entry, Note, Source, Span
from xjfacts.forms.page import Page, View, lay_out
from xjfacts.forms.plain import note_words
from xjfacts.forms.tables import Section

NARROWEST = 20  # below this rich has nowhere to put a word; text then runs over the edge instead of vanishing
WIDEST = 120  # longer lines lose the eye on its way back
STACKED_BELOW = 60  # columns; a narrower terminal has the date above the text and not beside it
TIMELINE_FROM = 90  # columns; a narrower terminal has no room for a year beside the text
LEAST_FOR_DATES, MOST_FOR_DATES = 22, 0.28  # columns, and the share of the width; longer ones go on below
LEAST_FOR_NAMES = 0.6  # of a table, the share of names in what they and the text have together
MONTHS = "JFMAMJJASOND"
INDENT = GAP = 2  # columns, before a section and between its columns
LONGEST_BAR = 24  # columns, of the greatest figure of its unit
LINK = r"\x1b\]8;id=[^;]*;([^\x1b]+)\x1b\\"
NO_BREAK = "\u00a0"
HOW_TO_SEE_MORE = "--full shows them"

# Neither blue, which vanishes on black, nor yellow, green and cyan, which vanish on white.
_LABEL_STYLES = {
    "IMPOSED": "bold red",
    "ALLEGES": "bold magenta",
    "ALLEGED": "bold magenta",
    "contested": "bold magenta",
    "answers": "italic",
    "answered": "italic",
    "answered in general": "italic",
    "both answered": "italic",
    "all answered": "italic",
}
_HEADING, _FAINT = "bold", "dim"

Cell = tuple[Text, int]  # what stands in a column, and how wide that is


def render(answer: Answer[Any], *, width: int, color: bool, links: bool = False, view: View = View()) -> str:  # noqa: B008
    """Return what the terminal is to be sent: wrapped to so many columns, with colours and links or without either.

    The same answer gives the same bytes, ids of links included, which rich would draw by lot.
    """
    width = min(max(width, NARROWEST), WIDEST)
    written = io.StringIO()
    console = Console(
        file=written, width=width, force_terminal=color, color_system="standard" if color else None, highlight=False,
        markup=False, emoji=False, legacy_windows=False, _environ={},
    )  # fmt: skip
    for line in _Sheet(console, width, view, links=links and color).lines(lay_out(answer, view)):
        console.print(line, no_wrap=True, overflow="ignore", crop=False)
    lines = "\n".join(line.rstrip() for line in written.getvalue().splitlines()) + "\n"
    ids: dict[str, int] = {}  # of each address: the lines of one link are one
    return re.sub(LINK, lambda match: f"\x1b]8;id={ids.setdefault(match[1], len(ids) + 1)};{match[1]}\x1b\\", lines)


class _Sheet:
    """The page as lines, none longer than the width but for addresses."""

    def __init__(self, console: Console, width: int, view: View, *, links: bool) -> None:
        self.console = console
        self.width = width
        self.view = view
        self.links = links

    def lines(self, page: Page) -> Iterator[Text]:
        yield from self._beside(Text(page.title, style=_HEADING), page.aside)
        for said in page.said:
            yield from self._wrapped(Text(said))
        for entry in page.lead:
            yield from self._wrapped(self._text(entry))
        timeline = [entry.when for section in page.sections for entry in section.entries if entry.months]
        for section in page.sections:
            yield Text()
            yield from self._section(section, timeline)
        if page.more:
            yield Text()
            text = Text(f"More: {page.more}")
            has_room = text.cell_len + GAP + len(HOW_TO_SEE_MORE) <= self.width
            yield from self._beside(text, HOW_TO_SEE_MORE if has_room else "--full")
        if page.sources:
            yield from (Text(), Text("Sources", style=_HEADING))
            numbers = max(len(f"[{note.number}]") for source in page.sources for note in source.notes)
            for source in page.sources:
                yield from self._source(source, numbers)
        if page.remarks:
            yield Text()
            for remark in page.remarks:
                yield from self._wrapped(Text(remark, style="italic"))
        yield from self._wrapped(Text(page.horizon, style=_FAINT))

    def _beside(self, text: Text, aside: str) -> Iterator[Text]:
        """Yield text with something at the other end of its line, or behind it where there is no room."""
        room = self.width - text.cell_len - cell_len(aside)
        if aside:
            text.append(f"{' ' * room}{aside}" if room >= GAP else f"  {aside}", style=f"not bold {_FAINT}")
        yield from self._wrapped(text)

    def _wrapped(self, text: Text, indent: int = 0, width: int | None = None) -> Iterator[Text]:
        for line in text.wrap(self.console, (width or self.width) - indent, overflow="fold"):
            line.rstrip()
            line.pad_left(indent)
            yield line

    def _row(self, cells: Sequence[Cell], *, indent: int = INDENT, gap: int = GAP) -> Iterator[Text]:
        """Yield the lines of texts that stand beside each other, each wrapped to its column."""
        columns = [list(self._wrapped(text, width=width)) for text, width in cells]
        for parts in zip_longest(*columns):
            line = Text(" " * indent)
            for number, part in enumerate(parts):
                begin = line.cell_len
                if part is not None:
                    line.append_text(part)
                if number < len(cells) - 1:
                    line.append(" " * (begin + cells[number][1] + gap - line.cell_len))
            line.rstrip()
            yield line

    # Sections

    def _section(self, section: Section, timeline: Sequence[str]) -> Iterator[Text]:
        if section.heading:
            yield from self._beside(Text(section.heading, style=_HEADING), section.aside)
        scale = _scale(section)
        if self.width < STACKED_BELOW:
            for entry in section.entries:
                yield from self._stacked(entry, scale, is_table=section.is_table)
            return
        has_months = self.width >= TIMELINE_FROM and any(entry.months for entry in section.entries)
        whens = (*(timeline if has_months else ()), *(entry.when for entry in section.entries))
        widest = max(LEAST_FOR_DATES, int(self.width * MOST_FOR_DATES))
        widths = [min(widest, max(map(cell_len, whens), default=0))]  # the years of one timeline align
        if section.is_table:
            widths = self._widths_of_table(section)
        elif has_months:
            widths.append(len(MONTHS) + 1)
            yield from self._row([(Text(), widths[0]), (Text(MONTHS, style=_FAINT), widths[1])])
        widths = [width for width in widths if width]
        rest = self.width - INDENT - sum(widths) - GAP * len(widths)
        for entry in section.entries:
            cells = [Text(entry.when.replace("c. ", f"c.{NO_BREAK}"))]
            if section.is_table:
                cells = [Text(entry.name), Text(entry.label, style=_style_of(entry.label)), *cells]
            elif has_months:
                cells.append(Text(entry.months))
            cells = cells if widths else []
            text = self._text(entry, has_label=not section.is_table, has_id=not section.is_table)
            yield from self._row([*zip(cells, widths, strict=True), (text, rest)])
            yield from self._below(entry, scale, self.width - rest)

    def _widths_of_table(self, section: Section) -> list[int]:
        """Return the columns of names, labels and dates; where room is short, names get what the text does not need."""
        rows = section.entries
        names, labels, whens, texts = (
            max(map(cell_len, column))
            for column in (
                [entry.name for entry in rows],
                [entry.label for entry in rows],
                [entry.when for entry in rows],
                [f"{entry.text} {note_words(entry.notes)}" for entry in rows],
            )
        )
        room = self.width - INDENT - labels - whens - 3 * GAP
        return [min(names, max(room - texts, int(room * LEAST_FOR_NAMES))), labels, whens]

    def _below(self, entry: Entry, scale: Mapping[str, float], indent: int) -> Iterator[Text]:
        """Yield the bar of a figure and whatever stands under an entry."""
        if entry.span and entry.span.unit in scale:
            bar = _bar(entry.span, scale[entry.span.unit], min(LONGEST_BAR, self.width - indent - 1))
            bar.pad_left(indent)
            yield bar
        if self.view.ids and entry.name and all(one.id != entry.id for one in entry.under):
            yield from self._wrapped(Text(entry.id, style=_FAINT), 3 * INDENT)  # beside a narrow column it would break
        for one in entry.under:  # as far left as it can, for it may be long
            yield from self._wrapped(self._text(one), 3 * INDENT)
            if one.address:
                yield Text(f"{' ' * 3 * INDENT}{one.address}", style=_FAINT)

    def _stacked(self, entry: Entry, scale: Mapping[str, float], *, is_table: bool) -> Iterator[Text]:
        head = entry.name if is_table else entry.when
        if head:
            yield from self._wrapped(Text(head), INDENT)
        text = self._text(entry)
        if is_table:
            text = Text().append_text(self._label(entry)).append(f" {entry.when}")
            if entry.text or entry.notes:
                text.append(", " if entry.text else " ")
                text.append_text(self._text(entry, has_label=False, has_id=False))
        yield from self._wrapped(text, 2 * INDENT)
        yield from self._below(entry, scale, 2 * INDENT)

    def _label(self, entry: Entry) -> Text:
        return Text(entry.label, style=_style_of(entry.label))

    def _text(self, entry: Entry, *, has_label: bool = True, has_id: bool = True) -> Text:
        text = Text()
        if has_label and entry.label:
            text.append_text(self._label(entry))
            text.append(" " if entry.label.endswith(":") else "  ")
        begin = len(text)
        text.append(entry.text)
        for start, end in entry.hits:
            text.stylize("bold underline", begin + start, begin + end)
        if entry.notes:
            text.append(f"{NO_BREAK if entry.text else ''}{note_words(entry.notes)}", style=_FAINT)
        if self.view.ids and entry.id and has_id:
            text.append(f" {entry.id}", style=_FAINT)
        return text

    # Sources

    def _source(self, source: Source, numbers: int) -> Iterator[Text]:
        yield from self._wrapped(Text(source.words))
        yield Text(source.citation.url, style=_FAINT)
        for note in source.notes:
            number = Text(f"[{note.number}]".rjust(numbers), style=_FAINT)
            text = Text(" ").join([Text(f"¶{NO_BREAK}{note.citation.paragraph}"), self._quote(note)])
            yield from self._row([(number, numbers), (text, self.width - numbers - 1)], indent=0, gap=1)

    def _quote(self, note: Note) -> Text:
        link = note.citation.link
        can_link = self.links and link.isascii() and link.isprintable() and link.startswith(("http://", "https://"))
        text = Text()
        text.append(note.quoted, style=f"italic link {link}" if can_link else "italic")
        if note.context:
            text.append(f" {note.context}", style=_FAINT)
        return text


def _style_of(label: str) -> str:
    return _LABEL_STYLES.get(re.split("[,:]", label)[0], "bold")


def _scale(section: Section) -> dict[str, float]:
    """Return, by unit, the greatest figure of a section; none for a figure that stands alone in its unit."""
    spans = [entry.span for entry in section.entries if entry.span]
    units = [span.unit for span in spans]
    return {unit: max(span.high for span in spans if span.unit == unit) for unit in units if units.count(unit) > 1}


def _bar(span: Span, greatest: float, longest: int) -> Text:
    """Draw a figure to scale: solid up to its lower end, shaded from there to its upper, with `>` if it may be more."""
    low, high = (round(end / greatest * longest) for end in (span.low, span.high)) if greatest else (0, 0)
    return Text("█" * low + "░" * (high - low) + (">" if span.is_open else ""))


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
