r"""Who sanctions whom, and if it is to be the whole, who meets and speaks to whom, in the DOT language of Graphviz.

    "us" -> "erkin-tuniyaz" [label="sanctions: imposed\n2021", style="bold", ...]

    xjfacts export dot | dot -Tsvg > facts.svg

A line is drawn in full only for what took place; what was considered or planned is dashed, what is denied or did not
come about dotted; its label says the same in words, and in which years. Facts that draw the same line are one, with
their number. Its tooltip holds their gists, as far as anybody reads on, and its URL opens the first source. A meeting
of more than two is a node of its own. A legend tells how to read what was drawn; where that is not all, it says so.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import product
from textwrap import wrap
from typing import NamedTuple

from xjfacts.answers.sources import link_to_quote
from xjfacts.corpus.index import Corpus
from xjfacts.corpus.model import (
    Entity,
    Event,
    Fact,
    Sanction,
    Statement,
)
from xjfacts.dates import ANY_TIME
from xjfacts.text import visible

LONGEST_LINE = 28  # letters of a label; a group that is described by a sentence would be wider than the graph
LONGEST_TOOLTIP = 600  # letters; beyond, a window covers what it explains
MOST_LINES = 5_000  # what is drawn; Graphviz takes minutes over so many, and nobody sees anything
MOST_DRAWN = 50_000  # facts looked at for each line that they draw: one sanction can be of a hundred on a hundred
MEETINGS = ("visit", "meeting", "dialogue", "summit")

_SANCTION_STYLES = {"imposed": "bold", "not-imposed": "dotted", "ruled-out": "dotted", "lifted": "dotted"}
_MEETING_STYLES = {
    "held": "solid",
    "cancelled": "dotted",
    "declined": "dotted",
    "stalled": "dotted",
    "suspended": "dotted",
}
_SPEECH_STYLES = {"declines-to-comment": "dotted"}
_SHAPES = {"person": "ellipse", "country": "box", "organisation": "box", "place": "house", "topic": "note"}
_LEGEND = {
    "bold": "a sanction that was imposed",
    "solid": "it took place, or was said",
    "dashed": "considered, called for, planned",
    "dotted": "lifted, denied, or it did not come about",
}
_COLORS = {"sanction": "#b00020", "event": "#1a5fb4", "statement": "#5e5c64"}


class _Line(NamedTuple):
    """A line of the graph, as it is told from others; one without an arrow has its ends in the order of their ids."""

    source: str
    target: str
    label: str
    style: str
    kind: str


def to_dot(corpus: Corpus, *, is_whole: bool = False) -> str:
    """Return the graph, in the order of the facts: who sanctions whom, or the whole of it, and so where nobody does."""
    is_whole = is_whole or not corpus.labelled("kind", ["sanction"])
    drawing = _Drawing()
    for fact, *_ in corpus.told_once():
        if (is_whole or isinstance(fact, Sanction)) and not drawing.draw(fact):
            break
    return "\n".join(
        [
            "digraph xjfacts {",
            '  graph [rankdir="LR", nodesep="0.3", ranksep="1.2"];',
            '  node [fontname="Helvetica", fontsize="11"];',
            '  edge [fontname="Helvetica", fontsize="9"];',
            *(_entity_node(corpus.entities[key]) for key in drawing.ends()),
            *(_meeting_node(meeting) for meeting in drawing.meetings.values()),
            *(_edge(line, facts, corpus) for line, facts in drawing.lines.items()),
            *_legend(drawing),
            "}\n",
        ]
    )


class _Drawing:
    """The lines of a graph, each with the facts that draw it, and the meetings that are nodes."""

    def __init__(self) -> None:
        self.lines: dict[_Line, list[Fact]] = {}
        self.meetings: dict[str, Event] = {}
        self.is_full = False
        self._drawn = 0

    def draw(self, fact: Fact) -> bool:
        """Draw a fact, and tell whether there is room for it."""
        for line in _lines(fact, self.meetings):
            if self._drawn == MOST_DRAWN or (len(self.lines) == MOST_LINES and line not in self.lines):
                self.is_full = True
                return False
            self._drawn += 1
            self.lines.setdefault(line, []).append(fact)
        return True

    def ends(self) -> Iterable[str]:
        """Return the ids of the entities that lines begin or end at."""
        return dict.fromkeys(
            end for line in self.lines for end in (line.source, line.target) if end not in self.meetings
        )


def _lines(fact: Fact, meetings: dict[str, Event]) -> Iterator[_Line]:
    """Yield the lines that a fact draws, and put a meeting that is a node among the `meetings`."""
    if isinstance(fact, Sanction):
        style = _SANCTION_STYLES.get(fact.status, "dashed")
        for by, target in product(fact.by, fact.target):
            yield _Line(by, target, f"sanctions: {fact.status}", style, "sanction")
    elif isinstance(fact, Statement):
        style = _SPEECH_STYLES.get(fact.act, "solid")
        for speaker, to in product(fact.speaker, fact.to):
            yield _Line(speaker, to, fact.act, style, "statement")
    elif isinstance(fact, Event) and fact.type in MEETINGS and len(fact.participants) > 1:
        style = _MEETING_STYLES.get(fact.outcome, "dashed")
        if len(fact.participants) == 2:
            one, other = sorted(fact.participants)
            yield _Line(one, other, _meeting_label(fact), style, "event")
            return
        meetings[fact.id] = fact
        for one in fact.participants:
            yield _Line(one, fact.id, "", style, "event")


def _meeting_label(fact: Event) -> str:
    return f"{fact.type}: {fact.outcome}"


def _entity_node(entity: Entity) -> str:
    shape = _SHAPES.get(entity.kind)
    look = {"shape": shape} if shape else {"shape": "box", "style": "dashed"}  # a group: nobody by name
    return f"  {_name(entity.id)} {_attributes({'label': entity.name, **look})};"


def _meeting_node(meeting: Event) -> str:
    look = {"label": _meeting_label(meeting), "shape": "diamond", "tooltip": meeting.gist}
    return f"  {_name(meeting.id)} {_attributes(look)};"


def _edge(line: _Line, facts: Sequence[Fact], corpus: Corpus) -> str:
    first = facts[0]
    look = {
        "label": f"{line.label}{f' ×{len(facts)}' if len(facts) > 1 else ''}",
        "style": line.style,
        "color": _COLORS[line.kind],
        "fontcolor": _COLORS[line.kind],
        "tooltip": _tooltip(facts),
        "URL": link_to_quote(corpus.documents[first.document], first.cite[0]),
        **({"dir": "none"} if line.kind == "event" else {}),
    }
    return f"  {_name(line.source)} -> {_name(line.target)} {_attributes(look, _years(facts) if line.label else '')};"


def _years(facts: Iterable[Fact]) -> str:
    """Return the year of the facts that draw a line, or the first and the last; or as of when they are known."""
    dated = [fact.date for fact in facts if fact.date is not None]
    known = dated or [when for fact in facts if (when := getattr(fact, "as_of", None)) is not None]
    years = sorted({one.possible[end].year for one in known for end in (0, 1)} - {day.year for day in ANY_TIME})
    if not years:
        return ""
    span = str(years[0]) if len(years) == 1 else f"{years[0]}–{years[-1]}"
    return span if dated else f"as of {span}"


def _tooltip(facts: Sequence[Fact]) -> str:
    """Return the gists, as many as fit, and how many are left out."""
    gists = list(dict.fromkeys(fact.gist for fact in facts))
    told, left = [gists[0]], LONGEST_TOOLTIP - len(gists[0])
    for gist in gists[1:]:
        left -= len(gist)
        if left < 0:
            return f"{'; '.join(told)}; and {len(gists) - len(told)} more"
        told.append(gist)
    return "; ".join(told)


def _legend(drawing: _Drawing) -> Iterator[str]:
    """Yield the lines that tell how to read the styles that were drawn."""
    styles = [style for style in _LEGEND if any(line.style == style for line in drawing.lines)]
    if not styles:
        return
    title = f"only the first {len(drawing.lines):,} lines are drawn" if drawing.is_full else "legend"
    yield f'  subgraph "cluster_legend" {{ label={_string("", title)}; fontname="Helvetica"; fontsize="9";'
    for style in styles:
        ends = [_name(f"legend/{style}/{end}") for end in ("from", "to")]
        yield f'    {ends[0]} [shape="point", width="0.05"]; {ends[1]} [shape="point", width="0.05"];'
        yield f"    {ends[0]} -> {ends[1]} {_attributes({'label': _LEGEND[style], 'style': style})};"
    yield "  }"


def _attributes(values: Mapping[str, str], below: str = "") -> str:
    """Return attributes; `below` is a further line of the label."""
    strings = {name: _string(name, value) for name, value in values.items() if value}
    if below:
        strings["label"] = f'{strings["label"][:-1]}\\n{below}"'
    return f"[{', '.join(f'{name}={string}' for name, string in strings.items())}]"


def _name(key: str) -> str:
    return _string("", key)


def _string(name: str, text: str) -> str:
    """Return the quoted value of an attribute; a label in lines of a width that a node can have."""
    lines = wrap(visible(text), LONGEST_LINE) if name == "label" else [visible(text)]
    return '"{}"'.format("\\n".join(map(_escaped, lines)))


def _escaped(text: str) -> str:
    """Return text without what Graphviz would read as its own: a backslash, a quote, and `&` as an entity of HTML.

    Some strings it copies into SVG as they are, which a bare `&` would make no XML.
    """
    return text.replace("\\", "\\\\").replace('"', '\\"').replace("&", "&amp;")
