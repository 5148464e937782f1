"""A document file to fill in, made from a text: what a machine can know of it, and its paragraphs for the curator.

    text = read_text("article.txt")
    draft(text, body=((13, 33),))                        '#:schema ...\n\n[document]\ntitle = "" ...'
    format_uncited(text, document, facts)                '#¶ 4  The fourth paragraph ...'

What only a reader can know (title, publisher, date) is left empty, and an empty value is a problem, so a draft
never passes for a finished file. The paragraphs stand as comments that `check` refuses: they belong to their publisher.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from itertools import pairwise
from typing import TYPE_CHECKING

from xjfacts.curation.original import MAX_BYTES, Original, read_original
from xjfacts.curation.rules.subject import NOTES_MARK
from xjfacts.errors import Problem, UnreadableFacts, UsageError
from xjfacts.files import read_bytes
from xjfacts.text import visible

if TYPE_CHECKING:
    from xjfacts.corpus.model import Document, Fact

Body = tuple[tuple[int, int], ...]

LONGEST_LINE = 120  # characters; programs wrap at 70 to 100
RUNNING_ON = 0.4  # of the lines; German begins every third word with a capital
_ENDS = ".!?:;。！？"
_WRAPPED = "wrapped = true                # lines are broken inside paragraphs: blank lines divide these\n"

_DRAFT = """\
#:schema ../facts.schema.json

[document]
title = ""                    # as printed; in square brackets where none is printed
publisher = ""
authors = []                  # as printed; leave it out where none is
published = ""                # EDTF: 2024-05-02, 2024-05, with ~ where it is inferred
dated-by = "printed"          # or one sentence: how the date was inferred
url = ""                      # where the document can be read
# via = ""                    # through whose copy you read it, if that is not the publisher's own
rights = "reserved"           # or open-licence, public-domain
language = ""                 # BCP 47: en, fr, zh-Hant
type = "article-newspaper"    # the type in CSL: report, webpage, dataset, regulation, ...
origin = ""                   # who knew it first-hand; a copy shares the origin of its original
sha256 = "{sha256}"
body = {body}
{wrapped}paragraphs = {paragraphs}
words = {words}

# Headlines, adverts, captions and bylines are no part of the body; if there are some below, make the draft again with
# --body. Then write the facts of each paragraph under it, and delete the lines that begin with {mark}: they belong to
# the publisher.

{notes}
"""


def read_text(path: str) -> bytes:
    """Return the bytes of a text. Raises UnreadableFacts for what is no regular file, too large, or no UTF-8."""
    return checked_text(read_bytes(path, name=path, root=os.path.dirname(path) or os.curdir, limit=MAX_BYTES), path)


def checked_text(raw: bytes | Problem, path: str) -> bytes:
    """Return the bytes read from a path. Raises UnreadableFacts where they are none, too many, or no UTF-8."""
    if not isinstance(raw, Problem) and len(raw) > MAX_BYTES:
        raw = Problem(path, 0, "too-large", f"larger than {MAX_BYTES:,} bytes, the most that is read")
    if not isinstance(raw, Problem):
        try:
            raw.decode()
        except UnicodeDecodeError as error:
            line = raw.count(b"\n", 0, error.start) + 1
            raw = Problem(path, line, "not-utf-8", f"the byte 0x{raw[error.start]:02x} is not UTF-8")
    if isinstance(raw, Problem):
        raise UnreadableFacts("the text cannot be read: 1 problem", (raw,))
    return raw


def parse_body(text: str) -> Body:
    """Return the ranges of lines in `13-33,40-44`, from 1. Raises UsageError for anything else."""
    ranges = []
    for part in text.split(","):
        begin, dash, end = part.strip().partition("-")
        numbers = [begin, end] if dash else [begin, begin]
        if not all(number.isascii() and number.isdigit() and 0 < len(number) < 10 for number in numbers):
            raise UsageError(f"--body: '{text}' is not a list of lines; it takes 13-33 or 13-33,40-44")
        ranges.append((int(numbers[0]), int(numbers[1])))
    ends = [number for one in ranges for number in one]
    if ends != sorted(ends) or ends[0] < 1:
        raise UsageError(f"--body: '{text}' goes backwards; lines count from 1 upwards")
    return tuple(ranges)


def draft(raw: bytes, *, body: Body | None = None) -> str:
    """Return a document file with everything that the text itself tells; by default all of it is body.

    Raises UsageError for a text without a paragraph.
    """
    lines = Original(raw, body=()).lines
    body = body or ((1, max(1, len(lines) - (not lines[-1]))),)
    wrapped = looks_wrapped(
        lines[number - 1] for begin, end in body for number in range(begin, min(end, len(lines)) + 1)
    )
    text = Original(raw, body=body, wrapped=wrapped)
    if not text.paragraphs:
        raise UsageError("there is no paragraph in the text, or in the lines given with --body")
    return _DRAFT.format(
        sha256=text.sha256,
        body=[list(one) for one in body],
        wrapped=_WRAPPED if wrapped else "",
        paragraphs=len(text.paragraphs),
        words=text.words,
        mark=f"'{NOTES_MARK.strip()}'",
        notes="\n\n".join(_note(number, one) for number, one in text.numbered.items()),
    )


def looks_wrapped(lines: Iterable[str]) -> bool:
    """Tell whether a program has broken the lines of a text: most that have another under them run on into it.

    Such a line ends in no mark that ends a sentence, the next begins with a small letter, and neither is long.
    """
    inside = [(one.strip(), other.strip()) for one, other in pairwise(lines) if one.strip() and other.strip()]
    going_on = [one for one, other in inside if one[-1] not in _ENDS and other[0].islower()]
    longest = max((len(one) for one, _ in inside), default=0)
    return bool(inside) and longest <= LONGEST_LINE and len(going_on) >= len(inside) * RUNNING_ON


def format_uncited(raw: bytes, document: Document, facts: Iterable[Fact]) -> str:
    """Return, numbered, the paragraphs of the text that no fact of the document cites yet, and a line that counts them.

    Raises UsageError for a text that is not the one that was curated.
    """
    text = read_original(raw, document)
    if text.sha256 != document.sha256:
        raise UsageError(f"this is not the text of '{document.id}': its sha256 is {text.sha256}")
    cited = {proof.p for fact in facts for proof in fact.cite}
    cited.update(document.uncited)
    paragraphs = [(number, one) for number, one in text.numbered.items() if number not in cited]
    count = f"{len(paragraphs)} of {len(text.paragraphs)} paragraphs have no fact yet"
    return "\n\n".join([*(_note(*one) for one in paragraphs), count]) + "\n"


def _note(number: int, paragraph: str) -> str:
    return f"{NOTES_MARK}{number}  {visible(paragraph)}"
