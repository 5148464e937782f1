"""Curate: check, new, schema."""

from __future__ import annotations

import click

from xjfacts.cli.options import answering
from xjfacts.cli.output import STDIN, read_input
from xjfacts.cli.parts import command, completing_ids, completing_words
from xjfacts.cli.reply import in_form
from xjfacts.cli.settings import Settings
from xjfacts.errors import UsageError


@command(
    "Whether fact files keep all rules.",
    """\
    Whether fact files keep all rules, and whether every quote stands in its document. Exit status 1 if not.

    A PATH is a file or a folder; without one, all facts are checked. Facts of your own may refer to the shipped ones;
    then they are read together, and reported is what is wrong with yours. A text that is missing is a problem too.

    \b
    Examples:
      xjfacts check
      xjfacts check facts/documents/scmp-2023-02.toml
      xjfacts check --json
    """,
)
@click.argument("paths", nargs=-1, metavar="[PATH]...", type=click.Path())
@click.option(
    "--texts",
    type=click.Path(exists=True, file_okay=False),
    metavar="DIR",
    help="Folder of the documents' texts, ID.txt, to verify every quote against.",
)
@answering
@click.pass_obj
def check(settings: Settings, paths: tuple[str, ...], texts: str | None) -> int:
    from xjfacts.answers.compose import check_answer
    from xjfacts.curation import check as checking  # deferred: no answer needs it

    if settings.server is not None:
        raise UsageError("check reads fact files, and a server has none; name their folder with --facts")
    in_lines = settings.format == "table"
    report = checking.check(paths, folders=settings.folders, texts=texts)
    settings.write(checking.format_report(report) if in_lines else in_form(check_answer(report), settings))
    return report.exit_status


@command(
    "Start a document file from a text.",
    """\
    Start a document file from a text: checksum, counts, and the paragraphs as comments for the curator. TEXT is a file,
    or - for standard input.

    \b
    Examples:
      xjfacts new README.md
      xjfacts new README.md --body 3-5
    """,
)
@click.argument("text", type=click.Path())
@click.option("--body", metavar="LINES", help="The lines that are the article itself, from 1: 13-33 or 13-33,40-44.")
@click.option(
    "--against",
    metavar="ID",
    shell_complete=completing_ids("document"),
    help="A document already curated: show which of its paragraphs have no fact yet.",
)
@click.pass_obj
def new(settings: Settings, text: str, body: str | None, against: str | None) -> None:
    from xjfacts.curation import draft, original  # deferred: no answer needs them

    raw = draft.read_text(text) if text != STDIN else draft.checked_text(read_input(original.MAX_BYTES + 1), "-")
    if against is None:
        made = draft.draft(raw, body=None if body is None else draft.parse_body(body))
    else:
        made = draft.format_uncited(raw, *settings.load().curated(against))
    settings.write(made)


@command(
    "The JSON Schema of fact files or of answers.",
    """\
    The JSON Schema of the fact files, or of the JSON answers.

    \b
    Examples:
      xjfacts schema facts
      xjfacts schema answer
    """,
)
@click.argument("what", metavar="facts|answer", shell_complete=completing_words("schema"))
@click.pass_obj
def schema(settings: Settings, what: str) -> None:
    from xjfacts.forms.schema import schema_text  # deferred: nobody else needs it

    settings.write(schema_text(what))
