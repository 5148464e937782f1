"""The check: what it counts, what it judges together, and that no damage to a quote or a text escapes it."""

from __future__ import annotations

import json
import os
import re
import shutil
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import jsonschema
import pytest
import tomli
from conftest import ROOT, SMALL, Told

from xjfacts.corpus import ahead
from xjfacts.corpus.convert import Made
from xjfacts.corpus.loader import SHIPPED, load_corpus
from xjfacts.curation.check import Report, check, format_report
from xjfacts.curation.original import Original, find_whole, is_printed, read_originals
from xjfacts.curation.rules import RULES
from xjfacts.forms.schema import answer_schema

MINUTES = ROOT / "tests" / "invalid" / "negation-cut"  # one document with its text
OWN_DOCUMENT = """\
#:schema ../facts.schema.json

[document]
title = "A sixth document"
publisher = "The Example"
published = "2023-03-01"
dated-by = "printed"
url = "https://example.org/six"
type = "article-newspaper"
language = "en"
origin = ["The Example"]
sha256 = "0000000000000000000000000000000000000000000000000000000000000000"
body = [[1, 1]]
paragraphs = 1
words = 30

[claim.tuniyaz-travels]
gist = "Erkin Tuniyaz travels in 2023."
cite = [{ p = 1, quote = "Tuniyaz travels to Brussels" }]
subjects = "erkin-tuniyaz"
"""


def codes(report: Report) -> list[str]:
    return [problem.code for problem in report.problems]


# What is counted ------------------------------------------------------------------------------------------------------


def test_the_last_line_says_what_was_checked_and_what_was_not(small: Callable[..., Told]) -> None:
    assert small("check").out.splitlines()[-1].startswith("2 documents, ")
    assert "none verified: no texts" in small("check").out.splitlines()[-1]


def test_one_of_a_thing_is_said_in_the_singular() -> None:
    report = Report(load_corpus().stamp, (), {"documents": 1, "facts": 1, "quotes": 1, "verified": 1})
    assert format_report(report) == "1 document, 1 fact, 1 quote: 1 verified\n"


def test_nothing_checked_is_no_success() -> None:
    report = check([str(ROOT / "facts" / "entities" / "people.toml")])
    assert codes(report) == ["nothing-checked"]
    assert report.exit_status == 1


def test_a_text_that_is_missing_is_a_problem_because_its_quotes_are_not_verified(tmp_path: Path) -> None:
    report = check(folders=[SMALL], texts=str(tmp_path))
    assert codes(report).count("text-unavailable") == 2
    assert report.counts["verified"] == 0
    assert report.counts["text-unavailable"] == report.counts["quotes"]


def test_a_text_outside_the_folder_is_not_read(tmp_path: Path) -> None:
    (tmp_path / "texts").mkdir()
    shutil.copy(MINUTES / "texts" / "minutes.txt", tmp_path / "elsewhere.txt")
    (tmp_path / "texts" / "minutes.txt").symlink_to(tmp_path / "elsewhere.txt")
    assert "text-unavailable" in codes(check(folders=[str(MINUTES)], texts=str(tmp_path / "texts")))


def test_every_rule_states_itself_in_one_sentence() -> None:
    for code, rule in RULES.items():
        assert re.fullmatch(r"[a-z-]+", code)
        assert re.fullmatch(r"[A-Z`].*[.)]", (rule.__doc__ or "").split("\n")[0])


# Who reads ---------------------------------------------------------------------------------------------------------------

BREAKING = [
    ('gist = "', 'gist = "Now  '), ("p = 1", "p = 99"), ("#:schema", "# schema"), (".\"\n", "\"\n"), ("words = ", "words = 4"),
    ('gist = "', 'gist = "“Nobody” said: '), ("[document]", "#¶ a paragraph\n[document]"), ("corroborates", "disputes"),
    ("a", "а"),
]  # fmt: skip


@pytest.fixture
def broken(tmp_path: Path) -> Path:
    """Write the small corpus and many copies of one document, of which several break rules, and texts of some."""
    folder = Path(shutil.copytree(SMALL, tmp_path / "facts"))
    text = (folder / "courier-2024.toml").read_text(encoding="utf-8")
    for number in range(60):
        old, new = BREAKING[number % len(BREAKING)]
        (folder / f"copy-{number}.toml").write_text(text.replace(old, new, 1), encoding="utf-8")
    (tmp_path / "texts").mkdir()
    for number in range(0, 60, 3):
        quotes = re.findall(r'quote = "([^"]*)"', text)
        (tmp_path / "texts" / f"copy-{number}.txt").write_text("\n".join(quotes), encoding="utf-8")
    return folder


