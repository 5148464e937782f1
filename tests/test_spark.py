"""The recipe of the README for Spark, on a cluster of two workers: the same rows as in one process."""

from __future__ import annotations

import csv
import importlib.util
import os
import random
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import ROOT

from xjfacts import load

NAMES = 100_000
BLOCKS = re.findall(r"^```python\n(.*?)^```$", (ROOT / "README.md").read_text("utf-8"), re.MULTILINE | re.DOTALL)
RECIPE = next(text for text in BLOCKS if "mapInPandas" in text)
FIRST = ("Erkin", "Erken", "Chen", "Wang", "Jane", "Ilham", "Hua")
LAST = ("Tuniyaz", "Tunyaz", "Quanguo", "Junzheng", "Roe", "Tohti", "Chunying", "Smithers")


def missing() -> str:
    """Say what is not installed."""
    packages = [name for name in ("pyspark", "pandas", "pyarrow") if importlib.util.find_spec(name) is None]
    return ", ".join([*packages, *([] if shutil.which("java") else ["java"])])


@pytest.mark.skipif(bool(missing()), reason=f"not installed: {missing()}")
def test_a_list_screened_by_two_workers_has_the_rows_of_one_process(tmp_path: Path) -> None:
    assert len(RECIPE.splitlines()) <= 20
    dice = random.Random(19)
    names = [f"{dice.choice(FIRST)} {dice.choice(LAST)}{dice.choice(('', '', 's', ' Jr.'))}" for _ in range(NAMES)]
    (tmp_path / "names.txt").write_text("".join(f"{name}\n" for name in names), encoding="utf-8")
    environment = {**os.environ, "PYSPARK_SUBMIT_ARGS": "--master local-cluster[2,1,1024] pyspark-shell"}
    environment["PYSPARK_PYTHON"] = sys.executable
    done = subprocess.run(
        [sys.executable, "-c", RECIPE], cwd=tmp_path, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr[-2000:]
    parts = [part.read_text("utf-8") for part in sorted((tmp_path / "screened").glob("part-*.csv"))]
    shared = sorted((row[0], row[1], row[2], float(row[3])) for part in parts for row in csv.reader(part.splitlines()))
    alone = sorted((row.asked, row.outcome, row.id or "", row.score) for row in load().screen(names))
    assert shared == alone
