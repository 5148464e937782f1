"""Rules about gists: sentences of the curator's own that stand alone in print years later."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from xjfacts.corpus.model import Fact, Position, Sanction
from xjfacts.curation.original import Original
from xjfacts.curation.rules.subject import Finding, Subject, at

LONGEST_BRIEF = 80  # characters: a line of a table
LONGEST_BORROWED = 8  # words in a row that a gist may have in common with its text

_YEAR = re.compile(r"(?:1\d|20|21)\d\d(?<!\d{5})(?!\d)")  # to look behind first takes three times as long
_QUOTATION = re.compile(r"“([^“”]*)”")
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_MARKS = str.maketrans('“”‘’"', "'''''")


def check_gist(subject: Subject) -> Iterator[Finding]:
    """A gist is one line and ends with a full stop."""
    for fact, source in subject.facts:
        if len(fact.gist.splitlines()) > 1:
            yield at(source, "the gist is more than one line", "gist")
        elif not fact.gist.rstrip("”’\"')").endswith((".", "。")):
            yield at(source, "the gist does not end with a full stop", "gist")


def check_gist_year(subject: Subject) -> Iterator[Finding]:
    """A gist holds a year, without which it means nothing years later."""
    for fact, source in subject.facts:
        if not _YEAR.search(fact.gist):
            yield at(source, "the gist holds no year", "gist")


def check_brief(subject: Subject) -> Iterator[Finding]:
    """A `brief` has at most 80 characters and no full stop."""
    for fact, source in subject.facts:
        if fact.brief is not None:
            if len(fact.brief) > LONGEST_BRIEF:
                yield at(source, f"'brief' has {len(fact.brief)} characters, more than {LONGEST_BRIEF}", "brief")
            elif fact.brief.endswith((".", "。")):
                yield at(source, "'brief' ends with a full stop", "brief")


def check_gist_quotation(subject: Subject) -> Iterator[Finding]:
    """What stands in quotation marks in a gist stands in one of the fact's quotes, if it is no name or title."""
    for fact, source in subject.facts:
        quotations = _QUOTATION.findall(fact.gist)
        if not quotations:
            continue
        quotes = [_loosened(cite.text) for cite in fact.cite]
        names = {_loosened(name) for name in _names(subject, fact)}
        for quotation in quotations:
            words = [_loosened(part) for part in quotation.split("…")]
            if not all(any(part in quote for quote in quotes) for part in words) and "".join(words) not in names:
                yield at(source, f"no quote of the fact has the words “{quotation}” of its gist", "gist")


def _loosened(text: str) -> str:
    """Return text for comparing what a curator quoted once more: any quotation marks, without the stop at its end."""
    return " ".join(text.translate(_MARKS).casefold().split()).strip("., ")


def check_gist_copied(subject: Subject) -> Iterator[Finding]:
    """A gist shares at most eight words in a row with its text, quotations, names and titles apart. (With texts.)"""
    runs_by_document: dict[str, frozenset[tuple[str, ...]]] = {}
    for fact, source in subject.facts:
        original = subject.originals.get(fact.document)
        if original is not None:
            if fact.document not in runs_by_document:
                runs_by_document[fact.document] = _runs_of(original)
            runs = runs_by_document[fact.document]
            copied = _copied(_own_words(fact, _names(subject, fact)), runs)
            if copied and (copied := _copied(_own_words(fact, _all_names(subject)), runs)):
                yield at(source, f"the gist has words of the text: '{' '.join(copied)}'", "gist")


def _runs_of(original: Original) -> frozenset[tuple[str, ...]]:
    """Return every run of words that is one too long to be borrowed."""
    size = LONGEST_BORROWED + 1
    paragraphs = (_words(paragraph) for paragraph in original.paragraphs)
    return frozenset(tuple(words[at : at + size]) for words in paragraphs for at in range(len(words) - size + 1))


def _own_words(fact: Fact, names: Iterable[str]) -> Iterator[list[str]]:
    """Yield the words of a gist between its quotations, names and titles."""
    text = _QUOTATION.sub("\n", fact.gist)
    for name in sorted((name for name in names if name in text), key=len, reverse=True):
        text = re.sub(rf"(?<!\w){re.escape(name)}(?!\w)", "\n", text)
    return (_words(part) for part in text.split("\n"))


def _names(subject: Subject, fact: Fact) -> Iterable[str]:
    corpus = subject.corpus
    document = corpus.documents[fact.document]
    entities = [corpus.entities[key] for key in dict.fromkeys(fact.entities)]
    names = [name for one in entities for name in (one.name, *one.names, *one.search, *one.weak)]
    titles = [document.title, document.publisher]
    if isinstance(fact, Position):
        titles.append(fact.title)
    elif isinstance(fact, Sanction):
        titles += filter(None, (fact.programme, fact.listed_as))
    return dict.fromkeys((*names, *titles))


def _all_names(subject: Subject) -> Iterator[str]:
    """Yield the names of everything: a gist may name what the fact is not filed under."""
    for one in subject.corpus.entities.values():
        yield from (one.name, *one.names, *one.search, *one.weak)
    yield from (document.title for document in subject.corpus.documents.values())


def _words(text: str) -> list[str]:
    return [word.casefold() for word in _WORD.findall(text)]


def _copied(parts: Iterable[Sequence[str]], runs: frozenset[tuple[str, ...]]) -> Sequence[str]:
    """Return the first words that are a run of the text, or nothing."""
    size = LONGEST_BORROWED + 1
    pieces = (tuple(words[at : at + size]) for words in parts for at in range(len(words) - size + 1))
    return next((piece for piece in pieces if piece in runs), ())
