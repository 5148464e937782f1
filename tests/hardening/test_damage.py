"""Fact files that are damaged, by accident or on purpose: an answer, or problems that are documented, and nothing else."""

from __future__ import annotations

import random
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path

import pytest

from xjfacts import files
from xjfacts.answers.questions import Facts
from xjfacts.corpus import loader, tomlfile
from xjfacts.corpus.loader import load_corpus
from xjfacts.corpus.tomlfile import parse_toml
from xjfacts.errors import Problem, UnreadableFacts
from xjfacts.exports import dump
from xjfacts.files import shipped_folder
from xjfacts.forms.plain import to_text

ROUNDS = 84
CODES = {*files.CODES, *tomlfile.CODES, *loader.CODES}
VALUES = ("1", "-1", "1e400", "true", '""', "[]", "{}", "[[]]", '"\\u202e"', "2024-05-02", '"x"', "['us']", "'us'")

Damage = Callable[[random.Random, bytes], bytes]


def flip_bits(chance: random.Random, content: bytes) -> bytes:
    damaged = bytearray(content)
    for _ in range(chance.randint(1, 4)):
        damaged[chance.randrange(len(damaged))] ^= 1 << chance.randrange(8)
    return bytes(damaged)


def cut_out(chance: random.Random, content: bytes) -> bytes:
    start = chance.randrange(len(content))
    return content[:start] + content[start + chance.choice((1, 2, 50, 5_000)) :]


def double(chance: random.Random, content: bytes) -> bytes:
    start = chance.randrange(len(content))
    piece = content[start : start + chance.choice((1, 10, 1_000))]
    return content[:start] + piece + content[start:]


def insert(chance: random.Random, content: bytes) -> bytes:
    start = chance.randrange(len(content))
    hostile = chance.choice(
        (b"\0", b"\x1b[2J", b"\xff", b'"', b"'''", b"[", b"]", b"{", b"\r", b"\\u202e", b".a" * 20, b"#")
    )
    return content[:start] + hostile + content[start:]


def swap_lines(chance: random.Random, content: bytes) -> bytes:
    lines = content.splitlines(keepends=True)
    one, other = chance.randrange(len(lines)), chance.randrange(len(lines))
    lines[one], lines[other] = lines[other], lines[one]
    return b"".join(lines)


def drop_or_double_line(chance: random.Random, content: bytes) -> bytes:
    lines = content.splitlines(keepends=True)
    at = chance.randrange(len(lines))
    lines[at] *= chance.choice((0, 2))
    return b"".join(lines)


def change_value(chance: random.Random, content: bytes) -> bytes:
    lines = content.splitlines(keepends=True)
    at = chance.choice([number for number, line in enumerate(lines) if b" = " in line])
    key, _, _ = lines[at].partition(b" = ")
    lines[at] = key + f" = {chance.choice(VALUES)}\n".encode()
    return b"".join(lines)


DAMAGES: tuple[Damage, ...] = (
    flip_bits, cut_out, double, insert, swap_lines, drop_or_double_line, change_value
)  # fmt: skip


@pytest.fixture(scope="module")
def originals() -> dict[str, bytes]:
    """The shipped files that define all entities, and the smallest document."""
    shipped = Path(shipped_folder())
    paths = [
        *shipped.glob("entities/*.toml"),
        min(shipped.glob("documents/*.toml"), key=lambda path: path.stat().st_size),
    ]
    return {path.name: path.read_bytes() for path in sorted(paths)}


@pytest.mark.parametrize("damage", DAMAGES)
def test_damaged_copies_of_the_shipped_files_are_answered_from_or_refused(
    damage: Damage, originals: dict[str, bytes], tmp_path: Path
) -> None:
    chance = random.Random(f"{damage.__name__} 6")
    for name, content in originals.items():
        (tmp_path / name).write_bytes(content)
    for _ in range(ROUNDS // len(DAMAGES)):
        name = chance.choice(list(originals))
        damaged = damage(chance, originals[name])
        (tmp_path / name).write_bytes(damaged)
        try:
            look_through(Facts(load_corpus([str(tmp_path)])))
        except UnreadableFacts as error:
            look_at(error.problems, originals | {name: damaged})
        (tmp_path / name).write_bytes(originals[name])


def look_through(facts: Facts) -> None:
    """Ask for everything, and have it in every form."""
    for form in ("csv", "ftm", "dot", "sqlite"):
        dump.dump(facts.corpus, form)
    for entity in list(facts.corpus.entities)[:10]:
        to_text(facts.who(entity))
    to_text(facts.sanctions(status="all"))


def look_at(problems: tuple[Problem, ...], contents: dict[str, bytes]) -> None:
    """See that each problem has a documented code and a place in a file that is there, and that they are sorted."""
    assert problems
    assert list(problems) == sorted(problems)
    for problem in problems:
        assert problem.code in CODES
        assert 0 <= problem.line <= contents[problem.file.rpartition("/")[2]].count(b"\n") + 1


# The conformance tests of TOML that come with CPython -------------------------------------------------------------------


def public_cases(kind: str) -> list[Path]:
    spec = find_spec("test")
    places = [Path(place) / "test_tomllib" / "data" / kind for place in (spec.submodule_search_locations or ()) if spec]
    return sorted(path for place in places for path in place.rglob("*.toml"))


@pytest.mark.skipif(not public_cases("valid"), reason="this Python came without its tests")
@pytest.mark.parametrize("kind", ["valid", "invalid"])
def test_public_cases_of_toml_are_read_or_refused_with_a_documented_code(kind: str) -> None:
    for path in public_cases(kind):
        file, problems = parse_toml(path.read_bytes(), path=path, name=path.name)
        assert (file is None) == bool(problems), path
        assert {problem.code for problem in problems} <= tomlfile.CODES.keys(), path
        if kind == "invalid":
            assert file is None, path
        else:  # legal, and yet no fact file may be so deep or have such numbers
            assert {problem.code for problem in problems} <= {
                "number-not-finite", "number-too-large", "too-deep", "key-too-long"
            }, path  # fmt: skip
