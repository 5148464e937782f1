"""The page of an answer as HTML, and whatever else is made of templates; only this module knows jinja2.

One file without scripts and without anything fetched: a Content-Security-Policy in it lets a browser take nothing but
the style that stands in it. Everything else is text: Jinja2 escapes what it is given, only links of http and https
become links, and what comes of the data has passed `text.visible`.

    described(answer)                         # an answer as templates show it: lines, notes by document, pictures
    to_html(answer, version="0.2.0")          # the whole page
    rendered("answer.html", shown=...)        # any template of this folder
"""

from __future__ import annotations

import base64
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache
from hashlib import sha256
from importlib import resources
from typing import TYPE_CHECKING, Any, NamedTuple

from xjfacts.answers.records import Answer, FactAnswer, Query, Ref
from xjfacts.dates import date_words
from xjfacts.forms.drawings import Matrix, Timeline, matrix_of, state_of, timeline_of
from xjfacts.forms.entries import Entry, Note, Source
from xjfacts.forms.page import Page, View, lay_out_visible, made_visible

if TYPE_CHECKING:
    from jinja2 import Environment

TEMPLATES = "templates"
MATRIX_COMMANDS = ("sanctions",)
TIMELINE_COMMANDS = ("who", "events", "said")

Html = str  # as a macro made it, so that templates do not escape it again
Link = Callable[[str, str], str]  # from 'entity', 'document' or 'fact' and an id to an address, or nothing


def no_link(kind: str, key: str) -> str:  # noqa: ARG001
    """Link to nothing: a page that stands alone has no pages beside it."""
    return ""


class Kept(dict[tuple[Any, ...], Html]):
    """HTML that is the same wherever it stands, made once: `kept["reference", 3, 1]` is the macro's of 3 and 1."""

    def __missing__(self, key: tuple[Any, ...]) -> Html:
        self[key] = made(*key)
        return self[key]


class Piece(NamedTuple):
    """A run of text; where `href` is, a link, and where it was searched for, marked."""

    text: str
    href: str = ""
    is_hit: bool = False


class Bar(NamedTuple):
    """A figure in hundredths of the largest of its unit: sure up to `low`, possible up to `high`, perhaps more."""

    low: float
    high: float
    is_open: bool


class Line(NamedTuple):
    """An entry as it stands in HTML; the numbers behind its text lead to its notes."""

    anchor: str
    href: str
    opening: Html
    text: Html
    references: tuple[Html, ...]
    under: tuple[Line, ...]
    bar: Bar | None
    id: str


class ShownNote(NamedTuple):
    """What a note quotes, and the ways on to its document and back to the lines that it proves."""

    number: int
    opening: Html
    quote: Html
    href: str
    back: tuple[Html, ...]


class ShownSource(NamedTuple):
    """A document, told once, with all that is quoted from it."""

    heading: Html
    notes: tuple[ShownNote, ...]


class Heading(NamedTuple):
    anchor: str
    title: str
    lines: tuple[Line, ...]


class Shown(NamedTuple):
    """An answer as the templates show it."""

    page: Page
    answer: Answer[Any]
    question: str
    lead: tuple[Line, ...]
    sections: tuple[Heading, ...]
    sources: tuple[ShownSource, ...]
    timeline: Timeline | None
    matrix: Matrix | None
    anchors: Mapping[str, str]


def to_html(answer: Answer[Any], *, version: str = "", day: str = "") -> str:
    """Return the answer as one HTML file that needs nothing else; `day` is when it was asked, if that is to be told."""
    style = read_template("style.css")
    return rendered(
        "answer.html", shown=described(answer), style=style, policy=policy_for(style), version=version, day=day
    )


def policy_for(style: str) -> str:
    """Return the Content-Security-Policy of a page that may use this style and nothing else."""
    digest = base64.b64encode(sha256(style.encode()).digest()).decode()
    return f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"


# From a page to what templates show ----------------------------------------------------------------------------------


