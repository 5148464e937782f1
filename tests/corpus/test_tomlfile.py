"""TOML files: every file is data with lines or a list of problems, and no file can make reading it expensive."""

from __future__ import annotations

import gc
import re
import subprocess
import sys
from pathlib import Path
from random import Random
from typing import Any

import pytest
import tomli
from hypothesis import given, settings
from hypothesis import strategies as st

from xjfacts import files
from xjfacts.corpus import tomlfile
from xjfacts.corpus.tomlfile import TomlFile, parse_toml, read_toml
from xjfacts.errors import Problem

CODES = {*files.CODES, *tomlfile.CODES}

FACT = """
# A comment with [brackets], "quotes" and a = sign.
[sanction.us-x]
gist = "The U.S. Treasury... imposed e.g. i.e. etc. on X. It did. So. It. Said. [in 2021] {and} = #1."
cite = [
    { p = 1, quote = "first" },
    { p = 2,
      quote = "second ] }" },
]
by = ["us", 'uk']
"""


def parse(text: str | bytes) -> TomlFile:
    file, problems = parse_toml(text.encode() if isinstance(text, str) else text, path="x.toml", name="x.toml")
    assert problems == []
    assert file is not None
    return file


def problems_of(text: str | bytes) -> list[tuple[int, str]]:
    file, problems = parse_toml(text.encode() if isinstance(text, str) else text, path="x.toml", name="x.toml")
    assert file is None
    assert all(
        problem.file == "x.toml" and problem.code in CODES and "\n" not in problem.message for problem in problems
    )
    return [(problem.line, problem.code) for problem in problems]


