"""The shipped facts: what careful readers of the documents have tripped over, and what the whole must keep."""

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
    assert len(documents) == 22
    assert all(sum(document.facts.values()) >= 2 for document in documents)


def test_the_us_sanctioned_tuniyaz_by_two_articles_and_the_list_itself(facts: Facts) -> None:
    (sanction,) = facts.sanctions(by="US", on="Erkin Tuniyaz")
    assert {citation.document for citation in sanction.citations} == {
        "ofac-sdn-2023-01-21", "scmp-2023-02", "guardian-2023-02-08"
    }  # fmt: skip
    assert sanction.origins == 3


def test_no_document_gives_the_day_on_which_the_us_sanctioned_chen_quanguo(facts: Facts) -> None:
    (sanction,) = facts.sanctions(by="US", on="Chen Quanguo")
    assert (sanction.status, sanction.date, sanction.as_of) == ("imposed", None, "2021-07-07")
    assert sanction.origins == 1, "two copies of one list are one origin"


@pytest.mark.parametrize(
    ("by", "on", "word"),
    [
        ("US", "Tuniyaz", "imposed"),
        ("UK", "Tuniyaz", "not-imposed"),
        ("London", "Tuniyaz", "not-imposed"),
        ("EU", "Tuniyaz", "not-imposed"),
        ("Brussels", "Tuniyaz", "not-imposed"),
        ("US", "Chen Quanguo", "imposed"),
        ("Canada", "Chen Quanguo", "imposed"),
        ("UK", "Chen Quanguo", "no-record"),
        ("EU", "Chen Quanguo", "no-record"),
        ("US", "XPCC", "imposed"),
        ("UK", "XPCC", "no-record"),
        ("UK", "XPCC PSB", "imposed"),
        ("US", "Xinjiang Public Security Bureau", "imposed"),
        *((by, "Wang Junzheng", "imposed") for by in ("US", "UK", "EU", "Canada")),
        ("China", "Samuel Cogalati", "imposed"),
        ("China", "Cogolati", "imposed"),
        ("EU", "four-chinese-officials", "imposed"),
        ("UK", "four-chinese-officials", "no-record"),
    ],
)
def test_what_is_said_of_a_pair(facts: Facts, by: str, on: str, word: str) -> None:
    assert facts.sanctions(by=by, on=on).answer == word


def test_the_four_officials_of_the_articles_are_not_taken_for_those_whom_the_eu_lists(facts: Facts) -> None:
    assert targets(facts, by="EU", on="four-chinese-officials") == ["four-chinese-officials"]
    (unnamed,) = facts.sanctions(by="EU", on="four-chinese-officials")
    assert unnamed.date == "2021-03"
    assert unnamed.corroborated_by == ()


def test_a_demand_of_the_commons_is_no_sanction(facts: Facts) -> None:
    answer = facts.sanctions(by="UK", on="Chen Quanguo")
    assert (answer.count, answer.hidden) == (0, {"called-for": 1})


def test_in_2018_sanctions_on_chen_were_only_considered(facts: Facts) -> None:
    considered = facts.sanctions(by="US", status="considered", until="2018")
    assert {"chen-quanguo"} <= {ref.id for sanction in considered for ref in sanction.target}


def test_what_is_demanded_says_by_whom(facts: Facts) -> None:
    called_for = facts.sanctions(status="called-for")
    demands = {(ref.id, by.id) for sanction in called_for for ref in sanction.called_for_by for by in sanction.by}
    assert {("yasmine-ahmed", "uk"), ("yasmine-ahmed", "eu"), ("house-of-commons", "uk")} <= demands


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


def test_that_he_was_asked_and_that_a_meeting_was_agreed_dispute_and_that_he_plans_to_come_does_not(
    facts: Facts,
) -> None:
    asked, agreed, planned = facts.show(
        *(f"guardian-2023-02-08/{key}" for key in (
            "foreign-office-asked-tuniyaz-for-talks", "foreign-office-agreed-to-meet-tuniyaz", "tuniyaz-visit-uk-planned"
        ))
    )  # fmt: skip
    assert (asked.outcome, agreed.outcome, planned.outcome) == ("requested", "agreed", "planned")
    assert asked.contested_by == (agreed.id,)
    assert agreed.contested_by == (asked.id,)
    assert planned.contested_by == ()


def test_parliament_voted_and_the_foreign_office_resists_the_word(facts: Facts) -> None:
    (vote,) = facts.events(type="vote", until="2021-06")
    assert (vote.outcome, vote.contested_by) == ("held", ())
    assert {citation.document for citation in vote.citations} == {"commons-2021-04-22", "guardian-2023-02-08"}
    assert any("resisted" in said.citations[0].quote for said in facts.said("Foreign Office", about="genocide"))


def test_the_us_and_canada_disagree_on_a_birth(facts: Facts) -> None:
    born = {
        fact.born: fact.contested_by for fact in facts.who("Erkin Tuniyaz") if fact.kind == "identity" and fact.born
    }
    assert set(born) == {"1961-12", "1961-01"}
    assert all(born.values())


def test_the_un_report_says_may(facts: Facts) -> None:
    (said,) = facts.show("scmp-2023-02/un-report-crimes-against-humanity")
    assert "may have been" in said.gist
    assert "may have constituted" in said.citations[0].quote


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
        "US": "us-embassy-spokesman",
        "White House": "jen-psaki",
    }
    for body, speaker in spoken.items():
        assert speaker in {ref.id for said in facts.said(body) for ref in getattr(said, "speaker", ())}
