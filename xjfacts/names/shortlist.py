"""The shortlist: which of many names are worth comparing with a question word by word.

    table = tabulate([(0, "erkin tuniyaz"), (1, "zhang ming")])
    list(find_rows(["erken", "tunyaz"], table))     [0]

To compare with care takes 0.2 ms a name, too long for a hundred thousand. A table holds names by their words and the
words by their length, in plain lists and dicts that a caller can store; a row is a name's place in it. rapidfuzz, which
costs 8 ms, is imported where a table is searched, not where it is made.
"""

from __future__ import annotations

from collections.abc import Iterable
from heapq import nsmallest
from itertools import chain
from math import ceil
from typing import Any

from xjfacts.names.compare import SURNAME_LETTERS
from xjfacts.names.lexicon import standard

SHORTLIST = 40  # names compared with care; of 683 badly typed names the right one was always among the first 10
SAME_SHAPE = 10  # and names nearest as a whole, for words that are joined or split otherwise
TELLING = 3  # words of the question that choose the names, the longest; all words are compared
WORD_ENOUGH = 0.66  # share of its letters that a word keeps in a typo


def tabulate(forms: Iterable[tuple[int, str]]) -> dict[str, Any]:
    """Return folded names as columns, with their positions, the rows in which each word stands, and words by length."""
    rows = [(at, form) for at, form in forms if form]
    words: dict[str, list[int]] = {}
    for row, (_, form) in enumerate(rows):
        for word in dict.fromkeys(standard(form.split())):
            words.setdefault(word, []).append(row)
    lengths: dict[str, list[str]] = {}
    for word in words:
        lengths.setdefault(str(len(word)), []).append(word)
    return {
        "positions": [at for at, _ in rows],
        "folded": [form for _, form in rows],
        "words": words,
        "lengths": lengths,
    }


def find_rows(words: list[str], table: dict[str, Any]) -> Iterable[int]:
    """Return the rows of a table that share a word with the question but for typos, or look like it as a whole."""
    from rapidfuzz import fuzz, process

    shared: dict[int, float] = {}
    for word in sorted(set(words), key=lambda one: (-len(one), one))[:TELLING]:
        found = _nearest_words(word, table["lengths"])
        if len(words) == 1 and len(word) >= SURNAME_LETTERS:
            found += [(other, WORD_ENOUGH) for other in table["words"] if other.startswith(word)]
        for other, likeness in found:
            for row in table["words"][other]:
                shared[row] = shared.get(row, 0.0) + likeness
    best = nsmallest(SHORTLIST, shared, key=lambda row: (-shared[row], len(table["folded"][row]), row))
    shaped = process.extract(
        " ".join(words), table["folded"], scorer=fuzz.ratio, score_cutoff=100 * WORD_ENOUGH, limit=SAME_SHAPE
    )
    return dict.fromkeys([*best, *(row for _, _, row in shaped)])


def _nearest_words(word: str, lengths: dict[str, list[str]]) -> list[tuple[str, float]]:
    """Return the words that one may be a typo of, with how many of its letters they share (`WORD_ENOUGH` to 1)."""
    from rapidfuzz import process
    from rapidfuzz.distance import OSA

    sizes = range(ceil(len(word) * WORD_ENOUGH), int(len(word) / WORD_ENOUGH) + 1)
    near = list(chain.from_iterable(lengths.get(str(size), ()) for size in sizes))
    found = process.extract(word, near, scorer=OSA.normalized_similarity, score_cutoff=WORD_ENOUGH, limit=None)
    return [(other, likeness) for other, likeness, _ in found]