@pytest.mark.parametrize("texts", [False, True])
@pytest.mark.parametrize("paths", [(), ("copy-1.toml", "copy-5.toml", "copy-44.toml"), ("",)])
def test_the_report_is_the_same_whoever_reads(
    broken: Path, two_readers: list[Made | None], monkeypatch: pytest.MonkeyPatch, paths: tuple[str, ...], texts: bool
) -> None:
    def report() -> Report:
        folder = str(broken.parent / "texts") if texts else None
        return check([str(broken / path) for path in paths], folders=[str(broken)], texts=folder)

    together = report()
    assert sum(one is not None for one in two_readers) > 40
    assert together.is_readable
    assert len(set(codes(together))) > 3
    monkeypatch.setattr(ahead, "FEWEST", 10**9)
    assert report() == together


def test_files_whose_reader_was_ended_are_checked_all_the_same(
    broken: Path, killed_readers: list[Made | None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ahead, "TOGETHER", 2)
    report = check(folders=[str(broken)])
    assert None in killed_readers[5:]
    monkeypatch.setattr(ahead, "FEWEST", 10**9)
    assert check(folders=[str(broken)]) == report


# What is checked together -----------------------------------------------------------------------------------------------


def test_a_file_of_one_s_own_is_checked_together_with_the_facts_that_it_refers_to(tmp_path: Path) -> None:
    path = tmp_path / "six.toml"
    path.write_text(OWN_DOCUMENT)
    report = check([str(path)])
    assert report.problems == ()
    assert report.counts == {"documents": 1, "facts": 1, "quotes": 1}


def test_only_problems_of_the_named_files_are_reported(tmp_path: Path) -> None:
    shutil.copytree(SMALL, tmp_path / "others")
    others = tmp_path / "others" / "entities.toml"
    others.write_text(others.read_text().replace("#:schema", "# schema") + '\n[topic.unused]\nname = "unused"\n')
    own = tmp_path / "own.toml"
    own.write_text(
        OWN_DOCUMENT.replace('"erkin-tuniyaz"', '"freedonia"')
        .replace("2023.", "2023")
        .replace("Tuniyaz travels to", "Freedonia travels to")
    )
    report = check([str(own)], folders=[str(tmp_path / "others")])
    assert [(problem.file, problem.code) for problem in report.problems] == [(str(own), "gist")]


def test_one_of_the_shipped_files_is_checked_among_the_others() -> None:
    report = check([str(ROOT / "facts" / "documents" / "guardian-2023-02-08.toml")])
    assert report.problems == ()
    assert report.counts["documents"] == 1


def test_another_version_of_a_shipped_document_takes_its_place(tmp_path: Path) -> None:
    path = tmp_path / "guardian-2023-02-08.toml"
    shipped = (ROOT / "facts" / "documents" / path.name).read_text(encoding="utf-8")
    path.write_text(shipped.replace('gist = "', 'gist = "Now ', 1).replace('."\n', '"\n', 1), encoding="utf-8")
    report = check([str(path)])
    assert report.is_readable
    assert report.counts["documents"] == 1


def test_a_slip_in_a_whole_corpus_is_not_buried_under_clashes_with_the_shipped_one(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "facts", tmp_path / "facts")
    people = tmp_path / "facts" / "entities" / "people.toml"
    people.write_text(people.read_text(encoding="utf-8").replace("[person.zhang-ming]", "[person.zhang-min]"))
    report = check([str(tmp_path / "facts")])
    assert set(codes(report)) == {"unknown-entity"}
    assert report.exit_status == 4


def test_a_name_that_a_file_adds_to_an_entity_is_blamed_on_that_file(tmp_path: Path) -> None:
    own = tmp_path / "own.toml"
    own.write_text(OWN_DOCUMENT + '\n[person.erkin-tuniyaz]\nsearch = ["Chen Quanguo"]\n')
    (problem,) = check([str(own)]).problems
    assert (problem.file, problem.line, problem.code) == (str(own), own.read_text().count("\n"), "shared-name")


def test_a_folder_named_twice_is_checked_once() -> None:
    assert check([SMALL, f"{SMALL}/entities.toml"], folders=[SMALL]).counts == check(folders=[SMALL]).counts


# The command ------------------------------------------------------------------------------------------------------------


def test_the_command_ends_with_1_where_there_are_problems_and_prints_them_all(
    ask: Callable[..., Told], tmp_path: Path
) -> None:
    facts = "".join(
        f'[claim.n{number}]\ngist = "No stop in 2023"\ncite = [{{ p = 1, quote = "the words of Freedonia {number:05}" }}]\nsubjects = "freedonia"\n'
        for number in range(60)
    )
    own = tmp_path / "six.toml"
    own.write_text(OWN_DOCUMENT.split("[claim", maxsplit=1)[0].replace("words = 30", "words = 9999") + facts)
    told = ask("--facts", SMALL, "check", str(own))
    assert told.status == 1
    assert told.err == ""
    assert len(told.out.splitlines()) == 61
    assert told.out.splitlines()[-1] == "1 document, 60 facts, 60 quotes, none verified: no texts; 60 problems"


def test_the_command_ends_with_4_where_facts_cannot_be_read_and_says_so_on_the_same_stream(
    ask: Callable[..., Told], tmp_path: Path
) -> None:
    (tmp_path / "x.toml").write_text("x = \n")
    told = ask("check", str(tmp_path))
    assert (told.status, told.err) == (4, "")
    assert re.fullmatch(r".*/x\.toml:1: .* \[toml-syntax\]\nnothing was checked, .*: 1 problem\n", told.out)


def test_a_folder_of_texts_that_is_not_there_is_wrong_usage(ask: Callable[..., Told]) -> None:
    told = ask("check", "--texts", "no/such/folder")
    assert (told.status, told.out) == (2, "")


def test_json_gives_the_same_problems_and_counts(ask: Callable[..., Told]) -> None:
    arguments = ("check", str(MINUTES), "--texts", str(MINUTES / "texts"))
    told, lines = ask(*arguments, "--json"), ask(*arguments).out.splitlines()
    answer = json.loads(told.out)
    assert told.status == 1
    assert answer["count"] == len(answer["results"]) == len(lines) - 1 == 2
    assert [f"{one['file']}:{one['line']}: {one['message']} [{one['code']}]" for one in answer["results"]] == lines[:-1]
    assert answer["checked"] == {"documents": 1, "facts": 4, "quotes": 4, "verified": 4}


def test_json_is_an_answer_by_the_schema_whatever_the_check_found(ask: Callable[..., Told], tmp_path: Path) -> None:
    (tmp_path / "x.toml").write_text("x = \n")
    validator = jsonschema.Draft7Validator(answer_schema())
    for path in (SMALL, str(MINUTES), str(tmp_path)):
        validator.validate(json.loads(ask("check", path, "--json").out))


def test_the_name_of_a_file_cannot_forge_a_line(ask: Callable[..., Told], tmp_path: Path) -> None:
    (tmp_path / "a\nb\x1b[2J.toml").write_text("x = \n")
    assert ask("check", str(tmp_path)).out.count("\n") == 2
    assert "\x1b" not in ask("check", str(tmp_path)).out


def test_the_name_of_a_file_that_is_no_utf_8_is_an_escape_in_json(ask: Callable[..., Told], tmp_path: Path) -> None:
    (tmp_path / os.fsdecode(b"\xff.toml")).write_text("x = \n")
    told = ask("check", str(tmp_path), "--json")
    assert (told.status, json.loads(told.out)["results"][0]["file"]) == (4, f"{tmp_path}/\\udcff.toml")


def test_every_form_says_what_was_checked_or_at_least_what_is_wrong(ask: Callable[..., Told]) -> None:
    path = str(ROOT / "tests" / "invalid" / "gist.toml")
    assert "*checked: 1 document, 2 facts, 2 quotes*" in ask("check", path, "--format", "markdown").out
    assert ask("check", path, "--format", "csv").out.splitlines()[0] == "kind,file,line,code,message"
    assert len(ask("check", path, "--format", "ndjson").out.splitlines()) == 3


def test_a_document_of_absurdly_many_paragraphs_is_judged_at_once(tmp_path: Path) -> None:
    own = tmp_path / "six.toml"
    own.write_text(OWN_DOCUMENT.replace("paragraphs = 1", "paragraphs = 9007199254740992"))
    (problem,) = check([str(own)]).problems
    assert problem.message == "no fact cites ¶ 2-9007199254740992"


# Where words stand ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("quote", "text"),
    [
        ("sanctioned by the US", "He was sanctioned by the US in 2021."),
        ("“a central role”", "played “a central role” in it"),
        ("China’s embassy", "China’s embassy in London"),
        ("1,000 people", "about 1,000 people"),
        ("the second", "the secondary, and the second"),
    ],
)
def test_a_quote_of_whole_words_is_found(quote: str, text: str) -> None:
    assert find_whole(quote, text) == text.rindex(quote)


