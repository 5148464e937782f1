"""Find, read and convert fact files: folders in, a `Corpus` out, or every reason why not.

Each reason is a `Problem` in one place: `facts/documents/x.toml:12: unknown key 'yera' (did you mean 'year'?)
[unknown-key]`. All files are read and all tables converted before anything is reported, so that one run shows all
there is to mend. What is merely doubtful is not looked for here but in `check`.

An entity is defined once, by the table that has its `name`. A table without a `name` adds names, search forms, weak
names or wholes to an entity that another table defines; that is how a user's own file extends the shipped entities.
"""

from __future__ import annotations

import os
import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import pairwise
from typing import Any, Literal, NamedTuple, get_args, get_origin

import msgspec

from xjfacts.corpus.index import Corpus
from xjfacts.corpus.model import (
    ENTITY_TABLES,
    FACT_TABLES,
    NEEDS,
    RELATIONS,
    ROLES,
    Cite,
    Document,
    Entity,
    Fact,
    Figure,
    Group,
    Need,
    decode_hook,
)
from xjfacts.corpus.tomlfile import TomlFile, read_toml
from xjfacts.errors import Problem, UnreadableFacts, suggestion
from xjfacts.files import SHIPPED, Progress, find_fact_files, in_silence, shipped_folder

TABLES = ("document", *ENTITY_TABLES, *FACT_TABLES)

LONGEST_EXCERPT = 40  # characters of a value that a message quotes
MOST_GUESSES = 50  # per run; each takes up to 10 ms, and nobody mends more at once

_ID = re.compile("[a-z0-9-]{1,64}")
_AT = re.compile(r" - at `\$(.*)`$", re.DOTALL)
_STEP = re.compile(r"\.([\w-]+)|\[(\d+)\]")

CODES = {
    "unknown-table": "a top-level table that no fact file has",
    "unknown-key": "a key that the table does not have",
    "missing-key": "a key that the table, or the word it uses, needs",
    "wrong-type": "a value of another type than the key takes",
    "unknown-word": "a word outside a closed list",
    "bad-value": "a value of the right type that cannot be meant",
    "bad-date": "text that is not one of the dates accepted, or not a day of the calendar",
    "bad-id": "a key or file name that cannot be an id",
    "double-id": "one id for two things; both places are named",
    "unknown-entity": "a reference to an entity that no file defines",
    "unknown-fact": "a reference to a fact that no file holds",
    "no-document": "facts in a file that has no [document]",
    "no-facts": "no fact file where one was expected",
}


class FactFile(NamedTuple):
    """A file that was read, and its POSIX path within its folder. The stem of that path is the id of its document."""

    relative: str
    toml: TomlFile

    @property
    def stem(self) -> str:
        return self.relative.rpartition("/")[2].removesuffix(".toml")

    @property
    def has_document(self) -> bool:
        return "document" in self.toml.data


class Source(NamedTuple):
    """Where a record stands: the file and the path of its table."""

    file: TomlFile
    path: tuple[str, ...]

    @property
    def place(self) -> str:
        return f"{self.file.name}:{self.file.line_of(self.path)}"

    @property
    def table(self) -> Any:
        table: Any = self.file.data
        for step in self.path:
            table = table[step]
        return table

    def problem(self, code: str, message: str, *within: str | int) -> Problem:
        return Problem(self.file.name, self.file.line_of((*self.path, *within)), code, message)


class Loaded(NamedTuple):
    """A corpus with what only `check` needs to know.

    That is where each record stands, by id; which further tables add to an entity; and the files that were named (not
    those which they were read among).
    """

    corpus: Corpus
    sources: Mapping[str, Source]
    additions: Mapping[str, Sequence[Source]]
    files: tuple[FactFile, ...]


def load_corpus(folders: Sequence[str] = (), *, progress: Progress = in_silence) -> Corpus:
    """Read every fact file below the folders (or the single files) into one corpus.

    No folder means the shipped facts, and so does the word `shipped` among others. `progress` shows how far it is.
    Raises UnreadableFacts, with all problems sorted by place, where anything cannot be read as a record; nothing is
    half-answered.
    """
    return load_with_sources(folders, progress=progress).corpus


