"""Broken fact files: each gives exactly the problems written down beside it, and an independent validator agrees.

`tests/invalid/NAME.toml`, or the folder `NAME` with its `texts`, has in `NAME.expected` the whole report of the check.
What no file in a repository can show (a pipe, a file of gigabytes) is made here.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import tomli
from conftest import REGISTER, ROOT, SMALL

from xjfacts import files
from xjfacts.corpus import loader, tomlfile
from xjfacts.curation import check, rules

INVALID = ROOT / "tests" / "invalid"
CASES = sorted(INVALID.glob("*.expected"))
CODES = {*loader.CODES, *tomlfile.CODES, *files.CODES, *rules.CODES}
SCHEMA = json.loads((ROOT / "facts" / "facts.schema.json").read_text(encoding="utf-8"))

# What a schema can judge: one table of one file by itself. The name of a file, and two values that do not go together
# as numbers or days, are beyond it.
JUDGED_BY_SCHEMA = {
    "unknown-table", "unknown-key", "missing-key", "wrong-type", "unknown-word", "bad-value", "bad-date", "bad-id",
    "no-document",
}  # fmt: skip
BEYOND_A_SCHEMA = {"Bad_Name.toml"}
NOT_READ_AS_TOML = {*tomlfile.CODES, *files.CODES}


def codes_in(report: str) -> set[str]:
    return {line.rsplit("[", 1)[1].rstrip("]") for line in report.splitlines()[:-1]}


def case_path(case: Path) -> Path:
    """Return the file or folder that a report belongs to."""
    file = case.with_suffix(".toml")
    return file if file.exists() else case.with_suffix("")


# Every file, and every code -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.stem)
def test_a_broken_file_gives_exactly_the_problems_beside_it(case: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(INVALID)
    name = case_path(case).name
    texts = f"{name}/texts" if (INVALID / name / "texts").is_dir() else None
    report = check.check(folders=[name], texts=texts)
    assert check.format_report(report) == case.read_text(encoding="utf-8")
    assert report.exit_status == (1 if report.is_readable else 4)


def test_every_broken_file_has_a_report_and_every_report_a_file() -> None:
    broken = {path.name.removesuffix(".toml") for path in INVALID.iterdir() if path.suffix in {"", ".toml"}}
    assert broken - {".gitattributes"} == {case.stem for case in CASES}


def test_every_code_is_shown_by_a_broken_file_or_by_one_made_here() -> None:
    shown = {code for case in CASES for code in codes_in(case.read_text(encoding="utf-8"))}
    assert shown | MADE.keys() | {"too-many-problems"} == CODES


def make_dangling_link(folder: Path) -> None:
    (folder / "x.toml").symlink_to(folder / "nowhere.toml")


def make_pipe(folder: Path) -> None:
    os.mkfifo(folder / "x.toml")


def make_link_outwards(folder: Path) -> None:
    (folder / "x.toml").symlink_to(ROOT / "pyproject.toml")


def make_linked_folder(folder: Path) -> None:
    (folder / "elsewhere").symlink_to(INVALID)


def make_endless_link(folder: Path) -> None:
    (folder / "x.toml").symlink_to(folder / "x.toml")


def make_large_file(folder: Path) -> None:
    with open(folder / "x.toml", "wb") as file:
        file.truncate(1 << 32)


def make_file_of_many_values(folder: Path) -> None:
    (folder / "x.toml").write_text(f"x = [{'0,' * (tomlfile.MAX_VALUES + 1)}]\n")


def make_many_files(folder: Path) -> None:
    for number in range(5):
        (folder / f"{number}.toml").touch()


MADE: dict[str, Callable[[Path], None]] = {
    "dangling-link": make_dangling_link,
    "not-a-file": make_pipe,
    "outside-folder": make_link_outwards,
    "linked-folder": make_linked_folder,
    "unreadable": make_endless_link,
    "too-large": make_large_file,
    "too-many-values": make_file_of_many_values,
    "too-many-files": make_many_files,
}


@pytest.mark.parametrize("code", MADE)
def test_what_no_repository_can_hold_is_a_problem_too(
    code: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(files, "MAX_ENTRIES", 4)
    MADE[code](tmp_path)
    report = check.check(folders=[str(tmp_path)])
    assert {problem.code for problem in report.problems} == {code}
    assert report.exit_status == 4


@pytest.mark.parametrize(
    "wrong", ['gisst = "G"', 'gist = "G"\ncite = [{ p = 1, quote = "it was so" }]\nsubjects = "x"']
)
def test_of_a_file_no_more_problems_are_told_than_anyone_mends(wrong: str, tmp_path: Path) -> None:
    tables = "".join(f"[claim.c{number}]\n{wrong}\n" for number in range(1_500))
    for name in ("one", "two"):
        (tmp_path / f"{name}.toml").write_text(tables)
    told = [one for one in check.check(folders=[str(tmp_path)]).problems if one.code != "no-document"]
    assert [sum(one.file.endswith(name) for one in told) for name in ("one.toml", "two.toml")] == [1_001, 1_001]
    assert [one.message for one in told if one.code == "too-many-problems"] == [
        "more than 1,000 problems, the most that are told of a file"
    ] * 2


def test_of_a_file_that_can_be_read_no_more_problems_are_told_either(tmp_path: Path) -> None:
    (tmp_path / "one.toml").write_text("".join(f'[person.p{number}]\nname = "Anna"\n' for number in range(1_500)))
    report = check.check(folders=[str(tmp_path)])
    codes = [problem.code for problem in report.problems]
    assert (codes.count("unused"), codes.count("too-many-problems"), report.exit_status) == (1_000, 1, 1)


# An independent validator -----------------------------------------------------------------------------------------------


def shipped_and_small() -> list[Path]:
    return sorted([*(ROOT / "facts").rglob("*.toml"), *Path(SMALL).rglob("*.toml"), *Path(REGISTER).rglob("*.toml")])


def broken_for_the_schema() -> list[tuple[Path, bool]]:
    """Return the broken single files that are TOML, and whether a schema has to refuse each."""
    found = []
    for case in CASES:
        codes = codes_in(case.read_text(encoding="utf-8"))
        path = case_path(case)
        if path.is_file() and not codes & NOT_READ_AS_TOML:
            found.append((path, bool(codes & JUDGED_BY_SCHEMA) and path.name not in BEYOND_A_SCHEMA))
    return found


def is_accepted_by_jsonschema(path: Path) -> bool:
    validator = jsonschema.Draft7Validator(SCHEMA)
    return bool(validator.is_valid(json.loads(json.dumps(tomli.loads(path.read_text(encoding="utf-8")), default=str))))


def test_the_schema_is_a_draft_07_schema_of_one_file() -> None:
    jsonschema.Draft7Validator.check_schema(SCHEMA)
    assert SCHEMA["$schema"] == "http://json-schema.org/draft-07/schema#"
    references = [value for key, value in walk(SCHEMA) if key == "$ref"]
    assert references
    assert all(reference.startswith("#/definitions/") for reference in references)


def walk(value: Any) -> list[tuple[str, Any]]:
    """Return every key with its value, at any depth."""
    if isinstance(value, list):
        return [pair for one in value for pair in walk(one)]
    if not isinstance(value, dict):
        return []
    return [pair for key, one in value.items() for pair in ((key, one), *walk(one))]


@pytest.mark.parametrize("path", shipped_and_small(), ids=lambda path: path.stem)
def test_the_schema_accepts_what_the_loader_accepts(path: Path) -> None:
    assert is_accepted_by_jsonschema(path)


@pytest.mark.parametrize(("path", "is_refused"), broken_for_the_schema(), ids=lambda value: getattr(value, "stem", ""))
def test_the_schema_refuses_what_the_loader_refuses_and_nothing_else(path: Path, is_refused: bool) -> None:
    assert is_accepted_by_jsonschema(path) == (not is_refused)


def test_check_jsonschema_refuses_exactly_the_files_that_the_loader_refuses() -> None:
    verdicts = dict(broken_for_the_schema()) | dict.fromkeys(shipped_and_small(), False)
    told = subprocess.run(
        [sys.executable, "-m", "check_jsonschema", "-o", "json", "--schemafile", str(ROOT / "facts" / "facts.schema.json"),
         *map(str, verdicts)],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    refused = {Path(error["filename"]) for error in json.loads(told.stdout)["errors"]}
    assert refused == {path for path, is_refused in verdicts.items() if is_refused}


@pytest.fixture(scope="module")
def tombi(tmp_path_factory: pytest.TempPathFactory) -> Callable[[Path], bool]:
    """Tell whether the language server tombi accepts a file by the schema that its first line names."""
    program = shutil.which("tombi", path=os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]]))
    if program is None:
        pytest.skip("tombi is not installed (pip install tombi)")
    home = str(tmp_path_factory.mktemp("home"))

    def is_accepted(path: Path) -> bool:
        told = subprocess.run(
            [program, "lint", "--offline", str(path)],
            env={"HOME": home},
            cwd=path.parent,
            capture_output=True,
            check=False,
        )
        assert told.returncode in {0, 1}
        return told.returncode == 0

    return is_accepted


def test_an_editor_accepts_what_the_loader_accepts(tombi: Callable[[Path], bool]) -> None:
    assert [path.name for path in shipped_and_small() if not tombi(path)] == []


def test_an_editor_shows_red_where_the_loader_refuses(tombi: Callable[[Path], bool]) -> None:
    refused = [path.name for path, is_refused in broken_for_the_schema() if is_refused]
    assert [name for name in refused if tombi(INVALID / name)] == []
