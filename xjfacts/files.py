"""Files: one way in, one way out.

Fact files may come from strangers and may be read on any machine, so every file is opened here: a regular file, inside
the folder it was found in even when links are followed, of bounded size, read once into memory. A file that is none of
that becomes a `Problem` of that file and no other; nothing here raises for it.

`write_file` is the other direction: afterwards there is the old file or the new one, never half of either.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from errno import EACCES
from itertools import islice
from stat import S_IMODE, S_ISREG
from typing import TYPE_CHECKING, Any, BinaryIO, NamedTuple

from xjfacts.errors import Problem, UnwritableAnswer

if TYPE_CHECKING:
    from collections.abc import Iterator

    AnyPath = str | os.PathLike[str]

# The codes of the problems that this module reports.
CODES = {
    "dangling-link": "a link that leads nowhere: what it stands for is missing",
    "linked-folder": "a link to a folder outside the one it was found in",
    "not-a-file": "a folder, device or pipe where a file should be",
    "outside-folder": "a link that leads out of the folder it was found in",
    "too-many-files": "a folder of far more files than anyone curates by hand",
    "too-large": "more bytes than a file of its kind can reasonably have",
    "unreadable": "the system refuses to open or read it",
}

# Opening never waits for the other end of a pipe, never adopts a terminal, is not inherited, and does not follow a link
# put there after the path was resolved. Systems without a flag do without it.
_OPEN = getattr(os, "O_BINARY", 0) | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_NOCTTY", 0)
_READ = _OPEN | os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
_WRITE = _OPEN | os.O_WRONLY

# Takes what is being done and what it is done to, and hands that on one by one, so that it can show how far it is.
Progress = Callable[[str, Sequence[Any]], Iterable[Any]]

SHIPPED = "shipped"  # stands, among folders, for the one that comes with the tool
SERVERS = ("postgresql://", "postgres://")  # what begins so is the address of a server, and no folder

# A folder named by mistake (a home, the root of the system) is left early; a thousand documents are a few thousand.
MAX_ENTRIES = 100_000


class FactPath(NamedTuple):
    """A fact file that was found: `path` opens it, `relative` is POSIX and below its folder, `name` is for people."""

    path: str
    relative: str
    name: str


def shipped_folder() -> str:
    """Return the folder of the facts that come with the tool: inside an installed package, beside it in a checkout."""
    package = os.path.dirname(os.path.abspath(__file__))
    inside = os.path.join(package, "facts")
    return inside if os.path.isdir(inside) else os.path.join(os.path.dirname(package), "facts")


def is_server(folder: str) -> bool:
    """Tell whether what was named as a folder of facts is the address of a server that holds them."""
    return folder.startswith(SERVERS)


def in_silence(_: str, items: Sequence[Any]) -> Iterable[Any]:
    """Hand the items on and show nothing: the `Progress` of whoever has nobody to show it to."""
    return items


def find_fact_files(folder: AnyPath, *, name: str | None = None) -> tuple[list[FactPath], list[Problem]]:
    """Return the `*.toml` files in and below `folder`, sorted bytewise by relative path, and what is wrong with others.

    Skipped are hidden files and folders, what editors leave (`.x`, `#x#`, `x~`), and links to what is found anyway. A
    `folder` that is a file stands for itself. `name` is what people know it as; its own last part, if not given.
    """
    top = os.fspath(folder)
    shown = (name or os.path.basename(os.path.normpath(top))).rstrip("/")
    if os.path.isfile(top):
        return [FactPath(top, os.path.basename(top), shown)], []
    found, problems = find_relative(top, shown)
    return [FactPath(os.path.join(top, one), one, f"{shown}/{one}") for one in found], problems


def find_relative(folder: str, shown: str) -> tuple[list[str], list[Problem]]:
    """Return what `find_fact_files` finds in a folder by relative paths alone, which is all that is needed to look."""
    search = _Search(folder, shown)
    search.run()
    is_ascii = "".join(search.found).isascii()  # then both orders are the same
    return sorted(search.found, key=None if is_ascii else os.fsencode), sorted(search.problems)


class _Search:
    """One way through a folder: the fact files found, what is wrong, and the folders still to look into."""

    def __init__(self, top: str, shown: str) -> None:
        self.found: list[str] = []
        self.problems: list[Problem] = []
        self._top = top
        self._shown = shown
        self._folders = [""]
        self._left = MAX_ENTRIES

    def run(self) -> None:
        while self._folders and self._left >= 0:
            below = self._folders.pop()
            try:
                with os.scandir(os.path.join(self._top, below)) as entries:
                    for entry in islice(entries, self._left + 1):
                        self._left -= 1
                        name = entry.name
                        if name[0] in ".#" or name[-1] == "~":
                            continue
                        if name[-5:] == ".toml" and entry.is_file(follow_symlinks=False):
                            self.found.append(below + name)  # nearly all are, of however many
                        else:
                            self._sort(entry, below)
            except (OSError, ValueError) as error:
                self.problems.append(unreadable(f"{self._shown}/{below}".rstrip("/"), error))
        if self._left < 0:
            message = f"more than {MAX_ENTRIES:,} files and folders, the most that is looked through"
            # Whoever named the root of the system does not want to hear of each file in it.
            self.found, self.problems = [], [Problem(self._shown or os.sep, 0, "too-many-files", message)]

    def _sort(self, entry: os.DirEntry[str], below: str) -> None:
        if entry.is_symlink() and _is_found_anyway(entry.path, os.path.realpath(self._top)):
            return
        if entry.is_dir(follow_symlinks=False):
            self._folders.append(f"{below}{entry.name}/")
        elif entry.name.endswith(".toml"):
            self.found.append(below + entry.name)
        elif os.path.isdir(entry.path):
            message = "this is a link to a folder that is hidden or elsewhere, which is not looked through"
            self.problems.append(Problem(f"{self._shown}/{below}{entry.name}", 0, "linked-folder", message))


def _is_dropping(name: str) -> bool:
    return name.startswith((".", "#")) or name.endswith("~")


def _is_found_anyway(link: str, root: str) -> bool:
    """Tell whether `link` leads to a folder or fact file that the search comes to, or came to, by itself."""
    resolved = os.path.realpath(link)
    if not _is_inside(resolved, root):
        return False
    parts = resolved[len(root) :].split(os.sep)
    return not any(map(_is_dropping, parts)) and (os.path.isdir(resolved) or _is_fact_file(resolved))


def _is_fact_file(path: str) -> bool:
    return path.endswith(".toml") and os.path.isfile(path)


def read_bytes(path: AnyPath, *, name: str, root: AnyPath, limit: int) -> bytes | Problem:
    """Return what the regular file `path` holds, or why it cannot be had, as a problem of `name`.

    Links are followed as long as they end inside `root`, the folder (or the file itself) that the user named. `limit`
    is in bytes; a longer file is refused before any of it is read.
    """
    try:
        resolved = os.path.realpath(path)
        if not _is_inside(resolved, os.path.realpath(root)):
            return Problem(name, 0, "outside-folder", "this is a link to a file outside its folder, which is not read")
        descriptor = os.open(resolved, _READ)
        try:
            return _read_descriptor(descriptor, name=name, limit=limit)
        finally:
            os.close(descriptor)
    except FileNotFoundError:
        if os.path.islink(path):
            return Problem(name, 0, "dangling-link", "this is a link to a file that does not exist")
        return Problem(name, 0, "unreadable", "there is no such file")
    except (OSError, ValueError) as error:
        return unreadable(name, error)


def open_stream(path: AnyPath, *, name: str) -> BinaryIO | Problem:
    """Return a file or a pipe, open to be gone through once, of whatever length; or why it cannot be had."""
    try:
        return open(path, "rb")
    except (OSError, ValueError) as error:
        return unreadable(name, error)


def unreadable(name: str, error: OSError | ValueError) -> Problem:
    """Return what the system said about `name` as a problem, without the path that it repeats."""
    return Problem(name, 0, "unreadable", f"cannot be read: {_reason(error)}")


def _is_inside(resolved: str, root: str) -> bool:
    return resolved == root or resolved.startswith(os.path.join(root, ""))


def _read_descriptor(descriptor: int, *, name: str, limit: int) -> bytes | Problem:
    status = os.fstat(descriptor)
    if not S_ISREG(status.st_mode):
        return Problem(name, 0, "not-a-file", "this is not a regular file")
    # The size is asked first, and believed only as far as reading confirms it: a file can grow meanwhile.
    content = b"" if status.st_size > limit else b"".join(_read_chunks(descriptor, limit + 1))
    if max(status.st_size, len(content)) > limit:
        return Problem(name, 0, "too-large", f"larger than {limit:,} bytes, the most that is read")
    return content


def _read_chunks(descriptor: int, at_most: int) -> Iterator[bytes]:
    while at_most > 0 and (chunk := os.read(descriptor, min(at_most, 1 << 20))):
        at_most -= len(chunk)
        yield chunk


def write_file(path: AnyPath, data: bytes | Iterable[bytes]) -> None:
    """Replace what `path` holds by `data`, whole or in parts, or leave it as it was and raise UnwritableAnswer.

    The bytes go to a temporary file beside it, which then takes its place with its permissions; a link stays a link.
    Devices and pipes are written into. Killed at any moment, the process leaves the old file or the new one.
    """
    try:
        target = os.path.realpath(path)
        old = _find_status(path)
        if old is None or _is_replaceable(target, old):
            _replace(target, data, old)
        else:
            _write_into(path, data)
    except (OSError, ValueError) as error:
        message = f"'{os.fspath(path)}' cannot be written: {_reason(error)}"
        raise UnwritableAnswer(message) from error


def write_folder(path: AnyPath, files: Iterable[tuple[str, bytes]], manifest: str) -> None:
    """Write files, by their paths with `/`, into a folder that is new, empty or was written by an earlier call.

    `manifest` is the name of a file in it that lists them, and by which such a folder is known. Of those that an
    earlier call wrote, what is not written again is removed; other files stay as they are. Raises UnwritableAnswer.
    """
    try:
        os.makedirs(path, exist_ok=True)
        listed = os.path.join(path, manifest)
        if not os.path.lexists(listed) and os.listdir(path):
            message = f"'{os.fspath(path)}' holds other files: name a new folder, an empty one or one that was made so"
            raise UnwritableAnswer(message)
        old = _read_manifest(listed)
        _write_over(listed, "".join(f"{name}\n" for name in old).encode())  # known again, however this ends
        written: dict[str, None] = {}
        for name, data in files:
            target = os.path.join(path, *name.split("/"))
            os.makedirs(os.path.dirname(target), exist_ok=True)
            _write_over(target, data)
            written[name] = None
        _write_over(listed, "".join(f"{name}\n" for name in written).encode())
        for name in old:
            if name not in written:
                with suppress(FileNotFoundError):
                    os.unlink(os.path.join(path, *name.split("/")))
    except (OSError, ValueError) as error:
        raise UnwritableAnswer(f"'{os.fspath(path)}' cannot be written: {_reason(error)}") from error


def _write_over(path: AnyPath, data: bytes) -> None:
    descriptor = os.open(path, _WRITE | os.O_CREAT | os.O_TRUNC, 0o666)
    try:
        _write_all(descriptor, data)
    finally:
        os.close(descriptor)


def _read_manifest(path: str) -> list[str]:
    """Return the files that a manifest lists, but for names that could lead out of its folder."""
    if not os.path.exists(path):
        return []
    with open(path, encoding="utf-8") as file:
        names = file.read().splitlines()
    return [name for name in names if all(part.strip(". ") for part in name.split("/")) and "\\" not in name]


def _find_status(path: AnyPath) -> os.stat_result | None:
    try:
        return os.stat(path)
    except FileNotFoundError:
        return None


def _is_replaceable(target: str, old: os.stat_result) -> bool:
    """Tell whether `target` is the regular file that `old` describes; `/dev/stdout` may lead to one without a path."""
    status = _find_status(target)
    return status is not None and S_ISREG(old.st_mode) and os.path.samestat(status, old)


def _write_into(path: AnyPath, data: bytes | Iterable[bytes]) -> None:
    descriptor = os.open(path, _WRITE | os.O_TRUNC)
    try:
        _write_all(descriptor, data)
    finally:
        os.close(descriptor)


def _write_all(descriptor: int, data: bytes | Iterable[bytes]) -> None:
    for part in (data,) if isinstance(data, bytes) else data:
        rest = memoryview(part)
        while rest:
            rest = rest[os.write(descriptor, rest) :]


def _replace(target: str, data: bytes | Iterable[bytes], old: os.stat_result | None) -> None:
    if old and not os.access(target, os.W_OK):
        # Renaming asks for the folder's permissions only; a file that its owner protected stays protected.
        raise PermissionError(EACCES, os.strerror(EACCES))
    folder = os.path.dirname(target)
    temporary = os.path.join(folder, f".xjfacts-{os.urandom(8).hex()}.tmp")
    try:
        _write_temporary(folder, temporary, data, old)
        os.replace(temporary, target)
    except BaseException:  # Ctrl-C as well
        with suppress(OSError):
            os.unlink(temporary)
        raise


def _write_temporary(folder: str, temporary: str, data: bytes | Iterable[bytes], old: os.stat_result | None) -> None:
    mode = S_IMODE(old.st_mode) if old else 0o666
    unnamed = _open_unnamed(folder, mode)
    descriptor = os.open(temporary, _WRITE | os.O_CREAT | os.O_EXCL, mode) if unnamed is None else unnamed
    try:
        _write_all(descriptor, data)
        if old and hasattr(os, "fchmod"):
            with suppress(OSError):
                os.fchown(descriptor, old.st_uid, old.st_gid)
            os.fchmod(descriptor, mode)
        os.fsync(descriptor)
        if unnamed is not None:
            _link_unnamed(descriptor, folder, temporary)
    finally:
        os.close(descriptor)


def _open_unnamed(folder: str, mode: int) -> int | None:
    """Open a file in `folder` that has no name yet, so that nothing is left if the process is killed; Linux only."""
    if not hasattr(os, "O_TMPFILE") or not os.path.isdir("/proc/self/fd"):
        return None
    try:
        return os.open(folder, _WRITE | os.O_TMPFILE, mode)
    except OSError:  # a file system without it, or what a named file will fail on as well
        return None


def _link_unnamed(descriptor: int, folder: str, temporary: str) -> None:
    # The folder's descriptor makes Python call linkat(2) with AT_SYMLINK_FOLLOW, as open(2) wants it for O_TMPFILE. The
    # name is needed for the blink of a rename only: no call replaces an existing file by an unnamed one.
    folder_descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        os.link(f"/proc/self/fd/{descriptor}", os.path.basename(temporary), dst_dir_fd=folder_descriptor)
    finally:
        os.close(folder_descriptor)


def _reason(error: OSError | ValueError) -> str:
    return error.strerror if isinstance(error, OSError) and error.strerror else str(error)
