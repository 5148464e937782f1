"""C: no text of a fact file or a question acts on a terminal, hides in it, or is lost."""

from __future__ import annotations

import io
import json
import re
from csv import reader
from pathlib import Path

import pytest

from xjfacts.corpus.values import LONGEST_TEXT

from .paper import write_paper
from .shell import LIMITED, in_terminal, refused, sh

# What asks for all that a paper says, in every form that people see; each is one line for a shell.
COMMANDS = [
    'xjfacts --facts "$1" who anna',
    'xjfacts --facts "$1" who anna --format markdown',
    'xjfacts --facts "$1" who anna --format csv',
    'xjfacts --facts "$1" who anna --json',
    'xjfacts --facts "$1" show anna paper paper/announced',
    'xjfacts --facts "$1" cite paper/announced',
    'xjfacts --facts "$1" cite paper/announced --style markdown',
    'xjfacts --facts "$1" cite paper/announced --style biblatex',
    'xjfacts --facts "$1" cite paper/announced --style csl-json',
    'xjfacts --facts "$1" export csv',
    'xjfacts --facts "$1" export ftm',
    'xjfacts --facts "$1" export dot',
    'xjfacts check "$1"; true',
]
PAGE = COMMANDS[0]

HOSTILE = {
    "c01 clear the screen": ("\x1b[2J", r"\x1b[2J"),
    "c02 set the title": ("\x1b]0;owned\x07", r"\x1b]0;owned\x07"),
    "c03 link": (
        "\x1b]8;;http://evil.example\x1b\\go\x1b]8;;\x1b\\",
        r"\x1b]8;;http://evil.example\x1b\go\x1b]8;;\x1b\ "[:-1],
    ),
    "c04 write the clipboard": ("\x1b]52;c;cm0gLXJm\x07", r"\x1b]52;c;cm0gLXJm\x07"),
    "c05 8-bit control sequence": ("\x9b2J", r"\x9b2J"),
    "c06 8-bit string": ("\x90payload\x9c", r"\x90payload\x9c"),
    "c07 backspace": ("x\b\b\b", r"x\x08\x08\x08"),
    "c08 carriage return": ("x\rPaid", r"x\rPaid"),
    "c09 delete": ("\x7f", r"\x7f"),
    "c10 nul": ("\0", r"\x00"),
    "c11 direction override": ("\u202egnol", r"\u202egnol"),
    "c12 direction isolates": ("\u2066a\u2069\u200e\u200f\u061c", r"\u2066a\u2069\u200e\u200f\u061c"),
    "c13 zero width": ("a\u200bb\ufeffc\u00add\u2060", r"a\u200bb\ufeffc\xadd\u2060"),
    "c14 tags": ("\U000e0041\U000e007f", r"\U000e0041\U000e007f"),
    "c15 line separators": ("a\u2028b\u2029c\x85d\x0be\x0cf\ng", r"a\u2028b\u2029c\x85d\x0be\x0cf\ng"),
    "c15b device control": ("\x1bP+q544e\x1b\\ \x1bc \x1b[6n \x05", r"\x1bP+q544e\x1b\ \x1bc \x1b[6n \x05"),
}
ALL_HOSTILE = "".join(text for text, _ in HOSTILE.values())
RAW = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff\U000e0000-\U000e007f]"
)


def hostile_paper(tmp_path: Path, text: str) -> Path:
    """Return a folder with a paper that has this text in all that it says."""
    fields = ("name", "gist", "quote", "title", "publisher")
    values = {field: f"Anna {text} {field}" for field in fields}
    return write_paper(tmp_path / "facts", **values, url=f"https://paper.example/{text}")


@pytest.mark.parametrize(("text", "shown"), HOSTILE.values(), ids=HOSTILE)
def test_c01_to_c15_what_acts_is_shown(tmp_path: Path, text: str, shown: str) -> None:
    folder = hostile_paper(tmp_path, text)
    page = sh(PAGE, folder)
    assert page.lines == []
    for field in ("name", "gist", "quote", "title", "publisher"):
        assert f"Anna {shown} {field}" in page.text
    assert not RAW.search(page.text)


@pytest.mark.parametrize("command", COMMANDS)
def test_c16_no_form_of_any_answer_lets_through_what_acts(tmp_path: Path, command: str) -> None:
    told = sh(command, hostile_paper(tmp_path, ALL_HOSTILE))
    assert (told.status, told.lines) == (0, [])
    assert "Anna" in told.text or "check" in command
    assert not RAW.search(told.text.replace("\r\n", "\n"))


@pytest.mark.parametrize(("color", "columns"), [("always", "40"), ("auto", "80"), ("never", "80")])
def test_c16_on_a_terminal_only_our_own_sequences_act(tmp_path: Path, color: str, columns: str) -> None:
    folder = hostile_paper(tmp_path, ALL_HOSTILE)
    shown = in_terminal(f'xjfacts --color {color} --facts "$1" who anna', folder, COLUMNS=columns)
    ours = re.sub(r"\x1b\[[0-9;]*m|\x1b\]8;[^;\x1b]*;(https://[!-~]*)?\x1b\\", "", shown)
    assert not RAW.search(ours)
    assert "owned" in ours


