"""A: a fact file of any bytes is read, or refused with its place, in little time and memory."""

from __future__ import annotations

import codecs
import json
import os
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from .paper import paper, write_paper
from .shell import LIMITED, Told, refused, sh

ASK = f'{LIMITED} xjfacts --facts "$1" who anna'
Read = Callable[..., Told]
ReadEach = Callable[..., list[str]]
ENTITY = '[person.ada]\nname = "Ada"\n'


@pytest.fixture
def read(tmp_path: Path) -> Read:
    """Ask a folder that holds a file of these bytes, `x0.toml`, or several, `x1.toml` and so on."""

    def ask(*contents: str | bytes) -> Told:
        folder = tmp_path / "facts"
        folder.mkdir(exist_ok=True)
        for number, content in enumerate(contents):
            (folder / f"x{number}.toml").write_bytes(content if isinstance(content, bytes) else content.encode())
        return sh(ASK, folder)

    return ask


@pytest.fixture
def read_each(read: Read) -> ReadEach:
    """Ask a folder of up to ten bad files, and return what was said of each, which must not be nothing."""

    def ask(*contents: str | bytes) -> list[str]:
        lines = refused(read(*contents)).splitlines()
        told = ["\n".join(line for line in lines if f"/x{number}.toml" in line) for number in range(len(contents))]
        assert "" not in told
        return told

    return ask


def test_a01_a_syntax_error_has_file_line_and_column(read_each: ReadEach) -> None:
    broken = ("[person.ada\n", "name = \n", 'a = "open\n', "= 1\n", "]", "a = [1,,2]", 'a = """\n')
    for said in read_each(*(ENTITY + one for one in broken)):
        assert re.search(r"/x\d\.toml:[34]: .* \(column \d+\) \[toml-syntax\]$", said)


def test_a02_an_empty_file_is_no_error(read: Read) -> None:
    assert read(paper(), "", "\n", "# nothing yet\n", "\ufeff", " \t\r\n").status == 0


def test_a03_bytes_that_are_not_utf8_have_file_and_line(read: Read) -> None:
    assert "/x0.toml:4: the byte 0xff is not UTF-8" in refused(read(ENTITY.encode() + b"# fine\n# \xff\n"))


def test_a04_other_encodings_are_refused(read_each: ReadEach) -> None:
    read_each(*(f"# 張明\n{ENTITY}".encode(encoding) for encoding in ("utf-16", "utf-16-le", "utf-16-be", "utf-32")))


def test_a05_a_byte_order_mark_is_taken_off(read: Read) -> None:
    assert read(codecs.BOM_UTF8 + paper().encode()).status == 0


def test_a06_a_byte_order_mark_elsewhere_has_a_place(read_each: ReadEach) -> None:
    told = read_each(*(f"{before}\ufeff{ENTITY}" for before in ("\n", "\ufeff", ENTITY)))
    assert [line in said for line, said in zip((":2:", ":1:", ":3:"), told, strict=True)] == [True] * 3


def test_a07_crlf_gives_the_same_bytes(tmp_path: Path) -> None:
    unix, windows = tmp_path / "unix", tmp_path / "windows"
    write_paper(unix)
    windows.mkdir()
    (windows / "paper.toml").write_bytes(paper().replace("\n", "\r\n").encode())
    for form in ("table", "json"):
        ask = f'xjfacts --facts "$1" who anna --format {form}'
        assert sh(ask, unix).out == sh(ask, windows).out


def test_a08_other_line_ends_are_errors(read_each: ReadEach) -> None:
    read_each(*(ENTITY.replace("\n", end) for end in ("\r", "\n\r", "\x0b", "\x0c", "\x85", "\u2028")))


def test_a09_arrays_a_hundred_thousand_deep(read: Read) -> None:
    assert "/x0.toml:1:" in refused(read("a = " + "[" * 90_000 + "]" * 90_000))
    assert "/x0.toml: more than" in refused(read("a = " + "[" * 100_001 + "]" * 100_001))


def test_a10_inline_tables_a_hundred_thousand_deep(read_each: ReadEach) -> None:
    read_each(*("a = " + inner * 100_000 for inner in ("{a=", "[{a=", "[[], {a = [1, ")))


