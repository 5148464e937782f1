"""What commands are made of: their help, where they write, and how their names, ids and words complete.

Completion tells a shell what a word can become that is only begun. All of it is imported where it is needed: no answer
needs it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Any

import click

from xjfacts.cli.options import everywhere, of_answer, refuse_twice
from xjfacts.cli.output import write_answer
from xjfacts.cli.settings import Settings, folders_or_default, terminal_width

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

    from xjfacts.cli.completion import Offer
    from xjfacts.corpus.index import Corpus

    Complete = Callable[[click.Context, click.Parameter, str], list[CompletionItem[str]]]


class Formatter(click.HelpFormatter):
    """Help as wide as the terminal; where that is narrow, what a word means stands under it."""

    NARROW = 60  # columns; a column of words and one of their meanings need more

    def __init__(self, indent_increment: int = 2, width: int | None = None, max_width: int | None = None) -> None:
        columns = min(terminal_width() if width is None else width, max_width or 80)
        super().__init__(indent_increment, max(columns - 2, 20), max_width)

    def write_dl(self, rows: Iterable[tuple[str, str]], col_max: int = 30, col_spacing: int = 2) -> None:
        if self.width >= self.NARROW:
            super().write_dl(rows, col_max, col_spacing)
            return
        for term, meaning in rows:
            self.write_text(term.strip())
            with self.indentation():
                self.write_text(meaning)


class Context(click.Context):
    """What a command was asked, and how wide its help is."""

    formatter_class = Formatter


class Command(click.Command):
    """A command whose help goes the way of an answer, where closed pipes and full disks are known.

    Its help is given to it as text, since Python without docstrings (`-OO`) shall show it too.
    """

    context_class = Context

    def get_help_option(self, ctx: click.Context) -> click.Option:
        """Return the option of click, without its way through the translations of the system: that takes 2 ms."""
        return click.Option(
            ctx.help_option_names,
            is_flag=True,
            expose_value=False,
            is_eager=True,
            help="Show this message and exit.",
            callback=show_help,
        )

    def make_parser(self, ctx: click.Context) -> Any:
        """Make the parser of click, which here also looks at the options in the order in which they were given."""
        parser = super().make_parser(ctx)
        parse = parser.parse_args

        def parse_once(args: list[str]) -> Any:
            values, rest, order = parse(args)
            if not ctx.resilient_parsing:
                refuse_twice(order)
            return values, rest, order

        parser.parse_args = parse_once  # type: ignore[method-assign]
        return parser

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        formatter.write_paragraph()
        formatter.write_text(
            "--no-cache, --no-pager, --facts and --color may stand here too; 'xjfacts -h' explains them."
        )
        super().format_epilog(ctx, formatter)


def show_help(ctx: click.Context, _: click.Parameter, wanted: bool) -> None:
    """Write the help of a command and end, as click would."""
    if wanted and not ctx.resilient_parsing:
        write_answer(f"{ctx.get_help()}\n")
        ctx.exit()


def command(short_help: str, help: str) -> Callable[[Callable[..., Any]], Command]:
    """Make a command of a function: its name, a line for the list of all commands, and the help."""

    def make(function: Callable[..., Any]) -> Command:
        made = click.command(function.__name__.rstrip("_"), cls=Command, short_help=short_help, help=help)(function)
        made.params += [*(of_answer() if "is_answering" in vars(function) else ()), *everywhere()]
        return made

    return make


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


def corpus_of(ctx: click.Context) -> Corpus:
    """Return the facts that the command line, as far as it is typed, asks."""
    asked = ctx.find_root().params
    return Settings(folders_or_default(asked["folders"]), "never", may_keep=not asked["no_cache"]).corpus()


def as_items(offers: Sequence[Offer]) -> list[CompletionItem[str]]:
    """Return offers as click hands them on."""
    from click.shell_completion import CompletionItem

    return [CompletionItem(offer.value, help=offer.about or None) for offer in offers]
