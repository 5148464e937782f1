"""Rules about quotes by themselves: how long they are, how many, and whether they can prove anything."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from xjfacts.corpus.model import Cite, Document
from xjfacts.curation.original import SPACELESS, count_words
from xjfacts.curation.rules.subject import Finding, Subject, at
from xjfacts.names.folding import fold
from xjfacts.text import counted

SHORTEST_QUOTE = 8  # characters, of which a sign of a script without spaces counts for two
LONGEST_QUOTE = 280
LONGEST_QUOTE_WORDS = 40
SIGNS_A_WORD = 2  # of a script without spaces, on the average
FEWEST_WORDS = 4  # that can say what was done by whom
FEWEST_IN_A_ROW = 2  # of a list, where the columns say the rest

_SIGN = re.compile(rf"(?=\w)[{SPACELESS}]")
_ELLIPSIS = re.compile(r"…|\.\s?\.")


def check_quote_length(subject: Subject) -> Iterator[Finding]:
    """A quote has 8 to 280 characters and at most 40 words (two signs of a script without spaces are a word)."""
    for proof in subject.proofs:
        length, shown = sum(map(len, proof.cite.quote)), len(proof.cite.text)
        signs = sum(len(_SIGN.findall(fragment)) for fragment in proof.cite.quote if not fragment.isascii())
        if length + signs < SHORTEST_QUOTE or shown > LONGEST_QUOTE:
            yield proof.finding(f"the quote has {shown} characters, not {SHORTEST_QUOTE} to {LONGEST_QUOTE}")
        elif signs or shown >= LONGEST_QUOTE_WORDS * 2:  # in fewer there is no room for as many words
            words = sum(map(count_words, proof.cite.quote)) - signs + signs // SIGNS_A_WORD
            if words > LONGEST_QUOTE_WORDS:
                yield proof.finding(f"the quote has {words} words, more than {LONGEST_QUOTE_WORDS}")


def check_ellipsis(subject: Subject) -> Iterator[Finding]:
    """No fragment has an ellipsis that the text does not print; where words are left out, there are two fragments."""
    for proof in subject.proofs:
        if any(map(_ELLIPSIS.search, proof.cite.quote)) and not subject.spans_of(proof):
            yield proof.finding("the quote has an ellipsis; give its fragments as a list")


# How many ------------------------------------------------------------------------------------------------------------


def check_quote_budget(subject: Subject) -> Iterator[Finding]:
    """Of a document with reserved rights all quotes, overlaps counted once, are less than three fifths of the words.

    Without the text, how quotes overlap is not known; then no word of a paragraph counts more often than it stands in
    one of its quotes, which is less than the truth and never a false alarm. A document no longer than one quote may be
    quoted whole.
    """
    for document, source in subject.documents:
        if document.rights != "reserved" or document.words <= LONGEST_QUOTE_WORDS:
            continue
        quotes, original = subject.quotes_of(document.id), subject.originals.get(document.id)
        if not original and sum(map(_most_words, quotes.values())) * 5 < document.words * 3:
            continue  # nearly always; to tell their words from each other takes longer
        quoted = original.count_quoted(quotes) if original else sum(map(_fewest_words, quotes.values()))
        if quoted * 5 >= document.words * 3:
            share = f"{quoted} of {document.words} words are quoted"
            yield at(source, f"{'' if original else 'at least '}{share}, not less than three fifths", "words")


def _most_words(quotes: Iterable[Sequence[str]]) -> int:
    return sum(len(one.split() if one.isascii() else one) for quote in quotes for one in quote)


def _fewest_words(quotes: Iterable[Sequence[str]]) -> int:
    most: Counter[str] = Counter()
    for quote in {tuple(quote) for quote in quotes}:
        words = (word.strip(".,;:!?\"'“”‘’()") for fragment in quote for word in _split(fragment))
        most |= Counter(words)
    return most.total()


def _split(fragment: str) -> Iterator[str]:
    if fragment.isascii():
        yield from fragment.split()
        return
    for chunk in fragment.split():
        yield from _SIGN.findall(chunk) if _SIGN.search(chunk) else [chunk]


# What they prove -----------------------------------------------------------------------------------------------------


def check_bare_quote(subject: Subject) -> Iterator[Finding]:
    """A fact's quotes and context have four words (rows of a list two) and name whom it is about. (Known languages.)"""
    for fact, source in subject.facts:
        document = subject.corpus.documents[fact.document]
        if not subject.knows_words_of(document.id):
            continue
        told = " ".join(part for cite in fact.cite for part in (*cite.quote, cite.context or ""))
        words = len(re.findall(r"[^\W\d_]+", told))
        fewest = FEWEST_IN_A_ROW if _is_row(document, fact.cite) else FEWEST_WORDS
        if words < fewest:
            yield at(
                source, f"the quotes have {counted(words, 'word')}, which prove nothing; {fewest} are needed", "cite"
            )
        elif fact.entities and not any(_is_named(subject, entity, told) for entity in dict.fromkeys(fact.entities)):
            yield at(source, "neither the quotes nor their 'context' name anybody whom the fact is about", "cite")


def _is_row(document: Document, cites: Iterable[Cite]) -> bool:
    return document.type == "dataset" or any(" | " in fragment for cite in cites for fragment in cite.quote)


def _is_named(subject: Subject, key: str, told: str) -> bool:
    """Tell whether a text, folded, holds a name of the entity, or of a person one word of it."""
    entity = subject.corpus.entities[key]
    words = f" {fold(told)} "
    names = [fold(name) for name in (entity.name, *entity.names, *entity.search, *entity.weak)]
    if entity.kind == "person":
        names += [word for name in names for word in name.split() if len(word) > 1]
    return any(name and f" {name} " in words for name in names)
