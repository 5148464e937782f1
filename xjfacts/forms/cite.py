r"""A citation as people paste it: a sentence, Markdown with footnotes, BibLaTeX, CSL-JSON; and links to quoted words.

    The US imposed sanctions on him (South China Morning Post, “EU and China to resume …”, 2023-02, ¶ 11: “which has
    been sanctioned” <https://...#:~:text=which%20has%20been%20sanctioned>).

What is cited is a `Reference`: the gist of a fact with the sources that prove it, or a document alone. Sentences and
Markdown are written per reference. The two bibliographies are written per document, each once, with all that is cited
from it; there the key is the id of the document and of what it is cited for, the quotes are the `note` and the gists
the annotation. An author is taken apart into given and family name where that can be told, else stands as printed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from itertools import takewhile
from typing import Any, NamedTuple

import msgspec

from xjfacts.answers.records import Citation
from xjfacts.answers.sources import Reference, Source, link_to_quote, safe_url
from xjfacts.corpus.model import Cite, Document
from xjfacts.dates import Edtf, date_words
from xjfacts.forms.quotation import quoted, titled
from xjfacts.names.lexicon import is_pinyin
from xjfacts.text import visible, visible_json

# Patterns are compiled when they are first used: few answers are citations.


# Sentences -----------------------------------------------------------------------------------------------------------


def to_text(references: Sequence[Reference]) -> str:
    """Return a sentence for each reference, one a line, its sources in brackets behind it."""
    return "".join(f"{visible(_sentence(reference))}\n" for reference in references)


def _sentence(reference: Reference) -> str:
    sources = "; ".join(map(_described, reference.sources))
    return f"{sources}." if reference.gist is None else f"{reference.gist.removesuffix('.')} ({sources})."


def _described(source: Source, written: Callable[[str], str] = str) -> str:
    """Say what a source is and where it can be read; all but the links is `written` as a form of output needs it."""
    document = source.document
    head = written(_head(document, document.published.text))
    places = [f"{written(_quoted(proof))} <{link_to_quote(document, proof)}>" for proof in source.proofs]
    return f"{head}, {'; '.join(places)}" if places else f"{head} <{safe_url(document.url)}>"


def cited_words(citations: Sequence[Citation], written: Callable[[str], str] = str) -> str:
    """Say what an answer cites of one document, and where it can be read, in the words of a citation."""
    places = [f"{written(_placed(one.paragraph, one.quote.strip(), one.context))} <{one.link}>" for one in citations]
    return f"{written(_head(citations[0], citations[0].published))}, {'; '.join(places)}"


def _head(source: Document | Citation, published: str) -> str:
    via = [f"via {source.via}"] if source.via else []
    return ", ".join([*source.authors, titled(source.title), source.publisher, date_words(published), *via])


def _quoted(proof: Cite) -> str:
    return _placed(proof.p, proof.text, proof.context)


def _placed(paragraph: int, quote: str, context: str | None) -> str:
    return f"¶ {paragraph}: {quoted(quote, context)}"


# Markdown ------------------------------------------------------------------------------------------------------------

# What Pandoc or GitHub would read as markup: anywhere (straight quotation marks become curly); doubled (`--` is a dash,
# `...` an ellipsis, `:x:` an emoji); in a bare address, which becomes a link; and at the beginning of a paragraph,
# where `c. 2018`, `(a)` or `- ` would be an item of a list.
_MARKUP = r"""[\\`*_\[\]<>#|~$^@{}&"']|(?<=-)-|-(?=-)|\.(?=\.\.)|:(?=[\w+-]+:|:|/)|(?<=www)\.|(?<=WWW)\."""
_MARKUP_AT_BEGIN = r"^(\(?(?:[0-9]+|[A-Za-z]|[ivxlcdmIVXLCDM]+)(?=[.)](?:\s|$))|(?=[-+=%:]))"


def to_markdown(references: Sequence[Reference]) -> str:
    """Return a paragraph for each reference, with footnotes below, as Pandoc and GitHub read them.

    A footnote is named for its fact, so that what is pasted at different times into one article does not collide. Its
    links are there in full, for the printed page.
    """
    paragraphs, notes = [], []
    for reference in references:
        text = titled(reference.sources[0].document.title) if reference.gist is None else reference.gist
        paragraphs.append(_markdown(text) + footnote_marks(source.key for source in reference.sources))
        notes += [f"[^{source.key}]: {_described(source, _markdown)}" for source in reference.sources]
    return "\n\n".join([*paragraphs, *notes]) + "\n"


def footnote_marks(keys: Iterable[str]) -> str:
    """Return the marks of footnotes of one place, set apart: else ⁷⁸⁹ would be read as one number."""
    return "\N{NARROW NO-BREAK SPACE}".join(f"[^{key}]" for key in keys)


def _markdown(text: str) -> str:
    return escape_markdown(visible(text))


def escape_markdown(text: str) -> str:
    """Return Markdown that shows `text`, letter for letter, wherever in a paragraph it comes to stand."""
    return re.sub(_MARKUP_AT_BEGIN, r"\1\\", re.sub(_MARKUP, r"\\\g<0>", text.strip()))


# Bibliographies ------------------------------------------------------------------------------------------------------


class _Entry(NamedTuple):
    """One document of a bibliography, with all that is cited from it."""

    document: Document
    facts: list[str]
    gists: list[str]
    proofs: list[Cite]

    @property
    def key(self) -> str:
        """The id of the document, and of the facts it is cited for: bibliographies can be joined without a loss."""
        first, *others = self.facts or [""]
        return "-".join(filter(None, (self.document.id, first, f"and-{len(others)}-more" if others else "")))

    @property
    def url(self) -> str:
        """The link to the quoted words, if they are in one place."""
        links = {link_to_quote(self.document, proof) for proof in self.proofs}
        return links.pop() if len(links) == 1 else safe_url(self.document.url)

    @property
    def note(self) -> str:
        return "; ".join(dict.fromkeys(map(_quoted, self.proofs)))


def _bibliography(references: Iterable[Reference]) -> Iterable[_Entry]:
    """Return each document that is cited once, in the order in which they come up."""
    entries: dict[str, _Entry] = {}
    for reference in references:
        for source in reference.sources:
            entry = entries.setdefault(source.document.id, _Entry(source.document, [], [], []))
            entry.proofs.extend(source.proofs)
            if source.proofs:
                entry.facts.append(source.key.rpartition("/")[2])
            if reference.gist is not None and reference.gist not in entry.gists:
                entry.gists.append(reference.gist)
    return entries.values()


class _Form(NamedTuple):
    """How BibLaTeX says a CSL type: the type of the entry, its subtype, and the field that names the publisher."""

    entry: str
    subtype: str = ""
    publisher: str = "organization"


_FORMS = {
    "article-newspaper": _Form("article", "newspaper", "journaltitle"),
    "article-magazine": _Form("article", "magazine", "journaltitle"),
    "article-journal": _Form("article", publisher="journaltitle"),
    "book": _Form("book", publisher="publisher"),
    "chapter": _Form("incollection", publisher="publisher"),
    "legislation": _Form("legislation"),
    "bill": _Form("legislation"),
    "regulation": _Form("legislation"),
    "treaty": _Form("legislation"),
    "dataset": _Form("dataset"),
    "legal_case": _Form("jurisdiction"),
    "post": _Form("online"),
    "post-weblog": _Form("online"),
    "report": _Form("report", publisher="institution"),
    "webpage": _Form("online"),
}
_OTHER_FORM = _Form("misc")

_LATEX = {
    "\\": r"\textbackslash{}",
    "{": r"\textbraceleft{}",  # not \{ where BibTeX, which counts it as a brace, would miss its other half
    "}": r"\textbraceright{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    **{character: f"\\{character}" for character in "#$%&_"},
}
_PAIRED = {"{": r"\{", "}": r"\}"}  # which more programs know
# Words by which an author is a body and no person.
_BODIES = frozenset((
    "agency", "association", "board", "bureau", "committee", "correspondents", "council", "department", "desk",
    "editors", "foundation", "group", "institute", "ministry", "network", "news", "newspaper", "office", "parliament",
    "press", "reporters", "reuters", "service", "staff", "team", "times", "union", "university", "watch",
))  # fmt: skip
_SPECIAL_IN_LATEX = r"[\\{}~^#$%&_]"
_LIGATURE = r"(?<=-)(?=-)|(?<=')(?=')|(?<=`)(?=`)|(?<=[?!])(?=`)"  # `--` would be a dash, `?`` a Spanish ¿


