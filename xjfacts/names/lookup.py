"""Look-up: which entity a spelling means, how surely, and why.

    index = NameIndex([Name("Erkin Tuniyaz", "erkin-tuniyaz", person=True)])
    index.resolve("erkin tuniyaz")      how='exact', entity='erkin-tuniyaz', score=1.0
    index.resolve("Erken Tunyaz")       how='fuzzy', entity='erkin-tuniyaz', score=0.88

A `NameIndex` asks a `NameTable`, which holds all names of all entities. Its callers keep one rule: an answer that is
not `exact` is shown together with the name that matched, and a tie is never decided. An exact look-up folds and
compares keys; what compares spellings (`xjfacts.names.compare`, `xjfacts.names.shortlist`) is imported where no name is
equal.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from msgspec import Struct

from xjfacts.names.folding import check_question, fold, is_latin, is_mixed, key, signs_of, without_article
from xjfacts.names.table import MemoryTable, Name, NameTable

if TYPE_CHECKING:
    from xjfacts.names.compare import Match
    from xjfacts.names.shortlist import Finder
    from xjfacts.names.spelling import Spelling

SHOWN = 0.35  # what scores less is no candidate
WEAK = 0.95  # an equal weak name, beside strong ones
MANY = 200  # questions that equal no name; whoever asks more of them has all names read, once
SUGGESTED = 3  # candidates beside an answer that nobody is meant


class Candidate(Struct, frozen=True):
    """An entity that a question may mean, by the name that fits best. `exact` leaves `match` out."""

    entity: str
    matched: str
    weak: bool
    score: float
    match: Match | None = None


class Resolution(Struct, frozen=True):
    """What a question was taken for, and by which rung: `id`, `exact`, `fuzzy`, `ambiguous`, `near` or `none`.

    `entity` is None from `ambiguous` on; then `candidates` holds those that tie, or up to three that come near, in the
    role asked for if any are. Those of `none` have no more than a part in common with the question. Best first.
    """

    asked: str
    how: str
    entity: str | None
    score: float
    candidates: tuple[Candidate, ...]

    @property
    def remark(self) -> str:
        """What the asker should know of an answer beside the name that matched; empty where there is no more."""
        match = self.candidates[0].match if self.entity is not None else None
        return match.remark if match is not None else ""


class Scored(Struct, frozen=True):
    """The candidates for a question, best first; the people who have its one word; whether all names were compared."""

    nearest: tuple[Candidate, ...]
    sharing: frozenset[str]
    is_whole: bool


class NameIndex:
    """All names of all entities, to be asked for what a spelling means.

    They are reached through a `NameTable` alone. An exact question asks it for ids and keys, and compares nothing.
    `offices` returns the folded words of the offices that an entity has held.
    """

    def __init__(
        self, names: Iterable[Name] | NameTable, offices: Callable[[str], Collection[str]] | None = None
    ) -> None:
        self.table: NameTable = MemoryTable(names) if isinstance(names, Iterable) else names
        self._offices = offices or (lambda _: ())
        self._guesses = 0

    def exact(self, asked: str, among: Collection[str] | None = None) -> tuple[Candidate, ...]:
        """Return the entities with a name equal to the question: by strong names or, failing these, by weak ones.

        With `among`, only entities of that collection.
        """
        rows = [row for row in self._equal(check_question(asked)) if among is None or row.entity in among]
        strongest = [row for row in rows if not row.weak] or rows
        return _one_each(Candidate(row.entity, row.text, weak=row.weak, score=1.0) for row in strongest)

    def _equal(self, asked: str) -> list[Name]:
        """Return the names that equal the question, word for word; no bare surname."""
        rows = self.table.with_key(key(asked), readable=asked.isascii())
        return [row for row in rows if _is_equal(asked, row) and not self._is_bare(row, fold(row.text).split())]

    def _is_bare(self, name: Name, words: Sequence[str]) -> bool:
        """Tell whether the words of a name are the end of a longer one of that person, or one of it: a surname.

        What stands before them there is no title.
        """
        if not name.person or signs_of(name.text):
            return False
        rows = (row for row in self.table.of_entity(name.entity) if row.text != name.text)
        others = [fold(row.text).split() for row in rows if is_latin(row.text) == is_latin(name.text)]
        if len(words) == 1:
            return any(words[0] in other and len(other) > 1 for other in others)
        longer = [other for other in others if len(other) > len(words) and other[-len(words) :] == list(words)]
        if not longer:
            return False
        from xjfacts.names.lexicon import TITLES

        return any(TITLES.isdisjoint(other[: -len(words)]) for other in longer)

    def candidates(self, asked: str, limit: int = 5) -> tuple[Candidate, ...]:
        """Return the entities that come nearest to the question, best first, each by its best name, with the reason.

        None below `SHOWN`; one with an equal weak name has the score `WEAK`.
        """
        asked = check_question(asked)
        return self._scored(asked, self._equal(asked)).nearest[:limit]

    def _scored(self, asked: str, rows: Iterable[Name] = ()) -> Scored:
        """Return all candidates for a question; `rows` are the names that equal it."""
        from xjfacts.names.compare import SURNAME, Match
        from xjfacts.names.pairing import WordPair
        from xjfacts.names.spelling import parse_question

        question = parse_question(asked)
        same = Match(1.0, tuple(WordPair(word, word, "equal", 1.0) for word in fold(asked).split()))
        equal = [
            Candidate(row.entity, row.text, row.weak, WEAK if row.weak else 1.0, None if row.weak else same)
            for row in rows
        ]
        finder = self._finder
        find = (finder.find_sharing, finder.find) if len(question.words) == 1 else (finder.find,)
        for step in find:  # where somebody has a surname, none that is like it is meant
            shortlist = step(question.words, readable=asked.isascii())
            scored = equal + [one for name in shortlist.names for one in self._candidate(asked, question, name)]
            if any(one.score >= SURNAME for one in scored):
                break
        else:
            scored += self._hints(asked, question, shortlist.namesakes)
        nearest = _one_each(sorted(scored, key=lambda one: (-one.score, one.weak, one.entity)))
        return Scored(nearest, self._sharing(question, shortlist.names), shortlist.is_whole)

    def _sharing(self, question: Spelling, names: Iterable[Name]) -> frozenset[str]:
        """Return the people who have the one word of a question in a name, as whatever: one of them may be meant.

        An office that somebody held tells them apart.
        """
        from xjfacts.names.lexicon import offices
        from xjfacts.names.spelling import parse_name

        if len(question.words) != 1 or offices(question.dropped):
            return frozenset()
        having = (name for name in names if name.person and question.words[0] in parse_name(name.text).words)
        return frozenset(name.entity for name in having)

    @cached_property
    def _finder(self) -> Finder:
        from xjfacts.names.shortlist import Finder

        return Finder(self.table)

    def _candidate(self, asked: str, question: Spelling, name: Name) -> Iterator[Candidate]:
        """Yield what a question makes of a name; nothing where they have nothing to do with each other.

        A weak name is not compared, unless it is the surname of a person.
        """
        from xjfacts.names.compare import LEFT_OVER, compare_spellings, most_of_bare
        from xjfacts.names.lexicon import is_held, offices
        from xjfacts.names.spelling import parse_name

        spelling = parse_name(name.text)
        is_bare = self._is_bare(name, spelling.words)
        if name.weak and (not is_bare or question.signs):
            return
        named = offices(question.dropped)
        known = {*self._offices(name.entity), *self._titles(name.entity)} if named else frozenset()
        match = compare_spellings(question, spelling, person=name.person, is_held=is_held(named, known))
        if match.score > LEFT_OVER and self._is_another(asked, question, name, match):
            match = match._replace(score=LEFT_OVER)
        if match.score > LEFT_OVER and is_bare:
            is_titled = question.has_article or (named and not is_held(named, known))
            most = LEFT_OVER if is_titled else most_of_bare(match)
            match = match._replace(score=min(match.score, most))
        if match.score >= SHOWN:
            yield Candidate(name.entity, name.text, name.weak, match.score, match)

    def _hints(self, asked: str, question: Spelling, namesakes: Sequence[Name]) -> Iterator[Candidate]:
        """Yield who shares the surname, and who sounds like a question whose spelling hides it: seldom answers."""
        from xjfacts.names.compare import NAMESAKE, Match
        from xjfacts.names.pairing import WordPair
        from xjfacts.names.sound import SOUND, is_transcribed

        for name in namesakes:
            yield Candidate(name.entity, name.text, name.weak, NAMESAKE, Match(NAMESAKE))
        if is_transcribed(asked, question):
            sounding = self._finder.find_sounding(question.words, readable=asked.isascii())
            for place, name in enumerate(sounding):
                score = SOUND - place / 1000  # the nearest first
                pair = WordPair(" ".join(question.words), fold(name.text), "sound", score)
                yield Candidate(name.entity, name.text, name.weak, score, Match(score, (pair,)))
                yield from self._candidate(asked, question, name)  # Reyhan Eset, spelled as Uyghur is

    def _is_another(self, asked: str, question: Spelling, name: Name, match: Match) -> bool:
        """Tell whether something else that is known of an entity says that it is not meant by a question so near."""
        from xjfacts.names.given import suits
        from xjfacts.names.spelling import has_half_of_surname, is_surname, parse_name

        if name.topic and is_titled(asked, name.text):
            return True
        rows = self.table.of_entity(name.entity)
        if question.signs and not signs_of(name.text) and any(signs_of(row.text) for row in rows):
            return True  # what is spelled in these signs is not meant by others
        if not name.person:
            return False
        spelling, first = parse_name(name.text), parse_name(rows[0].text)
        meant = [pair.name for pair in match.pairs if pair.how != "initial"]
        asked_for = question._replace(words=tuple(meant))
        is_bare = is_surname(asked_for, spelling) or self._is_bare(name, spelling.words)
        if is_bare and not suits(question.dropped, set(self._titles(name.entity))):
            return True
        is_one_of_several = len(meant) == 1 < len(first.words) and meant[0] in first.words
        if is_one_of_several and not is_surname(asked_for, first):
            return True  # the given name, which some lists print last
        return bool(match.left_over_name) and any(
            has_half_of_surname(question, spelling, parse_name(row.text)) for row in rows
        )

    def _titles(self, entity: str) -> Iterator[str]:
        """Yield the words of all names of an entity, some of which may be titles: Lord Bethell."""
        return (word for row in self.table.of_entity(entity) for word in fold(row.text).split())

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

    def resolve_many(self, asked: Iterable[str]) -> Iterator[Resolution]:
        """Yield what each of many questions means, as `resolve` returns it."""
        return map(self.resolve, asked)

    def _guess(self, asked: str, among: Collection[str] | None) -> Resolution:
        """Return what a question that equals no name means, or what it comes near to."""
        from xjfacts.names.compare import ACCEPT, NAMESAKE, NEAR, TIE, is_by_initial

        self._guesses += 1
        if self._guesses == MANY:
            self.table = self.table.in_memory()
            self.__dict__.pop("_finder", None)
        scored = self._scored(asked)
        nearest, sharing, is_whole = scored.nearest, scored.sharing, scored.is_whole
        if nearest and nearest[0].score >= ACCEPT:
            by_initial = [one.entity for one in nearest if is_by_initial(one.match)]
            initial = by_initial if nearest[0].entity in by_initial else ()
            near_enough = nearest[0].score - TIE
            fit = [one for one in nearest if one.score >= near_enough or one.entity in sharing or one.entity in initial]
            if among is not None and len(fit) > 1:
                fit = [one for one in fit if one.entity in among and one.score >= ACCEPT] or fit
            if len(fit) > 1 or is_whole:
                return _decided(asked, "fuzzy", tuple(fit))
        near = tuple(one for one in nearest if one.score >= NEAR)
        near = (tuple(one for one in near if among is not None and one.entity in among) or near)[:SUGGESTED]
        if not is_whole:
            return Resolution(asked, "ambiguous", None, near[0].score if near else 0.0, near)
        if near:
            return Resolution(asked, "near", None, near[0].score, near)
        return Resolution(asked, "none", None, 0.0, tuple(one for one in nearest if one.score == NAMESAKE)[:SUGGESTED])


def _is_equal(asked: str, name: Name) -> bool:
    """Tell whether a question equals a name that has its key: in the order of the words, or turned at a comma.

    What has the words of a topic with capitals is the name of something else.
    """
    if signs_of(name.text):
        return True
    if is_latin(asked) != is_latin(name.text):
        return False  # German is a name in Russia
    if is_mixed(asked) and asked.casefold() != name.text.casefold():
        return False  # who looks the same may be made to
    words, others = fold(asked), fold(name.text)
    if not name.person:
        words, others = without_article(asked, words), without_article(name.text, others)
    if words == others:
        return not (name.topic and is_titled(asked, name.text))
    return "," in asked + name.text and _turned(asked, words) == _turned(name.text, others)


def _turned(text: str, folded: str) -> str:
    """Return folded words in the order of speech: those before a comma last."""
    head, comma, tail = text.partition(",")
    return f"{fold(tail)} {fold(head)}" if comma else folded


def is_titled(asked: str, name: str) -> bool:
    """Tell whether a question writes with capitals, as a proper name, what a name writes with small letters."""
    small = {fold(word) for word in name.split()[1:] if word[:1].islower()}
    return not asked.isupper() and any(word[:1].isupper() and fold(word) in small for word in asked.split()[1:])


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
