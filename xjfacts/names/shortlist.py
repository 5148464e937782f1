"""The shortlist: which of many names are worth comparing with a question word by word.

    Finder(table).find(["erken", "tunyaz"], readable=True)      all names that it may mean, and some that are near

To compare with care takes a tenth of a millisecond a name, too long for a hundred thousand. So a `table.NameTable` is
asked for the words that may be slips of those of the question, and for the names that hold them. rapidfuzz, which costs
8 ms, is imported where words are searched.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, combinations
from typing import NamedTuple

from xjfacts.names.lexicon import is_eastern
from xjfacts.names.skeleton import around, skeleton
from xjfacts.names.sound import SOUND_LETTERS, sounds_apart
from xjfacts.names.spelling import is_front, parse_name
from xjfacts.names.table import JOINED_WORDS, Name, NameTable

MOST = 1_000  # names compared with care; with more that hold all words of a question, none of them is meant
HINTS = 8  # names that hold only some of the words, worth a "did you mean"
LIKE = 0.66  # share of its letters that a word keeps in a typo
PREFIX_LETTERS = 4
JOINED_LETTERS = 10  # of neighbours as one word that may be a slip of another; a longer one must be equal
LITTLE_LETTERS = 3  # of a word that may weigh little
SOUNDING = 200  # names compared by their sound, for each word of the question that is not the same
LOOSE_SOUND = 2  # consonants that a word has at least of which one may differ
LONG_SOUND = 11  # consonants of which two may differ
REMEMBERED = 20_000  # words: many names share them

Group = frozenset[str]


class Shortlist(NamedTuple):
    """Names to compare with a question; `is_whole` unless more names than `MOST` hold all its words.

    `namesakes` have no more than the surname in common with it, and need no comparing.
    """

    names: tuple[Name, ...]
    namesakes: tuple[Name, ...]
    is_whole: bool


class Near(NamedTuple):
    """The words of names that a word may be a slip of: those for which a name can be accepted, and all."""

    nearest: Group
    all: Group

    def joined(self, other: Near) -> Near:
        return Near(self.nearest | other.nearest, self.all | other.all) if self.all else other


NOTHING = Near(frozenset(), frozenset())


def slips(word: str) -> int:
    """Return how many letters of a word may differ where a name is accepted: two alike in seven, three in thirteen."""
    return 1 + (len(word) >= 7) + (len(word) >= 13)


class Finder:
    """What finds names in a table; it remembers the words that it has looked for."""

    def __init__(self, table: NameTable) -> None:
        self._table = table
        self._known: dict[tuple[str, bool], Near] = {}

    def find(self, words: Sequence[str], *, readable: bool) -> Shortlist:
        """Return all names that hold each word of the question but for slips, and some that hold one or two."""
        groups = self._groups(words, readable=readable)
        telling = [group.nearest | {word[0]} for word, group in zip(words, groups, strict=True) if len(word) > 1]
        whole = self._table.with_words(telling, MOST + 1, readable=readable) if telling else ()
        found = dict.fromkeys(whole[:MOST])
        namesakes: dict[str, Name] = {}
        for name in self._holding(groups, readable=readable):
            if _is_promising(words, groups, name):
                found[name] = None
            elif name.entity not in namesakes and _is_namesake(words, name):
                namesakes[name.entity] = name
        return Shortlist(tuple(found), tuple(namesakes.values()), len(whole) <= MOST)

    def _holding(self, groups: Sequence[Near], *, readable: bool) -> Iterator[Name]:
        """Yield some names that hold two words like those of a question, and some that hold one."""
        known = [group for group in groups if group.all]
        chosen = [
            pair
            for one, other in combinations(known, 2)
            for pair in ((one.nearest, other.all), (one.all, other.nearest))
        ]
        wanted = [group.nearest or group.all for group in known] if len(groups) > 1 else [group.all for group in known]
        for each in (*chosen, *((group,) for group in wanted)):
            if all(each):
                yield from self._table.with_words(each, HINTS, readable=readable)

    def find_sharing(self, words: Sequence[str], *, readable: bool) -> Shortlist:
        """Return all names that hold the very words of a question."""
        found = self._table.with_words([[word] for word in words], MOST + 1, readable=readable)
        return Shortlist(tuple(found[:MOST]), (), len(found) <= MOST)

    def find_sounding(self, words: Sequence[str], *, readable: bool) -> tuple[Name, ...]:
        """Return some names whose words have nearly the consonants of those of the question, the nearest first."""
        from rapidfuzz import fuzz

        ranked: list[tuple[int, float, Name]] = []
        for name in self._sounding(words, readable=readable):
            others = parse_name(name.text).words
            apart = sounds_apart(words, others)
            if apart is not None:
                ranked.append((apart, -fuzz.ratio(" ".join(words), " ".join(others)), name))
        return tuple(name for _, _, name in sorted(ranked)[:HINTS])

    def _sounding(self, words: Sequence[str], *, readable: bool) -> Iterable[Name]:
        """Return the names that hold a word of the same skeleton for each of the question, but for one, or a few."""
        runs = {run: skeleton(text) for run, text in _runs(words, range(1, JOINED_WORDS + 1)).items()}
        size = sum(len(shape) for run, shape in runs.items() if len(run) == 1)
        if size < SOUND_LETTERS - 1:
            return ()
        is_long = size >= LONG_SOUND
        equal = {run: self._table.words_like([shape], readable=readable) for run, shape in runs.items()}
        found: dict[Name, None] = {}
        for loose in [None, *(at for at, word in enumerate(words) if len(skeleton(word)) >= LOOSE_SOUND)]:
            groups = []
            for at in range(len(words)):
                holding = [run for run in runs if at in run]
                is_loose = at == loose or is_long
                each = (self._around(runs[run], readable=readable) if is_loose else equal[run] for run in holding)
                if not is_loose and not any(equal[run] for run in holding):
                    break
                groups.append(set(chain.from_iterable(each)))
            else:
                found.update(dict.fromkeys(self._table.with_words(groups, SOUNDING, readable=readable)))
        return found

    def _around(self, shape: str, *, readable: bool) -> Sequence[str]:
        return self._table.words_like(around(shape), readable=readable)

    def _groups(self, words: Sequence[str], *, readable: bool) -> list[Near]:
        """Return, for every word, the words of names that it may stand for, alone or with neighbours.

        The longest are looked for first. Once so many stand for nothing that no name can come near, the others need
        only be equal.
        """
        groups = [NOTHING] * len(words)
        for run, text in _runs(words, sizes=range(2, JOINED_WORDS + 1)).items():
            near = self._near(text, readable=readable, is_equal=len(text) > JOINED_LETTERS)
            for at in run if near.all else ():
                groups[at] = groups[at].joined(near)
        missed = 0
        for at in sorted(range(len(words)), key=lambda at: -len(words[at])):
            near = self._near(words[at], readable=readable, is_equal=len(words) > 1 and 2 * missed >= len(words) - 1)
            groups[at] = groups[at].joined(near)
            missed += not groups[at].all
        if len(words) == 1 and len(words[0]) >= PREFIX_LETTERS:
            begun = self._table.words_beginning(words[0], HINTS, readable=readable)
            groups[0] = Near(groups[0].nearest, groups[0].all.union(begun))
        return groups

    def _near(self, word: str, *, readable: bool, is_equal: bool) -> Near:
        if is_equal:
            equal = frozenset(self._table.counts((word,), readable=readable))
            return Near(equal, equal) if equal else NOTHING
        near = self._known.get((word, readable))
        if near is None:
            if len(self._known) >= REMEMBERED:
                self._known.clear()
            near = self._known[word, readable] = near_words(word, self._table, readable=readable)
        return near


def near_words(word: str, table: NameTable, *, readable: bool) -> Near:
    """Return the words that one may be a slip of: those that share two thirds of its letters."""
    from rapidfuzz import process
    from rapidfuzz.distance import OSA

    likely = table.words_like(around(skeleton(word)), readable=readable)
    found = process.extract(word, likely, scorer=OSA.normalized_similarity, score_cutoff=LIKE, limit=None)
    apart = {other: round((1 - score) * max(len(word), len(other))) for other, score, _ in found}
    return Near(frozenset(other for other in apart if apart[other] <= slips(word)), frozenset(apart))


def _runs(words: Sequence[str], sizes: Iterable[int]) -> dict[range, str]:
    """Return runs of neighbours among the words of a question, each as one word."""
    runs = [range(at, at + size) for size in sizes for at in range(len(words) - size + 1)]
    return {run: "".join(words[run.start : run.stop]) for run in runs}


def _is_promising(words: Sequence[str], groups: Sequence[Near], name: Name) -> bool:
    """Tell whether a name that holds some words of a question can come near it."""
    others = parse_name(name.text).words
    if len(words) == 1 or len(others) == 1:
        return True
    shared = sum(len(word) == 1 or not group.all.isdisjoint(others) for word, group in zip(words, groups, strict=True))
    missed = max(len(words), sum(len(other) > LITTLE_LETTERS for other in others)) - shared
    return shared > missed


def _is_namesake(words: Sequence[str], name: Name) -> bool:
    """Tell whether two people share the surname: no reason for an answer, and yet one for a hint."""
    if not name.person or name.weak:
        return False
    others = parse_name(name.text).words
    return words[0] == others[0] if is_eastern(others) and is_front(others) else words[-1] == others[-1]
