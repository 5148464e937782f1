"""Facts that state the same thing are told as one, each field from the first printed that has it."""

from __future__ import annotations

from conftest import SMALL

from xjfacts.corpus.loader import load_corpus
from xjfacts.corpus.model import Cite, EntityIds, Figure, Sanction
from xjfacts.corpus.together import as_one, said_by, told_together
from xjfacts.corpus.values import FactIds, OneOrMore
from xjfacts.dates import Edtf

CITE = (Cite(p=1, quote=OneOrMore(["a sanction"])),)


def test_each_field_comes_from_the_first_that_has_it() -> None:
    listed = Sanction(
        id="list/a", gist="Listed.", cite=CITE, by=EntityIds(["us"]), target=EntityIds(["t"]), status="imposed",
        as_of=Edtf("2023-01-21"), programme="GLOMAG", lifts=FactIds(["x/a"]),
    )  # fmt: skip
    reported = Sanction(
        id="paper/b", gist="Reported.", cite=CITE, by=EntityIds(["treasury"]), target=EntityIds(["t"]), status="imposed",
        date=Edtf("2021"), as_of=Edtf("2023-02"), lifts=FactIds(["x/b"]),
    )  # fmt: skip
    one = as_one(listed, said_by([listed, reported]))
    assert isinstance(one, Sanction)
    assert (one.id, one.gist, one.by, one.programme) == ("list/a", "Listed.", ("us",), "GLOMAG")
    assert (str(one.date), str(one.as_of), one.lifts) == ("2021", "2023-01-21", ("x/a", "x/b"))


def test_the_numbers_of_two_figures_are_never_mixed() -> None:
    figures = [
        Figure(id="a/a", gist="Many.", cite=CITE, measure="people", unit="people", bound="range", low=1, high=2),
        Figure(id="b/b", gist="Many.", cite=CITE, measure="people", unit="people", bound="about", value=2),
    ]
    one = as_one(figures[0], said_by(figures))
    assert isinstance(one, Figure)
    assert (one.low, one.high, one.value) == (1, 2, None)


def test_the_one_that_is_asked_for_comes_first_and_the_others_in_the_order_of_their_print() -> None:
    corpus = load_corpus([SMALL])
    keys = ["gazette-2024/treasury-sanctioned-trentino", "courier-2024/freedonia-sanctioned-trentino"]
    assert [fact.id for fact in told_together(corpus, keys[0])] == keys
    assert [fact.id for fact in told_together(corpus, keys[1])] == keys[::-1]
