"""What a begun word can become: a name that means one entity, an id, a word of a closed list; and nothing that misleads."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from conftest import SMALL

from xjfacts.answers.questions import Facts
from xjfacts.cli.completion import WORDS, Offer, offer_ids, offer_names, offer_words
from xjfacts.corpus.index import Corpus
from xjfacts.corpus.loader import load_corpus
from xjfacts.errors import UsageError

SPELLINGS = """
[person.harpo]
name = "Zoë O’Hara"
names = ["Harpo"]
search = ["哈波"]

[person.chico]
name = "Chico Harpo"

[person.first-lee]
name = "Lee"

[person.second-lee]
name = "Lee"

[person.turned]
name = "Mallory\\u202e Evil"

[person.born-elsewhere]
name = "哈利"
"""


@pytest.fixture(scope="module")
def small() -> Corpus:
    return load_corpus([SMALL])


@pytest.fixture
def spelt(tmp_path: Path) -> Corpus:
    (tmp_path / "names.toml").write_text(SPELLINGS, encoding="utf-8")
    return load_corpus([str(tmp_path)])


def values(offers: Sequence[Offer]) -> list[str]:
    return [offer.value for offer in offers]


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        ("zoe", ["Zoë O’Hara"]),
        ("ZOË O", ["Zoë O’Hara"]),
        ("oha", ["Zoë O’Hara"]),
        ("o'h", ["Zoë O’Hara"]),
        ("har", ["Harpo", "Chico Harpo"]),
        ("ch", ["Chico Harpo"]),
        ("哈", ["哈波", "哈利"]),
        ("hara", []),
        ("arpo", []),
        ("zoe x", []),
    ],
)
def test_a_name_is_offered_where_it_or_a_word_in_it_begins_as_typed(
    spelt: Corpus, typed: str, offered: list[str]
) -> None:
    assert values(offer_names(spelt, typed)) == offered


def test_words_before_the_typed_one_belong_to_the_name_and_are_not_offered_again(small: Corpus) -> None:
    assert values(offer_names(small, "tr", before=["anna"])) == ["Trentino"]
    assert values(offer_names(small, "", before=["anna"])) == ["Trentino"]
    assert values(offer_names(small, "", before=["anna", "trentino"])) == []
    assert values(offer_names(small, "tr", before=["gloria"])) == []


def test_a_name_of_several_or_with_hidden_characters_is_not_offered(spelt: Corpus) -> None:
    assert values(offer_names(spelt, "lee")) == []
    assert values(offer_names(spelt, "mall")) == []
    assert "Lee" not in values(offer_names(spelt, ""))


def test_every_name_offered_is_exactly_one_entity(small: Corpus) -> None:
    shipped = load_corpus()
    for corpus in (small, shipped):
        starts = {name[:2] for entity in corpus.entities.values() for name in (entity.name, *entity.search)}
        for start in sorted(starts):
            for offer in offer_names(corpus, start):
                entity = corpus.entities[str(Facts(corpus).find(offer.value).id)]
                assert offer.value in (entity.name, *entity.names, *entity.weak, *entity.search), offer


def test_every_entity_of_the_shipped_facts_is_offered_for_its_name() -> None:
    corpus = load_corpus()
    for entity in corpus.entities.values():
        assert entity.name in values(offer_names(corpus, entity.name)), entity.id


def test_in_a_role_only_those_are_offered_who_occur_in_it(small: Corpus) -> None:
    offered = values(offer_names(small, "", among=small.entities_as("sanction", "by")))
    assert offered == ["Freedonia", "Freedonian Treasury", "Sylvania"]


def test_each_name_comes_with_what_tells_it_from_others(small: Corpus) -> None:
    (offer,) = offer_names(small, "anna")
    assert offer.about == "ambassador, Sylvania, as of 2024-05-02"


def test_facts_are_offered_by_either_part_of_their_id_but_not_before_anything_is_typed(small: Corpus) -> None:
    assert values(offer_ids(small, "gazette-2024/treasury", kinds=("fact",))) == [
        "gazette-2024/treasury-sanctioned-trentino"
    ]
    assert values(offer_ids(small, "treasury", kinds=("fact",))) == ["gazette-2024/treasury-sanctioned-trentino"]
    assert values(offer_ids(small, "", kinds=("document", "fact"))) == ["courier-2024", "gazette-2024"]
    assert values(offer_ids(small, "anna", kinds=("document", "fact", "entity"))) == ["anna-trentino"]


@pytest.mark.parametrize("which", ["status", "type", "outcome", "act"])
def test_the_words_offered_are_the_words_accepted(small: Corpus, which: str) -> None:
    ask = {"status": Facts.sanctions, "type": Facts.events, "outcome": Facts.events, "act": Facts.said}[which]
    for word in WORDS[which]:
        ask(Facts(small), **{which: word})
    with pytest.raises(UsageError, match=f"it takes {', '.join(word for word in WORDS[which] if word != 'all')}"):
        ask(Facts(small), **{which: "nothing of the kind"})
    assert values(offer_words(which, WORDS[which][0][:3])) == [WORDS[which][0]]
