"""A corpus that was kept answers as the one that was read, byte for byte, and steps aside where anything is off."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from io import StringIO
from pathlib import Path

import pytest
from conftest import ROOT, SMALL, Told

from xjfacts.answers.questions import Facts
from xjfacts.cli import settings as cli
from xjfacts.corpus import cache, snapshot
from xjfacts.corpus.cache import Cache
from xjfacts.corpus.index import Corpus
from xjfacts.corpus.loader import SHIPPED, load_corpus
from xjfacts.corpus.snapshot import Snapshot
from xjfacts.errors import UnreadableFacts

Ask = Callable[..., Told]

QUESTIONS = (
    ("who", "Anna Trentino"), ("who", "Ana Trentno", "--json"), ("who", "nobody known", "--json"), ("names",),
    ("sanctions", "--status", "all", "--json"), ("sanctions", "--by", "Freedonia", "--on", "Trentino"), ("events",),
    ("events", "--since", "2024-05", "--format", "csv"), ("said", "--act", "denies", "--format", "markdown"),
    ("figures", "--json"), ("search", "camps", "--json"), ("names", "Trentno", "--json"), ("sources", "--json"),
    ("show", "anna-trentino", "gazette-2024", "gazette-2024/talks-held", "--json"), ("show", "gazette-2024/talk-held"),
    ("cite", "gazette-2024/talks-held", "--style", "biblatex"), ("export", "csv"), ("export", "dot"), ("--version",),
)  # fmt: skip
MAPPINGS = (
    "entities", "documents", "facts", "uses", "parts", "facts_by_document", "facts_by_kind", "corroborations", "contests",
)  # fmt: skip


@pytest.fixture
def facts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """A folder of facts of this test's own, that have settled, and a cache folder of its own."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    folder = str(shutil.copytree(SMALL, tmp_path / "facts"))
    settle()
    return folder


def settle() -> None:
    """Wait until what was just written cannot be written again within the same tick."""
    time.sleep(2 * cache.TICK / 1e9)


def kept_file(folder: str) -> Path:
    (file,) = (Path(folder).parent / "cache" / "xjfacts").iterdir()
    return file


def restored(folder: str) -> Snapshot:
    kept = Cache(str(Path(folder).parent / "cache" / "xjfacts"), "test")
    snapshot.load([folder], kept)
    corpus = snapshot.load([folder], kept)
    assert isinstance(corpus, Snapshot)
    return corpus


# The same answers ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("folder", [SHIPPED, SMALL])
def test_a_restored_corpus_holds_what_was_read_to_the_last_type(folder: str, tmp_path: Path) -> None:
    read = load_corpus([folder])
    kept = Cache(str(tmp_path / "xjfacts"), "test")
    manifest = kept.take_manifest([folder])
    assert manifest is not None
    kept.keep([folder], manifest, read.stamp, *snapshot.to_blocks(read))
    again = snapshot.load([folder], kept)
    assert isinstance(again, Snapshot)
    assert again.stamp == read.stamp
    for name in MAPPINGS:
        assert dict(getattr(again, name)) == dict(getattr(read, name)), name
        assert len(getattr(again, name)) == len(getattr(read, name)), name
    for name in MAPPINGS[:3]:
        assert list(getattr(again, name)) == list(getattr(read, name)), "the order of the files"
        for key, record in getattr(read, name).items():
            for field in record.__struct_fields__:
                assert type(
                    getattr(again, name)[key],
                ) is type(record)
                assert type(getattr(getattr(again, name)[key], field)) is type(getattr(record, field)), (key, field)
    assert again.names.resolve("Tuniyaz") == read.names.resolve("Tuniyaz")


def version_of(file: Path) -> tuple[int, int, int]:
    """Return what changes when a file is written anew; reading may change its time of access."""
    status = file.stat()
    return status.st_ino, status.st_mtime_ns, status.st_ctime_ns


@pytest.mark.parametrize("question", QUESTIONS, ids=" ".join)
def test_an_answer_is_the_same_bytes_read_kept_and_restored(question: tuple[str, ...], ask: Ask, facts: str) -> None:
    read = ask("--no-cache", "--facts", facts, *question)
    assert not (Path(facts).parent / "cache").exists()
    assert ask("--facts", facts, *question) == read
    before = version_of(kept_file(facts))
    assert ask("--facts", facts, *question) == read
    assert version_of(kept_file(facts)) == before


def test_an_answer_decodes_only_facts_that_speak_of_whom_it_is_about(facts: str) -> None:
    corpus = restored(facts)
    assert len(Facts(corpus).sanctions(by="Freedonia")) == 1
    assert set(corpus.facts._values) <= set(corpus.roles_of("freedonia"))
    assert len(corpus.facts._values) < len(corpus.facts) / 2


def test_facts_that_cannot_be_read_have_the_same_problems_every_time_and_are_never_kept(ask: Ask, facts: str) -> None:
    assert ask("--facts", facts, "events").status == 0
    file = Path(facts) / "entities.toml"
    file.write_text(file.read_text().replace("name =", "nmae =", 1))
    settle()
    read = ask("--no-cache", "--facts", facts, "events")
    before = version_of(kept_file(facts))
    assert read.status == 4
    assert ask("--facts", facts, "events") == ask("--facts", facts, "events") == read
    assert version_of(kept_file(facts)) == before


