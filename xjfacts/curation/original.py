"""The text of a document as it was curated: its paragraphs, and whether words stand in it.

    text = Original(raw, body=((5, 9), (13, 49)))
    text.paragraph(11)                                   'Tuniyaz was sanctioned by the US government for ...'
    text.find(11, ["was sanctioned by", "in 2021"])      ((8, 25), (93, 100))
    text.where(["sanctioned by the US government"])      (11,)

Paragraph n is the n-th non-blank physical line inside `body`, from 1; everything else (headlines, adverts, bylines) is
not citable. In a `wrapped` text a paragraph is what stands between blank lines, its line ends read as spaces; where
`labels` are kept, paragraph n is the one to which the text itself gives the number n, with all up to the next number.

Words are compared letter for letter, and nothing is normalised, because whatever a comparison forgives can hide a
"not". What begins or ends inside a word does not stand there: "sanction" is not in "sanctioned", "education" not in
"re-education". The texts belong to their publishers; they are read from wherever the user keeps copies.
"""

from __future__ import annotations

import os
import re
from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from xjfacts.errors import Problem
from xjfacts.files import read_bytes

if TYPE_CHECKING:
    from xjfacts.corpus.model import Document
    from xjfacts.files import AnyPath

    Spans = tuple[tuple[int, int], ...]

LONGEST_LEAP = 200  # between the numbers of two paragraphs of an excerpt
MAX_BYTES = 4 << 20  # a long book; a newspaper article has some thousand

# Scripts that put no space between words: Thai, Lao, Tibetan, Burmese, Khmer, Han, kana, bopomofo, Yi.
SPACELESS = (
    "\u0e00-\u0fff\u1000-\u109f\u1780-\u17ff\u2e80-\u312f\u3190-\u31ff\u3400-\u4dbf\u4e00-\u9fff\ua000-\ua4cf"
    "\uf900-\ufaff\uff66-\uff9f\U00020000-\U0003ffff"
)
SPACED = rf"[^\W{SPACELESS}]"  # a letter or digit of a script that does
_JOINS = "'’.,‐‑-"  # inside a word or a number: China’s, re-education, 1,000
_INSIDE_WORD = re.compile(
    rf"(?<={SPACED})(?={SPACED})|(?<={SPACED})(?=[{_JOINS}]{SPACED})|(?<={SPACED}[{_JOINS}])(?={SPACED})"
)
_INSIDE_NAME = re.compile(rf"(?<={SPACED})(?={SPACED})")
_PARTED = re.compile(rf"(?=\w)[{SPACELESS}]|{SPACED}+")  # the words of what is not divided by spaces alone
_SIGN = re.compile(rf"(?=\w)[{SPACELESS}]")
_LABEL = re.compile(r"\s*(?:([0-9]{1,6})[.)]|[(\[]([0-9]{1,6})[)\]])(?=\s)")
_LINE_END = re.compile(r"\r\n|\r|\n")


class Original:
    """One text, decoded. Raises UnicodeDecodeError for bytes that are not UTF-8."""

    def __init__(
        self, raw: bytes, *, body: Sequence[tuple[int, int]], wrapped: bool = False, labels: bool = False
    ) -> None:
        from hashlib import sha256  # 5 ms that only a check with texts needs

        self.sha256 = sha256(raw).hexdigest()
        self.text = raw.decode().removeprefix("\ufeff")
        self.lines = tuple(_LINE_END.split(self.text))
        blocks = [_blocks(self.lines[begin - 1 : end], wrapped=wrapped) for begin, end in body]
        paragraphs = [paragraph for block in blocks for paragraph in block]
        self._is_wrapped = wrapped
        self.numbered = _labelled(paragraphs) if labels else dict(enumerate(paragraphs, 1))
        self.paragraphs = tuple(self.numbered.values())

    @cached_property
    def words(self) -> int:
        """How many words the body holds."""
        return sum(1 for paragraph in self.paragraphs for _ in self._words_of(paragraph))

    @cached_property
    def _is_spaceless(self) -> bool:
        """Whether most letters are of a script without spaces; a name or two in one change nothing."""
        letters, signs = (sum(len(re.findall(form, one)) for one in self.paragraphs) for form in (r"\w", _SIGN))
        return signs * 2 > letters

    def _words_of(self, paragraph: str) -> Iterator[tuple[int, int]]:
        return _words_of(paragraph) if self._is_spaceless else (one.span() for one in re.finditer(r"\S+", paragraph))

    @cached_property
    def printed(self) -> str:
        """All that the text prints; where it is wrapped, also each paragraph in one line."""
        return "\n".join([self.text, *self.paragraphs]) if self._is_wrapped else self.text

    @cached_property
    def page(self) -> str:
        """The whole text as a browser searches it: without regard to capitals, one space for any white space."""
        return plain(self.text)

    def paragraph(self, number: int) -> str:
        """Return the paragraph of that number, or nothing where there is none."""
        return self.numbered.get(number, "")

    def find(self, number: int, fragments: Iterable[str]) -> Spans:
        """Return where the fragments of a quote stand in a paragraph, one after the other, as whole words, or none."""
        return find_in_order(fragments, self.paragraph(number))

    def where(self, fragments: Sequence[str]) -> tuple[int, ...]:
        """Return the numbers of all paragraphs in which the fragments of a quote stand."""
        return tuple(number for number in self.numbered if self.find(number, fragments))

    def count_quoted(self, quotes: Mapping[int, Iterable[Sequence[str]]]) -> int:
        """Return how many words of the body the quotes, by paragraph, touch; one that two of them touch counts once."""
        return sum(
            _count_touched(
                self._words_of(self.paragraph(number)),
                (span for fragments in inside for span in self.find(number, fragments)),
            )
            for number, inside in quotes.items()
        )


