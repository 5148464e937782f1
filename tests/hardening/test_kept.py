"""What is kept between runs, where its folder is hostile, damaged or full: the answer comes, in silence."""

from __future__ import annotations

import os
import stat
import time
from pathlib import Path

import pytest

from .paper import write_paper
from .shell import LIMITED, Told, sh

ASK = f'{LIMITED} xjfacts --facts "$1" who anna --json'


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A home in which nothing is kept yet."""
    (tmp_path / "home").mkdir(mode=0o700)
    return tmp_path / "home"


@pytest.fixture(scope="module")
def settled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Facts that were written long enough ago to be kept."""
    facts = write_paper(tmp_path_factory.mktemp("settled"))
    time.sleep(0.1)
    return facts


@pytest.fixture(scope="module")
def answer(settled: Path) -> Told:
    """What is told of these facts, the same every time, where nothing is kept."""
    told = sh('xjfacts --no-cache --facts "$1" who anna --json', settled)
    assert (told.status, told.lines) == (0, [])
    return told


def ask(facts: Path, home: Path, command: str = ASK) -> Told:
    return sh(command, facts, HOME=str(home), XDG_CACHE_HOME="")


def folder_of(home: Path) -> Path:
    return home / ".cache" / "xjfacts"


def kept_file(facts: Path, home: Path) -> Path:
    """Ask once, and return the file that was kept."""
    ask(facts, home)
    (file,) = folder_of(home).iterdir()
    return file


def test_what_is_kept_is_private_and_gives_the_same_bytes(settled: Path, home: Path, answer: Told) -> None:
    file = kept_file(settled, home)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700
    assert ask(settled, home) == answer
    assert [path.name for path in home.iterdir()] == [".cache"]


@pytest.mark.parametrize("content", [b"", b"\0" * 100, b"garbage\n" * 1_000, b"xjfacts-cache 1 00000000 9 9 x 1 1\n"])
def test_a_file_that_was_overwritten_is_not_believed(settled: Path, home: Path, content: bytes, answer: Told) -> None:
    kept_file(settled, home).write_bytes(content)
    assert ask(settled, home) == answer


@pytest.mark.parametrize("share", [0.1, 0.5, 0.99])
def test_a_file_that_was_cut_off_is_not_believed(settled: Path, home: Path, share: float, answer: Told) -> None:
    file = kept_file(settled, home)
    os.truncate(file, int(file.stat().st_size * share))
    assert ask(settled, home) == answer


@pytest.mark.parametrize("kind", ["folder", "pipe", "link to a device", "dangling link", "link to itself", "sparse"])
def test_something_else_in_its_place_is_not_waited_for(settled: Path, home: Path, kind: str, answer: Told) -> None:
    file = kept_file(settled, home)
    file.unlink()
    if kind == "folder":
        file.mkdir()
    elif kind == "pipe":
        os.mkfifo(file, 0o600)
    elif kind == "sparse":
        with open(file, "wb") as sparse:
            sparse.truncate(4 << 30)
        file.chmod(0o600)
    else:
        file.symlink_to({"link to a device": "/dev/zero", "dangling link": "nowhere"}.get(kind, file))
    assert ask(settled, home) == answer


def test_a_link_in_the_place_of_the_folder_is_not_followed(
    settled: Path, home: Path, tmp_path: Path, answer: Told
) -> None:
    (tmp_path / "elsewhere").mkdir()
    (home / ".cache").mkdir()
    folder_of(home).symlink_to(tmp_path / "elsewhere")
    assert ask(settled, home) == answer
    assert os.listdir(tmp_path / "elsewhere") == []


def test_a_folder_that_others_can_write_to_is_not_believed(settled: Path, home: Path, answer: Told) -> None:
    file = kept_file(settled, home)
    file.write_bytes(file.read_bytes().replace(b"Anna Trentino", b"Anna Forged  "))
    file.chmod(0o666)
    file.parent.chmod(0o777)
    assert ask(settled, home) == answer


@pytest.mark.parametrize("limit", ["ulimit -f 0;", "ulimit -f 1;"])
def test_a_disk_that_is_full_keeps_nothing_and_leaves_nothing(
    settled: Path, home: Path, limit: str, answer: Told
) -> None:
    assert ask(settled, home, f"{limit} {ASK}") == answer
    assert not folder_of(home).is_dir() or os.listdir(folder_of(home)) == []


@pytest.mark.parametrize("place", ["/proc/nobody", "/dev/null", "/nonexistent/a/b", "relative", "nu\nl\x1b"])
def test_a_folder_that_cannot_be_made_is_done_without(settled: Path, place: str, answer: Told) -> None:
    told = sh(ASK, settled, HOME=place, XDG_CACHE_HOME=place)
    assert told == answer
    assert not os.path.exists("relative")


def test_an_answer_to_nothing_and_a_closed_output_keep_their_status(settled: Path, home: Path) -> None:
    for _ in range(2):
        assert ask(settled, home, 'xjfacts --facts "$1" who nobody-at-all').status == 1
        assert ask(settled, home, 'xjfacts --facts "$1" who anna >&-').status == 74
        assert ask(settled, home, 'xjfacts --facts "$1" --version >/dev/full').status == 74
        assert ask(settled, home, 'xjfacts --facts "$1" who anna <&- >&- 2>&-').status == 74
