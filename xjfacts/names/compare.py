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
from functools import lru_cache
from typing import NamedTuple

from xjfacts.names.folding import check_question
from xjfacts.names.given import GIVEN
from xjfacts.names.lexicon import ENGLISH, FORMS, GENERIC, HALVES, is_eastern, is_particle, is_pinyin, offices
from xjfacts.names.pairing import PREFIX, Pairing, WordPair
from xjfacts.names.skeleton import skeleton
from xjfacts.names.sound import READING, READING_SIGNS, SAME_SOUND, compare_signs
from xjfacts.names.spelling import Spelling, is_surname, parse_name, parse_question
from xjfacts.names.words import VOWELS, is_one_letter_off

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
LOOK_ALIKE = 0.95  # letters of two alphabets in one name
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
LONE_LETTERS = 6  # of a word that is taken for another
LONE_CHANGED = 8  # of the name of a body or place that may have a letter changed
LONE_NEAR = 0.84  # from which it is worth asking
LONE_FAR = 0.40  # and what is left of what is not


class Match(NamedTuple):
    """How one spelling compares with another: the score (0 to 1), the words that pair, and those that do not.

    `dropped` are the honorifics and offices that were set aside in the question, `is_turned` says that the words stand
    in another order, and `remark` what somebody who takes the two for the same should know.
    """

    score: float
    pairs: tuple[WordPair, ...] = ()
    left_over_asked: tuple[str, ...] = ()
    left_over_name: tuple[str, ...] = ()
    dropped: tuple[str, ...] = ()
    is_turned: bool = False
    remark: str = ""


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
    if {asked.script, name.script} == {"LATIN", "UYGHUR"} and len(asked.words) > 1:
        is_same = list(map(_as_uyghur, asked.words)) == list(map(_as_uyghur, name.words))
        score = READING if is_same else score
    score = max(min(score, *_most(asked, name, pairing, person=person, is_held=is_held)), 0.0)
    remark = _remark(asked, name, pairing, is_held=is_held) if score >= ACCEPT else ""
    return Match(score, tuple(pairing.pairs), *pairing.left_over, asked.dropped, pairing.is_turned, remark)


def is_by_initial(match: Match | None) -> bool:
    """Tell whether a question has but equal words and initials of a name: S. Hill, of Samuel G. Hill as well."""
    if match is None or match.left_over_asked or not all(pair.how in ("equal", "initial") for pair in match.pairs):
        return False
    return any(len(pair.asked) == 1 or pair.how == "initial" for pair in match.pairs)


def most_of_bare(match: Match) -> float:
    """Return what a question can score at the most with a bare surname."""
    if all(pair.how in ("equal", "joined") for pair in match.pairs):
        return SURNAME
    return TYPED_SURNAME if len(match.pairs) == 1 else LEFT_OVER


def _remark(asked: Spelling, name: Spelling, pairing: Pairing, *, is_held: bool) -> str:
    """Say what stands in the way of taking two names for the very same."""
    if offices(asked.dropped) and not is_held:
        return f"no office here is '{' '.join(asked.dropped)}'"
    if asked.script == "MIXED":
        return "letters of more than one alphabet"
    if is_surname(asked, name):
        return ""  # which shows
    if pairing.is_turned and not _is_turned_at_comma(asked, name):
        return "words in another order"
    left = [word for words in pairing.left_over for word in words]
    return f"apart from '{' '.join(left)}'" if left else ""


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
    if "MIXED" in (asked.script, name.script):
        yield LOOK_ALIKE
    elif asked.script != name.script:
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
        return pairing.is_little_left and pairing.paired >= 1 and not (pairing.free_asked and len(name.words) == 1)
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
    by_initial = any(pair.how == "initial" for pair in slips)
    if by_initial and (is_eastern(others) or any(pair.how == "typo" for pair in slips)):
        return min(score, LEFT_OVER)  # M. Wang; R. Richman is not Robert Richmann
    if _has_other_given(slips, others):
        return min(score, LEFT_OVER)
    if not (pairing.free_asked or pairing.free_name):
        is_slip = len(slips) == 1 and slips[0].how == "typo" and not is_eastern(others)
        is_slip = is_slip and is_one_letter_off(slips[0].asked, slips[0].name)
        return max(score, ONE_SLIP) if len(pairing.pairs) >= 3 and is_slip else score
    if pairing.free_asked or slips or is_eastern(others) or not _may_be_missing(others, pairing.free_name):
        return score
    is_framed = words[0] == others[0] and words[-1] == others[-1] and not GIVEN.issuperset(words)
    is_begun = others[: len(words)] == words and _is_end(name, len(words)) and words[-1] not in GIVEN
    return max(score, MIDDLE_LEFT) if is_framed or is_begun else score


