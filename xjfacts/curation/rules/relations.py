"""Rules about facts as they stand to each other: what corroborates, disputes, lifts, and what should."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from functools import cache, partial
from itertools import product

from xjfacts.corpus.index import Corpus
from xjfacts.corpus.model import Fact, Identity, Sanction
from xjfacts.corpus.wording import Source
from xjfacts.curation.rules.subject import Finding, Subject, at

MOST_NAMED = 4  # facts that one message names
MOST_BIRTHS = 200  # of one person that are compared with every one
MOST_PAIRS = 200_000  # of a power and a target

_MUST_AGREE = {
    "sanction": ("status",),
    "event": ("outcome",),
    "figure": ("bound", "value", "low", "high", "open_ended"),
}
_MUST_MEET = {"position": ("holder",), "sanction": ("by", "target"), "statement": ("speaker",), "claim": ("subjects",)}


def check_corroboration(subject: Subject) -> Iterator[Finding]:
    """A fact corroborates one of another document that says the same: kind, status, outcome, bound, number, and who.

    What it corroborates, directly or through others, it does not dispute or rebut.
    """
    for fact, source in subject.facts:
        for index, key in enumerate(fact.corroborates):
            reason = _disagreement(subject.corpus, fact, subject.corpus.facts[key])
            if reason:
                yield at(source, f"'{key}' cannot corroborate this: {reason}", "corroborates", index)
        for relation in ("disputes", "rebuts"):
            for index, key in enumerate(getattr(fact, relation)):
                if key in subject.corpus.standing_together(fact.id):
                    yield at(source, f"'{relation}' names '{key}', which corroborates this", relation, index)


def _disagreement(corpus: Corpus, one: Fact, other: Fact) -> str:
    if one.document == other.document:
        return "it is of the same document"
    if one.kind != other.kind:
        return f"it is in [{other.kind}] and this in [{one.kind}]"
    for field in _MUST_AGREE.get(one.kind, ()):
        mine, its = getattr(one, field), getattr(other, field)
        if mine != its:
            return f"its '{field}' is {its}, and here it is {mine}"
    for role in _MUST_MEET.get(one.kind, ()):
        if not _with_all_parts(corpus, getattr(one, role)) & _with_all_parts(corpus, getattr(other, role)):
            return f"nobody is '{role}' in both"
    return ""


def _with_all_parts(corpus: Corpus, entities: Iterable[str]) -> set[str]:
    return {part for entity in entities for part in corpus.with_parts(entity)}


def check_disputes_older(subject: Subject) -> Iterator[Finding]:
    """What disputes or rebuts stands in a document that is not certainly older than what it is set against."""
    documents = subject.corpus.documents
    for fact, source in subject.facts:
        for relation in ("disputes", "rebuts"):
            for index, key in enumerate(getattr(fact, relation)):
                printed = documents[fact.document].published
                other = documents[subject.corpus.facts[key].document].published
                if printed.possible[1] < other.possible[0]:
                    text = f"'{relation}' names '{key}', printed later ({other}): what is older answers nothing"
                    yield at(source, text, relation, index)


# Sanctions and identities --------------------------------------------------------------------------------------------


def check_lifts(subject: Subject) -> Iterator[Finding]:
    """`lifts` names imposed sanctions of the pair, and a lifting of a pair with several imposings has it."""
    corpus = subject.corpus
    imposed = _imposed(corpus)
    for fact, source in subject.facts:
        if not isinstance(fact, Sanction):
            continue
        if fact.lifts and fact.status != "lifted":
            yield at(source, f"only a lifting has 'lifts', and this is '{fact.status}'", "lifts")
            continue
        for index, key in enumerate(fact.lifts):
            if not _is_lifted_by(corpus, corpus.facts[key], fact):
                text = f"'{key}' is no sanction that {_names(corpus, fact.by)} imposed on {_names(corpus, fact.target)}"
                yield at(source, text, "lifts", index)
        if fact.status == "lifted" and not fact.lifts:
            powers = _with_all_parts(corpus, fact.by)
            pairs = ((target, power) for target in fact.target for power in powers)
            groups = sorted({group for pair in pairs for group in imposed.get(pair, ())})
            if len(groups) > 1:
                shown = [f"'{group[0]}'" for group in groups[:MOST_NAMED]] + ["…"] * (len(groups) > MOST_NAMED)
                yield at(source, f"which of {', '.join(shown)} ends is not said; name it in 'lifts'", "status")


def _imposed(corpus: Corpus) -> dict[tuple[str, str], list[tuple[str, ...]]]:
    """Return, by a target and a power or a part of it, what it imposed: no more than a message names, and one.

    Of files in which very many impose on very many, only the first are looked at.
    """
    found: dict[tuple[str, str], list[tuple[str, ...]]] = {}
    powers_of = cache(partial(_with_all_parts, corpus))
    for fact in corpus.facts.values():
        if isinstance(fact, Sanction) and fact.status == "imposed" and len(found) < MOST_PAIRS:
            together = corpus.standing_together(fact.id)
            for target, power in product(fact.target, powers_of(fact.by)):
                groups = found.setdefault((target, power), [])
                if len(groups) <= MOST_NAMED and together not in groups:
                    groups.append(together)
    return found


def _is_lifted_by(corpus: Corpus, imposed: Fact, lifted: Sanction) -> bool:
    """Tell whether a fact is an imposed sanction on a target of the lifting, by the same power or a part of it."""
    return (
        isinstance(imposed, Sanction)
        and imposed.status == "imposed"
        and not set(imposed.target).isdisjoint(lifted.target)
        and not _with_all_parts(corpus, imposed.by).isdisjoint(_with_all_parts(corpus, lifted.by))
    )


def _names(corpus: Corpus, keys: Iterable[str]) -> str:
    return ", ".join(corpus.entities[key].name for key in keys)


def check_shared_reference(subject: Subject) -> Iterator[Finding]:
    """Within the programme of a power a `reference` is that of one target."""
    known: dict[tuple[object, ...], tuple[Sanction, Source]] = {}
    for fact, source in subject.facts:
        if isinstance(fact, Sanction) and fact.reference is not None:
            entry = (frozenset(fact.by), fact.programme, fact.reference)
            first, its_source = known.setdefault(entry, (fact, source))
            if set(first.target) != set(fact.target):
                names = _names(subject.corpus, first.target)
                text = f"'{fact.reference}' is the entry of {names} already ({its_source.place})"
                yield at(source, text, "reference")


def check_undisputed_birth(subject: Subject) -> Iterator[Finding]:
    """Two identities of one person whose `born` have no day in common dispute each other."""
    corpus, by_person = subject.corpus, dict[str, list[Identity]]()
    for fact in corpus.facts.values():
        if isinstance(fact, Identity) and fact.born is not None:
            for person in fact.of:
                by_person.setdefault(person, []).append(fact)
    sources = {fact.id: source for fact, source in subject.facts}
    for identities in by_person.values():
        identities.sort(key=lambda fact: (corpus.documents[fact.document].published.sort_key, fact.id))
        numbers = {fact.id: number for number, fact in enumerate(identities)}
        against = _births_against(identities)
        for other in identities:
            if other.id in sources and other.born is not None:
                earlier = (one for one in against[other.born.possible] if numbers[one.id] < numbers[other.id])
                one = next((one for one in earlier if not _is_disputed(corpus, one, other)), None)
                if one is not None:
                    text = f"born {other.born} here, but {one.born} in '{one.id}': both cannot be"
                    yield at(sources[other.id], f"{text}; name it in 'disputes'", "born")


def _births_against(identities: Iterable[Identity]) -> dict[tuple[date, date], list[Identity]]:
    """Return, for each birth, descriptions of the same person that cannot be true with it: of each other birth few."""
    alike: dict[tuple[date, date], list[Identity]] = {}
    for fact in identities:
        if fact.born is not None:
            alike.setdefault(fact.born.possible, []).append(fact)
    few = [(days, facts[:MOST_NAMED]) for days, facts in alike.items()][:MOST_BIRTHS]
    return {
        (first, last): [fact for days, facts in few if first > days[1] or days[0] > last for fact in facts]
        for first, last in alike
    }


def _is_disputed(corpus: Corpus, one: Identity, other: Identity) -> bool:
    """Tell whether anything that stands together with two facts says that both cannot be."""
    others = set(corpus.standing_together(other.id))
    return any(others.intersection(corpus.disputes.get(key, ())) for key in corpus.standing_together(one.id))
