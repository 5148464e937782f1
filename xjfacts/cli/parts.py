"""What commands are made of: their help, words of closed lists, options that several take, and how these complete.

Completion tells a shell what a word can become that is only begun. All of it is imported where it is needed: no answer
needs it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

import click

from xjfacts.cli.output import write_answer
from xjfacts.cli.settings import Settings, folders_or_default
from xjfacts.errors import suggestion

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

    from xjfacts.cli.completion import Offer
    from xjfacts.corpus.index import Corpus

    Complete = Callable[[click.Context, click.Parameter, str], list[CompletionItem[str]]]

FORMATS = ("table", "json", "ndjson", "csv", "markdown")


class Command(click.Command):
    """A command whose help goes the way of an answer, where closed pipes and full disks are known."""

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        option = super().get_help_option(ctx)
        if option is not None:
            option.callback = show_help
        return option


def show_help(ctx: click.Context, _: click.Parameter, wanted: bool) -> None:
    """Write the help of a command and end, as click would."""
    if wanted and not ctx.resilient_parsing:
        write_answer(f"{ctx.get_help()}\n")
        ctx.exit()


def command(short_help: str) -> Callable[[Callable[..., Any]], Command]:
    """Make a command of a function: its name, its docstring as the help, and a line for the list of all commands."""
    return click.command(cls=Command, short_help=short_help)


class Word(click.Choice[str]):
    """A word of a closed list; a wrong one is told the nearest, as the words that the facts are asked for are."""

    def get_invalid_choice_message(self, value: Any, ctx: click.Context | None) -> str:  # noqa: ARG002
        from difflib import get_close_matches  # only where the word is wrong already

        guesses = suggestion(get_close_matches(str(value), self.choices, n=1, cutoff=0.5))
        return f"'{value}' is not one of its words{guesses}; it takes {', '.join(self.choices)}"


# Options that several commands take ----------------------------------------------------------------------------------


def answering(function: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command the options that say in which form its answer comes."""
    short = click.option("--json", "as_json", is_flag=True, help="Short for --format json.")
    form = click.option("--format", "form", type=Word(FORMATS), default="table", help="Form of the answer.")
    return form(short(function))


def dated(function: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command the range of dates."""
    function = click.option("--until", metavar="DATE", help="Up to this date: 2021, 2021-03 or 2021-03-18.")(function)
    return click.option("--since", metavar="DATE", help="From this date on.")(function)


# Completion ----------------------------------------------------------------------------------------------------------


def completing_names(kind: str = "", role: str = "") -> Complete:
    """Return the completion of a name; with a kind of fact and a role in it, among the entities that occur there."""

    def complete(ctx: click.Context, param: click.Parameter, typed: str) -> list[CompletionItem[str]]:
        from xjfacts.cli.completion import offer_names

        corpus = corpus_of(ctx)
        among = corpus.entities_as(kind, role) if kind else None
        before = ctx.params.get(str(param.name)) or () if param.nargs == -1 else ()
        return as_items(offer_names(corpus, typed, before=before, among=among))

    return complete


def completing_ids(*kinds: str) -> Complete:
    """Return the completion of an id of a `document`, `fact` or `entity`."""

    def complete(ctx: click.Context, _: click.Parameter, typed: str) -> list[CompletionItem[str]]:
        from xjfacts.cli.completion import offer_ids

        return as_items(offer_ids(corpus_of(ctx), typed, kinds=kinds))

    return complete


def completing_words(which: str) -> Complete:
    """Return the completion of a word of a closed list."""

    def complete(_: click.Context, __: click.Parameter, typed: str) -> list[CompletionItem[str]]:
        from xjfacts.cli.completion import offer_words

        return as_items(offer_words(which, typed))

    return complete


def completing_folders(_: click.Context, __: click.Parameter, typed: str) -> list[CompletionItem[str]]:
    """Complete a folder of facts, or one file, or the word for those that come with the tool."""
    from click.shell_completion import CompletionItem

    word = [CompletionItem("shipped")] if typed and "shipped".startswith(typed) else []
    return [*word, CompletionItem(typed, type="file")]


def corpus_of(ctx: click.Context) -> Corpus:
    """Return the facts that the command line, as far as it is typed, asks."""
    asked = ctx.find_root().params
    return Settings(folders_or_default(asked["folders"]), "never", may_keep=not asked["no_cache"]).corpus()


def as_items(offers: Sequence[Offer]) -> list[CompletionItem[str]]:
    """Return offers as click hands them on."""
    from click.shell_completion import CompletionItem

    return [CompletionItem(offer.value, help=offer.about or None) for offer in offers]
