"""The whole corpus in the forms of other tools, each read by the tool that it is for."""

from __future__ import annotations

import csv
import importlib.util
import io
import json
import re
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from conftest import SMALL, Told
from msgspec.structs import astuple

from xjfacts import load
from xjfacts.answers.compose import fact_answer
from xjfacts.corpus.index import Corpus
from xjfacts.exports.dump import dump
from xjfacts.exports.ftm import to_ftm
from xjfacts.exports.graph import to_dot
from xjfacts.forms.tabular import CSV_COLUMNS

needs_graphviz = pytest.mark.skipif(shutil.which("dot") is None, reason="Graphviz is not installed (Debian: graphviz)")


def needs(module: str) -> pytest.MarkDecorator:
    return pytest.mark.skipif(importlib.util.find_spec(module) is None, reason=f"{module} is not installed")


@pytest.fixture(scope="module")
def corpus() -> Corpus:
    return load(SMALL).corpus


@pytest.fixture(scope="module")
def shipped() -> Corpus:
    return load().corpus


def with_later(tmp_path: Path, *facts: str) -> Corpus:
    """Return the small corpus with a later document that states these facts."""
    gazette = (Path(SMALL) / "gazette-2024.toml").read_text(encoding="utf-8")
    document = gazette.partition("\n[sanction")[0].replace("2024-05-02", "2025-05-02")
    tables = "\n".join(
        f'[{fact.partition(" ")[0]}]\ngist = "As it is said."\ncite = [{{ p = 1, quote = "as it is said" }}]\n'
        + fact.partition(" ")[2]
        for fact in facts
    )
    (tmp_path / "later-2025.toml").write_text(f"{document}\n{tables}\n", encoding="utf-8")
    return load(SMALL, str(tmp_path)).corpus


# The command


@pytest.mark.parametrize("form", ["ftm", "csv", "dot"])
def test_text_goes_to_standard_output_or_into_a_file(small: Callable[..., Told], tmp_path: Path, form: str) -> None:
    written = tmp_path / "facts"
    assert small("export", form, "--output", str(written)) == Told(0, "", "")
    assert small("export", form) == Told(0, written.read_bytes().decode(), "")


def test_a_file_that_cannot_be_written_is_one_line_and_leaves_nothing(
    small: Callable[..., Told], tmp_path: Path
) -> None:
    told = small("export", "sqlite", "--output", str(tmp_path / "no" / "facts.db"))
    assert (told.status, told.out, told.err.count("\n")) == (74, "", 1)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("form", ["ftm", "csv", "sqlite", "dot"])
def test_the_same_facts_give_the_same_bytes(corpus: Corpus, form: str) -> None:
    assert dump(corpus, form) == dump(load(SMALL).corpus, form)


# FollowTheMoney


def ftm_records(corpus: Corpus) -> list[dict[str, Any]]:
    return [json.loads(line) for line in to_ftm(corpus)]


def ftm_record(corpus: Corpus, key: str) -> dict[str, list[str]]:
    (found,) = (record for record in ftm_records(corpus) if record["id"] == f"xjfacts.{key}")
    return found["properties"]


@needs("followthemoney")
@pytest.mark.filterwarnings("default")
@pytest.mark.parametrize("facts", ["corpus", "shipped"])
def test_followthemoney_keeps_every_value_and_finds_every_reference(facts: str, request: pytest.FixtureRequest) -> None:
    from followthemoney import model

    records = {record["id"]: record for record in ftm_records(request.getfixturevalue(facts))}
    assert len(records) == len(ftm_records(request.getfixturevalue(facts)))
    for record in records.values():
        read = model.get_proxy(record, cleaned=False)
        assert read.to_dict()["properties"] == record["properties"], "dropped, cleaned or truncated"
        assert all(read.has(name) for name in read.schema.required)
        for field, value in read.itervalues():
            assert field.type.validate(value)
            if field.type.name == "entity":
                assert field.range is not None
                assert model.get(records[value]["schema"]).is_a(field.range)


def test_every_followthemoney_entity_has_its_proof(shipped: Corpus) -> None:
    assert {record["schema"] for record in ftm_records(shipped) if "proof" not in record["properties"]} == {"Article"}


