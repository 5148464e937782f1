"""Measure how well names are matched: ours beside rapidfuzz, on public data and on the project's own golden list.

    python tests/benchmarks/names.py [FOLDER]

Beside the two: strangers who are nearly somebody in the shipped facts, made by `strangers.py`. FOLDER holds the public data (`pairs.csv` and the rest, see README.md here); by default `../shared/names` beside the
checkout. Every figure but the speed is the same in every run. A peer accepts from the threshold that serves it best on
the pairs; ours has the thresholds of `xjfacts.names.compare`.
"""

from __future__ import annotations

import csv
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from time import process_time
from typing import NamedTuple

sys.path.insert(0, str(Path(__file__).parent))

from rapidfuzz import fuzz, process
from rapidfuzz.utils import default_process
from strangers import strangers

from xjfacts import load
from xjfacts.corpus.index import names_of
from xjfacts.names.compare import ACCEPT, compare
from xjfacts.names.lookup import NameIndex
from xjfacts.names.table import Name

CHECKOUT = Path(__file__).parents[2]
FOLDS = 5
LIKENESS = {"WRatio": fuzz.WRatio, "token_sort": fuzz.token_sort_ratio, "token_set": fuzz.token_set_ratio}

Find = Callable[[str], "tuple[str | None, float]"]  # the nearest entity, and its score


class Scored(NamedTuple):
    """The score of a pair of names, whether they are the same, and whether of a person."""

    score: float
    is_match: bool
    is_person: bool


class Golden(NamedTuple):
    """A spelling and the entity it must be taken for, or none."""

    spelling: str
    expected: str
    kind: str


# Figures ---------------------------------------------------------------------------------------------------------------


def f1_score(found: int, wrong: int, missed: int) -> float:
    return 2 * found / (2 * found + wrong + missed) if found else 0.0


def counts(rows: Sequence[Scored], threshold: float) -> tuple[int, int, int]:
    """Return how many pairs at or above the threshold match, how many do not, and how many matches lie below it."""
    accepted = [row.is_match for row in rows if row.score >= threshold]
    return sum(accepted), len(accepted) - sum(accepted), sum(row.is_match for row in rows) - sum(accepted)


def best_threshold(rows: Sequence[Scored]) -> float:
    return max(sorted({row.score for row in rows}), key=lambda threshold: f1_score(*counts(rows, threshold)))


def five_fold(rows: Sequence[Scored]) -> tuple[float, float, float]:
    """Return precision, recall and F1 where each fifth is judged by the threshold that is best for the other four."""
    totals = [0, 0, 0]
    for fold in range(FOLDS):
        others = [row for at, row in enumerate(rows) if at % FOLDS != fold]
        judged = counts(rows[fold::FOLDS], best_threshold(others))
        totals = [total + count for total, count in zip(totals, judged, strict=True)]
    found, wrong, missed = totals
    return found / (found + wrong), found / (found + missed), f1_score(found, wrong, missed)


def average_precision(rows: Iterable[Scored]) -> float:
    """Return the mean, over the matches, of the precision at the score of each; equal scores are taken together."""
    ordered = sorted(rows, key=lambda row: -row.score)
    total = sum(row.is_match for row in ordered)
    area, found, seen = 0.0, 0, 0
    while seen < len(ordered):
        tied = [row for row in ordered[seen:] if row.score == ordered[seen].score]
        matches = sum(row.is_match for row in tied)
        found, seen = found + matches, seen + len(tied)
        area += matches * found / seen
    return area / total


# Data ------------------------------------------------------------------------------------------------------------------


def read_column(path: Path) -> list[str]:
    with path.open(encoding="utf-8", newline="") as file:
        return [row["full_name"] for row in csv.DictReader(file)]


def read_pairs(path: Path) -> list[tuple[str, str, bool, bool]]:
    with path.open(encoding="utf-8", newline="") as file:
        return [
            (row["name1"], row["name2"], row["is_match"] == "true", row["schema"] == "Person")
            for row in csv.DictReader(file)
        ]


def read_golden() -> list[Golden]:
    lines = (CHECKOUT / "tests" / "names" / "names.tsv").read_text("utf-8").splitlines()
    return [Golden(*line.split("\t")) for line in lines[1:]]


# Matchers --------------------------------------------------------------------------------------------------------------


def our_finder(names: Sequence[Name], index: NameIndex | None = None) -> Find:
    """Return how `NameIndex` answers: an entity that it accepts, or the nearest that it does not."""
    index = index or NameIndex(names)

    def find(asked: str) -> tuple[str | None, float]:
        resolution = index.resolve(asked)
        if resolution.entity:
            return resolution.entity, resolution.score
        nearest = index.candidates(asked, limit=1)
        return (nearest[0].entity, min(nearest[0].score, ACCEPT - 0.01)) if nearest else (None, 0.0)

    return find


def shipped_finder(finder: Callable[[Sequence[Name]], Find]) -> Find:
    """Return a finder of the shipped names; ours knows the offices as well."""
    corpus = load().corpus
    names = list(names_of(corpus.entities.values()))
    return our_finder(names, corpus.names) if finder is our_finder else finder(names)


