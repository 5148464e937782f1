"""Full-text search over the facts: all words must occur, and the best come first.

    terms_of(["unfettered access", "Xinjiang"])     ("unfettered access", "xinjiang")

Words are compared folded, as names are. A fact holds a word where its gist, an entity it names (by any printed name), a
quote, or the title of an office, the measure of a figure or the entry of a list has it. Several words in one argument,
or between quotation marks in it, are a phrase: they stand side by side. A word of five letters or more that stands
nowhere stands for all that are one letter off. The titles of documents are not searched, since all facts of a document
would share them; `sources` finds those.

The order, best first: the sum, over the words asked, of the weight of the best place where each stands (see `WEIGHTS`),
halved where it stands there only one letter off; then that of the files. So what a curator wrote about the fact counts
for more than whose name occurs in it, and that for more than the words around it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from itertools import islice, product
from string import ascii_lowercase, digits
from typing import NamedTuple

from xjfacts.corpus.index import Corpus
from xjfacts.names.folding import check_question, fold, without_endings

WEIGHTS = {"gist": 4.0, "names": 3.0, "quotes": 2.0, "titles": 1.0}
SHORTEST_TO_MISS = 5  # letters; shorter words one letter apart are mostly different words (`held`, `hold`)
NEAR = 0.5  # what a near miss counts for
LETTERS = ascii_lowercase + digits  # of folded words
MOST_READINGS = 100  # of a phrase whose words are missed

_PHRASE = re.compile('["“”„«»](.*?)["“”«»]')


class Level(NamedTuple):
    """The facts, by number, that hold a term equally well: the words that stand there for it, and what they count."""

    score: float
    words: str
    facts: set[int]


class Hits:
    """The facts that hold all terms, by number; `by_score` has the best first."""

    def __init__(self, levels: Sequence[Sequence[Level]]) -> None:
        self._levels = levels
        self.facts = set.intersection(*(set[int]().union(*(one.facts for one in term)) for term in levels))
        scores: dict[float, set[int]] = {0.0: self.facts}
        for term in levels:
            scores = _raised(scores, term)
        self.by_score = dict(sorted(scores.items(), reverse=True))

    def score(self, fact: int) -> float:
        return next(score for score, facts in self.by_score.items() if fact in facts)

    def words(self, fact: int) -> tuple[str, ...]:
        """Return the words of a fact that were meant."""
        meant = (next(level.words for level in term if fact in level.facts) for term in self._levels)
        return tuple(word for words in meant for word in words.split())


def _raised(scores: Mapping[float, set[int]], term: Iterable[Level]) -> dict[float, set[int]]:
    """Return the facts by their scores when one more term counts: each for the best place where it stands."""
    raised: dict[float, set[int]] = {}
    for score, facts in scores.items():
        left = facts
        for level in term:
            raised.setdefault(score + level.score, set()).update(left & level.facts)
            left = left - level.facts
    return raised


def terms_of(arguments: Iterable[str]) -> tuple[str, ...]:
    """Return what must occur, folded: words, and phrases. Raises UsageError for what can name nothing."""
    terms = (term for argument in arguments for term in _terms(without_endings(check_question(argument))))
    return tuple(dict.fromkeys(filter(None, terms)))


def _terms(argument: str) -> Iterator[str]:
    parts = _PHRASE.split(argument)
    if len(parts) == 1:
        yield fold(argument)
    for at, part in enumerate(parts if len(parts) > 1 else ()):
        yield from [fold(part)] if at % 2 else fold(part).split()


def search_facts(corpus: Corpus, terms: Sequence[str]) -> Hits:
    """Return the facts that hold all the folded terms; none for no terms."""
    found: list[list[Level]] = []
    left: set[int] = set()
    for term in terms:
        found.append(_levels(corpus, term))
        held = set[int]().union(*(level.facts for level in found[-1]))
        left = left & held if found[1:] else held
        if not left:
            return Hits([[]])  # whatever else is asked for, which may be thousands of words
    return Hits(found or [[]])


def _levels(corpus: Corpus, term: str) -> list[Level]:
    """Return the facts that hold a term, by how well they do, the best first."""
    levels = [
        Level(WEIGHTS[place] * likeness, words, set(facts))
        for words, likeness in _readings(corpus, term)
        for place, facts in corpus.words.holding(words).items()
    ]
    return sorted(levels, key=lambda level: -level.score)


def _readings(corpus: Corpus, term: str) -> Iterator[tuple[str, float]]:
    """Yield what the words of a term can stand for, and how many of them count, a word that is missed for `NEAR`."""
    words = term.split()
    known = corpus.words.known(set(words))
    options = [
        [(word, 1.0)] if word in known else [(near, NEAR) for near in _near(word, corpus.words.known)] for word in words
    ]
    for reading in islice(product(*options), MOST_READINGS):
        yield " ".join(word for word, _ in reading), sum(count for _, count in reading)


def _near(word: str, known: Callable[[Collection[str]], set[str]]) -> list[str]:
    """Return the words that are `known` and one letter off: left out, put in, changed, or swapped."""
    if len(word) < SHORTEST_TO_MISS:
        return []
    parts = [(word[:at], word[at:]) for at in range(len(word) + 1)]
    others = {begin + end[1:] for begin, end in parts if len(word) > SHORTEST_TO_MISS}
    others |= {begin + end[1] + end[0] + end[2:] for begin, end in parts if len(end) > 1}
    others |= {begin + letter + end[cut:] for begin, end in parts for letter in LETTERS for cut in (0, 1)}
    return sorted(known(others - {word}))


def documents_holding(corpus: Corpus, text: str, places: Collection[str]) -> list[str]:
    """Return the documents with all words of a text in some of `fulltext.IMPRINTS`, missed as in facts; none for none.

    They are in the order of the files.
    """
    found: set[int] | None = None
    for word in fold(text).split():
        words = [word] if corpus.words.known_in_print([word]) else _near(word, corpus.words.known_in_print)
        held = {at for one in words for place in places for at in corpus.words.printed(one)[place]}
        found = held if found is None else found & held
    return [corpus.document_at(at) for at in sorted(found or ())]
