"""The words that mean something by themselves in a name: titles, small words, forms of companies, states, syllables.

Everything here is closed: lists that were read through once, and what follows from a word being in one of them. A word
is folded. Which words weigh little, which are set aside, which have a short form and which are never a misspelling of
another decides more than the measure by which two spellings are compared.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from functools import lru_cache


def _words(listed: str) -> frozenset[str]:
    return frozenset(listed.split())


TITLES = _words(
    "academic activist ambassador baron baroness chairman chairwoman chancellor chief commissioner consul dame "
    "director dr economist envoy governor king lawyer leader lord minister miss monsieur mp mr ms officer premier "
    "president prasident prince princess prof professor queen representative scholar secretary senator sheikh sir "
    "spokesman spokesperson spokeswoman"
)
_BEFORE_TITLES = _words(
    "acting assistant british canadian chinese communist deputy eu european ex foreign former french german high human "
    "labour ministry of office party prime rights state the tory uk un us uyghur vice"
)
_AFTER_NAMES = frozenset(["mep", "mp"])
_AFTER_OFFICES = frozenset(["for", "of", "to"])
_MARRIED = frozenset(["lady", "madame", "mrs"])  # with a surname alone they may name a wife: "Mrs Macron"

_CIVIL = _words("madame miss monsieur mr mrs ms")  # of anybody; "Lord Ahmed" is one lord and no other

# Words before a title that tell offices apart, and the titles that are one office.
_OF_OFFICES = _words("acting assistant deputy ex foreign former human party prime rights vice")
_ONE_OFFICE = {
    word: words[0]
    for words in map(str.split, ("chair chairman chairwoman", "premier prime", "spokesman spokeswoman spokesperson"))
    for word in words
}
_SAID_OTHERWISE = {
    "mp": "lawmaker member parliament", "minister": "premier",
    "chief": "commissioner head leader", "secretary": "chief leader", "leader": "chief secretary",
}  # fmt: skip

# Jr., Sr. and the numbers of kings: they tell a father from his son.
GENERATIONS = {"jr": "jr", "junior": "jr", "sr": "sr", "senior": "sr", "ii": "ii", "iii": "iii", "iv": "iv", "vi": "vi"}

# Small words say little about which body is meant, and so do the forms of companies. In the name of a person they say
# little only where they stand before another word of it (`is_particle`): Bin, De and Van are given names too.
SMALL = _words("a al an and bin ibn ben da de del der di do dos du el for i in la le s the of ul ur van von")
LEGAL = _words(
    "ab ag as bv co company corp cv group gruppe holding holdings inc jsc llc llp lp ltd na nv oo plc pte pty sa se "
    "sl sp"
)
FORMS = LEGAL - _words("group gruppe holding holdings") | _words("and for of the")  # of companies, and small words
_PARTICLES = _words("af al da das de degli del della der di do dos du el la las le los oglu qizi ter ul ur van von zu")
SON_OF = _words("ben bin bint ibn")  # son or daughter of: never in front
HALVES = SON_OF | _PARTICLES | _words("abd abdal abdel abdul abou abu mir sayed um umm")  # with the next word a name
_NO_NAMES = LEGAL - _words("ab ag as bv co na oo sa se sl sp") | _words("and for of")
_AND_OF = _words("and for in of to")
_LITTLE = _PARTICLES | SON_OF | _NO_NAMES | {"the"}

# Surnames that stand in front and are no syllables of Chinese in pinyin, or not only: what follows is one given name.
_EASTERN = _words(
    "bui cao dang dinh do duong hoang ho huynh le luong ly ngo nguyen pham phan tran trinh truong vo vu "
    "baek cho choe choi chung hong hwang jang jeon jeong jo jung kang kim ko kwon lee lim moon noh oh park rhee roh "
    "seo shin sim son yeon yoo yoon yun "
    "an chon han hyon im jon jong kil kye min mun pae paek pak pang ri rim ro ryom ryu so sok "
    "chiang hsiao hsieh hsu kuo teng tsai tsang tseng"
)

ENGLISH = _words("an fan gang gong hang he long man pan ran sang she song sun tan you")  # and surnames in pinyin

_DOUBLE = _words("dongfang huangfu linghu ouyang shangguan situ sima zhuge")  # Chinese surnames of two syllables

# Words of very many bodies: alone they bring none of them to mind.
GENERIC = _words(
    "academy administration agency alliance assembly association authority bank board bureau chamber chinese "
    "commission committee commons company conference congress corporation council country court department division "
    "embassy federation foreign foundation general government group house human institute international labour media "
    "ministry mission movement national network news office official officials organisation organization parliament "
    "party police president press prison project public region republic rights school secretariat secretary section "
    "security senate service society state states times trade treasury union united university world"
)
LITTLE = 0.3  # what a small word weighs
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
STATES = _words(
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


def is_eastern(words: Sequence[str]) -> bool:
    """Tell whether a name is Chinese in pinyin, Korean or Vietnamese: surname first, and every syllable tells."""
    if not words or words[0] in _EASTERN:
        return bool(words)
    has_surname = is_pinyin(words[0], most=1) or is_pinyin(words[-1], most=1) or words[0] in _DOUBLE
    return has_surname and all(map(is_pinyin, words))


def is_particle(words: Sequence[str], at: int) -> bool:
    """Tell whether a word of a person's name only leads to the next one: "von" and "der", but not Bin or Van."""
    if at == len(words) - 1 or is_eastern(words):
        return False
    return words[at] in _PARTICLES or (at > 0 and words[at] in SON_OF)


