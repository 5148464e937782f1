"""Curation: what those need who write fact files, and nobody who asks.

In come fact files, and the texts of the documents where the user has copies; out go problems, each with file, line and
code (`check`), or a file to fill in (`draft`). Nothing here is loaded for an answer.

The modules in their order, each importing only from those before it:

    original    the text of a document: its paragraphs, and whether words stand in it
    rules       what a corpus must keep to: a module for each subject, and the table of all; a new rule begins here
    check       which files are held against the rules, and what was found
    draft       a document file to fill in, made from a text
"""
