"""Exports: the whole corpus at once, for other tools.

In comes a `Corpus`, and out go the bytes of one file, the same every run; nothing is asked and nothing left out but
what a format cannot say, and then it says less rather than more. `UnwritableAnswer` is raised where this Python cannot
make a format. Nothing here is loaded for an answer.

The modules in their order; `dump` alone imports the others, which do not know each other:

    ftm         FollowTheMoney entities, for those who screen names
    database    a SQLite file, for those who ask in SQL
    graph       who deals with whom, in the DOT language
    dump        which format is which, and CSV by way of `forms.tabular`; a new export has its line here
"""
