"""The rules by which a name means somebody, each with whom it finds and, above all, whom it does not."""

from __future__ import annotations

from pathlib import Path

import pytest

from xjfacts import load
from xjfacts.names.compare import ACCEPT, compare
from xjfacts.names.lookup import NameIndex
from xjfacts.names.shortlist import MOST
from xjfacts.names.table import Name

HINTS = [line.split("\t") for line in (Path(__file__).parent / "hints.tsv").read_text("utf-8").splitlines()[1:]]


def people(*names: str) -> NameIndex:
    """Return an index of people, each known by one name, which is the id as well."""
    return NameIndex([Name(name, name.casefold(), person=True) for name in names])


def taken_for(index: NameIndex, asked: str) -> tuple[str, str | None]:
    found = index.resolve(asked)
    return found.how, found.entity


# Small words and particles ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("asked", "name"),
    [
        ("Zhang Bin", "Zhang Ming"),
        ("Ben Michel", "Charles Michel"),
        ("Ben Michel", "Michel"),
        ("Al Michel", "Michel"),
        ("The Michel", "Charles Michel"),
        ("Nguyen The Anh", "Nguyễn Anh"),
        ("Zhang Van Ming", "Zhang Ming"),
        ("Charles De Michel", "Charles Michel"),
        ("Bin Salman", "Mohammed Salman"),
        ("Li Na", "Li An Na"),
    ],
)
def test_a_small_word_is_a_given_name_too_and_never_free(asked: str, name: str) -> None:
    assert compare(asked, name).score < ACCEPT


@pytest.mark.parametrize(
    ("asked", "name"),
    [
        ("Bashar Assad", "Bashar al-Assad"),
        ("Bashar al-Assad", "Bashar Assad"),
        ("Salman Abdulaziz", "Salman bin Abdulaziz"),
        ("Osama ibn Laden", "Osama bin Laden"),
        ("T. J. Cox", "TJ Cox"),
    ],
)
def test_a_particle_between_the_words_may_be_left_out_and_is_no_full_score(asked: str, name: str) -> None:
    assert ACCEPT <= compare(asked, name).score < 1


# Surnames ---------------------------------------------------------------------------------------------------------------


def test_a_bare_surname_means_the_only_one_who_has_it_and_is_never_exact() -> None:
    index = people("Carolyn Harris", "Zhang Ming", "Ursula von der Leyen", "Mary Ann Smythe-Jones", "Josep Borrell Gil")
    for asked, whose in (
        ("Harris", "carolyn harris"),
        ("Zhang", "zhang ming"),
        ("von der Leyen", "ursula von der leyen"),
        ("Leyen", "ursula von der leyen"),
        ("Smythe-Jones", "mary ann smythe-jones"),
        ("Borrell", "josep borrell gil"),
    ):
        assert taken_for(index, asked) == ("fuzzy", whose)


def test_a_surname_that_a_document_prints_has_the_same_rule() -> None:
    names = [Name("Tom Harris", "tom", person=True), Name("Harris", "tom", person=True)]
    assert taken_for(NameIndex(names), "Harris") == ("fuzzy", "tom")
    more = NameIndex([*names, Name("Carolyn Harris", "carolyn", person=True)])
    assert taken_for(more, "Harris") == ("ambiguous", None)
    assert more.resolve("Harris", among={"carolyn"}).entity == "carolyn"


def test_a_single_name_that_is_all_of_a_persons_names_is_exact() -> None:
    assert taken_for(people("Suharto", "Siti Nurbaya"), "Suharto") == ("exact", "suharto")


def test_a_word_that_another_person_has_as_a_given_name_means_neither() -> None:
    assert taken_for(people("Michelle Dean", "Dean Acheson"), "Dean") == ("ambiguous", None)


@pytest.mark.parametrize("asked", ["Michael", "Frances", "Ming", "Carolyn", "Duncan", "Smith"])
def test_a_given_name_is_no_surname_nor_a_slip_of_one(asked: str) -> None:
    names = [Name("Iain Duncan Smith", "ids", person=True), Name("Duncan Smith", "ids", person=True)]
    others = ("Charles Michel", "Zhang Ming", "Carolyn Harris", "Pope Francis")
    index = NameIndex([*names, *(Name(name, name, person=True) for name in others), Name("France", "france")])
    assert index.resolve(asked).entity is None


