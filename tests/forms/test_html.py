"""An answer as a page of HTML: what it says, that it is safe with data from others, and what a browser makes of it."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from browser import opened, reaches_all, violations
from conftest import SMALL

from xjfacts import load
from xjfacts.answers.questions import Facts
from xjfacts.answers.records import Answer
from xjfacts.forms.html import safe_link, to_html
from xjfacts.forms.page import View
from xjfacts.forms.plain import to_text

HOSTILE = "<script>alert(1)</script>\"'><img src=x onerror=alert(2)>{{ 7 * 7 }}"


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Return the addresses of pages of the shipped facts."""
    folder, facts = tmp_path_factory.mktemp("pages"), load()
    answers = {
        "who": facts.who("Erkin Tuniyaz"),
        "sanctions": facts.sanctions(status="all"),
        "figures": facts.figures(),
        "search": facts.search("genocide"),
        "nothing": facts.search("unheard-of"),
    }
    for name, answer in answers.items():
        (folder / f"{name}.html").write_text(to_html(answer, version="1", day="2026-01-02"), encoding="utf-8")
    return {name: (folder / f"{name}.html").as_uri() for name in answers}


def hostile(tmp_path: Path) -> Facts:
    """Return facts with hostile text in every field that takes any."""
    text = HOSTILE.replace("\\", "").replace('"', '\\"')
    gazette = (Path(SMALL) / "gazette-2024.toml").read_text(encoding="utf-8")
    gazette = re.sub(r'^(gist|title|publisher|brief) *= *".*"$', rf'\1 = "{text} \\u202e"', gazette, flags=re.MULTILINE)
    gazette = re.sub(
        r'^url *= *".*"$', 'url = "https://example.org/\\\\"><script>alert(3)</script>"', gazette, flags=re.MULTILINE
    )
    gazette = re.sub(r'(quote|context) = "[^"]*"', rf'\1 = "{text} \\u202e"', gazette)
    entities = (Path(SMALL) / "entities.toml").read_text(encoding="utf-8")
    entities = re.sub(r'^name *= *".*"$', rf'name = "{text}"', entities, flags=re.MULTILINE)
    (tmp_path / "gazette-2024.toml").write_text(gazette, encoding="utf-8")
    (tmp_path / "entities.toml").write_text(entities, encoding="utf-8")
    (tmp_path / "courier-2024.toml").write_text((Path(SMALL) / "courier-2024.toml").read_text(encoding="utf-8"))
    return load(str(tmp_path))


def answers_of(facts: Facts) -> list[Answer[Any]]:
    return [facts.sanctions(status="all"), facts.events(), facts.said(), facts.figures(), facts.sources(), facts.names(),
            facts.search("script"), *(facts.who(one) for one in facts.corpus.entities)]  # fmt: skip


def test_the_page_says_what_the_text_says(facts: Facts) -> None:
    html5lib = pytest.importorskip("html5lib")
    for answer in answers_of(facts):
        shown = html5lib.parse(to_html(answer), namespaceHTMLElements=False)
        words = " ".join("".join(shown.find("body").itertext()).split())
        for gist in (one.gist for one in answer if hasattr(one, "gist")):
            assert gist in words
            assert gist in to_text(answer, View(full=True))


def test_every_page_is_html_to_a_strict_parser(facts: Facts, tmp_path: Path) -> None:
    html5lib = pytest.importorskip("html5lib")
    for answer in (*answers_of(facts), *answers_of(hostile(tmp_path))):
        html5lib.HTMLParser(strict=True).parse(to_html(answer, version="1"))


def test_hostile_text_stays_text(tmp_path: Path) -> None:
    html5lib = pytest.importorskip("html5lib")
    for answer in answers_of(hostile(tmp_path)):
        made = to_html(answer)
        shown = html5lib.parse(made, namespaceHTMLElements=False)
        assert [one.tag for one in shown.iter() if one.tag in ("script", "img", "iframe", "object")] == []
        assert not [name for one in shown.iter() for name in one.attrib if name.startswith("on")]
        assert "\u202e" not in made
        assert "49" not in re.findall(r"onerror=alert\(2\)&gt;(\S+)", made)


@pytest.mark.parametrize(
    "address", ["javascript:alert(1)", "data:text/html,x", " https://x.org", "//x.org", "file:///x"]
)
def test_only_addresses_of_the_web_are_links(address: str) -> None:
    assert safe_link(address) == ""
    assert safe_link("https://example.org/a#:~:text=b") != ""


