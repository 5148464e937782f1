"""What is cited, and the links that open a document at the quoted words."""

from __future__ import annotations

from functools import cache, lru_cache

from msgspec import Struct

from xjfacts.corpus.model import Cite, Document

_UNRESERVED = frozenset(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")  # RFC 3986, 2.3
_LEGAL_IN_URL = _UNRESERVED.union(b"!#$%&'()*+,/:;=?@[]")


class Source(Struct, frozen=True):
    """A document, and the words in it that are meant; without proofs it is meant as a whole.

    `key` is the id of the fact that the proofs are of, or of the document.
    """

    key: str
    document: Document
    proofs: tuple[Cite, ...] = ()


class Reference(Struct, frozen=True):
    """What is to be cited: the gist of a fact with its sources, or (without a gist) a document."""

    gist: str | None
    sources: tuple[Source, ...]


def link_to_quote(document: Document, proof: Cite) -> str:
    """Return the document's url with text fragments that open it at the quoted words, as ASCII without spaces.

    The form is that of the WICG's Scroll To Text Fragment: `#:~:text=whole`, or `text=start,end` for a long fragment of
    a quote, one directive for each, the words `before` the first and `after` the last as prefix and suffix. They follow
    a fragment that the url has already; hyphens, commas and ampersands are syntax in it and so encoded.
    """
    page = safe_url(document.url)
    if not document.is_quoted_at_url or proof.is_of_a_row:
        return page
    parts = [[_literal(mark) for mark in marks] for marks in proof.landmarks]
    if proof.before:
        parts[0].insert(0, f"{_literal(proof.before.strip())}-")
    if proof.after:
        parts[-1].append(f"-{_literal(proof.after.strip())}")
    directives = "&".join(f"text={','.join(part)}" for part in parts)
    if ":~:" in page:
        return f"{page}&{directives}"
    return f"{page}{'' if '#' in page else '#'}:~:{directives}"


def links_of(reference: Reference, key: str) -> tuple[str, ...]:
    """Return the addresses that open a document, or that of a fact at its first quote; those of http alone."""
    source = next((one for one in reference.sources if one.key == key), reference.sources[0])
    link = link_to_quote(source.document, source.proofs[0]) if source.proofs else safe_url(source.document.url)
    return (link,) if link.startswith(("http://", "https://")) else ()


def _literal(text: str) -> str:
    return _percent_encoded(text, _UNRESERVED).replace("-", "%2D")


@lru_cache(maxsize=1_000)  # all facts of a document share it
def safe_url(url: str) -> str:
    """Return the url with all encoded that no url may hold (RFC 3986): spaces, quotes, `<>{}`, letters beyond ASCII."""
    return _percent_encoded(url, _LEGAL_IN_URL)


def _percent_encoded(text: str, legal: frozenset[int]) -> str:
    # What urllib.parse.quote does; importing that costs 3 ms, and every answer has links.
    return "".join(map(_encoding(legal).__getitem__, text.encode()))


@cache
def _encoding(legal: frozenset[int]) -> list[str]:
    return [chr(byte) if byte in legal else f"%{byte:02X}" for byte in range(256)]
