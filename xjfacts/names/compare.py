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

from collections.abc import Iterator
from typing import NamedTuple

from xjfacts.names.folding import check_question
from xjfacts.names.given import GIVEN
from xjfacts.names.lexicon import GENERIC, is_eastern, is_particle, is_pinyin, offices
from xjfacts.names.pairing import PREFIX, Pairing, WordPair
from xjfacts.names.sound import READING, READING_SIGNS, SAME_SOUND, compare_signs
from xjfacts.names.spelling import Spelling, is_surname, parse_name, parse_question
from xjfacts.names.words import is_one_letter_off

# From which score a fuzzy answer is given. The best score of 1,000 strangers against 1,900 names is 0.70, and a word
# left over keeps any score at or under `LEFT_OVER`; from 0.85 up, one slip in a word of five letters or more is
# forgiven, and one in each of two words.
ACCEPT = 0.85

# From which score a name is worth a "did you mean": all of 683 badly typed names reach it.
NEAR = 0.55

# Scores nearer than this are a tie. Among 683 badly typed names the right one led the next by 0.12 at the least.
TIE = 0.03

# The most that a name can score with a word left over, or with anything that speaks against it: it is never accepted.
LEFT_OVER = 0.84

# What is the same person or body, and yet not the same name: it is accepted, and never as sure as an equal one.
TURNED = 0.97  # the words in another order
UNKNOWN_OFFICE = 0.95  # a title that nothing here supports
SMALL_LEFT = 0.95  # a particle, or the form of a company, on one side alone
SURNAME = 0.90  # the surname and nothing else
MIDDLE_LEFT = 0.88  # a middle name on the side of the name alone, of
MIDDLE_WORDS = 2  # words at most
ONE_SLIP = 0.86  # three words or more, all equal but one, which is one letter off
TYPED_SURNAME = 0.86  # the surname with a slip

# What is worth a hint at the most.
GIVEN_NAME = 0.80  # another word of a person's name, alone, of so many
GIVEN_LETTERS = 4  # letters or more
NAMESAKE = 0.45  # the surname, and another given name
GENERIC_LEFT = 0.40  # words of very many bodies: forced labour is not Labour

LONE = 0.90  # from which a single word is taken for another: no second word stands by
LONE_LETTERS = 6  # of a surname that is taken for another
LONE_NEAR = 0.84  # from which it is worth asking
LONE_FAR = 0.40  # and what is left of what is not


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
        pair = compare_signs(asked, name)
        return Match(pair.score, (pair,))
    pairing = Pairing(asked.words, name.words, person=person)
    if not pairing.pairs:
        return Match(0.0, (), *pairing.left_over, asked.dropped)
    score = pairing.score()
    if pairing.free_asked or pairing.free_name:
        score = min(score, SMALL_LEFT if _is_little_left(asked, name, pairing, person=person) else LEFT_OVER)
    if len(asked.words) == 1:
        score = _lone(asked, name, pairing, score, person=person)
    elif person:
        score = _person(asked, name, pairing, score)
    most = min(_most(asked, name, pairing, person=person, is_held=is_held))
    return Match(max(min(score, most), 0.0), tuple(pairing.pairs), *pairing.left_over, asked.dropped, pairing.is_turned)


def _most(asked: Spelling, name: Spelling, pairing: Pairing, *, person: bool, is_held: bool) -> Iterator[float]:
    """Yield what each thing that speaks against a name leaves of its score at the most."""
    yield 1.0
    is_bare = len(asked.words) == 1 or (person and is_surname(asked, name))
    if asked.generation != name.generation or (asked.dropped and not person):
        yield LEFT_OVER
    if pairing.is_turned and not _is_turned_at_comma(asked, name):
        is_another = not pairing.is_rotated or GIVEN.issuperset(asked.words)  # who is whose son, Hans Friedrich
        yield LEFT_OVER if person and is_another else TURNED
    if person and not is_held and offices(asked.dropped):
        yield LEFT_OVER if is_bare else UNKNOWN_OFFICE
    if person and asked.has_article != name.has_article:
        yield LEFT_OVER if is_bare or is_eastern(name.words) else SMALL_LEFT
    if not person and len(name.words) == 1 and name.words[0] in GENERIC and pairing.free_asked:
        yield GENERIC_LEFT
    if bool(asked.signs) != bool(name.signs):
        yield READING if max(len(asked.signs), len(name.signs)) >= READING_SIGNS else SAME_SOUND
    if asked.is_latin != name.is_latin:
        yield READING if len(asked.words) > 1 or asked.signs else LEFT_OVER


