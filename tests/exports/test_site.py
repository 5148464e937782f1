"""The corpus as a site: every page is whole, leads only to what is there, and is found by its search."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from browser import opened, reaches_all, violations
from conftest import SMALL, Told

from xjfacts import load
from xjfacts.exports.site import MANIFEST, pages


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of the shipped facts as a site."""
    folder = tmp_path_factory.mktemp("site")
    for path, data in pages(load().corpus, "1"):
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(data)
    return folder


def test_every_link_leads_to_a_page_that_is_there(site: Path) -> None:
    html5lib = pytest.importorskip("html5lib")
    # A tenth of the pages, and all that lead to others: together with the same templates for all, as good as every one.
    chosen = [*site.glob("*.html"), *sorted(site.glob("*/**/*.html"))[::10]]
    for path in chosen:
        shown = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(path.read_text(encoding="utf-8"))
        ids = [one.get("id") for one in shown.iter() if one.get("id")]
        assert len(ids) == len(set(ids)), path
        links = [one.get("href") or one.get("src") for one in shown.iter()]
        for address in filter(None, links):
            if address.startswith("#"):
                assert address[1:] in ids, (path, address)
            elif not address.startswith(("https://", "http://")):
                assert (path.parent / address).resolve().is_file(), (path, address)


def test_a_page_for_everything_at_the_address_of_its_id(site: Path) -> None:
    corpus = load().corpus
    for folder, keys in (("facts", corpus.facts), ("documents", corpus.documents), ("entities", corpus.entities)):
        assert [key for key in keys if not (site / folder / f"{key}.html").is_file()] == []
    for old, new in corpus.renamed.items():
        kind = "facts" if new in corpus.facts else "entities"
        assert f"{new}.html" in (site / kind / f"{old}.html").read_text(encoding="utf-8")


def test_a_site_is_made_again_in_its_folder_and_in_no_other(small: Callable[..., Told], tmp_path: Path) -> None:
    folder = tmp_path / "site"
    assert small("export", "site", "--output", str(folder)) == Told(0, "", "")
    first = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    (folder / "CNAME").write_text("example.org")
    (folder / "stale.html").write_text("of an entity that is no more")
    (folder / MANIFEST).write_text(f"{(folder / MANIFEST).read_text()}stale.html\n../kept\n")
    (tmp_path / "kept").write_text("not part of it")
    assert small("export", "site", "--output", str(folder)) == Told(0, "", "")
    assert {path: path.read_bytes() for path in first} == first, "the same bytes"
    assert (folder / "CNAME").exists()
    assert not (folder / "stale.html").exists()
    assert (tmp_path / "kept").exists()

    told = small("export", "site", "--output", str(tmp_path))
    assert (told.status, told.err.count("\n")) == (74, 1)
    assert small("export", "site").status == 2


# In a browser


def test_pages_open_without_a_word_and_ask_for_nothing_from_elsewhere(browser: Any, site: Path) -> None:
    step = int(os.environ.get("XJFACTS_TEST_EVERY", "10"))  # 1: every page, which takes a minute
    staying = [one for one in sorted(site.glob("*/**/*.html")) if 'http-equiv="refresh"' not in one.read_text("utf-8")]
    chosen = [*site.glob("*.html"), *staying[::step]]
    with opened(browser, chosen[0].as_uri()) as page:
        for path in chosen:
            page.goto(path.as_uri())
            assert page.evaluate("getComputedStyle(document.querySelector('h1')).fontWeight") == "600", (
                "its style holds"
            )


@pytest.mark.parametrize(
    ("words", "found"), [("tuniyaz", "Erkin Tuniyaz"), ("张明", "Zhang Ming"), ("ZHÀNG ming", "Zhang Ming")]
)
def test_the_search_is_used_by_keyboard_from_any_page(browser: Any, site: Path, words: str, found: str) -> None:
    with opened(browser, (site / "entities/china.html").as_uri()) as page:
        page.focus("input")
        page.keyboard.type(words)
        page.keyboard.press("Enter")
        page.wait_for_selector("#found a")
        page.keyboard.press("ArrowDown")
        assert page.evaluate("document.activeElement.textContent") == found
        page.keyboard.press("Enter")
        page.wait_for_url("**/entities/*")
        assert page.inner_text("h1") == found


def test_the_search_says_that_it_finds_nothing(browser: Any, site: Path) -> None:
    with opened(browser, f"{(site / 'search.html').as_uri()}?q=xyzzy") as page:
        assert page.inner_text("#told") == "Nothing here holds these words."


def test_the_keyboard_reaches_everything(browser: Any, site: Path) -> None:
    with opened(browser, f"{(site / 'search.html').as_uri()}?q=urumqi") as page:
        assert reaches_all(page) == []


def test_axe_finds_no_violation(browser: Any, tmp_path: Path) -> None:
    for path, data in pages(load(SMALL).corpus, "1"):
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_bytes(data)
    for name in ("index.html", "names.html", "search.html?q=trentino", "documents/gazette-2024.html"):
        with opened(browser, f"{tmp_path.as_uri()}/{name}", bypass_csp=True) as page:
            assert violations(page) == []


def test_hostile_text_stays_text_in_the_search_too(browser: Any, tmp_path: Path) -> None:
    hostile = "</script><img src=x onerror=alert(1)>"
    (tmp_path / "facts").mkdir()
    for path in Path(SMALL).glob("*.toml"):
        text = path.read_text(encoding="utf-8").replace('name = "Anna Trentino"', f'name = "Anna Trentino {hostile}"')
        (tmp_path / "facts" / path.name).write_text(text.replace('gist = "', f'gist = "{hostile} '), encoding="utf-8")
    for path, data in pages(load(str(tmp_path / "facts")).corpus, "1"):
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_bytes(data)
    for name in ("search.html?q=trentino", "index.html", "entities/anna-trentino.html"):
        with opened(browser, f"{tmp_path.as_uri()}/{name}") as page:
            assert page.evaluate("document.querySelectorAll('img').length") == 0
            assert hostile in page.inner_text("main") or name == "index.html"
