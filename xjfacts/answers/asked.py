"""What the user typed, understood: the entity that a name means, and a word of a closed list.

A name is looked for first among those that occur in the role it was given for. What cannot be understood is raised,
with what it was `asked` as and the nearest that there is.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

from msgspec import UNSET, structs

from xjfacts.answers.compose import context
from xjfacts.answers.records import Asked, Guess
from xjfacts.corpus.index import Corpus
from xjfacts.errors import AmbiguousName, NotFound, UsageError, XjfactsError, suggestion
from xjfacts.names.folding import fold
from xjfacts.names.lookup import Candidate, Resolution


def understand(corpus: Corpus, name: str, among: Collection[str] | None = None) -> Asked:
    """Return what a name is taken for, by itself: an entity, or several that fit or come near, or none.

    Those `among` which it is looked for first win over the others. Raises UsageError for a name without a letter or
    digit or too long.
    """
    found = corpus.names.resolve(name, among)
    asked = asked_as(corpus, found)
    if asked.how != "id" and (numbered := _by_number(corpus, found)) is not None:
        return numbered
    if asked.how not in ("id", "exact") and name.strip() in corpus.renamed:
        entity = corpus.renamed[name.strip()]
        if entity in corpus.entities:
            return structs.replace(asked_as(corpus, corpus.names.resolve(entity)), asked=found.asked, matched=entity)
    return asked


def find_entity(
    corpus: Corpus, name: str, among: Collection[str] | None = None, *, suggested: Collection[str] | None = None
) -> Asked:
    """Return the entity that a name means, as `understand` does. Only those `suggested` are offered in its place.

    Raises NotFound where nobody fits, AmbiguousName where several fit equally well, with the nearest candidates in
    `asked`; and UsageError as `understand` does.
    """
    asked = understand(corpus, name, among)
    if asked.id is not None:
        return asked
    if asked.how == "ambiguous":
        raise AmbiguousName(f"'{asked.asked}' fits several: ask for one of these ids", asked=asked)
    from xjfacts.answers.hints import bodies_of, commands_for  # only where nobody fits

    known = tuple(asked.candidates or ()) or bodies_of(corpus, asked.asked)
    near = tuple(one for one in known if suggested is None or one.id in suggested)
    asked = structs.replace(asked, candidates=near)
    guesses = " or ".join(f"'{guess.id}' ({guess.name})" for guess in near)
    meant = f"; did you mean {guesses}?" if guesses else ""
    see = commands_for(corpus, asked.asked)
    more = "".join(f"{' See' if guesses else '; see'} '{command}'" for command in see)
    error = NotFound(f"nobody and nothing here is called '{asked.asked}'{meant}{more}", asked=asked)
    error.see = see
    raise error


def find_holder(corpus: Corpus, name: str) -> Asked:
    """Return the entity that a name means, or the one that held an office of these words, which `matched` tells.

    Raises what `find_entity` does; AmbiguousName, with the dates, also where several held the office.
    """
    missing: XjfactsError | None = None
    try:
        found = find_entity(corpus, name)
        if found.how != "fuzzy":
            return found
    except NotFound as error:
        missing = error
    from xjfacts.answers.hints import holders_of  # only where it is nobody's name, letter for letter

    holders = holders_of(corpus, name)
    if not holders:
        if missing is not None:
            raise missing
        return found
    known = [(key, corpus.entities[key].name, office) for key, office in holders.items()]
    asked = Asked(asked=name.strip(), id=None, name=None, how="ambiguous", score=1.0)
    if len(known) == 1:
        key, whose, office = known[0]
        return structs.replace(asked, id=key, name=whose, how="office", matched=office)
    guesses = tuple(
        Guess(id=key, name=whose, matched=asked.asked, score=1.0, context=office) for key, whose, office in known
    )
    message = f"'{asked.asked}' is an office that several held: ask for one of their ids"
    raise AmbiguousName(message, asked=structs.replace(asked, candidates=guesses))


def _by_number(corpus: Corpus, found: Resolution) -> Asked | None:
    """Return the one entity that a list has under this number, if it is one."""
    if not any(character.isdigit() for character in found.asked):
        return None
    from xjfacts.answers.numbers import entity_of_number  # few names have digits

    key = entity_of_number(corpus, found.asked)
    if key is None:
        return None
    asked = asked_as(corpus, corpus.names.resolve(key))
    return structs.replace(asked, asked=found.asked, how="number", matched=found.asked.strip())


def find_in_role(corpus: Corpus, option: str, name: str | None, kind: str, *roles: str) -> Asked | None:
    """Resolve the name given with an option, if one is, first among those that occur in its role.

    Raises what `find_entity` does, with the option.
    """
    if name is None:
        return None
    try:
        known = corpus.entities_as(kind, *roles)
        return find_entity(corpus, name, known, suggested=known if option == "by" else None)
    except XjfactsError as error:
        error.option = option
        raise


def find_several(corpus: Corpus, option: str, names: Sequence[str], kind: str, role: str) -> tuple[Asked, ...]:
    """Resolve each of the names given with an option, as `find_in_role` does; who is named twice is there once."""
    found = [find_in_role(corpus, option, name, kind, role) for name in names]
    return tuple({one.id: one for one in reversed(found) if one is not None}.values())[::-1]


def several(given: str | Sequence[str] | None) -> tuple[str, ...]:
    """Return what was given as one, several or none."""
    return () if given is None else (given,) if isinstance(given, str) else tuple(given)


def find_words(option: str, given: str | Sequence[str] | None, words: Sequence[str]) -> tuple[str, ...]:
    """Return words of a closed list, each once. Raises UsageError as `find_word` does."""
    return tuple(dict.fromkeys(find_word(option, word, words) for word in several(given)))


def asked_as(corpus: Corpus, found: Resolution) -> Asked:
    """Return how a name was understood, for the envelope of its answer."""
    entity = found.entity
    return Asked(
        asked=found.asked,
        id=entity,
        name=None if entity is None else corpus.entities[entity].name,
        how=found.how,
        score=round(found.score, 2),
        matched=found.candidates[0].matched if entity is not None and found.how == "fuzzy" else UNSET,
        remark=found.remark or UNSET,
        candidates=UNSET if entity is not None else tuple(_guess(corpus, one) for one in found.candidates),
    )


def _guess(corpus: Corpus, one: Candidate) -> Guess:
    name = corpus.entities[one.entity].name
    return Guess(
        id=one.entity, name=name, matched=one.matched, score=round(one.score, 2), context=context(corpus, one.entity)
    )


def find_word(option: str, word: str, words: Sequence[str]) -> str:
    """Return a word of a closed list. Raises UsageError, with the nearest one and all that are accepted."""
    if word in words:
        return word
    from difflib import get_close_matches  # only where the word is wrong already

    guesses = suggestion(get_close_matches(fold(word).replace(" ", "-"), words, n=1, cutoff=0.5))
    raise UsageError(f"--{option}: '{word}' is not one of its words{guesses}; it takes {', '.join(words)}")
