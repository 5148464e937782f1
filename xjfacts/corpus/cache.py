"""Where a corpus that was read once is kept between runs: one file per set of folders, in the user's cache folder.

    xjfacts-cache 1 6f0d9a21 2310 8123 724a4ffa...5f95 5 254
    manifest       the tool, and every fact file as it stood: path, size, times, inode
    index          where each block is (see `snapshot`)
    blocks         the records

The first line has the checksum of the two parts that follow it, their lengths, and the stamp of the facts. It is plain
text, so that the stamp is known before anything is decoded.

What is kept is trusted only while every fact file is the file that was read, by the times, size and inode that the
system reports, under the very same tool. Times can tell only if they are older than the reading: a file that was
written a moment ago could be written again within the same tick of the file system's clock (git calls this racy), so
until it has settled nothing is kept. What others could have written is never read: the folder and the file belong to
the user and nobody else may write to them. The checksums (CRC-32) are for accidents of disks, not against an enemy, who
would have to be the user. There is no lock: a file is written beside and then renamed, and two runs write the same.

Failing to keep or find something is never an error; then the facts are read again.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from stat import S_IMODE, S_ISDIR, S_ISREG
from time import time_ns
from typing import NamedTuple
from weakref import finalize
from zlib import crc32

from xjfacts.files import SHIPPED, find_fact_files, shipped_folder

MAGIC = "xjfacts-cache 1"
KEPT = 8  # files; of more sets of folders than that nobody asks in turn
FIRST_READ = 1 << 16  # bytes: the head of the shipped facts in one go

# How long a file must have rested before its times tell it from a later one: the tick of a kernel's clock is 10 ms at
# most, but some file systems count in seconds (FAT in twos), which shows in times without a fraction.
TICK = 50_000_000
COARSE_TICK = 2_000_000_000


class Damaged(Exception):  # never seen by a user: the facts are read again
    """What was kept is not what was written."""


def cache_folder(environment: Mapping[str, str], platform: str) -> str | None:
    """Return the folder for this tool below the one where the system keeps what can be made again; None without a home.

    That is `$XDG_CACHE_HOME` where it is set (XDG Base Directory Specification), else `~/.cache`, `~/Library/Caches`
    on macOS and `%LOCALAPPDATA%` on Windows.
    """
    base = environment.get("XDG_CACHE_HOME", "")
    if not os.path.isabs(base):  # the specification has a relative path ignored
        ordinary = {"darwin": ("HOME", "Library/Caches"), "win32": ("LOCALAPPDATA", "")}
        variable, below = ordinary.get(platform, ("HOME", ".cache"))
        home = environment.get(variable, "")
        base = os.path.join(home, below) if os.path.isabs(home) else ""
    return os.path.join(base, "xjfacts") if base else None


class Manifest(NamedTuple):
    """The fact files of some folders as they stand, and the tool that would read them."""

    text: bytes
    is_settled: bool


def take_manifest(folders: Sequence[str], version: str) -> Manifest | None:
    """Return what stands in the folders now, or None where anything is wrong with one: only reading can tell what."""
    now = time_ns()
    is_settled = True
    try:
        parts: list[object] = [version, sys.version, *_own_files()]
        for folder in dict.fromkeys(folders or (SHIPPED,)):
            root = os.path.abspath(shipped_folder() if folder == SHIPPED else folder)
            found, problems = find_fact_files(root)
            if problems or not found:
                return None
            for path in found:
                status = os.stat(path.path)
                parts += (path.path, path.relative, *_marks(status))
                is_settled = is_settled and _has_settled(status, now)
    except (OSError, ValueError):
        return None
    return Manifest("\0".join(map(str, parts)).encode("utf-8", "surrogateescape"), is_settled)


def _own_files() -> Iterable[object]:
    """Yield the state of the tool itself, which a developer changes without a new version, and of what lies beside it.

    In an installation that is the folder of all packages, so that another version of a dependency is noticed as well.
    """
    package = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
    yield os.stat(os.path.dirname(package)).st_mtime_ns
    for room in (package, *sorted(_rooms(package))):
        with os.scandir(room) as entries:
            for entry in sorted(entries, key=lambda one: one.name):
                if entry.name.endswith(".py"):
                    yield from (entry.name, *_marks(entry.stat()))


def _rooms(package: str) -> list[str]:
    with os.scandir(package) as entries:
        return [one.path for one in entries if one.is_dir() and one.name[0] not in "_." and one.name != "facts"]


def _marks(status: os.stat_result) -> tuple[int, ...]:
    return status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino


def _has_settled(status: os.stat_result, now: int) -> bool:
    newest = max(status.st_mtime_ns, status.st_ctime_ns)
    return newest + (TICK if newest % 1_000_000_000 else COARSE_TICK) < now


class Kept:
    """A file of the cache, open as long as somebody may ask it for a block.

    `stamp` is the SHA-256 of the facts and the numbers of documents and facts, `index` what `keep` was given. Raises
    Damaged where the file does not hold what was written, be it at once or when a block is asked for.
    """

    def __init__(self, descriptor: int) -> None:
        self._descriptor = descriptor
        finalize(self, os.close, descriptor)
        begin = self._read(0, FIRST_READ)
        line, _, head = begin.partition(b"\n")
        try:
            magic, checksum, *fields = line.decode("ascii").rsplit(" ", 6)
            manifest, index, documents, facts = (int(fields[at]) for at in (0, 1, 3, 4))
        except ValueError:
            raise Damaged from None
        self._blocks = len(line) + 1 + manifest + index
        head += self._read(len(begin), self._blocks - len(begin))
        self.manifest, self.index = head[:manifest], head[manifest : manifest + index]
        if (magic, checksum) != (MAGIC, _checksum(fields, self.manifest, self.index)):
            raise Damaged
        self.stamp = (fields[2], documents, facts)

    def block(self, start: int, length: int, checksum: int) -> bytes:
        """Return the block that stands so many bytes behind the index."""
        data = self._read(self._blocks + start, length)
        if len(data) != length or crc32(data) != checksum:
            raise Damaged
        return data

    def _read(self, start: int, length: int) -> bytes:
        parts: list[bytes] = []
        try:
            os.lseek(self._descriptor, start, os.SEEK_SET)
            while length > 0 and (part := os.read(self._descriptor, length)):
                parts.append(part)
                length -= len(part)
        except OSError:
            raise Damaged from None
        return b"".join(parts)


class Cache:
    """What is kept in a folder, which need not exist yet; nothing, where `folder` is None."""

    def __init__(self, folder: str | None, version: str) -> None:
        self._folder = folder
        self._version = version

    def take_manifest(self, folders: Sequence[str]) -> Manifest | None:
        return None if self._folder is None else take_manifest(folders, self._version)

    def find(self, folders: Sequence[str]) -> Kept | None:
        """Return what is kept of the folders, if they are as they were when it was read."""
        manifest = self.take_manifest(folders)
        if self._folder is None or manifest is None:
            return None
        with suppress(OSError, ValueError, Damaged):
            if _is_private(os.lstat(self._folder)):
                descriptor = os.open(self._path(folders), _READ)
                kept = Kept(descriptor)
                if _is_private(os.fstat(descriptor)) and kept.manifest == manifest.text:
                    return kept
        return None

    def keep(
        self,
        folders: Sequence[str],
        manifest: Manifest,
        stamp: tuple[str, int, int],
        index: bytes,
        blocks: Iterable[bytes],
    ) -> None:
        """Keep a corpus for the next run, if that can be done."""
        if self._folder is None:
            return
        sha256, documents, facts = stamp
        fields = [str(field) for field in (len(manifest.text), len(index), sha256, documents, facts)]
        line = " ".join((MAGIC, _checksum(fields, manifest.text, index), *fields))
        with suppress(OSError, ValueError):
            _make_private(self._folder)
            _write(self._path(folders), (line.encode(), b"\n", manifest.text, index, *blocks))
            _prune(self._folder)

    def _path(self, folders: Sequence[str]) -> str:
        # Should two sets of folders share a name, their manifests still tell them apart.
        named = "\0".join((sys.version, *map(os.path.abspath, folders))).encode("utf-8", "surrogateescape")
        return os.path.join(str(self._folder), f"{crc32(named):08x}.facts")


def _checksum(fields: Iterable[str], manifest: bytes, index: bytes) -> str:
    return f"{crc32(index, crc32(manifest, crc32(' '.join(fields).encode()))):08x}"


# Files of the user's own ---------------------------------------------------------------------------------------------

_OPEN = getattr(os, "O_BINARY", 0) | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_NOFOLLOW", 0)
_READ = _OPEN | os.O_RDONLY | getattr(os, "O_NONBLOCK", 0)
_WRITE = _OPEN | os.O_WRONLY | os.O_CREAT | os.O_EXCL


def _is_own(status: os.stat_result) -> bool:
    """Tell whether a file is the user's; Windows has neither this nor the modes, and keeps its folders private."""
    return not hasattr(os, "geteuid") or status.st_uid == os.geteuid()


