"""An answer laid out for people: headings, entries and numbered notes, before any form is chosen.

The terminal, the piped text and the Markdown show the same page, so nothing can be said in one and missing in
another. Everything on a page has passed `text.visible`: no control or direction character of the data reaches a
reader raw, and no name or quote can forge a line.
"""

from __future__ import annotations

from collections.abc import Iterable
from operator import is_
from typing import Any, NamedTuple

from msgspec import Struct
from msgspec.structs import replace

from xjfacts.answers.records import Answer, EntityAnswer, Evidence, FactAnswer
from xjfacts.forms.entries import Entries, Entry, Note
from xjfacts.forms.words import (
    SECTION_TITLES,
    answer_words,
    asked_with_words,
    capitalised,
    checked_words,
    entity_lines,
    evidence_words,
    not_shown,
    year_words,
)
from xjfacts.text import counted, visible


class Section(NamedTuple):
    """Entries under a heading, which may be empty."""

    heading: str
    entries: tuple[Entry, ...]


class Page(NamedTuple):
    """All that a reader is told. `remarks` say what was left out, and `stamp` on which facts the answer stood."""

    title: str
    subtitle: str
    sections: tuple[Section, ...]
    notes: tuple[Note, ...]
    remarks: tuple[str, ...]
    stamp: str


def lay_out(answer: Answer[Any]) -> Page:
    """Return the page of an answer, with every string of it made visible."""
    return lay_out_visible(made_visible(answer))


def lay_out_visible(answer: Answer[Any]) -> Page:
    """Return the page of an answer that has been made visible."""
    entries = Entries(answer)
    title, subtitle = _headline(answer)
    sections = tuple(_sections(answer, entries))  # before the notes, which it numbers
    return Page(title, subtitle, sections, tuple(entries.notes()), tuple(_remarks(answer)), _stamp(answer))


def made_visible(value: Any) -> Any:
    """Return the record, tuple or string with all strings in it made visible; itself where they are."""
    if isinstance(value, str):
        return visible(value)
    if isinstance(value, tuple):
        several = tuple(map(made_visible, value))
        return value if all(map(is_, several, value)) else several
    if isinstance(value, Struct):
        fields = {key: getattr(value, key) for key in value.__struct_fields__}
        shown = {key: made_visible(one) for key, one in fields.items() if isinstance(one, (str, tuple, Struct))}
        changed = {key: one for key, one in shown.items() if one is not fields[key]}
        return replace(value, **changed) if changed else value
    return value


# Heading and closing lines -------------------------------------------------------------------------------------------


def _headline(answer: Answer[Any]) -> tuple[str, str]:
    entity = answer.entity
    if isinstance(entity, EntityAnswer):
        return entity.name, "; ".join(entity_lines(entity))
    query = answer.query
    if isinstance(answer.outcomes, dict):
        counts = ", ".join(f"{count:,} {outcome}" for outcome, count in answer.outcomes.items())
        return "Screened list", f"{counted(sum(answer.outcomes.values()), 'row')}{': ' if counts else ''}{counts}"
    named: dict[str, list[str]] = {}
    for word, asked in asked_with_words(query):
        if asked.name:
            named.setdefault(word, []).append(asked.name)
    title = " ".join([query.command.capitalize(), *(f"{word} {', '.join(them)}" for word, them in named.items())])
    return title, answer_words(answer)


def _remarks(answer: Answer[Any]) -> Iterable[str]:
    for old, new in answer.query.renamed.items():
        yield f"'{old}' is now '{new}'"
    if isinstance(answer.total, int):
        yield f"the first {answer.count} of {answer.total:,} (--limit)"
    if isinstance(answer.query.known_by, str):
        yield f"from the documents published by {answer.query.known_by} (--known-by)"
    if isinstance(answer.evidence, Evidence):
        yield evidence_words(answer.evidence)
        yield "lists are known here as of their days, and in part: no record and unknown do not mean not sanctioned"
    if answer.hidden:
        yield not_shown(answer)
    if any(isinstance(one, FactAnswer) and not one.certain for one in answer.results):
        yield "(?) may lie outside the dates asked for"
    if isinstance(answer.unread, dict):
        yield from (f"no paragraph of {document}: {reason}" for document, reason in answer.unread.items())
    if isinstance(answer.checked, dict):
        yield f"checked: {', '.join(checked_words(count, what) for what, count in answer.checked.items())}"
    if isinstance(answer.not_looked_at, dict):
        beyond = [f"{rule} ({', '.join(languages)})" for rule, languages in answer.not_looked_at.items()]
        yield f"not looked at: {', '.join(beyond)}"


def _stamp(answer: Answer[Any]) -> str:
    data = answer.data
    return f"facts: {counted(data.documents, 'document')}, {counted(data.facts, 'fact')}, sha256 {data.sha256[:16]}"


# Sections ------------------------------------------------------------------------------------------------------------


def _sections(answer: Answer[Any], entries: Entries) -> Iterable[Section]:
    headed: dict[str, list[Entry]] = {}
    for result in answer.results:
        headed.setdefault(_heading(answer, result), []).append(entries.entry_of(result))
    for heading, under in headed.items():
        yield Section(heading, tuple(under))


def _heading(answer: Answer[Any], result: Any) -> str:
    if isinstance(result, FactAnswer) and isinstance(result.section, str):
        return SECTION_TITLES.get(result.section, capitalised(result.section))
    command = answer.query.command
    if command == "events":
        return year_words(result.date or result.citations[0].published)
    if command == "sources" and isinstance(result, FactAnswer):
        return f"¶ {result.citations[0].paragraph}"
    return ""
