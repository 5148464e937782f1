"""Records of the corpus become records of an answer: names for ids, citations for proofs, both sides of a dispute.

Last of all stands the envelope, which adds to the results what answers them back and, where there are none, what is
known nearby.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import cache
from typing import TYPE_CHECKING, Any, TypeVar, cast

from msgspec import UNSET
from msgspec.structs import asdict

from xjfacts.answers.records import (
    ENTITY_ANSWERS,
    FACT_ANSWERS,
    Answer,
    Citation,
    Data,
    EntityAnswer,
    ErrorAnswer,
    FactAnswer,
    Failure,
    ProblemAnswer,
    Query,
    Ref,
    Stated,
)
from xjfacts.answers.selection import Range, in_time, merged
from xjfacts.answers.sources import Source, link_to_quote
from xjfacts.corpus.index import Corpus
from xjfacts.corpus.model import ROLES, Document, Entity, Fact, Position, Sanction
from xjfacts.corpus.together import days_of, days_together, told_together
from xjfacts.corpus.values import CAME
from xjfacts.dates import ANY_TIME, Edtf
from xjfacts.errors import Problem, UnreadableFacts, XjfactsError

if TYPE_CHECKING:
    from xjfacts.answers.listed import DocumentAnswer
    from xjfacts.curation.check import Report

Key = TypeVar("Key")

_SHARED = ("gist", "brief", "date", "formerly", "title", "as_of", "since", "until", "status", "type", "outcome", "act",
           "medium", "measure", "unit", "bound", "value", "low", "high", "open_ended", "rebuts", "born", "birth_place",
           "nationality", "gender", "also_called", "programme", "reference", "listed_as", "reason", "measures", "lifts",
           "alleged")  # fmt: skip


def stamp_of(corpus: Corpus) -> Data:
    """Return the data stamp of the envelope."""
    first, last = (day.isoformat() for day in corpus.horizon) if corpus.horizon else (None, None)
    return Data(**asdict(corpus.stamp), earliest=first, latest=last)


def refs(corpus: Corpus, ids: Iterable[str]) -> tuple[Ref, ...]:
    """Return ids with the names to show."""
    return tuple(Ref(id=key, name=corpus.entities[key].name) for key in ids)


def sources(corpus: Corpus, key: str) -> tuple[Source, ...]:
    """Return the proofs of a fact and of all that stand together with it, its own first, ready to be cited."""
    return tuple(Source(fact.id, corpus.documents[fact.document], fact.cite) for fact in told_together(corpus, key))


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


def fact_answer(corpus: Corpus, key: str, *, is_alone: bool = False, **marks: Any) -> FactAnswer:
    """Return a fact as an answer, with all that the facts that stand together with it say and cite, its own first.

    One that `is_alone` has only its own citations, for whoever asks for each of the others too.
    `marks` are what only the question can know: whether it is `certain`, its `section`, the words of its `hits`.
    """
    group = corpus.group_of(key)
    fact, together = group.as_one(key), group.beginning_with(key)
    cited = [corpus.facts[one] for one in together[: 1 if is_alone else None]]
    own: dict[str, Any] = {field: _plain(getattr(fact, field)) for field in _shared(fact.kind)}
    own["earliest"], own["latest"] = map(iso_day, days_of(fact, corpus.documents[fact.document]))
    if isinstance(fact, Sanction) and fact.status == "imposed":
        own["lifted_by"] = corpus.lifted.get(fact.id, ())
    own |= {role: refs(corpus, getattr(fact, role)) for role in ROLES[fact.kind]}
    return FACT_ANSWERS[fact.kind](
        id=key,
        citations=tuple(citation for one in cited for citation in _citations(corpus, one)),
        corroborated_by=together[1:],
        origins=count_origins([corpus.documents[one] for one in group.documents]),
        stated=tuple(map(_stated, cited)) if len(cited) > 1 else (),
        contested_by=group.contested_by,
        answered_by=group.answered_by,
        **own,
        **marks,
    )


@cache
def _shared(kind: str) -> tuple[str, ...]:
    """Return the fields that the answer of a kind of fact takes from it as they are."""
    return tuple(field for field in _SHARED if field in FACT_ANSWERS[kind].__struct_fields__)


def _stated(fact: Fact) -> Stated:
    as_of: Edtf | None = getattr(fact, "as_of", None)
    return Stated(
        fact=fact.id,
        gist=fact.gist,
        date=None if fact.date is None else fact.date.text,
        as_of=None if as_of is None else as_of.text,
    )


def count_origins(documents: Iterable[Document]) -> int:
    """Return how many documents are independent of each other: those that share an origin count as one."""
    independent: list[set[str]] = []
    for document in {one.id: one for one in documents}.values():
        known = {one.strip("[]") for one in document.origin}
        shared = [one for one in independent if one & known]
        independent = [one for one in independent if not one & known] + [known.union(*shared)]
    return len(independent)


def iso_day(day: date) -> str | None:
    """Return a day in ISO 8601, or nothing for an end of `ANY_TIME`."""
    return None if day in ANY_TIME else day.isoformat()


def _plain(value: Any) -> Any:
    return value.text if isinstance(value, Edtf) else tuple(value) if isinstance(value, tuple) else value


TOGETHER = 500  # results that are composed at once, where they are gone through


class Composed(Sequence[Any]):
    """Results that are composed only as far as they are shown; `fetch` hears beforehand of which keys that will be."""

    def __init__(
        self, keys: Sequence[Key], compose: Callable[[Key], Any], fetch: Callable[[Sequence[Key]], Any] = len
    ) -> None:
        self._keys = keys
        self._compose = compose
        self._fetch = fetch

    def __len__(self) -> int:
        return len(self._keys)

    def __getitem__(self, at: Any) -> Any:
        if not isinstance(at, slice):
            return self._compose(self._keys[at])
        return [*self._composed(self._keys[at])]

    def __iter__(self) -> Iterator[Any]:
        return self._composed(self._keys)

    def _composed(self, keys: Sequence[Any]) -> Iterator[Any]:
        for start in range(0, len(keys), TOGETHER):
            some = keys[start : start + TOGETHER]
            self._fetch(some)
            yield from map(self._compose, some)

    def up_to(self, limit: int | None) -> Composed:
        """Return the first of them, as little composed as these."""
        return Composed(self._keys[:limit], self._compose, self._fetch)


def fact_answers(corpus: Corpus, facts: Iterable[Fact], days: Range) -> Composed:
    """Return the answers to facts, in order of time, with corroborating ones merged, and whether the days hold them."""
    held = {fact.id: days.must_hold(days_together(corpus, fact.id)) for fact in facts}
    chosen = in_time(corpus, merged(corpus, held))
    return Composed(chosen, lambda key: fact_answer(corpus, key, certain=held[key]))


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
    from xjfacts.answers.listed import DocumentAnswer  # few answers are documents

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
    problems = _problems(report.problems)
    return Answer(
        data=Data(**asdict(report.stamp)),
        query=Query(command="check"),
        checked=dict(report.counts),
        not_looked_at=dict(report.not_looked_at) or UNSET,
        count=len(problems),
        results=problems,
    )


def _problems(problems: Iterable[Problem]) -> tuple[ProblemAnswer, ...]:
    return tuple(
        ProblemAnswer(file=_encodable(one.file), line=one.line, code=one.code, message=_encodable(one.message))
        for one in problems
    )


def failure(error: XjfactsError) -> Failure:
    """Return the envelope of an error that stopped an answer before there were facts to ask, or after it was made."""
    problems = _problems(error.problems) if isinstance(error, UnreadableFacts) else ()
    message = _encodable(str(error))
    return Failure(error=ErrorAnswer(status=error.exit_status, kind=error.kind, message=message, problems=problems))


def _encodable(text: str) -> str:
    """Return text with what is not UTF-8 in the name of a file as an escape; JSON could not hold it."""
    return text.encode("utf-8", "backslashreplace").decode()


def context(corpus: Corpus, key: str) -> str:
    """Return one line that tells an entity from others of a like name: its latest office, or its kind and whole."""
    entity = corpus.entities[key]
    held = (corpus.facts[fact] for fact in corpus.facts_as(key, "position", "holder"))
    offices = [fact for fact in held if isinstance(fact, Position)]
    if offices:
        latest = max(offices, key=lambda fact: (fact.as_of.sort_key, fact.id))
        body = ", ".join(ref.name for ref in refs(corpus, latest.of))
        return f"{latest.title}{', ' if body else ''}{body}, as of {latest.as_of}"
    wholes = ", ".join(ref.name for ref in refs(corpus, entity.part_of))
    return f"{entity.kind}{', part of ' if wholes else ''}{wholes}"


# The envelope --------------------------------------------------------------------------------------------------------


def answer_of(
    corpus: Corpus,
    query: Query,
    found: Sequence[Any],
    *,
    limit: int | None = None,
    hidden: Mapping[str, int] | None = None,
    in_passing: bool = False,
    make: Callable[[str], Any] | None = None,
    **more: Any,
) -> Answer[Any]:
    """Return the answer with these results, or no more than `limit` of them; `hidden` says what else fits.

    `make` makes the facts beside the results, for whoever keeps what was made (`fact_answer` otherwise). Of one
    that is read `in_passing`, results are composed as they are gone through, and there is nothing beside them.
    """
    is_stream = in_passing and isinstance(found, Composed)
    results: Sequence[Any] = cast(Composed, found).up_to(limit) if is_stream else tuple(found[:limit])
    nearby = {} if results or more.get("error") else _nearby(corpus, query)
    around = () if in_passing else results
    shown = {one for result in around for one in (result.id, *getattr(result, "corroborated_by", ()))}
    named = {key for result in around for key in _named_by(result) if key not in shown}
    beside = in_time(corpus, merged(corpus, named))
    return Answer(
        data=stamp_of(corpus),
        query=query,
        count=len(results),
        total=len(found) if len(found) > len(results) else UNSET,
        hidden={reason: count for reason, count in (hidden or {}).items() if count},
        nearby=nearby,
        see=more.pop("see", ()) or (tuple(_commands(corpus, query)) if nearby else ()),
        results=results,  # type: ignore[arg-type]
        others=tuple(make(key) if make is not None else fact_answer(corpus, key) for key in beside),  # type: ignore[misc]
        **more,
    )


def _named_by(result: Any) -> Iterable[str]:
    fields = ("contested_by", "answered_by", "rebuts", "lifted_by")
    return (key for field in fields for key in getattr(result, field, ()))


def _commands(corpus: Corpus, query: Query) -> Iterable[str]:
    """Yield the commands that show what is known of the entities asked for, where the question itself found nothing."""
    for field, asked in query.named():
        roles = corpus.roles_of(str(asked.id)) if asked.id is not None else {}
        if query.command == "said" and field == "name" and any("about" in its for its in roles.values()):
            yield f"xjfacts said --about {asked.id}"
        elif roles:
            yield f"xjfacts who {asked.id}"


def _nearby(corpus: Corpus, query: Query) -> dict[str, int]:
    """Count, by kind, the facts that speak of all the entities asked for; of sanctions, only those that came."""
    asked = [one for one in query.names() if one.id is not None]
    if not asked:
        return {}
    keys = set.intersection(*(set(corpus.roles_of(str(one.id))) for one in asked))
    facts = [corpus.facts[key] for key in merged(corpus, sorted(keys))]
    kinds = [fact.kind for fact in facts if not isinstance(fact, Sanction) or fact.status in CAME]
    return {kind: kinds.count(kind) for kind in ROLES if kind in kinds}
