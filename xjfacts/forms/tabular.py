"""Answers in the forms that scripts take: JSON, NDJSON, CSV.

Each form is a pure function of an answer. JSON is UTF-8, the same bytes every run; characters that a terminal would
obey or hide stand in it as `\\uXXXX`, which is the same JSON. CSV is RFC 4180 with a row per fact, or per fact
and citation, and no cell of it can start a formula (OWASP, CSV injection).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from types import MappingProxyType
from typing import Any

import msgspec
from msgspec import UNSET

from xjfacts.answers.records import ENTITY_ANSWERS, FACT_ANSWERS, Answer, Failure, Ref
from xjfacts.text import visible, visible_json, written_out

CSV_COLUMNS = (
    "id", "kind", "gist", "brief", "date", "earliest", "latest", "as_of", "since", "until", "status", "type", "outcome",
    "act", "title", "measure", "bound", "value", "low", "high", "open_ended", "unit", "medium", "programme",
    "reference", "listed_as", "reason", "measures", "lifts", "born", "birth_place", "nationality", "gender",
    "also_called", "alleged", "by", "target", "called_for_by", "holder", "of", "participants", "place", "speaker", "to",
    "estimator", "subjects", "according_to", "about", "certain", "origins", "corroborated_by", "contested_by",
    "answered_by", "lifted_by", "rebuts", "formerly", "cited_fact", "document", "publisher", "authors",
    "document_title", "published", "via", "paragraph",
    "quote", "context", "link",
)  # fmt: skip

_ENTITY_COLUMNS = ("id", "kind", "name", "names", "part_of", "code", "formerly", "search", "weak", "facts", "size")
_COLUMNS = {
    **dict.fromkeys(FACT_ANSWERS, CSV_COLUMNS),
    **dict.fromkeys(ENTITY_ANSWERS, _ENTITY_COLUMNS),
    "document": ("id", "kind", "title", "publisher", "authors", "published", "dated_by", "type", "origin", "url",
                 "via", "rights", "language", "sha256", "paragraphs", "words", "uncited", "facts"),
    "candidate": ("id", "kind", "name", "entity_kind", "matched", "weak", "score", "accepted", "why", "context"),
    "screened": ("line", "asked", "outcome", "id", "name", "matched", "score", "how", "why", "facts", "born", "birth"),
    "problem": ("kind", "file", "line", "code", "message"),
}  # fmt: skip
_ANY_COLUMN = {column for columns in _COLUMNS.values() for column in columns}
NOTHING_ASKED: Mapping[str, Any] = MappingProxyType({})
_KIND_OF_NOTHING = {"names": "candidate", "sources": "document", "check": "problem"}  # by command; else facts

# OWASP, CSV injection; full-width forms count in the editions of Excel for East Asia. Compiled when it is first used:
# an answer in JSON starts sooner without.
# A cell that begins so is a formula to a spreadsheet; so is what follows a `;` or a tab, where those divide its cells.
_FORMULA = r"(^|[;\t])(?=\s*[=+\-@\t\r＝＋－＠])"


def to_json(answer: Answer[Any] | Failure, *, indent: int = 0, fields: Sequence[str] = ()) -> str:
    """Return the envelope as one line, or indented by so many spaces; with `fields`, only those of each result.

    Raises UsageError for a field that no result has.
    """
    whole: Any = answer
    if fields:
        from xjfacts.forms.fields import parse_fields, pick  # few want a part

        tree = parse_fields(fields)
        whole = msgspec.to_builtins(answer)
        whole |= {key: [pick(one, tree) for one in whole[key]] for key in ("results", "others")}
    data = msgspec.json.encode(whole)
    return visible_json((msgspec.json.format(data, indent=indent) if indent else data).decode()) + "\n"


def to_ndjson(answer: Answer[Any], *, fields: Sequence[str] = ()) -> str:
    """Return the results, one a line, each with the name that was asked for and what it was taken for."""
    return "".join(ndjson_lines(answer, fields=fields))


def ndjson_lines(answer: Answer[Any], *, fields: Sequence[str] = ()) -> Iterator[str]:
    """Yield the lines of `to_ndjson`."""
    from xjfacts.forms.fields import parse_fields, pick  # JSON mostly is whole

    tree = parse_fields(fields)
    asked = _asked(answer)
    for result in answer:
        whole = msgspec.to_builtins(result)
        line = msgspec.json.encode(pick(whole, tree) if fields else asked | whole).decode()
        yield f"{visible_json(line)}\n"


def to_csv(answer: Answer[Any], *, fields: Sequence[str] = (), per: str = "fact", bom: bool = False) -> str:
    """Return a header and a row per fact or (`per` citation) per fact and citation; other results have a row each.

    A list in a cell has an item a line, so that it can be taken apart again. Of `fields`, those of the columns and
    those of JSON are known; the columns are theirs, in this order.
    """
    from xjfacts.forms.fields import parse_fields

    if fields:
        parse_fields([name for name in fields if name not in _ANY_COLUMN])
    asked = {} if fields else _asked(answer)
    columns = tuple(fields) or (*_columns(answer), *asked)
    return "".join(csv_parts(answer, columns, asked, per=per, bom=bom))


def csv_parts(
    results: Iterable[Any],
    columns: Sequence[str],
    asked: Mapping[str, Any] = NOTHING_ASKED,
    *,
    per: str = "fact",
    bom: bool = False,
) -> Iterator[str]:
    """Yield a header of the columns and the rows of each result, which say in further columns what was `asked`."""
    import csv  # 2 ms that only this form needs
    import io

    from xjfacts.answers.rows import rows_of

    written = io.StringIO("\ufeff" if bom else "", newline="")
    written.seek(0, io.SEEK_END)
    writer = csv.writer(written, lineterminator="\r\n")
    writer.writerow(columns)
    inside = [column for column in columns if "." in column]
    for result in results:
        for row in rows_of(result, per=per):
            whole = {**row, **asked, **{column: _inside(result, row, column) for column in inside}}
            values = map(whole.get, columns)
            writer.writerow([cell(value) if value or value == 0 else "" for value in values])
        yield written.getvalue()
        written.seek(0)
        written.truncate()
    yield written.getvalue()


def _asked(answer: Answer[Any]) -> dict[str, Any]:
    """Return which name was asked, what spelling it matched, and how well; lists where several were."""
    names = answer.query.names()
    found = [(one.asked, one.matched if isinstance(one.matched, str) else one.name, one.score) for one in names]
    if not found:
        return {}
    columns = found[0] if len(found) == 1 else [list(column) for column in zip(*found, strict=True)]
    return dict(zip(("asked", "matched", "score"), columns, strict=True))


def _columns(answer: Answer[Any]) -> tuple[str, ...]:
    """Return the columns of all kinds of results, or those of the kind that was looked for in vain."""
    kinds = [result.kind for result in answer] or [_KIND_OF_NOTHING.get(answer.query.command, "claim")]
    return tuple(dict.fromkeys(column for kind in dict.fromkeys(kinds) for column in _COLUMNS[kind]))


def _inside(result: Any, row: Mapping[str, Any], column: str) -> Any:
    """Return what the citations or entities of a field have in one of theirs: `citations.link`, `target.id`."""
    head, _, rest = column.partition(".")
    if head == "citations":
        from xjfacts.answers.rows import RENAMED

        return row.get(RENAMED.get(rest, rest))
    return [getattr(one, rest, None) for one in getattr(result, head, None) or ()]


def cell(value: Any) -> str:
    """Return the text of a cell: an item a line, nothing for none, and a quote before what would be a formula."""
    if isinstance(value, str):
        return _text_cell(value)
    if isinstance(value, (list, tuple)):
        return _list_cell(value)
    if value is None or value is UNSET:
        return ""
    if isinstance(value, dict):
        return "\n".join(f"{number} {kind}" for kind, number in value.items())
    if isinstance(value, (bool, int, float)):
        return str(value).lower() if isinstance(value, bool) else written_out(value)
    return _text_cell(value.name if isinstance(value, Ref) else str(value))


def _list_cell(values: Sequence[Any]) -> str:
    lines = [_text_cell(one) if isinstance(one, str) else _item(one) for one in values]
    return "\n".join(lines) if any(lines) else ""


def _item(value: Any) -> str:
    return " / ".join(map(cell, value)) if isinstance(value, (list, tuple)) else cell(value)


@lru_cache(4096)  # names and ids come again in every row
def _text_cell(text: str) -> str:
    is_plain = text[:1].isalnum() and text.isascii() and text.isprintable() and ";" not in text  # as nearly all are
    return text if is_plain else re.sub(_FORMULA, r"\1'", visible(text))