def load_with_sources(
    folders: Sequence[str] = (), *, among: Sequence[str] = (), progress: Progress = in_silence
) -> Loaded:
    """Do as `load_corpus` does, and also return where every record stands.

    `among` are further folders, for what the records refer to. A file of theirs stands back where `folders` has the
    same file, or another version of the same document.
    """
    problems: list[Problem] = []
    seen: set[str] = set()
    files = _read_files(folders or (SHIPPED,), problems, seen, progress)
    documents = {file.stem for file in files if file.has_document}
    others = [
        one for one in _read_files(among, problems, seen, progress) if not (one.has_document and one.stem in documents)
    ]
    records = _Records(problems)
    for file in progress("arranging", (*files, *others)):
        records.add_file(file)
    records.resolve()
    if problems:
        raise UnreadableFacts(f"the facts cannot be read: {_count(len(problems), 'problem')}", tuple(sorted(problems)))
    corpus = Corpus(records.entities, records.documents, records.facts, _digest((*files, *others)))
    return Loaded(corpus, records.sources, records.additions, tuple(files))


def _read_files(folders: Sequence[str], problems: list[Problem], seen: set[str], progress: Progress) -> list[FactFile]:
    """Return the files of the folders that were not `seen` before, and add what is wrong with others to `problems`."""
    files: list[FactFile] = []
    for folder in dict.fromkeys(folders):
        root, shown = (shipped_folder(), "facts") if folder == SHIPPED else (folder, folder)
        found, missing = find_fact_files(root, name=shown)
        problems += missing
        if not found and not missing:
            problems.append(Problem(shown, 0, "no-facts", "there is no fact file (*.toml) in this folder"))
        for path in progress("reading", found):
            resolved = os.path.realpath(path.path)
            if resolved in seen:
                continue
            seen.add(resolved)
            toml, wrong = read_toml(path.path, name=path.name, root=root)
            problems += wrong
            if toml is not None:
                files.append(FactFile(path.relative, toml))
    return files


def _digest(files: Iterable[FactFile]) -> str:
    """Return the SHA-256 over all fact files: for each, in order, its path in its folder, its size and its bytes.

    They are counted with LF for every line end and without a byte order mark, so that a checkout on Windows has the
    facts, and the answers, of any other.
    """
    from hashlib import sha256  # costs 5 ms and is needed only when files were really read

    digest = sha256()
    for file in files:
        content = file.toml.text.encode()
        digest.update(f"{file.relative}\0{len(content)}\0".encode("utf-8", "surrogateescape"))
        digest.update(content)
    return digest.hexdigest()


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


class _Guesser:
    """Says which known word a wrong one is nearest to; not for every one of a file that is hostile, for it is slow."""

    def __init__(self) -> None:
        self._left = MOST_GUESSES

    def __call__(self, word: str, known: Iterable[str]) -> str:
        from difflib import get_close_matches  # only where something is wrong already

        self._left -= 1
        return suggestion(get_close_matches(word, list(known), n=1, cutoff=0.6)) if self._left >= 0 else ""


