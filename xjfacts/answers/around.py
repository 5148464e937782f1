"""The paragraph around each quote, from copies of the texts that the user has; they belong to their publishers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from msgspec import structs

from xjfacts.answers.records import Citation
from xjfacts.corpus.index import Corpus
from xjfacts.curation.original import Original, read_originals

if TYPE_CHECKING:
    from xjfacts.files import AnyPath


def with_paragraphs(corpus: Corpus, results: Iterable[Any], folder: AnyPath) -> tuple[list[Any], dict[str, str]]:
    """Return the results with the paragraph around each quote, and of texts that do not give it, by document, why."""
    whole = list(results)
    cited = dict.fromkeys(one.document for result in whole for one in getattr(result, "citations", ()))
    originals, unread = read_originals(folder, [corpus.documents[key] for key in cited])
    for at, result in enumerate(whole):
        citations = getattr(result, "citations", ())
        if citations:
            whole[at] = structs.replace(result, citations=tuple(_with_paragraph(one, originals) for one in citations))
            lost = (one for one in whole[at].citations if one.document in originals and not isinstance(one.around, str))
            unread |= {one.document: f"paragraph {one.paragraph} does not hold the quote" for one in lost}
    return whole, unread


def _with_paragraph(citation: Citation, originals: Mapping[str, Original]) -> Citation:
    original = originals.get(citation.document)
    spans = original.find(citation.paragraph, citation.fragments) if original else ()
    if original is None or not spans:
        return citation
    return structs.replace(citation, around=original.paragraph(citation.paragraph), spans=spans)
