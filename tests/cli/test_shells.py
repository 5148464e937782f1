"""Completion in the shells themselves: what TAB leaves on the line is what xjfacts is then asked, letter for letter."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from conftest import Told

from xjfacts.cli.group import SECTIONS
from xjfacts.cli.shells import SHELLS, VARIABLE

HARD = """
[person.hard]
name = 'Zoë $HOME "Q" O’Hara & `Sons` \\ (1)'

[person.apostrophe]
name = "Brian O'Brien: rm *"

[person.han]
name = "Zhang Ming"
names = ["張明"]
"""

START = {
    "bash": (["--norc", "--noprofile"], "source <(xjfacts completion bash)"),
    "zsh": (["-f"], "bindkey -e; autoload -U compinit; compinit -u -D; source <(xjfacts completion zsh)"),
    "zsh, by fpath": (
        ["-f"],
        "bindkey -e; xjfacts completion zsh > $HOME/_xjfacts; fpath=($HOME $fpath); autoload -U compinit; compinit -u -D",
    ),
    "fish": (["--no-config"], "xjfacts completion fish | source"),
}
PATH = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
HARD_NAME = 'Zoë $HOME "Q" O’Hara & `Sons` \\ (1)'


def found(shell: str) -> str:
    path = shutil.which(shell)
    if path is None:
        pytest.skip(f"{shell} is not installed")
    return path


@pytest.fixture(scope="module")
def hard(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Return a fact file with names that a shell could take for something else."""
    path = tmp_path_factory.mktemp("hard") / "names.toml"
    path.write_text(HARD, encoding="utf-8")
    return str(path)


@pytest.fixture(scope="module", params=START)
def press_tab(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Callable[..., list[str]]]:
    """Return a function that types a line into a running shell, presses TAB, and returns the words that are run."""
    pexpect = pytest.importorskip("pexpect", reason="pexpect is not installed")
    options, setup = START[request.param]
    environment: Any = {
        **os.environ,
        "PATH": PATH,
        "TERM": "dumb",
        "LC_ALL": "C.UTF-8",
        "HISTFILE": "/dev/null",
        "HOME": str(tmp_path_factory.mktemp("home")),
    }
    shell = pexpect.spawn(
        found(request.param.partition(",")[0]),
        options,
        env=environment,
        encoding="utf-8",
        timeout=60,
        dimensions=(50, 400),
    )
    shell.sendline(f"{setup}; echo rea''dy")
    shell.expect("[\r\n]ready")

    def typed(line: str) -> list[str]:
        """Put printf in front of the completed line, so that the shell says which words it takes it for."""
        shell.send(f"{line}\t\x01printf '<%s>' begin \x05 end\r")
        shell.expect("<begin>((?:<.*?>)*)<end>")
        return list(shell.match[1][1:-1].split("><"))

    yield typed
    shell.close(force=True)


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("xjfacts wh", ["xjfacts", "who"]),
        ("xjfacts sanctions --stat", ["xjfacts", "sanctions", "--status"]),
        ("xjfacts sanctions --status cons", ["xjfacts", "sanctions", "--status", "considered"]),
        ("xjfacts events --type di", ["xjfacts", "events", "--type", "dialogue"]),
        ("xjfacts events --outcome st", ["xjfacts", "events", "--outcome", "stalled"]),
        ("xjfacts said --act we", ["xjfacts", "said", "--act", "welcomes"]),
        ("xjfacts who --format=m", ["xjfacts", "who", "--format=markdown"]),
        ("xjfacts cite x --style bib", ["xjfacts", "cite", "x", "--style", "biblatex"]),
        ("xjfacts who erk", ["xjfacts", "who", "Erkin Tuniyaz"]),
        ('xjfacts who "erk', ["xjfacts", "who", "Erkin Tuniyaz"]),
        ("xjfacts who 'erkin tu", ["xjfacts", "who", "Erkin Tuniyaz"]),
        ("xjfacts who Erkin\\ tu", ["xjfacts", "who", "Erkin Tuniyaz"]),
        ("xjfacts who erkin tu", ["xjfacts", "who", "erkin", "Tuniyaz"]),
        ("xjfacts who 張", ["xjfacts", "who", "張明"]),
        ("xjfacts who tuniyaz’s", ["xjfacts", "who", "Tuniyaz’s visit to Europe in February 2023"]),
        ("xjfacts sanctions --by euro", ["xjfacts", "sanctions", "--by", "European Union"]),
        ("xjfacts sanctions --by=euro", ["xjfacts", "sanctions", "--by=European Union"]),
        ('xjfacts sanctions --by="euro', ["xjfacts", "sanctions", "--by=European Union"]),
        ("xjfacts show scmp-2023-02/us-", ["xjfacts", "show", "scmp-2023-02/us-sanctioned-tuniyaz"]),
        ("xjfacts cite guardian-2023-02-08/us-sanc", ["xjfacts", "cite", "guardian-2023-02-08/us-sanctioned-tuniyaz"]),
        ("xjfacts show erkin-", ["xjfacts", "show", "erkin-tuniyaz"]),
        ("xjfacts sources guard", ["xjfacts", "sources", "guardian-2023-02-08"]),
        ("xjfacts who zzzz", ["xjfacts", "who", "zzzz"]),
    ],
)
def test_tab_completes_commands_options_words_names_and_ids(
    press_tab: Callable[..., list[str]], typed: str, words: list[str]
) -> None:
    assert press_tab(typed) == words


