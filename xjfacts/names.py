"""Folding and scoring of names: which entity a spelling means, how surely, and why.

    from xjfacts.names import compare

    match = compare("Tunyaz, Erken", "Erkin Tuniyaz")
    match.score             0.88
    match.pairs             (WordPair('erken', 'erkin', 'typo', 0.91), WordPair('tunyaz', 'tuniyaz', 'typo', 0.92))
    match.left_over_name    ()

`fold` brings a spelling in any script to plain words, `compare` scores two spellings and explains the score, and a
`NameIndex` finds the entity that a question means among all names of all entities. Callers keep one rule: an answer
that is not `exact` is shown together with the name that matched, and a tie is never decided.

What each step is worth was measured on the public data that `tests/benchmarks/README.md` describes. rapidfuzz and
anyascii are imported by the functions that need them, at the moment they do: together they cost 20 ms, as much as the
rest of the start, and an exact look-up in ASCII needs neither.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from functools import cache, cached_property, lru_cache
from heapq import nsmallest
from itertools import chain
from math import ceil, sqrt
from typing import Any, NamedTuple

from xjfacts.errors import UsageError

LONGEST_QUESTION = 200  # characters; the longest of the 4,800 names of the public data has 103

# From which score a fuzzy answer is given. The best score of 1,000 strangers against 1,900 names is 0.70, and a word
# left over keeps any score at or under `LEFT_OVER`; from 0.85 up, one slip in a word of five letters or more is
# forgiven, and one in each of two words.
ACCEPT = 0.85

# From which score a name is worth a "did you mean": all of 683 badly typed names reach it, and 13 of the strangers.
NEAR = 0.55

# Scores nearer than this are a tie. Among 683 badly typed names the right one led the next by 0.12 at the least.
TIE = 0.03


class Name(NamedTuple):
    """One spelling by which an entity can be found.

    A weak one is short for something else: it must be equal, and it loses against a strong one. Of a person the last
    word of a name ("Carmichael") is enough to be found by; of a body ("Convention") it is not.
    """

    text: str
    entity: str
    weak: bool = False
    person: bool = False


class WordPair(NamedTuple):
    """A word of the question, the word of the name it stands for, how, and how nearly (0 to 1).

    `how` is one of equal, typo, initial, joined (neighbours written as one word, or one as two), prefix, reading
    (ideographs compared by their sound), signs (ideographs compared one by one) or number.
    """

    asked: str
    name: str
    how: str
    score: float


class Match(NamedTuple):
    """How one spelling compares with another: the score (0 to 1), the words that pair, and those that do not.

    `dropped` are the honorifics and offices that were set aside in the question.
    """

    score: float
    pairs: tuple[WordPair, ...] = ()
    left_over_asked: tuple[str, ...] = ()
    left_over_name: tuple[str, ...] = ()
    dropped: tuple[str, ...] = ()


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


def check_question(text: str) -> str:
    """Return the question if it can name anything; raise UsageError for one that is too long or has no letter or digit.

    The bytes of an argument that an ASCII locale left undecoded (PEP 383) are read as the UTF-8 that they are; other
    lone surrogates are refused.
    """
    if len(text) > LONGEST_QUESTION:
        raise UsageError(f"a name has at most {LONGEST_QUESTION} characters, this one has {len(text)}")
    if not text.isascii():
        try:
            text = text.encode("utf-8", "surrogateescape").decode()
        except UnicodeError:
            raise UsageError("the name is not valid UTF-8") from None
    if not any(map(str.isalnum, text)):
        raise UsageError(f"a name has a letter or a digit, '{text}' has none")
    return text


# Folding --------------------------------------------------------------------------------------------------------------

_APOSTROPHES = "'`´‘’‛′ʹʻʼʽˈ"
_ASCII = {code: chr(code).lower() if chr(code).isalnum() else " " for code in range(128)} | {
    ord("&"): " and ",
    ord("'"): None,
    ord("`"): None,
}
_DOTTED = r"\b[A-Za-z](?:\.[A-Za-z])+\b\.?"  # U.S., G.m.b.H.

# Letters of the Latin script that Unicode does not take apart into a plain letter and a mark.
_LATIN = dict(zip("ıøđðłħŧŋəæœþ", ("i", "o", "d", "d", "l", "h", "t", "ng", "e", "ae", "oe", "th"), strict=True))

# Letters of other scripts that look like a Latin one. They are read as that one where they stand in a word with Latin
# letters: nobody writes such a word on purpose.
_LOOK_ALIKES = str.maketrans(
    "АВЕЅІЈКМНОРСТУХаеѕіјкорсухһԁԛԝΑΒΕΖΗΙΚΜΝΟΡΤΥΧονιρα", "ABESIJKMHOPCTYXaesijkopcyxhdqwABEZHIKMNOPTYXovipa"
)

# Uyghur, which writes its vowels; anyascii reads the Arabic letters as Arabic, without them. After the Uyghur Latin
# alphabet of 2008 (Uyghur Latin Yéziqi), without its diacritics.
_UYGHUR = str.maketrans(
    dict(zip("ابپتدرزسفقكگلمنھوۇۆۈۋېىيەخج", "abptdrzsfqkglmnhououweiyexj", strict=True))
    | {"ئ": "", "چ": "ch", "ژ": "zh", "ش": "sh", "غ": "gh", "ڭ": "ng"}
)
_UYGHUR_ONLY = re.compile("[ەېۆۈۇۋڭ]")

_SYLLABIC = re.compile("[\u3005\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003ffff]")
_POINTS = "[\u0591-\u05bd\u05bf\u05c1\u05c2\u0640\u064b-\u0652\u0670]"  # of Hebrew and Arabic: seldom written


def fold(text: str) -> str:
    """Return the words of a name in lower-case ASCII letters and digits, one space between them.

    Equal for all ways to write the same letters: composed or not (Unicode NFKC), full-width, in capitals, with accents,
    with any apostrophe, dash or space, with zero-width characters, dotted ("U.S." is "us"), with look-alike letters of
    other scripts in a Latin word. Other scripts are transliterated. Folding what is folded changes nothing.
    """
    if not text.isascii():
        text = _to_ascii(text)
    if "." in text:
        text = re.sub(_DOTTED, lambda letters: letters[0].replace(".", "") + " ", text)
    return " ".join(text.translate(_ASCII).split())


def key(text: str) -> str:
    """Return the form in which equal names are equal: folded, the order of the words and "the" left aside.

    Names with Han characters, kana or Hangul keep these: 张明 and 张鸣 sound alike and are two men.
    """
    if not text.isascii() and _SYLLABIC.search(text):
        return _signs(text)
    return _key(fold(text))


def _key(folded: str) -> str:
    if " " not in folded:
        return folded
    return " ".join(sorted(word for word in folded.split() if word != "the"))


def _signs(text: str) -> str:
    """Return the letters of a name in an ideographic or syllabic script, nothing else."""
    import unicodedata

    return "".join(sign for sign in unicodedata.normalize("NFKC", text).casefold() if sign.isalnum())


def _to_ascii(text: str) -> str:
    import unicodedata  # an ASCII name does without

    text = unicodedata.normalize("NFKC", re.sub(f"[{_APOSTROPHES}]", "", text))
    text = re.sub(r"\w+", _without_look_alikes, text).casefold()
    text = re.sub("(?<=[a-z0-9])[\u0300-\u036f]+", "", unicodedata.normalize("NFD", text))
    text = unicodedata.normalize("NFC", re.sub(_POINTS, "", text))
    text = "".join(_LATIN.get(sign, sign) for sign in text if unicodedata.category(sign) != "Cf")
    text = "".join(" " if unicodedata.category(sign)[0] in "PSZC" and sign != "." else sign for sign in text)
    if text.isascii():
        return text
    if _UYGHUR_ONLY.search(text):
        text = text.translate(_UYGHUR)
    from anyascii import anyascii  # its tables cost 10 ms

    return str(anyascii(text)).lower()


def _without_look_alikes(word: re.Match[str]) -> str:
    is_mixed = re.search("[A-Za-z]", word[0]) and re.search("[\u0370-\u052f]", word[0])
    return word[0].translate(_LOOK_ALIKES) if is_mixed else word[0]


def is_latin(text: str) -> bool:
    """Tell whether a name is in Latin letters, which a question in ASCII can be meant for."""
    return text.isascii() or all(sign < "\u0250" or "\u1e00" <= sign < "\u2070" for sign in text)


# Words ----------------------------------------------------------------------------------------------------------------


def _words(listed: str) -> frozenset[str]:
    return frozenset(listed.split())


_TITLES = _words(
    "academic activist ambassador baron baroness chairman chairwoman chancellor chief commissioner consul dame "
    "director dr economist envoy governor king lawyer leader lord minister miss monsieur mp mr ms officer premier "
    "president prasident prince princess prof professor queen representative scholar secretary senator sheikh sir "
    "spokesman spokesperson spokeswoman"
)
_BEFORE_TITLES = _words(
    "acting assistant british canadian chinese communist deputy eu european ex foreign former french german high human "
    "labour ministry office party prime rights the tory uk un us uyghur vice"
)
_AFTER_NAMES = frozenset(["jr", "mep", "mp", "sr"])
_AFTER_OFFICES = frozenset(["for", "of", "to"])
_MARRIED = frozenset(["lady", "madame", "mrs"])  # with a surname alone they may name a wife: "Mrs Macron"

_CIVIL = frozenset(["dr", "miss", "mr", "ms", "prof", "professor"])  # of anybody; "Lord Ahmed" is one lord and no other

# Small words say little about who is meant, and so do the forms of companies.
_SMALL = _words("a al an and bin ibn ben da de del der di do dos du el for i in la le s the of ul ur van von")
_LEGAL = _words(
    "ab ag as bv co company corp cv group gruppe holding holdings inc jsc llc llp lp ltd na nv oo plc pte pty sa se "
    "sl sp"
)
_SAME = {
    tuple(longer.split()): shorter
    for shorter, longer_forms in {
        "ag": "aktiengesellschaft",
        "corp": "corporation",
        "inc": "incorporated",
        "co": "company",
        "ltd": "limited",
        "plc": "public limited company",
        "llc": "limited liability company|gmbh|gesellschaft mit beschrankter haftung|ooo|sarl|srl"
        "|obshchestvo s ogranichennoy otvetstvennostyu|societatea cu raspundere limitata",
        "jsc": "joint stock company|open joint stock company|aktsionernoe obshchestvo|ao|oao|ojsc|pao|zao",
        "eu": "european union",
        "uk": "united kingdom",
        "un": "united nations",
        "us": "united states",
    }.items()
    for longer in longer_forms.split("|")
}
_LONGEST_SAME = max(map(len, _SAME))
_STARTS_OF_SAME = frozenset(longer[0] for longer in _SAME)

# States whose name is one word (members and observers of the UN, and other common names). Such a word is never a
# misspelling of another: between Iceland and Ireland, Gambia and Zambia no measure of spelling knows which is a slip.
_STATES = _words(
    "afghanistan albania algeria andorra angola argentina armenia australia austria azerbaijan bahamas bahrain "
    "bangladesh barbados belarus belgium belize benin bhutan bolivia botswana brazil brunei bulgaria burma burundi "
    "cambodia cameroon canada chad chile china colombia comoros congo croatia cuba cyprus czechia denmark djibouti "
    "dominica ecuador egypt eritrea estonia eswatini ethiopia fiji finland france gabon gambia georgia germany "
    "ghana greece grenada guatemala guinea guyana haiti honduras hungary iceland india indonesia iran iraq ireland "
    "israel italy jamaica japan jordan kazakhstan kenya kiribati kosovo kuwait kyrgyzstan laos latvia lebanon "
    "lesotho liberia libya liechtenstein lithuania luxembourg macedonia madagascar malawi malaysia maldives mali "
    "malta mauritania mauritius mexico micronesia moldova monaco mongolia montenegro morocco mozambique myanmar "
    "namibia nauru nepal netherlands nicaragua niger nigeria norway oman pakistan palau palestine panama paraguay "
    "peru philippines poland portugal qatar romania russia rwanda samoa senegal serbia seychelles singapore "
    "slovakia slovenia somalia spain sudan suriname swaziland sweden switzerland syria taiwan tajikistan tanzania "
    "thailand togo tonga tunisia turkey turkmenistan tuvalu uganda ukraine uruguay uzbekistan vanuatu vatican "
    "venezuela vietnam yemen zambia zimbabwe"
)


def _weight(word: str) -> float:
    return 0.3 if word in _SMALL or word in _LEGAL else 1.0


def _standard(words: Sequence[str]) -> list[str]:
    """Return the words with long forms as their usual short ones: "united nations" in a longer name is "un"."""
    if _STARTS_OF_SAME.isdisjoint(words):
        return list(words)
    standard: list[str] = []
    start = 0
    while start < len(words):
        for size in range(min(_LONGEST_SAME, len(words) - start), 0, -1):
            short = _SAME.get(tuple(words[start : start + size])) if size < len(words) else None
            if short:
                break
        standard.append(short or words[start])
        start += size
    return standard


def _without_titles(words: list[str]) -> tuple[list[str], tuple[str, ...]]:
    """Return the words of a question without the honorifics and offices around the name, and those dropped.

    "President of China" is no name with a title, and a title alone is kept. Before a name of two words or more the
    title may have up to two words of its own: "Xinjiang governor Erkin Tuniyaz", "Lib Dem MP Layla Moran".
    """
    end = len(words)
    while end > 2 and words[end - 1] in _AFTER_NAMES:
        end -= 1
    start = 0
    strange = 0
    for at, word in enumerate(words[: end - 1]):
        is_title = word in _TITLES or (word in _MARRIED and end - at > 2)
        strange += not is_title and word not in _BEFORE_TITLES
        if strange > 2:
            break
        if is_title and words[at + 1] not in _AFTER_OFFICES and (not strange or end - at > 2):
            start = at + 1
    if words and words[start] == "the" and end - start > 1:
        start += 1
    return words[start:end], (*words[:start], *words[end:])


class _Spelling(NamedTuple):
    """A spelling made ready to compare: its words without titles, and its signs if it is in a syllabic script."""

    words: list[str]
    signs: str = ""
    dropped: tuple[str, ...] = ()


def _question(text: str) -> _Spelling:
    words, dropped = _without_titles(_standard(fold(text).split()))
    return _Spelling(words, _signs_of(text), dropped)


def _name(text: str, folded: str) -> _Spelling:
    words = _standard(folded.split())
    return _Spelling(words[len(words) > 1 and words[0] in _TITLES :], _signs_of(text))


def _signs_of(text: str) -> str:
    return _signs(text) if not text.isascii() and _SYLLABIC.search(text) else ""


# Comparing two words --------------------------------------------------------------------------------------------------

PAIRED = 0.35  # below this two words have nothing to do with each other
INITIAL = 0.86  # accepted beside words that are equal, not beside a typo
LAST_INITIAL = 0.75  # "Zhang M.": the initial of a given name that stands behind is as good as none
SHORT = 0.78  # the most for words of up to four letters that differ: Chen and Cheng, Daby and Darby
SYLLABLES = 0.80  # the most for two Chinese words that differ: Jinping and Jinpeng
NUMBER = 0.60  # numbers that differ
SHORT_LETTERS = 4

# What a slip costs, in letters. Slips that ears and fingers make cost less than others; the first letter is seldom
# wrong (Pollock and Zamora, Automatic spelling correction in scientific and scholarly text, CACM 27, 1984), and at the
# end a letter more makes another name (Bryan and Bryant).
_DOUBLED, _LIKE, _SOFT, _SWAPPED, _OTHER = 0.4, 0.6, 0.7, 0.7, 1.0
_AT_START, _AT_END = 0.5, 0.3
_VOWELS = "aeiouy"
_ALIKE = tuple(map(frozenset, ("aeiou", "ckqx", "csz", "dt", "bp", "fvw", "gj", "jyi", "mn")))

# The syllables of Chinese in pinyin, without tones: what may follow each consonant. A syllable without a consonant in
# front stands only at the start of a word.
_AFTER_H = "a ai an ang ao e en eng ou u ua uai uan uang ui un uo"
_AFTER_L = "a ai an ang ao e ei en eng i ia ian iang iao ie in ing iu ong ou u uan ue un uo v ve"
_AFTER_Z = "a ai an ang ao e ei en eng i ong ou u ua uai uan uang ui un uo"
_PINYIN = {
    start: _words(ends)
    for starts, ends in {
        "b m p": "a ai an ang ao ei en eng i ian iao ie in ing iu o ou u",
        "f": "a an ang ei en eng o ou u",
        "d t": "a ai an ang ao e ei en eng i ia ian iao ie ing iu ong ou u uan ui un uo",
        "l n": _AFTER_L,
        "g h k": f"{_AFTER_H} ei ong",
        "j q x": "i ia ian iang iao ie in ing iong iu u uan ue un",
        "c ch s sh z zh": _AFTER_Z,
        "r": "an ang ao e en eng i ong ou u uan ui un uo",
        "w": "a ai an ang ei en eng o u",
        "y": "a an ang ao e i in ing ong ou u uan ue un",
    }.items()
    for start in starts.split()
}
_BARE = _words("a ai an ang ao e ei en er o ou")


def is_one_letter_off(word: str, other: str) -> bool:
    """Tell whether two folded words differ in one letter: left out, put in, changed, or swapped with its neighbour."""
    if abs(len(word) - len(other)) > 1:
        return False
    return _distance()(word, other, score_cutoff=1) == 1


@cache
def _distance() -> Callable[..., int]:
    from rapidfuzz.distance import OSA  # costs 8 ms: only where words are not equal

    return OSA.distance


@lru_cache(maxsize=10_000)  # names share their words
def _compare_words(asked: str, name: str) -> tuple[float, str]:
    """Return how nearly a word stands for another (0 to 1), and how; both have two letters or more."""
    if asked == name:
        return 1.0, "equal"
    if not asked.isalpha() or not name.isalpha():
        return (NUMBER, "number") if _digits(asked) and _digits(name) else (0.0, "")
    longer = max(len(asked), len(name))
    apart = _distance()(asked, name)
    if apart > 1 + longer // 3 or _is_another_state(asked, name, apart):
        return 0.0, ""
    score = 1 - (_typing_cost(asked, name) / (1.2 + 0.35 * longer)) ** 1.5
    if min(len(asked), len(name)) <= SHORT_LETTERS:
        score = min(score, SHORT)
    elif _is_pinyin(asked) and _is_pinyin(name):
        score = min(score, SYLLABLES)
    return max(score, 0.0), "typo"


def _is_pinyin(word: str, *, most: int = 9) -> bool:
    """Tell whether a word falls into at most so many syllables of Chinese; one that stands bare counts as none."""
    starts = [word[len(bare) :] for bare in _BARE if word.startswith(bare)]
    return "" in starts or any(_is_syllables(rest, most) for rest in (word, *starts))


def _is_syllables(word: str, most: int) -> bool:
    if not word or not most:
        return not word
    for size in (2, 1):
        for end in range(size + 1, min(size + 4, len(word)) + 1):
            if word[size:end] in _PINYIN.get(word[:size], ()) and _is_syllables(word[end:], most - 1):
                return True
    return False


def _digits(word: str) -> bool:
    return any(map(str.isdigit, word))


def _is_another_state(asked: str, name: str, apart: int) -> bool:
    """Tell whether a word that differs from another names a state, or comes as near to a state that is not meant."""
    if asked in _STATES:
        return True
    return name in _STATES and any(_distance()(asked, state) <= apart for state in _STATES if state != name)


def _typing_cost(one: str, other: str) -> float:
    """Return the least cost of the slips that turn one word into the other: optimal string alignment, with weights."""
    above: list[float] = []
    row = [0.0]
    for at in range(len(other)):
        row.append(row[-1] + _slip(other, at))
    for i, letter in enumerate(one):
        before, above, row = above, row, [row[0] + _slip(one, i)]
        for j, facing in enumerate(other):
            cost = min(
                above[j] + _change(letter, facing, is_first=i == j == 0),
                above[j + 1] + _slip(one, i),
                row[j] + _slip(other, j),
            )
            if i and j and letter == other[j - 1] and facing == one[i - 1] and letter != facing:
                cost = min(cost, before[j - 1] + _SWAPPED + _AT_START * (i == j == 1))
            row.append(cost)
    return row[-1]


def _slip(word: str, at: int) -> float:
    """Return what a letter too many costs."""
    letter, before, after = word[at], word[at - 1 : at], word[at + 1 : at + 2]
    if letter == before:
        return _DOUBLED
    if letter == "h" or (letter == "s" and not after) or letter + after in {"ch", "ck", "kh"}:
        return _SOFT + _AT_START * (not before)
    return (_SOFT if letter in _VOWELS else _OTHER) + _AT_START * (not before) + _AT_END * (not after)


def _change(letter: str, other: str, *, is_first: bool) -> float:
    if letter == other:
        return 0.0
    is_alike = any(letter in group and other in group for group in _ALIKE)
    return (_LIKE if is_alike else _OTHER) + _AT_START * is_first


# Comparing two names --------------------------------------------------------------------------------------------------

LEFT_OVER = 0.84  # the most that a name can score with a word left over, so that it is never accepted
OTHER_WORDS_ASKED = 0.50  # what a word left over weighs against the words that pair
OTHER_WORDS_NAMED = 0.45
CONFLICT = 0.45  # a word left over on both sides: another Abramovich
SURNAME = 0.90  # the last word of a person's name, equal, and nothing else
GIVEN_NAME = 0.80  # the same with another word of it, or a typo
PREFIX = 0.75  # one word that begins a word of the name
LONE = 0.90  # from which a single word is taken for another: no second word stands by
JOINED = 0.01  # what neighbours written as one word cost
JOINED_ENOUGH = 0.80  # neighbours that are not nearly the word are not written as one
SURNAME_LETTERS = 4
READING = 0.95  # a name of the same sound in other characters, if it has
READING_SIGNS = 4  # characters or more: a foreigner's; Chinese names of the same sound are many


def compare(asked: str, name: str, *, person: bool = True) -> Match:
    """Score how nearly a spelling fits a name, from 0 to 1, and say why: 1 is equal but for the order of the words.

    Words pair one to one, best pairs first, neighbours also joined ("Quan Guo" for "Quanguo"), after honorifics and
    offices were set aside. Mistakes in several words add up as the root of their squares; a word left over costs, one
    on each side costs more. Of a `person`, the last word of the name is enough. From `ACCEPT` on it is the same name,
    from `NEAR` on worth asking. Not symmetric: titles are dropped from the question, and initials stand for its names.
    """
    return _compare(_question(check_question(asked)), _name(name, fold(name)), person=person)


def _compare(asked: _Spelling, name: _Spelling, *, person: bool) -> Match:
    if asked.signs and name.signs:
        return _compare_signs(asked, name)
    words, others = asked.words, name.words
    free_asked, free_name = set(range(len(words))), set(range(len(others)))
    pairs: list[WordPair] = []
    mistakes = weight = 0.0
    for score, how, left, right in sorted(_pairings(words, others), key=lambda one: (-one[0], len(one[2]))):
        if free_asked.issuperset(left) and free_name.issuperset(right):
            free_asked.difference_update(left)
            free_name.difference_update(right)
            own = max(sum(_weight(words[at]) for at in left), sum(_weight(others[at]) for at in right))
            weight += own
            mistakes += (min(own, 1.0) * (1 - score)) ** 2
            pairs.append(WordPair(_text(words, left), _text(others, right), how, score))
    more_asked, more_named = _text_of(words, free_asked), _text_of(others, free_name)
    score = (1 - sqrt(mistakes)) * _share(weight, more_asked, more_named, person=person) if weight else 0.0
    if len(words) == 1:
        score = _lone(asked, others, pairs, score, person=person)
    return Match(max(score, 0.0), tuple(pairs), more_asked, more_named, asked.dropped)


def _share(paired: float, asked: Collection[str], named: Collection[str], *, person: bool) -> float:
    """Return what the words left over leave of a score; `paired` is the weight of the words that are not.

    Small words may be left over of a name that is accepted, and of a body's the form of a company.
    """
    more_asked, more_named = sum(map(_weight, asked)), sum(map(_weight, named))
    share = paired / (paired + OTHER_WORDS_ASKED * more_asked + OTHER_WORDS_NAMED * more_named)
    if paired >= 2 and not named:
        share = max(share, NEAR)  # "Erkin Tuniyaz, governor of Xinjiang" holds the whole name
    if not (_SMALL if person else _SMALL | _LEGAL).issuperset([*asked, *named]):
        share = min(share, LEFT_OVER)
    return float(share * CONFLICT ** min(more_asked, more_named, 2))


def _lone(asked: _Spelling, others: list[str], pairs: list[WordPair], score: float, *, person: bool) -> float:
    """Return the score of a question of one word: no second word confirms what it says."""
    word = asked.words[0]
    if not pairs or pairs[0].how == "prefix":
        return PREFIX if pairs else 0.0
    if len(others) == 1 or pairs[0].how == "joined":
        return score if score >= LONE else min(score, LEFT_OVER)
    if not person or len(others) > 2 or len(word) < SURNAME_LETTERS:
        return score
    is_surname = word == others[1] and _CIVIL.issuperset(asked.dropped) and not _is_pinyin(word, most=1)
    return SURNAME if is_surname else GIVEN_NAME * pairs[0].score


def _compare_signs(asked: _Spelling, name: _Spelling) -> Match:
    """Compare two names in Han characters, kana or Hangul: one character off is another person.

    Only a long name of the same reading, a foreigner's in the other of the two ways of writing, is still the same.
    """
    if asked.signs == name.signs:
        return Match(1.0, (WordPair(asked.signs, name.signs, "equal", 1.0),))
    if "".join(asked.words) == "".join(name.words):
        score = READING if len(asked.signs) >= READING_SIGNS else GIVEN_NAME
        return Match(score, (WordPair(asked.signs, name.signs, "reading", score),))
    longer = max(len(asked.signs), len(name.signs))
    score = 0.9 * max(0.0, 1 - _distance()(asked.signs, name.signs) / longer)
    return Match(min(score, LEFT_OVER), (WordPair(asked.signs, name.signs, "signs", score),))


def _pairings(asked: list[str], name: list[str]) -> Iterator[tuple[float, str, range, range]]:
    """Yield all ways in which a word, or up to three neighbours as one, can stand for a word of the other side."""
    may_be_begun = len(asked) == 1 and len(asked[0]) >= SURNAME_LETTERS and asked[0] not in _STATES
    for i, word in enumerate(asked):
        for j, other in enumerate(name):
            score, how = _stands_for(word, other, is_last=j == len(name) - 1)
            if may_be_begun and score < PREFIX and other.startswith(word):
                score, how = PREFIX, "prefix"
            if score > PAIRED:
                yield score, how, range(i, i + 1), range(j, j + 1)
    for score, left, right in _joinings(asked, name):
        yield score, "joined", left, right
    for score, right, left in _joinings(name, asked):
        yield score, "joined", left, right


def _stands_for(word: str, other: str, *, is_last: bool) -> tuple[float, str]:
    if word == other:
        return 1.0, "equal"
    if len(word) > 1 and len(other) > 1:
        return _compare_words(word, other)
    is_initial = word[0] == other[0] and word.isalpha() and other.isalpha()
    return (LAST_INITIAL if is_last else INITIAL, "initial") if is_initial else (0.0, "")


def _joinings(words: list[str], others: list[str]) -> Iterator[tuple[float, range, range]]:
    """Yield how nearly two or three neighbours stand for one word of the other side."""
    for size in (2, 3):
        for i in range(len(words) - size + 1):
            for j, other in enumerate(others):
                score = _joined(words[i : i + size], other)
                if score >= JOINED_ENOUGH:
                    yield score, range(i, i + size), range(j, j + 1)


def _joined(parts: Sequence[str], word: str) -> float:
    if len(word) == len(parts) == 2 and word == "".join(part[0] for part in parts):
        return INITIAL  # J. C. for Jean-Claude, written JC
    joined = "".join(parts)
    if joined == word:
        return 1 - JOINED
    if len(word) <= SHORT_LETTERS or abs(len(joined) - len(word)) > 2:
        return 0.0
    return _compare_words(joined, word)[0] - JOINED


def _text(words: list[str], run: range) -> str:
    return " ".join(words[at] for at in run)


def _text_of(words: list[str], positions: Iterable[int]) -> tuple[str, ...]:
    return tuple(words[at] for at in sorted(positions))


# Finding --------------------------------------------------------------------------------------------------------------

SHORTLIST = 40  # names compared with care; of 683 badly typed names the right one was always among the first 10
SAME_SHAPE = 10  # and names nearest as a whole, for words that are joined or split otherwise
SHOWN = 0.35  # what scores less is no candidate
WEAK = 0.95  # an equal weak name, beside strong ones
TELLING = 3  # words of the question that choose the names, the longest; all words are compared
WORD_ENOUGH = 0.66  # share of its letters that a word keeps in a typo


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

    def _shortlist(self, asked: str, question: _Spelling) -> Iterator[tuple[Name, str]]:
        """Yield the names worth comparing with care, with their folded forms."""
        tables = [self._readable] if asked.isascii() else [self._readable, self._foreign]
        spelled = self._in_signs if question.signs else frozenset()
        for table in tables:
            for row in _nearest_rows(question.words, table):
                name = Name(*self._names[table["positions"][row]])
                if name.entity not in spelled or _signs_of(name.text):
                    yield name, table["folded"][row]

    def candidates(self, asked: str, limit: int = 5) -> tuple[Candidate, ...]:
        """Return the entities that come nearest to the question, best first, each by its best name, with the reason.

        None below `SHOWN`; one with an equal weak name has the score `WEAK`.
        """
        asked = check_question(asked)
        question = _question(asked)
        words = fold(asked).split()
        equal = [self._names[at] for at in self._equal(asked)]
        untitled = [self._names[at] for at in self._equal(" ".join(question.words))]
        same = Match(1.0, tuple(WordPair(word, word, "equal", 1.0) for word in words))
        scored = [Candidate(row[1], row[0], weak=False, score=1.0, match=same) for row in equal if not row[2]]
        scored += [Candidate(row[1], row[0], weak=True, score=WEAK) for row in [*equal, *untitled] if row[2]]
        for name, folded in self._shortlist(asked, question):
            person = name.person and not (len(question.words) == 1 and self._is_surname(name.entity, folded))
            match = _compare(question, _name(name.text, folded), person=person)
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
        return _positions((_key(form), at) for at, form in enumerate(self._forms))

    @cached_property
    def _other(self) -> dict[str, list[int]]:
        """The positions of the names in other scripts, by key."""
        return _positions((key(row[0]), at) for at, row in enumerate(self._names) if not is_latin(row[0]))

    @cached_property
    def _readable(self) -> dict[str, Any]:
        """The strong names that a question in ASCII is compared with: those in Latin letters.

        An entity without any is compared by the reading of the names it has.
        """
        in_latin = {row[1] for row, form in zip(self._names, self._forms, strict=True) if form}
        return _table(
            (at, form if form or row[1] in in_latin else fold(row[0]))
            for at, (row, form) in enumerate(zip(self._names, self._forms, strict=True))
            if not row[2]
        )

    @cached_property
    def _foreign(self) -> dict[str, Any]:
        """The strong names in other scripts."""
        return _table((at, fold(row[0])) for at, row in enumerate(self._names) if not (row[2] or is_latin(row[0])))

    @cached_property
    def _in_signs(self) -> frozenset[str]:
        """The entities with a name in a syllabic script: by another such name they are not meant."""
        return frozenset(row[1] for row in self._names if _signs_of(row[0]))


_PARTS = ("names", "entities", "latin", "other", "readable", "foreign")


def _positions(pairs: Iterable[tuple[str, int]]) -> dict[str, list[int]]:
    positions: dict[str, list[int]] = {}
    for text, at in pairs:
        if text:
            positions.setdefault(text, []).append(at)
    return positions


def _table(forms: Iterable[tuple[int, str]]) -> dict[str, Any]:
    """Return folded names as columns, with their positions, the rows in which each word stands, and words by length."""
    rows = [(at, form) for at, form in forms if form]
    words = _positions((word, row) for row, (_, form) in enumerate(rows) for word in set(_standard(form.split())))
    lengths: dict[str, list[str]] = {}
    for word in words:
        lengths.setdefault(str(len(word)), []).append(word)
    return {
        "positions": [at for at, _ in rows],
        "folded": [form for _, form in rows],
        "words": words,
        "lengths": lengths,
    }


def _nearest_rows(words: list[str], table: dict[str, Any]) -> Iterable[int]:
    """Return the rows of a table that share a word with the question but for typos, or look like it as a whole."""
    from rapidfuzz import fuzz, process  # costs 8 ms: only where nothing is equal

    shared: dict[int, float] = {}
    for word in sorted(set(words), key=lambda one: (-len(one), one))[:TELLING]:
        found = _nearest_words(word, table["lengths"])
        if len(words) == 1 and len(word) >= SURNAME_LETTERS:
            found += [(other, WORD_ENOUGH) for other in table["words"] if other.startswith(word)]
        for other, likeness in found:
            for row in table["words"][other]:
                shared[row] = shared.get(row, 0.0) + likeness
    best = nsmallest(SHORTLIST, shared, key=lambda row: (-shared[row], len(table["folded"][row]), row))
    shaped = process.extract(
        " ".join(words), table["folded"], scorer=fuzz.ratio, score_cutoff=100 * WORD_ENOUGH, limit=SAME_SHAPE
    )
    return dict.fromkeys([*best, *(row for _, _, row in shaped)])


def _nearest_words(word: str, lengths: dict[str, list[str]]) -> list[tuple[str, float]]:
    """Return the words that one may be a typo of, with how many of its letters they share (`WORD_ENOUGH` to 1)."""
    from rapidfuzz import process
    from rapidfuzz.distance import OSA

    sizes = range(ceil(len(word) * WORD_ENOUGH), int(len(word) / WORD_ENOUGH) + 1)
    near = list(chain.from_iterable(lengths.get(str(size), ()) for size in sizes))
    found = process.extract(word, near, scorer=OSA.normalized_similarity, score_cutoff=WORD_ENOUGH, limit=None)
    return [(other, likeness) for other, likeness, _ in found]


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
