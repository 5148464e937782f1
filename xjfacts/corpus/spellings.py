"""The names of entities as they are kept: a `NameTable` over the tables `name`, `name_key` and `name_word`."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from itertools import chain, islice, takewhile
from typing import TYPE_CHECKING

from msgspec.msgpack import decode

from xjfacts.corpus.blobs import from_numbers
from xjfacts.corpus.sealed import Damaged
from xjfacts.names.table import MemoryTable, Name, NameTable

if TYPE_CHECKING:
    from xjfacts.corpus.keeper import Keeper

IN_MEMORY = 400_000  # names that are read for who asks for many; some 500 MB, and 10 s

_NAME = "select at, name, seal from name where at = ?"
_SOME = "select at, name, seal from name where at in ({})"
_NAMES = "select at, name, seal from name order by at"
_KEY = "select key, latin, other, seal from name_key where key = ?"
_WORD = "select word, is_foreign, skeleton, names, seal from name_word where is_foreign <= ? and word in ({})"
_LIKE = "select word, is_foreign, skeleton, names, seal from name_word where is_foreign <= ? and skeleton in ({})"
_FROM = (
    "select word, is_foreign, skeleton, names, seal from name_word where is_foreign <= ? and word >= ? order by word"
)


class SpellingTable:
    """All names of a corpus, asked for by the row. `of_entity` finds the numbers of those of an id; none for no id.

    Raises Damaged where a row is not what was written.
    """

    def __init__(self, kept: Keeper, of_entity: Callable[[str], Sequence[int]]) -> None:
        self._kept = kept
        self._of_entity = of_entity

    def has_entity(self, entity: str) -> bool:
        return bool(self._of_entity(entity))

    def of_entity(self, entity: str) -> Sequence[Name]:
        return self._at(self._of_entity(entity))

    def with_key(self, key: str, *, readable: bool) -> Sequence[Name]:
        row = self._kept.row(_KEY, key)
        if row is None:
            return ()
        return self._at(from_numbers(row[1]) if readable else sorted(chain(*map(from_numbers, row[1:]))))

    def words_like(self, skeletons: Collection[str], *, readable: bool) -> Sequence[str]:
        self._kept.look_through()  # of most skeletons there is no word, and nobody knows of which
        return tuple(dict.fromkeys(word for word, *_ in self._kept.rows_in(_LIKE, skeletons, not readable)))

    def words_beginning(self, start: str, most: int, *, readable: bool) -> Sequence[str]:
        words = (word for word, *_ in self._kept.rows(_FROM, not readable, start))
        return tuple(islice(dict.fromkeys(takewhile(lambda word: word.startswith(start), words)), most))

    def counts(self, words: Collection[str], *, readable: bool) -> Mapping[str, int]:
        found: dict[str, int] = {}
        for word, names in self._words(words, readable=readable):
            found[word] = found.get(word, 0) + len(names)
        return found

    def with_words(self, groups: Sequence[Collection[str]], most: int, *, readable: bool) -> Sequence[Name]:
        by_group = [[names for _, names in self._words(group, readable=readable)] for group in groups]
        by_group.sort(key=lambda lists: sum(map(len, lists)))
        found = set(chain.from_iterable(by_group[0])) if by_group else set()
        for lists in by_group[1:]:
            found = found.intersection(chain.from_iterable(lists))
        return self._at(sorted(found)[:most])

    def in_memory(self) -> NameTable:
        names: list[Name] = []
        for at, name in self._kept.rows(_NAMES):
            if at != len(names):
                raise Damaged
            if at == IN_MEMORY:
                return self
            names.append(decode(name, type=Name))
        self._kept.look_through()  # one may be missing at the end
        return MemoryTable(names)

    def _words(self, words: Collection[str], *, readable: bool) -> Iterator[tuple[str, Sequence[int]]]:
        for word, _, _, names in self._kept.rows_in(_WORD, words, not readable):
            yield word, from_numbers(names)

    def _at(self, numbers: Sequence[int]) -> tuple[Name, ...]:
        rows = self._kept.rows_in(_SOME, [*numbers]) if len(numbers) > 1 else ()
        names: dict[int, bytes] = dict(rows)
        return tuple(self._name(at) if at not in names else decode(names[at], type=Name) for at in numbers)

    def _name(self, at: int) -> Name:
        return decode(self._kept.known_row(_NAME, at)[1], type=Name)
