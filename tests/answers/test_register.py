"""What a list says, in every form: its own words, who is described how, what a lifting ends, and ids of old."""

from __future__ import annotations

import csv
import io
import json
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from conftest import REGISTER, SMALL, Told

from xjfacts import load
from xjfacts.answers.questions import Facts
from xjfacts.corpus.cache import Cache
from xjfacts.corpus.snapshot import Snapshot
from xjfacts.corpus.snapshot import load as load_kept
from xjfacts.curation.check import check
from xjfacts.forms.schema import answer_schema

Ask = Callable[..., Told]
RAVELLI = "register-2024/osterlich-sanctions-ravelli"


@pytest.fixture
def listed(ask: Ask) -> Ask:
    return lambda *arguments: ask("--facts", SMALL, "--facts", REGISTER, *arguments)


@pytest.fixture(scope="module")
def facts() -> Facts:
    return load(SMALL, REGISTER)


def shown(listed: Ask, key: str) -> dict[str, Any]:
    envelope = json.loads(listed("show", key, "--json").out)
    jsonschema.Draft7Validator(answer_schema()).validate(envelope)
    (result,) = envelope["results"]
    return dict(result)


def test_the_register_keeps_every_rule() -> None:
    assert check([REGISTER], folders=[SMALL, REGISTER]).problems == ()


def test_a_sanction_has_what_its_list_says_of_it(listed: Ask) -> None:
    sanction = shown(listed, RAVELLI)
    assert {key: sanction[key] for key in ("programme", "reference", "listed_as", "reason", "measures", "lifts")} == {
        "programme": "OSTER-1",
        "reference": "101",
        "listed_as": "RAVELLI, Chico",
        "reason": "a part in the running of border camps",
        "measures": ["asset-freeze", "travel-ban"],
        "lifts": [],
    }
    assert (sanction["date"], sanction["earliest"], sanction["latest"]) == (None, None, "2024-07-01")
    assert sanction["brief"] == "a part in the running of border camps"


def test_a_quote_of_fragments_is_one_note_with_the_curators_word_and_the_copy_it_was_read_in(listed: Ask) -> None:
    (citation,) = shown(listed, RAVELLI)["citations"]
    assert citation["fragments"] == ["101 | RAVELLI, Chico | OSTER-1", "for a part in the running of border camps"]
    assert citation["quote"] == " … ".join(citation["fragments"])
    assert citation["context"] == "number, name, programme … reason"
    assert citation["via"] == "copies.example"
    assert citation["link"] == citation["url"], "a data set does not hold the words at its address"
    quoted = "“101 | RAVELLI, Chico | OSTER-1 … for a part in the running of border camps” [number, name, programme … reason]"
    assert quoted in listed("cite", RAVELLI).out
    assert quoted in listed("show", RAVELLI).out
    assert "via copies.example" in listed("show", RAVELLI).out


def test_an_identity_is_how_a_list_describes_somebody(listed: Ask) -> None:
    identity = shown(listed, "register-2024/ravelli")
    assert (identity["kind"], identity["of"]) == ("identity", [{"id": "chico-ravelli", "name": "Chico Ravelli"}])
    assert (identity["born"], identity["birth_place"], identity["nationality"], identity["gender"]) == (
        "1961-03", "Glockenspiel", "Sylvanian", "male",
    )  # fmt: skip
    assert identity["also_called"] == ["Ravelli Chico"]
    assert "born 1961-03, in Glockenspiel; male; nationality Sylvanian [1]\n" in listed("who", "Ravelli").out
    assert "Identity\n  as of 2024-07-01" in listed("who", "Ravelli", "--full").out


def test_a_lifting_names_what_it_ends_and_a_claim_that_accuses_says_so(listed: Ask) -> None:
    assert shown(listed, "register-2024/osterlich-lifted-guild-2023")["lifts"] == [
        "register-2024/osterlich-sanctioned-guild-2022"
    ]
    assert shown(listed, "register-2024/guild-said-to-have-built-camps")["alleged"] is True
    assert "ALLEGED" in listed("show", "register-2024/guild-said-to-have-built-camps").out


def test_a_document_says_whence_and_under_which_rights_it_was_read(listed: Ask) -> None:
    document = shown(listed, "register-2024")
    assert (document["via"], document["rights"], document["language"], document["origin"], document["uncited"]) == (
        "copies.example", "public-domain", "en", ["Osterlich Chancery"], [5],
    )  # fmt: skip


def test_an_id_of_old_is_found_and_the_new_one_named(listed: Ask) -> None:
    old, new = "register-2024/guild-accused", "register-2024/guild-said-to-have-built-camps"
    told = listed("show", old, "--json")
    assert json.loads(told.out)["query"]["renamed"] == {old: new}
    assert json.loads(told.out)["results"][0]["formerly"] == [old]
    assert told.err == f"'{old}' is now '{new}'\n"
    assert listed("cite", old) == Told(0, listed("cite", new).out, told.err)
    assert shown(listed, "guild-of-the-border")["id"] == "border-guild"
    who = json.loads(listed("who", "guild-of-the-border", "--json").out)
    assert (who["entity"]["id"], who["query"]["name"]["asked"]) == ("border-guild", "guild-of-the-border")


def test_csv_and_sqlite_have_the_fields_too(listed: Ask, tmp_path: Path) -> None:
    rows = {row["id"]: row for row in csv.DictReader(io.StringIO(listed("export", "csv").out, newline=""))}
    assert rows[RAVELLI]["programme"] == "OSTER-1"
    assert rows[RAVELLI]["context"] == "number, name, programme … reason"
    assert rows["register-2024/ravelli"]["born"] == "1961-03"
    listed("export", "sqlite", "--output", str(tmp_path / "facts.db"))
    with sqlite3.connect(tmp_path / "facts.db") as database:
        asked = "select programme, reference, latest from sanction join fact using (id) where id = ?"
        assert database.execute(asked, (RAVELLI,)).fetchall() == [("OSTER-1", "101", "2024-07-01")]
        asked = "select value from item where fact = ? and field = 'measures' order by number"
        assert database.execute(asked, (RAVELLI,)).fetchall() == [("asset-freeze",), ("travel-ban",)]
        assert database.execute("select born, nationality from identity").fetchall() == [("1961-03", "Sylvanian")]
        assert database.execute("select now from former order by id").fetchall() == [
            ("border-guild",), ("register-2024/guild-said-to-have-built-camps",)
        ]  # fmt: skip
        assert database.execute("pragma foreign_key_check").fetchall() == []
    database.close()


def test_what_is_kept_between_runs_has_every_field(facts: Facts, tmp_path: Path) -> None:
    folders = [SMALL, REGISTER]
    load_kept(folders, Cache(str(tmp_path), "test"))
    kept = load_kept(folders, Cache(str(tmp_path), "test"))
    assert isinstance(kept, Snapshot)
    assert dict(kept.facts) == dict(facts.corpus.facts)
    assert dict(kept.documents) == dict(facts.corpus.documents)
    assert dict(kept.entities) == dict(facts.corpus.entities)
    assert kept.renamed == facts.corpus.renamed


def test_search_finds_a_programme_and_an_entry(facts: Facts) -> None:
    assert [one.id for one in facts.search("OSTER-2")] == ["register-2024/osterlich-sanctioned-guild-2023"]
    assert RAVELLI in [one.id for one in facts.search("Ravelli", "101")]
