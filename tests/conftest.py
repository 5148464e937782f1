"""What the tests share: the facts, the small corpus, the texts where they are at hand, and a command line to ask."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from importlib.util import find_spec
from pathlib import Path
from typing import Any, NamedTuple

import click
import postgres
import pytest

from xjfacts import load
from xjfacts.answers.questions import Facts
from xjfacts.cli.group import cli
from xjfacts.cli.process import run
from xjfacts.corpus import ahead
from xjfacts.corpus import server as keeper
from xjfacts.corpus.convert import Made
from xjfacts.exports.postgres import to_postgres

NOT_TWICE = {"check", "open", "--facts"}  # what no server can be asked, what does something, and other facts

ROOT = Path(__file__).resolve().parent.parent
SMALL = str(ROOT / "tests" / "small")
REGISTER = str(ROOT / "tests" / "register")  # a list as powers publish it, to be read together with SMALL
LATER = str(ROOT / "tests" / "later")  # a report that contradicts both
TEXTS = ROOT.parent / "shared" / "documents"
NAMES = ROOT.parent / "shared" / "names"


class Told(NamedTuple):
    """What a command said, and how it ended."""

    status: int
    out: str
    err: str


def all_commands() -> dict[str, click.Command]:
    """Return every command by its name, in the order of the help."""
    ctx = click.Context(cli)
    return {name: command for name in cli.list_commands(ctx) if (command := cli.get_command(ctx, name))}


def ids(answer: Iterable[Any]) -> list[str]:
    """Return the ids of the results of an answer, in their order."""
    return [result.id for result in answer]


def read_terminal(ours: int) -> str:
    """Return all that is sent to a terminal until nobody has its other end any more, and close this one."""
    shown = bytearray()
    with suppress(OSError):  # how Linux reports that the other end was closed
        while chunk := os.read(ours, 1 << 16):
            shown += chunk
    os.close(ours)
    return shown.decode().replace("\r\n", "\n")


@pytest.fixture(autouse=True)
def plain_environment(monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> None:
    """No test depends on the user's settings, and none writes into the user's cache."""
    for name in [name for name in os.environ if name.startswith("XJFACTS_")]:
        monkeypatch.delenv(name)
    for name in ("NO_COLOR", "FORCE_COLOR", "COLUMNS", "LINES", "PAGER"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.getbasetemp() / "cache"))
    monkeypatch.setenv("PGPASSWORD", postgres.PASSWORD)


@pytest.fixture
def ask(capfd: pytest.CaptureFixture[str]) -> Callable[..., Told]:
    """Run a command of xjfacts in this process."""

    def asked(*arguments: str) -> Told:
        status = run(list(arguments))
        out, err = capfd.readouterr()
        return Told(status, out, err)

    return asked


@pytest.fixture(scope="session")
def postgres_programs() -> dict[str, str]:
    found = postgres.find_programs()
    if found is None:
        pytest.skip("there is no PostgreSQL here (Debian: postgresql)")
    pytest.importorskip("psycopg")
    return found


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory, postgres_programs: dict[str, str]) -> Iterator[postgres.Server]:
    """A PostgreSQL server for all tests; each makes a database of its own."""
    patch = pytest.MonkeyPatch()
    patch.setattr(keeper, "IDLE", 5)  # one process asks hundreds of questions, and leaves their sessions to the garbage
    with postgres.running(postgres_programs) as started:
        yield started
    patch.undo()


@pytest.fixture(scope="session")
def on_server(server: postgres.Server) -> str:
    """Return the address at which the small corpus can be asked; the password is in the environment of each test."""
    return server.new_database("small", exported(SMALL))


def exported(*folders: str) -> bytes:
    """Return the stream for psql of some facts."""
    return b"".join(to_postgres(load(*folders).corpus))


@pytest.fixture
def small(ask: Callable[..., Told], request: pytest.FixtureRequest) -> Callable[..., Told]:
    """Run a command on the small corpus; and again on a server, where there is one, which has to say the very same."""
    address = request.getfixturevalue("on_server") if postgres.find_programs() and find_spec("psycopg") else None

    def asked(*arguments: str) -> Told:
        told = ask("--facts", SMALL, *arguments)
        is_the_same_twice = "\x1b]8;id=" not in told.out  # rich numbers links by chance
        if address is not None and is_the_same_twice and not NOT_TWICE.intersection(arguments):
            assert ask("--facts", address, *arguments) == told, "the server says something else"
        return told

    return asked


@pytest.fixture(scope="session")
def facts() -> Facts:
    """Return the small corpus, to be asked from Python."""
    return load(SMALL)


@pytest.fixture
def two_readers(monkeypatch: pytest.MonkeyPatch) -> list[Made | None]:
    """Let two other processes read, however few the files; holds what they made of them."""
    seen: list[Made | None] = []
    read = ahead.Ahead.read

    def seeing(self: ahead.Ahead, *asked: Any) -> Iterator[Made | None]:
        for made in read(self, *asked):
            seen.append(made)
            yield made

    monkeypatch.setattr(ahead, "FEWEST", 1)
    monkeypatch.setattr(ahead, "_cores", lambda: 2)
    monkeypatch.setattr(ahead.Ahead, "read", seeing)
    return seen


@pytest.fixture
def killed_readers(two_readers: list[Made | None], monkeypatch: pytest.MonkeyPatch) -> list[Made | None]:
    """Do the same, and kill both when the second file is asked for."""
    read = ahead.Ahead.read

    def killing(self: ahead.Ahead, *asked: Any) -> Iterator[Made | None]:
        for number, made in enumerate(read(self, *asked)):
            if number == 1:
                for process, _ in self._processes:
                    process.kill()
            yield made

    monkeypatch.setattr(ahead.Ahead, "read", killing)
    return two_readers


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """Return a real browser, started once for all tests."""
    from browser import started

    with started() as one:
        yield one


@pytest.fixture(scope="session")
def texts() -> Path:
    """Return the folder of the source texts, which belong to their publishers and are not part of the project."""
    if not TEXTS.is_dir():
        pytest.skip("the texts of the source documents are not here")
    return TEXTS


@pytest.fixture(scope="session")
def public_names() -> Path:
    """Return the folder of the public name-matching data, which is not part of the project either."""
    if not NAMES.is_dir():
        pytest.skip("the public data on names is not here")
    return NAMES