class _Records:
    """The records of all files as they come in; afterwards `resolve` looks whether they hold together."""

    def __init__(self, problems: list[Problem]) -> None:
        self.problems = problems
        self.nearest = _Guesser()
        self.entities: dict[str, Entity] = {}
        self.documents: dict[str, Document] = {}
        self.facts: dict[str, Fact] = {}
        self.sources: dict[str, Source] = {}
        self.additions: dict[str, list[Source]] = {}
        self._added_wholes: dict[tuple[str, str], Source] = {}  # what a further table makes an entity a part of
        self._broken: set[str] = set()  # ids of tables with problems of their own: a reference to one does not dangle

    def add_file(self, file: FactFile) -> None:
        data = file.toml.data
        if "document" in data or not FACT_TABLES.keys().isdisjoint(data):
            self._add_document(file.toml, file.stem)
        for kind, tables in data.items():
            if kind not in TABLES:
                known = self.nearest(kind, TABLES)
                self._report(Source(file.toml, (kind,)).problem("unknown-table", f"unknown table '{kind}'{known}"))
            elif kind != "document":
                self._add_tables(file, kind, tables)

    def _add_document(self, file: TomlFile, document: str) -> None:
        source = Source(file, ("document",))
        if "document" not in file.data:
            self._report(
                Problem(file.name, 0, "no-document", "there are facts but no [document] that they are sourced to")
            )
        elif not _ID.fullmatch(document):
            self._report(source.problem("bad-id", f"'{document}' cannot be the id of a document; {_ID_RULE}"))
        else:
            record = self._convert(file.data["document"], Document, document, source)
            if self._is_new(document, source) and record is not None:
                self.documents[document] = record

    def _add_tables(self, file: FactFile, kind: str, tables: Any) -> None:
        if not isinstance(tables, dict):
            text = f"'{kind}' is not a table; write [{kind}.some-id]"
            self._report(Source(file.toml, (kind,)).problem("wrong-type", text))
            return
        for key, table in tables.items():
            source = Source(file.toml, (kind, key))
            if not _ID.fullmatch(key):
                self._report(source.problem("bad-id", f"'{key}' cannot be an id; {_ID_RULE}"))
            elif kind in ENTITY_TABLES:
                self._add_entity(kind, key, table, source)
            else:
                self._add_fact(kind, f"{file.stem}/{key}", table, source)

    def _add_entity(self, kind: str, key: str, table: Any, source: Source) -> None:
        if isinstance(table, dict) and "name" not in table:
            self.additions.setdefault(key, []).append(source)
        else:
            record = self._convert(table, ENTITY_TABLES[kind], key, source)
            if self._is_new(key, source) and record is not None:
                self.entities[key] = record

    def _add_fact(self, kind: str, key: str, table: Any, source: Source) -> None:
        record = self._convert(table, FACT_TABLES[kind], key, source)
        if not self._is_new(key, source) or record is None:
            return
        self.facts[key] = record
        for code, field, message in _disharmonies(record):
            self._report(source.problem(code, message, field))

    def _is_new(self, key: str, source: Source) -> bool:
        """Tell whether the id is free, and take it; report both places where it is not."""
        known = self.sources.setdefault(key, source)
        if known is source:
            return True
        self._report(source.problem("double-id", f"'{key}' is already defined at {known.place}"))
        return False

    def _convert(self, table: Any, kind: type[Any], key: str, source: Source) -> Any:
        """Return the record of a table, or None after reporting everything that is wrong with it."""
        try:
            if isinstance(table, dict) and "id" not in table and "kind" not in table:
                return msgspec.convert({**table, "id": key}, kind, dec_hook=decode_hook)
        except msgspec.ValidationError:
            pass
        self._broken.add(key)
        self.problems.extend(_table_problems(table, kind, source, self.nearest))
        return None

    def _report(self, problem: Problem) -> None:
        self.problems.append(problem)

    # What can be judged only when all files are in

    def resolve(self) -> None:
        """Apply the additions to entities, complete short fact ids, and report every reference to nothing."""
        known, known_facts = self.entities.keys() | self._broken, self.facts.keys() | self._broken
        for entity in self.entities.values():
            self._look_up(entity.part_of, known, self.sources[entity.id], "part-of", "entity")
        for key, sources in self.additions.items():
            for source in sources:
                self._extend(key, source, known)
        for key, fact in list(self.facts.items()):
            source = self.sources[key]
            for role in ROLES[fact.kind]:
                self._look_up(getattr(fact, role), known, source, role.replace("_", "-"), "entity")
            self.facts[key] = self._with_full_ids(fact, source, known_facts)
        self._refuse_circles()

    def _extend(self, key: str, source: Source, known: Collection[str]) -> None:
        kind, table = source.path[0], source.table
        entity = self.entities.get(key)
        if entity is None:
            if key not in self._broken:
                text = f"'{key}' has no 'name', and no other table defines it{self.nearest(key, self.entities)}"
                self._report(source.problem("missing-key", text))
            self.problems.extend(_table_problems({"name": "?", **table}, ENTITY_TABLES[kind], source, self.nearest))
        elif entity.kind != kind:
            place = self.sources[key].place
            self._report(source.problem("double-id", f"'{key}' is [{entity.kind}.{key}] at {place}"))
        else:
            more = self._convert({"name": entity.name, **table}, ENTITY_TABLES[kind], key, source)
            if more is not None:
                self._merge(entity, more, source, known)

    def _merge(self, entity: Entity, more: Entity, source: Source, known: Collection[str]) -> None:
        """Add what a second table says of an entity; report a size that is not the one it has."""
        self._look_up(more.part_of, known, source, "part-of", "entity")
        for whole in more.part_of:
            if whole not in entity.part_of:
                self._added_wholes.setdefault((entity.id, whole), source)
        if isinstance(entity, Group) and isinstance(more, Group) and more.size is not None:
            if entity.size not in (None, more.size):
                text = f"'size' is {more.size}, but {entity.size} at {self.sources[entity.id].place}"
                self._report(source.problem("bad-value", text, "size"))
            entity = msgspec.structs.replace(entity, size=more.size)
        self.entities[entity.id] = _merged(entity, more)

    def _with_full_ids(self, fact: Fact, source: Source, known: Collection[str]) -> Fact:
        changed: dict[str, Any] = {}
        for relation in RELATIONS:
            short = getattr(fact, relation)
            if short:
                full = type(short)(key if "/" in key else f"{fact.document}/{key}" for key in short)
                self._look_up(full, known, source, relation, "fact")
                if fact.id in full:
                    self._report(source.problem("bad-value", f"'{relation}' names the fact itself", relation))
                changed[relation] = full
        return msgspec.structs.replace(fact, **changed) if changed else fact

    def _look_up(self, ids: Iterable[str], known: Collection[str], source: Source, key: str, what: str) -> None:
        for index, one in enumerate(ids):
            if one not in known:
                text = f"'{key}' refers to the {what} '{one}', which is not defined{self.nearest(one, known)}"
                self._report(source.problem(f"unknown-{what}", text, key, index))

    def _refuse_circles(self) -> None:
        """Report every `part-of` that leads back to where it came from, in one walk over all of them."""
        walked: set[str] = set()
        for start in self.entities:
            path = {} if start in walked else {start: iter(self.entities[start].part_of)}
            while path:
                here, wholes = next(reversed(path.items()))
                whole = next(wholes, None)
                if whole is None:
                    walked.add(here)
                    del path[here]
                elif whole in path:
                    self._refuse_circle(here, whole, path)
                elif whole in self.entities and whole not in walked:
                    path[whole] = iter(self.entities[whole].part_of)

    def _refuse_circle(self, part: str, whole: str, path: Collection[str]) -> None:
        """Blame a circle on the table that closes it, or on one that adds to an entity and has a share in it."""
        text = f"'part-of' makes '{whole}' a part of itself"
        circle = [*path][[*path].index(whole) :] if self._added_wholes else []
        for one, its_whole in pairwise([*circle, whole]):
            source = self._added_wholes.get((one, its_whole))
            if source is not None:
                text = f"{text}, together with {self.sources[its_whole].place}"
                self._report(source.problem("bad-value", text, "part-of"))
                return
        self._report(self.sources[part].problem("bad-value", text, "part-of"))


