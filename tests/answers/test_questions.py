"""Questions asked from Python: what fits, what is left out, and what stands together or against each other."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from conftest import SMALL

from xjfacts import load
from xjfacts.answers.questions import SECTIONS, Facts
from xjfacts.errors import AmbiguousName, NotFound, UsageError


@pytest.fixture(scope="module")
def facts() -> Facts:
    return load(SMALL)


def ids(answer: object) -> list[str]:
    return [result.id for result in answer]  # type: ignore[attr-defined]


def test_sanctions_shows_only_those_that_came_and_counts_the_others(facts: Facts) -> None:
    answer = facts.sanctions()
    assert ids(answer) == ["gazette-2024/treasury-sanctioned-trentino"]
    assert answer.hidden == {"not-imposed": 1, "considered": 1, "called-for": 1}


def test_every_status_can_be_asked_for(facts: Facts) -> None:
    assert ids(facts.sanctions(status="considered")) == ["gazette-2024/sylvania-considers-firefly"]
    assert len(facts.sanctions(status="all")) == 4


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


def test_a_name_in_a_role_means_first_what_occurs_there(facts: Facts) -> None:
    with pytest.raises(AmbiguousName):
        facts.who("Capital")  # a weak name of both countries
    assert facts.events(place="Capital").query.place.id == "freedonia"  # things happen only in one of them


def test_events_stand_in_order_of_time_and_undated_ones_last(facts: Facts) -> None:
    assert ids(facts.events()) == [
        "gazette-2024/talks-held",
        "courier-2024/visit-cancelled",
        "gazette-2024/trentino-visit-planned",
        "gazette-2024/letter-sent",
    ]


def test_a_range_keeps_what_can_lie_in_it_and_marks_what_need_not(facts: Facts) -> None:
    answer = facts.events(since="2023-07", until="2024-06-30")
    assert [(event.id, event.certain) for event in answer] == [
        ("gazette-2024/talks-held", False),
        ("courier-2024/visit-cancelled", True),
        ("gazette-2024/trentino-visit-planned", True),
        ("gazette-2024/letter-sent", False),
    ]


def test_what_was_done_or_said_is_no_later_than_its_print_and_what_was_planned_may_be(facts: Facts) -> None:
    assert ids(facts.events(since="2024-06")) == ["courier-2024/visit-cancelled", "gazette-2024/trentino-visit-planned"]
    (letter,) = facts.events(type="letter", until="2024-05-02")
    assert letter.certain
    assert len(facts.said("Trentino", since="2024-05-03")) == 0


def test_a_pair_asked_for_other_days_says_that_there_is_more_outside_them(facts: Facts) -> None:
    answer = facts.sanctions(by="Freedonia", on="Trentino", until="2023")
    assert (answer.answer, answer.hidden) == ("no-record", {"outside-the-dates": 1})


def test_that_a_part_has_not_sanctioned_says_nothing_of_the_whole(facts: Facts) -> None:
    assert facts.sanctions(by="Sylvania", on="Rufus Firefly").answer == "not-imposed"
    assert facts.sanctions(by="Sylvanian embassy", on="Rufus Firefly").answer == "no-record"


def test_of_merged_facts_the_one_that_surely_lies_in_the_range_is_shown(facts: Facts) -> None:
    (answer,) = facts.sanctions(since="2024-04", until="2024-04")
    assert (answer.id, answer.certain) == ("gazette-2024/treasury-sanctioned-trentino", True)
    (answer,) = facts.sanctions(since="2024-05")  # "in 2024" may be later than April
    assert (answer.id, answer.certain) == ("courier-2024/freedonia-sanctioned-trentino", False)


def test_events_can_be_asked_by_type_outcome_and_place(facts: Facts) -> None:
    assert ids(facts.events(type="visit", outcome="planned")) == ["gazette-2024/trentino-visit-planned"]
    assert len(facts.events(place="Freedonia")) == 2  # Glockenspiel is a part of it
    assert len(facts.events("Sylvania", type="letter")) == 1


def test_a_dispute_contests_both_sides_and_a_rebuttal_only_the_one_that_is_answered(facts: Facts) -> None:
    planned, cancelled = facts.show("gazette-2024/trentino-visit-planned", "courier-2024/visit-cancelled")
    assert planned.contested_by == (cancelled.id,)
    assert cancelled.contested_by == (planned.id,)
    alleged, denied = facts.show("gazette-2024/teasdale-alleges-camps", "gazette-2024/trentino-denies-camps")
    assert alleged.contested_by == (denied.id,)
    assert denied.contested_by == ()


def test_a_statement_comes_with_the_other_side(facts: Facts) -> None:
    answer = facts.said("Gloria Teasdale")
    assert ids(answer) == ["gazette-2024/teasdale-alleges-camps"]
    assert [other.id for other in answer.others] == ["gazette-2024/trentino-denies-camps"]


def test_said_can_be_asked_by_act_addressee_and_topic(facts: Facts) -> None:
    assert len(facts.said(act="denies", to="Freedonia", about="border camps")) == 1
    assert len(facts.said("Anna Trentino", act="alleges")) == 0


def test_figures_about_the_same_thing_stand_side_by_side_and_are_not_added_up(facts: Facts) -> None:
    answer = facts.figures(about="border camps")
    assert [(figure.bound, figure.value, figure.low, figure.high) for figure in answer] == [
        ("range", None, 800, 2000),
        ("more-than", 50, None, None),
    ]


def test_who_groups_by_section_in_a_fixed_order(facts: Facts) -> None:
    sections = [result.section for result in facts.who("Anna Trentino")]
    assert sections == sorted(sections, key=SECTIONS.index)
    assert sections[:2] == ["offices", "sanctions-on"]


def test_nothing_found_says_what_is_known_nearby(facts: Facts) -> None:
    answer = facts.events("Anna Trentino", type="vote")
    assert answer.count == 0
    assert answer.nearby["event"] == 2


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


def test_sources_lists_the_documents_and_of_one_its_facts_by_paragraph(facts: Facts) -> None:
    assert ids(facts.sources()) == ["gazette-2024", "courier-2024"]
    document, *rest = facts.sources("gazette")
    assert document.facts == {"position": 1, "sanction": 4, "event": 3, "statement": 2, "figure": 1, "claim": 1}
    paragraphs = [fact.citations[0].paragraph for fact in rest]
    assert len(rest) == 12
    assert paragraphs == sorted(paragraphs)


def test_show_gives_facts_documents_and_entities_in_the_order_asked(facts: Facts) -> None:
    answer = facts.show("anna-trentino", "courier-2024", "courier-2024/visit-cancelled")
    assert [result.kind for result in answer] == ["person", "document", "event"]


def test_an_unknown_id_names_the_nearest(facts: Facts) -> None:
    with pytest.raises(NotFound, match="did you mean 'courier-2024/visit-cancelled'"):
        facts.show("courier-2024/visit-canceled")


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


def test_names_explains_a_candidate_word_by_word(facts: Facts) -> None:
    best = facts.names("Ana Trentino")[0]
    assert best.id == "anna-trentino"
    assert {(pair.asked, pair.name) for pair in best.pairs} >= {("trentino", "trentino")}
    assert best.why


def test_names_alone_lists_every_entity(facts: Facts) -> None:
    assert len(facts.names()) == 11


def test_the_library_call_is_typed(tmp_path: Path) -> None:
    script = tmp_path / "typed.py"
    script.write_text('from xjfacts import load\n\nfor one in load().sanctions(by="US"):\n    one.nonsense\n')
    told = subprocess.run(
        [sys.executable, "-m", "mypy", "--strict", str(script)],
        capture_output=True,
        text=True,
        check=False,
        cwd=tmp_path,
    )
    assert '"SanctionAnswer" has no attribute "nonsense"' in told.stdout
