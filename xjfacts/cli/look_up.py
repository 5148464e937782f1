"""Look up and cite: show, sources, cite."""

from __future__ import annotations

import click

from xjfacts.cli.options import Word, answering
from xjfacts.cli.output import write_line
from xjfacts.cli.parts import command, completing_ids
from xjfacts.cli.reply import joined, reply
from xjfacts.cli.settings import Settings
from xjfacts.errors import NotFound

STYLES = ("text", "markdown", "biblatex", "csl-json")


@command(
    "One fact, document or entity, whole.",
    """\
    One fact, document or entity, whole; also by an id that it had before, or by the number that a list gives it.

    \b
    Examples:
      xjfacts show scmp-2023-02/us-sanctioned-tuniyaz
      xjfacts show erkin-tuniyaz
      xjfacts show guardian-2023-02-08 --json
    """,
)
@click.argument(
    "ids", nargs=-1, required=True, metavar="ID...", shell_complete=completing_ids("document", "fact", "entity")
)
@click.option(
    "--texts",
    type=click.Path(exists=True, file_okay=False),
    metavar="DIR",
    help="Folder of the documents' texts, ID.txt: shows the paragraph around each quote.",
)
@answering
@click.pass_obj
def show(settings: Settings, ids: tuple[str, ...], texts: str | None) -> int:
    return reply(settings, "show", lambda facts: facts.show(*ids, texts=texts))


@command(
    "The source in the browser, at the quoted words.",
    """\
    Open the sources of facts, or documents, in the browser, at the quoted words. The addresses are printed too.

    \b
    Examples:
      xjfacts open scmp-2023-02/us-sanctioned-tuniyaz
      xjfacts open guardian-2023-02-08
    """,
)
@click.argument("ids", nargs=-1, required=True, metavar="ID...", shell_complete=completing_ids("document", "fact"))
@click.pass_obj
def open_(settings: Settings, ids: tuple[str, ...]) -> None:
    import webbrowser  # deferred: nobody else needs it, nor the links

    from xjfacts.answers.sources import links_of

    facts = settings.load()
    for key in ids:
        (reference,) = facts.cite(key)
        links = links_of(reference, key)
        settings.write("".join(f"{link}\n" for link in links))
        try:
            is_open = all(webbrowser.get().open(link) for link in links)
        except webbrowser.Error:
            is_open = False
        if not is_open:
            raise NotFound("no browser can be started; $BROWSER names one, or open the address yourself")


@command(
    "The documents, and what was taken from each.",
    """\
    The documents, and how many facts stand on each; of one document, all its facts by paragraph.

    \b
    Examples:
      xjfacts sources
      xjfacts sources guardian
      xjfacts sources scmp-2018-11-15 --json
    """,
)
@click.argument("name", nargs=-1, shell_complete=completing_ids("document"))
@answering
@click.pass_obj
def sources(settings: Settings, name: tuple[str, ...]) -> int:
    return reply(settings, "sources", lambda facts: facts.sources(joined(name)))


@command(
    "Citations to paste: sentences, footnotes, BibLaTeX.",
    """\
    Citations of facts or documents, to be pasted: sentences, footnotes, or a bibliography of their documents.

    \b
    Examples:
      xjfacts cite scmp-2023-02/us-sanctioned-tuniyaz
      xjfacts cite guardian-2023-02-08 scmp-2023-02 --style biblatex
      xjfacts cite scmp-2023-02/us-sanctioned-tuniyaz --style markdown
    """,
)
@click.argument("ids", nargs=-1, required=True, metavar="ID...", shell_complete=completing_ids("document", "fact"))
@click.option("--style", type=Word(STYLES), default="text", help="Style.", show_default=True)
@click.pass_obj
def cite(settings: Settings, ids: tuple[str, ...], style: str) -> None:
    from xjfacts.forms import cite as forms  # deferred: nobody else needs it

    facts = settings.load()
    references = facts.cite(*ids)
    for old, new in facts.renamed(ids).items():
        write_line(f"'{old}' is now '{new}'")
    settings.write(forms.STYLES[style](references))
