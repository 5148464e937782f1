"""A screened list in the forms that are written row by row: CSV and NDJSON.

    asked,outcome,id,name,matched,score,how,why,powers,...,facts_sha256,...,nr
    Erkin Tuniyaz,imposed,erkin-tuniyaz,Erkin Tuniyaz,...,17

Every row says on what it stands: the checksum of the facts, the version of the tool and its thresholds, so that it can
be kept as evidence and made again. The columns of the list itself come last; one that is called as one of ours has
`list ` before its name.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import msgspec

from xjfacts.answers.listed import ScreenedAnswer
from xjfacts.answers.records import Citation, Data, Evidence
from xjfacts.dates import date_words
from xjfacts.forms.quotation import titled
from xjfacts.forms.tabular import cell
from xjfacts.forms.words import power_words
from xjfacts.text import visible_json

COLUMNS = (
    "asked", "outcome", "id", "name", "matched", "score", "how", "why", "powers", "facts", "cited", "quote", "link",
    "candidates", "born", "birth", "line",
)  # fmt: skip


def evidence_of(data: Data, evidence: Evidence) -> dict[str, Any]:
    """Return what stands in every row: on which facts it was made, by what, and when if that was said."""
    return {
        "facts_sha256": data.sha256,
        "xjfacts_version": evidence.version,
        "accepted_from": evidence.accepted_from,
        "check_from": evidence.check_from,
        "min_score": evidence.min_score,
        "made_on": evidence.made_on,
        "known_by": evidence.known_by,
    }


def to_csv_rows(
    rows: Iterable[ScreenedAnswer], columns: Sequence[str], evidence: dict[str, Any], *, bom: bool = False
) -> Iterator[str]:
    """Yield the header, then a line for each row; a cell that would be a formula has a quote before it."""
    own = (*COLUMNS, *evidence)
    others = [f"list {name}" if name in own else name for name in columns]
    written = io.StringIO(newline="")
    writer = csv.writer(written, lineterminator="\r\n", quoting=csv.QUOTE_MINIMAL)
    made = [cell(value) for value in evidence.values()]

    def line_of(cells: Iterable[str]) -> str:
        written.seek(0)
        written.truncate()
        writer.writerow(cells)
        return written.getvalue()

    yield ("\ufeff" if bom else "") + line_of([*own, *map(cell, others)])
    for row in rows:
        kept = row.cells.values() if row.cells else [""] * len(others)
        yield line_of([*map(cell, _values(row)), *made, *map(cell, kept)])


def _values(row: ScreenedAnswer) -> tuple[Any, ...]:
    """Return what stands in the columns of our own."""
    cited = row.citation
    return (
        row.asked, row.outcome, row.id, row.name, row.matched, f"{row.score:.2f}", row.how, row.why,
        "; ".join(map(power_words, row.powers)),
        "; ".join(row.facts),
        cited and cited_words(cited),
        cited and cited.quote,
        cited and cited.link,
        "; ".join(f"{one.name} ({one.id}) {one.score:.2f}" for one in row.candidates),
        row.born, row.birth, row.line,
    )  # fmt: skip


def cited_words(cited: Citation) -> str:
    """Say who published what, when, and in which paragraph it stands."""
    via = f", via {cited.via}" if cited.via else ""
    return f"{cited.publisher}, {titled(cited.title)}, {date_words(cited.published)}{via}, ¶ {cited.paragraph}"


def to_ndjson_rows(rows: Iterable[ScreenedAnswer], evidence: dict[str, Any]) -> Iterator[str]:
    """Yield a line of JSON for each row, with what it stands on behind its own fields."""
    behind = msgspec.json.encode(evidence).decode()[1:]
    for row in rows:
        yield f"{visible_json(msgspec.json.encode(row).decode()[:-1])},{behind}\n"
