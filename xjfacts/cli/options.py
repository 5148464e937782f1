"""Options that many commands take, and what all of them have in common.

What such an option is given is left in the `Settings`, where `reply` finds it: a command is handed only its own. The
options of the group may stand behind the command too, and whatever says one thing is taken once.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import TYPE_CHECKING, Any

import click

from xjfacts.cli.settings import Settings
from xjfacts.errors import UsageError, suggestion

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

FORMATS = ("table", "json", "ndjson", "csv", "markdown", "html")
ROWS = ("fact", "citation")
WHEN = ("auto", "always", "never")

FACTS_HELP = (
    "Folder of fact files, or one file; again for more. 'shipped' stands for the facts that come with the tool. "
    "Or a server: postgresql://... Without it, $XJFACTS_FACTS says."
)
COLOR_HELP = "Colour in the terminal."
NO_PAGER_HELP = "Write what is taller than the terminal all at once, and not through a pager."
KNOWN_BY_HELP = "Answer from the documents published by then."
NO_CACHE_HELP = "Read the facts anew, and keep nothing for the next time."


class Word(click.Choice[str]):
    """A word of a closed list; a wrong one is told the nearest, as the words that the facts are asked for are."""

    def get_invalid_choice_message(self, value: Any, ctx: click.Context | None) -> str:  # noqa: ARG002
        from difflib import get_close_matches  # only where the word is wrong already

        guesses = suggestion(get_close_matches(str(value), self.choices, n=1, cutoff=0.5))
        return f"'{value}' is not one of its words{guesses}; it takes {', '.join(self.choices)}"


def _keep(ctx: click.Context, param: click.Parameter, value: Any) -> Any:
    """Leave in the settings what an option was given."""
    if isinstance(ctx.obj, Settings) and value not in (None, False):
        setattr(ctx.obj, str(param.name), value)
    return value


def kept(*names: str, callback: Any = _keep, **more: Any) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Make an option whose value goes into the settings, under its name there, and not to the command."""
    return click.option(*names, expose_value=False, callback=callback, **more)


def _shared(*names: str, callback: Any = _keep, **more: Any) -> click.Option:
    """Make such an option once for many commands."""
    return click.Option(names, expose_value=False, callback=callback, **more)


# Of an answer --------------------------------------------------------------------------------------------------------


def _number(_: click.Context, __: click.Parameter, value: int | None) -> int | None:
    if value is not None and value < 1:
        raise UsageError(f"--limit: {value} is not at least 1")
    return value


def _keep_limit(ctx: click.Context, param: click.Parameter, value: int | None) -> Any:
    return _keep(ctx, param, _number(ctx, param, value))


def _keep_date(ctx: click.Context, param: click.Parameter, value: str | None) -> Any:
    return _keep(ctx, param, written(ctx, param, value))


def _keep_fields(ctx: click.Context, param: click.Parameter, value: str | None) -> Any:
    names = None if value is None else tuple(name.strip() for name in value.split(","))
    if names is not None and not all(names):
        raise UsageError(f"--fields: '{value}' names no field; it takes id,gist,citations.link")
    return _keep(ctx, param, names)


def answering(function: Callable[..., Any]) -> Callable[..., Any]:
    """Mark a command as one that answers: it has the options for the form of its answer, and how much of it."""
    vars(function)["is_answering"] = True
    return function


@cache
def of_answer() -> tuple[click.Option, ...]:
    """Return the options of commands that answer; all have the same ones, since making them takes time."""
    return (
        _shared("--format", "form", type=Word(FORMATS), metavar="FORM",
                help=f"{', '.join(FORMATS)}; table is the default."),
        _shared("--json", "as_json", is_flag=True, help="Short for --format json."),
        _shared("-n", "--limit", type=int, metavar="N", callback=_keep_limit,
                help="At most so many results; how many there are is said."),
        _shared("--fields", metavar="NAMES", callback=_keep_fields,
                help="Of JSON, NDJSON and CSV, only these fields: id,gist,citations.link"),
        _shared("--per", type=Word(ROWS), help="A row of CSV for each fact (the default) or each citation."),
        _shared("--ids", "with_ids", is_flag=True, help="On the page, the id of each fact beside it."),
        _shared("--bom", is_flag=True, help="Begin CSV with a byte order mark, for spreadsheets that need it."),
        _shared("--stamp", "made_on", metavar="DATE", callback=_keep_date,
                help="Of HTML, say in its foot on which day it was made."),
        _shared("--known-by", metavar="DATE", callback=_keep_date, help=KNOWN_BY_HELP),
    )  # fmt: skip