def peer_finder(names: Sequence[Name], likeness: Callable[..., float]) -> Find:
    spelled = {at: default_process(name.text) for at, name in enumerate(names)}

    def find(asked: str) -> tuple[str | None, float]:
        best = process.extractOne(default_process(asked), spelled, scorer=likeness)
        return (names[best[2]].entity, best[1] / 100) if best else (None, 0.0)

    return find


# The report ------------------------------------------------------------------------------------------------------------


def measure(
    folder: Path, score: Callable[[str, str], float], finder: Callable[[Sequence[Name]], Find], accept: float | None
) -> dict[str, str]:
    """Return all figures of one matcher, by what they are called."""
    pairs = read_pairs(folder / "pairs.csv")
    started = process_time()
    rows = [Scored(score(one, other), is_match, is_person) for one, other, is_match, is_person in pairs]
    speed = len(rows) / (process_time() - started)
    precision, recall, f1 = five_fold(rows)
    people = [row for row in rows if row.is_person]
    accept = best_threshold(rows) if accept is None else accept
    return {
        "pairs: precision": f"{precision:.3f}",
        "pairs: recall": f"{recall:.3f}",
        "pairs: F1": f"{f1:.3f}",
        "pairs: average precision": f"{average_precision(rows):.3f}",
        "pairs: people F1": f"{five_fold(people)[2]:.3f}",
        "pairs: best threshold": f"{best_threshold(rows):.2f}",
        "accepts from": f"{accept:.2f}",
        **measure_retrieval(folder, finder, accept),
        **measure_golden(finder, accept),
        **measure_strangers(finder, accept),
        "comparisons a second": f"{speed:,.0f}",
    }


def measure_retrieval(folder: Path, finder: Callable[[Sequence[Name]], Find], accept: float) -> dict[str, str]:
    """Ask for badly typed names of the UN list, and for strangers, among that list and the US congress."""
    treated = read_column(folder / "positives_un_treated.csv")
    wanted = read_column(folder / "positives_un_untreated.csv")
    others = read_column(folder / "positives_us_congress_untreated.csv")
    strangers = read_column(folder / "negatives_global_1000.csv")
    find = finder([Name(text, text, person=True) for text in dict.fromkeys([*wanted, *others])])
    answers = [find(asked) for asked in treated]
    first = sum(entity == expected for (entity, _), expected in zip(answers, wanted, strict=True))
    wrong = sum(e != expected and s >= accept for (e, s), expected in zip(answers, wanted, strict=True))
    accepted = sum(score >= accept for _, score in map(find, strangers))
    return {
        "typed badly: recall@1": f"{first / len(wanted):.3f}",
        "typed badly: wrong answers": str(wrong),
        "strangers accepted": f"{accepted} of {len(strangers)}",
    }


def measure_golden(finder: Callable[[Sequence[Name]], Find], accept: float) -> dict[str, str]:
    """Ask for all spellings of the golden list among the names of the shipped entities."""
    find = shipped_finder(finder)
    found = wrong = known = strangers = accepted = 0
    for golden in read_golden():
        entity, score = find(golden.spelling)
        is_answer = score >= accept
        known += bool(golden.expected)
        strangers += not golden.expected
        found += is_answer and entity == golden.expected
        wrong += is_answer and bool(golden.expected) and entity != golden.expected
        accepted += is_answer and not golden.expected
    return {
        "golden: found": f"{found} of {known}",
        "golden: taken for another": str(wrong),
        "golden: strangers accepted": f"{accepted} of {strangers}",
    }


def measure_strangers(finder: Callable[[Sequence[Name]], Find], accept: float) -> dict[str, str]:
    """Ask for strangers made after the shipped facts, each of whom is nearly somebody there."""
    find = shipped_finder(finder)
    made = strangers(load().corpus)
    accepted = Counter(stranger.rule for stranger in made if find(stranger.name)[1] >= accept)
    return {"made-up strangers accepted": f"{accepted.total()} of {len(made)}"} | {
        f"- {rule}": f"{accepted[rule]} of {count}" for rule, count in Counter(one.rule for one in made).items()
    }


def main(arguments: Sequence[str]) -> None:
    """Print the figures of all matchers side by side."""
    folder = Path(arguments[0]) if arguments else CHECKOUT.parent / "shared" / "names"
    if not (folder / "pairs.csv").is_file():
        sys.exit(f"no pairs.csv in {folder}: name the folder that holds the public data")
    figures = {"ours": measure(folder, lambda one, other: compare(one, other).score, our_finder, ACCEPT)}
    for name, likeness in LIKENESS.items():
        figures[name] = measure(
            folder,
            lambda one, other, likeness=likeness: likeness(one, other, processor=default_process) / 100,
            lambda names, likeness=likeness: peer_finder(names, likeness),
            None,
        )
    print(f"{'':32}" + "".join(f"{name:>14}" for name in figures))
    for figure in figures["ours"]:
        print(f"{figure:32}" + "".join(f"{of[figure]:>14}" for of in figures.values()))


if __name__ == "__main__":
    main(sys.argv[1:])
