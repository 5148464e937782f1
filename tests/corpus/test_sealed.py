"""A sealed file gives the rows that were put into it or nothing, whatever happened to its bytes."""

from __future__ import annotations

import os
import random
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from sqlite3 import Connection

import pytest

from xjfacts.corpus import sealed
from xjfacts.corpus.sealed import Damaged, Sealed, define, put, write

ROWS = [(at, f"word {at}", bytes(range(at % 251)) * 3) for at in range(200)]
ONE = "select at, word, content, seal from row where at = ?"
BY_WORD = "select at, word, content, seal from row where word = ?"


def fill(connection: Connection) -> None:
    define(connection, "create table row (at integer primary key, word text, content blob, seal integer)")
    put(connection, "row", ROWS)
    define(connection, "create index row_word on row (word)")


@pytest.fixture
def path(tmp_path: Path) -> str:
    write(str(tmp_path / "file"), fill)
    return str(tmp_path / "file")


def ask(path: str) -> None:
    """Ask for rows that are there and one that is not; what is told is right or Damaged."""
    found = Sealed(path)
    for at in (0, 57, 199):
        assert found.known_row(ONE, at) == ROWS[at]
        assert found.row(BY_WORD, f"word {at}") == ROWS[at]
    assert found.row(BY_WORD, "word 200") is None


def change(path: str, content: bytes, *, keep_time: bool) -> None:
    before = os.stat(path)
    Path(path).write_bytes(content)
    if keep_time:
        os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))


def test_rows_come_as_they_were_put_and_one_that_is_not_there_is_none(path: str) -> None:
    ask(path)
    found = Sealed(path)
    assert list(found.rows("select at, word, content, seal from row order by at")) == ROWS
    many = "select at, word, content, seal from row where at <> ? and at in ({})"
    assert sorted(found.rows_in(many, range(1_000), 3)) == [row for row in ROWS if row[0] != 3]
    with pytest.raises(Damaged):
        found.known_row(ONE, 200)


def test_whoever_writes_to_it_is_noticed_whatever_was_written(path: str) -> None:
    change(path, Path(path).read_bytes(), keep_time=False)
    with pytest.raises(Damaged):
        Sealed(path)


@pytest.mark.parametrize("seed", range(20))
def test_bytes_that_rot_while_the_time_stays_give_the_right_rows_or_none(path: str, seed: int) -> None:
    chance = random.Random(seed)
    right = Path(path).read_bytes()
    for _ in range(25):
        content = bytearray(right)
        how = chance.choice(("bit", "cut", "head", "page", "zeros"))
        at = chance.randrange(len(content))
        if how == "bit":
            content[at] ^= 1 << chance.randrange(8)
        elif how == "cut":
            del content[at:]
        elif how == "head":
            content[: chance.randrange(1, 4096)] = chance.randbytes(chance.randrange(1, 4096))
        else:
            content[at : at + 4096] = bytes(4096) if how == "zeros" else chance.randbytes(4096)
        change(path, bytes(content), keep_time=True)
        try:
            ask(path)
        except Damaged:
            continue
        assert content[sealed.HEADER :] == right[sealed.HEADER :] or how == "bit"


def test_a_row_that_is_hidden_by_damage_is_not_taken_for_none(path: str) -> None:
    content = bytearray(Path(path).read_bytes())
    at = content.rindex(b"word 57")  # in the index
    content[at : at + 7] = b"word 5x"
    change(path, bytes(content), keep_time=True)
    with pytest.raises(Damaged):
        Sealed(path).row(BY_WORD, "word 57")


def test_of_a_large_file_the_rows_are_looked_at_and_the_whole_is_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sealed, "WHOLE", 10_000)
    path = str(tmp_path / "file")
    write(path, fill)
    ask(path)
    content = bytearray(Path(path).read_bytes())
    content[content.index(b"word 57") + 6] ^= 1
    change(path, bytes(content), keep_time=True)
    with pytest.raises(Damaged):
        Sealed(path).known_row(ONE, 57)
    assert Sealed(path).known_row(ONE, 58) == ROWS[58]


def test_a_file_that_cannot_be_written_is_an_error_of_the_system(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="No such file"):
        write(str(tmp_path / "missing" / "file"), fill)
    with pytest.raises(OSError, match="no such table"):
        write(str(tmp_path / "file"), lambda connection: define(connection, "insert into elsewhere values (1)"))


def test_it_is_asked_and_let_go_of_in_any_thread(path: str) -> None:
    held = [Sealed(path)]
    with ThreadPoolExecutor(4) as threads:
        asked = [at % len(ROWS) for at in range(2_000)]
        assert list(threads.map(lambda at: held[0].known_row(ONE, at), asked)) == [ROWS[at] for at in asked]
        threads.submit(held.clear).result()  # closes it; a complaint would be a warning, and so an error here
    assert Sealed(path).known_row(ONE, 57) == ROWS[57]
