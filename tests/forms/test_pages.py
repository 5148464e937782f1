"""Whole pages, written down: at widths of 40, 80 and 100 columns, piped, as Markdown, and once with colours and links.

The pages stand in `pages/`, to be read. After a change that is meant: python tests/forms/test_pages.py
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))  # for whoever writes the pages anew

from conftest import LATER, REGISTER, SMALL

from xjfacts import load
from xjfacts.answers.questions import Facts
from xjfacts.forms.markdown import to_markdown
from xjfacts.forms.page import View
from xjfacts.forms.plain import to_text
from xjfacts.forms.terminal import render

FOLDER = Path(__file__).parent / "pages"
VIEW = View(version="0.0.0")
FULL = View(full=True, ids=True, version="0.0.0")

PAGES: dict[str, Callable[[Facts], str]] = {
    "who-80.txt": lambda facts: render(facts.who("Chico Ravelli"), width=80, color=False, view=VIEW),
    "who-40.txt": lambda facts: render(facts.who("Chico Ravelli"), width=40, color=False, view=VIEW),
    "who-80-colour.txt": lambda facts: render(facts.who("Chico Ravely"), width=80, color=True, links=True, view=VIEW),
    "who-full-80.txt": lambda facts: render(facts.who("Chico Ravelli"), width=80, color=False, view=FULL),
    "who-piped.txt": lambda facts: to_text(facts.who("Chico Ravelli"), VIEW),
    "who.md": lambda facts: to_markdown(facts.who("Chico Ravelli"), VIEW),
    "sanctions-80.txt": lambda facts: render(facts.sanctions(status="all"), width=80, color=False, view=VIEW),
    "sanctions-of-a-pair-80.txt": lambda facts: render(
        facts.sanctions(by="Osterlich", on="Chico Ravelli"), width=80, color=False, view=VIEW
    ),
    "sanctions-beside-piped.txt": lambda facts: to_text(
        facts.sanctions(by="Freedonian Treasury", on="Chico Ravelli"), VIEW
    ),
    "events-100.txt": lambda facts: render(facts.events(), width=100, color=False, view=VIEW),
    "said-80.txt": lambda facts: render(facts.said("Gloria Teasdale"), width=80, color=False, view=VIEW),
    "figures-40.txt": lambda facts: render(facts.figures(), width=40, color=False, view=VIEW),
    "nothing-80.txt": lambda facts: render(facts.events("Gloria Teasdale"), width=80, color=False, view=VIEW),
}


@pytest.fixture(scope="module")
def all_facts() -> Facts:
    return load(SMALL, REGISTER, LATER)


@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_as_it_is_written_down(all_facts: Facts, name: str) -> None:
    assert PAGES[name](all_facts) == (FOLDER / name).read_text(encoding="utf-8")


if __name__ == "__main__":
    FOLDER.mkdir(exist_ok=True)
    for page, made in PAGES.items():
        (FOLDER / page).write_text(made(load(SMALL, REGISTER, LATER)), encoding="utf-8")
