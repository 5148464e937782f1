"""The rules of a corpus: each is a generator that yields what breaks it, and its docstring is the rule.

    for file, line, message in RULES["quote-length"](subject): ...

`RULES` names the rules by the code of the problem that they yield. They look at a `Subject`: facts with their places,
and the texts of the documents, if there are any. What keeps a file from being read as records is not for them but for
the loader; every reference exists and every value is of its type.

With texts, each quote has one verdict: `verified`, `wrong-paragraph`, `found-in` (another document), `not-found`,
`text-changed` (the text is not the one that was curated, whether or not the quote still holds) or `text-unavailable`.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from functools import cache, cached_property
from itertools import pairwise
from typing import TYPE_CHECKING, Any, NamedTuple

from xjfacts.corpus.index import Corpus, reachable
from xjfacts.corpus.loader import Loaded, Source
from xjfacts.corpus.model import CAME, Cite, Document, Event, Fact, Position, Sanction, Statement
from xjfacts.corpus.tomlfile import TomlFile
from xjfacts.curation.original import Original, find_whole, is_printed
from xjfacts.dates import Edtf
from xjfacts.names import folding
from xjfacts.text import counted, hidden_characters

if TYPE_CHECKING:
    from xjfacts.corpus.tomlfile import Path

SHORTEST_QUOTE = 8  # characters; less proves nothing by itself
LONGEST_QUOTE = 160
LONGEST_QUOTE_WORDS = 25
BUDGET = 3  # the quotes of a document stay under a third of its words, which is well within fair quotation

NOTES_MARK = "#¶ "  # at the start of a line: a paragraph of the text, for the curator and not to be kept
SCHEMA_LINE = re.compile(r"#:schema \S*facts\.schema\.json\s*")

# English words by which a sentence says that something is not so, or somebody that it is not.
NEGATION = re.compile(
    r"\b(not|no|nor|never|none|nobody|nothing|neither|without|cannot|den(y|ies|ied|ying|ials?)|refus\w+|reject\w*"
    r"|oppos\w+|resist\w*|declin\w+|rebut\w*|refut\w+|dismiss\w*|exclud\w+|groundless|baseless|false|untrue"
    r"|li(es|ed)|fabricat\w+|rumou?rs?|smear\w*|yet to|ruled? out)\b|n['’]t\b",
    re.IGNORECASE,
)
# The shorter list of those that turn the words next to them into their opposite.
_NOT = r"(?:not|no|nor|never|cannot|without|neither|\w+n['’]t)"
_NOT_BEFORE = re.compile(rf"\b{_NOT}\s+$", re.IGNORECASE)
_NOT_AFTER = re.compile(rf"\s+{_NOT}\b", re.IGNORECASE)


class Finding(NamedTuple):
    """What a rule yields: a place and what is wrong there. The code is that of the rule."""

    file: TomlFile
    line: int
    message: str


class Verdict(NamedTuple):
    """What became of one quote; no message for one that is verified."""

    code: str
    message: str = ""


class Proof(NamedTuple):
    """One quote: the fact that it proves, where that stands, and its number among the fact's quotes, from 0."""

    fact: Fact
    source: Source
    number: int
    cite: Cite

    def finding(self, message: str) -> Finding:
        return _at(self.source, message, "cite", self.number)