@pytest.mark.parametrize(
    ("asked", "name"),
    [
        ("Charles Michael", "Charles Michel"),
        ("Micheal", "Charles Michel"),
        ("Marcio Rubio", "Marco Rubio"),
        ("Ilhan Tohti", "Ilham Tohti"),
        ("Brian Steel", "Bryan Steil"),
        ("Burrell", "Josep Borrell"),
        ("Sharman", "Wendy Sherman"),
        ("You", "You Quan"),
        ("sun", "Sun Jinlong"),
        ("Wang Y. I.", "Wang Yi"),
        ("Mohammad Ha", "Mohammad Hassan Akhund"),
    ],
)
def test_another_name_of_nearly_these_letters_is_no_slip(asked: str, name: str) -> None:
    assert people(name).resolve(asked).entity is None


@pytest.mark.parametrize(("asked", "name"), [("Landon", "London"), ("Franke", "France"), ("Labor", "Labour")])
def test_a_family_that_is_called_nearly_like_a_place_is_not_the_place(asked: str, name: str) -> None:
    assert NameIndex([Name(name, name)]).resolve(asked).entity is None
    assert NameIndex([Name("Norway", "norway")]).resolve("Norwey").entity == "norway"


@pytest.mark.parametrize(
    ("asked", "name"),
    [
        ("Laila Moran", "Layla Moran"),
        ("Rahima Mehmut", "Rahima Mahmut"),
        ("Borell", "Josep Borrell"),
        ("Makron", "Emmanuel Macron"),
    ],
)
def test_a_slip_or_another_spelling_of_a_name_is_that_name(asked: str, name: str) -> None:
    assert people(name).resolve(asked).entity == name.casefold()


def test_mr_and_ms_before_a_surname_fit_the_given_name() -> None:
    index = people("Michelle Bachelet", "Joe Biden", "Hua Chunying", "Xi Jinping")
    for asked, whose in (
        ("Ms Bachelet", "michelle bachelet"),
        ("Mr Bachelet", None),
        ("Mr Biden", "joe biden"),
        ("Miss Biden", None),
        ("Ms Hua", "hua chunying"),
        ("Ms Xi", None),
        ("Mr Xi", "xi jinping"),
        ("Mr Hua", None),
        ("Mr Michelle Bachelet", "michelle bachelet"),
    ):
        assert index.resolve(asked).entity == whose, asked


@pytest.mark.parametrize("asked", ["TUNIYAZ Erkin", "Erkin T."])
def test_a_given_name_that_a_list_prints_last_is_still_no_surname(asked: str) -> None:
    names = [Name("Erkin Tuniyaz", "erkin", person=True), Name("TUNIYAZ Erkin", "erkin", person=True)]
    assert NameIndex(names).resolve("Erkin").entity is None
    assert NameIndex(names).resolve("Erkin T.").entity is None
    assert NameIndex(names).resolve("TUNIYAZ Erkin").how == "exact"


def test_an_initial_that_two_people_share_is_neither() -> None:
    assert taken_for(people("Sophie Hill"), "S. Hill") == ("fuzzy", "sophie hill")
    assert taken_for(people("Sophie Hill", "Samuel G. Hill"), "S. Hill") == ("ambiguous", None)
    assert people("Robert Richmann").resolve("R. Richman").entity is None


# Titles and generations -------------------------------------------------------------------------------------------------


def test_a_title_helps_only_whom_the_facts_call_by_it() -> None:
    offices = {"wang yi": ["foreign", "minister", "china"]}
    names = [Name(name, name.casefold(), person=True) for name in ("Wang Yi", "Wang Mingshan", "Charles Michel")]
    index = NameIndex(names, lambda entity: offices.get(entity, []))
    assert taken_for(index, "Foreign Minister Wang") == ("fuzzy", "wang yi")
    assert taken_for(index, "Wang") == ("ambiguous", None)
    assert index.resolve("Foreign Minister Wang Yi").score == 1.0
    assert index.resolve("Mr Michel").entity == "charles michel"
    for asked in (
        "King Michel",
        "Prime Minister Michel",
        "Lord Michel",
        "Lady Michel",
        "Dr Michel",
        "Prime Minister Wang",
    ):
        assert index.resolve(asked).entity is None, asked
    titled = index.resolve("King Charles Michel")
    assert (titled.entity, titled.remark) == ("charles michel", "no office here is 'king'")
    assert titled.score < 1


def test_a_title_before_a_body_is_a_word_of_another_name() -> None:
    index = NameIndex([Name("Ireland", "ireland"), Name("Security Council", "council")])
    assert index.resolve("Minister Ireland").entity is None
    assert index.resolve("President Security Council").entity is None


@pytest.mark.parametrize(
    "asked", ["Robert Kennedy Jr.", "Robert Kennedy, Jr.", "Robert Kennedy II", "Kennedy, Robert, Sr."]
)
def test_a_father_is_not_his_son(asked: str) -> None:
    assert people("Robert Kennedy").resolve(asked).entity is None
    assert people(asked, "Jane Roe").resolve("Robert Kennedy").entity is None


