"""Some fields of each result, as `--fields id,gist,citations.link` names them.

    tree = parse_fields(["id", "citations.link"])      # {"id": {}, "citations": {"link": {}}}
    pick({"id": "x", "gist": "...", "citations": [{"link": "...", "quote": "..."}]}, tree)

A name that no kind of result has is wrong usage; one that only other kinds have is left out of a result.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, get_args

from msgspec import Struct, structs

from xjfacts.errors import UsageError, suggestion

Tree = dict[str, Any]


def parse_fields(names: Sequence[str]) -> Tree:
    """Return the fields as a tree, in their order. Raises UsageError for one that no result has."""
    tree: Tree = {}
    known = set(_known()) if names else set()
    for name in names:
        if name not in known:
            from difflib import get_close_matches  # only where the name is wrong already

            guesses = suggestion(get_close_matches(name, sorted(known), n=1, cutoff=0.5))
            raise UsageError(f"--fields: no result has a field '{name}'{guesses}")
        head, _, rest = name.partition(".")
        inside = tree.setdefault(head, {})
        if rest:
            inside[rest] = {}
    return tree


def pick(value: Any, tree: Tree) -> Any:
    """Return of a result, or of each in a list, the fields of the tree; all of it where the tree is empty."""
    if not tree:
        return value
    if isinstance(value, (list, tuple)):
        return [pick(one, tree) for one in value]
    if not isinstance(value, dict):
        return value
    return {key: pick(value[key], inside) for key, inside in tree.items() if key in value}


def _known() -> Iterator[str]:
    from xjfacts.answers.listed import Result  # with all its kinds

    yield "kind"
    for kind in get_args(Result):
        for field in structs.fields(kind):
            yield field.name
            for record in _records_in(field.type):
                yield from (f"{field.name}.{inner.name}" for inner in structs.fields(record))


def _records_in(annotation: Any) -> Iterator[type[Struct]]:
    if isinstance(annotation, type) and issubclass(annotation, Struct):
        yield annotation
    for inner in get_args(annotation):
        yield from _records_in(inner)
