"""Rules about facts as they stand to each other: what corroborates, disputes, lifts, and what should."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from xjfacts.corpus.index import Corpus
from xjfacts.corpus.model import Fact, Identity, Sanction
from xjfacts.corpus.wording import Source
from xjfacts.curation.rules.subject import Finding, Subject, at

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
        printed = documents[fact.document].published.possible
        for relation in ("disputes", "rebuts"):
            for index, key in enumerate(getattr(fact, relation)):
                other = documents[subject.corpus.facts[key].document].published
                if printed[1] < other.possible[0]:
                    text = f"'{relation}' names '{key}', printed later ({other}): what is older answers nothing"
                    yield at(source, text, relation, index)


# Sanctions and identities --------------------------------------------------------------------------------------------


def check_lifts(subject: Subject) -> Iterator[Finding]:
    """`lifts` names imposed sanctions of the pair, and a lifting of a pair with several imposings has it."""
    corpus = subject.corpus
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
            imposed = {
                corpus.standing_together(key)
                for target in fact.target
                for key in corpus.roles_of(target)
                if _is_lifted_by(corpus, corpus.facts[key], fact)
            }
            if len(imposed) > 1:
                shown = ", ".join(f"'{group[0]}'" for group in sorted(imposed))
                yield at(source, f"which of {shown} ends is not said; name it in 'lifts'", "status")


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
        for number, other in enumerate(identities):
            one = next((one for one in identities[:number] if _must_dispute(corpus, one, other)), None)
            if one is not None and other.id in sources:
                text = f"born {other.born} here, but {one.born} in '{one.id}': both cannot be; name it in 'disputes'"
                yield at(sources[other.id], text, "born")


def _must_dispute(corpus: Corpus, one: Identity, other: Identity) -> bool:
    """Tell whether two birth dates have no day in common, and nothing that stands together with them says so."""
    if one.born is None or other.born is None:
        return False
    (first, last), (its_first, its_last) = one.born.possible, other.born.possible
    if first <= its_last and its_first <= last:
        return False
    others = set(corpus.standing_together(other.id))
    return not any(others.intersection(corpus.disputes.get(key, ())) for key in corpus.standing_together(one.id))
