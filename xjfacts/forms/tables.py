"""Sanctions as tables: a line for each target, or (of somebody) for each power.

United States     IMPOSED      2021             3 independent origins [1][5][6]
European Union    NOT imposed  as of 2023-02    called for by Yasmine Ahmed [5][7]
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import NamedTuple

from xjfacts.answers.records import Answer, FactAnswer, PairAnswer, Ref, SanctionAnswer
from xjfacts.dates import Edtf, date_words
from xjfacts.forms.entries import Entries, Entry
from xjfacts.forms.words import ENDED_WORDS, STATUS_WORDS, origin_words, some_words, when_words

_ONLY = ("considered", "called-for", "ruled-out")  # what says that nothing came


class Section(NamedTuple):
    """Entries under a heading, which may be empty, and what stands beside it. Of a table each entry has a `name`."""

    heading: str
    entries: tuple[Entry, ...]
    aside: str = ""
    is_table: bool = False


def by_power(answer: Answer[SanctionAnswer], entries: Entries, *, is_full: bool) -> Iterator[Section]:
    """Yield a table for each power, or for several that acted together, with a line for each target by its name."""
    found: dict[str, list[tuple[Ref, SanctionAnswer]]] = {}
    for fact in answer.results:
        for target in fact.target:
            found.setdefault(_names(fact.by), []).append((target, fact))
    asked = {asked.name for field, asked in answer.query.named() if field == "by"}
    for power in sorted(found, key=lambda power: (power not in asked, power)):
        heading = "" if asked == {power} and len(found) == 1 else power
        rows = sorted(found[power], key=lambda row: row[0].name.casefold())
        aside = str(len(rows)) if len(found) > 1 else ""
        yield Section(heading, tuple(_rows(rows, entries, is_full=is_full)), aside, is_table=True)


def targets_of(
    facts: Iterable[SanctionAnswer], entries: Entries, *, is_full: bool, has_power: bool
) -> tuple[Entry, ...]:
    """Return a line for each target, by its name; `has_power` says in it who imposed it."""
    rows = sorted(((target, fact) for fact in facts for target in fact.target), key=lambda row: row[0].name.casefold())
    return tuple(_rows(rows, entries, is_full=is_full, has_power=has_power))


def _rows(
    rows: Sequence[tuple[Ref, SanctionAnswer]], entries: Entries, *, is_full: bool, has_power: bool = False
) -> Iterator[Entry]:
    told: set[str] = set()
    for ref, fact in rows:
        power = (f"by {_names(fact.by)}",) if has_power else ()
        ended = [one for one in map(entries.fact, fact.lifted_by) if _has_target(one, ref.id)]
        text = "; ".join((*power, *_details(fact), *(f"lifted {when_words(one)}" for one in ended)))
        label = ENDED_WORDS if ended else STATUS_WORDS[fact.status]
        entry = entries.entry(fact, text, label=label, name=ref.name)
        if fact.id not in told:
            gist = (Entry("", "", fact.gist),) if is_full else ()
            sides = entries.other_sides(fact) if is_full else next(entries.brief_sides([fact]))
            entry = entry._replace(under=(*gist, *sides))
            told.add(fact.id)
        yield entry


def _has_target(fact: FactAnswer, target: str) -> bool:
    return isinstance(fact, SanctionAnswer) and any(ref.id == target for ref in fact.target)


# A line for each power -----------------------------------------------------------------------------------------------


def on_entity(
    pairs: Iterable[PairAnswer], facts: Sequence[SanctionAnswer], entity: str, entries: Entries, *, is_full: bool
) -> Iterator[Entry]:
    """Yield a line for each power that has, or has not, or only may have sanctioned an entity."""
    others: dict[str, list[SanctionAnswer]] = {}
    for fact in facts:
        if fact.status in _ONLY and any(ref.id == entity for ref in fact.target):
            for power in {ref.id for ref in fact.by}:
                others.setdefault(power, []).append(fact)
    for pair in pairs:
        if pair.on.id == entity:
            deciding = {fact.id: fact for fact in map(entries.fact, pair.facts)}.values()
            sanctions = [one for one in deciding if isinstance(one, SanctionAnswer)]
            yield _power_row(pair, sanctions, others.get(pair.by.id, ()), entries, is_full)


def _power_row(
    pair: PairAnswer,
    deciding: Sequence[SanctionAnswer],
    others: Iterable[SanctionAnswer],
    entries: Entries,
    is_full: bool,  # noqa: FBT001
) -> Entry:
    told = [*deciding, *others]
    first = deciding[-1] if deciding else told[-1]
    word = pair.answer if deciding else first.status
    details = [_known_words(first), origin_words(first)] if deciding else []
    details += [_only_words(fact, is_alone=not deciding) for fact in others]
    gists = tuple(Entry("", "", fact.gist, id=fact.id) for fact in told) if is_full else ()
    notes = entries.notes_of(told)  # before those of what contests them
    sides: list[Entry] = []
    for fact in deciding:
        if fact.contested_by or fact.answered_by:
            sides += entries.other_sides(fact) if is_full else next(entries.brief_sides([fact]))
    return Entry(
        when=when_words(first),
        label=STATUS_WORDS[word],
        text="; ".join(dict.fromkeys(filter(None, details))),
        notes=notes,
        under=(*gists, *sides),
        id=first.id,
        name=pair.by.name,
        cited=tuple(dict.fromkeys(key for fact in told for key in (fact.id, *fact.corroborated_by))),
    )


def _only_words(fact: SanctionAnswer, *, is_alone: bool) -> str:
    if fact.called_for_by:
        return f"called for by {some_words([ref.name for ref in fact.called_for_by])}"
    return "" if is_alone else f"{STATUS_WORDS[fact.status].removeprefix('only ')} {when_words(fact)}"


def _known_words(fact: SanctionAnswer) -> str:
    """Say that a sanction known only as of a day is known as of a later day too."""
    if fact.date is not None or fact.as_of is None:
        return ""
    last = max((one.as_of for one in fact.stated if one.as_of is not None), key=_last_day, default=fact.as_of)
    return f"and as of {date_words(last)}" if _last_day(last) > _last_day(fact.as_of) else ""


def _last_day(text: str) -> date:
    return Edtf(text).latest


def _details(fact: SanctionAnswer) -> Iterator[str]:
    """Yield what a line has room for beside target, status and date."""
    if fact.called_for_by:
        yield f"by {some_words([ref.name for ref in fact.called_for_by])}"
    if fact.programme is not None:
        yield fact.programme
    if fact.origins > 1:
        yield origin_words(fact)


def _names(refs: Iterable[Ref]) -> str:
    return ", ".join(ref.name for ref in refs)