def to_biblatex(references: Sequence[Reference]) -> str:
    """Return a BibLaTeX entry for each document. Dates are in EDTF, which BibLaTeX reads, `~` and `?` included."""
    return "\n".join(map(_biblatex_entry, _bibliography(references)))


def _biblatex_entry(entry: _Entry) -> str:
    document = entry.document
    form = _FORMS.get(document.type, _OTHER_FORM)
    publisher = _latex(document.publisher)
    fields = {
        "author": " and ".join(map(_latex_name, document.authors)),
        "title": f"{{{_latex(document.title)}}}",  # braced once more, so that no style changes its capitals
        form.publisher: publisher if form.publisher == "journaltitle" else f"{{{publisher}}}",  # else “and” divides it
        "entrysubtype": form.subtype,
        "type": "report" if form.entry == "report" else "",
        "date": document.published.text,
        "url": entry.url,
        "note": _latex(entry.note),
        "annotation": _latex(" ".join(entry.gists)),
    }
    lines = [f"  {name:<12} = {{{value}}},\n" for name, value in fields.items() if value]
    return f"@{form.entry}{{{entry.key},\n{''.join(lines)}}}\n"


class _Personal(NamedTuple):
    """A person's name, taken apart as bibliographies sort it."""

    given: str
    particle: str
    family: str


