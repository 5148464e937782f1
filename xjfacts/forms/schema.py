"""The two JSON Schemas, generated from the records: `facts` for editors and curators, `answer` for scripts.

Both are draft-07 in one file without outward references: the newest that every TOML language server reads (taplo
silently ignores later keywords).

    python -m xjfacts.forms.schema      writes both anew, where they are committed

What is printed is what is committed: the same bytes whichever Python asks, and also where that one has no docstrings,
from which the descriptions are made. A test holds the files to the records.
"""

from __future__ import annotations

import os
from typing import Any

import msgspec

from xjfacts.answers.listed import Result
from xjfacts.answers.records import Answer, Failure
from xjfacts.corpus.model import (
    ENTITY_TABLES,
    FACT_TABLES,
    Document,
)
from xjfacts.corpus.needs import NEEDS, Need
from xjfacts.corpus.values import ID_PATTERN, LONGEST_TEXT, MOST_ITEMS, EntityIds, FactIds, OneOrMore
from xjfacts.dates import ACCEPTED, Edtf
from xjfacts.errors import Problem, UnreadableFacts, UsageError
from xjfacts.files import read_bytes, shipped_folder, write_file

DRAFT = "http://json-schema.org/draft-07/schema#"
_DEFINITION = "#/definitions/{name}"
_SIDE = r"([0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?[~?%]?|\.\.)"  # of an interval, or the whole of a date that is none
_DATE = f"^{_SIDE}(/{_SIDE})?$"


class Envelope(Answer[Result], frozen=True, kw_only=True):
    """What every command answers with; its results are of the kinds that the command gives."""


def schema_text(what: str) -> str:
    """Return one of the schemas, `facts` or `answer`, as it is committed. Raises UsageError for another word."""
    if what not in MAKERS:
        raise UsageError(f"there is no schema '{what}'; there are facts and answer")
    made = read_bytes(path_of(what), name=f"{what}.schema.json", root=path_of(what), limit=1 << 20)
    if isinstance(made, Problem):
        raise UnreadableFacts("the schema cannot be read: 1 problem", (made,))
    return made.decode()


def path_of(what: str) -> str:
    """Return where a schema is committed: that of the facts beside them, so that editors find it."""
    folder = shipped_folder() if what == "facts" else os.path.dirname(os.path.abspath(__file__))
    return os.path.join(folder, f"{what}.schema.json")


def make_schema(what: str) -> str:
    """Return a schema, made anew from the records, as indented JSON."""
    return msgspec.json.format(msgspec.json.encode(MAKERS[what]()), indent=2).decode() + "\n"


def answer_schema() -> dict[str, Any]:
    """Return the schema of the envelope that `--json` prints."""
    either, definitions = msgspec.json.schema_components([Envelope, Failure], ref_template=_DEFINITION)
    head = {"$schema": DRAFT, "title": "An answer of xjfacts", "anyOf": list(either)}
    return {**head, "definitions": _as_draft_07(definitions)}


def facts_schema() -> dict[str, Any]:
    """Return the schema of a fact file as a TOML language server sees it.

    What binds several tables or files together (a reference, an id used twice, a low end above the high one) is beyond
    it, and so is the name of an entity, which one of several tables may give; `xjfacts check` judges those.
    """
    kinds = {"document": Document, **ENTITY_TABLES, **FACT_TABLES}
    _, definitions = msgspec.json.schema_components(
        list(kinds.values()), schema_hook=_schema_of_own_type, ref_template=_DEFINITION
    )
    definitions = _as_draft_07(_without_null(definitions))
    for name, definition in definitions.items():
        _leave_to_the_loader(definition, is_entity=name in {kind.__name__ for kind in ENTITY_TABLES.values()})
        _explain(definition)
    for need in NEEDS:
        definitions[FACT_TABLES[need.table].__name__].setdefault("allOf", []).append(_schema_of_need(need))
    tables = {
        kind: _table_of(record.__name__, str(record.__doc__)) for kind, record in (ENTITY_TABLES | FACT_TABLES).items()
    }
    return {
        "$schema": DRAFT,
        "title": "A fact file of xjfacts",
        "description": "Entities, one document with the facts sourced to it, or both.",
        "type": "object",
        "properties": {"document": {"$ref": _DEFINITION.format(name="Document")}, **tables},
        "additionalProperties": False,
        "dependencies": {kind: ["document"] for kind in FACT_TABLES},
        "definitions": definitions,
    }


