"""The page of an answer as plain text and as Markdown; the terminal's form of it is `terminal`.

Plain text has a line per entry, unwrapped, for eyes and for grep. Markdown has numbered footnotes, to be pasted into an
article.
"""

from __future__ import annotations

import re
from typing import Any

from xjfacts.answers.records import Answer, Query
from xjfacts.forms.cite import escape_markdown as _md
from xjfacts.forms.entries import Entry, Note
from xjfacts.forms.page import lay_out
from xjfacts.text import counted

LONGEST_LABEL = 60  # characters of a question in the name of a footnote


def to_text(answer: Answer[Any]) -> str:
    """Return the page as plain text: a line per entry, however long, no escape sequence and nothing cut."""
    page = lay_out(answer)
    lines = [line for line in (page.title, page.subtitle) if line]
    for section in page.sections:
        lines += ["", section.heading] if section.heading else [""] if lines else []
        for entry in section.entries:
            lines += [f"  {_plain_entry(entry)}", *(f"      {_plain_entry(one)}" for one in entry.under)]
    if page.notes:
        lines += ["", "Sources"]
        lines += [f"  {_plain_note(note)}" for note in page.notes]
    if page.remarks:
        lines += ["", *page.remarks]
    return "\n".join([*lines, "", page.stamp]) + "\n"


def _plain_entry(entry: Entry) -> str:
    notes = "".join(f"[{number}]" for number in entry.notes)
    return "  ".join(part for part in (entry.when, entry.label, " ".join(filter(None, (entry.text, notes)))) if part)


def _plain_note(note: Note) -> str:
    cited = note.citation
    return f"[{note.number}] {note.source}: {note.words} {cited.link} ({', '.join(note.facts)})"


def to_markdown(answer: Answer[Any]) -> str:
    """Return the page as Markdown with numbered footnotes (Pandoc's and GitHub's), to be pasted into an article.

    Before the footnotes stands the whole checksum of the facts that the answer stood on. The names of the footnotes
    begin with the question, so that several answers can stand in one article.
    """
    page, data, label = lay_out(answer), answer.data, _label(answer.query)
    lines = [f"# {_md(page.title)}", ""] if page.title else []
    lines += [_md(page.subtitle), ""] if page.subtitle else []
    for section in page.sections:
        lines += [f"## {_md(section.heading)}", ""] if section.heading else []
        for entry in section.entries:
            lines += [f"- {_md_entry(entry, label)}", *(f"    - {_md_entry(one, label)}" for one in entry.under)]
        lines.append("")
    for remark in page.remarks:
        lines += [f"*{_md(remark)}*", ""]
    lines += [
        f"*xjfacts, {counted(data.documents, 'document')}, {counted(data.facts, 'fact')}, sha256 {data.sha256}*",
        "",
    ]
    lines += [_md_note(note, label) for note in page.notes]
    return "\n".join(lines).rstrip("\n") + "\n"


def _label(query: Query) -> str:
    """Return what the names of a question's footnotes begin with: `sanctions-us-erkin-tuniyaz-`."""
    parts = [query.command, *(asked.id or "" for asked in query.names()), *(query.words or ()), *(query.ids or ())]
    return re.sub("[^a-z0-9]+", "-", "-".join(parts).lower())[:LONGEST_LABEL].strip("-") + "-"


def _md_entry(entry: Entry, label: str) -> str:
    head = " · ".join(part for part in (_md(entry.when), f"*{_md(entry.label)}*" if entry.label else "") if part)
    notes = "".join(f"[^{label}{number}]" for number in entry.notes)
    return f"{head}{' — ' if head and entry.text else ''}{_md(entry.text)}{notes}"


def _md_note(note: Note, label: str) -> str:
    return f"[^{label}{note.number}]: {_md(note.source)}: {_md(note.words)} <{note.citation.link}>\n"
