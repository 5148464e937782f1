"""What sounds alike: names in Han characters and the like, and names that were written by ear.

    compare_signs(parse_question("习近朋"), parse_name("习近平"))       0.60: another man
    sounds_apart(["aikebaier", "aisaiti"], ["ekber", "eset"])           0: the same consonants

The sound of a name decides next to nothing: two people's names sound alike all over China. Only a long name, which
writes down a foreigner's by sound, is the same name in other characters. All else is a reason to ask.
"""

from __future__ import annotations

from collections.abc import Sequence

from xjfacts.names.folding import is_latin
from xjfacts.names.lexicon import is_pinyin
from xjfacts.names.pairing import PREFIX, WordPair
from xjfacts.names.skeleton import skeleton
from xjfacts.names.spelling import Spelling
from xjfacts.names.words import distance

READING = 0.95  # a name of the same sound in other characters, if it has
READING_SIGNS = 5  # or more: names of the same sound are many in China, and a few in Japan; and if
READING_EQUAL = 0.5  # of the characters or more are the same
SAME_SOUND = 0.80  # any other
OTHER_SIGNS = 0.90  # what is left for characters that differ, of which each costs its share

SOUND = 0.60  # the same consonants: worth asking
SOUND_LETTERS = 4  # of them, or more
SOUND_APART = 6  # of so many one may differ, or one fewer where all words begin alike
SOUND_SIGNS = 3  # of Han, or more


def compare_signs(asked: Spelling, name: Spelling) -> WordPair:
    """Compare two names in Han characters, kana or Hangul: one character off is another person."""
    if asked.signs == name.signs:
        return WordPair(asked.signs, name.signs, "equal", 1.0)
    longer = max(len(asked.signs), len(name.signs))
    equal = 1 - distance()(asked.signs, name.signs) / longer
    if "".join(asked.words) == "".join(name.words):
        is_foreign = len(asked.signs) >= READING_SIGNS and equal >= READING_EQUAL
        return WordPair(asked.signs, name.signs, "reading", READING if is_foreign else SAME_SOUND)
    is_part = name.signs.startswith(asked.signs) or name.signs.endswith(asked.signs)
    if SOUND_SIGNS <= len(asked.signs) < longer - 1 and is_part:
        return WordPair(asked.signs, name.signs, "prefix", PREFIX)
    return WordPair(asked.signs, name.signs, "signs", OTHER_SIGNS * max(0.0, equal))


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
