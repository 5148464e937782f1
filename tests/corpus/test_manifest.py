"""What stands in the folders of facts, and when it may be taken for what was read."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest
from conftest import SMALL

from xjfacts.corpus import manifest
from xjfacts.corpus.manifest import COARSE_TICK, TICK, Manifest, has_settled, take_manifest


@pytest.fixture
def facts(tmp_path: Path) -> str:
    shutil.copytree(SMALL, tmp_path / "facts")
    return str(tmp_path / "facts")


def taken(*folders: str, version: str = "1") -> Manifest:
    found = take_manifest(folders, version)
    assert found is not None
    return found


def is_noticed(facts: str, before: Manifest) -> bool:
    return taken(facts).text != before.text


def test_what_was_not_touched_is_the_same_every_time(facts: str) -> None:
    assert not is_noticed(facts, taken(facts))


def test_an_edit_of_the_same_size_with_its_old_time_put_back_is_noticed(facts: str) -> None:
    file, known = next(Path(facts).rglob("*.toml")), taken(facts)
    before = file.stat()
    file.write_bytes(file.read_bytes().replace(b"a", b"b"))
    os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert file.stat().st_size == before.st_size
    assert file.stat().st_mtime_ns == before.st_mtime_ns
    assert is_noticed(facts, known)


def test_a_file_put_in_the_place_of_another_is_noticed(facts: str) -> None:
    file, known = next(Path(facts).rglob("*.toml")), taken(facts)
    shutil.copy2(file, f"{file}.new")
    os.replace(f"{file}.new", file)
    assert is_noticed(facts, known)


def test_a_new_a_missing_and_a_renamed_file_are_noticed(facts: str) -> None:
    file, known = next(Path(facts).rglob("*.toml")), taken(facts)
    new = file.with_name("new.toml")
    new.write_text("")
    assert is_noticed(facts, known)
    file.rename(new)
    assert is_noticed(facts, known)
    new.unlink()
    assert is_noticed(facts, known)


def test_a_file_behind_a_link_is_looked_at_and_not_the_link(facts: str, tmp_path: Path) -> None:
    file = next(Path(facts).rglob("*.toml"))
    shutil.move(file, tmp_path / "elsewhere.toml")
    file.symlink_to(tmp_path / "elsewhere.toml")
    known = taken(facts)
    (tmp_path / "elsewhere.toml").write_text("")
    assert is_noticed(facts, known)


def test_a_single_file_and_names_of_any_bytes_have_a_manifest(facts: str) -> None:
    (Path(facts) / os.fsdecode(b"caf\xe9.toml")).write_text("")
    assert len(taken(facts).files) == len(list(Path(facts).rglob("*.toml")))
    file = str(next(Path(facts).rglob("*.toml")))
    known = taken(file)
    Path(file).write_text("")
    assert is_noticed(file, known)


def test_other_folders_and_another_order_of_them_are_other_facts(facts: str) -> None:
    texts = [taken(*folders).text for folders in ((facts,), (facts, SMALL), (SMALL, facts), ())]
    assert len(set(texts)) == 4


def test_another_version_of_the_tool_does_not_take_it(facts: str) -> None:
    assert taken(facts).text != taken(facts, version="2").text


def test_a_change_to_the_tool_itself_is_a_change(facts: str, monkeypatch: pytest.MonkeyPatch) -> None:
    known = taken(facts)
    monkeypatch.setattr(manifest, "_own_files", lambda: ["changed"])
    assert is_noticed(facts, known)


@pytest.mark.parametrize(("fraction", "tick"), [(1, TICK), (0, COARSE_TICK)])
def test_a_file_has_settled_when_the_clock_of_its_file_system_must_have_ticked_since(fraction: int, tick: int) -> None:
    newest = 10**18 + fraction
    for marks in ((1, newest, 0, 1), (1, 0, newest, 1)):
        assert [has_settled(marks, now) for now in (0, newest, newest + tick)] == [False] * 3
        assert has_settled(marks, newest + tick + 1)


def test_of_a_folder_with_something_wrong_there_is_no_manifest(facts: str, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    (Path(facts) / "gone.toml").symlink_to("nowhere")
    assert take_manifest([facts], "1") is None
    assert take_manifest([str(tmp_path / "empty")], "1") is None
    assert take_manifest([str(tmp_path / "missing")], "1") is None
