"""The records of a fact file; nothing but data.

    [person.erkin-tuniyaz]                  -> Person(id="erkin-tuniyaz", name="Erkin Tuniyaz", ...)
    [sanction.us-sanctioned-tuniyaz]        -> Sanction(id="scmp-2023-02/us-sanctioned-tuniyaz", ...)

A record is frozen, holds its own id and the ids of what it speaks of, and no index or parent. The loader puts `id`
in, from the key of the table; it is never a key of its own. Field names are in kebab-case in the files (`as-of`). The
JSON Schema of the files is generated from here, so every description below is also what an editor shows.
"""

from __future__ import annotations

from typing import Annotated, Any, ClassVar, Literal, NamedTuple, Union, get_args

from msgspec import Meta, Struct

from xjfacts.dates import ACCEPTED, Edtf

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


Text = Annotated[str, Meta(min_length=1)]
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
Bound = Literal["exact", "about", "at-least", "more-than", "up-to", "range"]
DocumentType = Literal[
    "article-newspaper", "article-magazine", "article-journal", "article", "book", "chapter", "legislation",
    "legal_case", "post", "post-weblog", "report", "speech", "webpage", "document",
]  # fmt: skip


class Record(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, rename="kebab", omit_defaults=True):
    """What every table of a fact file becomes."""

    id: str

    @property
    def kind(self) -> str:
        """The word that heads its table in a file: `person`, `sanction`, ..."""
        return str(type(self).__struct_config__.tag)


# Entities ------------------------------------------------------------------------------------------------------------


class Entity(Record, frozen=True, kw_only=True, tag_field="kind"):
    """Somebody or something that facts speak of, with the names it is found by. What it is or does is a fact."""

    name: Annotated[str, Meta(min_length=1, description="The name shown in answers.")]
    names: Annotated[Texts, Meta(description="Further names, letter for letter as a document prints them.")] = ()
    search: Annotated[Texts, Meta(description="Other spellings and scripts, for look-up only.")] = ()
    weak: Annotated[Texts, Meta(description="Names short for something else; they match exactly or not at all.")] = ()
    part_of: Annotated[EntityIds, Meta(description="What this is a part of; asking for that includes this.")] = (
        EntityIds()
    )


class Person(Entity, frozen=True, kw_only=True, tag="person"):
    """A named human being."""


class Organisation(Entity, frozen=True, kw_only=True, tag="organisation"):
    """A body: a ministry, a parliament, a party, an alliance, a newspaper."""


class Country(Entity, frozen=True, kw_only=True, tag="country"):
    """A state, as an actor and as a place."""


class Place(Entity, frozen=True, kw_only=True, tag="place"):
    """A town or region."""


class Group(Entity, frozen=True, kw_only=True, tag="group"):
    """People whom no document names: four Chinese officials, fifteen envoys, campaigners."""

    size: Annotated[int, Meta(ge=1, description="How many they are, where a document says so.")] | None = None


class Topic(Entity, frozen=True, kw_only=True, tag="topic"):
    """A thing that facts are about: the camps, a dialogue, a report."""


# Documents -----------------------------------------------------------------------------------------------------------


class Document(Record, frozen=True, kw_only=True, tag_field="kind", tag="document"):
    """One source document: what it is, and what exactly the curator read. Its id is the stem of the file."""

    title: Annotated[str, Meta(min_length=1, description="As printed; in square brackets where none is printed.")]
    publisher: Annotated[str, Meta(min_length=1, description="Who published it.")]
    published: Annotated[Edtf, Meta(description="When it was published (EDTF).")]
    dated_by: Annotated[
        str, Meta(min_length=1, description="`printed`, or one sentence that says how the date was inferred.")
    ]
    url: Annotated[str, Meta(pattern="^https?://", description="Where the curated copy can be read.")]
    type: Annotated[DocumentType, Meta(description="The type of the document in CSL.")]
    origin: Annotated[
        str,
        Meta(min_length=1, description="Who did the reporting; a syndicated copy shares the origin of its original."),
    ]
    sha256: Annotated[str, Meta(pattern="^[0-9a-f]{64}$", description="SHA-256 of the curated text, byte for byte.")]
    body: Annotated[
        tuple[tuple[Count, Count], ...],
        Meta(min_length=1, description="Ranges of physical lines, from 1, that are the article itself."),
    ]
    paragraphs: Annotated[int, Meta(ge=1, description="How many non-blank lines `body` holds.")]
    words: Annotated[int, Meta(ge=1, description="How many words, divided by white space, `body` holds.")]
    authors: Annotated[Texts, Meta(description="Who wrote it, as printed.")] = ()


