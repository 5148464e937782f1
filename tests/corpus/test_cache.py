"""What is kept between runs: when it may be trusted, and that nobody notices it but by the clock."""

from __future__ import annotations

import os
import shutil
import stat
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from sqlite3 import Connection
from time import time

import pytest
from conftest import SMALL

from xjfacts.corpus.cache import ABANDONED, KEPT, Cache, cache_folder
from xjfacts.corpus.sealed import put

STAMP = ("0" * 64, 1, 2)

needs_owners = pytest.mark.skipif(not hasattr(os, "geteuid"), reason="this system has no owners and modes of files")


@pytest.fixture
def facts(tmp_path: Path) -> str:
    shutil.copytree(SMALL, tmp_path / "facts")
    return str(tmp_path / "facts")


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home" / "xjfacts"


@pytest.fixture
def kept(facts: str, home: Path) -> Iterator[Cache]:
    """A cache in which something is kept of the facts."""
    home.parent.mkdir()
    made = Cache(str(home), "1")
    keep(made, facts)
    assert made.find([facts]) is not None
    return made


def keep(made: Cache, facts: str) -> None:
    manifest = made.take_manifest([facts])
    assert manifest is not None
    made.keep([facts], manifest, fill)


def fill(connection: Connection) -> tuple[str, int, int]:
    connection.execute("create table number (at integer primary key, word text, seal integer)")
    put(connection, "number", [(1, "one"), (2, "two")])
    return STAMP


def only_file(home: Path) -> Path:
    (file,) = home.iterdir()
    return file


def test_what_was_kept_is_found_with_its_stamp_and_rows(kept: Cache, facts: str) -> None:
    found = kept.find([facts])
    assert found is not None
    assert found.stamp == STAMP
    assert found.row("select at, word, seal from number where at = ?", 2) == (2, "two")


def test_facts_or_a_tool_that_are_not_those_that_were_read_find_nothing(kept: Cache, facts: str, home: Path) -> None:
    assert Cache(str(home), "2").find([facts]) is None
    assert kept.find([facts, SMALL]) is None
    next(Path(facts).rglob("*.toml")).write_text("")
    assert kept.find([facts]) is None


# Whose it is -----------------------------------------------------------------------------------------------------------


@needs_owners
def test_folder_and_file_are_for_the_user_alone_whatever_the_umask(facts: str, tmp_path: Path) -> None:
    old = os.umask(0)
    try:
        keep(Cache(str(tmp_path / "a" / "b" / "xjfacts"), "1"), facts)
    finally:
        os.umask(old)
    modes = [stat.S_IMODE(path.stat().st_mode) for path in (tmp_path / "a").rglob("*")]
    assert modes == [0o700, 0o700, 0o600]


@needs_owners
@pytest.mark.parametrize("which", ["folder", "file"])
def test_what_others_may_read_or_write_is_not_trusted_and_made_private_again(
    which: str, kept: Cache, facts: str, home: Path
) -> None:
    path = home if which == "folder" else only_file(home)
    path.chmod(0o755)
    assert kept.find([facts]) is None
    keep(kept, facts)
    assert kept.find([facts]) is not None


