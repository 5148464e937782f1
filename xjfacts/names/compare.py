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

from collections.abc import Iterable, Iterator, Sequence
from math import sqrt
from typing import NamedTuple

from xjfacts.names.folding import check_question, is_latin
from xjfacts.names.lexicon import (
    GENERIC,
    GIVEN,
    LITTLE,
    SON_OF,
    STATES,
    is_eastern,
    is_pinyin,
    offices,
    weights,
)
from xjfacts.names.skeleton import skeleton
from xjfacts.names.spelling import Spelling, is_surname, parse_name, parse_question
from xjfacts.names.words import SHORT_LETTERS, compare_words, distance, is_one_letter_off

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
    (ideographs compared by their sound), signs (ideographs compared one by one), sound (the same consonants) or number.
    """

    asked: str
    name: str
    how: str
    score: float


class Match(NamedTuple):
    """How one spelling compares with another: the score (0 to 1), the words that pair, and those that do not.

    `dropped` are the honorifics and offices that were set aside in the question, and `is_turned` says that the words
    stand in another order.
    """

    score: float
    pairs: tuple[WordPair, ...] = ()
    left_over_asked: tuple[str, ...] = ()
    left_over_name: tuple[str, ...] = ()
    dropped: tuple[str, ...] = ()
    is_turned: bool = False


PAIRED = 0.35  # below this two words have nothing to do with each other
SON = 0.95  # bin and ibn
INITIAL = 0.86  # accepted beside words that are equal, not beside a typo
LAST_INITIAL = 0.75  # "Zhang M.": the initial of a given name that stands behind is as good as none
LEFT_OVER = 0.84  # the most that a name can score with a word left over, so that it is never accepted
OTHER_WORDS_ASKED = 0.50  # what a word left over weighs against the words that pair
OTHER_WORDS_NAMED = 0.45
CONFLICT = 0.45  # a word left over on both sides: another Abramovich
PREFIX = 0.75  # one word that begins a word of the name
JOINED = 0.01  # what neighbours written as one word cost
JOINED_ENOUGH = 0.80  # neighbours that are not nearly the word are not written as one

# What is the same person or body, and yet not the same name: it is accepted, and never as sure as an equal one.
TURNED = 0.97  # the words in another order
UNKNOWN_OFFICE = 0.95  # a title that nothing here supports
SMALL_LEFT = 0.95  # a particle, or the form of a company, on one side alone
GENERIC_LEFT = 0.40  # beside a word of very many bodies: forced labour is not Labour
MIDDLE_LEFT = 0.88  # a middle name on the side of the name alone
MIDDLE_WORDS = 2
ONE_SLIP = 0.86  # three words or more, all equal but one, which is one letter off
SURNAME = 0.90  # the surname and nothing else
TYPED_SURNAME = 0.86  # the same with a slip

LONE = 0.90  # from which a single word is taken for another: no second word stands by
LONE_LETTERS = 6  # of a surname that is taken for another
LONE_NEAR = 0.84  # from which it is worth asking
GIVEN_NAME = 0.80  # another word of a person's name alone
SURNAME_LETTERS = 4
LONE_FAR = 0.40  # and what is left of what is not
READING = 0.95  # a name of the same sound in other characters, if it has
READING_SIGNS = 5  # characters or more: a foreigner's; names of the same sound are many in China, and a few in Japan
SOUND = 0.60  # the same consonants: worth asking
SOUND_LETTERS = 4  # of them, or more
SOUND_APART = 6  # of so many one may differ, or one fewer where all words begin alike
SOUND_SIGNS = 3  # of Han, or more
NAMESAKE = 0.45  # the surname, and another given name


def compare(asked: str, name: str, *, person: bool = True) -> Match:
    """Score how nearly a spelling fits a name, from 0 to 1, and say why: 1 is equal.

    Words pair one to one, best pairs first, neighbours also joined ("Quan Guo" for "Quanguo"), after honorifics and
    offices were set aside. Mistakes in several words add up as the root of their squares; a word left over costs, one
    on each side costs more. Of a `person`, the surname is enough. From `ACCEPT` on it is the same name, from `NEAR` on
    worth asking. Not symmetric: titles are dropped from the question, and initials stand for its names.
    """
    return compare_spellings(parse_question(check_question(asked)), parse_name(name), person=person)


def compare_spellings(asked: Spelling, name: Spelling, *, person: bool, is_held: bool = False) -> Match:
    """Compare as `compare` does, for a caller that compares one question with many names.

    `is_held` says that the office before the question is known of whose name it is.
    """
    if asked.signs and name.signs:
        return _compare_signs(asked, name)
    pairing = Pairing(asked.words, name.words, person=person)
    score = pairing.score()
    if pairing.pairs and len(asked.words) == 1:
        score = _lone(asked, name, pairing, score, person=person)
    elif pairing.pairs and person:
        score = _person(asked, name, pairing, score)
    most = min(_most(asked, name, pairing, person=person, is_held=is_held))
    left = pairing.left_over()
    return Match(max(min(score, most), 0.0), tuple(pairing.pairs), *left, asked.dropped, pairing.is_turned())


def _most(asked: Spelling, name: Spelling, pairing: Pairing, *, person: bool, is_held: bool) -> Iterator[float]:
    """Yield what each thing that speaks against a name leaves of its score at the most."""
    yield 1.0
    if person and asked.generation != name.generation:
        yield LEFT_OVER
    if pairing.is_turned() and not _is_as_turned(asked, name):
        yield LEFT_OVER if person and _is_another(asked.words, pairing) else TURNED
    if person and not is_held and offices(asked.dropped):
        yield UNKNOWN_OFFICE if len(asked.words) > 1 else LEFT_OVER
    if not person and name.words[:1] == name.words and GENERIC.issuperset(name.words) and pairing.free_asked:
        yield GENERIC_LEFT
    if bool(asked.signs) != bool(name.signs):
        yield READING if max(len(asked.signs), len(name.signs)) >= READING_SIGNS else GIVEN_NAME


def _is_another(words: Sequence[str], pairing: Pairing) -> bool:
    """Tell whether the same words in this order may be another person's name: who is whose son, Hans Friedrich."""
    return not pairing.is_rotated() or GIVEN.issuperset(words)