def test_the_same_answer_gives_the_same_bytes(facts: Facts) -> None:
    assert to_html(facts.who("Anna Trentino")) == to_html(load(SMALL).who("Anna Trentino"))


def test_the_foot_says_the_question_and_what_it_stood_on(facts: Facts) -> None:
    made = to_html(facts.sanctions(by="Freedonia", on="Trentino"), version="9.9", day="2026-01-02")
    assert "xjfacts sanctions --by Freedonia --on Trentino" in made
    for told in (facts.corpus.stamp.sha256, "xjfacts 9.9", "made on 2026-01-02"):
        assert told in made


def test_an_uncertain_day_is_shaded_and_what_did_not_come_is_crossed(facts: Facts) -> None:
    made = to_html(facts.sanctions(status="all")) + to_html(facts.who("Anna Trentino"))
    assert "NOT imposed" in made
    assert re.search(r'class="field is-not-imposed" href="#f\d+"', made)
    assert re.search(r'<(circle|rect) class="\S+ open"', made), "a visit that is only planned is hollow"


def test_a_mark_leads_also_to_a_fact_that_only_stands_under_another() -> None:
    for name in ("chen-quanguo", "erkin-tuniyaz", "xinjiang"):
        made = to_html(load().who(name))
        assert {*re.findall(r'href="#([^"]+)"', made)} <= {*re.findall(r'\bid="([^"]+)"', made)}


# In a browser


def test_pages_open_without_a_word_and_ask_for_nothing(browser: Any, pages: dict[str, str]) -> None:
    for address in pages.values():
        with opened(browser, address) as page:
            assert page.evaluate("document.querySelector('h1').innerText")
            assert page.evaluate("getComputedStyle(document.querySelector('h1')).fontWeight") == "600", (
                "its style holds"
            )


def test_a_note_leads_to_its_source_and_back(browser: Any, pages: dict[str, str]) -> None:
    with opened(browser, pages["who"]) as page:
        page.click("a.ref >> nth=4")
        note = page.evaluate("location.hash")
        assert page.evaluate("document.querySelector(':target').matches('.sources li')")
        page.click(f"{note} a.back")
        assert page.evaluate("document.querySelector(':target').getAttribute('href')") == note


def test_a_mark_of_the_timeline_leads_to_its_line(browser: Any, pages: dict[str, str]) -> None:
    with opened(browser, pages["who"]) as page:
        page.click("svg.timeline a >> nth=3")
        assert page.evaluate("document.querySelector(':target').matches('.lines li')")


@pytest.mark.parametrize(("scheme", "width"), [("light", 1400), ("dark", 360)])
def test_axe_finds_no_violation(browser: Any, facts: Facts, tmp_path: Path, scheme: str, width: int) -> None:
    context = {"color_scheme": scheme, "viewport": {"width": width, "height": 900}, "bypass_csp": True}
    for answer in (facts.who("Anna Trentino"), facts.sanctions(status="all"), facts.figures()):
        page_of = tmp_path / "page.html"
        page_of.write_text(to_html(answer, version="1"), encoding="utf-8")
        with opened(browser, page_of.as_uri(), **context) as page:
            assert violations(page) == []


@pytest.mark.parametrize("width", [360, 800, 1400])
def test_nothing_hangs_out_of_the_window(browser: Any, pages: dict[str, str], width: int) -> None:
    for address in pages.values():
        with opened(browser, address, viewport={"width": width, "height": 900}) as page:
            assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_the_keyboard_reaches_everything(browser: Any, pages: dict[str, str]) -> None:
    with opened(browser, pages["figures"]) as page:
        assert reaches_all(page) == []


@pytest.mark.parametrize("width", [180, 186])  # millimetres of A4 and of Letter between the margins
def test_no_line_is_cut_on_paper(browser: Any, pages: dict[str, str], width: int) -> None:
    for name in ("who", "sanctions"):
        with opened(browser, pages[name], viewport={"width": round(width * 96 / 25.4), "height": 1000}) as page:
            page.emulate_media(media="print")
            out = "[...document.querySelectorAll('main *, footer *')].filter(one => one.getBoundingClientRect().right > innerWidth + 1)"
            assert page.evaluate(f"{out}.map(one => one.outerHTML.slice(0, 200))") == []
