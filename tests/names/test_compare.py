"""Names: what must be found, by which rung, and above all what must not."""

from __future__ import annotations

import subprocess
import sys
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xjfacts import load
from xjfacts.corpus.index import names_of
from xjfacts.errors import UsageError
from xjfacts.names.compare import ACCEPT, NEAR, SURNAME, compare
from xjfacts.names.folding import LONGEST_QUESTION, check_question, fold, key
from xjfacts.names.lookup import MANY, NameIndex
from xjfacts.names.table import Name

GOLDEN = [line.split("\t") for line in (Path(__file__).parent / "names.tsv").read_text("utf-8").splitlines()[1:]]
FOUND_AT_LEAST = 0.97  # of the spellings that no fact file lists
FUZZY = ("lexicon", "skeleton", "words", "compare", "shortlist")  # the modules that an exact look-up does without

SMALL = (
    Name("Erkin Tuniyaz", "erkin-tuniyaz", person=True),
    Name("Tuniyaz", "erkin-tuniyaz", person=True),
    Name("Zhang Ming", "zhang-ming", person=True),
    Name("张明", "zhang-ming", person=True),
    Name("Wang Junzheng", "wang-junzheng", person=True),
    Name("Alistair Carmichael", "alistair-carmichael", person=True),
    Name("Iain Duncan Smith", "iain-duncan-smith", person=True),
    Name("Duncan Smith", "iain-duncan-smith", person=True),
    Name("Emmanuel Macron", "emmanuel-macron", person=True),
    Name("Macron", "emmanuel-macron", weak=True, person=True),
    Name("Carolyn Harris", "carolyn-harris", person=True),
    Name("Tom Harris", "tom-harris", person=True),
    Name("Brussels", "brussels"),
    Name("European Union", "eu"),
    Name("Brussels", "eu", weak=True),
    Name("Vienna Convention", "vienna-convention"),
    Name("Ireland", "ireland"),
    Name("Embassy of Ireland", "irish-embassy"),
    Name("Nigeria", "nigeria"),
    Name("People's Republic of China", "china"),
    Name("EU-China summit of April 2022", "summit-2022"),
    Name("diplomatic source", "source-2018", weak=True),
    Name("diplomatic source", "source-2021", weak=True),
    Name("Хуа Чуньин", "hua-chunying", person=True),
)


@pytest.fixture(scope="module")
def index() -> NameIndex:
    return NameIndex(SMALL, lambda entity: ["president", "france"] if entity == "emmanuel-macron" else [])


@pytest.fixture(scope="module")
def shipped() -> NameIndex:
    return load().corpus.names


# Questions --------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("asked", ["", "  ", "...", "!?", "\u200b", "\udcff\udcfe", "x" * (LONGEST_QUESTION + 1)])
def test_a_question_that_cannot_name_anything_is_refused_in_one_line(asked: str, index: NameIndex) -> None:
    with pytest.raises(UsageError) as refused:
        index.resolve(asked)
    assert "\n" not in str(refused.value)


