"""Screen: a list of names, a row each.

CSV and NDJSON are written as the list is read, so that the length of neither costs memory; the other forms wait for the
last row.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from stat import S_ISREG
from typing import IO, TYPE_CHECKING, Any

import click

from xjfacts import __version__
from xjfacts.cli.options import FORMATS, Word, kept, of_the_past, written
from xjfacts.cli.output import STDIN, open_input
from xjfacts.cli.parts import command
from xjfacts.cli.reply import write
from xjfacts.cli.settings import Settings, under_bar
from xjfacts.errors import Problem, UsageError

if TYPE_CHECKING:
    from xjfacts.answers.listed import ScreenedAnswer
    from xjfacts.answers.lists import List, Row
    from xjfacts.answers.questions import Facts
    from xjfacts.answers.records import Evidence

    Rows = Iterator[ScreenedAnswer]

TABBED = (".tsv", ".tab")
TABLES = (".csv", *TABBED)  # how the names of files end that are CSV
PIECE = 65_536  # characters that are written at once, where nobody waits for a row


@command(
    "A list of names: whom each means, and which sanctions are known.",
    """\
    A list of names, screened: a row for each, in the order of the list, with whom it means, how surely, and which
    sanctions are known. FILE is a text with one name a line, or a CSV (.csv, .tsv, or with --column) with a header;
    without it, or as -, standard input.

    Outcomes: imposed, lifted, not-imposed, only-considered, no-record, check (a near miss or a tie, with candidates),
    unknown, unreadable. No record and unknown do not mean not sanctioned.

    \b
    Examples:
      xjfacts names --format csv | xjfacts screen --column name
      xjfacts names --format csv | xjfacts screen --column name --only imposed --format csv
    """,
)
@click.argument("file", required=False, metavar="[FILE|-]", type=click.Path())
@click.option(
    "--column",
    multiple=True,
    metavar="NAME",
    help="Column of a CSV that holds the names, by its header or number; again to put a name together.",
)
@click.option("--born-column", metavar="NAME", help="Column with dates of birth, which confirm or rule out.")
@click.option("--no-header", is_flag=True, help="The CSV has no header: its first row is a name as well.")
@click.option("--encoding", metavar="NAME", help="Encoding of the list, if not UTF-8: utf-16, latin-1, gb18030.")
@click.option(
    "--min-score",
    type=float,
    default=0.0,
    metavar="SCORE",
    help="A match below this score, 0 to 1, is only to be checked.",
)
@click.option("--only", multiple=True, metavar="OUTCOME", help="Show rows with this outcome; again for more.")
@click.option(
    "--fail-on", multiple=True, metavar="OUTCOME", help="End with 1 if a row has this outcome; again for more."
)
@click.option("--stamp", metavar="DATE", callback=written, help="Say in the answer on which day it was made.")
@of_the_past
@kept("--format", "form", type=Word(FORMATS), metavar="FORM", help=f"{', '.join(FORMATS)}; table is the default.")
@kept("--json", "as_json", is_flag=True, help="Short for --format json.")
@kept("--bom", is_flag=True, help="Begin CSV with a byte order mark, for spreadsheets that need it.")
@click.pass_obj
def screen(settings: Settings, /, file: str | None, **asked: Any) -> int:
    from xjfacts.answers.screen import check_outcome, evidence_of  # deferred: help needs neither

    form = settings.format
    only, fail_on, min_score = asked["only"], asked["fail_on"], asked["min_score"]
    for option, words in (("only", only), ("fail-on", fail_on)):
        for word in words:
            check_outcome(option, word)
    evidence = evidence_of(__version__, min_score=min_score, made_on=asked["stamp"], known_by=settings.known_by)
    with open_list(file) as stream, as_text(stream, file or STDIN, asked["encoding"]) as text:
        names = read_list(text, file or STDIN, asked)
        facts = settings.load()
        outcomes = Counter[str]()
        rows = counted(facts.screen(names.rows, min_score=min_score), outcomes, only)
        if is_regular(stream):
            rows = under_bar("screening", rows, os.fstat(stream.fileno()).st_size, stream.tell)
        if form in ("csv", "ndjson"):
            write_rows(settings, lines_of(settings, facts, rows, names, evidence), is_waited_for=not is_regular(stream))
        else:
            from xjfacts.answers.screen import answer_of  # deferred: most lists are wanted row by row

            shown = tuple(rows)
            write(answer_of(facts.corpus, shown, outcomes, evidence), settings)
    return 1 if any(outcomes[outcome] for outcome in fail_on) else 0


# In ------------------------------------------------------------------------------------------------------------------


def open_list(file: str | None) -> IO[bytes]:
    """Return the list, open. Raises UsageError where there is none."""
    if file in (None, STDIN):
        return open_input(is_named=file is not None)
    from xjfacts.files import open_stream  # deferred: standard input is open already

    stream = open_stream(str(file), name=str(file))
    if isinstance(stream, Problem):
        raise UsageError(f"'{file}': {stream.message}")
    return stream


def as_text(stream: IO[bytes], name: str, encoding: str | None) -> IO[str]:
    """Return the list as text, to be closed by whoever reads it. Raises UsageError where it is none."""
    from xjfacts.answers.lists import decoded  # deferred: as above

    try:
        return decoded(stream, encoding)
    except OSError as error:
        raise unreadable(name, error) from None


def read_list(text: IO[str], name: str, asked: Mapping[str, Any]) -> List:
    """Return the rows of a list, as CSV where it is called so or has columns."""
    from xjfacts.answers.lists import Columns, read_csv, read_text  # deferred: as above

    columns = Columns(asked["column"], asked["born_column"], not asked["no_header"])
    ending = os.path.splitext(name)[1].lower()
    try:
        is_csv = ending in TABLES or columns != Columns()
        found = read_csv(text, columns, is_tabbed=ending in TABBED) if is_csv else read_text(text)
    except OSError as error:
        raise unreadable(name, error) from None
    return found._replace(rows=as_long_as_readable(found.rows, name))


def as_long_as_readable(rows: Iterator[Row], name: str) -> Iterator[Row]:
    """Hand on the rows. Raises UsageError where the system reads no further."""
    try:
        yield from rows
    except OSError as error:
        raise unreadable(name, error) from None


def unreadable(name: str, error: OSError) -> UsageError:
    """Return what the system said about a list."""
    return UsageError(f"'{name}' cannot be read: {error.strerror}")


def is_regular(stream: IO[bytes]) -> bool:
    """Tell whether a list is a file, and does not come from somebody who is still writing it."""
    try:
        return S_ISREG(os.fstat(stream.fileno()).st_mode)
    except (OSError, ValueError):
        return False


def counted(rows: Rows, outcomes: Counter[str], only: tuple[str, ...]) -> Rows:
    """Hand on the rows that are to be shown, and count all of them."""
    for row in rows:
        outcomes[row.outcome] += 1
        if not only or row.outcome in only:
            yield row


# Out -----------------------------------------------------------------------------------------------------------------


def lines_of(settings: Settings, facts: Facts, rows: Rows, names: List, evidence: Evidence) -> Iterator[str]:
    """Return the lines of CSV or NDJSON, made as they are asked for."""
    from xjfacts.answers.compose import stamp_of  # deferred: help needs none of it
    from xjfacts.forms.screened import evidence_of, to_csv_rows, to_ndjson_rows

    behind = evidence_of(stamp_of(facts.corpus), evidence)
    if settings.format == "csv":
        return to_csv_rows(rows, names.columns, behind, bom=settings.bom)
    return to_ndjson_rows(rows, behind)


def write_rows(settings: Settings, lines: Iterable[str], *, is_waited_for: bool) -> None:
    """Write lines as they come; into a file all at once, so that it is never half of an answer."""
    if settings.is_file:
        settings.write("".join(lines))
        return
    piece: list[str] = []
    size = 0
    for line in lines:
        piece.append(line)
        size += len(line)
        if is_waited_for or size > PIECE:
            settings.write("".join(piece))
            piece, size = [], 0
    settings.write("".join(piece))
