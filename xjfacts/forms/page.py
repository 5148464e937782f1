"""An answer laid out for people: headings, entries and numbered notes, before any form is chosen.

The terminal, the piped text, the Markdown and the HTML show the same page, so nothing can be said in one and missing in
another. Everything on a page has passed `text.visible`: no control or direction character of the data reaches a
reader raw, and no name or quote can forge a line.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from operator import is_
from typing import Any, NamedTuple

from msgspec import Struct
from msgspec.json import encode
from msgspec.structs import replace

from xjfacts.answers.records import Answer, Citation, EntityAnswer, FactAnswer
from xjfacts.forms.entries import Entries, Entry, Source, sources_of
from xjfacts.forms.headings import answer_words, aside_words, horizon_words, remarks, title_words, understood_words
from xjfacts.forms.summary import Summary
from xjfacts.forms.tables import Section, by_power
from xjfacts.forms.words import SECTION_TITLES, capitalised, year_words
from xjfacts.text import is_visible, visible

IN_TABLES = ("who", "sanctions")  # the commands whose page is brief unless it is asked for in full


class View(NamedTuple):
    """How an answer is to be shown: in full or as far as a screen goes, with ids or without, by which version."""

    full: bool = False
    ids: bool = False
    version: str = ""


class Page(NamedTuple):
    """All that a reader is told, from the question as it was understood to the facts that the answer stood on.

    `aside` stands beside the title, `said` answers in sentences, `lead` says who somebody is, `more` counts what is
    told with --full only, `remarks` say what was left out. `citations` has for each fact of the page all that prove it.
    """

    title: str
    aside: str
    said: tuple[str, ...]
    lead: tuple[Entry, ...]
    sections: tuple[Section, ...]
    more: str
    sources: tuple[Source, ...]
    remarks: tuple[str, ...]
    horizon: str
    citations: Mapping[str, tuple[Citation, ...]]


def lay_out(answer: Answer[Any], view: View = View()) -> Page:  # noqa: B008, a tuple
    """Return the page of an answer, with every string of it made visible."""
    return lay_out_visible(made_visible(answer), view)


def lay_out_visible(answer: Answer[Any], view: View = View()) -> Page:  # noqa: B008
    """Return the page of an answer that has been made visible."""
    entity = answer.entity
    entries = Entries(answer, first_only=answer.query.command in IN_TABLES and not view.full)
    lead: tuple[Entry, ...] = ()
    more = ""
    if isinstance(entity, EntityAnswer):  # sections stand before the notes, which they number
        summary = Summary(answer, entity, entries, is_full=view.full)
        title, lead = entity.name, tuple(summary.identity())
        sections, more = tuple(summary.sections()), summary.more()
    else:
        title, sections = title_words(answer.query), tuple(_sections(answer, entries, view))
    return Page(
        title=title,
        aside=aside_words(answer),
        said=(*understood_words(answer), *answer_words(answer)),
        lead=lead,
        sections=sections,
        more=more,
        sources=sources_of(entries.notes()),
        remarks=tuple(remarks(answer)),
        horizon=horizon_words(answer, view.version),
        citations=_citations(entries),
    )


def made_visible(value: Any) -> Any:
    """Return the record, tuple or string with all strings in it made visible; itself where they are."""
    if isinstance(value, str):
        return visible(value)
    if isinstance(value, tuple):
        several = tuple(map(made_visible, value))
        return value if all(map(is_, several, value)) else several
    if isinstance(value, Struct):
        if _is_visible(value):
            return value
        fields = {key: getattr(value, key) for key in value.__struct_fields__}
        shown = {key: made_visible(one) for key, one in fields.items() if isinstance(one, (str, tuple, Struct))}
        changed = {key: one for key, one in shown.items() if one is not fields[key]}
        return replace(value, **changed) if changed else value
    return value


def _is_visible(record: Struct) -> bool:
    """Tell whether all strings in a record surely are visible: nearly all are, and are looked at in one go as JSON."""
    try:
        text = encode(record).decode()
    except (TypeError, UnicodeError):  # a lone surrogate, say
        return False
    return "\\" not in text.replace('\\"', "") and is_visible(text)


def _citations(entries: Entries) -> dict[str, tuple[Citation, ...]]:
    found: dict[str, tuple[Citation, ...]] = {}
    for fact in entries.facts.values():
        for key in (fact.id, *fact.corroborated_by):
            found[key] = tuple(one for one in fact.citations if one.fact == key)
    return found


# Sections ------------------------------------------------------------------------------------------------------------


def _sections(answer: Answer[Any], entries: Entries, view: View) -> Iterator[Section]:
    if answer.query.command == "sanctions":
        yield from by_power(answer, entries, is_full=view.full)
        return
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
