"""The same look-ups by other means, in turn on the same made-up corpora (see `corpus.py`).

    python tests/benchmarks/peers.py [ROUNDS [FACTS...]]

Each is a whole process that finds the facts that speak of a person: `grep` and `rg` over the fact files for the name;
`sqlite3` and `sqlite-utils` in the database that `xjfacts export sqlite` writes, by its full-text index of the same facts;
DuckDB in what `xjfacts export csv` writes, without an index, since it reads such a file as it is; and, for a misspelt name,
`nomenklatura`'s matcher (its logic-v1) over all names. Making the database is not counted, and neither is
what xjfacts keeps. The peers from PyPI are installed into a virtual environment that is thrown away; one that cannot be
installed is left out.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import time
import venv
from pathlib import Path
from tempfile import TemporaryDirectory

import corpus
from timing import CLICK, XJFACTS, in_turn, run

SIZES = (250, 10_000, 100_000)
ASKED = "Erken Tunyaz"
PEERS = ("sqlite-utils", "nomenklatura", "duckdb")

SELECT = f"""
select fact.gist, quote, link from search join fact on fact.id = search.id join citation on citation.fact = fact.id
 where search match '"{corpus.FOCUS[1]}"'
"""
DUCKDB = """
import duckdb, sys
said = "select gist, quote, link from read_csv(?, all_varchar = true) where contains(concat(gist, quote), ?)"
print(duckdb.execute(said, [sys.argv[1], sys.argv[2]]).fetchall())
"""
NOMENKLATURA = """
import sqlite3, sys
from followthemoney import model
from nomenklatura.matching import LogicV1

def person(id, name):
    return model.get_proxy({"id": id, "schema": "Person", "properties": {"name": [name]}})

asked, config = person("asked", sys.argv[2]), LogicV1.default_config()
known = sqlite3.connect(sys.argv[1]).execute("SELECT id, name FROM entity WHERE kind = 'person'")
best = max((LogicV1.compare(asked, person(*row), config).score, row) for row in known)
print(best)
"""


def main(rounds: int, sizes: tuple[int, ...]) -> None:
    with TemporaryDirectory() as scratch:
        folder = Path(scratch)
        python = _environment(folder / "venv")
        print("| facts | asked by | ratio to import click | ratio to xjfacts | MB |\n|---|---|---|---|---|")
        for size in sizes:
            facts, database, rows = folder / str(size), folder / f"{size}.db", folder / f"{size}.csv"
            corpus.write(size, facts)
            time.sleep(0.2)  # files that have just been written are not trusted to be finished
            run([XJFACTS, "--facts", str(facts), "export", "sqlite", "--output", str(database)])
            run([XJFACTS, "--facts", str(facts), "export", "csv", "--per", "citation", "--output", str(rows)])
            ours = [XJFACTS, "--facts", str(facts), "who"]
            commands = {
                "import click": CLICK,
                "xjfacts who": [*ours, corpus.FOCUS[1]],
                "xjfacts search, a phrase": [XJFACTS, "--facts", str(facts), "search", f'"{corpus.FOCUS[1]}"'],
                "grep -r": ["grep", "-rn", "-B6", "-A8", corpus.FOCUS[0], str(facts)],
                "sqlite3, full text": ["sqlite3", str(database), SELECT],
                "xjfacts who, misspelt": [*ours, ASKED],
            }
            if shutil.which("rg"):
                commands["rg"] = ["rg", "-n", "-B6", "-A8", corpus.FOCUS[0], str(facts)]
            if python and _has(python, "duckdb"):
                commands["DuckDB, rows of CSV"] = [str(python), "-c", DUCKDB, str(rows), corpus.FOCUS[1]]
            if python and shutil.which("sqlite-utils", path=str(python.parent)):
                commands["sqlite-utils, full text"] = [
                    str(python.with_name("sqlite-utils")), "query", str(database), SELECT
                ]  # fmt: skip
            if python and _has(python, "nomenklatura.matching"):
                commands["nomenklatura, loaded only"] = [str(python), "-c", "from nomenklatura.matching import LogicV1"]
                commands["nomenklatura, misspelt"] = [str(python), "-c", NOMENKLATURA, str(database), ASKED]
            medians = in_turn(commands, rounds, {"XDG_CACHE_HOME": scratch})
            for name, median in medians.items():
                base = medians["xjfacts who, misspelt" if "misspelt" in name else "xjfacts who"].seconds
                ratios = f"{median.seconds / medians['import click'].seconds:.2f} | {median.seconds / base:.2f}"
                print(f"| {size:,} | {name} | {ratios} | {median.megabytes:.0f} |", flush=True)


def _environment(folder: Path) -> Path | None:
    """Return the Python of a new virtual environment with what of the peers can be installed; None without any."""
    venv.create(folder, with_pip=True)
    python = folder / "bin" / "python"
    for peer in PEERS:
        told = subprocess.run([python, "-m", "pip", "install", "-q", peer], check=False, capture_output=True, text=True)
        if told.returncode:
            print(f"not installed: {peer}: {told.stderr.strip().splitlines()[-1]}")
    return python


def _has(python: Path, module: str) -> bool:
    return subprocess.run([python, "-c", f"import {module}"], check=False, capture_output=True).returncode == 0


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 25, tuple(map(int, sys.argv[2:])) or SIZES)
