"""What the user typed, understood or refused with what is accepted."""

from __future__ import annotations

import pytest

from xjfacts.answers.questions import Facts
from xjfacts.errors import AmbiguousName, UsageError


def test_a_name_in_a_role_means_first_what_occurs_there(facts: Facts) -> None:
    with pytest.raises(AmbiguousName):
        facts.who("Capital")  # a weak name of both countries
    assert facts.events(place="Capital").query.place.id == "freedonia"  # things happen only in one of them


@pytest.mark.parametrize(
    ("question", "complaint"),
    [
        ({"status": "imposd"}, "did you mean 'imposed'"),
        ({"since": "2024-13"}, "not a day of the calendar"),
        ({"since": "yesterday"}, "not a date"),
        ({"since": "2024", "until": "2023"}, "later than"),
    ],
)
def test_a_question_that_cannot_be_understood_says_what_is_accepted(
    facts: Facts, question: dict[str, str], complaint: str
) -> None:
    with pytest.raises(UsageError, match=complaint):
        facts.sanctions(**question)


def test_a_name_of_two_people_is_never_decided(facts: Facts) -> None:
    with pytest.raises(AmbiguousName) as error:
        facts.who("Firefly")
    assert {guess.id for guess in error.value.asked.candidates} == {"rufus-firefly", "otto-firefly"}
