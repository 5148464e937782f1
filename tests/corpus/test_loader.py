"""Loading: from folders to records whose references all exist, or every reason why not."""

from __future__ import annotations

import hashlib
import shutil
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import ROOT, SMALL

import xjfacts
from xjfacts.corpus.index import Stamp
from xjfacts.corpus.loader import SHIPPED, load_corpus, load_with_sources, shipped_folder
from xjfacts.corpus.model import Claim, Person
from xjfacts.errors import Problem, UnreadableFacts

DOCUMENT = """\
[document]
title = "T"
publisher = "P"
published = "2021-03-18"
dated-by = "printed"
url = "https://example.org/"
type = "article-newspaper"
origin = "P"
sha256 = "0000000000000000000000000000000000000000000000000000000000000000"
body = [[1, 2]]
paragraphs = 1
words = 9
"""
ADA = '[person.ada]\nname = "Ada"\n'
CLAIM = '[claim.{key}]\ngist = "G."\ncite = [{{ p = 1, quote = "some words" }}]\nsubjects = {subjects}\n{more}\n'


def claim(key: str, subjects: str = '"ada"', more: str = "") -> str:
    return CLAIM.format(key=key, subjects=subjects, more=more)


@pytest.fixture
def write(tmp_path: Path) -> Callable[..., str]:
    """Write files, by their paths without `.toml`, and return their folder."""

    def written(**files: str) -> str:
        for name, text in files.items():
            path = tmp_path / f"{name.replace('__', '/')}.toml"
            path.parent.mkdir(exist_ok=True)
            path.write_text(text, encoding="utf-8")
        return str(tmp_path)

    return written


def problems_of(*folders: str) -> list[Problem]:
    with pytest.raises(UnreadableFacts) as raised:
        load_corpus(folders)
    assert str(raised.value).startswith("the facts cannot be read: ")
    return list(raised.value.problems)


# What is read ---------------------------------------------------------------------------------------------------------


def test_without_a_folder_the_shipped_facts_are_read() -> None:
    assert load_corpus().stamp == load_corpus([SHIPPED]).stamp == load_corpus([shipped_folder()]).stamp
    assert xjfacts.load().corpus.stamp.documents == len(list((ROOT / "facts" / "documents").glob("*.toml")))


def test_a_record_has_its_id_from_its_table_and_its_file(write: Callable[..., str]) -> None:
    corpus = load_corpus([write(x=DOCUMENT + ADA + claim("speaks"))])
    assert corpus.entities["ada"] == Person(id="ada", name="Ada")
    assert list(corpus.documents) == ["x"]
    fact = corpus.facts["x/speaks"]
    assert isinstance(fact, Claim)
    assert (fact.kind, fact.document, fact.subjects) == ("claim", "x", ("ada",))


@pytest.mark.parametrize(
    ("written", "read"), [('"ada"', ("ada",)), ('["ada"]', ("ada",)), ('["ada", "bob"]', ("ada", "bob"))]
)
def test_one_id_may_stand_without_brackets(write: Callable[..., str], written: str, read: tuple[str, ...]) -> None:
    corpus = load_corpus([write(x=DOCUMENT + ADA + '[person.bob]\nname = "Bob"\n' + claim("speaks", written))])
    assert tuple(corpus.facts["x/speaks"].subjects) == read  # type: ignore[attr-defined]


def test_a_bare_key_means_a_fact_of_the_same_file(write: Callable[..., str]) -> None:
    one = DOCUMENT + ADA + claim("a", more='disputes = "b"') + claim("b", more='corroborates = ["y/a"]')
    corpus = load_corpus([write(x=one, y=DOCUMENT + claim("a"))])
    assert corpus.facts["x/a"].disputes == ("x/b",)
    assert corpus.facts["x/b"].corroborates == ("y/a",)


def test_a_table_without_a_name_adds_to_an_entity_of_any_file(write: Callable[..., str]) -> None:
    more = '[person.ada]\nnames = ["A. E.", "Ada E."]\nsearch = ["Áda"]\npart-of = "us"\n[country.us]\nname = "US"\n'
    corpus = load_corpus(
        [write(a=more, b='[person.ada]\nname = "Ada"\nnames = ["Ada E."]\n', c='[person.ada]\nweak = ["A"]\n')]
    )
    ada = corpus.entities["ada"]
    assert (ada.name, ada.names, ada.search, ada.weak) == ("Ada", ("Ada E.", "A. E."), ("Áda",), ("A",))
    assert corpus.with_parts("us") == ("us", "ada")


