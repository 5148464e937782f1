"""B: whatever lies in a folder of facts, and wherever the tool is run, an answer or a line comes."""

from __future__ import annotations

import os
import pickle
import shutil
import stat
from pathlib import Path

import pytest

from .paper import paper, write_paper
from .shell import LIMITED, refused, sh

ASK = f'{LIMITED} xjfacts --facts "$1" who anna'


def test_b01_a_pipe_named_like_a_fact_file_is_refused_at_once(facts: Path) -> None:
    os.mkfifo(facts / "pipe.toml")
    assert "/pipe.toml: this is not a regular file" in refused(sh(ASK, facts))


@pytest.mark.parametrize("device", ["/dev/zero", "/dev/stdin", "/proc/self/mem"])
def test_b02_a_link_to_a_device_is_refused_at_once(facts: Path, device: str) -> None:
    (facts / "device.toml").symlink_to(device)
    assert "/device.toml: " in refused(sh(f"{ASK} </dev/zero", facts))


def test_b03_circles_of_links_end(facts: Path) -> None:
    (facts / "up").symlink_to(".")
    (facts / "self").symlink_to("self")
    assert sh(ASK, facts).status == 0
    (facts / "a.toml").symlink_to("b.toml")
    (facts / "b.toml").symlink_to("a.toml")
    said = refused(sh(ASK, facts))
    assert "/a.toml: " in said
    assert "/b.toml: " in said


def test_b04_a_dangling_link_is_reported_by_name(facts: Path) -> None:
    (facts / "gone.toml").symlink_to("nowhere.toml")
    assert "/gone.toml: this is a link to a file that does not exist" in refused(sh(ASK, facts))


def test_b05_an_unreadable_folder_is_reported(facts: Path) -> None:
    if os.geteuid() == 0:
        pytest.skip("root may read everything")
    (facts / "locked").mkdir(mode=0)
    assert "/locked: cannot be read: Permission denied" in refused(sh(ASK, facts))


def test_b06_a_folder_named_like_a_fact_file_is_a_folder(facts: Path) -> None:
    write_paper(facts / "folder.toml")
    (facts / "paper.toml").unlink()
    assert sh(ASK, facts).status == 0


@pytest.mark.parametrize("name", ["n" * 250, "é" * 120, "n" * 64 + "/" + "m" * 200])
def test_b07_very_long_names_are_read(facts: Path, name: str) -> None:
    (facts / name).parent.mkdir(exist_ok=True)
    (facts / f"{name}.toml").write_text("[person.ada]\nname = 'Ada'\n", encoding="utf-8")
    assert sh(ASK, facts).status == 0


def test_b07_a_path_longer_than_any_is_a_line(facts: Path) -> None:
    assert "File name too long" in refused(sh(ASK, f"{facts}/{'n' * 5000}"))


@pytest.mark.parametrize(
    ("name", "shown"), [("new\nline", r"new\nline"), ("esc\x1b[2J\r", r"esc\x1b[2J\r"), ("rtl\u202e\t", r"rtl\u202e\t")]
)
def test_b08_a_hostile_file_name_is_shown_escaped_on_one_line(facts: Path, name: str, shown: str) -> None:
    (facts / f"{name}.toml").write_text("broken", encoding="utf-8")
    told = sh(ASK, facts)
    assert f"/{shown}.toml:1: " in refused(told)
    assert len(told.lines) == 2


def test_b09_a_file_name_that_is_not_utf8_is_read(facts: Path) -> None:
    with open(os.fsencode(facts) + b"/bad\xff.toml", "w", encoding="utf-8") as file:
        file.write("[person.ada]\nname = 'Ada'\n")
    assert sh(ASK, facts).status == 0


def test_b10_an_error_about_such_a_file_prints(facts: Path) -> None:
    with open(os.fsencode(facts) + b"/bad\xff.toml", "w", encoding="utf-8") as file:
        file.write("broken")
    assert r"/bad\udcff.toml:1: " in refused(sh(ASK, facts))
    for form in ("table", "json", "csv"):
        told = sh('xjfacts check "$1" --format "$2"', facts, form)
        assert rb"\udcff.toml" in told.out
        assert told.status == 4


def test_b11_hidden_folders_are_not_looked_into(facts: Path) -> None:
    (facts / ".git").mkdir()
    (facts / ".git" / "x.toml").write_text("broken", encoding="utf-8")
    assert sh(ASK, facts).status == 0


