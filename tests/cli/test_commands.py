"""The command line as users and scripts meet it: every command in text and in JSON, every exit status, every kind of slip."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable

import jsonschema
import pytest
from conftest import ROOT, SMALL, Told

from xjfacts.cli import connect, look_up, parts, process, shells
from xjfacts.cli.group import SECTIONS, module_of
from xjfacts.exports import dump
from xjfacts.forms import cite
from xjfacts.forms.schema import answer_schema

Ask = Callable[..., Told]

COMMANDS = {
    "who": ["who", "Anna Trentino"],
    "sanctions": ["sanctions", "--by", "Freedonia"],
    "events": ["events"],
    "said": ["said", "Trentino"],
    "figures": ["figures"],
    "search": ["search", "camps"],
    "names": ["names"],
    "names NAME": ["names", "Trentno"],
    "show": ["show", "anna-trentino", "gazette-2024", "gazette-2024/talks-held"],
    "sources": ["sources"],
    "sources ID": ["sources", "courier-2024"],
}

WHO_TRENTINO = """\
Anna Trentino (person)
also printed as Trentino

Offices
  as of 2024-05-02  ambassador, Sylvania [1]

Sanctions on
  Freedonia  IMPOSED  2024-04  2 independent origins [2][3]

Alleged, and answered
  2024-05-01  Gloria Teasdale alleged that Anna Trentino ran the border camps. [4]
      contested:  Anna Trentino denied that she had run the border camps. [5]

Events
  2024-06  visit, cancelled  Anna Trentino's visit to Glockenspiel was cancelled. [6]
      contested, 2024-06:  Anna Trentino planned to visit Glockenspiel in June 2024. [7]
  2024-06  visit, planned  Anna Trentino planned to visit Glockenspiel in June 2024. [7]
      contested, 2024-06:  Anna Trentino's visit to Glockenspiel was cancelled. [6]
