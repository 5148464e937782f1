"""The table of names: the one way in which look-up reaches the names, however they are kept.

    table = MemoryTable([Name("Erkin Tuniyaz", "erkin-tuniyaz", person=True)])
    table.with_key("erkin tuniyaz", readable=True)      (Name("Erkin Tuniyaz", "erkin-tuniyaz", person=True),)

A keeper implements `NameTable` over names and what follows from each: its key (`folding.key`), its words (`words_of`),
and the skeleton of each word (`skeleton.skeleton`). Every question that is asked of it names the few keys, words or
skeletons that it wants, so that a keeper answers it from an index; nothing asks for all names.

A name is *readable* if a question in ASCII is compared with it: it is in Latin letters, or its entity has no name that
is. Asked for readable names, a keeper gives no others; the words that it gives may be those of other names too.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import cached_property, lru_cache
from itertools import chain
from typing import Any, Protocol

from msgspec import Struct

from xjfacts.names.folding import fold, is_latin, key, key_of_folded, without_article

FEWER = 30  # so many times fewer names are looked at one by one, rather than all that hold a word
JOINED_WORDS = 3  # neighbours that are also kept as one word: Xi Jin Ping and xijinping


class Name(Struct, frozen=True, order=True, array_like=True):
    """One spelling by which an entity can be found.

    A weak one is short for something else: it must be equal, and it loses against a strong one. Of a person the
    surname ("Carmichael") may be enough to be found by; of a body a word ("Convention") is not. What bears the words of
    a `topic` as its name, with capitals, is something else.
    """

    text: str
    entity: str
    weak: bool = False
    person: bool = False
    topic: bool = False


class NameTable(Protocol):
    """The names of a corpus, weak ones as well. They come in the order in which the keeper was given them."""

    def has_entity(self, entity: str) -> bool:
        """Tell whether an entity has this id."""

    def of_entity(self, entity: str) -> Sequence[Name]:
        """Return all names of an entity."""

    def with_key(self, key: str, *, readable: bool) -> Sequence[Name]:
        """Return the names whose `folding.key` is this one; with `readable` only those in Latin letters."""

    def words_like(self, skeletons: Collection[str], *, readable: bool) -> Sequence[str]:
        """Return the different words whose skeleton is one of these."""

    def words_beginning(self, start: str, most: int, *, readable: bool) -> Sequence[str]:
        """Return the first words in the order of the alphabet, `most` of them, that begin so."""

    def counts(self, words: Collection[str], *, readable: bool) -> Mapping[str, int]:
        """Return in how many names each of the words stands, of those that stand in any."""

    def with_words(self, groups: Sequence[Collection[str]], most: int, *, readable: bool) -> Sequence[Name]:
        """Return the names that hold a word of every group, no more than the first `most` of them."""

    def in_memory(self) -> NameTable:
        """Return the table that is best asked very many questions: one in memory, if its names have room there."""


@lru_cache(maxsize=50_000)
def _indexed(text: str) -> frozenset[str]:
    """Return the words by which a name is found."""
    return frozenset(words_of(fold(text)))


def words_of(folded: str) -> Iterator[str]:
    """Yield the words by which a name is found, once each: its own, and up to three neighbours as one."""
    from xjfacts.names.lexicon import standard  # an exact question needs no words

    words = standard(folded.split())
    runs = (words[at : at + size] for size in range(1, JOINED_WORDS + 1) for at in range(len(words) - size + 1))
    return iter(dict.fromkeys(map("".join, runs)))


class MemoryTable:
    """The names of a corpus in lists and dicts.

    An exact question in ASCII folds the names in Latin letters and reads no others. What other questions need is made
    when the first such question comes. `to_data` gives all of it away, for a caller that stores it.
    """

    def __init__(self, names: Iterable[Name]) -> None:
        self._names = tuple(names)

    def to_data(self) -> tuple[dict[str, Any], dict[str, Any]]:
        """Return the whole table as plain dicts and lists: what exact questions need, and what others do."""
        exact = {part: getattr(self, f"_{part}") for part in _EXACT}
        return exact, {"readable": self._readable, "foreign": self._foreign}

    def has_entity(self, entity: str) -> bool:
        return entity in self._entities

    def of_entity(self, entity: str) -> Sequence[Name]:
        return self._at(self._entities.get(entity, ()))

    def with_key(self, key: str, *, readable: bool) -> Sequence[Name]:
        found = self._latin.get(key, [])
        return self._at(found if readable else sorted(found + self._other.get(key, [])))

    def words_like(self, skeletons: Collection[str], *, readable: bool) -> Sequence[str]:
        parts = [part["skeletons"] for part in self._parts(readable=readable)]
        wanted = frozenset(skeletons)
        found = [list(chain.from_iterable(part[shape] for shape in part.keys() & wanted)) for part in parts]
        return found[0] if readable else list(dict.fromkeys(chain.from_iterable(found)))

    def words_beginning(self, start: str, most: int, *, readable: bool) -> Sequence[str]:
        from bisect import bisect_left  # only a guess at a beginning needs it

        words = self._readable_sorted if readable else self._all_sorted
        at = bisect_left(words, start)
        return tuple(word for word in words[at : at + most] if word.startswith(start))

    def counts(self, words: Collection[str], *, readable: bool) -> Mapping[str, int]:
        found: dict[str, int] = {}
        for part in self._parts(readable=readable):
            for word in words:
                if word in part["words"]:
                    found[word] = found.get(word, 0) + len(part["words"][word])
        return found

    def with_words(self, groups: Sequence[Collection[str]], most: int, *, readable: bool) -> Sequence[Name]:
        parts = [part["words"] for part in self._parts(readable=readable)]
        by_group = [[part[word] for word in group for part in parts if word in part] for group in groups]
        counted = sorted((sum(map(len, lists)), at) for at, lists in enumerate(by_group))
        found = set(chain.from_iterable(by_group[counted[0][1]])) if counted else set()
        for count, at in counted[1:]:
            if len(found) * FEWER < count:
                found = {row for row in found if not _indexed(self._names[row].text).isdisjoint(groups[at])}
            else:
                found = found.intersection(chain.from_iterable(by_group[at]))
        return self._at(sorted(found)[:most])

    def in_memory(self) -> NameTable:
        return self

    def _at(self, positions: Iterable[int]) -> tuple[Name, ...]:
        return tuple(self._names[at] for at in positions)

    # What is kept

    @cached_property
    def _entities(self) -> dict[str, list[int]]:
        """The positions of the names of every entity."""
        return _positions((name.entity, at) for at, name in enumerate(self._names))

    @cached_property
    def _forms(self) -> list[str]:
        """The names in Latin letters folded, by position; empty for those in other scripts."""
        return [fold(name.text) if is_latin(name.text) else "" for name in self._names]

    @cached_property
    def _latin(self) -> dict[str, list[int]]:
        """The positions of the names in Latin letters, by key."""
        named = zip(self._names, self._forms, strict=True)
        keys = (key_of_folded(without_article(name.text, form)) for name, form in named)
        return _positions((key, at) for at, key in enumerate(keys))

    @cached_property
    def _other(self) -> dict[str, list[int]]:
        """The positions of the names in other scripts, by key."""
        return _positions((key(one.text), at) for at, one in enumerate(self._names) if not is_latin(one.text))

    @cached_property
    def _readable(self) -> dict[str, Any]:
        """The words of the readable names."""
        return _index((at, form or fold(self._names[at].text)) for at, form in self._split[0])

    @cached_property
    def _foreign(self) -> dict[str, Any]:
        """The words of all other names."""
        return _index((at, fold(self._names[at].text)) for at, _ in self._split[1])

    @property
    def _split(self) -> tuple[list[tuple[int, str]], list[tuple[int, str]]]:
        """The positions and Latin forms of the names that are readable, and of those that are not."""
        in_latin = {name.entity for name, form in zip(self._names, self._forms, strict=True) if form}
        readable: list[tuple[int, str]] = []
        foreign: list[tuple[int, str]] = []
        for at, (name, form) in enumerate(zip(self._names, self._forms, strict=True)):
            (readable if form or name.entity not in in_latin else foreign).append((at, form))
        return readable, foreign

    @cached_property
    def _readable_sorted(self) -> list[str]:
        return sorted(self._readable["words"])

    @cached_property
    def _all_sorted(self) -> list[str]:
        return sorted(self._readable["words"].keys() | self._foreign["words"].keys())

    def _parts(self, *, readable: bool) -> list[dict[str, Any]]:
        return [self._readable] if readable else [self._readable, self._foreign]


_EXACT = ("names", "entities", "latin", "other")


def _positions(pairs: Iterable[tuple[str, int]]) -> dict[str, list[int]]:
    """Return, for every text that is not empty, the numbers that stand with it."""
    positions: dict[str, list[int]] = {}
    for text, at in pairs:
        if text:
            positions.setdefault(text, []).append(at)
    return positions


def _index(forms: Iterable[tuple[int, str]]) -> dict[str, Any]:
    """Return the positions of folded names by each of their words, and the words by their skeletons."""
    from xjfacts.names.skeleton import skeleton

    words = _positions((word, at) for at, form in forms for word in words_of(form))
    skeletons: dict[str, list[str]] = {}
    for word in words:
        skeletons.setdefault(skeleton(word), []).append(word)
    return {"words": words, "skeletons": skeletons}
