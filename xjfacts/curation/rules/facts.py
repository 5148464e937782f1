"""Rules about facts as they stand to each other and in time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from xjfacts.corpus.index import Corpus
from xjfacts.corpus.model import (
    Event,
    Fact,
    Position,
    Sanction,
    Statement,
)
from xjfacts.corpus.values import CAME
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
    if isinstance(fact, (Position, Sanction)):
        yield "as-of", fact.as_of, published, "'as-of' after the document was published"
    came = (isinstance(fact, Event) and fact.outcome == "held") or (isinstance(fact, Sanction) and fact.status in CAME)
    if came or isinstance(fact, Statement):
        yield "date", fact.date, published, "it came about after the document was published"


_MUST_AGREE = {
    "sanction": ("status",),
    "event": ("outcome",),
    "figure": ("bound", "value", "low", "high", "open_ended"),
}
_MUST_MEET = {"position": ("holder",), "sanction": ("by", "target"), "statement": ("speaker",), "claim": ("subjects",)}


def check_corroboration(subject: Subject) -> Iterator[Finding]:
    """A fact corroborates one of another document that says the same: kind, status, outcome, bound, number, and who.

    What it corroborates, directly or through others, it does not dispute or rebut.
    """
    for fact, source in subject.facts:
        for index, key in enumerate(fact.corroborates):
            reason = _disagreement(subject.corpus, fact, subject.corpus.facts[key])
            if reason:
                yield at(source, f"'{key}' cannot corroborate this: {reason}", "corroborates", index)
        for relation in ("disputes", "rebuts"):
            for index, key in enumerate(getattr(fact, relation)):
                if key in subject.corpus.standing_together(fact.id):
                    yield at(source, f"'{relation}' names '{key}', which corroborates this", relation, index)


def _disagreement(corpus: Corpus, one: Fact, other: Fact) -> str:
    if one.document == other.document:
        return "it is of the same document"
    if one.kind != other.kind:
        return f"it is in [{other.kind}] and this in [{one.kind}]"
    for field in _MUST_AGREE.get(one.kind, ()):
        mine, its = getattr(one, field), getattr(other, field)
        if mine != its:
            return f"its '{field}' is {its}, and here it is {mine}"
    for role in _MUST_MEET.get(one.kind, ()):
        if not _with_all_parts(corpus, getattr(one, role)) & _with_all_parts(corpus, getattr(other, role)):
            return f"nobody is '{role}' in both"
    return ""


def _with_all_parts(corpus: Corpus, entities: Iterable[str]) -> set[str]:
    return {part for entity in entities for part in corpus.with_parts(entity)}
