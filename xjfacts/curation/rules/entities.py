"""Rules about entities and the names that they are found by."""

from __future__ import annotations

import re
from collections.abc import Iterator

from xjfacts.corpus.index import reachable
from xjfacts.curation.original import is_printed
from xjfacts.curation.rules.subject import Finding, Spelling, Subject, at
from xjfacts.names import folding


def check_unused(subject: Subject) -> Iterator[Finding]:
    """Every entity and topic, or a part of it, occurs in a fact."""
    corpus = subject.corpus
    spoken_of = {one for fact in corpus.facts.values() for one in fact.entities}
    used = reachable(spoken_of, lambda part: corpus.entities[part].part_of)
    for entity in corpus.entities:
        if entity not in used:
            yield at(subject.sources[entity], f"no fact speaks of '{entity}'")


def check_shared_name(subject: Subject) -> Iterator[Finding]:
    """No two entities share a name, however it is written, unless it is `weak` for all of them but one."""
    by_key: dict[str, list[Spelling]] = {}
    for spelling in subject.spellings:
        if spelling.within[0] != "weak":
            by_key.setdefault(folding.key(spelling.text), []).append(spelling)
    by_key.pop("", None)
    for first, *more in by_key.values():
        second = next((one for one in more if one.entity != first.entity), None)
        if second is not None:
            for spelling in (first, *more):
                other = second if spelling.entity == first.entity else first
                text = f"'{spelling.text}' is a name of '{other.entity}' too ({other.source.place})"
                yield at(spelling.source, f"{text}; make one of them weak", *spelling.within)


def check_repeated_name(subject: Subject) -> Iterator[Finding]:
    """An entity has each name once."""
    seen: set[tuple[str, str]] = set()
    for spelling in subject.spellings:
        if (spelling.entity, spelling.text) in seen:
            yield at(spelling.source, f"'{spelling.text}' is a name of '{spelling.entity}' already", *spelling.within)
        seen.add((spelling.entity, spelling.text))


def check_unfindable_name(subject: Subject) -> Iterator[Finding]:
    """A name has a letter or a digit, without which nobody can ask for it."""
    for spelling in subject.spellings:
        if not any(map(str.isalnum, spelling.text)):
            yield at(spelling.source, f"'{spelling.text}' has no letter and no digit", *spelling.within)


def check_unprinted_name(subject: Subject) -> Iterator[Finding]:
    """Each of an entity's `names` stands in a document, in whole words and letter for letter. (With texts.)"""
    if not subject.originals:
        return
    for spelling in (one for one in subject.spellings if one.within[0] == "names"):
        documents = {subject.corpus.facts[fact].document for fact in subject.corpus.roles_of(spelling.entity)}
        is_decided = documents <= subject.originals.keys()
        if is_decided and not any(is_printed(spelling.text, one.printed) for one in subject.originals.values()):
            text = f"no document prints '{spelling.text}'; a spelling that is for look-up only belongs in 'search'"
            yield at(spelling.source, text, *spelling.within)


def check_country_code(subject: Subject) -> Iterator[Finding]:
    """The code of a country is two capital letters, as in ISO 3166-1, and no other country's."""
    known: dict[str, str] = {}
    for entity in subject.corpus.entities.values():
        if entity.kind != "country" or entity.code is None:
            continue
        source = next(one for one in subject.tables_of(entity.id) if "code" in one.table)
        if re.fullmatch("[A-Z]{2}", entity.code) is None:
            yield at(source, f"'{entity.code}' is not two capital letters, as ISO 3166-1 has them", "code")
        elif known.setdefault(entity.code, entity.id) != entity.id:
            yield at(source, f"'{entity.code}' is the code of '{known[entity.code]}' too", "code")