@pytest.mark.parametrize("quote", ["", '"', "'"])
@pytest.mark.parametrize(("typed", "name"), [("zo", HARD_NAME), ("brian", "Brian O'Brien: rm *")])
def test_a_name_is_inserted_as_it_is_whatever_a_shell_could_take_it_for(
    press_tab: Callable[..., list[str]], hard: str, quote: str, typed: str, name: str
) -> None:
    assert press_tab(f"xjfacts --facts {hard} who {quote}{typed}") == ["xjfacts", "--facts", hard, "who", name]


def test_bash_calls_the_registered_function_with_words_alone() -> None:
    script = """
        source <(xjfacts completion bash)
        complete -p xjfacts
        for last in 'Erk' '"Erk' "'Erk"; do
            COMP_WORDS=(xjfacts who "$last") COMP_CWORD=2
            _xjfacts
            printf '%s\\n' "${COMPREPLY[@]}"
        done
    """
    told = subprocess.run(
        [found("bash"), "-c", script], env={**os.environ, "PATH": PATH}, capture_output=True, text=True, check=True
    )
    assert told.stdout.splitlines() == [
        "complete -o nosort -F _xjfacts xjfacts",
        "Erkin\\ Tuniyaz",
        "Erkin Tuniyaz",
        "Erkin Tuniyaz",
    ]
    assert told.stderr == ""


def test_fish_shows_what_each_name_is() -> None:
    line = "xjfacts completion fish | source; complete -C 'xjfacts who Erk'"
    told = subprocess.run(
        [found("fish"), "--no-config", "-c", line],
        env={**os.environ, "PATH": PATH, "LC_ALL": "C.UTF-8"}, capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert told.stdout == "Erkin Tuniyaz\tgovernor, Xinjiang, as of 2023-02-08\n"


# What a shell asks, without the shell


@pytest.fixture
def offered(ask: Callable[..., Told], monkeypatch: pytest.MonkeyPatch) -> Callable[..., list[str]]:
    """Ask as the script of a shell does, and return the lines it is told."""

    def asked(shell: str, *words: str, occasion: str = "") -> list[str]:
        monkeypatch.setenv(VARIABLE, shell)
        monkeypatch.setenv("COMP_TYPE", occasion)
        told = ask(*words)
        assert (told.status, told.err) == (0, "")
        return told.out.splitlines()

    return asked


def test_bash_is_told_nothing_that_would_delete_what_was_typed_until_it_asks_for_the_list(
    offered: Callable[..., list[str]],
) -> None:
    several = ["=Human Rights Watch", "=UN Human Rights Office", "=UN human rights panel"]
    assert offered("bash", "who", "human", occasion="9") == []
    assert set(several) <= set(offered("bash", "who", "human", occasion="63"))
    assert "=Human\\ Rights\\ Watch" in offered("bash", "who", "human", occasion="37")
    assert offered("zsh", "who", "human")[0] == ":menu"


@pytest.mark.parametrize("shell", SHELLS)
@pytest.mark.parametrize(
    "words",
    [
        ["--facts", "/nowhere", "who", "erk"],
        ["nothing", "of", "the", "kind"],
        ["sanctions", "--bye", ""],
        ["sanctions", "--since", ""],
        ["who", "\x00\ud800"],
        ["who", "x" * 10_000],
        [],
    ],
)
def test_where_there_is_nothing_to_offer_there_is_no_message_either(
    offered: Callable[..., list[str]], shell: str, words: list[str]
) -> None:
    assert offered(shell, *words) == []


@pytest.mark.parametrize(
    ("words", "direction"),
    [
        (["check", ""], ":file"),
        (["--facts", ""], ":file"),
        (["check", "--texts", ""], ":dir"),
        (["new", ""], ":file"),
        (["export", "csv", "--output", ""], ":file"),
    ],
)
def test_paths_are_left_to_the_shell(offered: Callable[..., list[str]], words: list[str], direction: str) -> None:
    for shell in SHELLS:
        assert offered(shell, *words)[0] == direction


def test_commands_are_offered_in_the_order_of_the_help_with_their_lines(offered: Callable[..., list[str]]) -> None:
    lines = offered("fish", "")
    assert [line[1:].partition("\t")[0] for line in lines] == [name for names in SECTIONS.values() for name in names]
    assert not [line for line in lines if line.endswith("...") or "\t" not in line]


def test_no_line_of_a_fact_file_can_forge_a_line_of_the_answer(
    offered: Callable[..., list[str]], tmp_path: Path
) -> None:
    (tmp_path / "names.toml").write_text(
        '[person.a]\nname = "A\\n:file"\n[person.b]\nname = "A\\tb"\n', encoding="utf-8"
    )
    for shell in SHELLS:
        assert offered(shell, "--facts", str(tmp_path), "who", "a") == []
