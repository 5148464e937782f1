"""Forms of an answer: each written down in full, given back unchanged by its readers, and harmless where it is shown."""

from __future__ import annotations

import csv
import io
import json
import re
import shutil
import subprocess
from collections.abc import Callable
from typing import Any

import msgspec
import pytest
from conftest import SMALL, Told
from hypothesis import given
from hypothesis import strategies as st

from xjfacts import load
from xjfacts.answers.listed import DocumentAnswer, Result
from xjfacts.answers.questions import Facts
from xjfacts.answers.records import Answer, Citation, ClaimAnswer, Data, FigureAnswer, Query, Ref
from xjfacts.forms.markdown import to_markdown
from xjfacts.forms.tabular import CSV_COLUMNS, to_csv, to_json, to_ndjson
from xjfacts.text import visible

needs_pandoc = pytest.mark.skipif(shutil.which("pandoc") is None, reason="pandoc is not installed (Debian: pandoc)")

ANY_TEXT = st.text(st.characters(exclude_categories=["Cs"]))
SHOWS_OR_ACTS = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u00ad\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\U000e0001]"
)


@pytest.fixture(scope="module")
def facts() -> Facts:
    return load(SMALL)


def answer(*results: Any, command: str = "search") -> Answer:
    stamp = Data(sha256="0" * 64, documents=1, facts=1)
    return Answer(data=stamp, query=Query(command=command), count=len(results), results=results)


def claim(gist: str, subject: str = "Somebody", key: str = "d/f", **fields: Any) -> ClaimAnswer:
    """Return a claim with one citation, whose every text is the gist."""
    citation = Citation(
        fact=key, document="d", title=gist, publisher=gist, authors=(gist,), published="2024", url="https://a.example",
        via=None, paragraph=1, quote=gist, fragments=(gist,), context=None, link="https://a.example/#:~:text=x",
    )  # fmt: skip
    known: dict[str, Any] = {
        "id": key,
        "brief": None,
        "date": None,
        "earliest": None,
        "latest": None,
        "according_to": (),
        "about": (),
        "citations": (citation,),
        "corroborated_by": (),
        "origins": 1,
        "contested_by": (),
        "formerly": (),
        "alleged": False,
        "subjects": (Ref(id="s", name=subject),),
    }
    return ClaimAnswer(gist=gist, **{**known, **fields})


# One small answer in every form

NAMED = '[{"id":"anna-trentino","name":"Anna Trentino"}]'
CITATION = (
    '{"fact":"courier-2024/visit-cancelled","document":"courier-2024","title":"Sanctions “a farce”",'
    '"publisher":"Sylvania Courier","authors":[],"published":"2024-05-10~","url":"https://courier.example/farce",'
    '"via":null,"paragraph":3,"quote":"her visit to Glockenspiel is off",'
    '"fragments":["her visit to Glockenspiel is off"],"context":null,'
    '"link":"https://courier.example/farce#:~:text=her%20visit%20to%20Glockenspiel%20is%20off"}'
)
RESULT = (
    '{"kind":"event","id":"courier-2024/visit-cancelled","gist":"Anna Trentino\'s visit to Glockenspiel was cancelled.",'
    '"brief":null,"date":"2024-06","earliest":"2024-06-01","latest":"2024-06-30",'
    f'"according_to":[],"about":[],"citations":[{CITATION}],"corroborated_by":[],"origins":1,'
    '"stated":[],"contested_by":["gazette-2024/trentino-visit-planned"],"answered_by":[],"formerly":[],"certain":true,'
    '"type":"visit","outcome":"cancelled",'
    f'"participants":{NAMED},"place":[{{"id":"glockenspiel","name":"Glockenspiel"}}]}}'
)
ROW = {
    "id": "courier-2024/visit-cancelled", "kind": "event", "gist": "Anna Trentino's visit to Glockenspiel was cancelled.",
    "date": "2024-06", "earliest": "2024-06-01", "latest": "2024-06-30", "type": "visit", "outcome": "cancelled", "participants": "Anna Trentino", "place": "Glockenspiel",
    "certain": "true", "origins": "1", "contested_by": "gazette-2024/trentino-visit-planned",
    "cited_fact": "courier-2024/visit-cancelled", "document": "courier-2024", "publisher": "Sylvania Courier",
    "document_title": "Sanctions “a farce”", "published": "2024-05-10~", "paragraph": "3",
    "quote": "her visit to Glockenspiel is off",
    "link": "https://courier.example/farce#:~:text=her%20visit%20to%20Glockenspiel%20is%20off",
}  # fmt: skip


