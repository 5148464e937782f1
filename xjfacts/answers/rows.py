"""Results as flat rows, for tables: a row for each fact, or for each of its citations.

What a citation says stands beside what the fact says, under names of its own where both have one: `cited_fact`,
`document_title`. In a row of a fact these are lists, as long as it has citations.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from msgspec import UNSET, Struct, structs

RENAMED = {"fact": "cited_fact", "title": "document_title"}  # fields of a citation that a fact has too, or nearly


def rows_of(result: Any, *, per: str) -> Iterator[dict[str, Any]]:
    """Yield the fields of a result, once, or (`per` citation) once for each of its citations."""
    own = structs.asdict(result)
    citations = own.pop("citations", None)
    row = {"kind": result.kind, **own}
    if citations is None:
        yield row
    elif per == "citation":
        for one in citations:
            yield _cited(one) | row
    else:
        cited = [_cited(one) for one in citations]
        yield {key: [one[key] for one in cited] for key in (cited[0] if cited else ())} | row


def _cited(citation: Any) -> dict[str, Any]:
    return {RENAMED.get(key, key): value for key, value in structs.asdict(citation).items()}


def plain(value: Any) -> Any:
    """Return lists for tuples, names for entities, and nothing for what is not there."""
    if isinstance(value, (tuple, list)):
        return [*map(plain, value)]
    if isinstance(value, Struct) and value.__struct_fields__ == ("id", "name"):
        return value.name  # type: ignore[attr-defined]
    return None if value is UNSET else value
