"""The shortlist: which of many names are worth comparing with a question word by word.

    find_names(["erken", "tunyaz"], table, readable=True)      the names that hold a word like each of them, then others

To compare with care takes 0.2 ms a name, too long for a hundred thousand. So a `table.NameTable` is asked for the words
that may be slips of those of the question, and for the names that hold them. rapidfuzz, which costs 8 ms, is imported
where words are searched.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain, combinations
from typing import NamedTuple

from xjfacts.names.compare import sounds_apart
from xjfacts.names.skeleton import around, skeleton
from xjfacts.names.spelling import parse_name
from xjfacts.names.table import JOINED_WORDS, Name, NameTable

MOST = 1_000  # names compared with care; with more that hold all words of a question, none of them is meant
SUGGESTED = 40  # names that hold only some of the words, worth a "did you mean"
WORD_ENOUGH = 0.66  # share of its letters that a word keeps in a typo
TELLING = 3  # words of the question by which these are found, the rarest
PREFIX_LETTERS = 4


class Shortlist(NamedTuple):
    """Names to compare with a question; `is_whole` unless more names than `MOST` hold all its words."""

    names: tuple[Name, ...]
    is_whole: bool


def find_names(words: Sequence[str], table: NameTable, *, readable: bool) -> Shortlist:
    """Return all names that hold each word of the question but for slips, and some of those that hold one or two."""
    groups = _groups(words, table, readable=readable)
    telling = [group | {word[0]} for word, group in zip(words, groups, strict=True) if len(word) > 1]
    whole = table.with_words(telling, MOST + 1, readable=readable) if telling else ()
    found = dict.fromkeys(whole[:MOST])
    counts = [sum(table.counts(group, readable=readable).values()) for group in groups]
    rarest = [group for count, group in sorted(zip(counts, groups, strict=True), key=lambda one: one[0]) if count]
    others: dict[Name, None] = {}
    for size in (2, 1):
        for chosen in combinations(rarest[:TELLING], size):
            more = table.with_words(chosen, SUGGESTED, readable=readable)
            others.update((name, None) for name in more if name not in found)
    return Shortlist((*found, *list(others)[:SUGGESTED]), len(whole) <= MOST)


def find_sharing(words: Sequence[str], table: NameTable, *, readable: bool) -> Shortlist:
    """Return all names that hold the very words of a question."""
    found = table.with_words([[word] for word in words], MOST + 1, readable=readable)
    return Shortlist(tuple(found[:MOST]), len(found) <= MOST)


def _groups(words: Sequence[str], table: NameTable, *, readable: bool) -> list[set[str]]:
    """Return, for every word of the question, the words of names that it may stand for, alone or with neighbours."""
    near = {run: near_words(text, table, readable=readable) for run, text in _runs(words).items()}
    groups = [set(chain.from_iterable(found for run, found in near.items() if at in run)) for at in range(len(words))]
    if len(words) == 1 and len(words[0]) >= PREFIX_LETTERS:
        groups[0].update(table.words_beginning(words[0], SUGGESTED, readable=readable))
    return groups


def find_sounds(words: Sequence[str], table: NameTable, *, readable: bool) -> tuple[Name, ...]:
    """Return some names whose words have nearly the consonants of those of the question, the nearest first."""
    from rapidfuzz import fuzz

    runs = _runs(words)
    like = {run: table.words_like(around(skeleton(text)), readable=readable) for run, text in runs.items()}
    groups = [set(chain.from_iterable(found for run, found in like.items() if at in run)) for at in range(len(words))]
    ranked: list[tuple[int, float, Name]] = []
    for name in table.with_words(groups, MOST, readable=readable):
        others = parse_name(name.text).words
        apart = sounds_apart(words, others)
        if apart is not None:
            ranked.append((apart, -fuzz.ratio(" ".join(words), " ".join(others)), name))
    return tuple(name for _, _, name in sorted(ranked)[:SUGGESTED])


def _runs(words: Sequence[str]) -> dict[range, str]:
    """Return the words of a question, and its neighbours as one."""
    runs = [range(at, at + size) for size in range(1, JOINED_WORDS + 1) for at in range(len(words) - size + 1)]
    return {run: "".join(words[at] for at in run) for run in runs}


def near_words(word: str, table: NameTable, *, readable: bool) -> list[str]:
    """Return the words that one may be a slip of: those that share two thirds of its letters."""
    from rapidfuzz import process
    from rapidfuzz.distance import OSA

    likely = table.words_like(around(skeleton(word)), readable=readable)
    found = process.extract(word, likely, scorer=OSA.normalized_similarity, score_cutoff=WORD_ENOUGH, limit=None)
    return [other for other, _, _ in found]
