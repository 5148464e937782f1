"""The pager: what is taller than the terminal goes through it, so that its first lines are seen first.

    PAGER=most xjfacts who China            the user's; it may have arguments, and `cat` or nothing is none
    xjfacts who China                       else less -FRX, where it is installed

A page is never lost to it: where no pager can be started, it is written as it is.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Mapping, Sequence
from contextlib import suppress

from xjfacts.text import columns_of

DEFAULT = ("less", "-FRX")  # ends by itself where all fits, shows colours, leaves the page on the screen
NOT_FOUND = 127  # how a shell, or env, says that there is no such program
LINK = r"\x1b\]8;[^\x1b]*\x1b\\"  # which not every pager hands on
STYLE = r"\x1b\[[0-9;]*m"


def show(page: str, *, width: int) -> bool:
    """Hand a page to the pager and wait for its end. Tell whether it was shown: a short one is not, nor without one."""
    page = re.sub(LINK, "", page)
    if rows_of(page, width) < terminal_height():  # the last line is the prompt's
        return False
    command = pager_of(os.environ)
    if not command:
        return False
    import subprocess  # deferred: most pages fit

    environment = {"LESS": "FRX", "LV": "-c", **os.environ}
    try:
        pager = subprocess.Popen(command, stdin=subprocess.PIPE, env=environment)  # noqa: S603, the user's own choice
    except (OSError, ValueError):
        return False
    if pager.stdin is not None:
        with suppress(OSError):  # who has seen enough leaves before the end
            pager.stdin.write(page.encode("utf-8", "backslashreplace"))
        with suppress(OSError):
            pager.stdin.close()
    while True:
        try:
            return pager.wait() != NOT_FOUND
        except KeyboardInterrupt:  # is for the pager, as long as it is there
            continue


def pager_of(environment: Mapping[str, str]) -> Sequence[str]:
    """Return the pager that the user wants, or that there is; nothing for none."""
    wanted = environment.get("PAGER")
    if wanted is not None:
        from shlex import split

        try:
            command = split(wanted)
        except ValueError:
            return ()
        return () if command[:1] == ["cat"] else command
    from shutil import which

    return DEFAULT if which(DEFAULT[0]) else ()


def rows_of(page: str, width: int) -> int:
    """Return how many rows of a terminal a page takes, whose longest lines go on in the next."""
    return sum(max(1, -(-columns_of(re.sub(STYLE, "", line)) // width)) for line in page.splitlines())


def terminal_height() -> int:
    """Return the rows of the terminal; a height that is no positive number says nothing, and then all fits."""
    lines = os.environ.get("LINES", "")
    if lines.isascii() and lines.isdigit() and len(lines) < 5 and int(lines):
        return int(lines)
    try:
        return os.get_terminal_size(sys.stdout.fileno()).lines or sys.maxsize
    except (OSError, ValueError):
        return sys.maxsize