@pytest.mark.parametrize(
    ("quote", "text"),
    [
        ("sanction", "He was sanctioned."),
        ("anctioned", "He was sanctioned."),
        ("education", "the re-education camps"),
        ("China", "China’s embassy"),
        ("000 people", "about 1,000 people"),
        ("1 people", "about 1.1 people"),
        ("Sanctioned", "He was sanctioned."),
        ("he  was", "he was"),
        ("café", "cafe\u0301"),
    ],
)
def test_a_quote_that_cuts_a_word_or_differs_in_a_letter_is_not_found(quote: str, text: str) -> None:
    assert find_whole(quote, text) == -1


@pytest.mark.parametrize(
    ("name", "text"), [("Tuniyaz", "Tuniyaz’s visit"), ("EU", "the EU-China talks"), ("張明", "（張明大使）")]
)
def test_a_name_is_printed_also_in_the_possessive_and_before_a_hyphen(name: str, text: str) -> None:
    assert is_printed(name, text)


@pytest.mark.parametrize(
    ("name", "text"), [("Chen", "the kitchen"), ("EU", "EUROPE"), ("Chen", "Chengdu"), ("Hua", "hua")]
)
def test_a_name_inside_another_word_is_not_printed(name: str, text: str) -> None:
    assert not is_printed(name, text)


