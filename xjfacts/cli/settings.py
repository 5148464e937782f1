"""What was set, on the group and in the environment: which facts, which colours, how wide, and what is kept.

Nothing else reads the environment for an answer. What loads the facts is imported where it is needed, in the functions
marked `deferred`: help and usage errors should not wait for it.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Sequence
from time import monotonic
from typing import TYPE_CHECKING, Any

from xjfacts import __version__
from xjfacts.cli.output import has_terminal
from xjfacts.errors import UsageError

if TYPE_CHECKING:
    from xjfacts.answers.questions import Facts
    from xjfacts.corpus.cache import Cache
    from xjfacts.corpus.index import Corpus

FOLDERS_VARIABLE = "XJFACTS_FACTS"
CACHE_VARIABLE = "XJFACTS_CACHE"  # `off`: as --no-cache
ENVIRONMENT = {
    FOLDERS_VARIABLE: "Folders or files of facts, as for --facts, with a colon between them (on Windows a semicolon).",
    CACHE_VARIABLE: "off: as --no-cache. Else the facts are kept as they were read, in the user's cache folder.",
    "NO_COLOR": "Where it is set, answers have no colour unless --color says otherwise.",
}
DEFAULT_WIDTH = 80
PATIENCE = 1.0  # seconds without a sign of life


class Settings:
    """What stands on the group: which facts, which colours, and the form that a command chose."""

    def __init__(self, folders: Sequence[str], color: str, *, may_keep: bool) -> None:
        self.folders = tuple(folders)
        self.color = color
        self.may_keep = may_keep
        self.format = "table"

    def load(self) -> Facts:  # deferred: usage errors and help need no facts
        from xjfacts.answers.questions import Facts

        return Facts(self.corpus())

    def corpus(self) -> Corpus:  # deferred: as above
        from xjfacts.corpus.snapshot import load

        return load(self.folders, self.cache(), in_sight)

    def stamp(self) -> tuple[str, int, int]:
        """Return the SHA-256 of the facts, and how many documents and facts they hold."""
        kept = self.cache().find(self.folders)
        return self.corpus().stamp if kept is None else kept.stamp

    def cache(self) -> Cache:  # deferred: as above
        from xjfacts.corpus.cache import Cache, cache_folder

        may_keep = self.may_keep and os.environ.get(CACHE_VARIABLE) != "off"
        return Cache(cache_folder(os.environ, sys.platform) if may_keep else None, __version__)


def folders_or_default(folders: tuple[str, ...]) -> tuple[str, ...]:
    """Return the folders of facts that were asked for, else those in the environment; an empty part is `shipped`."""
    if "" in folders:
        raise UsageError("--facts: '' names no folder")
    variable = os.environ.get(FOLDERS_VARIABLE, "")
    return folders or tuple(part or "shipped" for part in variable.split(os.pathsep) if variable)


def in_sight(what: str, items: Sequence[Any]) -> Iterator[Any]:
    """Hand on what is gone through, under a bar on a terminal from the moment that it has taken too long."""
    begun, bar = monotonic(), None
    try:
        for done, item in enumerate(items):
            if bar is None and monotonic() - begun > PATIENCE and sys.stderr is not None and sys.stderr.isatty():
                from xjfacts.forms.terminal import Bar  # deferred: who waits for long can wait for rich

                bar = Bar(what, len(items), sys.stderr)
            if bar is not None:
                bar.move_to(done)
            yield item
    finally:
        if bar is not None:
            bar.remove()


def wants_color(when: str, *, is_terminal: bool) -> bool:
    """Decide on colour as https://no-color.org has it; a dumb terminal has none."""
    if when != "auto":
        return when == "always"
    return is_terminal and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def terminal_width() -> int:
    """Return the columns to fill; a width that is no positive number says nothing."""
    columns = os.environ.get("COLUMNS", "")
    if columns.isascii() and columns.isdigit() and len(columns) < 5 and int(columns):
        return int(columns)
    if not has_terminal():
        return DEFAULT_WIDTH
    try:
        return os.get_terminal_size(sys.stdout.fileno()).columns or DEFAULT_WIDTH
    except OSError:
        return DEFAULT_WIDTH
