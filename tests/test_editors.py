"""What a curator sees in an editor: the schema through a TOML language server, by its standard input and output."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from threading import Timer
from typing import Any, NamedTuple

import pytest
from conftest import ROOT

from xjfacts.corpus.values import EVENT_TYPES, OUTCOMES, STATUSES

HEAD = """\
#:schema facts.schema.json

[document]
title = "A title"
"""


class Server:
    """The least of a client of the Language Server Protocol: one document, opened anew for every question."""

    def __init__(self, process: subprocess.Popen[bytes], folder: Path) -> None:
        self._process = process
        self._folder = folder
        self._last = 0
        self.request("initialize", processId=None, rootUri=folder.as_uri(), capabilities={})
        self._send(method="initialized", params={})

    def open(self, text: str) -> dict[str, str]:
        """Open a document with the text, wait until the server has read it, and return what refers to it."""
        self._last += 1
        path = self._folder / f"document-{self._last}.toml"
        path.write_text(text, encoding="utf-8")
        document = {"uri": path.as_uri(), "languageId": "toml", "version": 1, "text": text}
        self._send(method="textDocument/didOpen", params={"textDocument": document})
        told: Any = {}
        while told.get("method") != "textDocument/publishDiagnostics" or told["params"]["uri"] != path.as_uri():
            told = self._receive_and_serve()
        return {"uri": path.as_uri()}

    def request(self, method: str, **params: Any) -> Any:
        """Return the result of a request; what the server says or asks meanwhile is passed over."""
        self._last += 1
        self._send(id=self._last, method=method, params=params)
        while True:
            told = self._receive_and_serve()
            if "method" not in told and told["id"] == self._last:
                return told["result"]

    def _receive_and_serve(self) -> Any:
        """Return the next message; a request of the server is answered with nothing."""
        told = self._receive()
        if "method" in told and "id" in told:
            self._send(id=told["id"], result=None)
        return told

    def _send(self, **message: Any) -> None:
        assert self._process.stdin is not None
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        self._process.stdin.write(b"Content-Length: %d\r\n\r\n" % len(body) + body)
        self._process.stdin.flush()

    def _receive(self) -> Any:
        assert self._process.stdout is not None
        size = 0
        while line := self._process.stdout.readline().strip():
            name, _, value = line.partition(b":")
            size = int(value) if name.lower() == b"content-length" else size
        assert size, "the language server has ended"
        return json.loads(self._process.stdout.read(size))


@pytest.fixture(scope="module")
def tombi() -> str:
    path = shutil.which("tombi", path=str(Path(sys.executable).parent)) or shutil.which("tombi")
    if path is None:
        pytest.skip("tombi is not installed")
    return path


@pytest.fixture(scope="module")
def server(tombi: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Return a language server that is kept from the network, with the schema beside its documents."""
    folder = tmp_path_factory.mktemp("editor")
    shutil.copy(ROOT / "facts" / "facts.schema.json", folder)
    with subprocess.Popen(
        [tombi, "lsp", "--offline", "--no-cache"],
        cwd=folder, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
    ) as process:  # fmt: skip
        watch = Timer(60, process.kill)  # a server that falls silent fails its tests, instead of holding up all
        watch.start()
        yield Server(process, folder)
        watch.cancel()
        process.kill()


class Offered(NamedTuple):
    words: list[str]
    explained: str


def complete(server: Server, text: str) -> Offered:
    """Return what is offered where the text has a `|`, and what is said of it."""
    before, _, after = (HEAD + text).partition("|")
    document = server.open(before + after)
    place = {"line": before.count("\n"), "character": len(before) - before.rfind("\n") - 1}
    items = server.request("textDocument/completion", textDocument=document, position=place)
    items = items if isinstance(items, list) else items["items"]
    said = "\n".join(str(item.get("documentation") or item.get("detail")) for item in items)
    return Offered([item["label"].strip('"') for item in items], said)


@pytest.mark.parametrize(
    ("table", "key", "words"),
    [("sanction", "status", STATUSES), ("event", "type", EVENT_TYPES), ("event", "outcome", OUTCOMES)],
)
def test_the_words_of_a_closed_list_are_offered_with_what_the_model_says_of_them(
    server: Server, table: str, key: str, words: tuple[str, ...]
) -> None:
    offered = complete(server, f'[{table}.a]\n{key} = "|"\n')
    assert set(words) <= set(offered.words)
    for word in words:
        assert f"`{word}`" in offered.explained


def test_keys_are_offered_with_their_descriptions(server: Server) -> None:
    offered = complete(server, "[sanction.a]\n|\n")
    assert {"by", "target", "status", "as-of", "called-for-by", "cite", "gist"} <= set(offered.words)
    assert "Who imposes it, or would." in offered.explained


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ('[sanction.a]\nstatus = "impsed"\n', "impsed"),
        ("[sanction.a]\nyera = 2021\n", "yera"),
        ('[sanction.a]\ngist = "G"\n', '"cite" is required'),
        ("[sanktion.a]\n", "sanktion"),
        ('[event.a]\ndate = "last April"\n', "last April"),
    ],
)
def test_what_is_wrong_is_underlined_while_it_is_written(server: Server, text: str, complaint: str) -> None:
    document = server.open(HEAD + text)
    told = server.request("textDocument/diagnostic", textDocument=document)
    assert complaint in " ".join(item["message"] for item in told["items"])


def test_the_shipped_files_have_no_red_line(tombi: str) -> None:
    told = subprocess.run(
        [tombi, "lint", "--offline", "--no-cache", "facts"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert told.returncode == 0, told.stdout + told.stderr
