"""Completion in bash, zsh and fish: a script for each, and what it is told when somebody presses TAB.

The script hands the words typed so far, as they were typed, to `xjfacts` with `_XJFACTS_COMPLETE` set to the name of
the shell, and reads one line for each possibility. Unlike click's own scripts these know names with spaces, quotes and
apostrophes: in bash we quote what is inserted, by the quotation mark that was opened if there is one; zsh and fish
quote by themselves when they are handed the bare word.

Because a name is also found by a later word ("tun" for "Erkin Tuniyaz"), what is offered need not begin with what was
typed. A shell that inserts what all possibilities have in common would then delete it; so bash is told nothing until
it asks for the list, and zsh to go through them one by one. A failure offers nothing: nobody wants a message there.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

import click
from click.shell_completion import ShellComplete

from xjfacts.errors import XjfactsError
from xjfacts.text import visible

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

    Item = CompletionItem[str]

PROGRAM = "xjfacts"
VARIABLE = "_XJFACTS_COMPLETE"

# What $COMP_TYPE says in bash when possibilities are only listed (the second TAB), and when they are inserted one by
# one or all at once (menu-complete, insert-completions). On anything else bash inserts what they have in common.
_LISTED = "63"
_ONE_BY_ONE = ("37", "42")

_BASH = r"""
# Completion of %(prog_name)s for bash: source <(%(prog_name)s completion bash)