@pytest.fixture(scope="module")
def cancelled(facts: Facts) -> Answer:
    return facts.events(outcome="cancelled")


def test_ndjson_is_the_results_alone_one_a_line(cancelled: Answer) -> None:
    assert to_ndjson(cancelled) == f"{RESULT}\n"


def test_json_is_the_envelope_in_one_line_or_indented(cancelled: Answer, facts: Facts) -> None:
    stamp = facts.corpus.stamp
    head = (
        f'{{"schema":"xjfacts.answer/2","data":{{"sha256":"{stamp.sha256}","documents":2,"facts":15,"earliest":"2024-05-02",'
        '"latest":"2024-05-10"},'
        '"query":{"command":"events","outcome":["cancelled"]},"count":1,"hidden":{},'
    )
    assert to_json(cancelled).startswith(head)
    assert f'"results":[{RESULT}],"others":[{{"kind":"event","id":"gazette-2024/trentino-visit-planned"' in to_json(
        cancelled
    )
    assert to_json(cancelled).count("\n") == 1
    assert json.loads(to_json(cancelled, indent=2)) == json.loads(to_json(cancelled))


def test_csv_has_a_row_with_the_fact_and_its_citation(cancelled: Answer) -> None:
    header, row, end = to_csv(cancelled).split("\r\n")
    assert header == ",".join(CSV_COLUMNS)
    assert row == ",".join(ROW.get(column, "") for column in CSV_COLUMNS)
    assert end == ""


def test_markdown_has_a_heading_items_footnotes_named_for_facts_and_the_checksum(
    cancelled: Answer, facts: Facts
) -> None:
    cancelled_note, planned_note = "[^courier-2024/visit-cancelled]", "[^gazette-2024/trentino-visit-planned]"
    assert to_markdown(cancelled) == (
        "# Events: cancelled (1 event)\n\n"
        "## 2024\n\n"
        f"- 2024-06 · *visit, cancelled* — Anna Trentino\\'s visit to Glockenspiel was cancelled.{cancelled_note}\n"
        f"    - *contested, 2024-06:* Anna Trentino planned to visit Glockenspiel in June 2024.{planned_note}\n\n"
        f"*2 documents, 2024-05, 15 facts, sha256 {facts.corpus.stamp.sha256}*\n\n"
        f"{cancelled_note}: “Sanctions ‘a farce’”, Sylvania Courier, c. 2024-05-10, ¶ 3: "
        "“her visit to Glockenspiel is off” "
        "<https://courier.example/farce#:~:text=her%20visit%20to%20Glockenspiel%20is%20off>\n\n"
        f"{planned_note}: Harpo Pinky, “Treasury sanctions ambassador”, Freedonia Gazette, 2024-05-02, ¶ 6: "
        "“plans to travel to Glockenspiel in June” "
        "<https://gazette.example/sanctions#:~:text=plans%20to%20travel%20to%20Glockenspiel%20in%20June>\n"
    )


def test_a_footnote_of_markdown_is_letter_for_letter_that_of_cite(small: Callable[..., Told]) -> None:
    notes = [line for line in small("who", "Anna Trentino", "--format", "markdown").out.splitlines() if "]: " in line]
    cited = small("cite", "gazette-2024/treasury-sanctioned-trentino", "--style", "markdown").out.splitlines()
    assert {line for line in cited if "]: " in line} <= set(notes)