def _personal(name: str) -> _Personal | None:
    """Return a name of two to five words in Latin letters taken apart; None where the parts cannot be told.

    They cannot of a body ("Associated Press"), of a name with Chinese syllables (whose family name stands first), and
    of what is not written as names are.
    """
    words = name.split()
    if not 2 <= len(words) <= 5 or any(not part.replace("-", "").replace(".", "").isalpha() for part in words):
        return None
    given = list(takewhile(str.istitle, words[:-1]))
    particle, family = words[len(given) : -1], words[-1]
    is_telling = given and family[:1].isupper() and all(part.islower() and part != "and" for part in particle)
    bodies = _BODIES & {part.casefold() for part in words}
    if not is_telling or bodies or any(is_pinyin(part.casefold()) for part in (words[0], family)):
        return None
    return _Personal(" ".join(given), " ".join(particle), family)


def _latex_name(name: str) -> str:
    person = _personal(name)
    if person is None:
        return f"{{{_latex(name)}}}"
    return _latex(f"{' '.join(filter(None, (person.particle, person.family)))}, {person.given}")


def _csl_name(name: str) -> dict[str, str]:
    person = _personal(name)
    if person is None:
        return {"literal": name}
    particle = {"non-dropping-particle": person.particle} if person.particle else {}
    return {"family": person.family, "given": person.given, **particle}


def _latex(text: str) -> str:
    """Return LaTeX that prints `text`, its straight quotation marks typographic, and has all braces in pairs."""
    # What is visible has no NUL, which can so stand for `{}` until the braces of the text are escaped.
    parted = re.sub(_LIGATURE, "\0", visible(text))
    signs = _LATEX | _PAIRED if _are_paired(text) else _LATEX
    return re.sub(_SPECIAL_IN_LATEX, lambda match: signs[match[0]], parted).replace("\0", "{}")


def _are_paired(text: str) -> bool:
    """Tell whether every brace of a text is opened and closed, so that BibTeX may count them."""
    depth = 0
    for brace in re.findall("[{}]", text):
        depth += 1 if brace == "{" else -1
        if depth < 0:
            return False
    return depth == 0


_CONTAINED = ("article-newspaper", "article-magazine", "article-journal", "post", "post-weblog", "webpage")


def to_csl_json(references: Sequence[Reference]) -> str:
    """Return the documents as an array of CSL-JSON, as citation managers and pandoc read it."""
    items = [_csl_item(entry) for entry in _bibliography(references)]
    return visible_json(msgspec.json.format(msgspec.json.encode(items), indent=2).decode()) + "\n"


def _csl_item(entry: _Entry) -> dict[str, Any]:
    document = entry.document
    fields = {
        "id": entry.key,
        "type": document.type,
        "title": document.title,
        "author": [_csl_name(author) for author in document.authors],
        "container-title" if document.type in _CONTAINED else "publisher": document.publisher,
        "issued": _csl_date(document.published),
        "URL": entry.url,
        "note": entry.note,
        "annote": " ".join(entry.gists),
    }
    return {name: value for name, value in fields.items() if value}


def _csl_date(date: Edtf) -> dict[str, Any]:
    """Return a date in CSL-JSON: of a year, a month or a day, or from one to another, and whether it is sure.

    An interval without an end or a beginning is beyond it, and is given in words.
    """
    sides = date.text.split("/")
    if ".." in sides:
        return {"literal": date_words(date.text)}
    parts = [[int(part) for part in side.rstrip("~?%").split("-")] for side in sides]
    return {"date-parts": parts, **({"circa": True} if date.is_qualified else {})}


STYLES: dict[str, Callable[[Sequence[Reference]], str]] = {
    "text": to_text,
    "markdown": to_markdown,
    "biblatex": to_biblatex,
    "csl-json": to_csl_json,
}
