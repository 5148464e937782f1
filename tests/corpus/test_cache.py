"""What is kept between runs: when it may be trusted, and that nobody notices it but by the clock."""

from __future__ import annotations

import os
import shutil
import stat
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest
from conftest import SMALL

from xjfacts.corpus import cache
from xjfacts.corpus.cache import COARSE_TICK, KEPT, TICK, Cache, cache_folder, take_manifest

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
    made.keep([facts], manifest, STAMP, b"index", [b"one", b"two"])


def only_file(home: Path) -> Path:
    (file,) = home.iterdir()
    return file


def test_what_was_kept_is_found_with_its_stamp_index_and_blocks(kept: Cache, facts: str) -> None:
    found = kept.find([facts])
    assert found is not None
    assert (found.stamp, found.index) == (STAMP, b"index")
    assert found.block(3, 3, cache.crc32(b"two")) == b"two"


# What makes it stale ---------------------------------------------------------------------------------------------------


def test_an_edit_of_the_same_size_with_its_old_time_put_back_is_noticed(kept: Cache, facts: str) -> None:
    file = next(Path(facts).rglob("*.toml"))
    before = file.stat()
    file.write_bytes(file.read_bytes().replace(b"a", b"b"))
    os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert file.stat().st_size == before.st_size
    assert file.stat().st_mtime_ns == before.st_mtime_ns
    assert kept.find([facts]) is None


def test_a_file_put_in_the_place_of_another_is_noticed(kept: Cache, facts: str) -> None:
    file = next(Path(facts).rglob("*.toml"))
    shutil.copy2(file, f"{file}.new")
    os.replace(f"{file}.new", file)
    assert kept.find([facts]) is None


def test_a_new_a_missing_and_a_renamed_file_are_noticed(kept: Cache, facts: str) -> None:
    file = next(Path(facts).rglob("*.toml"))
    new = file.with_name("new.toml")
    new.write_text("")
    assert kept.find([facts]) is None
    file.rename(new)
    assert kept.find([facts]) is None
    new.unlink()
    assert kept.find([facts]) is None


def test_other_folders_and_another_order_of_them_are_other_facts(kept: Cache, facts: str) -> None:
    assert kept.find([facts, SMALL]) is None
    assert kept.find([]) is None
    first, other = take_manifest([facts, SMALL], "1"), take_manifest([SMALL, facts], "1")
    assert first is not None
    assert other is not None
    assert first.text != other.text


def test_another_version_of_the_tool_does_not_take_it(kept: Cache, facts: str, home: Path) -> None:
    assert Cache(str(home), "2").find([facts]) is None


def test_a_change_to_the_tool_itself_is_a_change(facts: str, monkeypatch: pytest.MonkeyPatch) -> None:
    before = take_manifest([facts], "1")
    monkeypatch.setattr(cache, "_own_files", lambda: ["changed"])
    assert before != take_manifest([facts], "1")


@pytest.mark.parametrize(("fraction", "tick"), [(1, TICK), (0, COARSE_TICK)])
def test_a_file_has_settled_when_the_clock_of_its_file_system_must_have_ticked_since(fraction: int, tick: int) -> None:
    newest = 10**18 + fraction
    older = {"st_mtime_ns": 0, "st_ctime_ns": 0}
    for which in older:
        status = os.stat_result((0,) * 10, older | {which: newest})
        assert [cache._has_settled(status, now) for now in (0, newest, newest + tick)] == [False] * 3
        assert cache._has_settled(status, newest + tick + 1)


def test_of_a_folder_with_something_wrong_there_is_no_manifest(facts: str, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    (Path(facts) / "gone.toml").symlink_to("nowhere")
    assert take_manifest([facts], "1") is None
    assert take_manifest([str(tmp_path / "empty")], "1") is None
    assert take_manifest([str(tmp_path / "missing")], "1") is None


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
        newest = max(home.iterdir(), key=lambda path: path.stat().st_mtime_ns)
        os.utime(newest, ns=(0, next(clock)))
        (home / f"{number}.facts.left-by-a-killed-run").touch()
        os.utime(home / f"{number}.facts.left-by-a-killed-run", ns=(0, 0))
    keep(made, facts)
    assert len(list(home.iterdir())) == KEPT
    assert made.find([facts]) is not None
    assert made.find([str(tmp_path / "0")]) is None


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
