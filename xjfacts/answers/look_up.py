"""Records by their ids: to be shown, to be cited, or as the curator wrote them; documents also by their words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import partial
from typing import Any

from xjfacts.answers.compose import document_answer, entity_answer, fact_answer, sources
from xjfacts.answers.selection import merged
from xjfacts.answers.sources import Reference, Source
from xjfacts.corpus.fulltext import IMPRINTS
from xjfacts.corpus.index import Corpus
from xjfacts.corpus.model import Document, Fact
from xjfacts.errors import NotFound, suggestion


def get_records(corpus: Corpus, key: str) -> list[Any]:
    """Return a fact, document or entity whole, as an answer; or all facts of the number of a list. Raises NotFound."""
    if key in corpus.facts:
        return [fact_answer(corpus, key)]
    if key in corpus.documents:
        return [document_answer(corpus, corpus.documents[key])]
    if key in corpus.entities:
        return [entity_answer(corpus, corpus.entities[key], is_whole=True)]
    from xjfacts.answers.numbers import facts_of_number  # only where it is not an id

    numbered = facts_of_number(corpus, key)
    if numbered:
        return [fact_answer(corpus, one) for one in merged(corpus, (fact.id for fact in numbered))]
    raise _unknown_id(corpus, "fact, document or entity", key, corpus.documents, corpus.entities)


def find_renamed(corpus: Corpus, ids: Iterable[str]) -> dict[str, str]:
    """Return, of the ids that are no longer in use, those that stand in their place."""
    unknown = [key for key in ids if key not in corpus.facts and key not in corpus.documents]
    old = [key for key in unknown if key not in corpus.entities]
    return {key: corpus.renamed[key] for key in old if key in corpus.renamed}


def get_curated(corpus: Corpus, document: str) -> tuple[Document, tuple[Fact, ...]]:
    """Return a document and its facts, in the order of its file. Raises NotFound."""
    if document not in corpus.documents:
        raise _unknown_id(corpus, "document", document, corpus.documents)
    keys = corpus.facts_by_document[document]
    return corpus.documents[document], tuple(corpus.facts[key] for key in keys)


def get_reference(corpus: Corpus, key: str) -> Reference:
    """Return what is to be cited for a fact, with all that stand together with it, or a document. Raises NotFound."""
    if key in corpus.documents:
        return Reference(None, (Source(key, corpus.documents[key]),))
    if key in corpus.facts:
        return Reference(corpus.facts[key].gist, sources(corpus, key))
    if key in corpus.entities:
        entity = corpus.entities[key]
        raise NotFound(f"'{key}' is no fact or document but the {entity.kind} {entity.name}")
    raise _unknown_id(corpus, "fact or document", key, corpus.documents)


def get_documents(corpus: Corpus, name: str) -> list[Document]:
    """Return the document of an id, or those whose id, publisher, author and title hold the words. Raises NotFound."""
    documents = corpus.documents
    if name in documents:
        return [documents[name]]
    from xjfacts.answers.search import documents_holding  # only where it is not an id

    found = [documents[key] for key in documents_holding(corpus, name, IMPRINTS)]
    if not found:
        from difflib import get_close_matches  # only where the name is wrong already

        guesses = get_close_matches(name, documents, n=1)
        raise NotFound(f"no document is called '{name}'{suggestion(guesses)}")
    return found


def _unknown_id(corpus: Corpus, what: str, key: str, *known: Mapping[str, Any]) -> NotFound:
    """Return the error for an id that nothing has, with the one that its words name or that is nearest to it.

    A fact is looked for in the document that its id names, or in the one nearest to that.
    """
    from difflib import get_close_matches  # only where the id is wrong already

    named = corpus.names.resolve(key).entity if key.strip() else None
    if named is not None and any(named in some for some in known):
        guesses = [named]
    else:
        near = partial(get_close_matches, n=1, cutoff=0.7)
        document, slash, _ = key.partition("/")
        places = near(document, corpus.documents) if slash else ()
        facts = [fact for one in places for fact in corpus.facts_by_document[one]]
        guesses = near(key, facts or [one for some in known for one in some])
    return NotFound(f"no {what} has the id '{key}'{suggestion(guesses)}")
