"""Rules about quotes in their text: whether it has them, what it has between their fragments, where a link lands."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from xjfacts.corpus.model import Cite
from xjfacts.curation.original import Original, count_words, is_inside_word, plain
from xjfacts.curation.rules.negations import find_turning, without_harmless
from xjfacts.curation.rules.subject import Finding, Subject
from xjfacts.text import counted

LONGEST_GAP_SENTENCES = 2
LONGEST_GAP_WORDS = 80
LONGEST_END = 30  # characters, of a sentence with its marks, or of a phrase that turns nothing
LONGEST_PARAGRAPH = 20_000  # characters; on a longer one no reader looks for the place
LONGEST_WORD = 30
MOST_WORDS_BESIDE = 8  # that tell a place from others

_SENTENCE_END = re.compile(r"[.!?。！？][”’\"'」』)\]]*(?=\s|$)|[。！？][”’」』]*")


def check_wrong_paragraph(subject: Subject) -> Iterator[Finding]:
    """A quote stands in the paragraph that it names, not in another of its document. (With texts.)"""
    return subject.judged("wrong-paragraph")


def check_found_in(subject: Subject) -> Iterator[Finding]:
    """A quote stands in its own document, not in another. (With texts.)"""
    return subject.judged("found-in")


def check_not_found(subject: Subject) -> Iterator[Finding]:
    """A quote stands in its document, in whole words and letter for letter. (With texts.)"""
    return subject.judged("not-found")


def check_unknown_paragraph(subject: Subject) -> Iterator[Finding]:
    """A quote names a paragraph that its document has."""
    for proof in subject.proofs:
        document = subject.corpus.documents[proof.fact.document]
        original = subject.originals.get(document.id)
        if document.labels:
            if original and not original.paragraph(proof.cite.p):
                yield proof.finding(f"the text numbers no paragraph {proof.cite.p}")
        elif proof.cite.p > document.paragraphs:
            count = counted(document.paragraphs, "paragraph")
            yield proof.finding(f"there is no ¶ {proof.cite.p}, the document has {count}")


def check_elision(subject: Subject) -> Iterator[Finding]:
    """What is left out between fragments stands in order in one paragraph, negates nothing, and is not long. (Texts.)

    A gap of whole sentences, or of whole fields of a row, may be long and say anything.
    """
    for proof in subject.proofs:
        original, quote = subject.originals.get(proof.fact.document), proof.cite.quote
        if original is None or len(quote) == 1:
            continue
        paragraph, spans = original.paragraph(proof.cite.p), subject.spans_of(proof)
        if not spans and all(original.find(proof.cite.p, [fragment]) for fragment in quote):
            yield proof.finding(f"the fragments stand in ¶ {proof.cite.p} in another order")
        for (_, begin), (end, _) in pairwise(spans):
            wrong = _wrong_gap(paragraph, begin, end, knows=subject.knows_negations_of(proof.fact.document))
            if wrong:
                yield proof.finding(f"between the fragments the text has {wrong}")


def _wrong_gap(paragraph: str, begin: int, end: int, *, knows: bool) -> str:
    """Say what must not be left out of the gap from `begin` to `end`, if anything."""
    gap = paragraph[begin:end]
    if _is_whole(paragraph[max(0, begin - LONGEST_END) : begin], gap):
        return ""
    turning = find_turning(_without_harmless(paragraph, begin, end)) if knows else ""
    if turning:
        return f"'{turning}', without which the quote says something else"
    sentences, words = len(_SENTENCE_END.findall(gap)), count_words(gap)
    if sentences > LONGEST_GAP_SENTENCES or words > LONGEST_GAP_WORDS:
        return f"{counted(words, 'word')}, more than a sentence or two"
    return ""


def _without_harmless(paragraph: str, begin: int, end: int) -> str:
    """Return a gap without the phrases that turn nothing, of which its ends may hold a part."""
    first = max(0, begin - LONGEST_END)
    return without_harmless(paragraph[first : end + LONGEST_END])[begin - first : end - first]


def _is_whole(before: str, gap: str) -> bool:
    """Tell whether a gap is made of whole sentences or whole ` | ` fields."""
    if not gap.strip():
        return True
    begins_field = gap.lstrip().startswith("|") or before.rstrip().endswith("|")
    if begins_field and gap.rstrip().endswith("|"):
        return True
    sentence = _SENTENCE_END.match(gap.lstrip("”’\"')"))
    begins = bool(sentence) or bool(re.search(_SENTENCE_END.pattern + r"\s*$", before))
    return begins and bool(re.search(f"(?:{_SENTENCE_END.pattern})\\s*$", gap[-LONGEST_END:]))


def check_link_elsewhere(subject: Subject) -> Iterator[Finding]:
    """A link to the quoted words opens them where they are cited: they stand nowhere earlier in the text. (Texts.)

    Browsers take the first place that fits, without regard to capitals; `before` and `after` tell it from others. Where
    no words beside it can, the link opens the same words elsewhere.
    """
    for proof in subject.proofs:
        original = subject.originals.get(proof.fact.document)
        spans = subject.spans_of(proof)
        document = subject.corpus.documents[proof.fact.document]
        if original and spans and document.is_quoted_at_url and not proof.cite.is_of_a_row:
            wrong = _wrong_landing(proof.cite, spans[0], original)
            if wrong:
                yield proof.finding(wrong)


def _wrong_landing(cite: Cite, span: tuple[int, int], original: Original) -> str:
    page, paragraph, marks = original.page, original.paragraph(cite.p), cite.landmarks[0]
    if len(paragraph) > LONGEST_PARAGRAPH:
        return ""
    start, end = span
    start += len(paragraph[start:end]) - len(paragraph[start:end].lstrip())
    first = page.find(plain(paragraph.strip()))
    wanted = first + len(plain(f"{paragraph[:start].lstrip()}|")) - 1
    is_alone = len(cite.landmarks) == len(marks) == 1
    found = _landing(page, cite.before, marks[0], cite.after if is_alone else None)
    if found == wanted or first < 0:
        return ""
    if found < 0:
        return "the words 'before' or 'after' are not those next to the quote, so no link can find it"
    advice = _advice(page, wanted, len(plain(marks[0])), is_alone=is_alone, words=marks[0])
    return f"a link opens the same words earlier in the text; {advice}" if advice else ""


def _advice(page: str, at: int, length: int, *, is_alone: bool, words: str) -> str:
    """Say which words beside a place tell it from others; nothing where none do, for then no link can."""
    around = MOST_WORDS_BESIDE * LONGEST_WORD
    leading = page[max(0, at - around) : at].split()
    following = page[at + length : at + length + around].split() if is_alone else []
    for size in range(1, MOST_WORDS_BESIDE + 1):
        before, after = " ".join(leading[-size:]), " ".join(following[:size])
        if leading and _landing(page, before, words, None) == at:
            return f"add before = '{before}'"
        if following and _landing(page, None, words, after) == at:
            return f"add after = '{after}'"
    return ""


def _landing(page: str, before: str | None, words: str, after: str | None) -> int:
    """Return where a browser finds the words on a page, between those before and after them, or -1."""
    words, before, after = (plain(text.strip()) if text else "" for text in (words, before, after))
    at = page.find(words)
    while at >= 0:
        end = at + len(words)
        begins = any(page.endswith(one, 0, at) for one in (before, f"{before} ")) or not before
        ends = any(page.startswith(one, end) for one in (after, f" {after}")) or not after
        if begins and ends and not is_inside_word(page, at) and not is_inside_word(page, end):
            return at
        at = page.find(words, at + 1)
    return -1