def test_only_what_was_imposed_or_lifted_is_a_sanction(corpus: Corpus) -> None:
    records = ftm_records(corpus)
    sanctions = [record["id"] for record in records if record["schema"] == "Sanction"]
    assert sanctions == ["xjfacts.gazette-2024.treasury-sanctioned-trentino.anna-trentino.sanction"]
    assert ftm_record(corpus, "gazette-2024.sylvania-has-not-sanctioned-firefly.note")["keywords"] == [
        "sanction",
        "not-imposed",
    ]
    sanctioned = [record["id"] for record in records if "topics" in record["properties"]]
    assert sanctioned == ["xjfacts.anna-trentino.person"]


def test_facts_that_stand_together_are_one_sanction_with_two_proofs(corpus: Corpus) -> None:
    sanction = ftm_record(corpus, "gazette-2024.treasury-sanctioned-trentino.anna-trentino.sanction")
    assert sanction["proof"] == ["xjfacts.gazette-2024.article", "xjfacts.courier-2024.article"]
    assert sanction["entity"] == ["xjfacts.anna-trentino.person"]
    assert (sanction["authority"], sanction["status"], sanction["startDate"]) == (
        ["Freedonian Treasury"], ["imposed"], ["2024-04"]
    )  # fmt: skip


@pytest.mark.parametrize(
    ("lifting", "is_sanctioned"),
    [
        ('by = "freedonia"\ntarget = "anna-trentino"\nstatus = "lifted"\ndate = "2025"', False),
        ('by = "freedonian-treasury"\ntarget = "anna-trentino"\nstatus = "lifted"', False),
        ('by = "sylvania"\ntarget = "anna-trentino"\nstatus = "lifted"\ndate = "2025"', True),
        ('by = "freedonia"\ntarget = "rufus-firefly"\nstatus = "lifted"\ndate = "2025"', True),
        ('by = "freedonia"\ntarget = "anna-trentino"\nstatus = "lifted"\ndate = "2020"', True),
        ('by = "freedonia"\ntarget = "anna-trentino"\nstatus = "ruled-out"\ndate = "2025"', True),
    ],
)
def test_the_topic_stands_only_while_a_sanction_is_imposed(tmp_path: Path, lifting: str, is_sanctioned: bool) -> None:
    corpus = with_later(tmp_path, f"sanction.lifting {lifting}")
    assert ("topics" in ftm_record(corpus, "anna-trentino.person")) is is_sanctioned


def test_a_lifting_ends_a_sanction_and_begins_none(tmp_path: Path) -> None:
    lifting = 'sanction.lifting by = "freedonia"\ntarget = "anna-trentino"\nstatus = "lifted"\ndate = "2025-03"'
    sanction = ftm_record(with_later(tmp_path, lifting), "later-2025.lifting.anna-trentino.sanction")
    assert (sanction["status"], sanction["endDate"], sanction.get("startDate")) == (["lifted"], ["2025-03"], None)


@pytest.mark.parametrize(
    ("date", "dates"),
    [
        ("2024-06-03", {"date": ["2024-06-03"]}),
        ("2024-06", {"date": ["2024-06"]}),
        ("2024-06-15~", {"date": ["2024-06"]}),
        ("2024-06-01~", {"date": ["2024"]}),
        ("2024?", {}),
        ("2024-06/2025-01-02", {"startDate": ["2024-06"], "endDate": ["2025-01-02"]}),
        ("../2025", {"endDate": ["2025"]}),
        ("2024-10~/..", {"startDate": ["2024"]}),
    ],
)
def test_a_date_is_given_as_exactly_as_it_is_known(tmp_path: Path, date: str, dates: dict[str, list[str]]) -> None:
    corpus = with_later(tmp_path, f'event.talks type = "meeting"\noutcome = "held"\ndate = "{date}"')
    event = ftm_record(corpus, "later-2025.talks.event")
    assert {name: event[name] for name in ("date", "startDate", "endDate") if name in event} == dates


def test_an_event_that_was_not_held_says_so_in_its_name(corpus: Corpus) -> None:
    event = ftm_record(corpus, "gazette-2024.trentino-visit-planned.event")
    assert event["name"] == ["planned: Anna Trentino planned to visit Glockenspiel in June 2024."]
    assert (event["involved"], event["location"]) == (["xjfacts.anna-trentino.person"], ["Glockenspiel"])


def test_a_part_of_a_name_is_a_weak_alias(corpus: Corpus) -> None:
    trentino = ftm_record(corpus, "anna-trentino.person")
    assert (trentino["alias"], trentino["weakAlias"]) == (["安娜·特伦蒂诺"], ["Trentino"])
    assert ftm_record(corpus, "rufus-firefly.person")["weakAlias"] == ["Firefly"]


