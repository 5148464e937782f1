"""Answer records of what is no fact and no entity: documents, candidates for a name, the rows of a screened list.

They stand apart from `records` because few questions give them, and making classes takes time.
"""

from __future__ import annotations

from typing import Annotated, Union

from msgspec import Meta

from xjfacts.answers.records import AnswerRecord, Citation, EntityResult, FactResult, Guess, ProblemAnswer, Ref


class DocumentAnswer(AnswerRecord, frozen=True, kw_only=True, tag_field="kind", tag="document"):
    """A source document: what it is, how its date is known, and how many facts of each kind stand on it."""

    id: str
    title: str
    publisher: str
    authors: tuple[str, ...]
    published: str
    dated_by: str
    type: str
    origin: Annotated[tuple[str, ...], Meta(description="Who knew it first-hand; what is inferred in brackets.")]
    url: str
    via: Annotated[str | None, Meta(description="Through whose copy it was read, if not the publisher's own.")]
    rights: str
    language: str | None
    sha256: str
    paragraphs: int
    words: int
    uncited: Annotated[tuple[int, ...], Meta(description="Paragraphs that nobody would cite.")]
    facts: dict[str, int]


class WordPair(AnswerRecord, frozen=True, kw_only=True):
    """Which word of the question stands for which word of the name, how, and how nearly (0 to 1)."""

    asked: str
    name: str
    how: str
    score: float


class CandidateAnswer(AnswerRecord, frozen=True, kw_only=True, tag_field="kind", tag="candidate"):
    """One entity that a name may mean, and why."""

    id: str
    name: str
    entity_kind: str
    matched: Annotated[str, Meta(description="Which of its names was compared.")]
    weak: bool
    score: float
    accepted: bool
    why: str
    context: Annotated[str, Meta(description="What tells it from others: its office, its country.")]
    pairs: tuple[WordPair, ...]
    left_over_asked: tuple[str, ...]
    left_over_name: tuple[str, ...]


SCREENED = (  # what comes of a row of a list; the first that fits
    "imposed", "lifted", "not-imposed", "only-considered", "no-record", "check", "unknown", "unreadable",
)  # fmt: skip


class PowerAnswer(AnswerRecord, frozen=True, kw_only=True):
    """Whether a power has sanctioned somebody, and when by the last fact that says so."""

    by: Ref
    answer: Annotated[str, Meta(description="imposed, lifted, not-imposed, considered, called-for or ruled-out.")]
    date: str | None
    as_of: str | None
    fact: Annotated[str, Meta(description="The fact that says so, of several the last.")]


class ScreenedAnswer(AnswerRecord, frozen=True, kw_only=True, tag_field="kind", tag="screened"):
    """A row of a list: whom its name means, how surely, and which sanctions are known."""

    line: Annotated[int, Meta(description="Where the row begins in the list, from 1.")]
    asked: str
    outcome: Annotated[
        str,
        Meta(
            description="imposed, lifted, not-imposed, only-considered, no-record, check (candidates only), unknown or "
            "unreadable.",
        ),
    ]
    id: str | None = None
    name: str | None = None
    matched: Annotated[str | None, Meta(description="The spelling that matched.")] = None
    score: float = 0.0
    how: str
    why: str
    powers: tuple[PowerAnswer, ...] = ()
    facts: tuple[str, ...] = ()
    citation: Citation | None = None
    candidates: tuple[Guess, ...] = ()
    born: Annotated[str | None, Meta(description="The date of birth on the list.")] = None
    birth: Annotated[str | None, Meta(description="Beside one that is known: confirmed, doubtful or another.")] = None
    cells: Annotated[dict[str, str], Meta(description="The other columns of the row.")] = {}  # noqa: RUF012


Result = Union[FactResult, EntityResult, DocumentAnswer, CandidateAnswer, ProblemAnswer, ScreenedAnswer]
