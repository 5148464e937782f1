"""Connect: export, completion."""

from __future__ import annotations

import click

from xjfacts.cli.options import ROWS, Word
from xjfacts.cli.parts import command
from xjfacts.cli.settings import Settings
from xjfacts.errors import UsageError

DUMPS = ("ftm", "csv", "sqlite", "dot")
SHELLS = ("bash", "zsh", "fish")


@command(
    "All facts for other tools.",
    """\
    All facts for other tools: FollowTheMoney entities, a row per fact, an SQLite database, a graph for Graphviz.

    A database is for a file or a pipe: xjfacts export sqlite --output facts.db

    \b
    Examples:
      xjfacts export csv
      xjfacts export ftm
      xjfacts export dot
    """,
)
@click.argument("form", type=Word(DUMPS))
@click.option("--per", type=Word(ROWS), help="A row of CSV for each fact (the default) or each citation.")
@click.option("--bom", is_flag=True, help="Begin CSV with a byte order mark, for spreadsheets that need it.")
@click.pass_obj
def export(settings: Settings, form: str, per: str | None, bom: bool) -> None:
    from xjfacts.exports.dump import dump  # deferred: no answer needs it

    if form == "sqlite" and settings.is_on_terminal:
        raise UsageError("a database is nothing to read on a terminal; name a file with --output")
    if form != "csv" and (per or bom):
        raise UsageError(f"--per and --bom are for csv, not for {form}")
    settings.write(dump(settings.corpus(), form, per=per or ROWS[0], bom=bom))


@command(
    "Completion for bash, zsh and fish.",
    """\
    The script by which a shell completes commands, options, words, names and ids.

    \b
    Once and for all, according to the shell:
      xjfacts completion bash > ~/.local/share/bash-completion/completions/xjfacts
      xjfacts completion zsh > _xjfacts       in a folder of $fpath
      xjfacts completion fish > ~/.config/fish/completions/xjfacts.fish

    \b
    Examples:
      xjfacts completion bash
      xjfacts completion zsh
      xjfacts completion fish
    """,
)
@click.argument("shell", type=Word(SHELLS), metavar="|".join(SHELLS))
@click.pass_obj
def completion(settings: Settings, shell: str) -> None:
    from xjfacts.cli.shells import script  # deferred: nobody else needs it

    settings.write(script(shell))
