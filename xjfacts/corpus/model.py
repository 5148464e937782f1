"""The records of a fact file; nothing but data.

    [person.erkin-tuniyaz]                  -> Person(id="erkin-tuniyaz", name="Erkin Tuniyaz", ...)
    [sanction.us-sanctioned-tuniyaz]        -> Sanction(id="scmp-2023-02/us-sanctioned-tuniyaz", ...)

A record is frozen, holds its own id and the ids of what it speaks of, and no index or parent. The loader puts `id`
in, from the key of the table; it is never a key of its own. Field names are in kebab-case in the files (`as-of`). The
JSON Schema of the files is generated from here, so every description below is also what an editor shows.
"""

from __future__ import annotations

from typing import Annotated, ClassVar

from msgspec import Meta, Struct

from xjfacts.corpus.values import (
    LONGEST_NAME,
    LONGEST_TEXT,
    MOST_ITEMS,
    MOST_RANGES,
    Act,
    Bound,
    Count,
    DocumentType,
    EntityIds,
    EventType,
    FactIds,
    Measure,
    Number,
    OneOrMore,
    Outcome,
    Rights,
    Status,
    Texts,
    few,
    worded,
)
from xjfacts.dates import Edtf


class Record(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, rename="kebab", omit_defaults=True):
    """What every table of a fact file becomes."""

    id: str

    kind: ClassVar[str]  # the word that heads its table in a file: `person`, `sanction`, ...


# Entities ------------------------------------------------------------------------------------------------------------


class Entity(Record, frozen=True, kw_only=True, tag_field="kind"):
    """Somebody or something that facts speak of, with the names it is found by. What it is or does is a fact."""

    name: Annotated[str, worded("The name shown in answers.", LONGEST_NAME)]
    names: Annotated[Texts, few("Further names, letter for letter as a document prints them.")] = ()
    search: Annotated[Texts, few("Other spellings and scripts, for look-up only.")] = ()
    weak: Annotated[Texts, few("Names short for something else; they match exactly or not at all.")] = ()
    part_of: Annotated[EntityIds, Meta(description="What this is a part of; asking for that includes this.")] = (
        EntityIds()
    )
    code: Annotated[str, worded("A code for it: of a country that of ISO 3166.")] | None = None
    formerly: Annotated[EntityIds, Meta(description="Ids that this had; they keep being found.")] = EntityIds()


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

    title: Annotated[str, worded("As printed; in square brackets where none is printed.")]
    publisher: Annotated[str, worded("Who published it.")]
    published: Annotated[Edtf, Meta(description="When it was published (EDTF).")]
    dated_by: Annotated[str, worded("`printed`, or one sentence that says how the date was inferred.")]
    url: Annotated[
        str, Meta(pattern="^https?://", max_length=LONGEST_TEXT, description="Where the curated copy can be read.")
    ]
    type: Annotated[DocumentType, Meta(description="The type of the document in CSL.")]
    origin: Annotated[
        OneOrMore,
        Meta(description="Who knew it first-hand; what is inferred in square brackets. Documents that share none are "
             "independent."),
    ]  # fmt: skip
    sha256: Annotated[str, Meta(pattern="^[0-9a-f]{64}$", description="SHA-256 of the curated text, byte for byte.")]
    body: Annotated[
        tuple[tuple[Count, Count], ...],
        Meta(
            min_length=1,
            max_length=MOST_RANGES,
            description="Ranges of physical lines, from 1, that are the article itself.",
        ),
    ]
    paragraphs: Annotated[int, Meta(ge=1, description="How many paragraphs `body` holds: its non-blank lines.")]
    words: Annotated[
        int,
        Meta(ge=1, description="How many words, divided by white space, `body` holds; of a script without spaces, how "
             "many characters."),
    ]  # fmt: skip
    authors: Annotated[Texts, few("Who wrote it, as printed.")] = ()
    via: Annotated[str, worded("Whose copy was read, if not the publisher's own.")] | None = None
    rights: Annotated[
        Rights, Meta(description="Whether words beyond quotations may be taken; of reserved ones three fifths may not.")
    ] = "reserved"
    language: (
        Annotated[str, Meta(pattern="^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$", description="Its language (BCP 47).")] | None
    ) = None
    uncited: Annotated[
        tuple[Count, ...], Meta(max_length=MOST_RANGES, description="Paragraphs that nobody would cite.")
    ] = ()
    wrapped: Annotated[
        bool, Meta(description="Whether blank lines divide the paragraphs, and line ends inside them are spaces.")
    ] = False
    labels: Annotated[bool, Meta(description="Whether `p` is the number that the text itself gives a paragraph.")] = (
        False
    )

    @property
    def is_quoted_at_url(self) -> bool:
        """Whether the page at the url holds the words themselves, as that of a data set or a sitting day does not."""
        last = self.url.rstrip("/").rpartition("/")[2]
        is_day = len(last) == len("2021-04-22") and last.count("-") == 2 and last.replace("-", "").isdigit()
        return self.type != "dataset" and not (self.type in ("speech", "hearing") and is_day)


