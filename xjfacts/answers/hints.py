"""What words mean that are no name: an office, and who held it; a publisher or author; what facts say.

    holders_of(corpus, "governor of Xinjiang")     {"shohrat-zakir": "governor, Xinjiang, as of 2018-11", ...}
    commands_for(corpus, "Wintour")                ("xjfacts sources Wintour",)

An office is meant by its own words only: its title, and nothing else but words of one name of its body.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from shlex import quote

from xjfacts.answers.compose import refs
from xjfacts.answers.search import search_facts, without_endings
from xjfacts.corpus.index import Corpus
from xjfacts.corpus.model import Position
from xjfacts.names.folding import fold

SMALL = frozenset(("of", "the", "in", "for", "to", "and"))


def holders_of(corpus: Corpus, text: str) -> dict[str, str]:
    """Return who held the office that the words name, each with it and the last date as of which that is known."""
    words = _words(text)
    found: dict[str, Position] = {}
    for key in corpus.facts_by_kind["position"]:
        fact = corpus.facts[key]
        if isinstance(fact, Position) and _is_meant(corpus, words, fact):
            for holder in fact.holder:
                last = found.setdefault(holder, fact)
                found[holder] = max(last, fact, key=lambda one: (one.as_of.sort_key, one.id))
    return {
        holder: _said(corpus, fact) for holder, fact in sorted(found.items(), key=lambda one: one[1].as_of.sort_key)
    }


def _is_meant(corpus: Corpus, words: frozenset[str], fact: Position) -> bool:
    title = _words(fact.title)
    rest = words - title
    if not title or not title <= words:
        return False
    names = (name for body in fact.of for name in _names(corpus, body))
    return not rest or any(rest <= _words(name) for name in names)


def _names(corpus: Corpus, key: str) -> Iterable[str]:
    entity = corpus.entities[key]
    return (entity.name, *entity.names, *entity.search, *entity.weak)


def _said(corpus: Corpus, fact: Position) -> str:
    return f"{', '.join([fact.title, *(ref.name for ref in refs(corpus, fact.of))])}, as of {fact.as_of}"


def _words(text: str) -> frozenset[str]:
    return frozenset(fold(without_endings(text)).split()) - SMALL


def commands_for(corpus: Corpus, text: str) -> tuple[str, ...]:
    """Return the commands that find something by words that are nobody's name."""
    return tuple(_commands(corpus, text))


def _commands(corpus: Corpus, text: str) -> Iterator[str]:
    words = frozenset(fold(text).split())
    if not words:
        return
    if any(words <= set(fold(" ".join((one.publisher, *one.authors))).split()) for one in corpus.documents.values()):
        yield f"xjfacts sources {quote(text)}"
    elif search_facts(corpus, tuple(words)).facts:
        yield f"xjfacts search {' '.join(map(quote, text.split()))}"