def test_b12_what_editors_leave_is_ignored(facts: Path) -> None:
    for name in (".x.toml", ".#x.toml", "#x.toml#", "x.toml~", ".x.toml.swp", "4913", "x.toml.orig"):
        (facts / name).write_text("broken", encoding="utf-8")
    assert sh(ASK, facts).status == 0


@pytest.mark.parametrize("home", ["", "relative", "/nonexistent", "/dev/null", "/proc/1/fd", "a\nb"])
def test_b13_any_home_will_do(facts: Path, home: str) -> None:
    told = sh(ASK, facts, HOME=home, XDG_CACHE_HOME="" if home == "relative" else home)
    assert (told.status, told.lines) == (0, [])


def test_b13_no_environment_at_all_will_do(facts: Path) -> None:
    told = sh('env -i "$(command -v xjfacts)" --facts "$1" who anna', facts)
    assert (told.status, told.lines) == (0, [])


def test_b14_the_current_folder_may_be_gone(tmp_path: Path, facts: Path) -> None:
    gone = 'mkdir "$2" && cd "$2" && rmdir "$2";'
    for command in ('xjfacts --facts "$1" who anna', "xjfacts sources", "xjfacts --version", 'xjfacts check "$1"'):
        told = sh(f"{gone} {command}", facts, tmp_path / "gone")
        assert told.status in {0, 1}
        assert told.lines == []
        assert told.out
    assert "x.csv' cannot be written" in refused(
        sh(f"{gone} xjfacts export csv --output x.csv", facts, tmp_path / "gone"), 74
    )
    assert "here: cannot be read" in refused(sh(f"{gone} xjfacts --facts here who anna", facts, tmp_path / "gone"))
    assert "here: there is no such file" in refused(sh(f"{gone} xjfacts new here", facts, tmp_path / "gone"))
    told = sh(f"{gone} xjfacts check here", facts, tmp_path / "gone")
    assert (told.status, b"here: cannot be read" in told.out) == (4, True)


@pytest.mark.parametrize("folder", ["missing", "paper.toml/x", "/dev/zero", "/dev/null", "pipe", "nu\nl"])
def test_b15_facts_that_are_no_folder_are_a_line(facts: Path, folder: str) -> None:
    os.mkfifo(facts / "pipe")
    told = sh(f'cd "$1" && {LIMITED} xjfacts --facts "$2" who anna', facts, folder)
    assert "cannot be read" in refused(told)


def test_b15_no_name_at_all_is_wrong_usage() -> None:
    assert refused(sh("xjfacts --facts '' who anna"), 2) == "xjfacts: --facts: '' names no folder"


def test_b16_nothing_is_written_where_nothing_may_be(tmp_path: Path, facts: Path) -> None:
    before = sorted(tmp_path.rglob("*"))
    told = sh(
        'chmod -R a-w "$1"; cd "$1" && env -u TMPDIR -u XDG_CACHE_HOME HOME=/proc xjfacts --facts . who anna; '
        'xjfacts --facts "$1" export sqlite >/dev/null',
        facts, TMPDIR="/proc",
    )  # fmt: skip
    assert (told.status, told.lines) == (0, [])
    assert sorted(tmp_path.rglob("*")) == before


def test_b17_what_lies_in_the_current_folder_is_not_imported(tmp_path: Path, facts: Path) -> None:
    for module in ("xjfacts", "click", "rich", "tomli", "msgspec", "rapidfuzz", "csv", "sitecustomize"):
        (tmp_path / f"{module}.py").write_text("raise SystemExit('imported from here')", encoding="utf-8")
    told = sh(ASK, facts, cwd=str(tmp_path))
    assert (told.status, told.lines) == (0, [])


class Detonator:
    """Unpickled, it leaves a file behind."""

    def __init__(self, target: Path) -> None:
        self._target = target

    def __reduce__(self) -> tuple[object, tuple[object, ...]]:
        return os.mkdir, (str(self._target),)


