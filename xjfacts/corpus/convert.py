"""Converting: from the tables of files to records, each with its place, or everything that keeps one from being that.

An entity is defined once, by the table that has its `name`. A table without a `name` adds names, search forms, weak
names or wholes to an entity that another table defines; that is how a user's own file extends the shipped entities.
Whether the records hold together can be judged only when all are in, see `references`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import Any, NamedTuple, Union, cast

import msgspec

from xjfacts.corpus.blobs import from_blob, to_blob
from xjfacts.corpus.model import (
    ENTITY_TABLES,
    FACT_TABLES,
    RELATIONS,
    ROLES,
    Document,
    Entity,
    Fact,
    Figure,
)
from xjfacts.corpus.needs import NEEDS, Need
from xjfacts.corpus.tomlfile import TomlFile
from xjfacts.corpus.values import FactIds, decode_hook
from xjfacts.corpus.wording import Guesser, Source, find_problems
from xjfacts.errors import Problem

TABLES = ("document", *ENTITY_TABLES, *FACT_TABLES)

MOST_TABLES = 20  # of a file without any that is known, looked at for one that is nearly so

MOST_PROBLEMS = 1_000  # of one file; nobody mends more at once
TOO_MANY = f"more than {MOST_PROBLEMS:,} problems, the most that are told of a file"

ID = re.compile("[a-z0-9-]{1,64}")
FACT_ID = re.compile("[a-z0-9-]{1,64}/[a-z0-9-]{1,64}")
ID_RULE = "an id is 1 to 64 small letters, digits and hyphens"


class MadeFact(NamedTuple):
    """A fact as it is kept: its id, its kind and its record."""

    id: str
    kind: str
    record: bytes

    @classmethod
    def of(cls, fact: Fact) -> MadeFact:
        return cls(fact.id, fact.kind, to_blob(fact))


class Made(NamedTuple):
    """What was made of a file that has a document and its facts, and nothing that is wrong by itself.

    That is its content and records, and what was to be noted of it.
    """

    content: bytes
    document: bytes
    facts: list[MadeFact]
    noted: Any


class FactFile(NamedTuple):
    """A file that was read, and its POSIX path within its folder. The stem of that path is the id of its document.

    It may have been `made` into records already.
    """

    relative: str
    toml: TomlFile
    made: Made | None = None

    @property
    def stem(self) -> str:
        return self.relative.rpartition("/")[2].removesuffix(".toml")

    @property
    def has_document(self) -> bool:
        return self.made is not None or "document" in self.toml.data

    @property
    def content(self) -> bytes:
        return self.toml.text.encode() if self.made is None else self.made.content


class FileRecords(NamedTuple):
    """The records of one file while it is at hand: its document, if it has one, its facts, and where each stands."""

    file: FactFile
    document: Document | None
    facts: Sequence[Fact]
    sources: Mapping[str, Source]


# Works out what is wanted of a file beside its records, in whichever process it is read.
Note = Callable[[FileRecords], Any]


def note_nothing(_: FileRecords) -> None:
    return None


def is_foreign(file: TomlFile) -> bool:
    """Tell whether a file is no fact file at all but the settings of some program, which are TOML too.

    It has no line that names the schema, and tables, of which none is one of ours or nearly so.
    """
    if not file.data or file.text.startswith("#:schema") or not file.data.keys().isdisjoint(TABLES):
        return False
    from difflib import get_close_matches  # only where nothing is known

    return not any(get_close_matches(table, TABLES, n=1) for table in list(file.data)[:MOST_TABLES])


class Sources(Mapping[str, Source]):
    """Where each record stands, by id. Of a record it costs no more than a place in a dict."""

    def __init__(self) -> None:
        self._tables: dict[str, tuple[TomlFile, str]] = {}

    def take(self, key: str, tables: tuple[TomlFile, str]) -> bool:
        """Note that a table below some of a file has an id, and tell whether that was free."""
        return self._tables.setdefault(key, tables) is tables

    def __getitem__(self, key: str) -> Source:
        file, kind = self._tables[key]
        return Source(file, (kind,) if kind == "document" else (kind, key.rpartition("/")[2]))

    def __contains__(self, key: object) -> bool:
        return key in self._tables

    def __iter__(self) -> Iterator[str]:
        return iter(self._tables)

    def __len__(self) -> int:
        return len(self._tables)


# Takes a fact as it is read, or as it was made by another process, and returns what of it is held in memory.
Hold = Callable[[Union[Fact, MadeFact]], Fact]


def hold_whole(fact: Fact | MadeFact) -> Fact:
    """Hold facts as they are read."""
    return fact if isinstance(fact, Fact) else cast(Fact, from_blob(fact.id, fact.record))


class Records:
    """The records of all files as they come in; afterwards `resolve` looks whether they hold together."""

    def __init__(self, problems: list[Problem], hold: Hold) -> None:
        self.problems = problems
        self._hold = hold
        self.nearest = Guesser()
        self.entities: dict[str, Entity] = {}
        self.documents: dict[str, Document] = {}
        self.facts: dict[str, Fact] = {}
        self._read: list[Fact] = []  # the facts of the last file, if they were not made elsewhere
        self.sources = Sources()
        self.additions: dict[str, list[Source]] = {}
        self._told: dict[str, int] = {}  # of each file, how many problems of its tables and references
        self.broken: set[str] = set()  # ids of tables with problems of their own: a reference to one does not dangle

    def add_file(self, file: FactFile, note: Note = note_nothing) -> Any:
        """Add the records of a file and return what is noted of it, if nothing is wrong yet."""
        self._read = []
        if file.made is None or not self._add_made(file.toml, file.stem, file.made):
            self._add_data(file)
        if self.problems:
            return None
        if file.made is not None:
            return file.made.noted
        document = self.documents[file.stem] if file.has_document else None
        return note(FileRecords(file, document, self._read, self.sources))

    def _add_made(self, file: TomlFile, document: str, made: Made) -> bool:
        """Add what was made of a file, and tell whether that could be done: an id may be taken."""
        if document in self.sources or any(fact.id in self.sources for fact in made.facts):
            return False
        self.sources.take(document, (file, "document"))
        self.documents[document] = from_blob(document, made.document)
        places = {kind: (file, kind) for kind in FACT_TABLES}
        for fact in made.facts:
            self.sources.take(fact.id, places[fact.kind])
            self.facts[fact.id] = self._hold(fact)
        return True

    def _add_data(self, file: FactFile) -> None:
        data = file.toml.data
        if "document" in data or not FACT_TABLES.keys().isdisjoint(data):
            self._add_document(file.toml, file.stem)
        for kind, tables in data.items():
            if kind not in TABLES:
                known = self.nearest(kind, TABLES)
                self.report(Source(file.toml, (kind,)).problem("unknown-table", f"unknown table '{kind}'{known}"))
            elif kind != "document":
                self._add_tables(file, kind, tables)

    def _add_document(self, file: TomlFile, document: str) -> None:
        source = Source(file, ("document",))
        if "document" not in file.data:
            self.report(
                Problem(file.name, 0, "no-document", "there are facts but no [document] that they are sourced to")
            )
        elif not ID.fullmatch(document):
            self.report(source.problem("bad-id", f"'{document}' cannot be the id of a document; {ID_RULE}"))
        else:
            record = self.convert(file.data["document"], Document, document, source)
            if self._is_new(document, source, (file, "document")) and record is not None:
                self.documents[document] = record

    def _add_tables(self, file: FactFile, kind: str, tables: Any) -> None:
        if not isinstance(tables, dict):
            text = f"'{kind}' is not a table; write [{kind}.some-id]"
            self.report(Source(file.toml, (kind,)).problem("wrong-type", text))
            return
        place = (file.toml, kind)
        for key, table in tables.items():
            source = Source(file.toml, (kind, key))
            if not ID.fullmatch(key):
                self.report(source.problem("bad-id", f"'{key}' cannot be an id; {ID_RULE}"))
            elif kind in ENTITY_TABLES:
                self._add_entity(key, table, source, place)
            else:
                self._add_fact(f"{file.stem}/{key}", table, source, place)

    def _add_entity(self, key: str, table: Any, source: Source, place: tuple[TomlFile, str]) -> None:
        if isinstance(table, dict) and "name" not in table:
            self.additions.setdefault(key, []).append(source)
        else:
            record = self.convert(table, ENTITY_TABLES[place[1]], key, source)
            if self._is_new(key, source, place) and record is not None:
                self.entities[key] = record

    def _add_fact(self, key: str, table: Any, source: Source, place: tuple[TomlFile, str]) -> None:
        record = self.convert(table, FACT_TABLES[place[1]], key, source)
        if not self._is_new(key, source, place) or record is None:
            return
        fact = _with_full_ids(record)
        self._read.append(fact)
        self.facts[key] = self._hold(fact)
        for code, field, message in _disharmonies(record):
            self.report(source.problem(code, message, field))

    def _is_new(self, key: str, source: Source, place: tuple[TomlFile, str]) -> bool:
        """Tell whether the id is free, and take it; report both places where it is not."""
        if self.sources.take(key, place):
            return True
        self.report(source.problem("double-id", f"'{key}' is already defined at {self.sources[key].place}"))
        return False

    def convert(self, table: Any, kind: type[Any], key: str, source: Source) -> Any:
        """Return the record of a table, or None after reporting everything that is wrong with it."""
        try:
            if isinstance(table, dict) and "id" not in table and "kind" not in table:
                return msgspec.convert({**table, "id": key}, kind, dec_hook=decode_hook)
        except msgspec.ValidationError:
            pass
        self.broken.add(key)
        self.report_all(find_problems(table, kind, source, self.nearest), source.file)
        return None

    def report_all(self, problems: Iterator[Problem], file: TomlFile) -> None:
        """Report what is wrong with a table or a reference of a file, as long as that is not too much to be told."""
        told = self._told.get(file.name, 0)
        while told <= MOST_PROBLEMS and (problem := next(problems, None)):
            if told == MOST_PROBLEMS:
                problem = Problem(file.name, 0, "too-many-problems", TOO_MANY)
            self.report(problem)
            told += 1
        self._told[file.name] = told

    def report(self, problem: Problem) -> None:
        self.problems.append(problem)


def _with_full_ids(fact: Fact) -> Fact:
    """Complete the short ids that a fact has of others of its document, and those that it had itself."""
    short = {name: ids for name in (*RELATIONS, "formerly") if (ids := getattr(fact, name))}
    if not short:
        return fact
    full = {
        name: FactIds(key if "/" in key else f"{fact.document}/{key}" for key in ids) for name, ids in short.items()
    }
    return msgspec.structs.replace(fact, **full)


@cache  # msgspec evaluates every annotation of the record anew each time, which takes longer than reading the fact
def _required_ids(kind: type[Fact]) -> tuple[tuple[str, str], ...]:
    """Return the fields of ids that a record must have, each with its key in a file."""
    fields = (field for field in msgspec.structs.fields(kind) if field.required and field.name in ROLES[kind.kind])
    return tuple((field.name, field.encode_name) for field in fields)


_NEEDS = {table: [need for need in NEEDS if need.table == table] for table in FACT_TABLES}


def _disharmonies(fact: Fact) -> Iterator[tuple[str, str, str]]:
    """Yield (code, key, message) for keys that are right each by itself, and not together."""
    for name, key in _required_ids(type(fact)):
        if getattr(fact, name) == ():
            yield "bad-value", key, f"'{key}' needs at least one id"
    for need in _NEEDS.get(fact.kind, ()):
        if (word := getattr(fact, need.key)) in need.words:
            yield from _unmet(need, fact, f"{need.key} '{word}'")
    if isinstance(fact, Figure) and fact.low is not None and fact.high is not None and fact.low > fact.high:
        yield "bad-value", "low", f"'low' is {fact.low}, which is more than 'high' {fact.high}"


def _unmet(need: Need, fact: Fact, subject: str) -> Iterator[tuple[str, str, str]]:
    given = {key for key in need.all_of + need.any_of + need.none_of if _has(fact, key)}
    why = f": {need.why}" if need.why else ""
    if not given.issuperset(need.all_of):
        yield "missing-key", need.key, f"{subject} needs {_quoted(need.all_of, 'and')}{why}"
    if need.any_of and given.isdisjoint(need.any_of):
        yield "missing-key", need.key, f"{subject} needs {_quoted(need.any_of, 'or')}{why}"
    for key in need.none_of:
        if key in given:
            yield "bad-value", key, f"{subject} takes {_quoted(need.all_of, 'and')}, not '{key}'"


def _has(fact: Fact, key: str) -> bool:
    return getattr(fact, key.replace("-", "_")) not in (None, ())


def _quoted(keys: Iterable[str], conjunction: str) -> str:
    return f" {conjunction} ".join(f"'{key}'" for key in keys)
