"""Command lines as users type them: in a shell, with pipes, closed descriptors, limits, and terminals that are none.

    sh('xjfacts --facts "$1" who hostile | head -1; exit ${PIPESTATUS[0]}', folder)
    in_terminal('xjfacts --facts "$1" who hostile', folder, COLUMNS="40")

A device is only ever written to by a redirection of the shell.
"""

from __future__ import annotations

import os
import pty
import re
import subprocess
import sys
from typing import NamedTuple

from conftest import read_terminal

# Seconds of processor time and kilobytes of address space: the clock of a busy machine is no measure.
LIMITED = "ulimit -t 4 -v 250000;"

PATIENCE = 60  # seconds after which a command is taken to hang

_UNSHOWN = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u200b\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff]")


class Told(NamedTuple):
    """What a command line wrote, and its exit status: that of its shell, or 128 and the signal that ended it."""

    status: int
    out: bytes
    err: bytes

    @property
    def text(self) -> str:
        return self.out.decode()

    @property
    def lines(self) -> list[str]:
        """The lines of standard error, each of which is shown safely."""
        text = self.err.decode()
        assert "Traceback" not in text, text
        assert "Exception ignored" not in text, text
        assert not _UNSHOWN.search(text), text
        return text.splitlines()


def sh(command: str, *arguments: str | bytes | os.PathLike[str], cwd: str | None = None, **variables: str) -> Told:
    """Run a command line in bash, with `$1` and so on for the arguments and some environment variables changed."""
    ended = subprocess.run(
        _bash(command, arguments), capture_output=True, cwd=cwd, env=environment(**variables), check=False,
        timeout=PATIENCE,
    )  # fmt: skip
    return Told(ended.returncode % 256 if ended.returncode >= 0 else 128 - ended.returncode, ended.stdout, ended.stderr)


def in_terminal(command: str, *arguments: str | bytes | os.PathLike[str], **variables: str) -> str:
    """Run a command line with its output on a terminal, and return what was sent to be shown."""
    ours, theirs = pty.openpty()
    with subprocess.Popen(
        _bash(command, arguments), stdout=theirs, stderr=theirs, env=environment(**variables)
    ) as process:
        os.close(theirs)
        shown = read_terminal(ours)
        process.wait(PATIENCE)
    return shown


def environment(**variables: str) -> dict[str, str]:
    """Return a plain environment in which `xjfacts` is a command, with these variables changed.

    Python writes no bytecode in it: what it could not write whole, for want of space, every later run would trip over.
    """
    kept = {name: os.environ[name] for name in ("XDG_CACHE_HOME", "HOME") if name in os.environ}
    path = os.pathsep.join([os.path.dirname(sys.executable), os.environ["PATH"]])
    plain = {"PATH": path, "LANG": "C.UTF-8", "TERM": "xterm-256color", "PYTHONDONTWRITEBYTECODE": "1"}
    return {**plain, **kept, **variables}


def _bash(command: str, arguments: tuple[str | bytes | os.PathLike[str], ...]) -> list[str | bytes | os.PathLike[str]]:
    return ["bash", "-c", command, "bash", *arguments]


def refused(told: Told, status: int = 4) -> str:
    """Look that a command answered nothing and said why in a screen of lines at most; return these."""
    assert told.out == b""
    assert 1 <= len(told.lines) <= 30
    assert told.status == status, told
    return "\n".join(told.lines)
