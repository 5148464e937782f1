"""The word about a pair of sanctioner and sanctioned: the last of what came decides, and nothing that did not come."""

from __future__ import annotations

import pytest

from xjfacts.corpus.model import Cite, EntityIds, Sanction
from xjfacts.corpus.pairs import word_of_pair
from xjfacts.dates import Edtf


def sanction(key: str, status: str, date: str | None = None) -> Sanction:
    return Sanction(
        id=f"gazette/{key}", gist="Freedonia and Trentino.", cite=(Cite(p=1, quote="a sanction"),),
        by=EntityIds(["freedonia"]), target=EntityIds(["trentino"]), status=status,  # type: ignore[arg-type]
        date=None if date is None else Edtf(date),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("known", "word"),
    [
        ([("imposed", "2021"), ("lifted", "2023")], "lifted"),
        ([("lifted", "2023"), ("imposed", "2021")], "lifted"),
        ([("imposed", "2021"), ("lifted", "2023"), ("imposed", "2024-02")], "imposed"),
        ([("lifted", "2023"), ("imposed", None)], "lifted"),
        ([("imposed", "2021"), ("not-imposed", "2023")], "imposed"),
        ([("not-imposed", "2023"), ("called-for", "2024")], "not-imposed"),
        ([("considered", "2023"), ("called-for", "2024"), ("ruled-out", "2024")], "no-record"),
        ([], "no-record"),
    ],
)
def test_the_last_of_what_came_decides_and_else_a_refusal(known: list[tuple[str, str | None]], word: str) -> None:
    assert word_of_pair(sanction(str(place), *one) for place, one in enumerate(known)) == word