def _table_of(name: str, doc: str) -> dict[str, Any]:
    return {
        "description": doc.strip().split("\n")[0],
        "type": "object",
        "patternProperties": {ID_PATTERN: {"$ref": _DEFINITION.format(name=name)}},
        "additionalProperties": False,
    }


def _leave_to_the_loader(definition: dict[str, Any], *, is_entity: bool) -> None:
    """Take out of a table what a file does not write (`id` and `kind` come from its heading)."""
    for key in ("id", "kind"):
        definition["properties"].pop(key, None)
    not_written = {"id", "kind", "name"} if is_entity else {"id", "kind"}
    required = [key for key in definition.get("required", []) if key not in not_written]
    definition.pop("required", None)
    if required:
        definition["required"] = required
    for key in required:
        for choice in definition["properties"][key].get("anyOf", ()):
            if choice.get("type") == "array":
                choice["minItems"] = 1


def _schema_of_need(need: Need) -> dict[str, Any]:
    then: dict[str, Any] = {"required": list(need.all_of)} if need.all_of else {}
    if need.any_of:
        then["anyOf"] = [{"required": [key]} for key in need.any_of]
    if need.none_of:
        then["properties"] = dict.fromkeys(need.none_of, False)
    return {"if": {"properties": {need.key: {"enum": list(need.words)}}, "required": [need.key]}, "then": then}


def _explain(definition: dict[str, Any]) -> None:
    """Say at each date what is accepted, and at each closed list what the record's docstring says of all its words."""
    summary, *paragraphs = (" ".join(part.split()) for part in definition["description"].split("\n\n"))
    for schema in definition["properties"].values():
        words = [f"`{word}`" for word in schema.get("enum", ())]
        about = [part for part in paragraphs if words and all(word in part for word in words)]
        if schema.get("pattern") == _DATE:
            about = [f"{ACCEPTED[0].upper()}{ACCEPTED[1:]}."]
        if about:
            schema["description"] = " ".join([schema["description"], *about])
    definition["description"] = " ".join([summary, *paragraphs])


def _schema_of_own_type(kind: type) -> dict[str, Any]:
    if kind is Edtf:
        return {"type": "string", "pattern": _DATE, "description": ACCEPTED}
    if kind is OneOrMore:
        text = {"type": "string", "minLength": 1, "maxLength": LONGEST_TEXT}
        return {"anyOf": [text, {"type": "array", "items": text, "minItems": 1, "maxItems": MOST_ITEMS}]}
    if kind in (EntityIds, FactIds):
        one = {"type": "string", "pattern": kind.pattern}
        return {"anyOf": [one, {"type": "array", "items": one, "maxItems": MOST_ITEMS}]}
    raise NotImplementedError(kind)


def _without_null(schema: Any) -> Any:
    """Return the schema without the nulls of optional fields: TOML has none, a key is left out instead."""
    if isinstance(schema, list):
        return [_without_null(one) for one in schema]
    if not isinstance(schema, dict):
        return schema
    kept = {
        key: _without_null(value) for key, value in schema.items() if not (key == "default" and value in (None, [], ()))
    }
    choices = [one for one in kept.get("anyOf", []) if one != {"type": "null"}]
    if len(choices) == 1:
        del kept["anyOf"]
        return {**choices[0], **kept}
    return {**kept, "anyOf": choices} if choices else kept


def _as_draft_07(schema: Any) -> Any:
    """Return the schema with fixed-length arrays in the words of draft-07."""
    if isinstance(schema, list):
        return [_as_draft_07(one) for one in schema]
    if not isinstance(schema, dict):
        return schema
    kept = {key: _as_draft_07(value) for key, value in schema.items()}
    if "prefixItems" in kept:
        kept["items"], kept["additionalItems"] = kept.pop("prefixItems"), False
    return kept


MAKERS = {"facts": facts_schema, "answer": answer_schema}

if __name__ == "__main__":
    for each in MAKERS:
        write_file(path_of(each), make_schema(each).encode())
