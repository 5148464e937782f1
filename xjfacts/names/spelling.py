"""A spelling taken apart: the words that name, and what stands around them.

    parse_question("Governor Tunyaz, Erken")    words ('erken', 'tunyaz'), dropped ('governor',), family 1
    parse_name("Robert Kennedy Jr.")            words ('robert', 'kennedy'), generation 'jr'

Both sides are taken apart alike, so that what is set aside of one is set aside of the other. Only titles are not: in
front of a question they are how people are asked for, in front of a name they may be all there is ("Lord Bethell").
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from xjfacts.names.folding import fold, script_of, signs_of, without_article
from xjfacts.names.given import GIVEN
from xjfacts.names.lexicon import (
    GENERATIONS,
    TITLES,
    is_eastern,
    is_particle,
    is_pinyin,
    standard,
    without_titles,
)

FAMILY_WORDS = 3  # before a comma: "de la Cruz, Ana"
MIDDLE_LETTERS = 5  # of a surname that another follows: Josep Borrell Fontelles

_TURNED = r"[^,，،]+[,，،][^,，،]+(?:[,，،]\s*\w+\.?)?"
_COMPOUND = r"\w+(?:[-‐‑–]\w+)+"


class Spelling(NamedTuple):
    """A spelling made ready to compare: its words in the order of speech, its signs if it is in a syllabic script.

    `dropped` are the titles set aside, `generation` tells a father from his son, `family` is how many words at the end
    stood before a comma, `compounds` are the words that a hyphen joins. An article in front is no word.
    """

    words: tuple[str, ...]
    signs: str = ""
    dropped: tuple[str, ...] = ()
    generation: str = ""
    family: int = 0
    compounds: tuple[str, ...] = ()
    has_article: bool = False
    script: str = "LATIN"


@lru_cache(maxsize=1_000)
def parse_question(text: str) -> Spelling:
    """Return a question ready to compare, the honorifics and offices around the name set aside."""
    spelling = _parse(text)
    words, dropped = without_titles(list(spelling.words))
    return spelling._replace(words=tuple(words), dropped=dropped)


@lru_cache(maxsize=20_000)  # names are compared with many questions
def parse_name(text: str) -> Spelling:
    """Return a name ready to compare."""
    spelling = _parse(text)
    words = spelling.words
    return spelling._replace(words=words[1:]) if len(words) > 1 and words[0] in TITLES else spelling


def _parse(text: str) -> Spelling:
    family = 0
    if "," in text or not text.isascii():
        text, family = _turned(text)
    folded = fold(text)
    named = without_article(text, folded)
    words = standard(named.split())
    generation = ""
    for at in range(len(words) - 1, 0, -1):
        if len(words) > 2 and words[at] in GENERATIONS:
            generation = GENERATIONS[words.pop(at)]
    signs = signs_of(text)
    compounds = tuple(fold(run) for run in re.findall(_COMPOUND, text)) if re.search(_COMPOUND, text) else ()
    return Spelling(tuple(words), signs, (), generation, family, compounds, named != folded, script_of(text))


def _turned(text: str) -> tuple[str, int]:
    """Return "Tuniyaz, Erkin" in the order of speech, and how many words of the family stood before the comma."""
    if not re.fullmatch(_TURNED, text.strip()):
        return text, 0
    head, tail = re.split("[,，،]", text, maxsplit=1)
    if GENERATIONS.keys() >= set(fold(tail).split()):
        return text, 0  # Robert Kennedy, Jr.
    words = fold(head).split()
    titles = 1 + max((at for at, word in enumerate(words) if word in TITLES), default=-1)
    size = len(words) - titles
    if not (0 < size <= FAMILY_WORDS and fold(tail)):
        return text, 0
    turned = f"{tail.replace(',', ' ')} {' '.join(words[titles:]) if titles else head}"
    return " ".join([*words[:titles], turned]), size


def is_surname(asked: Spelling, name: Spelling) -> bool:
    """Tell whether a question is the surname of a person's name: all that stands before its comma, or where none does,
    its last word, or the first of a name in the eastern order; with its particles, and both halves of a double one.

    Of three words and more one in the middle is enough, if it is no given name: Josep Borrell Fontelles.
    """
    words, others = asked.words, name.words
    size = len(words)
    if size >= len(others):
        return False
    if name.family:
        family = range(len(others) - name.family, len(others))
        return words in (others[family.start :], tuple(others[at] for at in family if not is_particle(others, at)))
    if is_eastern(others):
        at = 0 if is_front(others) else -1
        return size == 1 and words[0] == others[at]
    if size == 1:
        return words[0] == others[-1] or (
            words[0] in others[1:-1] and len(words[0]) >= MIDDLE_LETTERS and words[0] not in GIVEN
        )
    is_one = " ".join(words) in (*asked.compounds, *name.compounds) or is_led(words)
    return others[-size:] == words and is_one


def is_front(words: Sequence[str]) -> bool:
    """Tell whether a name in the eastern way has its surname in front, and not for Western readers behind."""
    return not is_pinyin(words[-1], most=1) or is_pinyin(words[0], most=1) or not is_pinyin(words[0])


def is_led(words: Sequence[str]) -> bool:
    """Tell whether all words but the last lead to it: "von der Leyen"."""
    return len(words) > 1 and all(is_particle(words, at) for at in range(len(words) - 1))


def has_half_of_surname(asked: Spelling, name: Spelling, other: Spelling) -> bool:
    """Tell whether a question ends in a part of a surname that two names of somebody show to be longer.

    Iain Duncan Smith, who is called Duncan Smith too, is no Smith.
    """
    shorter, longer = sorted((_telling(name.words), _telling(other.words)), key=len)
    size = len(shorter)
    is_half = 1 < size < len(longer) and longer[-size:] == shorter
    return is_half and asked.words[-1:] == shorter[-1:] and _telling(asked.words)[-size:] != shorter


def _telling(words: Sequence[str]) -> tuple[str, ...]:
    return tuple(word for at, word in enumerate(words) if not is_particle(words, at))
