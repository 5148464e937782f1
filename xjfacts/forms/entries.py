"""An answer's results as entries of a page, and what proves them as its numbered notes.

Citations are numbered as they come up, each once: what proves several facts is one note.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from msgspec import UNSET

from xjfacts.answers.listed import CandidateAnswer, DocumentAnswer, ScreenedAnswer
from xjfacts.answers.records import (
    Answer,
    Citation,
    EntityAnswer,
    FactAnswer,
    FigureAnswer,
    ProblemAnswer,
    StatementAnswer,
)
from xjfacts.dates import date_words
from xjfacts.forms.quotation import quoted, titled
from xjfacts.forms.words import (
    STATUS_WORDS,
    contesting_words,
    entity_lines,
    label_words,
    months,
    origin_words,
    power_words,
    said_when_words,
    saying_words,
    speaker_names,
    value_words,
    when_words,
)
from xjfacts.names.folding import fold
from xjfacts.text import counted

MOST_NOTES = 2  # of a fact on one screen, from different documents: a claim and its confirmation


class Note(NamedTuple):
    """A numbered citation, and the ids of the facts of this page that it proves: what `show` and `cite` ask for."""

    number: int
    citation: Citation
    facts: tuple[str, ...]

    @property
    def quoted(self) -> str:
        """The quoted words in quotation marks."""
        return quoted(self.citation.quote.strip())

    @property
    def context(self) -> str:
        """What the curator says of the words, in brackets; or nothing."""
        return f"[{self.citation.context}]" if self.citation.context else ""

    @property
    def words(self) -> str:
        """The quoted words, and behind them what the curator says of them."""
        return " ".join(filter(None, (self.quoted, self.context)))


class Source(NamedTuple):
    """A document, told once, with all that is quoted from it."""

    citation: Citation
    notes: tuple[Note, ...]

    @property
    def words(self) -> str:
        """Who published what, by whom and when, and through whose copy it was read."""
        cited = self.citation
        by = f" (by {', '.join(cited.authors)})" if cited.authors else ""
        via = f", via {cited.via}" if cited.via else ""
        return f"{cited.publisher}, {titled(cited.title)}{by}, {date_words(cited.published)}{via}"


class Span(NamedTuple):
    """The lower and upper end of a figure, for a bar, and whether it may be more. Bars of one unit share a scale."""

    low: float
    high: float
    unit: str
    is_open: bool


class Entry(NamedTuple):
    """One line: when, a word that says how it stands (imposed, planned), the text, and the numbers of its notes."""

    when: str
    label: str
    text: str
    notes: tuple[int, ...] = ()
    under: tuple[Entry, ...] = ()
    span: Span | None = None
    hits: tuple[tuple[int, int], ...] = ()  # where in the text a word stands that was searched for
    months: str = ""  # of an event: a mark for each month of the year of its section
    id: str = ""  # of the fact that it tells
    name: str = ""  # in a table: whose row it is
    cited: tuple[str, ...] = ()  # the facts whose citations its notes are
    address: str = ""  # in one piece, on a line of its own


def sources_of(notes: Iterable[Note]) -> tuple[Source, ...]:
    """Return the documents that notes cite, in the order in which they come up, each with its notes by paragraph."""
    by_document: dict[str, list[Note]] = {}
    for note in notes:
        by_document.setdefault(note.citation.document, []).append(note)
    return tuple(Source(found[0].citation, tuple(found)) for found in by_document.values())


class Entries:
    """Makes the entries of one answer, and numbers its citations as they come up.

    With `first_only` a fact has a note for each of the first two documents that state it; all of its notes else.
    """

    def __init__(self, answer: Answer[Any], *, first_only: bool = False) -> None:
        self.command = answer.query.command
        self.first_only = first_only
        self.facts: Mapping[str, FactAnswer] = {
            one.id: one for one in (*answer.others, *answer.results) if isinstance(one, FactAnswer)
        }
        self.by_other_id = {other: one for one in self.facts.values() for other in one.corroborated_by}
        self.numbers: dict[tuple[str, int, str, str], int] = {}
        self.cited: dict[int, list[Citation]] = {}
        self.sides: dict[tuple[str, str], Entry] = {}
        self.told: set[str] = set()  # the denials in general that the page has told

    def entry_of(self, result: Any) -> Entry:
        """Return the entry of any result."""
        if isinstance(result, FactAnswer):
            return self.entry_of_fact(result)
        if isinstance(result, ScreenedAnswer):
            return self._screened_entry(result)
        for kind, make in _MAKERS:
            if isinstance(result, kind):
                return make(result)
        raise TypeError(type(result))

    def notes(self) -> Iterator[Note]:
        """Yield a note for every citation of the entries made so far."""
        for number, citations in self.cited.items():
            yield Note(number, citations[0], tuple(dict.fromkeys(one.fact for one in citations)))

    def entry_of_fact(self, fact: FactAnswer) -> Entry:
        """Return the entry of a fact, whole: its gist, and whatever answers it."""
        entry = self.entry(fact, fact.gist, label=label_words(fact))
        is_shown = self.command == "show"
        under = (*(_details(fact) if is_shown else ()), *self.other_sides(fact, most=None if is_shown else 1))
        origins = origin_words(fact)
        return entry._replace(
            text=f"{fact.gist} ({origins})" if origins else fact.gist,
            under=under,
            span=_span(fact) if isinstance(fact, FigureAnswer) else None,
            hits=_places_of(fact.hits, fact.gist) if isinstance(fact.hits, tuple) else (),
            months=months(fact.date) if self.command == "events" and fact.date else "",
        )

    def entry(self, fact: FactAnswer, text: str, *, label: str = "", name: str = "") -> Entry:
        """Return an entry that says a fact in some words."""
        when = when_words(fact) if fact.certain else f"(?) {when_words(fact)}"
        cited = (fact.id, *fact.corroborated_by)
        return Entry(when, label, text, self.notes_of([fact]), id=fact.id, name=name, cited=cited)

    def notes_of(self, facts: Iterable[FactAnswer]) -> tuple[int, ...]:
        """Return the numbers of the notes that prove some facts."""
        return tuple(dict.fromkeys(self._number_of(one) for fact in facts for one in self._citations(fact)))

    def fact(self, key: str) -> FactAnswer:
        """Return the fact of this answer that has an id, or tells the one that has it."""
        return self.facts.get(key) or self.by_other_id[key]

    def _screened_entry(self, row: ScreenedAnswer) -> Entry:
        """Return a row of a list: what comes of it, whom it means and by what, then each power or each candidate."""
        meant = f" = {row.name} ({row.id})" if row.id else ""
        score = f" [{row.how}, {row.score:.2f}]" if row.score and row.how != "exact" else ""
        why = f": {row.why}" if row.outcome in ("check", "unreadable") or row.birth else ""
        under = [Entry("", "", power_words(power, STATUS_WORDS)) for power in row.powers]
        under += [Entry("", "", f"{one.score:.2f} {one.name} ({one.id}): {one.context}") for one in row.candidates]
        notes = (self._number_of(row.citation),) if row.citation else ()
        cited = (row.citation.fact,) if row.citation else ()
        return Entry(row.outcome, "", f"{row.asked}{meant}{score}{why}", notes, tuple(under), cited=cited)

    # What answers a fact

    def other_sides(self, fact: FactAnswer, *, most: int | None = None) -> Iterator[Entry]:
        """Yield what a statement answers, what contests a fact, and of the denials in general at `most` so many."""
        answered = fact.rebuts if isinstance(fact, StatementAnswer) else ()
        for word, keys in (("answers", answered), ("contested", fact.contested_by)):
            yield from (self._side(word, other) for other in _once(map(self.fact, keys)))
        new, again = self._denials(map(self.fact, fact.answered_by), most)
        for other in new:
            yield self._side("answered in general", other)
        yield from again

    def _side(self, word: str, other: FactAnswer) -> Entry:
        """Return the entry of what stands beside a fact, and beside many others perhaps."""
        known = self.sides.get((word, other.id))
        if known is None:
            label = f"{word}, {when_words(other)}:"
            known = self.sides[word, other.id] = self.entry(other, other.gist)._replace(when="", label=label)
        return known

    def brief_sides(self, facts: Sequence[FactAnswer]) -> Iterator[tuple[Entry, ...]]:
        """Yield for each of some facts, in few words, what contests it, or else one denial in general.

        A denial that answers all of them stands under the last, and says so.
        """
        common = set.intersection(*(set(fact.answered_by) for fact in facts)) if facts else set()
        if len(facts) > 1 and common and not any(fact.contested_by for fact in facts):
            yield from [()] * (len(facts) - 1)
            label = "both answered:" if len(facts) == 2 else "all answered:"
            yield self._in_general([self.fact(key) for key in sorted(common)], label)
            return
        for fact in facts:
            contesting = _once(map(self.fact, fact.contested_by))
            yield tuple(
                self.entry(other, contesting_words(other))._replace(when="", label="contested:") for other in contesting
            ) or self._in_general([self.fact(key) for key in fact.answered_by], "answered:")

    def _in_general(self, denials: Sequence[FactAnswer], label: str) -> tuple[Entry, ...]:
        new, again = self._denials(denials, 1)
        texts = [(other, saying_words(other, "in general", said_when_words(other))) for other in new]
        return (*(self.entry(other, text)._replace(when="", label=label) for other, text in texts), *again)

    def _denials(self, denials: Iterable[FactAnswer], most: int | None) -> tuple[list[FactAnswer], list[Entry]]:
        """Return of denials in general those that the page has not told yet, and a line that names those it has.

        A denial in general answers much: it is told once. Of all that there are, what is told already comes first, and
        then the latest.
        """
        found = sorted(
            {one.id: one for one in denials}.values(),
            key=lambda one: (one.id in self.told, one.latest or "", one.id),
            reverse=True,
        )[:most]
        new = [other for other in found if other.id not in self.told]
        again = [other for other in found if other.id in self.told]
        self.told.update(other.id for other in new)
        if not again:
            return new, []
        names = ", ".join(dict.fromkeys(name for other in again for name in speaker_names(other)))
        cited = tuple(key for other in again for key in (other.id, *other.corroborated_by))
        text = f"{names}, in general, as above"
        return new, [Entry("", "answered:", text, self.notes_of(again), cited=cited)]

    # Notes

    def _citations(self, fact: FactAnswer) -> Iterable[Citation]:
        if not self.first_only:
            return fact.citations
        first = {one.document: one for one in reversed(fact.citations)}
        return [one for one in fact.citations if one is first[one.document]][:MOST_NOTES]

    def _number_of(self, citation: Citation) -> int:
        words = (citation.document, citation.paragraph, citation.quote, citation.context or "")
        number = self.numbers.setdefault(words, len(self.numbers) + 1)
        self.cited.setdefault(number, []).append(citation)
        return number


def _details(fact: FactAnswer) -> Iterator[Entry]:
    """Yield a line for each field of a fact that has a value and is not told elsewhere on the page."""
    told = {"gist", "citations", "contested_by", "answered_by", "rebuts", "certain", "section", "hits", "origins",
            "earliest", "latest", "stated"}  # fmt: skip
    for field in ("id", "kind", *fact.__struct_fields__[1:]):
        value = getattr(fact, field)
        if field not in told and value not in (None, (), UNSET):
            yield Entry("", f"{field.replace('_', ' ')}:", value_words(value))
    for one in fact.stated:
        when = " as of ".join(filter(None, (one.date or "", one.as_of or "")))
        yield Entry("", "stated:", f"{one.gist} ({', '.join(filter(None, (one.fact, when)))})")
    for cited in fact.citations:
        if isinstance(cited.around, str) and isinstance(cited.spans, tuple):
            yield Entry("", f"¶ {cited.paragraph} of {cited.document}:", _marked(cited.around, cited.spans))


def _marked(text: str, spans: tuple[tuple[int, int], ...]) -> str:
    """Return a paragraph with the quoted words between marks that no newspaper prints."""
    marked, at = "", 0
    for begin, end in spans:
        marked += f"{text[at:begin]}⟦{text[begin:end]}⟧"
        at = end
    return marked + text[at:]


def _places_of(words: tuple[str, ...], text: str) -> tuple[tuple[int, int], ...]:
    """Return where in the text the folded words stand."""
    return tuple(
        match.span() for match in re.finditer(r"\w+", text) if not set(fold(match[0]).split()).isdisjoint(words)
    )


def _span(figure: FigureAnswer) -> Span:
    low = 0 if figure.bound == "up-to" else figure.low or figure.value or 0
    is_open = figure.open_ended or figure.bound in {"at-least", "more-than"}
    return Span(low, figure.high or figure.value or 0, figure.unit, is_open)


def _entity_entry(entity: EntityAnswer) -> Entry:
    return Entry(entity.id, "", "; ".join([entity.name, *entity_lines(entity)]))


def _document_entry(document: DocumentAnswer) -> Entry:
    counts = ", ".join(counted(count, kind) for kind, count in document.facts.items())
    known = "printed" if document.dated_by == "printed" else f"dated by: {document.dated_by}"
    by = f" (by {', '.join(document.authors)})" if document.authors else ""
    text = f"{document.publisher}, {titled(document.title)}{by}, {date_words(document.published)} ({known})"
    total = sum(document.facts.values())
    size = f"{counted(document.paragraphs, 'paragraph')}, {counted(document.words, 'word')}"
    under = (
        Entry("", f"{counted(total, 'fact')}:", counts),
        Entry("", "origin:", f"{', '.join(document.origin)}; {size}; sha256 {document.sha256}"),
        Entry("", "read at:", f"(via {document.via})" if document.via else "", address=document.url),
    )
    return Entry(document.id, "", text, under=under)


def _candidate_entry(one: CandidateAnswer) -> Entry:
    pairs = [f"{pair.asked} ~ {pair.name} ({pair.how}, {pair.score:.2f})" for pair in one.pairs]
    left = [f"left over of the question: {' '.join(one.left_over_asked)}"] if one.left_over_asked else []
    left += [f"left over of the name: {' '.join(one.left_over_name)}"] if one.left_over_name else []
    under = tuple(Entry("", "", line) for line in (*([", ".join(pairs)] if pairs else []), *left, one.why))
    weak = ", a weak name" if one.weak else ""
    text = f"{one.name} ({one.id}): matched '{one.matched}'{weak}; {one.context}"
    return Entry(f"{one.score:.2f}", "accepted" if one.accepted else "not accepted", text, under=under)


def _problem_entry(problem: ProblemAnswer) -> Entry:
    place = f"{problem.file}:{problem.line}" if problem.line else problem.file
    return Entry(place, "", f"{problem.message} [{problem.code}]")


_MAKERS: tuple[tuple[type[Any], Callable[[Any], Entry]], ...] = (
    (EntityAnswer, _entity_entry),
    (DocumentAnswer, _document_entry),
    (CandidateAnswer, _candidate_entry),
    (ProblemAnswer, _problem_entry),
)


def _once(facts: Iterable[FactAnswer]) -> Collection[FactAnswer]:
    """Return each of some facts once; to compare whole ones would take long where thousands contest one."""
    return {fact.id: fact for fact in facts}.values()
