"""Answers in the forms that scripts take: JSON, NDJSON, CSV.

Each form is a pure function of an answer. JSON is UTF-8, the same bytes every run; characters that a terminal would
obey or hide stand in it as `\\uXXXX`, which is the same JSON. CSV is RFC 4180 with a row per fact and citation, and
no cell of it can start a formula (OWASP, CSV injection).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Any

import msgspec

from xjfacts.answer import Answer, Ref
from xjfacts.text import visible, visible_json

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

_FORMULA = r"\s*[=+\-@\t\r]"  # compiled when it is first used: an answer in JSON starts sooner without


def to_json(answer: Answer, *, indent: int = 0) -> str:
    """Return the envelope as one line, or indented by so many spaces."""
    data = msgspec.json.encode(answer)
    return visible_json((msgspec.json.format(data, indent=indent) if indent else data).decode()) + "\n"


def to_ndjson(answer: Answer) -> str:
    """Return the results, one a line; nothing for none."""
    return "".join(f"{visible_json(msgspec.json.encode(result).decode())}\n" for result in answer)


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
    return f"'{text}" if not is_number and re.match(_FORMULA, text) else text


FORMATS: dict[str, Callable[[Answer], str]] = {"json": to_json, "ndjson": to_ndjson, "csv": to_csv}