# Order ------------------------------------------------------------------------------------------------------------------


def test_words_in_another_order_are_said_to_be_and_never_exact() -> None:
    index = people("Erkin Tuniyaz")
    turned = index.resolve("Tuniyaz Erkin")
    assert (turned.how, turned.entity, turned.remark) == ("fuzzy", "erkin tuniyaz", "words in another order")
    assert turned.score < 1
    assert index.resolve("Tuniyaz, Erkin").how == "exact"


def test_who_has_the_words_in_this_order_is_meant_before_who_has_them_in_another() -> None:
    index = people("Tursun Ablet", "Ablet Tursun")
    assert taken_for(index, "Ablet Tursun") == ("exact", "ablet tursun")


@pytest.mark.parametrize(
    ("asked", "name"),
    [
        ("Ahmed Hassan", "Hassan Ahmed"),
        ("Friedrich Hans", "Hans Friedrich"),
        ("Salman bin Muhammad al-Rawi", "Muhammad bin Salman al-Rawi"),
    ],
)
def test_two_given_names_in_another_order_are_another_person(asked: str, name: str) -> None:
    assert compare(asked, name).score < ACCEPT


# Names of three words and more ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("asked", "name"),
    [
        ("Albert Ho", "Albert Ho Chun-yan"),
        ("Josep Borrell", "Josep Borrell Fontelles"),
        ("Vladimir Putin", "Vladimir Vladimirovich Putin"),
        ("Joseph Biden", "Joseph R. Biden"),
        ("Iain Duncan Smiht", "Iain Duncan Smith"),
        ("Ana de la Crux", "Ana de la Cruz"),
    ],
)
def test_of_three_words_one_may_be_missing_or_mistyped(asked: str, name: str) -> None:
    assert compare(asked, name).score >= ACCEPT


@pytest.mark.parametrize(
    ("asked", "name"),
    [
        ("Nguyen Anh", "Nguyen The Anh"),
        ("Kim Jong", "Kim Jong Un"),
        ("Han Su", "Han Jang Su"),
        ("Chen Guo", "Chen Quan Guo"),
        ("John Paul", "John Paul Jones"),
        ("Charles Louis Michel", "Charles Michel"),
        ("Chen Quan Gou", "Chen Quan Guo"),
        ("Fazeel Peshawari", "Fazeel Shaykh Abu Mohammed Ameen Peshawari"),
        ("Abdul Ishak", "Abdul Manan Mohammad Ishak"),
        ("Muhammad Ibrahim", "Muhammad Sholeh Ibrahim"),
        ("Ahmed Jan", "Ahmed Jan Akhundzada Wazir"),
    ],
)
def test_what_tells_two_people_apart_may_not_be_missing(asked: str, name: str) -> None:
    assert compare(asked, name).score < ACCEPT


# Other scripts ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("asked", "names"),
    [
        ("西", ("Xi Jinping", "Xi")),
        ("徐东", ("Wang Xudong",)),
        ("王晓红", ("Wang Xiaohong",)),
        ("王晓红", ("王小洪",)),
        ("高石早苗", ("高市早苗",)),
        ("Герман", ("German",)),
    ],
)
def test_the_sound_alone_is_nobody(asked: str, names: tuple[str, ...]) -> None:
    index = NameIndex([Name(name, "known", weak=len(name) == 2, person=True) for name in names])
    assert index.resolve(asked).entity is None


@pytest.mark.parametrize(
    ("asked", "name"), [("陳全國", "陈全国"), ("张明", "張明"), ("啟德", "启德"), ("蔣介石", "蒋介石")]
)
def test_traditional_and_simplified_characters_are_one_name(asked: str, name: str) -> None:
    assert taken_for(people(name), asked) == ("exact", name)


def test_a_letter_that_only_uyghur_begins_with_is_read_as_uyghur() -> None:
    names = [Name("ئىلھام توختى", "ilham", person=True)]
    assert NameIndex(names).resolve("ئىلھام توختي").entity == "ilham"


def test_uyghur_letters_are_read_with_a_and_e_as_one() -> None:
    index = people("Rayhan Asat", "Rahima Mahmut")
    assert index.resolve("رەيھان ئەسەت").entity == "rayhan asat"
    assert index.resolve("رەھىمە مەھمۇت").entity == "rahima mahmut"
    assert index.resolve("رەھىم مەھمۇت").entity is None


