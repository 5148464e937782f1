"""The shortlist: which of many names are worth comparing with a question word by word.

    find_names(["erken", "tunyaz"], table, readable=True)      the names that hold a word like each of them, then others

To compare with care takes 0.2 ms a name, too long for a hundred thousand. So a `table.NameTable` is asked for the words
that may be slips of those of the question, and for the names that hold them. rapidfuzz, which costs 8 ms, is imported
where words are searched.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from itertools import chain, combinations
from typing import NamedTuple

from xjfacts.names.skeleton import around, skeleton
from xjfacts.names.table import JOINED_WORDS, Name, NameTable

MOST = 1_000  # names compared with care; with more that hold all words of a question, none of them is meant
SUGGESTED = 40  # names that hold only some of the words, worth a "did you mean"
WORD_ENOUGH = 0.66  # share of its letters that a word keeps in a typo
PREFIX_LETTERS = 4


class Shortlist(NamedTuple):
    """Names to compare with a question; `is_whole` unless more names than `MOST` hold all its words."""

    names: tuple[Name, ...]
    is_whole: bool


def find_names(words: Sequence[str], table: NameTable, *, readable: bool) -> Shortlist:
    """Return all names that hold each word of the question but for slips, and some of those that hold one or two."""
    groups = [group for group in _groups(words, table, readable=readable) if group]
    telling = [group for at, group in enumerate(groups) if len(words[at]) > 1] or groups
    whole = table.with_words(telling, MOST + 1, readable=readable)
    found = dict.fromkeys(whole[:MOST])
    counts = [sum(table.counts(group, readable=readable).values()) for group in telling]
    rarest = [group for count, group in sorted(zip(counts, telling, strict=True), key=lambda one: one[0]) if count][:3]
    others: dict[Name, None] = {}
    for size in (2, 1):
        for chosen in combinations(rarest, size):
            more = table.with_words(chosen, SUGGESTED, readable=readable)
            others.update((name, None) for name in more if name not in found)
    return Shortlist((*found, *list(others)[:SUGGESTED]), len(whole) <= MOST)


def _groups(words: Sequence[str], table: NameTable, *, readable: bool) -> Iterator[Collection[str]]:
    """Yield, for every word of the question, the words of names that it may stand for, alone or with its neighbours."""
    runs = [range(at, at + size) for size in range(1, JOINED_WORDS + 1) for at in range(len(words) - size + 1)]
    near = {run: near_words("".join(words[at] for at in run), table, readable=readable) for run in runs}
    for at, word in enumerate(words):
        group = set(chain.from_iterable(found for run, found in near.items() if at in run))
        if len(words) == 1 and len(word) >= PREFIX_LETTERS:
            group.update(table.words_beginning(word, SUGGESTED, readable=readable))
        yield group | {word[0]}


def near_words(word: str, table: NameTable, *, readable: bool) -> list[str]:
    """Return the words that one may be a slip of: those that share two thirds of its letters."""
    from rapidfuzz import process
    from rapidfuzz.distance import OSA

    likely = table.words_like(around(skeleton(word)), readable=readable)
    found = process.extract(word, likely, scorer=OSA.normalized_similarity, score_cutoff=WORD_ENOUGH, limit=None)
    return [other for other, _, _ in found]
