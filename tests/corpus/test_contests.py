"""What answers an allegation without contesting it: a denial in general, about the same topic."""

from __future__ import annotations

from typing import Any

import pytest

from xjfacts.corpus.index import Corpus
from xjfacts.corpus.model import Cite, Claim, Country, EntityIds, Statement, Topic
from xjfacts.corpus.values import FactIds, OneOrMore

ENTITIES = (
    Country(id="freedonia", name="Freedonia"),
    Country(id="sylvania", name="Sylvania"),
    Topic(id="camps", name="camps"),
    Topic(id="dams", name="dams"),
)
PROVEN = {"gist": "Somebody said so.", "cite": (Cite(p=1, quote=OneOrMore(["said so"])),)}
ALLEGED = Statement(
    id="a/alleged", speaker=EntityIds(["freedonia"]), act="alleges", about=EntityIds(["sylvania", "camps"]), **PROVEN
)


def denial(by: str, about: list[str], **more: Any) -> Statement:
    return Statement(id="b/denied", speaker=EntityIds([by]), act="denies", about=EntityIds(about), **more, **PROVEN)


def corpus_of(*facts: Any) -> Corpus:
    return Corpus({one.id: one for one in ENTITIES}, {}, {fact.id: fact for fact in facts}, "0" * 64)


@pytest.mark.parametrize(
    ("denied", "is_answered"),
    [
        (denial("sylvania", ["camps"]), True),
        (denial("sylvania", ["dams"]), False),
        (denial("freedonia", ["sylvania"]), False),  # a country is no topic
        (denial("freedonia", ["camps"]), False),  # of the same that alleges
        (denial("sylvania", ["camps"], rebuts=FactIds([ALLEGED.id])), False),  # contests it, which is more
    ],
)
def test_a_denial_of_another_about_a_topic_answers_an_allegation(denied: Statement, is_answered: bool) -> None:
    assert corpus_of(ALLEGED, denied).answered == ({ALLEGED.id: (denied.id,)} if is_answered else {})


def test_a_claim_that_accuses_is_answered_and_one_that_does_not_is_not() -> None:
    claims = [
        Claim(
            id=f"a/{alleged}", subjects=EntityIds(["sylvania"]), about=EntityIds(["camps"]), alleged=alleged, **PROVEN
        )
        for alleged in (True, False)
    ]
    assert corpus_of(*claims, denial("sylvania", ["camps"])).answered == {"a/True": ("b/denied",)}
