"""What stands on a page in words: titles, the words for how a fact stands, numbers, dates, what was left out.

    amount_words(figure)        # 'more than 1,000,000 people'

A word that must never be overlooked (NOT imposed, ALLEGES) is chosen here, once for every form.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from xjfacts.answers.listed import PowerAnswer
from xjfacts.answers.records import (
    ClaimAnswer,
    EntityAnswer,
    EventAnswer,
    Evidence,
    FactAnswer,
    FigureAnswer,
    IdentityAnswer,
    PositionAnswer,
    Ref,
    SanctionAnswer,
    StatementAnswer,
)
from xjfacts.dates import Edtf, date_words
from xjfacts.text import counted, written_out

SECTION_TITLES = {
    "identity": "Identity",
    "offices": "Offices and memberships",
    "office-holders": "Office-holders",
    "sanctions-on": "Sanctions on",
    "sanctions-by": "Sanctions by",
    "sanctions-otherwise": "Other sanctions",
    "alleged": "Alleged, and answered",
    "events": "Events",
    "said": "Statements by",
    "said-of": "Statements about or to",
    "figures": "Figures",
    "claims": "Further facts",
}
STATUS_WORDS = {
    "imposed": "IMPOSED",
    "lifted": "lifted",
    "not-imposed": "NOT imposed",
    "considered": "only considered",
    "called-for": "only called for",
    "ruled-out": "ruled out",
}
ENDED_WORDS = "was imposed"  # of a sanction that is lifted: the word that is red must never be read of it
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
    if isinstance(fact, PositionAnswer) and fact.until is not None:  # an office that is over is never told as of a day
        since = f"{date_words(fact.since)} to " if fact.since is not None else "until "
        return f"{since}{date_words(fact.until)}"
    as_of = fact.as_of if isinstance(fact, (PositionAnswer, IdentityAnswer, SanctionAnswer)) else None
    if as_of is not None:
        return f"as of {date_words(as_of)}"
    return f"printed {date_words(fact.citations[0].published)}"


def said_when_words(fact: FactAnswer) -> str:
    """Return when something was said; failing that, by when, for it was said before it was printed."""
    if fact.date is not None:
        return date_words(fact.date)
    return f"by {date_words(fact.citations[0].published)}"


def label_words(fact: FactAnswer) -> str:
    """Return the word that must never be overlooked: whether it came, took place, or was only said."""
    if isinstance(fact, SanctionAnswer):
        return ENDED_WORDS if fact.lifted_by else STATUS_WORDS[fact.status]
    if isinstance(fact, EventAnswer):
        return ", ".join([*([fact.type] if fact.type != "other" else []), OUTCOME_WORDS[fact.outcome]])
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
    return "" if number is None else written_out(number, ",")


def speaker_names(fact: FactAnswer) -> tuple[str, ...]:
    """Return the names of those on whose word a fact is told; none where it is the document's own."""
    speaking = fact.speaker if isinstance(fact, StatementAnswer) else ()
    return tuple(ref.name for ref in speaking or fact.according_to)


def saying_words(fact: FactAnswer, *circumstances: str) -> str:
    """Say a fact in a few words behind the names of those who say it; or in its whole sentence, which names them."""
    names = speaker_names(fact)
    if fact.brief is None or not names:
        return fact.gist
    return f"{', '.join([some_words(names), *circumstances])}: {fact.brief}"


def contesting_words(fact: FactAnswer) -> str:
    """Say in a few words what contests another fact: a status and who tells it, or who says what."""
    if isinstance(fact, SanctionAnswer):
        return f"{label_words(fact)} {when_words(fact)}, by {fact.citations[0].publisher}"
    return saying_words(fact, said_when_words(fact))


def some_words(names: Sequence[str], most: int = 2) -> str:
    """Return names one after the other, or the first of many and how many more there are."""
    shown, others = names[:most], names[most:]
    return f"{', '.join(shown)} and {len(others)} others" if len(others) > 1 else ", ".join(names)


def origin_words(fact: FactAnswer) -> str:
    """Say how many independent origins stand behind a fact, where there are several."""
    return "" if fact.origins < 2 else f"{fact.origins} independent origins"


# A screened list -----------------------------------------------------------------------------------------------------


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
    known = f"from the documents published by {date_words(evidence.known_by)}, " if evidence.known_by else ""
    return (
        f"{day}{known}by xjfacts {evidence.version}; a name is taken for one like it from a score of "
        f"{evidence.accepted_from:.2f}, and to be checked from {evidence.check_from:.2f}{strict}"
    )


# Entities and fields -------------------------------------------------------------------------------------------------


def entity_lines(entity: EntityAnswer) -> Iterable[str]:
    """Yield what is known of an entity beside its name, from its kind to how many facts speak of it."""
    yield entity.kind if not isinstance(entity.size, int) else f"{entity.kind} of {entity.size}"
    if entity.code is not None:
        yield f"code: {entity.code}"
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
    if isinstance(value, bool):
        return "yes" if value else "no"
    return written_out(value, ",") if isinstance(value, int | float) else str(value)


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