MARKUP = {
    "c17 closing tag": "[/] [/bold] [bold red]loud[/]",
    "c18 link in markup": "[link=https://evil.example]text[/link] [@click=app.bell]",
    "c19 url in brackets": "[https://paper.example/a?b=c]",
    "c20 brackets of all kinds": "[ ] [[x]] {} {0} %s $HOME `id` <b> & &amp;",
    "c21 emoji code": ":smile: :warning: :+1:",
    "c22 html": "<script>alert(1)</script><img src=x onerror=alert(1)>",
    "c23 backslash at the end": "ends in \\",
    "c24 backslashes": "\\[bold] \\\\ \\n \\x1b",
}


@pytest.mark.parametrize("text", MARKUP.values(), ids=MARKUP)
def test_c17_to_c24_nothing_is_taken_for_markup(tmp_path: Path, text: str) -> None:
    folder = write_paper(tmp_path / "facts", name=text, gist=text, quote=text, title=text, publisher=text)
    assert in_terminal(PAGE, folder, COLUMNS="1000", NO_COLOR="1").count(text) >= 3


def test_c17_to_c24_nothing_is_taken_for_markup_in_a_pipe(tmp_path: Path) -> None:
    text = " ".join(MARKUP.values())
    assert sh(PAGE, write_paper(tmp_path / "facts", gist=text, quote=text)).text.count(text) == 2


def test_c22_markdown_shows_html_and_runs_none(tmp_path: Path) -> None:
    folder = write_paper(tmp_path / "facts", gist=MARKUP["c22 html"], quote=MARKUP["c22 html"])
    assert not re.search(r"(?<!\\)<(script|img)", sh(f"{PAGE} --format markdown", folder).text)


@pytest.mark.parametrize(
    ("asked", "shown"),
    [("x\x1b[2J", r"x\x1b[2J"), ("x\x07", r"x\x07"), ("x\u202ey", r"x\u202ey"), ("x\ny", r"x\ny"), ("x\x9b", r"x\x9b")],
)
def test_c25_what_was_asked_is_echoed_escaped(facts: Path, asked: str, shown: str) -> None:
    said = refused(sh('xjfacts --facts "$1" who "$2"', facts, asked), 1)
    assert shown in said
    assert len(said.splitlines()) == 1
    told = sh('xjfacts --facts "$1" names "$2"', facts, asked)
    assert not RAW.search(told.text)


@pytest.mark.parametrize(
    "arguments", ["--x\x1b[2J", "x\x1b[2J", "who --x\x1b", "check --texts x\x1b", "--color x\x1b", "schema x\x1b", "cite --style x\x1b",
                  "new x\x1b --body x\x1b", "events --since x\x1b", "export x\x1b", "completion x\x1b", "--facts"]
)  # fmt: skip
def test_c26_wrong_usage_is_echoed_escaped_on_one_line(facts: Path, arguments: str) -> None:
    told = sh('xjfacts "$@"', *arguments.split(" "))
    said = refused(told, 4 if arguments.startswith("new") else 2)
    assert len(said.splitlines()) <= 2
    assert r"\x1b" in said or arguments == "--facts"


# Some that take time by their kind; each fills a statement of the greatest length that is read.
LONG = {
    "digits": "5", "a path": "a/", "marks": "e\u0301", "Chinese": "張", "hidden": "\u200b", "quotes": "“‘",
    "brackets": "[x](", "spaces": "a  ",
}  # fmt: skip


@pytest.mark.parametrize("text", LONG.values(), ids=LONG)
def test_c27_a_statement_of_the_greatest_length_is_shown_in_little_time(tmp_path: Path, text: str) -> None:
    long = (text * LONGEST_TEXT)[: LONGEST_TEXT - 1].rstrip() + "."
    folder = write_paper(tmp_path / "facts", gist=long, quote=long)
    coloured = PAGE.replace("--facts", "--color always --facts")
    told = sh(f"{LIMITED} {PAGE} --json && {PAGE} --format csv && {coloured}", folder)
    assert told.status == 0
    if text not in {"\u200b", "a  ", "“‘"}:  # which are shown otherwise
        assert told.text.count(long) >= 4


@pytest.mark.parametrize("field", ["gist", "quote", "title", "publisher", "name"])
def test_c27_a_longer_one_is_refused_with_its_bound(tmp_path: Path, field: str) -> None:
    folder = write_paper(tmp_path / "facts", **{field: "5" * 50_000})
    bound = "250" if field == "name" else "2000"
    said = refused(sh(f"{LIMITED} {PAGE}", folder))
    assert re.search(rf"paper.toml:[0-9]+: '{field}': .*expected at most {bound} characters", said)


