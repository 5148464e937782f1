"""Connect: export, completion."""

from __future__ import annotations

import click

from xjfacts.cli.output import has_terminal, write_answer
from xjfacts.cli.parts import Word, command
from xjfacts.cli.settings import Settings
from xjfacts.errors import UsageError

DUMPS = ("ftm", "csv", "sqlite", "dot")
SHELLS = ("bash", "zsh", "fish")


@command("All facts for other tools.")
@click.argument("form", type=Word(DUMPS))
@click.option("--output", type=click.Path(), metavar="FILE", help="Write into a file instead of to standard output.")
@click.pass_obj
def export(settings: Settings, form: str, output: str | None) -> None:
    """All facts for other tools: FollowTheMoney entities, a row per citation, an SQLite database, a graph for Graphviz.

    A database is for a file or a pipe: xjfacts export sqlite --output facts.db

    \b
    Examples:
      xjfacts export csv
      xjfacts export ftm
      xjfacts export dot
    """
    from xjfacts.exports.dump import dump  # deferred: no answer needs it

    if form == "sqlite" and output is None and has_terminal():
        raise UsageError("a database is nothing to read on a terminal; name a file with --output")
    made = dump(settings.corpus(), form)
    if output is None:
        write_answer(made)
    else:
        from xjfacts.files import write_file

        write_file(output, made)


@command("Completion for bash, zsh and fish.")
@click.argument("shell", type=Word(SHELLS), metavar="|".join(SHELLS))
def completion(shell: str) -> None:
    """The script by which a shell completes commands, options, words, names and ids.

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
    """
    from xjfacts.cli.shells import script  # deferred: nobody else needs it

    write_answer(script(shell))
