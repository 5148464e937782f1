"""What stands on a page in words: titles, the words for how a fact stands, numbers, dates, what was left out.

    amount_words(figure)        # 'more than 1,000,000 people'

A word that must never be overlooked (NOT imposed, ALLEGES) is chosen here, once for every form.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from xjfacts.answers.records import (
    Answer,
    Asked,
    ClaimAnswer,
    EntityAnswer,
    EventAnswer,
    Evidence,
    FactAnswer,
    FigureAnswer,
    IdentityAnswer,
    PositionAnswer,
    PowerAnswer,
    Ref,
    SanctionAnswer,
    StatementAnswer,
)
from xjfacts.dates import Edtf, date_words
from xjfacts.text import counted

SECTION_TITLES = {
    "identity": "Identity",
    "offices": "Offices and memberships",
    "office-holders": "Office-holders",
    "sanctions-on": "Sanctions on",
    "sanctions-by": "Sanctions by",
    "sanctions-otherwise": "Other sanctions",
    "events": "Events",
    "said": "Statements by",
    "said-of": "Statements about or to",
    "figures": "Figures",
    "claims": "Further facts",
}
STATUS_WORDS = {
    "imposed": "imposed",
    "lifted": "lifted",
    "not-imposed": "NOT imposed",
    "considered": "only considered",
    "called-for": "only called for",
    "ruled-out": "ruled out",
}
OUTCOME_WORDS = {
    "held": "held",
    "planned": "planned",
    "proposed": "only proposed",
    "requested": "only requested",
    "agreed": "agreed, not yet held",
    "stalled": "stalled",
    "suspended": "suspended",
    "declined": "declined",
    "cancelled": "cancelled",
    "unknown": "outcome not said",
}
ACT_WORDS = {"alleges": "ALLEGES", "declines-to-comment": "declines to comment"}  # the others as they are
BOUND_WORDS = {
    "exact": "{value}",
    "about": "about {value}",
    "at-least": "at least {value}",
    "more-than": "more than {value}",
    "up-to": "up to {value}",
    "range": "{low} to {high}",
}


# How a fact stands ---------------------------------------------------------------------------------------------------


def when_words(fact: FactAnswer) -> str:
    """Return when the thing was; failing that, as of when it is stated; failing that, when it was printed."""
    if fact.date is not None:
        return date_words(fact.date)
    as_of = fact.as_of if isinstance(fact, (PositionAnswer, IdentityAnswer, SanctionAnswer)) else None
    if as_of is not None:
        return f"as of {date_words(as_of)}"
    return f"printed {date_words(fact.citations[0].published)}"


def label_words(fact: FactAnswer) -> str:
    """Return the word that must never be overlooked: whether it came, took place, or was only said."""
    if isinstance(fact, SanctionAnswer):
        return STATUS_WORDS[fact.status]
    if isinstance(fact, EventAnswer):
        return f"{fact.type}, {OUTCOME_WORDS[fact.outcome]}"
    if isinstance(fact, StatementAnswer):
        return ACT_WORDS.get(fact.act, fact.act)
    if isinstance(fact, ClaimAnswer):
        return "ALLEGED" if fact.alleged else ""
    return amount_words(fact) if isinstance(fact, FigureAnswer) else ""


def amount_words(figure: FigureAnswer) -> str:
    """Say a figure with its bound: `more than 1,000,000 people`."""
    numbers = {key: _number(getattr(figure, key)) for key in ("value", "low", "high")}
    more = " or more" if figure.open_ended else ""
    return f"{BOUND_WORDS[figure.bound].format(**numbers)}{more} {figure.unit}"


def _number(number: float | None) -> str:
    return "" if number is None else f"{number:,}"


# Of the question, and of what is in its answer -----------------------------------------------------------------------


def asked_with_words(query: Any) -> Iterable[tuple[str, Asked]]:
    """Return the names that were asked, each with the word that joins it to the title."""
    words = {
        "name": "by" if query.command == "said" else "of",
        "by": "by",
        "on": "on",
        "to": "to",
        "about": "about",
        "place": "in",
    }
    return [(words[field], asked) for field, asked in query.named()]


def answer_words(answer: Answer[Any]) -> str:
    """Say in one sentence what the answer to a pair is; nothing for any other question."""
    if isinstance(answer.answers, tuple):
        pairs = (f"{pair.by.name} on {pair.on.name}: {pair.answer.replace('-', ' ')}" for pair in answer.answers)
        return "; ".join(pairs)
    if not isinstance(answer.answer, str):
        return ""
    days = " within the dates asked for" if answer.query.since or answer.query.until else ""
    is_contested = any(isinstance(one, FactAnswer) and one.contested_by for one in answer.results)
    contested = " It is contested." if is_contested else ""
    return {
        "imposed": f"Imposed{days}, by the documents below.{contested}",
        "lifted": f"Imposed and lifted{days}, by the documents below.{contested}",
        "not-imposed": f"Not imposed{days}: a document says so, as of the date below.{contested}",
        "no-record": f"No record{days}: no document here says either. That is not to say that there is none.",
    }[answer.answer]


def power_words(power: PowerAnswer, words: Mapping[str, str] | None = None) -> str:
    """Say what a power did, when, and as of which day that is known; by the word of the facts, or by `words`."""
    answer = (words or {}).get(power.answer, power.answer)
    when = f" {date_words(power.date)}" if power.date else ""
    known = f" (as of {date_words(power.as_of)})" if power.as_of else ""
    return f"{power.by.name}: {answer}{when}{known}"


def evidence_words(evidence: Evidence) -> str:
    """Say with what a list was screened."""
    strict = f", matches below {evidence.min_score:.2f} only to be checked" if evidence.min_score else ""
    day = f"made on {evidence.made_on}, " if evidence.made_on else ""
    return (
        f"{day}by xjfacts {evidence.version}; a name is taken for one like it from a score of "
        f"{evidence.accepted_from:.2f}, and to be checked from {evidence.check_from:.2f}{strict}"
    )


def not_shown(answer: Answer[Any]) -> str:
    """Say what fits the question and is left out, and which option shows it."""
    counts = dict(answer.hidden)
    outside = counts.pop("outside-the-dates", 0)
    by_status = ", ".join(f"{count} {status}" for status, count in counts.items() if status in STATUS_WORDS)
    others = ", ".join(counted(count, kind) for kind, count in counts.items() if kind not in STATUS_WORDS)
    parts = (by_status and f"{by_status} (--status all)", others and f"{others} that are no statement",
             outside and f"{outside} outside the dates")  # fmt: skip
    return f"not shown: {'; '.join(part for part in parts if part)}"


def checked_words(count: int, what: str) -> str:
    """Say how many documents, facts or quotes there were, or of how many quotes something was found: `2 verified`."""
    return counted(count, what.removesuffix("s")) if what.endswith("s") else f"{count:,} {what}"


def entity_lines(entity: EntityAnswer) -> Iterable[str]:
    """Yield what is known of an entity beside its name, from its kind to how many facts speak of it."""
    yield entity.kind if not isinstance(entity.size, int) else f"{entity.kind} of {entity.size}"
    if entity.names:
        yield f"also printed as: {', '.join(entity.names)}"
    if entity.part_of:
        yield f"part of: {', '.join(ref.name for ref in entity.part_of)}"
    for words, field in (("searched as", entity.search), ("weak names", entity.weak)):
        if isinstance(field, tuple) and field:
            yield f"{words}: {', '.join(field)}"
    if isinstance(entity.facts, int):
        yield counted(entity.facts, "fact")


def value_words(value: Any) -> str:
    """Return the value of a field as one line; entities by name and id."""
    if isinstance(value, tuple):
        return ", ".join(f"{one.name} ({one.id})" if isinstance(one, Ref) else str(one) for one in value)
    return f"{value:,}" if isinstance(value, int) else str(value)


def capitalised(text: str) -> str:
    """Return the text with a capital at its beginning, and the rest as it was."""
    return text[:1].upper() + text[1:]


# Years ---------------------------------------------------------------------------------------------------------------


def year_words(text: str) -> str:
    """Return the year under which a date in EDTF is listed."""
    return str(Edtf(text).place.year)


def months(text: str) -> str:
    """Return a timeline of the date's year, a mark a month: solid, or shaded if unsure; `>` if it goes on."""
    date = Edtf(text)
    year = date.place.year
    first = date.earliest.month if date.earliest.year == year else 1
    last = date.latest.month if date.latest.year == year else 12
    mark = "▒" if date.is_qualified else "■"
    return "·" * (first - 1) + mark * (last - first + 1) + "·" * (12 - last) + (">" if date.latest.year > year else "")
