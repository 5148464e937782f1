"""The command line as a process runs it: arguments in, an exit status out, and what went wrong as one line."""

from __future__ import annotations

import os
from collections.abc import Sequence

import click

from xjfacts.cli.group import cli
from xjfacts.cli.output import ReaderGone, write_answer, write_line
from xjfacts.errors import AmbiguousName, Problem, UnreadableFacts, XjfactsError

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