%(complete_func)s() {
    local line files=
    COMPREPLY=()
    while IFS= read -r line; do
        case $line in
            :file) files=default ;;
            :dir) files=dirnames ;;
            :*) ;;
            =*) COMPREPLY+=("${line:1}") ;;
        esac
    done < <(%(complete_var)s=bash COMP_TYPE=${COMP_TYPE-} "${COMP_WORDS[0]/#~\//$HOME/}" \
        "${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null)
    if [[ $files && ${#COMPREPLY[@]} -eq 0 ]] && type compopt &>/dev/null; then
        compopt -o "$files" 2>/dev/null
    fi
}

complete -o nosort -F %(complete_func)s %(prog_name)s 2>/dev/null || complete -F %(complete_func)s %(prog_name)s
"""

_ZSH = r"""
#compdef %(prog_name)s
# Completion of %(prog_name)s for zsh: source <(%(prog_name)s completion zsh), after compinit;
# or put it into a folder of $fpath, in a file called _%(prog_name)s.

%(complete_func)s() {
    local line typed value program=${(Q)words[1]}
    local -a lines items values
    typed=$PREFIX
    [[ -n $compstate[quote] ]] || typed=${(Q)typed}
    lines=("${(@f)$(
        %(complete_var)s=zsh ${program/#\~\//$HOME/} "${(@Q)words[2,CURRENT-1]}" "$typed" 2>/dev/null
    )}")
    for line in $lines; do
        case $line in
            :file) _files ;;
            :dir) _files -/ ;;
            :menu) compstate[insert]=menu compstate[list]='list force' ;;
            '='*)
                value=${${line#=}%%%%$'\t'*}
                value=${value//(#m)[\\:]/\\$MATCH}
                values+=("$value")
                items+=("$value${${line#*$'\t'}:+:${line#*$'\t'}}")
                ;;
        esac
    done
    (( $#values )) && _describe -V %(prog_name)s items values -U
}

if [[ $zsh_eval_context[-1] == loadautofunc ]]; then
    %(complete_func)s "$@"
else
    compdef %(complete_func)s %(prog_name)s
fi
"""

_FISH = r"""
# Completion of %(prog_name)s for fish: %(prog_name)s completion fish | source
# or put it into ~/.config/fish/completions/%(prog_name)s.fish

function %(complete_func)s
    set -l words (commandline -opc)
    set -l typed (commandline -ct)
    set -lx %(complete_var)s fish
    for line in ($words[1] $words[2..-1] "$typed" 2>/dev/null)
        switch $line
            case ':file'
                __fish_complete_path "$typed"
            case ':dir'
                __fish_complete_directories "$typed"
            case '=*'
                string sub -s 2 -- $line
        end
    end
end

complete --command %(prog_name)s --no-files --arguments '(%(complete_func)s)'
"""


class Typed(NamedTuple):
    """What stands before the cursor: complete words, the option whose value is typed after a `=`, and the begun word.

    `quote` is the quotation mark that is still open in the word, and `start` where in the word it was opened.
    """

    args: tuple[str, ...]
    option: str
    word: str
    quote: str = ""
    start: int = 0


class Shell(NamedTuple):
    """One shell: its script, how it hands over what was typed, and how it wants what is offered."""

    script: str
    read: Callable[[Sequence[str]], Typed]
    write: Callable[[Typed, Sequence[Item], str], Iterator[str]]


def script(shell: str) -> str:
    """Return the script that sets completion up in a shell.

    The function has the name of the file that zsh loads it from: it takes the place of that file's own, which zsh would
    else run anew each time.
    """
    names = {"complete_func": "_xjfacts", "complete_var": VARIABLE, "prog_name": PROGRAM}
    return (SHELLS[shell].script % names).lstrip("\n")


def complete(group: click.Group, shell: str, words: Sequence[str], *, occasion: str = "") -> str:
    """Return the lines that tell a shell's script what the last of the words can become; none where anything is wrong.

    `:file`, `:dir` and `:menu` are directions; every other line is `=`, the value and, in zsh and fish, a tab and what
    it is. `occasion` is bash's `COMP_TYPE`.
    """
    if shell not in SHELLS or not words:
        return ""
    typed = SHELLS[shell].read(words)
    try:
        items = ShellComplete(group, {}, PROGRAM, VARIABLE).get_completions(list(typed.args), typed.option + typed.word)
    except (click.ClickException, XjfactsError):
        return ""
    directions = {f":{item.type}" for item in items if item.type in ("file", "dir")}
    plain = [item for item in items if item.type == "plain" and visible(item.value) == item.value]
    return "".join(f"{line}\n" for line in (*sorted(directions), *SHELLS[shell].write(typed, plain, occasion)))


def _loses_what_was_typed(typed: Typed, items: Sequence[Item]) -> bool:
    begun = typed.word.casefold()
    return len(items) > 1 and not all(item.value.casefold().startswith(begun) for item in items)


# bash ----------------------------------------------------------------------------------------------------------------


def _read_bash(words: Sequence[str]) -> Typed:
    """Read `COMP_WORDS`: quoted as typed, and `--by=US` in three."""
    joined: list[str] = []
    for word in words:
        if joined and joined[-1].startswith("--") and (word == "=" or joined[-1].endswith("=")):
            joined[-1] += word
        else:
            joined.append(word)
    return _typed([_unquoted(word)[0] for word in joined[:-1]], *_unquoted(joined[-1]))


def _write_bash(typed: Typed, items: Sequence[Item], occasion: str) -> Iterator[str]:
    if occasion == _LISTED:
        yield from (f"={item.value}" for item in items)
    elif occasion in ("", *_ONE_BY_ONE) or not _loses_what_was_typed(typed, items):
        yield from (f"={_quoted(item.value, typed)}" for item in items)


def _quoted(value: str, typed: Typed) -> str:
    """Return a value as bash is to insert it: without what stands before an open quotation mark, and quoted for it."""
    if not typed.quote:
        return re.sub(r"""([ !"#$&'()*:;<=>?@\[\\\]^`{|}~])""", r"\\\1", value)
    rest = value[typed.start :]
    return rest.replace("'", r"'\''") if typed.quote == "'" else re.sub(r'(["$\\`])', r"\\\1", rest)


def _unquoted(raw: str) -> tuple[str, str, int]:
    """Return a word of a shell without its quotation; the quotation mark still open, and where in the word it is."""
    text, quote, start = "", "", 0
    signs = iter(raw)
    for sign in signs:
        if sign == quote:
            quote, start = "", 0
        elif sign in "'\"" and not quote:
            quote, start = sign, len(text)
        elif sign == "\\" and quote != "'":
            escaped = next(signs, "")
            text += escaped if not quote or escaped in '"$\\`' else sign + escaped
        else:
            text += sign
    return text, quote, start


def _typed(args: Sequence[str], word: str, quote: str = "", start: int = 0) -> Typed:
    option = re.match("--[^=]+=", word)
    if option is None:
        return Typed(tuple(args), "", word, quote, start)
    return Typed(tuple(args), option[0], word[option.end() :], quote, max(0, start - option.end()))


# zsh and fish --------------------------------------------------------------------------------------------------------


def _read_zsh(words: Sequence[str]) -> Typed:
    return _typed(words[:-1], words[-1])


def _write_zsh(typed: Typed, items: Sequence[Item], _: str) -> Iterator[str]:
    if _loses_what_was_typed(typed, items):
        yield ":menu"
    yield from _described(typed, items)


def _read_fish(words: Sequence[str]) -> Typed:
    return _typed(words[:-1], *_unquoted(words[-1]))


def _write_fish(typed: Typed, items: Sequence[Item], _: str) -> Iterator[str]:
    yield from _described(typed, items)


def _described(typed: Typed, items: Sequence[Item]) -> Iterator[str]:
    """Yield whole words, each with a tab and what it is; the shell quotes them."""
    for item in items:
        yield f"={typed.option}{item.value}\t{visible(item.help or '')}"


SHELLS = {
    "bash": Shell(_BASH, _read_bash, _write_bash),
    "zsh": Shell(_ZSH, _read_zsh, _write_zsh),
    "fish": Shell(_FISH, _read_fish, _write_fish),
}
