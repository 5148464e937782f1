"""The shipped facts: what careful readers of these five documents have tripped over, and what the whole must keep."""

from __future__ import annotations

from pathlib import Path

import pytest

from xjfacts import load
from xjfacts.answers.questions import Facts
from xjfacts.answers.records import Ref
from xjfacts.curation.check import check
from xjfacts.errors import NotFound

ENVOYS = (
    "australia", "belgium", "canada", "denmark", "estonia", "finland", "france", "germany", "ireland", "netherlands",
    "norway", "sweden", "switzerland", "uk",
)  # fmt: skip


@pytest.fixture(scope="module")
def facts() -> Facts:
    return load()


def roles(*taken: tuple[Ref, ...]) -> set[str]:
    """Return the ids of those who have one of the roles."""
    return {ref.id for role in taken for ref in role}


def targets(facts: Facts, **asked: str) -> list[str]:
    return [ref.id for sanction in facts.sanctions(**asked) for ref in sanction.target]


def test_the_shipped_facts_keep_every_rule() -> None:
    assert check().problems == ()


def test_every_quote_of_the_shipped_facts_stands_in_its_document(texts: Path) -> None:
    report = check(texts=str(texts))
    assert report.problems == ()
    assert report.counts["verified"] == report.counts["quotes"] > 250


def test_no_fact_without_its_document_and_no_document_without_facts(facts: Facts) -> None:
    documents = facts.sources()
    assert len(documents) == 5
    assert all(sum(document.facts.values()) >= 25 for document in documents)


def test_the_us_sanctioned_tuniyaz_in_2021_by_two_documents_and_nobody_else(facts: Facts) -> None:
    (sanction,) = facts.sanctions(by="US")
    assert [ref.name for ref in sanction.target] == ["Erkin Tuniyaz"]
    assert sanction.date == "2021"
    assert {citation.document for citation in sanction.citations} == {"scmp-2023-02", "guardian-2023-02-08"}
    assert sanction.origins == 2
    assert sanction.gist.rstrip(".").endswith("in 2021"), "the reason stands in one of the two documents only"


@pytest.mark.parametrize(
    ("by", "on", "word"),
    [
        ("US", "Tuniyaz", "imposed"),
        ("UK", "Tuniyaz", "not-imposed"),
        ("London", "Tuniyaz", "not-imposed"),
        ("EU", "Tuniyaz", "not-imposed"),
        ("Brussels", "Tuniyaz", "not-imposed"),
        ("US", "Chen Quanguo", "no-record"),
        ("Canada", "Chen Quanguo", "no-record"),
        ("China", "Samuel Cogalati", "imposed"),
        ("China", "Cogolati", "imposed"),
        ("EU", "four-chinese-officials", "imposed"),
        ("UK", "four-chinese-officials", "no-record"),
    ],
)
def test_what_is_said_of_a_pair(facts: Facts, by: str, on: str, word: str) -> None:
    assert facts.sanctions(by=by, on=on).answer == word


def test_the_eu_sanctioned_four_officials_whom_no_document_names(facts: Facts) -> None:
    assert targets(facts, by="EU") == targets(facts, by="Brussels") == ["four-chinese-officials"]
    assert facts.sanctions(by="EU")[0].date == "2021-03"


def test_the_uk_imposed_none_and_the_answer_says_what_was_left_out(facts: Facts) -> None:
    answer = facts.sanctions(by="UK")
    assert answer.count == 0
    assert answer.hidden == {"not-imposed": 1, "called-for": 1}


def test_sanctions_on_chen_and_others_are_only_considered(facts: Facts) -> None:
    answer = facts.sanctions(by="US", on="Chen Quanguo")
    assert (answer.count, answer.hidden) == (0, {"considered": 1})


def test_human_rights_watch_demands_sanctions_that_nobody_reports(facts: Facts) -> None:
    called_for = facts.sanctions(status="called-for")
    assert called_for.count == 2
    for sanction in called_for:
        assert {"yasmine-ahmed", "human-rights-watch"} & {ref.id for ref in sanction.called_for_by}


