"""A citation in the forms that people paste: links that open a document at the quoted words."""

from __future__ import annotations

from urllib.parse import quote as percent_encode


def link_to_quote(url: str, quote: str) -> str:
    """Return the url with a text fragment (WICG Scroll To Text Fragment) that opens the page at the quoted words.

    Hyphens, commas and ampersands have a meaning inside a fragment directive and are encoded too.
    """
    words = percent_encode(quote, safe="").replace("-", "%2D")
    return f"{url}{'' if '#' in url else '#'}:~:text={words}"