def _blocks(lines: Sequence[str], *, wrapped: bool) -> Iterator[str]:
    """Yield the paragraphs of some lines in a row."""
    if not wrapped:
        yield from (line for line in lines if not _is_blank(line))
        return
    inside: list[str] = []
    for line in (*lines, ""):
        if not _is_blank(line):
            inside.append(line.strip())
        elif inside:
            yield " ".join(inside)
            inside = []


def _is_blank(line: str) -> bool:
    return not line.strip("\ufeff").strip()  # a byte order mark is no paragraph


def _labelled(paragraphs: Iterable[str]) -> dict[int, str]:
    """Return paragraphs by the numbers that stand at their beginning; one without is a part of the last that has one.

    Numbers only go up, and not by leaps: what begins with another one (a year, an item of a list) begins no paragraph.
    """
    numbered: dict[int, str] = {}
    last = 0
    for paragraph in paragraphs:
        match = _LABEL.match(paragraph)
        label = int(match[1] or match[2]) if match else 0
        if label > last and (not last or label <= last + LONGEST_LEAP):
            last = label
            numbered[label] = paragraph
        elif last:
            numbered[last] += f"\n{paragraph}"
    return numbered


def count_words(text: str) -> int:
    """Return how many words, divided by white space, a text has; of a script without spaces, how many characters."""
    return len(text.split()) if text.isascii() else sum(1 for _ in _words_of(text))


def _words_of(text: str) -> Iterator[tuple[int, int]]:
    """Yield where each word begins and ends."""
    for match in re.finditer(r"\S+", text):
        if _SIGN.search(match[0]):
            yield from (word.span() for word in _PARTED.finditer(text, *match.span()))
        else:
            yield match.span()


def _count_touched(words: Iterable[tuple[int, int]], spans: Iterable[tuple[int, int]]) -> int:
    """Return how many words, in their order, have a letter within a span."""
    count, end, waiting = 0, 0, deque(sorted(spans))
    for first, last in words:
        while waiting and waiting[0][0] < last:
            end = max(end, waiting.popleft()[1])
        count += first < end
    return count


def find_in_order(fragments: Iterable[str], text: str) -> Spans:
    """Return where the fragments stand in a text, each behind the last, as whole words; nothing if one does not.

    Where there is a choice they stand as near to each other as they can.
    """
    spans: list[tuple[int, int]] = []
    end = 0
    for fragment in fragments:
        start = find_whole(fragment, text, end)
        if start < 0:
            return ()
        end = start + len(fragment)
        spans.append((start, end))
    for at in range(len(spans) - 2, -1, -1):
        start, end = spans[at]
        nearest = _find_last(text[start:end], text, end, spans[at + 1][0])
        if nearest >= 0:
            spans[at] = nearest, nearest + end - start
    return tuple(spans)


def find_whole(words: str, text: str, start: int = 0) -> int:
    """Return where `words` first stand in `text`, from `start` on, without cutting a word at either end, or -1."""
    return _find(words, text, _INSIDE_WORD, start)


def _find_last(words: str, text: str, start: int, end: int) -> int:
    """Return where `words` last stand between two places of a text, as whole words, or -1."""
    at = text.rfind(words, start, end)
    while at >= 0 and (_INSIDE_WORD.match(text, at) or _INSIDE_WORD.match(text, at + len(words))):
        at = text.rfind(words, start, at + len(words) - 1)
    return at


def is_inside_word(text: str, at: int) -> bool:
    """Tell whether a place in a text has letters on both sides, which are of one word."""
    return _INSIDE_NAME.match(text, at) is not None


def plain(text: str) -> str:
    """Return text as browsers compare it."""
    return " ".join(f"|{text}|".casefold().split())[1:-1]


def is_printed(name: str, text: str) -> bool:
    """Tell whether a name stands in the text as a word of its own, be it in the possessive or before a hyphen."""
    return _find(name, text, _INSIDE_NAME) >= 0


def _find(words: str, text: str, inside: re.Pattern[str], start: int = 0) -> int:
    at = text.find(words, start)
    while at >= 0 and (inside.match(text, at) or inside.match(text, at + len(words))):
        at = text.find(words, at + 1)
    return at


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
            originals[document.id] = read_original(raw, document)
        except UnicodeDecodeError as error:
            reasons[document.id] = f"'{name}': the byte 0x{raw[error.start]:02x} is not UTF-8"
    return originals, reasons


def read_original(raw: bytes, document: Document) -> Original:
    """Return a text with its paragraphs as the document counts them. Raises UnicodeDecodeError."""
    return Original(raw, body=document.body, wrapped=document.wrapped, labels=document.labels)