def _is_private(status: os.stat_result) -> bool:
    """Tell whether a folder or regular file is the user's, and nobody else may even read it."""
    is_closed = not hasattr(os, "geteuid") or not S_IMODE(status.st_mode) & 0o077
    return is_closed and _is_own(status) and (S_ISREG(status.st_mode) or S_ISDIR(status.st_mode))


def _make_private(folder: str) -> None:
    """See to it that the folder exists and is private. Raises OSError where that is not the user's to do.

    Under sudo the home can be another user's, who could never get rid of what is made there.
    """
    if not os.path.lexists(folder):
        parent = os.path.dirname(folder)
        if not os.path.isdir(parent):
            _make_private(parent)
        if not _is_own(os.stat(parent)):
            raise PermissionError(parent)
        os.mkdir(folder, 0o700)
    elif not _is_private(status := os.lstat(folder)):
        if not (S_ISDIR(status.st_mode) and _is_own(status)):
            raise PermissionError(folder)
        os.chmod(folder, 0o700)


def _write(path: str, parts: Iterable[bytes]) -> None:
    """Write a private file beside `path` and rename it; it is not synced, for a checksum tells what a crash left."""
    temporary = f"{path}.{os.urandom(8).hex()}"
    try:
        with open(os.open(temporary, _WRITE, 0o600), "wb") as file:
            file.writelines(parts)
        os.replace(temporary, path)
    except BaseException:  # Ctrl-C as well
        with suppress(OSError):
            os.unlink(temporary)
        raise


def _prune(folder: str) -> None:
    """Remove what was written longest ago, so that no more than KEPT files stay; of killed runs too."""
    with os.scandir(folder) as entries:
        files = sorted((entry for entry in entries if ".facts" in entry.name), key=lambda one: one.stat().st_mtime_ns)
    for file in files[:-KEPT]:
        with suppress(OSError):
            os.unlink(file.path)
