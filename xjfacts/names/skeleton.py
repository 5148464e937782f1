"""The skeleton of a word: its consonants as they sound, by which words that may be slips of each other are found.

    skeleton("tuniyaz")         tns
    skeleton("aierken")         lkn, as of erkin
    around("tns")               {tns, ns, ts, tn, ptns, ...}: every skeleton at most one consonant off

Vowels are what hands and ears mistake most, in every script that was read into Latin letters: Mohamed and Muhammed,
Erkin and Aierken. So a keeper of names looks words up by their skeletons, and only those few are compared in earnest.
A skeleton chooses what is compared; two names of the same are a reason to ask, and none to answer.
"""

from __future__ import annotations

import re
from functools import lru_cache

from xjfacts.names.lexicon import is_pinyin

# Consonants that are taken for each other, and those that transcriptions swap. Vowels have none, and neither have h, w
# and y, which come and go. What c, q and x are depends on the language: pinyin writes them for ch, ch and sh.
_FAMILIES = {"p": "bp", "t": "dt", "f": "fv", "k": "gk", "s": "sz", "m": "m", "n": "n", "l": "lr"}
_CONSONANTS = "".join(_FAMILIES)
_FAMILY = str.maketrans(
    {letter: family for family, letters in _FAMILIES.items() for letter in letters} | dict.fromkeys("aeiouyhw", " ")
)
_SPELLINGS = ((re.compile("[csz]h|c(?=[eiy])|j"), "s"), (re.compile("[cqx]|[gk]h"), "k"))
_PINYIN = ((re.compile("[cqx]h?|[sz]h|j"), "s"),)
_NG = re.compile("n[gk]h?(?![aeiou])")


@lru_cache(maxsize=50_000)
def skeleton(word: str) -> str:
    """Return the consonants of a folded word by families, doubled ones once; a word with a digit is its own."""
    if not word.isalpha():
        return word
    for spelling, sound in _PINYIN if is_pinyin(word) else _SPELLINGS:
        word = spelling.sub(sound, word)
    letters = _NG.sub("n", word).translate(_FAMILY)
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