def weights(words: Sequence[str], *, person: bool) -> list[float]:
    """Return how much each word of a name says about who is meant, beside one that tells."""
    if not person:
        return [LITTLE if word in SMALL or word in LEGAL else 1.0 for word in words]
    if _LITTLE.isdisjoint(words) and all(len(word) > 1 for word in words):
        return [1.0] * len(words)
    return [LITTLE if is_particle(words, at) or _is_no_name(words, at) else 1.0 for at in range(len(words))]


def _is_no_name(words: Sequence[str], at: int) -> bool:
    """Tell whether a word is an initial in the middle, or in no name of a person: a company may be asked for."""
    if 0 < at < len(words) - 1 and len(words[at]) == 1:
        return words[at].isalpha()  # a middle initial
    return words[at] in _NO_NAMES or (words[at] == "the" and (not at or words[at - 1] in _AND_OF))


def offices(dropped: Sequence[str]) -> frozenset[str]:
    """Return what the words around a name say of an office or a rank; nothing where they only say Mr, or whose."""
    titles = {word for word in dropped if (word in TITLES or word in _MARRIED) and word not in _CIVIL}
    return frozenset(
        _ONE_OFFICE.get(word, word) for word in dropped if word in titles or (titles and word in _OF_OFFICES)
    )


def is_held(named: Collection[str], known: Collection[str]) -> bool:
    """Tell whether the words of an office, as `offices` gives them, are among those that are known of somebody."""
    held = {_ONE_OFFICE.get(word, word) for word in known}
    return all(word in held or not held.isdisjoint(_SAID_OTHERWISE.get(word, "").split()) for word in named)


def standard(words: Sequence[str]) -> list[str]:
    """Return the words with long forms as their usual short ones: "united nations" in a longer name is "un"."""
    if _STARTS_OF_SAME.isdisjoint(words):
        return list(words)
    shortened: list[str] = []
    start = 0
    while start < len(words):
        for size in range(min(_LONGEST_SAME, len(words) - start), 0, -1):
            short = _SAME.get(tuple(words[start : start + size])) if size < len(words) else None
            if short:
                break
        shortened.append(short or words[start])
        start += size
    return shortened


def without_titles(words: list[str]) -> tuple[list[str], tuple[str, ...]]:
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
        is_title = word in TITLES or (word in _MARRIED and end - at > 2)
        strange += not is_title and word not in _BEFORE_TITLES
        if strange > 2:
            break
        if is_title and words[at + 1] not in _AFTER_OFFICES and (not strange or end - at > 2):
            start = at + 1
        elif is_title and words[at + 1 : at + 3] == ["of", "state"] and at + 3 < end:
            start = at + 3
    return words[start:end], (*words[:start], *words[end:])


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
_PINYIN_ENDS = frozenset("aeiouvngr")
_BARE = _words("a ai an ang ao e ei en er o ou")


@lru_cache(maxsize=50_000)
def is_pinyin(word: str, *, most: int = 9) -> bool:
    """Tell whether a word falls into at most so many syllables of Chinese; one that stands bare counts as none."""
    if word[-1:] not in _PINYIN_ENDS:
        return False
    starts = [word[len(bare) :] for bare in _BARE if word.startswith(bare)]
    return "" in starts or any(_is_syllables(rest, most) for rest in (word, *starts))


def _is_syllables(word: str, most: int) -> bool:
    if not word or not most:
        return not word
    if word.startswith("er") and len(word) != 3 and _is_syllables(word[2:], most - 1):
        return True  # Uyghur names hold it anywhere: Aikebaier
    for size in (2, 1):
        for end in range(size + 1, min(size + 4, len(word)) + 1):
            if word[size:end] in _PINYIN.get(word[:size], ()) and _is_syllables(word[end:], most - 1):
                return True
    return False
