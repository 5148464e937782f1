"""The whole corpus in the forms that other tools take: what `xjfacts export` writes.

Each form is a function of the corpus alone and the same bytes every run.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from msgspec import structs

from xjfacts.answers import compose
from xjfacts.answers.records import Answer, FactAnswer, Query
from xjfacts.corpus.index import Corpus
from xjfacts.exports.database import to_sqlite
from xjfacts.exports.ftm import to_ftm
from xjfacts.exports.graph import to_dot
from xjfacts.exports.postgres import to_postgres
from xjfacts.forms.tabular import to_csv


def dump(corpus: Corpus, form: str, **more: Any) -> bytes:
    """Return what `stream` yields."""
    return b"".join(stream(corpus, form, **more))


def stream(corpus: Corpus, form: str, **more: Any) -> Iterator[bytes]:
    """Yield the corpus in one of the `FORMS`, in parts. Raises UnwritableAnswer where a form cannot be made.

    What `more` is said of a form (of CSV: `per` fact or citation, and `bom`; of DOT: `is_whole`) is not for the others.
    """
    made = FORMS[form](corpus, **more)
    if isinstance(made, str | bytes):
        yield made if isinstance(made, bytes) else made.encode()
    else:
        yield from made


def to_rows(corpus: Corpus, **more: Any) -> str:
    """Return CSV with a row per fact or citation; a fact has only its own citations here, and stands for no other."""
    facts = tuple(_alone(compose.fact_answer(corpus, key)) for key in corpus.facts)
    stamp = compose.stamp_of(corpus)
    return to_csv(Answer(data=stamp, query=Query(command="export"), count=len(facts), results=facts), **more)


def _alone(fact: FactAnswer) -> FactAnswer:
    return structs.replace(fact, citations=tuple(cited for cited in fact.citations if cited.fact == fact.id))


FORMS: dict[str, Callable[..., str | bytes | Iterator[bytes]]] = {
    "ftm": to_ftm,
    "csv": to_rows,
    "sqlite": to_sqlite,
    "dot": to_dot,
    "postgres": to_postgres,
}
