"""Time and memory of answers over corpora of 250, 1,000, 10,000 and 100,000 facts (see `corpus.py`).

    python tests/benchmarks/growth.py [ROUNDS [FACTS...]]

The first call reads the files and keeps what it read; it is timed once. All later ones are timed in turn, over all sizes
and on the shipped facts, whose time is 1 in the ratios. Reading without a cache, and `check`, are timed once per size.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

import corpus
from timing import XJFACTS, Run, in_turn, run

SIZES = (250, 1_000, 10_000, 100_000)
QUESTIONS = {
    "who, exact": ("who", corpus.FOCUS[1]),
    "who, fuzzy": ("who", "Erken Tunyaz"),
    "sanctions, JSON": ("sanctions", "--by", corpus.BY, "--on", corpus.FOCUS[1], "--json"),
    "search": ("search", "tuniyaz"),
}
SHIPPED = "shipped"


def main(rounds: int, sizes: tuple[int, ...]) -> None:
    with TemporaryDirectory() as scratch:
        folder = Path(scratch)
        environment = {"XDG_CACHE_HOME": scratch}
        named = {SHIPPED: SHIPPED} | {f"{size:,}": str(folder / str(size)) for size in sizes}
        for size in sizes:
            corpus.write(size, folder / str(size))
        time.sleep(0.2)  # files that have just been written are not trusted to be finished
        once: dict[tuple[str, str], Run] = {}
        for name, facts in named.items():
            once[name, "no cache"] = run([XJFACTS, "--no-cache", "--facts", facts, *QUESTIONS["who, exact"]])
            once[name, "first"] = run([XJFACTS, "--facts", facts, *QUESTIONS["who, exact"]], environment)
            once[name, "check"] = run([XJFACTS, "check", facts], environment, accepted=(0, 1))
        later = in_turn(
            {
                f"{name} {what}": [XJFACTS, "--facts", facts, *question]
                for name, facts in named.items()
                for what, question in QUESTIONS.items()
            },
            rounds,
            environment,
        )
        kept = {path.stat().st_size for path in (folder / "xjfacts").iterdir()}
    print(f"| facts | {' | '.join(QUESTIONS)} | first call | without a cache | check |")
    print(f"|{'---|' * (len(QUESTIONS) + 4)}")
    for name in named:
        cells = [_cell(later[f"{name} {what}"], later[f"{SHIPPED} {what}"]) for what in QUESTIONS]
        cells += [_cell(once[name, what]) for what in ("first", "no cache", "check")]
        print(f"| {name} | {' | '.join(cells)} |")
    print(f"\n{rounds} rounds in turn. Kept: {', '.join(f'{size / 1e6:.1f} MB' for size in sorted(kept))}.")


def _cell(run: Run, base: Run | None = None) -> str:
    ratio = f"{run.seconds / base.seconds:.2f} × " if base else ""
    return f"{ratio}{run.seconds:.2f} s {run.megabytes:.0f} MB"


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 25, tuple(map(int, sys.argv[2:])) or SIZES)
