"""Rules about facts by themselves: their dates, and that each thing is told once."""

from __future__ import annotations

from collections.abc import Iterator

from xjfacts.corpus.model import Event, Fact, Identity, Position, Sanction, Statement
from xjfacts.corpus.values import CAME
from xjfacts.corpus.wording import Source
from xjfacts.curation.rules.subject import Finding, Subject, at
from xjfacts.dates import Edtf


def check_self_contradiction(subject: Subject) -> Iterator[Finding]:
    """A fact's dates agree with each other, and nothing came about after the document that says so."""
    for fact, source in subject.facts:
        published = subject.corpus.documents[fact.document].published
        for key, earlier, later, text in _orders(fact, published):
            if earlier is not None and later is not None and earlier.possible[0] > later.possible[1]:
                yield at(source, f"{text}: {earlier} is later than {later}", key)


def _orders(fact: Fact, published: Edtf) -> Iterator[tuple[str, Edtf | None, Edtf | None, str]]:
    """Yield pairs of dates, of which the first must not be the later, with the key to blame and what is wrong then."""
    if isinstance(fact, Position):
        yield "until", fact.since, fact.until, "an office held 'until' before 'since'"
        yield "as-of", fact.since, fact.as_of, "an office held 'as-of' before 'since'"
    if isinstance(fact, (Position, Identity, Sanction)):
        yield "as-of", fact.as_of, published, "'as-of' after the document was published"
    if isinstance(fact, Identity):
        yield "born", fact.born, published, "'born' after the document was published"
    came = (isinstance(fact, Event) and fact.outcome == "held") or (isinstance(fact, Sanction) and fact.status in CAME)
    if came or isinstance(fact, Statement):
        yield "date", fact.date, published, "it came about after the document was published"


def check_told_twice(subject: Subject) -> Iterator[Finding]:
    """Two facts of a document with the same quotes, entities, kind and title are one, or `told-apart` says why not."""
    alike: dict[tuple[object, ...], list[tuple[Fact, Source]]] = {}
    for fact, source in subject.facts:
        quotes = frozenset((cite.p, cite.quote) for cite in fact.cite)
        same = (fact.document, fact.kind, getattr(fact, "title", None), quotes)
        alike.setdefault(same, []).append((fact, source))
    for those in alike.values():
        told: dict[frozenset[str], tuple[Fact, Source]] = {}
        for fact, source in those if len(those) > 1 else ():
            first, its_source = told.setdefault(frozenset(fact.entities), (fact, source))
            if first is not fact and not (first.told_apart or fact.told_apart):
                text = f"'{first.id}' ({its_source.place}) has the same quotes and entities"
                yield at(source, f"{text}; are they one? Else say why not in 'told-apart'")
