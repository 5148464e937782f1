"""The words of facts: which are held, and that a file of tables holds the very words that memory does."""

from __future__ import annotations

import re
import shutil
import time
from pathlib import Path

import pytest
from conftest import SMALL

from xjfacts.corpus import manifest, snapshot
from xjfacts.corpus.cache import Cache
from xjfacts.corpus.fulltext import APART, sequence
from xjfacts.corpus.loader import load_corpus
from xjfacts.corpus.model import ROLES
from xjfacts.corpus.snapshot import Snapshot

HOSTILE = """
[claim.hostile]
gist = "The FBI's mother-in-law, d'Abbé \\u201cof\\u201d the EU\\u2019s O'Brien \\" OR gist : x* NEAR(a b) ^(1) -- in 2024."
cite = [{ p = 1, quote = "{}" }]
subjects = "freedonia"
"""


@pytest.mark.parametrize(
    ("text", "held"),
    [
        ("The EU's External Action", ["the eus external action", "the eu external action"]),
        ("d’Abbé, l'Université", ["dabbe luniversite", "abbe universite"]),
        ("mother-in-law U.S. 1,000", ["mother in law us 1 000"]),
        ("'quoted' rock 'n' roll", ["quoted rock n roll"]),
    ],
)
def test_what_stands_between_apostrophes_is_a_word_too(text: str, held: list[str]) -> None:
    assert sequence([text]).split(APART) == held


@pytest.fixture
def both(tmp_path: Path) -> tuple[Snapshot, object]:
    """The small corpus with a fact of what could be taken for syntax, as it is kept and as it is read."""
    folder = Path(shutil.copytree(SMALL, tmp_path / "facts"))
    paper = folder / "courier-2024.toml"
    quote = re.search('quote = "(.*?)"', paper.read_text())
    assert quote is not None
    paper.write_text(paper.read_text() + HOSTILE.replace("{}", quote[1]))
    time.sleep(2 * manifest.TICK / 1e9)
    cache = Cache(str(tmp_path / "cache"), "test")
    snapshot.load([str(folder)], cache)
    kept = snapshot.load([str(folder)], cache)
    assert isinstance(kept, Snapshot)
    return kept, load_corpus([str(folder)])


def test_every_word_and_every_two_side_by_side_are_held_by_the_same_facts_kept_and_in_memory(both: tuple) -> None:
    kept, read = both
    texts = [text for texts in read.words.by_place.values() for text in texts]
    words = sorted({word for text in texts for word in text.split()} - {APART.strip()})
    assert kept.words.known([*words, "nothing", "b"]) == read.words.known([*words, "nothing", "b"]) > set(words[:9])
    pairs = {f"{one} {other}" for text in texts for one, other in zip(text.split(), text.split()[1:], strict=False)}
    phrases = [*words, *sorted(pair for pair in pairs if APART.strip() not in pair), "camps the", "nothing", "or gist"]
    for phrase in phrases:
        assert kept.words.holding(phrase) == read.words.holding(phrase), phrase


def test_every_word_of_an_imprint_is_had_by_the_same_documents_kept_and_in_memory(both: tuple) -> None:
    kept, read = both
    words = {word for texts in read.words.imprints.values() for text in texts for word in text.split()}
    assert kept.words.known_in_print([*words, "nothing"]) == read.words.known_in_print([*words, "nothing"])
    for word in sorted(words - {APART.strip()}):
        assert kept.words.printed(word) == read.words.printed(word), word
    assert [kept.document_at(at) for at in range(len(read.documents))] == list(read.documents)


def test_facts_are_found_by_label_use_and_day_as_in_memory(both: tuple) -> None:
    kept, read = both
    for field, value in [*read.by_label, ("status", "lifted"), ("title", "nobody"), ("reference", "1")]:
        assert kept.labelled(field, [value, "no such"]) == read.labelled(field, [value, "no such"]), (field, value)
    for kind, roles in ROLES.items():
        assert [*map(list, kept.timeline(kind))] == [*map(list, read.timeline(kind))]
        assert list(kept.facts_of_kind(kind)) == list(read.facts_of_kind(kind))
        for entity in read.entities:
            for some in (roles, roles[:1], roles[1:]):
                assert kept.numbers_with(entity, kind, some) == read.numbers_with(entity, kind, some)


def test_facts_have_the_same_numbers_and_groups_kept_and_in_memory(both: tuple) -> None:
    kept, read = both
    assert [kept.fact_at(at) for at in range(len(read.facts))] == list(read.facts)
    assert kept.groups == read.groups != {}