def described(
    answer: Answer[Any],
    link: Link = no_link,
    *,
    has_pictures: bool = True,
    is_visible: bool = False,
    kept: Kept | None = None,
) -> Shown:
    """Return an answer as templates show it, with links to the pages beside it.

    Who describes many answers can say that they have been made visible, and keep for the next what is the same in them.
    """
    answer = answer if is_visible else made_visible(answer)
    page = lay_out_visible(answer, View(full=True))  # a page has room
    lines = _Lines(answer, link, Kept() if kept is None else kept)
    lines.own = {entry.id for section in page.sections for entry in section.entries}
    lead = tuple(lines.line(entry, {}) for entry in page.lead)
    sections = tuple(lines.section(section.heading, section.entries) for section in page.sections)
    command = answer.query.command
    return Shown(
        page=page,
        answer=answer,
        question=question_words(answer.query),
        lead=lead,
        sections=sections,
        sources=tuple(map(lines.source, page.sources)),
        timeline=timeline_of(answer) if has_pictures and command in TIMELINE_COMMANDS else None,
        matrix=matrix_of(answer) if has_pictures and command in MATRIX_COMMANDS else None,
        anchors=lines.anchors,
    )


class _Lines:
    """Makes the lines of one page, and remembers where each fact and each reference to a note stands."""

    def __init__(self, answer: Answer[Any], link: Link, kept: Kept) -> None:
        facts = (one for one in (*answer.others, *answer.results) if isinstance(one, FactAnswer))
        self.facts = {fact.id: fact for fact in facts}
        self.link = link
        self.kept = kept
        self.anchors: dict[str, str] = {}
        self.places: dict[int, int] = {}  # of each note, how often it is referred to
        self.sections = 0
        self.own: set[str] = set()  # the facts that have a line of their own, and do not only stand under another

    def section(self, heading: str, entries: Iterable[Entry]) -> Heading:
        self.sections += 1
        entries = tuple(entries)
        largest: dict[str, float] = {}
        for entry in entries:
            if entry.span:
                largest[entry.span.unit] = max(largest.get(entry.span.unit, 0), entry.span.low, entry.span.high)
        lines = tuple(self.line(entry, largest, is_own=True) for entry in entries)
        return Heading(f"s{self.sections}", heading, lines)

    def line(self, entry: Entry, largest: Mapping[str, float], *, is_own: bool = False) -> Line:
        fact = self.facts.get(entry.id)
        anchor = ""
        if fact is not None and fact.id not in self.anchors and (is_own or fact.id not in self.own):
            anchor = self.anchors[fact.id] = f"f{len(self.anchors) + 1}"
        href = self.link("fact", entry.id) if fact is not None else ""
        return Line(
            anchor=anchor,
            href=href,
            opening=self.kept["opening", entry.when, entry.label, entry.name, "" if fact is None else state_of(fact)],
            text=self._text(entry, fact, href),
            references=tuple(map(self._reference, entry.notes)),
            under=tuple(self.line(one, {}) for one in entry.under),
            bar=_bar(entry, largest),
            id=entry.id,
        )

    def source(self, source: Source) -> ShownSource:
        """Return a document that is cited, with its notes; when all lines are made, for it leads back to them."""
        href = self.link("document", source.citation.document)
        key = ("heading", href, source.citation.document)
        if key not in self.kept:
            url = source.citation.url
            self.kept[key] = made("heading", source.words, href, url, safe_link(url))
        return ShownSource(self.kept[key], tuple(map(self._note, source.notes)))

    def _note(self, note: Note) -> ShownNote:
        cited = note.citation
        key = ("quote", cited.document, cited.paragraph, cited.quote, cited.context)
        if key not in self.kept:
            self.kept[key] = made("quote", cited.paragraph, note.words)
        count = self.places.get(note.number, 0)
        back = tuple(self.kept["back", note.number, place, count > 1] for place in range(1, count + 1))
        opening = self.kept["numbered", note.number]
        return ShownNote(note.number, opening, self.kept[key], safe_link(cited.link), back)

    def _text(self, entry: Entry, fact: FactAnswer | None, href: str) -> Html:
        key = ("text", href, entry.id, entry.text, entry.hits)
        if key not in self.kept:
            self.kept[key] = made("text", pieces_of(entry.text, fact, self.link, entry.hits))
        return self.kept[key]

    def _reference(self, number: int) -> Html:
        self.places[number] = self.places.get(number, 0) + 1
        return self.kept["reference", number, self.places[number]]


