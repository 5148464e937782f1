"""Learn: help."""

from __future__ import annotations

import click

from xjfacts.cli.parts import Context, command
from xjfacts.cli.settings import ENVIRONMENT, Settings
from xjfacts.errors import UsageError, suggestion

TOPICS = {
    "exit-codes": "what a script can tell from the exit status",
    "environment": "the variables that are read",
    "formats": "tables, JSON, CSV and what stands in them",
    "dates": "how dates are written and compared",
    "names": "how a name is taken for somebody",
    "curating": "facts of your own",
}
_TEXTS = {
    "formats": """\
Every answer comes as --format table, json (or --json), ndjson, csv or markdown.

json      One envelope: the question as it was understood (query), count, results. Each result has its citations with
          document, paragraph, quote and link. Roles are lists of id and name. An error is an envelope too: error has
          status, kind and message. 'xjfacts schema answer' prints the JSON Schema.
ndjson    The results alone, one a line, each with asked, matched and score where a name was asked.
csv       A row for each fact, or with --per citation for each of its citations. A list in a cell has an item a line.
          --bom begins with a byte order mark, for spreadsheets that need it. A spreadsheet makes dates and numbers of
          its own of 2022-04 or March 2021 where a file is opened: import it, with its columns as text. earliest and
          latest hold whole days.
markdown  Footnotes, to be pasted into an article.

--fields id,gist,citations.link keeps only these fields, of JSON, NDJSON and CSV. --limit N keeps the first N results;
total is how many there are. --output FILE writes into a file, - is standard output.

What is new in xjfacts.answer/2: by, on, status, type, outcome and act of the query are lists, since several can be
asked for; quote has ' … ' where words are left out, fragments lists what stands between, and context is the word of
the curator on it; earliest and latest are days; answers holds a word for each of several pairs; error says what went
wrong.""",
    "dates": """\
Dates are EDTF, a part of ISO 8601-2:

  2021  2021-03  2021-03-18     a year, a month, a day
  2018-09/2022-01  2019/..      from one to the other; with an open end
  2018-11-15~  2021?  2021%     approximate, uncertain, both

A date has a first and a last day, in JSON earliest and latest. --since and --until keep what can lie in the range, and
mark with (?) what may lie outside it. --known-by answers from the documents published by then.""",
    "names": """\
A name is looked for in this order, and the first that answers wins:

  its id                 erkin-tuniyaz
  the number of a list   GHR0075
  an exact name          in any case and script, with or without accents; words in any order
  a near name            misspelt; this is said, with the name that matched and its score

Where several are equally near, all are listed, with exit status 3. 'xjfacts names NAME' shows what a name is taken for,
and why. A body includes its parts: the US Treasury acts for the US.""",
    "curating": """\
Facts are TOML files, in a folder or one alone: --facts mine/ (and --facts shipped for those that come with the tool).

  xjfacts new text.txt --body 3-40 > mine/daily-2024.toml     start a file from a text
  xjfacts check mine/ --texts texts/                          whether all rules are kept, and all quotes stand there
  xjfacts schema facts                                        the schema by which editors complete and check

facts/README.md says what counts as a source and what each table means.""",
}


@command(
    "Help on a command, or a topic.",
    """\
    Help on a command, or on one of the topics: exit-codes, environment, formats, dates, names, curating.

    \b
    Examples:
      xjfacts help exit-codes
      xjfacts help dates
      xjfacts help sanctions
    """,
)
@click.argument("topic", required=False, metavar="[TOPIC]")
@click.pass_context
def help_(ctx: click.Context, topic: str | None) -> None:
    settings: Settings = ctx.obj
    group = ctx.find_root().command
    assert isinstance(group, click.Group)  # noqa: S101, the command of the root is the group that this one is in
    if topic is None:
        settings.write(f"{ctx.find_root().get_help()}\n\nTopics:\n{_rows(TOPICS)}\n")
    elif topic in _TEXTS:
        settings.write(f"{_TEXTS[topic]}\n")
    elif topic == "environment":
        settings.write(f"{_rows(ENVIRONMENT)}\n")
    elif topic == "exit-codes":
        from xjfacts.cli.statuses import EXIT_STATUSES  # deferred: as its text is

        settings.write(f"{_rows({str(status): meaning for status, meaning in EXIT_STATUSES.items()})}\n")
    else:
        wanted = group.get_command(ctx, topic)
        if wanted is None:
            from difflib import get_close_matches  # only where the word is wrong already

            known = [*TOPICS, *group.list_commands(ctx)]
            guesses = suggestion(get_close_matches(topic, known, n=1, cutoff=0.5))
            raise UsageError(f"there is no help on '{topic}'{guesses}; topics are {', '.join(TOPICS)}")
        settings.write(f"{wanted.get_help(Context(wanted, ctx.find_root(), topic))}\n")


def _rows(meanings: dict[str, str]) -> str:
    width = max(map(len, meanings))
    return "\n".join(f"  {word:<{width}}  {meaning}" for word, meaning in meanings.items())
