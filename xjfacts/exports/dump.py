"""The whole corpus in the forms that other tools take: what `xjfacts export` writes.

Each form is a function of the corpus alone and the same bytes every run. It is made as it is written: what it takes in
memory does not grow with the corpus, but for the graph.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from xjfacts.answers import compose
from xjfacts.corpus.index import Corpus
from xjfacts.exports.database import to_sqlite
from xjfacts.exports.ftm import to_ftm
from xjfacts.exports.graph import to_dot
from xjfacts.exports.postgres import to_postgres
from xjfacts.forms.tabular import CSV_COLUMNS, csv_parts

CHUNK = 1 << 16  # bytes, at least: what is handed on at once


def dump(corpus: Corpus, form: str, **more: Any) -> bytes:
    """Return what `stream` yields."""
    return b"".join(stream(corpus, form, **more))


def stream(corpus: Corpus, form: str, **more: Any) -> Iterator[bytes]:
    """Yield the corpus in one of the `FORMS`, in parts. Raises UnwritableAnswer where a form cannot be made.

    What `more` is said of a form (of CSV: `per` fact or citation, and `bom`; of DOT: `is_whole`) is not for the others.
    """
    made = FORMS[form](corpus, **more)
    waiting: list[bytes] = []
    size = 0
    for part in (made,) if isinstance(made, str) else made:
        waiting.append(part.encode() if isinstance(part, str) else part)
        size += len(waiting[-1])
        if size >= CHUNK:
            yield b"".join(waiting)
            waiting, size = [], 0
    yield b"".join(waiting)


def to_rows(corpus: Corpus, **more: Any) -> Iterator[str]:
    """Yield CSV with a row per fact or citation; a fact has only its own citations here, and stands for no other."""
    facts = (compose.fact_answer(corpus, key, is_alone=True) for key in corpus.facts)
    return csv_parts(facts, CSV_COLUMNS, **more)


FORMS: dict[str, Callable[..., str | Iterator[str] | Iterator[bytes]]] = {
    "ftm": to_ftm,
    "csv": to_rows,
    "sqlite": to_sqlite,
    "dot": to_dot,
    "postgres": to_postgres,
}
