"""Forms: from the records of an answer to text.

In comes an `Answer` (or, for a citation, `Reference`s); out goes a string, and each form is a function of that alone,
but for the width and colours of a terminal. Those for people are made from one page, so that none can hide what another
says; those for programs hold the records as they are. Everything passes `text.visible` or its like for JSON: no
control character of the data reaches a reader. Only `terminal` knows rich, and it is loaded only for a terminal;
only `html` knows jinja2.

The modules in their order, each importing only from those before it:

    cite        what is pasted elsewhere: sentence, Markdown, BibLaTeX, CSL-JSON
    words       the words on a page: titles, how a fact stands, amounts, what was left out
    entries     a result -> its entry, and the numbered notes that prove it
    page        an answer -> headings, entries, notes and remarks, before any form
    drawings    timeline and matrix of an answer, as geometry
    plain       a page -> text for pipes, and Markdown
    html        a page -> HTML, by the templates beside it
    terminal    a page -> what a terminal is to be sent
    tabular     an answer -> JSON, NDJSON, CSV
    schema      the JSON Schemas of the answers and of the fact files
"""
