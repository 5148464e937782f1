"""Lists screened: each name as `who` takes it, its outcome, and what a date of birth says to it."""

from __future__ import annotations

import pickle
import random
from collections.abc import Iterator

import pytest
from conftest import REGISTER, SMALL

from xjfacts import load
from xjfacts.answers.listed import SCREENED
from xjfacts.answers.lists import Row
from xjfacts.answers.questions import Facts
from xjfacts.answers.records import Asked
from xjfacts.answers.screen import compare_births, read_birth
from xjfacts.dates import Edtf
from xjfacts.errors import AmbiguousName, NotFound, UsageError, XjfactsError


@pytest.fixture(scope="module")
def register() -> Facts:
    return load(SMALL, REGISTER)


@pytest.fixture(scope="module")
def shipped() -> Facts:
    return load()


def test_every_name_has_a_row_in_its_order_with_an_outcome(register: Facts) -> None:
    names = ["Anna Trentino", "Border Guild", "Rufus Firefly", "three Sylvanian officials", "Otto Firefly", "Firefly",
             "Trent", "Jane Roe", "", "?", "x" * 300, "Anna\udcfc"]  # fmt: skip
    found = list(register.screen(names))
    assert [row.line for row in found] == list(range(1, len(names) + 1))
    assert [row.outcome for row in found] == [
        "imposed", "imposed", "not-imposed", "only-considered", "no-record", "check",
        "check", "unknown", "unreadable", "unreadable", "unreadable", "unreadable",
    ]  # fmt: skip


def test_a_row_says_which_power_did_what_and_when_and_cites_it(register: Facts) -> None:
    (row,) = register.screen(["anna trentino"])
    assert (row.id, row.matched, row.score, row.how) == ("anna-trentino", "Anna Trentino", 1.0, "exact")
    assert [(one.by.id, one.answer, one.date) for one in row.powers] == [("freedonia", "imposed", "2024-04")]
    assert "gazette-2024/treasury-sanctioned-trentino" in row.facts
    assert row.citation is not None
    assert row.citation.link.startswith("https://")


def test_a_near_miss_or_a_tie_is_to_be_checked_and_shows_its_candidates(register: Facts) -> None:
    tie, near = register.screen(["Firefly", "Trent"])
    assert (tie.id, {one.id for one in tie.candidates}) == (None, {"rufus-firefly", "otto-firefly"})
    assert (near.id, near.powers, near.candidates[0].id) == (None, (), "anna-trentino")


def test_a_minimal_score_can_only_turn_a_match_into_one_to_be_checked(facts: Facts) -> None:
    names = ["Anna Trentino", "Anna Trentinno", "Trent", "Jane Roe", ""]
    plain, strict = list(facts.screen(names)), list(facts.screen(names, min_score=0.99))
    assert [row.outcome for row in plain] == ["imposed", "imposed", "check", "unknown", "unreadable"]
    assert [row.outcome for row in strict] == ["imposed", "check", "check", "unknown", "unreadable"]
    assert (strict[1].id, strict[1].candidates[0].id, strict[1].score) == (None, "anna-trentino", plain[1].score)
    with pytest.raises(UsageError):
        list(facts.screen(names, min_score=1.1))


def test_records_can_be_handed_to_another_process(register: Facts) -> None:
    found = list(register.screen(["Anna Trentino", "Firefly", "Jane Roe"]))
    assert pickle.loads(pickle.dumps(found)) == found


@pytest.mark.parametrize(
    ("given", "outcome", "birth"),
    [
        ("", "imposed", None),
        ("1961-03-14", "imposed", "confirmed"),
        ("14/03/1961", "imposed", "confirmed"),
        ("1961", "imposed", "confirmed"),
        ("1961-04-14", "check", "doubtful"),
        ("unknown", "check", "doubtful"),
        ("1980-03-14", "unknown", "another"),
    ],
)
def test_a_date_of_birth_confirms_or_rules_out(register: Facts, given: str, outcome: str, birth: str | None) -> None:
    (row,) = register.screen([Row(1, "Chico Ravelli", given)])
    assert (row.outcome, row.birth) == (outcome, birth)
    assert row.id == "chico-ravelli" or row.candidates[0].id == "chico-ravelli"


def test_of_several_births_that_are_known_the_nearest_counts() -> None:
    assert compare_births("1962-05", [Edtf("1950"), Edtf("1962")])[0] == "confirmed"
    assert [one.text for one in read_birth("05/06/1964")] == ["1964-06-05", "1964-05-06"]
    assert [one.text for one in read_birth("19640506")] == ["1964-05-06"]
    assert [one.text for one in read_birth("1964-05-06T00:00:00Z")] == ["1964-05-06"]
    assert read_birth("31/31/1964") == []


def misspelt(facts: Facts, count: int) -> Iterator[str]:
    """Yield names, their words changed, shuffled, mixed, and strangers between them; the same in every run."""
    dice = random.Random(15)
    spellings = sorted({name for one in facts.corpus.entities.values() for name in (one.name, *one.names, *one.search)})
    for _ in range(count):
        name = dice.choice(spellings)
        for _ in range(dice.randrange(4)):
            at = dice.randrange(len(name) + 1)
            name = name[:at] + dice.choice(["", " ", "a", "n", "'", "é", "х", ","]) + name[at + dice.randrange(2) :]
        if dice.random() < 0.2:
            name = " ".join(dice.sample(name.split(), len(name.split())))
        if dice.random() < 0.2:
            name = f"{name.split()[0] if name.split() else ''} {dice.choice(spellings).split()[-1]}"
        yield name.strip()


def understood(facts: Facts, name: str) -> Asked | None:
    """Return what `who` takes a name for, or nothing where it cannot be asked."""
    try:
        asked = facts.who(name).query.name
    except (NotFound, AmbiguousName) as error:
        asked = error.asked
    except XjfactsError:
        return None
    assert isinstance(asked, Asked)
    return asked


def test_a_thousand_names_mean_what_who_takes_them_for(shipped: Facts, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("xjfacts.answers.hints.commands_for", lambda *_: ())  # what `who` says besides, at length
    names = list(misspelt(shipped, 1_000))
    found = list(shipped.screen(names))
    assert {row.how for row in found} >= {"exact", "fuzzy", "near", "none"}
    for name, row in zip(names, found, strict=True):
        asked = understood(shipped, name)
        if asked is not None and asked.how == "office":
            continue  # which is no name on a list
        if asked is None:
            assert row.outcome == "unreadable"
            continue
        assert (row.asked, row.id, row.name, row.how, row.score) == (
            asked.asked,
            asked.id,
            asked.name,
            asked.how,
            asked.score,
        )
        candidates = asked.candidates if isinstance(asked.candidates, tuple) else ()
        assert row.candidates == candidates[:3]
        decided = {"imposed", "lifted", "not-imposed", "only-considered", "no-record"}
        assert (row.outcome in decided) == (asked.id is not None)


def test_every_outcome_agrees_with_the_pairs_that_sanctions_answers(shipped: Facts) -> None:
    for entity in list(shipped.corpus.entities)[::5]:
        (row,) = shipped.screen([entity])
        words = {power.answer for power in row.powers}
        for power in row.powers:
            pair = shipped.sanctions(by=power.by.id, on=entity).answer
            assert pair == (power.answer if power.answer in SCREENED else "no-record")
        assert row.outcome == next(
            (word for word in SCREENED if word in words), "only-considered" if words else "no-record"
        )
