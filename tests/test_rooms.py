"""What each room may do, beyond what it may import: that is held by the contracts of import-linter in pyproject.toml."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
import tomli
from conftest import ROOT

PATHS = sorted(str(path.relative_to(ROOT)) for path in (ROOT / "xjfacts").rglob("*.py"))
WITH_A_VOICE = {f"xjfacts/{name}.py" for name in ("__main__", "cli/output", "cli/pager", "cli/process", "cli/settings")}
VOICES = {
    "print", "input", "breakpoint", "exit", "quit", "sys.exit", "os._exit", "sys.stdout", "sys.stderr", "sys.stdin",
    "sys.argv", "os.environ", "os.environb", "os.getenv", "os.getcwd", "os.chdir",
}  # fmt: skip
NEVER = {
    "pickle", "marshal", "shelve", "dbm", "socket", "ssl", "http", "urllib.request", "ftplib", "smtplib", "asyncio",
    "subprocess", "multiprocessing", "ctypes", "code", "runpy",
}  # fmt: skip
EVALUATORS = {"eval", "exec", "compile", "__import__", "import_module", "importlib.import_module"}


@cache
def tree(path: str) -> ast.Module:
    return ast.parse((ROOT / path).read_text(encoding="utf-8"))


def imports(path: str) -> Iterator[str]:
    """Yield the full name of everything that a module imports anywhere, also inside functions and for types only."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from (f"{node.module}.{name.name}" for name in node.names)


def starts(name: str) -> Iterator[str]:
    """Yield `urllib` and `urllib.request` of `urllib.request`."""
    parts = name.split(".")
    yield from (".".join(parts[:count]) for count in range(1, len(parts) + 1))


def used_names(path: str) -> Iterator[str]:
    """Yield what a module calls or reads by name: `print`, `os.environ`, `sys.exit`."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Name):
            yield node.id
        elif isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            yield f"{node.value.id}.{node.attr}"


def test_the_libraries_are_those_that_are_declared() -> None:
    used = {name.partition(".")[0] for path in PATHS for name in imports(path)} - sys.stdlib_module_names - {"xjfacts"}
    project = tomli.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = (lines for name, lines in project["optional-dependencies"].items() if not name.startswith("test"))
    declared = [*project["dependencies"], *(line for lines in extras for line in lines)]
    assert used == {re.split(r"\W", line)[0] for line in declared}


def test_only_the_modules_around_a_process_print_exit_or_read_its_environment() -> None:
    assert {path for path in PATHS if VOICES & {*used_names(path), *imports(path)}} == WITH_A_VOICE


def test_nothing_evaluates_data_calls_programs_or_the_network() -> None:
    found = {(path, name.partition(".")[0]) for path in PATHS for name in imports(path) if NEVER & {*starts(name)}}
    found |= {(path, name) for path in PATHS for name in used_names(path) if name in EVALUATORS}
    assert found == {("xjfacts/cli/pager.py", "subprocess"), ("xjfacts/corpus/ahead.py", "multiprocessing")}, (
        "the pager is the user's own program, and who reads ahead is this one"
    )


OF_FUZZY_NAMES = {"rapidfuzz", "anyascii", "xjfacts.names.words", "xjfacts.names.compare", "xjfacts.names.shortlist"}
ASKED = "from xjfacts.cli.process import run; run(['who', 'Erkin Tuniyaz', '--format', '{}'])"


@pytest.mark.parametrize(
    ("statement", "unwanted"),
    [
        ("import xjfacts", {"msgspec", "tomli", "click"}),
        (
            "from xjfacts.cli.process import run; run(['whoo'])",
            {"msgspec", "tomli", "rich", "xjfacts.answers", "xjfacts.corpus", "xjfacts.curation", "xjfacts.forms"},
        ),
        ("import xjfacts; xjfacts.load()", {"click", "rich", "rapidfuzz", "anyascii", "xjfacts.curation"}),
        ("import xjfacts; xjfacts.load().who('Erkin Tuniyaz')", {*OF_FUZZY_NAMES, "xjfacts.answers.search"}),
        (
            ASKED.format("json"),
            {*OF_FUZZY_NAMES, "rich", "tomli", "hashlib", "xjfacts.corpus.loader", "xjfacts.answers.search"}
            | {
                "xjfacts.curation",
                "xjfacts.exports",
                "xjfacts.forms.words",
                "xjfacts.cli.curate",
                "xjfacts.cli.shells",
            },
        ),
        (ASKED.format("table"), {*OF_FUZZY_NAMES, "rich", "tomli", "xjfacts.forms.terminal", "xjfacts.forms.tabular"}),
    ],
)
def test_what_is_not_needed_is_not_imported(statement: str, unwanted: set[str], tmp_path: Path) -> None:
    for _ in range(2):  # the first keeps the facts as they were read
        script = f"import sys; {statement}; print(); print(*sys.modules)"
        told = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True, cwd=tmp_path)
    assert unwanted & set(told.stdout.splitlines()[-1].split()) == set()
