"""The rules of a corpus: each is a generator that yields what breaks it, and its docstring is the rule.

    for file, line, message in RULES["quote-length"](subject): ...

`RULES` names the rules by the code of the problem that they yield; there is a module for each subject that they are
about. They look at a `Subject`: facts with their places, and the texts of the documents, if there are any. Those
`OF_FILES` find in one file after the other what they find in all of them, those `OF_CORPORA` need all at once. What
keeps a file from being read as records is not for them but for the loader; every reference exists and every value is of
its type. The modules stand in this order: verdicts, subject, negations, and over them, side by side, quotes (by
themselves), places (quotes in their text), gists, facts (by themselves), relations (of facts), documents, entities,
characters.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from xjfacts.curation.rules import characters, documents, entities, facts, gists, negations, places, quotes, relations
from xjfacts.curation.rules.subject import Finding, Subject

Rule = Callable[[Subject], Iterator[Finding]]

RULES: dict[str, Rule] = {
    "quote-length": quotes.check_quote_length,
    "ellipsis": quotes.check_ellipsis,
    "quote-budget": quotes.check_quote_budget,
    "bare-quote": quotes.check_bare_quote,
    "negation": negations.check_negation,
    "negation-cut": negations.check_negation_cut,
    "wrong-paragraph": places.check_wrong_paragraph,
    "found-in": places.check_found_in,
    "not-found": places.check_not_found,
    "unknown-paragraph": places.check_unknown_paragraph,
    "elision": places.check_elision,
    "link-elsewhere": places.check_link_elsewhere,
    "text-changed": documents.check_text_changed,
    "text-unavailable": documents.check_text_unavailable,
    "document-size": documents.check_document_size,
    "body": documents.check_body,
    "uncited-paragraph": documents.check_uncited_paragraph,
    "gist": gists.check_gist,
    "gist-year": gists.check_gist_year,
    "gist-quotation": gists.check_gist_quotation,
    "gist-copied": gists.check_gist_copied,
    "brief": gists.check_brief,
    "self-contradiction": facts.check_self_contradiction,
    "told-twice": facts.check_told_twice,
    "corroboration": relations.check_corroboration,
    "disputes-older": relations.check_disputes_older,
    "lifts": relations.check_lifts,
    "shared-reference": relations.check_shared_reference,
    "undisputed-birth": relations.check_undisputed_birth,
    "unused": entities.check_unused,
    "shared-name": entities.check_shared_name,
    "repeated-name": entities.check_repeated_name,
    "unfindable-name": entities.check_unfindable_name,
    "unprinted-name": entities.check_unprinted_name,
    "country-code": entities.check_country_code,
    "stray-space": characters.check_stray_space,
    "not-nfc": characters.check_not_nfc,
    "hidden-character": characters.check_hidden_character,
    "mixed-scripts": characters.check_mixed_scripts,
    "look-alike": characters.check_look_alike,
    "no-schema-line": documents.check_no_schema_line,
    "curator-notes": documents.check_curator_notes,
    "nothing-checked": documents.check_nothing_checked,
}

# What a file tells by itself, with the text of its document if there is one.
_OF_FILES = (
    "quote-length", "ellipsis", "quote-budget", "negation", "unknown-paragraph", "body", "uncited-paragraph",
    "gist", "gist-year", "brief", "self-contradiction", "told-twice", "stray-space", "not-nfc", "hidden-character",
    "mixed-scripts", "look-alike", "no-schema-line", "curator-notes",
)  # fmt: skip
# What is found in texts, and nothing where there are none.
_OF_TEXTS = (
    "negation-cut", "wrong-paragraph", "found-in", "not-found", "elision", "link-elsewhere", "text-changed",
    "text-unavailable", "document-size", "gist-copied", "unprinted-name",
)  # fmt: skip
OF_FILES = {code: RULES[code] for code in _OF_FILES}
OF_CORPORA = {code: rule for code, rule in RULES.items() if code not in {*_OF_FILES, *_OF_TEXTS}}

# The codes of the problems that this module reports, each with its rule.
CODES = {code: (rule.__doc__ or "").partition("\n")[0] for code, rule in RULES.items()}
