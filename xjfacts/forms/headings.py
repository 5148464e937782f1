"""What stands above and below the entries of a page: the question as it was understood, what was left out, the horizon.

Sanctions by United States                                          22 sanctions
...
not shown: 3 considered (--status all)
22 documents, 2018-11 to 2026-05, 445 facts, sha256 93326de90c28, xjfacts 0.2.0
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from xjfacts.answers.records import Answer, EntityAnswer, Evidence, FactAnswer, PairAnswer, Query
from xjfacts.dates import date_words
from xjfacts.forms.words import STATUS_WORDS, evidence_words
from xjfacts.text import counted

_JOINED_BY = {"name": "of", "by": "by", "on": "on", "to": "to", "about": "about", "place": "in"}
_SHORTEST_SUM = 12  # digits of a checksum: enough to tell sets of facts apart, and the line fits 80 columns


# Above ---------------------------------------------------------------------------------------------------------------


def title_words(query: Query) -> str:
    """Say the question: the command, whom it names, and what it asks of them."""
    if query.command == "screen":
        return "Screened list"
    named: dict[str, list[str]] = {}
    for field, asked in query.named():
        word = "by" if query.command == "said" and field == "name" else _JOINED_BY[field]
        named.setdefault(word, []).append(asked.name or asked.asked)
    names = [] if query.command in ("names", "who") else [f"{word} {', '.join(them)}" for word, them in named.items()]
    words = [asked.asked for asked in query.names()] if query.command in ("names", "who") else []
    words += [*(query.words or ()), *(query.ids or ()), *_limits(query)]
    return f"{' '.join([query.command.capitalize(), *names])}{': ' if words else ''}{_listed(query, words)}"


def _listed(query: Query, words: list[str]) -> str:
    return (" " if query.command == "search" else ", ").join(words)


def _limits(query: Query) -> Iterator[str]:
    """Yield what was asked for beside names."""
    for field in ("status", "type", "outcome", "act"):
        yield from getattr(query, field) or ()
    for word, date in (("since", query.since), ("until", query.until), ("known by", query.known_by)):
        if isinstance(date, str):
            yield f"{word} {date_words(date)}"


def aside_words(answer: Answer[Any]) -> str:
    """Return what stands beside the title: what somebody is, or how many results there are."""
    if isinstance(answer.entity, EntityAnswer):
        size = answer.entity.size
        return f"{answer.entity.kind} of {size}" if isinstance(size, int) else answer.entity.kind
    if isinstance(answer.outcomes, dict):
        return counted(sum(answer.outcomes.values()), "row")
    if not answer.count or answer.query.command == "show":
        return ""
    facts = [one for one in answer if isinstance(one, FactAnswer)]
    kinds = {one.kind for one in answer}
    noun = kinds.pop() if len(kinds) == 1 else "fact" if len(facts) == answer.count else "result"
    if answer.query.command == "sources" and facts:
        return counted(len(facts), "fact")
    if isinstance(answer.total, int):
        return f"{answer.count:,} of {counted(answer.total, noun)}"
    return counted(answer.count, noun)


def understood_words(answer: Answer[Any]) -> Iterator[str]:
    """Yield, of each name that was not asked letter for letter and of each old id, what it was taken for."""
    for asked in answer.query.names():
        if asked.how == "fuzzy":
            by = f", by “{asked.matched}”" if asked.matched != asked.name else ""
            remark = f"; {asked.remark}" if asked.remark else ""
            yield f"“{asked.asked}” was taken for {asked.name} ({asked.score:.2f}{by}{remark})"
        elif asked.how == "office":
            yield f"“{asked.asked}” was taken for {asked.name}: {asked.matched}"
        elif asked.id is None:
            yield f"“{asked.asked}” fits several" if asked.how == "ambiguous" else f"“{asked.asked}” is not known here"
    for old, new in answer.query.renamed.items():
        yield f"'{old}' is now '{new}'"


def answer_words(answer: Answer[Any]) -> Iterator[str]:
    """Yield the answer to a pair in a sentence, one for each of several pairs; or that there is no record."""
    days = " within the dates asked for" if answer.query.since or answer.query.until else ""
    if isinstance(answer.outcomes, dict):
        yield ", ".join(f"{count:,} {outcome}" for outcome, count in answer.outcomes.items())
        return
    if isinstance(answer.answers, tuple):
        yield from (f"{pair.by.name} on {pair.on.name}: {_pair_words(pair)}{days}" for pair in answer.answers)
    elif isinstance(answer.answer, str):
        yield _sentence(answer, days)
    elif not answer.count and answer.query.command != "check":
        yield "no record: no document here says so, which is not to say that it is not so"
    for pair in answer.beside or ():
        command = f"sanctions --by {pair.by.id} --on {pair.on.id}"
        yield f"Of a whole or part: {pair.by.name} on {pair.on.name}, {_pair_words(pair)} ({command})"


def _sentence(answer: Answer[Any], days: str) -> str:
    is_contested = any(isinstance(one, FactAnswer) and one.contested_by for one in answer.results)
    contested = " It is contested." if is_contested else ""
    return {
        "imposed": f"Imposed{days}, by the documents below.{contested}",
        "lifted": f"Imposed and lifted{days}, by the documents below.{contested}",
        "not-imposed": f"Not imposed{days}: a document says so, as of the date below.{contested}",
        "no-record": f"No record{days}: no document here says either. That is not to say that there is none.",
    }[str(answer.answer)]


def _pair_words(pair: PairAnswer) -> str:
    word = STATUS_WORDS.get(pair.answer, "no record")
    when = date_words(pair.date) if pair.date else f"as of {date_words(pair.as_of)}" if pair.as_of else ""
    return f"{word} {when}".strip()


# Below ---------------------------------------------------------------------------------------------------------------


def remarks(answer: Answer[Any]) -> Iterator[str]:
    """Yield what was left out, what is nearby, and how marks are to be read."""
    if isinstance(answer.evidence, Evidence):
        yield evidence_words(answer.evidence)
        yield "lists are known here as of their days, and in part: no record and unknown do not mean not sanctioned"
    if isinstance(answer.total, int):
        yield f"the first {answer.count:,} of {answer.total:,} (--limit)"
    if answer.hidden:
        yield not_shown(answer)
    if answer.nearby:
        known = ", ".join(counted(count, kind) for kind, count in answer.nearby.items())
        yield f"known of {' and '.join(str(asked.name) for asked in answer.query.names())}: {known}"
    if answer.see:
        yield f"see {', '.join(answer.see)}"
    if any(isinstance(one, FactAnswer) and not one.certain for one in answer.results):
        yield "(?) may lie outside the dates asked for"
    if isinstance(answer.unread, dict):
        yield from (f"no paragraph of {document}: {reason}" for document, reason in answer.unread.items())
    if isinstance(answer.checked, dict):
        yield f"checked: {', '.join(_checked_words(count, what) for what, count in answer.checked.items())}"
    if isinstance(answer.not_looked_at, dict):
        beyond = [f"{rule} ({', '.join(languages)})" for rule, languages in answer.not_looked_at.items()]
        yield f"not looked at: {', '.join(beyond)}"


def not_shown(answer: Answer[Any]) -> str:
    """Say what fits the question and is left out, and which option shows it."""
    counts = dict(answer.hidden)
    outside = counts.pop("outside-the-dates", 0)
    by_status = ", ".join(f"{count} {status}" for status, count in counts.items() if status in STATUS_WORDS)
    others = ", ".join(counted(count, kind) for kind, count in counts.items() if kind not in STATUS_WORDS)
    parts = (by_status and f"{by_status} (--status all)", others and f"{others} that are no statement",
             outside and f"{outside} outside the dates")  # fmt: skip
    return f"not shown: {'; '.join(part for part in parts if part)}"


def _checked_words(count: int, what: str) -> str:
    """Say how many documents, facts or quotes there were, or of how many quotes something was found: `2 verified`."""
    return counted(count, what.removesuffix("s")) if what.endswith("s") else f"{count:,} {what}"


def horizon_words(answer: Answer[Any], version: str = "", *, is_whole: bool = False) -> str:
    """Say on what the answer stood: how many documents, of which months, how many facts, and their checksum."""
    data = answer.data
    months = tuple(dict.fromkeys(day[:7] for day in (data.earliest, data.latest) if day))
    checksum = data.sha256 if is_whole else data.sha256[:_SHORTEST_SUM]
    parts: Iterable[str] = (
        counted(data.documents, "document"),
        " to ".join(months),
        counted(data.facts, "fact"),
        f"sha256 {checksum}",
        version and f"xjfacts {version}",
    )
    return ", ".join(part for part in parts if part)
