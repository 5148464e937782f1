"""What was set, on the group and in the environment: which facts, which colours, how wide, and what is kept.

Nothing else reads the environment for an answer. What loads the facts is imported where it is needed, in the functions
marked `deferred`: help and usage errors should not wait for it.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from time import monotonic
from typing import TYPE_CHECKING, Any

from xjfacts import __version__
from xjfacts.cli.output import STDOUT, has_terminal, write_answer
from xjfacts.errors import UsageError
from xjfacts.files import is_server

if TYPE_CHECKING:
    from xjfacts.answers.questions import Facts
    from xjfacts.corpus.cache import Cache
    from xjfacts.corpus.index import Corpus

FOLDERS_VARIABLE = "XJFACTS_FACTS"
CACHE_VARIABLE = "XJFACTS_CACHE"  # `off`: as --no-cache
ENVIRONMENT = {
    FOLDERS_VARIABLE: "Folders or files of facts, as for --facts, with a colon between them (on Windows a semicolon); "
    "or the address of a server.",
    CACHE_VARIABLE: "off: as --no-cache. Else the facts are kept as they were read, in the user's cache folder.",
    "NO_COLOR": "Where it is set, answers have no colour unless --color says otherwise.",
    "FORCE_COLOR": "Where it is set, and not 0, answers have colour also in a pipe; NO_COLOR wins.",
    "COLUMNS": "How wide the terminal is, where it does not say so itself.",
    "PAGER": "What pages of an answer that is taller than the terminal; else less, if it is there. cat is none.",
    "LINES": "How high the terminal is, where it does not say so itself.",
    "BROWSER": "The browser that 'xjfacts open' starts.",
}
DEFAULT_WIDTH = 80
PATIENCE = 1.0  # seconds without a sign of life


class Settings:
    """Which facts and which colours, as stands on the group; and the form that a command is to answer in."""

    def __init__(self, folders: Sequence[str], color: str | None, *, may_keep: bool) -> None:
        self._folders = checked(folders)
        self.color = color
        self.may_keep = may_keep
        self.form: str | None = None
        self.as_json = False
        self.output: str | None = None
        self.limit: int | None = None
        self.fields: tuple[str, ...] = ()
        self.per: str | None = None
        self.bom = False
        self.known_by: str | None = None
        self.made_on: str | None = None
        self.full = False
        self.with_ids = False
        self.may_page = True

    @property
    def folders(self) -> tuple[str, ...]:
        """The folders of facts: those asked for, before and after the command, or else those of the environment."""
        return folders_or_default(self._folders)

    def add_folders(self, folders: Sequence[str]) -> None:
        """Ask these folders too."""
        self._folders = (*self._folders, *checked(folders))

    @property
    def format(self) -> str:
        """The form of the answer. Raises UsageError where two are asked for, or what the form does not have."""
        form = self.form or ("json" if self.as_json else "table")
        if self.as_json and form != "json":
            raise UsageError(f"--json and --format {form} ask for two forms of one answer")
        for option, given, forms in (("fields", self.fields, ("json", "ndjson", "csv")), ("per", self.per, ("csv",)),
                                     ("bom", self.bom, ("csv",)), ("stamp", self.made_on, ("html",))):  # fmt: skip
            if given and form not in forms:
                raise UsageError(f"--{option} is for {', '.join(forms)}, not for {form}")
        return form

    @property
    def is_on_terminal(self) -> bool:
        """Whether a terminal shows the answer."""
        return self.output in (None, STDOUT) and has_terminal()

    @property
    def is_file(self) -> bool:
        """Whether the answer goes into a file that was named."""
        return self.output is not None and self.output != STDOUT

    def write(self, answer: str | bytes | Iterator[bytes]) -> None:
        """Write to where the output is to go, in parts as they come. Raises ReaderGone or UnwritableAnswer."""
        if self.output is None or self.output == STDOUT:
            for part in (answer,) if isinstance(answer, str | bytes) else answer:
                write_answer(part)
            return
        from xjfacts.files import write_file  # deferred: most answers go to standard output

        write_file(self.output, answer.encode("utf-8", "backslashreplace") if isinstance(answer, str) else answer)

    @property
    def server(self) -> str | None:
        """The address of the server that has the facts, if it is one. Raises UsageError where it is not alone."""
        if not any(map(is_server, self.folders)):
            return None
        if len(self.folders) > 1:
            raise UsageError("--facts: a server is asked alone, without folders or other servers beside it")
        return self.folders[0]

    def load(self) -> Facts:  # deferred: usage errors and help need no facts
        from xjfacts.answers.questions import Facts

        facts = Facts(self.corpus())
        return facts if self.known_by is None else facts.known_by(self.known_by)

    def corpus(self) -> Corpus:  # deferred: as above
        if self.server is not None:
            from xjfacts.corpus import server

            return server.load(self.server)
        from xjfacts.corpus.snapshot import load

        return load(self.folders, self.cache(), in_sight)

    def stamp(self) -> tuple[str, int, int]:
        """Return the SHA-256 of the facts, and how many documents and facts they hold."""
        from msgspec.structs import astuple

        kept = None if self.server else self.cache().find(self.folders)
        return astuple(self.corpus().stamp) if kept is None else kept.stamp

    def cache(self) -> Cache:  # deferred: as above
        from xjfacts.corpus.cache import Cache, cache_folder

        may_keep = self.may_keep and os.environ.get(CACHE_VARIABLE) != "off"
        return Cache(cache_folder(os.environ, sys.platform) if may_keep else None, __version__)


def checked(folders: Sequence[str]) -> tuple[str, ...]:
    """Return folders as they can be opened: shells leave a `~` within `--facts=~/mine` as it is. Raises UsageError."""
    if "" in folders:
        raise UsageError("--facts: '' names no folder")
    return tuple(map(_at_home, folders))


def _at_home(folder: str) -> str:
    return os.path.expanduser(folder) if folder.startswith("~") and not os.path.exists(folder) else folder


def folders_or_default(folders: tuple[str, ...]) -> tuple[str, ...]:
    """Return the folders of facts that were asked for, else those in the environment; an empty part is `shipped`."""
    variable = os.environ.get(FOLDERS_VARIABLE, "")
    if is_server(variable):  # whose address has colons
        return folders or (variable,)
    return folders or tuple(_at_home(part) or "shipped" for part in variable.split(os.pathsep) if variable)


def in_sight(what: str, items: Sequence[Any]) -> Iterator[Any]:
    """Hand on what is gone through, under a bar on a terminal from the moment that it has taken too long."""
    return under_bar(what, items, len(items))


def under_bar(what: str, items: Iterable[Any], total: int, position: Callable[[], int] | None = None) -> Iterator[Any]:
    """Do as `in_sight` does for what has no length: `position` says how far it is of the total."""
    begun, bar = monotonic(), None
    try:
        for done, item in enumerate(items):
            if bar is None and monotonic() - begun > PATIENCE and sys.stderr is not None and sys.stderr.isatty():
                from xjfacts.forms.terminal import Bar  # deferred: who waits for long can wait for rich

                bar = Bar(what, total, sys.stderr)
            if bar is not None:
                bar.move_to(done if position is None else position())
            yield item
    finally:
        if bar is not None:
            bar.remove()


def wants_color(when: str | None, *, is_terminal: bool) -> bool:
    """Decide on colour as https://no-color.org and https://force-color.org have it; a dumb terminal has none."""
    if when is not None and when != "auto":
        return when == "always"
    if os.environ.get("NO_COLOR"):
        return False
    return os.environ.get("FORCE_COLOR", "0") not in ("", "0") or (is_terminal and os.environ.get("TERM") != "dumb")


