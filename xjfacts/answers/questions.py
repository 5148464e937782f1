"""Questions, and the answer records that they give.

    facts = Facts(corpus)
    facts.sanctions(by="US").results[0].target[0].name       # 'Erkin Tuniyaz'

Every question is a method of `Facts` that takes what the user typed and returns an `Answer`; an answer without
results is an answer. Raised is only what stops one: `UsageError` for a malformed date or an unknown word, `NotFound`
and `AmbiguousName` for a name that fits nobody or several, each with the name as it was `asked`.

A question understands its words by `asked`, selects by `selection` and answers by `compose`; what only one of them
needs is a module of its own, imported where it is asked.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, Union

from msgspec import UNSET, structs

from xjfacts.answers import compose
from xjfacts.answers.asked import asked_as, find_entity, find_holder, find_in_role, find_several, find_words, several
from xjfacts.answers.records import (
    Answer,
    Asked,
    EntityResult,
    ErrorAnswer,
    EventAnswer,
    FactResult,
    FigureAnswer,
    Query,
    SanctionAnswer,
)
from xjfacts.answers.selection import SAYING, Range, facts_of, in_days, numbers_of, parse_date, told_twice
from xjfacts.answers.sources import Reference
from xjfacts.corpus.index import Corpus
from xjfacts.corpus.model import (
    ROLES,
    Document,
    Fact,
    Topic,
)
from xjfacts.corpus.values import ACTS, CAME, EVENT_TYPES, OUTCOMES, STATUSES
from xjfacts.errors import XjfactsError
from xjfacts.names.folding import check_question

if TYPE_CHECKING:
    from xjfacts.answers.listed import CandidateAnswer, DocumentAnswer, Result, ScreenedAnswer
    from xjfacts.answers.lists import Row

ALL = "all"
OneOrSeveral = Union[str, Sequence[str], None]


class Facts:
    """All questions that can be asked of a corpus."""

    def __init__(
        self, corpus: Corpus, until_print: str | None = None, limit: int | None = None, *, in_passing: bool = False
    ) -> None:
        self.corpus = corpus
        self._until_print = until_print
        self._limit = limit
        self._in_passing = in_passing

    def up_to(self, limit: int | None, *, in_passing: bool = False) -> Facts:
        """Return what gives at most so many results to a question, and says how many there are; None for all.

        Read `in_passing`, they may be any number: they are made as they are gone through, without what is beside them.
        """
        return Facts(self.corpus, self._until_print, limit, in_passing=in_passing)

    def known_by(self, date: str) -> Facts:
        """Return what can be asked of the documents published until the last day of a date. Raises UsageError."""
        from xjfacts.answers.known import published_by  # few questions are asked of the past

        return Facts(published_by(self.corpus, parse_date("known-by", date)), date, self._limit)

    def who(self, name: str) -> Answer[FactResult]:
        """Return all facts in which a person, body, country or topic takes part, in the order of the sections."""
        from xjfacts.answers.who import facts_about, sanctioned_by  # which other questions do not need

        asked = find_holder(self.corpus, name)
        entity = self.corpus.entities[str(asked.id)]
        results = facts_about(self.corpus, entity, self.fact_answer)
        return self._answer(
            Query(command="who", name=asked),
            results,
            entity=compose.entity_answer(self.corpus, entity),
            sanctioned_by=sanctioned_by(self.corpus, entity, results),
        )

    def sanctions(
        self,
        *,
        by: OneOrSeveral = None,
        on: OneOrSeveral = None,
        status: OneOrSeveral = None,
        since: str | None = None,
        until: str | None = None,
    ) -> Answer[SanctionAnswer]:
        """Return sanctions; without a status those imposed or lifted, and the others counted in `hidden`.

        Asked for a pair, and no status, the answer is one word: `imposed` or `lifted`; `not-imposed`, where a document
        says as of a date that there is none; or `no-record`, which says nothing either way. It speaks of the two that
        were asked for: that one has not sanctioned says nothing of what it is a part of. Of several pairs, each has its
        word in `answers`, and the answer as a whole is true only where all are imposed.
        """
        from xjfacts.answers.sanctions import choose, choose_for_pairs

        days = Range.parse(since, until)
        words = several(status)
        statuses = STATUSES if ALL in words else find_words("status", words, STATUSES) or CAME
        by_whom = find_several(self.corpus, "by", several(by), "sanction", "by")
        on_whom = find_several(self.corpus, "on", several(on), "sanction", "target")
        if by_whom and on_whom and not words:
            chosen = choose_for_pairs(self.corpus, by_whom, on_whom, days)
        else:
            chosen = choose(self.corpus, by_whom, on_whom, days, statuses)
        query = Query(command="sanctions", by=by_whom, on=on_whom, status=words,
                      since=since or UNSET, until=until or UNSET)  # fmt: skip
        return self._answer(
            query, self._results(chosen.shown, days), answer=chosen.answer, answers=chosen.answers,
            beside=chosen.beside, hidden=chosen.hidden,
        )  # fmt: skip

    def events(
        self,
        name: str | None = None,
        *,
        type: OneOrSeveral = None,
        outcome: OneOrSeveral = None,
        place: str | None = None,
        since: str | None = None,
        until: str | None = None,
    ) -> Answer[EventAnswer]:
        """Return events in order of time, undated ones last."""
        days = Range.parse(since, until)
        whose = self._role("name", name, "event", "participants")
        where = self._role("place", place, "event", "place")
        types, outcomes = find_words("type", type, EVENT_TYPES), find_words("outcome", outcome, OUTCOMES)
        facts = numbers_of(self.corpus, "event", [(whose, ROLES["event"]), (where, ("place",))])
        for field, words in (("type", types), ("outcome", outcomes)):
            facts = facts & self.corpus.labelled(field, words) if words else facts
        found = in_days(self.corpus, "event", facts, days)
        results = self._facts(list(found), lambda fact: {"certain": found[fact]})
        query = Query(command="events", name=whose or UNSET, type=types, outcome=outcomes,
                      place=where or UNSET, since=since or UNSET, until=until or UNSET)  # fmt: skip
        return self._answer(query, results)

    def said(
        self,
        name: str | None = None,
        *,
        to: str | None = None,
        about: str | None = None,
        act: OneOrSeveral = None,
        since: str | None = None,
        until: str | None = None,
    ) -> Answer[FactResult]:
        """Return what is said and by whom: statements, and all else that is told on somebody's word.

        A body includes its parts. With `to` or `act` only statements are left, and the others counted in `hidden`. The
        other side of a dispute is in `others`.
        """
        from xjfacts.answers.sayings import choose_sayings  # which other questions do not need

        days = Range.parse(since, until)
        speaker = find_in_role(self.corpus, "name", name, "", *SAYING)
        addressee = self._role("to", to, "statement", "to")
        topic = find_in_role(self.corpus, "about", about, "", "about")
        acts = find_words("act", act, ACTS)
        chosen = choose_sayings(self.corpus, speaker, addressee, topic, acts=acts, days=days)
        query = Query(command="said", name=speaker or UNSET, to=addressee or UNSET, about=topic or UNSET,
                      act=acts, since=since or UNSET, until=until or UNSET)  # fmt: skip
        return self._answer(query, self._results(chosen.shown, days), hidden=chosen.hidden)

    def figures(self, *, about: str | None = None) -> Answer[FigureAnswer]:
        """Return figures, those about the same topic side by side; they are never added up or averaged."""
        topic = self._role("about", about, "figure", "about")
        found = facts_of(self.corpus, "figure", [(topic, ROLES["figure"])])
        results = self._results(found, Range(None, None))
        figures = [structs.replace(result, section=self._subject(result)) for result in results]
        first = {figure.section: place for place, figure in reversed(list(enumerate(figures)))}
        figures.sort(key=lambda figure: first[figure.section])
        return self._answer(Query(command="figures", about=topic or UNSET), figures)

    def _subject(self, figure: Any) -> str:
        """Return what a figure is listed under: its first topic, or what it measures."""
        topics = [ref.name for ref in figure.about if isinstance(self.corpus.entities[ref.id], Topic)]
        return topics[0] if topics else str(figure.measure)

    def search(self, *words: str) -> Answer[FactResult]:
        """Return the facts that hold all the words and phrases, best first by the rule of `search`."""
        from xjfacts.answers.search import search_facts, terms_of  # few questions need either

        wanted = terms_of(words)
        hits = search_facts(self.corpus, wanted)
        again = told_twice(self.corpus, hits.facts, first=lambda fact: -hits.score(fact))
        best = [fact for facts in hits.by_score.values() for fact in sorted(facts - again)]
        results = self._facts(best, lambda fact: {"hits": hits.words(fact)})
        return self._answer(Query(command="search", words=wanted), results)

    def sources(self, name: str | None = None) -> Answer[DocumentAnswer | FactResult]:
        """Return the documents; or those whose id, publisher or title holds the words, and if it is one, its facts.

        The facts of a document stand in the order of its paragraphs. Raises NotFound where no document fits.
        """
        from xjfacts.answers.look_up import get_documents

        name = None if name is None else check_question(name)
        chosen = list(self.corpus.documents.values()) if name is None else get_documents(self.corpus, name)
        chosen.sort(key=lambda one: (one.published.sort_key, one.id))
        results: list[Any] = [compose.document_answer(self.corpus, one) for one in chosen]
        if name is not None and len(chosen) == 1:
            facts = self.corpus.facts_by_document[chosen[0].id]
            keys = sorted(facts, key=lambda key: min(proof.p for proof in self.corpus.facts[key].cite))
            results += [self.fact_answer(key) for key in keys]
        return self._answer(Query(command="sources", words=UNSET if name is None else (name,)), results)

    def show(self, *ids: str, texts: str | None = None) -> Answer[Result]:
        """Return facts, documents or entities by their ids, whole and in the order asked. Raises NotFound.

        With a folder of `texts`, each citation has the paragraph around its quote.
        """
        from xjfacts.answers.look_up import get_records

        renamed = self.renamed(ids)
        results = [one for key in ids for one in get_records(self.corpus, renamed.get(key, key))]
        query = Query(command="show", ids=ids, renamed=renamed)
        if texts is None:
            return self._answer(query, results)
        from xjfacts.answers.around import with_paragraphs  # and with it what reads texts

        results, unread = with_paragraphs(self.corpus, results, texts)
        return self._answer(query, results, unread=unread)

    def renamed(self, ids: Iterable[str]) -> dict[str, str]:
        """Return, of the ids that are no longer in use, those that stand in their place."""
        from xjfacts.answers.look_up import find_renamed

        return find_renamed(self.corpus, ids)

    def curated(self, document: str) -> tuple[Document, tuple[Fact, ...]]:
        """Return a document and its facts, as the curator wrote them. Raises NotFound for an unknown id."""
        from xjfacts.answers.look_up import get_curated

        return get_curated(self.corpus, document)

    def cite(self, *ids: str) -> tuple[Reference, ...]:
        """Return what is to be cited for facts and documents, each once, a fact with all that stand together with it.

        Raises NotFound.
        """
        from xjfacts.answers.look_up import get_reference

        references: dict[tuple[str, ...], Reference] = {}
        renamed = self.renamed(ids)
        for key in (renamed.get(key, key) for key in ids):
            references.setdefault(self.corpus.standing_together(key), get_reference(self.corpus, key))
        return tuple(references.values())

    def names(self, name: str | None = None) -> Answer[EntityResult | CandidateAnswer]:
        """Return what a name may mean, best first, with scores and why; without one, every entity."""
        if name is None:
            everyone = [compose.entity_answer(self.corpus, one) for one in self.corpus.entities.values()]
            return self._answer(Query(command="names"), everyone)
        from xjfacts.answers.candidates import candidates_for  # and with it what compares names

        found = self.corpus.names.resolve(name)
        results = candidates_for(self.corpus, name, found)
        return self._answer(Query(command="names", name=asked_as(self.corpus, found)), results)

    def screen(self, rows: Iterable[Row | str], *, min_score: float = 0.0) -> Iterator[ScreenedAnswer]:
        """Yield a record for each name of a list, in its order: whom it means, and which sanctions are known.

        Every row gives a record, also one that nobody can read. A match that scores below `min_score` is `check`.
        """
        from xjfacts.answers.screen import screen  # and with it what reads lists

        return screen(self.corpus, rows, min_score=min_score)

    def nothing(self, command: str, error: XjfactsError) -> Answer[Any]:
        """Return the empty answer to a question whose id nothing has, or one of whose names fits nobody or several."""
        named: Any = (error.asked,) if error.option in ("by", "on") else error.asked
        asked: dict[str, Any] = {} if error.asked is None else {error.option: named}
        failed = ErrorAnswer(status=error.exit_status, kind=error.kind, message=str(error))
        return self._answer(Query(command=command, **asked), [], error=failed, see=error.see)

    def find(self, name: str, among: Collection[str] | None = None) -> Asked:
        """Return the entity that a name means; those `among` which it is looked for first win over the others.

        Raises UsageError for a name without a letter or digit or too long, NotFound where nobody fits, AmbiguousName
        where several fit equally well. The two latter have the nearest candidates in `asked`.
        """
        return find_entity(self.corpus, name, among)

    def _role(self, option: str, name: str | None, kind: str, role: str) -> Asked | None:
        return find_in_role(self.corpus, option, name, kind, role)

    def fact_answer(self, key: str, **marks: Any) -> Any:
        """Return one fact as an answer; who asks for all of them may keep what was made once."""
        return compose.fact_answer(self.corpus, key, **marks)

    def _facts(self, numbers: Sequence[int], marks: Callable[[int], dict[str, Any]]) -> Sequence[Any]:
        """Return facts by number as results, each with its marks."""
        corpus = self.corpus
        return compose.Composed(numbers, lambda at: self.fact_answer(corpus.fact_at(at), **marks(at)), corpus.facts_at)

    def _results(self, facts: Iterable[Fact], days: Range) -> Sequence[Any]:
        return compose.fact_answers(self.corpus, facts, days)

    def _answer(self, query: Query, results: Sequence[Any], **more: Any) -> Answer[Any]:
        if self._until_print is not None:
            query = structs.replace(query, known_by=self._until_print)
        return compose.answer_of(
            self.corpus, query, results, limit=self._limit, in_passing=self._in_passing, make=self.fact_answer, **more
        )
