"""Whole processes, timed in turn: what the benchmarks share.

A machine with other work is now faster, now slower; so every round runs each command once, and what counts is the ratio
of two medians of the same rounds. A command that fails stops the benchmark.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import NamedTuple

ROOT = Path(__file__).resolve().parent.parent.parent
XJFACTS = str(Path(sys.executable).with_name("xjfacts"))
CLICK = (sys.executable, "-c", "import click")


class Run(NamedTuple):
    """How long a process took, in seconds, and the most memory it held, in MB."""

    seconds: float
    megabytes: float


def run(command: Sequence[str], environment: Mapping[str, str] | None = None, *, accepted: Sequence[int] = (0,)) -> Run:
    begun = perf_counter()
    process = subprocess.Popen(
        command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env={**os.environ, **(environment or {})}
    )
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    seconds = perf_counter() - begun
    if process.returncode not in accepted:
        raise SystemExit(f"{' '.join(command)}: exit status {process.returncode}")
    return Run(seconds, usage.ru_maxrss / (1 << 20 if sys.platform == "darwin" else 1 << 10))


def in_turn(
    commands: Mapping[str, Sequence[str]], rounds: int, environment: Mapping[str, str] | None = None
) -> dict[str, Run]:
    """Return the median of each command over so many rounds, after one that fills every cache."""
    runs: dict[str, list[Run]] = {name: [] for name in commands}
    for turn in range(rounds + 1):
        for name, command in commands.items():
            measured = run(command, environment)
            if turn:
                runs[name].append(measured)
    return {
        name: Run(median(one.seconds for one in all_), max(one.megabytes for one in all_))
        for name, all_ in runs.items()
    }