def test_a_paragraph_is_a_line_of_the_body_that_is_not_blank() -> None:
    text = Original(b"Headline\n\nOne two.\n \t\nThree.\r\nAdvert\n\nFour five.\n", body=((3, 5), (8, 8)))
    assert text.where(["One two"]) == (1,)
    assert text.where(["Three"]) == (2,)
    assert text.where(["Four five"]) == (3,)
    assert text.where(["Advert"]) == text.where(["Headline"]) == ()
    assert (len(text.paragraphs), text.words) == (3, 5)


def test_words_under_two_quotes_count_once() -> None:
    text = Original(b"one two three four five\n", body=((1, 1),))
    assert text.count_quoted({1: [["one two", "three"], ["two three four"], ["three"]], 7: [["one"]]}) == 4


# Other languages, other texts ---------------------------------------------------------------------------------------------

HEAD = """\
#:schema ../facts.schema.json

[document]
title = "T"
publisher = "P"
published = "2024-05-02"
dated-by = "printed"
url = "https://example.org/t"
type = "article-newspaper"
origin = "P"
sha256 = "{sha256}"
body = [[1, {lines}]]
paragraphs = {paragraphs}
words = {words}
{more}

[country.freedonia]
name = "Freedonia"
"""


def curated(folder: Path, text: str, facts: str, *, more: str = "", **counts: int) -> Report:
    """Check facts, whose quotes stand for themselves, against a text; `more` are further keys of the document."""
    (folder / "texts").mkdir()
    (folder / "texts" / "t.txt").write_text(text, encoding="utf-8")
    original = Original(text.encode(), body=((1, 99),))
    known = {"paragraphs": len(original.paragraphs), "words": original.words, "lines": text.count("\n"), **counts}
    head = HEAD.format(sha256=original.sha256, more=more, **known)
    (folder / "t.toml").write_text(f"{head}\n{facts}", encoding="utf-8")
    return check([str(folder / "t.toml")], texts=str(folder / "texts"))


def claims(*quotes: str, p: int = 1) -> str:
    return "\n".join(
        f'[claim.c-{number}]\ngist = "Freedonia did something or other in 2024 ({number})."\n'
        f'cite = [{{ p = {p}, quote = {quote} }}]\nsubjects = "freedonia"\n'
        for number, quote in enumerate(quotes)
    )


