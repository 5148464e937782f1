"""Records asked for by their ids."""

from __future__ import annotations

import pytest
from conftest import ids

from xjfacts.answers.questions import Facts
from xjfacts.errors import NotFound


def test_sources_lists_the_documents_and_of_one_its_facts_by_paragraph(facts: Facts) -> None:
    assert ids(facts.sources()) == ["gazette-2024", "courier-2024"]
    document, *rest = facts.sources("gazette")
    assert document.facts == {"position": 1, "sanction": 4, "event": 3, "statement": 2, "figure": 1, "claim": 1}
    paragraphs = [fact.citations[0].paragraph for fact in rest]
    assert len(rest) == 12
    assert paragraphs == sorted(paragraphs)


def test_show_gives_facts_documents_and_entities_in_the_order_asked(facts: Facts) -> None:
    answer = facts.show("anna-trentino", "courier-2024", "courier-2024/visit-cancelled")
    assert [result.kind for result in answer] == ["person", "document", "event"]


def test_an_unknown_id_names_the_nearest(facts: Facts) -> None:
    with pytest.raises(NotFound, match="did you mean 'courier-2024/visit-cancelled'"):
        facts.show("courier-2024/visit-canceled")
