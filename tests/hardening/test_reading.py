"""A: a fact file of any bytes is read, or refused with its place, in little time and memory."""

from __future__ import annotations

import codecs
import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from .paper import paper, write_paper
from .shell import LIMITED, Told, refused, sh

ASK = f'{LIMITED} xjfacts --facts "$1" who anna'
Read = Callable[..., Told]
ENTITY = '[person.ada]\nname = "Ada"\n'


@pytest.fixture
def read(tmp_path: Path) -> Read:
    """Ask a folder that holds these bytes, or several files of them, as `x.toml` and so on."""

    def ask(*contents: str | bytes) -> Told:
        folder = tmp_path / "facts"
        folder.mkdir(exist_ok=True)
        for name, content in zip("xyz", contents, strict=False):
            (folder / f"{name}.toml").write_bytes(content if isinstance(content, bytes) else content.encode())
        return sh(ASK, folder)

    return ask


@pytest.mark.parametrize(
    "broken", ["[person.ada\n", "name = \n", 'a = "open\n', "= 1\n", "]", "a = [1,,2]", 'a = """\n']
)
def test_a01_a_syntax_error_has_file_line_and_column(read: Read, broken: str) -> None:
    line, _ = refused(read(ENTITY + broken)).splitlines()
    assert "/x.toml:" in line
    assert "(column " in line
    assert "[toml-syntax]" in line
    assert 3 <= int(line.partition("/x.toml:")[2].partition(":")[0]) <= 4


@pytest.mark.parametrize("blank", ["", "\n", "# nothing yet\n", "\ufeff", " \t\r\n"])
def test_a02_an_empty_file_is_no_error(tmp_path: Path, blank: str) -> None:
    (write_paper(tmp_path / "facts") / "empty.toml").write_text(blank, encoding="utf-8", newline="")
    assert sh(ASK, tmp_path / "facts").status == 0


def test_a03_bytes_that_are_not_utf8_have_file_and_line(read: Read) -> None:
    assert "/x.toml:4: the byte 0xff is not UTF-8" in refused(read(ENTITY.encode() + b"# fine\n# \xff\n"))


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_a04_other_encodings_are_refused(read: Read, encoding: str) -> None:
    assert "/x.toml" in refused(read(f"# 張明\n{ENTITY}".encode(encoding)))


def test_a05_a_byte_order_mark_is_taken_off(read: Read) -> None:
    assert read(codecs.BOM_UTF8 + paper().encode()).status == 0


@pytest.mark.parametrize(("before", "line"), [("\n", 2), ("\ufeff", 1), (ENTITY, 3)])
def test_a06_a_byte_order_mark_elsewhere_has_a_place(read: Read, before: str, line: int) -> None:
    assert f"/x.toml:{line}:" in refused(read(f"{before}\ufeff{ENTITY}"))


def test_a07_crlf_gives_the_same_bytes(tmp_path: Path) -> None:
    unix, windows = tmp_path / "unix", tmp_path / "windows"
    write_paper(unix)
    windows.mkdir()
    (windows / "paper.toml").write_bytes(paper().replace("\n", "\r\n").encode())
    for form in ("table", "json", "ndjson", "csv", "markdown"):
        ask = f'xjfacts --facts "$1" who anna --format {form}'
        assert sh(ask, unix).out == sh(ask, windows).out


@pytest.mark.parametrize("end", ["\r", "\n\r", "\x0b", "\x0c", "\x85", "\u2028"])
def test_a08_other_line_ends_are_errors(read: Read, end: str) -> None:
    refused(read(ENTITY.replace("\n", end)))


def test_a09_arrays_a_hundred_thousand_deep(read: Read) -> None:
    assert "/x.toml:1:" in refused(read("a = " + "[" * 90_000 + "]" * 90_000))
    assert "/x.toml: more than" in refused(read("a = " + "[" * 100_001 + "]" * 100_001))


@pytest.mark.parametrize("inner", ["{a=", "[{a=", "[[], {a = [1, "])
def test_a10_inline_tables_a_hundred_thousand_deep(read: Read, inner: str) -> None:
    refused(read("a = " + inner * 100_000))


@pytest.mark.parametrize("key", [".".join(["a"] * 100_000), ' . "a"' * 50_000, ".".join(["'é'"] * 50_000)])
@pytest.mark.parametrize("place", ["{} = 1", "[{}]", "[[{}]]"])
def test_a11_a_key_of_a_hundred_thousand_parts(read: Read, key: str, place: str) -> None:
    refused(read(place.format(key.removeprefix(" . "))))


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


