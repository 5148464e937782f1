"""Lists of names as files hold them: every row comes out, whatever stands in it, and what is unreadable says so."""

from __future__ import annotations

import io
from collections.abc import Sequence

import pytest

from xjfacts.answers.lists import LONGEST_LINE, Columns, List, Row, decoded, read_csv, read_text
from xjfacts.errors import UsageError


def text(content: bytes, encoding: str | None = None) -> list[Row]:
    return list(read_text(decoded(io.BytesIO(content), encoding)).rows)


def table(content: bytes, names: Sequence[str] = (), born: str | None = None, has_header: bool = True) -> List:
    return read_csv(decoded(io.BytesIO(content)), Columns(tuple(names), born, has_header))


def test_text_has_a_name_a_line_without_blank_lines_and_comments() -> None:
    rows = text(b"\xef\xbb\xbfAnna Trentino\r\n\n  # a comment\n Firefly, Otto \n")
    assert [(row.line, row.name) for row in rows] == [(1, "Anna Trentino"), (4, "Firefly, Otto")]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_delimiter_of_a_csv_is_guessed(delimiter: str) -> None:
    content = "nr,Name,note\n1,Anna Trentino,x\n2,Rufus Firefly,y\n".replace(",", delimiter).encode()
    found = table(content, ["Name"])
    rows = list(found.rows)
    assert found.columns == ("nr", "note")
    assert [(row.line, row.name, row.cells) for row in rows] == [
        (2, "Anna Trentino", {"nr": "1", "note": "x"}),
        (3, "Rufus Firefly", {"nr": "2", "note": "y"}),
    ]


def test_columns_may_be_named_by_number_and_put_together_and_have_the_same_name() -> None:
    found = table(b"First,Last,note,note,,born\nAnna,Trentino,a,b,c,1970\n", ["First", "2"], "born")
    assert list(found.rows) == [
        Row(2, "Anna Trentino", "1970", {"note": "a", "note 2": "b", "column 5": "c", "born": "1970"})
    ]


@pytest.mark.parametrize(
    ("content", "names", "message"),
    [
        (b"", (), "empty"),
        (b"Erkin Tuniyaz,Urumqi\nJane Roe,York\n", (), "--no-header"),
        (b"first name,last name\nErkin,Tuniyaz\n", (), "--column"),
        (b"id,name\n1,Jane Roe\n", (), "the columns are 'id', 'name'"),
        (b"id,name\n1,Jane Roe\n", ("nam",), "did you mean 'name'?"),
        (b"name,name\nJane,Roe\n", ("name",), "by its number, 1 or 2"),
    ],
)
def test_a_csv_whose_names_are_not_surely_found_is_refused_in_a_line(
    content: bytes, names: Sequence[str], message: str
) -> None:
    with pytest.raises(UsageError, match=None) as caught:
        table(content, names)
    assert message in str(caught.value)


def test_a_csv_without_a_header_loses_no_row() -> None:
    found = table(b"Erkin Tuniyaz,Urumqi\nJane Roe,York\n", has_header=False)
    assert [(row.line, row.name, row.cells) for row in found.rows] == [
        (1, "Erkin Tuniyaz", {"column 2": "Urumqi"}),
        (2, "Jane Roe", {"column 2": "York"}),
    ]


def test_a_cell_may_hold_lines_and_quotation_marks_and_rows_may_be_ragged() -> None:
    content = b'name,address\n"Roe, ""J""","1 Road\nYork"\nFirefly\nTrentino,a,b,c\npipe 5",x\n'
    rows = list(table(content).rows)
    assert [(row.line, row.name, row.cells) for row in rows] == [
        (2, 'Roe, "J"', {"address": "1 Road\nYork"}),
        (4, "Firefly", {"address": ""}),
        (5, "Trentino", {"address": "a", "column 3": "b", "column 4": "c"}),
        (6, 'pipe 5"', {"address": "x"}),
    ]


def test_a_quotation_mark_that_is_never_closed_costs_its_own_row_and_no_other() -> None:
    content = b"name,note\n" + b'"Anna,1\n' + b"".join(b"Name %d,x\n" % at for at in range(200))
    rows = list(table(content).rows)
    assert len(rows) == 201
    assert rows[0].problem.startswith("a quotation mark is opened")
    assert [row.name for row in rows[1:]] == [f"Name {at}" for at in range(200)]


def test_a_line_or_cell_too_long_for_any_name_is_a_row_and_so_are_those_behind_it() -> None:
    endless = b"x" * (10 * LONGEST_LINE)
    rows = text(b"Anna\n" + endless + b"\nOtto\n")
    assert [(row.line, row.name, bool(row.problem)) for row in rows] == [
        (1, "Anna", False),
        (2, "", True),
        (3, "Otto", False),
    ]
    rows = list(table(b"name\nAnna\n" + endless + b"\n" + b"y" * 200_000 + b"\nOtto\n").rows)
    assert [bool(row.problem) for row in rows] == [False, True, True, False]


def test_a_million_empty_lines_are_no_rows() -> None:
    assert text(b"\n" * 1_000_000) == []


def test_five_hundred_columns_are_kept() -> None:
    header = ",".join(["name", *(f"c{at}" for at in range(499))]).encode()
    (row,) = table(header + b"\nAnna" + b",x" * 499 + b"\n").rows
    assert len(row.cells) == 499


def test_other_encodings_are_refused_or_read_where_they_are_named() -> None:
    content = "Müller\nAnna\n"
    for start in (content.encode("utf-16"), b"PK\x03\x04"):
        with pytest.raises(UsageError):
            text(start)
    with pytest.raises(UsageError, match="no encoding"):
        text(b"", "utf-ate")
    assert [row.name for row in text(content.encode("utf-16"), "utf-16")] == ["Müller", "Anna"]
    assert [row.name for row in text(content.encode("latin-1"), "latin-1")] == ["Müller", "Anna"]
    assert [(row.name, bool(row.problem)) for row in text(content.encode("latin-1"))] == [
        ("M\\udcfcller", True),
        ("Anna", False),
    ]
    assert [bool(row.problem) for row in text(content.encode("latin-1"), "ascii")] == [True, False]
