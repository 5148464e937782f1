"""The facts as an SQLite database, for Datasette and whatever else speaks SQL.

    select fact.gist, link from fact join citation on citation.fact = fact.id
     where fact.id in (select id from search where search match 'genocide');

A table for each kind of fact holds its own fields, `fact` what all kinds have, `role` who takes part as what, and
`citation` the proofs; `relation` says what stands together or against each other. Entities of all kinds stand in
`entity`, all their names in `name`. `search` is a full-text index (FTS5) over gists, quotes and the names of those who
take part. References are foreign keys. Dates are EDTF, as in the files, beside the first and the last day that they can
mean. The same facts give the same bytes.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from xjfacts.answers.compose import iso_day
from xjfacts.answers.selection import days_of
from xjfacts.answers.sources import link_to_quote
from xjfacts.corpus.index import Corpus
from xjfacts.corpus.model import (
    FACT_TABLES,
    RELATIONS,
    ROLES,
    Document,
    Entity,
    Fact,
)
from xjfacts.dates import Edtf
from xjfacts.errors import UnwritableAnswer

if TYPE_CHECKING:
    from sqlite3 import Connection

Row = tuple[Any, ...]

_SCHEMA = """
create table data (sha256 text not null, documents integer not null, facts integer not null);
create table entity (id text primary key, kind text not null, name text not null, size integer, code text);
create table name (
    id integer primary key, entity text not null references entity, name text not null,
    source text not null check (source in ('name', 'names', 'search', 'weak'))
);
create table part_of (
    part text not null references entity, whole text not null references entity, primary key (part, whole)
);
create table document (
    id text primary key, title text not null, publisher text not null, authors text not null, published text not null,
    dated_by text not null, url text not null, via text, rights text not null, language text, type text not null,
    origin text not null, sha256 text not null, paragraphs integer not null, words integer not null
);
create table fact (
    id text primary key, kind text not null, document text not null references document, gist text not null,
    brief text, date text, earliest text, latest text
);
create table role (
    fact text not null references fact, role text not null, number integer not null,
    entity text not null references entity, primary key (fact, role, number)
);
create table citation (
    id integer primary key, fact text not null references fact, document text not null references document,
    paragraph integer not null, quote text not null, context text, link text not null
);
create table relation (
    fact text not null references fact, relation text not null, other text not null references fact,
    primary key (fact, relation, other)
);
create table former (id text primary key, now text not null);
"""

_INDEXES = """
create index name_by_entity on name (entity);
create index name_by_name on name (name);
create index part_by_whole on part_of (whole);
create index fact_by_document on fact (document);
create index role_by_entity on role (entity);
create index citation_by_fact on citation (fact);
create index citation_by_document on citation (document);
create index relation_by_other on relation (other);
"""

_SEARCH = """
create virtual table search using fts5 (
    id unindexed, gist, quotes, names, tokenize = 'unicode61 remove_diacritics 2'
);
"""

_COLUMN_TYPES = {"value": "numeric", "low": "numeric", "high": "numeric", "open_ended": "integer", "alleged": "integer"}
_COMMON = {*Fact.__struct_fields__, *RELATIONS}


def to_sqlite(corpus: Corpus) -> bytes:
    """Return the database file. Raises UnwritableAnswer where this Python has no SQLite with full-text search."""
    try:
        import sqlite3  # not every Python is built with it
    except ImportError:
        raise UnwritableAnswer("this Python was built without SQLite") from None
    try:
        with closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
            _fill(connection, corpus)
            return _content(connection)
    except (sqlite3.Error, OSError) as error:
        reason = error.strerror if isinstance(error, OSError) else error
        raise UnwritableAnswer(f"the database cannot be made: {reason}") from None


def _content(connection: Connection) -> bytes:
    if hasattr(connection, "serialize"):  # since Python 3.11, where SQLite has it; it leaves nothing behind when killed
        return connection.serialize()
    with TemporaryDirectory(prefix="xjfacts-", ignore_cleanup_errors=True) as folder:
        path = os.path.join(folder, "facts.db")
        connection.execute("vacuum into ?", (path,))
        with open(path, "rb") as file:
            return file.read()


def _fill(connection: Connection, corpus: Corpus) -> None:
    """Write everything in one transaction, in the order of the corpus: the same facts give the same bytes."""
    kinds = {kind: _fields(kind) for kind in FACT_TABLES}
    tables = [f"create table {kind} ({_columns(fields)});" for kind, fields in kinds.items()]
    connection.executescript("pragma journal_mode = off; pragma synchronous = off; pragma foreign_keys = on;")
    connection.executescript("\n".join(["begin;", _SCHEMA, *tables, _INDEXES, _SEARCH]))
    for table, rows in _rows(corpus, kinds):
        for row in rows:
            connection.execute(f"insert into {table} values ({', '.join('?' * len(row))})", row)  # noqa: S608, our names
    connection.execute("insert into search (search) values ('optimize')")
    connection.execute("commit")


def _fields(kind: str) -> tuple[str, ...]:
    """Return the fields that only this kind of fact has, but for those that name entities."""
    shared = {*_COMMON, *ROLES[kind]}
    return tuple(field for field in FACT_TABLES[kind].__struct_fields__ if field not in shared)


def _columns(fields: Iterable[str]) -> str:
    own = [f"{field} {_COLUMN_TYPES.get(field, 'text')}" for field in fields]
    return ", ".join(["id text primary key references fact", *own])


def _rows(corpus: Corpus, kinds: Mapping[str, tuple[str, ...]]) -> Iterator[tuple[str, Iterable[Row]]]:
    """Yield each table with its rows, those that others refer to first."""
    entities, facts = corpus.entities.values(), corpus.facts.values()
    yield "data", [corpus.stamp]
    yield "entity", [(one.id, one.kind, one.name, getattr(one, "size", None), one.code) for one in entities]
    yield "name", _numbered(row for entity in entities for row in _names(entity))
    yield "part_of", [(one.id, whole) for one in entities for whole in dict.fromkeys(one.part_of)]
    yield "document", map(_document, corpus.documents.values())
    yield "fact", (_fact(corpus, fact) for fact in facts)
    for kind, fields in kinds.items():
        yield kind, [(one.id, *(_value(getattr(one, field)) for field in fields)) for one in facts if one.kind == kind]
    yield "role", (row for fact in facts for row in _roles(fact))
    yield "citation", _numbered(row for fact in facts for row in _citations(corpus, fact))
    yield "relation", (row for fact in facts for row in _relations(fact))
    yield "former", corpus.renamed.items()
    yield "search", (_searched(corpus, fact) for fact in facts)


def _numbered(rows: Iterable[Row]) -> Iterator[Row]:
    return ((number, *row) for number, row in enumerate(rows, start=1))


def _names(entity: Entity) -> Iterator[Row]:
    for source, names in (
        ("name", (entity.name,)),
        ("names", entity.names),
        ("search", entity.search),
        ("weak", entity.weak),
    ):
        yield from ((entity.id, name, source) for name in names)


def _document(one: Document) -> Row:
    return (
        one.id, one.title, one.publisher, "; ".join(one.authors), one.published.text, one.dated_by, one.url, one.via,
        one.rights, one.language, one.type, "; ".join(one.origin), one.sha256, one.paragraphs, one.words,
    )  # fmt: skip


def _fact(corpus: Corpus, fact: Fact) -> Row:
    days = map(iso_day, days_of(corpus, fact))
    return (fact.id, fact.kind, fact.document, fact.gist, fact.brief, _value(fact.date), *days)


def _roles(fact: Fact) -> Iterator[Row]:
    for role in ROLES[fact.kind]:
        for number, entity in enumerate(getattr(fact, role), start=1):
            yield fact.id, role, number, entity


def _citations(corpus: Corpus, fact: Fact) -> Iterator[Row]:
    document = corpus.documents[fact.document]
    for proof in fact.cite:
        yield fact.id, fact.document, proof.p, proof.text, proof.context, link_to_quote(document, proof)


def _relations(fact: Fact) -> Iterator[Row]:
    for relation in RELATIONS:
        yield from ((fact.id, relation, other) for other in dict.fromkeys(getattr(fact, relation)))


def _searched(corpus: Corpus, fact: Fact) -> Row:
    names = (name for key in fact.entities for name in (corpus.entities[key].name, *corpus.entities[key].names))
    return fact.id, fact.gist, "\n".join(proof.text for proof in fact.cite), "\n".join(dict.fromkeys(names))


def _value(value: Any) -> Any:
    if isinstance(value, tuple):
        return "; ".join(value) or None
    return value.text if isinstance(value, Edtf) else value
