"""Several corpora at once: a file of one's own beside the shipped facts, asked as one, and told apart where they clash."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import SMALL, Told

Ask = Callable[..., Told]

DOCUMENT = """
[document]
title = "Ambassador Trentino called home"
publisher = "Sylvanian Post"
published = "2025-01-10"
dated-by = "printed"
url = "https://post.example/recall"
type = "article-newspaper"
origin = "Sylvanian Post"
sha256 = "{sha256}"
body = [[1, 3]]
paragraphs = 3
words = 30
""".replace("{sha256}", "0" * 64)

MINE = f"""
{DOCUMENT}
[person.anna-trentino]
names = ["Madame Trentino"]
search = ["Anne Trentin"]
part-of = "sylvanian-embassy"

[person.chicolini]
name = "Chicolini"

[claim.trentino-met-chicolini]
gist = "Anna Trentino met Chicolini at the races."
cite = [{{ p = 1, quote = "met Chicolini at the races" }}]
subjects = ["anna-trentino", "chicolini"]

[sanction.treasury-sanctioned-trentino]
gist = "The Freedonian Treasury sanctioned Anna Trentino."
cite = [{{ p = 2, quote = "was put under sanctions" }}]
by = "freedonian-treasury"
target = "anna-trentino"
status = "imposed"
corroborates = "gazette-2024/treasury-sanctioned-trentino"

[claim.camps-never-were]
gist = "The Post held that there never were any border camps."
cite = [{{ p = 3, quote = "never were any camps" }}]
subjects = "border-camps"
disputes = "gazette-2024/teasdale-alleges-camps"
"""


@pytest.fixture
def mine(tmp_path: Path) -> Path:
    """Return a folder with one file of one's own, which leans on the small corpus."""
    folder = tmp_path / "mine"
    folder.mkdir()
    (folder / "post-2025.toml").write_text(MINE, encoding="utf-8")
    return folder


@pytest.fixture
def both(ask: Ask, mine: Path) -> Ask:
    return lambda *arguments: ask("--facts", SMALL, "--facts", str(mine), *arguments)


def test_facts_of_both_are_one_answer(both: Ask) -> None:
    out = both("who", "Anna Trentino").out
    assert "Anna Trentino met Chicolini at the races." in out
    assert "Sylvania's ambassador" in out


@pytest.mark.parametrize("name", ["Madame Trentino", "Anne Trentin", "Trentino", "anna-trentino"])
def test_a_file_of_one_s_own_adds_names_to_an_entity_of_another(both: Ask, name: str) -> None:
    answer = json.loads(both("who", name, "--json").out)
    assert answer["entity"]["id"] == "anna-trentino"
    assert answer["entity"]["names"] == ["Trentino", "Madame Trentino"]


def test_it_adds_what_an_entity_is_part_of(both: Ask, small: Ask) -> None:
    claim = "Anna Trentino met Chicolini at the races."
    assert claim in both("who", "Sylvanian embassy", "--full").out
    assert json.loads(both("who", "Anna Trentino", "--json").out)["entity"]["part_of"] == [
        {"id": "sylvanian-embassy", "name": "Sylvanian embassy"}
    ]
    assert json.loads(small("who", "Anna Trentino", "--json").out)["entity"]["part_of"] == []


def test_its_facts_corroborate_and_dispute_those_of_another(both: Ask) -> None:
    (sanction,) = json.loads(both("sanctions", "--by", "Freedonia", "--json").out)["results"]
    assert sanction["origins"] == 3
    assert "post-2025/treasury-sanctioned-trentino" in sanction["corroborated_by"]
    (allegation,) = json.loads(both("show", "gazette-2024/teasdale-alleges-camps", "--json").out)["results"]
    assert "post-2025/camps-never-were" in allegation["contested_by"]


