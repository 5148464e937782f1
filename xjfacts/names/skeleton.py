"""The skeleton of a word: its consonants by families, by which words that may be slips of each other are found.

    skeleton("tuniyaz")     tnk
    skeleton("tuniyazi")    tnk
    around("tnk")           {tnk, nk, tk, tn, ttnk, ...}: every skeleton at most one consonant off
    consonants("xuekelaiti") sklt: as they sound, in pinyin

Vowels are what hands and ears mistake most, in every script that was read into Latin letters: Mohamed and Muhammed,
Erkin and Aierken. So a keeper of names looks words up by their skeletons, and only those few are compared in earnest.
A skeleton chooses what is compared and decides nothing; nor do consonants, which are a reason to ask.
"""

from __future__ import annotations

import re
from functools import lru_cache

from xjfacts.names.lexicon import is_pinyin

# Consonants that are taken for each other, as in `words`, and those that transcriptions swap: pinyin writes l for r,
# and x, q, zh for the sh, ch, j of Uyghur. Vowels have none, and neither have h and y, which come and go.
_FAMILIES = {"p": "bp", "t": "dt", "f": "fv", "k": "cgjkqsxz", "n": "mn", "r": "lr"}
_CONSONANTS = "".join(_FAMILIES)
_FAMILY = str.maketrans(
    {letter: family for family, letters in _FAMILIES.items() for letter in letters} | dict.fromkeys("aeiouyhw", " ")
)

# How they sound: families of their own for m, and for what hisses; what c, q and x are depends on the language.
_SOUND = str.maketrans(
    {
        letter: sound
        for sound, letters in {"p": "b", "t": "d", "f": "v", "s": "zj", "k": "g", "l": "r"}.items()
        for letter in letters
    }
    | dict.fromkeys("aeiouyhw", " ")
)
_SPELLINGS = ((r"[csz]h|c(?=[eiy])|j", "s"), (r"[cqx]|[gk]h", "k"), (r"n[gk]h?(?![aeiou])", "n"))
_PINYIN = ((r"[cqx]h?|[sz]h|j", "s"), (r"ng(?![aeiou])", "n"))


@lru_cache(maxsize=20_000)
def skeleton(word: str) -> str:
    """Return the consonants of a folded word by families, doubled ones once; a word with a digit is its own."""
    if not word.isalpha():
        return word
    if "ng" in word:
        word = f"{word} ".replace("ng", "n").rstrip()
    return _without_doubles(word.translate(_FAMILY))


def consonants(word: str) -> str:
    """Return the consonants of a folded word as they sound, doubled ones once."""
    for spelling, sound in _PINYIN if is_pinyin(word) else _SPELLINGS:
        word = re.sub(spelling, sound, word)
    return _without_doubles(word.translate(_SOUND))


def _without_doubles(letters: str) -> str:
    return "".join(
        letter for before, letter in zip(f" {letters}", letters, strict=False) if letter not in (" ", before)
    )


@lru_cache(maxsize=10_000)
def around(shape: str) -> frozenset[str]:
    """Return a skeleton and all that are one consonant off: left out, put in, changed, or swapped with the next."""
    if not shape.isalpha() and shape:
        return frozenset([shape])
    cuts = [(shape[:at], shape[at:]) for at in range(len(shape) + 1)]
    found = {shape}
    found.update(head + tail[1:] for head, tail in cuts if tail)
    found.update(head + tail[1] + tail[0] + tail[2:] for head, tail in cuts if len(tail) > 1)
    found.update(head + letter + tail[1:] for head, tail in cuts if tail for letter in _CONSONANTS)
    found.update(head + letter + tail for head, tail in cuts for letter in _CONSONANTS)
    return frozenset(found)
