"""Small files that are made to cost much: how long each command takes over them, and how much memory.

    python tests/benchmarks/bombs.py [BOMB...]

Each bomb is a folder of less than 4 MB that stays within every bound of a fact file and goes as far as these let it. A
command may refuse a bomb (exit status 4), as long as it does so in time. What takes longer than PATIENCE seconds or more
than 4 GB is ended. Exit status 1 where one takes more than is wanted.
"""

from __future__ import annotations

import os
import resource
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory

from timing import XJFACTS

WANTED = 3.0, 300.0  # seconds of processor time, and MB
PATIENCE = 10
MOST_MEMORY = 4 << 30
BUDGET = 3_900_000  # bytes of all files of a bomb
ANSWERED, REFUSED = (0, 1, 3), 4

_DOCUMENT = """\
[document]
title = "T {number}"
publisher = "P"
published = "2024-05-02"
dated-by = "printed"
url = "https://p.example/{number}"
type = "article-newspaper"
origin = "O {number}"
sha256 = "0000000000000000000000000000000000000000000000000000000000000000"
body = [[1, 9]]
paragraphs = 9
words = 300

"""
_SAID = 'gist="G in 2024."\ncite=[{p=1,quote="it was so"}]\n'

Files = dict[str, str]


def _paper(tables: Iterator[str], *, files: int = 4, budget: int = BUDGET, first: str = "") -> Files:
    """Return tables, as many as fit, in turn in so many files."""
    texts = [[_DOCUMENT.format(number=number)] for number in range(files)]
    texts[0].append(first)
    left = budget - sum(len("".join(text).encode()) for text in texts)
    for number, table in enumerate(tables):
        left -= len(table.encode())
        if left < 0:
            break
        texts[number % files].append(table)
    return {f"d{number}.toml": "".join(text) for number, text in enumerate(texts)}


def _people(number: int) -> str:
    return "".join(f'[person.p{one}]\nname="P {one}"\n' for one in range(number))


def _ids(*numbers: int, letter: str = "p") -> str:
    return "[" + ",".join(f'"{letter}{one}"' for one in numbers) + "]"


# Each bomb; what is asked of all of them is asked of the person `p0`.


def marks() -> Files:
    """Names and gists full of marks out of order, which take a square of steps to be put in order."""
    run = ("\u0301\u0323" * 15) + "e"
    tables = (
        f'[person.m{one}]\nname="e{(run * 7)[:248]}"\n[claim.c{one}]\ngist="{(run * 60)[:1990]}"\n'
        f'cite=[{{p=1,quote="it was so"}}]\nsubjects="p0"\n'
        for one in count()
    )
    return _paper(tables, first=_people(1))


def wide() -> Files:
    """Sanctions of a hundred powers on a hundred people each, all pairs of them different."""
    people = 5_000
    tables = (
        f'[sanction.s{one}]\n{_SAID}status="imposed"\ndate="2024"\n'
        f"by={_ids(*((one * 7 + step) % people for step in range(100)))}\n"
        f"target={_ids(*((one * 13 + step * 31) % people for step in range(99)), 0)}\n"
        for one in count()
    )
    return _paper(tables, first=_people(people))


def pair() -> Files:
    """One pair, imposed and lifted ten thousand times."""
    words = ("imposed", "lifted", "not-imposed", "considered")
    tables = (
        f'[sanction.s{one}]\n{_SAID}status="{words[one % 4]}"\nas-of="2024"\nby="p1"\ntarget="p0"\n' for one in count()
    )
    return _paper(tables, first=_people(2))


def chain() -> Files:
    """Facts each of which states the same as the one before, in another document."""
    tables = (
        f'[claim.c{one}]\n{_SAID}subjects="p0"\n' + (f'corroborates="d{(one - 1) % 4}/c{one - 1}"\n' if one else "")
        for one in count()
    )
    return _paper(tables, first=_people(1))


def chains() -> Files:
    """The same in chains of a hundred, which nobody would call too long."""
    tables = (
        f'[claim.c{one}]\n{_SAID}subjects="p0"\n'
        + (f'corroborates="d{(one - 1) % 4}/c{one - 1}"\n' if one % 100 else "")
        for one in count()
    )
    return _paper(tables, first=_people(1))


