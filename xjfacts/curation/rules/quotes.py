"""Rules about quotes: how long they are, how many, what they leave out, and whether the text has them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator

from xjfacts.corpus.model import Sanction, Statement
from xjfacts.curation.original import find_whole
from xjfacts.curation.rules.subject import Finding, Subject, at
from xjfacts.curation.rules.verdicts import SHORTEST_QUOTE
from xjfacts.text import counted

LONGEST_QUOTE = 160
LONGEST_QUOTE_WORDS = 25
BUDGET = 3  # the quotes of a document stay under a third of its words, which is well within fair quotation

# English words by which a sentence says that something is not so, or somebody that it is not.
NEGATION = re.compile(
    r"\b(not|no|nor|never|none|nobody|nothing|neither|without|cannot|den(y|ies|ied|ying|ials?)|refus\w+|reject\w*"
    r"|oppos\w+|resist\w*|declin\w+|rebut\w*|refut\w+|dismiss\w*|exclud\w+|groundless|baseless|false|untrue"
    r"|li(es|ed)|fabricat\w+|rumou?rs?|smear\w*|yet to|ruled? out)\b|n['’]t\b",
    re.IGNORECASE,
)
# The shorter list of those that turn the words next to them into their opposite.
_NOT = r"(?:not|no|nor|never|cannot|without|neither|\w+n['’]t)"
_NOT_BEFORE = re.compile(rf"\b{_NOT}\s+$", re.IGNORECASE)
_NOT_AFTER = re.compile(rf"\s+{_NOT}\b", re.IGNORECASE)


def check_quote_length(subject: Subject) -> Iterator[Finding]:
    """A quote has 8 to 160 characters and at most 25 words."""
    for proof in subject.proofs:
        length, words = len(proof.cite.text), len(proof.cite.text.split())
        if not SHORTEST_QUOTE <= length <= LONGEST_QUOTE:
            yield proof.finding(f"the quote has {length} characters, not {SHORTEST_QUOTE} to {LONGEST_QUOTE}")
        elif words > LONGEST_QUOTE_WORDS:
            yield proof.finding(f"the quote has {words} words, more than {LONGEST_QUOTE_WORDS}")


def check_ellipsis(subject: Subject) -> Iterator[Finding]:
    """A quote is one fragment, without an ellipsis; two fragments are two quotes."""
    for proof in subject.proofs:
        if "…" in proof.cite.text or re.search(r"\.\s?\.", proof.cite.text):
            yield proof.finding("the quote has an ellipsis; give each fragment a quote of its own")


def check_quote_budget(subject: Subject) -> Iterator[Finding]:
    """The quotes of a document together, overlaps counted once, are less than a third of its words.

    Without the text, how quotes overlap is not known; then no word of a paragraph counts more often than it stands in
    one of its quotes, which is less than the truth and never a false alarm.
    """
    for document, source in subject.documents:
        quotes, original = subject.quotes_of(document.id), subject.originals.get(document.id)
        quoted = original.count_quoted(quotes) if original else sum(map(_fewest_words, quotes.values()))
        if quoted * BUDGET >= document.words:
            share = f"{quoted} of {document.words} words are quoted"
            yield at(source, f"{'' if original else 'at least '}{share}, not less than a third", "words")


def _fewest_words(quotes: Iterable[str]) -> int:
    most: Counter[str] = Counter()
    for quote in set(quotes):
        most |= Counter(word.strip(".,;:!?\"'“”‘’()") for word in quote.split())
    return most.total()


def check_negation(subject: Subject) -> Iterator[Finding]:
    """The quotes of a not-imposed or denies hold a negation, those of an imposed none. (English only.)"""
    for fact, source in subject.facts:
        word = fact.status if isinstance(fact, Sanction) else fact.act if isinstance(fact, Statement) else ""
        negated = [index for index, cite in enumerate(fact.cite) if NEGATION.search(cite.text)]
        if word in {"not-imposed", "denies"} and not negated:
            yield at(source, f"'{word}', but no quote holds a negation", "cite")
        elif word == "imposed":
            for index in negated:
                yield at(source, "'imposed', but the quote holds a negation", "cite", index)


def check_negation_cut(subject: Subject) -> Iterator[Finding]:
    """A quote does not stop short of a "not": the words next to it are no negation. (With texts.)"""
    for proof in subject.proofs:
        original, (number, quote) = subject.originals.get(proof.fact.document), (proof.cite.p, proof.cite.text)
        if original and original.has(number, quote):
            paragraph = original.paragraphs[number - 1]
            start = find_whole(quote, paragraph)
            around = _NOT_BEFORE.search(paragraph, 0, start) or _NOT_AFTER.match(paragraph, start + len(quote))
            if around:
                yield proof.finding(f"the quote stops short of '{around[0].strip()}', which the text has next to it")


def check_wrong_paragraph(subject: Subject) -> Iterator[Finding]:
    """A quote stands in the paragraph that it names, not in another of its document. (With texts.)"""
    return subject.judged("wrong-paragraph")


def check_found_in(subject: Subject) -> Iterator[Finding]:
    """A quote stands in its own document, not in another. (With texts.)"""
    return subject.judged("found-in")


def check_not_found(subject: Subject) -> Iterator[Finding]:
    """A quote stands in its document, in whole words and letter for letter. (With texts.)"""
    return subject.judged("not-found")


def check_unknown_paragraph(subject: Subject) -> Iterator[Finding]:
    """A quote names a paragraph that its document has."""
    for proof in subject.proofs:
        count = subject.corpus.documents[proof.fact.document].paragraphs
        if proof.cite.p > count:
            yield proof.finding(f"there is no ¶ {proof.cite.p}, the document has {counted(count, 'paragraph')}")
