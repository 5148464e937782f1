"""Citations: each style written down in full, and read by a program that people paste them into."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from collections.abc import Callable
from typing import Any

import pytest
from conftest import Told

from xjfacts.answers.sources import Reference, Source, link_to_quote, safe_url
from xjfacts.corpus.model import Cite, Document
from xjfacts.corpus.values import OneOrMore
from xjfacts.dates import Edtf
from xjfacts.forms.cite import STYLES, escape_markdown, titled

needs_pandoc = pytest.mark.skipif(shutil.which("pandoc") is None, reason="pandoc is not installed (Debian: pandoc)")

HOSTILE = [
    r"50% of $5 & \textbf #1_a ~ ^2 \\",
    "*x* _y_ `z` [a](b) [^1] <b>c</b> &amp; | # @d",
    "a -- b --- c...d '' ``e?` 12:30:15 :smile:",
    "c. 2018 it began",
    "(a) first",
    "xii) twelfth",
    "38. edition",
    "- dash",
    "+ plus",
    "% percent",
    ": colon",
    "= equals",
    "    four spaces",
    "{.class} {braces}",
    "張明 “quoted” شىنجاڭ",
    "see https://a.example/x, www.b.example and mail me@c.example",
]


def document(title: str = "A title", **fields: Any) -> Document:
    known: dict[str, Any] = {
        "id": "paper-2024",
        "publisher": "The Paper",
        "published": Edtf("2024-05-02"),
        "dated_by": "printed",
        "url": "https://paper.example/a",
        "type": "article-newspaper",
        "origin": OneOrMore(["The Paper"]),
        "sha256": "0" * 64,
        "body": ((1, 2),),
        "paragraphs": 2,
        "words": 20,
    }
    return Document(title=title, **{**known, **fields})


def cite(*fragments: str, p: int = 1, **fields: str) -> Cite:
    return Cite(p=p, quote=OneOrMore(fragments), **fields)


def pandoc(text: str, *options: str) -> str:
    command = ["pandoc", "--fail-if-warnings", "--wrap=none", *options]
    return subprocess.run(command, input=text, capture_output=True, check=True, encoding="utf-8").stdout


# Links


@pytest.mark.parametrize(
    ("url", "quote", "link"),
    [
        ("https://a.example/x", "two words", "https://a.example/x#:~:text=two%20words"),
        ("https://a.example/x#top", "two words", "https://a.example/x#top:~:text=two%20words"),
        ("https://a.example/x#:~:text=one", "two", "https://a.example/x#:~:text=one&text=two"),
        ("https://a.example/", "EU-China, it & they", "https://a.example/#:~:text=EU%2DChina%2C%20it%20%26%20they"),
        ("https://a.example/", "“Ürümqi”", "https://a.example/#:~:text=%E2%80%9C%C3%9Cr%C3%BCmqi%E2%80%9D"),
        (
            "https://a.example/",
            "1 2 3 4 5 6 7 8 9 10",
            "https://a.example/#:~:text=1%202%203%204%205%206%207%208%209%2010",
        ),
        (
            "https://a.example/",
            " ".join(map(str, range(1, 22))),
            "https://a.example/#:~:text=1%202%203%204,18%2019%2020%2021",
        ),
    ],
)
def test_a_link_opens_the_page_at_the_quoted_words(url: str, quote: str, link: str) -> None:
    assert link_to_quote(document(url=url), cite(quote)) == link


def test_a_link_has_a_directive_for_each_fragment_and_the_words_next_to_them() -> None:
    opened = link_to_quote(document(), cite("one - two", "three", before="then,", after="& on"))
    assert opened == "https://paper.example/a#:~:text=then%2C-,one%20%2D%20two&text=three,-%26%20on"


@pytest.mark.parametrize(
    ("kind", "url"),
    [("dataset", "https://list.example/sdn"), ("speech", "https://parliament.example/Commons/2021-04-22")],
)
def test_an_address_that_does_not_hold_the_words_gets_no_link_to_them(kind: str, url: str) -> None:
    assert link_to_quote(document(type=kind, url=url), cite("the words")) == url


def test_a_url_holds_nothing_that_ends_it_where_it_is_pasted() -> None:
    assert safe_url("https://a.example/%20?q=1&r=張#s") == "https://a.example/%20?q=1&r=%E5%BC%B5#s"
    assert safe_url('https://a.example/<a> {b}"\n\x1b') == "https://a.example/%3Ca%3E%20%7Bb%7D%22%0A%1B"


# The styles

ASKED = ("cite", "gazette-2024/treasury-sanctioned-trentino", "courier-2024")

EXPECTED = {
    "text": """\
