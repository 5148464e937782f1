"""Which facts answer a question: whose, of which days, and what stands together once."""

from __future__ import annotations

from conftest import ids

from xjfacts.answers.questions import Facts


def test_facts_that_corroborate_each_other_are_one_answer_with_the_citations_of_both(facts: Facts) -> None:
    (answer,) = facts.sanctions(by="Freedonia")
    assert answer.id == "gazette-2024/treasury-sanctioned-trentino"
    assert answer.corroborated_by == ("courier-2024/freedonia-sanctioned-trentino",)
    assert [citation.document for citation in answer.citations] == ["gazette-2024", "courier-2024"]
    assert answer.origins == 2


def test_asking_for_a_whole_includes_its_parts_and_not_the_reverse(facts: Facts) -> None:
    assert ids(facts.sanctions(by="Freedonian Treasury")) == ["gazette-2024/treasury-sanctioned-trentino"]
    assert "gazette-2024/treasury-sanctioned-trentino" in ids(facts.who("Freedonia"))
    assert "gazette-2024/talks-held" not in ids(facts.who("Freedonian Treasury"))


def test_a_range_keeps_what_can_lie_in_it_and_marks_what_need_not(facts: Facts) -> None:
    answer = facts.events(since="2023-07", until="2024-06-30")
    assert [(event.id, event.certain) for event in answer] == [
        ("gazette-2024/talks-held", False),
        ("gazette-2024/letter-sent", False),
        ("courier-2024/visit-cancelled", True),
        ("gazette-2024/trentino-visit-planned", True),
    ]


def test_what_was_done_or_said_is_no_later_than_its_print_and_what_was_planned_may_be(facts: Facts) -> None:
    assert ids(facts.events(since="2024-06")) == ["courier-2024/visit-cancelled", "gazette-2024/trentino-visit-planned"]
    (letter,) = facts.events(type="letter", until="2024-05-02")
    assert letter.certain
    assert len(facts.said("Trentino", since="2024-05-03")) == 0


def test_of_merged_facts_the_one_that_surely_lies_in_the_range_is_shown(facts: Facts) -> None:
    (answer,) = facts.sanctions(since="2024-04", until="2024-04")
    assert (answer.id, answer.certain) == ("gazette-2024/treasury-sanctioned-trentino", True)
    (answer,) = facts.sanctions(since="2024-05")  # "in 2024" may be later than April
    assert (answer.id, answer.certain) == ("courier-2024/freedonia-sanctioned-trentino", False)