def test_a_question_of_the_greatest_length_is_answered(index: NameIndex) -> None:
    assert index.resolve(check_question("an" * (LONGEST_QUESTION // 2))).how == "none"


# Folding ----------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("Erkin Tuniyaz", "erkin tuniyaz"),
        ("ＥＲＫＩＮ　ＴＵＮＩＹＡＺ", "erkin tuniyaz"),
        ("Erkin\u00a0\u2003Tuniyaz\t", "erkin tuniyaz"),
        ("Er\u200bkin Tuni\u00adyaz", "erkin tuniyaz"),
        ("Erkın Tunıyaz", "erkin tuniyaz"),
        ("İstanbul", "istanbul"),
        ("Straße", "strasse"),
        ("Éire", "eire"),
        ("Bachelet’s visit", "bachelets visit"),
        ("envoys' letter", "envoys letter"),
        ("Zhang-Ming", "zhang ming"),
        ("U.S.", "us"),
        ("U.S.A. Treasury", "usa treasury"),
        ("Procter & Gamble", "procter and gamble"),
        ("Łukasz Ørsted Æther", "lukasz orsted aether"),
        ("Эркин Тунияз", "erkin tuniyaz"),
        ("艾尔肯·吐尼亚孜", "aierken tuniyazi"),
        ("ئەركىن تۇنىياز", "erkin tuniyaz"),
        ("باراك أوباما", "brk wbm"),
        ("Еrkin Tuniyаz", "erkin tuniyaz"),
    ],
)
def test_all_ways_to_write_the_same_letters_fold_alike(written: str, folded: str) -> None:
    assert fold(written) == folded


@given(st.text())
def test_folding_gives_plain_words_and_is_done_once(text: str) -> None:
    folded = fold(text)
    assert folded.isascii()
    assert all(word.isalnum() and word == word.lower() for word in folded.split())
    assert folded == " ".join(folded.split()) == fold(folded)


@given(st.text(alphabet=st.characters(whitelist_categories=("Lu", "Ll"), max_codepoint=0x24F)))
def test_accents_may_be_composed_or_not(text: str) -> None:
    assert fold(unicodedata.normalize("NFD", text)) == fold(unicodedata.normalize("NFC", text))


def test_the_order_of_the_words_and_the_article_make_no_other_name() -> None:
    assert key("Tuniyaz, Erkin") == key("Erkin Tuniyaz")
    assert key("The Foreign Office") == key("Foreign Office")


def test_names_that_only_sound_alike_have_different_keys() -> None:
    assert key("张明") != key("张鸣")
    assert key("张 明") == key("张明")


# Comparing --------------------------------------------------------------------------------------------------------------


def test_a_comparison_says_which_words_pair_and_how() -> None:
    match = compare("Governor Tunyaz, Erken", "Erkin Tuniyaz")
    assert {(pair.asked, pair.name, pair.how) for pair in match.pairs} == {
        ("erken", "erkin", "typo"),
        ("tunyaz", "tuniyaz", "typo"),
    }
    assert match.dropped == ("governor",)
    assert ACCEPT <= match.score < 1


def test_a_comparison_says_which_words_are_left_over_on_either_side() -> None:
    match = compare("Michelle Obama", "Michelle Bachelet")
    assert match.left_over_asked == ("obama",)
    assert match.left_over_name == ("bachelet",)
    assert match.score < NEAR


@pytest.mark.parametrize(
    ("asked", "name"),
    [
        ("Chen Quan Guo", "Chen Quanguo"),
        ("ErkinTuniyaz", "Erkin Tuniyaz"),
        ("Wang Jun-zheng", "Wang Junzheng"),
        ("Craig McKinlay", "Craig Mackinlay"),
        ("E. Tuniyaz", "Erkin Tuniyaz"),
        ("JC Juncker", "Jean-Claude Juncker"),
        ("Josep Borrel", "Josep Borrell"),
        ("Emmanuel Marcon", "Emmanuel Macron"),
        ("Xinjiang governor Erkin Tuniyaz", "Erkin Tuniyaz"),
        ("Lib Dem MP Layla Moran", "Layla Moran"),
        ("Sir Iain Duncan Smith MP", "Iain Duncan Smith"),
        ("United Nations Human Rights Office", "UN Human Rights Office"),
        ("夏爾·米歇爾", "夏尔·米歇尔"),
        ("Закир Шохрат", "Shohrat Zakir"),
    ],
)
def test_the_same_name_in_another_spelling_is_accepted(asked: str, name: str) -> None:
    assert compare(asked, name).score >= ACCEPT


@pytest.mark.parametrize(
    ("asked", "name"),
    [
        ("Xi Jinpeng", "Xi Jinping"),
        ("Wang Yu", "Wang Yi"),
        ("Chen Quanguo", "Cheng Quanguo"),
        ("Zhang M.", "Zhang Ming"),
        ("Janet Darby", "Janet Daby"),
        ("Chris Bryans", "Chris Bryant"),
        ("Carolyn Farris", "Carolyn Harris"),
        ("Roman Abramovich", "Boris Abramovich"),
        ("Erkin Tuniyaz Junior School", "Erkin Tuniyaz"),
        ("Republic of China", "People's Republic of China"),
        ("EU-China summit of April 2021", "EU-China summit of April 2022"),
        ("President of China", "China"),
        ("Mrs Macron", "Macron"),
        ("Council of Europe", "European Council"),
        ("US", "Russia"),
        ("Li", "Oliver Stone"),
        ("习近朋", "习近平"),
        ("王毅", "王义"),
        ("김종은", "김정은"),
    ],
)
def test_another_person_or_body_is_not_accepted_however_alike(asked: str, name: str) -> None:
    assert compare(asked, name).score < ACCEPT


@pytest.mark.parametrize("form", ["{}", "Embassy of {}", "{} government"])
@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Austria", "Australia"),
        ("Niger", "Nigeria"),
        ("Iran", "Iraq"),
        ("Iceland", "Ireland"),
        ("Slovakia", "Slovenia"),
        ("Gambia", "Zambia"),
        ("Mali", "Malta"),
        ("Dominica", "Dominican Republic"),
        ("North Korea", "South Korea"),
    ],
)
def test_a_state_is_never_taken_for_its_neighbour_in_spelling(form: str, one: str, other: str) -> None:
    assert compare(form.format(one), form.format(other), person=False).score < ACCEPT
    assert compare(form.format(other), form.format(one), person=False).score < ACCEPT