def paths_of(value: Any, path: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    below = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [found for key, item in below for found in ((*path, key), *paths_of(item, (*path, key)))]


# What is accepted -----------------------------------------------------------------------------------------------------


def test_a_file_is_read_with_its_name_text_and_data(tmp_path: Path) -> None:
    (tmp_path / "x.toml").write_bytes(b"\xef\xbb\xbfa = '\xc3\xa9'\r\n")
    file, problems = read_toml(tmp_path / "x.toml", name="facts/x.toml", root=tmp_path)
    assert problems == []
    assert file is not None
    assert (file.name, file.data, file.text) == ("facts/x.toml", {"a": "é"}, "a = 'é'\n")


@pytest.mark.parametrize("bom", [b"", b"\xef\xbb\xbf"])
def test_byte_order_marks_and_line_ends_change_neither_data_nor_lines(bom: bytes) -> None:
    multiline = FACT + 'note = """\none\\\n  two\n"""\nlast = 1\n'
    other = parse(bom + multiline.replace("\n", "\r\n").encode())
    assert other.data == parse(multiline).data
    assert other.line_of(("sanction", "us-x", "last")) == multiline.count("\n")


def test_prose_full_of_dots_brackets_and_digits_is_no_structure() -> None:
    hostile = "a.b.c.d.e.f.g.h.i.j [[[[[[[[[[[[[[[[[[[[ {{{{{{{{{{{{{{{{{{{{ == 1e999 inf " + "5" * 50_000
    text = f"""
        basic = "{hostile} \\" # "   # {hostile}
        literal = '{hostile} \\'
        multi = \"\"\"
        {hostile}\"\"\"\"\"
        raw = '''
        {hostile}''''
    """
    assert parse(text).data["literal"] == f"{hostile} \\"


def test_numbers_that_every_reader_keeps_are_kept() -> None:
    assert parse("a = [9007199254740992, -9007199254740992, 0xff, 1.5e300, true]").data["a"][0] == 2**53


def test_dates_are_left_for_the_conversion_to_refuse() -> None:
    assert str(parse("date = 2021-03-18").data["date"]) == "2021-03-18"


def test_the_collector_is_as_it_was_afterwards() -> None:
    parse(FACT)
    problems_of("=")
    assert gc.isenabled()
    gc.disable()
    try:
        parse(FACT)
        assert not gc.isenabled()
    finally:
        gc.enable()


# What is refused ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("a = 1\nb = \n", (2, "toml-syntax")),
        ("[a]\nx = 1\n[b]\n[a]\n", (4, "toml-syntax")),
        ("a = 1\na = 2\n", (2, "toml-syntax")),
        ("a = 1\nb = '''never\nclosed", (3, "toml-syntax")),
        ('a = 1\nb = "\\ud800"\n', (2, "toml-syntax")),
        ('a = 1\nb = "\x00"\n', (2, "toml-syntax")),
        ("a = 1\rb = 2", (1, "toml-syntax")),
        ("a = 2021-02-30", (1, "toml-syntax")),
        (b"a = 1\n\n\xff", (3, "not-utf-8")),
        (b"\xef\xbb\xbfa = 1\r\nb = '\xed\xa0\x80'", (2, "not-utf-8")),
        ("a = 1\n".encode("utf-16"), (1, "not-utf-8")),
        (b"\xef\xbb\xbf\xef\xbb\xbfa = 1", (1, "toml-syntax")),
        ("\na = 9007199254740993", (2, "number-too-large")),
        ("a = [\n1,\n[2, -9007199254740993]]", (3, "number-too-large")),
        ("a = { b = 1,\nc = 0x" + "f" * 900 + " }", (2, "number-too-large")),
        ("\na = 0x" + "f" * 5000, (2, "number-too-large")),
        ("\na = " + "1" * 5000, (2, "number-too-large")),
        ("\na = [[1e999]]", (2, "number-not-finite")),
        ("a = 1\n[t]\nb = nan", (3, "number-not-finite")),
        ("a = -inf", (1, "number-not-finite")),
        ("\n" + ".".join("abcdefghi") + " = 1", (2, "key-too-long")),
        ('\n[ a . \'b.c\' ."\\".". d.e.f.g.h.i ]', (2, "key-too-long")),
        ("a = { " + ".".join("abcdefghi") + " = 1 }", (1, "key-too-long")),
        ("a" * 2000 + " = 1", (1, "key-too-long")),
        ("\na = " + "[" * 17 + "]" * 17, (2, "too-deep")),
        ("\na = " + "[\n" * 390 + "]" * 390, (18, "too-deep")),
        ("\na = " + "[\n" * 500 + "]" * 500, (18, "too-deep")),
        ("\na = " + "{ a = " * 500, (2, "too-deep")),
    ],
)
def test_a_refusal_names_line_and_code(text: str | bytes, problem: tuple[int, str]) -> None:
    assert problems_of(text) == [problem]


def test_a_syntax_error_names_the_column_too() -> None:
    _, problems = parse_toml(b"a = 1\nb = [1, !]", path="x.toml", name="facts/x.toml")
    assert [str(problem) for problem in problems] == ["facts/x.toml:2: invalid value (column 9) [toml-syntax]"]


def test_a_doubled_table_is_named_as_it_is_written() -> None:
    _, problems = parse_toml(b"[person.x]\n[person.x]", path="x.toml", name="x.toml")
    assert problems == [Problem("x.toml", 2, "toml-syntax", "cannot declare person.x twice (column 10)")]


def test_all_bad_numbers_of_a_file_are_reported_in_order_up_to_a_few() -> None:
    assert problems_of("a = inf\nb = [1,\nnan]\nc = 9999999999999999999") == [
        (1, "number-not-finite"),
        (3, "number-not-finite"),
        (4, "number-too-large"),
    ]
    assert len(problems_of("a = [" + "inf," * 1000 + "]")) == tomlfile.MAX_PROBLEMS


def test_a_message_stays_short_however_long_the_key_is() -> None:
    _, problems = parse_toml(b"['" + b"('" * 500_000 + b"x']\n", path="x.toml", name="x.toml")
    assert len(str(problems[0])) < 400


