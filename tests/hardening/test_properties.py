"""What holds for any name, any text and any date, from the fact file to the answer."""

from __future__ import annotations

import csv
import io
import json
import os
import unicodedata
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from xjfacts import load
from xjfacts.dates import Edtf, may_lie_within, must_lie_within
from xjfacts.exports import dump
from xjfacts.forms import markdown, plain
from xjfacts.forms import terminal as render
from xjfacts.forms.tabular import to_csv, to_json, to_ndjson
from xjfacts.names.folding import fold
from xjfacts.text import visible

from .paper import write_paper

TEXT = st.text(st.characters(exclude_categories=("Cs",)), min_size=1, max_size=40)
NAME = st.text(st.characters(categories=("Lu", "Ll", "Nd", "Zs"), max_codepoint=0x24F), min_size=1, max_size=30)
WIDE = {code: code + 0xFEE0 for code in range(ord("!"), ord("~") + 1)} | {ord(" "): 0x3000}

few = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A folder that each example writes its paper into."""
    return tmp_path_factory.mktemp("facts")


@few
@given(name=TEXT, gist=TEXT, title=TEXT)
def test_scripts_get_every_string_of_a_file_back(folder: Path, name: str, gist: str, title: str) -> None:
    answer = load(str(write_paper(folder, name=name, gist=gist, title=title))).show("paper/announced", "anna")
    fact, entity = json.loads(to_json(answer))["results"]
    assert (fact["gist"], fact["citations"][0]["title"], entity["name"]) == (gist, title, name)
    assert [fact, entity] == [json.loads(line) for line in to_ndjson(answer).splitlines()]
    rows = list(csv.DictReader(io.StringIO(to_csv(answer), newline=""), strict=True))
    assert rows[0]["gist"] in (visible(gist), f"'{visible(gist)}")
    assert rows[1]["name"] in (visible(name), f"'{visible(name)}")


@few
@given(name=TEXT, gist=TEXT, quote=TEXT)
def test_no_form_raises_or_lets_through_what_acts(folder: Path, name: str, gist: str, quote: str) -> None:
    facts = load(str(write_paper(folder, name=name, gist=gist, quote=quote)))
    answer = facts.who("anna")
    forms = [
        plain.to_text(answer),
        markdown.to_markdown(answer),
        render.render(answer, width=80, color=False),
        to_csv(answer).replace("\r\n", "\n"),
        *(dump.dump(facts.corpus, form).decode().replace("\r\n", "\n") for form in ("csv", "ftm", "dot")),
    ]
    for form in forms:
        assert {unicodedata.category(sign) for sign in form} & {"Cc", "Cs", "Zl", "Zp"} <= {"Cc"}
        assert {sign for sign in form if unicodedata.category(sign) == "Cc"} == {"\n"}
    lines = len(plain.to_text(load(str(write_paper(folder))).who("anna")).splitlines())
    assert len(forms[0].splitlines()) == lines


@given(NAME)
def test_width_case_and_normal_form_make_no_other_name(name: str) -> None:
    folded = fold(name)
    assert fold(unicodedata.normalize("NFD", name)) == folded
    assert fold(unicodedata.normalize("NFC", name)) == folded
    assert fold(fold(name).upper()) == folded
    assert fold(fold(name).translate(WIDE)) == folded
    assert fold(f" \u200b{name}\u00a0\u202e\ufeff") == folded


@few
@given(name=NAME.filter(lambda name: any(map(str.isalnum, name))))
def test_a_name_that_is_in_the_file_is_found_as_it_is_written(folder: Path, name: str) -> None:
    found = load(str(write_paper(folder, name=name))).corpus.names.resolve(name)
    assert found.how in {"exact", "id", "ambiguous"}
    assert found.score == 1.0


DAYS = st.dates(date(1000, 1, 1), date(9998, 12, 31))
DATES = st.builds(
    lambda day, form, sign: Edtf(f"{day.strftime(form).zfill(4)}{sign}"),
    DAYS, st.sampled_from(["%Y", "%Y-%m", "%Y-%m-%d"]), st.sampled_from(["", "~", "?", "%"]),
)  # fmt: skip


@given(DATES, DATES)
def test_two_dates_make_the_interval_from_the_one_to_the_other(one: Edtf, other: Edtf) -> None:
    first, last = sorted((one, other), key=lambda edtf: (edtf.earliest, edtf.latest))
    if first.earliest <= last.latest:
        interval = Edtf(f"{first}/{last}")
        assert (interval.earliest, interval.latest) == (first.earliest, last.latest)
        assert may_lie_within(interval.possible, first, last)
    assert Edtf(f"{one}/..").latest == date.max
    assert Edtf(f"../{one}").earliest == date.min


@given(DATES, DAYS)
def test_a_date_may_lie_on_a_day_just_if_the_day_is_among_those_it_can_mean(edtf: Edtf, day: date) -> None:
    asked = Edtf(day.isoformat())
    first, last = edtf.possible
    assert may_lie_within(edtf.possible, asked, asked) is (first <= day <= last)
    assert must_lie_within(edtf.possible, asked, asked) is (first == day == last)
    before, after = (Edtf((day + timedelta(days=days)).isoformat()) for days in (-1, 1))
    assert (
        may_lie_within(edtf.possible, None, before)
        or may_lie_within(edtf.possible, asked, asked)
        or may_lie_within(edtf.possible, after, None)
    )


@given(DATES, DATES)
def test_what_is_over_before_another_begins_is_sorted_before_it(one: Edtf, other: Edtf) -> None:
    if one.latest < other.earliest:
        assert one.sort_key < other.sort_key
        assert not may_lie_within(one.possible, other, None) or one.is_qualified
    if one.earliest == other.earliest and one.latest < other.latest:
        assert sorted((other, one), key=lambda edtf: edtf.sort_key) == [one, other]


def test_no_example_left_anything_but_the_paper(folder: Path) -> None:
    assert os.listdir(folder) in ([], ["paper.toml"])