@given(st.text(max_size=40), st.text(max_size=40))
def test_every_score_lies_between_0_and_1(asked: str, name: str) -> None:
    if any(map(str.isalnum, asked)):
        assert 0.0 <= compare(asked, name).score <= 1.0


# Finding ----------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("asked", "how", "entity"),
    [
        ("erkin-tuniyaz", "id", "erkin-tuniyaz"),
        ("ERKIN TUNIYAZ", "exact", "erkin-tuniyaz"),
        ("Tuniyaz, Erkin", "exact", "erkin-tuniyaz"),
        ("Tuniyaz Erkin", "fuzzy", "erkin-tuniyaz"),
        ("张明", "exact", "zhang-ming"),
        ("張明", "exact", "zhang-ming"),
        ("Erken Tunyaz", "fuzzy", "erkin-tuniyaz"),
        ("Carmichael", "fuzzy", "alistair-carmichael"),
        ("Mr Carmichael", "fuzzy", "alistair-carmichael"),
        ("President Macron", "fuzzy", "emmanuel-macron"),
        ("Khua Chunin", "fuzzy", "hua-chunying"),
        ("Alistair", "near", None),
        ("Carmich", "near", None),
        ("Zhang Meng", "near", None),
        ("Macron", "fuzzy", "emmanuel-macron"),
        ("Makron", "fuzzy", "emmanuel-macron"),
        ("Lord Carmichael", "near", None),
        ("Smith", "near", None),
        ("Convention", "near", None),
        ("张鸣", "near", None),
        ("Niger", "none", None),
    ],
)
def test_the_first_rung_that_answers_wins(asked: str, how: str, entity: str | None, index: NameIndex) -> None:
    resolution = index.resolve(asked)
    assert (resolution.how, resolution.entity) == (how, entity)


def test_a_strong_name_wins_against_a_weak_one_unless_the_role_says_otherwise(index: NameIndex) -> None:
    assert index.resolve("Brussels").entity == "brussels"
    assert index.resolve("Brussels", among={"eu", "china"}).entity == "eu"
    assert index.resolve("Brussels", among={"brussels", "eu"}).entity == "brussels"
    assert index.resolve("Brussels", among={"china"}).entity == "brussels"


def test_an_entity_that_fits_better_wins_against_one_in_the_role(index: NameIndex) -> None:
    assert index.resolve("Erken Tunyaz", among={"zhang-ming"}).entity == "erkin-tuniyaz"


def test_a_tie_is_never_decided_but_by_the_role(index: NameIndex) -> None:
    for asked in ("Harris", "diplomatic source"):
        tied = index.resolve(asked)
        assert (tied.how, tied.entity, len(tied.candidates)) == ("ambiguous", None, 2)
    assert index.resolve("Harris", among={"tom-harris"}).entity == "tom-harris"


def test_a_weak_name_is_found_only_if_it_is_equal(index: NameIndex) -> None:
    assert index.resolve("Brussels", among={"eu"}).entity == "eu"
    assert index.resolve("Brusels", among={"eu"}).entity == "brussels"
    assert index.resolve("diplomatic sorce", among={"source-2018"}).entity is None


