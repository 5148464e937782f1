"""One way out: bytes to standard output and lines to standard error, whatever those are connected to.

The whole answer is written at once, unbuffered, as UTF-8 whatever the locale says. A reader that has gone away is not
an error (`| head`); anything else that keeps an answer from arriving is, with a line and a status of its own. What
cannot be said on standard error is not said, and changes no status.
"""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from typing import IO, TextIO

from xjfacts.errors import Problem, UnwritableAnswer, UsageError, XjfactsError
from xjfacts.text import visible

# A line says at its beginning what is wrong and at its end what is accepted; between them may stand an argument of any
# length. Of the longest paths (4,096 bytes on Linux) a part is left out.
LONGEST_LINE = 2_000
STDOUT = STDIN = "-"  # as the name of a file


class ReaderGone(XjfactsError):
    """The other end of the pipe was closed: nobody wants the rest, and there is nothing to say."""

    exit_status = 141  # 128 + SIGPIPE, as shells report it


def has_terminal() -> bool:
    """Tell whether a terminal shows what is written to standard output."""
    return sys.stdout is not None and sys.stdout.isatty()


def write_answer(answer: str | bytes) -> None:
    """Write to standard output. Raises ReaderGone or UnwritableAnswer."""
    try:
        _write(sys.stdout, answer)
    except BrokenPipeError:
        raise ReaderGone("") from None
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else "it is closed"
        raise UnwritableAnswer(f"the answer cannot be written to standard output: {reason}") from None


def read_input(limit: int) -> bytes | Problem:
    """Return at most so many bytes of standard input, or why there are none."""
    try:
        if sys.stdin is None:
            raise ValueError("it is closed")
        return sys.stdin.buffer.read(limit)
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        return Problem(STDIN, 0, "unreadable", f"standard input cannot be read: {reason}")


def open_input(*, is_named: bool) -> IO[bytes]:
    """Return standard input. Raises UsageError where it is closed, or a terminal that nobody named."""
    if sys.stdin is None:
        raise UsageError("standard input cannot be read: it is closed")
    if sys.stdin.isatty() and not is_named:
        raise UsageError("which list? name a file, or - for standard input")
    return sys.stdin.buffer


def write_line(line: str) -> None:
    """Write one line to standard error, with nothing in it that could forge a second; silent where that fails."""
    with suppress(OSError, ValueError):
        _write(sys.stderr, f"{_shortened(visible(line))}\n")


def _shortened(line: str) -> str:
    half = LONGEST_LINE // 2
    return line if len(line) <= LONGEST_LINE else f"{line[:half]} … {line[-half:]}"


def _write(stream: TextIO | None, answer: str | bytes) -> None:
    if stream is None:
        raise ValueError("closed")
    descriptor = stream.fileno()
    data = memoryview(answer.encode("utf-8", "backslashreplace") if isinstance(answer, str) else answer)
    while data:
        try:
            data = data[os.write(descriptor, data) :]
        except BlockingIOError:
            from select import select  # only a slow pipe needs it

            select([], [descriptor], [])
