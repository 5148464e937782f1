"""A hundred hostile strings in every field, read back by the programs that answers and exports are for."""

from __future__ import annotations

import asyncio
import csv
import importlib.util
import io
import json
import re
import shutil
import subprocess
import tempfile
import xml.etree.ElementTree as ET
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from xjfacts import load
from xjfacts.answers.compose import sources
from xjfacts.answers.sources import Reference
from xjfacts.corpus.index import Corpus
from xjfacts.exports.dump import dump
from xjfacts.forms.cite import to_biblatex, to_csl_json, to_markdown
from xjfacts.text import visible

_SIGNS = [*map(chr, (*range(33, 48), *range(58, 65), *range(91, 97), *range(123, 127))), *"“”‘’…—ﬁß張شé", "e\u0301"]
HOSTILE = [
    *(f"{sign}a {sign}{sign} b{sign}" for sign in _SIGNS),
    "=1+1", "@SUM(A1)", "+1", "-1", "x;=1+1", "x\t=1+1", "\t=1", "＝1", "'=1", '"=1"', "a,b", 'a"b,c', "a\rb", "a\nb", "a\r\nb",
    "2022-04", "March 2021", "1/2", "1e5", "0012", "true", "NULL", "null", "None", "",
    r"\textbf{x}", r"\textbraceleft{}", "{", "}", "{{", "}}", "$x$", "100 % & 5 #", "a and b", "A and B", "a, b", "--", "---", "``a''", "?`", "!`",
    "[x](y)", "![x](y)", "[^1]", "# x", "- x", "1. x", "c. 2018", "(a) x", "> x", "    x", "***", "| a | b |", ":smile:", "<b>x</b>", "&amp;", "&#38;",
    "<script>alert(1)</script>", "https://a.example/x_y_z", "www.a.example", "a@b.example", "@key", "~x~", "^x^", "H~2~O", "\\", "\\n", "\\N", "\\G",
    '" -> "x', "</title>", "]]>", "<!--", "'; drop table fact; --", "%s%n{0}", "\x00", "\x07", "\x1b[2J", "\x7f", "\x9b", "\u202e", "\u200b", "\ufeff",
    "\u2028", "\u0085", "\ud7ff", "\uffff", "\U0001f600", "\U000e0041", "z" * 240,
]  # fmt: skip


def _toml(text: str) -> str:
    return '"' + "".join(sign if sign.isascii() and sign.isalnum() else f"\\U{ord(sign):08x}" for sign in text) + '"'


def _paper(number: int, text: str) -> str:
    """Return a document with a string in each of its fields, begun and ended by a word so that none is empty."""
    t = _toml(text) if text else '"x"'
    long = _toml(f"In 2024 {text} was said.")
    return f"""
[document]
title = {t}
publisher = {t}
authors = [{t}, {_toml("Ann " + text)}]
published = "2024-05-02"
dated-by = {long}
url = "https://p.example/{number}"
via = {t}
type = "{("article-newspaper", "report", "book")[number % 3]}"
origin = [{t}]
sha256 = "{"0" * 64}"
body = [[1, 9]]
paragraphs = 9
words = 300

[person.h{number}]
name = {t}
names = [{_toml("Also " + text)}]
search = [{_toml("Sought " + text)}]

[organisation.o{number}]
name = {_toml("Body " + text)}

[sanction.s]
gist = {long}
cite = [{{ p = 1, quote = {long}, context = {t} }}]
by = "o{number}"
target = "h{number}"
status = "imposed"
date = "2024"
programme = {t}
reference = {t}
listed-as = {t}
reason = {t}

[claim.c]
gist = {long}
cite = [{{ p = 2, quote = [{long}, {t}] }}]
subjects = "h{number}"

[position.p]
gist = {long}
cite = [{{ p = 3, quote = {long} }}]
holder = "h{number}"
title = {t}
of = "o{number}"
as-of = "2024"
"""


@pytest.fixture(scope="module")
def corpus() -> Corpus:
    with tempfile.TemporaryDirectory() as folder:
        for number, text in enumerate(HOSTILE):
            (Path(folder) / f"d{number:03}.toml").write_text(_paper(number, text), encoding="utf-8")
        return load(folder).corpus


def needs(program: str) -> pytest.MarkDecorator:
    return pytest.mark.skipif(shutil.which(program) is None, reason=f"{program} is not installed")


def needs_module(module: str) -> pytest.MarkDecorator:
    return pytest.mark.skipif(importlib.util.find_spec(module) is None, reason=f"{module} is not installed")


