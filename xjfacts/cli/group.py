"""The command that holds all others: its help, its options, and where each command is defined.

A command is imported when it is asked for, with the others of its section and no more.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from xjfacts import __version__
from xjfacts.cli.options import COLOR_HELP, FACTS_HELP, NO_CACHE_HELP, NO_PAGER_HELP, WHEN, Word, completing_folders
from xjfacts.cli.output import write_answer
from xjfacts.cli.parts import Command
from xjfacts.cli.settings import Settings

if TYPE_CHECKING:
    from types import ModuleType

SECTIONS = {  # in the order in which a newcomer needs them
    "Ask": ("who", "sanctions", "events", "said", "figures", "search", "names"),
    "Screen": ("screen",),
    "Look up and cite": ("show", "open", "sources", "cite"),
    "Curate": ("check", "new", "schema"),
    "Connect": ("export", "completion"),
    "Learn": ("help",),
}
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
    if section == "Screen":
        from xjfacts.cli import screening

        return screening
    if section == "Look up and cite":
        from xjfacts.cli import look_up

        return look_up
    if section == "Curate":
        from xjfacts.cli import curate

        return curate
    if section == "Connect":
        from xjfacts.cli import connect

        return connect
    from xjfacts.cli import learn

    return learn


def command_of(module: ModuleType, name: str) -> click.Command:
    """Return a command of a module; one that is called as a built-in of Python is, has `_` behind its name there."""
    return getattr(module, name, None) or getattr(module, f"{name}_")  # type: ignore[no-any-return]


class Commands(Command, click.Group):
    """A group that imports the commands of a section when one is asked for, and lists all by what they are for."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        return [name for names in SECTIONS.values() for name in names]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """Return a command; None for a word that is none, after all were imported, so that a guess can be made."""
        if cmd_name not in self.commands:
            sections = [section for section, names in SECTIONS.items() if cmd_name in names] or SECTIONS
            for section in sections:
                self.commands.update((name, command_of(module_of(section), name)) for name in SECTIONS[section])
        return self.commands.get(cmd_name)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        for section, names in SECTIONS.items():
            commands = filter(None, (self.get_command(ctx, name) for name in names))
            with formatter.section(section):
                formatter.write_dl([(f"{command.name:<10}", command.get_short_help_str()) for command in commands])

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        from xjfacts.cli.statuses import EXIT_STATUSES  # deferred: no answer needs their meanings

        with formatter.section("Exit status"):
            formatter.write_dl([(f"{status:<10}", meaning) for status, meaning in EXIT_STATUSES.items()])


@click.group(
    cls=Commands,
    context_settings=CONTEXT,
    invoke_without_command=True,
    subcommand_metavar="[COMMAND] [ARGS]...",
    help="""\
    Answer questions of fact about the diplomacy around human rights in Xinjiang, every answer with its citation.

    \b
    Examples:
      xjfacts who "Erkin Tuniyaz"
      xjfacts sanctions --by US
      xjfacts sanctions --by US --json
    """,
)
@click.option("--facts", "folders", multiple=True, metavar="DIR", shell_complete=completing_folders, help=FACTS_HELP)
@click.option("--color", type=Word(WHEN), help=f"{COLOR_HELP}  [default: auto]")
@click.option("--no-pager", is_flag=True, help=NO_PAGER_HELP)
@click.option("--no-cache", is_flag=True, help=NO_CACHE_HELP)
@click.option("--version", is_flag=True, help="Show the version of the tool and of the facts.")
@click.pass_context
def cli(ctx: click.Context, /, folders: tuple[str, ...], color: str | None, **flags: bool) -> None:
    ctx.obj = Settings(folders, color, may_keep=not flags["no_cache"])
    ctx.obj.may_page = not flags["no_pager"]
    if flags["version"]:
        sha256, documents, facts = ctx.obj.stamp()
        write_answer(f"xjfacts {__version__}\nfacts: {documents} documents, {facts} facts\nsha256: {sha256}\n")
    elif ctx.invoked_subcommand is None:
        write_answer(WELCOME)
