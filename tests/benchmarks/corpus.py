"""Write a made-up corpus of N facts into a folder, as like the shipped one as a machine can make it.

    python tests/benchmarks/corpus.py 10000 /tmp/corpus-10000

The same N gives the same bytes, and `xjfacts check` finds nothing wrong with them. Like the shipped facts it has a document for about 28 facts, quotes of thirty and gists
of 140 characters, five entities to a fact, every kind of fact in the shipped proportion, some facts that answer, dispute
or corroborate others, and a few entities in a great part of all facts (a country, a ministry) beside a long tail in one
or two. A fifth of the people have names in a second script. `FOCUS` is a person of whom sixteen facts speak in a corpus
of any size, two of them sanctions by `BY`, so that a look-up with an answer of one size can be timed in all of them.
"""

from __future__ import annotations

import hashlib
import random
import sys
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from itertools import count, product
from pathlib import Path

FOCUS = ("focus", "Erkin Tuniyaz")
BY = "United States"
PER_DOCUMENT = 28
PER_FILE = 2_000  # entities

CHINESE = ["Wang", "Li", "Zhang", "Liu", "Chen", "Yang", "Huang", "Zhao", "Wu", "Zhou", "Xu", "Sun", "Ma", "Zhu", "Hu", "Guo", "He", "Lin", "Gao", "Luo", "Zheng", "Liang", "Xie", "Song", "Tang", "Deng", "Feng", "Han", "Cao", "Zeng", "Peng", "Xiao", "Cai", "Pan", "Tian", "Dong", "Yuan", "Yu", "Jiang", "Du", "Su", "Ye", "Cheng", "Wei", "Lu", "Ding", "Ren", "Shen"]  # fmt: skip
SYLLABLES = ["wei", "fang", "na", "min", "jing", "li", "qiang", "lei", "jun", "yang", "yong", "yan", "jie", "tao", "ming", "chao", "xiu", "xia", "ping", "gang", "gui", "hua", "ying", "mei", "hong", "bo", "hai", "ning", "dong", "xin", "rui", "chun", "quan", "guo", "zhi", "shan"]  # fmt: skip
HAN = dict(
    zip(
        CHINESE,
        "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐邓冯韩曹曾彭肖蔡潘田董袁于蒋杜苏叶程魏吕丁任沈",
        strict=True,
    )
)
HAN |= dict(zip(SYLLABLES, "伟芳娜敏静丽强磊军洋勇艳杰涛明超秀霞平刚桂华英梅红波海宁东鑫锐春全国志山", strict=True))
UYGHUR = ["Erkin", "Shohrat", "Memet", "Ablet", "Nurlan", "Tursun", "Rahile", "Dilnur", "Arzugul", "Gulbahar", "Ilham", "Perhat", "Abduweli", "Mihrigul", "Nury", "Yalqun", "Zumret", "Qelbinur", "Omir", "Adil"]  # fmt: skip
UYGHUR_LAST = ["Zakir", "Tursun", "Rozi", "Emet", "Hoshur", "Sidiq", "Turdi", "Imin", "Abdulla", "Nurmemet", "Dawut", "Ziyawudun", "Mijit", "Kerim", "Yasin", "Osman", "Helil", "Jappar", "Bawudun"]  # fmt: skip
WESTERN = ["Anna", "James", "Maria", "Patrick", "Sophie", "David", "Elena", "Thomas", "Laura", "Peter", "Ingrid", "Samuel", "Claire", "Marco", "Julia", "Robert", "Eva", "Daniel", "Martina", "Hugo", "Fiona", "Andrew", "Sara", "Oliver"]  # fmt: skip
STEMS = [
    "Mar",
    "Ber",
    "Wal",
    "Hol",
    "Car",
    "Lind",
    "Fer",
    "Sch",
    "Nor",
    "Gar",
    "Bra",
    "Kel",
    "Vas",
    "Dun",
    "Rich",
    "Hart",
    "Mont",
    "Ros",
    "Stein",
    "Win",
    "Per",
    "Cog",
    "Bern",
    "Tor",
]
ENDS = [
    "tin",
    "ger",
    "ter",
    "man",
    "son",
    "berg",
    "ford",
    "stein",
    "ton",
    "rossi",
    "lund",
    "wick",
    "field",
    "mann",
    "kis",
    "ova",
    "eau",
    "ard",
    "well",
    "ini",
    "ley",
    "ner",
]
PLACES = [
    "Ala",
    "Bel",
    "Cor",
    "Dar",
    "Est",
    "Fal",
    "Gor",
    "Hal",
    "Ist",
    "Jor",
    "Kar",
    "Lan",
    "Mor",
    "Nor",
    "Ost",
    "Pol",
    "Qar",
    "Ras",
    "Sal",
    "Tar",
    "Ulm",
    "Var",
    "Wes",
    "Yar",
    "Zar",
]
TOPICS = (
    "dialogue",
    "camps",
    "determination",
    "report",
    "boycott",
    "resolution",
    "inquiry",
    "visit",
    "embargo",
    "exhibition",
)
BODIES = (
    "Ministry of {} Affairs",
    "Committee on {}",
    "{} Council",
    "Office for {}",
    "Institute of {}",
    "{} Party",
    "{} Times",
)
THEMES = ("Foreign", "Human Rights", "Trade", "Religious", "Public Security", "Labour", "Migration", "Press", "Health",
          "Border", "Treaty", "Regional", "Development", "Justice", "Culture", "Energy")  # fmt: skip
