"""What a corpus that is not held in memory is asked of: the rows of the tables of `tables`, wherever they are."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any, Protocol

Row = tuple[Any, ...]


class Keeper(Protocol):
    """What holds the tables. Queries have `?` for a value, and their last column is the seal, which no row given has.

    Raises one of `cache.DAMAGE`, after which the facts are read again, or UnreadableFacts where that cannot help.
    """

    stamp: tuple[str, int, int]

    def row(self, query: str, *values: Any) -> Row | None:
        """Return the one row of a query; None where there surely is none."""

    def known_row(self, query: str, *values: Any) -> Row:
        """Return the one row of a query, which must be there."""

    def rows(self, query: str, *values: Any) -> Iterator[Row]:
        """Yield the rows of a query, as they are wanted."""

    def rows_in(self, query: str, among: Collection[str | int], *values: Any) -> Iterator[Row]:
        """Yield the rows of a query in which `{}` stands for any number of values, after the others."""

    def look_through(self) -> None:
        """See whether a row can be missing of which nobody knows."""

    def known_words(self, words: Collection[str], *, in_print: bool) -> set[str]:
        """Return those of some folded words that stand anywhere: in a fact or name, or in the imprint of a document."""

    def matching(self, table: str, words: str) -> dict[str, list[int]]:
        """Return, by place, the numbers of what holds folded words side by side there, in one of `fulltext.TABLES`."""