def test_a_description_is_of_the_person_described_and_of_nobody_else_in_the_fact(tmp_path: Path) -> None:
    described = 'of = ["rufus-firefly"]\nas-of = "2025"\nborn = "1890"\naccording-to = ["anna-trentino"]'
    corpus = with_later(tmp_path, f"identity.firefly {described}")
    assert ftm_record(corpus, "rufus-firefly.person")["birthDate"] == ["1890"]
    assert "birthDate" not in ftm_record(corpus, "anna-trentino.person")


def test_what_is_part_of_a_country_is_a_public_body(corpus: Corpus) -> None:
    schemata = {record["id"]: record["schema"] for record in ftm_records(corpus)}
    assert schemata["xjfacts.freedonian-treasury.organisation"] == schemata["xjfacts.freedonia.country"] == "PublicBody"
    assert ftm_record(corpus, "freedonian-treasury.organisation")["parent"] == ["xjfacts.freedonia.country"]
    assert "xjfacts.border-camps.topic" not in schemata


@needs("followthemoney")
@pytest.mark.filterwarnings("default")
def test_nobody_without_a_name_is_matched_with(shipped: Corpus) -> None:
    """Screened for "Reporters" or "Chinese companies", a list has no business to find them."""
    from followthemoney import model

    records = {record["id"]: record for record in ftm_records(shipped)}
    named = {entity.id: entity.kind for entity in shipped.entities.values()}
    for key, kind in named.items():
        record = records.get(f"xjfacts.{key}.{kind}")
        if record is not None:
            schema = model.get(record["schema"])
            assert schema is not None
            assert schema.matchable is (kind != "group"), key
            assert kind != "group" or "topics" not in record["properties"]
    assert "group" in named.values()


def test_what_contests_or_answers_a_fact_travels_with_it_by_its_id(shipped: Corpus) -> None:
    told = {key for record in ftm_records(shipped) for key in record["properties"].get("recordId", ())}
    notes = {record["id"]: record["properties"].get("notes", ()) for record in ftm_records(shipped)}
    contested = [fact for fact in shipped.facts.values() if fact.id in shipped.contests and fact.kind == "claim"]
    assert contested
    for fact in contested:
        lines = notes.get(f"xjfacts.{fact.id.replace('/', '.')}.note")
        if lines is not None:  # else it is told by one that it stands together with
            for other in shipped.contests[fact.id]:
                assert any(line.startswith(f"contested by {other}: ") for line in lines)
    together = [group for group in shipped.told_once() if len(group) > 1]
    assert together
    said = " ".join(line for one in ftm_records(shipped) for lines in one["properties"].values() for line in lines)
    assert all(one.id in told or f"also stated by {one.id}: " in said for group in together for one in group[1:])


def test_a_country_has_its_code_and_so_has_what_is_part_of_it(tmp_path: Path) -> None:
    (tmp_path / "codes.toml").write_text('[country.freedonia]\ncode = "FR"\n', encoding="utf-8")
    corpus = load(SMALL, str(tmp_path)).corpus
    assert ftm_record(corpus, "freedonia.country")["country"] == ["fr"]
    assert ftm_record(corpus, "freedonian-treasury.organisation")["country"] == ["fr"]
    assert "country" not in ftm_record(corpus, "anna-trentino.person")


def test_an_office_is_a_position_and_its_occupancy_as_of_a_date(corpus: Corpus) -> None:
    occupancy = ftm_record(corpus, "gazette-2024.trentino-ambassador.anna-trentino.occupancy")
    assert (occupancy["date"], occupancy.get("startDate")) == (["2024-05-02"], None)
    (post,) = occupancy["post"]
    position = ftm_record(corpus, post.removeprefix("xjfacts."))
    assert (position["name"], position["organization"]) == (["ambassador, Sylvania"], ["xjfacts.sylvania.country"])


# SQLite


@pytest.fixture
def database(shipped: Corpus, tmp_path: Path) -> Path:
    path = tmp_path / "facts.db"
    path.write_bytes(dump(shipped, "sqlite"))
    return path


