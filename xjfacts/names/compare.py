"""Comparing two names: whether they are the same name, how surely, and why.

    from xjfacts.names.compare import compare

    match = compare("Tunyaz, Erken", "Erkin Tuniyaz")
    match.score             0.88
    match.pairs             (WordPair('erken', 'erkin', 'typo', 0.91), WordPair('tunyaz', 'tuniyaz', 'typo', 0.92))
    match.left_over_name    ()

Who finds a name by `compare` keeps one rule: an answer whose score is under 1 is shown together with the name that
matched, and a tie (`TIE`) is never decided. To ask for one name among many there is `xjfacts.names.lookup`.

What each step is worth was measured on the public data that `tests/benchmarks/README.md` describes.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from math import sqrt
from typing import NamedTuple

from xjfacts.names.folding import check_question, fold, signs_of
from xjfacts.names.lexicon import CIVIL, LEGAL, SMALL, STATES, TITLES, is_pinyin, standard, weight, without_titles
from xjfacts.names.words import SHORT_LETTERS, compare_words, distance

# From which score a fuzzy answer is given. The best score of 1,000 strangers against 1,900 names is 0.70, and a word
# left over keeps any score at or under `LEFT_OVER`; from 0.85 up, one slip in a word of five letters or more is
# forgiven, and one in each of two words.
ACCEPT = 0.85

# From which score a name is worth a "did you mean": all of 683 badly typed names reach it, and 13 of the strangers.
NEAR = 0.55

# Scores nearer than this are a tie. Among 683 badly typed names the right one led the next by 0.12 at the least.
TIE = 0.03


class WordPair(NamedTuple):
    """A word of the question, the word of the name it stands for, how, and how nearly (0 to 1).

    `how` is one of equal, typo, initial, joined (neighbours written as one word, or one as two), prefix, reading
    (ideographs compared by their sound), signs (ideographs compared one by one) or number.
    """

    asked: str
    name: str
    how: str
    score: float


class Match(NamedTuple):
    """How one spelling compares with another: the score (0 to 1), the words that pair, and those that do not.

    `dropped` are the honorifics and offices that were set aside in the question.
    """

    score: float
    pairs: tuple[WordPair, ...] = ()
    left_over_asked: tuple[str, ...] = ()
    left_over_name: tuple[str, ...] = ()
    dropped: tuple[str, ...] = ()


class Spelling(NamedTuple):
    """A spelling made ready to compare: its words without titles, and its signs if it is in a syllabic script."""

    words: list[str]
    signs: str = ""
    dropped: tuple[str, ...] = ()


def parse_question(text: str) -> Spelling:
    """Return a question ready to compare, the honorifics and offices around the name set aside."""
    words, dropped = without_titles(standard(fold(text).split()))
    return Spelling(words, signs_of(text), dropped)


def parse_name(text: str, folded: str) -> Spelling:
    """Return a name ready to compare; the caller has it folded already."""
    words = standard(folded.split())
    return Spelling(words[len(words) > 1 and words[0] in TITLES :], signs_of(text))


PAIRED = 0.35  # below this two words have nothing to do with each other
INITIAL = 0.86  # accepted beside words that are equal, not beside a typo
LAST_INITIAL = 0.75  # "Zhang M.": the initial of a given name that stands behind is as good as none
LEFT_OVER = 0.84  # the most that a name can score with a word left over, so that it is never accepted
OTHER_WORDS_ASKED = 0.50  # what a word left over weighs against the words that pair
OTHER_WORDS_NAMED = 0.45
CONFLICT = 0.45  # a word left over on both sides: another Abramovich
SURNAME = 0.90  # the last word of a person's name, equal, and nothing else
GIVEN_NAME = 0.80  # the same with another word of it, or a typo
PREFIX = 0.75  # one word that begins a word of the name
LONE = 0.90  # from which a single word is taken for another: no second word stands by
JOINED = 0.01  # what neighbours written as one word cost
JOINED_ENOUGH = 0.80  # neighbours that are not nearly the word are not written as one
SURNAME_LETTERS = 4
READING = 0.95  # a name of the same sound in other characters, if it has
READING_SIGNS = 4  # characters or more: a foreigner's; Chinese names of the same sound are many


def compare(asked: str, name: str, *, person: bool = True) -> Match:
    """Score how nearly a spelling fits a name, from 0 to 1, and say why: 1 is equal but for the order of the words.

    Words pair one to one, best pairs first, neighbours also joined ("Quan Guo" for "Quanguo"), after honorifics and
    offices were set aside. Mistakes in several words add up as the root of their squares; a word left over costs, one
    on each side costs more. Of a `person`, the last word of the name is enough. From `ACCEPT` on it is the same name,
    from `NEAR` on worth asking. Not symmetric: titles are dropped from the question, and initials stand for its names.
    """
    return compare_spellings(parse_question(check_question(asked)), parse_name(name, fold(name)), person=person)


def compare_spellings(asked: Spelling, name: Spelling, *, person: bool) -> Match:
    """Compare as `compare` does, for a caller that compares one question with many names."""
    if asked.signs and name.signs:
        return _compare_signs(asked, name)
    words, others = asked.words, name.words
    free_asked, free_name = set(range(len(words))), set(range(len(others)))
    pairs: list[WordPair] = []
    mistakes = paired = 0.0
    for score, how, left, right in sorted(_pairings(words, others), key=lambda one: (-one[0], len(one[2]))):
        if free_asked.issuperset(left) and free_name.issuperset(right):
            free_asked.difference_update(left)
            free_name.difference_update(right)
            own = max(sum(weight(words[at]) for at in left), sum(weight(others[at]) for at in right))
            paired += own
            mistakes += (min(own, 1.0) * (1 - score)) ** 2
            pairs.append(WordPair(_text(words, left), _text(others, right), how, score))
    more_asked, more_named = _text_of(words, free_asked), _text_of(others, free_name)
    score = (1 - sqrt(mistakes)) * _share(paired, more_asked, more_named, person=person) if paired else 0.0
    if len(words) == 1:
        score = _lone(asked, others, pairs, score, person=person)
    return Match(max(score, 0.0), tuple(pairs), more_asked, more_named, asked.dropped)


def _share(paired: float, asked: Collection[str], named: Collection[str], *, person: bool) -> float:
    """Return what the words left over leave of a score; `paired` is the weight of the words that are not.

    Small words may be left over of a name that is accepted, and of a body's the form of a company.
    """
    more_asked, more_named = sum(map(weight, asked)), sum(map(weight, named))
    share = paired / (paired + OTHER_WORDS_ASKED * more_asked + OTHER_WORDS_NAMED * more_named)
    if paired >= 2 and not named:
        share = max(share, NEAR)  # "Erkin Tuniyaz, governor of Xinjiang" holds the whole name
    if not (SMALL if person else SMALL | LEGAL).issuperset([*asked, *named]):
        share = min(share, LEFT_OVER)
    return float(share * CONFLICT ** min(more_asked, more_named, 2))


def _lone(asked: Spelling, others: list[str], pairs: list[WordPair], score: float, *, person: bool) -> float:
    """Return the score of a question of one word: no second word confirms what it says."""
    word = asked.words[0]
    if not pairs or pairs[0].how == "prefix":
        return PREFIX if pairs else 0.0
    if len(others) == 1 or pairs[0].how == "joined":
        return score if score >= LONE else min(score, LEFT_OVER)
    if not person or len(others) > 2 or len(word) < SURNAME_LETTERS:
        return score
    is_surname = word == others[1] and CIVIL.issuperset(asked.dropped) and not is_pinyin(word, most=1)
    return SURNAME if is_surname else GIVEN_NAME * pairs[0].score


def _compare_signs(asked: Spelling, name: Spelling) -> Match:
    """Compare two names in Han characters, kana or Hangul: one character off is another person.

    Only a long name of the same reading, a foreigner's in the other of the two ways of writing, is still the same.
    """
    if asked.signs == name.signs:
        return Match(1.0, (WordPair(asked.signs, name.signs, "equal", 1.0),))
    if "".join(asked.words) == "".join(name.words):
        score = READING if len(asked.signs) >= READING_SIGNS else GIVEN_NAME
        return Match(score, (WordPair(asked.signs, name.signs, "reading", score),))
    longer = max(len(asked.signs), len(name.signs))
    score = 0.9 * max(0.0, 1 - distance()(asked.signs, name.signs) / longer)
    return Match(min(score, LEFT_OVER), (WordPair(asked.signs, name.signs, "signs", score),))


def _pairings(asked: list[str], name: list[str]) -> Iterator[tuple[float, str, range, range]]:
    """Yield all ways in which a word, or up to three neighbours as one, can stand for a word of the other side."""
    may_be_begun = len(asked) == 1 and len(asked[0]) >= SURNAME_LETTERS and asked[0] not in STATES
    for i, word in enumerate(asked):
        for j, other in enumerate(name):
            score, how = _stands_for(word, other, is_last=j == len(name) - 1)
            if may_be_begun and score < PREFIX and other.startswith(word):
                score, how = PREFIX, "prefix"
            if score > PAIRED:
                yield score, how, range(i, i + 1), range(j, j + 1)
    for score, left, right in _joinings(asked, name):
        yield score, "joined", left, right
    for score, right, left in _joinings(name, asked):
        yield score, "joined", left, right


def _stands_for(word: str, other: str, *, is_last: bool) -> tuple[float, str]:
    if word == other:
        return 1.0, "equal"
    if len(word) > 1 and len(other) > 1:
        return compare_words(word, other)
    is_initial = word[0] == other[0] and word.isalpha() and other.isalpha()
    return (LAST_INITIAL if is_last else INITIAL, "initial") if is_initial else (0.0, "")


def _joinings(words: list[str], others: list[str]) -> Iterator[tuple[float, range, range]]:
    """Yield how nearly two or three neighbours stand for one word of the other side."""
    for size in (2, 3):
        for i in range(len(words) - size + 1):
            for j, other in enumerate(others):
                score = _joined(words[i : i + size], other)
                if score >= JOINED_ENOUGH:
                    yield score, range(i, i + size), range(j, j + 1)


def _joined(parts: Sequence[str], word: str) -> float:
    if len(word) == len(parts) == 2 and word == "".join(part[0] for part in parts):
        return INITIAL  # J. C. for Jean-Claude, written JC
    joined = "".join(parts)
    if joined == word:
        return 1 - JOINED
    if len(word) <= SHORT_LETTERS or abs(len(joined) - len(word)) > 2:
        return 0.0
    return compare_words(joined, word)[0] - JOINED


def _text(words: list[str], run: range) -> str:
    return " ".join(words[at] for at in run)


def _text_of(words: list[str], positions: Iterable[int]) -> tuple[str, ...]:
    return tuple(words[at] for at in sorted(positions))