def rebuts() -> Files:
    """Statements each of which rebuts a hundred others, and is rebutted by as many."""
    number = 1_700
    tables = (
        f'[statement.s{one}]\n{_SAID}speaker="p0"\nact="denies"\n'
        f"rebuts={_ids(*((one + step) % number for step in range(1, 101)), letter='s')}\n"
        for one in range(number)
    )
    return _paper(tables, first=_people(1), files=1)


def crowd() -> Files:
    """Statements that all rebut the same one."""
    tables = (
        f'[statement.s{one}]\n{_SAID}speaker="p0"\n'
        + ('act="denies"\nrebuts="d0/s0"\n' if one else 'act="alleges"\nabout="t0"\n')
        for one in count()
    )
    return _paper(tables, first=_people(1) + '[topic.t0]\nname="T"\n')


def answers() -> Files:
    """Allegations and denials, all of one topic."""
    tables = (
        f'[statement.s{one}]\n{_SAID}speaker="p{one % 2}"\nact="{("alleges", "denies")[one % 2]}"\nabout=["t0","p0"]\n'
        for one in count()
    )
    return _paper(tables, first=_people(2) + '[topic.t0]\nname="T"\n')


def identities() -> Files:
    """Very many descriptions of one person, hardly two of which agree."""
    tables = (f'[identity.i{one}]\n{_SAID}of="p0"\nas-of="2024"\nborn="{1000 + one % 1000}"\n' for one in count())
    return _paper(tables, first=_people(1))


def parts() -> Files:
    """Bodies each of which is part of the one before."""
    tables = (
        f'[organisation.o{one}]\nname="O {one}"\n' + (f'part-of="o{one - 1}"\n' if one else "") for one in count()
    )
    return _paper(tables, first=_people(1) + f'[claim.c]\n{_SAID}subjects=["p0","o0","o1"]\n')


def nested() -> Files:
    """The same, with a sanction by each of them."""
    tables = (
        f'[organisation.o{one}]\nname="O {one}"\n'
        + (f'part-of="o{one - 1}"\n' if one else "")
        + f'[sanction.s{one}]\n{_SAID}by="o{one}"\ntarget="p0"\nstatus="imposed"\ndate="2024"\n'
        for one in count()
    )
    return _paper(tables, first=_people(1))


def namesakes() -> Files:
    """Very many people of the same names."""
    tables = (f'[person.n{one}]\nname="Anna Bo"\nnames=["Anna","P 0"]\n' for one in count())
    return _paper(tables, first=_people(1) + f'[claim.c]\n{_SAID}subjects=["p0","n0","n1"]\n')


def aliases() -> Files:
    """People with a hundred names each, all of them nearly the same."""
    tables = (
        f'[person.n{one}]\nname="Annabel {one}"\nnames=['
        + ",".join(f'"Annabell{chr(97 + step % 26)} Bor{chr(97 + step // 26)}nski {one}"' for step in range(99))
        + "]\n"
        for one in count()
    )
    return _paper(tables, first=_people(1) + f'[claim.c]\n{_SAID}subjects=["p0","n0","n1"]\n')


def hidden() -> Files:
    """More than a million characters that are shown as escapes."""
    gist, quote = "\u200b\u202e" * 995, "\u2066" * 1000
    tables = (f'[claim.c{one}]\ngist="{gist}."\ncite=[{{p=1,quote="{quote}"}}]\nsubjects="p0"\n' for one in count())
    return _paper(tables, first=_people(1))


def quotes() -> Files:
    """Facts with a hundred quotes of a hundred fragments each."""
    quote = "{p=1,quote=[" + ",".join(['"a b"'] * 100) + "]}"
    tables = (
        f'[claim.c{one}]\ngist="G in 2024."\ncite=[{",".join([quote] * 100)}]\nsubjects="p0"\n' for one in count()
    )
    return _paper(tables, first=_people(1))


def tooltips() -> Files:
    """Very many facts with long gists that all draw one line."""
    long = "long " * 390
    tables = (
        f'[sanction.s{one}]\ngist="{one} {long}."\ncite=[{{p=1,quote="it was so"}}]\nby="p1"\ntarget="p0"\n'
        'status="imposed"\ndate="2024"\n'
        for one in count()
    )
    return _paper(tables, first=_people(2))


def dangling() -> Files:
    """Very many references to what there is not."""
    tables = (
        f'[claim.c{one}]\n{_SAID}subjects=["x{one}"]\nabout=["y{one}"]\ncorroborates=["z/z{one}"]\n' for one in count()
    )
    return _paper(tables, first=_people(1))


