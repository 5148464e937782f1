"""Files: what is read is regular, inside its folder and bounded; what is written is the old file or the new one."""

from __future__ import annotations

import os
import signal
import stat
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from xjfacts import files
from xjfacts.errors import Problem, UnwritableAnswer
from xjfacts.files import find_fact_files, read_bytes, write_file

LIMIT = 1000
needs_user = pytest.mark.skipif(os.geteuid() == 0, reason="root is refused nothing")


def read(path: Path, root: Path, limit: int = LIMIT) -> bytes | Problem:
    return read_bytes(path, name="shown", root=root, limit=limit)


def code_of(answer: bytes | Problem) -> str:
    assert isinstance(answer, Problem), answer
    assert answer.file == "shown"
    return answer.code


def names_below(folder: Path) -> list[str]:
    found, problems = find_fact_files(folder)
    assert problems == []
    return [fact.relative for fact in found]


# Read ---------------------------------------------------------------------------------------------------------------


def test_a_regular_file_is_read_byte_for_byte(tmp_path: Path) -> None:
    (tmp_path / "x").write_bytes(b"\xef\xbb\xbfa\r\n\0\xff")
    assert read(tmp_path / "x", tmp_path) == b"\xef\xbb\xbfa\r\n\0\xff"


def test_a_file_of_exactly_the_limit_is_read_and_one_byte_more_is_not(tmp_path: Path) -> None:
    (tmp_path / "x").write_bytes(b"a" * LIMIT)
    assert read(tmp_path / "x", tmp_path) == b"a" * LIMIT
    (tmp_path / "x").write_bytes(b"a" * (LIMIT + 1))
    assert code_of(read(tmp_path / "x", tmp_path)) == "too-large"


def test_a_sparse_file_of_4_gb_is_refused_by_its_size(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with open(tmp_path / "x", "wb") as file:
        file.truncate(4 << 30)
    monkeypatch.setattr(os, "read", lambda *_: pytest.fail("was read"))
    assert code_of(read(tmp_path / "x", tmp_path)) == "too-large"


def test_a_file_that_grows_while_it_is_read_is_refused_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "x").write_bytes(b"a")
    monkeypatch.setattr(os, "read", lambda _, size: b"a" * min(size, 100))
    assert code_of(read(tmp_path / "x", tmp_path)) == "too-large"


def test_a_link_that_stays_inside_is_followed(tmp_path: Path) -> None:
    (tmp_path / "real").write_bytes(b"a")
    (tmp_path / "link").symlink_to("real")
    assert read(tmp_path / "link", tmp_path) == b"a"


@pytest.mark.parametrize("target", ["/dev/zero", "/etc/passwd", "../outside", "../inside-not/x"])
def test_a_link_that_leaves_the_folder_is_refused(tmp_path: Path, target: str) -> None:
    root = tmp_path / "inside"
    root.mkdir()
    (tmp_path / "outside").write_bytes(b"secret")
    (tmp_path / "inside-not").mkdir()
    (tmp_path / "inside-not" / "x").write_bytes(b"secret")
    (root / "link").symlink_to(target)
    assert code_of(read(root / "link", root)) == "outside-folder"


def test_a_folder_that_is_itself_a_link_is_where_its_files_are(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "real" / "x").write_bytes(b"a")
    (tmp_path / "link").symlink_to("real")
    assert read(tmp_path / "link" / "x", tmp_path / "link") == b"a"


def test_a_file_named_by_the_user_is_its_own_root(tmp_path: Path) -> None:
    (tmp_path / "x").write_bytes(b"a")
    assert read(tmp_path / "x", tmp_path / "x") == b"a"


