"""Sanctions asked from Python: which are shown, which only counted, and the one word about a pair."""

from __future__ import annotations

import pytest
from conftest import ids

from xjfacts.answers.questions import Facts


def test_sanctions_shows_only_those_that_came_and_counts_the_others(facts: Facts) -> None:
    answer = facts.sanctions()
    assert ids(answer) == ["gazette-2024/treasury-sanctioned-trentino"]
    assert answer.hidden == {"not-imposed": 1, "considered": 1, "called-for": 1}


def test_every_status_can_be_asked_for(facts: Facts) -> None:
    assert ids(facts.sanctions(status="considered")) == ["gazette-2024/sylvania-considers-firefly"]
    assert len(facts.sanctions(status="all")) == 4


@pytest.mark.parametrize(
    ("by", "on", "word", "count"),
    [
        ("Freedonia", "Trentino", "imposed", 1),
        ("Sylvania", "Rufus Firefly", "not-imposed", 1),
        ("Sylvania", "Trentino", "no-record", 0),
        ("Freedonia", "three Sylvanian officials", "no-record", 0),
    ],
)
def test_a_pair_is_answered_with_one_word(facts: Facts, by: str, on: str, word: str, count: int) -> None:
    answer = facts.sanctions(by=by, on=on)
    assert (answer.answer, answer.count) == (word, count)


def test_a_sanction_that_is_only_called_for_or_considered_never_answers_a_pair(facts: Facts) -> None:
    assert facts.sanctions(by="Freedonia", on="three-officials").hidden == {"called-for": 1}


def test_a_pair_asked_for_other_days_says_that_there_is_more_outside_them(facts: Facts) -> None:
    answer = facts.sanctions(by="Freedonia", on="Trentino", until="2023")
    assert (answer.answer, answer.hidden) == ("no-record", {"outside-the-dates": 1})


def test_that_a_part_has_not_sanctioned_says_nothing_of_the_whole(facts: Facts) -> None:
    assert facts.sanctions(by="Sylvania", on="Rufus Firefly").answer == "not-imposed"
    assert facts.sanctions(by="Sylvanian embassy", on="Rufus Firefly").answer == "no-record"
