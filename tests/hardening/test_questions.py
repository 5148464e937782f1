"""E: a question of any text is understood, answered with nothing, or refused; it is never answered by accident."""

from __future__ import annotations

import json
import unicodedata
from pathlib import Path
from typing import Literal

import pytest

from xjfacts.corpus.loader import load_corpus
from xjfacts.names.lookup import NameIndex

from .paper import write_paper
from .shell import LIMITED, refused, sh

SOME = ("who", "sources", "sanctions --by", "search")  # a command for each way by which a name is looked up


@pytest.fixture
def index(facts: Path) -> NameIndex:
    return load_corpus([str(facts)]).names


def resolved(facts: Path, name: str) -> tuple[str | None, str, float]:
    """Return what a name was taken for, as the command line tells it: id, how, score."""
    query = json.loads(sh('xjfacts --facts "$1" names --json -- "$2"', facts, name).out)["query"]["name"]
    return query["id"], query["how"], query["score"]


@pytest.mark.parametrize("command", SOME)
def test_e01_an_empty_question_is_wrong_usage(facts: Path, command: str) -> None:
    assert "a letter or a digit" in refused(sh(f"xjfacts --facts \"$1\" {command} ''", facts), 2)


@pytest.mark.parametrize("command", SOME)
def test_e01_to_a_script_wrong_usage_is_an_envelope(facts: Path, command: str) -> None:
    told = sh(f"xjfacts --facts \"$1\" {command} '' --json", facts)
    envelope = json.loads(told.out)
    assert (told.status, envelope["error"]["status"], len(told.lines)) == (2, 2, 1)
    assert "a letter or a digit" in told.lines[0]


@pytest.mark.parametrize("blank", ["  \t", "\u200b\u200f", "\x1b\x07", "'’-–!?…", "👍"])
def test_e02_e04_a_question_without_a_letter_or_digit_is_wrong_usage(facts: Path, blank: str) -> None:
    told = sh('xjfacts --facts "$1" who "$2"', facts, blank)
    assert "a letter or a digit" in refused(told, 2)
    assert len(told.lines) == 1


@pytest.mark.parametrize("command", [*SOME, "show", "cite"])
def test_e03_a_question_of_96_000_characters_is_refused_at_once(facts: Path, command: str) -> None:
    told = sh(f'{LIMITED} xjfacts --facts "$1" {command} "$2"', facts, "li " * 32_000)
    assert len(refused(told, 2)) < 2_500
    assert len(told.lines) == 1


@pytest.mark.parametrize("option", ["--since", "--status", "--format", "--by", "--no-such-option"])
def test_e03_a_word_of_96_000_characters_is_refused_at_once(facts: Path, option: str) -> None:
    told = sh(f'{LIMITED} xjfacts --facts "$1" sanctions {option} "$2"', facts, "a" * 96_000)
    assert len(refused(told, 2)) < 2_500


@pytest.mark.parametrize("command", [*SOME, "show", "cite"])
def test_e05_a_question_that_is_not_utf8_is_refused(facts: Path, command: str) -> None:
    told = sh(f'xjfacts --facts "$1" {command} "$2"', facts, b"anna\xff")
    refused(told, 2)
    assert len(told.lines) == 1


@pytest.mark.parametrize("name", [b"\xed\xa0\x80x", b"x\xc3", b"\xc0\xafx", b"\xf4\x90\x80\x80x"])
def test_e06_what_only_resembles_utf8_is_refused(facts: Path, name: bytes) -> None:
    assert refused(sh('xjfacts --facts "$1" who "$2"', facts, name), 2) == "xjfacts: the name is not valid UTF-8"


PASTED = {
    "e07 decomposed": "Anna Tre\u0301ntino",
    "e08 compatibility": "𝐀𝐧𝐧𝐚 Ⓣréntino",
    "e09 full-width": "Ａｎｎａ　Ｔｒéｎｔｉｎｏ",
    "e10 capitals": "ANNA TRÉNTINO",
    "e11 no-break space": "Anna\u00a0Tréntino",
    "e11 spaces of all kinds": " \tAnna\u2009\u3000 Tréntino\u202f ",
    "e13 zero-width": "\ufeffAn\u200bna Trén\u00adti\u2060no",
    "e14 right-to-left marks": "\u200f\u202aAnna Tréntino\u202c\u200e",
    "e10 turned round": "Tréntino, Anna",
}


@pytest.mark.parametrize("name", PASTED.values(), ids=PASTED)
def test_e07_to_e14_the_same_name_pasted_from_anywhere_is_an_exact_match(tmp_path: Path, name: str) -> None:
    assert resolved(write_paper(tmp_path / "facts", name="Anna Tréntino"), name) == ("anna", "exact", 1.0)


def test_e13_a_name_that_is_equal_only_by_look_is_fuzzy_and_said(facts: Path) -> None:
    mixed = "\u0410nna Trentin\u043e"  # the first and the last letter are Cyrillic
    key, how, score = resolved(facts, mixed)
    assert (key, how) == ("anna", "fuzzy")
    assert score < 1
    assert sh('xjfacts --facts "$1" who "$2"', facts, mixed).lines


