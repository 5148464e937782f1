"""A list of names, screened: whom each means, how surely, and which sanctions are known of them.

    for row in screen(corpus, [Row(1, "Erkin Tuniyaz"), Row(2, "Jane Roe")]):
        row.outcome             # 'imposed', then 'unknown'

Whom a name means is what any other question takes it for (`asked.understand`), with the same score; nothing here can
turn a name into a match. An office is no name: "governor of Xinjiang" on a list means nobody. A row in gives a row out,
in the same order. What is known of an entity is put together once, and a name that comes again is understood once.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

from msgspec import UNSET

from xjfacts.answers.asked import find_word, understand
from xjfacts.answers.compose import context, fact_answer, refs, stamp_of
from xjfacts.answers.listed import SCREENED, PowerAnswer, ScreenedAnswer
from xjfacts.answers.lists import LONGEST_SHOWN, Row, encodable
from xjfacts.answers.records import Answer, Asked, Citation, Evidence, Guess, Query
from xjfacts.corpus.index import Corpus, reachable
from xjfacts.corpus.model import Identity, Sanction
from xjfacts.corpus.pairs import NO_RECORD, answer_pair
from xjfacts.dates import ACCEPTED, Edtf
from xjfacts.errors import UsageError

KEPT = 50_000  # names and entities of which the answer is kept: lists repeat themselves
MOST_CANDIDATES = 3
SLIP = 1  # years: a birth that is given further off is no slip of the pen
CONSIDERED = ("considered", "called-for", "ruled-out")


class Known(NamedTuple):
    """What is known of an entity: the outcome, each power's answer, the facts behind them, the first citation."""

    outcome: str
    powers: tuple[PowerAnswer, ...] = ()
    facts: tuple[str, ...] = ()
    citation: Citation | None = None
    born: tuple[Edtf, ...] = ()


class Understood(NamedTuple):
    """What a name was taken for, by which spelling and why; or why nothing can be asked."""

    asked: Asked | None
    matched: str | None = None
    why: str = ""


def screen(corpus: Corpus, rows: Iterable[Row | str], *, min_score: float = 0.0) -> Iterator[ScreenedAnswer]:
    """Yield a record for each row. A match whose score is below `min_score` is only to be checked.

    A row that gives a date of birth, of somebody whose birth is known, is confirmed by it, to be checked, or ruled out.
    """
    if not 0 <= min_score <= 1:
        raise UsageError(f"--min-score: {min_score:g} is no score; it takes 0 to 1")
    screener = _Screener(corpus, min_score)
    for at, row in enumerate(rows, 1):
        yield screener.screened(Row(at, row.strip()) if isinstance(row, str) else row)


def check_outcome(option: str, word: str) -> None:
    """Raise UsageError for a word that no row can come to."""
    find_word(option, word, SCREENED)


def evidence_of(version: str, *, min_score: float, made_on: str | None, known_by: str | None = None) -> Evidence:
    """Return with what a list is screened. Raises UsageError for a day that is no date."""
    from xjfacts.names.compare import ACCEPT, NEAR

    if made_on is not None and _find_date(made_on) is None:
        raise UsageError(f"--stamp: '{made_on}' is no date; {ACCEPTED}")
    return Evidence(
        version=version,
        accepted_from=ACCEPT,
        check_from=NEAR,
        min_score=min_score,
        made_on=made_on,
        known_by=known_by,
    )


def answer_of(
    corpus: Corpus, rows: Sequence[ScreenedAnswer], outcomes: Mapping[str, int], evidence: Evidence
) -> Answer[ScreenedAnswer]:
    """Return rows with the envelope around them, and how many came to what, those included that are not shown."""
    return Answer(
        data=stamp_of(corpus),
        query=Query(command="screen", known_by=evidence.known_by or UNSET),
        count=len(rows),
        outcomes={outcome: outcomes[outcome] for outcome in SCREENED if outcomes.get(outcome)},
        evidence=evidence,
        results=tuple(rows),
    )


