"""Count the instructions that one exact look-up in JSON takes beyond what importing click and msgspec takes.

    python tests/benchmarks/instructions.py             the count, beside the one written down
    python tests/benchmarks/instructions.py --update    write it down, on purpose

valgrind's callgrind counts the same every time, to the instruction, on a machine that is busy or not: with a fixed hash
seed, with compiled modules and kept facts in place. What Python, click and msgspec need depends on how they were built
and on what else is installed, so that is taken off; what is left differs from version to version of Python and has a
line for each in `instructions.txt`.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

ROOT = Path(__file__).resolve().parent.parent.parent
WRITTEN = Path(__file__).with_name("instructions.txt")
VERSION = f"{sys.version_info.major}.{sys.version_info.minor}"
TOLERATED = 1.10

# Ends as xjfacts does, without taking the modules down.
BASE = (sys.executable, "-c", "import gc, os; gc.disable(); import click, msgspec; os._exit(0)")
LOOK_UP = (
    sys.executable, "-m", "xjfacts", "--facts", str(ROOT / "tests" / "small"), "who", "Anna Trentino", "--json"
)  # fmt: skip


def count() -> int:
    """Return the instructions of the look-up beyond the base. Raises FileNotFoundError without valgrind."""
    if shutil.which("valgrind") is None:
        raise FileNotFoundError("valgrind")
    with TemporaryDirectory() as cache:
        environment = {**os.environ, "PYTHONHASHSEED": "0", "XDG_CACHE_HOME": cache, "PYTHONDONTWRITEBYTECODE": ""}
        for _ in range(2):  # compiles the modules, keeps the facts
            subprocess.run(LOOK_UP, env=environment, cwd=ROOT, check=True, capture_output=True)
        return _counted(LOOK_UP, environment) - _counted(BASE, environment)


def _counted(command: Sequence[str], environment: dict[str, str]) -> int:
    tool = ("valgrind", "--tool=callgrind", "--callgrind-out-file=/dev/null")
    told = subprocess.run((*tool, *command), env=environment, cwd=ROOT, check=True, capture_output=True, text=True)
    found = re.search(r"Collected : (\d+)", told.stderr)
    assert found, told.stderr
    return int(found[1])


def written() -> dict[str, int]:
    """Return what is written down, by version of Python."""
    lines = (line.split() for line in WRITTEN.read_text().splitlines() if line and not line.startswith("#"))
    return {version: int(number) for version, number in lines}


def update(number: int) -> None:
    known = sorted(({**written(), VERSION: number}).items(), key=lambda one: int(one[0].partition(".")[2]))
    head = [line for line in WRITTEN.read_text().splitlines() if line.startswith("#")]
    WRITTEN.write_text("\n".join([*head, *(f"{version} {one}" for version, one in known)]) + "\n")


if __name__ == "__main__":
    counted, known = count(), written().get(VERSION)
    print(f"Python {VERSION}: {counted:,} instructions; written down: {known and f'{known:,}'}")
    if sys.argv[1:] == ["--update"]:
        update(counted)
