r"""The facts as a stream for psql: for PostgreSQL, where many desks' facts come together or many people ask.

    xjfacts export postgres | psql facts        then: xjfacts --facts postgresql:///facts who "Erkin Tuniyaz"

The schema `xjfacts` is for people: the tables and views of `relational`, where `search` has a `tsvector` and names an
index of trigrams (`name % 'Tunyaz'`). The schema `xjfacts_kept` is for the tool: the tables of `corpus/tables`, with
their version. Where there is a role `xjfacts_reader`, it may read both.

Everything is one transaction under other names, and at its end takes the place of what was there; so whoever asks
meanwhile has the old facts or the new ones, and a stream that breaks off changes nothing. A schema of these names
that is not marked as ours stops it. Rows are made as they are written: no table is held whole.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from msgspec.msgpack import encode

from xjfacts.corpus.cache import HEAD
from xjfacts.corpus.fulltext import TABLES
from xjfacts.corpus.index import Corpus
from xjfacts.corpus.matches import words_of
from xjfacts.corpus.sealed import seal
from xjfacts.corpus.server import WEIGHTS
from xjfacts.corpus.snapshot import tables_of
from xjfacts.corpus.tables import INDEXES, SCHEMA, VERSION
from xjfacts.errors import UnwritableAnswer
from xjfacts.exports import relational

CHUNK = 1 << 16  # characters, more or less: what is handed on at once

# Without the first line psql would take the rows of a table that it could not make for commands, its own included.
_BEGIN = r"""\set ON_ERROR_STOP on
set client_encoding = 'UTF8';
set client_min_messages = warning;
begin;
set local lock_timeout = '2min';
do $$ begin
    if current_setting('server_version_num')::integer < 120000 then
        raise exception 'xjfacts needs PostgreSQL 12 or later';
    end if;
    if not exists (select from pg_available_extensions where name = 'pg_trgm') then
        raise exception 'xjfacts needs the extension pg_trgm, which this server does not have (postgresql-contrib)';
    end if;
    if exists (
        select from pg_namespace where nspname in ('xjfacts', 'xjfacts_kept')
        and coalesce(obj_description(oid, 'pg_namespace'), '') not like 'xjfacts: %'
    ) then
        raise exception 'there is a schema xjfacts or xjfacts_kept that xjfacts did not make; nothing was changed';
    end if;
end $$;
create extension if not exists pg_trgm with schema public;
"""
_IN = """\
create schema {schema}_new;
comment on schema {schema}_new is '{comment}';
do $$ begin
    perform set_config('search_path', '{schema}_new, ' || (
        select quote_ident(nspname) from pg_extension join pg_namespace on pg_namespace.oid = extnamespace
        where extname = 'pg_trgm'
    ), true);
end $$;
"""
_END = """\
drop schema if exists xjfacts, xjfacts_kept cascade;
alter schema xjfacts_new rename to xjfacts;
alter schema xjfacts_kept_new rename to xjfacts_kept;
do $$ begin
    if exists (select from pg_roles where rolname = 'xjfacts_reader') then
        grant usage on schema xjfacts, xjfacts_kept to xjfacts_reader;
        grant select on all tables in schema xjfacts, xjfacts_kept to xjfacts_reader;
    end if;