def test_folders_and_single_files_together_are_one_corpus(write: Callable[..., str], tmp_path: Path) -> None:
    folder = write(x=DOCUMENT + claim("speaks", '"freedonia"'))
    assert load_corpus([SMALL, f"{folder}/x.toml"]).stamp.documents == load_corpus([SMALL]).stamp.documents + 1


def test_a_file_that_is_reached_twice_is_read_once(tmp_path: Path) -> None:
    shutil.copytree(SMALL, tmp_path / "small")
    (tmp_path / "small" / "again.toml").symlink_to(tmp_path / "small" / "entities.toml")
    folder = str(tmp_path / "small")
    assert (
        load_corpus([folder, folder, f"{folder}/entities.toml", f"{folder}/../small"]).stamp
        == load_corpus([SMALL]).stamp
    )


def test_the_stamp_is_the_checksum_of_paths_sizes_and_bytes_in_order(write: Callable[..., str]) -> None:
    folder = write(b=ADA, a__z=DOCUMENT)
    digest = hashlib.sha256(f"a/z.toml\0{len(DOCUMENT)}\0{DOCUMENT}b.toml\0{len(ADA)}\0{ADA}".encode())
    assert load_corpus([folder]).stamp == Stamp(digest.hexdigest(), 1, 0)


def test_line_ends_and_a_byte_order_mark_change_nothing_not_even_the_stamp(tmp_path: Path) -> None:
    for name, text in (("lf", DOCUMENT + ADA), ("crlf", "\ufeff" + (DOCUMENT + ADA).replace("\n", "\r\n"))):
        (tmp_path / name).mkdir()
        (tmp_path / name / "x.toml").write_bytes(text.encode())
    lf, crlf = (load_corpus([str(tmp_path / name)]) for name in ("lf", "crlf"))
    assert (lf.documents, lf.entities) == (crlf.documents, crlf.entities)
    assert lf.stamp == crlf.stamp


def test_every_record_knows_where_it_stands(write: Callable[..., str]) -> None:
    loaded = load_with_sources([write(x=DOCUMENT + ADA + claim("speaks"), y="[person.ada]\nsearch = ['A']\n")])
    places = {key: source.place.rpartition("/")[2] for key, source in loaded.sources.items()}
    assert places == {"x": "x.toml:1", "ada": "x.toml:13", "x/speaks": "x.toml:15"}
    assert [source.place.rpartition("/")[2] for source in loaded.additions["ada"]] == ["y.toml:1"]


# What is read among others ----------------------------------------------------------------------------------------------


def test_files_read_among_others_are_the_only_ones_that_count_as_named(write: Callable[..., str]) -> None:
    loaded = load_with_sources([write(x=DOCUMENT + claim("speaks", '"freedonia"'))], among=[SMALL])
    assert [file.stem for file in loaded.files] == ["x"]
    assert "freedonia" in loaded.corpus.entities


def test_another_version_of_a_document_stands_back(write: Callable[..., str]) -> None:
    loaded = load_with_sources(
        [write(**{"gazette-2024": DOCUMENT + claim("speaks", '"freedonia"')})],
        among=[SMALL + "/entities.toml", SMALL + "/gazette-2024.toml"],
    )
    assert list(loaded.corpus.facts) == ["gazette-2024/speaks"]


# What is refused, beside the broken files ---------------------------------------------------------------------------------


def test_all_problems_of_all_files_are_reported_sorted_by_place(write: Callable[..., str]) -> None:
    folder = write(b=DOCUMENT.replace('title = "T"', "title = 1\nyear = 2"), a="x = \n", c=claim("x", '"nobody"'))
    assert [(Path(one.file).name, one.line, one.code) for one in problems_of(folder)] == [
        ("a.toml", 1, "toml-syntax"),
        ("b.toml", 2, "wrong-type"),
        ("b.toml", 3, "unknown-key"),
        ("c.toml", 0, "no-document"),
        ("c.toml", 4, "unknown-entity"),
    ]


def test_a_reference_to_a_record_that_is_broken_itself_does_not_dangle(write: Callable[..., str]) -> None:
    folder = write(x=DOCUMENT + "[person.ada]\nname = 1\n" + claim("a", more='disputes = "b"') + claim("b", "7"))
    assert [one.code for one in problems_of(folder)] == ["wrong-type", "wrong-type"]