def test_an_edit_shows_in_the_next_answer(ask: Ask, facts: str) -> None:
    ask("--facts", facts, "events")
    file = Path(facts) / "courier-2024.toml"
    before = file.stat()
    file.write_text(file.read_text().replace("Glockenspiel was cancelled", "Glockenspiel was CANCELLED"))
    os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert "CANCELLED" in ask("--facts", facts, "events").out


def test_files_that_were_just_written_are_not_kept_until_they_have_settled(
    ask: Ask, facts: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    newest = max(path.stat().st_ctime_ns for path in Path(facts).iterdir())
    monkeypatch.setattr(cache, "time_ns", lambda: newest + 1)
    ask("--facts", facts, "events")
    assert not (Path(facts).parent / "cache").exists()


def test_files_that_change_while_they_are_read_are_not_kept(facts: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def load_and_change(*arguments: object, **more: object) -> Corpus:
        corpus = load_corpus([facts])
        (Path(facts) / "entities.toml").touch()
        return corpus

    monkeypatch.setattr("xjfacts.corpus.loader.load_corpus", load_and_change)
    snapshot.load([facts], Cache(str(Path(facts).parent / "cache"), "test"))
    assert not (Path(facts).parent / "cache").exists()


# Damage ----------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("at", range(0, 100, 4))
def test_a_changed_byte_anywhere_changes_no_answer_and_is_made_good(at: int, ask: Ask, facts: str) -> None:
    question = ("--facts", facts, "who", "Anna Trentino", "--json")
    right = ask(*question)
    file = kept_file(facts)
    data = bytearray(file.read_bytes())
    data[len(data) * at // 100] ^= 0x20
    file.write_bytes(data)
    assert ask(*question) == right
    assert ask("--facts", facts, "export", "csv") == ask("--no-cache", "--facts", facts, "export", "csv")


@pytest.mark.parametrize("length", [0, 1, 40, 300, -1])
def test_a_file_that_was_cut_off_is_made_anew(length: int, ask: Ask, facts: str) -> None:
    question = ("--facts", facts, "search", "camps", "--json")
    right = ask(*question)
    whole = kept_file(facts).read_bytes()
    kept_file(facts).write_bytes(whole[:length])
    assert ask(*question) == right
    assert kept_file(facts).read_bytes() == whole


def test_facts_that_changed_where_a_block_is_damaged_are_not_mixed_with_the_old_ones(facts: str) -> None:
    corpus = restored(facts)
    kept_file(facts).write_bytes(kept_file(facts).read_bytes()[:-1])
    file = Path(facts) / "courier-2024.toml"
    file.write_text(file.read_text().replace("was cancelled", "was CANCELLED"))
    with pytest.raises(UnreadableFacts, match="ask again"):
        dict(corpus.facts)


# Around it -------------------------------------------------------------------------------------------------------------


def test_runs_at_the_same_time_all_answer_and_leave_one_whole_file(facts: str) -> None:
    command = [sys.executable, "-m", "xjfacts", "--facts", facts, "events", "--json"]
    running = [subprocess.Popen(command, stdout=subprocess.PIPE, cwd=ROOT) for _ in range(6)]
    answers = {process.communicate()[0] for process in running}
    assert [process.returncode for process in running] == [0] * 6
    assert len(answers) == 1
    assert isinstance(snapshot.load([facts], Cache(str(kept_file(facts).parent), cli.__version__)), Snapshot)


def test_the_switch_and_the_variable_keep_it_from_being_used_and_written(
    ask: Ask, facts: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    ask("--no-cache", "--facts", facts, "events")
    monkeypatch.setenv("XJFACTS_CACHE", "off")
    ask("--facts", facts, "events")
    assert not (Path(facts).parent / "cache").exists()


def test_without_a_home_or_a_folder_that_can_be_written_answers_come_all_the_same(
    ask: Ask, facts: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    right = ask("--facts", facts, "events")
    (Path(facts).parent / "file").touch()
    monkeypatch.setenv("XDG_CACHE_HOME", str(Path(facts).parent / "file"))
    assert ask("--facts", facts, "events") == right
    monkeypatch.delenv("XDG_CACHE_HOME")
    monkeypatch.delenv("HOME")
    assert ask("--facts", facts, "events") == right


class Terminal(StringIO):
    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(
    ("terminal", "patience", "is_shown"), [(Terminal, -1, True), (Terminal, 60, False), (StringIO, -1, False)]
)
def test_a_bar_is_shown_on_a_terminal_when_it_takes_long(
    terminal: type[StringIO], patience: int, is_shown: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    written = terminal()
    monkeypatch.setattr(sys, "stderr", written)
    monkeypatch.setattr(cli, "PATIENCE", patience)
    assert list(cli.in_sight("reading", "abc")) == ["a", "b", "c"]
    assert ("reading" in written.getvalue()) is is_shown
