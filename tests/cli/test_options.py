"""Options: what may stand where and how often, what goes where, and what a script is told when it goes wrong."""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import jsonschema
import pytest
from conftest import ROOT, SMALL, Told

from xjfacts.cli.learn import TOPICS
from xjfacts.forms.schema import answer_schema

Ask = Callable[..., Told]


def answered(told: Told) -> dict:
    """Return the envelope that was printed, after seeing that it fits the schema."""
    envelope = json.loads(told.out)
    jsonschema.Draft7Validator(answer_schema()).validate(envelope)
    return envelope


def test_an_option_that_says_several_things_gives_the_results_of_any(small: Ask) -> None:
    both = answered(small("sanctions", "--by", "Freedonia", "--by", "Sylvania", "--status", "all", "--json"))
    alone = [
        answered(small("sanctions", "--by", name, "--status", "all", "--json")) for name in ("Freedonia", "Sylvania")
    ]
    assert [one["id"] for one in both["query"]["by"]] == ["freedonia", "sylvania"]
    assert {one["id"] for one in both["results"]} == {one["id"] for each in alone for one in each["results"]}
    events = answered(small("events", "--outcome", "planned", "--outcome", "cancelled", "--json"))
    assert {one["outcome"] for one in events["results"]} == {"planned", "cancelled"}


def test_several_pairs_have_a_word_each_and_all_must_be_imposed(small: Ask) -> None:
    told = small("sanctions", "--by", "Freedonia", "--by", "Sylvania", "--on", "Trentino", "--json")
    assert told.status == 1
    words = {(one["by"]["id"], one["on"]["id"]): one["answer"] for one in answered(told)["answers"]}
    assert words == {("freedonia", "anna-trentino"): "imposed", ("sylvania", "anna-trentino"): "no-record"}
    twice = small("sanctions", "--by", "Freedonia", "--by", "freedonia", "--on", "Trentino", "--json")
    assert (twice.status, answered(twice)["answer"]) == (0, "imposed")  # who is named twice is one


@pytest.mark.parametrize(
    "arguments",
    [
        ["sanctions", "--since", "2021", "--since", "2022"],
        ["events", "--place", "Glockenspiel", "--place", "Freedonia"],
        ["who", "Trentino", "--format", "json", "--format", "csv"],
        ["--color", "never", "who", "Trentino", "--color", "always"],
        ["who", "Trentino", "--output", "a", "--output", "b"],
    ],
)
def test_an_option_that_says_one_thing_is_refused_when_it_stands_twice(small: Ask, arguments: list[str]) -> None:
    told = small(*arguments)
    assert told.status == 2
    assert "is given twice" in told.err


@pytest.mark.parametrize("form", ["table", "csv", "markdown"])
def test_two_forms_of_one_answer_are_refused_in_either_order(small: Ask, form: str) -> None:
    for arguments in (["--json", "--format", form], ["--format", form, "--json"]):
        assert small("sanctions", *arguments).status == 2
    assert small("who", "Trentino", "--json", "--format", "json").status == 0


def test_options_of_the_group_may_stand_behind_the_command(ask: Ask) -> None:
    assert ask("who", "Anna Trentino", "--facts", SMALL).status == 0
    assert ask("--facts", SMALL, "who", "Erkin Tuniyaz", "--facts", "shipped").status == 0
    assert "\x1b[" in ask("who", "Anna Trentino", "--facts", SMALL, "--color", "always", "--no-cache").out
    assert ask("schema", "facts", "--facts", "").status == 2


def test_a_tilde_is_the_home_where_no_shell_has_seen_it(
    ask: Ask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "mine").symlink_to(SMALL)
    monkeypatch.setenv("HOME", str(tmp_path))
    assert ask("--facts=~/mine", "who", "Anna Trentino").status == 0
    monkeypatch.setenv("XJFACTS_FACTS", "~/mine")
    assert ask("who", "Anna Trentino").status == 0


@pytest.mark.parametrize(
    "command", [["who", "Trentino"], ["cite", "gazette-2024"], ["schema", "answer"], ["help", "dates"], ["check"]]
)
def test_every_command_writes_where_it_is_told(small: Ask, tmp_path: Path, command: list[str]) -> None:
    printed = small(*command)
    file = tmp_path / "out"
    told = small(*command, "--output", str(file))
    assert (told.status, told.out) == (printed.status, "")
    assert file.read_text(encoding="utf-8") == printed.out
    assert small(*command, "--output", "-").out == printed.out


