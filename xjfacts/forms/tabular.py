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
from msgspec import UNSET, structs

from xjfacts.answers.records import ENTITY_ANSWERS, FACT_ANSWERS, Answer, Ref
from xjfacts.text import visible, visible_json

CSV_COLUMNS = (
    "id", "kind", "gist", "brief", "date", "earliest", "latest", "as_of", "since", "until", "status", "type", "outcome",
    "act", "title", "measure", "bound", "value", "low", "high", "open_ended", "unit", "medium", "programme",
    "reference", "listed_as", "reason", "measures", "lifts", "born", "birth_place", "nationality", "gender",
    "also_called", "alleged", "by", "target", "called_for_by", "holder", "of", "participants", "place", "speaker", "to",
    "estimator", "subjects", "according_to", "about", "certain", "origins", "corroborated_by", "contested_by", "rebuts",
    "formerly", "cited_fact", "document", "publisher", "authors", "document_title", "published", "via", "paragraph",
    "quote", "context", "link",
)  # fmt: skip

_ENTITY_COLUMNS = ("id", "kind", "name", "names", "part_of", "code", "formerly", "search", "weak", "facts", "size")
_COLUMNS = {
    **dict.fromkeys(FACT_ANSWERS, CSV_COLUMNS),
    **dict.fromkeys(ENTITY_ANSWERS, _ENTITY_COLUMNS),
    "document": ("id", "kind", "title", "publisher", "authors", "published", "dated_by", "type", "origin", "url",
                 "via", "rights", "language", "sha256", "paragraphs", "words", "uncited", "facts"),
    "candidate": ("id", "kind", "name", "entity_kind", "matched", "weak", "score", "accepted", "why", "context"),
    "problem": ("kind", "file", "line", "code", "message"),
}  # fmt: skip
_KIND_OF_NOTHING = {"names": "candidate", "sources": "document", "check": "problem"}  # by command; else facts

# OWASP, CSV injection; full-width forms count in the editions of Excel for East Asia. Compiled when it is first used:
# an answer in JSON starts sooner without.
_FORMULA = r"\s*[=+\-@\t\r＝＋－＠]"


def to_json(answer: Answer[Any], *, indent: int = 0) -> str:
    """Return the envelope as one line, or indented by so many spaces."""
    data = msgspec.json.encode(answer)
    return visible_json((msgspec.json.format(data, indent=indent) if indent else data).decode()) + "\n"


def to_ndjson(answer: Answer[Any]) -> str:
    """Return the results, one a line; nothing for none."""
    return "".join(f"{visible_json(msgspec.json.encode(result).decode())}\n" for result in answer)


def to_csv(answer: Answer[Any]) -> str:
    """Return a header and a row per fact and citation; results of other kinds have columns of their own, a row each."""
    import csv  # 2 ms that only this form needs
    import io

    columns = _columns(answer)
    written = io.StringIO()
    writer = csv.writer(written, lineterminator="\r\n", quoting=csv.QUOTE_MINIMAL)
    writer.writerow(columns)
    for result in answer:
        writer.writerows([_cell(row.get(column)) for column in columns] for row in _rows(result))
    return written.getvalue()


def _columns(answer: Answer[Any]) -> tuple[str, ...]:
    """Return the columns of all kinds of results, or those of the kind that was looked for in vain."""
    kinds = [result.kind for result in answer] or [_KIND_OF_NOTHING.get(answer.query.command, "claim")]
    return tuple(dict.fromkeys(column for kind in dict.fromkeys(kinds) for column in _COLUMNS[kind]))


def _rows(result: Any) -> Iterable[dict[str, Any]]:
    """Yield the fields of a result, once for each of its citations, whose fields stand beside them."""
    row = {**structs.asdict(result), "kind": result.kind}
    citations = row.pop("citations", ())
    if not citations:
        yield row
    for citation in citations:
        renamed = {"cited_fact": citation.fact, "document_title": citation.title, "title": None}
        yield structs.asdict(citation) | renamed | row


def _cell(value: Any) -> str:
    """Return the text of a cell: lists joined by `; `, nothing for none, and a quote before what would be a formula."""
    if value is None or value is UNSET:
        return ""
    if isinstance(value, tuple):
        return "; ".join(map(_cell, value))
    if isinstance(value, dict):
        return "; ".join(f"{number} {kind}" for kind, number in value.items())
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, (int, float)):
        return str(value)
    text = visible(value.name if isinstance(value, Ref) else str(value))
    return f"'{text}" if re.match(_FORMULA, text) else text


FORMATS: dict[str, Callable[[Answer[Any]], str]] = {"json": to_json, "ndjson": to_ndjson, "csv": to_csv}
