"""The pager: for what is taller than the terminal, and for nothing else."""

from __future__ import annotations

import os
import pty
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import ROOT, SMALL, read_terminal

from xjfacts.cli.pager import pager_of, rows_of

Terminal = Callable[..., str]


@pytest.fixture
def pager(tmp_path: Path) -> Path:
    """Return a pager that says that it was asked, and keeps what it was given."""
    script = tmp_path / "pager"
    script.write_text(f'#!/bin/sh\necho "paged $*"\ncat > {tmp_path}/page\n')
    script.chmod(0o755)
    return script


def in_terminal(*arguments: str, lines: int, output: str | None = None, **variables: str) -> str:
    """Run xjfacts on a terminal of so many lines, and return what was sent to it."""
    ours, theirs = pty.openpty()
    environment = {**os.environ, "LINES": str(lines), "COLUMNS": "80", "NO_COLOR": "1", **variables}
    command = [sys.executable, "-m", "xjfacts", "--facts", SMALL, *arguments]
    with subprocess.Popen(command, stdin=theirs, stdout=theirs, stderr=theirs, env=environment, cwd=ROOT):
        os.close(theirs)
        return read_terminal(ours)


def test_a_page_taller_than_the_terminal_goes_whole_through_the_pager(pager: Path) -> None:
    shown = in_terminal("who", "Anna Trentino", lines=20, PAGER=f"{pager} -x")
    assert shown == "paged -x\n"
    assert (pager.parent / "page").read_text().startswith("Anna Trentino")


@pytest.mark.parametrize(
    ("arguments", "lines"),
    [
        (["who", "Anna Trentino"], 200),  # it fits
        (["--no-pager", "who", "Anna Trentino"], 20),
        (["who", "Anna Trentino", "--no-pager"], 20),
        (["who", "Anna Trentino", "--json"], 20),  # no page
        (["who", "Anna Trentino", "--format", "markdown"], 20),
    ],
)
def test_nothing_else_is_paged(pager: Path, arguments: list[str], lines: int) -> None:
    shown = in_terminal(*arguments, lines=lines, PAGER=str(pager))
    assert "paged" not in shown
    assert "Anna Trentino" in shown


@pytest.mark.parametrize("wanted", ["cat", "", "/nowhere/pager", "'"])
def test_without_a_pager_the_page_is_written(wanted: str) -> None:
    assert "Anna Trentino" in in_terminal("who", "Anna Trentino", lines=20, PAGER=wanted)


def test_what_is_piped_is_not_paged(pager: Path) -> None:
    told = subprocess.run(
        [sys.executable, "-m", "xjfacts", "--facts", SMALL, "who", "Anna Trentino"],
        capture_output=True, text=True, check=True, cwd=ROOT, env={**os.environ, "LINES": "5", "PAGER": str(pager)},
    )  # fmt: skip
    assert told.stdout.startswith("Anna Trentino (person)\n")


def test_who_has_seen_enough_leaves_without_a_word(tmp_path: Path) -> None:
    script = tmp_path / "pager"
    script.write_text("#!/bin/sh\nexec head -1\n")
    script.chmod(0o755)
    assert in_terminal("who", "Anna Trentino", lines=20, PAGER=str(script)).startswith("Anna Trentino")


def test_less_is_the_pager_where_none_is_wanted_and_shows_colours(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert pager_of({"PAGER": "most -s"}) == ["most", "-s"]
    monkeypatch.setenv("PATH", str(tmp_path))
    assert pager_of({}) == ()
    less = tmp_path / "less"
    less.write_text("")
    less.chmod(0o755)
    assert pager_of({}) == ("less", "-FRX")


def test_a_long_line_takes_as_many_rows_as_a_terminal_gives_it() -> None:
    assert rows_of("\x1b[1mone\x1b[0m\n\n" + "x" * 161 + "\n" + "張" * 40 + "\n", 80) == 1 + 1 + 3 + 1