@pytest.mark.parametrize("key", [".".join(["a"] * 100_000), 'a . "b"' * 50_000, ".".join(["'é'"] * 50_000)])
def test_a11_a_key_of_a_hundred_thousand_parts(read_each: ReadEach, key: str) -> None:
    for said in read_each(f"{key} = 1", f"[{key}]", f"[[{key}]]"):
        assert ":1: a key of more than" in said or ": more than" in said


def test_a12_a_key_of_a_hundred_thousand_parts_in_an_inline_table(read: Read) -> None:
    refused(read(f"[person]\nada = {{ name = 'Ada', {'.'.join(['a'] * 100_000)} = 1 }}"))


def test_a13_eighty_thousand_keys_below_a_header_of_998_parts(read: Read) -> None:
    refused(read(f"[{'.'.join(['a'] * 998)}]\n" + "".join(f"k{number}=1\n" for number in range(80_000))))


@pytest.mark.parametrize(
    "many",
    [
        "".join(f"[t{number}]\n" for number in range(300_000)),
        "[[a]]\n" * 400_000,
        "".join(f"k{number}.a.b.c=1\n" for number in range(150_000)),
        "a = [" + "0," * 1_500_000 + "]",
        "a = [" + "{}," * 1_000_000 + "]",
    ],
    ids=["tables", "arrays of tables", "keys", "values", "inline tables"],
)
def test_a14_a_file_of_too_much_of_anything(read: Read, many: str) -> None:
    refused(read(many))


def test_a15_a_sparse_file_of_four_gigabytes_is_refused_by_its_size(facts: Path) -> None:
    with open(facts / "sparse.toml", "wb") as file:
        file.truncate(4 << 30)
    assert "sparse.toml: larger than" in refused(sh(ASK, facts))


def test_a16_a_pipe_is_refused_and_not_waited_for(facts: Path) -> None:
    os.mkfifo(facts / "pipe.toml")
    assert "[not-a-file]" in refused(sh(ASK, facts))


def test_a17_a_number_beyond_all_bounds(read_each: ReadEach) -> None:
    numbers = ("0x" + "f" * 5_000, "0o" + "7" * 6_000, "0b" + "1" * 20_000, "9" * 5_000, "-" + "9" * 5_000)
    for said in read_each(*(f"[group.many]\nname = 'many'\nsize = {number}" for number in numbers)):
        assert ":3: " in said


def test_a18_a_number_beyond_what_readers_of_json_keep(read: Read) -> None:
    assert "[number-too-large]" in refused(read(f"[group.many]\nname = 'many'\nsize = {2**53 + 1}"))


def test_a19_a20_no_infinity_and_no_nan(read_each: ReadEach) -> None:
    numbers = ("1e999", "-1e999", "inf", "+inf", "nan", "-nan")
    for said in read_each(*(f"[group.many]\nname = 'many'\nsize = {number}" for number in numbers)):
        assert ":3: infinity and nan" in said


def test_a21_an_impossible_escape_has_a_place(read_each: ReadEach) -> None:
    escapes = (r"\ud800", r"\udfff", r"\U0000d834\U0000dd1e", r"\U00110000", r"\UFFFFFFFF", r"\q")
    for said in read_each(*(f'[person.ada]\nname = "{escape}"' for escape in escapes)):
        assert ":2: " in said


def test_a22_a_raw_control_character_is_refused_and_shown(read_each: ReadEach) -> None:
    controls = ("\0", "\x1b", "\x07", "\x7f", "\x08")
    told = read_each(*(f'[person.ada]\nname = "A{control}da"' for control in controls))
    for control, said in zip(controls, told, strict=True):
        assert control.encode("unicode_escape").decode() in said