def test_completion_offers_what_it_adds(both: Ask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("_XJFACTS_COMPLETE", "fish")
    assert both("who", "mad").out == "=Madame Trentino\tambassador, Sylvania, as of 2024-05-02\n"
    assert both("show", "post-2025/trea").out.startswith("=post-2025/treasury-sanctioned-trentino\t")


def test_the_order_of_the_folders_changes_no_answer(ask: Ask, mine: Path) -> None:
    answers = [
        json.loads(ask("--facts", one, "--facts", other, "who", "Anna Trentino", "--json").out)
        for one, other in ((SMALL, str(mine)), (str(mine), SMALL))
    ]
    assert answers[0]["results"] == answers[1]["results"]
    assert answers[0]["entity"] == answers[1]["entity"]


def test_a_path_list_in_the_environment_is_the_same_as_naming_each(
    ask: Ask, both: Ask, mine: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    named = both("who", "Anna Trentino", "--json")
    monkeypatch.setenv("XJFACTS_FACTS", os.pathsep.join([SMALL, str(mine)]))
    assert ask("who", "Anna Trentino", "--json") == named


def test_folders_that_are_named_replace_those_of_the_environment(
    ask: Ask, mine: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XJFACTS_FACTS", os.pathsep.join([SMALL, str(mine)]))
    assert ask("--facts", SMALL, "who", "Chicolini").status == 1
    assert ask("who", "Chicolini").status == 0


@pytest.mark.parametrize("shipped", ["shipped", ""])
def test_the_shipped_facts_can_be_one_of_several_by_word_or_by_an_empty_part(
    ask: Ask, tmp_path: Path, shipped: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "names.toml"
    file.write_text('[person.erkin-tuniyaz]\nnames = ["The Governor"]\n', encoding="utf-8")
    monkeypatch.setenv("XJFACTS_FACTS", f"{shipped}{os.pathsep}{file}")
    assert ask("who", "The Governor").out.startswith("Erkin Tuniyaz (person)\n")


@pytest.mark.parametrize(
    ("text", "clash", "known"),
    [
        ('[person.anna-trentino]\nname = "Anna"\n', "'anna-trentino' is already defined at", "entities.toml:21"),
        (
            '[topic.anna-trentino]\nnames = ["Anna"]\n',
            "'anna-trentino' is [person.anna-trentino] at",
            "entities.toml:21",
        ),
        ("[group.three-officials]\nsize = 4\n", "'size' is 4, but 3 at", "entities.toml:37"),
        ('[country.freedonia]\npart-of = "glockenspiel"\n', "makes 'freedonia' a part of itself", "entities.toml:41"),
        ('[country.freedonia]\npart-of = "glockenspeil"\n', "'glockenspeil', which is not defined", ""),
        ('[person.nobody]\nnames = ["N"]\n', "no other table defines it", ""),
    ],
)
def test_a_clash_is_a_problem_of_one_s_own_file_and_names_the_other_place(
    ask: Ask, tmp_path: Path, text: str, clash: str, known: str
) -> None:
    file = tmp_path / "mine.toml"
    file.write_text(text, encoding="utf-8")
    told = ask("--facts", SMALL, "--facts", str(file), "who", "Anna Trentino")
    assert (told.status, told.out) == (4, "")
    problem, last = told.err.splitlines()
    assert problem.startswith(f"{file}:")
    assert clash in problem
    assert known in problem
    assert last == "xjfacts: the facts cannot be read: 1 problem"


def test_two_versions_of_a_document_are_a_problem_that_names_both_files(ask: Ask, tmp_path: Path) -> None:
    file = tmp_path / "gazette-2024.toml"
    file.write_text(DOCUMENT, encoding="utf-8")
    told = ask("--facts", SMALL, "--facts", str(file), "sources")
    assert told.status == 4
    assert told.err.splitlines()[0].startswith(f"{file}:2: 'gazette-2024' is already defined at ")
    assert f"{SMALL}/gazette-2024.toml:" in told.err


def test_a_size_that_nobody_gave_is_added(ask: Ask, tmp_path: Path) -> None:
    for name, text in {"a": '[group.g]\nname = "The group"\n', "b": "[group.g]\nsize = 4\n"}.items():
        (tmp_path / f"{name}.toml").write_text(text, encoding="utf-8")
    assert json.loads(ask("--facts", str(tmp_path), "show", "g", "--json").out)["results"][0]["size"] == 4