CHINESE = "自由国外交部发言人星期四在例行记者会上表示，自由国没有对安娜·特伦蒂诺实施制裁，有关报道毫无根据。\n"
JAPANESE = (
    "自由国の外務省は木曜日、アンナ・トレンティーノ氏に制裁を科していないと発表した。報道は根拠がないと述べた。\n"
)
FRENCH = (
    "La Freedonia n’a pas sanctionné Anna Trentino, a dit jeudi son ministère, après une semaine de rumeurs dans la "
    "presse ; l’ambassade de Sylvanie a nié avoir demandé des pourparlers avec qui que ce soit dans la capitale.\n"
)


@pytest.mark.parametrize(
    ("language", "text", "quote", "words"),
    [
        ("zh-Hans", CHINESE, "自由国没有对安娜·特伦蒂诺实施制裁", 45),
        ("ja", JAPANESE, "アンナ・トレンティーノ氏に制裁を科していない", 49),
        ("fr", FRENCH, "La Freedonia n’a pas sanctionné Anna Trentino", 38),
    ],
)
def test_a_document_in_another_language_can_be_curated_and_the_last_line_says_what_was_not_looked_at(
    tmp_path: Path, language: str, text: str, quote: str, words: int
) -> None:
    denied = claims(f'"{quote}"').replace("[claim.c-0]", "[sanction.none]").replace("subjects", "target")
    more = f'language = "{language}"'
    report = curated(tmp_path, text, f'{denied}by = "freedonia"\nstatus = "not-imposed"\nas-of = "2024"\n', more=more)
    assert report.problems == ()
    assert load_corpus([str(tmp_path / "t.toml")]).documents["t"].words == words
    short = language.partition("-")[0]
    beyond = f"not looked at: negation ({short}), bare-quote ({short})"
    assert format_report(report) == f"1 document, 1 fact, 1 quote: 1 verified; {beyond}\n"


@pytest.mark.parametrize(
    "printed",
    ["the oﬃce of Freedonia", "Ürümqi in Freedonia", "Free\u00addonia said so", "in\u200b Freedonia, so",
     "said \u200f«سلام»\u200f in it", "5 µg in Freedonia", "the 2ª of Freedonia"],
)  # fmt: skip
def test_a_quote_may_have_whatever_letters_its_text_has(tmp_path: Path, printed: str) -> None:
    text = f"They said that {printed} and so on, in a text that is a good deal longer than what is quoted of it.\n"
    assert curated(tmp_path, text, claims(json.dumps(printed, ensure_ascii=False))).problems == ()
    (tmp_path / "t.toml").write_text((tmp_path / "t.toml").read_text().replace("did something", "did s\u00adomething"))
    assert codes(check([str(tmp_path / "t.toml")], texts=str(tmp_path / "texts"))) == ["hidden-character"]


def test_a_wrapped_text_has_its_paragraphs_between_blank_lines(tmp_path: Path) -> None:
    text = (
        "Freedonia has\n  not been there\nfor long, they say, whoever they\nare.\n\nThe end of this, and\nthat of it.\n"
    )
    facts = claims('"has not been there for long"') + claims('"end of this, and that"', p=2).replace("c-0", "d")
    report = curated(tmp_path, text, facts, more="wrapped = true", paragraphs=2)
    assert (codes(report), report.counts["verified"]) == ([], 2)


def test_the_numbers_that_a_text_gives_its_paragraphs_are_kept_where_they_are_labels(tmp_path: Path) -> None:
    text = (
        "I. The facts\n36. Freedonia was not there in time.\n(a) It came late;\n37. It had no time, as it was told by "
        "those who knew.\n2019. And so on\n[38] The end of it all, of which nothing is to be quoted by anybody here.\n"
    )
    facts = claims('"Freedonia was not there"', '"It came late"', p=36) + claims('"no time"', p=40).replace("c-0", "d")
    report = curated(tmp_path, text, facts, more="labels = true\nuncited = [37]", paragraphs=3, words=44)
    told = {(one.code, one.message) for one in report.problems}
    assert ("unknown-paragraph", "the text numbers no paragraph 40") in told
    assert ("uncited-paragraph", "no fact cites ¶ 38") in told
    assert report.counts["verified"] == 2