class Subject:
    """What the rules look at: records with their places, and the texts of the documents, if there are any."""

    def __init__(self, loaded: Loaded, originals: Mapping[str, Original], unavailable: Mapping[str, str]) -> None:
        self.corpus = loaded.corpus
        self.sources = loaded.sources
        self.additions = loaded.additions
        self.files = dict.fromkeys(file.toml for file in loaded.files)
        self.originals = originals
        self.unavailable = unavailable

    @cached_property
    def facts(self) -> tuple[tuple[Fact, Source], ...]:
        """The facts of the files that are checked."""
        return tuple(self._of_files(self.corpus.facts))

    @cached_property
    def documents(self) -> tuple[tuple[Document, Source], ...]:
        return tuple(self._of_files(self.corpus.documents))

    @cached_property
    def proofs(self) -> tuple[Proof, ...]:
        return tuple(
            Proof(fact, source, number, cite) for fact, source in self.facts for number, cite in enumerate(fact.cite)
        )

    @cached_property
    def verdicts(self) -> tuple[tuple[Proof, Verdict], ...]:
        """What the texts say about each quote; nothing without texts."""
        if not self.originals and not self.unavailable:
            return ()
        return tuple((proof, _verdict(self, proof)) for proof in self.proofs)

    @cached_property
    def strings(self) -> tuple[tuple[TomlFile, Path, str], ...]:
        """Every text that is more than printable ASCII, with its file and place."""
        return tuple((file, path, text) for file in self.files for path, text in _strings(file))

    def quotes_of(self, document: str) -> dict[int, list[str]]:
        """Return all quotes of a document, by paragraph."""
        quotes: dict[int, list[str]] = {}
        for fact in self.corpus.facts_by_document[document]:
            for cite in self.corpus.facts[fact].cite:
                quotes.setdefault(cite.p, []).append(cite.quote)
        return quotes

    def tables_of(self, entity: str) -> Iterator[Source]:
        """Yield the table that defines an entity and those that add to it."""
        yield self.sources[entity]
        yield from self.additions.get(entity, ())

    def _of_files(self, records: Mapping[str, Any]) -> Iterator[tuple[Any, Source]]:
        placed = ((record, self.sources[key]) for key, record in records.items())
        return ((record, source) for record, source in placed if source.file in self.files)


def _at(source: Source, message: str, *within: str | int) -> Finding:
    return Finding(source.file, source.file.line_of((*source.path, *within)), message)


# Quotes --------------------------------------------------------------------------------------------------------------


def check_quote_length(subject: Subject) -> Iterator[Finding]:
    """A quote has 8 to 160 characters and at most 25 words."""
    for proof in subject.proofs:
        length, words = len(proof.cite.quote), len(proof.cite.quote.split())
        if not SHORTEST_QUOTE <= length <= LONGEST_QUOTE:
            yield proof.finding(f"the quote has {length} characters, not {SHORTEST_QUOTE} to {LONGEST_QUOTE}")
        elif words > LONGEST_QUOTE_WORDS:
            yield proof.finding(f"the quote has {words} words, more than {LONGEST_QUOTE_WORDS}")


def check_ellipsis(subject: Subject) -> Iterator[Finding]:
    """A quote is one fragment, without an ellipsis; two fragments are two quotes."""
    for proof in subject.proofs:
        if "…" in proof.cite.quote or re.search(r"\.\s?\.", proof.cite.quote):
            yield proof.finding("the quote has an ellipsis; give each fragment a quote of its own")


def check_quote_budget(subject: Subject) -> Iterator[Finding]:
    """The quotes of a document together, overlaps counted once, are less than a third of its words.

    Without the text, how quotes overlap is not known; then no word of a paragraph counts more often than it stands in
    one of its quotes, which is less than the truth and never a false alarm.
    """
    for document, source in subject.documents:
        quotes, original = subject.quotes_of(document.id), subject.originals.get(document.id)
        quoted = original.count_quoted(quotes) if original else sum(map(_fewest_words, quotes.values()))
        if quoted * BUDGET >= document.words:
            share = f"{quoted} of {document.words} words are quoted"
            yield _at(source, f"{'' if original else 'at least '}{share}, not less than a third", "words")


def _fewest_words(quotes: Iterable[str]) -> int:
    most: Counter[str] = Counter()
    for quote in set(quotes):
        most |= Counter(word.strip(".,;:!?\"'“”‘’()") for word in quote.split())
    return most.total()


def check_negation(subject: Subject) -> Iterator[Finding]:
    """The quotes of a not-imposed or denies hold a negation, those of an imposed none. (English only.)"""
    for fact, source in subject.facts:
        word = fact.status if isinstance(fact, Sanction) else fact.act if isinstance(fact, Statement) else ""
        negated = [index for index, cite in enumerate(fact.cite) if NEGATION.search(cite.quote)]
        if word in {"not-imposed", "denies"} and not negated:
            yield _at(source, f"'{word}', but no quote holds a negation", "cite")
        elif word == "imposed":
            for index in negated:
                yield _at(source, "'imposed', but the quote holds a negation", "cite", index)