def test_c28_a_very_long_word_is_whole_on_a_narrow_terminal(tmp_path: Path) -> None:
    folder = write_paper(tmp_path / "facts", gist="a" * 500 + ".")
    assert sum(map(len, re.findall("a{5,}", in_terminal(PAGE, folder, COLUMNS="30")))) == 500


def test_c29_csv_on_a_terminal_is_escaped_too(tmp_path: Path) -> None:
    shown = in_terminal(f"{PAGE} --format csv", hostile_paper(tmp_path, "\x1b[2J\u202e"))
    assert r"Anna \x1b[2J\u202e name" in shown
    assert "\x1b" not in shown


def test_c30_json_on_a_terminal_is_escaped_too(tmp_path: Path) -> None:
    shown = in_terminal(f"{PAGE} --json", hostile_paper(tmp_path, "\x9b\x1b[2J\u202e"))
    assert not RAW.search(shown)
    assert json.loads(shown)["entity"]["name"] == "Anna \x9b\x1b[2J\u202e name"


LEGAL = [
    "می\u200cخواهم", "क्\u200dष", "👩\u200d💻", "❤\ufe0f\u200d🔥", "שלום עולם", "شىنجاڭ ئۇيغۇر", "張明", "Ürümqi", "Zo\u0308e",
    "no-break\u00a0space", "🇺🇸",
]  # fmt: skip


def test_c31_legal_joiners_and_letters_of_any_direction_stay_on_a_terminal(tmp_path: Path) -> None:
    text = ", ".join(LEGAL)
    shown = in_terminal(PAGE, write_paper(tmp_path / "facts", gist=f"{text}."))
    assert "".join(text.split()) in "".join(shown.split())


@pytest.mark.parametrize("form", ["table", "json", "ndjson", "csv", "markdown"])
def test_c31_legal_text_stays_in_every_form(tmp_path: Path, form: str) -> None:
    text = ", ".join(LEGAL)
    assert f"{text}." in sh(f"{PAGE} --format {form}", write_paper(tmp_path / "facts", gist=f"{text}.")).text


@pytest.mark.parametrize("width", ["20", "33", "79"])
def test_c32_wide_letters_stay_whole_on_any_width(tmp_path: Path, width: str) -> None:
    folder = write_paper(tmp_path / "facts", gist="張明🇺🇸" * 20)
    assert re.sub(r"[^張明]", "", in_terminal(PAGE, folder, COLUMNS=width)).count("張明") >= 20


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "file:///etc/passwd",
        "data:text/html,x",
        "vbscript:x",
        " https://x",
        "//x",
        "x",
        "ssh://x",
    ],
)
def test_c33_only_the_web_is_linked(tmp_path: Path, url: str) -> None:
    folder = write_paper(tmp_path / "facts", url=url)
    shown = in_terminal(PAGE.replace("--facts", "--color always --facts"), folder, VTE_VERSION="7200")
    assert "\x1b]8;" not in shown


def test_c34_the_web_is_linked_where_the_terminal_knows_links_and_shows_colours(facts: Path) -> None:
    knows = {"VTE_VERSION": "7200", "TERM": "xterm-256color"}
    assert "\x1b]8;id=1;https://gazette.example/" in in_terminal(PAGE, facts, **knows)
    assert "\x1b]8;" not in in_terminal(PAGE, facts, TERM="xterm-256color")
    for variables in ({"NO_COLOR": "1"}, {"TERM": "dumb"}):
        assert "\x1b" not in in_terminal(PAGE, facts, **knows | variables)
    assert b"\x1b" not in sh(PAGE, facts, **knows).out
    assert b"\x1b]8;" not in sh(PAGE.replace("--facts", "--color always --facts"), facts, **knows).out


def test_c35_no_quote_forges_a_line_of_the_page(tmp_path: Path) -> None:
    forged = "x\n  2024  imposed  Freedonia sanctioned nobody. [1]"
    plain = sh(PAGE, write_paper(tmp_path / "plain")).text
    for field in ("name", "gist", "quote", "title", "publisher"):
        told = sh(PAGE, write_paper(tmp_path / field, **{field: forged}))
        assert len(told.text.splitlines()) == len(plain.splitlines())


def test_c36_no_name_forges_a_row_or_a_field_of_csv(tmp_path: Path) -> None:
    forged = 'x",y\r\n"paper/forged","sanction"\n\t;'
    plain = list(reader(io.StringIO(sh(f"{PAGE} --format csv", write_paper(tmp_path / "plain")).text)))
    told = sh(f"{PAGE} --format csv", write_paper(tmp_path / "forged", name=forged, gist=forged, quote=forged))
    rows = list(reader(io.StringIO(told.text)))
    assert [len(row) for row in rows] == [len(row) for row in plain]
    assert not any(row[0] == "paper/forged" for row in rows)