def test_what_files_refuses_is_a_problem_of_the_file(tmp_path: Path) -> None:
    (tmp_path / "x.toml").symlink_to("/dev/zero")
    _, problems = read_toml(tmp_path / "x.toml", name="facts/x.toml", root=tmp_path)
    assert [(problem.file, problem.code) for problem in problems] == [("facts/x.toml", "outside-folder")]


@pytest.mark.parametrize(
    "error", [ValueError("odd"), MemoryError(), RecursionError(), tomli.TOMLDecodeError("odd", "a", 0)]
)
def test_whatever_the_parser_raises_is_a_problem_of_the_file(monkeypatch: pytest.MonkeyPatch, error: Exception) -> None:
    def fail(_: str, **__: object) -> None:
        raise error

    monkeypatch.setattr(tomli, "loads", fail)
    assert len(problems_of("a = 1")) == 1


def test_three_hundred_files_are_read_with_32_descriptors(tmp_path: Path) -> None:
    for number in range(300):
        (tmp_path / f"{number}.toml").write_text("a = 1" if number % 2 else "a = ")
    code = (
        "import resource, sys\n"
        "from xjfacts.files import find_fact_files\n"
        "from xjfacts.corpus.tomlfile import read_toml\n"
        "resource.setrlimit(resource.RLIMIT_NOFILE, (32, 32))\n"
        "kept = [read_toml(f.path, name=f.name, root=sys.argv[1]) for f in find_fact_files(sys.argv[1])[0]]\n"
        "print(sum(file is not None for file, _ in kept), {p.code for _, problems in kept for p in problems})"
    )
    result = subprocess.run([sys.executable, "-c", code, str(tmp_path)], capture_output=True, text=True, check=True)
    assert result.stdout == "150 {'toml-syntax'}\n"


# What a hostile file costs --------------------------------------------------------------------------------------------

HOSTILE = {
    "nested arrays": "'a=' + '[' * 100_000",
    "nested arrays, closed": "'a=' + '[' * 100_000 + ']' * 100_000",
    "nested tables": "'a=' + '{a=' * 100_000",
    "nested as deep as the parser goes": "'a=' + '[' * 390 + '1,' * 150_000 + ']' * 390",
    "one key of 100,000 parts": "'a' + '.a' * 100_000 + '=1'",
    "one key of 100,000 quoted parts": "'a' + ' . \"a\"' * 100_000 + '=1'",
    "one key of 100,000 parts in a table": "'x = {a' + '.a' * 100_000 + '=1}'",
    "a header of 998 parts": "'[a' + '.a' * 997 + ']\\n' + ''.join(f'k{i}=1\\n' for i in range(80_000))",
    "500 keys of 999 parts": "''.join(f'k{i}' + '.a' * 998 + '=1\\n' for i in range(500))",
    "as many tables as fit": "''.join(f'[{i:x}]\\n' for i in range(450_000))",
    "as many tables as are allowed": "''.join(f'[{i:x}]\\n' for i in range(99_000)) + 'z=inf'",
    "as many long headers as are allowed": "''.join(f'[{i:x}.b.c.d.e.f.g.h]\\n' for i in range(12_000)) + 'z=inf'",
    "as many arrays of tables as fit": "'[[a]]\\n' * 600_000",
    "as many empty arrays as fit": "'a=[' + '[],' * 1_300_000 + ']'",
    "as many integers as fit": "'a=[' + '1,' * 2_000_000 + ']'",
    "a number of 4 MB": "'a=' + '1' * 4_000_000 + '.5'",
    "a hexadecimal number of 4 MB": "'a=0x' + 'f' * 4_000_000",
    "a word of 4 MB": "'a' * 4_000_000",
    "a string of 2 million escapes": "'a=\"' + '\\\\n' * 2_000_000 + '\"'",
    "a string that never ends": "'a=\"\"\"' + 'b\"' * 2_000_000",
    "quotation marks": "'\"' * 4_000_000",
    "apostrophes": '"\'" * 4_000_000',
    "backslashes": "'a=\"' + '\\\\' * 4_000_000",
    "full stops": "('.' * 9 + '\\n') * 400_000",
    "empty lines": "'\\n' * 4_000_000",
    "comments": "'#\\n' * 2_000_000",
    "infinities": "'a=[' + 'inf,' * 190_000 + ']'",
}


