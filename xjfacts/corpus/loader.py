"""Find, read and convert fact files: folders in, a `Corpus` out, or every reason why not.

Each reason is a `Problem` in one place: `facts/documents/x.toml:12: unknown key 'yera' (did you mean 'year'?)
[unknown-key]`. All files are read and all tables converted before anything is reported, so that one run shows all
there is to mend. What is merely doubtful is not looked for here but in `check`.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import repeat
from typing import Any, NamedTuple

from xjfacts.corpus.convert import FactFile, Hold, Made, Note, Records, hold_whole, is_foreign, note_nothing
from xjfacts.corpus.index import Corpus
from xjfacts.corpus.references import resolve
from xjfacts.corpus.tomlfile import Shelf, TomlFile, read_toml
from xjfacts.corpus.wording import Source
from xjfacts.errors import Problem, UnreadableFacts
from xjfacts.files import SHIPPED, FactPath, Progress, find_fact_files, in_silence, shipped_folder

CODES = {
    "unknown-table": "a top-level table that no fact file has",
    "unknown-key": "a key that the table does not have",
    "missing-key": "a key that the table, or the word it uses, needs",
    "wrong-type": "a value of another type than the key takes",
    "unknown-word": "a word outside a closed list",
    "bad-value": "a value of the right type that cannot be meant",
    "bad-date": "text that is not one of the dates accepted, or not a day of the calendar",
    "bad-id": "a key or file name that cannot be an id",
    "double-id": "one id for two things; both places are named",
    "unknown-entity": "a reference to an entity that no file defines",
    "unknown-fact": "a reference to a fact that no file holds",
    "no-document": "facts in a file that has no [document]",
    "too-many-problems": "a file with more problems than anyone mends at once; those that come first are told",
    "no-facts": "no fact file where one was expected",
}


# Yields for every file below a root what others made and noted of it, or None, for as long as it is asked.
ReadAhead = Callable[[Sequence[FactPath], str, Note], Iterable["Made | None"]]


def read_none_ahead(*_: object) -> Iterable[Made | None]:
    return repeat(None)


# Is given a file, and what was noted of it.
Take = Callable[[FactFile, Any], None]


def take_nothing(*_: object) -> None:
    return None


class Loaded(NamedTuple):
    """A corpus with what only `check` needs to know.

    That is where each record stands, by id; which further tables add to an entity; and the files that were named (not
    those which they were read among).
    """

    corpus: Corpus
    sources: Mapping[str, Source]
    additions: Mapping[str, Sequence[Source]]
    files: tuple[FactFile, ...]


def load_corpus(
    folders: Sequence[str] = (),
    *,
    progress: Progress = in_silence,
    hold: Hold = hold_whole,
    ahead: ReadAhead = read_none_ahead,
    note: Note = note_nothing,
    take: Take = take_nothing,
) -> Corpus:
    """Read every fact file below the folders (or the single files) into one corpus.

    No folder means the shipped facts, and so does the word `shipped` among others. `progress` shows how far it is, and
    `hold` is given every fact as it is read, to say what of it the corpus is to hold. What others read `ahead` is not
    read here. What is to be known of each file beside its records is for `note` to work out while the file is at hand,
    in whichever process that is, and for `take` to receive here. Raises UnreadableFacts, with all problems sorted by
    place, where anything cannot be read as a record; nothing is half-answered.
    """
    return load_with_sources(folders, progress=progress, hold=hold, ahead=ahead, note=note, take=take).corpus


def load_with_sources(
    folders: Sequence[str] = (),
    *,
    among: Sequence[str] = (),
    progress: Progress = in_silence,
    hold: Hold = hold_whole,
    ahead: ReadAhead = read_none_ahead,
    note: Note = note_nothing,
    take: Take = take_nothing,
) -> Loaded:
    """Do as `load_corpus` does, and also return where every record stands.

    `among` are further folders, for what the records refer to; of their files nothing is noted. A file of theirs stands
    back where `folders` has the same file, or another version of the same document.
    """
    from hashlib import sha256  # costs 5 ms and is needed only when files are really read

    problems: list[Problem] = []
    records, digest = Records(problems, hold), sha256()
    reading = _Reading(problems, progress, ahead)
    files: list[FactFile] = []
    documents: set[str] = set()
    for file in reading.files(folders or (SHIPPED,), note):
        files.append(file._replace(made=None))
        documents.update([file.stem] if file.has_document else ())
        noted = records.add_file(file, note)
        digest.update(_digested(file))
        if not problems:
            take(file, noted)
    for file in reading.files(among, note_nothing):
        if not (file.has_document and file.stem in documents):
            records.add_file(file)
            digest.update(_digested(file))
    resolve(records)
    if problems:
        raise UnreadableFacts(f"the facts cannot be read: {_count(len(problems), 'problem')}", tuple(sorted(problems)))
    corpus = Corpus(records.entities, records.documents, records.facts, digest.hexdigest())
    return Loaded(corpus, records.sources, records.additions, tuple(files))


class _Reading:
    """The files of some folders, read one after the other; what is wrong with others is added to `problems`."""

    def __init__(self, problems: list[Problem], progress: Progress, ahead: ReadAhead) -> None:
        self._problems = problems
        self._progress = progress
        self._ahead = ahead
        self._seen: set[str] = set()
        self._shelf = Shelf()

    def files(self, folders: Sequence[str], note: Note) -> Iterator[FactFile]:
        """Yield the fact files of the folders that were not read before."""
        for folder in dict.fromkeys(folders):
            root, shown = (shipped_folder(), "facts") if folder == SHIPPED else (folder, folder)
            found, missing = find_fact_files(root, name=shown)
            self._problems += missing
            foreign = 0
            for path, made in zip(self._progress("reading", found), self._ahead(found, root, note), strict=False):
                resolved = os.path.realpath(path.path)
                if resolved in self._seen:
                    continue
                self._seen.add(resolved)
                if made is not None:
                    ready = TomlFile.read_elsewhere(path.path, name=path.name, text=made.content.decode())
                    ready.put_on(self._shelf)
                    yield FactFile(path.relative, ready, made)
                    continue
                toml, wrong = read_toml(path.path, name=path.name, root=root)
                self._problems += wrong
                if toml is not None and is_foreign(toml) and os.path.isdir(root):
                    foreign += 1
                elif toml is not None:
                    toml.put_on(self._shelf)
                    yield FactFile(path.relative, toml)
            if foreign == len(found) and not missing:
                text = "there is no fact file (*.toml) in this folder"
                self._problems.append(Problem(shown, 0, "no-facts", text))


def _digested(file: FactFile) -> bytes:
    """Return what of a file is counted in the SHA-256 over all: its path in its folder, its size and its bytes.

    They are counted with LF for every line end and without a byte order mark, so that a checkout on Windows has the
    facts, and the answers, of any other.
    """
    content = file.content
    return b"%s\0%d\0%s" % (file.relative.encode("utf-8", "surrogateescape"), len(content), content)


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
