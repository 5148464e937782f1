"""Text for people: nothing in it acts, hides or forges a line, and nothing of it is lost."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import time
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xjfacts.text import hidden_characters, visible, visible_json, written_out

ANY_TEXT = st.text(st.characters(exclude_categories=()))  # lone surrogates too


@pytest.mark.parametrize(
    ("hostile", "shown"),
    [
        ("\x1b[2Jclear", r"\x1b[2Jclear"),
        ("\x1b]8;;file:///etc\x07link", r"\x1b]8;;file:///etc\x07link"),
        ("\x9b2J", r"\x9b2J"),
        ("back\x08space", r"back\x08space"),
        ("del\x7f nul\x00", r"del\x7f nul\x00"),
        ("one\ntwo\r\tthree", r"one\ntwo\r\tthree"),
        ("next\x85line\u2028para\u2029", r"next\x85line\u2028para\u2029"),
        ("rab\u202eoof \u2066\u2069\u200e\u200f\u061c", r"rab\u202eoof \u2066\u2069\u200e\u200f\u061c"),
        ("zero\u200bwidth\u2060\ufeff", r"zero\u200bwidth\u2060\ufeff"),
        ("soft\u00adhyphen", r"soft\xadhyphen"),
        ("tag\U000e0001\U000e0061", r"tag\U000e0001\U000e0061"),
        ("private\ue000\U0010fffd", r"private\ue000\U0010fffd"),
        ("nobody's\U000effff\ufffe", r"nobody's\U000effff\ufffe"),
        ("undecodable\udcff", r"undecodable\udcff"),
        ("filler\u3164\u115f\u034f", r"filler\u3164\u115f\u034f"),
        ("Latin\u200djoiner\u200c", r"Latin\u200djoiner\u200c"),
        ("\u200cbefore", r"\u200cbefore"),
        ("می\u200c\u200cخواهم", r"می\u200c\u200cخواهم"),
        ("selector\ufe0f", r"selector\ufe0f"),
        ("☃\ufe0f\ufe0f", "☃\ufe0f\\ufe0f"),
    ],
)
def test_what_has_no_shape_is_shown_as_an_escape(hostile: str, shown: str) -> None:
    assert visible(hostile) == shown


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Erkin Tuniyaz",
        "“It’s genocide” – said 張明, Ürümqi… \\ [/] :smile:",
        "no-break\u00a0space, ideographic\u3000space, thin\u2009space",
        "می\u200cخواهم",  # Persian: a non-joiner inside a word
        "क्\u200dष and ക്\u200c",  # Indic: joiners after a virama, the second at the end of a word
        "شىنجاڭ, עברית, العربية",
        "👩\u200d💻 ❤\ufe0f\u200d🔥 1\ufe0f\u20e3",
        "葛\U000e0100城",  # an ideographic variation
        "ᠮᠣᠩᠭᠣᠯ\u180e",
        "\u06dd١٢\u0600",  # signs that enclose a number
        "e\u0301 combining",
    ],
)
def test_legal_text_of_any_script_is_kept(text: str) -> None:
    assert visible(text) == text
    assert hidden_characters(text) == ()


@pytest.mark.parametrize(
    ("number", "shown"),
    [
        (0.00005, "0.00005"), (-0.00005, "-0.00005"), (-0.5, "-0.5"), (7.0, "7.0"), (1234.5, "1,234.5"),
        (1_500_000_000, "1,500,000,000"), (1e22, "10,000,000,000,000,000,000,000"),
    ],
)  # fmt: skip
def test_numbers_have_no_exponent(number: float, shown: str) -> None:
    assert written_out(number, ",") == shown
    assert written_out(number) == shown.replace(",", "")


def test_hidden_characters_are_listed_once_in_the_order_of_the_text() -> None:
    assert hidden_characters("b\u202ea\x1b\u202e") == ("\\u202e", "\\x1b")


@given(ANY_TEXT)
def test_no_control_character_survives(text: str) -> None:
    kept_formats = {"\u200c", "\u200d", "\u180e", *"\u0600\u0601\u0602\u0603\u0604\u0605\u06dd\u070f\u0890\u0891\u08e2"}
    kept_formats |= {"\U000110bd", "\U000110cd"}
    for character in set(visible(text)) - kept_formats:
        assert unicodedata.category(character) not in {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}


@given(ANY_TEXT)
def test_what_is_visible_stays_as_it_is(text: str) -> None:
    assert visible(visible(text)) == visible(text)


@given(ANY_TEXT.filter(lambda text: "\\" not in text))
def test_nothing_is_lost(text: str) -> None:
    read_back = re.sub(
        r"\\(x..|u.{4}|U.{8}|[nrt])", lambda match: match[0].encode().decode("unicode_escape"), visible(text)
    )
    assert read_back == text


@given(ANY_TEXT)
def test_hidden_characters_are_named_exactly_where_text_changes(text: str) -> None:
    assert bool(hidden_characters(text)) == (visible(text) != text)


@given(ANY_TEXT)
def test_any_text_can_be_written_as_utf8(text: str) -> None:
    visible(text).encode()


@pytest.mark.parametrize(
    "text", ["\u200d" * 200_000, "\x1b" * 200_000, "☃\ufe0f" * 100_000, "5" * 200_000, "ب\u200c" * 100_000]
)
def test_time_is_linear_in_the_length(text: str) -> None:
    start = time.perf_counter()
    visible(text)
    assert time.perf_counter() - start < 2


def test_starting_costs_no_unicode_tables_and_no_patterns() -> None:
    code = "import functools, re, sys; re.compile = None; from xjfacts.text import visible; print(visible('plain'), *sys.modules)"
    shown, *modules = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    ).stdout.split()
    assert shown == "plain"
    assert "unicodedata" not in modules


@given(st.recursive(ANY_TEXT, lambda inner: st.lists(inner) | st.dictionaries(ANY_TEXT, inner), max_leaves=5))
def test_visible_json_is_the_same_json_with_nothing_hidden(value: object) -> None:
    shown = visible_json(json.dumps(value, ensure_ascii=False, indent=1))
    assert json.loads(shown) == value
    assert all(visible(line) == line for line in shown.split("\n"))
