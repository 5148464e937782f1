"""Rules about characters: nothing that nobody sees, and nothing that only looks like something else."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING

from xjfacts.curation.rules.subject import Finding, Subject
from xjfacts.text import hidden_characters

if TYPE_CHECKING:
    from xjfacts.corpus.lines import Path


def check_not_nfc(subject: Subject) -> Iterator[Finding]:
    """All text is in Unicode normal form C."""
    for file, path, text in subject.strings:
        if not unicodedata.is_normalized("NFC", text):
            yield Finding(file, path, f"'{text}' is not in normal form C (composed letters)")


def check_stray_space(subject: Subject) -> Iterator[Finding]:
    """No text begins or ends with a space or holds two in a row (within a quote, as its text has it)."""
    for file, look in subject.looks:
        for path, text in look.texts:
            is_quote = "cite" in path and "context" not in path
            if text != text.strip():
                yield Finding(file, path, f"{_key_of(path)} begins or ends with a space")
            elif not is_quote and re.search(r"[^\S\t\r\n]{2}", text):
                yield Finding(file, path, f"{_key_of(path)} holds several spaces in a row")


def _key_of(path: Path) -> str:
    return f"'{next(step for step in reversed(path) if isinstance(step, str))}'"


def check_hidden_character(subject: Subject) -> Iterator[Finding]:
    """No text holds a control, bidirectional, zero-width or unassigned character."""
    for file, path, text in subject.strings:
        hidden = hidden_characters(text)
        if hidden:
            yield Finding(file, path, f"{_key_of(path)} holds {', '.join(hidden)}, which nobody sees")


def check_mixed_scripts(subject: Subject) -> Iterator[Finding]:
    """No word mixes the letters of several scripts."""
    for file, path, text in subject.strings:
        for word in _LETTERS.findall(text):
            scripts = sorted({script for letter in word if (script := _script(letter))})
            if len(scripts) > 1:
                yield Finding(file, path, f"'{word}' mixes {' and '.join(scripts)} letters")


def check_look_alike(subject: Subject) -> Iterator[Finding]:
    """No word is written in letters that only look Latin: full-width, mathematical, or those of another script."""
    for file, path, text in subject.strings:
        if not any(_script(letter) in _LOOKS_LATIN and letter not in _LOOK_ALIKES for letter in text):
            for word in _LETTERS.findall(text):
                if any(map(_is_disguised, word)) or _LOOK_ALIKES.issuperset(word):
                    scripts = " and ".join(sorted({_script(letter) or "styled" for letter in word}))
                    yield Finding(file, path, f"'{word}' looks Latin but is written in {scripts} letters")


_LETTERS = re.compile(r"[^\W\d_]+")
_MIXING_FREELY = {"CJK", "HIRAGANA", "KATAKANA", "HANGUL", "BOPOMOFO"}  # as Japanese, Korean and Chinese do

# Letters that confusables.txt (Unicode UTS #39) maps to one Latin letter, of the scripts that have words of them alone.
_LOOKS_LATIN = {"Cyrillic", "Greek"}
_LOOK_ALIKES = frozenset("АВЕЅІЈКМНОРСТУХԌԚԜҮаеорсухѕіјһԁԛԝѵӏүΑΒΕΖΗΙΚΜΝΟΡΤΥΧοναρυικγχϲϳ")


@cache
def _script(letter: str) -> str:
    """Return the script of a letter as the first word of its Unicode name, or nothing where scripts may mix."""
    if not letter.isalpha() or unicodedata.category(letter) == "Lm" or _is_disguised(letter):
        return ""
    script = unicodedata.name(letter, "").partition(" ")[0]
    return "" if script in _MIXING_FREELY else script.capitalize()


@cache
def _is_disguised(letter: str) -> bool:
    """Tell whether a letter is a compatibility form of Latin ones: full-width, mathematical, a ligature."""
    return not letter.isascii() and letter.isalpha() and unicodedata.normalize("NFKC", letter).isascii()