def test_settings_of_another_program_in_a_folder_of_facts_are_left_alone(tmp_path: Path) -> None:
    shutil.copytree(SMALL, tmp_path / "facts")
    (tmp_path / "facts" / "tombi.toml").write_text("[format]\nindent = 2\n")
    (tmp_path / "facts" / "pyproject.toml").write_text('[project]\nname = "mine"\n')
    assert check(folders=[str(tmp_path / "facts")]).counts == check(folders=[SMALL]).counts
    assert codes(check([str(tmp_path / "facts" / "tombi.toml")])) == ["unknown-table"]
    (tmp_path / "facts" / "typo.toml").write_text('[persons.ada]\nname = "Ada"\n')
    assert codes(check(folders=[str(tmp_path / "facts")])) == ["unknown-table"]


# No damage escapes --------------------------------------------------------------------------------------------------------

NEGATIONS = re.compile(r"\b(not|no|never|nor|cannot) |(?<=\w)n[’']t\b| (not|never)$")
LITERAL = r"""(?:"(?:[^"\\]|\\.)*"|'[^']*')"""
QUOTE = re.compile(rf"quote = (?:\[(?:{LITERAL}, )*)?({LITERAL})")  # of several fragments the last
PROOF = re.compile(rf"p = (\d+), quote = (\[(?:{LITERAL}(?:, )?)+\]|{LITERAL})")


class Damage(NamedTuple):
    """One quote before and after, and where it stands."""

    place: str
    before: str
    after: str


def drop_not(quote: str) -> str:
    return NEGATIONS.sub("", quote, count=1)


def change_first_case(quote: str) -> str:
    return re.sub(r"[^\W\d_]", lambda letter: letter[0].swapcase(), quote, count=1)


def change_last_case(quote: str) -> str:
    return change_first_case(quote[::-1])[::-1]


def shorten_first_word(quote: str) -> str:
    return re.sub(r"^\w(?=\w)", "", quote)


def shorten_last_word(quote: str) -> str:
    return re.sub(r"(?<=\w)\w$", "", quote)


def shorten_longest_word(quote: str) -> str:
    longest = max(re.findall(r"\w+", quote), key=len)
    return quote.replace(longest, longest[:-1], 1)


def leave_out_the_middle(quote: str) -> str:
    words = quote.split()
    return " ".join([words[0], "…", words[-1]])


def leave_out_with_points(quote: str) -> str:
    words = quote.split()
    return " ".join([*words[:-1], "...", words[-1]])


def straighten_marks(quote: str) -> str:
    return quote.translate(str.maketrans("‘’“”", "''\"\""))


DAMAGES = [
    drop_not, change_first_case, change_last_case, shorten_first_word, shorten_last_word, shorten_longest_word,
    leave_out_the_middle, leave_out_with_points, straighten_marks,
]  # fmt: skip


@pytest.fixture
def facts(tmp_path: Path) -> Path:
    """Return a copy of the shipped facts, to be damaged."""
    return Path(shutil.copytree(ROOT / "facts", tmp_path / "facts"))


def damage_quotes(facts: Path, change: Callable[[str], str]) -> Iterator[Damage]:
    """Change every quote that the change touches, and yield each with its place."""
    for path in sorted((facts / "documents").glob("*.toml")):
        lines = path.read_text(encoding="utf-8").split("\n")
        for number, line in enumerate(lines):
            lines[number] = QUOTE.sub(lambda match: match[0].removesuffix(match[1]) + changed(match[1], change), line)
            for before, after in zip(QUOTE.findall(line), QUOTE.findall(lines[number]), strict=True):
                if value(before) != value(after):
                    yield Damage(f"{path}:{number + 1}", before, after)
        path.write_text("\n".join(lines), encoding="utf-8")


def value(literal: str) -> str:
    return str(tomli.loads(f"x = {literal}")["x"])


def changed(literal: str, change: Callable[[str], str]) -> str:
    return json.dumps(change(value(literal)), ensure_ascii=False)


def escaped(damages: list[Damage], report: Report) -> list[Damage]:
    """Return the damages on whose line there are fewer problems of quotes than damages."""
    blamed = Counter(f"{one.file}:{one.line}" for one in report.problems if one.code in ABOUT_ONE_QUOTE)
    done = Counter(damage.place for damage in damages)
    return [damage for damage in damages if blamed[damage.place] < done[damage.place]]


ABOUT_ONE_QUOTE = {
    "not-found", "wrong-paragraph", "found-in", "text-changed", "ellipsis", "elision", "negation-cut",
    "unknown-paragraph",
}  # fmt: skip


