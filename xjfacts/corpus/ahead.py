"""Reading ahead: fact files turned into records by other processes, one for each core, while this one writes them down.

    with Ahead() as ahead:
        for path, made in zip(found, ahead.read(found, root, note)): ...

Made is only what nothing can be said against: a document with facts, each in order by itself. Of any other file, and of
all where no process can be started or one ends, there is None, and whoever asked reads the file itself; so the records
and the problems, and their order, do not depend on who read what. Nor does what is to be noted of a file: it is worked
out by the same function, which the other processes import.

Nobody is left behind. The processes do not see the Ctrl-C of a terminal, end when they are no longer wanted, and when
the one that started them has ended, however that was.
"""

from __future__ import annotations

import gc
import multiprocessing
import os
import signal
from collections import deque
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from itertools import cycle, repeat
from typing import TYPE_CHECKING

from xjfacts.corpus.blobs import to_blob
from xjfacts.corpus.convert import FactFile, Made, MadeFact, Note, Records, hold_whole, is_foreign
from xjfacts.corpus.tomlfile import read_toml

if TYPE_CHECKING:
    from multiprocessing.connection import Connection
    from multiprocessing.context import SpawnProcess

    from xjfacts.files import FactPath

FEWEST = 400  # files, which one process reads in two seconds; to start others takes a quarter of one
TOGETHER = 16  # files that are handed over at once
WAITING = 3  # of such, for each process: so that none waits, and no more is read ahead than has room


class Ahead:
    """Reads files in other processes as long as it is open."""

    def __init__(self) -> None:
        self._processes: list[tuple[SpawnProcess, Connection]] = []

    def __enter__(self) -> Ahead:
        return self

    def __exit__(self, *error: object) -> None:
        with _uninterrupted():
            for process, _ in self._processes:
                process.terminate()
            for process, ours in self._processes:
                process.join()
                process.close()
                ours.close()
            self._processes.clear()

    def read(self, found: Sequence[FactPath], root: str, note: Note) -> Iterator[Made | None]:
        """Yield for every file what was made of it, or None, and then None for as long as it is asked."""
        count = _cores()
        if len(found) >= FEWEST and count > 1:
            with suppress(EOFError, OSError):  # one was ended, or none can be started
                self._start(count)
                yield from self._read(found, root, note)
        yield from repeat(None)

    def _start(self, count: int) -> None:
        # Not forked: a database is open, and where a process is forked differs from system to system.
        context = multiprocessing.get_context("spawn")
        if hasattr(signal, "pthread_sigmask"):
            from multiprocessing import resource_tracker  # made for POSIX

            # It would come with the first process, and unblock what is blocked, so that this one sees an interrupt.
            resource_tracker.ensure_running()
        with _uninterrupted():
            while len(self._processes) < count:
                ours, theirs = context.Pipe()
                process = context.Process(target=_serve, args=(theirs,), daemon=True)
                process.start()
                theirs.close()
                self._processes.append((process, ours))

    def _read(self, found: Sequence[FactPath], root: str, note: Note) -> Iterator[Made | None]:
        """Hand parts to the processes in turn, and take what they make of them in the same order."""
        asked: deque[Connection] = deque()
        ends = cycle([ours for _, ours in self._processes])
        for at in range(0, len(found), TOGETHER):
            ours = next(ends)
            ours.send((found[at : at + TOGETHER], root, note))
            asked.append(ours)
            if len(asked) == WAITING * len(self._processes):
                yield from asked.popleft().recv()
        while asked:
            yield from asked.popleft().recv()


def _cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


@contextmanager
def _uninterrupted() -> Iterator[None]:
    """Let nothing here be interrupted, and no process that is started here see an interrupt."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


# In the other processes ----------------------------------------------------------------------------------------------


def _serve(theirs: Connection) -> None:
    """Make records of files until nobody asks any more."""
    gc.disable()  # as in the process that asks
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    with suppress(Exception):  # whatever it is, such as too little memory: who asked reads the rest, and says it
        while True:
            paths, root, note = theirs.recv()
            theirs.send([_made(path, root, note) for path in paths])


def _made(path: FactPath, root: str, note: Note) -> Made | None:
    toml, problems = read_toml(path.path, name=path.name, root=root)
    if toml is None or problems or is_foreign(toml):
        return None
    records = Records(problems, hold_whole)
    noted = records.add_file(FactFile(path.relative, toml), note)
    if problems or records.entities or records.additions or len(records.documents) != 1:
        return None
    (document,) = records.documents.values()
    return Made(toml.text.encode(), to_blob(document), [*map(MadeFact.of, records.facts.values())], noted)
