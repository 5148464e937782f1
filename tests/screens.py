"""Make the pictures of the README anew, from a real run: `python tests/screens.py`.

They are what a terminal of 80 columns shows, in colour, on black and on white.
"""

from __future__ import annotations

import io
import os
import re
import subprocess
import sys
from pathlib import Path

from rich.console import Console
from rich.terminal_theme import DEFAULT_TERMINAL_THEME, MONOKAI, TerminalTheme
from rich.text import Text

PICTURES = Path(__file__).parent / "pictures"
COLUMNS = 80
LINES = 24  # a screen: what follows is sources
COMMAND = ("who", "Erkin Tuniyaz")
THEMES: dict[str, TerminalTheme] = {"light": DEFAULT_TERMINAL_THEME, "dark": MONOKAI}


def told() -> str:
    """Return what the command prints in colour."""
    environment = {**os.environ, "COLUMNS": str(COLUMNS), "XJFACTS_CACHE": "off"}
    command = [sys.executable, "-m", "xjfacts", "--color", "always", *COMMAND]
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=True).stdout


def main() -> None:
    PICTURES.mkdir(exist_ok=True)
    screen = "\n".join(told().splitlines()[:LINES])
    for name, theme in THEMES.items():
        console = Console(record=True, width=COLUMNS, file=io.StringIO(), force_terminal=True, highlight=False)
        console.print(Text.from_ansi(screen))
        svg = console.export_svg(title=f'xjfacts {COMMAND[0]} "{COMMAND[1]}"', theme=theme, unique_id=f"who-{name}")
        svg = re.sub(r"@font-face \{.*?\}|<!--.*?-->", "", svg, flags=re.DOTALL)  # nothing is fetched from anywhere
        (PICTURES / f"who-{name}.svg").write_text(svg, encoding="utf-8")


if __name__ == "__main__":
    main()
