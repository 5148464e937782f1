"""What the hardening tests share: a folder with one small paper in it."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from .paper import write_paper

collect_ignore_glob = [] if os.name == "posix" else ["test_*.py"]  # shells, signals and limits as POSIX has them


@pytest.fixture
def facts(tmp_path: Path) -> Path:
    return write_paper(tmp_path / "facts")
