"""Nothing gets slower unseen: a count of instructions, which a busy machine does not change, stands for the time."""

from __future__ import annotations

import pytest
from benchmarks import instructions


def test_an_exact_look_up_takes_no_more_than_a_tenth_above_the_instructions_written_down() -> None:
    known = instructions.written().get(instructions.VERSION)
    if known is None:
        pytest.skip(f"no count is written down for Python {instructions.VERSION}")
    try:
        counted = instructions.count()
    except FileNotFoundError:
        pytest.skip("valgrind is not installed")
    assert counted <= known * instructions.TOLERATED, "if that is meant: tests/benchmarks/instructions.py --update"
