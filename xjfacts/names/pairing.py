"""Pairing the words of two names: which stands for which, how nearly, and what is left over.

    pairing = Pairing(["tunyaz", "erken"], ["erkin", "tuniyaz"], person=True)
    pairing.pairs           (WordPair('tunyaz', 'tuniyaz', 'typo', 0.92), WordPair('erken', 'erkin', 'typo', 0.91))
    pairing.is_turned       True
    pairing.score()         0.88

Words pair one to one, the best pairs first, neighbours also joined ("Quan Guo" for "Quanguo"). What this says of two
people or bodies is for `compare` to judge.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from math import sqrt
from typing import NamedTuple

from xjfacts.names.lexicon import LITTLE, SON_OF, STATES, weights
from xjfacts.names.words import SHORT_LETTERS, VOWELS, compare_words

PAIRED = 0.35  # below this two words have nothing to do with each other
SON = 0.95  # bin and ibn
INITIAL = 0.86  # accepted beside words that are equal, not beside a typo
LAST_INITIAL = 0.75  # "Zhang M.": the initial of a given name that stands behind is as good as none
OTHER_WORDS_ASKED = 0.50  # what a word left over weighs against the words that pair
OTHER_WORDS_NAMED = 0.45
CONFLICT = 0.45  # a word left over on both sides: another Abramovich
WHOLE_NAME = 0.55  # "Erkin Tuniyaz, governor of Xinjiang" holds the whole name
PREFIX = 0.75  # one word that begins a word of the name
PREFIX_LETTERS = 4
JOINED = 0.01  # what neighbours written as one word cost
JOINED_ENOUGH = 0.80  # neighbours that are not nearly the word are not written as one


class WordPair(NamedTuple):
    """A word of the question, the word of the name it stands for, how, and how nearly (0 to 1).

    `how` is one of equal, typo, initial, joined (neighbours written as one word, or one as two), prefix, reading
    (ideographs compared by their sound), signs (ideographs compared one by one), sound (the same consonants) or number.
    """

    asked: str
    name: str
    how: str
    score: float


class Pairing:
    """Which words of a question stand for which words of a name, one to one, the best pairs first."""

    def __init__(self, asked: Sequence[str], name: Sequence[str], *, person: bool) -> None:
        self.asked, self.name, self.is_person = asked, name, person
        self._asked_weights, self._name_weights = weights(asked, person=person), weights(name, person=person)
        self.free_asked, self.free_name = set(range(len(asked))), set(range(len(name)))
        self.pairs: list[WordPair] = []
        self.paired = self._mistakes = 0.0
        self._places: list[tuple[int, int]] = []
        self._pair()

    @property
    def slips(self) -> list[WordPair]:
        """The pairs of words that are not equal."""
        return [pair for pair in self.pairs if pair.how != "equal"]

    @property
    def left_over(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """The words of the question, and those of the name, that stand for nothing."""
        free_asked, free_name = sorted(self.free_asked), sorted(self.free_name)
        return tuple(self.asked[at] for at in free_asked), tuple(self.name[at] for at in free_name)

    @property
    def is_turned(self) -> bool:
        """Whether the words stand in another order than those that they pair with."""
        places = [right for _, right in sorted(self._places)]
        return places != sorted(places)

    @property
    def is_rotated(self) -> bool:
        """Whether words at one end of the question stand at the other of the name, and all else in order."""
        places = [right for _, right in sorted(self._places)]
        first = places.index(min(places))
        return places[first:] + places[:first] == sorted(places)

    @property
    def is_little_left(self) -> bool:
        """Whether what is left over says little about who is meant."""
        left = [self._asked_weights[at] for at in self.free_asked] + [self._name_weights[at] for at in self.free_name]
        return all(one == LITTLE for one in left)

    def score(self) -> float:
        """Return what the words that pair, and those left over, make of the likeness of the whole."""
        if not self.pairs:
            return 0.0
        more_asked = sum(self._asked_weights[at] for at in self.free_asked)
        more_named = sum(self._name_weights[at] for at in self.free_name)
        if more_asked and more_named and self.is_person:  # William G. Frost and William W. Frost
            more_asked += (1 - LITTLE) * sum(len(self.asked[at]) == 1 for at in self.free_asked)
            more_named += (1 - LITTLE) * sum(len(self.name[at]) == 1 for at in self.free_name)
        share = self.paired / (self.paired + OTHER_WORDS_ASKED * more_asked + OTHER_WORDS_NAMED * more_named)
        if self.paired >= 2 and not self.free_name:
            share = max(share, WHOLE_NAME)
        return float((1 - sqrt(self._mistakes)) * share * CONFLICT ** min(more_asked, more_named, 2))

    def _pair(self) -> None:
        for at, word in enumerate(self.asked):
            other = next((other for other in sorted(self.free_name) if self.name[other] == word), None)
            if other is not None:
                self._take(1.0, "equal", (at,), (other,))
        if not (self.free_asked or self.free_name):
            return
        for score, how, left, right in sorted(self._pairings(), key=lambda one: (-one[0], len(one[2]))):
            if self.free_asked.issuperset(left) and self.free_name.issuperset(right):
                self._take(score, how, left, right)

    def _take(self, score: float, how: str, left: Sequence[int], right: Sequence[int]) -> None:
        self.free_asked.difference_update(left)
        self.free_name.difference_update(right)
        own = max(sum(self._asked_weights[at] for at in left), sum(self._name_weights[at] for at in right))
        self.paired += own
        self._mistakes += (min(own, 1.0) * (1 - score)) ** 2
        self.pairs.append(WordPair(_text(self.asked, left), _text(self.name, right), how, score))
        self._places.append((left[0], right[0]))

    def _pairings(self) -> Iterator[tuple[float, str, Sequence[int], Sequence[int]]]:
        """Yield all ways in which a word, or up to three neighbours, can stand for a word of the other side."""
        asked, name, person = self.asked, self.name, self.is_person
        may_be_begun = len(asked) == 1 and len(asked[0]) >= PREFIX_LETTERS and asked[0] not in STATES
        for i in self.free_asked:
            for j in self.free_name:
                if j > 0 and i == len(asked) - 1 > 0 and len(name[j]) == 1 < len(asked[i]):
                    continue  # a surname is no middle initial
                score, how = _stands_for(asked[i], name[j], is_last=j == len(name) - 1, person=person)
                if may_be_begun and score < PREFIX and name[j].startswith(asked[i]):
                    score, how = PREFIX, "prefix"
                if score > PAIRED:
                    yield score, how, (i,), (j,)
        for score, left, right in _joinings(asked, name, self.free_asked, self.free_name, person=person):
            yield score, "joined", left, right
        for score, right, left in _joinings(name, asked, self.free_name, self.free_asked, person=person):
            yield score, "joined", left, right


def _stands_for(word: str, other: str, *, is_last: bool, person: bool) -> tuple[float, str]:
    if word == other:
        return 1.0, "equal"
    if word in SON_OF and other in SON_OF:
        return SON, "typo"
    if len(word) > 1 and len(other) > 1:
        return compare_words(word, other)
    is_initial = person and word[0] == other[0] and word.isalpha() and other.isalpha()
    return (LAST_INITIAL if is_last else INITIAL, "initial") if is_initial else (0.0, "")


def _joinings(
    words: Sequence[str], others: Sequence[str], free: Iterable[int], free_others: Iterable[int], *, person: bool
) -> Iterator[tuple[float, Sequence[int], Sequence[int]]]:
    """Yield how nearly two or three neighbours stand for one word of the other side."""
    places = sorted(free)
    for size in (2, 3):
        for i in range(len(places) - size + 1):
            run = places[i : i + size]
            if run[-1] - run[0] == size - 1:
                parts = words[run[0] : run[-1] + 1]
                for j in free_others:
                    score = _joined(parts, others[j], person=person, in_front=not run[0])
                    if score >= JOINED_ENOUGH:
                        yield score, tuple(run), (j,)


def _joined(parts: Sequence[str], word: str, *, person: bool, in_front: bool) -> float:
    joined = "".join(parts)
    if person and max(map(len, parts)) == 1 and not set(VOWELS).isdisjoint(word):
        return 0.0  # Y. I. Wang is not Wang Yi, as T. J. Cox is TJ
    if joined == word:
        return 1 - JOINED
    if person and in_front and len(word) == len(parts) == 2 and word == "".join(part[0] for part in parts):
        return INITIAL  # J. C. for Jean-Claude, written JC
    if len(word) <= SHORT_LETTERS or abs(len(joined) - len(word)) > 2 or min(map(len, parts)) == 1:
        return 0.0
    return compare_words(joined, word)[0] - JOINED


def _text(words: Sequence[str], run: Sequence[int]) -> str:
    return " ".join(words[at] for at in run)
