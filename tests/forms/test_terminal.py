"""The terminal: colours and links, and never a lost word at any width. Whole pages are written down in `pages/`."""

from __future__ import annotations

import re

import pytest
from conftest import LATER, REGISTER, SMALL
from rich.cells import cell_len

from xjfacts import load
from xjfacts.forms.page import View
from xjfacts.forms.terminal import WIDEST, render

STYLE = re.compile(r"\x1b\[([0-9;]*)m")
ESCAPE = re.compile(r"\x1b\[[0-9;]*m|\x1b\]8;[^\x1b]*\x1b\\")


def plain(answer: object, width: int) -> str:
    text = ESCAPE.sub("", render(answer, width=width, color=True, view=View(full=True)))  # type: ignore[arg-type]
    return "\n".join(line.rstrip() for line in text.splitlines()).replace("\u00a0", " ") + "\n"


def is_address(line: str) -> bool:
    return "https://" in line and " " not in line.strip()


def test_colour_repeats_a_word_and_a_quote_links_to_the_document_at_the_words() -> None:
    answer = load(SMALL).sanctions(status="all")
    text = render(answer, width=80, color=True, links=True)
    assert "\x1b[1;31mIMPOSED\x1b[0m" in text
    assert "\x1b[1mNOT imposed\x1b[0m" in text
    assert ";https://gazette.example/sanctions#:~:text=Mr%20Firefly%20is%20not%20under%20Sylvanian%20sanctions" in text
    assert "\x1b]8;" not in render(answer, width=80, color=True)


def test_no_colour_is_one_that_vanishes_on_black_or_on_white() -> None:
    facts = load(SMALL, REGISTER, LATER)
    answers = [
        facts.who("Chico Ravelli"),
        facts.sanctions(status="all"),
        facts.events(),
        facts.figures(),
        facts.names("x"),
    ]
    codes = {
        code
        for one in answers
        for codes in STYLE.findall(render(one, width=80, color=True))
        for code in codes.split(";")
    }
    assert codes <= {"0", "1", "2", "3", "4", "31", "35"}  # bold, dim, italic, underlined, red, magenta


def test_the_lines_of_one_link_have_one_id_and_every_run_gives_the_same_bytes() -> None:
    facts = load(SMALL, REGISTER, LATER)
    first, second = (render(facts.who("Chico Ravelli"), width=40, color=True, links=True) for _ in range(2))
    assert first == second
    links = set(re.findall(r"\x1b\]8;id=(\d+);([^\x1b]+)\x1b", first))
    assert len(links) == len({number for number, _ in links}) == len({address for _, address in links}) > 1


def test_an_address_stands_whole_and_bare_on_a_line_of_its_own() -> None:
    lines = render(load(SMALL, REGISTER, LATER).who("Chico Ravelli"), width=40, color=False).splitlines()
    address = "https://gazette.example/2025/03/who-guards-the-border-and-who-pays-for-it-an-inquiry-in-three-parts-with-pictures.html"
    assert address in lines


def test_without_colour_there_is_no_escape_sequence() -> None:
    assert "\x1b" not in render(load(SMALL).who("Anna Trentino"), width=80, color=False)


@pytest.mark.parametrize("width", [0, 1, 20, 40, 59, 60, 71, 72, 80, 120, 200, 5000])
def test_no_word_is_lost_and_no_line_too_long_at_any_width(width: int) -> None:
    facts = load(SMALL)
    for answer in (facts.who("Anna Trentino"), facts.events(), facts.figures(), facts.sources(), facts.names()):
        text = plain(answer, width)
        lines = [line for line in text.splitlines() if not is_address(line)]
        assert max(map(cell_len, lines)) <= max(20, min(width, WIDEST))
        for result in answer:
            gist = getattr(result, "gist", result.id)
            assert "".join(gist.split()) in re.sub(r"[\s█░▒■·>]", "", text)


def test_hits_of_a_search_are_marked() -> None:
    text = render(load(SMALL).search("cancelled"), width=80, color=True)
    assert "\x1b[1;4mcancelled\x1b[0m" in text


def test_wide_characters_do_not_push_a_line_over_the_edge() -> None:
    text = plain(load(SMALL).show("anna-trentino"), 40)
    assert "安娜·特伦蒂诺" in text
    assert max(map(cell_len, text.splitlines())) <= 40
