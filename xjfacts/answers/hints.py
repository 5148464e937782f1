"""What words mean that are no name: an office, who held it, and its body; a publisher or author; what facts say.

    holders_of(corpus, "governor of Xinjiang")     {"shohrat-zakir": "governor, Xinjiang, as of 2018-11", ...}
    bodies_of(corpus, "Foreign Secretary")         (Guess(id="foreign-office", ...),)
    commands_for(corpus, "Wintour")                ("xjfacts sources Wintour",)

An office is meant by its own words only: its title, and nothing else but words of one name of its body.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import combinations
from shlex import quote

from xjfacts.answers.compose import context, refs
from xjfacts.answers.records import Guess
from xjfacts.answers.search import documents_holding, search_facts
from xjfacts.corpus.index import Corpus
from xjfacts.corpus.labels import title_key, title_words
from xjfacts.corpus.model import Position
from xjfacts.names.folding import fold

HOUSES = frozenset(("office", "ministry", "department", "affairs"))
BODIES = 3  # of an office, as suggested
SAME_WORDS = 50  # names with the words of an office that are looked at
LONGEST = 8  # words of what may be an office: each of them may be one of its title, or of its body


def holders_of(corpus: Corpus, text: str) -> dict[str, str]:
    """Return who held the office that the words name, each with it and the last date as of which that is known."""
    found: dict[str, Position] = {}
    for fact in _offices(corpus, title_words(text)):
        for holder in fact.holder:
            last = found.setdefault(holder, fact)
            found[holder] = max(last, fact, key=lambda one: (one.as_of.sort_key, one.id))
    return {
        holder: _said(corpus, fact) for holder, fact in sorted(found.items(), key=lambda one: one[1].as_of.sort_key)
    }


def _offices(corpus: Corpus, words: frozenset[str]) -> Iterator[Position]:
    """Yield the offices of which some of the words are the title, and the others of one name of the body."""
    sizes = range(1, len(words) + 1) if len(words) <= LONGEST else ()
    titles = {title_key(some): words.difference(some) for size in sizes for some in combinations(words, size)}
    for key in corpus.facts_at(sorted(corpus.labelled("title", titles))):
        fact = corpus.facts[key]
        if isinstance(fact, Position):
            rest = titles[title_key(title_words(fact.title))]
            names = (name for body in fact.of for name in _names(corpus, body))
            if not rest or any(rest <= title_words(name) for name in names):
                yield fact


def _names(corpus: Corpus, key: str) -> Iterable[str]:
    entity = corpus.entities[key]
    return (entity.name, *entity.names, *entity.search, *entity.weak)


def _said(corpus: Corpus, fact: Position) -> str:
    return f"{', '.join([fact.title, *(ref.name for ref in refs(corpus, fact.of))])}, as of {fact.as_of}"


def bodies_of(corpus: Corpus, text: str) -> tuple[Guess, ...]:
    """Return the bodies that somebody with an office of these words may head, by whose title nobody here is known."""
    from xjfacts.names.lexicon import TITLES  # only where nobody fits

    words = title_words(text)
    rest = words - TITLES
    if not rest or rest == words:
        return ()
    rows = corpus.names.table.with_words([[word] for word in rest], SAME_WORDS, readable=True)
    headed = (row.entity for row in rows if not row.person and HOUSES > title_words(row.text) - rest > frozenset())
    bodies = [corpus.entities[key] for key in list(dict.fromkeys(headed))[:BODIES]]
    return tuple(
        Guess(id=body.id, name=body.name, matched=body.name, score=0.0, context=context(corpus, body.id))
        for body in bodies
    )


def commands_for(corpus: Corpus, text: str) -> tuple[str, ...]:
    """Return the commands that find something by words that are nobody's name."""
    return tuple(_commands(corpus, text))


def _commands(corpus: Corpus, text: str) -> Iterator[str]:
    words = frozenset(fold(text).split())
    if not words:
        return
    if documents_holding(corpus, text, ["makers"]):
        yield f"xjfacts sources {_quoted(text)}"
    elif search_facts(corpus, tuple(words)).facts:
        yield f"xjfacts search {' '.join(map(_quoted, text.split()))}"


def _quoted(text: str) -> str:
    """Return text as a word of a shell, in quotes that can stand in single ones where that will do."""
    if re.fullmatch(r"\w[\w@%+=:,./-]*", text):
        return text
    return quote(text) if re.search(r'["\\$`!]', text) else f'"{text}"'
