"""An interrupt is silent and 130, whenever it comes: while Python imports our modules as well as later."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time

from conftest import ROOT, SMALL

RUNS = int(os.environ.get("INTERRUPTS", "40"))
LAST = 0.25  # seconds into the run

# Until our handler stands, Python itself answers an interrupt, with a traceback; this announces the moment.
PROGRAM = """
import signal, sys
sys.argv[0], stand = "xjfacts", signal.signal
def announced(*handler):
    stand(*handler)
    sys.stdout.write(".")
    sys.stdout.flush()
signal.signal = announced
from xjfacts.__main__ import main
main()
"""


def test_an_interrupt_at_any_moment_of_the_run_is_silent() -> None:
    for run in range(RUNS):
        process = subprocess.Popen(
            [sys.executable, "-c", PROGRAM, "--facts", SMALL, "--no-cache", "who", "Anna Trentino"],
            cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        )  # fmt: skip
        assert process.stdout is not None
        assert process.stdout.read(1) == b"."
        time.sleep(LAST * run / RUNS)
        process.send_signal(signal.SIGINT)
        _, said = process.communicate()
        assert (process.returncode, said) in ((130, b""), (0, b"")), f"{run}: {said.decode()}"


def test_an_interrupt_that_python_drops_comes_again() -> None:
    """It may fall into a callback of Python's own, such as one for what an import leaves behind."""
    program = """
import os, signal, sys
sys.argv[0] = "xjfacts"
import xjfacts.__main__ as program
class Left:
    def __del__(self):
        os.kill(os.getpid(), signal.SIGINT)
        for _ in range(99): pass
def run(_):
    Left()
    for _ in range(10 ** 9): pass
import xjfacts.cli.process
xjfacts.cli.process.run = run
program.main()
"""
    told = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, check=False, timeout=60)
    assert (told.returncode, told.stdout, told.stderr) == (130, b"", b"")


def test_where_interrupts_are_ignored_they_stay_so() -> None:
    told = subprocess.run(
        ["sh", "-c", f"trap '' INT; {sys.executable} -m xjfacts --facts {SMALL} who Trentino & pid=$!; kill -INT $pid; wait $pid"],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert told.returncode == 0
    assert told.stdout.startswith("Anna Trentino (person)\n")


def test_an_interrupt_that_python_wraps_is_silent_too() -> None:
    """It does so while a class is being made."""
    program = """
import sys
sys.argv[0] = "xjfacts"
import xjfacts.cli.process as process
import xjfacts.__main__ as program
class Made:
    def __set_name__(self, *_):
        raise KeyboardInterrupt
def run(_):
    type("Class", (), {"made": Made()})
process.run = run
program.main()
"""
    told = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, check=False)
    assert (told.returncode, told.stderr) == (130, b"")
