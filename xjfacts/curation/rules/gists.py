"""Rules about gists: sentences of the curator's own that stand alone."""

from __future__ import annotations

from collections.abc import Iterator

from xjfacts.curation.rules.subject import Finding, Subject, at


def check_gist(subject: Subject) -> Iterator[Finding]:
    """A gist is one line and ends with a full stop."""
    for fact, source in subject.facts:
        if len(fact.gist.splitlines()) > 1:
            yield at(source, "the gist is more than one line", "gist")
        elif not fact.gist.rstrip("”’\"')").endswith("."):
            yield at(source, "the gist does not end with a full stop", "gist")
