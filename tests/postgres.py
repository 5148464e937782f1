"""A PostgreSQL server of the tests' own: a cluster in a temporary folder, on a port of the loopback that is free."""

from __future__ import annotations

import ctypes
import os
import pwd
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from signal import SIGINT, SIGQUIT
from tempfile import TemporaryDirectory

from xjfacts.files import is_server

USER = "curator"
PASSWORD = "correct horse"
PROGRAMS = ("initdb", "postgres", "psql")


def find_programs() -> dict[str, str] | None:
    """Return the paths of the programs; Debian has those of the server outside the PATH. None where one is missing."""
    folders = sorted(map(str, Path("/usr/lib/postgresql").glob("*/bin")), reverse=True)
    path = os.pathsep.join((*folders, os.environ.get("PATH", "")))
    found = {name: where for name in PROGRAMS if (where := shutil.which(name, path=path))}
    return found if len(found) == len(PROGRAMS) else None


def _end_with_us() -> None:
    """Have Linux stop the server when the tests are killed, so that none is left behind (prctl(2))."""
    with suppress(OSError, AttributeError):
        ctypes.CDLL(None).prctl(1, SIGQUIT)


class Server:
    """A server that runs until `stop`, on what its folder holds of an earlier one.

    PostgreSQL refuses to run as root, who lends it to the user `postgres`.
    """

    def __init__(self, folder: Path, programs: dict[str, str]) -> None:
        self._programs = programs
        self.folder = folder
        self._as: dict[str, int] = {}
        if os.geteuid() == 0:
            owner = pwd.getpwnam("postgres")
            self._as = {"user": owner.pw_uid, "group": owner.pw_gid}
            os.chown(folder, owner.pw_uid, owner.pw_gid)
        if not (folder / "data").exists():
            password = folder / "password"
            password.write_text(PASSWORD)
            password.chmod(0o644)
            self._do("initdb", "-D", folder / "data", "-U", USER, "-A", "scram-sha-256", "--pwfile", password, "-N",
                     "--locale=C.UTF-8", "-E", "UTF8")  # fmt: skip
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = int(free.getsockname()[1])
        self.start()

    def _do(self, program: str, *arguments: object) -> None:
        command = [self._programs[program], *map(str, arguments)]
        done = subprocess.run(command, check=False, capture_output=True, text=True, cwd=self.folder, **self._as)
        assert done.returncode == 0, done.stderr

    def start(self) -> None:
        settings = {"port": self.port, "listen_addresses": "127.0.0.1", "unix_socket_directories": "", "fsync": "off",
                    "max_connections": 90, "shared_buffers": "64MB"}  # fmt: skip
        options = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
        log = (self.folder / "log").open("ab")
        command = [self._programs["postgres"], "-D", self.folder / "data", *options]
        self._process = subprocess.Popen(
            command,
            stdout=log,
            stderr=log,
            cwd=self.folder,
            preexec_fn=_end_with_us,  # noqa: PLW1509, the tests have no threads that matter to it
            **self._as,
        )
        log.close()
        for _ in range(600):
            if self._process.poll() is not None or self.psql("select 1", check=False).returncode == 0:
                break
            time.sleep(0.05)
        assert self._process.poll() is None, (self.folder / "log").read_text()

    def stop(self, how: int = SIGINT) -> None:
        """Stop it and every process of its: a fast shutdown, which ends sessions, or at once with SIGQUIT."""
        with suppress(ProcessLookupError):
            self._process.send_signal(how)
        try:
            self._process.wait(10)
        except subprocess.TimeoutExpired:
            self._process.send_signal(SIGQUIT)
            self._process.wait(10)

    def address(self, database: str = "postgres", *, password: str = "", more: str = "") -> str:
        whose = f"{USER}:{password}" if password else USER
        address = f"postgresql://{whose}@127.0.0.1:{self.port}/{database}{more}"
        assert is_server(address)
        return address

    def psql(
        self, script: str | bytes, database: str = "postgres", *, check: bool = True
    ) -> subprocess.CompletedProcess[bytes]:
        """Run a script of psql."""
        stream = script.encode() if isinstance(script, str) else script
        command = [self._programs["psql"], "-X", "-q", "-A", "-t", self.address(database)]
        environment = {"PATH": os.environ["PATH"], "PGPASSWORD": PASSWORD, "PGCONNECT_TIMEOUT": "10"}
        done = subprocess.run(command, check=False, input=stream, capture_output=True, env=environment)
        assert done.returncode == 0 or not check, done.stderr.decode()
        return done

    def new_database(self, name: str, stream: bytes = b"") -> str:
        """Make a database, put a stream into it, and return its address."""
        self.psql(f"create database {name}")
        self.psql(stream, name)
        return self.address(name)


@contextmanager
def running(programs: dict[str, str]) -> Iterator[Server]:
    """Start a server and stop it. Its folder is none of pytest's, which other users may not enter."""
    with TemporaryDirectory(prefix="xjfacts-") as name:
        folder = Path(name)
        folder.chmod(0o711)
        server = Server(folder, programs)
        try:
            yield server
        finally:
            server.stop(SIGQUIT)
