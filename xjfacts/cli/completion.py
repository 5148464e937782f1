"""What a word that is only begun can become: names, ids, and the words of closed lists.

    offer_names(corpus, "tun")                      (Offer("Tuniyaz", "governor, Xinjiang, as of 2023-02-08"),)
    offer_names(corpus, "tu", before=["erkin"])     (Offer("Tuniyaz", "governor, Xinjiang, as of 2023-02-08"),)
    offer_ids(corpus, "scmp-2023-02/us-s", ...)     (Offer("scmp-2023-02/us-sanctioned-tuniyaz", "The US ..."),)

Every name offered means one entity and no other, so that nobody completes into a wrong answer: a name that several
share is left out, and so is one that a terminal could not show as it is. How a shell takes an offer, and quotes it, is
for `shells` to know.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from operator import itemgetter
from typing import NamedTuple, get_args

from xjfacts.answers.compose import context
from xjfacts.corpus.index import Corpus
from xjfacts.corpus.model import Entity
from xjfacts.corpus.values import Act, EventType, Outcome, Status
from xjfacts.names.folding import fold, is_latin
from xjfacts.text import visible

ALL = "all"
WORDS: dict[str, tuple[str, ...]] = {
    "status": (*get_args(Status), ALL),
    "type": get_args(EventType),
    "outcome": get_args(Outcome),
    "act": get_args(Act),
    "schema": ("facts", "answer"),
}


class Offer(NamedTuple):
    """What a word can become, and a line that tells it from the others."""

    value: str
    about: str = ""


def offer_words(which: str, typed: str) -> tuple[Offer, ...]:
    """Return the words of a closed list that begin as typed, in the order of the list."""
    return tuple(Offer(word) for word in WORDS[which] if word.startswith(typed))


def offer_names(
    corpus: Corpus, typed: str, *, before: Sequence[str] = (), among: Collection[str] | None = None
) -> tuple[Offer, ...]:
    """Return a name of every entity that the typed word, after the words `before` it, can become.

    An entity is offered once, by the first of its spellings that begins as typed, else by the first with a later word
    that does. Case, accents and apostrophes do not count. After other words only a name that begins with all of them
    is offered, without them. First come the names that begin as typed, then the others.
    """
    rank, skipped = _ranking([*before, typed]), len(before)
    found: list[tuple[int, str, Offer]] = []
    for entity in corpus.entities.values() if among is None else (corpus.entities[key] for key in among):
        fits = [(how, name) for name in _spellings(entity) if (how := rank(name)) is not None]
        for how, name in sorted(fits, key=itemgetter(0)):
            rest = " ".join(name.split()[skipped:]) if skipped else name
            if rest and _means(corpus, name, entity.id, among):
                found.append((how, fold(name), Offer(rest, context(corpus, entity.id))))
                break
    return tuple(offer for _, _, offer in sorted(found))


def _spellings(entity: Entity) -> Iterable[str]:
    return (name for name in (entity.name, *entity.names, *entity.weak, *entity.search) if visible(name) == name)


def _means(corpus: Corpus, name: str, entity: str, among: Collection[str] | None) -> bool:
    """Tell whether the name means the entity and nobody else, by the rung of the exact names."""
    exact = (corpus.names.exact(name, among) if among is not None else ()) or corpus.names.exact(name)
    return [one.entity for one in exact] == [entity] and name not in corpus.entities.keys() - {entity}


def _ranking(words: Sequence[str]) -> Callable[[str], int | None]:
    """Return a function from a name to 0 where it begins with the words, 1 where a later word in it does, or None.

    Latin letters are compared folded; others as they are, for nobody types half a syllable. Several words begin a name
    or are none of its beginning: in the middle they could not be told from those of another.
    """
    asked = " ".join(words)
    if not is_latin(asked):
        begun = asked.casefold()
        return lambda name: 0 if name.casefold().startswith(begun) else None
    wanted = " ".join(map(fold, words))

    def rank(name: str) -> int | None:
        if not is_latin(name):
            return None if wanted else 0
        folded = fold(name)
        if folded.startswith(wanted):
            return 0
        return 1 if len(words) == 1 and f" {wanted}" in folded else None

    return rank


def offer_ids(corpus: Corpus, typed: str, *, kinds: Collection[str]) -> tuple[Offer, ...]:
    """Return the ids that begin as typed, of the `kinds` asked for: `document`, `fact`, `entity`.

    A fact is also found by what stands after the `/`; it is not offered before anything is typed, for there are many.
    """
    return tuple(_ids(corpus, typed, kinds))


def _ids(corpus: Corpus, typed: str, kinds: Collection[str]) -> Iterator[Offer]:
    if "document" in kinds:
        yield from (Offer(key, one.title) for key, one in corpus.documents.items() if key.startswith(typed))
    if "fact" in kinds and typed:
        begun = [key for key in corpus.facts if key.startswith(typed)] or [
            key for key in corpus.facts if key.partition("/")[2].startswith(typed)
        ]
        yield from (Offer(key, corpus.facts[key].gist) for key in begun)
    if "entity" in kinds:
        yield from (Offer(key, one.name) for key, one in corpus.entities.items() if key.startswith(typed))
