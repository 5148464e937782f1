"""How nearly a word stands for another: slips of the hand and of the ear, weighed.

    compare_words("tunyaz", "tuniyaz")      (0.92, 'typo')
    compare_words("austria", "australia")   (0.0, '')

Words are folded. Some are never taken for each other however alike they are: states, numbers, short words and Chinese
syllables have their own bars. What each of these is worth was measured, see `tests/benchmarks/README.md`. rapidfuzz is
imported where two words differ: it costs 8 ms.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache, lru_cache

from xjfacts.names.lexicon import STATES, is_pinyin

SHORT = 0.78  # the most for words of up to four letters that differ: Chen and Cheng, Daby and Darby
SYLLABLES = 0.80  # the most for two Chinese words that differ: Jinping and Jinpeng
NUMBER = 0.60  # numbers that differ
SHORT_LETTERS = 4

# What a slip costs, in letters. Slips that ears and fingers make cost less than others; the first letter is seldom
# wrong (Pollock and Zamora, Automatic spelling correction in scientific and scholarly text, CACM 27, 1984), and at the
# end a letter more makes another name (Bryan and Bryant).
_DOUBLED, _LIKE, _SOFT, _SWAPPED, _OTHER = 0.4, 0.6, 0.7, 0.7, 1.0
_AT_START, _AT_END = 0.5, 0.3
VOWELS = "aeiouy"
_ALIKE = tuple(map(frozenset, ("aeiou", "ckqx", "csz", "dt", "bp", "fvw", "gj", "jyi", "mn")))


def is_one_letter_off(word: str, other: str) -> bool:
    """Tell whether two folded words differ in one letter: left out, put in, changed, or swapped with its neighbour."""
    if abs(len(word) - len(other)) > 1:
        return False
    return distance()(word, other, score_cutoff=1) == 1


@cache
def distance() -> Callable[..., int]:
    """Return the function that counts in how many letters two words differ (optimal string alignment)."""
    from rapidfuzz.distance import OSA

    return OSA.distance


@lru_cache(maxsize=10_000)  # names share their words
def compare_words(asked: str, name: str) -> tuple[float, str]:
    """Return how nearly a word stands for another (0 to 1), and how; both have two letters or more."""
    if asked == name:
        return 1.0, "equal"
    if not asked.isalpha() or not name.isalpha():
        return (NUMBER, "number") if _digits(asked) and _digits(name) else (0.0, "")
    longer = max(len(asked), len(name))
    apart = distance()(asked, name)
    if apart > 1 + longer // 3 or _is_another_state(asked, name, apart):
        return 0.0, ""
    score = 1 - (_typing_cost(asked, name) / (1.2 + 0.35 * longer)) ** 1.5
    if min(len(asked), len(name)) <= SHORT_LETTERS:
        score = min(score, SHORT)
    elif is_pinyin(asked) and is_pinyin(name):
        score = min(score, SYLLABLES)
    return max(score, 0.0), "typo"


def _digits(word: str) -> bool:
    return any(map(str.isdigit, word))


def _is_another_state(asked: str, name: str, apart: int) -> bool:
    """Tell whether a word that differs from another names a state, or comes as near to a state that is not meant."""
    if asked in STATES:
        return True
    return name in STATES and any(distance()(asked, state) <= apart for state in STATES if state != name)


def _typing_cost(one: str, other: str) -> float:
    """Return the least cost of the slips that turn one word into the other: optimal string alignment, with weights."""
    above: list[float] = []
    row = [0.0]
    for at in range(len(other)):
        row.append(row[-1] + _slip(other, at))
    for i, letter in enumerate(one):
        before, above, row = above, row, [row[0] + _slip(one, i)]
        for j, facing in enumerate(other):
            cost = min(
                above[j] + _change(letter, facing, is_first=i == j == 0),
                above[j + 1] + _slip(one, i),
                row[j] + _slip(other, j),
            )
            if i and j and letter == other[j - 1] and facing == one[i - 1] and letter != facing:
                cost = min(cost, before[j - 1] + _SWAPPED + _AT_START * (i == j == 1))
            row.append(cost)
    return row[-1]


def _slip(word: str, at: int) -> float:
    """Return what a letter too many costs."""
    letter, before, after = word[at], word[at - 1 : at], word[at + 1 : at + 2]
    if letter == before:
        return _DOUBLED
    if letter == "h" or (letter == "s" and not after) or letter + after in {"ch", "ck", "kh"}:
        return _SOFT + _AT_START * (not before)
    return (_SOFT if letter in VOWELS else _OTHER) + _AT_START * (not before) + _AT_END * (not after)


def _change(letter: str, other: str, *, is_first: bool) -> float:
    if letter == other:
        return 0.0
    is_alike = any(letter in group and other in group for group in _ALIKE)
    return (_LIKE if is_alike else _OTHER) + _AT_START * is_first
