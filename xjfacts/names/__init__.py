"""Names: from a spelling to the entity that it means, how surely, and why.

In come spellings in any script, of the data and of questions, and out goes an entity with a score and the name that
matched, or several that are as near. The room knows nothing of facts; it alone knows rapidfuzz and anyascii, and loads
them only where a spelling asks for them.

The modules in their order, each importing only from those before it:

    hanzi       traditional characters -> simplified ones
    folding     a spelling in any script -> plain words, and its key
    lexicon     the words that mean something by themselves in a name
    skeleton    the consonants of a word, by which others like it are found
    words       how nearly a word stands for another
    spelling    a name taken apart: words, titles, generation, surname
    compare     whether two names are the same, how surely, and why
    table       all names, however they are kept: the questions that are asked of them
    shortlist   which of many names are worth comparing
    lookup      which entity a spelling means; what other rooms ask
"""
