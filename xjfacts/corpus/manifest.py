"""What stands in the folders of facts now, so that a later run can tell whether it is what an earlier one read.

    manifest = take_manifest(["facts"], "0.2.0")
    manifest.text           the tool, and every fact file: path, size, times, inode
    manifest.is_settled     whether those times tell

A fact file is the file that was read while the size, times and inode that the system reports are the same. Times can
tell only if they are older than the reading: a file that was written a moment ago could be written again within the
same tick of the file system's clock (git calls this racy), so until it has settled nothing is kept.

Every question takes a manifest. So a file costs one look and no more: the folders are gone through with `scandir`.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Sequence
from time import time_ns
from typing import Any

from msgspec import Struct
from msgspec.msgpack import encode

from xjfacts.files import SHIPPED, find_relative, shipped_folder

# How long a file must have rested before its times tell it from a later one: the tick of a kernel's clock is 10 ms at
# most, but some file systems count in seconds (FAT in twos), which shows in times without a fraction.
TICK = 50_000_000
COARSE_TICK = 2_000_000_000

READING = ("", "names", "corpus")  # the rooms that make what is kept

Marks = tuple[int, int, int, int]  # size, modified, changed, inode


class Manifest(Struct, frozen=True):
    """The fact files of some folders as they stood at a moment (in nanoseconds), and the tool that would read them."""

    text: bytes
    files: list[Marks]
    taken: int

    @property
    def is_settled(self) -> bool:
        return all(has_settled(marks, self.taken) for marks in self.files)


def take_manifest(folders: Sequence[str], version: str) -> Manifest | None:
    """Return what stands in the folders now, or None where anything is wrong with one: only reading can tell what."""
    taken = time_ns()
    files: list[Marks] = []
    try:
        parts: list[Any] = [version, sys.version, *_own_files()]
        for folder in dict.fromkeys(folders or (SHIPPED,)):
            root, names = _fact_files(os.path.abspath(shipped_folder() if folder == SHIPPED else folder))
            if not names:
                return None
            marks = [_marks(os.stat(f"{root}/{name}")) for name in names]
            parts += (os.fsencode(root), os.fsencode("\0".join(names)), marks)
            files += marks
        return Manifest(encode(parts), files, taken)
    except (OSError, ValueError, OverflowError):  # the last of an inode that no 64 bits hold
        return None


def _fact_files(path: str) -> tuple[str, list[str]]:
    """Return a folder and the fact files below it; none where anything is wrong with one."""
    if os.path.isfile(path):
        return os.path.split(path)[0], [os.path.basename(path)]
    found, problems = find_relative(path, "")
    return path, [] if problems else found


def _own_files() -> Iterator[Any]:
    """Yield the state of what reads the facts, which a developer changes without a new version, and of what is near.

    In an installation that is the folder of all packages, so that another version of a dependency is noticed as well.
    """
    package = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
    yield os.stat(os.path.dirname(package)).st_mtime_ns
    for room in READING:
        with os.scandir(os.path.join(package, room)) as entries:
            for entry in sorted(entries, key=lambda one: one.name):
                if entry.name.endswith(".py"):
                    yield from (entry.name, _marks(entry.stat()))


def _marks(status: os.stat_result) -> Marks:
    return status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino


def has_settled(marks: Marks, now: int) -> bool:
    """Tell whether a file was written so long before that a later writing of it would show in its times."""
    newest = max(marks[1], marks[2])
    return newest + (TICK if newest % 1_000_000_000 else COARSE_TICK) < now
