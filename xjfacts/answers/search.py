"""Full-text search over the facts: all words must occur, and the best come first.

Words are compared folded, as names are. A fact holds a word where its gist, an entity it names (by any printed name), a
quote, or the title of an office, the measure of a figure or the entry of a list has it. A word of five letters or more
may be one letter off. The titles of documents are not searched, since all facts of a document would share them;
`sources` finds those.

The order, best first: the sum, over the words asked, of the weight of the best place where each stands (see `WEIGHTS`),
halved where it stands there only one letter off; then the id. So what a curator wrote about the fact counts for more
than whose name occurs in it, and that for more than the words around it.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import NamedTuple

from xjfacts.corpus.index import Corpus
from xjfacts.corpus.model import Fact, Figure, Position, Sanction
from xjfacts.names.folding import fold
from xjfacts.names.words import is_one_letter_off

WEIGHTS = {"gist": 4.0, "names": 3.0, "quotes": 2.0, "titles": 1.0}
SHORTEST_TO_MISS = 5  # letters; shorter words one letter apart are mostly different words (`held`, `hold`)
_PARTED = dict.fromkeys(map(ord, "'’ʼ‘`"), " ")
_POSSESSIVE = re.compile(r"(?<=\w)['’]s\b", re.IGNORECASE)
NEAR = 0.5  # what a near miss counts for


class Hit(NamedTuple):
    """A fact that holds all the words, how well, and the words of it that were meant, folded."""

    fact: str
    score: float
    words: tuple[str, ...]


def search_facts(corpus: Corpus, words: Sequence[str]) -> list[Hit]:
    """Return the facts that hold all the folded words, best first; none for no words."""
    if not words:
        return []
    hits = (_hit(fact.id, _places(corpus, fact), words) for fact in corpus.facts.values())
    return sorted((hit for hit in hits if hit is not None), key=lambda hit: (-hit.score, hit.fact))


def has_all(held: Collection[str], words: Iterable[str]) -> bool:
    """Tell whether each of the folded words, or one a letter off, is among those held."""
    return all(word in held or _near(word, held) for word in words)


def _places(corpus: Corpus, fact: Fact) -> dict[str, set[str]]:
    """Return the folded words of a fact by the kind of place where they stand."""
    titles: list[str | None] = []
    if isinstance(fact, Position):
        titles = [fact.title]
    elif isinstance(fact, Figure):
        titles = [fact.measure, fact.unit]
    elif isinstance(fact, Sanction):
        titles = [fact.programme, fact.reference, fact.listed_as, fact.reason]
    named = (corpus.entities[key] for key in fact.entities)
    return {
        "gist": _words([fact.gist]),
        "names": _words(name for entity in named for name in (entity.name, *entity.names)),
        "quotes": _words(fragment for proof in fact.cite for fragment in proof.quote),
        "titles": _words(filter(None, titles)),
    }


def _words(texts: Iterable[str]) -> set[str]:
    """Return the folded words: with an apostrophe in it, a word whole and what stands on both sides of it."""
    text = " ".join(texts)
    parted = text.translate(_PARTED)
    return set(fold(text).split()) if parted == text else {*fold(text).split(), *fold(parted).split()}


def without_endings(text: str) -> str:
    """Return a question without the ’s behind a word, which stands in no name: `FBI's` asks for `FBI`."""
    return _POSSESSIVE.sub("", text)


def _hit(fact: str, places: dict[str, set[str]], words: Sequence[str]) -> Hit | None:
    score, meant = 0.0, []
    for word in words:
        best = max(_found(word, places), default=None)
        if best is None:
            return None
        score += best[0]
        meant.append(best[1])
    return Hit(fact, score, tuple(meant))


def _found(word: str, places: dict[str, set[str]]) -> Iterator[tuple[float, str]]:
    """Yield the weight of each place that has the word, and the word as it stands there."""
    for place, held in places.items():
        if word in held:
            yield WEIGHTS[place], word
        else:
            for near in _near(word, held):
                yield WEIGHTS[place] * NEAR, near


def _near(word: str, held: Collection[str]) -> list[str]:
    if len(word) < SHORTEST_TO_MISS:
        return []
    return [other for other in held if len(other) >= SHORTEST_TO_MISS and is_one_letter_off(word, other)]
