"""`xjfacts screen`: lists in, a row each out, in every form and whatever stands in them."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import SMALL, Told

from xjfacts import __version__
from xjfacts.forms.screened import COLUMNS

LIST = "Anna Trentino\n\n# strangers\nJane Roe\nRufus Firefly\nFirefly\n???\n"
OUTCOMES = ["imposed", "unknown", "not-imposed", "check", "unreadable"]

Ask = Callable[..., Told]


@pytest.fixture
def names(tmp_path: Path) -> str:
    path = tmp_path / "names.txt"
    path.write_text(LIST, encoding="utf-8")
    return str(path)


def rows_of(told: Told) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(told.out, newline="")))


def test_every_form_has_every_row_in_the_order_of_the_list(small: Ask, names: str) -> None:
    assert [row["outcome"] for row in rows_of(small("screen", names, "--format", "csv"))] == OUTCOMES
    lines = small("screen", names, "--format", "ndjson").out.splitlines()
    assert [json.loads(line)["outcome"] for line in lines] == OUTCOMES
    answer = json.loads(small("screen", names, "--json").out)
    assert [row["outcome"] for row in answer["results"]] == OUTCOMES
    assert answer["outcomes"] == dict.fromkeys(("imposed", "not-imposed", "check", "unknown", "unreadable"), 1)
    for form in ("table", "markdown"):
        page = small("screen", names, "--format", form).out
        assert all(name in page for name in ("Anna Trentino", "Jane Roe", "Rufus Firefly", "otto-firefly"))
        assert "1 imposed, 1 not-imposed, 1 check, 1 unknown, 1 unreadable" in page
        assert "Sylvania: NOT imposed" in page
        assert "do not mean not sanctioned" in page


def test_each_row_says_on_what_it_stands_and_the_day_only_where_it_is_given(small: Ask, names: str) -> None:
    sha256 = json.loads(small("screen", names, "--json").out)["data"]["sha256"]
    for row in rows_of(small("screen", names, "--format", "csv", "--stamp", "2026-11-26")):
        assert (row["facts_sha256"], row["xjfacts_version"], row["made_on"]) == (sha256, __version__, "2026-11-26")
        assert (row["accepted_from"], row["check_from"]) == ("0.85", "0.55")
    once, again = (small("screen", names, "--format", "ndjson").out for _ in range(2))
    assert once == again
    assert '"made_on":null' in once
    assert small("screen", names, "--stamp", "soon").status == 2


def test_a_list_is_screened_by_what_was_known_by_a_day(small: Ask, names: str) -> None:
    assert rows_of(small("screen", names, "--format", "csv"))[0]["outcome"] == "imposed"
    first, *_ = rows_of(small("screen", names, "--format", "csv", "--known-by", "1999"))
    assert (first["id"], first["outcome"], first["known_by"]) == ("anna-trentino", "no-record", "1999")
    answer = json.loads(small("screen", names, "--known-by", "1999", "--json").out)
    assert (answer["query"]["known_by"], answer["data"]["documents"]) == ("1999", 0)
    assert "from the documents published by 1999" in small("screen", names, "--known-by", "1999").out
    assert small("screen", names, "--known-by", "soon").status == 2


def test_the_other_columns_are_kept_and_no_cell_is_a_formula(small: Ask, tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_bytes(b'\xef\xbb\xbfName;score;note;note\nAnna Trentino;7;"=1+1";a\n=cmd|x;8;b\nJane Roe;9;c;d;e\n')
    told = small("screen", str(path), "--format", "csv")
    header, *rows = csv.reader(io.StringIO(told.out, newline=""))
    assert header[: len(COLUMNS)] == list(COLUMNS)
    assert header[-3:] == ["list score", "note", "note 2"]
    assert [row[0] for row in rows] == ["Anna Trentino", "'=cmd|x", "Jane Roe"]
    assert [row[len(header) - 3 :] for row in rows] == [["7", "'=1+1", "a"], ["8", "b", ""], ["9", "c", "d", "e"]]
    line = json.loads(small("screen", str(path), "--format", "ndjson").out.splitlines()[2])
    assert line["cells"] == {"score": "9", "note": "c", "note 2": "d", "column 5": "e"}


def test_only_shows_and_fail_on_fails_on_rows_with_an_outcome(small: Ask, names: str) -> None:
    told = small("screen", names, "--only", "check", "--only", "imposed", "--json", "--fail-on", "unknown")
    assert told.status == 1
    assert [row["outcome"] for row in json.loads(told.out)["results"]] == ["imposed", "check"]
    assert json.loads(told.out)["outcomes"]["unknown"] == 1
    assert small("screen", names, "--fail-on", "lifted").status == 0
    wrong = small("screen", names, "--fail-on", "imposd")
    assert (wrong.status, "did you mean 'imposed'" in wrong.err) == (2, True)


@pytest.mark.parametrize(
    ("content", "options", "said"),
    [
        (None, [], "No such file"),
        ("Erkin\n".encode("utf-16"), [], "--encoding utf-16"),
        (b"id,name\n1,Jane\n", ["--column", "nam"], "did you mean 'name'?"),
        (b"Jane\n", ["--min-score", "2"], "0 to 1"),
        (b"Jane\n", ["--encoding", "hex"], "no encoding"),
    ],
)
def test_what_cannot_be_read_is_one_line_and_wrong_usage(
    small: Ask, tmp_path: Path, content: bytes | None, options: list[str], said: str
) -> None:
    path = tmp_path / "list.txt"
    if content is not None:
        path.write_bytes(content)
    told = small("screen", str(path), *options)
    assert (told.status, told.out, told.err.count("\n")) == (2, "", 1)
    assert said in told.err


def test_hostile_names_are_rows_in_every_form(small: Ask, tmp_path: Path) -> None:
    path = tmp_path / "list.txt"
    hostile = [
        "Anna\0Trentino",
        "\x1b[2JAnna",
        "\u202eAnna",
        "=1+1",
        "[bold]Anna[/]",
        '"Anna',
        "A" * 5_000,
        "安娜·特伦蒂诺",
    ]
    path.write_bytes("\n".join(hostile).encode() + b"\nM\xfcller\n\xed\xa0\x80\n")
    for form in ("csv", "ndjson", "json", "table", "markdown"):
        told = small("screen", str(path), "--format", form)
        assert (told.status, told.err) == (0, "")
        assert not {"\x1b", "\0", "\u202e"} & set(told.out)
    assert len(rows_of(small("screen", str(path), "--format", "csv"))) == len(hostile) + 2


def test_standard_input_is_answered_row_by_row(names: str) -> None:
    process = subprocess.Popen(
        [sys.executable, "-m", "xjfacts", "--facts", SMALL, "screen", "-", "--format", "ndjson"],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip
    assert process.stdin is not None
    assert process.stdout is not None
    process.stdin.write(b"Anna Trentino\n")
    process.stdin.flush()
    assert json.loads(process.stdout.readline())["outcome"] == "imposed"
    out, err = process.communicate(b"Jane Roe\n")
    assert (json.loads(out)["outcome"], err, process.returncode) == ("unknown", b"", 0)


def test_a_million_empty_lines_are_a_header_alone(small: Ask, tmp_path: Path) -> None:
    path = tmp_path / "list.txt"
    path.write_bytes(b"\n" * 1_000_000)
    told = small("screen", str(path), "--format", "csv")
    assert (told.status, told.out.count("\n")) == (0, 1)


def test_an_answer_may_go_into_a_file(small: Ask, names: str, tmp_path: Path) -> None:
    target = tmp_path / "out.csv"
    assert small("screen", names, "--format", "csv", "--bom", "--output", str(target)).out == ""
    assert target.read_bytes().startswith(b"\xef\xbb\xbfasked,outcome")
    assert len(target.read_bytes().splitlines()) == 6
