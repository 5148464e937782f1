"""Measure how fast and how well lists are screened: ours beside rapidfuzz `cdist`, on the same lists in one run.

    python tests/benchmarks/screen.py [NAMES] [ENTITIES]

NAMES (10,000) are asked of the shipped facts: the golden list of names, whose answers are known, and strangers; then of
ENTITIES (100,000) made-up people, of whom a tenth is asked for with a slip of the pen. A peer accepts from the
threshold that serves it best on the very list, which flatters it. Times are of the processor, so that a shared machine
can measure; the greatest memory is that of the whole process.
"""

from __future__ import annotations

import random
import resource
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from time import process_time
from typing import NamedTuple

sys.path.insert(0, str(Path(__file__).parent))

from corpus import ENDS, STEMS, UYGHUR, UYGHUR_LAST, WESTERN
from names import Golden, read_golden
from rapidfuzz import fuzz, process
from rapidfuzz.utils import default_process

from xjfacts import load
from xjfacts.answers.questions import Facts
from xjfacts.corpus.index import Corpus, names_of
from xjfacts.corpus.model import Person

SCORERS = {"cdist WRatio": fuzz.WRatio, "cdist token_sort": fuzz.token_sort_ratio}
BATCH = 500  # names: a matrix of so many rows at a time
SAMPLE = 200  # names that a peer is asked of the many entities: all would take it hours
Answer = "tuple[str | None, float]"


class Figures(NamedTuple):
    """Names a second, right answers of how many, and wrong people."""

    speed: float
    found: int
    known: int
    wrong: int


def strangers(dice: random.Random, count: int) -> list[str]:
    """Return names of nobody: no surname is in the facts."""
    return [f"{dice.choice(WESTERN)} {dice.choice(STEMS)}{dice.choice(ENDS)}{dice.choice(ENDS)}" for _ in range(count)]


def shipped_list(count: int) -> list[Golden]:
    dice = random.Random(15)
    golden = read_golden()
    found = [*golden, *(Golden(name, "", "stranger") for name in strangers(dice, count - len(golden)))]
    dice.shuffle(found)
    return found[:count]


def many_people(count: int) -> list[str]:
    dice = random.Random(16)
    first = [*UYGHUR, *WESTERN]
    last = [f"{stem}{middle}{end}" for stem in STEMS for middle in ("a", "e", "i", "o", "u") for end in ENDS]
    names = {f"{one} {dice.choice(UYGHUR_LAST)} {other}": None for one in first for other in last}
    while len(names) < count:
        names[f"{dice.choice(first)} {dice.choice(first)} {dice.choice(last)}"] = None
    return list(names)[:count]


def slipped(dice: random.Random, name: str) -> str:
    at = dice.randrange(2, len(name) - 1)
    return name[:at] + name[at + 1 :]


def ours(facts: Facts, asked: Sequence[Golden]) -> Figures:
    started = process_time()
    answers = [row.id for row in facts.screen([one.spelling for one in asked])]
    return judged(asked, answers, process_time() - started)


def peer(names: Sequence[tuple[str, str]], asked: Sequence[Golden], scorer: Callable[..., float]) -> Figures:
    """Ask `cdist` for all names, and take from the best threshold on the nearest for the answer."""
    started = process_time()
    choices = [default_process(text) for text, _ in names]
    best: list[tuple[str, float]] = []
    for at in range(0, len(asked), BATCH):
        questions = [default_process(one.spelling) for one in asked[at : at + BATCH]]
        for row in process.cdist(questions, choices, scorer=scorer, workers=1):
            place = int(row.argmax())
            best.append((names[place][1], float(row[place])))
    took = process_time() - started
    tried = [judged(asked, [key if score >= bar else None for key, score in best], took) for bar in range(60, 101)]
    return max(tried, key=lambda one: one.found - one.wrong)


def judged(asked: Sequence[Golden], answers: Sequence[str | None], took: float) -> Figures:
    found = sum(key is not None and key == one.expected for one, key in zip(asked, answers, strict=True))
    wrong = sum(key is not None and key != one.expected for one, key in zip(asked, answers, strict=True))
    return Figures(len(asked) / took, found, sum(bool(one.expected) for one in asked), wrong)


def show(title: str, rows: dict[str, Figures]) -> None:
    print(f"\n{title}\n{'':20}{'names/s':>12}{'found':>16}{'wrong people':>14}")
    for name, one in rows.items():
        print(f"{name:20}{one.speed:12,.0f}{f'{one.found} of {one.known}':>16}{one.wrong:14}")


def main(arguments: Sequence[str]) -> None:
    """Print the figures of all, on the shipped facts and on many entities."""
    count, many = (*map(int, arguments), *(10_000, 100_000)[len(arguments) :])
    facts = load()
    list(facts.screen(["Erken Tunyaz"]))  # what is loaded once
    asked = shipped_list(count)
    names = [(name.text, name.entity) for name in names_of(facts.corpus.entities.values())]
    rows = {"ours": ours(facts, asked), **{name: peer(names, asked, one) for name, one in SCORERS.items()}}
    show(f"{len(asked):,} names, {len(facts.corpus.entities)} entities of the shipped facts", rows)

    people = many_people(many)
    entities = {f"p{at}": Person(id=f"p{at}", name=name) for at, name in enumerate(people)}
    dice = random.Random(17)
    wanted = dice.sample(range(many), min(count // 10, many))
    asked = [Golden(slipped(dice, people[at]), f"p{at}", "known") for at in wanted]
    asked += [Golden(name, "", "stranger") for name in strangers(dice, count - len(asked))]
    dice.shuffle(asked)
    crowd = Facts(Corpus(entities, {}, {}, "0" * 64))
    started = process_time()
    rows = {"ours": ours(crowd, asked)}
    took = process_time() - started
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    few = asked[:SAMPLE]
    pairs = list(zip(people, entities, strict=True))
    rows |= {f"{name}, {len(few)} names": peer(pairs, few, one) for name, one in SCORERS.items()}
    show(f"{len(asked):,} names, {many:,} entities: ours in {took:.0f} s, {memory:,.0f} MB with the index", rows)


if __name__ == "__main__":
    main(sys.argv[1:])
