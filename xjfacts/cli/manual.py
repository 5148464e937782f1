r"""The manual page, `man xjfacts`, from the help texts of the command line.

    python -m xjfacts.cli.manual        writes xjfacts.1 anew, beside this module

The page is committed, so that building a wheel runs nothing of ours; a test holds it to the help texts. It is in
ASCII: other characters stand as `\[u5F35]`, so that no program on its way to the reader has to guess an encoding.
Paragraphs of help that click is told to leave alone (by a line with `\b`) become examples, a heading over lines.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator
from inspect import cleandoc

import click

from xjfacts import __version__
from xjfacts.cli.group import cli
from xjfacts.cli.settings import ENVIRONMENT
from xjfacts.cli.statuses import EXIT_STATUSES
from xjfacts.files import write_file

PAGE = os.path.join(os.path.dirname(os.path.abspath(__file__)), "xjfacts.1")

# What roff would take for a quotation mark or a hyphen to be set in type, a command, or an escape.
_SIGNS = {"\\": r"\[rs]", "-": r"\-", "'": r"\[aq]", "`": r"\[ga]", "^": r"\[ha]", "~": r"\[ti]", '"': r"\[dq]"}


def format_manual(group: click.Group) -> str:
    """Return the manual page of a group and all its commands as roff, in the macros of man(7)."""
    ctx = click.Context(group, info_name="xjfacts", help_option_names=group.context_settings["help_option_names"])
    return "".join(f"{line}\n" for line in _page(group, ctx))


def _page(group: click.Group, ctx: click.Context) -> Iterator[str]:
    summary, *paragraphs = _paragraphs(group)
    yield r".\" Made by python -m xjfacts.cli.manual from the help texts; change those."
    yield f'.TH XJFACTS 1 "" "xjfacts {__version__}" "User Commands"'
    yield from (".SH NAME", rf"xjfacts \- {_escaped(_filled(summary[0].lower() + summary[1:].rstrip('.')))}")
    yield from (".SH SYNOPSIS", *_usage(group, ctx))
    yield from (".SH DESCRIPTION", _escaped(_filled(summary)), *_text(paragraphs))
    yield from (".SH OPTIONS", *_options(group, ctx))
    yield ".SH COMMANDS"
    for command in filter(None, (group.get_command(ctx, name) for name in group.list_commands(ctx))):
        inner = click.Context(command, info_name=command.name, parent=ctx)
        yield from (f".SS {_escaped(str(command.name))}", *_usage(command, inner))
        yield from (*_text(_paragraphs(command)), *_options(command, inner))
    yield from (".SH ENVIRONMENT", *_list(ENVIRONMENT.items()))
    yield from (".SH EXIT STATUS", *_list((str(status), meaning) for status, meaning in EXIT_STATUSES.items()))


def _usage(command: click.Command, ctx: click.Context) -> Iterator[str]:
    pieces = " ".join(command.collect_usage_pieces(ctx))
    yield rf"\fB{_escaped(ctx.command_path)}\fR {_escaped(pieces)}"


def _paragraphs(command: click.Command) -> list[str]:
    return re.split(r"\n\s*\n", cleandoc(command.help or ""))


def _text(paragraphs: Iterable[str]) -> Iterator[str]:
    """Yield paragraphs; one that begins with a line of `\b` keeps its lines, under the first."""
    for paragraph in paragraphs:
        if paragraph.startswith("\b"):
            heading, *lines = (_escaped(line.strip()) for line in paragraph.splitlines()[1:])
            yield from (".PP", heading, ".RS 4", ".EX", *lines, ".EE", ".RE")
        else:
            yield from (".PP", _escaped(_filled(paragraph)))


def _filled(paragraph: str) -> str:
    return " ".join(paragraph.split())


def _options(command: click.Command, ctx: click.Context) -> Iterator[str]:
    records = (param.get_help_record(ctx) for param in command.get_params(ctx))
    return _list((term, meaning) for term, meaning in filter(None, records) if meaning)


def _list(entries: Iterable[tuple[str, str]]) -> Iterator[str]:
    for term, meaning in entries:
        yield from (".TP", rf"\fB{_escaped(term)}\fR", _escaped(meaning))


def _escaped(text: str) -> str:
    """Return text that roff prints as it is, also at the start of a line."""
    escaped = "".join(_SIGNS.get(sign, sign) if sign.isascii() else rf"\[u{ord(sign):04X}]" for sign in text)
    return rf"\&{escaped}" if escaped.startswith(".") else escaped


if __name__ == "__main__":
    write_file(PAGE, format_manual(cli).encode())
