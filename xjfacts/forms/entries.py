"""An answer's results as entries of a page, and what proves them as its numbered notes.

Citations are numbered as they come up, each once: what proves several facts is one note.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any, NamedTuple

from msgspec import UNSET

from xjfacts.answers.records import (
    Answer,
    CandidateAnswer,
    Citation,
    DocumentAnswer,
    EntityAnswer,
    FactAnswer,
    FigureAnswer,
    ProblemAnswer,
    ScreenedAnswer,
    StatementAnswer,
)
from xjfacts.dates import date_words
from xjfacts.forms.cite import quoted, titled
from xjfacts.forms.words import STATUS_WORDS, entity_lines, label_words, months, power_words, value_words, when_words
from xjfacts.names.folding import fold
from xjfacts.text import counted


class Note(NamedTuple):
    """A numbered citation, and the ids of the facts of this page that it proves: what `show` and `cite` ask for."""

    number: int
    citation: Citation
    facts: tuple[str, ...]

    @property
    def source(self) -> str:
        """Who published what, when, and in which paragraph; the quoted words are to follow."""
        cited = self.citation
        by = f" (by {', '.join(cited.authors)})" if cited.authors else ""
        via = f", via {cited.via}" if cited.via else ""
        when = date_words(cited.published)
        return f"{cited.publisher}, {titled(cited.title)}{by}, {when}{via}, ¶ {cited.paragraph}"

    @property
    def words(self) -> str:
        """The quoted words in quotation marks, and behind them in brackets what the curator says of them."""
        return quoted(self.citation.quote.strip(), self.citation.context)


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
    id: str = ""  # of a fact


class Entries:
    """Makes the entries of one answer, and numbers its citations as they come up."""

    def __init__(self, answer: Answer[Any]) -> None:
        self.command = answer.query.command
        self.facts: Mapping[str, FactAnswer] = {
            one.id: one for one in (*answer.others, *answer.results) if isinstance(one, FactAnswer)
        }
        self.by_other_id = {other: one for one in self.facts.values() for other in one.corroborated_by}
        self.numbers: dict[tuple[str, int, str, str], int] = {}
        self.cited: dict[int, list[Citation]] = {}

    def entry_of(self, result: Any) -> Entry:
        """Return the entry of any result."""
        if isinstance(result, FactAnswer):
            return self._fact_entry(result)
        if isinstance(result, ScreenedAnswer):
            return self._screened_entry(result)
        for kind, make in _MAKERS:
            if isinstance(result, kind):
                return make(result)
        raise TypeError(type(result))

    def notes(self) -> Iterable[Note]:
        """Yield a note for every citation of the entries made so far."""
        for number, citations in self.cited.items():
            yield Note(number, citations[0], tuple(dict.fromkeys(one.fact for one in citations)))

    def _fact_entry(self, fact: FactAnswer, *, is_whole: bool = True) -> Entry:
        marks = [] if fact.certain else ["(?)"]
        span = _span(fact) if isinstance(fact, FigureAnswer) else None
        text = fact.gist if fact.origins < 2 else f"{fact.gist} ({fact.origins} independent origins)"
        notes = tuple(dict.fromkeys(map(self._number_of, fact.citations)))
        under = tuple(self._other_sides(fact)) if is_whole else ()
        if is_whole and self.command == "show":
            under = (*_details(fact), *under)
        when = " ".join([*marks, when_words(fact)]).strip()
        hits = _places_of(fact.hits, text) if isinstance(fact.hits, tuple) else ()
        timeline = months(fact.date) if self.command == "events" and fact.date else ""
        return Entry(when, label_words(fact), text, notes, under, span, hits, timeline, fact.id)

    def _screened_entry(self, row: ScreenedAnswer) -> Entry:
        """Return a row of a list: what comes of it, whom it means and by what, then each power or each candidate."""
        meant = f" = {row.name} ({row.id})" if row.id else ""
        score = f" [{row.how}, {row.score:.2f}]" if row.score and row.how != "exact" else ""
        why = f": {row.why}" if row.outcome in ("check", "unreadable") or row.birth else ""
        under = [Entry("", "", power_words(power, STATUS_WORDS)) for power in row.powers]
        under += [Entry("", "", f"{one.score:.2f} {one.name} ({one.id}): {one.context}") for one in row.candidates]
        notes = (self._number_of(row.citation),) if row.citation else ()
        return Entry(row.outcome, "", f"{row.asked}{meant}{score}{why}", notes, tuple(under))

    def _other_sides(self, fact: FactAnswer) -> Iterable[Entry]:
        answered = fact.rebuts if isinstance(fact, StatementAnswer) else ()
        for word, keys in (("answers", answered), ("contested", fact.contested_by)):
            others = dict.fromkeys(self._fact(key) for key in keys)
            for other in others:
                entry = self._fact_entry(other, is_whole=False)
                yield entry._replace(when="", label=f"{word}, {entry.when}:")

    def _fact(self, key: str) -> FactAnswer:
        return self.facts.get(key) or self.by_other_id[key]

    def _number_of(self, citation: Citation) -> int:
        words = (citation.document, citation.paragraph, citation.quote, citation.context or "")
        number = self.numbers.setdefault(words, len(self.numbers) + 1)
        self.cited.setdefault(number, []).append(citation)
        return number


def _details(fact: FactAnswer) -> Iterable[Entry]:
    """Yield a line for each field of a fact that has a value and is not told elsewhere on the page."""
    told = {"gist", "citations", "contested_by", "rebuts", "certain", "section", "hits", "origins"}
    for field in ("id", "kind", *fact.__struct_fields__[1:]):
        value = getattr(fact, field)
        if field not in told and value not in (None, (), UNSET):
            yield Entry("", f"{field.replace('_', ' ')}:", value_words(value))
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
        Entry("", "read at:", f"{document.url}{f' (via {document.via})' if document.via else ''}"),
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