@pytest.mark.parametrize("name", ["Zoë Åström", "José Ñandú", "Đặng Thị", "Erkin Tuniyaz"])
def test_e07_every_normal_form_is_the_same_name(tmp_path: Path, name: str) -> None:
    index = load_corpus([str(write_paper(tmp_path / "facts", name=name))]).names
    forms: tuple[Literal["NFC", "NFD", "NFKC", "NFKD"], ...] = ("NFC", "NFD", "NFKC", "NFKD")
    for form in forms:
        assert index.resolve(unicodedata.normalize(form, name)).how == "exact"


def test_e12_apostrophes_of_any_kind_are_one(tmp_path: Path) -> None:
    index = load_corpus([str(write_paper(tmp_path / "facts", name="Brian O’Brien"))]).names
    for apostrophe in ("'", "’", "‘", "`", "´", "ʼ", "ʻ", "′", "＇", "ꞌ", "՚", ""):
        assert index.resolve(f"Brian O{apostrophe}Brien").how == "exact", apostrophe


@pytest.mark.parametrize("command", [*SOME, "names", "figures --about", "show"])
def test_e15_no_match_is_an_empty_envelope_and_status_1(facts: Path, command: str) -> None:
    told = sh(f'xjfacts --facts "$1" {command} "$2" --json', facts, "Xqzwv Jjkkyy")
    assert told.status == 1
    assert len(told.lines) == 1
    envelope = json.loads(told.out)
    assert (envelope["schema"], envelope["count"], envelope["results"]) == ("xjfacts.answer/2", 0, [])


@pytest.mark.parametrize("name", ["-x", "--json", "--", "-", "--help", "-1"])
def test_e16_leading_dashes_after_two_dashes_are_a_name(facts: Path, name: str) -> None:
    refused(sh('xjfacts --facts "$1" who -- "$2"', facts, name), 1 if any(map(str.isalnum, name)) else 2)


def test_e17_what_other_tools_would_match_by_is_literal(facts: Path, index: NameIndex) -> None:
    assert sh('xjfacts --facts "$1" search "$2"', facts, "f.*a").status == 1
    assert sh('xjfacts --facts "$1" search "$2"', facts, ".*").status == 2
    for name in ("a.*o", "An.a", "Ann\\w", "[A-Z]+nna", "_nna*", "An?a T*", "Anna|Freedonia", "A%"):
        assert index.resolve(name).how not in {"id", "exact"}, name


def test_e18_very_many_words_are_answered_in_little_time(facts: Path) -> None:
    told = sh(f'{LIMITED} xjfacts --facts "$1" search $(yes freedonia | head -n 9000) --json', facts)
    assert (told.status, json.loads(told.out)["query"]["words"]) == (0, ["freedonia"])
    assert sh(f"{LIMITED} xjfacts search $(seq 10000 19000)").status == 1
    assert "at most" in refused(sh(f"{LIMITED} xjfacts who $(seq 10000 19000)"), 2)
    assert "no fact" in refused(sh(f"{LIMITED} xjfacts show $(seq 10000 19000)"), 1)


@pytest.mark.parametrize(
    ("short", "long"), [("li", "Oliver Stone"), ("an", "Susanna Banana"), ("US", "Russia"), ("x", "Xerxes")]
)
def test_e19_a_short_question_is_not_a_part_of_a_long_name(tmp_path: Path, short: str, long: str) -> None:
    found = load_corpus([str(write_paper(tmp_path / "facts", name=long))]).names.resolve(short)
    assert found.entity is None
    assert all(candidate.score < 0.9 for candidate in found.candidates)
    assert refused(sh('xjfacts --facts "$1" who "$2"', tmp_path / "facts", short), 1)


@pytest.mark.parametrize("name", ["anna trentini", "Anna Trentin"])
def test_e20_a_slip_is_answered_and_said(facts: Path, name: str) -> None:
    told = sh('xjfacts --facts "$1" who "$2"', facts, name)
    assert told.status == 0
    assert told.lines == [f"matched '{name}' to Anna Trentino ({resolved(facts, name)[2]:.2f})"]


@pytest.mark.parametrize("command", ["who", "show"])
@pytest.mark.parametrize("name", ["../../etc/passwd", "paper/../anna", "$(id)`id`%s%n{0}"])
def test_e21_a_path_or_a_command_is_only_a_name(facts: Path, command: str, name: str) -> None:
    said = refused(sh(f'xjfacts --facts "$1" {command} "$2"', facts, name), 1)
    assert "root:" not in said
    assert name in said


@pytest.mark.parametrize(
    "date", ["", "yesterday", "2024-02-30", "٢٠٢٤", "2024\n", "2024-1-1", "0000", "99999", "2024/2023"]
)
def test_e22_a_malformed_date_is_wrong_usage(facts: Path, date: str) -> None:
    told = sh('xjfacts --facts "$1" events --since "$2"', facts, date)
    assert "--since: " in refused(told, 2)
    assert len(told.lines) == 1
