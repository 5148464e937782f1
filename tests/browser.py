"""A real browser for the tests that look at pages: one start for all, and nothing that it says or asks goes unseen.

with opened(browser, "file:///...") as page:        # fails where the page says something to the console
    page.click("text=Search")
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

PROGRAMS = ("chromium", "chromium-browser", "google-chrome")
QUIET = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@contextmanager
def started() -> Iterator[Any]:
    """Start a browser with a new profile, or skip the test with the reason."""
    program = next(filter(None, map(shutil.which, PROGRAMS)), None)
    if program is None:
        pytest.skip("no browser is installed (Debian: chromium)")
    playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    with playwright.sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=program, args=QUIET)
        yield browser
        browser.close()


@contextmanager
def opened(browser: Any, address: str, **context: Any) -> Iterator[Any]:
    """Open a page; fail where it said something to the console or asked for anything that is not on the disk."""
    within = browser.new_context(**context)
    said: list[str] = []
    page = within.new_page()
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("dialog", lambda dialog: said.append(f"dialog {dialog.message}"))
    page.on("request", lambda asked: asked.url.startswith("file://") or said.append(f"asked for {asked.url}"))
    page.goto(address)
    yield page
    within.close()
    assert said == []


def violations(page: Any) -> list[str]:
    """Return what axe-core finds wrong with a page, which has to be opened with `bypass_csp`."""
    axe = pytest.importorskip("axe_playwright_python", reason="axe-playwright-python is not installed")
    page.evaluate((Path(axe.__file__).parent / "axe.min.js").read_text(encoding="utf-8"))
    found = page.evaluate("axe.run({preload: false})")["violations"]
    return [f"{one['id']}: {one['nodes'][0]['html']}" for one in found]


def reaches_all(page: Any) -> list[str]:
    """Return the links and fields of a page that the key Tab does not come to."""
    wanted = page.evaluate(
        "(window.all = [...document.querySelectorAll('a[href], input, button, [tabindex=\"0\"]')]).length"
    )
    page.evaluate("document.body.focus(); window.seen = new Set()")
    for _ in range(wanted + 1):
        page.keyboard.press("Tab")
        page.evaluate("seen.add(document.activeElement)")
    return page.evaluate("all.filter((one) => !seen.has(one)).map((one) => one.outerHTML)")