WORDS = ["officials", "confirmed", "talks", "on", "detention", "camps", "after", "sanctions", "were", "imposed", "by", "parliament", "amid", "allegations", "of", "forced", "labour", "which", "ministers", "denied", "while", "envoys", "demanded", "unfettered", "access", "for", "observers", "and", "a", "spokesman", "rejected", "the", "report", "as", "groundless", "lawmakers", "called", "for", "new", "measures", "against", "those", "responsible", "in", "the", "region"]  # fmt: skip
TITLES = (
    "minister",
    "governor",
    "party secretary",
    "spokesman",
    "ambassador",
    "member of parliament",
    "commissioner",
    "chairman",
)


class Made:
    """The corpus that is being made: the ids known so far, and one source of chance for all."""

    def __init__(self, facts: int) -> None:
        self.chance = random.Random(facts)
        self.facts = facts
        self.people: list[str] = []
        self.bodies: list[str] = []
        self.countries: list[str] = []
        self.places: list[str] = []
        self.groups: list[str] = []
        self.topics: list[str] = []
        self.names = dict([FOCUS])
        self.called: set[str] = set()  # by which people are found
        self.unused: Iterator[str] = iter(())  # entities of which no fact speaks yet
        self.published = date(2015, 1, 1)  # of the document that is being made
        self.statements: list[str] = []
        self.known: list[tuple[str, str]] = []  # facts of earlier documents, with what has to agree in both
        self.imposed: dict[tuple[str, str], int] = {}  # how often a power has sanctioned somebody
        self.lifted: set[tuple[str, str]] = set()

    def often(self, ids: list[str]) -> str:
        """Choose one; the first ones far more often than the last, as names are spread in news."""
        return ids[int(len(ids) * self.chance.random() ** 3)]

    def some(self, ids: list[str], most: int) -> list[str]:
        return list(dict.fromkeys(self.often(ids) for _ in range(self.chance.randint(1, most))))

    def phrase(self, words: int) -> str:
        start = self.chance.randrange(len(WORDS))
        return " ".join(WORDS[(start + step) % len(WORDS)] for step in range(words))

    def date(self) -> str:
        """Make up a date before the document that is being made."""
        year = self.published.year - 1 - int(10 * self.chance.random() ** 3)
        day = f"{year}-{self.chance.randint(1, 12):02}-{self.chance.randint(1, 28):02}"
        return day[: self.chance.choice((4, 7, 10, 10))] + self.chance.choice(("", "", "", "~"))