@pytest.mark.parametrize(("kind", "enough"), [("pinyin", 0.9), ("Arabic", 0.8), ("Uyghur", 1.0), ("Han", 0.9)])
def test_a_spelling_by_ear_is_hinted_at_and_takes_nobody_for_another(kind: str, enough: float) -> None:
    index = people(*dict.fromkeys(name for _, name, _ in HINTS))
    cases = [(asked, name.casefold()) for asked, name, which in HINTS if which == kind]
    found = [(index.resolve(asked), name) for asked, name in cases]
    assert all(one.entity in (None, name) for one, name in found)
    hinted = sum(name in [candidate.entity for candidate in one.candidates] for one, name in found)
    assert hinted >= enough * len(cases) > 0


PASTED = {
    "compatibility": "𝐀𝐧𝐧𝐚 Ⓣréntino",
    "full width": "Ａｎｎａ　Ｔｒéｎｔｉｎｏ",
    "spaces of all kinds": " \tAnna\u2009\u3000 Tréntino\u202f ",
    "zero width": "\ufeffAn\u200bna Trén\u00adti\u2060no",
}


@pytest.mark.parametrize("asked", PASTED.values(), ids=PASTED)
def test_the_same_letters_pasted_from_anywhere_are_an_exact_name(asked: str) -> None:
    assert taken_for(people("Anna Tréntino"), asked) == ("exact", "anna tréntino")
    assert taken_for(people("Brian O’Brien"), "Brian OꞌBrien") == ("exact", "brian o’brien")


@pytest.mark.parametrize(
    ("asked", "name"),
    [
        ("Zh\u0430ng Ming", "Zhang Ming"),
        ("\u0410nna Tr\u0435ntin\u043e", "Anna Trentino"),
        ("\u0391nna Trentino", "Anna Trentino"),
        ("Чжaн Мин", "Чжан Мин"),
        ("Анна Trentino", "Anna Trentino"),
    ],
)
def test_letters_of_two_alphabets_in_one_name_are_said_and_never_exact(asked: str, name: str) -> None:
    found = people(name).resolve(asked)
    assert (found.how, found.entity) == ("fuzzy", name.casefold())
    assert (found.score, found.remark) == (0.95, "letters of more than one alphabet")
    assert people(asked).resolve(asked).how == "exact"


# Topics and hints -------------------------------------------------------------------------------------------------------


def test_what_is_called_after_a_topic_is_not_the_topic() -> None:
    index = NameIndex(
        [Name("human rights in China", "record", topic=True), Name("Labour", "labour"), Name("Commons", "mps")]
    )
    assert index.resolve("human rights in china").how == "exact"
    assert index.resolve("HUMAN RIGHTS IN CHINA").how == "exact"
    assert index.resolve("Human Rights in China").entity is None
    assert index.resolve("forced labour").candidates == ()


@pytest.mark.parametrize("asked", ["Government", "Ministry", "Embassy"])
def test_a_word_of_very_many_bodies_brings_none_to_mind(asked: str) -> None:
    index = load().corpus.names
    assert index.resolve(asked).candidates == ()


@pytest.mark.parametrize(
    ("asked", "guess"), [("Zhang Bin", "zhang-ming"), ("西", "xi-jinping"), ("King Michel", "charles-michel")]
)
def test_who_is_not_known_gets_a_hint_that_makes_sense(asked: str, guess: str) -> None:
    found = load().corpus.names.resolve(asked)
    assert found.entity is None
    assert guess in [one.entity for one in found.candidates]
    assert len(found.candidates) <= 3


# Many names -------------------------------------------------------------------------------------------------------------

BEGINNINGS = ("Ab", "Be", "Ca", "Do", "El", "Fi", "Go", "Hu")
GIVEN = [first + last for first in BEGINNINGS for last in ("lan", "min", "ron", "tis", "vik", "wen", "zar")]


def test_what_cannot_be_compared_with_all_that_is_near_is_not_decided() -> None:
    crowd = [f"J{one.lower()}{other.lower()} Smith" for one in GIVEN for other in GIVEN]
    assert len(crowd) > MOST
    found = people(*crowd).resolve("J. Smith")
    assert (found.how, found.entity) == ("ambiguous", None)


def test_among_very_many_a_name_in_another_spelling_is_still_found() -> None:
    crowd = [f"Chen {one}{other.lower()}" for one in GIVEN for other in GIVEN]
    index = people(*crowd, "Chen Quanguo", "Erkin Tuniyaz")
    for asked in ("Quan-guo Chen", "Chen Quan Guo", "CHEN, Quanguo"):
        assert index.resolve(asked).entity == "chen quanguo"
    assert index.resolve("Erken Tunyaz").entity == "erkin tuniyaz"


@pytest.mark.parametrize("name", ["Ƹ", "ʹ", "ﹰ", "ـ"])
def test_a_letter_without_a_reading_is_a_name_all_the_same(name: str) -> None:
    index = NameIndex([Name(name, "it"), Name("Ada", "ada")])
    assert taken_for(index, name) == ("exact", "it")