def test_both_places_of_a_double_id_are_named(write: Callable[..., str]) -> None:
    (problem,) = problems_of(write(a=ADA, b='\n[organisation.ada]\nname = "ADA"\n'))
    assert (Path(problem.file).name, problem.line, problem.code) == ("b.toml", 2, "double-id")
    assert "/a.toml:1" in problem.message


def test_the_two_homes_of_a_document_in_two_folders_are_named(write: Callable[..., str]) -> None:
    (problem,) = problems_of(write(a__x=DOCUMENT, b__x=DOCUMENT))
    assert problem.code == "double-id"
    assert "a/x.toml:1" in problem.message


def test_a_guess_is_offered_for_the_first_wrong_words_only_so_that_hostile_files_stay_cheap(
    write: Callable[..., str],
) -> None:
    wrong = [", ".join(f'"ada{number}"' for number in range(begin, begin + 100)) for begin in (0, 100)]
    claims = "".join(claim(f"speaks-{number}", f"[{ids}]") for number, ids in enumerate(wrong))
    problems = problems_of(write(x=DOCUMENT + ADA + claims))
    assert len(problems) == 200
    assert sum("did you mean 'ada'?" in one.message for one in problems) == 50


@pytest.mark.parametrize(
    ("more", "message"),
    [
        (f'[topic.t]\nname = "{"x" * 251}"\n', "expected at most 250 characters"),
        (f'[topic.t]\nname = "T"\nnames = ["{"x" * 251}"]\n', "expected at most 250 characters"),
        (claim("c", '["ada"' + ', "ada"' * 100 + "]"), "'subjects': expected at most 100 items, and there are 101"),
        (claim("c").replace('"G."', f'"{"x" * 2001}"'), "expected at most 2000 characters"),
        (claim("c").replace('"some words"', f'"{"x" * 2001}"'), "'quote': expected at most 2000 characters"),
    ],
    ids=["name", "names", "ids", "gist", "quote"],
)
def test_what_nobody_writes_by_hand_is_refused_before_it_costs_anything(
    write: Callable[..., str], more: str, message: str
) -> None:
    (problem,) = problems_of(write(x=DOCUMENT + ADA + more))
    assert problem.code == "bad-value"
    assert message in problem.message


def test_every_closing_of_a_circle_is_found_even_in_a_long_chain(write: Callable[..., str]) -> None:
    chain = "".join(f'[place.p{n}]\nname = "P{n}"\npart-of = ["p{n + 1}"]\n' for n in range(3000))
    end = '[place.p3000]\nname = "P"\npart-of = ["p0", "p3000"]\n'
    assert [(one.code, one.message) for one in problems_of(write(x=chain + end))] == [
        ("bad-value", "'part-of' makes 'p0' a part of itself"),
        ("bad-value", "'part-of' makes 'p3000' a part of itself"),
    ]


def test_a_chain_of_wholes_is_read_up_to_its_bound(write: Callable[..., str]) -> None:
    def chain(count: int) -> str:
        links = "".join(f'[place.p{n}]\nname = "P{n}"\npart-of = ["p{n + 1}"]\n' for n in range(count))
        return f'{links}[place.p{count}]\nname = "P"\n'

    assert len(load_corpus([write(x=chain(100))]).with_parts("p100")) == 101
    (problem,) = problems_of(write(x=chain(sys.getrecursionlimit() * 2)))
    assert "a part of more than 100 others" in problem.message


def test_facts_that_state_the_same_are_read_up_to_their_bound(write: Callable[..., str]) -> None:
    def chain(count: int) -> list[str]:
        texts = [DOCUMENT + ADA, DOCUMENT]
        for one in range(count):
            more = f'corroborates = "{"yx"[one % 2]}/c{one - 1}"\n' if one else ""
            texts[one % 2] += claim(f"c{one}") + more
        return texts

    x, y = chain(100)
    assert len(load_corpus([write(x=x, y=y)]).standing_together("x/c0")) == 100
    x, y = chain(150)
    (problem,) = problems_of(write(x=x, y=y))
    assert "joins more than 100 facts as one" in problem.message


def test_a_long_value_is_quoted_in_part(write: Callable[..., str]) -> None:
    (problem,) = problems_of(write(x=DOCUMENT.replace('"https://example.org/"', f'"{"x" * 5000}"')))
    assert problem.code == "bad-value"
    assert len(problem.message) < 200


def test_the_shipped_folder_is_the_one_beside_the_package_in_a_checkout() -> None:
    assert Path(shipped_folder()) == ROOT / "facts"