def check_negation_cut(subject: Subject) -> Iterator[Finding]:
    """A quote does not stop short of a "not": the words next to it are no negation. (With texts.)"""
    for proof in subject.proofs:
        original, (number, quote) = subject.originals.get(proof.fact.document), (proof.cite.p, proof.cite.quote)
        if original and original.has(number, quote):
            paragraph = original.paragraphs[number - 1]
            at = find_whole(quote, paragraph)
            around = _NOT_BEFORE.search(paragraph, 0, at) or _NOT_AFTER.match(paragraph, at + len(quote))
            if around:
                yield proof.finding(f"the quote stops short of '{around[0].strip()}', which the text has next to it")


# Quotes against the texts --------------------------------------------------------------------------------------------


def _verdict(subject: Subject, proof: Proof) -> Verdict:
    document = subject.corpus.documents[proof.fact.document]
    original = subject.originals.get(document.id)
    if original is None:
        return Verdict("text-unavailable")
    is_changed = original.sha256 != document.sha256
    if original.has(proof.cite.p, proof.cite.quote):
        return Verdict("text-changed" if is_changed else "verified")
    code, message = _where_else(subject, proof, original)
    return Verdict("text-changed", f"the text has changed, and {message}") if is_changed else Verdict(code, message)


def _where_else(subject: Subject, proof: Proof, original: Original) -> tuple[str, str]:
    """Say where a quote stands that is not in its paragraph, or how the text goes on where the two part."""
    number, quote = proof.cite.p, proof.cite.quote
    elsewhere = original.where(quote)
    if elsewhere:
        return "wrong-paragraph", f"the quote stands in {_paragraphs(elsewhere)}, not in ¶ {number}"
    for document, other in subject.originals.items():
        if document != proof.fact.document and (found := other.where(quote)):
            return "found-in", f"the quote is not in this document but in '{document}', {_paragraphs(found)}"
    loosely = [at for at, one in enumerate(original.paragraphs, 1) if _loosened(quote) in _loosened(one)]
    paragraph = original.paragraphs[number - 1] if number <= len(original.paragraphs) else ""
    if quote in paragraph:
        return "not-found", f"in ¶ {number} the quote begins or ends in the middle of a word"
    if find_whole(quote, original.text) >= 0:
        return "not-found", "the quote stands in the text outside its body, where nothing can be cited"
    if loosely:
        differences = "other capitals, quotation marks, dashes or spaces"
        return "not-found", f"the quote is not in ¶ {number}; {_paragraphs(loosely)} has it with {differences}"
    return "not-found", f"the quote is not in ¶ {number}{_parting(quote, paragraph)}"


_LIKE_MARKS = str.maketrans("‘’“”–—", "''\"\"--")


def _loosened(text: str) -> str:
    """Return text as it must not be compared, to say what a quote that is not found comes near to."""
    return " ".join(text.translate(_LIKE_MARKS).casefold().split())


def _parting(quote: str, paragraph: str) -> str:
    """Say up to where a quote does stand in the paragraph, and what follows there."""
    length = next((size for size in range(len(quote), SHORTEST_QUOTE - 1, -1) if quote[:size] in paragraph), 0)
    if not length:
        return ""
    end = paragraph.index(quote[:length]) + length
    return f"; after '{quote[max(0, length - 24) : length]}' the text has '{paragraph[end : end + 24]}'"


def _paragraphs(numbers: Collection[int]) -> str:
    return _runs([(number, number) for number in numbers])


def _runs(runs: Iterable[tuple[int, int]]) -> str:
    """Return runs of paragraphs as people write them: `¶ 2, 5-7`."""
    return "¶ " + ", ".join(f"{first}-{last}" if first < last else str(first) for first, last in runs)


def _judged(subject: Subject, code: str) -> Iterator[Finding]:
    return (
        proof.finding(verdict.message)
        for proof, verdict in subject.verdicts
        if verdict.code == code and verdict.message
    )


