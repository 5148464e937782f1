"""What is released: a wheel and an sdist with facts, schema and manual and no document text, on every Python promised."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tarfile
import zipfile
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from email import message_from_bytes
from pathlib import Path

import pytest
from conftest import ROOT

from xjfacts import __version__
from xjfacts.corpus.loader import load_corpus
from xjfacts.curation.original import Original

QUESTIONS = (["who", "Erkin Tuniyaz"], ["sanctions", "--by", "US"])
PYTHONS = ("3.10", "3.11", "3.12", "3.13")
WINDOW = 41  # words: one more than a quote may have


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with the sdist and the wheel built from it."""
    folder = tmp_path_factory.mktemp("dist")
    subprocess.run([sys.executable, "-m", "build", "--outdir", str(folder), str(ROOT)], check=True, capture_output=True)
    return folder


@pytest.fixture(scope="module")
def wheel(built: Path) -> dict[str, bytes]:
    """Return the files of the wheel by their names."""
    (path,) = built.glob("*.whl")
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


@pytest.fixture(scope="module")
def sdist(built: Path) -> dict[str, bytes]:
    """Return the files of the sdist by their names within its folder."""
    (path,) = built.glob("*.tar.gz")
    with tarfile.open(path) as archive:
        files = {member.name: archive.extractfile(member) for member in archive.getmembers() if member.isfile()}
        return {name.partition("/")[2]: file.read() for name, file in files.items() if file is not None}


def install(built: Path, folder: Path, python: str) -> Path:
    """Return the folder of programs of a fresh environment in which the wheel is installed as users install it."""
    subprocess.run([python, "-m", "venv", folder], check=True, capture_output=True)
    programs = folder / ("Scripts" if sys.platform == "win32" else "bin")
    (path,) = built.glob("*.whl")
    subprocess.run(
        [programs / "python", "-m", "pip", "install", "-q", "--no-compile", path], check=True, capture_output=True
    )
    return programs


def find_python(version: str) -> str | None:
    """Return an interpreter of that version: the one that runs, or one of pyenv or of the system."""
    homes = sorted((Path(os.environ.get("PYENV_ROOT", Path.home() / ".pyenv")) / "versions").glob(f"{version}.*"))
    for place in (sys.executable, *(str(home / "bin" / "python") for home in homes), shutil.which(f"python{version}")):
        if place and subprocess.run([place, "-V"], capture_output=True, check=False).stdout.startswith(
            f"Python {version}.".encode()
        ):
            return place
    return None


@pytest.fixture(scope="module")
def environments(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Future[Path]]]:
    """Return, for every Python that is here, the environment with the wheel; all are made at the same time."""
    folder = tmp_path_factory.mktemp("environments")
    pythons = {version: find_python(version) for version in PYTHONS}
    with ThreadPoolExecutor() as pool:
        yield {
            version: pool.submit(install, built, folder / version, python)
            for version, python in pythons.items()
            if python
        }


@pytest.fixture(scope="module")
def installed(environments: dict[str, Future[Path]]) -> Path:
    """Return the folder of programs of the environment for the Python that runs."""
    return environments["{}.{}".format(*sys.version_info)].result()


def told(program: Path, *arguments: str, folder: Path) -> str:
    ran = subprocess.run([program, *arguments], cwd=folder, capture_output=True, encoding="utf-8", check=True)
    assert ran.stderr == ""
    return ran.stdout


@pytest.mark.parametrize("version", PYTHONS)
def test_the_wheel_answers_the_same_from_an_empty_folder_on_every_python(
    environments: dict[str, Future[Path]], tmp_path: Path, version: str
) -> None:
    if version not in environments:
        pytest.skip(f"Python {version} is not installed")
    programs = environments[version].result()
    here = Path(sys.executable).parent / "xjfacts"
    for question in QUESTIONS:
        answer = told(programs / "xjfacts", *question, folder=tmp_path)
        assert answer == told(here, *question, folder=tmp_path)
        assert "Erkin Tuniyaz" in answer
        assert "Sources" in answer


