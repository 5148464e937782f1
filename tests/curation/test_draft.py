"""Starting a document file: what a machine can know is filled in, and a draft never passes for a finished file."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import ROOT, Told

from xjfacts import files
from xjfacts.corpus import loader, tomlfile
from xjfacts.curation import rules

Ask = Callable[..., Told]

TEXT = "Headline\n\nFirst paragraph, of as many words as it takes to stay within a third.\n\nSecond one, with \x1b[2J in it.\nAdvert\n"


@pytest.fixture
def text(tmp_path: Path) -> Path:
    path = tmp_path / "gazette-2024.txt"
    path.write_text(TEXT)
    return path


def fill_in(draft: str) -> str:
    """Do what a curator does: fill in the empty values, delete the text, and write a fact of each paragraph."""
    for key, value in {
        "title": "Headline",
        "publisher": "Gazette",
        "published": "2024-05-02",
        "url": "https://gazette.example/1",
        "origin": "Gazette",
        "language": "en",
    }.items():
        draft = draft.replace(f'{key} = ""', f'{key} = "{value}"')
    lines = [line for line in draft.splitlines() if not line.startswith("#¶")]
    facts = [
        f'[claim.fact-{n}]\ngist = "The paper had a paragraph {n} in 2024."\n'
        f'cite = [{{ p = {n}, quote = "{quote}", context = "in the Gazette" }}]\n'
        'subjects = "gazette"\n'
        for n, quote in ((1, "First paragraph"), (2, "Second one, with"))
    ]
    return "\n".join([*lines, '[organisation.gazette]\nname = "Gazette"', *facts])


def test_a_draft_has_the_checksum_the_counts_and_the_numbered_paragraphs(ask: Ask, text: Path) -> None:
    out = ask("new", str(text), "--body", "3-5").out
    assert out.startswith("#:schema ../facts.schema.json\n")
    assert f'sha256 = "{hashlib.sha256(TEXT.encode()).hexdigest()}"' in out
    assert "body = [[3, 5]]\nparagraphs = 2\nwords = 20\n" in out
    assert "#¶ 1  First paragraph, of as many words as it takes to stay within a third.\n" in out
    assert "#¶ 2  Second one, with \\x1b[2J in it.\n" in out  # a control character is no TOML


def test_a_draft_is_refused_until_it_is_filled_in(ask: Ask, text: Path) -> None:
    made = text.with_suffix(".toml")
    made.write_text(ask("new", str(text)).out)
    told = ask("check", str(made))
    assert told.status == 4
    assert "'title'" in told.out


def test_a_draft_that_still_holds_the_text_does_not_pass_the_check(ask: Ask, text: Path) -> None:
    made = text.with_suffix(".toml")
    draft = ask("new", str(text), "--body", "3-5").out
    made.write_text(fill_in(draft) + "\n#¶ 1  First paragraph, of as many words as it takes to stay within a third.\n")
    assert "[curator-notes]" in ask("check", str(made), "--texts", str(text.parent)).out


def test_a_draft_filled_in_passes_the_check_against_its_text(ask: Ask, text: Path) -> None:
    made = text.with_suffix(".toml")
    made.write_text(fill_in(ask("new", str(text), "--body", "3-5").out))
    told = ask("check", str(made), "--texts", str(text.parent))
    assert told.out == "1 document, 2 facts, 2 quotes: 2 verified\n"


def test_against_shows_the_paragraphs_without_a_fact(ask: Ask, text: Path) -> None:
    made = text.with_suffix(".toml")
    whole = fill_in(ask("new", str(text), "--body", "3-5").out)
    made.write_text(whole.partition("[claim.fact-2]")[0])
    told = ask("--facts", str(made), "new", str(text), "--against", "gazette-2024")
    assert told.out == "#¶ 2  Second one, with \\x1b[2J in it.\n\n1 of 2 paragraphs have no fact yet\n"


def test_against_another_text_is_refused(ask: Ask, text: Path) -> None:
    made = text.with_suffix(".toml")
    made.write_text(fill_in(ask("new", str(text), "--body", "3-5").out))
    text.write_text(TEXT + "\n")
    told = ask("--facts", str(made), "new", str(text), "--against", "gazette-2024")
    assert told.status == 2
    assert "this is not the text of 'gazette-2024'" in told.err


def paragraphs_of(draft: str) -> list[str]:
    return [line for line in draft.splitlines() if line.startswith("#¶")]


@pytest.mark.parametrize(
    ("raw", "body"),
    [
        (b"\xef\xbb\xbf\r\n\r\nOne two.\r\nThree four.\r\n", "[[1, 4]]"),  # as Windows saves UTF-8
        (b"One two.\rThree four.\r", "[[1, 2]]"),
        (b"One two.\n\xef\xbb\xbf\nThree four.", "[[1, 3]]"),
    ],
)
def test_no_line_end_and_no_byte_order_mark_makes_or_hides_a_paragraph(
    ask: Ask, tmp_path: Path, raw: bytes, body: str
) -> None:
    (tmp_path / "x.txt").write_bytes(raw)
    out = ask("new", str(tmp_path / "x.txt")).out
    assert f"body = {body}\nparagraphs = 2\n" in out
    assert paragraphs_of(out) == ["#¶ 1  One two.", "#¶ 2  Three four."]


WRAPPED = "The minister met the envoy on\nMonday, and they spoke of the\nfishing fleet.\n\nThe envoy left.\n"
NOT_WRAPPED = "The minister met the envoy.\nThey spoke of the fleet:\nand of nothing else.\n\nThe envoy left.\n"


def test_a_text_whose_lines_run_on_is_proposed_as_wrapped_and_then_read_by_blank_lines(
    ask: Ask, tmp_path: Path
) -> None:
    (tmp_path / "x.txt").write_text(WRAPPED)
    out = ask("new", str(tmp_path / "x.txt")).out
    assert "wrapped = true " in out
    assert paragraphs_of(out) == [
        "#¶ 1  The minister met the envoy on Monday, and they spoke of the fishing fleet.",
        "#¶ 2  The envoy left.",
    ]
    (tmp_path / "x.txt").write_text(NOT_WRAPPED)
    out = ask("new", str(tmp_path / "x.txt")).out
    assert "wrapped" not in out
    assert len(paragraphs_of(out)) == 4


@pytest.mark.parametrize("body", ["", "x", "5-3", "0-2", "3-5,4-6", "1-2-3", "¹-2"])
def test_a_body_that_is_no_list_of_lines_is_wrong_usage(ask: Ask, text: Path, body: str) -> None:
    told = ask("new", str(text), "--body", body)
    assert (told.status, told.out, told.err.count("\n")) == (2, "", 1)


def test_a_text_that_cannot_be_read_is_status_4(ask: Ask, tmp_path: Path) -> None:
    told = ask("new", str(tmp_path / "nowhere.txt"))
    assert (told.status, told.out) == (4, "")
    (tmp_path / "latin.txt").write_bytes(b"caf\xe9\n")
    told = ask("new", str(tmp_path / "latin.txt"))
    assert (told.status, told.out) == (4, "")
    assert "0xe9 is not UTF-8" in told.err


def test_output_is_written_into_a_file(ask: Ask, text: Path, tmp_path: Path) -> None:
    made = tmp_path / "made.toml"
    told = ask("new", str(text), "--output", str(made))
    assert (told.status, told.out) == (0, "")
    assert made.read_text() == ask("new", str(text)).out


GUIDE = (ROOT / "facts" / "README.md").read_text(encoding="utf-8")
FILES = re.findall(r"```toml\n(.*?)```\n+```text\n(.*?)```", GUIDE, re.DOTALL)


@pytest.mark.parametrize(("number", "counts"), [(0, "4 facts, 4 quotes: 4"), (1, "2 facts, 2 quotes: 2")])
def test_the_complete_files_in_the_guide_pass_the_check(ask: Ask, tmp_path: Path, number: int, counts: str) -> None:
    facts, text = FILES[number]
    (tmp_path / "document-2024.toml").write_text(facts, encoding="utf-8")
    (tmp_path / "document-2024.txt").write_text(text, encoding="utf-8")
    told = ask("check", str(tmp_path / "document-2024.toml"), "--texts", str(tmp_path))
    assert told.out == f"1 document, {counts} verified\n"


def test_the_guide_has_every_problem_with_its_rule_and_its_exit_status() -> None:
    by_status = {4: files.CODES | tomlfile.CODES | loader.CODES, 1: rules.CODES}
    rows = re.findall(r"^\| `([a-z0-9-]+)` \| (.*) \| ([14]) \|$", GUIDE, re.MULTILINE)
    assert [(code, text.rstrip(".").lower(), int(status)) for code, text, status in rows] == [
        (code, meaning.rstrip(".").lower(), status)
        for status, codes in by_status.items()
        for code, meaning in codes.items()
    ]
