"""Look up and cite: show, sources, cite."""

from __future__ import annotations

import click

from xjfacts.cli.output import write_answer, write_line
from xjfacts.cli.parts import Word, answering, command, completing_ids
from xjfacts.cli.reply import joined, reply
from xjfacts.cli.settings import Settings

STYLES = ("text", "markdown", "biblatex", "csl-json")


@command("One fact, document or entity, whole.")
@click.argument(
    "ids", nargs=-1, required=True, metavar="ID...", shell_complete=completing_ids("document", "fact", "entity")
)
@answering
@click.pass_obj
def show(settings: Settings, ids: tuple[str, ...], form: str, as_json: bool) -> None:
    """One fact, document or entity, whole.

    \b
    Examples:
      xjfacts show scmp-2023-02/us-sanctioned-tuniyaz
      xjfacts show erkin-tuniyaz
      xjfacts show guardian-2023-02-08 --json
    """
    reply(settings, form, as_json, "show", lambda facts: facts.show(*ids))


@command("The documents, and what was taken from each.")
@click.argument("name", nargs=-1, shell_complete=completing_ids("document"))
@answering
@click.pass_obj
def sources(settings: Settings, name: tuple[str, ...], form: str, as_json: bool) -> None:
    """The documents, and how many facts stand on each; of one document, all its facts by paragraph.

    \b
    Examples:
      xjfacts sources
      xjfacts sources guardian
      xjfacts sources scmp-2018-11-15 --json
    """
    reply(settings, form, as_json, "sources", lambda facts: facts.sources(joined(name)))


@command("Citations to paste: sentences, footnotes, BibLaTeX.")
@click.argument("ids", nargs=-1, required=True, metavar="ID...", shell_complete=completing_ids("document", "fact"))
@click.option("--style", type=Word(STYLES), default="text", help="Style.", show_default=True)
@click.pass_obj
def cite(settings: Settings, ids: tuple[str, ...], style: str) -> None:
    """Citations of facts or documents, to be pasted: sentences, footnotes, or a bibliography of their documents.

    \b
    Examples:
      xjfacts cite scmp-2023-02/us-sanctioned-tuniyaz
      xjfacts cite guardian-2023-02-08 scmp-2023-02 --style biblatex
      xjfacts cite scmp-2023-02/us-sanctioned-tuniyaz --style markdown
    """
    from xjfacts.forms import cite as forms  # deferred: nobody else needs it

    facts = settings.load()
    references = facts.cite(*ids)
    for old, new in facts.renamed(ids).items():
        write_line(f"'{old}' is now '{new}'")
    write_answer(forms.STYLES[style](references))