end $$;
commit;
"""
_COMMENTS = {
    "xjfacts": "xjfacts: facts for whoever asks in SQL; the next export replaces all that is in this schema",
    "xjfacts_kept": "xjfacts: facts as the tool asks for them; the next export replaces all that is in this schema",
}

_SEARCH = """\
create table search (
    id text primary key references fact (id), gist text not null, quotes text not null, names text not null,
    words tsvector generated always as (to_tsvector('simple', gist || ' ' || quotes || ' ' || names)) stored
);
"""
_SEARCH_INDEXES = """\
create index search_words on search using gin (words);
create index name_trigrams on name using gin (name gin_trgm_ops);
"""
_COLUMNS = {"search": " (id, gist, quotes, names)"}
_JOINED = "string_agg(found, chr(10))"

# The words of the kept tables as PostgreSQL has them. Texts are to be in the order of their letters' numbers.
_DIALECT = {r" without rowid": "", r" integer\b": " bigint", r" blob\b": " bytea", r"(\w+ text)\b": r'\1 collate "C"'}

_REFERENCE = re.compile(r" references \w+ \(id\)")
_TABLE = re.compile(r"create table (\w+) \((.*?)\);\n", re.DOTALL)


def to_postgres(corpus: Corpus) -> Iterator[bytes]:
    """Yield the stream. Raises UnwritableAnswer for a text that PostgreSQL cannot hold."""
    pieces: list[str] = []
    size = 0
    for piece in _pieces(corpus):
        pieces.append(piece)
        size += len(piece)
        if size >= CHUNK:
            yield "".join(pieces).encode()
            pieces, size = [], 0
    yield "".join(pieces).encode()


def _pieces(corpus: Corpus) -> Iterator[str]:
    yield _BEGIN
    yield from _readable(corpus)
    yield from _kept(corpus)
    yield _END


def _readable(corpus: Corpus) -> Iterator[str]:
    """Yield the schema for people; foreign keys are checked once, when all rows are there."""
    statements = relational.tables() + _SEARCH
    yield _IN.format(schema="xjfacts", comment=_COMMENTS["xjfacts"])
    yield _REFERENCE.sub("", statements)
    for table, rows in relational.rows_of(corpus):
        yield from _copied(table, rows)
    yield relational.INDEXES.strip() + "\n" + _SEARCH_INDEXES
    yield from _foreign_keys(statements)
    yield relational.views(_JOINED)
    yield from _analyzed(statements)


def _foreign_keys(statements: str) -> Iterator[str]:
    for table, columns in _TABLE.findall(statements):
        for column, reference in re.findall(r"(\w+) text [^,]*?(references \w+ \(id\))", columns):
            yield f"alter table {table} add foreign key ({column}) {reference};\n"


def _kept(corpus: Corpus) -> Iterator[str]:
    """Yield the schema for the tool, with the words of SQLite for types in those of PostgreSQL."""
    statements = f"{HEAD};\n{SCHEMA.strip()};\n"
    for sqlite, postgres in _DIALECT.items():
        statements = re.sub(sqlite, postgres, statements)
    yield _IN.format(schema="xjfacts_kept", comment=_COMMENTS["xjfacts_kept"])
    yield statements
    head = (("version", encode(VERSION)), ("stamp", encode(corpus.stamp)))
    for table, rows in (("head", head), *tables_of(corpus)):
        yield from _copied(table, ((*row, seal(row)) for row in rows))
    yield INDEXES.strip() + ";\n"
    yield from _analyzed(statements)
    yield from _words(corpus)


def _words(corpus: Corpus) -> Iterator[str]:
    """Yield what is searched for words: a `tsvector` for each fact, for the names of each entity, for each document."""
    for table, rows in words_of(corpus):
        yield f"create table {table} (at bigint primary key, words tsvector not null);\n"
        yield from _copied(table, ((at, _vector(table, texts)) for at, texts in rows))
        yield f"create index {table}_words on {table} using gin (words);\nanalyze {table};\n"


def _vector(table: str, texts: Mapping[str, str]) -> str:
    """Return texts as a `tsvector`: every word with its places, and none of two texts side by side."""
    found: dict[str, list[str]] = {}
    at = 0
    for place, weight in zip(TABLES[table], WEIGHTS, strict=False):
        for word in (*texts[place].split(), ""):
            at += 1
            if word.isalnum():
                found.setdefault(word, []).append(f"{at}{weight}")
    return " ".join(f"{word}:{','.join(places)}" for word, places in found.items())


def _analyzed(statements: str) -> Iterator[str]:
    return (f"analyze {table};\n" for table, _ in _TABLE.findall(statements))


def _copied(table: str, rows: Iterable[Sequence[Any]]) -> Iterator[str]:
    yield f"copy {table}{_COLUMNS.get(table, '')} from stdin;\n"
    for row in rows:
        yield "\t".join([_cell(table, value) for value in row]) + "\n"
    yield "\\.\n"


_ESCAPES = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})


def _cell(table: str, value: Any) -> str:
    r"""Return a value in the text format of COPY: `\N` for none, bytes in hex."""
    if value is None:
        return "\\N"
    if isinstance(value, str):
        if "\0" in value:
            raise UnwritableAnswer(f"PostgreSQL cannot hold a text with a NUL, as there is one for its table {table}")
        return value.translate(_ESCAPES)
    return f"\\\\x{value.hex()}" if isinstance(value, bytes) else str(int(value) if isinstance(value, bool) else value)
