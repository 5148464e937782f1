"""The same five questions to xjfacts and to others, in turn on one made-up corpus (see `corpus.py`).

    python tests/benchmarks/peers.py [ROUNDS [FACTS [FOLDER]]]

xjfacts answers from files, as they are kept, and from PostgreSQL, the server being one of the tests. `sqlite3` is asked
in SQL what `export sqlite` writes, `duckdb` (from duckdb-cli of PyPI) the same tables as Parquet, and `psql` what
`export postgres` brings to the server; `rg` and `grep` look for words in the files. Each is a whole process, and what is
not installed is left out. Their answers are the sentence, the quotes and the links of each fact; how far these are the
facts that xjfacts gives is told beside. What is asked has to be made first: how long that took and how large it is
comes before all. With a FOLDER it is kept there, and taken as it is by the next run. Of fewer than 10,000 FACTS not
every question has an answer.
"""

from __future__ import annotations

import csv
import importlib.util
import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import corpus
from timing import CLICK, ROOT, XJFACTS, in_turn, run

sys.path.append(str(ROOT / "tests"))
import postgres

RARE, FIRST, SECOND = "tuniyaz", "governor", "tursun"
SINCE, UNTIL, MOST = "2024-06-01", "2024-06-30", 20
QUESTIONS = {
    "who": ("who", corpus.FOCUS[1]),
    "sanctions": ("sanctions", "--by", corpus.BY, "--on", corpus.FOCUS[1]),
    "events": ("events", "--since", SINCE, "--until", UNTIL, "--limit", str(MOST)),
    "search, a rare word": ("search", RARE),
    "search, two words": ("search", FIRST, SECOND),
}

# Which facts, in the SQL that all three understand; words they look for each in its own.
_AS = "select fact from role join entity on entity.id = entity where role = '{}' and name = '{}'"
_DAY = "substr(coalesce(replace(date, '~', ''), published) || '-01-01', 1, 10)"
FACTS = {
    "who": f"select fact from role join name on name.entity = role.entity where name = '{corpus.FOCUS[1]}'",
    "sanctions": f"select id from sanction where id in ({_AS.format('by', corpus.BY)})"
    f" and id in ({_AS.format('target', corpus.FOCUS[1])})",
    "events": "select fact.id from event join fact on fact.id = event.id join document on document.id = document"
    f" where coalesce(earliest, '') <= '{UNTIL}' and coalesce(latest, '9999') >= '{SINCE}'"
    f" order by {_DAY}, latest, fact.id limit {MOST}",
}
ANSWER = """\
select fact.id, gist, quote, link from fact join citation on citation.fact = fact.id where fact.id in ({})"""
WORDS = {
    "sqlite3": "select id from search where search match '{}'",
    "psql": "select id from search where words @@ websearch_to_tsquery('simple', '{}')",
}
HELD = r"regexp_matches(concat_ws(' ', gist, quotes, names), '\b{}\b', 'i')"
NO_FACTS = ("import click", "import psycopg", "rg", "grep")
TABLES = ("entity", "name", "document", "fact", "role", "citation", "sanction", "event", "search")


class Made:
    """A corpus and what is asked beside its files: in a folder, where what is there already is taken as it is."""

    def __init__(self, facts: int, folder: Path) -> None:
        self.facts, self.kept, self.database, self.parquet, self.cluster = (
            folder / name for name in ("facts", "cache", "facts.db", "parquet", "postgres")
        )
        self.environment = {"XDG_CACHE_HOME": str(self.kept), "PGPASSWORD": postgres.PASSWORD}
        self.ours = [XJFACTS, "--facts", str(self.facts)]
        self._make("the corpus", self.facts, self._write, str(facts))
        self._make("kept by the first call", self.kept, self._ask)
        self._make("`export sqlite`", self.database, self._export)
        if is_installed("sqlite3") and is_installed("duckdb"):
            self._make("Parquet of that", self.parquet, self._convert)

    @contextmanager
    def served(self) -> Iterator[str]:
        """Start a server on the facts; yield its address, or nothing where it or what asks it is not installed."""
        programs = postgres.find_programs()
        if programs is None or not importlib.util.find_spec("psycopg"):
            print("\nleft out, not installed: PostgreSQL or psycopg")
            yield ""
            return
        self.cluster.mkdir(exist_ok=True)
        server = postgres.Server(self.cluster, programs)
        try:
            self._make("`export postgres` into psql", self.cluster / "loaded", self._load, server.address())
            yield server.address()
        finally:
            server.stop()

    def _make(self, what: str, path: Path, make: Callable[..., None], *values: str) -> None:
        if path.exists():
            return
        begun = time.perf_counter()
        make(*values)
        seconds = time.perf_counter() - begun
        whole = self.cluster / "data" / "base" if path.parent == self.cluster else path  # without what it logs
        files = [whole] if whole.is_file() else [one for one in whole.rglob("*") if one.is_file()]
        size = sum(one.stat().st_size for one in files) / 1e6
        print(f"made: {what}, {seconds:.0f} s, {size:,.0f} MB", flush=True)

    def _write(self, facts: str) -> None:
        run([sys.executable, corpus.__file__, facts, str(self.facts)])  # what this process held would count as theirs
        time.sleep(0.2)  # files that have just been written are not trusted to be finished

    def _ask(self) -> None:
        run([*self.ours, *QUESTIONS["who"]], self.environment)

    def _export(self) -> None:
        run([*self.ours, "export", "sqlite", "--output", str(self.database)], self.environment)

    def _convert(self) -> None:
        self.parquet.mkdir()
        for table in TABLES:
            rows, columns = self.parquet / f"{table}.csv", self.parquet / f"{table}.parquet"
            with rows.open("wb") as file:
                asked = ["sqlite3", "-csv", "-header", str(self.database), f"select * from {table}"]
                subprocess.run(asked, check=True, stdout=file)
            run(["duckdb", "-c", f"copy (from read_csv('{rows}', all_varchar = true)) to '{columns}'"])
            rows.unlink()

    def _load(self, address: str) -> None:
        environment = os.environ | self.environment
        with subprocess.Popen([*self.ours, "export", "postgres"], stdout=subprocess.PIPE, env=environment) as stream:
            subprocess.run(["psql", "-X", "-q", address], check=True, stdin=stream.stdout, env=environment)
        assert stream.returncode == 0
        (self.cluster / "loaded").touch()