# What terminals that know OSC 8 say of themselves in the environment; see github.com/Alhadis/OSC8-Adoption.
_KNOWING = {
    "TERM_PROGRAM": ("iTerm.app", "WezTerm", "vscode", "ghostty", "Hyper", "Tabby", "rio", "WarpTerminal"),
    "TERM": ("xterm-kitty", "alacritty", "foot", "foot-extra", "contour", "xterm-ghostty", "wezterm"),
    "COLORTERM": ("gnome-terminal",),
}
_KNOWN_BY_PRESENCE = ("KITTY_WINDOW_ID", "WT_SESSION", "KONSOLE_VERSION", "DOMTERM", "WEZTERM_PANE")
VTE_WITH_LINKS = 5000  # 0.50, as VTE_VERSION counts


def knows_links() -> bool:
    """Tell whether the terminal says that it makes links of OSC 8; tmux and screen hide what they run in."""
    if os.environ.get("TMUX") or os.environ.get("TERM", "").startswith(("screen", "tmux", "linux", "dumb")):
        return False
    vte = os.environ.get("VTE_VERSION", "")
    if vte.isascii() and vte.isdigit() and len(vte) < 9 and int(vte) >= VTE_WITH_LINKS:
        return True
    if any(os.environ.get(name) for name in _KNOWN_BY_PRESENCE):
        return True
    return any(os.environ.get(name) in values for name, values in _KNOWING.items())


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
