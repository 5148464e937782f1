"""Records, and lists of numbers, as bytes and back.

    to_blob(fact)                       MessagePack: the kind, and all fields that hold anything, but for the id
    from_blob("x/talks-held", blob)     Event(id="x/talks-held", ...)

Records are put together from plain values here and not by msgspec, which would evaluate every annotation of the model
first: that takes longer than the rest of an answer. Nothing has to be validated, since only a corpus without problems
is kept, and what is kept has checksums.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import cache, lru_cache
from operator import attrgetter
from sys import intern
from typing import Any

from msgspec.msgpack import decode, encode

from xjfacts.corpus.model import RECORDS, RELATIONS, ROLES, Cite, Record
from xjfacts.corpus.values import EntityIds, FactIds, OneOrMore, encode_hook, read_date

_DATES = ("date", "as_of", "since", "until", "published", "born")
_TYPES: dict[str, Callable[[Any], Any]] = {
    **dict.fromkeys(_DATES, read_date),
    **dict.fromkeys(("origin", "also_called"), OneOrMore),
    **dict.fromkeys(("part_of", *(role for roles in ROLES.values() for role in roles)), EntityIds),
    **dict.fromkeys(RELATIONS, FactIds),
    "formerly": FactIds,
    "cite": lambda proofs: tuple(Cite(**proof | {"quote": OneOrMore(proof["quote"])}) for proof in proofs),
    "body": lambda ranges: tuple(map(tuple, ranges)),
}


def to_blob(record: Record) -> bytes:
    """Return a record without its id."""
    names, values_of = _fields(type(record))
    # Falsehoods and zeros are something; most of what is not is an empty tuple or None.
    filled = {name: one for name, one in zip(names, values_of(record), strict=True) if one or one in (False, "")}
    return encode((record.kind, filled), enc_hook=encode_hook)


@cache
def _fields(kind: type[Record]) -> tuple[tuple[str, ...], Callable[[Any], tuple[Any, ...]]]:
    """Return the names of the fields of a record but for its id, and what takes their values all at once."""
    names = tuple(name for name in kind.__struct_fields__ if name != "id")
    return names, attrgetter(*names)


def from_blob(key: str, blob: bytes) -> Any:
    """Return the record with this id. Raises MsgspecError for bytes that are none."""
    kind, fields = decode(blob)
    for name, value in fields.items():
        if name in _TYPES:
            fields[name] = _TYPES[name](value)
        elif isinstance(value, list):
            fields[name] = tuple(value)
    return RECORDS[kind](id=key, **fields)


def without_words(key: str, blob: bytes) -> Any:
    """Return a fact without its gist and its quotes: that is most of it, and nothing else follows from them.

    What many facts have in common they have as one, so that a million take little room.
    """
    kind, fields = decode(blob)
    fields |= _NO_WORDS
    for name, value in fields.items():
        if type(value) is list:
            fields[name] = _alone(name, value[0]) if len(value) == 1 else _listed(name, map(intern, value))
        elif name in _DATES:
            fields[name] = read_date(value)
    return RECORDS[kind](id=key, **fields)


_NO_WORDS = {"gist": "", "cite": ()}


@lru_cache(maxsize=50_000)
def _alone(name: str, value: str) -> Any:
    return _listed(name, [intern(value)])


def _listed(name: str, values: Iterable[str]) -> Any:
    return _TYPES.get(name, tuple)(values)


def to_numbers(numbers: Iterable[int]) -> bytes:
    """Return numbers from 0 to 4,294,967,295 as four bytes each."""
    from array import array  # only what is written needs it

    return array("I", numbers).tobytes()


def from_numbers(blob: bytes) -> Sequence[int]:
    """Return the numbers, without copying them."""
    return memoryview(blob).cast("I")
