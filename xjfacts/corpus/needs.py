"""What a word of a closed list makes necessary beside it: `called-for` needs to say by whom.

Reading and the JSON Schema both go by these; no answer does.
"""

from __future__ import annotations

from typing import NamedTuple


class Need(NamedTuple):
    """What a word of a closed list makes necessary (all of some keys, any of some) or impossible in the same table."""

    table: str
    key: str
    words: tuple[str, ...]
    all_of: tuple[str, ...] = ()
    any_of: tuple[str, ...] = ()
    none_of: tuple[str, ...] = ()
    why: str = ""


NEEDS = (
    Need("sanction", "status", ("not-imposed",), all_of=("as-of",), why="a document can only say so as of a date"),
    Need("sanction", "status", ("called-for",), all_of=("called-for-by",)),
    Need("statement", "act", ("denies",), any_of=("rebuts", "about"), why="what is denied"),
    Need("figure", "bound", ("range",), all_of=("low", "high"), none_of=("value",)),
    Need("figure", "bound", ("exact", "about", "at-least", "more-than", "up-to"), ("value",), none_of=("low", "high")),
)