@pytest.mark.parametrize("change", DAMAGES, ids=lambda change: change.__name__)
def test_no_damage_to_a_quote_escapes(change: Callable[[str], str], facts: Path, texts: Path) -> None:
    damages = list(damage_quotes(facts, change))
    assert damages
    assert escaped(damages, check([str(facts)], texts=str(texts))) == []


@pytest.mark.parametrize("step", [-1, 1])
def test_no_quote_moved_to_the_next_paragraph_escapes_unless_it_stands_there_too(
    step: int, facts: Path, texts: Path
) -> None:
    originals, _ = read_originals(texts, load_corpus([str(facts)]).documents.values())
    damages = []
    for path in sorted((facts / "documents").glob("*.toml")):
        lines = path.read_text(encoding="utf-8").split("\n")
        for number, line in enumerate(lines):
            lines[number] = PROOF.sub(lambda match: f"p = {max(1, int(match[1]) + step)}, quote = {match[2]}", line)
            for before, (moved, quote) in zip(PROOF.findall(line), PROOF.findall(lines[number]), strict=True):
                fragments = tomli.loads(f"x = [{quote.strip('[]')}]")["x"]
                if before[0] != moved and not originals[path.stem].find(int(moved), fragments):
                    damages.append(Damage(f"{path}:{number + 1}", f"{before}", f"{moved}"))
        path.write_text("\n".join(lines), encoding="utf-8")
    assert len(damages) > 200
    assert escaped(damages, check([str(facts)], texts=str(texts))) == []


def test_no_quote_in_another_document_escapes(facts: Path, texts: Path) -> None:
    whole = load_corpus([str(facts)])
    originals, _ = read_originals(texts, whole.documents.values())
    paths = sorted((facts / "documents").glob("*.toml"))
    stems = [path.stem for path in paths]
    successors = dict(zip(stems, stems[1:] + stems[:1], strict=True))
    standing_there_too = sum(
        bool(originals[successors[fact.document]].find(cite.p, cite.quote))
        for fact in whole.facts.values()
        for cite in fact.cite
    )
    told = {path.stem: re.split(r"\n(?=# ¶|\[\w+\.)", path.read_text(encoding="utf-8"), maxsplit=1) for path in paths}
    for stem, (_, body) in told.items():
        text = "\n".join([re.sub("uncited = .*", "", told[successors[stem]][0]), body])
        path = facts / "documents" / f"{successors[stem]}.toml"
        path.write_text(re.sub(rf'"({"|".join(stems)})/', lambda match: f'"{successors[match[1]]}/', text))
    report = check([str(facts)], texts=str(texts))
    assert report.is_readable
    assert report.counts["quotes"] > 200
    assert report.counts["verified"] == standing_there_too


def test_no_edit_of_a_text_escapes(facts: Path, texts: Path, tmp_path: Path) -> None:
    before = Counter(codes(check([str(facts)], texts=str(texts))))
    for document in load_corpus([str(facts)]).documents.values():
        edited = tmp_path / "edited"
        shutil.rmtree(edited, ignore_errors=True)
        shutil.copytree(texts, edited)
        path = edited / f"{document.id}.txt"
        lines = path.read_bytes().split(b"\n")
        lines[document.body[0][0] - 1] += b" "
        path.write_bytes(b"\n".join(lines))
        report = check([str(facts)], texts=str(edited))
        assert Counter(codes(report)) - before == {"text-changed": 1}
        assert report.counts["text-changed"] > 0


def test_a_quote_that_an_edited_text_lost_is_named(facts: Path, texts: Path, tmp_path: Path) -> None:
    edited = Path(shutil.copytree(texts, tmp_path / "edited"))
    path = edited / "scmp-2023-02.txt"
    text = path.read_text(encoding="utf-8")
    assert "was sanctioned by the US government" in text
    path.write_text(text.replace("was sanctioned by the US government", "was never sanctioned by the US government"))
    before = Counter(codes(check([str(facts)], texts=str(texts))))
    report = check([str(facts)], texts=str(edited))
    assert (Counter(codes(report)) - before).keys() == {"text-changed"}
    where = "the quote is not in ¶ 11; after 'Tuniyaz was ' the text has 'never sanctioned by the '"
    assert f"the text has changed, and {where}" in {one.message for one in report.problems}


def test_shipped_is_a_word_for_the_shipped_facts() -> None:
    assert check([SHIPPED]).counts == check().counts
