"""Files that other processes read give what they give where they are read here, and nobody is left behind."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from conftest import ROOT, SMALL

from xjfacts.corpus import ahead, manifest, snapshot
from xjfacts.corpus.cache import Cache
from xjfacts.corpus.convert import Made
from xjfacts.corpus.loader import load_corpus
from xjfacts.corpus.sealed import HEADER
from xjfacts.errors import UnreadableFacts

HAS_PROC = os.path.isdir("/proc/self/task")


def copies(tmp_path: Path, count: int) -> str:
    """Write the small corpus and further documents, each a copy of one of its own that corroborates nothing."""
    folder = Path(shutil.copytree(SMALL, tmp_path / "facts"))
    text = (folder / "courier-2024.toml").read_text()
    text = "".join(line for line in text.splitlines(keepends=True) if not line.startswith("corroborates"))
    for number in range(count):
        (folder / f"paper-{number}.toml").write_text(text)
    time.sleep(2 * manifest.TICK / 1e9)
    return str(folder)


def kept(folder: str, cache: Path) -> bytes:
    snapshot.load([folder], Cache(str(cache), "test"))
    (file,) = cache.iterdir()
    return file.read_bytes()[HEADER:]


def test_what_is_kept_is_the_same_bytes_whoever_reads(
    tmp_path: Path, two_readers: list[Made | None], monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = copies(tmp_path, 40)
    together = kept(folder, tmp_path / "one")
    assert sum(made is not None for made in two_readers) > 40
    monkeypatch.setattr(ahead, "FEWEST", 10**9)
    assert kept(folder, tmp_path / "other") == together


def test_problems_are_the_same_in_the_same_order_whoever_reads(tmp_path: Path, two_readers: list[Made | None]) -> None:
    folder = Path(copies(tmp_path, 40))
    for number, (old, new) in enumerate([("gist =", "gits ="), ("[document]", "[documents]"), ("p = ", "p = 0")]):
        file = folder / f"paper-{number}.toml"
        file.write_text(file.read_text().replace(old, new, 1))
    (folder / "paper-9.toml").write_bytes(b"\xff")
    (folder / "below").mkdir()
    shutil.copy(folder / "paper-20.toml", folder / "below" / "paper-20.toml")  # every id of it is there twice
    (folder / "entities.toml").write_text((folder / "entities.toml").read_text().replace("[person.", "[person.x", 1))
    time.sleep(2 * manifest.TICK / 1e9)
    with pytest.raises(UnreadableFacts) as alone:
        load_corpus([str(folder)])
    with pytest.raises(UnreadableFacts) as together:
        snapshot.load([str(folder)], Cache(str(tmp_path / "cache"), "test"))
    assert sum(made is not None for made in two_readers) > 30
    assert len(alone.value.problems) > 40
    assert together.value.problems == alone.value.problems


def test_files_of_which_the_reader_was_killed_are_read_here(tmp_path: Path, killed_readers: list[Made | None]) -> None:
    folder = copies(tmp_path, 200)
    corpus = snapshot.load([folder], Cache(str(tmp_path / "cache"), "test"))
    assert killed_readers[0] is not None
    assert killed_readers[-1] is None
    assert [*corpus.facts.items()] == [*load_corpus([folder]).facts.items()]


# Nobody is left behind -------------------------------------------------------------------------------------------------


def children(process: int) -> set[int]:
    try:
        found = Path(f"/proc/{process}/task/{process}/children").read_text().split()
    except OSError:
        return set()
    return {int(one) for one in found}


def is_running(process: int) -> bool:
    try:
        return ") Z " not in Path(f"/proc/{process}/stat").read_text()
    except OSError:
        return False


@pytest.mark.skipif(not HAS_PROC, reason="who is whose child is read in /proc")
@pytest.mark.parametrize("asked", [("events", "--json"), ("check",)], ids=lambda asked: asked[0])
@pytest.mark.parametrize(
    ("how", "status", "moment"),
    [(signal.SIGINT, 130, 0.0), (signal.SIGINT, 130, 0.4), (signal.SIGTERM, -15, 0.4), (signal.SIGKILL, -9, 0.4)],
)
def test_whoever_is_stopped_while_others_read_leaves_nobody_and_says_nothing(
    how: signal.Signals, status: int, moment: float, asked: tuple[str, ...], tmp_path: Path
) -> None:
    folder = copies(tmp_path, 4_000)
    process = subprocess.Popen(
        [sys.executable, "-m", "xjfacts", "--facts", folder, *asked],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=ROOT, start_new_session=True,
        env={**os.environ, "XDG_CACHE_HOME": str(tmp_path / "cache")},
    )  # fmt: skip
    began: set[int] = set()
    for _ in range(2_000):
        began = children(process.pid)
        if began or process.poll() is not None:
            break
        time.sleep(0.005)
    time.sleep(moment)
    began |= children(process.pid)
    if how == signal.SIGINT:
        os.killpg(process.pid, how)  # as a terminal does it
    else:
        process.send_signal(how)
    out, err = process.communicate(timeout=60)
    if not began:
        pytest.skip("there is one core, which reads alone")
    assert (process.returncode, out, err) == (status, b"", b"")
    for _ in range(1_000):
        if not any(map(is_running, began)):
            return
        time.sleep(0.01)
    pytest.fail("a process is left behind")