@needs_owners
def test_what_another_user_owns_is_neither_read_nor_written(
    kept: Cache, facts: str, home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = only_file(home).stat()
    other = os.geteuid() + 1
    monkeypatch.setattr(os, "geteuid", lambda: other)
    assert kept.find([facts]) is None
    keep(kept, facts)
    assert only_file(home).stat() == before
    keep(Cache(str(tmp_path / "sudo" / "xjfacts"), "1"), facts)
    assert not (tmp_path / "sudo").exists()


def test_a_link_in_the_place_of_the_file_or_the_folder_is_not_followed(
    kept: Cache, facts: str, home: Path, tmp_path: Path
) -> None:
    file = only_file(home)
    shutil.move(file, tmp_path / "elsewhere")
    file.symlink_to(tmp_path / "elsewhere")
    assert kept.find([facts]) is None
    file.unlink()
    shutil.move(tmp_path / "elsewhere", file)
    home.rename(tmp_path / "folder")
    home.symlink_to(tmp_path / "folder")
    assert kept.find([facts]) is None


# Where it cannot be ----------------------------------------------------------------------------------------------------


def test_without_a_folder_nothing_is_kept_and_nothing_found(facts: str) -> None:
    nowhere = Cache(None, "1")
    assert nowhere.take_manifest([facts]) is None
    assert nowhere.find([facts]) is None


def test_where_a_folder_cannot_be_made_nothing_is_kept_and_nothing_is_said(facts: str, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    for folder in (tmp_path / "file", tmp_path / "file" / "xjfacts", tmp_path / "nul\0"):
        made = Cache(str(folder), "1")
        keep(made, facts)
        assert made.find([facts]) is None


def test_an_interrupted_write_leaves_what_was_there(
    kept: Cache, facts: str, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "replace", interrupted)
    with pytest.raises(KeyboardInterrupt):
        keep(kept, facts)
    assert only_file(home)
    assert kept.find([facts]) is not None


def test_no_more_than_a_few_files_stay_the_latest_ones(facts: str, home: Path, tmp_path: Path) -> None:
    home.parent.mkdir()
    made = Cache(str(home), "1")
    clock = count(10**18)
    for number in range(KEPT + 3):
        other = shutil.copytree(facts, tmp_path / str(number))
        keep(made, str(other))
        newest = max(home.iterdir(), key=lambda path: path.stat().st_ctime_ns)
        os.utime(newest, ns=(0, next(clock)))
    keep(made, facts)
    assert len(list(home.iterdir())) == KEPT
    assert made.find([facts]) is not None


def test_what_killed_runs_left_half_written_is_swept_and_not_what_is_being_written(
    kept: Cache, facts: str, home: Path
) -> None:
    file, now = only_file(home), time()
    left, begun = (Path(f"{file}.{name}") for name in ("left", "begun"))
    for path, age in ((left, ABANDONED + 60), (begun, 60)):
        path.touch()
        os.utime(path, (now - age, now - age))
    keep(kept, facts)
    assert sorted(home.iterdir()) == [file, begun]


@pytest.mark.parametrize("name", ["a?b=c&mode=rw", "a%41#b", "caf\udce9", "new\nline", "'; drop", "-", "d/" * 90])
def test_the_folder_may_have_any_name(name: str, facts: str, tmp_path: Path) -> None:
    made = Cache(str(tmp_path / name / "xjfacts"), "1")
    keep(made, facts)
    assert made.find([facts]) is not None


@pytest.mark.parametrize(
    "depth", [300, 1_500, 3_000]
)  # longer than SQLite takes a path, Python recurs, and Linux takes
def test_too_deep_a_folder_is_not_made_and_nothing_is_said(depth: int, facts: str, tmp_path: Path) -> None:
    made = Cache(str(tmp_path / ("d/" * depth) / "xjfacts"), "1")
    keep(made, facts)
    assert made.find([facts]) is None
    assert not (tmp_path / "d").exists()


@pytest.mark.parametrize(
    ("environment", "platform", "folder"),
    [
        ({"HOME": "/home/ann"}, "linux", "/home/ann/.cache/xjfacts"),
        ({"HOME": "/home/ann", "XDG_CACHE_HOME": "/var/ann"}, "linux", "/var/ann/xjfacts"),
        ({"HOME": "/home/ann", "XDG_CACHE_HOME": "relative"}, "linux", "/home/ann/.cache/xjfacts"),
        ({"HOME": "/home/ann", "XDG_CACHE_HOME": ""}, "linux", "/home/ann/.cache/xjfacts"),
        ({"HOME": "/Users/ann"}, "darwin", "/Users/ann/Library/Caches/xjfacts"),
        ({"HOME": "/Users/ann", "XDG_CACHE_HOME": "/var/ann"}, "darwin", "/var/ann/xjfacts"),
        ({"LOCALAPPDATA": "/Users/ann/AppData/Local"}, "win32", "/Users/ann/AppData/Local/xjfacts"),
        ({}, "linux", None),
        ({"HOME": "relative"}, "linux", None),
        ({"HOME": "/home/ann"}, "win32", None),
    ],
)
def test_the_folder_is_the_one_that_the_system_has_for_such_files(
    environment: dict[str, str], platform: str, folder: str | None
) -> None:
    assert cache_folder(environment, platform) == folder