def run(*command: str, given: str = "") -> str:
    return subprocess.run(command, input=given, capture_output=True, check=True, encoding="utf-8").stdout


def shown(text: str) -> str:
    """Return a text as every form shows it, white space aside, of which programs make what they like."""
    return " ".join(visible(text).split())


def references(corpus: Corpus) -> list[Reference]:
    return [Reference(corpus.facts[key].gist, sources(corpus, key)) for key in corpus.facts]


def test_it_is_a_hundred_and_more() -> None:
    assert len(set(HOSTILE)) >= 100


# CSV, as three programs divide it


def _rows(corpus: Corpus) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(dump(corpus, "csv").decode(), newline=""), strict=True))


def _unguarded(cell: str) -> str:
    return re.sub(r"(^|[;\t])'(?=\s*[=+\-@\t\r＝＋－＠])", r"\1", cell)


def test_csv_keeps_every_text_and_begins_no_formula_whatever_divides_its_cells(corpus: Corpus) -> None:
    rows = {row["id"]: row for row in _rows(corpus)}
    for key, fact in corpus.facts.items():
        assert _unguarded(rows[key]["gist"]) == visible(fact.gist)
        assert _unguarded(rows[key]["quote"]) == visible(fact.cite[0].text)
        if fact.kind == "sanction" and not str(getattr(fact, "programme", "")).startswith("'"):
            assert _unguarded(rows[key]["programme"]) == visible(str(getattr(fact, "programme", "")))
    for divider in (",", ";", "\t"):
        for row in csv.reader(io.StringIO(dump(corpus, "csv").decode(), newline=""), delimiter=divider):
            assert not [cell for cell in row if re.match(r"\s*[=+\-@＝＋－＠]", cell)], divider


@needs_module("sqlite_utils")
def test_sqlite_utils_reads_the_same_rows(corpus: Corpus) -> None:
    from sqlite_utils.utils import Format, rows_from_file

    assert list(rows_from_file(io.BytesIO(dump(corpus, "csv")), format=Format.CSV)[0]) == _rows(corpus)


@needs("pandoc")
def test_pandoc_reads_a_row_of_csv_for_every_fact(corpus: Corpus) -> None:
    table = json.loads(run("pandoc", "-f", "csv", "-t", "json", given=dump(corpus, "csv").decode()))["blocks"][0]
    assert len(table["c"][4][0][3]) == len(corpus.facts)


# Citations


@needs("pandoc")
def test_pandoc_shows_every_word_of_markdown_as_it_stands(corpus: Corpus) -> None:
    text = run("pandoc", "-f", "markdown", "-t", "plain", "--wrap=none", given=to_markdown(references(corpus)))
    plain = " ".join(re.sub(r"\[\d+\]", "", text).split()).replace("‘", "’")  # one that nothing closes may be turned
    for fact in corpus.facts.values():
        assert shown(fact.gist).replace("‘", "’") in plain, fact.gist


@needs("pandoc")
def test_pandoc_reads_every_title_of_both_bibliographies(corpus: Corpus) -> None:
    titles = {document.id: shown(document.title) for document in corpus.documents.values()}
    csl = {one["id"].partition("-")[0]: one for one in json.loads(to_csl_json(references(corpus)))}
    assert {key: shown(one["title"]) for key, one in csl.items()} == titles
    read = json.loads(run("pandoc", "-f", "biblatex", "-t", "csljson", given=to_biblatex(references(corpus))))
    assert len(read) == len(titles)
    for one in read:
        title = " ".join(re.sub(r"</?span[^>]*>", "", one["title"]).split())
        expected = titles[one["id"].partition("-")[0]]
        if expected.count("{") == expected.count("}"):  # pandoc knows no \\textbraceleft
            assert _letters(title) == _letters(expected), one["id"]
        assert len(one["author"]) == 2, one["id"]