def _is_as_turned(asked: Spelling, name: Spelling) -> bool:
    """Tell whether a comma says that the words are turned: "Treasury, US"."""
    for one, other in ((asked, name), (name, asked)):
        if one.family and (*one.words[-one.family :], *one.words[: -one.family]) == other.words:
            return True
    return False


class Pairing:
    """Which words of a question stand for which words of a name, one to one, the best pairs first."""

    def __init__(self, asked: Sequence[str], name: Sequence[str], *, person: bool) -> None:
        self.asked, self.name, self.is_person = asked, name, person
        self.asked_weights, self.name_weights = weights(asked, person=person), weights(name, person=person)
        self.free_asked, self.free_name = set(range(len(asked))), set(range(len(name)))
        self.pairs: list[WordPair] = []
        self._mistakes = self._paired = 0.0
        self._places: list[tuple[int, int]] = []
        self._pair()

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
        own = max(sum(self.asked_weights[at] for at in left), sum(self.name_weights[at] for at in right))
        self._paired += own
        self._mistakes += (min(own, 1.0) * (1 - score)) ** 2
        self.pairs.append(WordPair(_text(self.asked, left), _text(self.name, right), how, score))
        self._places.append((left[0], right[0]))

    def _pairings(self) -> Iterator[tuple[float, str, Sequence[int], Sequence[int]]]:
        """Yield all ways in which a word, or up to three neighbours, can stand for a word of the other side."""
        asked, name = self.asked, self.name
        may_be_begun = len(asked) == 1 and len(asked[0]) >= SURNAME_LETTERS and asked[0] not in STATES
        for i in self.free_asked:
            for j in self.free_name:
                if j > 0 and i == len(asked) - 1 > 0 and len(name[j]) == 1 < len(asked[i]):
                    continue  # a surname is no middle initial
                score, how = _stands_for(asked[i], name[j], is_last=j == len(name) - 1)
                if may_be_begun and score < PREFIX and name[j].startswith(asked[i]):
                    score, how = PREFIX, "prefix"
                if score > PAIRED:
                    yield score, how, (i,), (j,)
        for score, left, right in _joinings(asked, name, self.free_asked, self.free_name, person=self.is_person):
            yield score, "joined", left, right
        for score, right, left in _joinings(name, asked, self.free_name, self.free_asked, person=self.is_person):
            yield score, "joined", left, right

    def left_over(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Return the words of the question, and those of the name, that stand for nothing."""
        return (
            tuple(self.asked[at] for at in sorted(self.free_asked)),
            tuple(self.name[at] for at in sorted(self.free_name)),
        )

    def is_turned(self) -> bool:
        """Tell whether the words stand in another order than those that they pair with."""
        places = [right for _, right in sorted(self._places)]
        return places != sorted(places)

    def is_rotated(self) -> bool:
        """Tell whether only the words at one end stand at the other."""
        places = [right for _, right in sorted(self._places)]
        first = places.index(min(places))
        return places[first:] + places[:first] == sorted(places)

    def score(self) -> float:
        """Return what the words that pair, and those left over, make of the likeness of the whole."""
        if not self.pairs:
            return 0.0
        more_asked = sum(self.asked_weights[at] for at in self.free_asked)
        more_named = sum(self.name_weights[at] for at in self.free_name)
        if more_asked and more_named and self.is_person:  # William G. Frost and William W. Frost
            more_asked += (1 - LITTLE) * sum(len(self.asked[at]) == 1 for at in self.free_asked)
            more_named += (1 - LITTLE) * sum(len(self.name[at]) == 1 for at in self.free_name)
        share = self._paired / (self._paired + OTHER_WORDS_ASKED * more_asked + OTHER_WORDS_NAMED * more_named)
        if self._paired >= 2 and not self.free_name:
            share = max(share, NEAR)  # "Erkin Tuniyaz, governor of Xinjiang" holds the whole name
        if self.free_asked or self.free_name:
            share = min(share, SMALL_LEFT if self._is_little_left() else LEFT_OVER)
        return (1 - sqrt(self._mistakes)) * share * float(CONFLICT ** min(more_asked, more_named, 2))

    def _is_little_left(self) -> bool:
        """Tell whether what is left over says little: of a person, particles beside two words that tell."""
        left = [self.asked_weights[at] for at in self.free_asked] + [self.name_weights[at] for at in self.free_name]
        return all(one == LITTLE for one in left) and self._paired >= (2 if self.is_person else 1)

    def slips(self) -> list[WordPair]:
        return [pair for pair in self.pairs if pair.how != "equal"]


def _person(asked: Spelling, name: Spelling, pairing: Pairing, score: float) -> float:
    """Return the score of a person's name in two words or more, by what holds of people alone."""
    words, others = asked.words, name.words
    if is_surname(asked, name):
        return max(score, SURNAME)
    slips = pairing.slips()
    if not (pairing.free_asked or pairing.free_name):
        is_slip = len(slips) == 1 and slips[0].how == "typo" and not is_eastern(others)
        is_slip = is_slip and is_one_letter_off(slips[0].asked, slips[0].name)
        return max(score, ONE_SLIP) if len(pairing.pairs) >= 3 and is_slip else score
    if pairing.free_asked or slips or len(pairing.free_name) > MIDDLE_WORDS or is_eastern(others):
        return score
    is_framed = words[0] == others[0] and words[-1] == others[-1]
    is_begun = others[: len(words)] == words and words[-1] not in GIVEN
    return max(score, MIDDLE_LEFT) if is_framed or is_begun else score


def _lone(asked: Spelling, name: Spelling, pairing: Pairing, score: float, *, person: bool) -> float:
    """Return the score of a question of one word: no second word confirms what it says."""
    (word,), is_alone, pair = asked.words, len(name.words) == 1, pairing.pairs[0]
    if pair.how in ("prefix", "initial"):
        return PREFIX if pair.how == "prefix" else 0.0
    if pair.how == "joined" or (is_alone and not person):
        return score if score >= LONE else min(score, LEFT_OVER)
    if not person:
        return 0.0 if word in GENERIC else score
    return score if pair.score == 1.0 and is_alone else _surname(asked, name, pair, score)


def _surname(asked: Spelling, name: Spelling, pair: WordPair, score: float) -> float:
    """Return the score of one word for a person: the surname, one letter off or not, or another word of the name."""
    (word,), is_alone = asked.words, len(name.words) == 1
    if pair.how == "equal":
        return SURNAME if is_surname(asked, name) else GIVEN_NAME if len(word) >= SURNAME_LETTERS else score
    is_typed = pair.score >= LONE and len(word) >= LONE_LETTERS and word not in GIVEN and not is_pinyin(word)
    if is_typed and (is_alone or is_surname(asked._replace(words=(pair.name,)), name)):
        return score if is_alone else TYPED_SURNAME
    if is_alone:
        return min(score, LEFT_OVER)
    return GIVEN_NAME * pair.score if pair.score >= LONE_NEAR else min(score, LONE_FAR)


def is_transcribed(text: str, asked: Spelling) -> bool:
    """Tell whether a question hides how a name is written elsewhere: in another script, or Uyghur in pinyin."""
    if not is_latin(text):
        return not asked.signs or len(asked.signs) >= SOUND_SIGNS
    return all(map(is_pinyin, asked.words)) and not all(is_pinyin(word, most=2) for word in asked.words)


def sounds_apart(words: Sequence[str], others: Sequence[str]) -> int | None:
    """Return in how many consonants two names differ, word for word in either order or as a whole; None for too many.

    Names that are written by ear have the same: Aikebaier is Ekber in pinyin, and Arabic writes no vowels. A single
    word may be any of the name's.
    """
    one, other = list(map(skeleton, words)), list(map(skeleton, others))
    if len(one) == 1 < len(other):
        return 1 if one[0] in other and len(one[0]) >= SOUND_LETTERS - 1 else None
    most = max(sum(map(len, one)), sum(map(len, other)))
    if len(one) != len(other):
        return 0 if "".join(one) == "".join(other) and most >= SOUND_LETTERS else None
    for turn in (other, other[::-1]) if len(other) == 2 else (other,):
        pairs = list(zip(one, turn, strict=True))
        apart = sum(distance()(left, right) for left, right in pairs)
        begin_alike = all(left[:1] == right[:1] for left, right in pairs)
        if most >= SOUND_LETTERS and apart <= (most + begin_alike) // SOUND_APART:
            return apart
    return None


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
    if SOUND_SIGNS <= len(asked.signs) < longer - 1 and (
        name.signs.startswith(asked.signs) or name.signs.endswith(asked.signs)
    ):
        return Match(PREFIX, (WordPair(asked.signs, name.signs, "prefix", PREFIX),))
    score = 0.9 * max(0.0, 1 - distance()(asked.signs, name.signs) / longer)
    return Match(min(score, LEFT_OVER), (WordPair(asked.signs, name.signs, "signs", score),))


def _stands_for(word: str, other: str, *, is_last: bool) -> tuple[float, str]:
    if word == other:
        return 1.0, "equal"
    if word in SON_OF and other in SON_OF:
        return SON, "typo"
    if len(word) > 1 and len(other) > 1:
        return compare_words(word, other)
    is_initial = word[0] == other[0] and word.isalpha() and other.isalpha()
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
                    score = _joined(parts, others[j], person=person)
                    if score >= JOINED_ENOUGH:
                        yield score, tuple(run), (j,)


def _joined(parts: Sequence[str], word: str, *, person: bool) -> float:
    joined = "".join(parts)
    if joined == word:
        return 1 - JOINED
    if person and len(word) == len(parts) == 2 and word == "".join(part[0] for part in parts):
        return INITIAL  # J. C. for Jean-Claude, written JC
    if len(word) <= SHORT_LETTERS or abs(len(joined) - len(word)) > 2:
        return 0.0
    return compare_words(joined, word)[0] - JOINED


def _text(words: Sequence[str], run: Sequence[int]) -> str:
    return " ".join(words[at] for at in run)