def _is_turned_at_comma(asked: Spelling, name: Spelling) -> bool:
    """Tell whether a comma says that the words are turned: "Treasury, US"."""
    for one, other in ((asked, name), (name, asked)):
        if one.family and (*one.words[-one.family :], *one.words[: -one.family]) == other.words:
            return True
    return False


def _is_little_left(asked: Spelling, name: Spelling, pairing: Pairing, *, person: bool) -> bool:
    """Tell whether two names are the same but for small words, which stand in one of them alone.

    In the names of people these are particles and middle initials between words that pair, on the side of the name; a
    question may have an initial more, and an article that a hyphen joins to a word: Bashar al-Assad.
    """
    if not person:
        return pairing.is_little_left and pairing.paired >= 1
    if pairing.paired < 2 or is_eastern(name.words) or is_eastern(asked.words):
        return False
    inside = all(
        0 < at < len(words) - 1
        for words, free in ((asked.words, pairing.free_asked), (name.words, pairing.free_name))
        for at in free
    )
    joined = [run.split()[0] for run in asked.compounds]
    return (
        inside
        and all(len(name.words[at]) == 1 or is_particle(name.words, at) for at in pairing.free_name)
        and all(len(asked.words[at]) == 1 or asked.words[at] in joined for at in pairing.free_asked)
        and pairing.is_little_left
    )


def _person(asked: Spelling, name: Spelling, pairing: Pairing, score: float) -> float:
    """Return the score of a person's name in two words or more, by what holds of people alone."""
    words, others = asked.words, name.words
    if is_surname(asked, name):
        return max(score, SURNAME)
    slips = pairing.slips
    if is_eastern(others) and any(pair.how == "initial" for pair in slips):
        return min(score, LEFT_OVER)  # M. Wang
    if not (pairing.free_asked or pairing.free_name):
        is_slip = len(slips) == 1 and slips[0].how == "typo" and not is_eastern(others)
        is_slip = is_slip and is_one_letter_off(slips[0].asked, slips[0].name)
        return max(score, ONE_SLIP) if len(pairing.pairs) >= 3 and is_slip else score
    if pairing.free_asked or slips or len(pairing.free_name) > MIDDLE_WORDS or is_eastern(others):
        return score
    is_framed = words[0] == others[0] and words[-1] == others[-1]
    is_begun = others[: len(words)] == words and len(words[-1]) > 1 and words[-1] not in GIVEN
    return max(score, MIDDLE_LEFT) if is_framed or is_begun else score


def _lone(asked: Spelling, name: Spelling, pairing: Pairing, score: float, *, person: bool) -> float:
    """Return the score of a question of one word: no second word confirms what it says."""
    (word,), is_alone, pair = asked.words, len(name.words) == 1, pairing.pairs[0]
    if pair.how in ("prefix", "initial"):
        return PREFIX if pair.how == "prefix" else 0.0
    if pair.how == "joined" or (is_alone and not person):
        is_same = score >= LONE and (word not in GIVEN or pair.how == "equal")
        return score if is_same else min(score, LEFT_OVER)
    if not person:
        return 0.0 if word in GENERIC else score
    return score if pair.score == 1.0 and is_alone else _surname(asked, name, pair, score)


def _surname(asked: Spelling, name: Spelling, pair: WordPair, score: float) -> float:
    """Return the score of one word for a person: the surname, one letter off or not, or another word of the name."""
    (word,), is_alone = asked.words, len(name.words) == 1
    if pair.how == "equal":
        return SURNAME if is_surname(asked, name) else GIVEN_NAME if len(word) >= GIVEN_LETTERS else score
    is_typed = pair.score >= LONE and len(word) >= LONE_LETTERS and word not in GIVEN and not is_pinyin(word)
    if is_typed and (is_alone or is_surname(asked._replace(words=(pair.name,)), name)):
        return score if is_alone else TYPED_SURNAME
    if is_alone:
        return min(score, LEFT_OVER)
    return GIVEN_NAME * pair.score if pair.score >= LONE_NEAR else min(score, LONE_FAR)