def _may_be_missing(words: tuple[str, ...], places: set[int]) -> bool:
    """Tell whether the words in these places may be missing in a question: one or two, and no half of another.

    Who is called Abdul Manan is not called Abdul.
    """
    return len(places) <= MIDDLE_WORDS and not any(at and words[at - 1] in HALVES for at in places)


def _is_end(name: Spelling, size: int) -> bool:
    """Tell whether so many words of a name may be all that it is called by, and a second surname follows.

    One word follows, or one of two parts: Albert Ho Chun-yan. A short word may be a part of what follows.
    """
    words, rest = name.words, " ".join(name.words[size:])
    return len(words[size - 1]) > 1 and words[0] not in HALVES and (" " not in rest or rest in name.compounds)


def _has_other_given(slips: list[WordPair], others: tuple[str, ...]) -> bool:
    """Tell whether a slip is another name, or stands beside one: Brian Steel is not Bryan Steil."""
    if any(_is_other_given(slip, is_last=slip.name == others[-1]) for slip in slips):
        return True
    return len(slips) > 1 and any(slip.asked in GIVEN and slip.name in GIVEN for slip in slips)


def _is_other_given(slip: WordPair, *, is_last: bool) -> bool:
    """Tell whether what could be a slip is a given name of its own: Charles Michael is not Charles Michel.

    Given names in other letters are the same where their consonants are (Layla, Laila), surnames where their vowels are
    (Mahmut, Mahmud; a and e are one in Uyghur).
    """
    if slip.how != "typo" or slip.asked not in GIVEN:
        return False
    if is_last:
        return _vowels(_as_uyghur(slip.asked)) != _vowels(_as_uyghur(slip.name))
    return slip.name in GIVEN and skeleton(slip.asked) != skeleton(slip.name)


def _vowels(word: str) -> str:
    return "".join(letter for letter in word if letter in VOWELS)


def _as_uyghur(word: str) -> str:
    """Return a word in which a and e are one, as they are where Uyghur is written in Latin letters."""
    return word.replace("e", "a")


def _lone(asked: Spelling, name: Spelling, pairing: Pairing, score: float, *, person: bool) -> float:
    """Return the score of a question of one word: no second word confirms what it says."""
    (word,), is_alone, pair = asked.words, len(name.words) == 1, pairing.pairs[0]
    if pair.how in ("prefix", "initial"):
        return PREFIX if pair.how == "prefix" else 0.0
    if pair.how == "joined" or (is_alone and not person):
        is_same = pair.how != "typo" or (score >= LONE and _is_typed(word, pair.name, person=False))
        return score if is_same else min(score, LEFT_OVER)
    if not person:
        return 0.0 if word in GENERIC else score if FORMS.issuperset(pairing.left_over[1]) else min(score, LEFT_OVER)
    return score if pair.score == 1.0 and is_alone else _surname(asked, name, pair, score)


@lru_cache(maxsize=1_000)
def _is_typed(word: str, name: str, *, person: bool) -> bool:
    """Tell whether a single word is a slip of another: a letter too many or too few, two swapped, or one like it.

    Any other letter makes another name, unless the word is long: Burrell is not Borrell, nor Landon London. Neither is
    what comes as near to a given name.
    """
    if len(word) < LONE_LETTERS or word in GIVEN or any(is_one_letter_off(word, given) for given in GIVEN):
        return False
    if len(word) != len(name) or sorted(word) == sorted(name) or not (person or len(word) < LONE_CHANGED):
        return True
    if not person:
        word, name = _as_uyghur(word), _as_uyghur(name)  # Norwey
    return skeleton(word) == skeleton(name) and _vowels(word) == _vowels(name)  # Makron


def _surname(asked: Spelling, name: Spelling, pair: WordPair, score: float) -> float:
    """Return the score of one word for a person: the surname, one letter off or not, or another word of the name."""
    (word,), is_alone = asked.words, len(name.words) == 1
    if pair.how == "equal":
        if is_surname(asked, name) and word not in ENGLISH:
            return SURNAME
        return GIVEN_NAME if len(word) >= GIVEN_LETTERS or word in ENGLISH else score
    is_typed = pair.score >= LONE and not is_pinyin(word) and _is_typed(word, pair.name, person=True)
    if is_typed and (is_alone or is_surname(asked._replace(words=(pair.name,)), name)):
        return score if is_alone else TYPED_SURNAME
    if is_alone:
        return min(score, LEFT_OVER)
    return GIVEN_NAME * pair.score if pair.score >= LONE_NEAR else min(score, LONE_FAR)
