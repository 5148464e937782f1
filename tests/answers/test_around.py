"""The paragraph around a quote, from the user's own copy of the text."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

from conftest import Told

TEXT = """A headline
By somebody
On Monday the two delegations met for talks at Glockenspiel, the Courier has learnt.
"""
FACT = """
[document]
title = "Talks"
publisher = "Courier"
published = "2024-05-02"
dated-by = "printed"
url = "https://courier.example/talks"
type = "article-newspaper"
origin = ["Courier"]
sha256 = "3333333333333333333333333333333333333333333333333333333333333333"
body = [[3, 3]]
paragraphs = 1
words = 14

[event.talks]
gist = "Delegations met for talks at Glockenspiel in May 2024."
cite = [{ p = 1, quote = ["the two delegations met for talks", "the Courier has learnt"] }]
type = "meeting"
outcome = "held"
participants = []
"""


def test_show_prints_the_paragraph_with_the_quoted_words_marked(ask: Callable[..., Told], tmp_path: Path) -> None:
    facts, texts = tmp_path / "facts", tmp_path / "texts"
    facts.mkdir()
    texts.mkdir()
    (facts / "talks-2024.toml").write_text(FACT, encoding="utf-8")
    asked = ["--facts", str(facts), "show", "talks-2024/talks", "--texts", str(texts)]
    missing = ask(*asked)
    assert missing.status == 0
    assert "no paragraph of talks-2024: 'talks-2024.txt': there is no such file" in missing.out

    (texts / "talks-2024.txt").write_text(TEXT, encoding="utf-8")
    out = ask(*asked).out
    marked = "On Monday ⟦the two delegations met for talks⟧ at Glockenspiel, ⟦the Courier has learnt⟧."
    assert f"¶ 1 of talks-2024:  {marked}" in out
    (cited,) = json.loads(ask(*asked, "--json").out)["results"][0]["citations"]
    assert [cited["around"][begin:end] for begin, end in cited["spans"]] == cited["fragments"]

    (texts / "talks-2024.txt").write_text(TEXT.replace("met for", "did not meet for"), encoding="utf-8")
    changed = ask(*asked).out
    assert "no paragraph of talks-2024: paragraph 1 does not hold the quote" in changed
    assert "⟦" not in changed