def test_a_dangling_link_is_told_from_a_missing_file(tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to("nowhere")
    assert code_of(read(tmp_path / "link", tmp_path)) == "dangling-link"
    assert code_of(read(tmp_path / "nowhere", tmp_path)) == "unreadable"


def test_a_circle_of_links_is_a_problem(tmp_path: Path) -> None:
    (tmp_path / "a").symlink_to("b")
    (tmp_path / "b").symlink_to("a")
    assert code_of(read(tmp_path / "a", tmp_path)) == "unreadable"


def test_a_pipe_is_refused_without_waiting_for_its_other_end(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "x")
    assert code_of(read(tmp_path / "x", tmp_path)) == "not-a-file"


def test_a_folder_is_not_a_file(tmp_path: Path) -> None:
    assert code_of(read(tmp_path, tmp_path)) == "not-a-file"


@pytest.mark.parametrize("name", ["nul\0", "n" * 300, "lone\ud800"])
def test_an_impossible_name_is_a_problem(tmp_path: Path, name: str) -> None:
    assert code_of(read_bytes(f"{tmp_path}/{name}", name="shown", root=tmp_path, limit=LIMIT)) == "unreadable"


@needs_user
def test_a_forbidden_file_is_a_problem(tmp_path: Path) -> None:
    (tmp_path / "x").write_bytes(b"a")
    (tmp_path / "x").chmod(0)
    assert code_of(read(tmp_path / "x", tmp_path)) == "unreadable"


@pytest.mark.parametrize("function", ["open", "fstat", "read"])
def test_whatever_call_fails_is_a_problem_of_the_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, function: str
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise OSError(5, "Input/output error", "/secret/path")

    (tmp_path / "x").write_bytes(b"a")
    monkeypatch.setattr(os, function, fail)
    answer = read(tmp_path / "x", tmp_path)
    monkeypatch.undo()
    assert answer == Problem("shown", 0, "unreadable", "cannot be read: Input/output error")


@pytest.mark.skipif(not os.path.isdir("/proc/self/fd"), reason="counts descriptors there")
def test_no_descriptor_is_left_open(tmp_path: Path) -> None:
    (tmp_path / "x").write_bytes(b"a" * 2000)
    os.mkfifo(tmp_path / "pipe")
    before = os.listdir("/proc/self/fd")
    for name in ("x", "pipe", "missing", "."):
        read(tmp_path / name, tmp_path)
    find_fact_files(tmp_path)
    assert os.listdir("/proc/self/fd") == before


# Find ---------------------------------------------------------------------------------------------------------------


def test_fact_files_are_found_at_any_depth_in_the_order_of_their_bytes(tmp_path: Path) -> None:
    for name in ("b.toml", "B.toml", "a/z.toml", "a/b/c/d.toml", "a.toml", "é.toml", "notes.txt", "x.toml.bak"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).touch()
    assert names_below(tmp_path) == ["B.toml", "a.toml", "a/b/c/d.toml", "a/z.toml", "b.toml", "é.toml"]


def test_a_fact_file_is_shown_below_the_folders_own_name(tmp_path: Path) -> None:
    (tmp_path / "facts" / "documents").mkdir(parents=True)
    (tmp_path / "facts" / "documents" / "x.toml").touch()
    assert [fact.name for fact in find_fact_files(tmp_path / "facts")[0]] == ["facts/documents/x.toml"]
    assert [fact.name for fact in find_fact_files(tmp_path / "facts", name="my/")[0]] == ["my/documents/x.toml"]


def test_what_editors_leave_and_what_is_hidden_is_ignored(tmp_path: Path) -> None:
    for name in (".x.toml", "#x.toml#", "#y.toml", "x.toml~", ".git/x.toml", "old~/x.toml", "x.toml"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).touch()
    (tmp_path / ".#lock.toml").symlink_to("someone@somewhere.1234")
    assert names_below(tmp_path) == ["x.toml"]


def test_a_folder_named_like_a_fact_file_is_a_folder(tmp_path: Path) -> None:
    (tmp_path / "x.toml").mkdir()
    (tmp_path / "x.toml" / "y.toml").touch()
    assert names_below(tmp_path) == ["x.toml/y.toml"]


def test_a_single_file_stands_for_itself(tmp_path: Path) -> None:
    (tmp_path / "mine.toml").touch()
    ((path, relative, name),), problems = find_fact_files(tmp_path / "mine.toml")
    assert (path, relative, name, problems) == (str(tmp_path / "mine.toml"), "mine.toml", "mine.toml", [])


def test_circles_of_folders_are_searched_once(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "x.toml").touch()
    (tmp_path / "a" / "up").symlink_to("..")
    (tmp_path / "self").symlink_to("self")
    assert names_below(tmp_path) == ["a/x.toml"]


def test_a_link_to_a_file_that_is_found_anyway_is_not_a_second_file(tmp_path: Path) -> None:
    (tmp_path / "x.toml").touch()
    (tmp_path / "again.toml").symlink_to("x.toml")
    (tmp_path / ".store").mkdir()
    (tmp_path / ".store" / "y.toml").touch()
    (tmp_path / "y.toml").symlink_to(".store/y.toml")
    assert names_below(tmp_path) == ["x.toml", "y.toml"]


def test_a_link_to_a_folder_elsewhere_is_reported_for_its_facts_are_missing(tmp_path: Path) -> None:
    (tmp_path / "facts").mkdir()
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "facts" / "more").symlink_to("../elsewhere")
    assert [(p.file, p.code) for p in find_fact_files(tmp_path / "facts")[1]] == [("facts/more", "linked-folder")]


def test_dangling_links_and_pipes_named_like_fact_files_are_found_so_that_reading_reports_them(tmp_path: Path) -> None:
    (tmp_path / "gone.toml").symlink_to("nowhere.toml")
    os.mkfifo(tmp_path / "pipe.toml")
    assert names_below(tmp_path) == ["gone.toml", "pipe.toml"]