def quoted(values: list[str]) -> str:
    return "[" + ", ".join(f'"{value}"' for value in values) + "]"


# Entities ------------------------------------------------------------------------------------------------------------


def person(made: Made) -> tuple[str, list[str], list[str]]:
    """Make up a name: as printed, the surname alone, and in another script."""
    chance = made.chance
    kind = chance.random()
    if kind < 0.35:
        last, given = chance.choice(CHINESE), [chance.choice(SYLLABLES) for _ in range(chance.randint(1, 2))]
        name = f"{last} {''.join(given).capitalize()}"
        return name, [last], ["".join(HAN[part] for part in (last, *given))] if chance.random() < 0.6 else []
    if kind < 0.55:
        first, last = chance.choice(UYGHUR), f"{chance.choice(UYGHUR_LAST)}{chance.choice(('', '', 'jan', 'bek'))}"
    else:
        first, last = chance.choice(WESTERN), chance.choice(STEMS) + chance.choice(ENDS)
        first += chance.choice(("", "", f" {chance.choice('ABCDEFGHJKLM')}."))
    return f"{first} {last}", [last], [f"{last}, {first}"] if chance.random() < 0.2 else []


def is_new(made: Made, names: tuple[str, list[str], list[str]]) -> bool:
    """Tell whether nobody is called so, whatever the order of the words."""
    keys = {" ".join(sorted(name.lower().replace(",", "").replace(".", "").split())) for name in (names[0], *names[2])}
    if made.called.isdisjoint(keys):
        made.called |= keys
        return True
    return False