def test_the_fifteen_envoys_are_fourteen_states_and_the_eu_and_not_the_us(facts: Facts) -> None:
    letters = [
        event for event in facts.events(type="letter") if "chen-quanguo" in roles(event.participants, event.about)
    ]
    parties = {ref.id for event in letters for ref in event.participants}
    assert {*ENVOYS, "eu"} <= parties
    assert "us" not in parties
    absent = [
        claim for claim in facts.who("US") if claim.kind == "claim" and "not represented" in claim.citations[0].quote
    ]
    assert len(absent) == 1


def test_every_figure_about_the_camps_keeps_its_own_estimator_and_bound(facts: Facts) -> None:
    figures = {
        figure.id.split("/")[0]: (figure.bound, figure.value or (figure.low, figure.high))
        for figure in facts.figures(about="detention-camps")
        if figure.bound != "at-least"
    }
    assert figures == {
        "scmp-2018-11-15": ("range", (800_000, 2_000_000)),
        "taipei-times-2021-03-18": ("more-than", 1_000_000),
        "scmp-2022-01-28": ("about", 1_000_000),
        "guardian-2023-02-08": ("more-than", 1_000_000),
    }
    assert all(not figure.corroborated_by for figure in facts.figures())


def test_the_tibetan_children_are_a_figure_of_their_own(facts: Facts) -> None:
    (figure,) = facts.figures(about="Tibetan children")
    assert "detention-camps" not in [ref.id for ref in figure.about]


def test_a_planned_visit_never_looks_like_one_that_took_place(facts: Facts) -> None:
    visits = facts.events("Erkin Tuniyaz", type="visit")
    assert visits.count >= 2
    assert {visit.outcome for visit in visits} == {"planned"}


def test_that_he_was_asked_and_that_he_plans_to_come_are_both_facts_and_dispute(facts: Facts) -> None:
    asked, planned = facts.show(
        "guardian-2023-02-08/foreign-office-asked-tuniyaz-for-talks", "guardian-2023-02-08/tuniyaz-visit-uk-planned"
    )
    assert (asked.outcome, planned.outcome) == ("requested", "planned")
    assert planned.id in asked.contested_by
    assert asked.id in planned.contested_by


def test_parliament_voted_and_the_foreign_office_resists_the_word(facts: Facts) -> None:
    (vote,) = facts.events(type="vote")
    assert (vote.outcome, vote.participants[0].id, vote.contested_by) == ("held", "uk-parliament", ())
    assert any("resisted" in said.citations[0].quote for said in facts.said("Foreign Office", about="genocide"))


def test_the_un_report_says_may(facts: Facts) -> None:
    quotes = [citation.quote for fact in facts.who("un-report") for citation in fact.citations]
    assert any("may have constituted" in quote for quote in quotes)
    found = [fact for fact in facts.search("crimes", "against", "humanity") if "un-report" in roles(fact.about)]
    assert found
    assert all("may" in fact.gist for fact in found)


@pytest.mark.parametrize(
    ("name", "entity"),
    [
        ("張明", "zhang-ming"),
        ("张明", "zhang-ming"),
        ("王毅", "wang-yi"),
        ("ئەركىن تۇنىياز", "erkin-tuniyaz"),
        ("Эркин Тунияз", "erkin-tuniyaz"),
        ("tuniyaz erkin", "erkin-tuniyaz"),
        ("Samuel Cogolati", "samuel-cogalati"),
        ("US", "us"),
        ("Brussels", "brussels"),
    ],
)
def test_who_somebody_is(facts: Facts, name: str, entity: str) -> None:
    assert facts.who(name).query.name.id == entity  # type: ignore[union-attr]


@pytest.mark.parametrize("name", ["Michelle Obama", "Wang Li", "Austria", "Zhang Wei", "Tony Blair", "Slovenia"])
def test_whom_no_document_names_is_nobody(facts: Facts, name: str) -> None:
    with pytest.raises(NotFound):
        facts.who(name)


def test_what_a_body_said_includes_those_who_spoke_for_it(facts: Facts) -> None:
    spoken = {
        "Chinese foreign ministry": "hua-chunying",
        "UN Human Rights Office": "rupert-colville",
        "Human Rights Watch": "yasmine-ahmed",
        "US": "us-embassy-spokesman",
    }
    for body, speaker in spoken.items():
        assert speaker in {ref.id for said in facts.said(body) for ref in said.speaker}
