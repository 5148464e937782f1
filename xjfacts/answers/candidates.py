"""What a name may mean, and why: each candidate with its words paired, its score, and what it won or lost by."""

from __future__ import annotations

from xjfacts.answers.compose import context
from xjfacts.answers.listed import CandidateAnswer, WordPair
from xjfacts.corpus.index import Corpus
from xjfacts.names.compare import ACCEPT
from xjfacts.names.lookup import Candidate, Resolution

MOST = 5  # how many are shown: a reader compares a handful


def candidates_for(corpus: Corpus, name: str, found: Resolution) -> list[CandidateAnswer]:
    """Return the candidates for a name that was resolved to what is `found`, best first."""
    return [_candidate(corpus, one, found) for one in corpus.names.candidates(name, limit=MOST)]


def _candidate(corpus: Corpus, one: Candidate, found: Resolution) -> CandidateAnswer:
    entity = corpus.entities[one.entity]
    match = one.match
    is_accepted = found.entity == one.entity
    return CandidateAnswer(
        id=entity.id,
        name=entity.name,
        entity_kind=entity.kind,
        matched=one.matched,
        weak=one.weak,
        score=round(one.score, 2),
        accepted=is_accepted,
        why=_why(one, found, is_accepted=is_accepted),
        context=context(corpus, entity.id),
        pairs=tuple(
            WordPair(asked=pair.asked, name=pair.name, how=pair.how, score=round(pair.score, 2))
            for pair in (match.pairs if match else ())
        ),
        left_over_asked=match.left_over_asked if match else (),
        left_over_name=match.left_over_name if match else (),
    )


def _why(one: Candidate, found: Resolution, *, is_accepted: bool) -> str:
    """Say why a candidate is the answer, or is not."""
    if is_accepted:
        return (
            f"accepted: {found.how}" if found.how != "fuzzy" else f"accepted: at least {ACCEPT:.2f}, and nobody as near"
        )
    if found.how in ("id", "exact"):
        return f"lost to {found.entity}, which is {'the id asked for' if found.how == 'id' else 'equal'}"
    if one.score < ACCEPT:
        return f"below the threshold of {ACCEPT:.2f}"
    return f"lost to {found.entity}, which is nearer" if found.entity else "as near as another: ask for the id"
