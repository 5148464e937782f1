"""Connect: export, completion."""

from __future__ import annotations

from typing import Any

import click

from xjfacts import __version__
from xjfacts.cli.options import ROWS, Word
from xjfacts.cli.output import STDOUT
from xjfacts.cli.parts import command
from xjfacts.cli.settings import Settings
from xjfacts.errors import UsageError

DUMPS = ("ftm", "csv", "sqlite", "dot", "postgres")
SITE = "site"  # the one that is a folder
SHELLS = ("bash", "zsh", "fish")


@command(
    "All facts for other tools, or as a site.",
    """\
    All facts for other tools: FollowTheMoney entities, a row per fact, an SQLite database, a graph for Graphviz, or a
    stream for psql.

    FORM is ftm, csv, sqlite, dot, postgres or site. A database is for a file or a pipe:
    xjfacts export sqlite --output facts.db

    A site is a folder of pages, for a web server or to be opened from a disk; made again, it is brought up to date:
    xjfacts export site --output site

    Into a database of PostgreSQL, where what an earlier export brought is replaced; and then asked there:

    \b
      xjfacts export postgres | psql facts
      xjfacts --facts postgresql:///facts who "Erkin Tuniyaz"

    \b
    Examples:
      xjfacts export csv
      xjfacts export ftm
      xjfacts export dot
    """,
)
@click.argument("form", type=Word((*DUMPS, SITE)), metavar="FORM")
@click.option("--per", type=Word(ROWS), help="A row of CSV for each fact (the default) or each citation.")
@click.option("--bom", is_flag=True, help="Begin CSV with a byte order mark, for spreadsheets that need it.")
@click.option("--all", "is_whole", is_flag=True, help="Of dot: also who meets and who speaks to whom.")
@click.pass_obj
def export(settings: Settings, form: str, per: str | None, bom: bool, is_whole: bool) -> None:
    if form != "csv" and (per or bom):
        raise UsageError(f"--per and --bom are for csv, not for {form}")
    if form != "dot" and is_whole:
        raise UsageError(f"--all is for dot, not for {form}")
    if form == SITE:
        write_site(settings)
        return
    from xjfacts.exports.dump import stream  # deferred: no answer needs it

    if form == "sqlite" and settings.is_on_terminal:
        raise UsageError("a database is nothing to read on a terminal; name a file with --output")
    forms: dict[str, dict[str, Any]] = {"csv": {"per": per or ROWS[0], "bom": bom}, "dot": {"is_whole": is_whole}}
    settings.write(stream(settings.corpus(), form, **forms.get(form, {})))


def write_site(settings: Settings) -> None:  # deferred: as above
    """Write the facts as a site into the folder that the output is to go to."""
    from xjfacts.exports.site import MANIFEST, pages
    from xjfacts.files import write_folder

    if settings.output in (None, STDOUT):
        raise UsageError("a site is a folder; name it with --output")
    write_folder(str(settings.output), pages(settings.corpus(), __version__), MANIFEST)


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
