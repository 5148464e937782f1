"""The command line: parse, load, ask, choose a form, print; nothing else.

Modules that only some answers need are imported where they are needed, in the functions marked `deferred`: an answer
in JSON should not wait for rich, nor a usage error for the facts.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

import click

from xjfacts import __version__
from xjfacts.errors import AmbiguousName, NotFound, Problem, UnreadableFacts, UsageError, XjfactsError
from xjfacts.output import ReaderGone, write_answer, write_line

if TYPE_CHECKING:
    from xjfacts.answer import Answer
    from xjfacts.query import Facts

FORMATS = ("table", "json", "ndjson", "csv", "markdown")
DUMPS = ("ftm", "csv", "sqlite", "dot")
CITATION_STYLES = ("text", "markdown", "biblatex", "csl-json")
WHEN = ("auto", "always", "never")
FOLDERS_VARIABLE = "XJFACTS_FACTS"
MOST_PROBLEMS = 25  # lines of problems on standard error; `check` prints them all
DEFAULT_WIDTH = 80
BROKEN = 70  # EX_SOFTWARE: an error of our own, which no question should cause


class Settings:
    """What stands on the group: which facts, which colours, and the form that a command chose."""

    def __init__(self, folders: Sequence[str], color: str) -> None:
        self.folders = tuple(folders)
        self.color = color
        self.format = "table"

    def load(self) -> Facts:  # deferred: usage errors and help need no facts
        from xjfacts.loader import load_corpus
        from xjfacts.query import Facts

        return Facts(load_corpus(self.folders))


class Commands(click.Group):
    """A group whose help lists the commands in the order in which a newcomer needs them."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        return list(self.commands)


CONTEXT = {"help_option_names": ["-h", "--help"], "max_content_width": 100}


@click.group(cls=Commands, context_settings=CONTEXT, invoke_without_command=True)
@click.option(
    "--facts",
    "folders",
    multiple=True,
    metavar="DIR",
    help="Folder of fact files, or one file; again for more. 'shipped' stands for the facts that come with the tool.",
)
@click.option("--color", type=click.Choice(WHEN), default="auto", help="Colour in the terminal.", show_default=True)
@click.option("--version", is_flag=True, help="Show the version of the tool and of the facts.")
@click.pass_context
def cli(ctx: click.Context, folders: tuple[str, ...], color: str, version: bool) -> None:
    """Answer questions of fact about the diplomacy around human rights in Xinjiang, every answer with its citation.

    \b
    Examples:
      xjfacts who "Erkin Tuniyaz"
      xjfacts sanctions --by US
      xjfacts sanctions --by US --json
    """
    variable = os.environ.get(FOLDERS_VARIABLE, "")
    ctx.obj = Settings(folders or [part or "shipped" for part in variable.split(os.pathsep) if variable], color)
    if version:
        stamp = ctx.obj.load().corpus.stamp
        write_answer(
            f"xjfacts {__version__}\nfacts: {stamp.documents} documents, {stamp.facts} facts\nsha256: {stamp.sha256}\n"
        )
    elif ctx.invoked_subcommand is None:
        write_answer(WELCOME)


WELCOME = """\
xjfacts answers questions about the diplomacy around human rights in Xinjiang, with citations. Ask, for example:

  xjfacts who "Erkin Tuniyaz"      one person, body or country, all that is known of it
  xjfacts sanctions --by US        who sanctioned whom, and who did not
  xjfacts names tunyaz             what a name is taken for
  xjfacts show FACT-ID             one fact, whole

'xjfacts -h' lists everything; every command takes -h and --json.
"""


