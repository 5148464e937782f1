"""The command line as a process runs it: arguments in, an exit status out, and what went wrong as one line."""

from __future__ import annotations

import os
from collections.abc import Sequence
from contextlib import suppress
from itertools import pairwise

import click

from xjfacts.cli.group import cli
from xjfacts.cli.output import ReaderGone, write_answer, write_line
from xjfacts.errors import AmbiguousName, Problem, UnreadableFacts, UsageError, XjfactsError

COMPLETION_VARIABLE = "_XJFACTS_COMPLETE"  # set by the script of a shell: the arguments are words to be completed
MOST_PROBLEMS = 25  # lines of problems on standard error; `check` prints them all


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
        status = report(error)
        if wants_json(arguments) and not isinstance(error, ReaderGone) and not getattr(error, "is_told", False):
            write_failure(error)
        return status


def wants_json(arguments: Sequence[str]) -> bool:
    """Tell whether the answer was to be JSON, even of arguments that cannot be understood."""
    options = arguments[: arguments.index("--")] if "--" in arguments else arguments
    follows = any(pair == ("--format", "json") for pair in pairwise(options))
    return "--json" in options or "--format=json" in options or follows


def write_failure(error: click.ClickException | XjfactsError) -> None:
    """Write what went wrong as JSON; silent where standard output cannot be written."""
    from xjfacts.answers.compose import failure  # deferred: mostly nothing goes wrong
    from xjfacts.forms.tabular import to_json

    if isinstance(error, click.ClickException):
        wrapped: XjfactsError = UsageError(" ".join(error.format_message().split()))
    else:
        wrapped = error
    with suppress(XjfactsError):
        write_answer(to_json(failure(wrapped)))


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