# Facts ---------------------------------------------------------------------------------------------------------------


class Cite(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Where the proof of a fact stands: a paragraph and the words in it."""

    p: Annotated[int, Meta(ge=1, description="The paragraph: the n-th non-blank line inside `body`.")]
    quote: Annotated[
        str,
        Meta(
            min_length=1,
            description="One contiguous fragment, letter for letter, that by itself supports the fact; 8 to 160 "
            "characters, at most 25 words.",
        ),
    ]


class Fact(Record, frozen=True, kw_only=True, tag_field="kind"):
    """One thing that one document says, with its proof."""

    gist: Annotated[
        str,
        Meta(min_length=1, description="One sentence in the curator's words that stands alone and names who says it."),
    ]
    cite: Annotated[tuple[Cite, ...], Meta(min_length=1, description="Paragraph and quote, one or more.")]
    date: Annotated[Edtf, Meta(description="When the thing itself was (EDTF), if the document says so.")] | None = None
    according_to: Annotated[EntityIds, Meta(description="Who says it, where it is not the document's own voice.")] = (
        EntityIds()
    )
    about: Annotated[EntityIds, Meta(description="Further entities by which the fact should be found.")] = EntityIds()
    corroborates: Annotated[FactIds, Meta(description="Facts of other documents that state the same thing.")] = (
        FactIds()
    )
    disputes: Annotated[FactIds, Meta(description="Facts that this one contradicts.")] = FactIds()

    rebuts: ClassVar[FactIds] = FactIds()  # a statement has its own

    @property
    def document(self) -> str:
        """The id of the document it is sourced to."""
        return self.id.partition("/")[0]

    @property
    def when(self) -> Edtf | None:
        """When it was true: its date, or else the date as of which it is stated."""
        return self.date or getattr(self, "as_of", None)

    @property
    def entities(self) -> tuple[str, ...]:
        """The ids of all entities that it speaks of, role by role; one in two roles comes twice."""
        return tuple(entity for role in ROLES[self.kind] for entity in getattr(self, role))


class Position(Fact, frozen=True, kw_only=True, tag="position"):
    """Somebody holds an office or a membership, as of a date."""

    holder: Annotated[EntityIds, Meta(description="Who holds it.")]
    title: Annotated[str, Meta(min_length=1, description="The office, in the document's terms.")]
    as_of: Annotated[Edtf, Meta(description="When the document says so (EDTF).")]
    of: Annotated[EntityIds, Meta(description="The body it is an office of.")] = EntityIds()
    since: Annotated[Edtf, Meta(description="When it began, if said (EDTF).")] | None = None
    until: Annotated[Edtf, Meta(description="When it ended, if said (EDTF).")] | None = None


class Sanction(Fact, frozen=True, kw_only=True, tag="sanction"):
    """A sanction, or a document's word that there is none yet.

    Statuses: `imposed`; `lifted`; `not-imposed` (a document says that there is none, as of a date); `considered` (its
    author weighs it); `called-for` (somebody else demands it); `ruled-out` (its author says that it will not come).
    """

    by: Annotated[EntityIds, Meta(description="Who imposes it, or would.")]
    target: Annotated[EntityIds, Meta(description="On whom.")]
    status: Annotated[Status, Meta(description="How far it has come; only `imposed` and `lifted` say that it came.")]
    as_of: Annotated[Edtf, Meta(description="When the document says so (EDTF); required with not-imposed.")] | None = (
        None
    )
    called_for_by: Annotated[EntityIds, Meta(description="Who demands it; required with called-for.")] = EntityIds()


class Event(Fact, frozen=True, kw_only=True, tag="event"):
    """Something that happened, or was to happen.

    `outcome` says how far it came: only `held` took place; `agreed` was settled, `planned` announced by those who would
    do it, `proposed` or `requested` by one side, `stalled` and `suspended` stopped, `declined` and `cancelled` will not
    be, `unknown` is what the document leaves open.

    Types: `visit`, `meeting`, `dialogue` (of an appointed round), `letter`, `vote`, `summit`, `award`, `conviction`,
    `report` (published or announced), `statement` (issued together or on an occasion), `other`.
    """

    type: Annotated[EventType, Meta(description="What sort of event.")]
    outcome: Annotated[Outcome, Meta(description="How far it came; only `held` took place.")]
    participants: Annotated[EntityIds, Meta(description="Who takes part, or would.")] = EntityIds()
    place: Annotated[EntityIds, Meta(description="Where.")] = EntityIds()


class Statement(Fact, frozen=True, kw_only=True, tag="statement"):
    """Somebody said something.

    `asserts` is a statement of fact or opinion; `alleges` accuses somebody; `denies` contradicts an allegation and
    needs `rebuts` or `about`; `demands` asks for something to be done; `condemns` judges; `announces` what the speaker
    will do or has done; `promises` binds the speaker; `welcomes` approves; `declines-to-comment` is a refusal to speak.
    """

    speaker: Annotated[EntityIds, Meta(description="Who said it.")]
    act: Annotated[Act, Meta(description="What was done by saying it.")]
    to: Annotated[EntityIds, Meta(description="To whom.")] = EntityIds()
    medium: Annotated[str, Meta(min_length=1, description="How: e-mail, letter, Twitter, ...")] | None = None
    rebuts: Annotated[FactIds, Meta(description="The facts that it answers.")] = FactIds()  # type: ignore[misc]


class Figure(Fact, frozen=True, kw_only=True, tag="figure"):
    """A number, and whose it is: one `value`, or `low` and `high` where `bound` is `range`.

    Bounds: `exact` and `about` the value; `at-least` it; `more-than` it; `up-to` it; the `range` from `low` to `high`.
    """

    measure: Annotated[str, Meta(min_length=1, description="What is counted.")]
    unit: Annotated[str, Meta(min_length=1, description="In what: people, envoys, years.")]
    bound: Annotated[Bound, Meta(description="How the number limits the quantity.")]
    value: Annotated[Number, Meta(description="The number, unless it is a range.")] | None = None
    low: Annotated[Number, Meta(description="The lower end of a range.")] | None = None
    high: Annotated[Number, Meta(description="The upper end of a range.")] | None = None
    open_ended: Annotated[bool, Meta(description="Of a range: it may be more than `high`.")] = False
    estimator: Annotated[EntityIds, Meta(description="Whose number it is.")] = EntityIds()


class Claim(Fact, frozen=True, kw_only=True, tag="claim"):
    """Anything true of its subjects that fits no other table."""

    subjects: Annotated[EntityIds, Meta(description="Of whom or what it is true.")]


ENTITY_TABLES: dict[str, type[Entity]] = {
    str(t.__struct_config__.tag): t for t in (Person, Organisation, Country, Place, Group, Topic)
}
FACT_TABLES: dict[str, type[Fact]] = {
    str(t.__struct_config__.tag): t for t in (Position, Sanction, Event, Statement, Figure, Claim)
}

ROLES: dict[str, tuple[str, ...]] = {
    "position": ("holder", "of", "according_to", "about"),
    "sanction": ("by", "target", "called_for_by", "according_to", "about"),
    "event": ("participants", "place", "according_to", "about"),
    "statement": ("speaker", "to", "according_to", "about"),
    "figure": ("estimator", "according_to", "about"),
    "claim": ("subjects", "according_to", "about"),
}
RELATIONS = ("corroborates", "disputes", "rebuts")


class Need(NamedTuple):
    """What a word of a closed list makes necessary (all of some keys, any of some) or impossible in the same table."""

    table: str
    key: str
    words: tuple[str, ...]
    all_of: tuple[str, ...] = ()
    any_of: tuple[str, ...] = ()
    none_of: tuple[str, ...] = ()
    why: str = ""


NEEDS = (
    Need("sanction", "status", ("not-imposed",), all_of=("as-of",), why="a document can only say so as of a date"),
    Need("sanction", "status", ("called-for",), all_of=("called-for-by",)),
    Need("statement", "act", ("denies",), any_of=("rebuts", "about"), why="what is denied"),
    Need("figure", "bound", ("range",), all_of=("low", "high"), none_of=("value",)),
    Need("figure", "bound", ("exact", "about", "at-least", "more-than", "up-to"), ("value",), none_of=("low", "high")),
)


def decode_hook(kind: type, value: Any) -> Any:
    """Turn a TOML value into one of the model's own types, for msgspec. Raises ValueError or TypeError with why."""
    if kind is Edtf:
        if not isinstance(value, str):
            raise TypeError(f"a date stands in quotation marks; {ACCEPTED}")
        return Edtf(value)
    if kind in (EntityIds, FactIds):
        items = [value] if isinstance(value, str) else value
        if not isinstance(items, (list, tuple)) or not all(isinstance(item, str) for item in items):
            raise TypeError("expected an id or an array of ids")
        return kind(items)
    raise NotImplementedError(kind)


def encode_hook(value: Any) -> Any:
    """Turn one of the model's own types into what msgspec can encode."""
    if isinstance(value, Edtf):
        return value.text
    raise NotImplementedError(type(value))
