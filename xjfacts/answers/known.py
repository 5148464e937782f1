"""What was known by a day: the documents published until then, and what they say.

A document counts whose date, as far as it is known, lies no later than the last day asked for. Of relations between
facts, those to documents that came later are gone; entities keep all their names.
"""

from __future__ import annotations

from msgspec import structs

from xjfacts.corpus.index import Corpus
from xjfacts.corpus.model import Fact
from xjfacts.corpus.values import FactIds
from xjfacts.dates import Edtf


def published_by(corpus: Corpus, date: Edtf) -> Corpus:
    """Return the corpus without the documents that were, or may have been, published after the date."""
    documents = {key: one for key, one in corpus.documents.items() if one.published.possible[1] <= date.latest}
    facts = {key: fact for key, fact in corpus.facts.items() if fact.document in documents}
    kept = {key: _without_others(fact, facts) for key, fact in facts.items()}
    return Corpus(corpus.entities, documents, kept, corpus.stamp.sha256)


def _without_others(fact: Fact, facts: dict[str, Fact]) -> Fact:
    ids = ((name, getattr(fact, name)) for name in fact.__struct_fields__ if name != "formerly")
    lost = {
        name: FactIds(one for one in value if one in facts)
        for name, value in ids
        if isinstance(value, FactIds) and any(one not in facts for one in value)
    }
    return structs.replace(fact, **lost) if lost else fact
