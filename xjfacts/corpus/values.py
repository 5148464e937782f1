"""The values that stand in a fact file: ids, dates, closed lists of words, and how each is read and written.

    by = "us"       by = ["us", "uk"]        both are `EntityIds`
    quote = "will not come"                  `OneOrMore`, of one

The types here are those that TOML has not. msgspec turns values into them, and back, through the two hooks.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Annotated, Any, Literal, Union, get_args

from msgspec import Meta

from xjfacts.dates import ACCEPTED, Edtf

# What nobody writes by hand, and what would cost whoever asks seconds: names are folded and compared, lists are
# multiplied. The longest name of the shipped facts has 88 characters, the longest gist 450, the longest list 17 items.
LONGEST_NAME = 250  # characters
LONGEST_TEXT = 2_000
MOST_ITEMS = 100  # of a list of ids, names or quotes
MOST_RANGES = 1_000  # of lines or paragraphs

ID_PATTERN = "^[a-z0-9-]{1,64}$"
FACT_ID_PATTERN = "^[a-z0-9-]{1,64}(/[a-z0-9-]{1,64})?$"


class EntityIds(tuple[str, ...]):
    """Ids of entities. In a file one id may stand without the brackets: `by = "us"`."""

    __slots__ = ()
    pattern = ID_PATTERN


class FactIds(tuple[str, ...]):
    """Ids of facts, `DOCUMENT/KEY`, or `KEY` alone for a fact of the same file. One may stand without the brackets."""

    __slots__ = ()
    pattern = FACT_ID_PATTERN


class OneOrMore(tuple[str, ...]):
    """Texts, at least one and none empty. In a file one may stand without the brackets: `quote = "will not come"`."""

    __slots__ = ()


Text = Annotated[str, Meta(min_length=1, max_length=LONGEST_NAME)]
Texts = tuple[Text, ...]
Count = Annotated[int, Meta(ge=1)]
Number = Union[int, float]

Status = Literal["imposed", "lifted", "not-imposed", "considered", "called-for", "ruled-out"]
CAME: tuple[Status, ...] = ("imposed", "lifted")  # the statuses that say that a sanction came
EventType = Literal[
    "visit", "meeting", "dialogue", "letter", "vote", "summit", "award", "conviction", "report", "statement", "other"
]
Outcome = Literal[
    "held", "planned", "proposed", "requested", "agreed", "stalled", "suspended", "declined", "cancelled", "unknown"
]
Act = Literal[
    "asserts", "alleges", "denies", "demands", "condemns", "announces", "promises", "welcomes", "declines-to-comment"
]
STATUSES: tuple[str, ...] = get_args(Status)
EVENT_TYPES: tuple[str, ...] = get_args(EventType)
OUTCOMES: tuple[str, ...] = get_args(Outcome)
ACTS: tuple[str, ...] = get_args(Act)
Measure = Literal["asset-freeze", "travel-ban", "export-control", "import-ban", "visa-restriction", "other"]
Rights = Literal["reserved", "open-licence", "public-domain"]
Bound = Literal["exact", "about", "at-least", "more-than", "up-to", "range"]
DocumentType = Literal[
    "article-newspaper", "article-magazine", "article-journal", "article", "bill", "book", "broadcast", "chapter",
    "dataset", "document", "hearing", "interview", "legal_case", "legislation", "post", "post-weblog", "regulation",
    "report", "speech", "treaty", "webpage",
]  # fmt: skip


def worded(description: str, longest: int = LONGEST_TEXT) -> Meta:
    """Return what is said of a string: it is not empty, and no longer than anybody writes."""
    return Meta(min_length=1, max_length=longest, description=description)


def few(description: str) -> Meta:
    """Return what is said of a list that nobody makes long."""
    return Meta(max_length=MOST_ITEMS, description=description)


class OutOfBounds(ValueError):
    """A list without any text, or with an empty one, or far longer than anybody writes."""


read_date = lru_cache(maxsize=50_000)(Edtf)  # of which facts have few, many times


def decode_hook(kind: type, value: Any) -> Any:
    """Turn a TOML value into one of the model's own types, for msgspec. Raises ValueError or TypeError with why."""
    if kind is Edtf:
        if not isinstance(value, str):
            raise TypeError(f"a date stands in quotation marks; {ACCEPTED}")
        return read_date(value)
    is_one = isinstance(value, str)
    items = (value,) if is_one else value
    is_listed = is_one or (isinstance(items, (list, tuple)) and {*map(type, items)} <= {str})
    if kind is EntityIds or kind is FactIds:
        if not is_listed:
            raise TypeError("expected an id or an array of ids")
        return kind(_bounded(items))
    if kind is OneOrMore:
        if not is_listed:
            raise TypeError("expected a string or an array of strings")
        if not items or not all(items):
            raise OutOfBounds("expected at least one string, and none that is empty")
        if max(map(len, items)) > LONGEST_TEXT:
            raise OutOfBounds(f"expected at most {LONGEST_TEXT} characters")
        return kind(_bounded(items))
    raise NotImplementedError(kind)


def _bounded(items: Sequence[str]) -> Sequence[str]:
    if len(items) > MOST_ITEMS:
        raise OutOfBounds(f"expected at most {MOST_ITEMS} items, and there are {len(items)}")
    return items


def encode_hook(value: Any) -> Any:
    """Turn one of the model's own types into what msgspec can encode."""
    if isinstance(value, Edtf):
        return value.text
    raise NotImplementedError(type(value))