def test_new_reads_standard_input() -> None:
    told = subprocess.run(
        [sys.executable, "-m", "xjfacts", "new", "-"],
        input="One paragraph.\n\nAnother one.\n", cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert told.returncode == 0
    assert "paragraphs = 2" in told.stdout
    assert not Path(ROOT, "-").exists()


def test_a_limit_says_how_many_there_are(small: Ask) -> None:
    envelope = answered(small("who", "Trentino", "-n", "2", "--json"))
    assert envelope["count"] == len(envelope["results"]) == 2 < envelope["total"]
    assert f"the first 2 of {envelope['total']} (--limit)" in small("who", "Trentino", "--limit", "2").out
    assert "total" not in answered(small("who", "Trentino", "-n", "1000", "--json"))
    assert small("who", "Trentino", "-n", "0").status == 2


def test_known_by_answers_from_what_was_published_by_then(small: Ask) -> None:
    everything = answered(small("sources", "--json"))["results"]
    first = min(everything, key=lambda one: one["published"])
    known = answered(small("sources", "--known-by", first["published"], "--json"))
    assert [one["id"] for one in known["results"]] == [first["id"]] != [one["id"] for one in everything]
    assert (known["query"]["known_by"], known["data"]["documents"]) == (first["published"], 1)
    assert small("who", "Trentino", "--known-by", "1999").status == 1


def test_fields_are_picked_in_every_form_for_scripts(small: Ask) -> None:
    asked = ["who", "Trentino", "--fields", "id,citations.link,target.id"]
    (sanction,) = (one for one in json.loads(small(*asked, "--json").out)["results"] if "target" in one)
    assert sanction["target"] == [{"id": "anna-trentino"}]
    assert {key for one in sanction["citations"] for key in one} == {"link"}
    lines = [json.loads(line) for line in small(*asked, "--format", "ndjson").out.splitlines()]
    assert sanction in lines
    rows = list(csv.DictReader(io.StringIO(small(*asked, "--format", "csv").out, newline="")))
    (row,) = (row for row in rows if row["id"] == sanction["id"])
    assert row["citations.link"].splitlines() == [one["link"] for one in sanction["citations"]]
    assert row["target.id"] == "anna-trentino"
    wrong = small("who", "Trentino", "--fields", "gistt", "--json")
    assert (wrong.status, answered(wrong)["error"]["kind"]) == (2, "wrong-usage")
    assert "did you mean 'gist'" in wrong.err
    assert small("who", "Trentino", "--fields", "id").status == 2


def test_csv_has_a_row_a_fact_or_a_citation_and_a_list_can_be_taken_apart(small: Ask) -> None:
    facts, cited = (
        list(csv.DictReader(io.StringIO(small("who", "Trentino", "--format", "csv", "--per", per).out, newline="")))
        for per in ("fact", "citation")
    )
    assert [row["id"] for row in facts] == list(dict.fromkeys(row["id"] for row in cited))
    assert [quote for row in facts for quote in row["quote"].splitlines()] == [row["quote"] for row in cited]
    assert len({row["asked"] for row in facts}) == 1
    assert small("who", "Trentino", "--format", "csv", "--bom").out.startswith("\ufeffid,")
    assert small("who", "Trentino", "--per", "fact", "--json").status == 2


def test_ndjson_says_whom_a_name_was_taken_for(small: Ask) -> None:
    line = json.loads(small("who", "Anna Trentyno", "--format", "ndjson").out.splitlines()[0])
    assert (line["asked"], line["matched"]) == ("Anna Trentyno", "Anna Trentino")
    assert 0.5 < line["score"] < 1


@pytest.mark.parametrize(
    ("arguments", "status", "kind"),
    [
        (["whoo", "--json"], 2, "wrong-usage"),
        (["sanctions", "--since", "2024-02-30", "--format=json"], 2, "wrong-usage"),
        (["who", "Zeppo Wagstaff", "--format", "json"], 1, "not-found"),
        (["who", "Firefly", "--json"], 3, "ambiguous-name"),
        (["show", "no-such-id", "--json"], 1, "not-found"),
        (["--facts", "nowhere", "who", "Anna", "--json"], 4, "unreadable-facts"),
    ],
)
def test_an_error_is_an_envelope_too(small: Ask, arguments: list[str], status: int, kind: str) -> None:
    told = small(*arguments)
    envelope = answered(told)
    assert (told.status, envelope["error"]["status"], envelope["error"]["kind"]) == (status, status, kind)
    assert (envelope["count"], envelope["results"]) == (0, [])
    assert told.err
    if kind == "unreadable-facts":
        assert envelope["error"]["problems"][0]["file"] == "nowhere"


@pytest.mark.parametrize(
    ("written", "form"),
    [("Feb 2023", "2023-02"), ("2023/02/10", "2023-02-10"), ("10 February 2023", "2023-02-10"), ("2023-2", "2023-02")],
)
def test_a_date_as_people_write_it_is_answered_with_the_form_that_works(small: Ask, written: str, form: str) -> None:
    told = small("events", "--since", written)
    assert (told.status, told.err) == (2, f"xjfacts: --since: '{written}' is written {form} here\n")


def test_a_name_alone_after_sanctions_is_asked_back(small: Ask) -> None:
    told = small("sanctions", "Anna", "Trentino")
    assert told.status == 2
    assert "'sanctions --by 'Anna Trentino'' or 'sanctions --on 'Anna Trentino''" in told.err


def test_what_is_said_is_found_in_every_table(small: Ask) -> None:
    told = answered(small("said", "Gloria Teasdale", "--json"))
    assert len({one["kind"] for one in told["results"]}) > 1
    only = answered(small("said", "Gloria Teasdale", "--act", "alleges", "--json"))
    assert [one["kind"] for one in only["results"]] == ["statement"]
    assert only["hidden"]


def test_an_empty_answer_names_the_command_that_shows_what_is_nearby(small: Ask) -> None:
    told = small("events", "Anna Trentino", "--type", "vote")
    assert "see 'xjfacts who anna-trentino'" in told.err
    envelope = answered(small("events", "Anna Trentino", "--type", "vote", "--json"))
    assert envelope["see"] == ["xjfacts who anna-trentino"]
    assert small(*envelope["see"][0].split()[1:]).status == 0


def test_force_color_is_the_counterpart_of_no_color(small: Ask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")
    assert "\x1b[" in small("who", "Trentino").out
    assert "\x1b[" not in small("--color", "never", "who", "Trentino").out
    monkeypatch.setenv("NO_COLOR", "1")
    assert "\x1b[" not in small("who", "Trentino").out


@pytest.mark.parametrize("topic", [*TOPICS, "who", "export"])
def test_every_topic_and_command_has_help(ask: Ask, topic: str) -> None:
    told = ask("help", topic)
    assert (told.status, told.err) == (0, "")
    assert topic in ask("help").out
    assert told.out.count("\n") > 2


def test_help_on_what_there_is_none_for_guesses(ask: Ask) -> None:
    told = ask("help", "dats")
    assert told.status == 2
    assert "did you mean 'dates'" in told.err


@pytest.mark.parametrize("command", [["-h"], ["who", "-h"], ["sanctions", "-h"], ["export", "-h"]])
def test_help_of_40_columns_breaks_no_word(ask: Ask, monkeypatch: pytest.MonkeyPatch, command: list[str]) -> None:
    wide = set(ask(*command).out.split())
    monkeypatch.setenv("COLUMNS", "40")
    narrow = ask(*command).out
    assert set(narrow.split()) == wide
    prose = [line for line in narrow.splitlines() if not line.strip().startswith("xjfacts ")]
    assert [line for line in prose if len(line) > 40 and " " in line.strip()] == []


def test_open_starts_the_browser_at_the_quoted_words(
    small: Ask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    browser = tmp_path / "browser"
    browser.write_text(f'#!/bin/sh\nprintf "%s\\n" "$1" >> {tmp_path}/opened\n')
    browser.chmod(0o755)
    monkeypatch.setenv("BROWSER", f"{browser} %s")
    told = small("open", "gazette-2024/talks-held", "courier-2024")
    assert told.status == 0
    first, second = (tmp_path / "opened").read_text().splitlines()
    assert "#:~:text=" in first
    assert (first, second) == tuple(told.out.splitlines())
    failed = subprocess.run(
        [sys.executable, "-m", "xjfacts", "--facts", SMALL, "open", "courier-2024"],
        cwd=ROOT, env={**os.environ, "BROWSER": "/bin/false %s"}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert failed.returncode == 1
    assert failed.stdout == f"{second}\n"
    assert "no browser" in failed.stderr


def test_help_and_schema_keep_their_texts_without_docstrings() -> None:
    for command in (["who", "-h"], ["schema", "facts"], ["schema", "answer"], ["help", "dates"]):
        plain, optimised = (
            subprocess.run(
                [sys.executable, "-m", "xjfacts", *command], cwd=ROOT, env={**os.environ, "PYTHONOPTIMIZE": level},
                capture_output=True, text=True, check=False,
            )
            for level in ("0", "2")
        )  # fmt: skip
        assert (optimised.returncode, optimised.stderr) == (0, "")
        assert optimised.stdout == plain.stdout


def test_an_error_of_its_own_is_an_envelope_too() -> None:
    broken = "import sys, xjfacts.answers.questions as q; q.Facts.who = None; from xjfacts.__main__ import main; main()"
    command = [sys.executable, "-c", broken, "who", "Anna Trentino", "--json"]
    told = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (told.returncode, told.stderr.count("\n")) == (70, 1)
    error = json.loads(told.stdout)["error"]
    assert (error["status"], error["kind"]) == (70, "own-error")
    assert told.stderr == f"xjfacts: {error['message']}\n"
