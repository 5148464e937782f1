"""Whatever call to the system fails, an answer comes or a line and a documented exit status; old files stay whole."""

from __future__ import annotations

import gc
import os
from collections.abc import Callable, Iterator
from errno import EACCES, EIO, EMFILE, ENOENT, ENOSPC
from pathlib import Path
from typing import Any

import pytest

from xjfacts.cli.process import run
from xjfacts.cli.statuses import EXIT_STATUSES

CALLS = (
    "open", "read", "write", "close", "fstat", "stat", "lstat", "scandir", "replace", "link", "unlink",
    "fsync", "fchmod", "fchown", "mkdir", "chmod", "readlink", "getcwd",
)  # fmt: skip
ERRORS = (EIO, ENOSPC, EACCES, EMFILE, ENOENT)
COMMANDS = {
    "who": ["--no-cache", "who", "anna"],
    "who, with a cache": ["who", "anna"],
    "check": ["check", "{facts}"],
    "export": ["--no-cache", "export", "csv", "--output", "{target}"],
    "export sqlite": ["--no-cache", "export", "sqlite", "--output", "{target}"],
    "new": ["new", "{facts}/paper.toml", "--output", "{target}"],
    "new, to a new file": ["new", "{facts}/paper.toml", "--output", "{target}.new"],
}


class Fault:
    """One call of `os` that fails, the `nth` time; a `close` has done its work before. `calls` counts all of them."""

    def __init__(self, name: str, nth: int, error: int) -> None:
        self.calls = 0
        self._real: Callable[..., Any] = getattr(os, name)
        self._name = name
        self._nth = nth
        self._error = error

    def __call__(self, *arguments: Any, **options: Any) -> Any:
        self.calls += 1
        fails = self.calls == self._nth
        result = self._real(*arguments, **options) if not fails or self._name == "close" else None
        if fails:
            raise OSError(self._error, os.strerror(self._error), "/secret/path")
        return result


def faults() -> Iterator[tuple[int, int]]:
    """Yield each number of a call with an error for it, in turn; for the first call two."""
    yield 1, EIO
    yield from ((nth, ERRORS[nth % len(ERRORS)]) for nth in range(1, 25))


@pytest.fixture(autouse=True)
def no_collector() -> Iterator[None]:
    """Keep finalizers of others, which call the system too, out of the way."""
    gc.collect()
    gc.disable()
    yield
    gc.enable()


@pytest.mark.parametrize("name", [name for name in CALLS if hasattr(os, name)])
@pytest.mark.parametrize("command", COMMANDS)
def test_whatever_fails_an_answer_or_a_line_comes_and_files_are_whole(
    command: str, name: str, facts: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    target = facts.parent / "out" / "target"
    target.parent.mkdir()
    target.write_bytes(b"old")
    arguments = ["--facts", str(facts)] + [part.format(facts=facts, target=target) for part in COMMANDS[command]]
    expected = run(arguments)
    good, _ = capfd.readouterr()
    new = {path.name: path.read_bytes() for path in target.parent.iterdir()}
    for nth, error in faults():
        for path in target.parent.iterdir():
            path.unlink()
        target.write_bytes(b"old")
        fault = Fault(name, nth, error)
        with monkeypatch.context() as broken:
            broken.setattr(os, name, fault)
            status = run(arguments)
        out, err = capfd.readouterr()
        if fault.calls < nth:
            break
        assert status in EXIT_STATUSES
        assert "/secret/path" not in out + err
        if status == expected:
            assert out == good
        elif command != "check":
            assert out == ""
        if name != "write":  # by which the line would be written too
            assert bool(err or out) is (status != 0 or bool(good))
        left = {path.name: path.read_bytes() for path in target.parent.iterdir()}
        assert left == new if status == 0 else left == {"target": b"old"}
