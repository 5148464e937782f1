"""What a name may mean, and why."""

from __future__ import annotations

from xjfacts.answers.questions import Facts


def test_names_explains_a_candidate_word_by_word(facts: Facts) -> None:
    best = facts.names("Ana Trentino")[0]
    assert best.id == "anna-trentino"
    assert {(pair.asked, pair.name) for pair in best.pairs} >= {("trentino", "trentino")}
    assert best.why