def test_b18_nothing_beside_the_facts_is_unpickled_or_run(tmp_path: Path, facts: Path) -> None:
    bomb = pickle.dumps(Detonator(tmp_path / "exploded"))
    for name in (
        "paper.pickle",
        "paper.toml.cache",
        ".cache",
        "cache.pkl",
        "__pycache__",
        "paper.marshal",
        "conftest.py",
    ):
        (facts / name).write_bytes(bomb)
    (facts / "paper.yaml").write_text(f"!!python/object/apply:os.mkdir ['{tmp_path}/exploded']", encoding="utf-8")
    assert sh(ASK, facts, cwd=str(facts)).status == 0
    assert sh('xjfacts check "$1"', facts, cwd=str(facts)).lines == []
    assert not (tmp_path / "exploded").exists()


def test_b19_links_out_of_the_folder_are_refused(tmp_path: Path, facts: Path) -> None:
    (tmp_path / "elsewhere.toml").write_text("[person.ada]\nname = 'Ada'\n", encoding="utf-8")
    (facts / "link.toml").symlink_to(tmp_path / "elsewhere.toml")
    assert "[outside-folder]" in refused(sh(ASK, facts))


def test_b20_three_hundred_files_with_32_descriptors(tmp_path: Path, facts: Path) -> None:
    for number in range(300):
        (facts / f"x{number}.toml").write_text(f"[person.p-{number}]\nname = 'P {number}'\n", encoding="utf-8")
    assert sh(f"ulimit -n 32; {ASK}", facts).status == 0
    shutil.rmtree(facts)


def test_b21_descriptors_that_run_out_are_a_line(facts: Path) -> None:
    told = sh(f"ulimit -n 5; {ASK}", facts)
    assert told.status in {0, 4, 70, 74}
    assert len(told.lines) <= 2


def test_b22_of_500_broken_files_a_screen_of_lines_and_their_number(tmp_path: Path) -> None:
    folder = tmp_path / "facts"
    folder.mkdir()
    for number in range(500):
        (folder / f"x{number:03}.toml").write_text("a = 1e999\nb = nan\n", encoding="utf-8")
    lines = refused(sh(ASK, folder)).splitlines()
    assert lines[-2:] == ["... and 975 more", "xjfacts: the facts cannot be read: 1000 problems"]
    assert lines[0].endswith("x000.toml:1: infinity and nan are no numbers of anything [number-not-finite]")


def test_b23_a_world_of_empty_folders_is_no_facts(tmp_path: Path) -> None:
    (tmp_path / "facts" / "a" / "b").mkdir(parents=True)
    assert "[no-facts]" in refused(sh(ASK, tmp_path / "facts"))


def test_b24_folders_a_thousand_deep_are_searched(tmp_path: Path) -> None:
    told = sh(f'cd "$1" && mkdir -p $(printf "d/%.0s" {{1..1000}}) && {ASK}; s=$?; rm -rf "$1"; exit $s', tmp_path)
    assert "[no-facts]" in refused(told)


def test_b25_a_hostile_variable_is_refused_like_an_option(facts: Path) -> None:
    told = sh("xjfacts who anna", XJFACTS_FACTS=f"{facts}/\x1b[2J\n")
    assert r"\x1b[2J\n: cannot be read" in refused(told)
    assert sh("xjfacts who anna", XJFACTS_FACTS=f"{facts}").status == 0


def test_b26_text_to_start_a_document_from_is_read_with_the_same_care(facts: Path) -> None:
    os.mkfifo(facts / "pipe")
    with open(facts / "sparse", "wb") as file:
        file.truncate(4 << 30)
    (facts / "latin").write_bytes(b"one\ntw\xff\n")
    for path, reason in {
        "pipe": "not a regular file",
        "/dev/zero": "not a regular file",
        "sparse": "larger than",
        "latin": "latin:2: the byte 0xff",
        "missing\x1b": r"missing\x1b: there is no such file",
        ".": "not a regular file",
    }.items():
        assert reason in refused(sh(f'{LIMITED} cd "$1"; xjfacts new "$2"', facts, path))


def test_b27_the_permissions_and_times_of_what_is_read_stay(facts: Path) -> None:
    before = (facts / "paper.toml").stat()
    assert sh(ASK, facts).status == 0
    after = (facts / "paper.toml").stat()
    assert (before.st_mtime_ns, before.st_mode) == (after.st_mtime_ns, after.st_mode)
    assert stat.S_ISREG(after.st_mode)
    assert paper() == (facts / "paper.toml").read_text(encoding="utf-8")
