"""Who sanctions whom, and if it is to be the whole, who meets and speaks to whom, in the DOT language of Graphviz.

    "us" -> "erkin-tuniyaz" [label="sanctions: imposed", style="bold", ...]

    xjfacts export dot | dot -Tsvg > facts.svg

A line is drawn in full only for what took place; what was considered or planned is dashed, what is denied or did not
come about dotted; its label says the same in words. Facts that draw the same line are one, with their number. Its
tooltip holds their gists, its URL opens the first source. A meeting of more than two is a node of its own.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
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
from xjfacts.text import visible

LONGEST_LINE = 28  # letters of a label; a group that is described by a sentence would be wider than the graph
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
    meetings: dict[str, Event] = {}
    lines: dict[_Line, list[Fact]] = {}
    for fact, *_ in corpus.told_once():
        if not (is_whole or isinstance(fact, Sanction)):
            continue
        for line in _lines(fact, meetings):
            lines.setdefault(line, []).append(fact)
    ends = dict.fromkeys(end for line in lines for end in (line.source, line.target) if end not in meetings)
    return "\n".join(
        [
            "digraph xjfacts {",
            '  graph [rankdir="LR", nodesep="0.3", ranksep="1.2"];',
            '  node [fontname="Helvetica", fontsize="11"];',
            '  edge [fontname="Helvetica", fontsize="9"];',
            *(_entity_node(corpus.entities[key]) for key in ends),
            *(_meeting_node(meeting) for meeting in meetings.values()),
            *(_edge(line, facts, corpus) for line, facts in lines.items()),
            "}\n",
        ]
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
    many = f" ×{len(facts)}" if len(facts) > 1 else ""
    look = {
        "label": f"{line.label}{many}",
        "style": line.style,
        "color": _COLORS[line.kind],
        "fontcolor": _COLORS[line.kind],
        "tooltip": "; ".join(dict.fromkeys(fact.gist for fact in facts)),
        "URL": link_to_quote(corpus.documents[first.document], first.cite[0]),
        **({"dir": "none"} if line.kind == "event" else {}),
    }
    return f"  {_name(line.source)} -> {_name(line.target)} {_attributes(look)};"


def _attributes(values: Mapping[str, str]) -> str:
    return f"[{', '.join(f'{name}={_string(name, value)}' for name, value in values.items() if value)}]"


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
