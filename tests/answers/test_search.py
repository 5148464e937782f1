"""A search asked from Python: what holds the words, and what is best."""

from __future__ import annotations

from conftest import ids

from xjfacts.answers.questions import Facts


def test_search_needs_all_words_and_ranks_the_gist_above_names_and_those_above_quotes(facts: Facts) -> None:
    assert ids(facts.search("Treasury")) == [
        "gazette-2024/treasury-sanctioned-trentino",  # in the gist
        "gazette-2024/trentino-denies-camps",  # the addressee's name
    ]
    assert ids(facts.search("talks", "Freedonia")) == ["gazette-2024/talks-held"]
    assert len(facts.search("camps", "zebra")) == 0


def test_search_finds_no_fact_by_the_title_of_its_document(facts: Facts) -> None:
    assert len(facts.search("farce")) == 0
    assert ids(facts.sources("farce"))[0] == "courier-2024"


def test_a_near_miss_in_a_long_word_is_found_and_ranks_lower(facts: Facts) -> None:
    exact, missed = facts.search("cancelled"), facts.search("canceled")
    assert ids(exact) == ids(missed) == ["courier-2024/visit-cancelled"]
    assert missed[0].hits == ("cancelled",)
    assert len(facts.search("camp")) == 0  # four letters: `camp` is not `camps`
