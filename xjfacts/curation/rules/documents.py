"""Rules about documents and their files: the body, the text that was curated, and what a finished file has."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from itertools import pairwise

from xjfacts.curation.rules.subject import NOTES_MARK, Finding, Subject, at
from xjfacts.curation.rules.verdicts import runs_of_paragraphs
from xjfacts.text import counted

SCHEMA_LINE = re.compile(r"#:schema \S*facts\.schema\.json\s*")


def check_body(subject: Subject) -> Iterator[Finding]:
    """The ranges of `body` begin before they end, follow one another, and lie within the text."""
    for document, source in subject.documents:
        original = subject.originals.get(document.id)
        last = 0
        for index, (begin, end) in enumerate(document.body):
            if end < begin:
                yield at(source, f"lines {begin} to {end} of 'body' end before they begin", "body", index)
            elif begin <= last:
                yield at(
                    source,
                    f"lines {begin} to {end} of 'body' begin before the last ones end (line {last})",
                    "body",
                    index,
                )
            elif original and end > len(original.lines):
                text = f"'body' reaches to line {end}, but the text has {counted(len(original.lines), 'line')}"
                yield at(source, text, "body", index)
            last = max(last, end)


def check_text_changed(subject: Subject) -> Iterator[Finding]:
    """The text is, byte for byte, the one that was curated. (With texts.)"""
    for document, source in subject.documents:
        original = subject.originals.get(document.id)
        if original and original.sha256 != document.sha256:
            changed = [verdict for proof, verdict in subject.verdicts if proof.fact.document == document.id]
            holding = sum(not verdict.message for verdict in changed)
            text = (
                f"the text has changed: its sha256 is {original.sha256}; {holding} of {len(changed)} quotes still hold"
            )
            yield at(source, text, "sha256")
    yield from subject.judged("text-changed")


def check_text_unavailable(subject: Subject) -> Iterator[Finding]:
    """There is a text for each document, `ID.txt` in the folder. (With texts.)"""
    for document, source in subject.documents:
        if document.id in subject.unavailable:
            yield at(source, f"no quote is verified, for want of the text {subject.unavailable[document.id]}")


def check_document_size(subject: Subject) -> Iterator[Finding]:
    """`paragraphs` and `words` are those of the body. (With texts.)"""
    for document, source in subject.documents:
        original = subject.originals.get(document.id)
        if original and original.sha256 == document.sha256:
            for key, found in (("paragraphs", len(original.paragraphs)), ("words", original.words)):
                if found != getattr(document, key):
                    yield at(source, f"'{key}' is {getattr(document, key)}, but the body has {found}", key)


def check_uncited_paragraph(subject: Subject) -> Iterator[Finding]:
    """Every paragraph of a document is cited by a fact, or stands in `uncited` and is not."""
    for document, source in subject.documents:
        original = subject.originals.get(document.id)
        if document.labels and not original:
            continue  # which numbers the text gives, only the text knows
        cited = subject.quotes_of(document.id).keys()
        if document.labels and original:
            numbers: Collection[int] = original.numbered
            gaps = _runs(number for number in numbers if number not in cited and number not in document.uncited)
        else:
            numbers = range(1, document.paragraphs + 1)
            ends = [0, *sorted(one for one in {*cited, *document.uncited} if one in numbers), document.paragraphs + 1]
            gaps = [(before + 1, after - 1) for before, after in pairwise(ends) if after - before > 1]
        if gaps:
            yield at(source, f"no fact cites {runs_of_paragraphs(gaps)}", "paragraphs")
        for index, number in enumerate(document.uncited):
            if number in cited or number not in numbers:
                why = "a fact cites it" if number in cited else "the document does not have it"
                yield at(source, f"'uncited' names ¶ {number}, but {why}", "uncited", index)


def _runs(numbers: Iterable[int]) -> list[tuple[int, int]]:
    """Return numbers in order as runs without a gap."""
    runs: list[tuple[int, int]] = []
    for number in numbers:
        if runs and number == runs[-1][1] + 1:
            runs[-1] = (runs[-1][0], number)
        else:
            runs.append((number, number))
    return runs


def check_no_schema_line(subject: Subject) -> Iterator[Finding]:
    """The first line of a file names the schema, for editors: `#:schema ../facts.schema.json`."""
    for file, look in subject.looks:
        if not SCHEMA_LINE.fullmatch(look.first_line):
            yield Finding(file, 1, "the first line is not '#:schema' and the path of facts.schema.json")


def check_curator_notes(subject: Subject) -> Iterator[Finding]:
    """No paragraph of the text is left in a comment, as `xjfacts new` writes them for the curator."""
    for file, look in subject.looks:
        if look.notes:
            lines = counted(len(look.notes), "line")
            text = f"the comments still hold {lines} of the text ('{NOTES_MARK}'); delete them"
            yield Finding(file, look.notes[0], text)


def check_nothing_checked(subject: Subject) -> Iterator[Finding]:
    """There is a fact to check."""
    if not subject.facts:
        yield Finding(next(iter(subject.files)), 0, "there is no fact in what was to be checked")
