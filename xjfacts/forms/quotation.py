"""Quotation marks: around words of a document, and around titles."""

from __future__ import annotations


def titled(title: str) -> str:
    """Return a title in quotation marks, unless it is the curator's own: all of it in one pair of square brackets."""
    is_curators = title.startswith("[") and title.find("]") == len(title) - 1
    return title if is_curators else quoted(title)


def quoted(text: str, context: str | None = None) -> str:
    """Return text in quotation marks, those inside it turned single, and behind it the curator's word in brackets.

    So a reader sees where the quotation ends (Chicago Manual of Style, 13.30).
    """
    inner = _with_inner_marks(text) if "“" in text or "”" in text else text
    return f"“{inner}”{f' [{context}]' if context else ''}"


def _with_inner_marks(text: str) -> str:
    """Return text whose double quotation marks are single, and single ones between those double.

    A ’ is an apostrophe where no ‘ stands open before it.
    """
    turned, is_inside, is_open = [], False, False
    for mark in text:
        if mark in "“”":
            is_inside, is_open = mark == "“", False
            turned.append("‘" if is_inside else "’")
        elif is_inside and (mark == "‘" or (mark == "’" and is_open)):
            is_open = mark == "‘"
            turned.append("“" if is_open else "”")
        else:
            turned.append(mark)
    return "".join(turned)
