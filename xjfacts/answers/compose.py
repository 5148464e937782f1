"""Records of the corpus become records of an answer: names for ids, citations for proofs, both sides of a dispute."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING, Any

from msgspec import UNSET

from xjfacts.answers.records import (
    ENTITY_ANSWERS,
    FACT_ANSWERS,
    Answer,
    Citation,
    Data,
    DocumentAnswer,
    EntityAnswer,
    FactAnswer,
    ProblemAnswer,
    Query,
    Ref,
)
from xjfacts.answers.sources import Source, link_to_quote
from xjfacts.corpus.index import Corpus
from xjfacts.corpus.model import (
    ROLES,
    Document,
    Entity,
    Fact,
    Identity,
    Position,
    Sanction,
)
from xjfacts.corpus.values import CAME
from xjfacts.dates import ANY_TIME, Days, Edtf

if TYPE_CHECKING:
    from xjfacts.curation.check import Report

_SHARED = ("gist", "brief", "date", "formerly", "title", "as_of", "since", "until", "status", "type", "outcome", "act",
           "medium", "measure", "unit", "bound", "value", "low", "high", "open_ended", "rebuts", "born", "birth_place",
           "nationality", "gender", "also_called", "programme", "reference", "listed_as", "reason", "measures", "lifts",
           "alleged")  # fmt: skip


def stamp_of(corpus: Corpus) -> Data:
    """Return the data stamp of the envelope."""
    return Data(sha256=corpus.stamp.sha256, documents=corpus.stamp.documents, facts=corpus.stamp.facts)


def refs(corpus: Corpus, ids: Iterable[str]) -> tuple[Ref, ...]:
    """Return ids with the names to show."""
    return tuple(Ref(id=key, name=corpus.entities[key].name) for key in ids)


def sources(corpus: Corpus, key: str) -> tuple[Source, ...]:
    """Return the proofs of a fact and of all that stand together with it, its own first, ready to be cited."""
    return tuple(
        Source(fact.id, corpus.documents[fact.document], fact.cite) for fact in _standing_together(corpus, key)
    )


def _standing_together(corpus: Corpus, key: str) -> tuple[Fact, ...]:
    others = (other for other in corpus.standing_together(key) if other != key)
    return tuple(corpus.facts[one] for one in (key, *others))


def _citations(corpus: Corpus, fact: Fact) -> Iterable[Citation]:
    document = corpus.documents[fact.document]
    for proof in fact.cite:
        yield Citation(
            fact=fact.id,
            document=document.id,
            title=document.title,
            publisher=document.publisher,
            authors=document.authors,
            published=document.published.text,
            url=document.url,
            via=document.via,
            paragraph=proof.p,
            quote=proof.text,
            fragments=tuple(proof.quote),
            context=proof.context,
            link=link_to_quote(document, proof),
        )


def fact_answer(corpus: Corpus, key: str, **marks: Any) -> FactAnswer:
    """Return a fact as an answer, with the citations of all the facts that stand together with it, its own first.

    `marks` are what only the question can know: whether it is `certain`, its `section`, the words of its `hits`.
    """
    together = _standing_together(corpus, key)
    fact, *others = together
    answer = FACT_ANSWERS[fact.kind]
    own: dict[str, Any] = {
        field: _plain(getattr(fact, field)) for field in _SHARED if field in answer.__struct_fields__
    }
    own["earliest"], own["latest"] = map(iso_day, days_of(fact))
    own |= {role: refs(corpus, getattr(fact, role)) for role in ROLES[fact.kind]}
    return answer(
        id=key,
        citations=tuple(citation for one in together for citation in _citations(corpus, one)),
        corroborated_by=tuple(other.id for other in others),
        origins=count_origins([corpus.documents[one.document] for one in together]),
        contested_by=tuple(sorted({other for one in together for other in corpus.contests.get(one.id, ())})),
        **own,
        **marks,
    )


def count_origins(documents: Iterable[Document]) -> int:
    """Return how many documents are independent of each other: those that share an origin count as one."""
    independent: list[set[str]] = []
    for document in documents:
        known = {one.strip("[]") for one in document.origin}
        shared = [one for one in independent if one & known]
        independent = [one for one in independent if not one & known] + [known.union(*shared)]
    return len(independent)


def days_of(fact: Fact) -> Days:
    """Return the first and the last day that a fact can have had; either is an end of `ANY_TIME` where it is unknown.

    A sanction that is known only as of a day came on that day or before.
    """
    if fact.date is not None:
        return fact.date.possible
    as_of = fact.as_of if isinstance(fact, (Position, Identity, Sanction)) else None
    if as_of is None:
        return ANY_TIME
    first, last = as_of.possible
    return (ANY_TIME[0], last) if isinstance(fact, Sanction) and fact.status in CAME else (first, last)


def iso_day(day: date) -> str | None:
    """Return a day in ISO 8601, or nothing for an end of `ANY_TIME`."""
    return None if day in ANY_TIME else day.isoformat()


def _plain(value: Any) -> Any:
    return value.text if isinstance(value, Edtf) else tuple(value) if isinstance(value, tuple) else value


def entity_answer(corpus: Corpus, entity: Entity, *, is_whole: bool = False) -> EntityAnswer:
    """Return an entity as an answer; `is_whole` adds what is for look-up only, and how many facts speak of it."""
    more: dict[str, Any] = {}
    if is_whole:
        more = {
            "search": entity.search,
            "weak": entity.weak,
            "facts": len(corpus.roles_of(entity.id)),
            "size": getattr(entity, "size", UNSET),
        }
    return ENTITY_ANSWERS[entity.kind](
        id=entity.id,
        name=entity.name,
        names=entity.names,
        part_of=refs(corpus, entity.part_of),
        code=entity.code,
        formerly=tuple(entity.formerly),
        **more,
    )


def document_answer(corpus: Corpus, document: Document) -> DocumentAnswer:
    """Return a document as an answer, with its facts counted by kind."""
    counts = dict.fromkeys(ROLES, 0)
    for key in corpus.facts_by_document[document.id]:
        counts[corpus.facts[key].kind] += 1
    return DocumentAnswer(
        id=document.id,
        title=document.title,
        publisher=document.publisher,
        authors=document.authors,
        published=document.published.text,
        dated_by=document.dated_by,
        type=document.type,
        origin=tuple(document.origin),
        url=document.url,
        via=document.via,
        rights=document.rights,
        language=document.language,
        sha256=document.sha256,
        paragraphs=document.paragraphs,
        words=document.words,
        uncited=document.uncited,
        facts={kind: count for kind, count in counts.items() if count},
    )


def check_answer(report: Report) -> Answer[Any]:
    """Return what a check found as an answer, with what it looked at."""
    problems = tuple(
        ProblemAnswer(file=_encodable(file), line=line, code=code, message=_encodable(message))
        for file, line, code, message in report.problems
    )
    return Answer(
        data=Data(**report.stamp._asdict()),
        query=Query(command="check"),
        checked=dict(report.counts),
        not_looked_at=dict(report.not_looked_at) or UNSET,
        count=len(problems),
        results=problems,
    )


def _encodable(text: str) -> str:
    """Return text with what is not UTF-8 in the name of a file as an escape; JSON could not hold it."""
    return text.encode("utf-8", "backslashreplace").decode()


def context(corpus: Corpus, key: str) -> str:
    """Return one line that tells an entity from others of a like name: its latest office, or its kind and whole."""
    entity = corpus.entities[key]
    offices = [
        fact
        for use in corpus.uses.get(key, ())
        if use.role == "holder" and isinstance(fact := corpus.facts[use.fact], Position)
    ]
    if offices:
        latest = max(offices, key=lambda fact: (fact.as_of.sort_key, fact.id))
        body = ", ".join(ref.name for ref in refs(corpus, latest.of))
        return f"{latest.title}{', ' if body else ''}{body}, as of {latest.as_of}"
    wholes = ", ".join(ref.name for ref in refs(corpus, entity.part_of))
    return f"{entity.kind}{', part of ' if wholes else ''}{wholes}"