_ID_RULE = "an id is 1 to 64 small letters, digits and hyphens"


def _merged(entity: Entity, more: Entity) -> Entity:
    """Return the entity with the names and wholes of a second table added."""
    together = {
        field: type(getattr(entity, field))(dict.fromkeys((*getattr(entity, field), *getattr(more, field))))
        for field in ("names", "search", "weak", "part_of")
    }
    return msgspec.structs.replace(entity, **together)


@cache  # msgspec evaluates every annotation of the record anew each time, which takes longer than reading the fact
def _required_keys(kind: type[Fact]) -> tuple[tuple[str, str], ...]:
    """Return the fields that a record must have, each with its key in a file."""
    return tuple((field.name, field.encode_name) for field in msgspec.structs.fields(kind) if field.required)


def _disharmonies(fact: Fact) -> Iterator[tuple[str, str, str]]:
    """Yield (code, key, message) for keys that are right each by itself, and not together."""
    for name, key in _required_keys(type(fact)):
        if getattr(fact, name) == ():
            yield "bad-value", key, f"'{key}' needs at least one id"
    for need in NEEDS:
        if need.table == fact.kind and (word := getattr(fact, need.key)) in need.words:
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


# What is wrong with a table, key by key ------------------------------------------------------------------------------


def _table_problems(
    table: Any, kind: type[Any], source: Source, nearest: _Guesser, *within: str | int
) -> Iterator[Problem]:
    """Yield everything that keeps a table from being a record; msgspec itself stops at the first."""
    if not isinstance(table, dict):
        yield source.problem("wrong-type", f"{_path(source, within)} is not a table", *within)
        return
    fields = {field.encode_name: field for field in msgspec.structs.fields(kind) if field.encode_name != "id"}
    for key in table:
        if key not in fields:
            yield source.problem("unknown-key", f"unknown key '{key}'{nearest(key, fields)}", *within, key)
    for key, field in fields.items():
        if key in table:
            yield from _value_problems(table[key], field.type, source, nearest, *within, key)
        elif field.required:
            yield source.problem("missing-key", f"{_path(source, within)} lacks the key '{key}'", *within)


