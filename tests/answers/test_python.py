"""Answers in Python: what is printed of them, what they are as data, and when they are true."""

from __future__ import annotations

import json

import pytest
from conftest import SMALL

import xjfacts
from xjfacts.answers.questions import Facts
from xjfacts.forms.tabular import to_json


@pytest.fixture(scope="module")
def facts() -> Facts:
    return xjfacts.load(SMALL)


def test_what_is_printed_of_a_record_is_one_short_line(facts: Facts) -> None:
    answer = facts.who("Trentino")
    assert repr(answer) == f"<Answer to who: {len(answer)} results>"
    for record in (*answer, answer.results[0].citations[0], answer.entity, answer.query):
        assert len(repr(record)) < 200
        assert "\n" not in repr(record)
    assert repr(facts.sanctions(by="Freedonia", on="Trentino")) == "<Answer to sanctions: imposed>"
    assert repr(facts.sanctions(by="Freedonia")[0].target[0]) == "<anna-trentino: Anna Trentino>"


def test_to_dict_is_what_json_has(facts: Facts) -> None:
    answer = facts.who("Trentino")
    assert json.loads(json.dumps(answer.to_dict())) == json.loads(to_json(answer))
    assert json.loads(json.dumps(answer[0].to_dict())) == json.loads(to_json(answer))["results"][0]


def test_a_pair_is_true_only_if_all_of_it_is_imposed(facts: Facts) -> None:
    assert facts.sanctions(by="Freedonia", on="Trentino")
    assert not facts.sanctions(by="Sylvania", on="Rufus Firefly")  # not imposed, which has a result
    assert not facts.sanctions(by=["Freedonia", "Sylvania"], on="Trentino")
    assert facts.events()
    assert not facts.events(type="vote")


def test_a_table_has_a_flat_row_for_each_result(facts: Facts) -> None:
    answer = facts.sanctions(by="Freedonia")
    (row,) = answer.table()
    assert (row["kind"], row["target"], row["status"]) == ("sanction", ["Anna Trentino"], "imposed")
    assert row["link"] == [cited.link for cited in answer[0].citations]


def test_errors_can_be_caught_by_name(facts: Facts) -> None:
    with pytest.raises(xjfacts.errors.NotFound):
        facts.who("Zeppo Wagstaff")
    with pytest.raises(xjfacts.XjfactsError):
        facts.who("Firefly")
    assert set(xjfacts.__all__) >= {"load", "errors", "XjfactsError"}
