"""Folding: a spelling in any script as plain words, and the form in which equal names are equal.

    from xjfacts.names.folding import fold, key

    fold("Эркин Тунияз")        erkin tuniyaz
    key("Tuniyaz, Erkin")       erkin tuniyaz
    key("张 明")                张明

Data and question go through the same functions: what is compared is always folded on both sides, once. The only module
that knows anyascii, which is imported where a text in another script asks for it: its tables cost 10 ms, and a look-up
in ASCII needs none of them.
"""

from __future__ import annotations

import re
from functools import lru_cache

from xjfacts.errors import UsageError

LONGEST_QUESTION = 200  # characters; the longest of the 4,800 names of the public data has 103


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


APOSTROPHES = "'`´‘’‛′ʹʻʼʽˈ՚ꞌ＇"
_ASCII = {code: chr(code).lower() if chr(code).isalnum() else " " for code in range(128)} | {
    ord("&"): " and ",
    ord("'"): None,
    ord("`"): None,
}
_POSSESSIVE = r"(?<=\w)['’][sS]\b"
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
    | {"ئ": "", "ی": "i", "ک": "k", "ه": "e", "چ": "ch", "ژ": "zh", "ش": "sh", "غ": "gh", "ڭ": "ng"}
)
_UYGHUR_ONLY = r"[ەېۆۈۇۋڭ]|\bئ"  # no Arabic word begins with the hamza's chair; every Uyghur one with a vowel does
_UYGHUR_I = "(?<![اەوۇۆۈېىئ])[يی](?![اەوۇۆۈېى])"  # keyboards of other languages have no ى for the vowel

_SYLLABIC = "[\u3005\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003ffff]"
_NOT_LATIN = (  # most letters that are not, in any style
    ("\u0370", "\u0556"), ("\u0561", "\u1cff"), ("\u3040", "\u9fff"), ("\uac00", "\ud7af"),
)  # fmt: skip
_POINTS = "[\u0591-\u05bd\u05bf\u05c1\u05c2\u0640\u064b-\u0652\u0670]"  # of Hebrew and Arabic: seldom written


@lru_cache(maxsize=20_000)  # names are compared with many questions
def fold(text: str) -> str:
    """Return the words of a name in lower-case ASCII letters and digits, one space between them.

    Equal for all ways to write the same letters: composed or not (Unicode NFKC), full-width, in capitals, with accents,
    with any apostrophe, dash or space, with zero-width characters, dotted ("U.S." is "us"), with look-alike letters of
    other scripts in a Latin word. Other scripts are transliterated. Folding what is folded changes nothing.
    """
    plain = text if text.isascii() else _to_ascii(text)
    if "." in plain[:-1]:  # and not only at the end of a sentence
        plain = re.sub(_DOTTED, lambda letters: letters[0].replace(".", "") + " ", plain)
    return " ".join(plain.translate(_ASCII).split()) or ("" if text.isascii() else _numbered(text))


def without_endings(text: str) -> str:
    """Return a question without the ’s behind a word, which stands in no name: `FBI's` asks for `FBI`."""
    return re.sub(_POSSESSIVE, "", text) if "'" in text or "’" in text else text


def key(text: str) -> str:
    """Return the form in which names are looked up: folded, the order of the words and "The" in front left aside.

    Names of one key need not be equal. Names with Han characters, kana or Hangul keep these, in the simplified form:
    张明 and 张鸣 sound alike and are two men.
    """
    if not text.isascii() and re.search(_SYLLABIC, text):
        return _signs(text)
    return key_of_folded(without_article(text, fold(text)))


def key_of_folded(folded: str) -> str:
    """Return the key of a name in Latin letters that is folded already, and has no article in front."""
    return " ".join(sorted(folded.split())) if " " in folded else folded


def without_article(text: str, folded: str) -> str:
    """Return a folded name without "The" in front; Thế, which folds alike, is a name."""
    return folded[4:] if folded.startswith("the ") and text.lstrip("\"'( ")[:4].casefold() == "the " else folded


def _signs(text: str) -> str:
    """Return the letters of a name in an ideographic or syllabic script, nothing else."""
    import unicodedata

    from xjfacts.names.hanzi import simplified  # deferred: most names have none

    return simplified("".join(sign for sign in unicodedata.normalize("NFKC", text).casefold() if sign.isalnum()))


def _to_ascii(text: str) -> str:
    import unicodedata  # an ASCII name does without

    text = unicodedata.normalize("NFKC", re.sub(f"[{APOSTROPHES}]", "", text))
    text = re.sub(r"\w+", _without_look_alikes, text).casefold()
    text = re.sub("(?<=[a-z0-9])[\u0300-\u036f]+", "", unicodedata.normalize("NFD", text))
    text = unicodedata.normalize("NFC", re.sub(_POINTS, "", text))
    text = "".join(_LATIN.get(sign, sign) for sign in text if unicodedata.category(sign) != "Cf")
    text = "".join(" " if unicodedata.category(sign)[0] in "PSZC" and sign != "." else sign for sign in text)
    if text.isascii():
        return text
    if re.search(_UYGHUR_ONLY, text):
        text = re.sub(_UYGHUR_I, "ى", text).translate(_UYGHUR)
    from anyascii import anyascii

    return str(anyascii(text)).lower()


def _numbered(text: str) -> str:
    """Return the letters of a text that has no reading, such as `Ƹ`, as their numbers in Unicode."""
    import unicodedata

    return "".join(f"u{ord(sign):x}" for sign in unicodedata.normalize("NFC", text).casefold() if sign.isalnum())


def _without_look_alikes(word: re.Match[str]) -> str:
    is_mixed = re.search("[A-Za-z]", word[0]) and re.search("[\u0370-\u052f]", word[0])
    return word[0].translate(_LOOK_ALIKES) if is_mixed else word[0]


def is_latin(text: str) -> bool:
    """Tell whether a name is in Latin letters, which a question in ASCII can be meant for."""
    if text.isascii() or all(sign < "\u0370" for sign in text):
        return True
    is_other = any(first <= sign <= last for sign in text for first, last in _NOT_LATIN)
    return not is_other and scripts_of(text) == {"LATIN"}


def script_of(text: str) -> str:
    """Return LATIN, UYGHUR, MIXED for letters of two alphabets, or OTHER."""
    if is_latin(text):
        return "LATIN"
    return "MIXED" if is_mixed(text) else "UYGHUR" if re.search(_UYGHUR_ONLY, text) else "OTHER"


def is_mixed(text: str) -> bool:
    """Tell whether a name has letters of two alphabets, which look alike. Han, kana and Hangul stand beside any."""
    return not text.isascii() and len(scripts_of(text)) > 1


@lru_cache(maxsize=20_000)
def scripts_of(text: str) -> frozenset[str]:
    """Return the alphabets of which a text has letters, as Unicode names them, whatever their width and style."""
    import unicodedata

    letters = filter(str.isalpha, unicodedata.normalize("NFKC", re.sub(f"[{APOSTROPHES}]", "", text)))
    signs = (letter for letter in letters if unicodedata.category(letter) != "Lm")
    return frozenset(unicodedata.name(sign, "?").split()[0] for sign in signs if not re.match(_SYLLABIC, sign))


def signs_of(text: str) -> str:
    """Return the characters of a name in Han, kana or Hangul; nothing for a name in other scripts."""
    return _signs(text) if not text.isascii() and re.search(_SYLLABIC, text) else ""
