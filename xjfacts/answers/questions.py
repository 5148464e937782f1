"""Questions, and the answer records that they give.

    facts = Facts(corpus)
    facts.sanctions(by="US").results[0].target[0].name       # 'Erkin Tuniyaz'

Every question is a method of `Facts` that takes what the user typed and returns an `Answer`; an answer without
results is an answer. Raised is only what stops one: `UsageError` for a malformed date or an unknown word, `NotFound`
and `AmbiguousName` for a name that fits nobody or several, each with the name as it was `asked`.

Facts that corroborate each other are one result. Its id is that of the fact whose document came first.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from datetime import date
from typing import Any, NamedTuple, get_args

from msgspec import UNSET, UnsetType, structs

from xjfacts.answers import compose
from xjfacts.answers.records import (
    Answer,
    Asked,
    CandidateAnswer,
    DocumentAnswer,
    EntityResult,
    EventAnswer,
    FactResult,
    FigureAnswer,
    Guess,
    Query,
    Result,
    SanctionAnswer,
    StatementAnswer,
    WordPair,
)
from xjfacts.answers.sources import Reference, Source
from xjfacts.corpus.index import Corpus
from xjfacts.corpus.model import (
    ROLES,
    Document,
    Event,
    Fact,
    Figure,
    Identity,
    Position,
    Sanction,
    Statement,
    Topic,
)
from xjfacts.corpus.values import CAME, Act, EventType, Outcome, Status
from xjfacts.dates import ANY_TIME, Days, Edtf, may_lie_within, must_lie_within
from xjfacts.errors import AmbiguousName, NotFound, UsageError, XjfactsError, suggestion
from xjfacts.names.folding import check_question, fold
from xjfacts.names.lookup import Candidate, Resolution

STATUSES: tuple[str, ...] = get_args(Status)
EVENT_TYPES: tuple[str, ...] = get_args(EventType)
OUTCOMES: tuple[str, ...] = get_args(Outcome)
ACTS: tuple[str, ...] = get_args(Act)
ALL = "all"
CANDIDATES = 5  # how many `names` shows: a reader compares a handful
OUTSIDE = "outside-the-dates"  # under `hidden`: what is known of a pair at other times than asked for

SECTIONS = (
    "identity", "offices", "office-holders", "sanctions-on", "sanctions-by", "sanctions-otherwise", "events", "said",
    "said-of", "figures", "claims",
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


class Range(NamedTuple):
    """The days asked for with `--since` and `--until`; either may be missing."""

    since: Edtf | None
    until: Edtf | None

    @classmethod
    def parse(cls, since: str | None, until: str | None) -> Range:
        """Read both ends as EDTF. Raises UsageError for what is no date, and for an end before its beginning."""
        found = cls(*(_parse_date(option, text) for option, text in (("since", since), ("until", until))))
        if found.since and found.until and found.since.earliest > found.until.latest:
            raise UsageError(f"--since {since} is later than --until {until}")
        return found

    def may_hold(self, days: Days) -> bool:
        return may_lie_within(days, self.since, self.until)

    def must_hold(self, days: Days) -> bool:
        return must_lie_within(days, self.since, self.until)


class Facts:
    """All questions that can be asked of a corpus."""

    def __init__(self, corpus: Corpus) -> None:
        self.corpus = corpus

    # Questions

    def who(self, name: str) -> Answer[FactResult]:
        """Return all facts in which a person, body, country or topic takes part, in the order of the sections."""
        asked = self.find(name)
        entity = self.corpus.entities[str(asked.id)]
        roles = self.corpus.roles_of(entity.id)
        sections = {key: _section(self.corpus.facts[key], roles[key]) for key in roles}
        chosen = sorted(self._merge(roles), key=lambda key: (SECTIONS.index(sections[key]), *self._in_time(key)))
        results = [compose.fact_answer(self.corpus, key, section=sections[key]) for key in chosen]
        return self._answer(
            Query(command="who", name=asked), results, entity=compose.entity_answer(self.corpus, entity)
        )

    def sanctions(
        self,
        *,
        by: str | None = None,
        on: str | None = None,
        status: str | None = None,
        since: str | None = None,
        until: str | None = None,
    ) -> Answer[SanctionAnswer]:
        """Return sanctions; without a status those imposed or lifted, and the others counted in `hidden`.

        Asked for a pair, and no status, the answer is one word: `imposed` or `lifted`; `not-imposed`, where a document
        says as of a date that there is none; or `no-record`, which says nothing either way. It speaks of the two that
        were asked for: that one has not sanctioned says nothing of what it is a part of.
        """
        days = Range.parse(since, until)
        statuses = CAME if status is None else STATUSES if status == ALL else (_word("status", status, STATUSES),)
        by_whom, on_whom = self._role("by", by, "sanction", "by"), self._role("on", on, "sanction", "target")
        known = self._facts(Sanction, [(by_whom, ("by",)), (on_whom, ("target",))])
        word: str | UnsetType = UNSET
        outside = 0
        if by_whom is not None and on_whom is not None and status is None:
            known = [fact for fact in known if _is_of_pair(fact, by_whom, on_whom)]
            inside = self._within(known, days)
            word = _pair_word(inside)
            outside = len(self._merge(fact.id for fact in known if fact not in inside))
        if word == "not-imposed":
            statuses = ("not-imposed",)
        found = self._within(known, days)
        shown = [fact for fact in found if fact.status in statuses]
        query = Query(command="sanctions", by=by_whom or UNSET, on=on_whom or UNSET, status=status or UNSET,
                      since=since or UNSET, until=until or UNSET)  # fmt: skip
        hidden = {
            name: len(self._merge(fact.id for fact in found if fact.status == name))
            for name in STATUSES
            if name not in statuses
        }
        return self._answer(query, self._results(shown, days), answer=word, hidden=hidden | {OUTSIDE: outside})

    def events(
        self,
        name: str | None = None,
        *,
        type: str | None = None,
        outcome: str | None = None,
        place: str | None = None,
        since: str | None = None,
        until: str | None = None,
    ) -> Answer[EventAnswer]:
        """Return events in order of time, undated ones last."""
        days = Range.parse(since, until)
        whose = self._role("name", name, "event", "participants")
        where = self._role("place", place, "event", "place")
        found = self._facts(Event, [(whose, ROLES["event"]), (where, ("place",))])
        if type is not None:
            _word("type", type, EVENT_TYPES)
            found = [fact for fact in found if fact.type == type]
        if outcome is not None:
            _word("outcome", outcome, OUTCOMES)
            found = [fact for fact in found if fact.outcome == outcome]
        found = self._within(found, days)
        query = Query(command="events", name=whose or UNSET, type=type or UNSET, outcome=outcome or UNSET,
                      place=where or UNSET, since=since or UNSET, until=until or UNSET)  # fmt: skip
        return self._answer(query, self._results(found, days))

    def said(
        self,
        name: str | None = None,
        *,
        to: str | None = None,
        about: str | None = None,
        act: str | None = None,
        since: str | None = None,
        until: str | None = None,
    ) -> Answer[StatementAnswer]:
        """Return who said what to whom; a body includes its parts. The other side of a dispute is in `others`."""
        days = Range.parse(since, until)
        speaker = self._role("name", name, "statement", "speaker")
        addressee = self._role("to", to, "statement", "to")
        topic = self._role("about", about, "statement", "about")
        found = self._facts(Statement, [(speaker, ("speaker",)), (addressee, ("to",)), (topic, ("about",))])
        if act is not None:
            _word("act", act, ACTS)
            found = [fact for fact in found if fact.act == act]
        found = self._within(found, days)
        query = Query(command="said", name=speaker or UNSET, to=addressee or UNSET, about=topic or UNSET,
                      act=act or UNSET, since=since or UNSET, until=until or UNSET)  # fmt: skip
        return self._answer(query, self._results(found, days))

    def figures(self, *, about: str | None = None) -> Answer[FigureAnswer]:
        """Return figures, those about the same topic side by side; they are never added up or averaged."""
        topic = self._role("about", about, "figure", "about")
        found = self._facts(Figure, [(topic, ROLES["figure"])])
        results = self._results(found, Range(None, None))
        results = [structs.replace(result, section=self._subject(result)) for result in results]
        first = {result.section: place for place, result in reversed(list(enumerate(results)))}
        results.sort(key=lambda result: first[result.section])
        return self._answer(Query(command="figures", about=topic or UNSET), results)

    def _subject(self, figure: Any) -> str:
        """Return what a figure is listed under: its first topic, or what it measures."""
        topics = [ref.name for ref in figure.about if isinstance(self.corpus.entities[ref.id], Topic)]
        return topics[0] if topics else str(figure.measure)

    def search(self, *words: str) -> Answer[FactResult]:
        """Return the facts that hold all the words, best first by the rule of `search`."""
        from xjfacts.answers.search import search_facts  # and with it what compares words; few questions need either

        wanted = tuple(dict.fromkeys(word for text in words for word in fold(check_question(text)).split()))
        hits = {hit.fact: hit for hit in search_facts(self.corpus, wanted)}
        chosen = sorted(self._merge(hits, first=lambda key: -hits[key].score), key=lambda key: (-hits[key].score, key))
        results = [compose.fact_answer(self.corpus, key, hits=hits[key].words) for key in chosen]
        return self._answer(Query(command="search", words=wanted), results)

    def sources(self, name: str | None = None) -> Answer[DocumentAnswer | FactResult]:
        """Return the documents; or those whose id, publisher or title holds the words, and if it is one, its facts.

        The facts of a document stand in the order of its paragraphs. Raises NotFound where no document fits.
        """
        name = None if name is None else check_question(name)
        chosen = list(self.corpus.documents.values()) if name is None else self._documents(name)
        chosen.sort(key=lambda one: (one.published.sort_key, one.id))
        results: list[Any] = [compose.document_answer(self.corpus, one) for one in chosen]
        if name is not None and len(chosen) == 1:
            facts = self.corpus.facts_by_document[chosen[0].id]
            keys = sorted(facts, key=lambda key: min(proof.p for proof in self.corpus.facts[key].cite))
            results += [compose.fact_answer(self.corpus, key) for key in keys]
        return self._answer(Query(command="sources", words=UNSET if name is None else (name,)), results)

    def _documents(self, name: str) -> list[Document]:
        documents = self.corpus.documents
        if name in documents:
            return [documents[name]]
        from xjfacts.answers.search import has_all  # only where it is not an id

        words = fold(name).split()
        found = [
            one for one in documents.values() if has_all(fold(f"{one.id} {one.publisher} {one.title}").split(), words)
        ]
        if not found:
            from difflib import get_close_matches  # only where the name is wrong already

            guesses = get_close_matches(name, documents, n=1)
            raise NotFound(f"no document is called '{name}'{suggestion(guesses)}")
        return found

    def show(self, *ids: str) -> Answer[Result]:
        """Return facts, documents or entities by their ids, whole and in the order asked. Raises NotFound."""
        renamed = self.renamed(ids)
        results = [self._record(renamed.get(key, key)) for key in ids]
        return self._answer(Query(command="show", ids=ids, renamed=renamed), results)

    def renamed(self, ids: Iterable[str]) -> dict[str, str]:
        """Return, of the ids that are no longer in use, those that stand in their place."""
        corpus = self.corpus
        unknown = [key for key in ids if key not in corpus.facts and key not in corpus.documents]
        old = [key for key in unknown if key not in corpus.entities]
        return {key: corpus.renamed[key] for key in old if key in corpus.renamed}

    def _record(self, key: str) -> Any:
        corpus = self.corpus
        if key in corpus.facts:
            return compose.fact_answer(corpus, key)
        if key in corpus.documents:
            return compose.document_answer(corpus, corpus.documents[key])
        if key in corpus.entities:
            return compose.entity_answer(corpus, corpus.entities[key], is_whole=True)
        known = [*corpus.facts, *corpus.documents, *corpus.entities]
        raise self._unknown_id("fact, document or entity", key, known)

    def curated(self, document: str) -> tuple[Document, tuple[Fact, ...]]:
        """Return a document and its facts, as the curator wrote them. Raises NotFound for an unknown id."""
        if document not in self.corpus.documents:
            raise self._unknown_id("document", document, list(self.corpus.documents))
        keys = self.corpus.facts_by_document[document]
        return self.corpus.documents[document], tuple(self.corpus.facts[key] for key in keys)

    def cite(self, *ids: str) -> tuple[Reference, ...]:
        """Return what is to be cited for facts and documents, each once, a fact with all that stand together with it.

        Raises NotFound.
        """
        references: dict[tuple[str, ...], Reference] = {}
        renamed = self.renamed(ids)
        for key in (renamed.get(key, key) for key in ids):
            references.setdefault(self.corpus.standing_together(key), self._reference(key))
        return tuple(references.values())

    def _reference(self, key: str) -> Reference:
        corpus = self.corpus
        if key in corpus.documents:
            return Reference(None, (Source(key, corpus.documents[key]),))
        if key in corpus.facts:
            return Reference(corpus.facts[key].gist, compose.sources(corpus, key))
        if key in corpus.entities:
            entity = corpus.entities[key]
            raise NotFound(f"'{key}' is no fact or document but the {entity.kind} {entity.name}")
        raise self._unknown_id("fact or document", key, [*corpus.facts, *corpus.documents])

    def names(self, name: str | None = None) -> Answer[EntityResult | CandidateAnswer]:
        """Return what a name may mean, best first, with scores and why; without one, every entity."""
        if name is None:
            everyone = [compose.entity_answer(self.corpus, one) for one in self.corpus.entities.values()]
            return self._answer(Query(command="names"), everyone)
        found = self.corpus.names.resolve(name)
        candidates = self.corpus.names.candidates(name, limit=CANDIDATES)
        results = [self._candidate(one, found) for one in candidates]
        return self._answer(Query(command="names", name=self._asked(found)), results)

    def _candidate(self, one: Candidate, found: Resolution) -> CandidateAnswer:
        entity = self.corpus.entities[one.entity]
        match = one.match
        is_accepted = found.entity == one.entity
        return CandidateAnswer(
            id=entity.id,
            name=entity.name,
            entity_kind=entity.kind,
            matched=one.matched,
            weak=one.weak,
            score=round(one.score, 2),
            accepted=is_accepted,
            why=_why(one, found, is_accepted=is_accepted),
            context=compose.context(self.corpus, entity.id),
            pairs=tuple(
                WordPair(asked=pair.asked, name=pair.name, how=pair.how, score=round(pair.score, 2))
                for pair in (match.pairs if match else ())
            ),
            left_over_asked=match.left_over_asked if match else (),
            left_over_name=match.left_over_name if match else (),
        )

    def nothing(self, command: str, error: XjfactsError) -> Answer[Any]:
        """Return the empty answer to a question whose id nothing has, or one of whose names fits nobody or several."""
        asked = {error.option: error.asked} if error.asked is not None else {}
        return self._answer(Query(command=command, **asked), [])

    # Names

    def find(self, name: str, among: Collection[str] | None = None) -> Asked:
        """Return the entity that a name means; those `among` which it is looked for first win over the others.

        Raises UsageError for a name without a letter or digit or too long, NotFound where nobody fits, AmbiguousName
        where several fit equally well. The two latter have the nearest candidates in `asked`.
        """
        found = self.corpus.names.resolve(name, among)
        asked = self._asked(found)
        if asked.how not in ("id", "exact") and name.strip() in self.corpus.renamed:
            entity = self.corpus.renamed[name.strip()]
            if entity in self.corpus.entities:
                renamed = self._asked(self.corpus.names.resolve(entity))
                return structs.replace(renamed, asked=found.asked, matched=entity)
        if asked.id is not None:
            return asked
        if found.how == "ambiguous":
            raise AmbiguousName(f"'{asked.asked}' fits several: ask for one of these ids", asked=asked)
        guesses = [f"{guess.name} ({guess.id})" for guess in asked.candidates or ()][:1]
        raise NotFound(f"nobody and nothing here is called '{asked.asked}'{suggestion(guesses)}", asked=asked)

    def _asked(self, found: Resolution) -> Asked:
        entity = found.entity
        return Asked(
            asked=found.asked,
            id=entity,
            name=None if entity is None else self.corpus.entities[entity].name,
            how=found.how,
            score=round(found.score, 2),
            matched=found.candidates[0].matched if entity is not None and found.how == "fuzzy" else UNSET,
            candidates=UNSET if entity is not None else tuple(self._guess(one) for one in found.candidates),
        )

    def _guess(self, one: Candidate) -> Guess:
        name = self.corpus.entities[one.entity].name
        context = compose.context(self.corpus, one.entity)
        return Guess(id=one.entity, name=name, matched=one.matched, score=round(one.score, 2), context=context)

    def _role(self, option: str, name: str | None, kind: str, role: str) -> Asked | None:
        """Resolve the name given with an option, first among those that occur in its role."""
        if name is None:
            return None
        try:
            return self.find(name, self.corpus.entities_as(kind, role))
        except XjfactsError as error:
            error.option = option
            raise

    def _unknown_id(self, what: str, key: str, known: Sequence[str]) -> NotFound:
        """Return the error for an id that nothing has, with the one that its words name or that is nearest to it."""
        from difflib import get_close_matches  # only where the id is wrong already

        named = self.corpus.names.resolve(key).entity if key.strip() else None
        guesses = [named] if named is not None and named in known else get_close_matches(key, known, n=1, cutoff=0.7)
        return NotFound(f"no {what} has the id '{key}'{suggestion(guesses)}")

    # Selecting, merging and sorting

    def _facts(self, kind: type[Any], wanted: Sequence[tuple[Asked | None, tuple[str, ...]]]) -> list[Any]:
        """Return the facts of a kind in which each of the entities asked for, or a part of it, has one of the roles."""
        named = [(self.corpus.roles_of(asked.id), roles) for asked, roles in wanted if asked is not None and asked.id]
        keys: Iterable[str] = named[0][0] if named else self.corpus.facts_by_kind[kind.__struct_config__.tag]
        for having, roles in named:
            keys = [key for key in keys if not having.get(key, set()).isdisjoint(roles)]
        facts = (self.corpus.facts[key] for key in keys)
        return [fact for fact in facts if isinstance(fact, kind)]

    def _within(self, facts: list[Any], days: Range) -> list[Any]:
        """Return the facts that can lie in the range."""
        return [fact for fact in facts if days.may_hold(self._days_of(fact))]

    def _days_of(self, fact: Fact) -> Days:
        """Return the first and last day that a fact can have; what was done or said is no later than its print."""
        when = date_of(fact)
        first, last = when.possible if when else ANY_TIME
        printed = self.corpus.documents[fact.document].published.possible[1]
        return (first, max(first, min(last, printed))) if _is_past(fact) else (first, last)

    def _results(self, facts: Iterable[Fact], days: Range) -> list[Any]:
        """Return the answers to facts, in order of time, with corroborating ones merged."""
        held = {fact.id: days.must_hold(self._days_of(fact)) for fact in facts}
        chosen = sorted(self._merge(held, first=lambda key: not held[key]), key=self._in_time)
        return [compose.fact_answer(self.corpus, key, certain=held[key]) for key in chosen]

    def _merge(self, keys: Iterable[str], first: Callable[[str], Any] = bool) -> list[str]:
        """Return one fact for all that stand together: the one whose document came first (after the order `first`)."""
        best: dict[tuple[str, ...], str] = {}
        for key in keys:
            together = self.corpus.standing_together(key)
            best[together] = min(best.get(together, key), key, key=lambda one: (first(one), *self._in_print(one)))
        return list(best.values())

    def _in_print(self, key: str) -> tuple[tuple[date, date], str]:
        return self.corpus.documents[key.partition("/")[0]].published.sort_key, key

    def _in_time(self, key: str) -> tuple[Any, ...]:
        """Return what sorts by date, and what has none behind that, in the order in which it was printed."""
        when = date_of(self.corpus.facts[key])
        return (False, when.sort_key, key) if when else (True, *self._in_print(key))

    def _answer(
        self, query: Query, results: list[Any], *, hidden: dict[str, int] | None = None, **more: Any
    ) -> Answer[Any]:
        shown = {one for result in results for one in (result.id, *getattr(result, "corroborated_by", ()))}
        named = {key for result in results for key in _named_by(result) if key not in shown}
        others = [compose.fact_answer(self.corpus, key) for key in sorted(self._merge(named), key=self._in_time)]
        return Answer(
            data=compose.stamp_of(self.corpus),
            query=query,
            count=len(results),
            hidden={reason: count for reason, count in (hidden or {}).items() if count},
            nearby={} if results else self._nearby(query),
            results=tuple(results),
            others=tuple(others),  # type: ignore[arg-type]
            **more,
        )

    def _nearby(self, query: Query) -> dict[str, int]:
        """Count, by kind, the facts that speak of all the entities asked for; of sanctions, only those that came."""
        asked = [one for one in query.names() if one.id is not None]
        if not asked:
            return {}
        keys = set.intersection(*(set(self.corpus.roles_of(str(one.id))) for one in asked))
        facts = [self.corpus.facts[key] for key in self._merge(sorted(keys))]
        kinds = [fact.kind for fact in facts if not isinstance(fact, Sanction) or fact.status in CAME]
        return {kind: kinds.count(kind) for kind in ROLES if kind in kinds}


def date_of(fact: Fact) -> Edtf | None:
    """Return when a fact was true: its date, or else the date as of which it is stated."""
    return fact.date or (fact.as_of if isinstance(fact, (Position, Identity, Sanction)) else None)


def _is_past(fact: Fact) -> bool:
    """Tell whether a fact is about what had been done or said when it was printed, and not about what was to come."""
    if isinstance(fact, Sanction):
        return fact.status in CAME
    return fact.outcome == "held" if isinstance(fact, Event) else isinstance(fact, Statement)


def _is_of_pair(fact: Sanction, by: Asked, on: Asked) -> bool:
    """Tell whether a sanction is on the one asked for; and a refusal by it, since a part's binds no whole."""
    return on.id in fact.target and (fact.status != "not-imposed" or by.id in fact.by)


