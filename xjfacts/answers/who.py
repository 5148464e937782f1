"""Somebody or something, with all facts in which it takes part, under the headings of the answer.

An allegation stands under `alleged` only for whom it accuses: many are spoken of in it, and a reader takes whoever is
listed under that word for accused. Facts do not say whom a statement accuses. It is taken to be the first person, body
or country that it is about and that has nothing to do with the speaker.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from typing import Any

from xjfacts.answers.records import PairAnswer
from xjfacts.answers.selection import merged
from xjfacts.corpus.index import Corpus
from xjfacts.corpus.model import Claim, Entity, Fact, Statement
from xjfacts.corpus.together import time_key

SECTIONS = (
    "identity", "offices", "office-holders", "sanctions-on", "sanctions-by", "sanctions-otherwise", "alleged", "events",
    "said", "said-of", "figures", "claims",
)  # fmt: skip

_SECTION_BY_ROLE = {  # the first role that the entity has in a fact decides; "" is any other
    "position": {"holder": "offices", "": "office-holders"},
    "identity": {"": "identity"},
    "sanction": {"target": "sanctions-on", "by": "sanctions-by", "": "sanctions-otherwise"},
    "event": {"": "events"},
    "statement": {"speaker": "said", "": "said-of"},
    "figure": {"": "figures"},
    "claim": {"": "claims"},
}
_ACCUSABLE = ("person", "organisation", "country")  # a group is as often the victim
_SCENES = ("topic", "place")


def facts_about(corpus: Corpus, entity: Entity, make: Callable[..., Any]) -> list[Any]:
    """Return all facts in which an entity or a part of it takes part, as `make` makes them, section by section."""
    roles = corpus.roles_of(entity.id)
    corpus.expect(list(roles))
    belonging = _Belonging(corpus)
    sections = {key: _section(belonging, entity, corpus.facts[key], roles[key]) for key in roles}
    chosen = sorted(merged(corpus, roles), key=lambda key: (SECTIONS.index(sections[key]), *time_key(corpus, key)))
    return [make(key, section=sections[key]) for key in chosen]


def sanctioned_by(corpus: Corpus, entity: Entity, results: Iterable[Any]) -> tuple[PairAnswer, ...]:
    """Return, of an entity and its parts, the word about each power that any document speaks of."""
    found = [result for result in results if result.section == "sanctions-on"]
    if not found:
        return ()
    from xjfacts.answers.sanctions import pair_answers  # not everybody is sanctioned

    targets = {ref.id for result in found for ref in result.target}
    parts = (part for part in corpus.with_parts(entity.id) if part in targets)
    return tuple(pair for part in parts for pair in pair_answers(corpus, part))


class _Belonging(dict[str, frozenset[str]]):
    """For somebody who speaks: himself, the bodies in which he has an office, and all that these are a part of."""

    def __init__(self, corpus: Corpus) -> None:
        super().__init__()
        self.corpus = corpus

    def __missing__(self, entity: str) -> frozenset[str]:
        offices = (self.corpus.facts[key] for key in self.corpus.facts_as(entity, "position", "holder"))
        bodies = (entity, *(body for office in offices for body in getattr(office, "of", ())))
        self[entity] = frozenset(whole for one in bodies for whole in self.corpus.with_wholes(one))
        return self[entity]


def _section(belonging: _Belonging, entity: Entity, fact: Fact, roles: Collection[str]) -> str:
    if fact.is_allegation and _is_alleged_of(belonging, entity, fact):
        return "alleged"
    sections = _SECTION_BY_ROLE[fact.kind]
    return next((section for role, section in sections.items() if role in roles), sections[""])


def _is_alleged_of(belonging: _Belonging, entity: Entity, fact: Fact) -> bool:
    """Tell whether an allegation accuses an entity, or (of a topic or place) is about it."""
    if entity.kind in _SCENES and entity.id in fact.about:
        return True
    if isinstance(fact, Claim):
        return entity.id in fact.subjects
    return isinstance(fact, Statement) and entity.id == _accused(belonging, fact)


def _accused(belonging: _Belonging, fact: Statement) -> str | None:
    corpus = belonging.corpus
    speaking = {whole for one in (*fact.speaker, *fact.according_to) for whole in belonging[one]}
    about = (one for one in fact.about if corpus.entities[one].kind in _ACCUSABLE)
    return next((one for one in about if speaking.isdisjoint(corpus.with_wholes(one))), None)
