"""Somebody on one screen: who it is, offices, sanctions, what is alleged and answered; the rest only counted.

Asked for in full, all of it, each fact in its whole sentence.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from xjfacts.answers.records import Answer, EntityAnswer, FactAnswer, IdentityAnswer, PositionAnswer, SanctionAnswer
from xjfacts.dates import Edtf, date_words
from xjfacts.forms.entries import Entries, Entry
from xjfacts.forms.quotation import quoted
from xjfacts.forms.tables import Section, on_entity, targets_of
from xjfacts.forms.words import SECTION_TITLES, STATUS_WORDS, said_when_words, saying_words, speaker_names
from xjfacts.names.folding import fold

MOST_OFFICES = 8
MOST_TARGETS = 8
MOST_ON_PARTS = 4
MOST_ALLEGATIONS = 3
FEW_OTHERS = 5  # so few facts of other sections are told rather than counted
NOUNS = {  # of what is only counted
    "alleged": ("allegation", "allegations"),
    "identity": ("record of identity", "records of identity"),
    "office-holders": ("office-holder", "office-holders"),
    "offices": ("office", "offices"),
    "sanctions-by": ("sanction", "sanctions"),
    "sanctions-otherwise": ("sanction", "sanctions"),
    "events": ("event", "events"),
    "said": ("statement", "statements"),
    "said-of": ("statement", "statements"),
    "figures": ("figure", "figures"),
    "claims": ("further fact", "further facts"),
}


class Summary:
    """The sections about one entity, in the order of the page; what is not told yet is counted by `more`."""

    def __init__(self, answer: Answer[Any], entity: EntityAnswer, entries: Entries, *, is_full: bool) -> None:
        self.answer = answer
        self.entity = entity
        self.entries = entries
        self.is_full = is_full
        self.told: set[str] = set()

    def identity(self) -> Iterator[Entry]:
        """Yield how documents name and describe it."""
        known = {_words(self.entity.name)}
        names = [name for name in self.entity.names if not _is_known(name, known) or self.is_full]
        found = [one for one in self._of("identity", IdentityAnswer) if any(ref.id == self.entity.id for ref in one.of)]
        called = {one.id: [name for name in one.also_called if not _is_known(name, known)] for one in found}
        if not self.is_full:
            self.told.update(one.id for one in found)
            found = [one for one in found if called[one.id] or one.born or one.birth_place or one.nationality]
        parts = (
            _named("also printed as", names),
            _named("also called", [name for one in found for name in called[one.id]]),
            _named("part of", [ref.name for ref in self.entity.part_of]),
            ", in ".join(
                filter(
                    None,
                    (
                        _described("born", [(date_words(one.born), one) for one in found if one.born]),
                        _described("", [(one.birth_place, one) for one in found if one.birth_place]),
                    ),
                )
            ),
            _described("", [(one.gender, one) for one in found if one.gender]),
            _described("nationality", [(one.nationality, one) for one in found if one.nationality]),
        )
        text = "; ".join(part for part in parts if part)
        if text:
            yield Entry("", "", text, self.entries.notes_of(found), cited=_keys(found))

    def sections(self) -> Iterator[Section]:
        """Yield the sections, those that are told in full and then, if asked for, all others."""
        if self.is_full:
            yield from self._others("identity")
        yield from self._offices()
        yield from self._sanctions()
        yield from self._allegations()
        if self.is_full or sum(one.id not in self.told for one in self.answer.results) <= FEW_OTHERS:
            yield from self._others()

    def more(self) -> str:
        """Count what no section tells; nothing where all is told."""
        counts: dict[tuple[str, str], int] = {}
        for one in self.answer.results:
            if one.id not in self.told:
                nouns = NOUNS[str(one.section)]
                counts[nouns] = counts.get(nouns, 0) + 1
        return ", ".join(f"{count:,} {nouns[count > 1]}" for nouns, count in counts.items())

    def _of(self, section: str, kind: type[Any]) -> list[Any]:
        return [one for one in self.answer.results if one.section == section and isinstance(one, kind)]

    def _offices(self) -> Iterator[Section]:
        found: list[PositionAnswer] = self._of("offices", PositionAnswer)
        shown = found if self.is_full else found[-MOST_OFFICES:]
        rows = tuple(self._told(one, one.gist if self.is_full else _office_words(one, self.entity)) for one in shown)
        if rows:
            yield Section("Offices", rows, _share(rows, found))

    def _sanctions(self) -> Iterator[Section]:
        on: list[SanctionAnswer] = self._of("sanctions-on", SanctionAnswer)
        entity, full = self.entity.id, self.is_full
        rows = tuple(on_entity(self.answer.sanctioned_by or (), on, entity, self.entries, is_full=full))
        self.told.update(one.id for one in on if any(ref.id == entity for ref in one.target))
        if rows:
            yield Section("Sanctions on", rows, is_table=True)
        on_part = [one for one in on if one.id not in self.told]
        yield from self._sanction_rows("Sanctions on parts of it", on_part, "on", MOST_ON_PARTS)
        by: list[SanctionAnswer] = self._of("sanctions-by", SanctionAnswer)
        yield from self._sanction_rows("Sanctions by", by, "by", MOST_TARGETS)

    def _sanction_rows(
        self, heading: str, facts: Sequence[SanctionAnswer], option: str, most: int
    ) -> Iterator[Section]:
        """Yield a table of sanctions, or where it is longer than the screen has room for, what it would hold."""
        self.told.update(one.id for one in facts)
        if not facts:
            return
        if self.is_full or sum(len(one.target) for one in facts) <= most:
            rows = targets_of(facts, self.entries, is_full=self.is_full, has_power=option == "on")
            yield Section(heading, rows, is_table=True)
            return
        counts = ", ".join(
            f"{sum(one.status == status for one in facts)} {status.replace('-', ' ')}"
            for status in STATUS_WORDS
            if any(one.status == status for one in facts)
        )
        targets = len({ref.id for one in facts for ref in one.target})
        text = f"{counts}, on {targets}: sanctions --{option} {self.entity.id} --status all"
        yield Section(heading, (Entry("", "", text),))

    def _allegations(self) -> Iterator[Section]:
        found = sorted(self._of("alleged", FactAnswer), key=_time_of)
        shown = found if self.is_full else _one_of_each(found)
        if self.is_full:
            rows = [self._told(one, one.gist)._replace(under=tuple(self.entries.other_sides(one))) for one in shown]
        else:
            told = [self._told(one, saying_words(one))._replace(when=said_when_words(one)) for one in shown]
            sides = self.entries.brief_sides(shown)
            rows = [entry._replace(under=under) for entry, under in zip(told, sides, strict=True)]
        if rows:
            yield Section(SECTION_TITLES["alleged"], tuple(rows), _share(rows, found))

    def _told(self, fact: FactAnswer, text: str) -> Entry:
        self.told.add(fact.id)
        return self.entries.entry(fact, text)

    def _others(self, *sections: str) -> Iterator[Section]:
        """Yield what is not told yet, of some sections or of all, each fact in its whole sentence."""
        headed: dict[str, list[Entry]] = {}
        for one in self.answer.results:
            if one.id not in self.told and (not sections or one.section in sections):
                self.told.add(one.id)
                headed.setdefault(str(one.section), []).append(self.entries.entry_of_fact(one))
        for section, rows in headed.items():
            yield Section(SECTION_TITLES[section], tuple(rows))


def _share(shown: Sequence[Any], found: Sequence[Any]) -> str:
    return f"{len(shown)} of {len(found)}" if len(shown) < len(found) else ""


def _time_of(fact: FactAnswer) -> tuple[Any, ...]:
    return Edtf(fact.date or fact.citations[0].published).place, fact.id


def _one_of_each(found: Sequence[FactAnswer]) -> list[FactAnswer]:
    """Return the last allegation of each who makes one, the last of them; of nobody named only where nobody is."""
    chosen: list[FactAnswer] = []
    heard: set[str] = set()
    for one in reversed(found):
        names = speaker_names(one)
        if names and heard.isdisjoint(names):
            chosen.append(one)
        heard.update(names)
    return sorted(chosen[:MOST_ALLEGATIONS] or found[-1:], key=_time_of)


def _office_words(office: PositionAnswer, entity: EntityAnswer) -> str:
    whose = [ref.name for ref in office.holder if ref.id != entity.id]
    words = ", ".join([office.title, *(ref.name for ref in office.of)])
    return f"{words} (with {', '.join(whose)})" if whose else words


def _words(name: str) -> tuple[str, ...]:
    return tuple(sorted(fold(name).split()))


def _is_known(name: str, known: set[tuple[str, ...]]) -> bool:
    """Tell whether a name has the words of one before it, and remember it."""
    words = _words(name)
    is_known = words in known
    known.add(words)
    return is_known


def _named(word: str, names: Sequence[str]) -> str:
    """List names; one with a comma in it stands in quotation marks."""
    listed = ", ".join(quoted(name) if "," in name else name for name in names)
    return f"{word} {listed}" if listed else ""


def _described(word: str, said: Sequence[tuple[Any, IdentityAnswer]]) -> str:
    """Say what lists agree on once, and else what each of them says."""
    values: dict[str, list[str]] = {}
    for value, fact in said:
        who = [ref.name for ref in fact.according_to] or [fact.citations[0].publisher]
        values.setdefault(str(value), []).extend(who)
    if not values:
        return ""
    parts = [f"{value} ({', '.join(dict.fromkeys(who))})" for value, who in values.items()]
    return f"{word} {', '.join(parts if len(parts) > 1 else values)}".strip()


def _keys(facts: Iterable[FactAnswer]) -> tuple[str, ...]:
    return tuple(key for fact in facts for key in (fact.id, *fact.corroborated_by))
