"""What is cited, and the links that open a document at the quoted words."""

from __future__ import annotations

from msgspec import Struct

from xjfacts.corpus.model import Cite, Document

LONGEST_WHOLE = 10  # words; a longer quote is linked by both its ends, which an advert in its middle cannot break
END = 4  # words of each end: four in a row are seldom twice on a page

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


def link_to_quote(url: str, quote: str) -> str:
    """Return the url with a text fragment that opens the page at the quoted words, as ASCII without spaces.

    The form is that of the WICG's Scroll To Text Fragment: `#:~:text=whole`, or `#:~:text=start,end` for a long quote.
    It follows a fragment that the url has already; hyphens, commas and ampersands are syntax in it and so encoded.
    """
    words = quote.split()
    ends = [quote] if len(words) <= LONGEST_WHOLE else [" ".join(words[:END]), " ".join(words[-END:])]
    directive = "text=" + ",".join(_percent_encoded(end, _UNRESERVED).replace("-", "%2D") for end in ends)
    page = safe_url(url)
    if ":~:" in page:
        return f"{page}&{directive}"
    return f"{page}{'' if '#' in page else '#'}:~:{directive}"


def safe_url(url: str) -> str:
    """Return the url with all encoded that no url may hold (RFC 3986): spaces, quotes, `<>{}`, letters beyond ASCII."""
    return _percent_encoded(url, _LEGAL_IN_URL)


def _percent_encoded(text: str, legal: frozenset[int]) -> str:
    # What urllib.parse.quote does; importing that costs 3 ms, and every answer has links.
    return "".join(chr(byte) if byte in legal else f"%{byte:02X}" for byte in text.encode())
