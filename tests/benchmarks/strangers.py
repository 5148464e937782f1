"""Make up people, bodies and topics whom the facts do not know, and who are easily taken for those whom they do.

    python tests/benchmarks/strangers.py                one a line, with the rule that made it
    python tests/benchmarks/strangers.py 9000 accepted  up to 9,000 of every rule: those who are taken for somebody

Each rule stands for a kind of answer that was wrong once. Every stranger shares something with somebody who is known: a
surname, a first name, the sound, all words but one. Whoever is no more than two letters off a name could be a slip of it,
and is no stranger. The same facts make the same strangers in every run.
"""

from __future__ import annotations

import random
import sys
from collections.abc import Callable, Collection, Iterable, Iterator
from typing import NamedTuple

from xjfacts import load
from xjfacts.corpus.index import Corpus
from xjfacts.corpus.model import Entity
from xjfacts.names.folding import fold, is_latin, key, signs_of
from xjfacts.names.given import GIVEN as COMMON
from xjfacts.names.lexicon import is_eastern
from xjfacts.names.words import distance

SEED = 16
EACH = 450  # strangers of every rule, if it can make so many
SLIP = 2  # letters


def _listed(words: str, between: str = " ") -> tuple[str, ...]:
    return tuple(words.split(between))


GIVEN = _listed(
    "Aaron Agnes Alfonso Amparo Astrid Barnaby Beatriz Bojan Brigitte Caspar Clemens Dagmar Desmond Dragan Edwina "
    "Eloise Fabian Ferenc Fiona Gideon Greta Gustavo Hedwig Hubert Ingrid Ivo Jarmila Jasper Kasimir Kirsten Ladislav "
    "Leopold Ludmila Magnus Milena Nigel Odette Otmar Percival Petra Quentin Radko Rosalind Sixten Solveig Tibor "
    "Ulrike Valentin Vesna Winifred Xaver Yannick Zdenka Nurgul Alimjan Batur Dilber Ghalip Hemrajan Jelil Mewlan "
    "Polat Qeyser Subinur Tahirjan Weli Zulpiya"
) + tuple(name.title() for name in sorted(COMMON))
SURNAMES = _listed(
    "Abendroth Baxendale Castelnuovo Dombrowski Eisenhut Fairweather Grzybowski Hathersage Ibarguren Jablonski "
    "Kirchhoff Lindqvist Montgolfier Nakonechny Oberholzer Pemberton Quisenberry Rasmussen Szymanski Thistlethwaite "
    "Uspensky Vandenberghe Wojciechowski Yarmolenko Zuckmayer Kerimoglu Hoshurjan Ablimitov"
)
SYLLABLES = _listed(
    "bai bin bo cai da dan de di du fan gao ge han hong jie kai la le lei mo na pei qing rui shu tao wen yong zhi"
)
SMALL = _listed("Al An Ben Bin Da De Di Du El Ibn La Le The Van Von")
TITLES = _listed(
    "Archbishop|Baron|Captain|Colonel|Emperor|Judge|King|Pope|Prince|Princess|Queen|Rabbi|Sheikh|Prime Minister|"
    "Crown Prince|Defence Minister|Vice President|Lord|Lady|Dame|Chancellor|Ambassador|Consul General|Professor|Doctor|"
    "Sir|Commissioner|Governor|Mayor|General|Party Secretary|Deputy Minister|Foreign Secretary|Imam|Reverend|Ayatollah|"
    "Justice|Baroness|Duke|Marshal|Rector|Congresswoman|Detective",
    "|",
)
OFFICES = ("President", "Minister", "Director", "King", "Mr", "Senator", "Ambassador")
FIRST_NAMES = _listed(
    "Michael Frances Alexander Charlotte Christine Jonathan Michelle Mitchell Rupert Samuel Mohammed Maria Ahmet"
)
NEARLY = _listed(  # real names, of people who are neither of these people nor of these places
    "Akhmed Birrell Burrell Chyna Commins Franca Franci Franke Franco Helland Kazik Kozak Landon McGivern Micheal Sharman"
)
GENERATIONS = ("Jr.", "Sr.", "II", "III")
PLACES = _listed("Atlantis Freedonia Ruritania Sikkim Zanzibar Patagonia Bavaria Catalonia Hokkaido Tasmania Lapland")
HAN = tuple(map(chr, range(0x4E00, 0x9FA6)))


