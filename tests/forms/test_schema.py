"""The two schemas: the committed one is what the command prints, an editor learns from it what the model knows."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any, get_args

import jsonschema
import pytest
import tomli
from conftest import ROOT, Told
from msgspec.structs import fields

from xjfacts.corpus.model import (
    ENTITY_TABLES,
    FACT_TABLES,
    Document,
)
from xjfacts.corpus.needs import NEEDS
from xjfacts.corpus.values import Act, Bound, EventType, Outcome, Status
from xjfacts.forms.schema import MAKERS, answer_schema, facts_schema, make_schema, schema_text

FACTS = facts_schema()
VALIDATOR = jsonschema.Draft7Validator(FACTS)
DOCUMENT = """
[document]
title = "T"
publisher = "P"
published = "2021"
dated-by = "printed"
url = "https://example.org/"
type = "report"
origin = "P"
sha256 = "0000000000000000000000000000000000000000000000000000000000000000"
body = [[1, 2]]
paragraphs = 1
words = 9
"""
FACT = 'gist = "G."\ncite = [{ p = 1, quote = "some words" }]\n'


def is_accepted(text: str) -> bool:
    return bool(VALIDATOR.is_valid(tomli.loads(DOCUMENT + text)))


def test_the_committed_schema_is_what_the_command_prints(ask: Callable[..., Told]) -> None:
    told = ask("schema", "facts")
    assert told == (0, (ROOT / "facts" / "facts.schema.json").read_text(encoding="utf-8"), "")


def test_there_is_no_third_schema(ask: Callable[..., Told]) -> None:
    told = ask("schema", "entities")
    assert (told.status, told.out) == (2, "")
    assert "facts and answer" in told.err


@pytest.mark.parametrize("what", ["facts", "answer"])
def test_a_schema_is_draft_07_and_the_same_bytes_every_time(what: str) -> None:
    schema = json.loads(schema_text(what))
    jsonschema.Draft7Validator.check_schema(schema)
    assert schema["$schema"] == "http://json-schema.org/draft-07/schema#"
    assert schema_text(what) == schema_text(what)
    assert "prefixItems" not in schema_text(what)


@pytest.mark.parametrize("command", ["who uk", "sanctions --by US", "names tunyaz", "show uk", "check"])
def test_an_answer_keeps_to_its_schema(command: str, ask: Callable[..., Told]) -> None:
    jsonschema.Draft7Validator(answer_schema()).validate(json.loads(ask(*command.split(), "--json").out))


def definition(kind: type) -> dict[str, Any]:
    found: dict[str, Any] = FACTS["definitions"][kind.__name__]
    return found


@pytest.mark.parametrize(
    "kind", [Document, *ENTITY_TABLES.values(), *FACT_TABLES.values()], ids=lambda kind: kind.__name__
)
def test_an_editor_knows_every_key_and_what_it_means(kind: type) -> None:
    keys = {field.encode_name for field in fields(kind)} - {"id"}
    assert definition(kind)["properties"].keys() == keys
    assert all(schema.get("description") for schema in definition(kind)["properties"].values())
    assert definition(kind)["additionalProperties"] is False


@pytest.mark.parametrize(
    ("table", "key", "words"),
    [
        ("sanction", "status", Status), ("event", "type", EventType), ("event", "outcome", Outcome),
        ("statement", "act", Act), ("figure", "bound", Bound),
    ],
)  # fmt: skip
def test_a_closed_list_is_complete_and_each_of_its_words_explained(table: str, key: str, words: Any) -> None:
    schema = definition(FACT_TABLES[table])["properties"][key]
    assert set(schema["enum"]) == set(get_args(words))
    assert [word for word in schema["enum"] if f"`{word}`" not in schema["description"]] == []


def test_every_date_says_what_is_accepted() -> None:
    for kind in (Document, *FACT_TABLES.values()):
        for schema in definition(kind)["properties"].values():
            if schema["description"].find("(EDTF)") >= 0:
                assert "2018-09/2022-01" in schema["description"]


@pytest.mark.parametrize(
    ("text", "accepted"),
    [
        ('[person.ada]\nname = "Ada"\n', True),
        ('[person.ada]\nsearch = ["Ada"]\n', True),
        ('[person.Ada]\nname = "Ada"\n', False),
        ("[person.ada]\nname = 1\n", False),
        ('[person.ada]\nname = "Ada"\nyear = 1\n', False),
        (f'[claim.x]\n{FACT}subjects = "ada"\n', True),
        (f'[claim.x]\n{FACT}subjects = ["ada"]\n', True),
        (f"[claim.x]\n{FACT}subjects = []\n", False),
        (f'[claim.x]\n{FACT}subjects = "Ada"\n', False),
        (f'[claim.x]\n{FACT}subjects = "ada"\ndate = "2021-03~"\n', True),
        (f'[claim.x]\n{FACT}subjects = "ada"\ndate = "March 2021"\n', False),
        ('[claim.x]\ngist = "G."\ncite = []\nsubjects = "ada"\n', False),
        ('[claim.x]\ngist = "G."\ncite = [{ p = 0, quote = "x" }]\nsubjects = "ada"\n', False),
        ("[clam.x]\n", False),
    ],
)
def test_a_table_is_judged_by_itself(text: str, accepted: bool) -> None:
    assert is_accepted(text) is accepted


def test_facts_need_a_document() -> None:
    assert not VALIDATOR.is_valid(tomli.loads(f'[claim.x]\n{FACT}subjects = "ada"\n'))


SANCTION = f'[sanction.x]\n{FACT}by = "us"\ntarget = "ada"\n'
STATEMENT = f'[statement.x]\n{FACT}speaker = "ada"\n'
FIGURE = f'[figure.x]\n{FACT}measure = "m"\nunit = "u"\n'


@pytest.mark.parametrize(
    ("text", "accepted"),
    [
        (f'{SANCTION}status = "imposed"\n', True),
        (f'{SANCTION}status = "not-imposed"\n', False),
        (f'{SANCTION}status = "not-imposed"\nas-of = "2021"\n', True),
        (f'{SANCTION}status = "called-for"\n', False),
        (f'{SANCTION}status = "called-for"\ncalled-for-by = "ada"\n', True),
        (f'{STATEMENT}act = "asserts"\n', True),
        (f'{STATEMENT}act = "denies"\n', False),
        (f'{STATEMENT}act = "denies"\nabout = "us"\n', True),
        (f'{STATEMENT}act = "denies"\nrebuts = "y"\n', True),
        (f'{FIGURE}bound = "exact"\nvalue = 1\n', True),
        (f'{FIGURE}bound = "exact"\n', False),
        (f'{FIGURE}bound = "exact"\nvalue = 1\nlow = 1\n', False),
        (f'{FIGURE}bound = "range"\nlow = 1\nhigh = 2\n', True),
        (f'{FIGURE}bound = "range"\nlow = 1\n', False),
        (f'{FIGURE}bound = "range"\nlow = 1\nhigh = 2\nvalue = 1\n', False),
    ],
)
def test_what_one_word_makes_necessary_in_other_keys_shows_in_the_editor(text: str, accepted: bool) -> None:
    assert is_accepted(text) is accepted


def test_a_need_speaks_of_keys_and_words_that_exist() -> None:
    for need in NEEDS:
        properties = definition(FACT_TABLES[need.table])["properties"]
        assert set(need.words) <= set(properties[need.key]["enum"])
        assert {*need.all_of, *need.any_of, *need.none_of} <= properties.keys()


@pytest.mark.parametrize("what", MAKERS)
def test_the_committed_schemas_are_made_from_the_records_as_they_are_now(what: str) -> None:
    assert schema_text(what) == make_schema(what), "run: python -m xjfacts.forms.schema"
