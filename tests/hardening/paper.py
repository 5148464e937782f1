"""A tiny fact file that can be given one hostile value: two people, a country, and three facts about them.

write_paper(folder, name="Anna \\x1b[2J Trentino")      folder/paper.toml, with that name in it
"""

from __future__ import annotations

from pathlib import Path

_PAPER = """\
[document]
title = {title}
publisher = {publisher}
published = "2024-05-02"
dated-by = "printed"
url = {url}
type = "article-newspaper"
origin = "Gazette"
sha256 = "0000000000000000000000000000000000000000000000000000000000000000"
body = [[1, 3]]
paragraphs = 3
words = 300

[person.anna]
name = {name}

[person.zhang-ming]
name = "Zhang Ming"
names = ["張明"]

[country.freedonia]
name = "Freedonia"

[statement.announced]
gist = {gist}
cite = [{{ p = 1, quote = {quote} }}]
speaker = "anna"
act = "announces"
to = "freedonia"

[sanction.imposed]
gist = "Freedonia sanctioned two people in 2024."
cite = [{{ p = 2, quote = "Freedonia put sanctions on both" }}]
by = "freedonia"
target = ["anna", "zhang-ming"]
status = "imposed"
date = "2024"

[event.visit]
gist = "One of them visited Freedonia."
cite = [{{ p = 3, quote = "the visit to Freedonia took place" }}]
type = "visit"
outcome = "held"
participants = "anna"
date = "2024-03"
"""

_PLAIN = {
    "title": "Sanctions on two",
    "publisher": "Freedonia Gazette",
    "url": "https://gazette.example/sanctions",
    "name": "Anna Trentino",
    "gist": "She announced a visit.",
    "quote": "I am coming soon",
}


def write_paper(folder: Path, **values: str) -> Path:
    """Write the file into the folder, with other values where given, and return the folder."""
    folder.mkdir(exist_ok=True)
    (folder / "paper.toml").write_text(paper(**values), encoding="utf-8")
    return folder


def paper(**values: str) -> str:
    """Return the text of the file."""
    return _PAPER.format_map({field: toml_string(value) for field, value in (_PLAIN | values).items()})


def toml_string(text: str) -> str:
    """Return text as a string of TOML, everything but letters and digits of ASCII escaped."""
    return '"' + "".join(sign if sign.isascii() and sign.isalnum() else f"\\U{ord(sign):08x}" for sign in text) + '"'
