"""Rules about the words that turn a sentence into its opposite, in the languages that they know.

    clause_before("Mr Trentino has not been ", "sanctioned by Freedonia")       'Mr Trentino has not been '
    find_turning(clause)                                                        'not'

A quote that stops short of a "not" says the opposite of its document, letter for letter. Which words do that is known
for English alone; of a document in another language these rules say nothing, and the check says so.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from xjfacts.corpus.model import Sanction, Statement
from xjfacts.curation.rules.subject import Finding, Subject, at

# English words by which a sentence says that something is not so, or somebody that it is not.
_NEGATION = re.compile(
    r"\b(not|no(?!\.\s?\d)|nor|never|none|nobody|nothing|neither|without|cannot|den(y|ies|ied|ying|ials?)|refus\w+"
    r"|reject\w*|oppos(e|es|ed|ing)|resist\w*|declin\w+|rebut\w*|refut\w+|dismiss\w*|exclud\w+|groundless|baseless"
    r"|false|untrue|li(es|ed)|fabricat\w+|rumou?rs?|smear\w*|yet to|ruled? out)\b|n['’]t\b",
    re.IGNORECASE,
)

# The shorter list of those that turn the words of their clause into the opposite, and the phrases in which they do not.
_PLAIN = r"\b(?:not|no|nor|never|none|nobody|nothing|neither|cannot)\b|n['’]t\b"
_TURNING = (
    rf"{_PLAIN}|\b(?:without|den(?:y|ies|ied|ying)|refus(?:e|es|ed|ing)|declin(?:e|es|ed|ing)|reject(?:s|ed|ing)?"
    r"|failed to|fails to|yet to|rul(?:e|es|ed|ing) out|instead of|rather than|stopped short of|falsely)\b"
)
_TURNING_BEFORE = re.compile(_TURNING, re.IGNORECASE)
_TURNING_AFTER = re.compile(rf"{_PLAIN}|\b(?:(?:is|are|was|were) (?:false|untrue|denied|ruled out))\b", re.IGNORECASE)
_HARMLESS = re.compile(
    r"\bno\.\s?\d|\b(?:rights?|freedoms?) not to\b|\bnot (?:only|just|merely|least|to mention)\b"
    r"|\bno (?:fewer|less|later|sooner|more|other) than\b|\bno doubt\b|\bnothing but\b|\bwhether or not\b",
    re.IGNORECASE,
)

LONGEST_CLAUSE = 1_000  # characters, beyond which no clause is looked for

# Where a clause ends: at a mark (a comma too), or before a word that begins another with its own verb.
_SHORT_ASIDE = re.compile(r",[^,.;:!?—–]{1,40},")
_OTHER_CLAUSE = (
    r"but|while|whereas|although|though|because|since|which|who|whom|whose|where|when|after|before|until|unless|given"
    r"|despite|amid|and (?:is|are|was|were|has|have|had|would|will|should|he|she|it|they|that|the|said|says|added|adds"
    r"|told|calls?|called|urged|warned|announced|accused|described)"
)
_CLAUSE_END = re.compile(rf"[.;:!?—–,|](?=\s|[”’\"')]|$)|\b(?:{_OTHER_CLAUSE})\b", re.IGNORECASE)

_SANCTIONING = re.compile(
    r"\b(?:(?:sanction|impos|list|designat|blacklist|fr[eo]ez)\w*|ban(?:s|ned|ning)?|blocked)\b", re.IGNORECASE
)


def check_negation(subject: Subject) -> Iterator[Finding]:
    """A quote of a not-imposed or denies holds a negation, the clause of an imposed that sanctions none. (English.)"""
    for fact, source in subject.facts:
        if not subject.knows_negations_of(fact.document):
            continue
        word = fact.status if isinstance(fact, Sanction) else fact.act if isinstance(fact, Statement) else ""
        if word not in {"not-imposed", "denies", "imposed"}:
            continue
        quotes = [cite.text for cite in fact.cite]
        if word != "imposed":
            if not any(map(_NEGATION.search, quotes)):
                yield at(source, f"'{word}', but no quote holds a negation", "cite")
        else:
            is_clause = any(map(_SANCTIONING.search, quotes))
            for index, quote in enumerate(quotes):
                if _is_turned(quote) if is_clause else find_turning(without_harmless(quote)):
                    yield at(source, "'imposed', but the quote holds a negation", "cite", index)


def _is_turned(quote: str) -> bool:
    """Tell whether a word that sanctions has a negation before it in its clause."""
    quote = without_harmless(quote)
    starts = [verb.start() for verb in _SANCTIONING.finditer(quote)]
    return any(find_turning(clause_before(quote[:start], quote[start:])) for start in starts)


def check_negation_cut(subject: Subject) -> Iterator[Finding]:
    """A quote does not stop short of a "not": its clause has no negation outside it. (English, with texts.)"""
    for proof in subject.proofs:
        original, spans = subject.originals.get(proof.fact.document), subject.spans_of(proof)
        if original and spans and subject.knows_negations_of(proof.fact.document):
            first = max(0, spans[0][0] - LONGEST_CLAUSE)
            around = original.paragraph(proof.cite.p)[first : spans[-1][1] + LONGEST_CLAUSE]
            around, start, end = without_harmless(around), spans[0][0] - first, spans[-1][1] - first
            before = find_turning(clause_before(around[:start], around[start:]))
            after = find_turning(clause_after(around[end:], around[start:end]), behind=True)
            if before or after:
                place = "before" if before else "behind"
                yield proof.finding(f"the quote stops short of '{before or after}', which its clause has {place} it")


def find_turning(clause: str, *, behind: bool = False) -> str:
    """Return the word that turns a clause into its opposite, or nothing; `behind` what is said of its matter."""
    match = (_TURNING_AFTER if behind else _TURNING_BEFORE).search(clause)
    return match[0] if match else ""


def without_harmless(text: str) -> str:
    """Return a text of the same length in which the phrases are blotted out whose negation turns nothing."""
    return _HARMLESS.sub(lambda match: "_" * len(match[0]), text)


def clause_before(text: str, following: str) -> str:
    """Return the end of a text that belongs to the clause which goes on with `following`."""
    text = _SHORT_ASIDE.sub(" ", text.rpartition("\n")[2])
    if _begins_another(text, following):
        return ""
    starts = [match.end() for match in _CLAUSE_END.finditer(text + " ".join(following.split()[:2]))]
    return text[max((start for start in starts if start <= len(text)), default=0) :]


def _begins_another(text: str, following: str) -> bool:
    """Tell whether a clause of its own begins where a text ends: "... not there, and | called it a lie".

    What stands behind an "and" does so unless it has the form of the word before: "not been detained and sanctioned".
    """
    words = following.split()[:2]
    joint = re.search(r"([^\W_]+)\W+and\s+$", text, re.IGNORECASE)
    if joint and words:
        return joint[1][-2:] != words[0][-2:] or joint[1][-2:] not in {"ed", "ng"}
    return bool(re.match(rf"(?:{_OTHER_CLAUSE})\b", " ".join(words), re.IGNORECASE))


def clause_after(text: str, preceding: str) -> str:
    """Return the beginning of a text that belongs to the clause which `preceding` has begun."""
    if re.search(r"[.;:!?—–|][”’\"')]*\s*$", preceding[-20:]):
        return ""
    match = _CLAUSE_END.search(text)
    return text[: match.start()] if match else text
