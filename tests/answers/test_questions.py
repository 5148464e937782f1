"""Questions asked from Python: what each gives, in which order, and what stands against it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from conftest import ids

from xjfacts.answers.questions import Facts
from xjfacts.answers.who import SECTIONS


def test_events_stand_in_order_of_time_and_undated_ones_at_their_print(facts: Facts) -> None:
    assert ids(facts.events()) == [
        "gazette-2024/talks-held",
        "gazette-2024/letter-sent",
        "courier-2024/visit-cancelled",
        "gazette-2024/trentino-visit-planned",
    ]


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


def test_facts_that_corroborate_each_other_are_one_answer_of_which_each_says_its_own(facts: Facts) -> None:
    (answer,) = facts.sanctions(by="Freedonia")
    assert (answer.date, [(one.fact, one.date) for one in answer.stated]) == (
        "2024-04",
        [
            ("gazette-2024/treasury-sanctioned-trentino", "2024-04"),
            ("courier-2024/freedonia-sanctioned-trentino", "2024"),
        ],
    )
    (shown,) = facts.show("courier-2024/freedonia-sanctioned-trentino")
    assert (shown.date, shown.by[0].id, len(shown.citations)) == ("2024", "freedonia", 2)


def test_a_statement_comes_with_the_other_side(facts: Facts) -> None:
    answer = facts.said("Gloria Teasdale", act="alleges")
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
