"""Answers in the forms that scripts and articles take: JSON, NDJSON, CSV, Markdown, plain text.

Each form is a pure function of an answer. JSON is UTF-8, the same bytes every run; characters that a terminal would
obey or hide stand in it as `\\uXXXX`, which is the same JSON. CSV is RFC 4180 with a row per fact and citation, and
no cell of it can start a formula (OWASP, CSV injection). Plain text has a line per entry, unwrapped, for eyes and for
grep.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Any

import msgspec

from xjfacts.answer import Answer, Ref
from xjfacts.page import Entry, Note, Page, lay_out
from xjfacts.text import visible

CSV_COLUMNS = (
    "id", "kind", "gist", "date", "as_of", "status", "type", "outcome", "act", "title", "measure", "bound", "value",
    "low", "high", "unit", "medium", "by", "target", "called_for_by", "holder", "of", "participants", "place",
    "speaker", "to", "estimator", "subjects", "according_to", "about", "certain", "origins", "corroborated_by",
    "contested_by", "cited_fact", "document", "publisher", "document_title", "published", "paragraph", "quote", "link",
)  # fmt: skip

_ROW_COLUMNS = {  # of results that are not facts, by kind
    "document": ("id", "kind", "title", "publisher", "authors", "published", "dated_by", "type", "origin", "url",
                 "sha256", "paragraphs", "words"),
    "candidate": ("id", "kind", "name", "entity_kind", "matched", "weak", "score", "accepted", "why", "context"),
    "problem": ("kind", "file", "line", "code", "message"),
    "entity": ("id", "kind", "name", "names", "part_of", "search", "weak", "facts", "size"),
}  # fmt: skip

_UNSAFE_IN_JSON = re.compile(
    "[\x7f-\x9f\u00ad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\uffff\U000e0000-\U000e0fff]"
)
_MARKDOWN = re.compile(r"([\\`*_\[\]<>#|~$^@{}])")
_FORMULA = re.compile(r"^\s*[=+\-@\t\r]")


def to_json(answer: Answer, *, indent: int = 0) -> str:
    """Return the envelope as one line, or indented by so many spaces."""
    data = msgspec.json.encode(answer)
    return _escaped(msgspec.json.format(data, indent=indent) if indent else data) + "\n"


def to_ndjson(answer: Answer) -> str:
    """Return the results, one a line; nothing for none."""
    return "".join(f"{_escaped(msgspec.json.encode(result))}\n" for result in answer)


def _escaped(data: bytes) -> str:
    return _UNSAFE_IN_JSON.sub(lambda match: _json_escape(match[0]), data.decode())


def _json_escape(character: str) -> str:
    units = character.encode("utf-16-be")
    return "".join(f"\\u{units[at]:02x}{units[at + 1]:02x}" for at in range(0, len(units), 2))


def to_csv(answer: Answer) -> str:
    """Return a header and a row per fact and citation; results of other kinds have columns of their own, a row each."""
    import csv  # 2 ms that only this form needs
    import io

    columns, rows = _table(answer)
    written = io.StringIO()
    writer = csv.writer(written, lineterminator="\r\n", quoting=csv.QUOTE_MINIMAL)
    writer.writerow(columns)
    writer.writerows([_cell(row.get(column)) for column in columns] for row in rows)
    return written.getvalue()


def _table(answer: Answer) -> tuple[tuple[str, ...], list[dict[str, Any]]]:
    rows = [row for result in answer for row in _rows(result)]
    kinds = {str(row["kind"]) for row in rows}
    other = next((kind for kind in kinds if kind in _ROW_COLUMNS), None)
    if other is None and kinds and not kinds <= _FACT_KINDS:
        other = "entity"
    return (_ROW_COLUMNS[other] if other else CSV_COLUMNS), rows


_FACT_KINDS = {"position", "sanction", "event", "statement", "figure", "claim"}


def _rows(result: Any) -> Iterable[dict[str, Any]]:
    row = {name: getattr(result, name) for name in result.__struct_fields__}
    row["kind"] = result.kind
    for citation in row.pop("citations", None) or (None,):
        if citation is None:
            yield row
        else:
            cited = {name: getattr(citation, name) for name in citation.__struct_fields__}
            yield (
                row | cited | {"cited_fact": cited["fact"], "document_title": cited["title"], "title": row.get("title")}
            )


def _cell(value: Any) -> str:
    """Return the text of a cell: lists joined by `; `, nothing for none, and a quote before what would be a formula."""
    if value is None or value is msgspec.UNSET:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, tuple):
        return _cell("; ".join(one.name if isinstance(one, Ref) else str(one) for one in value))
    text = visible(str(value))
    is_number = isinstance(value, (int, float))
    return f"'{text}" if not is_number and _FORMULA.match(text) else text


def to_markdown(answer: Answer) -> str:
    """Return the page as Markdown with numbered footnotes (Pandoc's and GitHub's), to be pasted into an article."""
    page = lay_out(answer)
    lines = [f"# {_md(page.title)}", ""] if page.title else []
    lines += [_md(page.subtitle), ""] if page.subtitle else []
    for section in page.sections:
        lines += [f"## {_md(section.heading)}", ""] if section.heading else []
        for entry in section.entries:
            lines += [f"- {_md_entry(entry)}", *(f"    - {_md_entry(one)}" for one in entry.under)]
        lines.append("")
    for remark in page.remarks:
        lines += [f"*{_md(remark)}*", ""]
    lines += [f"*xjfacts: {_md(page.stamp)}*", ""]
    lines += [_md_note(note) for note in page.notes]
    return "\n".join(lines).rstrip("\n") + "\n"


def _md_entry(entry: Entry) -> str:
    head = " · ".join(part for part in (_md(entry.when), f"*{_md(entry.label)}*" if entry.label else "") if part)
    notes = "".join(f"[^{number}]" for number in entry.notes)
    return f"{head}{' — ' if head and entry.text else ''}{_md(entry.text)}{notes}"


def _md_note(note: Note) -> str:
    return f"[^{note.number}]: {_md(note.source)}: “{_md(note.citation.quote)}” <{note.citation.link}>\n"


def _md(text: str) -> str:
    return _MARKDOWN.sub(r"\\\1", text)


def to_text(answer: Answer) -> str:
    """Return the page as plain text: a line per entry, however long, no escape sequence and nothing cut."""
    return page_text(lay_out(answer))


def page_text(page: Page) -> str:
    lines = [line for line in (page.title, page.subtitle) if line]
    for section in page.sections:
        lines += ["", section.heading] if section.heading else [""] if lines else []
        for entry in section.entries:
            lines += [f"  {_plain_entry(entry)}", *(f"      {_plain_entry(one)}" for one in entry.under)]
    if page.notes:
        lines += ["", "Sources"]
        lines += [
            f"  [{note.number}] {note.source}: “{note.citation.quote}” {note.citation.link}" for note in page.notes
        ]
    if page.remarks:
        lines += ["", *page.remarks]
    return "\n".join([*lines, "", page.stamp]) + "\n"


def _plain_entry(entry: Entry) -> str:
    notes = "".join(f"[{number}]" for number in entry.notes)
    return "  ".join(part for part in (entry.when, entry.label, " ".join(filter(None, (entry.text, notes)))) if part)


FORMATS: dict[str, Callable[[Answer], str]] = {
    "table": to_text,
    "json": to_json,
    "ndjson": to_ndjson,
    "csv": to_csv,
    "markdown": to_markdown,
}
