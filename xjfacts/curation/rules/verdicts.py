"""What the text says about a quote: one verdict each.

    judge(cite, document, originals, stands=False)      Verdict("wrong-paragraph", "the quote stands in ¶ 4, not ...")

The verdicts are `verified`, `wrong-paragraph`, `found-in` (another document), `not-found`, `text-changed` (the text is
not the one that was curated, whether or not the quote still holds) and `text-unavailable`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import TYPE_CHECKING, NamedTuple

from xjfacts.curation.original import Original, find_whole

if TYPE_CHECKING:
    from xjfacts.corpus.model import Cite, Document

SHORTEST_COMMON = 8  # characters that quote and text have in common before it is worth saying where they part


class Verdict(NamedTuple):
    """What became of one quote; no message for one that is verified."""

    code: str
    message: str = ""


def judge(cite: Cite, document: Document, originals: Mapping[str, Original], *, stands: bool) -> Verdict:
    """Return what became of one quote of a document, which `stands` in its paragraph or does not.

    `originals` are the texts of all documents, by id.
    """
    original = originals.get(document.id)
    if original is None:
        return Verdict("text-unavailable")
    is_changed = original.sha256 != document.sha256
    if stands:
        return Verdict("text-changed" if is_changed else "verified")
    code, message = _where_else(cite, document, originals)
    return Verdict("text-changed", f"the text has changed, and {message}") if is_changed else Verdict(code, message)


def _where_else(cite: Cite, document: Document, originals: Mapping[str, Original]) -> tuple[str, str]:
    """Say where a quote stands that is not in its paragraph, or how the text goes on where the two part."""
    number, original = cite.p, originals[document.id]
    elsewhere = original.where(cite.quote)
    if elsewhere:
        return "wrong-paragraph", f"the quote stands in {_paragraphs(elsewhere)}, not in ¶ {number}"
    for key, other in originals.items():
        if key != document.id and (found := other.where(cite.quote)):
            return "found-in", f"the quote is not in this document but in '{key}', {_paragraphs(found)}"
    paragraph = original.paragraph(number)
    missing = next((one for one in cite.quote if find_whole(one, paragraph) < 0), None)
    if missing is None:
        return "not-found", ""  # every fragment stands there, in another order: that is for the rule about fragments
    return "not-found", _where_fragment(missing, number, original, name="fragment" if len(cite.quote) > 1 else "quote")


def _where_fragment(fragment: str, number: int, original: Original, *, name: str) -> str:
    paragraph = original.paragraph(number)
    loosely = [at for at, one in original.numbered.items() if _loosened(fragment) in _loosened(one)]
    if fragment in paragraph:
        return f"in ¶ {number} the {name} begins or ends in the middle of a word"
    which = "quote" if name == "quote" else f"fragment '{fragment}'"
    if elsewhere := original.where([fragment]):
        return f"the {which} stands in {_paragraphs(elsewhere)}, not in ¶ {number}"
    if find_whole(fragment, original.text) >= 0:
        return f"the {which} stands in the text outside its body, where nothing can be cited"
    if loosely:
        differences = "other capitals, quotation marks, dashes or spaces"
        return f"the {which} is not in ¶ {number}; {_paragraphs(loosely)} has it with {differences}"
    return f"the {which} is not in ¶ {number}{_parting(fragment, paragraph)}"


_LIKE_MARKS = str.maketrans("‘’“”–—", "''\"\"--")


def _loosened(text: str) -> str:
    """Return text as it must not be compared, to say what a quote that is not found comes near to."""
    return " ".join(text.translate(_LIKE_MARKS).casefold().split())


def _parting(quote: str, paragraph: str) -> str:
    """Say up to where a quote does stand in the paragraph, and what follows there."""
    length = next((size for size in range(len(quote), SHORTEST_COMMON - 1, -1) if quote[:size] in paragraph), 0)
    if not length:
        return ""
    end = paragraph.index(quote[:length]) + length
    return f"; after '{quote[max(0, length - 24) : length]}' the text has '{paragraph[end : end + 24]}'"


def _paragraphs(numbers: Collection[int]) -> str:
    return runs_of_paragraphs([(number, number) for number in numbers])


def runs_of_paragraphs(runs: Iterable[tuple[int, int]]) -> str:
    """Return runs of paragraphs as people write them: `¶ 2, 5-7`."""
    return "¶ " + ", ".join(f"{first}-{last}" if first < last else str(first) for first, last in runs)