def test_the_pythons_tested_are_the_pythons_promised() -> None:
    assert f'requires-python = ">={PYTHONS[0]}"' in (ROOT / "pyproject.toml").read_text(encoding="utf-8")


def test_the_wheel_knows_its_version_and_the_same_facts_as_the_checkout(installed: Path, tmp_path: Path) -> None:
    version = told(installed / "xjfacts", "--version", folder=tmp_path)
    assert version == told(Path(sys.executable).parent / "xjfacts", "--version", folder=tmp_path)
    assert version.startswith(f"xjfacts {__version__}\n")


def test_colour_works_where_it_is_installed(installed: Path, tmp_path: Path) -> None:
    assert "\x1b[" in told(installed / "xjfacts", "--color", "always", "who", "張明", folder=tmp_path)


def test_the_manual_is_where_man_looks_for_it(installed: Path) -> None:
    page = installed.parent / "share" / "man" / "man1" / "xjfacts.1"
    assert page.read_bytes() == (ROOT / "xjfacts" / "cli" / "xjfacts.1").read_bytes()
    if shutil.which("man"):
        path = os.pathsep.join([str(installed), os.environ["PATH"]])
        found = subprocess.run(
            ["man", "-w", "xjfacts"], env={**os.environ, "PATH": path}, capture_output=True, text=True, check=True
        )
        assert Path(found.stdout.strip()) == page


def test_wheel_and_sdist_hold_facts_schema_and_manual(wheel: dict[str, bytes], sdist: dict[str, bytes]) -> None:
    for path in (ROOT / "facts").rglob("*.*"):
        name, text = str(path.relative_to(ROOT)), path.read_bytes()
        assert wheel[f"xjfacts/{name}"] == text
        assert sdist[name] == text
    manual = (ROOT / "xjfacts" / "cli" / "xjfacts.1").read_bytes()
    assert [name for name, data in wheel.items() if data == manual] == [
        f"xjfacts-{__version__}.data/data/share/man/man1/xjfacts.1"
    ]
    assert sdist["xjfacts/cli/xjfacts.1"] == manual
    assert "xjfacts/py.typed" in wheel


def test_the_wheel_holds_nothing_that_is_not_needed_to_run_it(wheel: dict[str, bytes]) -> None:
    tops = {name.split("/")[0] for name in wheel}
    assert tops == {"xjfacts", f"xjfacts-{__version__}.data", f"xjfacts-{__version__}.dist-info"}
    ends = {name.rpartition(".")[2] for name in wheel if name.startswith("xjfacts/")}
    assert ends == {"py", "typed", "toml", "json", "md", "html", "css", "js", "svg"}


def test_neither_holds_a_document_text(wheel: dict[str, bytes], sdist: dict[str, bytes], texts: Path) -> None:
    everything = "\n".join(
        " ".join(data.decode("utf-8", "replace").split()) for data in (*wheel.values(), *sdist.values())
    )
    pieces = [
        " ".join(words[at : at + WINDOW])
        for document in load_corpus().documents.values()
        if document.rights == "reserved"
        for paragraph in Original((texts / f"{document.id}.txt").read_bytes(), body=document.body).paragraphs
        for words in [paragraph.split()]
        for at in range(len(words) - WINDOW)
    ]
    assert len(pieces) > 100
    assert not [piece for piece in pieces if piece in everything]


def test_the_version_stands_in_one_place(wheel: dict[str, bytes]) -> None:
    metadata = message_from_bytes(wheel[f"xjfacts-{__version__}.dist-info/METADATA"])
    assert metadata["Version"] == __version__
    stated = re.compile(rf"^(__)?version(__)?\s*=\s*[\"']{re.escape(__version__)}", re.MULTILINE)
    sources = [ROOT / "pyproject.toml", *(ROOT / "xjfacts").rglob("*.py")]
    assert [path.name for path in sources if stated.search(path.read_text(encoding="utf-8"))] == ["__init__.py"]