def check_wrong_paragraph(subject: Subject) -> Iterator[Finding]:
    """A quote stands in the paragraph that it names, not in another of its document. (With texts.)"""
    return _judged(subject, "wrong-paragraph")


def check_found_in(subject: Subject) -> Iterator[Finding]:
    """A quote stands in its own document, not in another. (With texts.)"""
    return _judged(subject, "found-in")


def check_not_found(subject: Subject) -> Iterator[Finding]:
    """A quote stands in its document, in whole words and letter for letter. (With texts.)"""
    return _judged(subject, "not-found")


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
            yield _at(source, text, "sha256")
    yield from _judged(subject, "text-changed")


def check_text_unavailable(subject: Subject) -> Iterator[Finding]:
    """There is a text for each document, `ID.txt` in the folder. (With texts.)"""
    for document, source in subject.documents:
        if document.id in subject.unavailable:
            yield _at(source, f"no quote is verified, for want of the text {subject.unavailable[document.id]}")


def check_document_size(subject: Subject) -> Iterator[Finding]:
    """`paragraphs` and `words` are those of the body. (With texts.)"""
    for document, source in subject.documents:
        original = subject.originals.get(document.id)
        if original and original.sha256 == document.sha256:
            for key, found in (("paragraphs", len(original.paragraphs)), ("words", original.words)):
                if found != getattr(document, key):
                    yield _at(source, f"'{key}' is {getattr(document, key)}, but the body has {found}", key)


# Documents -----------------------------------------------------------------------------------------------------------


def check_body(subject: Subject) -> Iterator[Finding]:
    """The ranges of `body` begin before they end, follow one another, and lie within the text."""
    for document, source in subject.documents:
        original = subject.originals.get(document.id)
        last = 0
        for index, (begin, end) in enumerate(document.body):
            if end < begin:
                yield _at(source, f"lines {begin} to {end} of 'body' end before they begin", "body", index)
            elif begin <= last:
                yield _at(
                    source,
                    f"lines {begin} to {end} of 'body' begin before the last ones end (line {last})",
                    "body",
                    index,
                )
            elif original and end > len(original.lines):
                text = f"'body' reaches to line {end}, but the text has {counted(len(original.lines), 'line')}"
                yield _at(source, text, "body", index)
            last = max(last, end)


def check_unknown_paragraph(subject: Subject) -> Iterator[Finding]:
    """A quote names a paragraph that its document has."""
    for proof in subject.proofs:
        count = subject.corpus.documents[proof.fact.document].paragraphs
        if proof.cite.p > count:
            yield proof.finding(f"there is no ¶ {proof.cite.p}, the document has {counted(count, 'paragraph')}")


def check_uncited_paragraph(subject: Subject) -> Iterator[Finding]:
    """Every paragraph of a document is cited by a fact."""
    for document, source in subject.documents:
        ends = [0, *sorted(subject.quotes_of(document.id)), document.paragraphs + 1]
        gaps = [(before + 1, after - 1) for before, after in pairwise(ends) if after - before > 1]
        if gaps:
            yield _at(source, f"no fact cites {_runs(gaps)}", "paragraphs")


# Facts ---------------------------------------------------------------------------------------------------------------


def check_gist(subject: Subject) -> Iterator[Finding]:
    """A gist is one line and ends with a full stop."""
    for fact, source in subject.facts:
        if len(fact.gist.splitlines()) > 1:
            yield _at(source, "the gist is more than one line", "gist")
        elif not fact.gist.rstrip("”’\"')").endswith("."):
            yield _at(source, "the gist does not end with a full stop", "gist")


def check_self_contradiction(subject: Subject) -> Iterator[Finding]:
    """A fact's dates agree with each other, and nothing came about after the document that says so."""
    for fact, source in subject.facts:
        published = subject.corpus.documents[fact.document].published
        for key, earlier, later, text in _orders(fact, published):
            if earlier is not None and later is not None and earlier.possible[0] > later.possible[1]:
                yield _at(source, f"{text}: {earlier} is later than {later}", key)


