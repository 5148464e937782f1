"""An answer laid out for people: headings, entries and numbered notes, before any form is chosen.

The terminal, the piped text and the Markdown show the same page, so nothing can be said in one and missing in
another. Everything on a page has passed `text.visible`: no control or direction character of the data reaches a
reader raw, and no name or quote can forge a line.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import MINYEAR
from typing import Any, NamedTuple

from msgspec import UNSET, Struct
from msgspec.structs import asdict

from xjfacts.answers.records import (
    Answer,
    Asked,
    CandidateAnswer,
    Citation,
    ClaimAnswer,
    DocumentAnswer,
    EntityAnswer,
    EventAnswer,
    FactAnswer,
    FigureAnswer,
    IdentityAnswer,
    PositionAnswer,
    ProblemAnswer,
    Ref,
    SanctionAnswer,
    StatementAnswer,
)
from xjfacts.dates import Edtf, date_words
from xjfacts.forms.cite import quoted, titled
from xjfacts.names.folding import fold
from xjfacts.text import counted, visible

SECTION_TITLES = {
    "identity": "Identity",
    "offices": "Offices and memberships",
    "office-holders": "Office-holders",
    "sanctions-on": "Sanctions on",
    "sanctions-by": "Sanctions by",
    "sanctions-otherwise": "Other sanctions",
    "events": "Events",
    "said": "Statements by",
    "said-of": "Statements about or to",
    "figures": "Figures",
    "claims": "Further facts",
}
STATUS_WORDS = {
    "imposed": "imposed",
    "lifted": "lifted",
    "not-imposed": "NOT imposed",
    "considered": "only considered",
    "called-for": "only called for",
    "ruled-out": "ruled out",
}
OUTCOME_WORDS = {
    "held": "held",
    "planned": "planned",
    "proposed": "only proposed",
    "requested": "only requested",
    "agreed": "agreed, not yet held",
    "stalled": "stalled",
    "suspended": "suspended",
    "declined": "declined",
    "cancelled": "cancelled",
    "unknown": "outcome not said",
}
ACT_WORDS = {"alleges": "ALLEGES", "declines-to-comment": "declines to comment"}  # the others as they are
BOUND_WORDS = {
    "exact": "{value}",
    "about": "about {value}",
    "at-least": "at least {value}",
    "more-than": "more than {value}",
    "up-to": "up to {value}",
    "range": "{low} to {high}",
}


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


class Section(NamedTuple):
    """Entries under a heading, which may be empty."""

    heading: str
    entries: tuple[Entry, ...]


class Page(NamedTuple):
    """All that a reader is told. `remarks` say what was left out, and `stamp` on which facts the answer stood."""

    title: str
    subtitle: str
    sections: tuple[Section, ...]
    notes: tuple[Note, ...]
    remarks: tuple[str, ...]
    stamp: str


def lay_out(answer: Answer[Any]) -> Page:
    """Return the page of an answer, with every string of it made visible."""
    return _Layout(_made_visible(answer)).page()


def amount_words(figure: FigureAnswer) -> str:
    """Say a figure with its bound: `more than 1,000,000 people`."""
    numbers = {key: _number(getattr(figure, key)) for key in ("value", "low", "high")}
    more = " or more" if figure.open_ended else ""
    return f"{BOUND_WORDS[figure.bound].format(**numbers)}{more} {figure.unit}"


def not_shown(answer: Answer[Any]) -> str:
    """Say what fits the question and is left out, and which option shows it."""
    counts = dict(answer.hidden)
    outside = counts.pop("outside-the-dates", 0)
    parts = [f"{count} {reason}" for reason, count in counts.items()]
    parts = [f"{', '.join(parts)} (--status all)"] if parts else []
    return f"not shown: {'; '.join([*parts, *([f'{outside} outside the dates'] if outside else [])])}"


def _capitalised(text: str) -> str:
    return text[:1].upper() + text[1:]


def _number(number: float | None) -> str:
    return "" if number is None else f"{number:,}"


def _made_visible(value: Any) -> Any:
    """Return the record, tuple or string with all strings in it made visible."""
    if isinstance(value, str):
        return visible(value)
    if isinstance(value, tuple):
        return tuple(map(_made_visible, value))
    if isinstance(value, Struct):
        return type(value)(**{key: _made_visible(one) for key, one in asdict(value).items()})
    return value


class _Layout:
    """The work of laying one answer out: it numbers the citations as they come up."""

    def __init__(self, answer: Answer[Any]) -> None:
        self.answer = answer
        self.facts: Mapping[str, FactAnswer] = {
            one.id: one for one in (*answer.others, *answer.results) if isinstance(one, FactAnswer)
        }
        self.by_other_id = {other: one for one in self.facts.values() for other in one.corroborated_by}
        self.numbers: dict[tuple[str, int, str, str], int] = {}
        self.cited: dict[int, list[Citation]] = {}

    def page(self) -> Page:
        title, subtitle = self._headline()
        sections = tuple(self._sections())
        return Page(title, subtitle, sections, tuple(self._notes()), tuple(self._remarks()), self._stamp())

    # Heading and closing lines

    def _headline(self) -> tuple[str, str]:
        entity = self.answer.entity
        if isinstance(entity, EntityAnswer):
            return entity.name, "; ".join(_entity_lines(entity))
        query = self.answer.query
        named = [f"{word} {asked.name}" for word, asked in _asked_with_words(query) if asked.name]
        title = " ".join([query.command.capitalize(), *named])
        return title, self._answer_line()

    def _answer_line(self) -> str:
        answer = self.answer
        if not isinstance(answer.answer, str):
            return ""
        days = " within the dates asked for" if answer.query.since or answer.query.until else ""
        contested = (
            " It is contested."
            if any(isinstance(one, FactAnswer) and one.contested_by for one in answer.results)
            else ""
        )
        return {
            "imposed": f"Imposed{days}, by the documents below.{contested}",
            "lifted": f"Imposed and lifted{days}, by the documents below.{contested}",
            "not-imposed": f"Not imposed{days}: a document says so, as of the date below.{contested}",
            "no-record": f"No record{days}: no document here says either. That is not to say that there is none.",
        }[answer.answer]

    def _remarks(self) -> Iterable[str]:
        for old, new in self.answer.query.renamed.items():
            yield f"'{old}' is now '{new}'"
        if self.answer.hidden:
            yield not_shown(self.answer)
        if any(isinstance(one, FactAnswer) and not one.certain for one in self.answer.results):
            yield "(?) may lie outside the dates asked for"
        if isinstance(self.answer.checked, dict):
            yield f"checked: {', '.join(_checked_words(count, what) for what, count in self.answer.checked.items())}"
        if isinstance(self.answer.not_looked_at, dict):
            beyond = [f"{rule} ({', '.join(languages)})" for rule, languages in self.answer.not_looked_at.items()]
            yield f"not looked at: {', '.join(beyond)}"

    def _stamp(self) -> str:
        data = self.answer.data
        return f"facts: {counted(data.documents, 'document')}, {counted(data.facts, 'fact')}, sha256 {data.sha256[:16]}"

    # Sections

    def _sections(self) -> Iterable[Section]:
        headed: dict[str, list[Entry]] = {}
        for result in self.answer.results:
            headed.setdefault(self._heading(result), []).append(self._entry(result))
        for heading, entries in headed.items():
            yield Section(heading, tuple(entries))

    def _heading(self, result: Any) -> str:
        if isinstance(result, FactAnswer) and isinstance(result.section, str):
            return SECTION_TITLES.get(result.section, _capitalised(result.section))
        command = self.answer.query.command
        if command == "events":
            return "Undated" if result.date is None else _year_words(result.date)
        if command == "sources" and isinstance(result, FactAnswer):
            return f"¶ {result.citations[0].paragraph}"
        return ""

    def _entry(self, result: Any) -> Entry:
        for kind, make in _ENTRIES:
            if isinstance(result, kind):
                return make(self, result)
        raise TypeError(type(result))

    def fact_entry(self, fact: FactAnswer, *, is_whole: bool = True) -> Entry:
        marks = [] if fact.certain else ["(?)"]
        span = _span(fact) if isinstance(fact, FigureAnswer) else None
        text = fact.gist if fact.origins < 2 else f"{fact.gist} ({fact.origins} independent origins)"
        notes = tuple(dict.fromkeys(map(self._number_of, fact.citations)))
        under = tuple(self._other_sides(fact)) if is_whole else ()
        if is_whole and self.answer.query.command == "show":
            under = (*_details(fact), *under)
        when = " ".join([*marks, _when(fact)]).strip()
        hits = _places_of(fact.hits, text) if isinstance(fact.hits, tuple) else ()
        months = _months(fact.date) if self.answer.query.command == "events" and fact.date else ""
        return Entry(when, _label(fact), text, notes, under, span, hits, months)

    def _other_sides(self, fact: FactAnswer) -> Iterable[Entry]:
        answered = fact.rebuts if isinstance(fact, StatementAnswer) else ()
        for word, keys in (("answers", answered), ("contested", fact.contested_by)):
            others = dict.fromkeys(self._fact(key) for key in keys)
            for other in others:
                entry = self.fact_entry(other, is_whole=False)
                yield entry._replace(when="", label=f"{word}, {entry.when}:")

    def _fact(self, key: str) -> FactAnswer:
        return self.facts.get(key) or self.by_other_id[key]

    def _number_of(self, citation: Citation) -> int:
        words = (citation.document, citation.paragraph, citation.quote, citation.context or "")
        number = self.numbers.setdefault(words, len(self.numbers) + 1)
        self.cited.setdefault(number, []).append(citation)
        return number

    def _notes(self) -> Iterable[Note]:
        for number, citations in self.cited.items():
            yield Note(number, citations[0], tuple(dict.fromkeys(one.fact for one in citations)))

    def entity_entry(self, entity: EntityAnswer) -> Entry:
        return Entry(entity.id, "", "; ".join([entity.name, *_entity_lines(entity)]))

    def document_entry(self, document: DocumentAnswer) -> Entry:
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

    def candidate_entry(self, one: CandidateAnswer) -> Entry:
        pairs = [f"{pair.asked} ~ {pair.name} ({pair.how}, {pair.score:.2f})" for pair in one.pairs]
        left = [f"left over of the question: {' '.join(one.left_over_asked)}"] if one.left_over_asked else []
        left += [f"left over of the name: {' '.join(one.left_over_name)}"] if one.left_over_name else []
        under = tuple(Entry("", "", line) for line in (*([", ".join(pairs)] if pairs else []), *left, one.why))
        weak = ", a weak name" if one.weak else ""
        text = f"{one.name} ({one.id}): matched '{one.matched}'{weak}; {one.context}"
        return Entry(f"{one.score:.2f}", "accepted" if one.accepted else "not accepted", text, under=under)

    def problem_entry(self, problem: ProblemAnswer) -> Entry:
        place = f"{problem.file}:{problem.line}" if problem.line else problem.file
        return Entry(place, "", f"{problem.message} [{problem.code}]")


_ENTRIES: tuple[tuple[type[Any], Callable[[_Layout, Any], Entry]], ...] = (
    (FactAnswer, _Layout.fact_entry),
    (EntityAnswer, _Layout.entity_entry),
    (DocumentAnswer, _Layout.document_entry),
    (CandidateAnswer, _Layout.candidate_entry),
    (ProblemAnswer, _Layout.problem_entry),
)


def _entity_lines(entity: EntityAnswer) -> Iterable[str]:
    yield entity.kind if not isinstance(entity.size, int) else f"{entity.kind} of {entity.size}"
    if entity.names:
        yield f"also printed as: {', '.join(entity.names)}"
    if entity.part_of:
        yield f"part of: {', '.join(ref.name for ref in entity.part_of)}"
    for words, field in (("searched as", entity.search), ("weak names", entity.weak)):
        if isinstance(field, tuple) and field:
            yield f"{words}: {', '.join(field)}"
    if isinstance(entity.facts, int):
        yield counted(entity.facts, "fact")


def _checked_words(count: int, what: str) -> str:
    """Say how many documents, facts or quotes there were, or of how many quotes something was found: `2 verified`."""
    return counted(count, what.removesuffix("s")) if what.endswith("s") else f"{count:,} {what}"


def _asked_with_words(query: Any) -> Iterable[tuple[str, Asked]]:
    words = {
        "name": "by" if query.command == "said" else "of",
        "by": "by",
        "on": "on",
        "to": "to",
        "about": "about",
        "place": "in",
    }
    return [(word, asked) for field, word in words.items() if isinstance(asked := getattr(query, field), Asked)]


def _when(fact: FactAnswer) -> str:
    """Return when the thing was; failing that, as of when it is stated; failing that, when it was printed."""
    if fact.date is not None:
        return date_words(fact.date)
    as_of = fact.as_of if isinstance(fact, (PositionAnswer, IdentityAnswer, SanctionAnswer)) else None
    if as_of is not None:
        return f"as of {date_words(as_of)}"
    return f"printed {date_words(fact.citations[0].published)}"


def _label(fact: FactAnswer) -> str:
    """Return the word that must never be overlooked: whether it came, took place, or was only said."""
    if isinstance(fact, SanctionAnswer):
        return STATUS_WORDS[fact.status]
    if isinstance(fact, EventAnswer):
        return f"{fact.type}, {OUTCOME_WORDS[fact.outcome]}"
    if isinstance(fact, StatementAnswer):
        return ACT_WORDS.get(fact.act, fact.act)
    if isinstance(fact, ClaimAnswer):
        return "ALLEGED" if fact.alleged else ""
    return amount_words(fact) if isinstance(fact, FigureAnswer) else ""


def _details(fact: FactAnswer) -> Iterable[Entry]:
    """Yield a line for each field of a fact that has a value and is not told elsewhere on the page."""
    told = {"gist", "citations", "contested_by", "rebuts", "certain", "section", "hits", "origins"}
    for field in ("id", "kind", *fact.__struct_fields__[1:]):
        value = getattr(fact, field)
        if field not in told and value not in (None, (), UNSET):
            yield Entry("", f"{field.replace('_', ' ')}:", _value_words(value))


def _value_words(value: Any) -> str:
    if isinstance(value, tuple):
        return ", ".join(f"{one.name} ({one.id})" if isinstance(one, Ref) else str(one) for one in value)
    return f"{value:,}" if isinstance(value, int) else str(value)


def _places_of(words: tuple[str, ...], text: str) -> tuple[tuple[int, int], ...]:
    """Return where in the text the folded words stand."""
    return tuple(
        match.span() for match in re.finditer(r"\w+", text) if not set(fold(match[0]).split()).isdisjoint(words)
    )


def _span(figure: FigureAnswer) -> Span:
    low = 0 if figure.bound == "up-to" else figure.low or figure.value or 0
    is_open = figure.open_ended or figure.bound in {"at-least", "more-than"}
    return Span(low, figure.high or figure.value or 0, figure.unit, is_open)


def _year_words(text: str) -> str:
    return str(_year(Edtf(text)))


def _year(date: Edtf) -> int:
    """Return the year under which a date stands: of its first day, or of its last where it has no beginning."""
    return (date.latest if date.earliest.year == MINYEAR else date.earliest).year


def _months(text: str) -> str:
    """Return a timeline of the date's year, a mark a month: solid, or shaded if unsure; `>` if it goes on."""
    date = Edtf(text)
    year = _year(date)
    first = date.earliest.month if date.earliest.year == year else 1
    last = date.latest.month if date.latest.year == year else 12
    mark = "▒" if date.is_qualified else "■"
    return "·" * (first - 1) + mark * (last - first + 1) + "·" * (12 - last) + (">" if date.latest.year > year else "")
