"""Measure how fast and how well lists are screened: ours beside rapidfuzz `cdist`, on the same lists in one run.

    python tests/benchmarks/screen.py [NAMES] [ENTITIES]

Peers that are installed beside it are asked too: numpy (for `cdist`), string-grouper and nomenklatura, for which it is
easiest to install xjfacts and them into an environment of their own. NAMES (10,000) are asked of the shipped facts: the golden list of names, whose answers are known, and strangers; then of
ENTITIES (100,000) made-up people, of whom a tenth is asked for with a slip of the pen. A peer accepts from the
threshold that serves it best on the very list, which flatters it. Times are of the processor, so that a shared machine
can measure; the greatest memory is that of the whole process.
"""

from __future__ import annotations

import random
import resource
import sys
from collections.abc import Callable, Sequence
from importlib.util import find_spec
from pathlib import Path
from time import process_time
from typing import Any, NamedTuple

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
    return by_threshold(asked, best, process_time() - started)


def by_threshold(asked: Sequence[Golden], best: Sequence[tuple[str, float]], took: float) -> Figures:
    """Return the figures at the threshold that serves a peer best on this very list."""
    tried = [judged(asked, [key if score >= bar else None for key, score in best], took) for bar in range(60, 101)]
    return max(tried, key=lambda one: one.found - one.wrong)


def string_grouper(names: Sequence[tuple[str, str]], asked: Sequence[Golden]) -> Figures:
    """Ask string-grouper, which compares by the letters that stand together (TF-IDF and cosine), for all names."""
    from pandas import Series
    from string_grouper import match_strings

    started = process_time()
    known, questions = Series([text for text, _ in names]), Series([one.spelling for one in asked])
    found = match_strings(known, questions, min_similarity=0.6, max_n_matches=len(names), ignore_case=True)
    took = process_time() - started
    best = [("", 0.0)] * len(asked)
    for place, at, score in zip(found["left_index"], found["right_index"], found["similarity"], strict=True):
        if score * 100 > best[at][1]:
            best[at] = names[place][1], score * 100
    return by_threshold(asked, best, took)


def nomenklatura(names: Sequence[tuple[str, str]], asked: Sequence[Golden]) -> Figures:
    """Ask nomenklatura's logic-v2 for a few names, each against all, as it compares pairs."""
    from followthemoney import model
    from nomenklatura.matching import LogicV2

    def person(key: str, name: str) -> Any:
        return model.get_proxy({"id": key, "schema": "Person", "properties": {"name": [name]}})

    config = LogicV2.default_config()
    known = [(key, person(f"k{at}", text)) for at, (text, key) in enumerate(names)]
    started = process_time()
    best: list[tuple[str, float]] = []
    for at, one in enumerate(asked):
        question = person(f"q{at}", one.spelling)
        key, score = max(
            ((key, LogicV2.compare(question, other, config).score) for key, other in known), key=lambda row: row[1]
        )
        best.append((key, score * 100))
    return by_threshold(asked, best, process_time() - started)


def others(names: Sequence[tuple[str, str]], asked: Sequence[Golden], few: Sequence[Golden]) -> dict[str, Figures]:
    """Return the figures of what else is installed here."""
    rows = {}
    if find_spec("string_grouper"):
        rows["string-grouper"] = string_grouper(names, asked)
    if find_spec("nomenklatura"):
        rows[f"nomenklatura, {len(few)} names"] = nomenklatura(names, few)
    return rows


def judged(asked: Sequence[Golden], answers: Sequence[str | None], took: float) -> Figures:
    found = sum(key is not None and key == one.expected for one, key in zip(asked, answers, strict=True))
    wrong = sum(key is not None and key != one.expected for one, key in zip(asked, answers, strict=True))
    return Figures(len(asked) / took, found, sum(bool(one.expected) for one in asked), wrong)


def show(title: str, rows: dict[str, Figures]) -> None:
    print(f"\n{title}\n{'':26}{'names/s':>12}{'found':>16}{'wrong people':>14}")
    for name, one in rows.items():
        print(f"{name:26}{one.speed:12,.0f}{f'{one.found} of {one.known}':>16}{one.wrong:14}")


def main(arguments: Sequence[str]) -> None:
    """Print the figures of all, on the shipped facts and on many entities."""
    count, many = (*map(int, arguments), *(10_000, 100_000)[len(arguments) :])
    facts = load()
    list(facts.screen(["Erken Tunyaz"]))  # what is loaded once
    asked = shipped_list(count)
    names = [(name.text, name.entity) for name in names_of(facts.corpus.entities.values())]
    rows = {"ours": ours(facts, asked), **{name: peer(names, asked, one) for name, one in SCORERS.items()}}
    rows |= others(names, asked, asked[:SAMPLE])
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
    if find_spec("string_grouper"):
        rows["string-grouper"] = string_grouper(pairs, asked)
    show(f"{len(asked):,} names, {many:,} entities: ours in {took:.0f} s, {memory:,.0f} MB with the index", rows)


if __name__ == "__main__":
    main(sys.argv[1:])