# What a reader gets back


@given(gist=ANY_TEXT, name=ANY_TEXT)
def test_json_gives_every_string_back_and_shows_none_that_acts(gist: str, name: str) -> None:
    given_answer = answer(claim(gist, name))
    for form in (to_json(given_answer), to_json(given_answer, indent=2), to_ndjson(given_answer)):
        assert not SHOWS_OR_ACTS.search(form)
    (result,) = json.loads(to_json(given_answer))["results"]
    assert result == json.loads(to_ndjson(given_answer))
    assert (result["gist"], result["subjects"][0]["name"], result["citations"][0]["quote"]) == (gist, name, gist)
    assert msgspec.json.decode(to_json(given_answer), type=Answer[Result]) == given_answer


@given(gist=ANY_TEXT, name=ANY_TEXT)
def test_csv_gives_every_string_back_as_it_is_shown_but_for_the_guard_of_a_formula(gist: str, name: str) -> None:
    written = to_csv(answer(claim(gist, name)))
    header, row = csv.reader(io.StringIO(written, newline=""), strict=True)
    cells = dict(zip(header, row, strict=True))
    for cell, text in ((cells["gist"], gist), (cells["quote"], gist), (cells["subjects"], name)):
        assert re.sub("(^|[;\t])'", r"\1", cell) == re.sub("(^|[;\t])'", r"\1", visible(text))
        assert not cell.lstrip().startswith(tuple("=+-@\t\r＝＋－＠"))
    assert not SHOWS_OR_ACTS.search(written)
    assert written.count("\r\n") == 2


