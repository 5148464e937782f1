"""Where a corpus that was read once is kept between runs: one file per set of folders, in the user's cache folder.

    kept = cache.keep(["facts"], manifest, fill)        `fill` puts the corpus into a new database
    kept = cache.find(["facts"])                        None where the facts are not those that were read

What is kept is trusted only while every fact file is the file that was read (see `manifest`), under the very same tool,
and what was kept is what was written (see `sealed`). What others could have written is never read: the folder and the
file belong to the user and nobody else may write to them. There is no lock: a file is written beside and then renamed,
and two runs write the same.

Failing to keep or find something is never an error; then the facts are read again.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Collection, Mapping, Sequence
from contextlib import suppress
from stat import S_IMODE, S_ISDIR, S_ISREG
from time import time
from typing import TYPE_CHECKING
from zlib import crc32

from msgspec import MsgspecError
from msgspec.msgpack import decode, encode

from xjfacts.corpus.manifest import Manifest, take_manifest
from xjfacts.corpus.sealed import Damaged, Sealed, put, write

if TYPE_CHECKING:
    from sqlite3 import Connection

DAMAGE = (Damaged, MsgspecError)

KEPT = 8  # files; of more sets of folders than that nobody asks in turn
LONGEST_PATH = 480  # bytes; SQLite takes 512, and a file that is being written has a longer name
ABANDONED = 3_600  # seconds in which nobody wrote to a file that has not its name yet: whoever began it was killed
SUFFIX = ".facts"

HEAD = "create table head (name text primary key, content blob, seal integer)"


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


class Kept(Sealed):
    """What is kept of some folders: the manifest and the stamp of the facts, and whatever `keep` was to fill in.

    The stamp is the SHA-256 of the facts and the numbers of documents and facts.
    """

    def __init__(self, path: str) -> None:
        super().__init__(path)
        head = dict(self.rows("select name, content, seal from head"))
        if head.keys() != {"manifest", "stamp"}:
            raise Damaged
        self.manifest = bytes(head["manifest"])
        sha256, documents, facts = decode(head["stamp"], type=tuple[str, int, int])
        self.stamp = sha256, documents, facts

    def known_words(self, words: Collection[str], *, in_print: bool) -> set[str]:
        """Return those of some folded words that stand anywhere: in a fact or name, or in the imprint of a document."""
        from xjfacts.corpus.matches import known_words  # only a search needs them

        return known_words(self, words, in_print=in_print)

    def matching(self, table: str, words: str) -> dict[str, list[int]]:
        """Return, by place, the numbers of what holds folded words side by side there, in a table of `fulltext`."""
        from xjfacts.corpus.matches import matching  # as above

        return matching(self, table, words)


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
        with suppress(OSError, ValueError, *DAMAGE):
            path = self._path(folders)
            if _is_private(os.lstat(self._folder)) and _is_private(os.lstat(path)):
                kept = Kept(path)
                if kept.manifest == manifest.text:
                    return kept
        return None

    def keep(
        self,
        folders: Sequence[str],
        manifest: Manifest,
        fill: Callable[[Connection], tuple[str, int, int]],
    ) -> Kept | None:
        """Keep a corpus and return what is kept of it; None where that cannot be done.

        `fill` reads the facts and returns their stamp. They are kept if they still are as the manifest has them then.
        """
        if self._folder is None:
            return None

        def fill_all(connection: Connection) -> None:
            connection.execute(HEAD)
            put(connection, "head", (("stamp", encode(fill(connection))), ("manifest", manifest.text)))
            now = self.take_manifest(folders)
            if now is None or now.text != manifest.text:
                raise OSError("the facts were changed while they were read")

        path = self._path(folders)
        if len(os.fsencode(path)) > LONGEST_PATH:
            return None
        with suppress(OSError, ValueError, MemoryError, *DAMAGE):
            _make_private(self._folder)
            _sweep(self._folder)
            _replace(path, fill_all)
            _prune(self._folder)
            return Kept(path)
        return None

    def _path(self, folders: Sequence[str]) -> str:
        # Should two sets of folders share a name, their manifests still tell them apart.
        named = "\0".join((sys.version, *map(os.path.abspath, folders))).encode("utf-8", "surrogateescape")
        return os.path.join(str(self._folder), f"{crc32(named):08x}{SUFFIX}")


# Files of the user's own ---------------------------------------------------------------------------------------------


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
    missing: list[str] = []
    while not os.path.lexists(parent := os.path.dirname(missing[-1]) if missing else folder):
        missing.append(parent)
    if missing and not _is_own(os.stat(parent)):
        raise PermissionError(parent)
    for one in reversed(missing):
        os.mkdir(one, 0o700)
    if not _is_private(status := os.lstat(folder)):
        if not (S_ISDIR(status.st_mode) and _is_own(status)):
            raise PermissionError(folder)
        os.chmod(folder, 0o700)


def _replace(path: str, fill: Callable[[Connection], None]) -> None:
    """Write a file beside `path` and rename it; it is not synced, for a checksum tells what a crash left."""
    temporary = f"{path}.{os.urandom(8).hex()}"
    try:
        write(temporary, fill)
        os.replace(temporary, path)
    except BaseException:  # Ctrl-C as well
        with suppress(OSError):
            os.unlink(temporary)
        raise


def _sweep(folder: str) -> None:
    """Remove what killed runs left half written."""
    with os.scandir(folder) as entries:
        begun = [one for one in entries if SUFFIX in one.name and not one.name.endswith(SUFFIX)]
    for file in begun:
        with suppress(OSError):
            if os.stat(file.path).st_mtime < time() - ABANDONED:
                os.unlink(file.path)


def _prune(folder: str) -> None:
    """Remove what was written longest ago, so that no more than KEPT files stay."""
    with os.scandir(folder) as entries:
        files = sorted((one for one in entries if one.name.endswith(SUFFIX)), key=lambda one: one.stat().st_mtime_ns)
    for file in files[:-KEPT]:
        with suppress(OSError):
            os.unlink(file.path)
