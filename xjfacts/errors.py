"""What a user can cause: each error owns its wording and its exit status.

Two forms, for two situations. A `Problem` is one doubtful or unreadable place in a fact file; functions return
problems, all of them, and somebody else decides what they mean. An `XjfactsError` is raised where no answer can be
given at all; its text is one line and its `exit_status` is what the process ends with.
"""

from __future__ import annotations

from typing import Any, NamedTuple


class Problem(NamedTuple):
    """One thing wrong in one place of one fact file, printed as `file:line: message [code]`.

    `file` is the path as the user named it, `line` counts from 1 (0: the file as a whole). Problems sort by place.
    """

    file: str
    line: int
    code: str
    message: str

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}" if self.line else self.file
        return f"{place}: {self.message} [{self.code}]"


class XjfactsError(Exception):
    """Something that stops an answer. Its text is for people, in one line.

    `asked` is the name in question with its candidates, where it was a name that stopped the answer, and `option` says
    which part of the question that was: `name`, `by`, `on`, ... `is_told` is set where the answer to a script has been
    written already.
    """

    exit_status = 1
    kind = "error"  # as JSON has it
    option = "name"
    is_told = False
    see: tuple[str, ...] = ()  # commands that show what is nearby

    def __init__(self, message: str, *, asked: Any = None) -> None:
        super().__init__(message)
        self.asked = asked


class NotFound(XjfactsError):
    """Nothing in the facts fits the question."""

    exit_status = 1
    kind = "not-found"


class UsageError(XjfactsError):
    """The question itself cannot be understood: a malformed date, an unknown status, an empty name."""

    exit_status = 2
    kind = "wrong-usage"


class AmbiguousName(XjfactsError):
    """A name fits several entities equally well; choosing one of them would be a guess."""

    exit_status = 3
    kind = "ambiguous-name"


class UnreadableFacts(XjfactsError):
    """The facts cannot be read. `problems` holds every reason, sorted, not just the first."""

    exit_status = 4
    kind = "unreadable-facts"

    def __init__(self, message: str, problems: tuple[Problem, ...] = ()) -> None:
        super().__init__(message)
        self.problems = problems


class UnwritableAnswer(XjfactsError):
    """The answer is known but cannot be written: a full disk, a closed standard output, a folder in the way."""

    exit_status = 74
    kind = "unwritable-answer"


class OwnError(XjfactsError):
    """What nobody thought of, or not enough memory: an error of xjfacts itself."""

    exit_status = 70  # EX_SOFTWARE
    kind = "own-error"


def suggestion(guesses: list[str]) -> str:
    """Return ` (did you mean 'x'?)` for the nearest guess, or nothing where there is none."""
    return f" (did you mean '{guesses[0]}'?)" if guesses else ""
