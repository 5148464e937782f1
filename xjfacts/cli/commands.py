"""The command line: parse, load, ask, choose a form, print; nothing else.

Modules that only some answers need are imported where they are needed, in the functions marked `deferred`: an answer
in JSON should not wait for rich, nor a usage error for the facts.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator, Sequence
from time import monotonic
from typing import TYPE_CHECKING, Any

import click

from xjfacts import __version__
from xjfacts.cli.output import ReaderGone, write_answer, write_line
from xjfacts.errors import AmbiguousName, NotFound, Problem, UnreadableFacts, UsageError, XjfactsError, suggestion

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

    from xjfacts.answers.questions import Facts
    from xjfacts.answers.records import Answer
    from xjfacts.cli.completion import Offer
    from xjfacts.corpus.cache import Cache
    from xjfacts.corpus.index import Corpus

    Complete = Callable[[click.Context, click.Parameter, str], list[CompletionItem[str]]]

FORMATS = ("table", "json", "ndjson", "csv", "markdown")
SCRIPTED = ("json", "ndjson", "csv")  # what programs read is in its form even where there is nothing
DUMPS = ("ftm", "csv", "sqlite", "dot")
SHELLS = ("bash", "zsh", "fish")
CITATION_STYLES = ("text", "markdown", "biblatex", "csl-json")
WHEN = ("auto", "always", "never")
FOLDERS_VARIABLE = "XJFACTS_FACTS"
CACHE_VARIABLE = "XJFACTS_CACHE"  # `off`: as --no-cache
COMPLETION_VARIABLE = "_XJFACTS_COMPLETE"  # set by the script of a shell: the arguments are words to be completed
MOST_PROBLEMS = 25  # lines of problems on standard error; `check` prints them all
DEFAULT_WIDTH = 80
ENVIRONMENT = {
    "XJFACTS_FACTS": "Folders or files of facts, as for --facts, with a colon between them (on Windows a semicolon).",
    "XJFACTS_CACHE": "off: as --no-cache. Else the facts are kept as they were read, in the user's cache folder.",
    "NO_COLOR": "Where it is set, answers have no colour unless --color says otherwise.",
}
EXIT_STATUSES = {
    0: "answered",
    1: "nothing found, or check found problems",
    2: "wrong usage: an unknown option, word or date",
    3: "a name fits several; they are listed with the ids to ask for",
    4: "the facts cannot be read; every reason is listed",
    70: "an error of its own, or not enough memory",
    74: "the answer cannot be written",
    130: "interrupted",
    141: "nobody reads the answer any more",
}
PATIENCE = 1.0  # seconds without a sign of life


class Settings:
    """What stands on the group: which facts, which colours, and the form that a command chose."""

    def __init__(self, folders: Sequence[str], color: str, *, may_keep: bool) -> None:
        self.folders = tuple(folders)
        self.color = color
        self.may_keep = may_keep
        self.format = "table"

    def load(self) -> Facts:  # deferred: usage errors and help need no facts
        from xjfacts.answers.questions import Facts

        return Facts(self.corpus())

    def corpus(self) -> Corpus:  # deferred: as above
        from xjfacts.corpus.snapshot import load

        return load(self.folders, self.cache(), in_sight)

    def stamp(self) -> tuple[str, int, int]:
        """Return the SHA-256 of the facts, and how many documents and facts they hold."""
        kept = self.cache().find(self.folders)
        return self.corpus().stamp if kept is None else kept.stamp

    def cache(self) -> Cache:  # deferred: as above
        from xjfacts.corpus.cache import Cache, cache_folder

        may_keep = self.may_keep and os.environ.get(CACHE_VARIABLE) != "off"
        return Cache(cache_folder(os.environ, sys.platform) if may_keep else None, __version__)


def in_sight(what: str, items: Sequence[Any]) -> Iterator[Any]:
    """Hand on what is gone through, under a bar on a terminal from the moment that it has taken too long."""
    begun, bar = monotonic(), None
    try:
        for done, item in enumerate(items):
            if bar is None and monotonic() - begun > PATIENCE and sys.stderr is not None and sys.stderr.isatty():
                from xjfacts.forms.terminal import Bar  # deferred: who waits for long can wait for rich

                bar = Bar(what, len(items), sys.stderr)
            if bar is not None:
                bar.move_to(done)
            yield item
    finally:
        if bar is not None:
            bar.remove()


SECTIONS = {  # in the order in which a newcomer needs them
    "Ask": ("who", "sanctions", "events", "said", "figures", "search", "names"),
    "Look up and cite": ("show", "sources", "cite"),
    "Curate": ("check", "new", "schema"),
    "Connect": ("export", "completion"),
}


class Command(click.Command):
    """A command whose help goes the way of an answer, where closed pipes and full disks are known."""

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        option = super().get_help_option(ctx)
        if option is not None:
            option.callback = show_help
        return option


def show_help(ctx: click.Context, _: click.Parameter, wanted: bool) -> None:
    """Write the help of a command and end, as click would."""
    if wanted and not ctx.resilient_parsing:
        write_answer(f"{ctx.get_help()}\n")
        ctx.exit()


class Commands(Command, click.Group):
    """A group whose help lists the commands by what they are for."""

    command_class = Command

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        return [name for names in SECTIONS.values() for name in names]

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        for section, names in SECTIONS.items():
            with formatter.section(section):
                formatter.write_dl([(f"{name:<10}", self.commands[name].get_short_help_str()) for name in names])

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        with formatter.section("Exit status"):
            formatter.write_dl([(f"{status:<10}", meaning) for status, meaning in EXIT_STATUSES.items()])


class Word(click.Choice[str]):
    """A word of a closed list; a wrong one is told the nearest, as the words that the facts are asked for are."""

    def get_invalid_choice_message(self, value: Any, ctx: click.Context | None) -> str:  # noqa: ARG002
        from difflib import get_close_matches  # only where the word is wrong already

        guesses = suggestion(get_close_matches(str(value), self.choices, n=1, cutoff=0.5))
        return f"'{value}' is not one of its words{guesses}; it takes {', '.join(self.choices)}"


def folders_or_default(folders: tuple[str, ...]) -> tuple[str, ...]:
    """Return the folders of facts that were asked for, else those in the environment; an empty part is `shipped`."""
    if "" in folders:
        raise UsageError("--facts: '' names no folder")
    variable = os.environ.get(FOLDERS_VARIABLE, "")
    return folders or tuple(part or "shipped" for part in variable.split(os.pathsep) if variable)


# Completion: what a shell is told of a word that is only begun. All of it is deferred: no answer needs it.


def completing_names(kind: str = "", role: str = "") -> Complete:
    """Return the completion of a name; with a kind of fact and a role in it, among the entities that occur there."""

    def complete(ctx: click.Context, param: click.Parameter, typed: str) -> list[CompletionItem[str]]:
        from xjfacts.cli.completion import offer_names

        corpus = corpus_of(ctx)
        among = corpus.entities_as(kind, role) if kind else None
        before = ctx.params.get(str(param.name)) or () if param.nargs == -1 else ()
        return as_items(offer_names(corpus, typed, before=before, among=among))

    return complete


def completing_ids(*kinds: str) -> Complete:
    """Return the completion of an id of a `document`, `fact` or `entity`."""

    def complete(ctx: click.Context, _: click.Parameter, typed: str) -> list[CompletionItem[str]]:
        from xjfacts.cli.completion import offer_ids

        return as_items(offer_ids(corpus_of(ctx), typed, kinds=kinds))

    return complete


def completing_words(which: str) -> Complete:
    """Return the completion of a word of a closed list."""

    def complete(_: click.Context, __: click.Parameter, typed: str) -> list[CompletionItem[str]]:
        from xjfacts.cli.completion import offer_words

        return as_items(offer_words(which, typed))

    return complete


def completing_folders(_: click.Context, __: click.Parameter, typed: str) -> list[CompletionItem[str]]:
    """Complete a folder of facts, or one file, or the word for those that come with the tool."""
    from click.shell_completion import CompletionItem

    word = [CompletionItem("shipped")] if typed and "shipped".startswith(typed) else []
    return [*word, CompletionItem(typed, type="file")]


def corpus_of(ctx: click.Context) -> Corpus:
    """Return the facts that the command line, as far as it is typed, asks."""
    asked = ctx.find_root().params
    return Settings(folders_or_default(asked["folders"]), "never", may_keep=not asked["no_cache"]).corpus()


def as_items(offers: Sequence[Offer]) -> list[CompletionItem[str]]:
    """Return offers as click hands them on."""
    from click.shell_completion import CompletionItem

    return [CompletionItem(offer.value, help=offer.about or None) for offer in offers]


CONTEXT = {"help_option_names": ["-h", "--help"], "max_content_width": 100}


@click.group(
    cls=Commands, context_settings=CONTEXT, invoke_without_command=True, subcommand_metavar="[COMMAND] [ARGS]..."
)
@click.option(
    "--facts",
    "folders",
    multiple=True,
    metavar="DIR",
    shell_complete=completing_folders,
    help="Folder of fact files, or one file; again for more. 'shipped' stands for the facts that come with the tool. "
    "Without it, $XJFACTS_FACTS says.",
)
@click.option("--color", type=Word(WHEN), default="auto", help="Colour in the terminal.", show_default=True)
@click.option("--no-cache", is_flag=True, help="Read the facts anew, and keep nothing for the next time.")
@click.option("--version", is_flag=True, help="Show the version of the tool and of the facts.")
@click.pass_context
def cli(ctx: click.Context, folders: tuple[str, ...], color: str, no_cache: bool, version: bool) -> None:
    """Answer questions of fact about the diplomacy around human rights in Xinjiang, every answer with its citation.

    \b
    Examples:
      xjfacts who "Erkin Tuniyaz"
      xjfacts sanctions --by US
      xjfacts sanctions --by US --json
    """
    ctx.obj = Settings(folders_or_default(folders), color, may_keep=not no_cache)
    if version:
        sha256, documents, facts = ctx.obj.stamp()
        write_answer(f"xjfacts {__version__}\nfacts: {documents} documents, {facts} facts\nsha256: {sha256}\n")
    elif ctx.invoked_subcommand is None:
        write_answer(WELCOME)


WELCOME = """\
xjfacts answers questions of fact about the diplomacy around human rights in
Xinjiang, every answer with its citation. Ask, for example:

  xjfacts who "Erkin Tuniyaz"    all that is known of a person, body or country
  xjfacts sanctions --by US      who sanctioned whom
  xjfacts search genocide        the facts that hold a word
  xjfacts names tunyaz           what a name is taken for

