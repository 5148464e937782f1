"""The whole corpus as a folder of HTML pages, for any web server or to be opened from a disk.

    index.html                  the matrix of sanctions and the timeline
    entities/us.html            a page an entity, as `who` answers; documents/ and facts/ likewise
    facts/DOCUMENT/KEY.html     the address of a fact is its id, so that it can be cited; an old id leads on to the new
    search.html                 finds names in any script and words of facts, offline: names.js holds what it looks in
    data/                       the same facts for programs

Nothing is fetched from elsewhere, only the search has a script, and the same facts give the same bytes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

import msgspec

from xjfacts.answers import compose
from xjfacts.answers.questions import Facts
from xjfacts.answers.records import Answer, EntityAnswer, FactAnswer, Query, Ref
from xjfacts.answers.selection import in_time, merged
from xjfacts.corpus.index import Corpus
from xjfacts.exports.dump import dump
from xjfacts.forms.drawings import matrix_of, timeline_of
from xjfacts.forms.html import Kept, described, made, pieces_of, read_template, rendered, safe_link
from xjfacts.forms.page import made_visible
from xjfacts.forms.schema import schema_text
from xjfacts.forms.tabular import to_json
from xjfacts.forms.words import capitalised, label_words, value_words, when_words
from xjfacts.names.folding import fold

Page = tuple[str, bytes]

MANIFEST = "xjfacts-site.txt"  # in the folder: which files were written, and that it is such a folder
FOLDERS = {"entity": "entities", "document": "documents", "fact": "facts"}
STATIC = ("style.css", "search.js", "icon.svg")
MOST_MARKS = 800  # on the timeline of the first page; more are a thicket, and each entity has its own
MOST_ROWS = 150  # of its matrix
MOST_OFTEN = 24
KIND_TITLES = {
    "person": "People",
    "organisation": "Bodies",
    "country": "Countries",
    "place": "Places",
    "group": "People not named",
    "topic": "Topics",
}
FILES = {
    "xjfacts.json": "everything, as the tool’s own JSON; its schema is answer.schema.json",
    "facts.csv": "a row a fact, for spreadsheets",
    "facts.db": "a database of SQLite, with full-text search",
    "answer.schema.json": "the JSON Schema of xjfacts.json",
    "facts.schema.json": "the JSON Schema of the files that are curated",
}
_TOLD = {"id", "gist", "citations", "contested_by", "certain", "section", "hits", "corroborated_by", "rebuts", "lifts",
         "earliest", "latest", "formerly", "brief"}  # fmt: skip
_RELATIONS = {
    "corroborated_by": "Also stated by",
    "contested_by": "Contested by",
    "rebuts": "Answers",
    "lifts": "Ends",
}


def pages(corpus: Corpus, version: str) -> Iterator[Page]:
    """Yield every file of the site: its path inside the folder, and what stands in it."""
    corpus = corpus.in_memory()  # each fact stands on many pages
    site = _Site(corpus, version)
    yield from ((name, read_template(name).encode()) for name in STATIC)
    yield from site.front()
    yield from (site.entity(entity) for entity in site.entities)
    yield from (site.document(key) for key in corpus.documents)
    yield from (site.fact(key) for key in corpus.facts)
    yield from (site.moved(old, new) for old, new in corpus.renamed.items())
    yield from site.programs()


class _Facts(Facts):
    """The facts, each made an answer once, however many pages it stands on; `made` is what it is for programs."""

    def __init__(self, corpus: Corpus) -> None:
        super().__init__(corpus)
        self.made: dict[str, FactAnswer] = {}
        self.shown: dict[str, FactAnswer] = {}

    def fact_answer(self, key: str, **marks: Any) -> Any:
        if key not in self.made:
            self.made[key] = super().fact_answer(key)
            self.shown[key] = made_visible(self.made[key])
        return msgspec.structs.replace(self.shown[key], **marks) if marks else self.shown[key]


class _Site:
    """Makes the pages of one corpus."""

    def __init__(self, corpus: Corpus, version: str) -> None:
        self.corpus = corpus
        self.facts = _Facts(corpus)
        self.kept = Kept()
        self.data = compose.stamp_of(corpus)
        self.stamp = made("stamp", self.data, version, "")
        whole = (compose.entity_answer(corpus, one, is_whole=True) for one in corpus.entities.values())
        self.entities: list[Any] = sorted(map(made_visible, whole), key=lambda one: (fold(one.name), one.id))

    def page(self, path: str, template: str, here: str = "", **context: Any) -> Page:
        root = "../" * path.count("/")
        around = {
            "linked": self.kept["linked", root],
            "top": self.kept["top", root, here],
            "stamp": self.stamp,
            "entity_link": lambda key: f"{root}entities/{key}.html",
            "fact_link": lambda key: f"{root}facts/{key}.html",
        }
        return path, rendered(template, **around, **context).encode()

    # The pages that lead to all others

    def front(self) -> Iterator[Page]:
        yield self.first_page()
        kinds = [(kind, [one for one in self.entities if one.kind == kind]) for kind in KIND_TITLES]
        kinds = [(kind, found) for kind, found in kinds if found]
        yield self.page("names.html", "names.html", title="Names", here="names.html", kinds=kinds, titles=KIND_TITLES)
        documents = made_visible(self.facts.sources()).results
        yield self.page(
            "documents.html", "documents.html", title="Documents", here="documents.html", documents=documents
        )
        yield self.page("search.html", "search.html", title="Search", here="search.html", has_script=True)
        yield self.page("data.html", "data.html", title="Data", here="data.html", files=list(FILES.items()))
        yield "names.js", self.searched().encode()

    def first_page(self) -> Page:
        drawn = [key for key, fact in self.corpus.facts.items() if fact.kind in ("sanction", "event")]
        keys = in_time(self.corpus, merged(self.corpus, drawn))
        whole = made_visible(self.answer(keys)) if len(keys) <= MOST_MARKS else None
        matrix = matrix_of(made_visible(self.facts.sanctions(status="all")))
        rest = 0 if matrix is None else max(len(matrix.rows) - MOST_ROWS, 0)
        often = sorted(self.entities, key=lambda one: -one.facts)[:MOST_OFTEN]
        return self.page(
            "index.html",
            "index.html",
            title="Facts and their sources",
            matrix=None if matrix is None else matrix._replace(rows=matrix.rows[:MOST_ROWS]),
            matrix_rest=rest,
            timeline=None if whole is None else timeline_of(whole),
            often=often,
            data=self.data,
            horizon=_horizon(self.corpus),
        )

    def answer(self, keys: Iterable[str]) -> Answer[Any]:
        facts = [self.facts.fact_answer(key) for key in keys]
        return compose.answer_of(self.corpus, Query(command="site"), facts, make=self.facts.fact_answer)

    def searched(self) -> str:
        """Return what the search looks in, as a script: kind, id, title, a few words about it, other names."""
        rows: list[Any] = [
            ("e", one.id, one.name, f"{one.kind}, {one.facts} facts", _spellings(one)) for one in self.entities
        ]
        rows += [
            ("d", one.id, one.title, f"{one.publisher}, {one.published}", ())
            for one in made_visible(self.facts.sources()).results
        ]
        for fact in self.corpus.facts.values():
            words = fact.kind if fact.when is None else f"{fact.kind}, {fact.when}"
            rows.append(("f", fact.id, made_visible(fact.gist), words, (fact.id,)))
        lines = ",\n".join(msgspec.json.encode(row).decode() for row in rows)
        return f'"use strict";\nwindow.xjfactsNames = [\n{lines}\n];\n'

    def visible(self, answer: Answer[Any]) -> Answer[Any]:
        """Return an answer made visible whose facts are that already."""
        made: Answer[Any] = made_visible(msgspec.structs.replace(answer, results=(), others=()))
        return msgspec.structs.replace(made, results=answer.results, others=answer.others)

    # A page each

    def entity(self, entity: EntityAnswer) -> Page:
        path = f"entities/{entity.id}.html"
        answer = self.visible(self.facts.who(entity.id))
        shown = described(answer, _links("../"), is_visible=True, kept=self.kept)
        parts = compose.refs(self.corpus, self.corpus.parts.get(entity.id, ()))
        return self.page(
            path, "entity.html", title=entity.name, shown=shown, wholes=entity.part_of, parts=made_visible(parts)
        )

    def document(self, key: str) -> Page:
        found = self.facts.sources(key)
        document, *facts = found.results
        only_facts = msgspec.structs.replace(found, results=tuple(facts))
        answer = self.visible(only_facts)
        shown = described(answer, _links("../"), has_pictures=False, is_visible=True, kept=self.kept)
        document = made_visible(document)
        return self.page(
            f"documents/{key}.html", "document.html", title=document.title, document=document, shown=shown,
            address=safe_link(document.url),
        )  # fmt: skip

    def fact(self, key: str) -> Page:
        answer = self.visible(self.answer([key]))
        shown = described(answer, _links("../../"), has_pictures=False, is_visible=True, kept=self.kept)
        (fact,) = shown.answer.results
        return self.page(
            f"facts/{key}.html",
            "fact.html",
            title=fact.gist,
            fact=fact,
            shown=shown,
            pieces=pieces_of(fact.gist, fact, _links("../../")),
            when=when_words(fact),
            label=label_words(fact),
            fields=list(_fields(fact)),
            others=[(words, ids) for name, words in _RELATIONS.items() if (ids := getattr(fact, name, ()))],
        )

    def moved(self, old: str, new: str) -> Page:
        kind = FOLDERS["fact" if new in self.corpus.facts else "entity"]
        path = f"{kind}/{old}.html"
        return self.page(
            path, "moved.html", title=old, old=old, new=new, address=f"{'../' * path.count('/')}{kind}/{new}.html"
        )

    # The same for programs

    def programs(self) -> Iterator[Page]:
        corpus = self.corpus
        everything = [
            *(compose.entity_answer(corpus, one, is_whole=True) for one in corpus.entities.values()),
            *(compose.document_answer(corpus, one) for one in corpus.documents.values()),
            *(self.facts.made[key] for key in corpus.facts),  # each has a page
        ]
        whole: Answer[Any] = compose.answer_of(corpus, Query(command="export"), everything)
        yield "data/xjfacts.json", to_json(whole).encode()
        yield "data/facts.csv", dump(corpus, "csv")
        yield "data/facts.db", dump(corpus, "sqlite")
        yield "data/answer.schema.json", schema_text("answer").encode()
        yield "data/facts.schema.json", schema_text("facts").encode()


def _links(root: str) -> Callable[[str, str], str]:
    return lambda kind, key: f"{root}{FOLDERS[kind]}/{key}.html"


def _fields(fact: FactAnswer) -> Iterator[tuple[str, tuple[Ref, ...], str]]:
    """Yield each field of a fact that has a value and is not told elsewhere: its name, entities, or words."""
    shared = FactAnswer.__struct_fields__
    for field in sorted(fact.__struct_fields__, key=lambda field: field in shared):
        value = getattr(fact, field)
        if field in _TOLD or value in (None, (), msgspec.UNSET):
            continue
        is_refs = isinstance(value, tuple) and isinstance(value[0], Ref)
        yield capitalised(field.replace("_", " ")), value if is_refs else (), "" if is_refs else value_words(value)


def _spellings(entity: EntityAnswer) -> tuple[str, ...]:
    """Return the other names that an entity is found by, and all of its names in Latin letters."""
    names = [entity.name, *entity.names]
    names += [name for more in (entity.search, entity.weak) if isinstance(more, tuple) for name in more]
    latin = [fold(name) for name in names if not name.isascii()]
    return tuple(dict.fromkeys([*names[1:], *latin]))


def _horizon(corpus: Corpus) -> str:
    """Return from when to when the documents are."""
    days = [document.published for document in corpus.documents.values()]
    if not days:
        return "no time"
    return f"{min(day.earliest for day in days):%Y-%m} to {max(day.latest for day in days):%Y-%m}"
