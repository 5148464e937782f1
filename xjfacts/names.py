"""Folding and scoring of names: which entity a spelling means, how surely, and why.

    from xjfacts.names import compare

    compare("Erken Tunyaz", "Erkin Tuniyaz").score      0.9
    compare("Tunyaz, Erken", "Erkin Tuniyaz").pairs     (WordPair('erken', 'erkin', 'typo', ...), ...)

`fold` brings a spelling in any script to plain words, `compare` scores two spellings and explains the score, and a
`NameIndex` finds the entity that a question means among all names of all entities. Callers keep one rule: an answer
that is not `exact` is shown together with the name that matched, and a tie is never decided.

rapidfuzz and anyascii are imported by the functions that need them, at the moment they do: together they cost 20 ms,
more than the rest of the start, and an exact look-up in ASCII needs neither.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import cached_property
from typing import Any, NamedTuple

from xjfacts.errors import UsageError

LONGEST_QUESTION = 200  # characters; the longest name in the public test data has 132

ACCEPT = 0.85
NEAR = 0.70
TIE = 0.02

OTHER_WORD_ASKED = 0.9
OTHER_WORD_NAMED = 0.45


class Name(NamedTuple):
    """One spelling by which an entity can be found. A weak one is short for something else and must be equal."""

    text: str
    entity: str
    weak: bool = False


class WordPair(NamedTuple):
    """A word of the question, the word of the name it stands for, how (`equal`, `typo`, ...) and how nearly (0 to 1)."""

    asked: str
    name: str
    how: str
    score: float


class Match(NamedTuple):
    """How one spelling compares with another: the score (0 to 1), the words that pair, and the words that do not."""

    score: float
    pairs: tuple[WordPair, ...] = ()
    left_over_asked: tuple[str, ...] = ()
    left_over_name: tuple[str, ...] = ()
    dropped: tuple[str, ...] = ()


class Candidate(NamedTuple):
    """An entity that a question may mean, by the name that fits best. `match` is None where that name is equal."""

    entity: str
    matched: str
    weak: bool
    score: float
    match: Match | None = None


class Resolution(NamedTuple):
    """What a question was taken for, and by which rung: `id`, `exact`, `fuzzy`, `ambiguous`, `near` or `none`.

    `entity` is None from `ambiguous` on; then `candidates` holds those that tie, or those that come near.
    """

    asked: str
    how: str
    entity: str | None
    score: float
    candidates: tuple[Candidate, ...]


# Folding ---------------------------------------------------------------------------------------------------------------


def check_question(text: str) -> str:
    """Return the question if it can name anything; raise UsageError for one that is too long or has no letter or digit.

    Lone surrogates (bytes of an argument that are not UTF-8) are refused too.
    """
    if len(text) > LONGEST_QUESTION:
        raise UsageError(f"a name has at most {LONGEST_QUESTION} characters, this one has {len(text)}")
    if not text.isascii() and any("\ud800" <= character <= "\udfff" for character in text):
        raise UsageError("the name is not valid UTF-8")
    if not any(map(str.isalnum, text)):
        raise UsageError(f"a name has a letter or a digit, '{text}' has none")
    return text


_ASCII = {code: chr(code).lower() if chr(code).isalnum() else " " for code in range(128)} | {
    ord("'"): None,
    ord("`"): None,
    ord("&"): " and ",
}
_DOTTED = re.compile(r"\b(?:[A-Za-z]\.){2,}")


def fold(text: str) -> str:
    """Return the words of a name in lower-case ASCII letters and digits, one space between them.

    Equal for all ways to write the same name: composed or not (Unicode NFKC), full-width, in capitals, with accents, with
    any apostrophe, dash or space, dotted ("U.S." is "us"). Other scripts are transliterated (anyascii). Folding what is
    folded changes nothing.
    """
    if not text.isascii():
        text = _to_ascii(text)
    if "." in text:
        text = _DOTTED.sub(lambda letters: letters[0].replace(".", "") + " ", text)
    return " ".join(text.translate(_ASCII).split())


def key(text: str) -> str:
    """Return the form in which equal names are equal: folded, the order of the words left aside."""
    return _key(fold(text))


def _key(folded: str) -> str:
    return " ".join(sorted(folded.split())) if " " in folded else folded


def _to_ascii(text: str) -> str:
    import unicodedata  # an ASCII name does without

    text = unicodedata.normalize("NFKC", text).casefold()
    text = "".join(one for one in unicodedata.normalize("NFD", text) if unicodedata.category(one) not in {"Cf", "Lm"})
    text = re.sub("(?<=[a-z0-9])[\u0300-\u036f]+", "", text).replace("\u2019", "").replace("\u2018", "")
    if text.isascii():
        return text
    from anyascii import anyascii  # its tables cost 10 ms

    return str(anyascii(unicodedata.normalize("NFC", text))).lower()


def _is_latin(text: str) -> bool:
    """Whether a name is written in Latin letters, so that it can be found by a question in ASCII."""
    return text.isascii() or all(one < "\u0250" or "\u1e00" <= one < "\u2100" for one in text)


# Comparing -------------------------------------------------------------------------------------------------------------

HONORIFICS = frozenset(
    "mr ms mrs miss dr prof professor sir dame lord lady baron baroness president premier chancellor minister governor "
    "ambassador secretary commissioner chairman chairwoman senator general spokesman spokeswoman spokesperson mp envoy "
    "representative chief director the".split()
)
OFFICE_WORDS = frozenset("un high foreign prime vice deputy former human rights office ministry party".split())


def _without_titles(words: list[str]) -> tuple[list[str], tuple[str, ...]]:
    """Return the words without honorifics and offices in front, and those dropped; a title alone is kept."""
    start = 0
    for position, word in enumerate(words[:-1]):
        if word in HONORIFICS and words[position + 1] not in {"of", "for"}:
            start = position + 1
        elif word not in OFFICE_WORDS:
            break
    return words[start:], tuple(words[:start])


def compare(asked: str, name: str) -> Match:
    """Score how nearly a spelling fits a name, from 0 to 1, and say why: 1 is equal but for the order of the words.

    Words pair one to one, best pairs first, neighbours also joined ("Quan Guo" for "Quanguo"); each word left over
    costs, one of the question more than one of the name.
    """
    return _compare(fold(asked).split(), fold(name).split())


def _compare(asked: list[str], name: list[str]) -> Match:
    words, dropped = _without_titles(asked)
    other, _ = _without_titles(name)
    pairs: list[WordPair] = []
    free_asked = set(range(len(words)))
    free_name = set(range(len(other)))
    weight = 0.0
    for score, how, left, right in sorted(_pairings(words, other), key=lambda one: -one[0]):
        if free_asked.issuperset(left) and free_name.issuperset(right):
            free_asked.difference_update(left)
            free_name.difference_update(right)
            pairs.append(WordPair(" ".join(words[i] for i in left), " ".join(other[i] for i in right), how, score))
            weight += score * max(len(left), len(right))
    matched = sum(max(pair.asked.count(" "), pair.name.count(" ")) + 1 for pair in pairs)
    whole = matched + OTHER_WORD_ASKED * len(free_asked) + OTHER_WORD_NAMED * len(free_name)
    return Match(
        weight / whole if whole else 0.0,
        tuple(pairs),
        tuple(words[i] for i in sorted(free_asked)),
        tuple(other[i] for i in sorted(free_name)),
        dropped,
    )


def _pairings(asked: list[str], name: list[str]) -> Iterator[tuple[float, str, range, range]]:
    for left in _runs(len(asked)):
        for right in _runs(len(name)):
            if len(left) == 1 or len(right) == 1:
                one = "".join(asked[i] for i in left)
                other = "".join(name[i] for i in right)
                score, how = _compare_words(one, other)
                if score > 0.6:
                    joined = len(left) + len(right) > 2
                    if not joined or score > 0.85:
                        yield score - 0.01 * joined, "joined" if joined else how, left, right


def _runs(length: int) -> list[range]:
    return [range(i, i + size) for size in (1, 2) for i in range(length - size + 1)]


def _compare_words(asked: str, name: str) -> tuple[float, str]:
    if asked == name:
        return 1.0, "equal"
    if len(asked) == 1 or len(name) == 1:
        return (0.75, "initial") if asked[0] == name[0] else (0.0, "")
    if min(len(asked), len(name)) <= 3:
        return 0.0, ""
    from rapidfuzz.distance import OSA  # 8 ms

    return float(OSA.normalized_similarity(asked, name)), "typo"


def is_one_letter_off(word: str, other: str) -> bool:
    """Tell whether two folded words differ in one letter: left out, put in, changed, or swapped with its neighbour."""
    if abs(len(word) - len(other)) > 1:
        return False
    from rapidfuzz.distance import OSA  # 8 ms

    return OSA.distance(word, other, score_cutoff=1) == 1


# Finding ---------------------------------------------------------------------------------------------------------------


class NameIndex:
    """All names of all entities, to be asked for what a spelling means.

    Built without folding anything but ASCII; what a fuzzy look-up or one in another script needs is made when the first such
    question comes. `to_data` and `from_data` keep and restore the folded forms as lists and dicts of strings and numbers.
    """

    def __init__(self, names: Iterable[Name]) -> None:
        self._names = tuple(names)

    @classmethod
    def from_data(cls, data: dict[str, Any]) -> NameIndex:
        """Return the index that `to_data` gave away; nothing is folded again."""
        index = cls(Name(*name) for name in data["names"])
        index.__dict__["_latin"] = data["latin"]
        index.__dict__["_other"] = data["other"]
        return index

    def to_data(self) -> dict[str, Any]:
        """Return the index as lists and dicts of strings, numbers and booleans."""
        return {"names": [list(name) for name in self._names], "latin": self._latin, "other": self._other}

    @cached_property
    def _entities(self) -> dict[str, list[int]]:
        entities: dict[str, list[int]] = {}
        for position, name in enumerate(self._names):
            entities.setdefault(name.entity, []).append(position)
        return entities

    @cached_property
    def _latin(self) -> dict[str, list[int]]:
        return self._keys(lambda name: _is_latin(name.text))

    @cached_property
    def _other(self) -> dict[str, list[int]]:
        return self._keys(lambda name: not _is_latin(name.text))

    def _keys(self, wanted: Any) -> dict[str, list[int]]:
        keys: dict[str, list[int]] = {}
        for position, name in enumerate(self._names):
            if wanted(name):
                keys.setdefault(key(name.text), []).append(position)
        return keys

    def exact(self, asked: str) -> tuple[Candidate, ...]:
        """Return the entities with a name equal to the question: by strong names or, failing these, by weak ones."""
        folded = key(check_question(asked))
        found = list(self._latin.get(folded, ()))
        if not asked.isascii():
            found += self._other.get(folded, ())
        return _one_each(Candidate(name.entity, name.text, name.weak, 1.0) for name in self._strongest(found))

    def _strongest(self, found: Sequence[int]) -> list[Name]:
        names = [self._names[position] for position in found]
        return [name for name in names if not name.weak] or names

    def candidates(self, asked: str, limit: int = 5) -> tuple[Candidate, ...]:
        """Return the entities that come nearest to the question, best first, each by its best name, with the reason."""
        words = fold(check_question(asked)).split()
        scored = []
        for folded, positions in self._latin.items():
            names = [self._names[position] for position in positions if not self._names[position].weak]
            match = _compare(words, folded.split()) if names else Match(0.0)
            scored += [Candidate(name.entity, name.text, name.weak, match.score, match) for name in names if match.score]
        scored += self.exact(asked)
        return _one_each(sorted(scored, key=lambda one: (-one.score, one.weak, one.entity)))[:limit]

    def resolve(self, asked: str, among: Collection[str] | None = None) -> Resolution:
        """Return what the question means: an id, an exact name `among` those that fit, any exact name, or a fuzzy one.

        `among` holds the entities that occur in the role asked for; they win where names are equal, and break ties
        between fuzzy ones. Raises UsageError as `check_question` does.
        """
        check_question(asked)
        if asked in self._entities:
            return Resolution(asked, "id", asked, 1.0, (Candidate(asked, asked, weak=False, score=1.0),))
        exact = self._exact_among(asked, among) or self.exact(asked)
        if exact:
            return _decided(asked, "exact", exact)
        nearest = self.candidates(asked)
        best = [one for one in nearest if one.score >= max(ACCEPT, nearest[0].score - TIE)]
        if among is not None and len(best) > 1:
            best = [one for one in best if one.entity in among] or best
        if best:
            return _decided(asked, "fuzzy", tuple(best))
        near = tuple(one for one in nearest if one.score >= NEAR)
        return Resolution(asked, "near" if near else "none", None, near[0].score if near else 0.0, near)

    def _exact_among(self, asked: str, among: Collection[str] | None) -> tuple[Candidate, ...]:
        if among is None:
            return ()
        folded = key(asked)
        found = list(self._latin.get(folded, ())) + list(self._other.get(folded, ()) if not asked.isascii() else ())
        inside = [position for position in found if self._names[position].entity in among]
        return _one_each(Candidate(name.entity, name.text, name.weak, 1.0) for name in self._strongest(inside))


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
