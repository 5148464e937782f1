"""A question put to the facts, and its answer written in the form asked for, or the error for its exit status.

Modules that only some answers need are imported where they are needed, in the functions marked `deferred`: an answer
in JSON should not wait for rich.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from xjfacts import __version__
from xjfacts.cli.options import ROWS
from xjfacts.cli.output import write_line
from xjfacts.cli.settings import Settings, knows_links, terminal_width, wants_color
from xjfacts.errors import AmbiguousName, NotFound, XjfactsError

if TYPE_CHECKING:
    from xjfacts.answers.questions import Facts
    from xjfacts.answers.records import Answer


def reply(settings: Settings, command: str, question: Callable[[Facts], Answer[Any]]) -> int:
    """Load the facts, put the question, and write the answer in its form; return the exit status, or raise for it."""
    facts = settings.load()
    try:
        answer = question(facts.up_to(settings.limit, in_passing=settings.format == "ndjson"))
    except (NotFound, AmbiguousName) as error:
        if settings.format != "table" or settings.output is not None:
            settings.write(in_form(facts.nothing(command, error), settings))
            error.is_told = True
        raise
    if not is_seen(settings):
        tell_understood(answer)
    write(answer, settings)
    if not answer.count and not answer.is_of_pairs:
        if is_seen(settings):
            return NotFound.exit_status
        raise told(NotFound(nothing_found(answer)))
    unresolved(answer)
    return 0 if answer else 1


def is_seen(settings: Settings) -> bool:
    """Tell whether the reader sees the page, which says what the lines on standard error say to others."""
    return settings.format == "table" and settings.is_on_terminal


def tell_understood(answer: Answer[Any]) -> None:
    """Say on standard error what a name or an id of old was taken for."""
    for asked in answer.query.names():
        if asked.how == "fuzzy":
            remark = f": {asked.remark}" if asked.remark else ""
            write_line(f"matched '{asked.asked}' to {asked.name} ({asked.score:.2f}{remark})")
        elif asked.how == "office":
            write_line(f"took '{asked.asked}' for {asked.name}: {asked.matched}")
    for old, new in answer.query.renamed.items():
        write_line(f"'{old}' is now '{new}'")


def write(answer: Answer[Any], settings: Settings) -> None:
    """Write an answer in its form, on a terminal through the pager where it is taller than that."""
    if settings.format == "ndjson":
        from xjfacts.forms.tabular import ndjson_lines  # deferred: as below

        settings.write(line.encode() for line in ndjson_lines(answer, fields=settings.fields))
        return
    written = in_form(answer, settings)
    if is_seen(settings) and settings.may_page:
        from xjfacts.cli.pager import show  # deferred: nothing else is paged

        if show(written, width=terminal_width()):
            return
    settings.write(written)


def told(error: XjfactsError) -> XjfactsError:
    """Return an error whose answer is written already: an envelope of its own would be a second one."""
    error.is_told = True
    return error


def unresolved(answer: Answer[Any]) -> None:
    """Raise what any other question would, where `names` shows candidates for a name but none is meant by it."""
    for asked in answer.query.names():
        if asked.how == "ambiguous":
            raise told(AmbiguousName(f"'{asked.asked}' fits several: ask for one of their ids"))
        if asked.id is None:
            raise told(NotFound(f"nobody and nothing here is called '{asked.asked}'"))


def in_form(answer: Answer[Any], settings: Settings) -> str:  # deferred: a script needs no page, and a pipe no rich
    """Return the answer as text in the form asked for."""
    is_terminal = settings.is_on_terminal
    if settings.format in ("table", "markdown"):
        return as_page(answer, settings, is_terminal=is_terminal)
    if settings.format == "html":
        from xjfacts.forms.html import to_html

        return to_html(answer, version=__version__, day=settings.made_on or "")
    from xjfacts.forms.tabular import to_csv, to_json, to_ndjson

    if settings.format == "json":
        return to_json(answer, indent=2 if is_terminal else 0, fields=settings.fields)
    if settings.format == "ndjson":
        return to_ndjson(answer, fields=settings.fields)
    return to_csv(answer, fields=settings.fields, per=settings.per or ROWS[0], bom=settings.bom)


def as_page(answer: Answer[Any], settings: Settings, *, is_terminal: bool) -> str:  # deferred: as above
    """Return the answer as a page: Markdown, plain text, or what the terminal is to be sent."""
    from xjfacts.forms.page import View

    view = View(full=settings.full, ids=settings.with_ids, version=__version__)
    if settings.format == "markdown":
        from xjfacts.forms.markdown import to_markdown

        return to_markdown(answer, view)
    color = wants_color(settings.color, is_terminal=is_terminal)
    if is_terminal or color:
        from xjfacts.forms.terminal import render

        links = is_terminal and knows_links()
        return render(answer, width=terminal_width(), color=color, links=links, view=view)
    from xjfacts.forms.plain import to_text

    return to_text(answer, view)


def nothing_found(answer: Answer[Any]) -> str:
    """Say that there is nothing, what there is nearby, and which command shows it."""
    from xjfacts.forms.headings import not_shown  # deferred: there mostly is something
    from xjfacts.text import counted

    known = ", ".join(counted(count, kind) for kind, count in answer.nearby.items())
    whose = " and ".join(str(asked.name) for asked in answer.query.names())
    see = ", ".join(f"'{command}'" for command in answer.see)
    parts = (
        "nothing found",
        answer.hidden and not_shown(answer),
        known and f"known of {whose}: {known}",
        see and f"see {see}",
    )
    return "; ".join(part for part in parts if part)


def joined(words: Sequence[str]) -> str | None:
    """Return the words of a name that came without quotes as one; None where there are none."""
    return " ".join(words) if words else None


def quoted(name: str) -> str:
    """Return a name as a shell takes it."""
    from shlex import quote  # deferred: only what is suggested needs it

    return quote(name)