def answering(function: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command the options that say in which form its answer comes."""
    short = click.option("--json", "as_json", is_flag=True, help="Short for --format json.")
    form = click.option("--format", "form", type=click.Choice(FORMATS), default="table", help="Form of the answer.")
    return form(short(function))


def dated(function: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command the range of dates."""
    function = click.option("--until", metavar="DATE", help="Up to this date: 2021, 2021-03 or 2021-03-18.")(function)
    return click.option("--since", metavar="DATE", help="From this date on.")(function)


def ask(settings: Settings, form: str, as_json: bool, command: str, question: Callable[[Facts], Answer]) -> None:
    """Load the facts, put the question, and print the answer in its form; raise for the exit status."""
    settings.format = "json" if as_json else form
    facts = settings.load()
    try:
        answer = question(facts)
    except (NotFound, AmbiguousName) as error:
        if error.asked is not None and settings.format == "json":
            write_answer(in_form(facts.nothing(command, error.asked), settings))
        raise
    for asked in answer.query.names():
        if asked.how == "fuzzy":
            write_line(f"matched '{asked.asked}' to {asked.name} ({asked.score:.2f})")
    if answer.count or settings.format != "table" or isinstance(answer.answer, str):
        write_answer(in_form(answer, settings))
    if not answer.count:
        raise NotFound(nothing_found(answer))


def in_form(answer: Answer, settings: Settings) -> str:  # deferred: a script needs no page, and a pipe no rich
    """Return the answer as text in the form asked for."""
    is_terminal = has_terminal()
    if settings.format in ("table", "markdown"):
        return as_page(answer, settings, is_terminal=is_terminal)
    from xjfacts.export import FORMATS, to_json

    if settings.format == "json":
        return to_json(answer, indent=2 if is_terminal else 0)
    return FORMATS[settings.format](answer)


def as_page(answer: Answer, settings: Settings, *, is_terminal: bool) -> str:  # deferred: as above
    """Return the answer as a page: Markdown, plain text, or what the terminal is to be sent."""
    color = wants_color(settings.color, is_terminal=is_terminal)
    if settings.format == "table" and (is_terminal or color):
        from xjfacts.render import render

        return render(answer, width=terminal_width(), color=color)
    from xjfacts.plain import to_markdown, to_text

    return to_text(answer) if settings.format == "table" else to_markdown(answer)


def has_terminal() -> bool:
    """Tell whether a terminal shows what is written to standard output."""
    return sys.stdout is not None and sys.stdout.isatty()


def wants_color(when: str, *, is_terminal: bool) -> bool:
    """Decide on colour as https://no-color.org has it; a dumb terminal has none."""
    if when != "auto":
        return when == "always"
    return is_terminal and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def terminal_width() -> int:
    """Return the columns to fill; a width that is no positive number says nothing."""
    columns = os.environ.get("COLUMNS", "")
    if columns.isascii() and columns.isdigit() and 0 < int(columns) < 10_000:
        return int(columns)
    try:
        return os.get_terminal_size(sys.stdout.fileno()).columns or DEFAULT_WIDTH
    except (OSError, ValueError):
        return DEFAULT_WIDTH


def nothing_found(answer: Answer) -> str:
    """Say that there is nothing, and what there is nearby."""
    from xjfacts.page import counted  # deferred: there mostly is something

    hidden = ", ".join(f"{count} {reason}" for reason, count in answer.hidden.items())
    known = ", ".join(counted(count, kind) for kind, count in answer.nearby.items())
    whose = " and ".join(str(asked.name) for asked in answer.query.names())
    return "; ".join(
        part
        for part in (
            "nothing found",
            f"not shown: {hidden} (--status all)" if hidden else "",
            f"known of {whose}: {known}" if known else "",
        )
        if part
    )


def joined(words: Sequence[str]) -> str | None:
    """Return the words of a name that came without quotes as one; None where there are none."""
    return " ".join(words) if words else None


# Commands, in the order of the help ----------------------------------------------------------------------------------


@cli.command()
@click.argument("name", nargs=-1, required=True)
@answering
@click.pass_obj
def who(settings: Settings, name: tuple[str, ...], form: str, as_json: bool) -> None:
    """One person, body, country or topic: offices, sanctions, events, statements, figures, all cited.

    \b
    Examples:
      xjfacts who "Erkin Tuniyaz"
      xjfacts who erkin tuniyaz
      xjfacts who 張明 --json
    """
    ask(settings, form, as_json, "who", lambda facts: facts.who(" ".join(name)))


@cli.command()
@click.option("--by", metavar="NAME", help="Who imposed them.")
@click.option("--on", metavar="NAME", help="On whom.")
@click.option(
    "--status", metavar="STATUS", help="imposed, lifted, not-imposed, considered, called-for, ruled-out or all."
)
@dated
@answering
@click.pass_obj
def sanctions(settings: Settings, /, form: str, as_json: bool, **asked: str | None) -> None:
    """Who sanctioned whom. Without --status, those imposed or lifted; a last line counts what was left out.

    Asked for a pair (--by and --on), it answers imposed, lifted, not-imposed (a document says that there is none) or
    no-record (no document says either).

    \b
    Examples:
      xjfacts sanctions --by US
      xjfacts sanctions --by UK --on Tuniyaz
      xjfacts sanctions --status all --since 2021
    """
    ask(settings, form, as_json, "sanctions", lambda facts: facts.sanctions(**asked))


@cli.command()
@click.argument("name", nargs=-1)
@click.option("--type", metavar="TYPE", help="visit, meeting, dialogue, letter, vote, summit, award, ...")
@click.option("--outcome", metavar="OUTCOME", help="held, planned, proposed, requested, agreed, stalled, ...")
@click.option("--place", metavar="NAME", help="Where.")
@dated
@answering
@click.pass_obj
def events(settings: Settings, /, name: tuple[str, ...], form: str, as_json: bool, **asked: str | None) -> None:
    """What happened or was to happen, in order of time, with how far it came.

    \b
    Examples:
      xjfacts events Tuniyaz
      xjfacts events --type visit --outcome held
      xjfacts events --place Brussels --since 2023
    """
    ask(settings, form, as_json, "events", lambda facts: facts.events(joined(name), **asked))


@cli.command()
@click.argument("name", nargs=-1)
@click.option("--to", metavar="NAME", help="To whom.")
@click.option("--about", metavar="NAME", help="About whom or what.")
@click.option("--act", metavar="ACT", help="asserts, alleges, denies, demands, condemns, announces, ...")
@dated
@answering
@click.pass_obj
def said(settings: Settings, /, name: tuple[str, ...], form: str, as_json: bool, **asked: str | None) -> None:
    """Who said what to whom, beside what it answers and what answers it. A body includes its parts.

    \b
    Examples:
      xjfacts said "Hua Chunying"
      xjfacts said China --act denies
      xjfacts said --about "detention camps" --json
    """
    ask(settings, form, as_json, "said", lambda facts: facts.said(joined(name), **asked))


@cli.command()
@click.option("--about", metavar="NAME", help="About whom or what.")
@answering
@click.pass_obj
def figures(settings: Settings, /, form: str, as_json: bool, **asked: str | None) -> None:
    """Numbers, each with its bound and whose it is; never added up or averaged.

    \b
    Examples:
      xjfacts figures
      xjfacts figures --about "detention camps"
    """
    ask(settings, form, as_json, "figures", lambda facts: facts.figures(**asked))


@cli.command()
@click.argument("words", nargs=-1, required=True)
@answering
@click.pass_obj
def search(settings: Settings, words: tuple[str, ...], form: str, as_json: bool) -> None:
    """Facts that hold all the words in their sentence, quotes, titles or names; best first.

    \b
    Examples:
      xjfacts search genocide parliament
      xjfacts search "unfettered access"
    """
    ask(settings, form, as_json, "search", lambda facts: facts.search(*words))


@cli.command()
@click.argument("name", nargs=-1)
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
    ask(settings, form, as_json, "sources", lambda facts: facts.sources(joined(name)))


@cli.command()
@click.argument("name", nargs=-1)
@answering
@click.pass_obj
def names(settings: Settings, name: tuple[str, ...], form: str, as_json: bool) -> None:
    """All names that are known; or what one name is taken for, with scores and why.

    \b
    Examples:
      xjfacts names
      xjfacts names tunyaz
      xjfacts names Brussels --json
    """
    ask(settings, form, as_json, "names", lambda facts: facts.names(joined(name)))


@cli.command()
@click.argument("ids", nargs=-1, required=True, metavar="ID...")
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
    ask(settings, form, as_json, "show", lambda facts: facts.show(*ids))


@cli.command()
@click.argument("paths", nargs=-1, metavar="[PATH]...")
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
    from xjfacts import check as checking  # deferred: no answer needs it
    from xjfacts.compose import check_answer

    settings.format = "json" if as_json else form
    report = checking.check(paths, folders=settings.folders, texts=texts)
    in_lines = settings.format == "table"
    write_answer(checking.format_report(report) if in_lines else in_form(check_answer(report), settings))
    return report.exit_status


@cli.command()
@click.argument("ids", nargs=-1, required=True, metavar="ID...")
@click.option("--style", type=click.Choice(CITATION_STYLES), default="text", help="Style.", show_default=True)
@click.pass_obj
def cite(settings: Settings, ids: tuple[str, ...], style: str) -> None:
    """Citations of facts or documents, to be pasted: sentences, footnotes, or a bibliography of their documents.

    \b
    Examples:
      xjfacts cite scmp-2023-02/us-sanctioned-tuniyaz
      xjfacts cite guardian-2023-02-08 scmp-2023-02 --style biblatex
      xjfacts cite scmp-2023-02/us-sanctioned-tuniyaz --style markdown
    """
    from xjfacts.cite import STYLES  # deferred: nobody else needs it

    write_answer(STYLES[style](settings.load().cite(*ids)))


@cli.command()
@click.argument("text", type=click.Path())
@click.option("--body", metavar="LINES", help="The lines that are the article itself, from 1: 13-33 or 13-33,40-44.")
@click.option(
    "--against", metavar="ID", help="A document already curated: show which of its paragraphs have no fact yet."
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
    from xjfacts import draft  # deferred: no answer needs it

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


@cli.command()
@click.argument("form", type=click.Choice(DUMPS))
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
    from xjfacts.dump import dump  # deferred: no answer needs it

    if form == "sqlite" and output is None and has_terminal():
        raise UsageError("a database is nothing to read on a terminal; name a file with --output")
    made = dump(settings.load().corpus, form)
    if output is None:
        write_answer(made)
    else:
        from xjfacts.files import write_file

        write_file(output, made)


@cli.command()
@click.argument("what", metavar="facts|answer")
def schema(what: str) -> None:
    """The JSON Schema of the fact files, or of the JSON answers.

    \b
    Examples:
      xjfacts schema facts
      xjfacts schema answer
    """
    from xjfacts.schema import schema_text  # deferred: nobody else needs it

    write_answer(schema_text(what))


# The process ---------------------------------------------------------------------------------------------------------


def run(arguments: list[str]) -> int:
    """Run the command line and return the exit status; whatever goes wrong is one line on standard error."""
    try:
        return cli.main(arguments, prog_name="xjfacts", standalone_mode=False) or 0
    except (click.ClickException, XjfactsError) as error:
        return report(error)
    except click.Abort:
        raise KeyboardInterrupt from None


def report(error: click.ClickException | XjfactsError) -> int:
    """Say what went wrong and return its exit status."""
    if isinstance(error, click.ClickException):
        write_line(f"xjfacts: {' '.join(error.format_message().split())}")
        return error.exit_code
    if isinstance(error, UnreadableFacts):
        for line in problem_lines(error.problems):
            write_line(line)
    if not isinstance(error, ReaderGone):
        write_line(f"xjfacts: {error}")
    if isinstance(error, AmbiguousName) and error.asked is not None:
        for guess in error.asked.candidates:
            write_line(f"  {guess.id}: {guess.name} ({guess.context}), matched '{guess.matched}', {guess.score:.2f}")
    return error.exit_status


def problem_lines(problems: Sequence[Problem]) -> list[str]:
    """Return a line for each problem, but no more than a screen of them."""
    lines = [str(problem) for problem in problems[:MOST_PROBLEMS]]
    more = len(problems) - MOST_PROBLEMS
    return [*lines, f"... and {more} more"] if more > 0 else lines
