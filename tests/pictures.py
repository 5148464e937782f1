"""Make the pictures of the README from real answers, in light and dark, as PNG.

    python tests/pictures.py FOLDER [WIDTH HEIGHT]

For each of a few pages FOLDER gets NAME-light.png and NAME-dark.png, as a browser shows their first screen.
"""

from __future__ import annotations

import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from browser import opened, started

from xjfacts import __version__, load
from xjfacts.exports.site import pages
from xjfacts.forms.html import to_html

SITE = ("index.html", "facts/scmp-2023-02/us-sanctioned-tuniyaz.html", "search.html?q=tuniyaz")


def main(folder: Path, width: int, height: int) -> None:
    facts = load()
    answers = {
        "who": facts.who("Erkin Tuniyaz"),
        "sanctions": facts.sanctions(status="all"),
        "figures": facts.figures(),
    }
    folder.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory() as scratch, started() as browser:
        site = Path(scratch)
        for path, data in pages(facts.corpus, __version__):
            (site / path).parent.mkdir(parents=True, exist_ok=True)
            (site / path).write_bytes(data)
        for name, answer in answers.items():
            (site / f"{name}.html").write_text(to_html(answer, version=__version__), encoding="utf-8")
        for page in (*(f"{name}.html" for name in answers), *SITE):
            name = page.partition(".")[0].rpartition("/")[2]
            for scheme in ("light", "dark"):
                look = {"viewport": {"width": width, "height": height}, "color_scheme": scheme}
                with opened(browser, f"{site.as_uri()}/{page}", **look) as shown:
                    shown.screenshot(path=folder / f"{name}-{scheme}.png")


if __name__ == "__main__":
    main(Path(sys.argv[1]), *(map(int, sys.argv[2:4]) if len(sys.argv) > 3 else (1200, 900)))