class Stranger(NamedTuple):
    """A name that means nobody, and the rule that made it."""

    name: str
    rule: str


class Person(NamedTuple):
    """Somebody who is known by a first and a last word, of which one is the surname; with the words of all names."""

    entity: Entity
    first: str
    last: str
    surname: str
    words: frozenset[str]


class Known:
    """Who is known: the people, the others, all surnames, and the office of each."""

    def __init__(self, corpus: Corpus) -> None:
        self.offices_of = corpus.offices_of
        self.others = [entity for entity in corpus.entities.values() if entity.kind != "person"]
        self.entities = [entity for entity in corpus.entities.values() if entity.kind == "person"]
        self.people = list(filter(None, map(_person, self.entities)))
        self.surnames = {one.surname for one in self.people}

    def namesakes(self, one: Person) -> list[Person]:
        return [other for other in self.people if other.surname == one.surname]


def strangers(corpus: Corpus, each: int = EACH) -> list[Stranger]:
    """Return the strangers of all rules, once each, none of whom has a name that is known."""
    known = {key(name) for entity in corpus.entities.values() for name in _names(entity)}
    facts = Known(corpus)
    found: dict[str, str] = {}
    for rule, make in RULES.items():
        chance = random.Random(f"{SEED} {rule}")
        made = [name for name in dict.fromkeys(make(facts, chance)) if key(name) not in known]
        for name in sorted(chance.sample(made, min(each, len(made)))):
            found.setdefault(name, rule)
    return [Stranger(name, rule) for name, rule in found.items()]


def _names(entity: Entity) -> tuple[str, ...]:
    return (entity.name, *entity.names, *entity.search, *entity.weak)


def _person(entity: Entity) -> Person | None:
    words = entity.name.split()
    if len(words) != 2 or not is_latin(entity.name) or words[0] == "Lord":
        return None
    every = frozenset(word for name in _names(entity) for word in fold(name).split())
    return Person(entity, words[0], words[1], words[0] if is_eastern(fold(entity.name).split()) else words[1], every)


# Rules; each yields more than are taken ---------------------------------------------------------------------------------


def _another_first_name(facts: Known, chance: random.Random) -> Iterator[str]:
    for one in facts.people:
        yield from (f"{given} {one.surname}" for given in _others(one.words, GIVEN))


def _another_surname(facts: Known, chance: random.Random) -> Iterator[str]:
    for one in facts.people:
        yield from (f"{one.first} {surname}" for surname in _others(one.words, SURNAMES))


def _crossed(facts: Known, chance: random.Random) -> Iterator[str]:
    for one in facts.people:
        for other in facts.people:
            if _others(one.words, [other.last]) and _others(other.words, [one.first]):
                yield from (f"{one.first} {other.last}", f"{other.last} {one.first}")


def _others(words: Collection[str], names: Iterable[str]) -> list[str]:
    """Return the names that are no slips of a word of somebody."""
    return [name for name in names if all(distance()(fold(name), word) > SLIP for word in words)]


def _another_chinese(facts: Known, chance: random.Random) -> Iterator[str]:
    for one in facts.people:
        if one.surname == one.first:
            yield from (f"{one.first} {syllable.title()}" for syllable in SYLLABLES)
            pairs = ("".join(chance.sample(SYLLABLES, 2)).title() for _ in range(200))
            yield from (f"{one.first} {pair}" for pair in pairs)


def _small_word(facts: Known, chance: random.Random) -> Iterator[str]:
    yield from (f"{small} {one.surname}" for one in facts.people for small in SMALL)


def _small_word_inside(facts: Known, chance: random.Random) -> Iterator[str]:
    yield from (f"{one.first} {small} {one.last}" for one in facts.people for small in SMALL)


def _title(facts: Known, chance: random.Random) -> Iterator[str]:
    for one in facts.people:
        held = {word for other in facts.namesakes(one) for word in facts.offices_of(other.entity.id)}
        yield from (f"{title} {one.surname}" for title in TITLES if held.isdisjoint(fold(title).split()))


def _generation(facts: Known, chance: random.Random) -> Iterator[str]:
    yield from (f"{one.first} {one.last} {which}" for one in facts.people for which in GENERATIONS)


def _middle_name(facts: Known, chance: random.Random) -> Iterator[str]:
    for one in facts.people:
        initials = {word for word in one.words if len(word) == 1}
        given = (given for given in _others(one.words, GIVEN) if given[0].lower() not in initials)
        yield from (f"{one.first} {middle} {one.last}" for middle in given)


