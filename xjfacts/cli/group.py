"""The command that holds all others: its help, its options, and where each command is defined.

A command is imported when it is asked for, with the others of its section and no more.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from xjfacts import __version__
from xjfacts.cli.output import write_answer
from xjfacts.cli.parts import Command, Word, completing_folders
from xjfacts.cli.settings import Settings, folders_or_default

if TYPE_CHECKING:
    from types import ModuleType

SECTIONS = {  # in the order in which a newcomer needs them
    "Ask": ("who", "sanctions", "events", "said", "figures", "search", "names"),
    "Look up and cite": ("show", "sources", "cite"),
    "Curate": ("check", "new", "schema"),
    "Connect": ("export", "completion"),
}
EXIT_STATUSES = {
    0: "answered",
    1: "nothing found, or check found problems",
    2: "wrong usage: an unknown option, word or date",
    3: "a name fits several; they are listed with the ids to ask for",
    4: "the facts cannot be read; every reason is listed",
    70: "an error of its own, or not enough memory",
    74: "the answer cannot be written",
    130: "interrupted",
    141: "nobody reads the answer any more",
}
WHEN = ("auto", "always", "never")
CONTEXT = {"help_option_names": ["-h", "--help"], "max_content_width": 100}
WELCOME = """\
xjfacts answers questions of fact about the diplomacy around human rights in
Xinjiang, every answer with its citation. Ask, for example:

  xjfacts who "Erkin Tuniyaz"    all that is known of a person, body or country
  xjfacts sanctions --by US      who sanctioned whom
  xjfacts search genocide        the facts that hold a word
  xjfacts names tunyaz           what a name is taken for

'xjfacts -h' lists all commands; 'xjfacts COMMAND -h' shows more examples.
"""


def module_of(section: str) -> ModuleType:  # deferred: one question needs one section
    """Return the module whose functions are the commands of a section."""
    if section == "Ask":
        from xjfacts.cli import ask

        return ask
    if section == "Look up and cite":
        from xjfacts.cli import look_up

        return look_up
    if section == "Curate":
        from xjfacts.cli import curate

        return curate
    from xjfacts.cli import connect

    return connect


class Commands(Command, click.Group):
    """A group that imports the commands of a section when one is asked for, and lists all by what they are for."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        return [name for names in SECTIONS.values() for name in names]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """Return a command; None for a word that is none, after all were imported, so that a guess can be made."""
        if cmd_name not in self.commands:
            sections = [section for section, names in SECTIONS.items() if cmd_name in names] or SECTIONS
            for section in sections:
                self.commands.update((name, getattr(module_of(section), name)) for name in SECTIONS[section])
        return self.commands.get(cmd_name)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        for section, names in SECTIONS.items():
            commands = filter(None, (self.get_command(ctx, name) for name in names))
            with formatter.section(section):
                formatter.write_dl([(f"{command.name:<10}", command.get_short_help_str()) for command in commands])

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        with formatter.section("Exit status"):
            formatter.write_dl([(f"{status:<10}", meaning) for status, meaning in EXIT_STATUSES.items()])


@click.group(
    cls=Commands, context_settings=CONTEXT, invoke_without_command=True, subcommand_metavar="[COMMAND] [ARGS]..."
)
@click.option(
    "--facts",
    "folders",
    multiple=True,
    metavar="DIR",
    shell_complete=completing_folders,
    help="Folder of fact files, or one file; again for more. 'shipped' stands for the facts that come with the tool. "
    "Without it, $XJFACTS_FACTS says.",
)
@click.option("--color", type=Word(WHEN), default="auto", help="Colour in the terminal.", show_default=True)
@click.option("--no-cache", is_flag=True, help="Read the facts anew, and keep nothing for the next time.")
@click.option("--version", is_flag=True, help="Show the version of the tool and of the facts.")
@click.pass_context
def cli(ctx: click.Context, folders: tuple[str, ...], color: str, no_cache: bool, version: bool) -> None:
    """Answer questions of fact about the diplomacy around human rights in Xinjiang, every answer with its citation.

    \b
    Examples:
      xjfacts who "Erkin Tuniyaz"
      xjfacts sanctions --by US
      xjfacts sanctions --by US --json
    """
    ctx.obj = Settings(folders_or_default(folders), color, may_keep=not no_cache)
    if version:
        sha256, documents, facts = ctx.obj.stamp()
        write_answer(f"xjfacts {__version__}\nfacts: {documents} documents, {facts} facts\nsha256: {sha256}\n")
    elif ctx.invoked_subcommand is None:
        write_answer(WELCOME)