def entities(made: Made) -> Iterator[tuple[str, list[str]]]:
    """Yield each file of entities: its stem and its tables."""
    chance, facts = made.chance, made.facts
    tables: list[str] = []

    def add(ids: list[str], kind: str, name: str, **more: list[str]) -> None:
        key = f"{kind}-{len(ids)}"
        ids.append(key)
        made.names[key] = name
        lines = [f"[{kind}.{key}]", f'name = "{name}"']
        tables.append("\n".join(lines + [f"{field.replace('_', '-')} = {quoted(v)}" for field, v in more.items() if v]))

    add(made.countries, "country", BY, weak=["US", "Washington"])
    for first, second in product(PLACES[:12], ("land", "stan", "ia", "mark", "onia")):
        add(made.countries, "country", first + second, weak=[f"{first}{second[0]}"])
    yield "countries", tables
    tables = []
    for number in range(max(20, facts // 30)):
        theme, place = chance.choice(THEMES), chance.choice(PLACES) + chance.choice(("ia", "ur", "an"))
        name = f"{chance.choice(BODIES).format(theme)} of {place} {number}"
        initials = "".join(word[0] for word in name.split() if word[0].isupper())
        whole = [chance.choice(made.countries)] if chance.random() < 0.6 else []
        add(made.bodies, "organisation", name, weak=[initials], part_of=whole)
    for number in range(max(5, facts // 200)):
        add(
            made.places,
            "place",
            f"{chance.choice(PLACES)}{chance.choice(ENDS)} {number}",
            part_of=[chance.choice(made.countries)],
        )
    for number in range(max(20, facts // 25)):
        add(made.groups, "group", f"{chance.randint(2, 40)} {chance.choice(TITLES)}s of group {number}")
    for number in range(max(10, facts // 60)):
        add(made.topics, "topic", f"the {chance.choice(PLACES)}ian {chance.choice(TOPICS)} {number}")
    yield from (("others-" + str(at), tables[at : at + PER_FILE]) for at in range(0, len(tables), PER_FILE))
    tables = []
    for number in range(max(30, facts // 12)):
        name, names, search = next(one for one in (person(made) for _ in count()) if is_new(made, one))
        add(made.people, "person", name, weak=names if number % 7 == 0 else [], search=search)
    for at in range(0, len(tables), PER_FILE):
        yield f"people-{at}", tables[at : at + PER_FILE]
    yield "focus", [f'[person.{FOCUS[0]}]\nname = "{FOCUS[1]}"\nsearch = ["艾尔肯·吐尼亚孜"]']


# Facts ---------------------------------------------------------------------------------------------------------------


def position(made: Made) -> tuple[str, list[str]]:
    who, body, title = made.often(made.people), made.often(made.bodies), made.chance.choice(TITLES)
    return f"{made.names[who]} was {title} of the {made.names[body]}", [
        f'holder = "{who}"', f'title = "{title}"', f'of = "{body}"', f'as-of = "{made.date()}"',
    ]  # fmt: skip


def sanction(made: Made, target: str = "") -> tuple[str, list[str]]:
    by = made.often(made.countries[1:]) if not target else made.countries[0]
    targets = [target] if target else made.some(made.people, 3)
    status = made.chance.choice(("imposed", "imposed", "imposed", "lifted", "considered", "ruled-out"))
    status = "imposed" if target else status
    pairs = [(by, one) for one in targets]
    if status == "imposed" and made.lifted.isdisjoint(pairs):
        made.imposed.update((pair, made.imposed.get(pair, 0) + 1) for pair in pairs)
    elif status == "lifted" and sum(made.imposed.get(pair, 0) for pair in pairs) <= 1:
        made.lifted.update(pairs)
    elif status in ("imposed", "lifted"):
        status = "considered"  # nobody would know which of several was lifted
    return f"{made.names[by]} and sanctions on {made.names[targets[0]]}: {status}", [
        f'by = "{by}"', f"target = {quoted(targets)}", f'status = "{status}"',
    ]  # fmt: skip


def event(made: Made) -> tuple[str, list[str]]:
    kind = made.chance.choice(("visit", "meeting", "dialogue", "letter", "vote", "summit"))
    who = made.some(made.people, 2) + made.some(made.countries, 2)
    outcome = made.chance.choice(("held", "held", "planned", "requested", "stalled"))
    return f"{made.names[who[0]]} and others took part in a {kind}, {outcome}", [
        f'type = "{kind}"', f'outcome = "{outcome}"', f"participants = {quoted(who)}", f'place = "{made.often(made.places)}"',
    ]  # fmt: skip


def statement(made: Made) -> tuple[str, list[str]]:
    speaker = made.often(made.chance.choice((made.people, made.bodies, made.groups, made.countries)))
    act = made.chance.choice(("asserts", "asserts", "alleges", "denies", "demands", "condemns", "announces"))
    lines = [f'speaker = "{speaker}"', f'act = "{act}"']
    if made.statements and (act == "denies" or made.chance.random() < 0.05):
        lines.append(f'rebuts = ["{made.chance.choice(made.statements[-200:])}"]')
    return f"{made.names[speaker]} {act} that", lines


def figure(made: Made) -> tuple[str, list[str]]:
    bound = made.chance.choice(("exact", "about", "at-least", "more-than", "up-to"))
    return "So many people were", [
        'measure = "people held"', 'unit = "people"', f'bound = "{bound}"', f"value = {made.chance.randint(1, 2_000_000)}",
        f'estimator = "{made.often(made.bodies)}"',
    ]  # fmt: skip


def claim(made: Made) -> tuple[str, list[str]]:
    subject = made.often(made.people)
    return f"Of {made.names[subject]} it is true that", [f'subjects = "{subject}"']


KINDS: dict[Callable[..., tuple[str, list[str]]], int] = {  # as often as in the shipped facts
    position: 31, sanction: 11, event: 39, statement: 105, figure: 11, claim: 24,
}  # fmt: skip


def quotes_of(made: Made, own: list[str]) -> list[str]:
    """Make up the quotes of a fact, which have a negation where it denies, and none where it imposes."""
    if 'status = "imposed"' in own:
        return [f"sanctions were imposed by {made.names[own[0].split(chr(34))[1]]}"]
    quotes = [made.phrase(5) for _ in range(made.chance.choice((1, 1, 2)))]
    return [f"it is not so that {quotes[0]}", *quotes[1:]] if 'act = "denies"' in own else quotes


def fact(made: Made, key: str, paragraph: int, fresh: list[tuple[str, str]], *, is_of_focus: bool) -> str:
    make = made.chance.choices(list(KINDS), list(KINDS.values()))[0]
    if is_of_focus and paragraph == 1:
        make = sanction
        begin, own = sanction(made, FOCUS[0])
    else:
        begin, own = make(made)
    lines = [f"[{make.__name__}.{key.partition('/')[2]}]"]
    lines.append(f'gist = "{begin} {made.phrase(14)} in {made.published.year}."')
    proofs = [f'{{ p = {paragraph}, quote = "{quote}" }}' for quote in quotes_of(made, own)]
    lines.append(f"cite = [{', '.join(proofs)}]")
    about = list(
        dict.fromkeys(
            [made.often(made.topics), made.often(made.countries), next(made.unused, "") or made.often(made.bodies)]
        )
    )
    if is_of_focus and make is not sanction:
        about.append(FOCUS[0])
    lines += [*own, f"about = {quoted(about)}"]
    if made.chance.random() < 0.6:
        lines.append(f'date = "{made.date()}"')
    if made.chance.random() < 0.17:
        lines.append(f'according-to = "{made.often(made.groups)}"')
    agreeing = own[0] if make is claim else own[1]
    if make in (claim, event) and made.chance.random() < 0.04:
        relation = made.chance.choice(("corroborates", "disputes"))
        others = [one for one, its in made.known if relation == "disputes" or its == agreeing]
        if others:
            lines.append(f'{relation} = ["{made.chance.choice(others)}"]')
    if make is statement:
        made.statements.append(key)
    if make in (claim, event) and len(lines) < 12:
        fresh.append((key, agreeing))
    return "\n".join(lines)


def document(made: Made, name: str, number: int, facts: int) -> str:
    publisher = made.chance.choice(("The Observer", "Morning Post", "Daily Times", "World Journal", "Courier"))
    head = [
        "#:schema ../facts.schema.json", "", "[document]", f'title = "{made.phrase(9).capitalize()}"', f'publisher = "{publisher}"',
        f'published = "{made.published}"', 'dated-by = "printed"',
        f'url = "https://news.example/{name}"', 'type = "article-newspaper"', f'origin = "{publisher}"',
        f'sha256 = "{hashlib.sha256(name.encode()).hexdigest()}"', "body = [[1, 60]]", f"paragraphs = {facts}", "words = 900",
    ]  # fmt: skip
    fresh: list[tuple[str, str]] = []
    tables = [fact(made, f"{name}/fact-{at}", 1 + at, fresh, is_of_focus=number < 2 and at < 8) for at in range(facts)]
    made.known = (made.known + fresh)[-500:]
    return "\n\n".join(["\n".join(head), *tables]) + "\n"


def write(facts: int, folder: Path) -> None:
    """Write the corpus. A folder that exists must be empty."""
    made = Made(facts)
    (folder / "entities").mkdir(parents=True)
    (folder / "documents").mkdir()
    for stem, tables in entities(made):
        (folder / "entities" / f"{stem}.toml").write_text(
            "\n\n".join(["#:schema ../facts.schema.json", *tables]) + "\n", encoding="utf-8"
        )
    everybody = (made.people, made.bodies, made.countries, made.places, made.groups, made.topics)
    made.unused = (one for ids in everybody for one in ids)
    for number, at in enumerate(range(0, facts, PER_DOCUMENT)):
        made.published = date(2015, 1, 1) + timedelta(days=4_000 * at // facts)
        name = f"paper-{number:05}"
        text = document(made, name, number, min(PER_DOCUMENT, facts - at))
        (folder / "documents" / f"{name}.toml").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    write(int(sys.argv[1]), Path(sys.argv[2]))
