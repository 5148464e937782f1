"""The facts as FollowTheMoney entities, for Aleph, OpenSanctions' tools and yente (https://followthemoney.tech).

    {"id":"xjfacts.scmp-2023-02.us-sanctioned-tuniyaz.erkin-tuniyaz.sanction","schema":"Sanction","properties":{...}}

One entity a line. Whoever reads these may screen people with them, so they say less rather than more than the facts:

- only an imposed or lifted sanction is a `Sanction`, and only while one is imposed its target has the topic `sanction`;
  what was considered, called for, ruled out or not imposed is a `Note`;
- an event that was not held says so at the beginning of its name;
- a date is given as exactly as it is known, `c. 2021` not at all; the words are in the notes;
- a bare surname, or any part of a name, is a `weakAlias`, which is no match;
- unnamed people ("Reporters", "four officials") are a `Note`, which nothing is matched with: a screening would else
  find a person of that name;
- what contests or answers a fact is said with it, by its id;
- everything has the articles that prove it as `proof`, and facts that stand together are one entity with several.

Countries and what is part of one are a `PublicBody`, and have the country's code; topics are keywords.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property, lru_cache
from sys import intern
from typing import Any
from unicodedata import normalize

import msgspec

from xjfacts.answers.sources import link_to_quote, safe_url
from xjfacts.corpus.index import Corpus
from xjfacts.corpus.model import (
    Document,
    Entity,
    Event,
    Fact,
    Identity,
    Position,
    Sanction,
    Statement,
)
from xjfacts.corpus.pairs import is_under_sanctions
from xjfacts.corpus.values import CAME
from xjfacts.dates import Edtf, date_words
from xjfacts.forms.quotation import quoted
from xjfacts.names.folding import fold
from xjfacts.text import visible, visible_json

_SCHEMATA = {"person": "Person", "country": "PublicBody", "group": "Note", "place": "Address"}
_ACTORS = ("person", "organisation", "country")  # those that FollowTheMoney takes for legal entities
_THINGS = (*_ACTORS, "place", "group")
_BODIES = ("organisation", "country")
_LONGEST_NAME = 384  # characters; what FollowTheMoney keeps of a name

Record = dict[str, Any]


def to_ftm(corpus: Corpus) -> Iterator[bytes]:
    """Yield articles, people and bodies, and facts, an entity a line, every reference among them resolved."""
    for record in _Dataset(corpus).records():
        yield (record if isinstance(record, bytes) else _encoded(record)) + b"\n"


def _encoded(record: Record) -> bytes:
    return visible_json(msgspec.json.encode(record).decode()).encode()


class _Post:
    """An office of a body: the first fact that somebody held it, and the document of each that does."""

    __slots__ = ("documents", "first")  # there may be a hundred thousand offices

    def __init__(self, first: str) -> None:
        self.first = first
        self.documents: list[str] = []


class _Dataset:
    """The work of turning a corpus into FollowTheMoney entities."""

    def __init__(self, corpus: Corpus) -> None:
        self.corpus = corpus
        self.posts: dict[tuple[str, tuple[str, ...]], _Post] = {}

    def records(self) -> Iterator[Record | bytes]:
        """Yield all entities, those of which there may be very many encoded already."""
        for document in self.corpus.documents.values():
            yield _article(document)
        for entity in self.corpus.entities.values():
            if entity.kind != "topic" and self.corpus.is_spoken_of(entity.id):
                yield self._entity(entity)
        for facts in self.corpus.told_once():
            yield from self._fact(facts)
        for (title, bodies), post in self.posts.items():
            yield self._post(title, bodies, post)

    # Entities

    def _entity(self, entity: Entity) -> Record:
        others = [name for name in (*entity.names, *entity.search) if name != entity.name]
        parts = [name for name in others if set(fold(name).split()) < set(fold(entity.name).split())]
        return _record(
            _id(entity.id, entity.kind),
            self._schema(entity),
            name=[entity.name],
            full=[entity.name] if entity.kind == "place" else [],
            alias=[name for name in others if name not in parts],
            weakAlias=[*parts, *entity.weak],
            parent=self._parents(entity) if entity.kind in _BODIES else [],
            topics=["sanction"] if entity.kind != "group" and is_under_sanctions(self.corpus, entity.id) else [],
            proof=[_id(one, "article") for one in self.corpus.documents_about(entity.id)],
            country=[] if entity.kind == "person" else self._countries(entity),
            **(self._described(entity) if entity.kind == "person" else {}),
        )

    def _parents(self, entity: Entity) -> list[str]:
        """Return the bodies that one is a part of, as far as facts speak of them: no other is an entity here."""
        return self._references(filter(self.corpus.is_spoken_of, entity.part_of), _BODIES)

    def _countries(self, entity: Entity) -> list[str]:
        """Return the code of a country, or of those that something is a part of."""
        wholes = (self.corpus.entities[key] for key in self.corpus.with_wholes(entity.id))
        codes = (one.code or "" for one in wholes)
        return [code.lower() for code in codes if len(code) == 2]

    def _described(self, person: Entity) -> dict[str, list[str]]:
        """Return how lists and records describe a person; where they disagree, what each says."""
        facts = (self.corpus.facts[key] for key in self.corpus.facts_as(person.id, "identity", "of"))
        identities = [fact for fact in facts if isinstance(fact, Identity)]
        states = (self._state(one.nationality) for one in identities if one.nationality)
        return {
            "birthDate": [day for one in identities for day in _prefix(one.born)],
            "birthPlace": [one.birth_place or "" for one in identities],
            "gender": [one.gender or "" for one in identities],
            "nationality": list(states),
        }

    def _state(self, nationality: str) -> str:
        """Return the code of the state that a word names, which is all that FollowTheMoney takes; or nothing."""
        return self.states.get(nationality, "")

    @cached_property
    def states(self) -> dict[str, str]:
        """The codes of states by their names."""
        found: dict[str, str] = {}
        for one in self.corpus.entities.values():
            if one.kind == "country" and one.code:
                for name in (one.name, *one.names, *one.search, *one.weak):
                    found.setdefault(name, one.code.lower())
        return found

    def _schema(self, entity: Entity) -> str:
        if entity.kind != "organisation":
            return _SCHEMATA[entity.kind]
        is_of_state = any(self.corpus.entities[key].kind == "country" for key in self.corpus.with_wholes(entity.id))
        return "PublicBody" if is_of_state else "Organization"

    def _references(self, keys: Iterable[str], kinds: Sequence[str]) -> list[str]:
        entities = [self.corpus.entities[key] for key in keys]
        return [_id(entity.id, entity.kind) for entity in entities if entity.kind in kinds]

    def _names(self, keys: Iterable[str], *kinds: str) -> list[str]:
        entities = [self.corpus.entities[key] for key in keys]
        return [entity.name for entity in entities if not kinds or entity.kind in kinds]

    # Facts; each function takes those that stand together, of which the first speaks for all

    def _fact(self, facts: Sequence[Fact]) -> Iterator[Record | bytes]:
        fact = facts[0]
        if isinstance(fact, Sanction) and fact.status in CAME and not self._names(fact.target, "topic"):
            yield from self._sanctions(facts, fact)
        elif isinstance(fact, Event):
            yield self._event(facts, fact)
        elif isinstance(fact, Position) and self._names(fact.holder, "person") == self._names(fact.holder):
            yield from self._occupancies(facts, fact)
        else:
            yield self._note(facts, fact)

    def _sanctions(self, facts: Sequence[Fact], fact: Sanction) -> Iterator[bytes]:
        dates = _when(fact.date, "startDate") if fact.status == "imposed" else {"endDate": _prefix(fact.date)}
        shared = _record(
            "",
            "Sanction",
            authority=self._names(fact.by),
            status=[fact.status],
            program=[fact.programme or ""],
            authorityId=[fact.reference or ""],
            reason=[fact.reason or ""],
            provisions=fact.measures,
            listingDate=_prefix(fact.date) if fact.status == "imposed" and fact.reference else [],
            date=_prefix(fact.as_of),
            description=[fact.gist],
            summary=self._details(facts),
            recordId=[one.id for one in facts],
            **dates,
            **self._proofs(facts),
        )
        rest = _encoded(shared["properties"])[1:]  # once, however many targets there are
        for target in fact.target:
            key, entity = _id(f"{fact.id}/{target}", "sanction"), self._references([target], _THINGS)
            begin = b'{"id":%s,"schema":"Sanction","properties":{"entity":%s,'
            yield begin % (msgspec.json.encode(key), msgspec.json.encode(entity)) + rest + b"}"

    def _event(self, facts: Sequence[Fact], fact: Event) -> Record:
        name = fact.gist if fact.outcome == "held" else f"{fact.outcome}: {fact.gist}"
        return _record(
            _id(fact.id, "event"),
            "Event",
            name=[name if len(name) <= _LONGEST_NAME else f"{fact.outcome}: {fact.type}"],
            involved=self._references(fact.participants, _ACTORS),
            location=self._names(fact.place),
            keywords=[fact.type, fact.outcome, *self._topics(fact)],
            description=[fact.gist],
            notes=self._details(facts),
            recordId=[one.id for one in facts],
            **_when(fact.date, "date"),
            **self._proofs(facts),
        )

    def _occupancies(self, facts: Sequence[Fact], fact: Position) -> Iterator[Record]:
        post = self.posts.setdefault((fact.title, fact.of), _Post(fact.id))
        post.documents += (intern(one.document) for one in facts)
        for holder in fact.holder:
            yield _record(
                _id(f"{fact.id}/{holder}", "occupancy"),
                "Occupancy",
                holder=self._references([holder], ("person",)),
                post=[_id(post.first, "position")],
                startDate=_prefix(fact.since),
                endDate=_prefix(fact.until),
                date=_prefix(fact.as_of),
                description=[fact.gist],
                summary=self._details(facts),
                recordId=[one.id for one in facts],
                **self._proofs(facts),
            )

    def _post(self, title: str, bodies: Sequence[str], post: _Post) -> Record:
        return _record(
            _id(post.first, "position"),
            "Position",
            name=[", ".join([title, *self._names(bodies)])],
            organization=self._references(bodies, _BODIES),
            subnationalArea=self._names(bodies, "place"),
            proof=[_id(one, "article") for one in dict.fromkeys(post.documents)],
        )

    def _note(self, facts: Sequence[Fact], fact: Fact) -> Record:
        how = [fact.status] if isinstance(fact, Sanction) else [fact.act] if isinstance(fact, Statement) else []
        return _record(
            _id(fact.id, "note"),
            "Note",
            entity=self._references(fact.entities, _THINGS),
            keywords=[fact.kind, *how, *self._topics(fact)],
            description=[fact.gist],
            notes=self._details(facts),
            **self._proofs(facts),
        )

    def _topics(self, fact: Fact) -> list[str]:
        return self._names(fact.entities, "topic")

    def _details(self, facts: Sequence[Fact]) -> Iterator[str]:
        """Say when it was, who says so, and in which words: what has no property of its own or would lose its doubt."""
        fact = facts[0]
        for words, when in (("date", fact.date), ("as of", getattr(fact, "as_of", None))):
            if when is not None:
                yield f"{words} {date_words(when.text)}"
        if fact.according_to:
            yield f"according to {', '.join(self._names(fact.according_to))}"
        others = self._names(fact.entities, "group") if isinstance(fact, Event) else ()
        if others:
            yield f"with {', '.join(others)}"
        for words, known in (("contested by", self.corpus.contests), ("answered by", self.corpus.answered)):
            against = sorted({other for one in facts for other in known.get(one.id, ())})
            yield from (f"{words} {other}: {self.corpus.facts[other].gist}" for other in against)
        for one in facts[1:]:
            yield f"also stated by {one.id}: {one.gist}"
        for one in facts:
            document = self.corpus.documents[one.document]
            source = f"{document.publisher}, {date_words(document.published.text)}"
            yield from (f"{quoted(proof.text, proof.context)} ({source}, ¶ {proof.p})" for proof in one.cite)

    def _proofs(self, facts: Sequence[Fact]) -> dict[str, list[str]]:
        documents = [self.corpus.documents[fact.document] for fact in facts]
        return {
            "proof": [_id(document.id, "article") for document in documents],
            "publisher": [document.publisher for document in documents],
            "sourceUrl": [
                link_to_quote(document, proof)
                for fact, document in zip(facts, documents, strict=True)
                for proof in fact.cite
            ],
        }


def _article(document: Document) -> Record:
    return _record(
        _id(document.id, "article"),
        "Article",
        title=[document.title],
        author=document.authors,
        publisher=[document.publisher],
        publishedAt=_prefix(document.published),
        sourceUrl=[safe_url(document.url)],
        fileName=[document.id],
        notes=[f"published {date_words(document.published.text)} (dated by: {document.dated_by})",
               f"SHA-256 of the text {document.sha256}"],
    )  # fmt: skip


def _record(key: str, schema: str, **properties: Iterable[str]) -> Record:
    """Return an entity without empty properties, no value of one twice."""
    values = {
        name: list(filter(None, dict.fromkeys(_kept(value) for value in found))) for name, found in properties.items()
    }
    return {"id": key, "schema": schema, "properties": {name: found for name, found in values.items() if found}}


@lru_cache(4096)  # what answers an allegation answers many
def _kept(value: str) -> str:
    """Return text as FollowTheMoney keeps it: white space, accents, and nothing that has no shape."""
    return normalize("NFC", visible(" ".join(value.split())))


def _id(key: str, kind: str) -> str:
    """Return an id for all of FollowTheMoney: letters, digits, hyphens and dots, with a letter at either end."""
    return f"xjfacts.{key.replace('/', '.')}.{kind}"


def _when(date: Edtf | None, point: str) -> dict[str, list[str]]:
    """Return the properties of a date: its beginning and end, or the `point` of one that is no interval."""
    if date is None or not date.is_interval:
        return {point: _prefix(date)}
    begin, end = (_prefix(None if side == ".." else Edtf(side)) for side in date.text.split("/"))
    return {"startDate": begin, "endDate": end}


def _prefix(when: Edtf | None) -> list[str]:
    """Return the year, month or day that holds every day that a date can mean, if there is one."""
    if when is None:
        return []
    low, high = (day.isoformat() for day in when.possible)
    return [low[:length] for length in (10, 7, 4) if low[:length] == high[:length]][:1]