@pytest.mark.parametrize("source", HOSTILE.values(), ids=HOSTILE.keys())
def test_no_file_costs_much_time_or_memory(source: str) -> None:
    code = (
        "import resource, sys\n"
        "from xjfacts.corpus.tomlfile import MAX_BYTES, parse_toml\n"
        "resource.setrlimit(resource.RLIMIT_AS, (400 << 20, 400 << 20))\n"
        f"raw = ({source}).encode()\n"
        "assert len(raw) <= MAX_BYTES\n"
        "before = resource.getrusage(resource.RUSAGE_SELF).ru_utime\n"
        "_, problems = parse_toml(raw, path='x', name='x')\n"
        "used = resource.getrusage(resource.RUSAGE_SELF).ru_utime - before\n"
        "peak = next(line for line in open('/proc/self/status') if line.startswith('VmHWM'))\n"  # ru_maxrss is inherited
        "print(used, int(peak.split()[1]) // 1024, any('memory' in p.message for p in problems))"
    )
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60)
    seconds, megabytes, starved = result.stdout.split()
    assert starved == "False"
    assert float(seconds) < 5  # 2 on an ordinary machine
    assert int(megabytes) < 200


# Lines ----------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("path", "line"),
    [
        (("sanction",), 3),
        (("sanction", "us-x"), 3),
        (("sanction", "us-x", "gist"), 4),
        (("sanction", "us-x", "cite", 0), 6),
        (("sanction", "us-x", "cite", 1, "p"), 7),
        (("sanction", "us-x", "cite", 1, "quote"), 8),
        (("sanction", "us-x", "by", 1), 10),
        (["sanction", "us-x", "by", 1], 10),
        (("sanction", "us-x", "missing"), 3),
        (("sanction", "us-x", "cite", 7, "quote"), 5),
        (("missing", "us-x"), 0),
        ((), 0),
    ],
)
def test_a_path_has_the_line_of_its_longest_known_beginning(path: Any, line: int) -> None:
    assert parse(FACT).line_of(path) == line


@pytest.mark.parametrize(
    ("written", "read"), [("1.5e9", 1_500_000_000), ("2E3", 2_000), ("7.0", 7.0), ("5e-05", 0.00005), ("1e300", 1e300)]
)
def test_a_whole_number_is_one_also_if_it_has_an_exponent(written: str, read: float) -> None:
    value = parse(f"[figure.x]\nvalue = {written}\n").data["figure"]["x"]["value"]
    assert (value, type(value)) == (read, type(read))


def test_a_table_has_the_line_of_its_own_header_wherever_that_is() -> None:
    file = parse("[a.b]\nx = 1\n[a]\ny = 2\n[[c]]\n[c.d]\n[[c]]\n[c.d]\nz = 3\n[[c.e]]\n")
    paths = [("a",), ("a", "b"), ("c",), ("c", 0), ("c", 0, "d"), ("c", 1), ("c", 1, "d", "z"), ("c", 1, "e", 0)]
    assert [file.line_of(path) for path in paths] == [3, 1, 5, 5, 6, 7, 9, 10]


def test_strings_dates_and_comments_do_not_lead_the_lines_astray() -> None:
    file = parse(
        "a = [1979-05-27 07:32:00, 1.5, '''\n]\n''', # ]\n"
        '"""\\"""] \\\\""", """x""""", "\\\\", \'\\\',\n'
        "true]\n"
        "'b.c' = 1\n"
        '"d\\u0065\\"" . f = 2 # = {\n'
    )
    paths = [("a", 1), ("a", 3), ("a", 6), ("a", 7), ("b.c",), ('de"', "f")]
    assert [file.line_of(path) for path in paths] == [1, 4, 4, 5, 6, 7]


