"""Look-up: which entity a spelling means, how surely, and why.

    index = NameIndex([Name("Erkin Tuniyaz", "erkin-tuniyaz", person=True)])
    index.resolve("tuniyaz erkin")      how='exact', entity='erkin-tuniyaz', score=1.0
    index.resolve("Erken Tunyaz")       how='fuzzy', entity='erkin-tuniyaz', score=0.88

A `NameIndex` holds all names of all entities. Its callers keep one rule: an answer that is not `exact` is shown
together with the name that matched, and a tie is never decided. An exact look-up folds and compares keys; what compares
spellings (`xjfacts.names.compare`, `xjfacts.names.shortlist`) is imported where no key is equal.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from xjfacts.names.folding import check_question, fold, key, signs_of
from xjfacts.names.table import MemoryTable, Name, NameTable

if TYPE_CHECKING:
    from xjfacts.names.compare import Match, Spelling

SHOWN = 0.35  # what scores less is no candidate
WEAK = 0.95  # an equal weak name, beside strong ones


class Candidate(NamedTuple):
    """An entity that a question may mean, by the name that fits best. `exact` leaves `match` out."""

    entity: str
    matched: str
    weak: bool
    score: float
    match: Match | None = None


class Resolution(NamedTuple):
    """What a question was taken for, and by which rung: `id`, `exact`, `fuzzy`, `ambiguous`, `near` or `none`.

    `entity` is None from `ambiguous` on; then `candidates` holds those that tie, or those that come near. Best first.
    """

    asked: str
    how: str
    entity: str | None
    score: float
    candidates: tuple[Candidate, ...]


class NameIndex:
    """All names of all entities, to be asked for what a spelling means.

    They are reached through a `NameTable` alone. An exact question asks it for ids and keys, and compares nothing.
    """

    def __init__(self, names: Iterable[Name] | NameTable) -> None:
        self.table: NameTable = MemoryTable(names) if isinstance(names, Iterable) else names

    def exact(self, asked: str, among: Collection[str] | None = None) -> tuple[Candidate, ...]:
        """Return the entities with a name equal to the question: by strong names or, failing these, by weak ones.

        With `among`, only entities of that collection.
        """
        rows = [row for row in self._equal(check_question(asked)) if among is None or row.entity in among]
        strongest = [row for row in rows if not row.weak] or rows
        return _one_each(Candidate(row.entity, row.text, weak=row.weak, score=1.0) for row in strongest)

    def _equal(self, asked: str) -> Sequence[Name]:
        """Return the names that equal the question."""
        return self.table.with_key(key(asked), readable=asked.isascii())

    def _shortlist(self, asked: str, question: Spelling) -> Iterator[tuple[Name, str]]:
        """Yield the names worth comparing with care, with their folded forms."""
        from xjfacts.names.shortlist import find_names

        for name in find_names(question.words, self.table, readable=asked.isascii()).names:
            if not name.weak and (not question.signs or self._is_asked_in_signs(name)):
                yield name, fold(name.text)

    def _is_asked_in_signs(self, name: Name) -> bool:
        """Tell whether a question in a syllabic script can mean the name: what is spelled so is not meant otherwise."""
        return bool(signs_of(name.text)) or not any(signs_of(row.text) for row in self.table.of_entity(name.entity))

    def candidates(self, asked: str, limit: int = 5) -> tuple[Candidate, ...]:
        """Return the entities that come nearest to the question, best first, each by its best name, with the reason.

        None below `SHOWN`; one with an equal weak name has the score `WEAK`.
        """
        from xjfacts.names.compare import Match, WordPair, compare_spellings, parse_name, parse_question

        asked = check_question(asked)
        question = parse_question(asked)
        words = fold(asked).split()
        equal = self._equal(asked)
        untitled = self._equal(" ".join(question.words))
        same = Match(1.0, tuple(WordPair(word, word, "equal", 1.0) for word in words))
        scored = [Candidate(row.entity, row.text, weak=False, score=1.0, match=same) for row in equal if not row.weak]
        scored += [Candidate(row.entity, row.text, weak=True, score=WEAK) for row in [*equal, *untitled] if row.weak]
        for name, folded in self._shortlist(asked, question):
            person = name.person and not (len(question.words) == 1 and self._is_surname(name.entity, folded))
            match = compare_spellings(question, parse_name(name.text, folded), person=person)
            if match.score >= SHOWN:
                scored.append(Candidate(name.entity, name.text, name.weak, match.score, match))
        return _one_each(sorted(scored, key=lambda one: (-one.score, one.entity)))[:limit]

    def resolve(self, asked: str, among: Collection[str] | None = None) -> Resolution:
        """Return what the question means: an id, an exact name `among` those that fit, any exact name, or a fuzzy one.

        `among` holds the entities that occur in the role asked for; they win where names are equal, and break ties
        between fuzzy ones. Raises UsageError as `check_question` does.
        """
        asked = check_question(asked)
        if self.table.has_entity(asked):
            return Resolution(asked, "id", asked, 1.0, (Candidate(asked, asked, weak=False, score=1.0),))
        exact = (self.exact(asked, among) if among is not None else ()) or self.exact(asked)
        if exact:
            return _decided(asked, "exact", exact)
        return self._guess(asked, among)

    def _guess(self, asked: str, among: Collection[str] | None) -> Resolution:
        """Return what a question that equals no name means, or what it comes near to."""
        from xjfacts.names.compare import ACCEPT, NEAR, TIE

        nearest = self.candidates(asked)
        best = tuple(one for one in nearest if one.score >= max(ACCEPT, nearest[0].score - TIE))
        if among is not None and len(best) > 1:
            best = tuple(one for one in best if one.entity in among) or best
        if best:
            return _decided(asked, "fuzzy", best)
        near = tuple(one for one in nearest if one.score >= NEAR)
        return Resolution(asked, "near" if near else "none", None, near[0].score if near else 0.0, near)

    def _is_surname(self, entity: str, folded: str) -> bool:
        """Tell whether a name is the end of a longer one: "Duncan Smith" is a surname, and "Smith" is not."""
        return any(fold(row.text).endswith(f" {folded}") for row in self.table.of_entity(entity))


def _one_each(candidates: Iterable[Candidate]) -> tuple[Candidate, ...]:
    """Return the first candidate of each entity."""
    first: dict[str, Candidate] = {}
    for one in candidates:
        first.setdefault(one.entity, one)
    return tuple(first.values())


def _decided(asked: str, how: str, best: tuple[Candidate, ...]) -> Resolution:
    if len(best) > 1:
        return Resolution(asked, "ambiguous", None, best[0].score, best)
    return Resolution(asked, how, best[0].entity, best[0].score, best)