def test_a23_a_wrong_type_has_file_and_field(read_each: ReadEach) -> None:
    values = ("1", "1.5", "true", "[]", "[1]", "{}", "{a = 1}", "2024-05-02", "07:32:00")
    for said in read_each(*(f"[person.ada-{number}]\nname = {value}" for number, value in enumerate(values))):
        assert ":2: 'name': " in said
        assert "[wrong-type]" in said


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        ('[{ p = 1, quote = "I am coming soon" }]'.replace(" ", ""), ""),
        ('cite = [{ p = "1", quote = "I am coming soon" }]', "'p': "),
        ("cite = [1]", "[statement.announced.cite.0] is not a table"),
        ('cite = "I am coming"', "'cite': "),
        ("cite = []", "'cite': "),
        ("cite = [{ p = 1 }]", "lacks the key 'quote'"),
    ],
)
def test_a24_a_wrong_type_inside_has_file_and_field(read: Read, wrong: str, right: str) -> None:
    text = paper().splitlines()
    at = next(number for number, line in enumerate(text) if line.startswith("cite"))
    assert right in refused(read("\n".join([*text[:at], wrong, *text[at + 1 :]])))


def test_a25_an_unknown_table_is_reported_with_the_nearest(read: Read) -> None:
    assert "unknown table 'persn' (did you mean 'person'?)" in refused(read("[persn.ada]\nname = 'Ada'"))


def test_a26_an_unknown_key_is_reported_with_the_nearest(read: Read) -> None:
    assert "unknown key 'nmes' (did you mean 'names'?)" in refused(read(f"{ENTITY}nmes = ['A']"))


def test_a27_one_id_in_two_files_names_both(read: Read) -> None:
    line = refused(read(ENTITY, ENTITY)).splitlines()[0]
    assert "/x1.toml:1:" in line
    assert line.endswith("/x0.toml:1 [double-id]")


def test_a28_one_id_or_key_twice_in_a_file_has_a_place(read_each: ReadEach) -> None:
    twice = (ENTITY, "[[person.ada]]\n", '[person]\nada.name = "A"\n', "[person.ada.name]\n", "name = 'A'")
    for said in read_each(*(ENTITY + again for again in twice)):
        assert re.search(":[34]: .*toml-syntax", said)


def test_a29_all_broken_files_are_reported_in_one_run_sorted(read: Read) -> None:
    lines = refused(read("a", ENTITY + "nmes = []", b"\xff")).splitlines()
    assert [line.partition("/facts/")[2][:8] for line in lines[:-1]] == ["x0.toml:", "x1.toml:", "x2.toml:"]
    assert lines[-1] == "xjfacts: the facts cannot be read: 3 problems"


def test_a30_a_reference_into_a_broken_file_is_reported_beside_it(read: Read) -> None:
    said = refused(read("[person.ada", paper().replace("[person.anna]", "[person.anna2]")))
    assert "/x0.toml:1:" in said
    assert "[unknown-entity]" in said


def test_a31_a_depth_that_readers_of_json_refuse_is_refused(read_each: ReadEach) -> None:
    for said in read_each(*(f"{ENTITY}names = {'[' * depth}{']' * depth}" for depth in (17, 100, 256, 390))):
        assert "[too-deep]" in said


def test_a31_the_deepest_answer_is_one_that_every_reader_of_json_takes(facts: Path) -> None:
    def depth(value: object) -> int:
        inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
        return 1 + max(map(depth, inner), default=0)

    assert depth(json.loads(sh('xjfacts --facts "$1" who anna --json', facts).out)) < 16


@pytest.mark.parametrize("date", ["2024-05-02", "2024-05-02T07:32:00Z", "07:32:00"])
def test_a32_a_native_date_is_refused_as_such(read: Read, date: str) -> None:
    said = refused(read(paper().replace('date = "2024"', f"date = {date}")))
    assert "'date': " in said
    assert "[wrong-type]" in said


def test_a33_an_impossible_date_is_refused(read_each: ReadEach) -> None:
    dates = ("2024-02-30", "0000", "2024-13", "2025/2024", "٢٠٢٤", "9" * 50_000)
    for said in read_each(*(paper().replace('date = "2024"', f"date = {json.dumps(date)}") for date in dates)):
        assert "[bad-date]" in said


def test_a34_a_key_that_is_no_id_is_refused(read_each: ReadEach) -> None:
    keys = ("", "Ada", "a b", "../x", "a/b", "é", "a" * 65, "a\\u001b", "__class__")
    for said in read_each(*(f'[person."{key}"]\nname = "Ada"' for key in keys)):
        assert "[bad-id]" in said