def test_candidates_come_best_first_each_entity_once_and_say_why(index: NameIndex) -> None:
    candidates = index.candidates("Carolyn Haris", limit=3)
    assert candidates[0].entity == "carolyn-harris"
    assert [one.score for one in candidates] == sorted((one.score for one in candidates), reverse=True)
    assert len({one.entity for one in candidates}) == len(candidates)
    assert all(one.match is not None and one.match.pairs for one in candidates)


def test_candidates_show_the_weak_name_that_lost(index: NameIndex) -> None:
    assert [(one.entity, one.weak) for one in index.candidates("Brussels")] == [("brussels", False), ("eu", True)]


def test_many_questions_are_answered_as_each_of_them_is(shipped: NameIndex) -> None:
    asked = [spelling for spelling, _, _ in GOLDEN]
    assert len(asked) > 2 * MANY
    index = NameIndex(shipped.table, load().corpus.offices_of)
    for many, one in zip(index.resolve_many(asked), map(shipped.resolve, asked), strict=True):
        assert many == one


def test_nothing_found_has_the_score_of_a_number_with_a_fraction(index: NameIndex) -> None:
    import msgspec

    for asked in ("Zzyzx", "Niger", "周恩来"):
        assert index.resolve(asked).how == "none"
        assert msgspec.json.encode(index.resolve(asked).score) == b"0.0"
        assert msgspec.json.encode(compare("Zzyzx", "Tom Harris").score) == b"0.0"


def test_an_exact_name_in_ascii_loads_nothing_that_compares_spellings() -> None:
    asked = "NameIndex([Name('Erkin Tuniyaz', 'a'), Name('张明', 'b')]).resolve('erkin tuniyaz').entity"
    unwanted = ("rapidfuzz", "anyascii", "unicodedata", *(f"xjfacts.names.{one}" for one in FUZZY))
    loaded = f"[name for name in {unwanted} if name in sys.modules]"
    script = f"import sys; from xjfacts.names.lookup import *; print({asked}, {loaded})"
    assert subprocess.check_output([sys.executable, "-c", script], text=True) == "a []\n"


def test_a_fuzzy_name_in_ascii_loads_no_table_of_other_scripts() -> None:
    asked = "NameIndex([Name('Erkin Tuniyaz', 'a'), Name('艾尔肯', 'a')]).resolve('erken tunyaz').entity"
    script = f"import sys; from xjfacts.names.lookup import *; print({asked}, 'anyascii' in sys.modules)"
    assert subprocess.check_output([sys.executable, "-c", script], text=True) == "a False\n"


# The shipped names ------------------------------------------------------------------------------------------------------


def test_every_name_that_a_fact_file_lists_is_found_exactly(shipped: NameIndex) -> None:
    for name in names_of(load().corpus.entities.values()):
        resolution = shipped.resolve(name.text, among={name.entity})
        is_surname = name.person and (resolution.how, resolution.score) == ("fuzzy", SURNAME)
        assert (resolution.entity, resolution.how in {"id", "exact"} or is_surname) == (name.entity, True), name
        if not (name.weak or is_surname):
            assert shipped.resolve(name.text).entity == name.entity, name


def test_of_the_other_spellings_nearly_all_are_found_and_none_is_taken_for_another(shipped: NameIndex) -> None:
    answers = {spelling: (shipped.resolve(spelling).entity, wanted) for spelling, wanted, _ in GOLDEN if wanted}
    assert not {spelling for spelling, (entity, wanted) in answers.items() if entity not in {wanted, None}}
    found = sum(entity == wanted for entity, wanted in answers.values())
    assert found >= FOUND_AT_LEAST * len(answers) > 200 * FOUND_AT_LEAST


def test_other_people_bodies_and_countries_find_nobody(shipped: NameIndex) -> None:
    strangers = [spelling for spelling, wanted, _ in GOLDEN if not wanted]
    assert len(strangers) >= 150
    assert not {one: shipped.resolve(one).candidates for one in strangers if shipped.resolve(one).entity}
    assert "ambiguous" not in {shipped.resolve(one).how for one in strangers}
