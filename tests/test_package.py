"""What is installed: a wheel with the facts in it and no document text, that answers from an empty folder."""

from __future__ import annotations

import subprocess
import sys
import tarfile
import venv
import zipfile
from pathlib import Path

import pytest
from conftest import ROOT

from xjfacts import __version__


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with the sdist and the wheel built from it."""
    folder = tmp_path_factory.mktemp("dist")
    subprocess.run([sys.executable, "-m", "build", "--outdir", str(folder), str(ROOT)], check=True, capture_output=True)
    return folder


@pytest.fixture(scope="module")
def installed(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of programs of a fresh environment in which the wheel is installed."""
    folder = tmp_path_factory.mktemp("venv")
    venv.create(folder, with_pip=True)
    programs = folder / ("Scripts" if sys.platform == "win32" else "bin")
    (wheel,) = built.glob("*.whl")
    subprocess.run([programs / "python", "-m", "pip", "install", "-q", wheel], check=True, capture_output=True)
    return programs


def test_the_wheel_answers_from_an_empty_folder(installed: Path, tmp_path: Path) -> None:
    for command in (["who", "Erkin Tuniyaz"], ["sanctions", "--by", "US"], ["--color", "always", "who", "張明"]):
        told = subprocess.run([installed / "xjfacts", *command], cwd=tmp_path, capture_output=True, text=True, check=True)
        assert "Sources" in told.stdout
        assert told.stderr == ""


def test_the_wheel_knows_its_version_and_the_same_facts_as_the_checkout(installed: Path, tmp_path: Path) -> None:
    told = [
        subprocess.run([program, "--version"], cwd=tmp_path, capture_output=True, text=True, check=True).stdout
        for program in (installed / "xjfacts", Path(sys.executable).parent / "xjfacts")
    ]
    assert told[0] == told[1]
    assert told[0].startswith(f"xjfacts {__version__}\n")


def test_wheel_and_sdist_hold_facts_and_schema_and_no_document_text(built: Path) -> None:
    (wheel,) = built.glob("*.whl")
    (sdist,) = built.glob("*.tar.gz")
    with zipfile.ZipFile(wheel) as archive:
        in_wheel = archive.namelist()
    with tarfile.open(sdist) as archive:
        in_sdist = [name.partition("/")[2] for name in archive.getnames()]
    facts = [str(path.relative_to(ROOT)) for path in (ROOT / "facts").rglob("*.*")]
    assert {f"xjfacts/{name}" for name in facts} <= set(in_wheel)
    assert set(facts) <= set(in_sdist)
    assert not [name for name in in_wheel + in_sdist if name.endswith(".txt") and "licenses" not in name and "/" in name
                and not name.startswith(("tests/", "xjfacts-"))]  # fmt: skip
