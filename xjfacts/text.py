r"""Text as it may be shown to people: one way out for everything that comes from a file, an argument or the system.

    visible("a\x1b[2Jb")        'a\\x1b[2Jb'       an escape sequence is read, not obeyed
    visible("rab\u202eoof")     'rab\\u202eoof'    Trojan Source, CVE-2021-42574
    visible("می\u200cخواهم")    unchanged          Persian needs this non-joiner

Characters without a shape of their own (controls, bidirectional marks, zero-width and unassigned characters, lone
surrogates, line separators) are written as the escapes that TOML and Python use. Nothing is deleted, and text without
such characters comes back as it is. Callers pass text through here once, at the moment they print it: what was shown
is not to be stored, searched or compared.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache, lru_cache

# Printable to Python, but nothing is seen: fillers, the grapheme joiner, variation selectors. A selector is an ordinary
# part of an emoji or an ideograph; a run of them elsewhere is a known way to smuggle text.
_SELECTORS = "".join(map(chr, (*range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0))))
_BLANKS = frozenset(f"\u034f\u115f\u1160\u17b4\u17b5\u180b\u180c\u180d\u180f\u3164\uffa0{_SELECTORS}")
_PRINTED = bytes(range(ord(" "), ord("~") + 1))  # what most texts are made of

# Not printable to Python, but seen: the other spaces, and the Arabic, Syriac and Kaithi signs that enclose a number.
_SPACES = "\u00a0\u1680\u202f\u205f\u3000" + "".join(map(chr, range(0x2000, 0x200B)))
_NUMBER_SIGNS = "\u06dd\u070f\u0890\u0891\u08e2\U000110bd\U000110cd" + "".join(map(chr, range(0x600, 0x606)))
_SEEN = frozenset(_SPACES + _NUMBER_SIGNS)

# Where joiners belong: after a virama (RFC 5892, appendix A.1 and A.2), between two characters of a script whose
# letters join, as in Persian and Uyghur, and in an emoji sequence.
_VIRAMAS = "\u094d\u09cd\u0a4d\u0acd\u0b4d\u0bcd\u0c4d\u0ccd\u0d3b\u0d3c\u0d4d\u0dca\u1039\u17d2"
_JOINING = "\u0600-\u08ff\u0900-\u0dff\u1000-\u109f\u1780-\u18aa\u1b00-\u1bff\ufb50-\ufdff\ufe70-\ufefc"
_EMOJI = "\u2190-\u2bff\U0001f000-\U0001faff"
_SELECTABLE = f"#*0-9\u00a9\u00ae\u203c-\u3299\u3400-\u9fff\uf900-\ufaff{_EMOJI}\U00020000-\U0003ffff"
_MONGOLIAN = "\u1820-\u18aa"
_SOMETIMES = frozenset(f"\u200c\u200d\u180b\u180c\u180d\u180e\u180f{_SELECTORS}")  # what may be in place

_IN_PLACE = "|".join(
    (
        f"(?<=[{_VIRAMAS}])[\u200c\u200d]",
        f"(?<=[{_JOINING}])[\u200c\u200d](?=[{_JOINING}])",
        f"(?<=[{_EMOJI}\ufe0f])\u200d(?=[{_EMOJI}])",
        f"(?<=[{_SELECTABLE}])[{_SELECTORS}]",
        f"(?<=[{_MONGOLIAN}])[\u180b-\u180f]",
    )
)


def visible(text: str) -> str:
    r"""Return `text` with each character that has no shape as an escape: `\n`, `\x1b`, `\u202e`, `\U000e0001`.

    Kept as they are: letters of any direction, spaces of any width, joiners and variation selectors where a script or
    an emoji asks for them. What counts as unassigned is what the running Python's Unicode version does not know.
    """
    return _with_escapes(text, _shown)


def is_visible(text: str) -> bool:
    """Tell whether `visible` would return a text as it is; that ends at the first character that it would change."""
    return _is_plain(text) or not any(map(_is_hidden, _candidates().finditer(text)))


def visible_json(text: str) -> str:
    r"""Return JSON with the characters that `visible` would change as `\uXXXX`: the same JSON, safe to show as it is.

    Line feeds stay: in JSON they can stand only between values, where they indent.
    """
    return "\n".join(_with_escapes(line, _shown_in_json) for line in text.split("\n"))


def counted(number: int, noun: str) -> str:
    """Say how many: `1 fact`, `2,000 facts`, `3 identities`."""
    several = f"{noun[:-1]}ies" if noun.endswith("ty") else f"{noun}s"
    return f"{number:,} {noun if number == 1 else several}"


def written_out(number: float, mark: str = "") -> str:
    """Return a number without an exponent, `0.00005` and not `5e-05`, with a `mark` between the thousands."""
    plain = f"{number:{mark}}"
    if "e" not in plain:
        return plain
    from decimal import Decimal  # few numbers are so large or so small

    return f"{Decimal(str(number)):{mark}f}"


def columns_of(text: str) -> int:
    """Return how many columns a terminal takes for text that is visible: two for wide characters, none for marks."""
    if text.isascii():
        return len(text)
    from unicodedata import combining, east_asian_width  # few texts that stand in columns need it

    return sum(0 if combining(one) else 2 if east_asian_width(one) in "WF" else 1 for one in text)


def hidden_characters(text: str) -> tuple[str, ...]:
    """Return the escapes of the characters that `visible` would change, each once, in the order of the text."""
    if _is_plain(text):
        return ()
    hidden = (match[0] for match in _candidates().finditer(text) if _is_hidden(match))
    return tuple(_escape(character) for character in dict.fromkeys(hidden))


def _with_escapes(text: str, shown: Callable[[str], str]) -> str:
    if _is_plain(text):
        return text
    return _candidates().sub(lambda match: match[0] if _is_in_place(match) else shown(match[0]), text)


def _is_plain(text: str) -> bool:
    if text.isascii():
        return text.isprintable()
    rest = text.encode("utf-8", "surrogatepass").translate(None, _PRINTED).decode("utf-8", "surrogatepass")
    return rest.isprintable() and _BLANKS.isdisjoint(rest)


def _is_hidden(candidate: re.Match[str]) -> bool:
    return _shown(candidate[0]) != candidate[0] and not _is_in_place(candidate)


def _is_in_place(candidate: re.Match[str]) -> bool:
    return candidate[0] in _SOMETIMES and _in_place().match(candidate.string, candidate.start()) is not None


@lru_cache(4096)  # hostile text has millions of the same few
def _shown(character: str) -> str:
    return _escape(character) if _has_no_shape(character) else character


@lru_cache(4096)
def _shown_in_json(character: str) -> str:
    return _escape_json(character) if _has_no_shape(character) else character


def _has_no_shape(character: str) -> bool:
    return character not in _SEEN and (not character.isprintable() or character in _BLANKS)


def _escape(character: str) -> str:
    return character.encode("unicode_escape").decode("ascii")


def _escape_json(character: str) -> str:
    units = character.encode("utf-16-be", "surrogatepass").hex()
    return "".join(f"\\u{units[at : at + 4]}" for at in range(0, len(units), 4))


@cache  # both compiled when first needed: that takes 3 ms
def _candidates() -> re.Pattern[str]:  # two sets, which are gone through at a tenth of the price of anything with parts
    return re.compile(rf"[{''.join(_BLANKS)}]|[^ -~\w]")


@cache
def _in_place() -> re.Pattern[str]:
    return re.compile(_IN_PLACE)
