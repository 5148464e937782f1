"""A corpus that was kept answers as the one that was read, byte for byte, and steps aside where anything is off."""

from __future__ import annotations

import os
import random
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from conftest import ROOT, SMALL, Told

from xjfacts.answers.questions import Facts
from xjfacts.cli import settings as cli
from xjfacts.corpus import manifest, sealed, snapshot
from xjfacts.corpus.cache import Cache
from xjfacts.corpus.index import Corpus
from xjfacts.corpus.loader import SHIPPED, load_corpus
from xjfacts.corpus.snapshot import Snapshot
from xjfacts.errors import UnreadableFacts
from xjfacts.names.skeleton import skeleton
from xjfacts.names.table import NameTable

Ask = Callable[..., Told]

QUESTIONS = (
    ("who", "Anna Trentino"), ("who", "Ana Trentno", "--json"), ("who", "nobody known", "--json"), ("names",),
    ("sanctions", "--status", "all", "--json"), ("sanctions", "--by", "Freedonia", "--on", "Trentino"), ("events",),
    ("events", "--since", "2024-05", "--format", "csv"), ("said", "--act", "denies", "--format", "markdown"),
    ("figures", "--json"), ("search", "camps", "--json"), ("names", "Trentno", "--json"), ("sources", "--json"),
    ("show", "anna-trentino", "gazette-2024", "gazette-2024/talks-held", "--json"), ("show", "gazette-2024/talk-held"),
    ("cite", "gazette-2024/talks-held", "--style", "biblatex"), ("export", "csv"), ("export", "dot"), ("export", "ftm"),
    ("--version",),
)  # fmt: skip
MAPPINGS = (
    "entities", "documents", "facts", "uses", "parts", "facts_by_document", "corroborations", "contests",
    "renamed",
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
    time.sleep(2 * manifest.TICK / 1e9)


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
    again = snapshot.load([folder], Cache(str(tmp_path / "xjfacts"), "test"))
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
    for key in read.entities:
        assert again.names.table.of_entity(key) == read.names.table.of_entity(key)
        assert again.offices_of(key) == read.offices_of(key)


ASKED_OF_NAMES: tuple[Callable[[NameTable, bool], object], ...] = (
    lambda table, readable: [table.has_entity(key) for key in ("freedonia", "anna-trentino", "nobody", "", "Ä", "x'y")],
    lambda table, readable: [table.of_entity(key) for key in ("freedonia", "nobody")],
    lambda table, readable: [
        table.with_key(key, readable=readable) for key in ("anna trentino", "capital", "", "张明")
    ],
    lambda table, readable: sorted(table.words_like(["trntn", *map(skeleton, ("Freedonia", "x"))], readable=readable)),
    lambda table, readable: [table.words_beginning(start, 3, readable=readable) for start in ("", "tr", "f", "zzz")],
    lambda table, readable: table.counts({"trentino", "capital", "of", "nothing"}, readable=readable),
    lambda table, readable: table.with_words([{"trentino", "firefly"}, {"anna", "rufus"}], 9, readable=readable),
    lambda table, readable: table.with_words([], 9, readable=readable),
    lambda table, readable: table.in_memory().with_key("anna trentino", readable=readable),
    lambda table, readable: table.with_words([{"of", "the", "freedonia"}], 1, readable=readable),
)


@pytest.mark.parametrize("readable", [True, False])
def test_the_names_that_are_kept_are_asked_as_those_in_memory(readable: bool, facts: str) -> None:
    ours, read = restored(facts).names.table, load_corpus([facts]).names.table
    for question in ASKED_OF_NAMES:
        assert question(ours, readable) == question(read, readable)


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
    decoded = corpus.facts._find.cache_info().currsize
    assert decoded <= len(corpus.roles_of("freedonia")) < len(corpus.facts) / 2


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
    monkeypatch.setattr(manifest, "time_ns", lambda: newest + 1)
    ask("--facts", facts, "events")
    assert not (Path(facts).parent / "cache").exists()


def test_files_that_change_while_they_are_read_are_not_kept(facts: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def load_and_change(folders: Sequence[str], **more: Any) -> Corpus:
        corpus = load_corpus(folders, **more)
        (Path(facts) / "entities.toml").touch()
        return corpus

    monkeypatch.setattr("xjfacts.corpus.loader.load_corpus", load_and_change)
    corpus = snapshot.load([facts], Cache(str(Path(facts).parent / "cache"), "test"))
    assert [*corpus.facts.items()] == [*load_corpus([facts]).facts.items()]
    assert not any((Path(facts).parent / "cache").iterdir())


# Damage ----------------------------------------------------------------------------------------------------------------


def damage(facts: str, content: bytes, *, keep_time: bool) -> None:
    """Put other bytes into the file; with its time put back, as a disk does it."""
    file = kept_file(facts)
    before = file.stat()
    file.write_bytes(content)
    if keep_time:
        os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))


ASKED: tuple[Callable[[Facts], object], ...] = (
    lambda facts: facts.who("Anna Trentino"),
    lambda facts: facts.sanctions(by="Freedonia", on="Trentino"),
    lambda facts: facts.events(since="2024"),
    lambda facts: facts.names("Trentno"),
    lambda facts: facts.search("camps"),
    lambda facts: facts.sources("gazette-2024"),
    lambda facts: facts.names(),
)


@pytest.fixture(scope="module")
def right() -> list[object]:
    return [ask(Facts(load_corpus([SMALL]))) for ask in ASKED]


@pytest.mark.parametrize("keep_time", [True, False])
@pytest.mark.parametrize("seed", range(15))
def test_whatever_the_bytes_no_answer_is_wrong_or_an_error(
    seed: int, keep_time: bool, facts: str, right: list[object]
) -> None:
    chance = random.Random(seed)
    cache = Cache(str(Path(facts).parent / "cache" / "xjfacts"), "test")
    snapshot.load([facts], cache)
    whole = kept_file(facts).read_bytes()
    for _ in range(10):
        content, at = bytearray(whole), chance.randrange(len(whole))
        how = chance.choice(("bit", "cut", "head", "page"))
        if how == "bit":
            content[at] ^= 1 << chance.randrange(8)
        elif how == "cut":
            del content[at:]
        else:
            at = 0 if how == "head" else at
            content[at : at + 4096] = chance.randbytes(chance.randrange(5_000))
        damage(facts, bytes(content), keep_time=keep_time)
        which = chance.randrange(len(ASKED))
        assert ASKED[which](Facts(snapshot.load([facts], cache))) == right[which], (how, at)


@pytest.mark.parametrize("length", [0, 1, 40, 99, 300, -1])
def test_a_file_that_was_cut_off_is_made_anew(length: int, ask: Ask, facts: str) -> None:
    question = ("--facts", facts, "search", "camps", "--json")
    right = ask(*question)
    whole = kept_file(facts).read_bytes()
    damage(facts, whole[:length], keep_time=True)
    assert ask(*question) == right
    assert kept_file(facts).read_bytes()[sealed.HEADER :] == whole[sealed.HEADER :]


def test_facts_that_changed_where_a_row_is_damaged_are_not_mixed_with_the_old_ones(facts: str) -> None:
    corpus = restored(facts)
    kept_file(facts).write_bytes(kept_file(facts).read_bytes()[:5_000])
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
