"""The arrows between the modules, and what each of them may do: the one place that says in which order they stand."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from conftest import ROOT

PACKAGE = ROOT / "xjfacts"

# Each module may import only from those above it.
ORDER = (
    "errors",  # what a user can cause: wording and exit status
    "text",  # what may be shown to people
    "dates",  # EDTF
    "model",  # the records of a fact file
    "folding",  # a spelling in any script -> plain words, and its key
    "lexicon",  # the words that mean something by themselves in a name
    "words",  # how nearly a word stands for another
    "names",  # whether two names are the same, how surely, and why
    "shortlist",  # which of many names are worth comparing
    "lookup",  # which entity a spelling means
    "files",  # one way in and one way out for every file
    "cache",  # what is kept between runs, and whether it may be trusted
    "tomlfile",  # a file -> data with the line of everything
    "original",  # the text of a document: where words stand in it
    "cite",  # a citation in every style
    "corpus",  # everything in memory, with its indexes
    "loader",  # find, read, convert; every problem
    "snapshot",  # a corpus <-> bytes, record by record
    "search",  # facts by their words
    "rules",  # what a corpus must keep to, rule by rule
    "check",  # which files are held against the rules, and what was found
    "draft",  # a document file to fill in
    "ftm",  # the corpus -> FollowTheMoney
    "database",  # the corpus -> SQLite
    "graph",  # the corpus -> DOT
    "answer",  # the records of an answer
    "compose",  # records of the corpus -> records of an answer
    "query",  # a question -> an answer
    "completion",  # a begun word -> the names, ids and words that it can become
    "page",  # an answer -> headings, entries, notes
    "plain",  # a page -> plain text
    "export",  # an answer -> JSON, CSV
    "dump",  # the corpus -> one of the forms for other tools
    "render",  # a page -> the terminal
    "schema",  # the two JSON Schemas
    "output",  # bytes to the standard streams
    "shells",  # completion as bash, zsh and fish want it
    "cli",  # parse, load, ask, choose a form, print
    "manual",  # the help -> the manual page
    "__init__",
    "__main__",
)
WITH_A_VOICE = {"output", "cli", "__main__"}

# Only these modules know these libraries.
KNOWN_TO = {
    "tomli": {"tomlfile"},
    "rapidfuzz": {"words", "shortlist"},
    "anyascii": {"folding"},
    "rich": {"render"},
    "click": {"cli", "shells", "manual"},
}
DEPENDENCIES = {*KNOWN_TO, "msgspec"}
NEVER = {
    "pickle", "marshal", "shelve", "dbm", "socket", "ssl", "http", "urllib.request", "ftplib", "smtplib", "asyncio",
    "subprocess", "multiprocessing", "ctypes", "code", "runpy",
}  # fmt: skip


@cache
def tree(module: str) -> ast.Module:
    return ast.parse((PACKAGE / f"{module}.py").read_text(encoding="utf-8"))


def imports(module: str) -> Iterator[str]:
    """Yield the full name of everything that a module imports anywhere, also inside functions and for types only."""
    for node in ast.walk(tree(module)):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "relative imports hide the arrows"
            yield from (f"{node.module}.{name.name}" for name in node.names)


def own_imports(module: str) -> set[str]:
    """Return the modules of the package that a module imports; what it takes from the package itself is `__init__`."""
    parts = [name.split(".") for name in imports(module) if name.partition(".")[0] == "xjfacts"]
    return {part[1] if part[1] in ORDER else "__init__" for part in parts if len(part) > 1}


def used_names(module: str) -> Iterator[str]:
    """Yield what a module calls or reads by name: `print`, `os.environ`, `sys.exit`."""
    for node in ast.walk(tree(module)):
        if isinstance(node, ast.Name):
            yield node.id
        elif isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            yield f"{node.value.id}.{node.attr}"


def test_every_module_has_its_place_in_the_order() -> None:
    assert sorted(ORDER) == sorted(path.stem for path in PACKAGE.glob("*.py"))


@pytest.mark.parametrize("module", ORDER)
def test_a_module_imports_only_from_those_above_it(module: str) -> None:
    above = set(ORDER[: ORDER.index(module)])
    is_for_the_version = {"__init__"} if module in ("cli", "manual") else set()
    assert own_imports(module) - is_for_the_version <= above


@pytest.mark.parametrize("module", ORDER)
def test_a_library_is_known_to_one_module_only(module: str) -> None:
    foreign = {name.partition(".")[0] for name in imports(module)} - sys.stdlib_module_names - {"xjfacts"}
    assert foreign <= DEPENDENCIES
    assert {library for library in foreign if module not in KNOWN_TO.get(library, {module})} == set()


def test_the_libraries_are_those_that_are_declared() -> None:
    declared = re.search(r"^dependencies = \[(.*?)\]", (ROOT / "pyproject.toml").read_text(), re.MULTILINE | re.DOTALL)
    assert declared
    assert set(re.findall(r'"(\w+)', declared[1])) == DEPENDENCIES


@pytest.mark.parametrize("module", [module for module in ORDER if module not in WITH_A_VOICE])
def test_no_other_module_prints_exits_or_reads_the_environment(module: str) -> None:
    voices = {
        "print", "input", "breakpoint", "exit", "quit", "sys.exit", "os._exit", "sys.stdout", "sys.stderr", "sys.stdin",
        "sys.argv", "os.environ", "os.environb", "os.getenv", "os.getcwd", "os.chdir",
    }  # fmt: skip
    assert voices & set(used_names(module)) == set()


@pytest.mark.parametrize("module", ORDER)
def test_nothing_evaluates_data_calls_programs_or_the_network(module: str) -> None:
    assert {name for name in imports(module) for never in NEVER if f"{name}.".startswith(f"{never}.")} == set()
    assert {"eval", "exec", "compile", "__import__"} & set(used_names(module)) == set()


@pytest.mark.parametrize(
    ("statement", "unwanted"),
    [
        ("import xjfacts", {"msgspec", "tomli", "click"}),
        (
            "import xjfacts.cli.commands",
            {"msgspec", "tomli", "rich", "rapidfuzz", "anyascii", "xjfacts.curation.check", "xjfacts.forms.terminal"},
        ),
        ("import xjfacts; xjfacts.load()", {"click", "rich", "rapidfuzz", "anyascii", "xjfacts.curation.rules"}),
        (
            "import xjfacts; xjfacts.load().who('Erkin Tuniyaz')",
            {
                "rapidfuzz",
                "anyascii",
                "xjfacts.names.words",
                "xjfacts.names.compare",
                "xjfacts.names.shortlist",
                "xjfacts.answers.search",
            },
        ),
    ],
)
def test_what_is_not_needed_is_not_imported(statement: str, unwanted: set[str], tmp_path: Path) -> None:
    script = f"import sys; {statement}; print(*sys.modules)"
    told = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True, cwd=tmp_path)
    assert unwanted & set(told.stdout.split()) == set()
