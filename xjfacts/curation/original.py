"""The text of a document as it was curated: its paragraphs, and whether words stand in it.

    text = Original(raw, body=((5, 9), (13, 49)))
    text.paragraphs[10]                                  'Tuniyaz was sanctioned by the US government for ...'
    text.where("sanctioned by the US government")        (11,)

Paragraph n is the n-th non-blank physical line inside `body`, from 1; everything else (headlines, adverts, bylines) is
not citable. Words are compared letter for letter, and nothing is normalised, because whatever a comparison forgives can
hide a "not". What begins or ends inside a word does not stand there: "sanction" is not in "sanctioned", "education" not
in "re-education". The texts belong to their publishers; they are read from wherever the user keeps copies.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from xjfacts.errors import Problem
from xjfacts.files import read_bytes

if TYPE_CHECKING:
    from xjfacts.corpus.model import Document
    from xjfacts.files import AnyPath

MAX_BYTES = 4 << 20  # a long book; a newspaper article has some thousand

_JOINS = "'’.,‐‑-"  # inside a word or a number: China’s, re-education, 1,000
_INSIDE_WORD = re.compile(rf"(?<=\w)(?=\w)|(?<=\w)(?=[{_JOINS}]\w)|(?<=\w[{_JOINS}])(?=\w)")
_INSIDE_NAME = re.compile(r"(?<=[^\W\u2e80-\u9fff])(?=[^\W\u2e80-\u9fff])")  # Chinese puts no space between words


class Original:
    """One text, decoded. Raises UnicodeDecodeError for bytes that are not UTF-8."""

    def __init__(self, raw: bytes, *, body: Sequence[tuple[int, int]]) -> None:
        from hashlib import sha256  # 5 ms that only a check with texts needs

        self.sha256 = sha256(raw).hexdigest()
        self.text = raw.decode()
        self.lines = tuple(self.text.split("\n"))
        inside = (line for begin, end in body for line in self.lines[begin - 1 : end])
        self.paragraphs = tuple(line for line in inside if line.strip())

    @cached_property
    def words(self) -> int:
        """How many words, divided by white space, the body holds."""
        return sum(len(paragraph.split()) for paragraph in self.paragraphs)

    def has(self, number: int, quote: str) -> bool:
        """Tell whether the quote stands in the paragraph of that number, as whole words."""
        return 0 < number <= len(self.paragraphs) and find_whole(quote, self.paragraphs[number - 1]) >= 0

    def where(self, quote: str) -> tuple[int, ...]:
        """Return the numbers of all paragraphs in which the quote stands, as whole words."""
        return tuple(number for number in range(1, len(self.paragraphs) + 1) if self.has(number, quote))

    def count_quoted(self, quotes: Mapping[int, Iterable[str]]) -> int:
        """Return how many words of the body the quotes, by paragraph, touch; one that two of them touch counts once."""
        return sum(
            _count_touched(self.paragraphs[number - 1], inside)
            for number, inside in quotes.items()
            if number <= len(self.paragraphs)
        )


def find_whole(words: str, text: str) -> int:
    """Return where `words` first stand in `text` without cutting a word at either end, or -1."""
    return _find(words, text, _INSIDE_WORD)


def is_printed(name: str, text: str) -> bool:
    """Tell whether a name stands in the text as a word of its own, be it in the possessive or before a hyphen."""
    return _find(name, text, _INSIDE_NAME) >= 0


def _find(words: str, text: str, inside: re.Pattern[str]) -> int:
    at = text.find(words)
    while at >= 0 and (inside.match(text, at) or inside.match(text, at + len(words))):
        at = text.find(words, at + 1)
    return at


def _count_touched(paragraph: str, quotes: Iterable[str]) -> int:
    spans = [(at, at + len(quote)) for quote in set(quotes) if (at := find_whole(quote, paragraph)) >= 0]
    return sum(
        any(begin < word.end() and word.start() < end for begin, end in spans)
        for word in re.finditer(r"\S+", paragraph)
    )


def read_originals(folder: AnyPath, documents: Iterable[Document]) -> tuple[dict[str, Original], dict[str, str]]:
    """Return the texts `ID.txt` of the documents, by id, and the reasons why others cannot be had."""
    originals: dict[str, Original] = {}
    reasons: dict[str, str] = {}
    for document in documents:
        name = f"{document.id}.txt"
        raw = read_bytes(os.path.join(folder, name), name=name, root=folder, limit=MAX_BYTES)
        if isinstance(raw, Problem):
            reasons[document.id] = f"'{name}': {raw.message}"
            continue
        try:
            originals[document.id] = Original(raw, body=document.body)
        except UnicodeDecodeError as error:
            reasons[document.id] = f"'{name}': the byte 0x{raw[error.start]:02x} is not UTF-8"
    return originals, reasons
