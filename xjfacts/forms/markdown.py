"""The page of an answer as Markdown, to be pasted into an article: Pandoc's and GitHub's, with footnotes.

A footnote is named for its fact, as `cite` names it, and holds all that its document says for it; so several answers
stand in one article, and the same fact in two of them is the same footnote.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from xjfacts.answers.records import Answer
from xjfacts.forms.cite import cited_words, footnote_marks
from xjfacts.forms.cite import escape_markdown as _md
from xjfacts.forms.entries import Entry
from xjfacts.forms.headings import horizon_words
from xjfacts.forms.page import View, lay_out
from xjfacts.forms.tables import Section


def to_markdown(answer: Answer[Any], view: View = View()) -> str:  # noqa: B008, a tuple
    """Return the page as Markdown; before the footnotes stands the whole checksum of the facts it stood on."""
    page = lay_out(answer, view)
    sheet = _Sheet(view)
    blocks = [f"# {_headed(page.title, page.aside)}", *map(_md, page.said)]
    blocks += [sheet.line(entry) for entry in page.lead]
    for section in page.sections:
        blocks += sheet.section(section)
    blocks += [f"*{_md(f'More: {page.more}; --full shows them')}*"] if page.more else []
    blocks += [f"*{_md(remark)}*" for remark in page.remarks]
    blocks.append(f"*{_md(horizon_words(answer, view.version, is_whole=True))}*")
    blocks += [f"[^{key}]: {cited_words(page.citations[key], _md)}" for key in sheet.cited if page.citations.get(key)]
    return "\n\n".join(blocks) + "\n"


def _headed(title: str, aside: str) -> str:
    return _md(f"{title} ({aside})" if aside else title)


class _Sheet:
    """The page as blocks of Markdown, and the facts that they cite, in the order in which they come up."""

    def __init__(self, view: View) -> None:
        self.view = view
        self.cited: dict[str, None] = {}

    def section(self, section: Section) -> Iterator[str]:
        if section.heading:
            yield f"## {_headed(section.heading, section.aside)}"
        yield "\n".join(line for entry in section.entries for line in self._item(entry))

    def _item(self, entry: Entry) -> Iterator[str]:
        yield f"- {self.line(entry)}"
        yield from (f"    - {self.line(one)}" for one in entry.under)

    def line(self, entry: Entry) -> str:
        """Return an entry as one line."""
        parts = (_md(entry.name), f"*{_md(entry.label)}*" if entry.label else "", _md(entry.when))
        head = " · ".join(part for part in (parts if entry.name else reversed(parts)) if part)
        text = self._text(entry)
        dash = " " if entry.label.endswith(":") else " — "
        return f"{head}{dash if head and entry.text else ''}{text}"

    def _text(self, entry: Entry) -> str:
        self.cited.update(dict.fromkeys(entry.cited))
        shown = f" ({_md(entry.id)})" if self.view.ids and entry.id else ""
        address = f" <{entry.address}>" if entry.address else ""
        return f"{_md(entry.text)}{address}{footnote_marks(entry.cited)}{shown}"