def _orders(fact: Fact, published: Edtf) -> Iterator[tuple[str, Edtf | None, Edtf | None, str]]:
    """Yield pairs of dates, of which the first must not be the later, with the key to blame and what is wrong then."""
    if isinstance(fact, Position):
        yield "until", fact.since, fact.until, "an office held 'until' before 'since'"
        yield "as-of", fact.since, fact.as_of, "an office held 'as-of' before 'since'"
    if isinstance(fact, (Position, Sanction)):
        yield "as-of", fact.as_of, published, "'as-of' after the document was published"
    came = (isinstance(fact, Event) and fact.outcome == "held") or (isinstance(fact, Sanction) and fact.status in CAME)
    if came or isinstance(fact, Statement):
        yield "date", fact.date, published, "it came about after the document was published"


_MUST_AGREE = {
    "sanction": ("status",),
    "event": ("outcome",),
    "figure": ("bound", "value", "low", "high", "open_ended"),
}
_MUST_MEET = {"position": ("holder",), "sanction": ("by", "target"), "statement": ("speaker",), "claim": ("subjects",)}


def check_corroboration(subject: Subject) -> Iterator[Finding]:
    """A fact corroborates one of another document that says the same: kind, status, outcome, bound, number, and who.

    What it corroborates, directly or through others, it does not dispute or rebut.
    """
    for fact, source in subject.facts:
        for index, key in enumerate(fact.corroborates):
            reason = _disagreement(subject.corpus, fact, subject.corpus.facts[key])
            if reason:
                yield _at(source, f"'{key}' cannot corroborate this: {reason}", "corroborates", index)
        for relation in ("disputes", "rebuts"):
            for index, key in enumerate(getattr(fact, relation)):
                if key in subject.corpus.standing_together(fact.id):
                    yield _at(source, f"'{relation}' names '{key}', which corroborates this", relation, index)


def _disagreement(corpus: Corpus, one: Fact, other: Fact) -> str:
    if one.document == other.document:
        return "it is of the same document"
    if one.kind != other.kind:
        return f"it is in [{other.kind}] and this in [{one.kind}]"
    for field in _MUST_AGREE.get(one.kind, ()):
        mine, its = getattr(one, field), getattr(other, field)
        if mine != its:
            return f"its '{field}' is {its}, and here it is {mine}"
    for role in _MUST_MEET.get(one.kind, ()):
        if not _with_all_parts(corpus, getattr(one, role)) & _with_all_parts(corpus, getattr(other, role)):
            return f"nobody is '{role}' in both"
    return ""


def _with_all_parts(corpus: Corpus, entities: Iterable[str]) -> set[str]:
    return {part for entity in entities for part in corpus.with_parts(entity)}


# Entities and names --------------------------------------------------------------------------------------------------


class _Spelling(NamedTuple):
    """One name of an entity, and where it stands."""

    entity: str
    text: str
    source: Source
    within: Path


def _spellings(subject: Subject, *keys: str) -> Iterator[_Spelling]:
    for entity in subject.corpus.entities:
        for source in subject.tables_of(entity):
            for key in keys:
                value = source.table.get(key, ())
                if isinstance(value, str):
                    yield _Spelling(entity, value, source, (key,))
                else:
                    yield from (_Spelling(entity, text, source, (key, at)) for at, text in enumerate(value))


def check_unused(subject: Subject) -> Iterator[Finding]:
    """Every entity and topic, or a part of it, occurs in a fact."""
    corpus = subject.corpus
    used = reachable(corpus.uses, lambda part: corpus.entities[part].part_of)
    for entity in corpus.entities.keys() - used.keys():
        yield _at(subject.sources[entity], f"no fact speaks of '{entity}'")