def _value_problems(value: Any, kind: Any, source: Source, nearest: _Guesser, *within: str | int) -> Iterator[Problem]:
    if _item_type(kind) is Cite and isinstance(value, list) and value:
        for index, item in enumerate(value):
            yield from _table_problems(item, Cite, source, nearest, *within, index)
        return
    try:
        msgspec.convert(value, kind, dec_hook=decode_hook)
    except msgspec.ValidationError as error:
        yield _value_problem(error, value, kind, source, nearest, *within)


def _value_problem(
    error: msgspec.ValidationError, value: Any, kind: Any, source: Source, nearest: _Guesser, *within: str | int
) -> Problem:
    """Word one complaint of msgspec as the user needs it: the value, what is accepted, the nearest guess."""
    text = str(error).replace(" | null", "")
    place = _AT.search(text)
    if place:
        text = text[: place.start()]
        for step in (name or int(index) for name, index in _STEP.findall(place[1])):
            within, value = (*within, step), value[step]
    key = next(step for step in reversed(within) if isinstance(step, str))
    words = _closed_words(kind)
    if words and isinstance(value, str):
        text = f"'{value}' is not one of its words{nearest(value, words)}; it takes {', '.join(words)}"
        return source.problem("unknown-word", f"'{key}': {text}", *within)
    cause = error.__cause__
    code = "bad-date" if isinstance(cause, ValueError) else "wrong-type" if _is_wrong_type(error) else "bad-value"
    if cause is None:
        text = text[0].lower() + text[1:]
        text = f"{_excerpt(value)} is not accepted, {_IN_TOML.sub(lambda match: _TOML_TYPES[match[0]], text)}"
    return source.problem(code, f"'{key}': {text}", *within)


# What msgspec calls the types of a value, and what TOML calls them.
_TOML_TYPES = {
    "`str`": "a string",
    "`int`": "an integer",
    "`float`": "a number",
    "`int | float`": "a number",
    "`bool`": "a boolean",
    "`array`": "an array",
    "`object`": "a table",
    "`datetime`": "a date and time",
    "`date`": "a date",
    "`time`": "a time",
}
_IN_TOML = re.compile("|".join(map(re.escape, _TOML_TYPES)))


def _is_wrong_type(error: msgspec.ValidationError) -> bool:
    return isinstance(error.__cause__, TypeError) or ", got `" in str(error)


def _excerpt(value: Any) -> str:
    """Return a value as far as it fits a message."""
    text = repr(value) if isinstance(value, (str, list, dict)) else str(value)
    return text if len(text) <= LONGEST_EXCERPT else f"{text[:LONGEST_EXCERPT]}…"


def _item_type(kind: Any) -> Any:
    """Return X for `Annotated[tuple[X, ...], ...]`, else None."""
    inner = _unwrapped(kind)
    return get_args(inner)[0] if get_origin(inner) is tuple else None


def _unwrapped(kind: Any) -> Any:
    return get_args(kind)[0] if hasattr(kind, "__metadata__") else kind


def _closed_words(kind: Any) -> tuple[str, ...]:
    inner = _unwrapped(kind)
    return get_args(inner) if get_origin(inner) is Literal else ()


def _path(source: Source, within: tuple[str | int, ...]) -> str:
    steps = [str(step) for step in (*source.path, *within)]
    return f"[{'.'.join(steps)}]"