def in_full(function: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command the option of a page that tells all."""
    return kept("--full", is_flag=True, help="On the page, all that is known, each fact in a whole sentence.")(function)


def of_the_past(function: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command the option to ask no documents but those published by a day."""
    return kept("--known-by", metavar="DATE", callback=_keep_date, help=KNOWN_BY_HELP)(function)


# Of a question -------------------------------------------------------------------------------------------------------


def written(_: click.Context, param: click.Parameter, value: str | None) -> str | None:
    """Hand on a date; one that is written as people write dates is told the form that works. Raises UsageError."""
    if value is not None:
        from datetime import date

        from xjfacts.dates import guess_date

        guess = guess_date(value, date.today())
        if guess is not None:
            raise UsageError(f"{param.opts[0]}: '{value}' is written {guess} here")
    return value


def dated(function: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command the range of dates."""
    until = "Up to this date: 2021, 2021-03 or 2021-03-18."
    function = click.option("--until", metavar="DATE", callback=written, help=until)(function)
    return click.option("--since", metavar="DATE", callback=written, help="From this date on.")(function)


# Of every command ----------------------------------------------------------------------------------------------------


def completing_files(_: click.Context, __: click.Parameter, typed: str) -> list[CompletionItem[str]]:
    """Complete a file, as `click.Path` does, which asks for the translations of the system as it is made."""
    from click.shell_completion import CompletionItem

    return [CompletionItem(typed, type="file")]


def completing_folders(_: click.Context, __: click.Parameter, typed: str) -> list[CompletionItem[str]]:
    """Complete a folder of facts, or one file, or the word for those that come with the tool."""
    from click.shell_completion import CompletionItem

    word = [CompletionItem("shipped")] if typed and "shipped".startswith(typed) else []
    return [*word, CompletionItem(typed, type="file")]


def _add_folders(ctx: click.Context, _: click.Parameter, value: tuple[str, ...]) -> None:
    root = ctx.find_root()
    root.params["folders"] = (*root.params.get("folders", ()), *value)  # which completion asks
    if isinstance(ctx.obj, Settings):
        ctx.obj.add_folders(value)


def _set_color(ctx: click.Context, param: click.Parameter, value: str | None) -> None:
    if value is not None and isinstance(ctx.obj, Settings):
        if ctx.obj.color is not None:
            raise UsageError(given_twice(param))
        ctx.obj.color = value


def _set_no_cache(ctx: click.Context, _: click.Parameter, value: bool) -> None:
    root = ctx.find_root()
    root.params["no_cache"] = root.params.get("no_cache") or value
    if value and isinstance(ctx.obj, Settings):
        ctx.obj.may_keep = False


def _set_no_pager(ctx: click.Context, _: click.Parameter, value: bool) -> None:
    if value and isinstance(ctx.obj, Settings):
        ctx.obj.may_page = False


@cache
def everywhere() -> tuple[click.Option, ...]:
    """Return the options that every command takes: where its output goes, and those of the group, which has them too.

    The latter are not listed in the help of the command, which only says that it takes them.
    """
    return (
        _shared("--output", metavar="FILE", shell_complete=completing_files,
                help="Write into a file; - is standard output."),
        _shared("--facts", multiple=True, metavar="DIR", hidden=True, callback=_add_folders,
                shell_complete=completing_folders, help=FACTS_HELP),
        _shared("--color", type=Word(WHEN), hidden=True, callback=_set_color, help=COLOR_HELP),
        _shared("--no-pager", is_flag=True, hidden=True, callback=_set_no_pager, help=NO_PAGER_HELP),
        _shared("--no-cache", is_flag=True, hidden=True, callback=_set_no_cache, help=NO_CACHE_HELP),
    )  # fmt: skip


def refuse_twice(order: list[click.Parameter]) -> None:
    """Raise UsageError where, of all that was given in this order, an option that says one thing stands again."""
    given: set[click.Parameter] = set()
    for param in order:
        if isinstance(param, click.Option) and not (param.multiple or param.is_flag):
            if param in given:
                raise UsageError(given_twice(param))
            given.add(param)


def given_twice(param: click.Parameter) -> str:
    """Say that an option stands there again."""
    return f"{param.opts[-1]} is given twice, and can only mean one thing"