def test_names_of_any_bytes_are_found(tmp_path: Path) -> None:
    for name in (b"new\nline.toml", b"esc\x1b.toml", b"bad\xff.toml"):
        with open(os.path.join(os.fsencode(tmp_path), name), "wb"):
            pass
    assert names_below(tmp_path) == ["bad\udcff.toml", "esc\x1b.toml", "new\nline.toml"]


@pytest.mark.parametrize("folder", ["missing", "nul\0", "pipe"])
def test_a_folder_that_is_none_is_a_problem(tmp_path: Path, folder: str) -> None:
    os.mkfifo(tmp_path / "pipe")
    found, problems = find_fact_files(f"{tmp_path}/{folder}")
    assert (found, [problem.code for problem in problems]) == ([], ["unreadable"])


def test_a_folder_given_by_mistake_is_left_early(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "MAX_ENTRIES", 10)
    for number in range(10):
        (tmp_path / f"{number}.toml").touch()
    assert len(names_below(tmp_path)) == 10
    (tmp_path / "10").touch()
    found, problems = find_fact_files(tmp_path)
    assert (found, [problem.code for problem in problems]) == ([], ["too-many-files"])


def test_an_absolute_folder_is_read_when_the_current_one_was_deleted(tmp_path: Path) -> None:
    (tmp_path / "x.toml").write_bytes(b"a")
    code = (
        "import os, sys; os.mkdir(sys.argv[1] + '/gone'); os.chdir(sys.argv[1] + '/gone'); os.rmdir(sys.argv[1] + '/gone')\n"
        "from xjfacts.files import find_fact_files, read_bytes\n"
        "(fact,), problems = find_fact_files(sys.argv[1])\n"
        "print(read_bytes(fact.path, name='x', root=sys.argv[1], limit=9), problems, find_fact_files('relative')[1][0].code)"
    )
    result = subprocess.run([sys.executable, "-c", code, str(tmp_path)], capture_output=True, text=True, check=False)
    assert (result.stdout, result.stderr) == ("b'a' [] unreadable\n", "")


# Write --------------------------------------------------------------------------------------------------------------


