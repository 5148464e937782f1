"""The words of facts, by the kind of place where they stand: what full text is searched for.

    texts_of(fact)                      {"gist": "freedonia sanctioned anna trentino in 2024", "quotes": ..., ...}
    sequence(["the EU's envoy"])        'the eus envoy ¦ the eu envoy'

Words are folded, as names are. What stands between apostrophes is a word by itself too, so that "the EU's" holds EU
and "d'Abbé" holds Abbé; what is parted by hyphens is words side by side. Words of different texts, be it two quotes or
two names, are never side by side: `¦` stands between them.

A keeper implements `WordTable`. Facts are meant by their numbers, their places in the order of the files.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Protocol

from xjfacts.corpus.model import Document, Entity, Fact, Figure, Position, Sanction
from xjfacts.names.folding import APOSTROPHES, fold

TEXTS = ("gist", "quotes", "titles")  # the places of a fact's own words
NAMES = "names"  # the place of the names of those whom it speaks of, as documents print them
IMPRINTS = ("makers", "titles")  # the places of a document: its publisher and authors; its id and title
TABLES = {"text": TEXTS, "named": (NAMES,), "imprint": IMPRINTS}  # of facts, entities, documents, by number
APART = " ¦ "

_PARTED = re.compile(rf"(?<=\w)[{APOSTROPHES}](?=\w)")


def texts_of(fact: Fact) -> dict[str, str]:
    """Return the words of a fact in each of TEXTS, one after the other."""
    return {
        "gist": sequence([fact.gist]),
        "quotes": sequence(fragment for proof in fact.cite for fragment in proof.quote),
        "titles": sequence(_titles(fact)),
    }


def _titles(fact: Fact) -> Iterator[str]:
    if isinstance(fact, Position):
        yield fact.title
    elif isinstance(fact, Figure):
        yield from (fact.measure, fact.unit)
    elif isinstance(fact, Sanction):
        yield from filter(None, (fact.programme, fact.reference, fact.listed_as, fact.reason))


def names_in_print(entity: Entity) -> str:
    """Return the words of the names by which documents call an entity."""
    return sequence((entity.name, *entity.names))


def imprint_of(document: Document) -> dict[str, str]:
    """Return the words by which a document is found, in each of IMPRINTS."""
    return {
        "makers": sequence((document.publisher, *document.authors)),
        "titles": sequence((document.id, document.title)),
    }


def sequence(texts: Iterable[str]) -> str:
    """Return the folded words of texts, and between two texts a sign that no word is."""
    return APART.join(form for text in texts for form in _forms(text))


def _forms(text: str) -> Iterator[str]:
    yield fold(text)
    if text.isascii() and "'" not in text and "`" not in text:
        return  # nearly always; to look for the others takes longer
    parted = _PARTED.sub(" ", text)
    if parted != text:
        yield " ".join(word for word in fold(parted).split() if len(word) > 1)


class WordTable(Protocol):
    """The words of a corpus."""

    def known(self, words: Collection[str]) -> set[str]:
        """Return those of some folded words that stand anywhere."""

    def holding(self, words: str) -> Mapping[str, Collection[int]]:
        """Return, by place, the numbers of the facts in which folded words stand side by side."""

    def known_in_print(self, words: Collection[str]) -> set[str]:
        """Return those of some folded words that stand in the imprint of any document."""

    def printed(self, word: str) -> Mapping[str, Collection[int]]:
        """Return, by place, the numbers of the documents that have a folded word in their imprint."""


class MemoryWords:
    """The words of a corpus in memory: every fact is looked at."""

    def __init__(
        self, entities: Mapping[str, Entity], documents: Mapping[str, Document], facts: Mapping[str, Fact]
    ) -> None:
        self._entities = entities
        self._documents = documents
        self._facts = facts

    def known(self, words: Collection[str]) -> set[str]:
        return self._all.intersection(words)

    def holding(self, words: str) -> Mapping[str, Collection[int]]:
        return _holding(self.by_place, words)

    def known_in_print(self, words: Collection[str]) -> set[str]:
        return _words_of(self.imprints).intersection(words)

    def printed(self, word: str) -> Mapping[str, Collection[int]]:
        return _holding(self.imprints, word)

    @cached_property
    def _all(self) -> set[str]:
        return _words_of(self.by_place)

    @cached_property
    def by_place(self) -> dict[str, list[str]]:
        """The words of all facts by place, a space around each."""
        names = {key: names_in_print(entity) for key, entity in self._entities.items()}
        texts: dict[str, list[str]] = {place: [] for place in (*TEXTS, NAMES)}
        for fact in self._facts.values():
            named = APART.join(names[key] for key in dict.fromkeys(fact.entities))
            for place, text in (texts_of(fact) | {NAMES: named}).items():
                texts[place].append(f" {text} ")
        return texts

    @cached_property
    def imprints(self) -> dict[str, list[str]]:
        """The words of all documents by place, a space around each."""
        found = [imprint_of(document) for document in self._documents.values()]
        return {place: [f" {one[place]} " for one in found] for place in IMPRINTS}


def _holding(texts: Mapping[str, Sequence[str]], words: str) -> dict[str, set[int]]:
    wanted = f" {words} "
    return {place: {at for at, text in enumerate(its) if wanted in text} for place, its in texts.items()}


def _words_of(texts: Mapping[str, Iterable[str]]) -> set[str]:
    return {word for its in texts.values() for text in its for word in text.split()}
