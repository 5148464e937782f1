"""A server answers as files do, byte for byte, and what goes wrong with it is one line without a secret in it."""

from __future__ import annotations

import gc
import hashlib
import json
import pickle
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from shutil import copytree
from typing import Any, NamedTuple

import postgres
import psycopg
import pytest
from conftest import REGISTER, SMALL, Told, exported

from xjfacts import load
from xjfacts.cli.process import run
from xjfacts.corpus import server as keeper
from xjfacts.corpus import tables
from xjfacts.corpus.snapshot import tables_of
from xjfacts.errors import UnreadableFacts

Ask = Callable[..., Told]
Server = postgres.Server

FORMATS = ("table", "json", "ndjson", "csv", "markdown")
QUESTIONS = (
    "who Trentino", "who anna-trentino", "who Ana Trentno", "who Firefly", "who Freedonia", "who camps", "who nobody",
    "who 安娜·特伦蒂诺", "sanctions", "sanctions --status all", "sanctions --by Freedonia --on Trentino",
    "sanctions --by Sylvania --on Firefly", "sanctions --by Capital", "events", "events --since 2024-05 --until 2024-06",
    "events Trentino --type visit", "events --place Glockenspiel", "said", "said --act denies", "said --about camps",
    "figures", "figures --about camps", "search camps", "search camp officials", "search sanctoins", "search border-camps", "search camps-border",
    "search Sylvania’s ambassador", "search boarder-camps", "names",
    "names Trentno", "names Capital", "sources", "sources gazette", "sources nothing", "show gazette-2024",
    "show anna-trentino gazette-2024/talks-held", "show gazette-2024/talk-held",
)  # fmt: skip
OTHERS = (
    "--version", "cite gazette-2024/talks-held gazette-2024 --style biblatex", "cite courier-2024 --style csl-json",
    "export csv", "export ftm", "export dot", "export sqlite", "export postgres",
)  # fmt: skip


NOBODY_ELSE = (
    "select pg_terminate_backend(pid) from pg_stat_activity where datname = 'fresh' and pid <> pg_backend_pid()"
)


class Fresh(NamedTuple):
    """A database that one test may do anything to."""

    server: Server
    name: str
    address: str

    def psql(self, script: str | bytes) -> str:
        return self.server.psql(script, self.name).stdout.decode().strip()


@pytest.fixture(scope="module")
def loaded(server: Server) -> tuple[str, bytes]:
    return server.new_database("fresh"), exported(SMALL)


@pytest.fixture
def fresh(server: Server, loaded: tuple[str, bytes]) -> Fresh:
    """A database as the export leaves it, whatever another test did to it, and nobody in it."""
    address, stream = loaded
    found = Fresh(server, "fresh", address)
    found.psql(NOBODY_ELSE)
    found.psql(stream)
    return found


# The same answers ------------------------------------------------------------------------------------------------------


# Beside these, whatever any test asks of the small corpus is asked of the server too: see `small` in `conftest.py`.


@pytest.mark.parametrize("question", QUESTIONS)
def test_a_server_answers_the_bytes_that_files_answer(question: str, on_server: str, ask: Ask) -> None:
    asked = (*question.split(), "--json")
    assert ask("--facts", on_server, *asked) == ask("--facts", SMALL, *asked)


def test_no_question_has_the_server_look_at_every_row(
    on_server: str, ask: Ask, monkeypatch: pytest.MonkeyPatch
) -> None:
    plans: list[str] = []
    execute = keeper.Server._execute

    def explained(server: keeper.Server, query: str, values: tuple[Any, ...]) -> list[tuple[Any, ...]]:
        plans.extend(line for (line,) in execute(server, f"explain {query}", values))
        return execute(server, query, values)

    monkeypatch.setattr(keeper.Server, "_execute", explained)
    for question in ("who Ana Trentno", "sanctions --by Capital", "events --since 2024-05", "search sanctoins"):
        ask("--facts", on_server, *question.split())
    read = {line.split()[3] for line in (line.replace("->", "").strip() for line in plans) if line.startswith("Seq")}
    assert any("text_words" in line for line in plans)
    assert read <= {"horizon"}, "which has one row"


