"""xjfacts: questions of fact about the diplomacy around human rights in Xinjiang, every answer with its citation.

from xjfacts import load

for sanction in load().sanctions(by="US"):
    print(sanction.target[0].name, sanction.citations[0].link)
"""

from __future__ import annotations

TYPE_CHECKING = False  # without importing `typing`: an interrupt can be silent only from __main__ on
if TYPE_CHECKING:
    from xjfacts.answers.questions import Facts

__all__ = ["__version__", "load"]
__version__ = "0.2.0"


def load(*folders: str) -> Facts:
    """Return the facts of the folders (or single files), ready to be asked; the shipped ones where none is named.

    The word `shipped` among the folders stands for the facts that come with the tool. Raises
    `xjfacts.errors.UnreadableFacts`, whose `problems` lists every reason, where a fact file is not in order.
    """
    from xjfacts.answers.questions import Facts
    from xjfacts.corpus.loader import load_corpus

    return Facts(load_corpus(folders))