def is_installed(program: str) -> bool:
    return shutil.which(program) is not None


def commands_of(made: Made, server: str) -> dict[tuple[str, str], Sequence[str]]:
    """Return the commands by who is asked, and what."""
    commands: dict[tuple[str, str], Sequence[str]] = {("import click", ""): CLICK}
    if server:
        commands["import psycopg", ""] = (sys.executable, "-c", "import psycopg")
    views = "".join(f"create view {table} as from '{made.parquet}/{table}.parquet'; " for table in TABLES)
    in_a_line = f"{FIRST}.*{SECOND}|{SECOND}.*{FIRST}"
    for what, question in QUESTIONS.items():
        words = " ".join(question[1:])
        found = {who: query.format(words) for who, query in WORDS.items()}
        found["duckdb"] = f"select id from search where {' and '.join(map(HELD.format, question[1:]))}"
        sql = {who: ANSWER.format(FACTS.get(what, query)) for who, query in found.items()}
        pattern = RARE if len(question) == 2 else in_a_line
        others = {
            "xjfacts, files": [*made.ours, *question, "--json"],
            "xjfacts, PostgreSQL": server and [XJFACTS, "--facts", server, *question, "--json"],
            "psql": server and ["psql", "-X", "--csv", "-t", "-c", f"set search_path = xjfacts; {sql['psql']}", server],
            "sqlite3": ["sqlite3", "-csv", str(made.database), sql["sqlite3"]],
            "duckdb": ["duckdb", "-csv", "-noheader", "-c", views + sql["duckdb"]],
        }
        if question[0] == "search":
            others["rg"] = ["rg", "-n", "-i", "-w", "-B6", "-A8", pattern, str(made.facts)]
            others["grep"] = ["grep", "-r", "-n", "-i", "-w", "-E", "-B6", "-A8", pattern, str(made.facts)]
        commands |= {(who, what): command for who, command in others.items() if command and is_installed(command[0])}
    return commands


def ids_of(who: str, command: Sequence[str], environment: dict[str, str]) -> tuple[set[str], set[str]]:
    """Return the facts of an answer by id, and with them those that are told as one with another."""
    told = subprocess.run(command, check=True, capture_output=True, text=True, env=os.environ | environment).stdout
    if not who.startswith("xjfacts"):
        ids = {row[0] for row in csv.reader(told.splitlines()) if row and "/" in row[0]}
        return ids, ids
    results: list[dict[str, Any]] = json.loads(told)["results"]
    ids = {one["id"] for one in results}
    return ids, ids.union(*(one["corroborated_by"] for one in results))


def main(rounds: int, facts: int, folder: Path) -> None:
    made = Made(facts, folder)
    with made.served() as server:
        commands = commands_of(made, server)
        medians = in_turn(commands, rounds, made.environment)
        ids = {one: ids_of(one[0], commands[one], made.environment) for one in commands if one[0] not in NO_FACTS}
    click = medians["import click", ""]
    print(f"\n| {facts:,} facts | {' | '.join(QUESTIONS)} |\n|{'---|' * (1 + len(QUESTIONS))}")
    for who in dict.fromkeys(who for who, what in commands if what):
        found_here = (medians.get((who, what)) for what in QUESTIONS)
        cells = (f"{one.seconds / click.seconds:.2f} {one.megabytes:.0f} MB" if one else "" for one in found_here)
        print(f"| {who} | {' | '.join(cells)} |")
    print(f"\nimport click: {click.seconds:.3f} s; load {os.getloadavg()[0]:.1f}")
    if server:
        print(f"import psycopg: {medians['import psycopg', ''].seconds / click.seconds:.2f}")
    for what in QUESTIONS:
        told, known = ids["xjfacts, files", what]
        print(f"{what}: {len(told)} facts", end="")
        for (who, asked), (its, with_others) in ids.items():
            if asked == what and (its - known or told - with_others):
                print(f"; {who}: {len(its - known)} others, {len(told - with_others)} missing", end="")
        print()
    absent = [name for name in ("sqlite3", "duckdb", "rg", "grep", "psql") if not is_installed(name)]
    print(f"left out, not installed: {', '.join(absent) or 'nothing'}")


if __name__ == "__main__":
    asked_rounds, asked_facts, *given = [*sys.argv[1:], *("5", "100000")[len(sys.argv) - 1 :]]
    with TemporaryDirectory(prefix="xjfacts-") as scratch:
        Path(scratch).chmod(0o711)  # for the user of the server
        main(int(asked_rounds), int(asked_facts), Path(given[0]) if given else Path(scratch))