def _letters(text: str) -> str:
    """Return a text without the quotation marks, which BibLaTeX makes typographic, and what HTML is escaped as."""
    return re.sub(r"[\s\"'`“”‘’]", "", text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&"))


@needs("biber")
def test_biber_reads_the_bibliography_without_a_warning(corpus: Corpus, tmp_path: Path) -> None:
    (tmp_path / "facts.bib").write_text(to_biblatex(references(corpus)), encoding="utf-8")
    told = subprocess.run(
        ["biber", "--tool", "--nolog", "facts.bib"], cwd=tmp_path, capture_output=True, check=False, encoding="utf-8"
    )
    said = [line for line in told.stdout.splitlines() if "WARN" in line or "ERROR" in line]
    assert (told.returncode, said) == (0, [])
    written = (tmp_path / "facts_bibertool.bib").read_text(encoding="utf-8")
    assert len(re.findall(r"^@[A-Z]+\{d", written, re.MULTILINE)) == len(HOSTILE)


# Graphs, databases, entities


@needs("dot")
def test_graphviz_draws_xml_with_every_name(corpus: Corpus) -> None:
    svg = ET.fromstring(run("dot", "-Tsvg", given=dump(corpus, "dot").decode()))
    drawn = set()
    for group in svg.iter("{http://www.w3.org/2000/svg}g"):
        if group.get("class") == "node":
            texts = [one.text or "" for one in group.iter("{http://www.w3.org/2000/svg}text")]
            drawn.add("".join("".join(texts).split()))
    for number in range(len(HOSTILE)):
        assert "".join(visible(corpus.entities[f"h{number}"].name).split()) in drawn


@needs_module("datasette")
@pytest.mark.filterwarnings("ignore")
def test_datasette_opens_every_table_and_view(corpus: Corpus, tmp_path: Path) -> None:
    from datasette.app import Datasette

    (tmp_path / "facts.db").write_bytes(dump(corpus, "sqlite"))

    async def opened() -> dict[str, int]:
        served = Datasette([str(tmp_path / "facts.db")])
        known = (await served.client.get("/facts.json?_hidden=1")).json()
        names = [one["name"] for one in (*known["tables"], *known["views"]) if not one["name"].startswith("search_")]
        paths = [f"/facts/{name}{form}" for name in names for form in ("", ".json")]
        paths += [f"/facts/{name}.json?_labels=on&_shape=array" for name in names]
        return {path: (await served.client.get(path)).status_code for path in paths}

    with ThreadPoolExecutor(1) as apart:  # a browser of another test may have its own loop in this thread
        statuses = apart.submit(asyncio.run, opened()).result()
    assert {path: status for path, status in statuses.items() if status != 200} == {}
    assert {"/facts/sanctions", "/facts/events.json", "/facts/role", "/facts/part_of"} <= statuses.keys()


@needs_module("yente")
@pytest.mark.filterwarnings("ignore")
def test_yente_loads_every_entity_that_its_manifest_names(corpus: Corpus, tmp_path: Path) -> None:
    from yente.data.manifest import Catalog, Manifest
    from yente.data.updater import DatasetUpdater
    from yente.search.indexer import iter_entity_docs

    facts, manifest = tmp_path / "facts.json", tmp_path / "manifest.yml"
    dataset = {"name": "xjfacts", "title": "Facts", "entities_url": str(facts)}
    manifest.write_text(json.dumps({"datasets": [dataset]}), encoding="utf-8")  # which is YAML too

    async def indexed() -> list[dict[str, Any]]:
        """Return what yente would hand to its search engine."""
        catalog = await Catalog.load(await Manifest.load(str(manifest)))
        updater = await DatasetUpdater.build(catalog.require("xjfacts"), None)
        return [one async for one in iter_entity_docs(updater, "facts")]

    for known in (corpus, load().corpus):
        facts.write_bytes(dump(known, "ftm"))
        with ThreadPoolExecutor(1) as apart:
            found = {one["_id"]: one["_source"] for one in apart.submit(asyncio.run, indexed()).result()}
        wanted = {one["id"]: one for one in map(json.loads, facts.read_text(encoding="utf-8").splitlines())}
        assert found.keys() == wanted.keys()
        assert {one["schema"] for one in found.values()} == {one["schema"] for one in wanted.values()}
        sanctioned = {key for key, one in found.items() if "sanction" in one["properties"].get("topics", ())}
        assert sanctioned == {key for key, one in wanted.items() if "sanction" in one["properties"].get("topics", ())}


@needs_module("followthemoney")
@pytest.mark.filterwarnings("ignore")
def test_followthemoney_keeps_every_value(corpus: Corpus) -> None:
    from followthemoney import model

    for line in dump(corpus, "ftm").decode().splitlines():
        record: dict[str, Any] = json.loads(line)
        read = model.get_proxy(record, cleaned=False)
        kept = read.to_dict()["properties"]
        for name, values in record["properties"].items():  # of names it takes the quotation marks around them off
            assert [one.strip("\"'") for one in kept[name]] == [one.strip("\"'") for one in values], name