def check_shared_name(subject: Subject) -> Iterator[Finding]:
    """No two entities share a name, however it is written, unless it is `weak` for all of them but one."""
    by_key: dict[str, list[_Spelling]] = {}
    for spelling in _spellings(subject, "name", "names", "search"):
        by_key.setdefault(folding.key(spelling.text), []).append(spelling)
    by_key.pop("", None)
    for first, *more in by_key.values():
        second = next((one for one in more if one.entity != first.entity), None)
        if second is not None:
            for spelling in (first, *more):
                other = second if spelling.entity == first.entity else first
                text = f"'{spelling.text}' is a name of '{other.entity}' too ({other.source.place})"
                yield _at(spelling.source, f"{text}; make one of them weak", *spelling.within)


def check_repeated_name(subject: Subject) -> Iterator[Finding]:
    """An entity has each name once."""
    seen: set[tuple[str, str]] = set()
    for spelling in _spellings(subject, "name", "names", "search", "weak"):
        if (spelling.entity, spelling.text) in seen:
            yield _at(spelling.source, f"'{spelling.text}' is a name of '{spelling.entity}' already", *spelling.within)
        seen.add((spelling.entity, spelling.text))


def check_unfindable_name(subject: Subject) -> Iterator[Finding]:
    """A name has a letter or a digit, without which nobody can ask for it."""
    for spelling in _spellings(subject, "name", "names", "search", "weak"):
        if not any(map(str.isalnum, spelling.text)):
            yield _at(spelling.source, f"'{spelling.text}' has no letter and no digit", *spelling.within)


def check_unprinted_name(subject: Subject) -> Iterator[Finding]:
    """Each of an entity's `names` stands in a document, in whole words and letter for letter. (With texts.)"""
    if not subject.originals:
        return
    for spelling in _spellings(subject, "names"):
        documents = {subject.corpus.facts[fact].document for fact in subject.corpus.roles_of(spelling.entity)}
        is_decided = documents <= subject.originals.keys()
        if is_decided and not any(is_printed(spelling.text, one.text) for one in subject.originals.values()):
            text = f"no document prints '{spelling.text}'; a spelling that is for look-up only belongs in 'search'"
            yield _at(spelling.source, text, *spelling.within)


# Characters ----------------------------------------------------------------------------------------------------------


def _strings(file: TomlFile) -> Iterator[tuple[Path, str]]:
    waiting: list[tuple[Path, Any]] = [((), file.data)]
    while waiting:
        path, value = waiting.pop()
        if isinstance(value, str):
            if not (value.isascii() and value.isprintable()):
                yield path, value
        elif isinstance(value, (dict, list)):
            items = value.items() if isinstance(value, dict) else enumerate(value)
            waiting.extend(((*path, key), one) for key, one in items)


def check_not_nfc(subject: Subject) -> Iterator[Finding]:
    """All text is in Unicode normal form C."""
    for file, path, text in subject.strings:
        if not unicodedata.is_normalized("NFC", text):
            yield Finding(file, file.line_of(path), f"'{text}' is not in normal form C (composed letters)")


def check_hidden_character(subject: Subject) -> Iterator[Finding]:
    """No text holds a control, bidirectional, zero-width or unassigned character."""
    for file, path, text in subject.strings:
        hidden = hidden_characters(text)
        if hidden:
            key = next(step for step in reversed(path) if isinstance(step, str))
            yield Finding(file, file.line_of(path), f"'{key}' holds {', '.join(hidden)}, which nobody sees")


def check_mixed_scripts(subject: Subject) -> Iterator[Finding]:
    """No word mixes the letters of several scripts."""
    for file, path, text in subject.strings:
        for word in _LETTERS.findall(text):
            scripts = sorted({script for letter in word if (script := _script(letter))})
            if len(scripts) > 1:
                yield Finding(file, file.line_of(path), f"'{word}' mixes {' and '.join(scripts)} letters")


def check_look_alike(subject: Subject) -> Iterator[Finding]:
    """No word is written in letters that only look Latin: full-width, mathematical, or those of another script."""
    for file, path, text in subject.strings:
        if not any(_script(letter) in _LOOKS_LATIN and letter not in _LOOK_ALIKES for letter in text):
            for word in _LETTERS.findall(text):
                if any(map(_is_disguised, word)) or _LOOK_ALIKES.issuperset(word):
                    scripts = " and ".join(sorted({_script(letter) or "styled" for letter in word}))
                    yield Finding(file, file.line_of(path), f"'{word}' looks Latin but is written in {scripts} letters")