@pytest.fixture(params=["unnamed", "named"])
def folder(tmp_path: Path, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder to write into, with and without files that have no name yet."""
    if request.param == "named":
        monkeypatch.setattr(files, "_open_unnamed", lambda *_: None)
    return tmp_path


def test_a_new_file_is_written_with_the_usual_permissions(folder: Path) -> None:
    write_file(folder / "x", b"new")
    assert (folder / "x").read_bytes() == b"new"
    umask = os.umask(0)
    os.umask(umask)
    assert stat.S_IMODE((folder / "x").stat().st_mode) == 0o666 & ~umask
    assert os.listdir(folder) == ["x"]


@pytest.mark.parametrize("mode", [0o600, 0o640, 0o664, 0o755])
def test_an_old_file_is_replaced_and_keeps_its_permissions(folder: Path, mode: int) -> None:
    (folder / "x").write_bytes(b"old and longer")
    (folder / "x").chmod(mode)
    write_file(folder / "x", b"new")
    assert (folder / "x").read_bytes() == b"new"
    assert stat.S_IMODE((folder / "x").stat().st_mode) == mode
    assert os.listdir(folder) == ["x"]


def test_a_link_stays_a_link_and_its_target_is_written(folder: Path) -> None:
    (folder / "sub").mkdir()
    (folder / "sub" / "real").write_bytes(b"old")
    (folder / "link").symlink_to("sub/real")
    (folder / "dangling").symlink_to("sub/new")
    write_file(folder / "link", b"new")
    write_file(folder / "dangling", b"new")
    assert os.readlink(folder / "link") == "sub/real"
    assert (folder / "sub" / "real").read_bytes() == (folder / "sub" / "new").read_bytes() == b"new"
    assert sorted(os.listdir(folder / "sub")) == ["new", "real"]


def test_a_pipe_is_written_into_and_stays_a_pipe(folder: Path) -> None:
    os.mkfifo(folder / "pipe")
    received: list[bytes] = []
    reader = threading.Thread(target=lambda: received.append((folder / "pipe").read_bytes()))
    reader.start()
    write_file(folder / "pipe", b"new" * 100_000)
    reader.join(10)
    assert received == [b"new" * 100_000]
    assert stat.S_ISFIFO((folder / "pipe").stat().st_mode)


def test_standard_output_by_its_path_is_written_into() -> None:
    code = "from xjfacts.files import write_file; write_file('/dev/stdout', b'answer')"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, check=True).stdout == b"answer"


@pytest.mark.parametrize(
    ("path", "reason"),
    [
        ("missing/x", "No such file or directory"),
        (".", "Is a directory"),
        ("n" * 300, "File name too long"),
        ("nul\0", "null"),
    ],
)
def test_what_cannot_be_written_is_one_line_and_status_74(folder: Path, path: str, reason: str) -> None:
    with pytest.raises(UnwritableAnswer, match=reason) as caught:
        write_file(f"{folder}/{path}", b"new")
    assert caught.value.exit_status == 74
    assert "\n" not in str(caught.value)
    assert os.listdir(folder) == []


@needs_user
def test_a_protected_file_or_folder_stays_protected(folder: Path) -> None:
    (folder / "x").write_bytes(b"old")
    (folder / "x").chmod(0o444)
    with pytest.raises(UnwritableAnswer, match="Permission denied"):
        write_file(folder / "x", b"new")
    (folder / "x").chmod(0o644)
    folder.chmod(0o555)
    with pytest.raises(UnwritableAnswer, match="Permission denied"):
        write_file(folder / "x", b"new")
    folder.chmod(0o755)
    assert (folder / "x").read_bytes() == b"old"


@pytest.mark.parametrize("function", ["open", "write", "fchmod", "fsync", "replace", "link", "stat", "access", "close"])
@pytest.mark.parametrize("failure", [OSError(28, "No space left on device"), KeyboardInterrupt()])
def test_whatever_call_fails_the_old_file_is_whole_and_nothing_is_left_beside_it(
    folder: Path, monkeypatch: pytest.MonkeyPatch, function: str, failure: BaseException
) -> None:
    real = getattr(os, function)

    def fail(*arguments: object, **options: object) -> None:
        if function == "close":
            real(*arguments, **options)
        raise failure

    (folder / "x").write_bytes(b"old")
    with monkeypatch.context() as broken:
        broken.setattr(os, function, fail)
        try:
            write_file(folder / "x", b"new")
            outcome = "written"
        except (UnwritableAnswer, KeyboardInterrupt) as error:
            outcome = str(error)
    expected = {f"'{folder}/x' cannot be written: No space left on device" if isinstance(failure, OSError) else ""}
    assert outcome in expected | ({"written"} if function == "link" else set())  # a file with a name is not linked
    assert (folder / "x").read_bytes() == (b"new" if outcome == "written" else b"old")
    assert os.listdir(folder) == ["x"]


def run_writer(folder: Path, prelude: str, size: int = 3) -> subprocess.CompletedProcess[str]:
    code = (
        "import os, resource, signal, sys\nfrom xjfacts import files\n"
        f"{prelude}\n"
        f"files.write_file(sys.argv[1], b'n' * {size})"
    )
    return subprocess.run(
        [sys.executable, "-c", code, str(folder / "x")], capture_output=True, text=True, check=False, timeout=30
    )


@pytest.mark.parametrize("named", [True, False])
def test_a_size_limit_leaves_the_old_file(tmp_path: Path, *, named: bool) -> None:
    (tmp_path / "x").write_bytes(b"old")
    prelude = "resource.setrlimit(resource.RLIMIT_FSIZE, (50_000, 50_000))"
    if named:
        prelude += "\nfiles._open_unnamed = lambda *_: None"
    result = run_writer(tmp_path, prelude, size=100_000)
    assert "UnwritableAnswer" in result.stderr.splitlines()[-1]
    assert "File too large" in result.stderr.splitlines()[-1]
    assert (tmp_path / "x").read_bytes() == b"old"
    assert os.listdir(tmp_path) == ["x"]


@pytest.mark.skipif(not hasattr(os, "O_TMPFILE"), reason="only Linux has files without a name")
@pytest.mark.parametrize("moment", ["write", "fchmod", "fsync"])
def test_a_process_that_is_killed_leaves_the_old_file_and_no_other(tmp_path: Path, moment: str) -> None:
    (tmp_path / "x").write_bytes(b"old")
    result = run_writer(tmp_path, f"os.{moment} = lambda *_: os.kill(os.getpid(), signal.SIGKILL)")
    if files._open_unnamed(str(tmp_path), 0o600) is None:
        pytest.skip("this file system has no files without a name")
    assert result.returncode == -signal.SIGKILL
    assert (tmp_path / "x").read_bytes() == b"old"
    assert os.listdir(tmp_path) == ["x"]


def test_four_writers_at_once_leave_one_whole_file(tmp_path: Path) -> None:
    code = (
        "import sys; from xjfacts.files import write_file\n"
        "for _ in range(20): write_file(sys.argv[1], sys.argv[2].encode() * 100_000)"
    )
    writers = [subprocess.Popen([sys.executable, "-c", code, str(tmp_path / "x"), letter]) for letter in "abcd"]
    assert [writer.wait(30) for writer in writers] == [0] * 4
    content = (tmp_path / "x").read_bytes()
    assert len(content) == 100_000
    assert len(set(content)) == 1
    assert os.listdir(tmp_path) == ["x"]