class _Screener:
    """Answers row by row, and keeps what it will be asked again."""

    def __init__(self, corpus: Corpus, min_score: float) -> None:
        self.corpus = corpus
        self.min_score = min_score
        self.understood = lru_cache(KEPT)(self._understood)
        self.known = lru_cache(KEPT)(self._known)

    def screened(self, row: Row) -> ScreenedAnswer:
        """Return what a row comes to."""
        found = Understood(None, why=row.problem) if row.problem else self.understood(row.name)
        return ScreenedAnswer(
            line=row.line, born=row.born or None, cells=row.cells, **self._found(found, row.name, row.born)
        )

    def _found(self, found: Understood, name: str, born: str) -> dict[str, Any]:
        """Return the fields that a name and a date of birth decide."""
        asked = found.asked
        if asked is None:
            told, why = encodable(name[:LONGEST_SHOWN]), encodable(found.why)
            return {"asked": told, "outcome": "unreadable", "how": "none", "why": why}
        common = {"asked": asked.asked, "how": asked.how, "score": asked.score, "why": found.why}
        if asked.id is None:
            outcome = "check" if asked.how in ("ambiguous", "near") else "unknown"
            candidates = asked.candidates if isinstance(asked.candidates, tuple) else ()
            return common | {"outcome": outcome, "candidates": candidates[:MOST_CANDIDATES]}
        known = self.known(asked.id)
        birth, why = compare_births(born, known.born)
        common |= {"birth": birth, "why": f"{found.why}; {why}" if why else found.why}
        if birth in ("doubtful", "another"):
            outcome = "check" if birth == "doubtful" else "unknown"
            return common | {"outcome": outcome, "candidates": (self._guess(asked, found.matched),)}
        if asked.score < self.min_score:
            too_low = f"{common['why']}; the score is below {self.min_score:.2f}"
            return common | {"outcome": "check", "why": too_low, "candidates": (self._guess(asked, found.matched),)}
        return common | {
            "outcome": known.outcome, "id": asked.id, "name": asked.name, "matched": found.matched,
            "powers": known.powers, "facts": known.facts, "citation": known.citation,
        }  # fmt: skip

    def _guess(self, asked: Asked, matched: str | None) -> Guess:
        """Return what a name was taken for as a mere candidate."""
        key, name = str(asked.id), str(asked.name)
        where = context(self.corpus, key)
        return Guess(id=key, name=name, matched=matched or name, score=asked.score, context=where)

    def _understood(self, name: str) -> Understood:
        try:
            asked = understand(self.corpus, name)
        except UsageError as error:
            return Understood(None, why=str(error))
        matched = self._matched(asked)
        return Understood(asked, matched, _why(asked, matched))

    def _matched(self, asked: Asked) -> str | None:
        """Return the spelling that a name was found by."""
        if isinstance(asked.matched, str) or asked.id is None or asked.how == "id":
            return asked.matched if isinstance(asked.matched, str) else asked.id
        same = (one.matched for one in self.corpus.names.exact(asked.asked) if one.entity == asked.id)
        return next(same, asked.name)

    # What is known of an entity --------------------------------------------------------------------------------------

    def _known(self, entity: str) -> Known:
        found = self._sanctions_on(entity)
        answers = [(power, *self._answer(power, entity, found)) for power in self._powers(found)]
        told: set[str] = set()
        powers, keys = [], dict[str, None]()
        for power, word, facts in sorted(answers, key=lambda one: SCREENED.index(_outcome(one[1]))):
            if told.issuperset(fact.id for fact in facts):
                continue  # a part of a power whose answer holds it already
            told.update(fact.id for fact in facts)
            keys |= dict.fromkeys(fact.id for fact in facts)
            powers.append(self._power(power, word, facts))
        born = self._births(entity)
        if not powers:
            return Known("no-record", born=born)
        citation = fact_answer(self.corpus, powers[0].fact).citations[0]
        return Known(_outcome(powers[0].answer), tuple(powers), tuple(keys), citation, born)

    def _sanctions_on(self, entity: str) -> list[Sanction]:
        keys = dict.fromkeys(self.corpus.facts_as(entity, "sanction", "target"))
        return [fact for fact in map(self.corpus.facts.__getitem__, keys) if isinstance(fact, Sanction)]

    def _powers(self, found: Sequence[Sanction]) -> Iterable[str]:
        """Return who may have sanctioned: the wholes first, whose parts act for them."""
        powers = dict.fromkeys(power for fact in found for power in fact.by)
        wholes = {power: tuple(reachable([power], lambda part: self.corpus.entities[part].part_of)) for power in powers}
        top = dict.fromkeys(chain[-1] for chain in wholes.values())
        return dict.fromkeys((*top, *powers))

    def _answer(self, power: str, entity: str, found: Sequence[Sanction]) -> tuple[str, list[Sanction]]:
        """Return the word about a pair, and the facts that say so, the last one last; of what never came, how far."""
        verdict = answer_pair(self.corpus, power, entity)
        if verdict.word != NO_RECORD:
            return verdict.word, list(verdict.facts)
        of_power = [fact for fact in found if power in self._acting(fact)]
        word = next((one for one in CONSIDERED if any(fact.status == one for fact in of_power)), NO_RECORD)
        return word, sorted((fact for fact in of_power if fact.status == word), key=_by_date)

    def _acting(self, fact: Sanction) -> Iterable[str]:
        return reachable(fact.by, lambda part: self.corpus.entities[part].part_of)

    def _power(self, power: str, word: str, facts: Sequence[Sanction]) -> PowerAnswer:
        """Return the answer of a power: when by the last fact that says so, and as of which day it is known."""
        dated = [fact.date.text for fact in facts if fact.date is not None]
        known = [fact.as_of.text for fact in facts if fact.as_of is not None]
        return PowerAnswer(
            by=refs(self.corpus, [power])[0],
            answer=word,
            date=dated[-1] if dated else None,
            as_of=known[-1] if known else None,
            fact=facts[-1].id,
        )

    def _births(self, entity: str) -> tuple[Edtf, ...]:
        facts = map(self.corpus.facts.__getitem__, self.corpus.facts_as(entity, "identity", "of"))
        return tuple(fact.born for fact in facts if isinstance(fact, Identity) and fact.born is not None)