def _why(one: Candidate, found: Resolution, *, is_accepted: bool) -> str:
    """Say why a candidate is the answer, or is not."""
    from xjfacts.names.compare import ACCEPT  # what compares names is loaded where there are candidates, and only there

    if is_accepted:
        return (
            f"accepted: {found.how}" if found.how != "fuzzy" else f"accepted: at least {ACCEPT:.2f}, and nobody as near"
        )
    if found.how in ("id", "exact"):
        return f"lost to {found.entity}, which is {'the id asked for' if found.how == 'id' else 'equal'}"
    if one.score < ACCEPT:
        return f"below the threshold of {ACCEPT:.2f}"
    return f"lost to {found.entity}, which is nearer" if found.entity else "as near as another: ask for the id"


def _named_by(result: Any) -> Iterable[str]:
    return (*getattr(result, "contested_by", ()), *getattr(result, "rebuts", ()))


def _section(fact: Fact, roles: Collection[str]) -> str:
    sections = _SECTION_BY_ROLE[fact.kind]
    return next((section for role, section in sections.items() if role in roles), sections[""])


def _pair_word(found: Iterable[Sanction]) -> str:
    """Return the answer about a pair: the last of what came, else that there is none, else that nobody says."""
    came = sorted((fact for fact in found if fact.status in CAME), key=_by_date)
    if came:
        return came[-1].status
    return "not-imposed" if any(fact.status == "not-imposed" for fact in found) else "no-record"


def _by_date(fact: Sanction) -> tuple[Any, ...]:
    when = date_of(fact)
    return (when is not None, when.sort_key if when else (), fact.id)


def _parse_date(option: str, text: str | None) -> Edtf | None:
    if text is None:
        return None
    try:
        return Edtf(text)
    except ValueError as error:
        raise UsageError(f"--{option}: {error}") from None


def _word(option: str, word: str, words: Sequence[str]) -> str:
    """Return a word of a closed list. Raises UsageError, with the nearest one and all that are accepted."""
    if word in words:
        return word
    from difflib import get_close_matches  # only where the word is wrong already

    guesses = suggestion(get_close_matches(fold(word).replace(" ", "-"), words, n=1, cutoff=0.5))
    raise UsageError(f"--{option}: '{word}' is not one of its words{guesses}; it takes {', '.join(words)}")
