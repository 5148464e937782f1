"""Words that are no name: the number of a list, an office, a publisher, what facts say."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import REGISTER, SMALL, Told

Ask = Callable[..., Told]

SECOND = """
[document]
title = "A new ambassador"
publisher = "Freedonia Gazette"
published = "2025-01-02"
dated-by = "printed"
url = "https://gazette.example/new"
type = "article-newspaper"
origin = ["Freedonia Gazette"]
sha256 = "2222222222222222222222222222222222222222222222222222222222222222"
body = [[1, 2]]
paragraphs = 2
words = 30

[position.firefly-ambassador]
gist = "Otto Firefly was Sylvania's ambassador as of January 2025."
cite = [{ p = 1, quote = "Sylvania's new ambassador, Otto Firefly" }]
holder = "otto-firefly"
title = "ambassador"
of = "sylvania"
as-of = "2025-01-02"
"""


@pytest.mark.parametrize("office", ["ambassador of Sylvania", "Sylvania's ambassador", "Ambassador, Sylvania"])
def test_an_office_is_answered_with_its_holder_and_as_of_when(small: Ask, office: str) -> None:
    told = small("who", office, "--json")
    assert told.status == 0
    assert "as of 2024-05-02" in told.err
    asked = json.loads(told.out)["query"]["name"]
    assert (asked["id"], asked["how"]) == ("anna-trentino", "office")


@pytest.mark.parametrize("office", ["ambassador of Freedonia", "former ambassador of Sylvania", "ambassador Wagstaff"])
def test_words_beyond_the_office_s_own_name_nobody(small: Ask, office: str) -> None:
    assert small("who", office).status == 1


def test_an_office_of_several_is_ambiguous_and_says_when_each_held_it(small: Ask, tmp_path: Path) -> None:
    (tmp_path / "gazette-2025.toml").write_text(SECOND, encoding="utf-8")
    told = small("who", "ambassador of Sylvania", "--facts", str(tmp_path))
    assert told.status == 3
    assert "anna-trentino: Anna Trentino (ambassador, Sylvania, as of 2024-05-02)" in told.err
    assert "otto-firefly: Otto Firefly (ambassador, Sylvania, as of 2025-01-02)" in told.err


def test_an_office_sanctions_nobody(small: Ask) -> None:
    assert small("sanctions", "--on", "ambassador of Sylvania").status == 1


@pytest.mark.parametrize(
    ("words", "command"),
    [
        ("Pinky", "xjfacts sources Pinky"),
        ("Courier", "xjfacts sources Courier"),
        ("cancelled", "xjfacts search cancelled"),
    ],
)
def test_a_publisher_an_author_and_words_of_facts_name_the_command_that_finds_them(
    small: Ask, words: str, command: str
) -> None:
    told = small("who", words, "--json")
    assert told.status == 1
    assert f"see '{command}'" in told.err
    assert json.loads(told.out)["see"] == [command]
    assert small(*command.split()[1:]).status == 0


@pytest.mark.parametrize(("words", "command"), [("Pinky Brain", 'sources "Pinky Brain"'), ("Zoë", "search Zoë")])
def test_a_command_is_quoted_so_that_it_reads_and_can_be_pasted(
    monkeypatch: pytest.MonkeyPatch, words: str, command: str
) -> None:
    from xjfacts import load
    from xjfacts.answers import hints

    monkeypatch.setattr(hints, "documents_holding", lambda *_: command.startswith("sources"))
    monkeypatch.setattr(hints, "search_facts", lambda *_: type("Found", (), {"facts": ["a/b"]}))
    assert hints.commands_for(load().corpus, words) == (f"xjfacts {command}",)


def test_an_office_that_nobody_held_here_suggests_its_body() -> None:
    from xjfacts import load
    from xjfacts.answers.hints import bodies_of

    corpus = load().corpus
    assert bodies_of(corpus, "Foreign Secretary")[0].id == "foreign-office"
    assert bodies_of(corpus, "Foreign Boris") == bodies_of(corpus, "Secretary") == ()


def test_for_by_only_imposers_are_suggested(small: Ask) -> None:
    assert "did you mean 'anna-trentino'" in small("who", "Anna Trentoni Firefly").err
    assert "did you mean" not in small("sanctions", "--by", "Anna Trentoni Firefly").err
    assert "did you mean 'freedonia'" in small("sanctions", "--by", "Fredona").err


def test_the_number_of_a_list_finds_who_stands_there(ask: Ask) -> None:
    listed = ["--facts", SMALL, "--facts", REGISTER]
    told = ask(*listed, "who", "101", "--json")
    assert told.status == 0
    asked = json.loads(told.out)["query"]["name"]
    assert (asked["how"], asked["matched"]) == ("number", "101")
    shown = json.loads(ask(*listed, "show", "101", "--json").out)["results"]
    assert [(one["kind"], one["reference"]) for one in shown] == [("sanction", "101")]
    assert ask(*listed, "who", "999").status == 1


@pytest.mark.parametrize(
    ("asked", "count"), [("Sylvania", True), ("Sylvania's", True), ("sylvania’s ambassador", True)]
)
def test_search_finds_a_word_with_or_without_its_possessive(small: Ask, asked: str, count: bool) -> None:
    found = json.loads(small("search", asked, "--json").out)["results"]
    assert "gazette-2024/trentino-ambassador" in {one["id"] for one in found}