'xjfacts -h' lists all commands; 'xjfacts COMMAND -h' shows more examples.
"""


def answering(function: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command the options that say in which form its answer comes."""
    short = click.option("--json", "as_json", is_flag=True, help="Short for --format json.")
    form = click.option("--format", "form", type=Word(FORMATS), default="table", help="Form of the answer.")
    return form(short(function))


def dated(function: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command the range of dates."""
    function = click.option("--until", metavar="DATE", help="Up to this date: 2021, 2021-03 or 2021-03-18.")(function)
    return click.option("--since", metavar="DATE", help="From this date on.")(function)


def ask(settings: Settings, form: str, as_json: bool, command: str, question: Callable[[Facts], Answer[Any]]) -> None:
    """Load the facts, put the question, and print the answer in its form; raise for the exit status."""
    settings.format = "json" if as_json else form
    facts = settings.load()
    try:
        answer = question(facts)
    except (NotFound, AmbiguousName) as error:
        if settings.format in SCRIPTED:
            write_answer(in_form(facts.nothing(command, error), settings))
        raise
    for asked in answer.query.names():
        if asked.how == "fuzzy":
            write_line(f"matched '{asked.asked}' to {asked.name} ({asked.score:.2f})")
    if answer.count or settings.format != "table" or isinstance(answer.answer, str):
        write_answer(in_form(answer, settings))
    if not answer.count:
        raise NotFound(nothing_found(answer))
    unresolved(answer)


def unresolved(answer: Answer[Any]) -> None:
    """Raise what any other question would, where `names` shows candidates for a name but none is meant by it."""
    for asked in answer.query.names():
        if asked.how == "ambiguous":
            raise AmbiguousName(f"'{asked.asked}' fits several: ask for one of their ids")
        if asked.id is None:
            raise NotFound(f"nobody and nothing here is called '{asked.asked}'")


def in_form(answer: Answer[Any], settings: Settings) -> str:  # deferred: a script needs no page, and a pipe no rich
    """Return the answer as text in the form asked for."""
    is_terminal = has_terminal()
    if settings.format in ("table", "markdown"):
        return as_page(answer, settings, is_terminal=is_terminal)
    from xjfacts.forms.tabular import FORMATS, to_json

    if settings.format == "json":
        return to_json(answer, indent=2 if is_terminal else 0)
    return FORMATS[settings.format](answer)


def as_page(answer: Answer[Any], settings: Settings, *, is_terminal: bool) -> str:  # deferred: as above
    """Return the answer as a page: Markdown, plain text, or what the terminal is to be sent."""
    color = wants_color(settings.color, is_terminal=is_terminal)
    if settings.format == "table" and (is_terminal or color):
        from xjfacts.forms.terminal import render

        return render(answer, width=terminal_width(), color=color)
    from xjfacts.forms.plain import to_markdown, to_text

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
    if columns.isascii() and columns.isdigit() and len(columns) < 5 and int(columns):
        return int(columns)
    if not has_terminal():
        return DEFAULT_WIDTH
    try:
        return os.get_terminal_size(sys.stdout.fileno()).columns or DEFAULT_WIDTH
    except OSError:
        return DEFAULT_WIDTH


def nothing_found(answer: Answer[Any]) -> str:
    """Say that there is nothing, and what there is nearby."""
    from xjfacts.forms.page import not_shown  # deferred: there mostly is something
    from xjfacts.text import counted

    known = ", ".join(counted(count, kind) for kind, count in answer.nearby.items())
    whose = " and ".join(str(asked.name) for asked in answer.query.names())
    parts = ("nothing found", answer.hidden and not_shown(answer), known and f"known of {whose}: {known}")
    return "; ".join(part for part in parts if part)


def joined(words: Sequence[str]) -> str | None:
    """Return the words of a name that came without quotes as one; None where there are none."""
    return " ".join(words) if words else None


# Commands, in the order of the help ----------------------------------------------------------------------------------


@cli.command(short_help="All that is known of a person, body, country, topic.")
@click.argument("name", nargs=-1, required=True, shell_complete=completing_names())
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


@cli.command(short_help="Who sanctioned whom.")
@click.option("--by", metavar="NAME", shell_complete=completing_names("sanction", "by"), help="Who imposed them.")
@click.option("--on", metavar="NAME", shell_complete=completing_names("sanction", "target"), help="On whom.")
@click.option(
    "--status",
    metavar="STATUS",
    shell_complete=completing_words("status"),
    help="imposed, lifted, not-imposed, considered, called-for, ruled-out or all.",
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


@cli.command(short_help="What happened, or was to happen, in order of time.")
@click.argument("name", nargs=-1, shell_complete=completing_names("event", "participants"))
@click.option(
    "--type",
    metavar="TYPE",
    shell_complete=completing_words("type"),
    help="visit, meeting, dialogue, letter, vote, summit, award, ...",
)
@click.option(
    "--outcome",
    metavar="OUTCOME",
    shell_complete=completing_words("outcome"),
    help="held, planned, proposed, requested, agreed, stalled, ...",
)
@click.option("--place", metavar="NAME", shell_complete=completing_names("event", "place"), help="Where.")
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


@cli.command(short_help="Who said what to whom, and what was answered.")
@click.argument("name", nargs=-1, shell_complete=completing_names("statement", "speaker"))
@click.option("--to", metavar="NAME", shell_complete=completing_names("statement", "to"), help="To whom.")
@click.option(
    "--about", metavar="NAME", shell_complete=completing_names("statement", "about"), help="About whom or what."
)
@click.option(
    "--act",
    metavar="ACT",
    shell_complete=completing_words("act"),
    help="asserts, alleges, denies, demands, condemns, announces, ...",
)
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


@cli.command(short_help="Numbers, and whose they are.")
@click.option("--about", metavar="NAME", shell_complete=completing_names("figure", "about"), help="About whom or what.")
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


@cli.command(short_help="The facts that hold some words.")
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


@cli.command(short_help="The documents, and what was taken from each.")
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
    ask(settings, form, as_json, "sources", lambda facts: facts.sources(joined(name)))


@cli.command(short_help="What a name is taken for, and why.")
@click.argument("name", nargs=-1, shell_complete=completing_names())
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


@cli.command(short_help="One fact, document or entity, whole.")
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
    ask(settings, form, as_json, "show", lambda facts: facts.show(*ids))


@cli.command(short_help="Whether fact files keep all rules.")
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


@cli.command(short_help="Citations to paste: sentences, footnotes, BibLaTeX.")
@click.argument("ids", nargs=-1, required=True, metavar="ID...", shell_complete=completing_ids("document", "fact"))
@click.option("--style", type=Word(CITATION_STYLES), default="text", help="Style.", show_default=True)
@click.pass_obj
def cite(settings: Settings, ids: tuple[str, ...], style: str) -> None:
    """Citations of facts or documents, to be pasted: sentences, footnotes, or a bibliography of their documents.

    \b
    Examples:
      xjfacts cite scmp-2023-02/us-sanctioned-tuniyaz
      xjfacts cite guardian-2023-02-08 scmp-2023-02 --style biblatex
      xjfacts cite scmp-2023-02/us-sanctioned-tuniyaz --style markdown
    """
    from xjfacts.forms.cite import STYLES  # deferred: nobody else needs it

    write_answer(STYLES[style](settings.load().cite(*ids)))


@cli.command(short_help="Start a document file from a text.")
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


@cli.command(short_help="All facts for other tools.")
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


@cli.command(short_help="The JSON Schema of fact files or of answers.")
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


@cli.command(short_help="Completion for bash, zsh and fish.")
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


# The process ---------------------------------------------------------------------------------------------------------


def run(arguments: list[str]) -> int:
    """Run the command line and return the exit status; whatever goes wrong is one line on standard error."""
    shell = os.environ.get(COMPLETION_VARIABLE)
    try:
        if shell:
            return complete(shell, arguments)
        with cli.make_context("xjfacts", [*arguments]) as ctx:  # not `main`, which would write and catch by itself
            return cli.invoke(ctx) or 0
    except click.exceptions.Exit as end:
        return end.exit_code
    except (click.ClickException, XjfactsError) as error:
        return report(error)


def complete(shell: str, words: list[str]) -> int:
    """Tell a shell what the last of the words can become."""
    from xjfacts.cli import shells  # deferred: no answer needs it

    write_answer(shells.complete(cli, shell, words, occasion=os.environ.get("COMP_TYPE", "")))
    return 0


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