def document(random: Random) -> str:
    """Return valid TOML in any layout, in which every key and every string holds a word of its own (k0, v1, k2, ...)."""
    number = iter(range(10_000))

    def layout() -> str:
        return random.choice(["", " ", "\n", " # ] } ' = \"\n", "\n\n\t"])

    def key() -> str:
        word = f"k{next(number)}"
        return random.choice([word, f'"{word} \\" ] = #."', f"'{word} = [ {{ }}\"\\'", f'"{word}\\u00e9"'])

    def dotted_key() -> str:
        return random.choice([".", " . ", "\t."]).join(key() for _ in range(random.randint(1, 3)))

    def scalar() -> str:
        word = f"v{next(number)}"
        one_line = [f'"{word} \\\\\\" ] }} #"', f"'{word} \" ] }} # \\'"]
        more_lines = [f'"""{word}\n" \\""" ]\\\n  """""', f"'''{word}'\n ]'''''"]
        others = ["1", "-1.5e3", "true", "1979-05-27 07:32:00.5", "1979-05-27", "07:32:00"]
        return random.choice([*one_line, *more_lines, *others])

    def value(depth: int) -> str:
        kind = random.choice(["scalar", "array", "table"]) if depth else "scalar"
        if kind == "scalar":
            return scalar()
        items = [
            f"{layout()}{'' if kind == 'array' else f'{dotted_key()} = '}{value(depth - 1)}{layout()}"
            for _ in range(random.randint(0, 3))
        ]
        inside = ",".join(items) + random.choice(["", f",{layout()}"] if items else [""])
        return f"[{inside}]" if kind == "array" else f"{{{inside}}}"

    def statements(at_most: int) -> str:
        lines = [f"{layout()}\n{dotted_key()} = {value(3)} # [x] = 1\n" for _ in range(random.randint(0, at_most))]
        return "".join(lines)

    def section() -> str:
        forms = ["[{0}]\n", "[ {0} ] # ]]\n", "[[{0}]]\n", "[[{0}]]\n{1}\n[[ {0} ]]\n", "[[{0}]]\n[{0}.{2}]\n"]
        return random.choice(forms).format(dotted_key(), statements(1), key()) + statements(3)

    return statements(2) + "".join(section() for _ in range(random.randint(0, 4)))


@given(st.randoms(use_true_random=True))
@settings(max_examples=200, deadline=None)
def test_every_key_and_string_of_any_document_is_on_its_line(random: Random) -> None:
    text = document(random)
    file = parse(text)
    lines = text.split("\n")
    paths = list(paths_of(file.data))
    random.shuffle(paths)
    for path in paths:
        value: Any = file.data
        for step in path:
            value = value[step]
        line = lines[file.line_of(path) - 1]
        if isinstance(path[-1], str):
            assert re.search(rf"\b{re.match('k[0-9]+', path[-1])[0]}(?![0-9])", line)  # type: ignore[index]
        elif isinstance(value, str):
            assert re.search(rf"\b{re.match('v[0-9]+', value)[0]}(?![0-9])", line)  # type: ignore[index]
        assert file.line_of(path) == parse(text).line_of(path), "it depends on what was asked before"


@given(st.data())
@settings(max_examples=300, deadline=None)
def test_a_damaged_file_gives_data_or_documented_problems(data: st.DataObject) -> None:
    raw = bytearray(FACT.encode())
    for _ in range(data.draw(st.integers(1, 4))):
        start = data.draw(st.integers(0, len(raw)))
        end = data.draw(st.integers(start, min(start + 9, len(raw))))
        raw[start:end] = data.draw(
            st.binary(max_size=4) | st.sampled_from([b"[", b"]", b'"', b"'''", b"\\", b"\r", b".", b"inf"])
        )
    file, problems = parse_toml(bytes(raw), path="x.toml", name="x.toml")
    assert (file is None) == bool(problems)
    assert {problem.code for problem in problems} <= CODES
    if file is not None:
        assert all(1 <= file.line_of(path) <= file.text.count("\n") + 1 for path in paths_of(file.data))
