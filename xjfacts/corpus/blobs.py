"""Records, and lists of numbers, as bytes and back.

    to_blob(fact)                       MessagePack: the kind, and all fields that hold anything, but for the id
    from_blob("x/talks-held", blob)     Event(id="x/talks-held", ...)

Records are put together from plain values here and not by msgspec, which would evaluate every annotation of the model
first: that takes longer than the rest of an answer. Nothing has to be validated, since only a corpus without problems
is kept, and what is kept has checksums.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from msgspec.msgpack import decode, encode

from xjfacts.corpus.model import ENTITY_TABLES, FACT_TABLES, RELATIONS, ROLES, Cite, Document, Record
from xjfacts.corpus.values import EntityIds, FactIds, OneOrMore, encode_hook
from xjfacts.dates import Edtf

_RECORDS: dict[str, type[Record]] = {"document": Document, **ENTITY_TABLES, **FACT_TABLES}
_TYPES: dict[str, Callable[[Any], Any]] = {
    **dict.fromkeys(("date", "as_of", "since", "until", "published", "born"), Edtf),
    **dict.fromkeys(("origin", "also_called"), OneOrMore),
    **dict.fromkeys(("part_of", *(role for roles in ROLES.values() for role in roles)), EntityIds),
    **dict.fromkeys(RELATIONS, FactIds),
    "formerly": FactIds,
    "cite": lambda proofs: tuple(Cite(**proof | {"quote": OneOrMore(proof["quote"])}) for proof in proofs),
    "body": lambda ranges: tuple(map(tuple, ranges)),
}


def to_blob(record: Record) -> bytes:
    """Return a record without its id."""
    fields = ((name, getattr(record, name)) for name in record.__struct_fields__ if name != "id")
    filled = {name: value for name, value in fields if value is not None and value != ()}
    return encode((record.kind, filled), enc_hook=encode_hook)


def from_blob(key: str, blob: bytes) -> Any:
    """Return the record with this id. Raises MsgspecError for bytes that are none."""
    kind, fields = decode(blob)
    for name, value in fields.items():
        if name in _TYPES:
            fields[name] = _TYPES[name](value)
        elif isinstance(value, list):
            fields[name] = tuple(value)
    return _RECORDS[kind](id=key, **fields)


def to_numbers(numbers: Iterable[int]) -> bytes:
    """Return numbers from 0 to 4,294,967,295 as four bytes each."""
    from array import array  # only what is written needs it

    return array("I", numbers).tobytes()


def from_numbers(blob: bytes) -> Sequence[int]:
    """Return the numbers, without copying them."""
    return memoryview(blob).cast("I")