_LETTERS = re.compile(r"[^\W\d_]+")
_MIXING_FREELY = {"CJK", "HIRAGANA", "KATAKANA", "HANGUL", "BOPOMOFO"}  # as Japanese, Korean and Chinese do

# Letters that confusables.txt (Unicode UTS #39) maps to one Latin letter, of the scripts that have words of them alone.
_LOOKS_LATIN = {"Cyrillic", "Greek"}
_LOOK_ALIKES = frozenset("АВЕЅІЈКМНОРСТУХԌԚԜҮаеорсухѕіјһԁԛԝѵӏүΑΒΕΖΗΙΚΜΝΟΡΤΥΧοναρυικγχϲϳ")


@cache
def _script(letter: str) -> str:
    """Return the script of a letter as the first word of its Unicode name, or nothing where scripts may mix."""
    if not letter.isalpha() or unicodedata.category(letter) == "Lm" or _is_disguised(letter):
        return ""
    script = unicodedata.name(letter, "").partition(" ")[0]
    return "" if script in _MIXING_FREELY else script.capitalize()


@cache
def _is_disguised(letter: str) -> bool:
    """Tell whether a letter is a compatibility form of Latin ones: full-width, mathematical, a ligature."""
    return not letter.isascii() and letter.isalpha() and unicodedata.normalize("NFKC", letter).isascii()


# Files ---------------------------------------------------------------------------------------------------------------


def check_no_schema_line(subject: Subject) -> Iterator[Finding]:
    """The first line of a file names the schema, for editors: `#:schema ../facts.schema.json`."""
    for file in subject.files:
        if not SCHEMA_LINE.fullmatch(file.text.partition("\n")[0]):
            yield Finding(file, 1, "the first line is not '#:schema' and the path of facts.schema.json")


def check_curator_notes(subject: Subject) -> Iterator[Finding]:
    """No paragraph of the text is left in a comment, as `xjfacts new` writes them for the curator."""
    for file in subject.files:
        lines = [number for number, line in enumerate(file.text.split("\n"), 1) if line.startswith(NOTES_MARK)]
        if lines:
            text = f"the comments still hold {counted(len(lines), 'line')} of the text ('{NOTES_MARK}'); delete them"
            yield Finding(file, lines[0], text)


def check_nothing_checked(subject: Subject) -> Iterator[Finding]:
    """There is a fact to check."""
    if not subject.facts:
        yield Finding(next(iter(subject.files)), 0, "there is no fact in what was to be checked")


Rule = Callable[[Subject], Iterator[Finding]]

RULES: dict[str, Rule] = {
    "quote-length": check_quote_length,
    "ellipsis": check_ellipsis,
    "quote-budget": check_quote_budget,
    "negation": check_negation,
    "negation-cut": check_negation_cut,
    "wrong-paragraph": check_wrong_paragraph,
    "found-in": check_found_in,
    "not-found": check_not_found,
    "text-changed": check_text_changed,
    "text-unavailable": check_text_unavailable,
    "document-size": check_document_size,
    "body": check_body,
    "unknown-paragraph": check_unknown_paragraph,
    "uncited-paragraph": check_uncited_paragraph,
    "gist": check_gist,
    "self-contradiction": check_self_contradiction,
    "corroboration": check_corroboration,
    "unused": check_unused,
    "shared-name": check_shared_name,
    "repeated-name": check_repeated_name,
    "unfindable-name": check_unfindable_name,
    "unprinted-name": check_unprinted_name,
    "not-nfc": check_not_nfc,
    "hidden-character": check_hidden_character,
    "mixed-scripts": check_mixed_scripts,
    "look-alike": check_look_alike,
    "no-schema-line": check_no_schema_line,
    "curator-notes": check_curator_notes,
    "nothing-checked": check_nothing_checked,
}

# The codes of the problems that this module reports, each with its rule.
CODES = {code: (rule.__doc__ or "").partition("\n")[0] for code, rule in RULES.items()}