def test_the_database_is_whole_and_every_foreign_key_leads_somewhere(database: Path, shipped: Corpus) -> None:
    with closing(sqlite3.connect(database)) as db:
        assert db.execute("pragma integrity_check").fetchall() == [("ok",)]
        assert db.execute("pragma foreign_key_check").fetchall() == []
        assert db.execute("select * from data").fetchall() == [astuple(shipped.stamp)]
        counts = [
            db.execute(f"select count(*) from {kind}").fetchone()[0]
            for (kind,) in db.execute("select distinct kind from fact").fetchall()
        ]
        assert sum(counts) == len(shipped.facts)
        citations = sum(len(fact.cite) for fact in shipped.facts.values())
        assert db.execute("select count(*) from citation").fetchone() == (citations,)


def test_the_database_has_the_days_that_commands_answer_with(database: Path, shipped: Corpus) -> None:
    with closing(sqlite3.connect(database)) as connection:
        days = {key: rest for key, *rest in connection.execute("select id, earliest, latest from fact")}
    answered = (fact_answer(shipped, key) for key in shipped.facts)
    assert days == {fact.id: [fact.earliest, fact.latest] for fact in answered}


def test_the_database_answers_who_sanctioned_whom(corpus: Corpus, tmp_path: Path) -> None:
    path = tmp_path / "facts.db"
    path.write_bytes(dump(corpus, "sqlite"))
    with closing(sqlite3.connect(path)) as db:
        rows = db.execute(
            "select by.name, target.name, fact.date, earliest, latest from sanction join fact using (id) "
            "join role as r on r.fact = fact.id and r.role = 'by' join entity as by on by.id = r.entity "
            "join role as s on s.fact = sanction.id and s.role = 'target' join entity as target on target.id = s.entity "
            "where status = 'imposed' order by fact.id"
        ).fetchall()
        assert rows == [
            ("Freedonia", "Anna Trentino", "2024", "2024-01-01", "2024-05-11"),
            ("Freedonian Treasury", "Anna Trentino", "2024-04", "2024-04-01", "2024-04-30"),
        ]
        assert db.execute("select value, low, high from figure order by id").fetchall() == [
            (50, None, None),
            (None, 800, 2000),
        ]
        assert db.execute("select entity from name where source = 'weak' and name = 'Firefly'").fetchall() == [
            ("rufus-firefly",), ("otto-firefly",)
        ]  # fmt: skip


@pytest.mark.parametrize(
    "words", ["outranked", "Trentino consul", "consúl", '"outranks every consul"', "names: Anna AND outranked"]
)
def test_the_database_finds_facts_by_their_words(corpus: Corpus, tmp_path: Path, words: str) -> None:
    path = tmp_path / "facts.db"
    path.write_bytes(dump(corpus, "sqlite"))
    with closing(sqlite3.connect(path)) as db:
        found = db.execute("select id from search where search match ?", (words,)).fetchall()
    assert found == [("gazette-2024/trentino-outranks-consul",)]


@needs("datasette")
def test_datasette_serves_the_database(database: Path) -> None:
    address = "/facts/sanction.json?_shape=array&status=imposed&_sort=id"
    command = [sys.executable, "-m", "datasette", str(database), "--get", address]
    served = subprocess.run(command, capture_output=True, check=True, text=True)
    assert "scmp-2023-02/us-sanctioned-tuniyaz" in [row["id"] for row in json.loads(served.stdout)]


# CSV


@needs("sqlite_utils")
def test_csv_has_a_row_per_fact_and_citation_for_another_reader(shipped: Corpus) -> None:
    from sqlite_utils.utils import Format, rows_from_file

    rows = list(rows_from_file(io.BytesIO(dump(shipped, "csv", per="citation")), format=Format.CSV)[0])
    assert tuple(rows[0]) == CSV_COLUMNS
    cited = [(fact.id, str(proof.p), proof.text) for fact in shipped.facts.values() for proof in fact.cite]
    assert [(row["id"], row["paragraph"], row["quote"]) for row in rows] == cited


def test_csv_names_what_corroborates_a_fact_without_citing_it_twice(corpus: Corpus) -> None:
    rows = list(csv.DictReader(io.StringIO(dump(corpus, "csv").decode(), newline="")))
    (row,) = (row for row in rows if row["id"] == "courier-2024/freedonia-sanctioned-trentino")
    assert (row["document"], row["corroborated_by"]) == ("courier-2024", "gazette-2024/treasury-sanctioned-trentino")


# DOT


