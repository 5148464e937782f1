"""What is made of the rows of a keeper when it is asked for, and remembered for a while.

    Fetched(kept, "select id, record, seal from entity where id {}", 0)["us"]       a row
    Rows(keys, find, instead)["us"]                                                 what `find` makes of rows

Where a row is not what was written, the corpus as read again is asked instead.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import islice
from typing import TYPE_CHECKING, Any, Generic, TypeVar, cast

from xjfacts.corpus.cache import DAMAGE

if TYPE_CHECKING:
    from xjfacts.corpus.keeper import Keeper, Row

Key = TypeVar("Key", str, int)
Value = TypeVar("Value")

REMEMBERED = 4_096  # records, and rows, of each sort: more than nearly any answer has, and a stream does not grow


class Instead:
    """Hands every question on to one who is asked first, and where that finds damage, to another."""

    def __init__(self, first: Any, other: Callable[[], Any]) -> None:
        self._first = first
        self._other = other

    def __getattr__(self, name: str) -> Any:
        def ask(*values: Any, **more: Any) -> Any:
            try:
                return getattr(self._first, name)(*values, **more)
            except DAMAGE:
                return getattr(self._other(), name)(*values, **more)

        return ask


class Rows(Mapping[str, Value]):
    """A mapping whose values are made of rows when they are asked for, and remembered for a while.

    `find` raises KeyError for what is not there and one of DAMAGE where it cannot tell, and so may `keys`; then
    `instead` is asked, which is the same mapping of the corpus as read again.
    """

    def __init__(
        self,
        keys: Callable[[], Iterable[str]],
        find: Callable[[str], Value],
        instead: Callable[[], Mapping[str, Value]],
    ) -> None:
        self._keys = keys
        self._instead = instead

        @lru_cache(REMEMBERED)
        def found(key: str) -> Value | None:  # a KeyError would not be remembered
            try:
                return find(key)
            except KeyError:
                return None

        self._find = found

    def __getitem__(self, key: str) -> Value:
        value: Value | None = self.get(key)
        if value is None:
            raise KeyError(key)
        return value

    def get(self, key: str, default: Any = None) -> Any:
        try:
            value = self._find(key)
        except DAMAGE:
            value = self._instead().get(key)
        return default if value is None else value

    def __iter__(self) -> Iterator[str]:
        given = 0
        try:
            for key in self._keys():
                yield key
                given += 1
        except DAMAGE:
            yield from islice(self._instead(), given, None)

    def __len__(self) -> int:
        return sum(1 for _ in self)


class Fetched(Generic[Key]):
    """Rows of a table by their key, asked for together as far as it is known which are wanted, and kept for a while.

    `at` is where the key stands in a row; a server may be far away.
    """

    def __init__(self, kept: Keeper, query: str, at: int) -> None:
        self._kept = kept
        self._query = query
        self._at = at
        self._rows: dict[Key, Row] = {}

    def bring(self, keys: Sequence[Key]) -> None:
        """Ask for rows that are not here, as far as they are there."""
        wanted = [key for key in keys if key not in self._rows]
        if len(self._rows) + len(wanted) > REMEMBERED:
            self._rows.clear()
            wanted = list(keys)
        if len(wanted) > 1:
            for row in self._kept.rows_in(self._query.format("in ({})"), cast("list[str | int]", wanted)):
                self._rows[row[self._at]] = row

    def known(self, key: Key) -> Row:
        """Return a row that must be there."""
        if key not in self._rows:
            self._keep(key, self._kept.known_row(self._query.format("= ?"), key))
        return self._rows[key]

    def __contains__(self, key: Key) -> bool:
        return key in self._rows

    def __getitem__(self, key: Key) -> Row:
        if key not in self._rows:
            row = self._kept.row(self._query.format("= ?"), key)
            if row is None:
                raise KeyError(key)
            self._keep(key, row)
        return self._rows[key]

    def _keep(self, key: Key, row: Row) -> None:
        if len(self._rows) >= REMEMBERED:
            self._rows.clear()
        self._rows[key] = row
