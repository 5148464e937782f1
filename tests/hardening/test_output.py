"""D: an answer arrives whole, or a line and the exit status say that it did not; a file is the old one or the new one."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import signal
import stat
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from xjfacts.text import visible

from .paper import write_paper
from .shell import LIMITED, environment, in_terminal, refused, sh

ASK = 'xjfacts --facts "$1" who anna'
# Every way by which something is written to standard output.
WRITING = [
    ASK,
    f"{ASK} --json",
    f"{ASK} --format ndjson",
    f"{ASK} --format csv",
    f"{ASK} --format markdown",
    'xjfacts --facts "$1" --color always who anna',
    'xjfacts --facts "$1" export ftm',
    'xjfacts --facts "$1" export sqlite',
    'xjfacts --facts "$1" cite paper/announced',
    'xjfacts --facts "$1" --version',
    'xjfacts check "$1"',
    'xjfacts new "$1/paper.toml"',
    "xjfacts schema answer",
    "xjfacts completion bash",
    "xjfacts",
    "xjfacts -h",
    "xjfacts who --help",
]
SOME = WRITING[1::2]
FULL = "xjfacts: the answer cannot be written to standard output: No space left on device"


# Pipes, full disks, closed descriptors ----------------------------------------------------------------------------------


def test_d01_the_head_of_a_long_answer_is_had_in_silence() -> None:
    told = sh("xjfacts export ftm | head -n 1; exit ${PIPESTATUS[0]}")
    assert told.status in {0, 141}
    assert told.lines == []
    assert told.out.count(b"\n") == 1


@pytest.mark.parametrize("command", SOME)
def test_d02_a_reader_that_has_gone_is_no_error(facts: Path, command: str) -> None:
    told = sh(f'mkfifo "$1/pipe"; exec 3<>"$1/pipe" 4>"$1/pipe" 3>&-; {command} >&4', facts)
    assert (told.status, told.lines) == (141, [])


@pytest.mark.parametrize("command", WRITING)
def test_d03_to_d05_a_full_disk_is_a_line_and_status_74(facts: Path, command: str) -> None:
    told = sh(f"{command} >/dev/full", facts)
    assert (told.status, told.lines) == (74, [FULL])


@pytest.mark.parametrize("command", SOME)
def test_d06_a_closed_standard_output_is_a_line_and_status_74(facts: Path, command: str) -> None:
    told = sh(f"{command} >&-", facts)
    assert (told.status, told.lines) == (74, ["xjfacts: the answer cannot be written to standard output: it is closed"])


def test_d06_a_standard_output_opened_for_reading_is_a_line(facts: Path) -> None:
    assert sh(f"{ASK} 1</dev/null", facts).lines == [FULL.replace("No space left on device", "Bad file descriptor")]


def test_d07_a_closed_standard_input_is_not_missed(facts: Path) -> None:
    assert sh(f"{ASK} <&-", facts) == sh(ASK, facts)


def test_d08_without_standard_error_the_status_is_still_right(facts: Path) -> None:
    for command, status in {
        "who anna": 0,
        "who nobody-at-all": 1,
        "sanctions --stauts all": 2,
        "--facts missing who anna": 4,
        "export csv --output /proc/x": 74,
    }.items():
        told = sh(f'xjfacts --facts "$1" {command} 2>&-', facts)
        assert (told.status, told.err) == (status, b"")
        assert bool(told.out) is (status == 0)
    for redirection in ("2>/dev/full", "2</dev/null"):
        assert sh(f'xjfacts --facts "$1" who nobody-at-all {redirection}', facts).status == 1


def test_d08_without_any_descriptor_the_status_is_still_right(facts: Path) -> None:
    assert sh(f"{ASK} <&- >&- 2>&-", facts).status == 74
    assert sh('xjfacts --facts "$1" who nobody-at-all <&- >&- 2>&-', facts).status == 1
    assert sh('xjfacts --facts "$1" export csv --output "$1/x.csv" <&- >&- 2>&-', facts).status == 0
    assert (facts / "x.csv").read_bytes() == sh('xjfacts --facts "$1" export csv', facts).out


def test_d09_a_pipe_that_does_not_block_gets_everything(facts: Path) -> None:
    reading, writing = os.pipe()
    os.set_blocking(writing, False)
    with subprocess.Popen(
        ["bash", "-c", "xjfacts export csv", "bash", facts], stdout=writing, stderr=subprocess.PIPE, env=environment()
    ) as process:
        os.close(writing)
        time.sleep(0.5)  # long enough for the pipe to fill up
        with open(reading, "rb") as pipe:
            received = pipe.read()
        assert process.stderr is not None
        assert process.stderr.read() == b""
    assert process.returncode == 0
    assert received == sh("xjfacts export csv").out
    assert len(received) > 1 << 17


# Locales ----------------------------------------------------------------------------------------------------------------

ASCII = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
LOCALES = {
    "d09 C.UTF-8": {"LANG": "C.UTF-8"},
    "d10 C": {"LC_ALL": "C"},
    "d11 cp1252": {"PYTHONIOENCODING": "cp1252"},
    "d12 real ascii": ASCII,
    "d12 ascii stdout": {"PYTHONIOENCODING": "ascii:strict"},
    "d13 utf-16": {"PYTHONIOENCODING": "utf-16"},
}


@pytest.mark.parametrize("locale", LOCALES.values(), ids=LOCALES)
def test_d09_to_d14_the_answer_is_utf8_whatever_the_locale(facts: Path, locale: dict[str, str]) -> None:
    told = sh('xjfacts --facts "$1" names', facts, **locale)
    assert (told.status, told.lines) == (0, [])
    assert "張明" in told.text
    told = sh('xjfacts --facts "$1" names 張明 --json', facts, **locale)
    assert (told.status, told.lines) == (0, [])
    assert json.loads(told.out)["query"]["name"]["asked"] == "張明"
    assert json.loads(told.out)["results"][0]["matched"] == "張明"
    told = sh('xjfacts --facts "$1" sanctions --on 張明 --format csv', facts, **locale)
    assert (told.status, told.lines) == (0, [])


@pytest.mark.parametrize("locale", [ASCII, {"PYTHONIOENCODING": "cp1252:strict"}])
def test_d13_errors_are_utf8_whatever_the_locale(facts: Path, locale: dict[str, str]) -> None:
    assert "'張明明明明'" in refused(sh('xjfacts --facts "$1" who 張明明明明', facts, **locale), 1)
    write_paper(facts / "張明").joinpath("paper.toml").write_text("broken", encoding="utf-8")
    assert "paper.toml:1: " in refused(sh('xjfacts --facts "$1/張明" who anna', facts, **locale))
    assert (
        sh('xjfacts --facts "$1" export csv --output "$2/張明.csv"', write_paper(facts / "x"), facts, **locale).lines
        == []
    )
    assert (facts / "張明.csv").is_file()


# Terminals and pipes ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("columns", ["0", "1", "-5", "abc", "1e9", "9" * 5000, "00", "", "٤٠", "40 ", "0x40", "\x1b"])
def test_d15_to_d18_odd_columns_lose_nothing(facts: Path, columns: str) -> None:
    shown = in_terminal(f"{ASK} --ids", facts, COLUMNS=columns)
    assert "IMPOSED" in shown
    assert "paper/announced" in shown.replace("\n", "").replace(" ", "")


@pytest.mark.parametrize("setting", ["no_color", "dumb", "never", "pipe"])
def test_d19_to_d21_no_colour_where_none_is_wanted(facts: Path, setting: str) -> None:
    never = "xjfacts --color never who" if setting == "never" else "xjfacts who"
    variables = {"no_color": {"NO_COLOR": "1"}, "dumb": {"TERM": "dumb"}}.get(setting, {})
    ask = f'{never.replace("who", "")} --facts "$1" who anna'
    shown = sh(ask, facts, FORCE_COLOR="").text if setting == "pipe" else in_terminal(ask, facts, **variables)
    assert "\x1b" not in shown
    assert "IMPOSED" in shown


@pytest.mark.parametrize("form", ["json", "ndjson", "csv", "markdown"])
def test_d22_colour_never_touches_what_scripts_take(facts: Path, form: str) -> None:
    plain = sh(f"{ASK} --format {form}", facts)
    forced = {"FORCE_COLOR": "1", "CLICOLOR_FORCE": "1", "PY_COLORS": "1", "TTY_COMPATIBLE": "1"}
    assert sh(f"{ASK} --format {form}", facts, **forced) == plain
    assert sh(f"{ASK.replace('--facts', '--color always --facts')} --format {form}", facts) == plain
    assert b"\x1b" not in plain.out


def test_d22_force_color_colours_a_pipe_unless_it_is_0(facts: Path) -> None:
    assert b"\x1b[" in sh(ASK, facts, FORCE_COLOR="1").out
    assert sh(ASK, facts, FORCE_COLOR="0") == sh(ASK, facts)


@pytest.mark.parametrize("columns", ["0", "20", "abc"])
def test_d22_a_pipe_is_not_wrapped_and_not_cut(tmp_path: Path, columns: str) -> None:
    gist = "She announced " + "one visit after another and " * 40 + "left."
    told = sh(ASK, write_paper(tmp_path / "facts", gist=gist), COLUMNS=columns)
    assert any(gist in line for line in told.text.splitlines())
    assert "…" not in told.text


# CSV, JSON --------------------------------------------------------------------------------------------------------------

FORMULAS = [
    "=1+1",
    "+1",
    "-1",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "  =1",
    "\u00a0=1",
    "＝1",
    "\n=1",
    "\u200b=1",
    "=cmd|' /C calc'!A0",
]


@pytest.mark.parametrize("texts", [FORMULAS[:5], FORMULAS[5:10], FORMULAS[-5:]])
def test_d24_no_cell_begins_a_formula(tmp_path: Path, texts: list[str]) -> None:
    values = dict(zip(("name", "gist", "quote", "title", "publisher"), texts, strict=True))
    told = sh('xjfacts --facts "$1" export csv', write_paper(tmp_path / "facts", **values))
    cells = [cell for row in csv.reader(io.StringIO(told.text, newline="")) for cell in row]
    assert all(f"'{visible(text)}" in cells or visible(text).startswith("\\") for text in texts)
    assert [cell for cell in cells if re.match(r"\s*[=+\-@\t\r＝＋－＠]", cell)] == []


@pytest.mark.parametrize("text", ["a\rb", "a\nb", "a\r\nb", 'a"b', "a,b", "a;b", "a\0b"])
def test_d23_to_d26_a_row_is_a_line_that_ends_in_crlf(tmp_path: Path, text: str) -> None:
    told = sh(f"{ASK} --format csv", write_paper(tmp_path / "facts", **dict.fromkeys(("name", "gist", "quote"), text)))
    lines = told.out.split(b"\r\n")
    assert lines[-1] == b""
    assert len(lines) == 1 + 3 + 1
    assert not re.search(rb"[\r\0]", b"".join(lines))  # a line feed parts the items of a list, inside a cell
    rows = list(csv.reader(io.StringIO(told.text, newline=""), strict=True))
    assert len(rows) == 1 + 3
    assert len({len(row) for row in rows}) == 1


@pytest.mark.parametrize("text", ['"', "\\", "\x1b", "\u2028", "</script>", "\U0001f600", "'; drop table"])
def test_d25_json_gives_every_string_back(tmp_path: Path, text: str) -> None:
    folder = write_paper(tmp_path / "facts", name=f"A{text}", gist=f"A{text}.", quote=f"{text}12345678")
    answer = json.loads(sh(f"{ASK} --json", folder).out)
    assert answer["entity"]["name"] == f"A{text}"
    (announced,) = (one for one in answer["results"] if one["id"] == "paper/announced")
    assert (announced["gist"], announced["citations"][0]["quote"]) == (f"A{text}.", f"{text}12345678")


# Files ------------------------------------------------------------------------------------------------------------------


@pytest.fixture
def target(tmp_path: Path) -> Path:
    """A file that holds something already, alone in its folder."""
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "target").write_bytes(b"old")
    return tmp_path / "out" / "target"


EXPORT = 'xjfacts --facts "$1" export csv --output "$2"'
FILES = [EXPORT, EXPORT.replace("csv", "sqlite"), 'xjfacts new "$1/paper.toml" --output "$2"']


def is_untouched(target: Path) -> bool:
    return target.read_bytes() == b"old" and os.listdir(target.parent) == ["target"]


def test_d27_a_link_stays_a_link(facts: Path, target: Path) -> None:
    link = facts / "link"
    link.symlink_to(target)
    assert sh(EXPORT, facts, link).status == 0
    assert os.readlink(link) == str(target)
    assert target.read_bytes() == sh('xjfacts --facts "$1" export csv', facts).out


@pytest.mark.parametrize("command", FILES)
def test_d28_at_a_size_limit_the_old_file_stays(facts: Path, target: Path, command: str) -> None:
    told = sh(f"ulimit -f 1; {command}", facts, target)
    complaint = refused(told, 74)
    if "the database cannot be made" not in complaint:  # Python 3.10 makes it in a file of its own, and fails there
        assert "target' cannot be written: File too large" in complaint
    assert is_untouched(target)


def test_d28_at_a_size_limit_python_leaves_no_half_modules(facts: Path, target: Path, tmp_path: Path) -> None:
    fresh = {"PYTHONPYCACHEPREFIX": str(tmp_path / "compiled"), "PYTHONDONTWRITEBYTECODE": ""}
    assert sh("xjfacts", **fresh).status == 0
    assert sh(f"ulimit -f 1; {EXPORT}", facts, target, **fresh).status == 74
    assert sh(EXPORT, facts, target, **fresh).status == 0


@pytest.mark.parametrize(
    ("signal_number", "form"), [(signal.SIGKILL, "sqlite"), (signal.SIGTERM, "sqlite"), (signal.SIGINT, "csv")]
)
def test_d29_d35_killed_at_any_moment_the_old_file_or_the_new_one_stays(
    facts: Path, target: Path, signal_number: int, form: str
) -> None:
    temporary = facts / "temporary"
    temporary.mkdir()
    command = EXPORT.replace("csv", form)
    new = sh(f'{command} && cat "$2"', facts, target).out
    for pause in (0.02, 0.05, 0.08, 0.11, 0.14):
        target.write_bytes(b"old")
        sh(f"timeout --foreground -s {int(signal_number)} {pause} {command}", facts, target, TMPDIR=str(temporary))
        assert target.read_bytes() in {b"old", new}
        assert os.listdir(target.parent) == ["target"]
        assert os.listdir(temporary) == [] or sys.version_info < (3, 11)  # which makes a database in a file


def test_d30_a_pipe_is_written_into_and_stays_a_pipe(facts: Path, target: Path) -> None:
    pipe = facts / "pipe"
    os.mkfifo(pipe)
    told = sh(f'cat "$2" & {EXPORT}; wait', facts, pipe)
    assert (told.status, told.lines) == (0, [])
    assert told.out == sh('xjfacts --facts "$1" export csv', facts).out
    assert stat.S_ISFIFO(pipe.stat().st_mode)


@pytest.mark.parametrize("path", ["/dev/stdout", "/dev/fd/1", "/proc/self/fd/1"])
def test_d30_standard_output_by_its_path_is_written_into(facts: Path, path: str) -> None:
    answer = sh('xjfacts --facts "$1" export csv', facts).out
    assert sh(EXPORT, facts, path).out == answer
    assert sh(f'{EXPORT} >"$1/out" && cat "$1/out"', facts, path).out == answer
    told = sh(f"{EXPORT} >/dev/full", facts, path)
    assert "No space left on device" in refused(told, 74)
    assert stat.S_ISCHR(os.stat("/dev/full").st_mode)


def test_d31_a_file_keeps_its_permissions_and_a_new_one_gets_the_usual(facts: Path, target: Path) -> None:
    target.chmod(0o640)
    assert sh(f'umask 027; {EXPORT} && xjfacts --facts "$1" export csv --output "$2.new"', facts, target).status == 0
    assert stat.S_IMODE(target.stat().st_mode) == 0o640
    assert stat.S_IMODE(target.with_name("target.new").stat().st_mode) == 0o640


def test_d32_four_exports_at_once_leave_one_whole_file(facts: Path, target: Path) -> None:
    told = sh(f"for i in 1 2 3 4; do {EXPORT.replace('csv', 'ftm')} & done; wait", facts, target)
    assert told.lines == []
    assert os.listdir(target.parent) == ["target"]
    assert all(json.loads(line)["schema"] for line in target.read_text(encoding="utf-8").splitlines())


@pytest.mark.parametrize(
    ("path", "reason"),
    [
        ("missing/x", "No such file or directory"),
        (".", "Is a directory"),
        ("", "directory"),
        ("target/x", "Not a directory"),
        ("n" * 300, "File name too long"),
        ("/proc/x", ""),
        ("x\x1b\n/y", r"x\x1b\n/y' cannot be written: No such file"),
        ("circle", "Too many levels of symbolic links"),
    ],
)
def test_d34_what_cannot_be_written_is_a_line(facts: Path, target: Path, path: str, reason: str) -> None:
    if path == "circle":
        (target.parent / path).symlink_to(path)
    before = sorted(os.listdir(target.parent))
    said = refused(sh(f'cd "$3"; {EXPORT}', facts, path, target.parent), 74)
    assert reason in said
    assert len(said.splitlines()) == 1
    assert sorted(os.listdir(target.parent)) == before
    assert target.read_bytes() == b"old"


def test_d33_a_protected_file_stays_protected(facts: Path, target: Path) -> None:
    if os.geteuid() == 0:
        pytest.skip("root may write everything")
    target.chmod(0o444)
    assert "Permission denied" in refused(sh(EXPORT, facts, target), 74)
    assert is_untouched(target)


def test_d37_what_stops_an_export_leaves_the_old_file(facts: Path, target: Path) -> None:
    (facts / "broken.toml").write_text("broken", encoding="utf-8")
    assert "broken.toml:1:" in refused(sh(EXPORT, facts, target))
    assert is_untouched(target)


# Ctrl-C -----------------------------------------------------------------------------------------------------------------

# Runs the tool as its console script does, and presses Ctrl-C when it opens or imports something for the nth time.
INTERRUPTED = """
import os, signal, sys
moments = int(sys.argv.pop(1))
def press(event, _):
    global moments
    if event not in ("import", "open", "os.scandir"):
        return
    moments -= 1
    if moments == 0:
        os.kill(os.getpid(), signal.SIGINT)
