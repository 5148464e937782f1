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


def test_words_in_one_argument_or_between_quotation_marks_stand_side_by_side(facts: Facts) -> None:
    assert len(facts.search("border", "camps")) == len(facts.search("border camps")) == 4
    assert len(facts.search("camps", "border")) == 4
    assert len(facts.search("camps border")) == len(facts.search("camps people")) == 0
    assert ids(facts.search('"border camps" Teasdale estimated')) == ["gazette-2024/people-held"]
    assert ids(facts.search("“Freedonia and Sylvania” were")) == ["gazette-2024/talks-held"]
    assert facts.search("border camps").query.words == ("border camps",)
    assert facts.search("boarder camps")[0].hits == ("border", "camps")  # one letter off, in a phrase


def test_words_of_two_names_or_two_quotes_are_not_side_by_side(facts: Facts) -> None:
    assert len(facts.search("Freedonia Sylvania")) == 0
    assert len(facts.search("Freedonia", "Sylvania")) > 0


def test_a_word_that_stands_somewhere_is_never_taken_for_another(facts: Facts) -> None:
    assert len(facts.search("border")) > 0
    held, missed = facts.search("people", "held"), facts.search("peopel", "held")
    assert ids(held) == ids(missed)
    assert [one.hits for one in missed] == [one.hits for one in held]
    sanctioned, sanction = set(ids(facts.search("sanctioned"))), set(ids(facts.search("sanction")))
    assert sanction == {"gazette-2024/teasdale-called-for-sanctions"}
    assert sanctioned.isdisjoint(sanction)


def test_possessives_hold_the_word_itself_and_ask_for_it(facts: Facts) -> None:
    whole = set(ids(facts.search("Sylvania")))
    assert "gazette-2024/letter-sent" in whole
    assert set(ids(facts.search("Sylvania's"))) == set(ids(facts.search("Sylvania’s"))) == whole


def test_equally_good_facts_stand_in_the_order_of_the_files(facts: Facts) -> None:
    found = ids(facts.search("Trentino"))
    in_gist = [key for key in found if "Trentino" in facts.corpus.facts[key].gist]
    order = list(facts.corpus.facts)
    assert found[: len(in_gist)] == sorted(in_gist, key=order.index)


def test_no_more_is_composed_than_is_shown_and_the_whole_is_counted(facts: Facts) -> None:
    few, all_ = facts.up_to(2).search("Trentino"), facts.search("Trentino")
    assert (few.count, few.total) == (2, all_.count)
    assert few.results == all_.results[:2]
    assert facts.up_to(100).search("Trentino") == all_
