"""How long an answer takes from the prompt, as a multiple of what importing click takes.

    python tests/benchmarks/start.py [ROUNDS]

Prints ratios of medians on the shipped facts, with what is wanted; it never fails for being slow. The facts are kept in a
cache folder of this run's own; the last lines are without one.
"""

from __future__ import annotations

import sys
from tempfile import TemporaryDirectory

from timing import CLICK, XJFACTS, in_turn

COMMANDS = {  # what is asked, and at most how many times the import of click it should take
    "--version": 1.3,
    "--help": None,
    "sanctions --by US --json": 1.4,
    "who Erkin Tuniyaz --json": 1.4,
    "who Erkin Tuniyaz": 1.6,
    "who Erken Tunyaz": 2.5,
    "--color always who Erkin Tuniyaz": None,
    "--no-cache sanctions --by US --json": None,
    "--no-cache who Erkin Tuniyaz": None,
}
COMPLETION = "completion of who Tuniy", 2.0


def main(rounds: int) -> None:
    commands = {name: [XJFACTS, *name.split()] for name in COMMANDS}
    completing = ["env", "_XJFACTS_COMPLETE=bash", "COMP_TYPE=63", XJFACTS, "who", "Tuniy"]
    with TemporaryDirectory() as cache:
        medians = in_turn(
            {"import click": CLICK, **commands, COMPLETION[0]: completing}, rounds, {"XDG_CACHE_HOME": cache}
        )
    base = medians["import click"].seconds
    print(f"| {rounds} rounds in turn; import click: {base * 1000:.0f} ms | ratio | wanted |\n|---|---|---|")
    for name, wanted in (*COMMANDS.items(), COMPLETION):
        print(f"| `xjfacts {name}` | {medians[name].seconds / base:.2f} | {wanted or ''} |")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 25)