# Facts ---------------------------------------------------------------------------------------------------------------


GAP = " … "  # between the fragments of a quote, where it is shown as one


class Cite(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """Where the proof of a fact stands: a paragraph and the words in it. One quote is one note."""

    p: Annotated[int, Meta(ge=1, description="The paragraph: the n-th non-blank line inside `body`.")]
    quote: Annotated[
        OneOrMore,
        Meta(
            description="The words that prove it, letter for letter, at most 40 words and 280 characters; a list of "
            "fragments, in the order of the text, where words are left out.",
        ),
    ]
    context: Annotated[str, worded("A curator's word: who speaks, who is meant, which day it is.")] | None = None
    before: Annotated[str, worded("A few words before the quote, for links to the right place.")] | None = None
    after: Annotated[str, worded("A few words behind the quote, for links to the right place.")] | None = None

    @property
    def text(self) -> str:
        """The whole quote as it is shown, with three points where words are left out."""
        return GAP.join(self.quote)

    @property
    def is_of_a_row(self) -> bool:
        """Whether it quotes fields side by side, as a text has the row of a list and no page has it."""
        return any(" | " in fragment for fragment in self.quote)

    @property
    def landmarks(self) -> tuple[tuple[str, ...], ...]:
        """The words by which a link finds each fragment: all of it, or both ends of a long one.

        An advert in the middle of a long quote cannot break the link.
        """
        words = [fragment.split() for fragment in self.quote]
        return tuple(
            (fragment.strip(),) if len(parts) <= LONGEST_WHOLE else (" ".join(parts[:END]), " ".join(parts[-END:]))
            for fragment, parts in zip(self.quote, words, strict=True)
        )


LONGEST_WHOLE = 20  # words; a longer fragment is linked by both its ends
END = 4  # words of each end: four in a row are seldom twice on a page


class Fact(Record, frozen=True, kw_only=True, tag_field="kind"):
    """One thing that one document says, with its proof."""

    gist: Annotated[str, worded("One sentence in the curator's words that stands alone and names who says it.")]
    cite: Annotated[
        tuple[Cite, ...],
        Meta(min_length=1, max_length=MOST_ITEMS, description="Paragraph and quote, one or more."),
    ]
    date: Annotated[Edtf, Meta(description="When the thing itself was (EDTF), if the document says so.")] | None = None
    according_to: Annotated[EntityIds, Meta(description="Who says it, where it is not the document's own voice.")] = (
        EntityIds()
    )
    about: Annotated[EntityIds, Meta(description="Further entities by which the fact should be found.")] = EntityIds()
    corroborates: Annotated[FactIds, Meta(description="Facts of other documents that state the same thing.")] = (
        FactIds()
    )
    disputes: Annotated[FactIds, Meta(description="Facts that this one contradicts: both cannot be true.")] = FactIds()
    brief: Annotated[str, worded("The fact in at most 80 characters, without speaker and date.")] | None = None
    formerly: Annotated[FactIds, Meta(description="Ids that this fact had; they keep being found.")] = FactIds()
    told_apart: Annotated[str, worded("Why this is another fact than one with the same quotes.")] | None = None

    rebuts: ClassVar[FactIds] = FactIds()  # a statement has its own
    lifts: ClassVar[FactIds] = FactIds()  # and a sanction

    @property
    def is_allegation(self) -> bool:
        """Whether it is that somebody accuses somebody."""
        return False

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
    title: Annotated[str, worded("The office, in the document's terms.")]
    as_of: Annotated[Edtf, Meta(description="When the document says so (EDTF).")]
    of: Annotated[EntityIds, Meta(description="The body it is an office of.")] = EntityIds()
    since: Annotated[Edtf, Meta(description="When it began, if said (EDTF).")] | None = None
    until: Annotated[Edtf, Meta(description="When it ended, if said (EDTF).")] | None = None


class Identity(Fact, frozen=True, kw_only=True, tag="identity"):
    """How a list or a record describes somebody, as of a date."""

    of: Annotated[EntityIds, Meta(description="Whom it describes.")]
    born: Annotated[Edtf, Meta(description="When somebody was born (EDTF).")] | None = None
    birth_place: Annotated[str, worded("Where somebody was born, as printed.")] | None = None
    nationality: Annotated[str, worded("Of which state somebody is, as printed.")] | None = None
    gender: Annotated[str, worded("As printed: male, female.")] | None = None
    also_called: Annotated[OneOrMore, Meta(description="Further names that it gives, as printed.")] = OneOrMore()
    as_of: Annotated[Edtf, Meta(description="When the list or record says so (EDTF).")] | None = None


class Sanction(Fact, frozen=True, kw_only=True, tag="sanction"):
    """A sanction, or a document's word that there is none yet.

    Statuses: `imposed`; `lifted`; `not-imposed` (a document says that there is none, as of a date); `considered` (its
    author weighs it); `called-for` (somebody else demands it); `ruled-out` (its author says that it will not come).

    Measures: `asset-freeze`; `travel-ban`; `export-control` (goods may not go there); `import-ban` (goods may not come
    from there); `visa-restriction`; `other`.
    """

    by: Annotated[EntityIds, Meta(description="Who imposes it, or would.")]
    target: Annotated[EntityIds, Meta(description="On whom.")]
    status: Annotated[Status, Meta(description="How far it has come; only `imposed` and `lifted` say that it came.")]
    as_of: Annotated[Edtf, Meta(description="When the document says so (EDTF); required with not-imposed.")] | None = (
        None
    )
    called_for_by: Annotated[EntityIds, Meta(description="Who demands it; required with called-for.")] = EntityIds()
    programme: Annotated[str, worded("Under which programme, as its list names it.")] | None = None
    reference: Annotated[str, worded("The list's own number of the entry.")] | None = None
    listed_as: Annotated[str, worded("The name as the list prints it.")] | None = None
    reason: Annotated[str, worded("The grounds that the imposing clause itself gives.")] | None = None
    measures: Annotated[tuple[Measure, ...], few("What it consists in.")] = ()
    lifts: Annotated[  # type: ignore[misc]
        FactIds, Meta(description="Of a lifting: the imposed sanctions that it ends, where there are several.")
    ] = FactIds()


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
    medium: Annotated[str, worded("How: e-mail, letter, Twitter, ...")] | None = None
    rebuts: Annotated[FactIds, Meta(description="The facts that it answers.")] = FactIds()  # type: ignore[misc]

    @property
    def is_allegation(self) -> bool:
        return self.act == "alleges"


class Figure(Fact, frozen=True, kw_only=True, tag="figure"):
    """A number, and whose it is: one `value`, or `low` and `high` where `bound` is `range`.

    Bounds: `exact` and `about` the value; `at-least` it; `more-than` it; `up-to` it; the `range` from `low` to `high`.
    """

    measure: Annotated[str, worded("What is counted.")]
    unit: Annotated[str, worded("In what: people, envoys, years.")]
    bound: Annotated[Bound, Meta(description="How the number limits the quantity.")]
    value: Annotated[Number, Meta(description="The number, unless it is a range.")] | None = None
    low: Annotated[Number, Meta(description="The lower end of a range.")] | None = None
    high: Annotated[Number, Meta(description="The upper end of a range.")] | None = None
    open_ended: Annotated[bool, Meta(description="Of a range: it may be more than `high`.")] = False
    estimator: Annotated[EntityIds, Meta(description="Whose number it is.")] = EntityIds()


class Claim(Fact, frozen=True, kw_only=True, tag="claim"):
    """Anything true of its subjects that fits no other table."""

    subjects: Annotated[EntityIds, Meta(description="Of whom or what it is true.")]
    alleged: Annotated[bool, Meta(description="Whether it accuses somebody.")] = False

    @property
    def is_allegation(self) -> bool:
        return self.alleged


ENTITY_TABLES: dict[str, type[Entity]] = {
    str(t.__struct_config__.tag): t for t in (Person, Organisation, Country, Place, Group, Topic)
}
FACT_TABLES: dict[str, type[Fact]] = {
    str(t.__struct_config__.tag): t for t in (Position, Identity, Sanction, Event, Statement, Figure, Claim)
}

ROLES: dict[str, tuple[str, ...]] = {
    "position": ("holder", "of", "according_to", "about"),
    "identity": ("of", "according_to", "about"),
    "sanction": ("by", "target", "called_for_by", "according_to", "about"),
    "event": ("participants", "place", "according_to", "about"),
    "statement": ("speaker", "to", "according_to", "about"),
    "figure": ("estimator", "according_to", "about"),
    "claim": ("subjects", "according_to", "about"),
}
RECORDS: dict[str, type[Record]] = {"document": Document, **ENTITY_TABLES, **FACT_TABLES}
for _kind, _record in RECORDS.items():
    _record.kind = _kind

RELATIONS = ("corroborates", "disputes", "rebuts", "lifts")
