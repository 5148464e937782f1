"""The facts as tables of columns that people ask in SQL: what `database` and `postgres` write.

A table for each kind of fact holds its own fields, `fact` what all kinds have, `role` who takes part as what, and
`citation` the proofs; `relation` says what stands together or against each other. What a document or a fact has several
of (authors, origins, aliases, measures) stands in `author`, `origin` and `item`, one a row. Entities of all kinds stand
in `entity`, all their names in `name`. The views `sanctions`, `events` and `statements` have names beside ids, for a
reader. References are foreign keys. Dates are EDTF, as in the files, beside the first and the last day that they can
mean. `search` holds, for each fact, the texts that are searched for words; how, is for each database to say.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from msgspec.structs import astuple

from xjfacts.answers.compose import iso_day
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
from xjfacts.corpus.together import days_together
from xjfacts.dates import Edtf

Row = tuple[Any, ...]

_TABLES = """
create table data (sha256 text not null, documents integer not null, facts integer not null);
create table entity (id text primary key, kind text not null, name text not null, size integer, code text);
create table name (
    id integer primary key, entity text not null references entity (id), name text not null,
    source text not null check (source in ('name', 'names', 'search', 'weak'))
);
create table part_of (
    part text not null references entity (id), whole text not null references entity (id), primary key (part, whole)
);
create table document (
    id text primary key, title text not null, publisher text not null, published text not null, dated_by text not null,
    url text not null, via text, rights text not null, language text, type text not null, sha256 text not null,
    paragraphs integer not null, words integer not null
);
create table author (
    document text not null references document (id), number integer not null, name text not null,
    primary key (document, number)
);
create table origin (
    document text not null references document (id), number integer not null, name text not null,
    primary key (document, number)
);
create table fact (
    id text primary key, kind text not null, document text not null references document (id), gist text not null,
    brief text, date text, earliest text, latest text
);
create table role (
    fact text not null references fact (id), role text not null, number integer not null,
    entity text not null references entity (id), primary key (fact, role, number)
);
create table citation (
    id integer primary key, fact text not null references fact (id), document text not null references document (id),
    paragraph integer not null, quote text not null, context text, link text not null
);
create table relation (
    fact text not null references fact (id), relation text not null, other text not null references fact (id),
    primary key (fact, relation, other)
);
create table item (
    fact text not null references fact (id), field text not null, number integer not null, value text not null,
    primary key (fact, field, number)
);
create table former (id text primary key, now text not null);
"""

INDEXES = """
create index name_by_entity on name (entity);
create index name_by_name on name (name);
create index part_by_whole on part_of (whole);
create index fact_by_document on fact (document);
create index role_by_entity on role (entity);
create index citation_by_fact on citation (fact);
create index citation_by_document on citation (document);
create index relation_by_other on relation (other);
"""

# For readers: a row a fact, the names of those who take part beside their ids, several divided by a line break.
_VIEWS = {
    "sanctions": ("sanction", "status, programme, reference, listed_as, as_of", ("by", "target", "called_for_by")),
    "events": ("event", "type, outcome", ("participants", "place")),
    "statements": ("statement", "act, medium", ("speaker", "to")),
}
_NAMED = """(
    select {joined} from (
        select entity.{what} as found from role join entity on entity.id = role.entity
         where role.fact = fact.id and role.role = '{role}' order by role.number
    ) as those
) as {alias}"""

_COLUMN_TYPES = {"value": "numeric", "low": "numeric", "high": "numeric", "open_ended": "integer", "alleged": "integer"}
_COMMON = {*Fact.__struct_fields__, *RELATIONS}
_LISTS = ("also_called", "measures", "lifts")


def _fields(kind: str) -> tuple[str, ...]:
    """Return the fields that only this kind of fact has, but for those that name entities or hold several values."""
    shared = {*_COMMON, *ROLES[kind], *_LISTS}
    return tuple(field for field in FACT_TABLES[kind].__struct_fields__ if field not in shared)


def tables() -> str:
    """Return the statements that make the tables, but for `search`; those that others refer to come first."""
    kinds = (f"create table {kind} ({_columns(kind)});\n" for kind in FACT_TABLES)
    return "".join((_TABLES, *kinds))


def _columns(kind: str) -> str:
    own = [f"{field} {_COLUMN_TYPES.get(field, 'text')}" for field in _fields(kind)]
    return ", ".join(["id text primary key references fact (id)", *own])


def views(joined: str) -> str:
    """Return the statements that make the views; `joined` is how a database joins all `found` by a line break."""
    return "".join(_view(name, joined) for name in _VIEWS)


def _view(name: str, joined: str) -> str:
    table, fields, roles = _VIEWS[name]
    named = [
        _NAMED.format(what=what, role=role, alias=f"{role}{end}", joined=joined)
        for role in roles
        for what, end in (("name", "_names"), ("id", "_ids"))
    ]
    columns = ", ".join(
        ["fact.id", "date", "earliest", "latest", *(f"{table}.{field}" for field in fields.split(", ")), *named, "gist"]
    )
    return f"create view {name} as select {columns} from fact join {table} on {table}.id = fact.id;\n"  # noqa: S608, ours


def rows_of(corpus: Corpus) -> Iterator[tuple[str, Iterable[Row]]]:
    """Yield each table with its rows, in the order of `tables`, and `search` as the last. No table is held whole."""
    entities, facts = corpus.entities.values(), corpus.facts.values()
    yield "data", [astuple(corpus.stamp)]
    yield "entity", ((one.id, one.kind, one.name, getattr(one, "size", None), one.code) for one in entities)
    yield "name", _numbered(row for entity in entities for row in _names(entity))
    yield "part_of", ((one.id, whole) for one in entities for whole in dict.fromkeys(one.part_of))
    yield "document", map(_document, corpus.documents.values())
    for table, field in (("author", "authors"), ("origin", "origin")):
        yield table, _lists(corpus, field)
    yield "fact", (_fact(corpus, fact) for fact in facts)
    yield "role", (row for fact in facts for row in _roles(fact))
    yield "citation", _numbered(row for fact in facts for row in _citations(corpus, fact))
    yield "relation", (row for fact in facts for row in _relations(fact))
    yield "item", (row for fact in facts for row in _items(fact))
    yield "former", corpus.renamed.items()
    for kind in FACT_TABLES:
        yield kind, _of_kind(corpus, kind)
    yield "search", (_searched(corpus, fact) for fact in facts)


def _of_kind(corpus: Corpus, kind: str) -> Iterator[Row]:
    fields = _fields(kind)
    for key in corpus.facts_of_kind(kind):
        fact = corpus.facts[key]
        yield key, *(_value(getattr(fact, field)) for field in fields)


def _lists(corpus: Corpus, field: str) -> Iterator[Row]:
    for one in corpus.documents.values():
        yield from _listed(one.id, getattr(one, field))


def _items(fact: Fact) -> Iterator[Row]:
    for field in _LISTS:
        yield from ((fact.id, field, *row[1:]) for row in _listed("", getattr(fact, field, ())))


def _numbered(rows: Iterable[Row]) -> Iterator[Row]:
    return ((number, *row) for number, row in enumerate(rows, start=1))


def _listed(key: str, values: Iterable[str]) -> Iterator[Row]:
    return ((key, number, value) for number, value in enumerate(values, start=1))


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
        one.id, one.title, one.publisher, one.published.text, one.dated_by, one.url, one.via, one.rights, one.language,
        one.type, one.sha256, one.paragraphs, one.words,
    )  # fmt: skip


def _fact(corpus: Corpus, fact: Fact) -> Row:
    days = map(iso_day, days_together(corpus, fact.id))  # as the commands have it
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
    return value.text if isinstance(value, Edtf) else value
