"""What is written as it is made: nothing is held that was written already, and nothing is made before it is wanted."""

from __future__ import annotations

from typing import Any

import pytest
from conftest import SMALL

from xjfacts import load
from xjfacts.answers import compose
from xjfacts.exports.dump import to_rows
from xjfacts.forms.tabular import ndjson_lines, to_ndjson


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The ids of the facts that were composed, in their order."""
    ids: list[str] = []
    compose_one = compose.fact_answer

    def noted(corpus: Any, key: str, **marks: Any) -> Any:
        ids.append(key)
        return compose_one(corpus, key, **marks)

    monkeypatch.setattr(compose, "fact_answer", noted)
    monkeypatch.setattr(compose, "TOGETHER", 1)
    return ids


@pytest.mark.parametrize("limit", [None, 1])
def test_lines_are_those_of_the_whole_answer_each_made_when_it_is_wanted(made: list[str], limit: int | None) -> None:
    facts = load(SMALL)
    whole = to_ndjson(facts.up_to(limit).events())
    made.clear()
    answer = facts.up_to(limit, in_passing=True).events()
    assert made == []
    lines = ndjson_lines(answer)
    first = next(lines)
    assert len(made) == 1
    assert first + "".join(lines) == whole
    assert (answer.count, bool(answer)) == (whole.count("\n"), True)


def test_rows_are_made_one_by_one(made: list[str]) -> None:
    rows = to_rows(load(SMALL).corpus)
    next(rows)
    assert len(made) == 1
