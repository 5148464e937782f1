"""What the rules look at, and what they yield: a corpus with the place of everything in it, and the texts, if any."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NamedTuple

from xjfacts.corpus.convert import FileRecords
from xjfacts.corpus.index import Corpus
from xjfacts.corpus.loader import Loaded
from xjfacts.corpus.model import Cite, Document, Fact
from xjfacts.corpus.tomlfile import TomlFile
from xjfacts.corpus.wording import Source
from xjfacts.curation.original import Original
from xjfacts.curation.rules.verdicts import Verdict, judge

if TYPE_CHECKING:
    from xjfacts.corpus.lines import Path


KNOWN_LANGUAGES = frozenset({"en"})  # of whose words rules know something


class Finding(NamedTuple):
    """What a rule yields: a place, its line or its path, and what is wrong there. The code is that of the rule."""

    file: TomlFile
    where: int | Path
    message: str


NOTES_MARK = "#¶ "  # at the start of a line: a paragraph of the text, for the curator and not to be kept


class Look(NamedTuple):
    """What only a file itself tells: its first line, the lines that are notes, and every text that is not plain."""

    first_line: str
    notes: tuple[int, ...]
    texts: tuple[tuple[Path, str], ...]


def look_at(read: FileRecords) -> Look:
    """Look at a file while it is read; there may be more of them than have room in memory."""
    text = read.file.toml.text
    lines = enumerate(text.split("\n"), 1) if NOTES_MARK in text else ()
    return Look(
        text.partition("\n")[0],
        tuple(number for number, line in lines if line.startswith(NOTES_MARK)),
        tuple(read.file.toml.not_plain),
    )


class Proof(NamedTuple):
    """One quote: the fact that it proves, where that stands, and its number among the fact's quotes, from 0."""

    fact: Fact
    source: Source
    number: int
    cite: Cite

    def finding(self, message: str) -> Finding:
        return at(self.source, message, "cite", self.number)


class Spelling(NamedTuple):
    """One name of an entity, and where it stands."""

    entity: str
    text: str
    source: Source
    within: Path


class Subject:
    """What the rules look at: records with their places, and the texts of the documents, if there are any."""

    def __init__(
        self,
        loaded: Loaded,
        looks: Mapping[TomlFile, Look],
        originals: Mapping[str, Original] = MappingProxyType({}),
        unavailable: Mapping[str, str] = MappingProxyType({}),
    ) -> None:
        self.corpus = loaded.corpus
        self.sources = loaded.sources
        self.additions = loaded.additions
        self.files = {file.toml: number for number, file in enumerate(loaded.files)}
        self.looks = [(file, looks[file]) for file in self.files if file in looks]
        self.originals = originals
        self.unavailable = unavailable
        self._spans: dict[tuple[str, int], Sequence[tuple[int, int]]] = {}

    @classmethod
    def of_file(cls, read: FileRecords) -> Subject:
        """Return a file by itself."""
        documents = {} if read.document is None else {read.document.id: read.document}
        corpus = Corpus({}, documents, {fact.id: fact for fact in read.facts}, "")
        return cls(Loaded(corpus, read.sources, {}, (read.file,)), {read.file.toml: look_at(read)})

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

    def spans_of(self, proof: Proof) -> Sequence[tuple[int, int]]:
        """Return where the fragments of a quote stand in its paragraph; nothing without text, or if one does not."""
        key = (proof.fact.id, proof.number)
        if key not in self._spans:
            original = self.originals.get(proof.fact.document)
            self._spans[key] = original.find(proof.cite.p, proof.cite.quote) if original else ()
        return self._spans[key]

    @cached_property
    def verdicts(self) -> tuple[tuple[Proof, Verdict], ...]:
        """What the texts say about each quote; nothing without texts."""
        if not self.originals and not self.unavailable:
            return ()
        documents = self.corpus.documents
        return tuple(
            (
                proof,
                judge(proof.cite, documents[proof.fact.document], self.originals, stands=bool(self.spans_of(proof))),
            )
            for proof in self.proofs
        )

    def judged(self, code: str) -> Iterator[Finding]:
        """Yield what is wrong with the quotes that have this verdict."""
        return (
            proof.finding(verdict.message)
            for proof, verdict in self.verdicts
            if verdict.code == code and verdict.message
        )

    @cached_property
    def strings(self) -> tuple[tuple[TomlFile, Path, str], ...]:
        """Every text that is more than printable ASCII, with its file and place.

        Quotes that their text has letter for letter are left out: what it prints, they print.
        """
        verbatim = {
            (proof.source.file, *proof.source.path, "cite", proof.number)
            for proof, verdict in self.verdicts
            if proof.fact.document in self.originals and not verdict.message
        }
        return tuple(
            (file, path, text)
            for file, look in self.looks
            for path, text in look.texts
            if (not text.isascii() or not text.isprintable())
            and not ((file, *path[:4]) in verbatim and path[4] != "context")
        )

    def quotes_of(self, document: str) -> dict[int, list[Sequence[str]]]:
        """Return all quotes of a document, each as its fragments, by paragraph."""
        quotes: dict[int, list[Sequence[str]]] = {}
        for fact in self.corpus.facts_by_document[document]:
            for cite in self.corpus.facts[fact].cite:
                quotes.setdefault(cite.p, []).append(cite.quote)
        return quotes

    @cached_property
    def languages(self) -> Mapping[str, str]:
        """The language of each document without region or script, or nothing where it is not said."""
        documents = self.corpus.documents.items()
        return {key: (document.language or "").partition("-")[0].lower() for key, document in documents}

    def knows_negations_of(self, document: str) -> bool:
        """Tell whether rules can look for words that negate; a document that names no language is read as English."""
        return self.languages[document] in {"", *KNOWN_LANGUAGES}

    def knows_words_of(self, document: str) -> bool:
        """Tell whether rules can count words that prove something; a document has to say in which language it is."""
        return self.languages[document] in KNOWN_LANGUAGES

    @cached_property
    def not_looked_at(self) -> dict[str, tuple[str, ...]]:
        """The rules that cannot judge all documents of the checked facts, each with the languages beyond it."""
        documents = dict.fromkeys(fact.document for fact, _ in self.facts)
        beyond = {
            "negation": [one for one in documents if not self.knows_negations_of(one)],
            "bare-quote": [one for one in documents if not self.knows_words_of(one)],
        }
        return {
            rule: tuple(sorted({self.languages[one] or "no language" for one in found}))
            for rule, found in beyond.items()
            if found
        }

    @cached_property
    def spellings(self) -> tuple[Spelling, ...]:
        """All names of all entities."""
        return tuple(self._spellings())

    def _spellings(self) -> Iterator[Spelling]:
        for entity in self.corpus.entities:
            for source in self.tables_of(entity):
                table = source.table
                for key in ("name", "names", "search", "weak"):
                    value = table.get(key, ())
                    if isinstance(value, str):
                        yield Spelling(entity, value, source, (key,))
                    else:
                        yield from (Spelling(entity, text, source, (key, at)) for at, text in enumerate(value))

    def tables_of(self, entity: str) -> Iterator[Source]:
        """Yield the table that defines an entity and those that add to it."""
        yield self.sources[entity]
        yield from self.additions.get(entity, ())

    def _of_files(self, records: Mapping[str, Any]) -> Iterator[tuple[Any, Source]]:
        placed = ((record, self.sources[key]) for key, record in records.items())
        return ((record, source) for record, source in placed if source.file in self.files)


def at(source: Source, message: str, *within: str | int) -> Finding:
    return Finding(source.file, (*source.path, *within), message)
