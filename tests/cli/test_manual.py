"""The manual page says what the help says, and man shows it without a complaint."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path

import click
import pytest
from conftest import ROOT, all_commands

from xjfacts.cli.group import cli
from xjfacts.cli.manual import PAGE, format_manual
from xjfacts.cli.statuses import EXIT_STATUSES


@pytest.fixture(scope="module")
def shown() -> str:
    """Return the page as man shows it, in one line a paragraph, after seeing that nothing was said of it."""
    if shutil.which("man") is None:
        pytest.skip("man is not installed")
    told = subprocess.run(
        ["man", "--warnings", "-l", PAGE],
        env={**os.environ, "LC_ALL": "C.UTF-8", "MANWIDTH": "1000", "MAN_KEEP_FORMATTING": "", "MANPAGER": "cat"},
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert told.stderr == ""
    return " ".join(told.stdout.split())


def test_the_committed_page_is_made_from_the_help_as_it_is_now() -> None:
    assert Path(PAGE).read_text(encoding="ascii") == format_manual(cli), "run: python -m xjfacts.cli.manual"


def test_man_shows_every_command_with_its_options_and_examples(shown: str) -> None:
    for name, command in all_commands().items():
        assert f" {name} xjfacts {name} " in shown
        for param in command.params:
            if isinstance(param, click.Option):
                assert f"{param.opts[-1]} " in shown
                assert str(param.help) in shown
        for example in re.findall(r"^\s*(xjfacts .*)$", command.help or "", re.MULTILINE):
            assert " ".join(example.split()) in shown


def test_the_name_section_can_be_indexed() -> None:
    if shutil.which("lexgrog") is None:
        pytest.skip("lexgrog (of man-db) is not installed")
    told = subprocess.run(["lexgrog", PAGE], capture_output=True, text=True, check=True)
    assert '"xjfacts - answer questions of fact' in told.stdout


@pytest.mark.parametrize("sign", ["\\", "-", "'", "`", "^", "~", '"', "張", ".TH", "'br", "\\fB"])
def test_a_help_text_cannot_become_a_command_of_roff(sign: str) -> None:
    if shutil.which("man") is None:
        pytest.skip("man is not installed")
    page = format_manual(
        click.Group("x", help=f"{sign} one.\n\n{sign} two", context_settings={"help_option_names": []})
    )
    told = subprocess.run(
        ["man", "--warnings", "-l", "-"], input=page, encoding="utf-8",
        env={**os.environ, "LC_ALL": "C.UTF-8", "MANPAGER": "cat"}, capture_output=True, check=True,
    )  # fmt: skip
    assert told.stderr == ""
    assert f"{sign} two" in told.stdout


def test_the_exit_statuses_that_the_readme_names_are_those_of_the_tool() -> None:
    (said,) = re.findall(r"^Exit status: (.*?);", (ROOT / "README.md").read_text(encoding="utf-8"), re.M | re.S)
    named = {int(number) for number in re.findall(r"(?:^|,)\s+(\d+) (?=[a-z])", f" {said}")}
    assert {0, 1, 2, 3, 4, 74} <= named <= set(EXIT_STATUSES)
