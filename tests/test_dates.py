"""Dates: exactly the subset of EDTF that the facts use, and the days that each can mean."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xjfacts.dates import Edtf, date_words, may_lie_within, must_lie_within

MIN, MAX = date.min, date.max

days = st.dates(date(2, 1, 1), date(9998, 12, 31))
texts = st.builds(
    lambda day, precision, qualifier: day.isoformat()[: {"year": 4, "month": 7, "day": 10}[precision]] + qualifier,
    days,
    st.sampled_from(["year", "month", "day"]),
    st.sampled_from(["", "~", "?", "%"]),
)
edtfs = st.one_of(
    texts.map(Edtf),
    texts.map(lambda text: Edtf(f"{text}/..")),
    texts.map(lambda text: Edtf(f"../{text}")),
    st.tuples(texts, texts).map(lambda pair: Edtf("/".join(sorted(pair, key=lambda text: Edtf(text).earliest)))),
)


@pytest.mark.parametrize(
    ("text", "earliest", "latest"),
    [
        ("2021", date(2021, 1, 1), date(2021, 12, 31)),
        ("2021-03", date(2021, 3, 1), date(2021, 3, 31)),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29)),
        ("2021-12", date(2021, 12, 1), date(2021, 12, 31)),
        ("2021-03-18", date(2021, 3, 18), date(2021, 3, 18)),
        ("2018-11-15~", date(2018, 11, 15), date(2018, 11, 15)),
        ("2018-09/2022-01", date(2018, 9, 1), date(2022, 1, 31)),
        ("2019/2019-06-02", date(2019, 1, 1), date(2019, 6, 2)),
        ("2019/..", date(2019, 1, 1), MAX),
        ("../2019?", MIN, date(2019, 12, 31)),
    ],
)
def test_a_date_covers_the_days_from_its_first_to_its_last(text: str, earliest: date, latest: date) -> None:
    assert (Edtf(text).earliest, Edtf(text).latest) == (earliest, latest)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2021-03-18", date(2021, 3, 18), date(2021, 3, 18)),
        ("2021-03-01~", date(2021, 2, 28), date(2021, 3, 2)),
        ("2021-01?", date(2020, 12, 1), date(2021, 2, 28)),
        ("2021%", date(2020, 1, 1), date(2022, 12, 31)),
        ("2018-09~/2022-01", date(2018, 8, 1), date(2022, 1, 31)),
        ("2018-09/2022~", date(2018, 9, 1), date(2023, 12, 31)),
        ("2019~/..", date(2018, 1, 1), MAX),
        ("0001~", MIN, date(2, 12, 31)),
        ("9999-12-31?", date(9999, 12, 30), MAX),
    ],
)
def test_an_unsure_date_may_lie_one_of_its_own_units_earlier_or_later(text: str, first: date, last: date) -> None:
    assert Edtf(text).possible == (first, last)


@pytest.mark.parametrize(
    "text",
    [
        "", " 2021", "2021 ", "21", "2021-3", "2021-3-18", "2021/3/18", "18-03-2021", "2021-03-18T10:00", "20210318",
        "2021-21", "2021-XX", "2021~?", "~2021", "2021-~03", "2021/", "/2021", "2021//2022", "2020/2021/2022", "..",
        "../..", "2021/...", "{2021}", "[2021..2022]", "Y20210", "-2021", "２０２１", "2021\n", "2021-03-18~~", "March 2021",
    ],
)  # fmt: skip
def test_nothing_else_of_edtf_and_nothing_outside_it_is_a_date(text: str) -> None:
    with pytest.raises(ValueError, match=r"date|calendar"):
        Edtf(text)


@pytest.mark.parametrize("text", ["2021-02-29", "2021-00", "2021-13", "2021-04-31", "0000", "2021/2021-02-30"])
def test_a_day_that_no_calendar_has_is_no_date(text: str) -> None:
    with pytest.raises(ValueError, match=f"'{text}' is not a day of the calendar"):
        Edtf(text)


@pytest.mark.parametrize("text", ["2022/2021", "2021-03/2021-02", "2021-03-18/2021-03-17", "2022~/2020~"])
def test_an_interval_does_not_end_before_it_begins(text: str) -> None:
    with pytest.raises(ValueError, match=f"'{text}' ends before it begins"):
        Edtf(text)


def test_what_is_wrong_with_a_date_is_said_with_the_text_and_what_is_accepted() -> None:
    with pytest.raises(
        ValueError, match=r"^'spring 2021' is not a date; a date is 2021, 2021-03 or 2021-03-18, an interval"
    ):
        Edtf("spring 2021")


@pytest.mark.parametrize(
    ("text", "since", "until", "may", "must"),
    [
        ("2021", "2021-06", None, True, False),
        ("2021", "2021", "2021", True, True),
        ("2021", "2022", None, False, False),
        ("2021-03", None, "2021-03-01", True, False),
        ("2021-03", None, "2021-02", False, False),
        ("2021~", "2022", None, True, False),
        ("2021~", "2019", "2023", True, True),
        ("2019/..", "2030", None, True, False),
        ("2019/..", "2018", None, True, True),
        ("2019/..", None, "2018", False, False),
        ("2021", None, None, True, True),
    ],
)
def test_a_range_keeps_what_can_lie_in_it_and_is_sure_of_what_must(
    text: str, since: str | None, until: str | None, may: bool, must: bool
) -> None:
    ends = [Edtf(end) if end else None for end in (since, until)]
    assert may_lie_within(Edtf(text).possible, *ends) is may
    assert must_lie_within(Edtf(text).possible, *ends) is must


def test_dates_are_equal_when_they_are_written_alike() -> None:
    assert Edtf("2021") == Edtf("2021")
    assert len({Edtf("2021"), Edtf("2021"), Edtf("2021~"), Edtf("2021-01/2021-12")}) == 3
    assert Edtf("2021") != "2021"
    assert str(Edtf("2021-03%")) == "2021-03%"


@given(edtfs)
def test_what_a_date_covers_lies_within_what_it_can_mean(edtf: Edtf) -> None:
    first, last = edtf.possible
    assert first <= edtf.earliest <= edtf.latest <= last
    assert edtf.sort_key == (edtf.earliest, edtf.latest)


@given(edtfs, st.none() | edtfs, st.none() | edtfs)
def test_what_must_lie_in_a_range_may_lie_in_it(edtf: Edtf, since: Edtf | None, until: Edtf | None) -> None:
    if not (since and until and since.earliest > until.latest):
        assert may_lie_within(edtf.possible, since, until) or not must_lie_within(edtf.possible, since, until)


@given(days)
def test_a_day_is_itself(day: date) -> None:
    assert Edtf(day.isoformat()).possible == (day, day)
    assert Edtf(f"{day.isoformat()}~").possible == (day - timedelta(days=1), day + timedelta(days=1))


@given(st.text(alphabet="0123456789-/.~?% X", max_size=24))
def test_any_text_is_a_date_or_refused_with_the_text_in_the_reason(text: str) -> None:
    try:
        assert Edtf(text).earliest <= Edtf(text).latest
    except ValueError as error:
        reason = str(error)
    else:
        reason = f"'{text}' is a date"
    assert f"'{text}' " in reason


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("2021-03-18", "2021-03-18"),
        ("2018-11-15~", "c. 2018-11-15"),
        ("2021?", "2021 (?)"),
        ("2021-03%", "c. 2021-03 (?)"),
        ("2018-09/2022-01~", "2018-09 to c. 2022-01"),
        ("2019/..", "2019 onwards"),
        ("../2019", "until 2019"),
    ],
)
def test_words_keep_what_is_approximate_uncertain_and_open(text: str, words: str) -> None:
    assert date_words(text) == words