def _another_initial(facts: Known, chance: random.Random) -> Iterator[str]:
    for one in facts.people:
        letters = {word[0] for other in facts.entities for word in _words_of_namesake(other, one)}
        yield from (
            f"{letter.upper()}. {one.surname}" for letter in "abcdefghijklmnopqrstuvwyz" if letter not in letters
        )


def _spelled(facts: Known, chance: random.Random) -> Iterator[str]:
    """Yield initials that spell the given name, and strange ones."""
    for one in facts.people:
        given = one.last if one.surname == one.first else one.first
        yield f"{'. '.join(given.upper())}. {one.surname}"
        yield from (f"{'. '.join(chance.sample('BCDFGHKLPQVXZ', 2))}. {one.surname}" for _ in range(25))


def _words_of_namesake(other: Entity, one: Person) -> set[str]:
    words = {word for name in _names(other) for word in fold(name).split()}
    return words if words.issuperset(fold(one.surname).split()) else set()


def _only_a_first_name(facts: Known, chance: random.Random) -> Iterator[str]:
    yield from FIRST_NAMES
    yield from (name for name in GIVEN if name not in facts.surnames)


def _nearly_a_name(facts: Known, chance: random.Random) -> Iterator[str]:
    yield from (name for name in NEARLY if name not in facts.surnames)


def _given_names(facts: Known, chance: random.Random) -> Iterator[str]:
    given = (one.last if one.surname == one.first else one.first for one in facts.people)
    yield from (name for name in given if name not in facts.surnames)


def _one_character(facts: Known, chance: random.Random) -> Iterator[str]:
    yield from chance.sample(HAN, len(HAN))


def _other_characters(facts: Known, chance: random.Random) -> Iterator[str]:
    """Yield names with one character changed, and names that only sound like one."""
    by_sound: dict[str, list[str]] = {}
    for sign in HAN:
        by_sound.setdefault(fold(sign), []).append(sign)
    for name in (signs_of(name) for one in facts.entities for name in _names(one)):
        for _ in range(100) if 2 <= len(name) <= 3 else ():
            at = chance.randrange(len(name))
            yield name[:at] + chance.choice(HAN) + name[at + 1 :]
            yield "".join(chance.choice(by_sound[fold(sign)]) for sign in name)


def _another_body(facts: Known, chance: random.Random) -> Iterator[str]:
    for one in facts.others:
        words = one.name.split()
        for place in chance.sample(PLACES, 3) if len(words) > 1 else ():
            at = chance.choice([at for at, word in enumerate(words) if word[0].isupper()] or [0])
            yield " ".join([*words[:at], place, *words[at + 1 :]])
            yield f"{one.name} of {place}"


def _titled_body(facts: Known, chance: random.Random) -> Iterator[str]:
    yield from (f"{chance.choice(OFFICES)} {one.name}" for one in facts.others)


RULES: dict[str, Callable[[Known, random.Random], Iterator[str]]] = {
    "another first name": _another_first_name,
    "another surname": _another_surname,
    "first name of one, surname of another": _crossed,
    "another Chinese given name": _another_chinese,
    "a small word beside a surname": _small_word,
    "a small word inside": _small_word_inside,
    "a title that nobody held": _title,
    "Jr., Sr., II, III": _generation,
    "a middle name": _middle_name,
    "another initial": _another_initial,
    "initials": _spelled,
    "only a first name": _only_a_first_name,
    "only the first name of one": _given_names,
    "a family called nearly so": _nearly_a_name,
    "one character": _one_character,
    "other characters": _other_characters,
    "another body": _another_body,
    "a title before a body": _titled_body,
}


def main(each: int, *, only_accepted: bool) -> None:
    """Print the strangers with their rules; or those who are taken for somebody, with whom, and how many there were."""
    corpus = load().corpus
    made = strangers(corpus, each)
    for stranger in made:
        found = corpus.names.resolve(stranger.name) if only_accepted else None
        if found is None:
            print(stranger.name, stranger.rule, sep="\t")
        elif found.entity is not None:
            whose = corpus.entities[found.entity].name
            print(stranger.name, stranger.rule, whose, f"{found.score:.2f}", found.remark, sep="\t")
    print(f"{len(made):,} strangers", file=sys.stderr)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else EACH, only_accepted="accepted" in sys.argv[2:])