The Freedonian Treasury sanctioned Anna Trentino in April 2024 (Harpo Pinky, “Treasury sanctions ambassador”, Freedonia Gazette, 2024-05-02, ¶ 1: “the Treasury put sanctions on Ms Trentino in April” <https://gazette.example/sanctions#:~:text=the%20Treasury%20put%20sanctions%20on%20Ms%20Trentino%20in%20April>; “Sanctions ‘a farce’”, Sylvania Courier, c. 2024-05-10, ¶ 1: “Freedonia's sanctions on Anna Trentino this year” <https://courier.example/farce#:~:text=Freedonia%27s%20sanctions%20on%20Anna%20Trentino%20this%20year>).
“Sanctions ‘a farce’”, Sylvania Courier, c. 2024-05-10 <https://courier.example/farce>.
""",
    "markdown": """\
The Freedonian Treasury sanctioned Anna Trentino in April 2024.[^gazette-2024/treasury-sanctioned-trentino] [^courier-2024/freedonia-sanctioned-trentino]

“Sanctions ‘a farce’”[^courier-2024]

[^gazette-2024/treasury-sanctioned-trentino]: Harpo Pinky, “Treasury sanctions ambassador”, Freedonia Gazette, 2024-05-02, ¶ 1: “the Treasury put sanctions on Ms Trentino in April” <https://gazette.example/sanctions#:~:text=the%20Treasury%20put%20sanctions%20on%20Ms%20Trentino%20in%20April>

[^courier-2024/freedonia-sanctioned-trentino]: “Sanctions ‘a farce’”, Sylvania Courier, c. 2024-05-10, ¶ 1: “Freedonia\\'s sanctions on Anna Trentino this year” <https://courier.example/farce#:~:text=Freedonia%27s%20sanctions%20on%20Anna%20Trentino%20this%20year>

[^courier-2024]: “Sanctions ‘a farce’”, Sylvania Courier, c. 2024-05-10 <https://courier.example/farce>
""",
    "biblatex": """\
@article{gazette-2024-treasury-sanctioned-trentino,
  author       = {Pinky, Harpo},
  title        = {{Treasury sanctions ambassador}},
  journaltitle = {Freedonia Gazette},
  entrysubtype = {newspaper},
  date         = {2024-05-02},
  url          = {https://gazette.example/sanctions#:~:text=the%20Treasury%20put%20sanctions%20on%20Ms%20Trentino%20in%20April},
  note         = {¶ 1: “the Treasury put sanctions on Ms Trentino in April”},
  annotation   = {The Freedonian Treasury sanctioned Anna Trentino in April 2024.},
}

@article{courier-2024-freedonia-sanctioned-trentino,
  title        = {{Sanctions “a farce”}},
  journaltitle = {Sylvania Courier},
  entrysubtype = {newspaper},
  date         = {2024-05-10~},
  url          = {https://courier.example/farce#:~:text=Freedonia%27s%20sanctions%20on%20Anna%20Trentino%20this%20year},
  note         = {¶ 1: “Freedonia's sanctions on Anna Trentino this year”},
  annotation   = {The Freedonian Treasury sanctioned Anna Trentino in April 2024.},
}
""",
}


@pytest.mark.parametrize("style", EXPECTED)
def test_a_fact_is_cited_with_all_its_sources_and_a_document_once(small: Callable[..., Told], style: str) -> None:
    assert small(*ASKED, "--style", style) == Told(0, EXPECTED[style], "")


def test_csl_json_has_a_document_once_with_the_words_cited_from_it(small: Callable[..., Told]) -> None:
    gazette, courier = json.loads(small(*ASKED, "--style", "csl-json").out)
    assert gazette == {
        "id": "gazette-2024-treasury-sanctioned-trentino",
        "type": "article-newspaper",
        "title": "Treasury sanctions ambassador",
        "author": [{"family": "Pinky", "given": "Harpo"}],
        "container-title": "Freedonia Gazette",
        "issued": {"date-parts": [[2024, 5, 2]]},
        "URL": "https://gazette.example/sanctions#:~:text=the%20Treasury%20put%20sanctions%20on%20Ms%20Trentino%20in%20April",
        "note": "¶ 1: “the Treasury put sanctions on Ms Trentino in April”",
        "annote": "The Freedonian Treasury sanctioned Anna Trentino in April 2024.",
    }
    assert (courier["id"], courier["issued"]) == (
        "courier-2024-freedonia-sanctioned-trentino",
        {"date-parts": [[2024, 5, 10]], "circa": True},
    )


def test_two_facts_that_stand_together_are_one_reference(small: Callable[..., Told]) -> None:
    both = ("gazette-2024/treasury-sanctioned-trentino", "courier-2024/freedonia-sanctioned-trentino")
    assert small("cite", *both) == small("cite", both[0])


@pytest.mark.parametrize(
    ("key", "message"),
    [
        ("gazette-2023", "no fact or document has the id 'gazette-2023' (did you mean 'gazette-2024'?)"),
        ("gazette-2024/talks-hold", "no fact or document has the id 'gazette-2024/talks-hold' (did you mean 'gazette-2024/talks-held'?)"),
        ("freedonia", "'freedonia' is no fact or document but the country Freedonia"),
    ],
)  # fmt: skip
def test_what_cannot_be_cited_is_named_with_the_nearest_id(small: Callable[..., Told], key: str, message: str) -> None:
    assert small("cite", key) == Told(1, "", f"xjfacts: {message}\n")


def test_a_title_of_the_curators_own_stands_in_its_brackets_alone() -> None:
    cited = STYLES["text"]([Reference(None, (Source("paper-2024", document("[No headline]")),))])
    assert cited == "[No headline], The Paper, 2024-05-02 <https://paper.example/a>.\n"


@pytest.mark.parametrize(
    ("title", "shown"),
    [
        ("[Editorial] Fish is no ship", "“[Editorial] Fish is no ship”"),
        ("[No headline]", "[No headline]"),
        ("“Fish is no ship”: minister", "“‘Fish is no ship’: minister”"),
        ("Freedonia’s ‘fish’ and “a ‘ship’ isn’t”", "“Freedonia’s ‘fish’ and ‘a “ship” isn’t’”"),
    ],
)
def test_a_title_stands_in_quotation_marks_that_its_own_are_told_from(title: str, shown: str) -> None:
    assert titled(title) == shown


def test_a_quote_of_fragments_is_one_with_points_and_the_curators_word_behind_it() -> None:
    proof = cite("was sanctioned", "in 2021", context="Erkin Tuniyaz, ¶ 9")
    cited = STYLES["text"]([Reference("It is so.", (Source("paper-2024/f", document(via="a copy"), (proof,)),))])
    assert cited == (
        "It is so (“A title”, The Paper, 2024-05-02, via a copy, ¶ 1: “was sanctioned … in 2021” [Erkin Tuniyaz, ¶ 9] "
        "<https://paper.example/a#:~:text=was%20sanctioned&text=in%202021>).\n"
    )


def test_two_places_of_one_document_are_linked_apart_and_leave_its_url_whole() -> None:
    quotes = (cite("one"), cite("two", p=2))
    reference = Reference("It is so.", (Source("paper-2024/f", document(), quotes),))
    assert STYLES["text"]([reference]) == (
        "It is so (“A title”, The Paper, 2024-05-02, ¶ 1: “one” <https://paper.example/a#:~:text=one>; "
        "¶ 2: “two” <https://paper.example/a#:~:text=two>).\n"
    )
    (item,) = json.loads(STYLES["csl-json"]([reference]))
    assert (item["URL"], item["note"]) == ("https://paper.example/a", "¶ 1: “one”; ¶ 2: “two”")


@pytest.mark.parametrize("style", STYLES)
def test_no_citation_acts_on_a_terminal_or_forges_a_line(style: str) -> None:
    hostile = document("clear\x1b[2J\u202e\nnext", publisher="x\x9b2J\u2028y")
    cited = STYLES[style]([Reference("gist\x07\r", (Source("paper-2024/f", hostile, (cite("q\u200b\n"),)),))])
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u200b\u2028\u202e]", cited)
    assert "next" not in cited.splitlines()


# A real consumer


def as_read(text: str) -> str:
    """Return a text as pandoc gives it back, but for the shape of its quotation marks and the width of its spaces."""
    return " ".join(re.sub("[“”‘’\"'`]+", "Q", text).split())


@needs_pandoc
@pytest.mark.parametrize(("style", "reader"), [("biblatex", "biblatex"), ("csl-json", "csljson")])
def test_pandoc_reads_every_field_of_a_bibliography_back(style: str, reader: str) -> None:
    # In CSL-JSON, `<b>` is bold, by its definition; and pandoc knows no \textbraceleft.
    texts = [text for text in HOSTILE if ("{" if style == "biblatex" else "<b>") not in text]
    references = [
        Reference(
            gist,
            (Source(f"d-{number}/f", document(gist, id=f"d-{number}", publisher=gist, authors=("Harpo & Pinky", gist)),
                    (cite(gist, p=number + 1),)),),
        )
        for number, gist in enumerate(texts)
    ]  # fmt: skip
    items = json.loads(pandoc(STYLES[style](references), "-f", reader, "-t", "csljson"))
    for number, (item, text) in enumerate(zip(items, texts, strict=True)):
        read = {key: as_read(item[key]) for key in ("title", "container-title", "note", "annote")}
        assert read == {
            "title": as_read(text),
            "container-title": as_read(text),
            "note": as_read(f"¶ {number + 1}: “{text}”"),
            "annote": as_read(text),
        }
        assert [as_read(author["literal"]) for author in item["author"]] == ["Harpo & Pinky", as_read(text)]
        assert (item["id"], item["type"]) == (f"d-{number}-f", "article-newspaper")
        assert (item["issued"], item["URL"]) == (
            {"date-parts": [[2024, 5, 2]]}, link_to_quote(document(), cite(text))
        )  # fmt: skip


NAMES = {
    "Patrick Wintour": {"family": "Wintour", "given": "Patrick"},
    "Ursula von der Leyen": {"family": "Leyen", "given": "Ursula", "non-dropping-particle": "von der"},
    "Associated Press": {"literal": "Associated Press"},
    "Wang Junzheng": {"literal": "Wang Junzheng"},
    "張明": {"literal": "張明"},
    "Reuters": {"literal": "Reuters"},
    "Smith; Sons & Co": {"literal": "Smith; Sons & Co"},
}


@needs_pandoc
def test_a_person_is_sorted_by_the_family_name_and_a_body_or_who_cannot_be_told_stands_as_printed() -> None:
    references = [Reference(None, (Source("paper-2024", document(authors=tuple(NAMES))),))]
    (item,) = json.loads(STYLES["csl-json"](references))
    assert item["author"] == list(NAMES.values())
    (read,) = json.loads(pandoc(STYLES["biblatex"](references), "-f", "biblatex", "-t", "csljson"))
    families = [{**name, "family": f"{particle} {name['family']}"} if (particle := name.get("non-dropping-particle"))
                else name for name in NAMES.values()]  # fmt: skip
    for got, name in zip(read["author"], families, strict=True):
        whole = {key: value for key, value in name.items() if key != "non-dropping-particle"}
        prefix = got.pop("non-dropping-particle", "") or got.pop("dropping-particle", "")
        if prefix:
            got["family"] = f"{prefix} {got['family']}"
        assert got == whole


@needs_pandoc
def test_a_publisher_with_an_and_in_its_name_is_one() -> None:
    kinds = ("report", "book", "webpage", "legislation")
    references = [
        Reference(None, (Source(kind, document(id=kind, type=kind, publisher="Ministry of Fish and Ships")),))
        for kind in kinds
    ]
    items = json.loads(pandoc(STYLES["biblatex"](references), "-f", "biblatex", "-t", "csljson"))
    assert {item["publisher"] for item in items} == {"Ministry of Fish and Ships"}


def test_bibliographies_made_at_different_times_can_be_joined(small: Callable[..., Told]) -> None:
    facts = ("gazette-2024/treasury-sanctioned-trentino", "gazette-2024/trentino-outranks-consul")
    keys = [
        re.findall(r"^@\w+\{(.*),$", small("cite", fact, "--style", "biblatex").out, re.MULTILINE) for fact in facts
    ]
    assert not set(keys[0]) & set(keys[1])
    both = small("cite", *facts, "--style", "biblatex").out
    assert both.count("@article{gazette-2024-treasury-sanctioned-trentino-and-1-more,") == 1


def test_braces_in_biblatex_come_in_pairs() -> None:
    cited = STYLES["biblatex"](
        [Reference(None, (Source("paper-2024", document("}} a {", url="https://a.example/}")),))]
    )
    assert "  title        = {{\\textbraceright{}\\textbraceright{} a \\textbraceleft{}}},\n" in cited
    assert "  url          = {https://a.example/%7D},\n" in cited


@needs_pandoc
@pytest.mark.parametrize(
    ("published", "issued"),
    [
        ("2024", {"date-parts": [[2024]]}),
        ("2023-02", {"date-parts": [[2023, 2]]}),
        ("2018-11-15~", {"date-parts": [[2018, 11, 15]], "circa": True}),
        ("2021-03/2022", {"date-parts": [[2021, 3], [2022]]}),
    ],
)
def test_both_bibliographies_give_a_date_no_more_exactly_than_it_is_known(published: str, issued: object) -> None:
    references = [Reference(None, (Source("paper-2024", document(published=Edtf(published))),))]
    for style, reader in (("biblatex", "biblatex"), ("csl-json", "csljson")):
        (item,) = json.loads(pandoc(STYLES[style](references), "-f", reader, "-t", "csljson"))
        assert item["issued"] == issued


@needs_pandoc
def test_pandoc_reads_every_type_of_document_from_both_bibliographies() -> None:
    kinds = ["article-newspaper", "article-magazine", "article-journal", "book", "chapter", "legislation",
             "legal_case", "report", "webpage"]  # fmt: skip
    references = [Reference(None, (Source(kind, document(id=kind.replace("_", "-"), type=kind)),)) for kind in kinds]
    for style, reader in (("biblatex", "biblatex"), ("csl-json", "csljson")):
        items = json.loads(pandoc(STYLES[style](references), "-f", reader, "-t", "csljson"))
        assert [item["type"] for item in items] == kinds
        assert {item.get("container-title", item.get("publisher")) for item in items} == {"The Paper"}


@needs_pandoc
@pytest.mark.parametrize("reader", ["markdown", "markdown-smart", "gfm"])
def test_markdown_shows_what_was_written_and_nothing_else(reader: str) -> None:
    pasted = "\n\n".join(map(escape_markdown, HOSTILE))
    paragraphs = pandoc(pasted, "-f", reader, "-t", "plain").rstrip("\n").split("\n\n")
    assert [as_read(text) for text in paragraphs] == [as_read(text) for text in HOSTILE]


@needs_pandoc
@pytest.mark.parametrize("reader", ["markdown", "gfm", "commonmark_x"])
def test_straight_marks_stay_straight_and_a_bare_address_is_no_link(reader: str) -> None:
    text = """said "no" and 'never', see https://a.example/x or www.b.example or me@c.example"""
    page = pandoc(escape_markdown(text), "-f", reader, "-t", "html")
    assert "<a" not in page
    assert page.count('"') + page.count("&quot;") == 2
    assert page.count("'") + page.count("&#39;") == 2


@needs_pandoc
@pytest.mark.parametrize("reader", ["markdown", "gfm"])
def test_the_footnotes_of_a_citation_are_footnotes(small: Callable[..., Told], reader: str) -> None:
    page = pandoc(small(*ASKED, "--style", "markdown").out, "-f", reader, "-t", "html")
    assert page.count('role="doc-noteref"') == page.count('role="doc-backlink"') == 3
    assert 'href="https://courier.example/farce#:~:text=Freedonia%27s%20sanctions' in page
