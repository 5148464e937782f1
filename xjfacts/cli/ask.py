"""Ask: who, sanctions, events, said, figures, search, names."""

from __future__ import annotations

from typing import Any

import click

from xjfacts.cli.options import answering, dated, in_full
from xjfacts.cli.parts import command, completing_names, completing_words
from xjfacts.cli.reply import joined, quoted, reply
from xjfacts.cli.settings import Settings
from xjfacts.errors import UsageError


@command(
    "All that is known of a person, body, country, topic.",
    """\
    One person, body, country or topic on one screen: names, offices, sanctions, what is alleged and answered, with
    sources. With --full also events, statements and figures, each in a whole sentence.

    \b
    Examples:
      xjfacts who "Erkin Tuniyaz"
      xjfacts who erkin tuniyaz
      xjfacts who 張明 --json
    """,
)
@click.argument("name", nargs=-1, required=True, shell_complete=completing_names())
@in_full
@answering
@click.pass_obj
def who(settings: Settings, name: tuple[str, ...]) -> int:
    return reply(settings, "who", lambda facts: facts.who(" ".join(name)))


@command(
    "Who sanctioned whom.",
    """\
    Who sanctioned whom. Without --status, those imposed or lifted; a last line counts what was left out.

    Asked for a pair (--by and --on), it answers imposed, lifted, not-imposed (a document says that there is none) or
    no-record (no document says either), and ends with 0 only if it is imposed. Each of several pairs has its own word.

    \b
    Examples:
      xjfacts sanctions --by US
      xjfacts sanctions --by UK --on Tuniyaz
      xjfacts sanctions --status all --since 2021
    """,
)
@click.argument("whose", nargs=-1, metavar="")
@click.option(
    "--by",
    multiple=True,
    metavar="NAME",
    shell_complete=completing_names("sanction", "by"),
    help="Who imposed them; again for several.",
)
@click.option(
    "--on",
    multiple=True,
    metavar="NAME",
    shell_complete=completing_names("sanction", "target"),
    help="On whom; again for several.",
)
@click.option(
    "--status",
    multiple=True,
    metavar="STATUS",
    shell_complete=completing_words("status"),
    help="imposed, lifted, not-imposed, considered, called-for, ruled-out or all.",
)
@dated
@in_full
@answering
@click.pass_obj
def sanctions(settings: Settings, /, whose: tuple[str, ...], **asked: Any) -> int:
    if whose:
        name = quoted(" ".join(whose))
        raise UsageError(f"imposed by {name} or on {name}? ask for 'sanctions --by {name}' or 'sanctions --on {name}'")
    return reply(settings, "sanctions", lambda facts: facts.sanctions(**asked))


@command(
    "What happened, or was to happen, in order of time.",
    """\
    What happened or was to happen, in order of time, with how far it came.

    \b
    Examples:
      xjfacts events Tuniyaz
      xjfacts events --type visit --outcome held
      xjfacts events --place Brussels --since 2023
    """,
)
@click.argument("name", nargs=-1, shell_complete=completing_names("event", "participants"))
@click.option(
    "--type",
    multiple=True,
    metavar="TYPE",
    shell_complete=completing_words("type"),
    help="visit, meeting, dialogue, letter, vote, summit, award, ...",
)
@click.option(
    "--outcome",
    multiple=True,
    metavar="OUTCOME",
    shell_complete=completing_words("outcome"),
    help="held, planned, proposed, requested, agreed, stalled, ...",
)
@click.option("--place", metavar="NAME", shell_complete=completing_names("event", "place"), help="Where.")
@dated
@answering
@click.pass_obj
def events(settings: Settings, /, name: tuple[str, ...], **asked: Any) -> int:
    return reply(settings, "events", lambda facts: facts.events(joined(name), **asked))


@command(
    "Who said what to whom, and what was answered.",
    """\
    Who said what to whom, beside what it answers and what answers it: statements, and whatever else is told on
    somebody's word. A body includes its parts.

    \b
    Examples:
      xjfacts said "Hua Chunying"
      xjfacts said China --act denies
      xjfacts said --about "detention camps" --json
    """,
)
@click.argument("name", nargs=-1, shell_complete=completing_names("statement", "speaker"))
@click.option("--to", metavar="NAME", shell_complete=completing_names("statement", "to"), help="To whom.")
@click.option(
    "--about", metavar="NAME", shell_complete=completing_names("statement", "about"), help="About whom or what."
)
@click.option(
    "--act",
    multiple=True,
    metavar="ACT",
    shell_complete=completing_words("act"),
    help="asserts, alleges, denies, demands, condemns, announces, ...",
)
@dated
@answering
@click.pass_obj
def said(settings: Settings, /, name: tuple[str, ...], **asked: Any) -> int:
    return reply(settings, "said", lambda facts: facts.said(joined(name), **asked))


@command(
    "Numbers, and whose they are.",
    """\
    Numbers, each with its bound and whose it is; never added up or averaged.

    \b
    Examples:
      xjfacts figures
      xjfacts figures --about "detention camps"
    """,
)
@click.option("--about", metavar="NAME", shell_complete=completing_names("figure", "about"), help="About whom or what.")
@answering
@click.pass_obj
def figures(settings: Settings, /, **asked: Any) -> int:
    return reply(settings, "figures", lambda facts: facts.figures(**asked))


@command(
    "The facts that hold some words.",
    """\
    Facts that hold all the words in their sentence, quotes, titles or names; best first. Words in quotation marks stand
    side by side.

    \b
    Examples:
      xjfacts search genocide parliament
      xjfacts search "unfettered access"
    """,
)
@click.argument("words", nargs=-1, required=True)
@answering
@click.pass_obj
def search(settings: Settings, words: tuple[str, ...]) -> int:
    return reply(settings, "search", lambda facts: facts.search(*words))


@command(
    "What a name is taken for, and why.",
    """\
    All names that are known; or what one name is taken for, with scores and why.

    \b
    Examples:
      xjfacts names
      xjfacts names tunyaz
      xjfacts names Brussels --json
    """,
)
@click.argument("name", nargs=-1, shell_complete=completing_names())
@answering
@click.pass_obj
def names(settings: Settings, name: tuple[str, ...]) -> int:
    return reply(settings, "names", lambda facts: facts.names(joined(name)))
