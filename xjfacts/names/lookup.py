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
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

from xjfacts.names.folding import check_question, fold, is_latin, key, key_of_folded, signs_of

if TYPE_CHECKING:
    from xjfacts.names.compare import Match, Spelling

SHOWN = 0.35  # what scores less is no candidate
WEAK = 0.95  # an equal weak name, beside strong ones


class Name(NamedTuple):
    """One spelling by which an entity can be found.

    A weak one is short for something else: it must be equal, and it loses against a strong one. Of a person the last
    word of a name ("Carmichael") is enough to be found by; of a body ("Convention") it is not.
    """

    text: str
    entity: str
    weak: bool = False
    person: bool = False


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

    An exact question in ASCII folds the names in Latin letters and reads no others. What a fuzzy question, or one in
    another script, needs is made when the first such question comes. `to_data` and `from_data` keep and restore all of
    it as lists and dicts of strings and numbers, for a caller that stores them.
    """

    def __init__(self, names: Iterable[Name]) -> None:
        self._names: Sequence[Sequence[Any]] = tuple(names)

    @classmethod
    def from_data(cls, data: dict[str, Any]) -> NameIndex:
        """Return the index that `to_data` gave away; nothing is folded again."""
        index = cls(())
        index.__dict__.update((f"_{part}", data[part]) for part in _PARTS)
        return index

    def to_data(self) -> dict[str, Any]:
        """Return the whole index as lists and dicts of strings, numbers and booleans."""
        return {part: getattr(self, f"_{part}") for part in _PARTS}

    def exact(self, asked: str, among: Collection[str] | None = None) -> tuple[Candidate, ...]:
        """Return the entities with a name equal to the question: by strong names or, failing these, by weak ones.

        With `among`, only entities of that collection.
        """
        rows = [self._names[at] for at in self._equal(check_question(asked))]
        rows = [row for row in rows if among is None or row[1] in among]
        strongest = [row for row in rows if not row[2]] or rows
        return _one_each(Candidate(row[1], row[0], weak=row[2], score=1.0) for row in strongest)

    def _equal(self, asked: str) -> list[int]:
        """Return the positions of the names that equal the question."""
        wanted = key(asked)
        found = self._latin.get(wanted, [])
        return found if asked.isascii() else found + self._other.get(wanted, [])

    def _shortlist(self, asked: str, question: Spelling) -> Iterator[tuple[Name, str]]:
        """Yield the names worth comparing with care, with their folded forms."""
        from xjfacts.names.shortlist import find_rows

        tables = [self._readable] if asked.isascii() else [self._readable, self._foreign]
        spelled = self._in_signs if question.signs else frozenset()
        for table in tables:
            for row in find_rows(question.words, table):
                name = Name(*self._names[table["positions"][row]])
                if name.entity not in spelled or signs_of(name.text):
                    yield name, table["folded"][row]

    def candidates(self, asked: str, limit: int = 5) -> tuple[Candidate, ...]:
        """Return the entities that come nearest to the question, best first, each by its best name, with the reason.

        None below `SHOWN`; one with an equal weak name has the score `WEAK`.
        """
        from xjfacts.names.compare import Match, WordPair, compare_spellings, parse_name, parse_question

        asked = check_question(asked)
        question = parse_question(asked)
        words = fold(asked).split()
        equal = [self._names[at] for at in self._equal(asked)]
        untitled = [self._names[at] for at in self._equal(" ".join(question.words))]
        same = Match(1.0, tuple(WordPair(word, word, "equal", 1.0) for word in words))
        scored = [Candidate(row[1], row[0], weak=False, score=1.0, match=same) for row in equal if not row[2]]
        scored += [Candidate(row[1], row[0], weak=True, score=WEAK) for row in [*equal, *untitled] if row[2]]
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
        if asked in self._entities:
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
        return any(fold(self._names[at][0]).endswith(f" {folded}") for at in self._entities[entity])

    # What is kept

    @cached_property
    def _entities(self) -> dict[str, list[int]]:
        """The positions of the names of every entity."""
        return _positions((row[1], at) for at, row in enumerate(self._names))

    @cached_property
    def _forms(self) -> list[str]:
        """The names in Latin letters folded, by position; empty for those in other scripts."""
        return [fold(row[0]) if is_latin(row[0]) else "" for row in self._names]

    @cached_property
    def _latin(self) -> dict[str, list[int]]:
        """The positions of the names in Latin letters, by key."""
        return _positions((key_of_folded(form), at) for at, form in enumerate(self._forms))

    @cached_property
    def _other(self) -> dict[str, list[int]]:
        """The positions of the names in other scripts, by key."""
        return _positions((key(row[0]), at) for at, row in enumerate(self._names) if not is_latin(row[0]))

    @cached_property
    def _readable(self) -> dict[str, Any]:
        """The strong names that a question in ASCII is compared with: those in Latin letters.

        An entity without any is compared by the reading of the names it has.
        """
        from xjfacts.names.shortlist import tabulate

        in_latin = {row[1] for row, form in zip(self._names, self._forms, strict=True) if form}
        return tabulate(
            (at, form if form or row[1] in in_latin else fold(row[0]))
            for at, (row, form) in enumerate(zip(self._names, self._forms, strict=True))
            if not row[2]
        )

    @cached_property
    def _foreign(self) -> dict[str, Any]:
        """The strong names in other scripts."""
        from xjfacts.names.shortlist import tabulate

        return tabulate((at, fold(row[0])) for at, row in enumerate(self._names) if not (row[2] or is_latin(row[0])))

    @cached_property
    def _in_signs(self) -> frozenset[str]:
        """The entities with a name in a syllabic script: by another such name they are not meant."""
        return frozenset(row[1] for row in self._names if signs_of(row[0]))


_PARTS = ("names", "entities", "latin", "other", "readable", "foreign")


def _positions(pairs: Iterable[tuple[str, int]]) -> dict[str, list[int]]:
    """Return, for every text that is not empty, the numbers that stand with it."""
    positions: dict[str, list[int]] = {}
    for text, at in pairs:
        if text:
            positions.setdefault(text, []).append(at)
    return positions


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
