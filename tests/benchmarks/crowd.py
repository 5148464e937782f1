"""Look up names among very many entities: time and memory beside the shipped facts, and whether a crowd confuses.

    python tests/benchmarks/crowd.py [ROUNDS [ENTITIES]]

The entities are those of `corpus.py`, with few facts. Times are of the processor, of whole processes in turn, what is
kept being there already. Then, in one process: initials that several people have, of whom none may be the answer; and
Chinese names turned round and taken apart ("Quan-guo Chen"), whose bearer is the only one of that name.
"""

from __future__ import annotations

import multiprocessing
import os
import random
import subprocess
import sys
import time
from collections import Counter, defaultdict
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import corpus
from timing import XJFACTS

if TYPE_CHECKING:
    from xjfacts.corpus.index import Corpus

FACTS_OF_AN_ENTITY = 5.7  # as `corpus.entities` reckons
FACTS = 5_000
ASKED = 300
QUESTIONS = {
    "exact": corpus.FOCUS[1],
    "two slips": "Erken Tunyaz",
    "slip in a body": "Ministry of Forein Affairs",
    "taken apart": "Quan-guo Chen",
    "initial": "J. Smith",
    "surname": "Wang",
    "another script": "艾尔肯",
    "by ear": "Aikebaier Aisaiti",
    "a stranger": "Zhang Bin",
    "one word": "Michael",
}


def write(entities: int, folder: Path) -> None:
    """Write a corpus of so many entities and few facts."""
    made = corpus.Made(int(entities * FACTS_OF_AN_ENTITY))
    for name in ("entities", "documents"):
        (folder / name).mkdir(parents=True)
    for stem, tables in corpus.entities(made):
        (folder / "entities" / f"{stem}.toml").write_text("\n\n".join(tables) + "\n", encoding="utf-8")
    for number in range(FACTS // corpus.PER_DOCUMENT):
        text = corpus.document(made, f"paper-{number:05}", number, corpus.PER_DOCUMENT)
        (folder / "documents" / f"paper-{number:05}.toml").write_text(text, encoding="utf-8")


def measure(command: list[str]) -> tuple[float, float]:
    """Return the seconds of the processor that a process took, and the most memory that it held, in MB."""
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    assert process.returncode in (0, 1, 3), command
    return usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def confused(crowd: Corpus) -> dict[str, Counter[str]]:
    """Return how often each kind of question was answered, and how."""
    chance = random.Random(1)
    people = [one for one in crowd.entities.values() if one.kind == "person"]
    bearers = Counter(one.name for one in people)
    shared: defaultdict[str, set[str]] = defaultdict(set)
    for one in people:
        first, *_, last = one.name.split()
        shared[f"{first[0]}. {last}"].add(one.id)
    initials = sorted(asked for asked, whose in shared.items() if len(whose) > 1)
    found = {"initials of several": Counter[str](), "taken apart": Counter[str]()}
    for asked in chance.sample(initials, ASKED):
        answer = crowd.names.resolve(asked)
        found["initials of several"]["taken for one" if answer.entity else answer.how] += 1
    apart = {taken: one.id for one in people if bearers[one.name] == 1 for taken in _taken_apart(one.name)}
    for asked in chance.sample(sorted(apart), ASKED):
        answer = crowd.names.resolve(asked)
        right = answer.entity == apart[asked]
        found["taken apart"]["right" if right else "wrong" if answer.entity else answer.how] += 1
    return found


def _taken_apart(name: str) -> list[str]:
    """Return a Chinese name of three syllables the other way round and with a hyphen; nothing for another."""
    last, *_, given = name.lower().split()
    cuts = (one for one in corpus.SYLLABLES if given.startswith(one) and given[len(one) :] in corpus.SYLLABLES)
    return [f"{cut}-{given[len(cut) :]} {last}".title() for cut in cuts if last.title() in corpus.CHINESE][:1]


def main(rounds: int, entities: int) -> None:
    with TemporaryDirectory() as scratch:
        os.environ["XDG_CACHE_HOME"] = scratch
        folder = Path(scratch) / "crowd"
        writer = multiprocessing.get_context("spawn").Process(target=write, args=(entities, folder))
        writer.start()  # what this process held would count as memory of those that it starts
        writer.join()
        time.sleep(0.2)  # files that have just been written are not trusted to be finished
        where = {"shipped": [], "crowd": ["--facts", str(folder)]}
        runs: defaultdict[tuple[str, str], list[tuple[float, float]]] = defaultdict(list)
        for _ in range(rounds + 1):
            for what, asked in QUESTIONS.items():
                for name, facts in where.items():
                    runs[what, name].append(measure([XJFACTS, *facts, "who", asked, "--json"]))
        print(f"| {entities:,} entities | shipped | crowd | ratio |\n|---|---|---|---|")
        for what, asked in QUESTIONS.items():
            taken = {name: median(seconds for seconds, _ in runs[what, name][1:]) for name in where}
            held = {name: median(most for _, most in runs[what, name][1:]) for name in where}
            cells = [f"{taken[name]:.3f} s {held[name]:.0f} MB" for name in where]
            print(f"| {what}: `{asked}` | {' | '.join(cells)} | {taken['crowd'] / taken['shipped']:.2f} |")
        from xjfacts.corpus.loader import load_corpus

        for what, counted in confused(load_corpus([str(folder)])).items():
            print(f"\n{what}: {dict(counted)} of {ASKED}")


if __name__ == "__main__":
    main(*map(int, (sys.argv[1:] + ["9", "100000"][len(sys.argv) - 1 :])[:2]))