from xjfacts.__main__ import main
sys.addaudithook(press)
main()
"""


@pytest.mark.parametrize("command", ["who anna", "export sqlite --output out", "check", "-h"])
def test_d36_ctrl_c_at_any_moment_is_status_130_and_silent(facts: Path, command: str) -> None:
    moments = (1, 6, 20, 60, 110, 160)
    for moment in moments:
        told = sh(f'cd "$1"; python -c "$2" {moment} --facts "$1" {command}; s=$?; ls -A; exit $s', facts, INTERRUPTED)
        assert told.lines == []
        assert told.status in {0, 1, 130}
        assert told.status == 130 or moment > 30
        assert told.status != 130 or told.out.split() in ([b"paper.toml"], [b"out", b"paper.toml"])


def test_d36_ctrl_c_under_the_bar_gives_the_terminal_back(facts: Path) -> None:
    at_once = INTERRUPTED.replace(
        "from xjfacts", "import xjfacts.cli.settings; xjfacts.cli.settings.PATIENCE = -1.0\nfrom xjfacts"
    )
    statuses = set()
    for moment in (60, 100, 150, 180, 200, 220, 240, 1_000):
        shown = in_terminal(
            f'python -c "$2" {moment} --no-cache --facts "$1" who anna; echo "status $?"', facts, at_once
        )
        assert "Traceback" not in shown
        assert shown.rfind("\x1b[?25l") <= shown.rfind("\x1b[?25h")  # the cursor is hidden no longer
        statuses.add(shown.rpartition("status ")[2].strip())
    assert statuses == {"0", "130"}


def test_d36_ctrl_c_while_nobody_reads_the_answer(facts: Path) -> None:
    reading, writing = os.pipe()
    with subprocess.Popen(
        ["xjfacts", "export", "csv"], stdout=writing, stderr=subprocess.PIPE, env=environment()
    ) as process:
        os.close(writing)
        timer = threading.Timer(0.8, lambda: process.send_signal(signal.SIGINT))
        timer.start()
        assert process.stderr is not None
        assert process.stderr.read() == b""
        timer.join()
    os.close(reading)
    assert process.returncode == 130


def test_d38_little_memory_is_a_line(facts: Path) -> None:
    statuses = set()
    for kilobytes in range(24_000, 40_000, 4_000):
        told = sh(f'ulimit -v {kilobytes}; xjfacts --facts "$1" export ftm', facts)
        statuses.add(told.status)
        if b"init_" not in told.err and b"shared object" not in told.err:  # Python itself had come up
            assert len(told.lines) <= 1
    assert statuses <= {0, 1, 4, 70, 74, 127}
    assert sh(f"{LIMITED} {ASK}", facts).status == 0
