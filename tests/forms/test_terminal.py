"""The terminal: written down at a fixed width, once with colour, and never a lost word at any width."""

from __future__ import annotations

import re

import pytest
from conftest import SMALL
from rich.cells import cell_len

from xjfacts import load
from xjfacts.forms.terminal import WIDEST, render

ESCAPE = re.compile(r"\x1b\[[0-9;]*m|\x1b\]8;[^\x1b]*\x1b\\")

SANCTIONS_AT_80 = """\
Sanctions by Freedonia

  2024-04  imposed  The Freedonian Treasury sanctioned Anna Trentino in April
           2024. (2 independent origins) [1][2]

Sources
 [1] Freedonia Gazette, “Treasury sanctions ambassador” (by Harpo Pinky),
     2024-05-02, ¶ 1: “the Treasury put sanctions on Ms Trentino in April”
     gazette-2024/treasury-sanctioned-trentino
 [2] Sylvania Courier, “Sanctions ‘a farce’”, c. 2024-05-10, ¶ 1: “Freedonia's
     sanctions on Anna Trentino this year”
     courier-2024/freedonia-sanctioned-trentino

not shown: 1 called-for (--status all)
"""

EVENTS_AT_90 = """\
Events

2022
                JFMAMJJASOND
  2022 to 2023  ■■■■■■■■■■■■>  dialogue, held  Talks between Freedonia and Sylvania were
                               held from 2022 to 2023. [1]

2024
                      JFMAMJJASOND
  printed 2024-05-02                 letter, held  Sylvania's embassy sent a letter, of which no
                                     day is known. [2]
"""

FIGURES_AT_40 = """\
Figures

Border camps
c. 2024-05-01
  800 to 2,000 people  Between 800 and
  2,000 people were held in the border
  camps, Gloria Teasdale estimated. [1]
  ██████████░░░░░░░░░░░░░░
printed c. 2024-05-10
  more than 50 people  More than 50
  people were held in the border camps,
  the embassy said. [2]
  █>
"""


def plain(answer: object, width: int) -> str:
    text = ESCAPE.sub("", render(answer, width=width, color=True))  # type: ignore[arg-type]
    return "\n".join(line.rstrip() for line in text.splitlines()).replace("\u00a0", " ") + "\n"


def test_sanctions_at_80_columns() -> None:
    assert plain(load(SMALL).sanctions(by="Freedonia"), 80).startswith(SANCTIONS_AT_80)


def test_events_are_a_timeline_with_year_marks() -> None:
    assert plain(load(SMALL).events(), 90).startswith(EVENTS_AT_90)


def test_figures_about_the_same_thing_are_bars_on_one_scale_with_their_ranges() -> None:
    assert plain(load(SMALL).figures(), 40).startswith(FIGURES_AT_40)


def test_colour_repeats_a_word_and_a_quote_links_to_the_document_at_the_words() -> None:
    text = render(load(SMALL).show("gazette-2024/sylvania-has-not-sanctioned-firefly"), width=80, color=True)
    assert "\x1b[1;32mNOT imposed\x1b[0m" in text
    assert ";https://gazette.example/sanctions#:~:text=Mr%20Firefly%20is%20not%20under%20Sylvanian%20sanctions" in text


def test_without_colour_there_is_no_escape_sequence() -> None:
    assert "\x1b" not in render(load(SMALL).who("Anna Trentino"), width=80, color=False)


@pytest.mark.parametrize("width", [0, 1, 20, 40, 59, 60, 71, 72, 80, 120, 200, 5000])
def test_no_word_is_lost_and_no_line_too_long_at_any_width(width: int) -> None:
    facts = load(SMALL)
    for answer in (facts.who("Anna Trentino"), facts.events(), facts.figures(), facts.sources(), facts.names()):
        text = plain(answer, width)
        assert max(map(cell_len, text.splitlines())) <= max(20, min(width, WIDEST))
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