@pytest.mark.parametrize(
    ("text", "cell"),
    [
        ("=1+1", "'=1+1"),
        ("+44", "'+44"),
        ("-x", "'-x"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("  \u00a0=1", "'  \u00a0=1"),
        ("＝1", "'＝1"),
        ("\t=1", "\\t=1"),
        ("\r=1", "\\r=1"),
        ("a\x00b", "a\\x00b"),
        ("x;=1+1", "x;'=1+1"),  # where `;` divides, as in much of Europe
        ("a; b", "a; b"),
        ("1=1", "1=1"),
        ("EU-China", "EU-China"),
    ],
)
def test_no_cell_begins_a_formula(text: str, cell: str) -> None:
    (_, row) = csv.reader(io.StringIO(to_csv(answer(claim(text))), newline=""))
    assert row[CSV_COLUMNS.index("gist")] == cell


def test_a_list_in_a_cell_has_an_item_a_line_and_none_of_them_begins_a_formula() -> None:
    named = (Ref(id="a", name="One"), Ref(id="b", name="=2"))
    (_, row) = csv.reader(io.StringIO(to_csv(answer(claim("x", subjects=named))), newline=""))
    assert row[CSV_COLUMNS.index("subjects")] == "One\n'=2"


def test_a_number_is_a_number_and_nothing_is_nothing() -> None:
    shared = msgspec.structs.asdict(claim("x"))
    del shared["subjects"], shared["alleged"]
    figure = FigureAnswer(
        **shared,
        measure="degrees",
        unit="°C",
        bound="range",
        value=None,
        low=-5,
        high=0.5,
        open_ended=False,
        estimator=(),
    )
    (_, row) = csv.reader(io.StringIO(to_csv(answer(figure)), newline=""))
    cells = dict(zip(CSV_COLUMNS, row, strict=True))
    assert (cells["value"], cells["low"], cells["high"], cells["estimator"]) == ("", "-5", "0.5", "")


def test_results_of_several_kinds_share_a_header_with_the_columns_of_all(facts: Facts) -> None:
    reader = csv.DictReader(io.StringIO(to_csv(facts.sources("courier")), newline=""))
    document, fact, *_ = reader
    assert (document["kind"], document["sha256"], document["facts"], document["gist"]) == (
        "document", "1" * 64, "1 sanction\n1 event\n1 figure", ""
    )  # fmt: skip
    assert (fact["kind"], fact["paragraph"], fact["sha256"]) == ("sanction", "1\n1", "")


@pytest.mark.parametrize(
    ("command", "columns"), [("search", CSV_COLUMNS), ("sources", DocumentAnswer.__struct_fields__), ("names", ("id",))]
)
def test_of_nothing_ndjson_is_no_byte_and_csv_the_header_of_what_was_asked(
    command: str, columns: tuple[str, ...]
) -> None:
    assert to_ndjson(answer(command=command)) == ""
    header, end = to_csv(answer(command=command)).split("\r\n")
    assert (set(columns) <= set(header.split(",")), end) == (True, "")
    assert json.loads(to_json(answer(command=command)))["results"] == []


# Markdown

HOSTILE = [
    r"*x* _y_ `z` [a](b) [^9] <b>c</b> &amp; | # @d $e$ ~f~ \g {h}",
    "# heading",
    "c. 2018 it began",
    "1. first",
    "(a) second",
    "- third",
    "> quoted",
    "    code",
    "a -- b ... c",
]


@needs_pandoc
@pytest.mark.parametrize("reader", ["markdown-smart", "gfm"])
def test_markdown_shows_every_string_as_it_is(reader: str) -> None:
    read = subprocess.run(
        ["pandoc", "--fail-if-warnings", "--wrap=none", "-f", reader, "-t", "plain"],
        input=to_markdown(answer(*(claim(text, key=f"d/{at}") for at, text in enumerate(HOSTILE)))), capture_output=True, check=True, encoding="utf-8",
    ).stdout  # fmt: skip
    items = [" ".join(line.split()) for line in read.splitlines() if line.startswith("-")]
    assert items == [f"- printed 2024 — {' '.join(text.split())}[{at}]" for at, text in enumerate(HOSTILE, start=1)]
    for text in HOSTILE:
        assert f"“{' '.join(text.split())}”" in " ".join(read.split())


@needs_pandoc
@pytest.mark.parametrize("reader", ["markdown", "gfm"])
def test_every_answer_about_the_shipped_facts_is_markdown_without_a_warning(reader: str) -> None:
    shipped = load()
    pages = [shipped.who("Tuniyaz"), shipped.events(), shipped.said(), shipped.figures(), shipped.sources()]
    for number, page in enumerate(map(to_markdown, pages)):
        html = subprocess.run(
            ["pandoc", "--fail-if-warnings", "-f", reader, "-t", "html"],
            input=page, capture_output=True, check=True, encoding="utf-8",
        ).stdout  # fmt: skip
        lists = re.findall("<ol", html)
        assert len(lists) == (0 if number == 4 else 1), "no other numbered list than that of the notes"
        references = re.findall(r"\[\^([a-z0-9/-]+)\](?!:)", page)
        notes = re.findall(r"^\[\^([a-z0-9/-]+)\]:", page, re.MULTILINE)
        assert html.count('role="doc-noteref"') == len(references) or reader == "gfm"
        assert list(dict.fromkeys(references)) == notes


def test_two_answers_can_stand_in_one_article_and_share_their_footnotes(facts: Facts) -> None:
    pages = [to_markdown(facts.who("Anna Trentino")), to_markdown(facts.sanctions(by="Freedonia"))]
    defined = [re.findall(r"^\[\^([^]]+)\]: (.*)$", page, re.MULTILINE) for page in pages]
    shared = dict(defined[0]).keys() & dict(defined[1]).keys()
    assert "gazette-2024/treasury-sanctioned-trentino" in shared
    assert all(dict(defined[0])[key] == dict(defined[1])[key] for key in shared)