"""


def test_who_prints_sections_in_order_with_an_allegation_beside_its_denial(small: Ask) -> None:
    told = small("who", "Anna", "Trentino")
    assert told.status == 0
    assert told.out.startswith(WHO_TRENTINO)
    assert told.err == ""


def test_every_document_is_told_once_with_its_address_and_the_words_of_each_note(small: Ask) -> None:
    out = small("who", "Anna Trentino").out
    source = "  Freedonia Gazette, “Treasury sanctions ambassador” (by Harpo Pinky), 2024-05-02\n"
    assert out.count(source) == 1
    assert f"{source}  https://gazette.example/sanctions\n    [1] ¶ 1  “Sylvania's ambassador, Anna" in out
    assert "    [5] ¶ 5  “denied having anything to do with camps”\n" in out
    assert {f"[{number}]" for number in range(1, 9)} <= set(out.replace("][", "] [").split())


def test_ids_are_shown_where_they_are_asked_for(small: Ask) -> None:
    assert "gazette-2024/" not in small("who", "Anna Trentino").out
    assert "ambassador, Sylvania [1] (gazette-2024/trentino-ambassador)\n" in small("who", "Trentino", "--ids").out


def test_what_is_not_told_is_counted_and_told_in_full(small: Ask) -> None:
    brief, full = small("who", "Freedonia").out, small("who", "Freedonia", "--full").out
    assert "More: 2 sanctions, 3 events, 1 statement, 1 figure" not in brief
    assert "--full" not in full
    assert len(full) > len(brief)


@pytest.mark.parametrize("command", COMMANDS.values(), ids=COMMANDS)
def test_the_json_of_every_command_fits_the_answer_schema(small: Ask, command: list[str]) -> None:
    told = small(*command, "--json")
    assert told.status == 0
    envelope = json.loads(told.out)
    jsonschema.Draft7Validator(answer_schema()).validate(envelope)
    assert envelope["schema"] == "xjfacts.answer/2"
    assert envelope["count"] == len(envelope["results"]) > 0
    assert envelope["query"]["command"] == command[0]


@pytest.mark.parametrize("form", ["table", "json", "ndjson", "csv", "markdown", "html"])
@pytest.mark.parametrize("command", COMMANDS.values(), ids=COMMANDS)
def test_every_form_of_every_answer_is_the_same_bytes_each_time(small: Ask, command: list[str], form: str) -> None:
    first, second = (small(*command, "--format", form) for _ in range(2))
    assert first == second
    assert first.status == 0
    assert first.out.endswith("\n")
    assert "\x1b" not in first.out


def test_json_names_every_role_and_the_data_it_stood_on(small: Ask) -> None:
    envelope = json.loads(small("sanctions", "--by", "Freedonia", "--json").out)
    assert envelope["data"]["documents"] == 2
    assert envelope["data"]["facts"] == 15
    assert len(envelope["data"]["sha256"]) == 64
    assert envelope["query"] == {
        "command": "sanctions",
        "by": [{"asked": "Freedonia", "id": "freedonia", "name": "Freedonia", "how": "exact", "score": 1.0}],
    }
    assert envelope["hidden"] == {"called-for": 1}
    (result,) = envelope["results"]
    assert result["by"] == [{"id": "freedonian-treasury", "name": "Freedonian Treasury"}]
    assert result["target"] == [{"id": "anna-trentino", "name": "Anna Trentino"}]
    assert result["origins"] == 2
    assert result["citations"][0] == {
        "fact": "gazette-2024/treasury-sanctioned-trentino",
        "document": "gazette-2024",
        "title": "Treasury sanctions ambassador",
        "publisher": "Freedonia Gazette",
        "authors": ["Harpo Pinky"],
        "published": "2024-05-02",
        "url": "https://gazette.example/sanctions",
        "via": None,
        "paragraph": 1,
        "quote": "the Treasury put sanctions on Ms Trentino in April",
        "fragments": ["the Treasury put sanctions on Ms Trentino in April"],
        "context": None,
        "link": "https://gazette.example/sanctions#:~:text="
        "the%20Treasury%20put%20sanctions%20on%20Ms%20Trentino%20in%20April",
    }


def test_the_sections_of_who_are_named_in_json(small: Ask) -> None:
    envelope = json.loads(small("who", "Trentino", "--json").out)
    assert envelope["entity"] == {
        "kind": "person",
        "id": "anna-trentino",
        "name": "Anna Trentino",
        "names": ["Trentino"],
        "part_of": [],
        "code": None,
        "formerly": [],
    }
    assert [result["section"] for result in envelope["results"]][:2] == ["offices", "sanctions-on"]


@pytest.mark.parametrize(
    ("arguments", "word", "status"),
    [
        (["--by", "Freedonia", "--on", "Trentino"], "imposed", 0),
        (["--by", "Sylvania", "--on", "Rufus Firefly"], "not-imposed", 1),
        (["--by", "Sylvania", "--on", "Trentino"], "no-record", 1),
    ],
)
def test_a_pair_is_answered_with_a_word_and_no_record_is_not_a_no(
    small: Ask, arguments: list[str], word: str, status: int
) -> None:
    told = small("sanctions", *arguments, "--json")
    assert (told.status, json.loads(told.out)["answer"]) == (status, word)
    text = small("sanctions", *arguments).out
    assert {"imposed": "Imposed", "not-imposed": "Not imposed", "no-record": "No record"}[word] in text
    if word == "no-record":
        assert "That is not to say that there is none." in text


def test_what_was_left_out_is_counted_in_a_last_line(small: Ask) -> None:
    assert "not shown: 1 not-imposed, 1 considered, 1 called-for (--status all)" in small("sanctions").out.splitlines()


def test_a_misspelt_name_is_answered_with_a_word_on_standard_error(small: Ask) -> None:
    told = small("who", "Anna Trentyno")
    assert told.status == 0
    assert told.out.startswith("Anna Trentino (person)\n“Anna Trentyno” was taken for Anna Trentino (0.")
    assert told.err.startswith("matched 'Anna Trentyno' to Anna Trentino (0.")


def test_a_name_that_nobody_has_is_status_1_and_an_empty_envelope(small: Ask) -> None:
    told = small("who", "Zeppo Wagstaff")
    assert (told.status, told.out) == (1, "")
    assert told.err == "xjfacts: nobody and nothing here is called 'Zeppo Wagstaff'\n"
    envelope = json.loads(small("who", "Zeppo Wagstaff", "--json").out)
    jsonschema.Draft7Validator(answer_schema()).validate(envelope)
    assert (envelope["count"], envelope["results"]) == (0, [])
    assert envelope["query"]["name"]["id"] is None


def test_a_near_miss_is_status_1_with_a_guess(small: Ask) -> None:
    told = small("who", "Gloria Teasdell")
    assert told.status == 1
    assert "did you mean 'gloria-teasdale' (Gloria Teasdale)?" in told.err


def test_a_name_of_several_is_status_3_with_a_line_on_each(small: Ask) -> None:
    told = small("who", "Firefly")
    assert (told.status, told.out) == (3, "")
    head, *lines = told.err.splitlines()
    assert head == "xjfacts: 'Firefly' fits several: ask for one of these ids"
    assert sorted(line.split(":")[0].strip() for line in lines) == ["otto-firefly", "rufus-firefly"]
    envelope = json.loads(small("who", "Firefly", "--json").out)
    jsonschema.Draft7Validator(answer_schema()).validate(envelope)
    assert {guess["id"] for guess in envelope["query"]["name"]["candidates"]} == {"otto-firefly", "rufus-firefly"}


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (["whoo"], "Did you mean 'who'?"),
        (["who"], "Missing argument"),
        (["who", ""], "has none"),
        (["who", "?!"], "has none"),
        (["who", "x" * 100_000], "at most"),
        (["sanctions", "--status", "imposd"], "did you mean 'imposed'"),
        (["sanctions", "--sinse", "2021"], "--since"),
        (["events", "--type", "vizit"], "did you mean 'visit'"),
        (["events", "--outcome", "hold"], "did you mean 'held'"),
        (["events", "--since", "2024-02-30"], "not a day of the calendar"),
        (["said", "--act", "denied"], "did you mean 'denies'"),
        (["sanctions", "--format", "yaml"], "'yaml' is not one of"),
        (["schema", "fact"], "there are facts and answer"),
    ],
)
def test_wrong_usage_is_status_2_with_one_line_that_says_what_is_accepted(
    small: Ask, arguments: list[str], complaint: str
) -> None:
    told = small(*arguments)
    assert (told.status, told.out) == (2, "")
    assert complaint in told.err
    assert told.err.count("\n") == 1


def test_facts_that_cannot_be_read_are_status_4_with_every_reason(ask: Ask, tmp_path: object) -> None:
    told = ask("--facts", f"{tmp_path}/nowhere", "who", "Anna")
    assert (told.status, told.out) == (4, "")
    assert f"{tmp_path}/nowhere: " in told.err
    assert told.err.splitlines()[-1] == "xjfacts: the facts cannot be read: 1 problem"


def test_ndjson_of_nothing_is_no_byte_and_csv_of_nothing_is_its_header(small: Ask) -> None:
    nothing = ["events", "--type", "vote", "--format"]
    assert small(*nothing, "ndjson").out == ""
    assert small(*nothing, "csv").out.startswith("id,kind,gist,")
    assert small(*nothing, "csv").out.count("\n") == 1
    assert small(*nothing, "ndjson").status == 1


def test_nothing_found_says_what_is_known_nearby(small: Ask) -> None:
    told = small("events", "Anna Trentino", "--type", "vote")
    assert told.status == 1
    assert "known of Anna Trentino: 1 position, 1 sanction, 2 events, 2 statements, 1 claim" in told.err


def test_version_tells_the_facts_apart(small: Ask) -> None:
    told = small("--version")
    lines = told.out.splitlines()
    assert lines[0].startswith("xjfacts ")
    assert lines[1] == "facts: 2 documents, 15 facts"
    assert lines[2].startswith("sha256: ")
    assert told.status == 0


def test_xjfacts_alone_says_in_a_few_lines_what_can_be_asked(ask: Ask) -> None:
    told = ask()
    assert told.status == 0
    assert told.out.count("\n") <= 12
    assert 'xjfacts who "Erkin Tuniyaz"' in told.out


def test_folders_can_be_given_by_the_environment(ask: Ask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XJFACTS_FACTS", SMALL)
    assert ask("who", "Anna Trentino").status == 0
    assert ask("who", "Erkin Tuniyaz").status == 1
    monkeypatch.setenv("XJFACTS_FACTS", f":{SMALL}")  # an empty part stands for the shipped facts
    assert ask("who", "Anna Trentino").status == 0
    assert ask("who", "Erkin Tuniyaz").status == 0


def test_the_words_that_the_command_line_takes_are_those_of_the_modules_it_does_not_wait_for() -> None:
    assert set(connect.DUMPS) == set(dump.FORMS)
    assert set(look_up.STYLES) == set(cite.STYLES)
    assert set(connect.SHELLS) == set(shells.SHELLS)
    assert shells.VARIABLE == process.COMPLETION_VARIABLE


@pytest.mark.parametrize("section", SECTIONS)
def test_every_command_of_a_section_is_listed_in_the_help(ask: Ask, section: str) -> None:
    defined = {str(one.name) for one in vars(module_of(section)).values() if isinstance(one, parts.Command)}
    listed = ask("-h").out.partition(f"{section}:\n")[2].partition("\n\n")[0].splitlines()
    assert {line.split()[0] for line in listed} == defined


def test_python_dash_m_is_the_same_program() -> None:
    told = subprocess.run(
        [sys.executable, "-m", "xjfacts", "--facts", SMALL, "show", "anna-trentino"],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert (told.returncode, told.stderr) == (0, "")
    assert "anna-trentino" in told.stdout