@pytest.mark.parametrize("form", FORMATS)
def test_a_server_answers_in_every_form(form: str, on_server: str, ask: Ask) -> None:
    for question in QUESTIONS[::6]:
        asked = (*question.split(), "--format", form)
        assert ask("--facts", on_server, *asked) == ask("--facts", SMALL, *asked)


@pytest.mark.parametrize("question", OTHERS)
def test_a_server_is_cited_and_exported_as_files_are(
    question: str, on_server: str, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    told = [(run(["--facts", facts, *question.split()]), *capfdbinary.readouterr()) for facts in (on_server, SMALL)]
    assert told[0] == told[1]
    assert told[0][0] == 0


def test_the_records_are_the_same_to_the_last_type(on_server: str) -> None:
    read, asked = load(SMALL).corpus, keeper.load(on_server)
    assert asked.stamp == read.stamp
    for name in ("entities", "documents", "facts"):
        assert list(getattr(asked, name).items()) == list(getattr(read, name).items()), name
    for name in ("uses", "parts", "corroborations", "contests", "renamed", "facts_by_document"):
        assert dict(getattr(asked, name)) == dict(getattr(read, name)), name


def test_the_environment_can_name_a_server_though_its_address_has_colons(
    on_server: str, ask: Ask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XJFACTS_FACTS", on_server)
    assert ask("who", "Trentino") == ask("--facts", SMALL, "who", "Trentino")


def test_python_asks_a_server_as_it_asks_folders(on_server: str) -> None:
    assert load(on_server).sanctions(by="Freedonia") == load(SMALL).sanctions(by="Freedonia")


def test_what_passes_for_commands_of_psql_arrives_as_it_stands(server: Server, tmp_path: Path, ask: Ask) -> None:
    folder = copytree(SMALL, tmp_path / "facts")
    file = folder / "gazette-2024.toml"
    hostile = r"\\.\n\\! touch /tmp/owned\n\\q\t\\N \\x41 '; drop schema xjfacts; -- \u001b[31m \u202e 🙈"
    file.write_text(file.read_text().replace("she ran the camps, Ms Teasdale said", hostile))
    address = server.new_database("hostile", exported(str(folder)))
    for form in FORMATS:
        asked = ("who", "Trentino", "--format", form)
        assert ask("--facts", address, *asked) == ask("--facts", str(folder), *asked)
    assert not Path("/tmp/owned").exists()


def test_a_text_that_no_server_can_hold_stops_the_export(tmp_path: Path, ask: Ask) -> None:
    folder = copytree(SMALL, tmp_path / "facts")
    file = folder / "gazette-2024.toml"
    file.write_text(file.read_text().replace("Sylvania's ambassador, Anna", r"Sylvania's\u0000ambassador, Anna"))
    told = ask("--facts", str(folder), "export", "postgres")
    assert told.status == 74
    assert told.err.startswith("xjfacts: PostgreSQL cannot hold a text with a NUL")
    assert "commit" not in told.out


# What is loaded --------------------------------------------------------------------------------------------------------


def test_whoever_asks_in_sql_finds_words_names_and_views(fresh: Fresh) -> None:
    assert fresh.psql("select count(*) from xjfacts.fact") == str(load(SMALL).corpus.stamp.facts)
    words = "select id from xjfacts.search where words @@ plainto_tsquery('simple', 'cancelled visit') order by id"
    assert fresh.psql(words) == "courier-2024/visit-cancelled"
    assert fresh.psql("select entity from xjfacts.name where name % 'Trentno' limit 1") == "anna-trentino"
    view = "select by_names, target_ids from xjfacts.sanctions where status = 'considered'"
    assert fresh.psql(view) == "Sylvania|rufus-firefly"
    keys = "select count(*) from pg_constraint where contype = 'f' and connamespace = 'xjfacts'::regnamespace"
    assert int(fresh.psql(keys)) > 15


def test_loading_replaces_what_was_there_as_a_whole(fresh: Fresh) -> None:
    fresh.psql("create role xjfacts_reader login password 'reads'")
    fresh.psql(exported(SMALL, REGISTER))
    both = load(SMALL, REGISTER)
    assert keeper.load(fresh.address).stamp == both.corpus.stamp
    reader = fresh.address.replace(f"{postgres.USER}@", "xjfacts_reader:reads@")
    assert load(reader).events() == both.events()
    with psycopg.connect(reader) as connection, pytest.raises(psycopg.errors.InsufficientPrivilege):
        connection.execute("delete from xjfacts.fact")


def test_a_stream_that_breaks_off_changes_nothing(fresh: Fresh) -> None:
    stream, before = exported(SMALL, REGISTER), load(SMALL).events()
    for end in (len(stream) // 3, stream.index(b"drop schema"), stream.rindex(b"commit")):
        fresh.server.psql(stream[:end], fresh.name, check=False)
        assert load(fresh.address).events() == before
        gc.collect()  # and with it ends the session, for which the next stream would wait
        assert fresh.psql("select count(*) from pg_namespace where nspname like 'xjfacts%'") == "2"


def test_a_row_that_does_not_fit_stops_psql_before_it_takes_the_rest_for_commands(fresh: Fresh) -> None:
    wrong = exported(SMALL).replace(b"copy role from stdin", b"copy roles from stdin")
    told = fresh.server.psql(wrong, fresh.name, check=False)
    assert told.returncode == 3
    assert told.stderr.count(b"ERROR") == 1
    assert load(fresh.address).corpus.stamp == load(SMALL).corpus.stamp


def test_a_schema_of_somebody_else_is_left_alone(server: Server) -> None:
    server.new_database("others", b"create schema xjfacts; create table xjfacts.treasure (id integer)")
    told = server.psql(exported(SMALL), "others", check=False)
    assert b"there is a schema xjfacts or xjfacts_kept that xjfacts did not make; nothing was changed" in told.stderr
    assert server.psql("select count(*) from xjfacts.treasure", "others").stdout.strip() == b"0"


def test_a_server_without_trigrams_says_so_and_is_left_alone(server: Server) -> None:
    server.new_database("bare")
    told = server.psql(exported(SMALL).replace(b"name = 'pg_trgm'", b"name = 'pg_nought'"), "bare", check=False)
    assert b"needs the extension pg_trgm, which this server does not have" in told.stderr
    assert server.psql("select count(*) from pg_namespace where nspname like 'xj%'", "bare").stdout.strip() == b"0"


FIXED = """
[country.freedonia]
name = "Freedonia"
[organisation.treasury]
name = "Freedonian Treasury"
part-of = "freedonia"
weak = ["Treasury"]
[person.erkin-oneill]
name = "Özgür O’Neill-Smith"
names = ["Xi Jin Ping", "Эркин", "张明", "ئەركىن"]
formerly = "oneill"
[document]
title = "T"
publisher = "P"
published = "2024-05-02"
dated-by = "printed"
url = "https://example.org/"
type = "article-newspaper"
origin = "P"
sha256 = "0000000000000000000000000000000000000000000000000000000000000000"
body = [[1, 9]]
paragraphs = 9
words = 400
[sanction.imposed]
gist = "G."
cite = [{ p = 1, quote = ["one", "two"] }]
by = "treasury"
target = "erkin-oneill"
status = "imposed"
date = "2024-04"
[claim.other]
gist = "H."
cite = [{ p = 2, quote = "three" }]
subjects = "erkin-oneill"
disputes = "fixed/imposed"
"""


def test_the_version_of_the_tables_is_raised_with_what_stands_in_them(tmp_path: Path) -> None:
    """Where this fails, raise `tables.VERSION`, so that no server filled before is asked, and write the digest anew."""
    file = tmp_path / "fixed.toml"
    file.write_text(FIXED)
    digest = hashlib.sha256(f"{tables.VERSION} {tables.SCHEMA}".encode())
    corpus = load(str(file)).corpus
    for table, rows in tables_of(corpus):
        digest.update(f"{table} {[*rows]}".encode())
    digest.update(f"{corpus.words.by_place} {corpus.words.imprints}".encode())
    assert digest.hexdigest()[:16] == "ffee2b8f14e0c4b7"


def test_what_is_kept_is_loaded_as_what_is_read(ask: Ask) -> None:
    for _ in range(2):  # the second time it is what the first has kept, if the files have rested long enough
        assert ask("--facts", SMALL, "export", "postgres") == ask("--no-cache", "--facts", SMALL, "export", "postgres")


# What goes wrong -------------------------------------------------------------------------------------------------------


def fails(told: Told, why: str) -> None:
    """Assert that a question was not answered at all, for a reason told in one line."""
    assert told.status == 4
    if told.out:  # in JSON
        answer = json.loads(told.out)
        assert answer["error"]["status"] == 4
        assert answer["results"] == []
    assert told.err.count("\n") == 1
    assert why in told.err
    for secret in (postgres.PASSWORD, postgres.USER, "s3cret"):
        assert secret not in told.out + told.err


@pytest.mark.usefixtures("on_server")
@pytest.mark.parametrize(
    ("database", "password", "why"),
    [
        ("small", "s3cret", "it does not accept the user and password that it was given"),
        ("nowhere", "", "it has no such database"),
        ("postgres", "", "there are none, or not for this user; 'xjfacts export postgres | psql' brings them there"),
    ],
)
def test_a_server_that_cannot_be_asked_is_one_line(
    database: str, password: str, why: str, server: Server, ask: Ask
) -> None:
    told = ask("--facts", server.address(database, password=password), "who", "Trentino", "--json")
    fails(told, why)
    assert f"postgresql://127.0.0.1:{server.port}/{database}" in told.err


def test_a_server_wants_a_password(on_server: str, ask: Ask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("PGPASSWORD")
    monkeypatch.setenv("PGPASSFILE", "/nowhere")
    fails(ask("--facts", on_server, "who", "Trentino"), "it wants a password, and none was found (see PGPASSFILE)")


@pytest.mark.parametrize(
    "address", ["postgresql://u:s3cret@[::1/x", "postgresql://u:s3cret%zz@h/x", "postgres://u:s3cret@h/x?nothing=1"]
)
def test_an_address_that_is_none_is_not_repeated(address: str, ask: Ask) -> None:
    fails(ask("--facts", address, "who", "Trentino"), "this is no address of a PostgreSQL server")


def test_a_password_in_the_address_stands_in_no_answer(on_server: str, server: Server, ask: Ask) -> None:
    address = on_server.replace("@", ":correct%20horse@")
    for question in (*QUESTIONS[:8], "export csv", "show gazette-2024", "check"):
        told = ask("--facts", address, *question.split())
        assert "horse" not in told.out + told.err


def test_a_server_is_asked_alone_and_has_no_files_to_check(on_server: str, ask: Ask) -> None:
    for told in (ask("--facts", on_server, "--facts", SMALL, "events"), ask("--facts", on_server, "check")):
        assert told.status == 2
        assert told.err.count("\n") == 1


def test_a_server_is_not_asked_without_its_library(on_server: str, ask: Ask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "psycopg", None)
    fails(ask("--facts", on_server, "events"), "install xjfacts[postgres]")


@pytest.mark.parametrize(
    ("damage", "why"),
    [
        (
            "update head set content = '\\x09' where name = 'version'",
            f"has the version 9, and this xjfacts asks for {tables.VERSION}",
        ),
        ("drop table name_word", keeper.DAMAGED),
        ("delete from head", keeper.DAMAGED),
        ("delete from fact where at = 0", keeper.DAMAGED),
        ("update fact set record = '\\x00' where at = 0", keeper.DAMAGED),
        ("update fact set id = 'x/y', at = 100 where at = 0", keeper.DAMAGED),
        ("alter table fact drop column beside", keeper.DAMAGED),
    ],
)
def test_tables_that_are_not_whole_answer_nothing(damage: str, why: str, fresh: Fresh, ask: Ask) -> None:
    fresh.psql(f"set search_path = xjfacts_kept; {damage}")
    question = ("who", "Ana Trentno") if "name_word" in damage else ("export", "csv")
    fails(ask("--facts", fresh.address, *question), why)


def test_a_question_that_takes_too_long_is_given_up(fresh: Fresh, ask: Ask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keeper, "LONGEST", 1)
    with psycopg.connect(fresh.address) as other:
        other.execute("lock table xjfacts_kept.fact in access exclusive mode")
        fails(ask("--facts", fresh.address, "who", "Trentino"), "the answer took too long")


def test_a_server_may_end_an_idle_session_and_the_next_question_is_answered(fresh: Fresh) -> None:
    facts = load(fresh.address)
    before = facts.sanctions()
    for _ in range(2):
        fresh.psql(NOBODY_ELSE)
        assert facts.sanctions() == before
        assert facts.events() == load(SMALL).events()


def test_facts_that_were_loaded_anew_are_not_mixed_with_the_old_ones(fresh: Fresh) -> None:
    facts = load(fresh.address)
    facts.sanctions()
    fresh.psql(NOBODY_ELSE)
    fresh.psql(exported(SMALL, REGISTER))
    with pytest.raises(UnreadableFacts, match="ask again"):
        facts.events()


def test_a_server_that_stops_between_two_questions_is_one_line_and_asked_again_when_it_is_back(
    postgres_programs: dict[str, str], ask: Ask
) -> None:
    with postgres.running(postgres_programs) as server:
        address = server.new_database("small", exported(SMALL))
        facts = load(address)
        before = facts.events()
        server.stop()
        fails(ask("--facts", address, "events", "--json"), "the server does not answer")
        with pytest.raises(UnreadableFacts, match="the server does not answer"):
            facts.who("Trentino")
        server.start()
        assert facts.who("Trentino") == load(SMALL).who("Trentino")
        assert facts.events() == before


def test_fifty_clients_at_once_have_the_same_answer(on_server: str) -> None:
    right = load(SMALL).who("Anna Trentyno")

    def one(_: int) -> bool:
        return load(on_server).who("Anna Trentyno") == right

    with ThreadPoolExecutor(50) as pool:
        assert all(pool.map(one, range(50)))


def test_a_client_too_many_is_told_so(fresh: Fresh, ask: Ask) -> None:
    fresh.psql("create role one login password 'one' connection limit 1")
    fresh.psql("grant usage on schema xjfacts_kept to one; grant select on all tables in schema xjfacts_kept to one")
    address = fresh.address.replace(f"{postgres.USER}@", "one:one@")
    with psycopg.connect(address):
        fails(ask("--facts", address, "events"), "it has no room for one more client")


def test_answers_of_a_server_pickle(on_server: str) -> None:
    answer = load(on_server).who("Trentino")
    assert pickle.loads(pickle.dumps(answer)) == answer


# Two servers -----------------------------------------------------------------------------------------------------------

# `fact` and `use` hold nearly all rows. Here their second halves stand on another server; see `benchmarks/README.md`.
FAR = """
create schema xjfacts_kept;
create table xjfacts_kept.fact (at bigint, id text collate "C", record bytea, beside bytea, seal bigint);
create table xjfacts_kept.use (entity bigint, use bigint, facts bytea, seal bigint);
"""
NEAR = """
create extension postgres_fdw;
create server far foreign data wrapper postgres_fdw options (host '127.0.0.1', port '{port}', dbname 'far');
create user mapping for current_user server far options (user '{user}', password '{password}');
set search_path = xjfacts_kept;
begin;
alter table fact rename to fact_all;
create table fact (like fact_all) partition by range (at);
create table fact_near partition of fact for values from (minvalue) to ({half});
create foreign table fact_far partition of fact for values from ({half}) to (maxvalue)
    server far options (schema_name 'xjfacts_kept', table_name 'fact');
insert into fact select * from fact_all;
drop table fact_all;
create unique index on fact_near (at);
alter table use rename to use_all;
create table use (like use_all) partition by range (entity);
create table use_near partition of use for values from (minvalue) to ({half});
create foreign table use_far partition of use for values from ({half}) to (maxvalue)
    server far options (schema_name 'xjfacts_kept', table_name 'use');
insert into use select * from use_all;
drop table use_all;
create unique index on use_near (entity, use);
commit;
"""


def test_facts_on_two_servers_give_the_answers_of_one(
    fresh: Fresh, postgres_programs: dict[str, str], ask: Ask
) -> None:
    with postgres.running(postgres_programs) as far:
        far.new_database("far", FAR.encode())
        fresh.psql(NEAR.format(port=far.port, user=postgres.USER, password=postgres.PASSWORD, half=6))
        assert int(far.psql("select count(*) from xjfacts_kept.fact", "far").stdout) > 6
        assert int(far.psql("select count(*) from xjfacts_kept.use", "far").stdout) > 3
        for question in QUESTIONS[::2]:
            asked = (*question.split(), "--format", "json")
            assert ask("--facts", fresh.address, *asked) == ask("--facts", SMALL, *asked)
        far.stop()
        fails(ask("--facts", fresh.address, "events", "--json"), "the server went away")