def unknown() -> Files:
    """Very many keys that no table has."""
    tables = (f'[claim.c{one}]\ngisst="G"\nsubjectts="p0"\nacording-to="p0"\n' for one in count())
    return _paper(tables, first=_people(1))


def spans() -> Files:
    """Very many meetings whose dates overlap."""
    tables = (
        f'[event.e{one}]\n{_SAID}type="meeting"\noutcome="held"\nparticipants=["p0","p1","p2"]\n'
        f'date="{1000 + one % 900}/{2000 + one % 900}"\n'
        for one in count()
    )
    return _paper(tables, first=_people(3))


BOMBS: Mapping[str, Callable[[], Files]] = {
    bomb.__name__: bomb
    for bomb in (
        marks, wide, pair, chain, chains, rebuts, crowd, answers, identities, parts, nested, namesakes, aliases,
        hidden, quotes, tooltips, dangling, unknown, spans,
    )
}  # fmt: skip
ASKED: Mapping[str, tuple[str, ...]] = {
    "check": ("check", "{}"),
    "who": ("--facts", "{}", "--no-cache", "who", "p0"),
    "kept": ("--facts", "{}", "who", "P 0", "--json"),
    "fuzzy": ("--facts", "{}", "--no-cache", "who", "Annabela Borxnski"),
    "coloured show": ("--facts", "{}", "--no-cache", "--color", "always", "show", "p0", "d0"),
    "sanctions": ("--facts", "{}", "--no-cache", "sanctions", "--on", "p0", "--json"),
    "search": ("--facts", "{}", "--no-cache", "search", "2024"),
    "csv": ("--facts", "{}", "--no-cache", "export", "csv"),
    "dot": ("--facts", "{}", "--no-cache", "export", "dot", "--all"),
    "ftm": ("--facts", "{}", "--no-cache", "export", "ftm"),
}


def main(names: list[str]) -> int:
    worst, worst_memory = 0.0, 0.0
    print(f"| bomb | {' | '.join(ASKED)} |\n|{'---|' * (len(ASKED) + 1)}", flush=True)
    for name in names or BOMBS:
        with TemporaryDirectory() as scratch:
            facts = Path(scratch) / "facts"
            facts.mkdir()
            for file, text in BOMBS[name]().items():
                (facts / file).write_text(text, encoding="utf-8")
            cells = []
            for words in ASKED.values():
                seconds, megabytes, note = measure([word.format(facts) for word in words], scratch)
                worst, worst_memory = max(worst, seconds), max(worst_memory, megabytes)
                cells.append(f"{seconds:.1f} s {megabytes:.0f} MB{note}")
            print(f"| {name} | {' | '.join(cells)} |", flush=True)
    if not names:
        seconds, megabytes, note = measure(["--facts", "/", "--no-cache", "who", "p0"], "/tmp")
        print(f"\n`--facts /`: {seconds:.1f} s {megabytes:.0f} MB{note}.")
        worst, worst_memory = max(worst, seconds), max(worst_memory, megabytes)
    print(f"\nThe worst: {worst:.1f} s, {worst_memory:.0f} MB.")
    return int(worst > WANTED[0] or worst_memory > WANTED[1])


def measure(words: list[str], cache: str) -> tuple[float, float, str]:
    """Return processor seconds, MB, and what was unusual: a refusal, another end, an answer of many megabytes."""
    out = Path(cache) / "out"
    with out.open("wb") as written:
        process = subprocess.Popen(
            [XJFACTS, *words],
            stdout=written,
            stderr=subprocess.DEVNULL,
            env={**os.environ, "XDG_CACHE_HOME": cache},
            preexec_fn=_bounded,  # noqa: PLW1509, there is one thread
        )
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = code = os.waitstatus_to_exitcode(status)
    size = out.stat().st_size / 1e6
    out.unlink()
    note = "" if code in ANSWERED else " refused" if code == REFUSED else f" **ended, {code}**"
    return (
        usage.ru_utime + usage.ru_stime,
        usage.ru_maxrss / 1024,
        note + (f", writes {size:.0f} MB" if size > 20 else ""),
    )


def _bounded() -> None:
    resource.setrlimit(resource.RLIMIT_CPU, (PATIENCE, PATIENCE))
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    resource.setrlimit(resource.RLIMIT_FSIZE, (1 << 31, 1 << 31))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
