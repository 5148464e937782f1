"""Whether facts keep all rules, and whether every quote stands in its document: which files, and what was found.

    report = check(["facts"], texts="../shared/documents")
    report.problems                      (Problem("facts/documents/x.toml", 12, "not-found", "..."), ...)
    report.counts                        {"documents": 5, "facts": 231, "quotes": 248, "verified": 247, "not-found": 1}

The rules themselves are in `rules`. What only a file itself tells is looked for while it is read, by whichever process
that is; what several files tell, and texts, in the end. Nothing is checked halfway: files that cannot be read as
records stop the check as they stop an answer, and nothing checked is a problem too.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from types import MappingProxyType
from typing import Any, NamedTuple

from xjfacts.corpus.ahead import Ahead
from xjfacts.corpus.convert import MOST_PROBLEMS, TOO_MANY, FactFile, FileRecords
from xjfacts.corpus.index import Stamp
from xjfacts.corpus.loader import Loaded, load_with_sources
from xjfacts.corpus.tomlfile import TomlFile
from xjfacts.curation.original import read_originals
from xjfacts.curation.rules import OF_CORPORA, OF_FILES, RULES, Rule
from xjfacts.curation.rules.subject import Finding, Subject, look_at
from xjfacts.errors import Problem, UnreadableFacts
from xjfacts.files import SHIPPED, shipped_folder
from xjfacts.text import counted, visible

COUNTED = ("documents", "facts", "quotes")
ELSEWHERE = {"missing-key", "unknown-entity", "unknown-fact"}  # problems of which other folders can have the remedy
VERDICTS = ("verified", "wrong-paragraph", "found-in", "not-found", "text-changed", "text-unavailable")


class Report(NamedTuple):
    """What a check found, sorted by place, and what it looked at: documents, facts, quotes, and quotes by verdict.

    Facts that are not `is_readable` were not checked; then the problems say why. Of some documents a rule cannot judge:
    `not_looked_at` names their languages by the rule.
    """

    stamp: Stamp
    problems: tuple[Problem, ...]
    counts: Mapping[str, int]
    is_readable: bool = True
    not_looked_at: Mapping[str, tuple[str, ...]] = MappingProxyType({})

    @property
    def exit_status(self) -> int:
        """0 where nothing is wrong, and otherwise what the process is to end with."""
        if not self.is_readable:
            return UnreadableFacts.exit_status
        return 1 if self.problems else 0


def check(paths: Sequence[str] = (), *, folders: Sequence[str] = (), texts: str | None = None) -> Report:
    """Check fact files, and their quotes against the texts `ID.txt` in the folder `texts` if one is given.

    `paths` are files or folders; without any, all of `folders` (the shipped facts, if there are none) is checked. Paths
    that are a part of `folders`, or refer to what only those define, are read together with them; reported is what is
    wrong with the paths.
    """
    noted: dict[TomlFile, Any] = {}

    def take(file: FactFile, its: Any) -> None:
        noted[file.toml] = its

    note = problems_of_file if texts is None else look_at
    try:
        with Ahead() as ahead:
            loaded = _load(paths, folders, partial(load_with_sources, ahead=ahead.read, note=note, take=take))
    except UnreadableFacts as error:
        return Report(Stamp("", 0, 0), error.problems, dict.fromkeys(COUNTED, 0), is_readable=False)
    if texts is None:
        subject = Subject(loaded, {})
        problems = [*_problems(subject, OF_CORPORA), *(one for file in subject.files for one in noted[file])]
    else:
        subject = Subject(loaded, noted, *read_originals(texts, loaded.corpus.documents.values()))
        problems = [*_problems(subject, RULES)]
    told = tuple(sorted(set(problems)))  # that there are too many of a file is found twice
    return Report(loaded.corpus.stamp, told, _counts(subject), not_looked_at=subject.not_looked_at)


def problems_of_file(read: FileRecords) -> list[Problem]:
    """Return what is wrong with a file by itself."""
    return [*_problems(Subject.of_file(read), OF_FILES)]


def _load(paths: Sequence[str], folders: Sequence[str], load: Callable[..., Loaded]) -> Loaded:
    if not paths:
        return load(folders)
    folders = folders or (SHIPPED,)
    if all(_is_within(path, folders) for path in paths):
        return load(paths, among=folders)
    try:
        return load(paths)
    except UnreadableFacts as error:
        alone = error.with_traceback(None)  # which would hold all that was read
    if ELSEWHERE.isdisjoint(problem.code for problem in alone.problems):
        raise alone
    try:
        return load(paths, among=folders)
    except UnreadableFacts as error:
        # A whole corpus with a slip of its own clashes with every id of the other; the shorter list is to the point.
        raise min(error, alone, key=lambda one: len(one.problems)) from None


def _is_within(path: str, folders: Iterable[str]) -> bool:
    try:
        resolved = os.path.realpath(path)
        tops = [os.path.realpath(shipped_folder() if folder == SHIPPED else folder) for folder in folders]
    except OSError:  # the folder that relative paths begin at is gone
        return False
    return path == SHIPPED or any(resolved == top or resolved.startswith(os.path.join(top, "")) for top in tops)


def _problems(subject: Subject, rules: Mapping[str, Rule]) -> Iterator[Problem]:
    """Yield what is found, file by file: where it stands is looked for in each once, however many rules it breaks."""
    for code, (file, where, message) in sorted(_findings(subject, rules), key=lambda one: subject.files[one[1].file]):
        yield Problem(file.name, where if isinstance(where, int) else file.line_of(where), code, message)


def _findings(subject: Subject, rules: Mapping[str, Rule]) -> Iterator[tuple[str, Finding]]:
    """Yield what the files break of some rules, rule by rule, and of each file no more than anyone mends at once."""
    told: Counter[TomlFile] = Counter()
    for code, rule in rules.items():
        for one in rule(subject):
            if one.file in subject.files:
                told[one.file] += 1
                if told[one.file] <= MOST_PROBLEMS:
                    yield code, one
                elif told[one.file] == MOST_PROBLEMS + 1:
                    yield "too-many-problems", Finding(one.file, 0, TOO_MANY)


def _counts(subject: Subject) -> dict[str, int]:
    verdicts = Counter(verdict.code for _, verdict in subject.verdicts)
    shown = {code: verdicts[code] for code in VERDICTS if verdicts[code] or (verdicts and code == "verified")}
    sizes = len(subject.documents), len(subject.facts), sum(len(fact.cite) for fact, _ in subject.facts)
    return dict(zip(COUNTED, sizes, strict=True)) | shown


def format_report(report: Report) -> str:
    """Return a line per problem and a last one that says what was checked; nothing in the data can forge a line."""
    lines = [visible(str(problem)) for problem in report.problems]
    return "\n".join([*lines, _summary(report)]) + "\n"


def _summary(report: Report) -> str:
    """Say how many quotes are verified: `5 documents, 231 facts, 248 quotes: 247 verified, 1 not-found; 1 problem`."""
    if not report.is_readable:
        return f"nothing was checked, for the facts cannot be read: {counted(len(report.problems), 'problem')}"
    sizes = ", ".join(counted(report.counts[what], what.removesuffix("s")) for what in COUNTED)
    verdicts = ", ".join(f"{report.counts[code]} {code}" for code in VERDICTS if code in report.counts)
    problems = f"; {counted(len(report.problems), 'problem')}" if report.problems else ""
    beyond = ", ".join(f"{rule} ({', '.join(found)})" for rule, found in report.not_looked_at.items())
    unseen = f"; not looked at: {beyond}" if beyond else ""
    return f"{sizes}{f': {verdicts}' if verdicts else ', none verified: no texts'}{unseen}{problems}"