def _by_date(fact: Sanction) -> tuple[Any, ...]:
    return (fact.when is not None, fact.when.sort_key if fact.when else (), fact.id)


def _outcome(word: str) -> str:
    return "only-considered" if word in CONSIDERED else word


_REASONS = {
    "id": "it is the id",
    "number": "it is the number of an entry on a list",
    "exact": "it equals a name",
    "ambiguous": "it fits several equally well",
    "near": "nobody is near enough",
    "none": "nobody and nothing here is called so",
}


def _why(asked: Asked, matched: str | None) -> str:
    """Say in a few words why a name was taken for what it was."""
    if asked.how != "fuzzy":
        return _REASONS[asked.how]
    from xjfacts.names.compare import compare  # where a name was compared, it is loaded

    pairs = [pair for pair in compare(asked.asked, str(matched)).pairs if pair.how != "equal"]
    return ", ".join(f"{pair.asked} ~ {pair.name} ({pair.how}, {pair.score:.2f})" for pair in pairs) or "it is near"


# Dates of birth ------------------------------------------------------------------------------------------------------


def compare_births(given: str, known: Sequence[Edtf]) -> tuple[str | None, str]:
    """Say what a date of birth on a list means for somebody whose birth is known, and why; nothing without either.

    `confirmed` where they have a day in common, `another` (person) where they lie more than a year apart, else
    `doubtful`. Of several that are known the one that fits best counts. Numbers such as 05/01/1964 are read both ways.
    """
    if not given or not known:
        return None, ""
    told = " or ".join(dict.fromkeys(one.text for one in known))
    readings = read_birth(given)
    if not readings:
        return "doubtful", f"'{given}' is no date of birth; the facts have {told}"
    pairs = [(one.possible, other.possible) for one in readings for other in known]
    if any(one[0] <= other[1] and other[0] <= one[1] for one, other in pairs):
        return "confirmed", f"born {told} by the facts too"
    if all(max(one[0].year - other[1].year, other[0].year - one[1].year) > SLIP for one, other in pairs):
        return "another", f"ruled out: born {given} by the list, {told} by the facts"
    return "doubtful", f"born {given} by the list, {told} by the facts"


def read_birth(text: str) -> list[Edtf]:
    """Return what a date of birth can mean: a date of EDTF, a time behind it left off, or numbers in either order."""
    text = re.sub(r"[T ]\d\d:\d\d.*", "", text.strip())
    numbers = re.fullmatch(r"(\d{1,2})([./-])(\d{1,2})\2(\d{4})", text)
    orders = [text]
    if numbers:
        one, _, other, year = numbers.groups()
        orders = [f"{year}-{int(other):02}-{int(one):02}", f"{year}-{int(one):02}-{int(other):02}"]
    if re.fullmatch(r"\d{4}([./])\d{1,2}\1\d{1,2}|\d{8}", text):
        year, month, day = re.split("[./]", text) if not text.isdigit() else (text[:4], text[4:6], text[6:])
        orders = [f"{year}-{int(month):02}-{int(day):02}"]
    return [date for date in map(_find_date, dict.fromkeys(orders)) if date is not None]


def _find_date(text: str) -> Edtf | None:
    try:
        return Edtf(text)
    except ValueError:
        return None