def edges(dot: str) -> list[tuple[str, str, str, str]]:
    """Return the lines of a graph as Graphviz reads it: from, to, label and style."""
    graph = json.loads(
        subprocess.run(["dot", "-Tdot_json"], input=dot, capture_output=True, check=True, encoding="utf-8").stdout
    )
    names = {node["_gvid"]: node["name"] for node in graph["objects"]}
    drawn = [(names[one["tail"]], names[one["head"]], one["label"], one["style"]) for one in graph.get("edges", [])]
    return [line for line in drawn if not line[0].startswith("legend/")]


@needs_graphviz
def test_graphviz_draws_who_sanctions_whom_and_if_asked_the_whole(corpus: Corpus) -> None:
    core = [
        ("freedonia", "three-officials", "sanctions: called-for", "dashed"),
        ("freedonian-treasury", "anna-trentino", "sanctions: imposed\\n2024", "bold"),
        ("sylvania", "rufus-firefly", "sanctions: considered\\nas of 2024", "dashed"),
        ("sylvania", "rufus-firefly", "sanctions: not-imposed\\nas of 2024", "dotted"),
    ]
    assert sorted(edges(to_dot(corpus))) == core
    assert sorted(edges(to_dot(corpus, is_whole=True))) == [
        ("anna-trentino", "freedonian-treasury", "denies", "solid"),
        ("freedonia", "sylvania", "dialogue: held\\n2022–2023", "solid"),
        *core,
    ]


def test_a_graph_of_too_much_draws_a_part_and_says_so(tmp_path: Path) -> None:
    """A file of 60 KB would draw very many lines, and a tooltip of its gists would be as long as all of them."""
    people = "".join(f'[person.p{one}]\nname = "P {one}"\n' for one in range(200))
    (tmp_path / "people.toml").write_text(people, encoding="utf-8")
    some = [[f"p{(one * 7 + fact) % 200}" for one in range(100)] for fact in range(80)]
    facts = [
        f'sanction.s{number} by = {ids}\ntarget = {ids}\nstatus = "imposed"\ndate = "2024"'
        for number, ids in enumerate(some)
    ]
    dot = to_dot(with_later(tmp_path, *facts))
    assert "only the first 5,000 lines are drawn" in dot
    assert len(dot) < 2_500_000


def test_a_tooltip_holds_few_gists_and_counts_the_others(tmp_path: Path) -> None:
    facts = [
        f'sanction.s{one} by = "sylvania"\ntarget = "rufus-firefly"\nstatus = "imposed"\ndate = "{2015 + one}"'
        for one in range(9)
    ]
    with_later(tmp_path, *facts)
    later = tmp_path / "later-2025.toml"
    parts = later.read_text(encoding="utf-8").split('"As it is said."')
    gists = [f'"{number} {"as it is said " * 12}."' for number in range(9)]
    later.write_text("".join(a + b for a, b in zip(parts, [*gists, ""], strict=True)), encoding="utf-8")
    line = next(one for one in to_dot(load(SMALL, str(tmp_path)).corpus).splitlines() if "×9" in one)
    assert 'label="sanctions: imposed ×9\\n2015–2023"' in line
    assert "; and 6 more" in line


@needs_graphviz
def test_a_meeting_of_three_is_a_node_that_each_is_tied_to(tmp_path: Path) -> None:
    talks = (
        'event.talks type = "meeting"\noutcome = "planned"\nparticipants = ["freedonia", "sylvania", "anna-trentino"]'
    )
    drawn = edges(to_dot(with_later(tmp_path, talks), is_whole=True))
    tied = [
        source for source, target, label, style in drawn if (target, label, style) == ("later-2025/talks", "", "dashed")
    ]
    assert sorted(tied) == ["anna-trentino", "freedonia", "sylvania"]


@needs_graphviz
def test_no_name_breaks_out_of_its_string(tmp_path: Path) -> None:
    (tmp_path / "names.toml").write_text("[country.x]\nname = 'a\" -> \"b\\N\\'\n", encoding="utf-8")
    with_later(tmp_path, 'sanction.s by = "x"\ntarget = "freedonia"\nstatus = "imposed"')
    svg = subprocess.run(
        ["dot", "-Tsvg"],
        input=to_dot(load(SMALL, str(tmp_path)).corpus),
        capture_output=True,
        check=True,
        encoding="utf-8",
    ).stdout
    assert "a&quot; &#45;&gt; &quot;b\\N\\" in svg
    assert re.search(r"<title>b", svg) is None
