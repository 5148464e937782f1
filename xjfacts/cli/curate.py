"""Curate: check, new, schema."""

from __future__ import annotations

import click

from xjfacts.cli.output import write_answer
from xjfacts.cli.parts import answering, command, completing_ids, completing_words
from xjfacts.cli.reply import in_form
from xjfacts.cli.settings import Settings


@command("Whether fact files keep all rules.")
@click.argument("paths", nargs=-1, metavar="[PATH]...", type=click.Path())
@click.option(
    "--texts",
    type=click.Path(exists=True, file_okay=False),
    metavar="DIR",
    help="Folder of the documents' texts, ID.txt, to verify every quote against.",
)
@answering
@click.pass_obj
def check(settings: Settings, paths: tuple[str, ...], texts: str | None, form: str, as_json: bool) -> int:
    """Whether fact files keep all rules, and whether every quote stands in its document. Exit status 1 if not.

    A PATH is a file or a folder; without one, all facts are checked. Facts of your own may refer to the shipped ones;
    then they are read together, and reported is what is wrong with yours. A text that is missing is a problem too.

    \b
    Examples:
      xjfacts check
      xjfacts check facts/documents/scmp-2023-02.toml
      xjfacts check --json
    """
    from xjfacts.answers.compose import check_answer
    from xjfacts.curation import check as checking  # deferred: no answer needs it

    settings.format = "json" if as_json else form
    report = checking.check(paths, folders=settings.folders, texts=texts)
    in_lines = settings.format == "table"
    write_answer(checking.format_report(report) if in_lines else in_form(check_answer(report), settings))
    return report.exit_status


@command("Start a document file from a text.")
@click.argument("text", type=click.Path())
@click.option("--body", metavar="LINES", help="The lines that are the article itself, from 1: 13-33 or 13-33,40-44.")
@click.option(
    "--against",
    metavar="ID",
    shell_complete=completing_ids("document"),
    help="A document already curated: show which of its paragraphs have no fact yet.",
)
@click.option("--output", type=click.Path(), metavar="FILE", help="Write into a file instead of to standard output.")
@click.pass_obj
def new(settings: Settings, text: str, body: str | None, against: str | None, output: str | None) -> None:
    """Start a document file from a text: checksum, counts, and the paragraphs as comments for the curator.

    \b
    Examples:
      xjfacts new README.md
      xjfacts new README.md --body 3-5
    """
    from xjfacts.curation import draft  # deferred: no answer needs it

    raw = draft.read_text(text)
    if against is None:
        made = draft.draft(raw, body=None if body is None else draft.parse_body(body))
    else:
        made = draft.format_uncited(raw, *settings.load().curated(against))
    if output is None:
        write_answer(made)
    else:
        from xjfacts.files import write_file

        write_file(output, made.encode())


@command("The JSON Schema of fact files or of answers.")
@click.argument("what", metavar="facts|answer", shell_complete=completing_words("schema"))
def schema(what: str) -> None:
    """The JSON Schema of the fact files, or of the JSON answers.

    \b
    Examples:
      xjfacts schema facts
      xjfacts schema answer
    """
    from xjfacts.forms.schema import schema_text  # deferred: nobody else needs it

    write_answer(schema_text(what))
