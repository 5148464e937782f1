"""A question put to the facts, and its answer written in the form asked for, or the error for its exit status.

Modules that only some answers need are imported where they are needed, in the functions marked `deferred`: an answer
in JSON should not wait for rich.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from xjfacts.cli.output import has_terminal, write_answer, write_line
from xjfacts.cli.settings import Settings, terminal_width, wants_color
from xjfacts.errors import AmbiguousName, NotFound

if TYPE_CHECKING:
    from xjfacts.answers.questions import Facts
    from xjfacts.answers.records import Answer

SCRIPTED = ("json", "ndjson", "csv")  # what programs read is in its form even where there is nothing


def reply(settings: Settings, form: str, as_json: bool, command: str, question: Callable[[Facts], Answer[Any]]) -> None:
    """Load the facts, put the question, and print the answer in its form; raise for the exit status."""
    settings.format = "json" if as_json else form
    facts = settings.load()
    try:
        answer = question(facts)
    except (NotFound, AmbiguousName) as error:
        if settings.format in SCRIPTED:
            write_answer(in_form(facts.nothing(command, error), settings))
        raise
    for asked in answer.query.names():
        if asked.how == "fuzzy":
            write_line(f"matched '{asked.asked}' to {asked.name} ({asked.score:.2f})")
    for old, new in answer.query.renamed.items():
        write_line(f"'{old}' is now '{new}'")
    if answer.count or settings.format != "table" or isinstance(answer.answer, str):
        write_answer(in_form(answer, settings))
    if not answer.count:
        raise NotFound(nothing_found(answer))
    unresolved(answer)


def unresolved(answer: Answer[Any]) -> None:
    """Raise what any other question would, where `names` shows candidates for a name but none is meant by it."""
    for asked in answer.query.names():
        if asked.how == "ambiguous":
            raise AmbiguousName(f"'{asked.asked}' fits several: ask for one of their ids")
        if asked.id is None:
            raise NotFound(f"nobody and nothing here is called '{asked.asked}'")


def in_form(answer: Answer[Any], settings: Settings) -> str:  # deferred: a script needs no page, and a pipe no rich
    """Return the answer as text in the form asked for."""
    is_terminal = has_terminal()
    if settings.format in ("table", "markdown"):
        return as_page(answer, settings, is_terminal=is_terminal)
    from xjfacts.forms.tabular import FORMATS, to_json

    if settings.format == "json":
        return to_json(answer, indent=2 if is_terminal else 0)
    return FORMATS[settings.format](answer)


def as_page(answer: Answer[Any], settings: Settings, *, is_terminal: bool) -> str:  # deferred: as above
    """Return the answer as a page: Markdown, plain text, or what the terminal is to be sent."""
    color = wants_color(settings.color, is_terminal=is_terminal)
    if settings.format == "table" and (is_terminal or color):
        from xjfacts.forms.terminal import render

        return render(answer, width=terminal_width(), color=color)
    from xjfacts.forms.plain import to_markdown, to_text

    return to_text(answer) if settings.format == "table" else to_markdown(answer)


def nothing_found(answer: Answer[Any]) -> str:
    """Say that there is nothing, and what there is nearby."""
    from xjfacts.forms.words import not_shown  # deferred: there mostly is something
    from xjfacts.text import counted

    known = ", ".join(counted(count, kind) for kind, count in answer.nearby.items())
    whose = " and ".join(str(asked.name) for asked in answer.query.names())
    parts = ("nothing found", answer.hidden and not_shown(answer), known and f"known of {whose}: {known}")
    return "; ".join(part for part in parts if part)


def joined(words: Sequence[str]) -> str | None:
    """Return the words of a name that came without quotes as one; None where there are none."""
    return " ".join(words) if words else None
