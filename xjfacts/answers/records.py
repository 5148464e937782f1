"""Answer records: what a question gives, whatever form it is then shown in.

An `Answer` is the envelope of the design; its `results` are records of facts, entities, documents, candidates for a
name or problems of a file. They are complete: a form of output (JSON, CSV, Markdown, the terminal) is a function of
an answer and needs nothing else. The JSON Schema of the output is generated from here.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Any, Generic, TypeVar, Union, get_args

from msgspec import UNSET, Meta, Struct, UnsetType, to_builtins

SCHEMA = "xjfacts.answer/2"


class AnswerRecord(Struct, frozen=True, kw_only=True):
    """Anything that stands in an answer. Keys are in snake_case; every role is a list."""

    @property
    def kind(self) -> str:
        """The word that stands under `kind` in JSON, for records that have one."""
        return str(type(self).__struct_config__.tag)

    def to_dict(self) -> dict[str, Any]:
        """Return what JSON has, as dictionaries, lists, strings and numbers."""
        return to_builtins(self)  # type: ignore[no-any-return]

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {getattr(self, 'id', '')}>".replace(" >", ">")


class Ref(AnswerRecord, frozen=True, kw_only=True):
    """An entity, as a fact names it."""

    id: str
    name: str

    def __repr__(self) -> str:
        return f"<{self.id}: {self.name}>"


class Citation(AnswerRecord, frozen=True, kw_only=True):
    """Which document, which paragraph, which words; and `link`, which opens the document at those words."""

    fact: Annotated[str, Meta(description="The fact that this quote proves.")]
    document: str
    title: str
    publisher: str
    authors: tuple[str, ...]
    published: str
    url: str
    via: Annotated[str | None, Meta(description="Through whose copy it was read, if not the publisher's own.")]
    paragraph: int
    quote: Annotated[str, Meta(description="The whole quote, with ` … ` where words are left out.")]
    fragments: Annotated[tuple[str, ...], Meta(description="The words of the document themselves, gap by gap.")]
    context: Annotated[str | None, Meta(description="A curator's word on it: who speaks, who is meant, which day.")]
    link: str
    around: Annotated[str, Meta(description="Of `show --texts`: the paragraph.")] | UnsetType = UNSET
    spans: (
        Annotated[tuple[tuple[int, int], ...], Meta(description="Where in it the fragments begin and end.")] | UnsetType
    ) = UNSET


class Stated(AnswerRecord, frozen=True, kw_only=True):
    """What one of several facts says that are told as one answer, and when it says that it was."""

    fact: str
    gist: str
    date: str | None
    as_of: str | None


# Facts ---------------------------------------------------------------------------------------------------------------


class FactAnswer(AnswerRecord, frozen=True, kw_only=True, tag_field="kind"):
    """A fact and what stands behind it and against it.

    Facts that corroborate each other are one answer, each field from the first printed that has it.
    """

    id: str
    gist: str
    brief: Annotated[str | None, Meta(description="The fact in a few words, where there is no room for the gist.")]
    date: Annotated[str | None, Meta(description="When the thing itself was, in EDTF.")]
    earliest: Annotated[str | None, Meta(description="The first day that it can have been; null if unknown.")]
    latest: Annotated[str | None, Meta(description="The last day that it can have been; null if unknown.")]
    according_to: Annotated[tuple[Ref, ...], Meta(description="Who says it, if not the document's own voice.")]
    about: tuple[Ref, ...]
    citations: tuple[Citation, ...]
    corroborated_by: Annotated[tuple[str, ...], Meta(description="Facts of other documents that state the same.")]
    origins: Annotated[int, Meta(description="How many independent reporters stand behind it.")]
    stated: Annotated[tuple[Stated, ...], Meta(description="Where several state it: what each of them says.")] = ()
    contested_by: Annotated[
        tuple[str, ...], Meta(description="Facts that dispute or rebut it, or cannot be true together with it.")
    ]
    answered_by: Annotated[
        tuple[str, ...], Meta(description="Of an allegation: denials in general about the same, which contest nothing.")
    ] = ()
    formerly: Annotated[tuple[str, ...], Meta(description="Ids that it had before.")]
    certain: Annotated[bool, Meta(description="False where it only may lie within the range of dates asked for.")] = (
        True
    )
    section: Annotated[str, Meta(description="Of `who` and `figures`: what it is listed under.")] | UnsetType = UNSET
    hits: Annotated[tuple[str, ...], Meta(description="In a search: the words found, folded.")] | UnsetType = UNSET

    def __repr__(self) -> str:
        return f"<{self.kind} {self.id}: {self.gist}>"


class PositionAnswer(FactAnswer, frozen=True, kw_only=True, tag="position"):
    holder: tuple[Ref, ...]
    title: str
    of: tuple[Ref, ...]
    as_of: str
    since: str | None
    until: str | None


class IdentityAnswer(FactAnswer, frozen=True, kw_only=True, tag="identity"):
    of: tuple[Ref, ...]
    born: Annotated[str | None, Meta(description="In EDTF.")]
    birth_place: str | None
    nationality: str | None
    gender: str | None
    also_called: tuple[str, ...]
    as_of: str | None


class SanctionAnswer(FactAnswer, frozen=True, kw_only=True, tag="sanction"):
    by: tuple[Ref, ...]
    target: tuple[Ref, ...]
    status: str
    as_of: str | None
    called_for_by: tuple[Ref, ...]
    programme: str | None
    reference: Annotated[str | None, Meta(description="The list's own number of the entry.")]
    listed_as: Annotated[str | None, Meta(description="The name as the list prints it.")]
    reason: str | None
    measures: tuple[str, ...]
    lifts: Annotated[tuple[str, ...], Meta(description="The imposed sanctions that this lifting names.")]
    lifted_by: Annotated[tuple[str, ...], Meta(description="What ended it, for all of its targets or some.")] = ()


class EventAnswer(FactAnswer, frozen=True, kw_only=True, tag="event"):
    type: str
    outcome: str
    participants: tuple[Ref, ...]
    place: tuple[Ref, ...]


class StatementAnswer(FactAnswer, frozen=True, kw_only=True, tag="statement"):
    speaker: tuple[Ref, ...]
    act: str
    to: tuple[Ref, ...]
    medium: str | None
    rebuts: tuple[str, ...]


class FigureAnswer(FactAnswer, frozen=True, kw_only=True, tag="figure"):
    measure: str
    unit: str
    bound: str
    value: int | float | None
    low: int | float | None
    high: int | float | None
    open_ended: Annotated[bool, Meta(description="Of a range: it may be more than `high`.")]
    estimator: tuple[Ref, ...]


class ClaimAnswer(FactAnswer, frozen=True, kw_only=True, tag="claim"):
    subjects: tuple[Ref, ...]
    alleged: Annotated[bool, Meta(description="Whether it accuses somebody.")]


# Entities, problems, guesses -----------------------------------------------------------------------------------------


class EntityAnswer(AnswerRecord, frozen=True, kw_only=True, tag_field="kind"):
    """An entity: its names as printed, and what it is a part of."""

    id: str
    name: str
    names: tuple[str, ...]
    part_of: tuple[Ref, ...]
    code: Annotated[str | None, Meta(description="Of a country that of ISO 3166.")] = None
    formerly: Annotated[tuple[str, ...], Meta(description="Ids that it had before.")] = ()
    search: tuple[str, ...] | UnsetType = UNSET
    weak: tuple[str, ...] | UnsetType = UNSET
    facts: Annotated[int, Meta(description="How many facts speak of it or of a part of it.")] | UnsetType = UNSET
    size: int | UnsetType | None = UNSET


class PersonAnswer(EntityAnswer, frozen=True, kw_only=True, tag="person"):
    pass


class OrganisationAnswer(EntityAnswer, frozen=True, kw_only=True, tag="organisation"):
    pass


class CountryAnswer(EntityAnswer, frozen=True, kw_only=True, tag="country"):
    pass


class PlaceAnswer(EntityAnswer, frozen=True, kw_only=True, tag="place"):
    pass


class GroupAnswer(EntityAnswer, frozen=True, kw_only=True, tag="group"):
    pass


class TopicAnswer(EntityAnswer, frozen=True, kw_only=True, tag="topic"):
    pass


class ProblemAnswer(AnswerRecord, frozen=True, kw_only=True, tag_field="kind", tag="problem"):
    """One thing that is wrong in one place of a fact file."""

    file: str
    line: int
    code: str
    message: str


class Guess(AnswerRecord, frozen=True, kw_only=True):
    """An entity that was nearly meant, or as well."""

    id: str
    name: str
    matched: str
    score: float
    context: str = ""


FactResult = Union[
    PositionAnswer, IdentityAnswer, SanctionAnswer, EventAnswer, StatementAnswer, FigureAnswer, ClaimAnswer
]
EntityResult = Union[PersonAnswer, OrganisationAnswer, CountryAnswer, PlaceAnswer, GroupAnswer, TopicAnswer]

FACT_ANSWERS: dict[str, type[FactAnswer]] = {t.__struct_config__.tag: t for t in get_args(FactResult)}
ENTITY_ANSWERS: dict[str, type[EntityAnswer]] = {t.__struct_config__.tag: t for t in get_args(EntityResult)}


# The envelope --------------------------------------------------------------------------------------------------------


class Data(AnswerRecord, frozen=True, kw_only=True):
    """What the answer stood on, and its horizon: the first and last day on which a document can have been published."""

    sha256: str
    documents: int
    facts: int
    earliest: str | None = None
    latest: str | None = None


class Asked(AnswerRecord, frozen=True, kw_only=True):
    """A name as it was asked, and what it was taken for.

    `how` is id, number (of a list), exact, fuzzy or office where one entity was found; ambiguous (several fit), near
    (none is near enough) or none, where `id` and `name` are null and `candidates` holds what there is.
    """

    asked: str
    id: str | None
    name: str | None
    how: str
    score: float
    matched: Annotated[str, Meta(description="The spelling that matched.")] | UnsetType = UNSET
    remark: Annotated[str, Meta(description="What a fuzzy answer leaves aside.")] | UnsetType = UNSET
    candidates: tuple[Guess, ...] | UnsetType = UNSET


class Evidence(AnswerRecord, frozen=True, kw_only=True):
    """What a screened list stood on, for whoever checks it later; the facts themselves are in `data`."""

    version: Annotated[str, Meta(description="Of the tool.")]
    accepted_from: Annotated[float, Meta(description="The score from which a name is taken for one like it.")]
    check_from: Annotated[float, Meta(description="The score from which a name is worth a look.")]
    min_score: Annotated[float, Meta(description="Below which a match is only to be checked; 0 where none was asked.")]
    made_on: Annotated[str | None, Meta(description="The day, where one was given.")]
    known_by: Annotated[str | None, Meta(description="Where asked for: only documents published by then count.")] = None


class Query(AnswerRecord, frozen=True, kw_only=True, omit_defaults=True):
    """The question as it was understood; only what was asked for is there."""

    command: str
    name: Asked | UnsetType = UNSET
    by: tuple[Asked, ...] = ()
    on: tuple[Asked, ...] = ()
    to: Asked | UnsetType = UNSET
    about: Asked | UnsetType = UNSET
    place: Asked | UnsetType = UNSET
    status: tuple[str, ...] = ()
    type: tuple[str, ...] = ()
    outcome: tuple[str, ...] = ()
    act: tuple[str, ...] = ()
    since: str | UnsetType = UNSET
    until: str | UnsetType = UNSET
    known_by: Annotated[str, Meta(description="Only documents published by then were asked.")] | UnsetType = UNSET
    words: tuple[str, ...] | UnsetType = UNSET
    ids: tuple[str, ...] | UnsetType = UNSET
    renamed: Annotated[dict[str, str], Meta(description="Of ids that are no longer in use, those in their place.")] = {}

    def names(self) -> tuple[Asked, ...]:
        """Return the names that were asked, in the order of the fields."""
        return tuple(asked for _, asked in self.named())

    def named(self) -> Iterator[tuple[str, Asked]]:
        """Yield the names that were asked, each with its field, in the order of the fields."""
        for field in ("name", "by", "on", "to", "about", "place"):
            value = getattr(self, field)
            yield from ((field, asked) for asked in ((value,) if isinstance(value, Asked) else value or ()))


class ErrorAnswer(AnswerRecord, frozen=True, kw_only=True):
    """What stopped an answer: the exit status, the kind of error, the line on standard error, and every reason."""

    status: int
    kind: str
    message: str
    problems: tuple[ProblemAnswer, ...] = ()


class Failure(AnswerRecord, frozen=True, kw_only=True):
    """The envelope where no facts could be asked: wrong usage, or facts that cannot be read."""

    schema: str = SCHEMA
    error: ErrorAnswer
    count: int = 0
    results: tuple[ProblemAnswer, ...] = ()


class PairAnswer(AnswerRecord, frozen=True, kw_only=True):
    """Whether one has sanctioned the other, by all that is known of the two, and when by the last of it."""

    by: Ref
    on: Ref
    answer: Annotated[str, Meta(description="imposed, lifted, not-imposed or no-record.")]
    date: str | None = None
    as_of: str | None = None
    facts: Annotated[tuple[str, ...], Meta(description="The facts that decide it.")] = ()


R = TypeVar("R")


class Answer(AnswerRecord, Generic[R], frozen=True, kw_only=True):
    """The envelope. Iterating over it gives its results, whose type depends on the question."""

    schema: str = SCHEMA
    data: Data
    query: Query
    entity: EntityResult | UnsetType = UNSET
    answer: Annotated[str, Meta(description="Of a pair: imposed, lifted, not-imposed or no-record.")] | UnsetType = (
        UNSET
    )
    answers: Annotated[tuple[PairAnswer, ...], Meta(description="Of several pairs: the word for each.")] | UnsetType = (
        UNSET
    )
    beside: (
        Annotated[tuple[PairAnswer, ...], Meta(description="Of a pair: what is known of a part or whole of either.")]
        | UnsetType
    ) = UNSET
    sanctioned_by: (
        Annotated[tuple[PairAnswer, ...], Meta(description="Of `who`: each power of which a document says whether.")]
        | UnsetType
    ) = UNSET
    error: ErrorAnswer | UnsetType = UNSET
    count: int
    total: Annotated[int, Meta(description="How many there are, where --limit kept some back.")] | UnsetType = UNSET
    hidden: Annotated[dict[str, int], Meta(description="What fits the question but is left out, by reason.")] = {}
    checked: (
        Annotated[dict[str, int], Meta(description="Of `check`: what was looked at, and quotes by verdict.")]
        | UnsetType
    ) = UNSET
    not_looked_at: (
        Annotated[dict[str, tuple[str, ...]], Meta(description="Of `check`: languages that a rule cannot judge.")]
        | UnsetType
    ) = UNSET
    unread: (
        Annotated[dict[str, str], Meta(description="Of `show --texts`: texts that do not give the paragraph, and why.")]
        | UnsetType
    ) = UNSET
    nearby: Annotated[dict[str, int], Meta(description="Where nothing fits: what is known of the names, by kind.")] = {}
    outcomes: Annotated[dict[str, int], Meta(description="Of `screen`: how many rows came to what.")] | UnsetType = (
        UNSET
    )
    evidence: Annotated[Evidence, Meta(description="Of `screen`: the tool and its thresholds.")] | UnsetType = UNSET
    see: Annotated[tuple[str, ...], Meta(description="Where nothing fits: commands that show what is nearby.")] = ()
    results: tuple[R, ...]
    others: Annotated[
        tuple[FactResult, ...], Meta(description="Facts outside the results that contest one or are answered by one.")
    ] = ()

    def __iter__(self) -> Iterator[R]:
        return iter(self.results)

    def __len__(self) -> int:
        return len(self.results)

    def __bool__(self) -> bool:
        """Of pairs: whether all are imposed. Else whether there is any result."""
        if isinstance(self.answers, tuple):
            return all(pair.answer == "imposed" for pair in self.answers)
        return self.answer == "imposed" if isinstance(self.answer, str) else bool(self.results)

    def __repr__(self) -> str:
        word = self.answer if isinstance(self.answer, str) else f"{self.count} results"
        return f"<Answer to {self.query.command}: {word}>"

    @property
    def is_of_pairs(self) -> bool:
        """Whether it was asked of one pair or several."""
        return isinstance(self.answer, str) or isinstance(self.answers, tuple)

    def table(self) -> list[dict[str, Any]]:
        """Return the results as flat rows, for `pandas.DataFrame(...)`: with lists of names, of quotes, of links."""
        from xjfacts.answers.rows import plain, rows_of  # few callers want a table

        rows = (row for result in self.results for row in rows_of(result, per="fact"))
        return [{key: plain(value) for key, value in row.items()} for row in rows]

    def __getitem__(self, index: int) -> R:
        return self.results[index]
