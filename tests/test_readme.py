"""The README keeps its word: every session in it is what really happens, every command runs, every example too."""

from __future__ import annotations

import json
import os
import pty
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import ROOT, all_commands, read_terminal

from xjfacts.cli.group import cli

README = (ROOT / "README.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"^```(\w*)\n(.*?)^```$", README, re.MULTILINE | re.DOTALL)
SESSIONS = [text for kind, text in BLOCKS if kind == "console"]
NOT_IMPOSED = ("xjfacts sanctions --by UK --on Tuniyaz",)  # a pair ends with 0 only where the sanction is imposed
PLACEHOLDERS = re.compile(r"\b(COMMAND|FORM|ID|PATH|TEXT)\b|\||^xjfacts new$")
INLINE = sorted(line for line in set(re.findall(r"`(xjfacts [^`]+)`", README)) if not PLACEHOLDERS.search(line))


def shell(command: str) -> subprocess.CompletedProcess[str]:
    """Run a line as a user with xjfacts on the path would."""
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    return subprocess.run(
        ["bash", "-c", command],
        cwd=ROOT,
        env={**os.environ, "PATH": path, "BROWSER": "true"},
        capture_output=True,
        text=True,
        check=False,
    )


def terminal(command: str) -> str:
    """Return what a line prints in a terminal of 80 columns without colours."""
    words = shlex.split(command)
    environment = {**os.environ, "COLUMNS": "80", "NO_COLOR": "1", "TERM": "xterm"}
    master, slave = pty.openpty()
    with subprocess.Popen(
        [sys.executable, "-m", *words], cwd=ROOT, env=environment, stdin=slave, stdout=slave, stderr=slave
    ) as process:
        os.close(slave)
        told = read_terminal(master)
        process.wait()
    return told


def unstamped(text: str) -> str:
    """Return the text without the checksum of the facts, which every correction of a fact changes."""
    return re.sub(r"sha256 [0-9a-f]{12,}", "sha256", text)


def test_the_first_block_is_one_line_that_installs_and_asks() -> None:
    first = BLOCKS[0][1].strip()
    assert "\n" not in first
    assert first.endswith('.venv/bin/xjfacts who "Erkin Tuniyaz"')


def test_ci_runs_the_second_block_letter_for_letter() -> None:
    second = BLOCKS[1][1].strip()
    assert "\n" not in second
    script = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    extract = next(line for line in script.splitlines() if line.startswith("command="))
    shown = subprocess.run(
        ["bash", "-c", f'{extract}; printf %s "$command"'], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert shown.stdout == second
    assert 'bash -euo pipefail -c "$command"' in script


@pytest.mark.parametrize("session", SESSIONS, ids=[text.splitlines()[0] for text in SESSIONS])
def test_every_session_is_what_really_happens(session: str) -> None:
    prompt, _, expected = session.partition("\n")
    command = prompt.removeprefix("$ ")
    if "| jq" in command and not shutil.which("jq"):
        pytest.skip("jq is not installed")
    told = shell(command).stdout if "|" in command else terminal(command)
    assert unstamped(told) == unstamped(expected)


@pytest.mark.parametrize("command", INLINE)
def test_every_command_in_the_text_is_understood(command: str, tmp_path: Path) -> None:
    told = shell(command.replace("DIR", str(tmp_path)))
    ends_with_1 = "--texts DIR" in command or command in NOT_IMPOSED  # that folder holds no text
    assert told.returncode == (1 if ends_with_1 else 0), told.stderr


def test_the_python_example_prints_a_name_and_a_link() -> None:
    example = next(text for kind, text in BLOCKS if kind == "python" and "print(" in text)
    told = subprocess.run([sys.executable, "-c", example], capture_output=True, text=True, check=False, cwd=ROOT)
    assert told.stderr == ""
    assert re.match(r"Erkin Tuniyaz https://\S+#:~:text=", told.stdout)


def examples() -> list[str]:
    """Return the examples in the help of all commands."""
    found = []
    for command in [cli, *all_commands().values()]:
        text = command.help or ""
        found += re.findall(r"^\s*(xjfacts .*)$", text.partition("Examples:")[2], re.MULTILINE)
    return found


@pytest.mark.parametrize("command", examples())
def test_every_example_in_the_help_runs(command: str) -> None:
    told = shell(command)
    assert told.returncode == (1 if command in NOT_IMPOSED else 0), told.stderr
    assert told.stdout or command.startswith("xjfacts open")


def test_every_command_has_two_or_three_examples_and_both_forms_of_help() -> None:
    for name, command in all_commands().items():
        lines = (command.help or "").partition("Examples:")[2].strip().splitlines()
        assert 2 <= len(lines) <= 3, name
        assert shell(f"xjfacts {name} -h").stdout == shell(f"xjfacts {name} --help").stdout != ""


def test_the_recipe_of_the_design_prints_names() -> None:
    told = shell("xjfacts sanctions --by US --json")
    names = [target["name"] for result in json.loads(told.stdout)["results"] for target in result["target"]]
    assert {"Erkin Tuniyaz", "Chen Quanguo"} <= set(names)
