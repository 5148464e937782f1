"""xjfacts: questions of fact about the diplomacy around human rights in Xinjiang, every answer with its citation.

from xjfacts import load

for sanction in load().sanctions(by="US"):
    print(sanction.target[0].name, sanction.citations[0].link)
"""

from __future__ import annotations

TYPE_CHECKING = False  # without importing `typing`: an interrupt can be silent only from __main__ on
if TYPE_CHECKING:
    from types import ModuleType

    from xjfacts import errors
    from xjfacts.answers.questions import Facts
    from xjfacts.errors import AmbiguousName, NotFound, UnreadableFacts, UnwritableAnswer, UsageError, XjfactsError

__all__ = [
    "AmbiguousName", "NotFound", "UnreadableFacts", "UnwritableAnswer", "UsageError", "XjfactsError", "__version__",
    "errors", "load",
]  # fmt: skip
__version__ = "0.2.0"


def __getattr__(name: str) -> ModuleType | type[XjfactsError]:
    """Return the errors, or one of them, when it is first asked for."""
    if name not in __all__:
        raise AttributeError(f"module 'xjfacts' has no attribute '{name}'")
    from importlib import import_module

    module = import_module("xjfacts.errors")
    return module if name == "errors" else getattr(module, name)


def load(*folders: str) -> Facts:
    """Return the facts of the folders (or single files), ready to be asked; the shipped ones where none is named.

    What begins with `postgresql://` is no folder but the address of a server to which `xjfacts export postgres` brought
    facts. The word `shipped` among the folders stands for the facts that come with the tool. Raises
    `xjfacts.errors.UnreadableFacts`, whose `problems` lists every reason, where a fact file is not in order.
    """
    from xjfacts.answers.questions import Facts
    from xjfacts.files import is_server

    if len(folders) == 1 and is_server(folders[0]):
        from xjfacts.corpus import server

        return Facts(server.load(folders[0]))
    from xjfacts.corpus.loader import load_corpus

    return Facts(load_corpus(folders))