def pieces_of(
    text: str, fact: FactAnswer | None, link: Link, hits: Sequence[tuple[int, int]] = ()
) -> tuple[Piece, ...]:
    """Return a text with what was searched for marked, or else with the names in it as links."""
    marks: list[tuple[int, int, str]] = [(begin, end, "") for begin, end in hits]
    if not marks and fact is not None and link is not no_link:
        marks = _names_in(text, fact, link)
    pieces: list[Piece] = []
    at = 0
    for begin, end, href in marks:
        pieces += [Piece(text[at:begin]), Piece(text[begin:end], href, not href)]
        at = end
    return tuple(piece for piece in (*pieces, Piece(text[at:])) if piece.text)


def _names_in(text: str, fact: FactAnswer, link: Link) -> list[tuple[int, int, str]]:
    """Return where the names of those who take part stand in a text, each once, the longest first, and their links."""
    found: list[tuple[int, int, str]] = []
    for ref in sorted(refs_of(fact), key=lambda ref: (-len(ref.name), ref.id)):
        begin = text.find(ref.name)
        end = begin + len(ref.name)
        is_word = begin >= 0 and not text[max(begin - 1, 0) : begin].isalnum() and not text[end : end + 1].isalnum()
        if is_word and not any(one < end and begin < other for one, other, _ in found):
            found.append((begin, end, link("entity", ref.id)))
    return sorted(found)


def refs_of(fact: FactAnswer) -> tuple[Ref, ...]:
    """Return all entities that a fact names, each once."""
    values = (getattr(fact, field) for field in fact.__struct_fields__)
    refs = (one for value in values if isinstance(value, tuple) for one in value if isinstance(one, Ref))
    return tuple({ref.id: ref for ref in refs}.values())


def _bar(entry: Entry, largest: Mapping[str, float]) -> Bar | None:
    span = entry.span
    if span is None or not largest.get(span.unit):
        return None
    low, high = (round(100 * number / largest[span.unit], 2) for number in (span.low, span.high))
    return Bar(min(low, high), max(low, high), span.is_open)


def safe_link(address: str) -> str:
    """Return an address that a reader may follow, of http or https; nothing for any other."""
    return address if re.match(r"https?://[^\s/]", address, re.IGNORECASE) else ""


def question_words(query: Query) -> str:
    """Return the question as it would be asked at the command line: `xjfacts sanctions --by US`."""
    words = ["xjfacts", query.command]
    for option in ("name", "by", "on", "to", "about", "place"):
        for asked in _several(getattr(query, option)):
            words += [*([f"--{option}"] if option != "name" else []), _quoted(asked.asked)]
    for option in ("status", "type", "outcome", "act", "since", "until"):
        for value in _several(getattr(query, option)):
            words += [f"--{option}", _quoted(str(value))]
    words += map(_quoted, (*(query.words or ()), *(query.ids or ())))
    return " ".join(words)


def _several(value: Any) -> tuple[Any, ...]:
    """Return what was asked for with an option: nothing, one or several."""
    if isinstance(value, tuple):
        return value
    return (value,) if value else ()


def _quoted(word: str) -> str:
    return word if re.fullmatch(r"[\w./:+-]+", word) else '"{}"'.format(word.replace("\\", "\\\\").replace('"', '\\"'))


# Templates -----------------------------------------------------------------------------------------------------------


def made(macro: str, *values: Any) -> Html:
    """Return what one of the macros makes of some values; every one is escaped."""
    html: Html = getattr(_environment().get_template("macros.html").module, macro)(*values)
    return html


def rendered(template: str, **context: Any) -> str:
    """Return a template filled in; every value is escaped."""
    return _environment().get_template(template).render(**context)


@cache
def read_template(name: str) -> str:
    """Return a file of the templates' folder as it is."""
    return (resources.files("xjfacts.forms") / TEMPLATES / name).read_text(encoding="utf-8")


@cache
def _environment() -> Environment:
    from jinja2 import Environment, FunctionLoader, StrictUndefined

    made = Environment(
        loader=FunctionLoader(read_template),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    made.globals |= {"page_link": _link_in_page, "no_page": lambda _: ""}
    made.filters |= {"number": _number, "date": date_words}
    return made


def _link_in_page(shown: Shown) -> Callable[[str], str]:
    return lambda fact: f"#{shown.anchors[fact]}"


def _number(value: float) -> str:
    """Return a length without needless decimals."""
    return f"{value:g}"
