"""Wording what is wrong with a table, key by key: the value, what is accepted, the nearest guess, and the line.

    find_problems({"yera": 2021}, Sanction, source, Guesser())      unknown key 'yera' (did you mean 'year'?) ...

msgspec stops at the first fault of a table; here all are found.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from functools import cache
from typing import Any, Literal, NamedTuple, get_args, get_origin

import msgspec

from xjfacts.corpus.model import Cite
from xjfacts.corpus.tomlfile import TomlFile
from xjfacts.corpus.values import OutOfBounds, decode_hook
from xjfacts.errors import Problem, suggestion

LONGEST_EXCERPT = 40  # characters of a value that a message quotes
MOST_GUESSES = 50  # per run; nobody mends more at once
MOST_COMPARED = 20_000  # words per run, 10 µs each

_AT = re.compile(r" - at `\$(.*)`$", re.DOTALL)
_STEP = re.compile(r"\.([\w-]+)|\[(\d+)\]")


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


class Guesser:
    """Says which known word a wrong one is nearest to; not for every one of a file that is hostile, for it is slow."""

    def __init__(self) -> None:
        self._left = MOST_GUESSES
        self._uncompared = MOST_COMPARED

    def __call__(self, word: str, known: Collection[str]) -> str:
        if not self._left or len(known) > self._uncompared:
            return ""
        from difflib import get_close_matches  # only where something is wrong already

        self._left -= 1
        self._uncompared -= len(known)
        return suggestion(get_close_matches(word, list(known), n=1, cutoff=0.6))


def find_problems(
    table: Any, kind: type[Any], source: Source, nearest: Guesser, *within: str | int
) -> Iterator[Problem]:
    """Yield everything that keeps a table from being a record; msgspec itself stops at the first."""
    if not isinstance(table, dict):
        yield source.problem("wrong-type", f"{_path(source, within)} is not a table", *within)
        return
    fields = _fields_of(kind)  # type: ignore[arg-type]
    for key in table:
        if key not in fields:
            yield source.problem("unknown-key", f"unknown key '{key}'{nearest(key, fields)}", *within, key)
    for key, field in fields.items():
        if key in table:
            yield from _value_problems(table[key], field.type, source, nearest, *within, key)
        elif field.required:
            yield source.problem("missing-key", f"{_path(source, within)} lacks the key '{key}'", *within)


@cache  # msgspec evaluates every annotation of the record anew each time
def _fields_of(kind: type[Any]) -> dict[str, msgspec.structs.FieldInfo]:
    return {field.encode_name: field for field in msgspec.structs.fields(kind) if field.encode_name != "id"}


def _value_problems(value: Any, kind: Any, source: Source, nearest: Guesser, *within: str | int) -> Iterator[Problem]:
    if _item_type(kind) is Cite and isinstance(value, list) and value:
        for index, item in enumerate(value):
            yield from find_problems(item, Cite, source, nearest, *within, index)
        return
    try:
        msgspec.convert(value, kind, dec_hook=decode_hook)
    except msgspec.ValidationError as error:
        yield _value_problem(error, value, kind, source, nearest, *within)


def _value_problem(
    error: msgspec.ValidationError, value: Any, kind: Any, source: Source, nearest: Guesser, *within: str | int
) -> Problem:
    """Word one complaint of msgspec as the user needs it: the value, what is accepted, the nearest guess."""
    text = str(error).replace(" | null", "")
    place = _AT.search(text)
    if place:
        text = text[: place.start()]
        for step in (name or int(index) for name, index in _STEP.findall(place[1])):
            within, value = (*within, step), value[step]
    key = next(step for step in reversed(within) if isinstance(step, str))
    words = _closed_words(kind) or _closed_words(_item_type(kind))
    if words and isinstance(value, str):
        text = f"'{value}' is not one of its words{nearest(value, words)}; it takes {', '.join(words)}"
        return source.problem("unknown-word", f"'{key}': {text}", *within)
    cause = error.__cause__
    code = "bad-date" if isinstance(cause, ValueError) else "wrong-type" if _is_wrong_type(error) else "bad-value"
    code = "bad-value" if isinstance(cause, OutOfBounds) else code
    if cause is None:
        text = text[0].lower() + text[1:]
        text = _TOO_LONG.sub(lambda match: f"at most {match[2]} {_COUNTED[match[1]]}", text)
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
_TOO_LONG = re.compile(r"`(str|array)` of length <= ([0-9]+)")
_COUNTED = {"str": "characters", "array": "items"}


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