@pytest.mark.parametrize("number", ["0x" + "f" * 5_000, "0o" + "7" * 6_000, "0b" + "1" * 20_000, "9" * 5_000, "-9" * 1])
def test_a17_a_number_beyond_all_bounds(read: Read, number: str) -> None:
    assert "/x.toml:4:" in refused(read(f"{ENTITY}[group.many]\nsize = {number}"))


def test_a18_a_number_beyond_what_readers_of_json_keep(read: Read) -> None:
    assert "[number-too-large]" in refused(read(f"[group.many]\nname = 'many'\nsize = {2**53 + 1}"))


@pytest.mark.parametrize("number", ["1e999", "-1e999", "inf", "+inf", "nan", "-nan"])
def test_a19_a20_no_infinity_and_no_nan(read: Read, number: str) -> None:
    assert "/x.toml:3: infinity and nan" in refused(read(f"[group.many]\nname = 'many'\nsize = {number}"))


@pytest.mark.parametrize("escape", [r"\ud800", r"\udfff", r"\U0000d834\U0000dd1e", r"\U00110000", r"\UFFFFFFFF", r"\q"])
def test_a21_an_impossible_escape_has_a_place(read: Read, escape: str) -> None:
    told = read(f'[person.ada]\nname = "{escape}"')
    assert "/x.toml:2:" in refused(told)


@pytest.mark.parametrize("control", ["\0", "\x1b", "\x07", "\x7f", "\x08"])
def test_a22_a_raw_control_character_is_refused_and_shown(read: Read, control: str) -> None:
    assert control.encode("unicode_escape").decode() in refused(read(f'[person.ada]\nname = "A{control}da"'))


@pytest.mark.parametrize("value", ["1", "1.5", "true", "[]", "[1]", "{}", "{a = 1}", "2024-05-02", "07:32:00"])
def test_a23_a_wrong_type_has_file_and_field(read: Read, value: str) -> None:
    assert "/x.toml:2: 'name': " in refused(read(f"[person.ada]\nname = {value}"))


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
    assert "/y.toml:1:" in line
    assert "/x.toml:1 " in line


@pytest.mark.parametrize(
    ("again", "line"),
    [
        (ENTITY, 3),
        ("[[person.ada]]\n", 3),
        ('[person]\nada.name = "A"\n', 4),
        ("[person.ada.name]\n", 3),
        ("name = 'A'", 3),
    ],
)
def test_a28_one_id_or_key_twice_in_a_file_has_a_place(read: Read, again: str, line: int) -> None:
    assert f"/x.toml:{line}:" in refused(read(ENTITY + again))


def test_a29_all_broken_files_are_reported_in_one_run_sorted(read: Read) -> None:
    lines = refused(read("a", ENTITY + "nmes = []", b"\xff")).splitlines()
    assert [line.partition("/facts/")[2][:7] for line in lines[:-1]] == ["x.toml:", "y.toml:", "z.toml:"]
    assert lines[-1] == "xjfacts: the facts cannot be read: 3 problems"


def test_a30_a_broken_file_does_not_make_the_references_to_it_dangle_silently(read: Read) -> None:
    said = refused(read("[person.ada", paper().replace("[person.anna]", "[person.anna2]")))
    assert "/x.toml:1:" in said
    assert "[unknown-entity]" in said


@pytest.mark.parametrize("depth", [17, 100, 256, 390])
def test_a31_a_depth_that_readers_of_json_refuse_is_refused(read: Read, depth: int) -> None:
    assert "[too-deep]" in refused(read(f"{ENTITY}names = {'[' * depth}{']' * depth}"))


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


@pytest.mark.parametrize(
    "date", ["2024-02-30", "0000", "2024-13", "2025/2024", "٢٠٢٤", "2024-05-02\n", "-2024", "9" * 50_000]
)
def test_a33_an_impossible_date_is_refused(read: Read, date: str) -> None:
    assert "[bad-date]" in refused(read(paper().replace('date = "2024"', f"date = {json.dumps(date)}")))


@pytest.mark.parametrize("key", ["", "Ada", "a b", "../x", "a/b", "é", "a" * 65, "a\\u001b", "__class__"])
def test_a34_a_key_that_is_no_id_is_refused(read: Read, key: str) -> None:
    assert "[bad-id]" in refused(read(f'[person."{key}"]\nname = "Ada"'))
