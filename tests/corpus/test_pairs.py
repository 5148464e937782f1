"""Who has sanctioned whom: imposed while any imposing was not lifted, whatever the order and precision of the dates."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pytest

from xjfacts.corpus.index import Corpus
from xjfacts.corpus.model import Cite, Country, Document, EntityIds, Identity, Organisation, Person, Sanction
from xjfacts.corpus.pairs import answer_pair, answers_beside, is_under_sanctions
from xjfacts.corpus.values import FactIds, OneOrMore
from xjfacts.dates import Edtf

ENTITIES = (
    Country(id="freedonia", name="Freedonia"),
    Organisation(id="treasury", name="Freedonian Treasury", part_of=EntityIds(["freedonia"])),
    Organisation(id="navy", name="Freedonian Navy", part_of=EntityIds(["freedonia"])),
    Organisation(id="corps", name="Sylvanian Corps"),
    Organisation(id="bureau", name="Bureau of the Corps", part_of=EntityIds(["corps"])),
    Person(id="trentino", name="Anna Trentino"),
)
PROVEN = {"gist": "Freedonia and Trentino.", "cite": (Cite(p=1, quote=OneOrMore(["a sanction"])),)}


def sanction(key: str, status: str, date: str | None = None, **more: Any) -> Sanction:
    """Return a sanction of Freedonia on Trentino, unless `more` says otherwise; a key without a document is of 2024."""
    dates = {
        name: None if text is None else Edtf(text)
        for name, text in (("date", date), ("as_of", more.pop("as_of", None)))
    }
    ids = {name: EntityIds([more.pop(name, who)]) for name, who in (("by", "freedonia"), ("target", "trentino"))}
    relations = {name: FactIds(keys) for name, keys in more.items()}
    full = key if "/" in key else f"gazette-2024/{key}"
    return Sanction(id=full, status=status, **PROVEN, **dates, **ids, **relations)  # type: ignore[arg-type]


def corpus_of(*facts: Any) -> Corpus:
    documents = {
        name: Document(
            id=name, title="A report", publisher="Gazette", published=Edtf(name.rpartition("-")[2]), dated_by="printed",
            url="https://gazette.example", type="report", origin=OneOrMore(["Gazette"]), sha256="0" * 64,
            body=((1, 9),), paragraphs=9, words=99,
        )
        for name in ("gazette-2022", "gazette-2024")
    }  # fmt: skip
    return Corpus({one.id: one for one in ENTITIES}, documents, {fact.id: fact for fact in facts}, "0" * 64)


def word(facts: Iterable[Any], by: str = "freedonia", on: str = "trentino") -> str:
    return answer_pair(corpus_of(*facts), by, on).word


@pytest.mark.parametrize(
    ("known", "expected"),
    [
        ([("imposed", "2021"), ("lifted", "2023")], "lifted"),
        ([("lifted", "2023"), ("imposed", "2021")], "lifted"),
        ([("lifted", "2023"), ("imposed", None)], "lifted"),
        ([("imposed", "2018"), ("lifted", None)], "lifted"),
        ([("imposed", "2021-03"), ("lifted", "2021")], "lifted"),
        ([("lifted", "2021")], "lifted"),
        ([("lifted", "2019"), ("imposed", "2021")], "imposed"),
        ([("imposed", "2021"), ("lifted", "2023"), ("imposed", "2024-02")], "imposed"),
        ([("imposed", "2020"), ("imposed", "2021"), ("lifted", "2023")], "imposed"),
        ([("imposed", "2021"), ("not-imposed", "2023")], "imposed"),
        ([("not-imposed", "2023"), ("called-for", "2024")], "not-imposed"),
        ([("considered", "2023"), ("called-for", "2024"), ("ruled-out", "2024")], "no-record"),
        ([], "no-record"),
    ],
)
def test_imposed_while_any_imposing_is_not_surely_lifted(known: list[tuple[str, str | None]], expected: str) -> None:
    assert word(sanction(f"f{place}", *one) for place, one in enumerate(known)) == expected


def test_a_lifting_ends_all_that_it_names_and_nothing_else() -> None:
    both = sanction("a", "imposed", "2020"), sanction("b", "imposed", "2021")
    assert word([*both, sanction("end", "lifted", "2023", lifts=["gazette-2024/a"])]) == "imposed"
    assert word([*both, sanction("end", "lifted", "2023", lifts=["gazette-2024/a", "gazette-2024/b"])]) == "lifted"


def test_imposings_that_corroborate_each_other_are_one() -> None:
    first = sanction("gazette-2022/a", "imposed", "2021")
    second = sanction("b", "imposed", "2021", corroborates=[first.id])
    assert word([first, second, sanction("end", "lifted", "2023")]) == "lifted"
    assert word([first, second, sanction("end", "lifted", "2023", lifts=[first.id])]) == "lifted"


def test_a_list_that_still_has_somebody_is_not_ended_by_an_earlier_lifting() -> None:
    assert word([sanction("a", "imposed", "2018", as_of="2024-02"), sanction("end", "lifted", "2023")]) == "imposed"


def test_a_part_acts_for_the_whole_but_its_refusal_does_not_bind_it() -> None:
    by_part = [sanction("a", "imposed", "2021", by="treasury")]
    assert (word(by_part), word(by_part, by="treasury"), word(by_part, by="navy")) == (
        "imposed",
        "imposed",
        "no-record",
    )
    refusal = [sanction("a", "not-imposed", as_of="2021", by="treasury")]
    assert (word(refusal), word(refusal, by="treasury")) == ("no-record", "not-imposed")


def test_a_whole_lifts_what_its_part_imposed() -> None:
    facts = [sanction("a", "imposed", "2021", by="treasury"), sanction("end", "lifted", "2022")]
    assert (word(facts), word(facts, by="treasury"), word(facts, by="navy")) == ("lifted", "lifted", "no-record")
    assert not is_under_sanctions(corpus_of(*facts), "trentino")


def test_what_is_imposed_on_a_part_of_a_body_is_not_imposed_on_the_body_and_named_beside_it() -> None:
    corpus = corpus_of(
        sanction("a", "imposed", "2021", target="bureau"), sanction("b", "not-imposed", as_of="2021", target="corps")
    )
    assert answer_pair(corpus, "freedonia", "corps").word == "not-imposed"
    assert [(one.by, one.on, one.word) for one in answers_beside(corpus, "freedonia", "corps")] == [
        ("freedonia", "bureau", "imposed")
    ]
    assert [(one.by, one.on, one.word) for one in answers_beside(corpus, "treasury", "corps")] == [
        ("freedonia", "corps", "not-imposed"), ("freedonia", "bureau", "imposed"),
    ]  # fmt: skip


# What cannot both be true --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("facts", "is_contested"),
    [
        ([sanction("a", "imposed", "2021"), sanction("b", "not-imposed", as_of="2023")], True),
        ([sanction("a", "imposed", as_of="2023-01-21"), sanction("b", "not-imposed", as_of="2023-02")], True),
        ([sanction("a", "imposed", "2021", by="treasury"), sanction("b", "not-imposed", as_of="2023")], True),
        ([sanction("a", "imposed", "2021"), sanction("b", "not-imposed", as_of="2023", by="treasury")], False),
        ([sanction("a", "imposed", "2021"), sanction("b", "not-imposed", as_of="2020")], False),
        ([sanction("a", "imposed", "2023-02-20"), sanction("b", "not-imposed", as_of="2023-02")], False),
        ([sanction("a", "imposed"), sanction("b", "not-imposed", as_of="2023")], False),
        (
            [
                sanction("a", "imposed", "2021"),
                sanction("b", "not-imposed", as_of="2023"),
                sanction("c", "lifted", "2022"),
            ],
            False,
        ),
    ],
)
def test_a_refusal_contradicts_an_imposing_that_surely_came_before_it(
    facts: list[Sanction], is_contested: bool
) -> None:
    found = corpus_of(*facts).contests
    a, b = "gazette-2024/a", "gazette-2024/b"
    assert found == ({a: (b,), b: (a,)} if is_contested else {})


def test_two_dates_of_birth_without_a_day_in_common_contradict_each_other() -> None:
    def born(key: str, when: str) -> Identity:
        return Identity(id=f"gazette-2024/{key}", of=EntityIds(["trentino"]), born=Edtf(when), **PROVEN)  # type: ignore[arg-type]

    corpus = corpus_of(born("a", "1961"), born("b", "1961-12"), born("c", "1962-01"))
    assert corpus.contests["gazette-2024/c"] == ("gazette-2024/a", "gazette-2024/b")
    assert corpus.contests["gazette-2024/b"] == ("gazette-2024/c",)
