"""The page of an answer as plain text, for pipes: a line per entry, unwrapped, for eyes and for grep.

No escape sequence, nothing cut; columns are aligned with spaces.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Any

from xjfacts.answers.records import Answer
from xjfacts.forms.entries import Entry, Source
from xjfacts.forms.page import View, lay_out
from xjfacts.forms.tables import Section
from xjfacts.text import columns_of

GAP = "  "


def to_text(answer: Answer[Any], view: View = View()) -> str:  # noqa: B008, a tuple
    """Return the page as plain text: a line per entry, however long, no escape sequence and nothing cut."""
    page = lay_out(answer, view)
    blocks = [[line for line in (_headed(page.title, page.aside), *page.said) if line]]
    blocks[0] += [_line(entry, (), view) for entry in page.lead]
    blocks += [list(_section(section, view)) for section in page.sections]
    if page.more:
        blocks.append([f"More: {page.more}; --full shows them"])
    if page.sources:
        blocks.append(["Sources", *(line for source in page.sources for line in _source(source))])
    blocks += [[*page.remarks], [page.horizon]]
    return "\n\n".join("\n".join(block) for block in blocks if block) + "\n"


def _headed(title: str, aside: str) -> str:
    return f"{title} ({aside})" if title and aside else title


def _section(section: Section, view: View) -> Iterator[str]:
    if section.heading:
        yield _headed(section.heading, section.aside)
    rows = [_cells(entry, section) for entry in section.entries]
    widths = [max(map(columns_of, column)) for column in zip(*rows, strict=True)]
    for entry, cells in zip(section.entries, rows, strict=True):
        padded = [
            f"{cell}{' ' * (width - columns_of(cell))}" for cell, width in zip(cells, widths, strict=True) if width
        ]
        yield f"{GAP}{_line(entry, padded, view, is_table=section.is_table)}".rstrip()
        for one in entry.under:
            yield from _under(one, view)


@lru_cache(4_096)  # what contests one fact often contests many
def _under(entry: Entry, view: View) -> tuple[str, ...]:
    line = f"{GAP * 3}{_line(entry, (), view)}".rstrip()
    return (line, f"{GAP * 3}{entry.address}") if entry.address else (line,)


def _cells(entry: Entry, section: Section) -> tuple[str, ...]:
    return (entry.name, entry.label, entry.when) if section.is_table else (entry.when,)


def _line(entry: Entry, cells: Sequence[str], view: View, *, is_table: bool = False) -> str:
    label = "" if is_table else entry.label
    text = " ".join(
        filter(None, (entry.text, note_words(entry.notes), f"({entry.id})" if view.ids and entry.id else ""))
    )
    return GAP.join(filter(None, (*cells, label, text)))


def note_words(notes: Iterable[int]) -> str:
    """Return the numbers of notes in brackets, three or more in a row from the first to the last."""
    runs: list[list[int]] = []
    for number in sorted(notes):
        if runs and runs[-1][-1] == number - 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return "".join(f"[{run[0]}–{run[-1]}]" if len(run) > 2 else "".join(f"[{one}]" for one in run) for run in runs)


def _source(source: Source) -> Iterator[str]:
    yield f"{GAP}{source.words}"
    yield f"{GAP}{source.citation.url}"
    yield from (f"{GAP * 2}[{note.number}] ¶ {note.citation.paragraph}  {note.words}" for note in source.notes)
