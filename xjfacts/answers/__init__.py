"""Answers: from a question, as it was typed, to the records of its answer.

In come a `Corpus` and the words of the user; out goes an `Answer`, complete and without form, or what stops one: a
`UsageError`, `NotFound` or `AmbiguousName`. An answer without results is an answer. Questions are put to
`questions.Facts`, which has a method for each; what only one of them needs is loaded when it is asked.

The modules in their order, each importing only from those before it:

    sources     what is cited, and the links that open a document at the quoted words
    records     what an answer consists of, and so its JSON; what a new fact table says in an answer begins here
    selection   which facts answer: of the entities and days asked for, once each, in order
    compose     records of the corpus -> records of an answer, and the envelope around them
    search      the facts that hold all the words, best first
    asked       the entity that a name means here, and a word of a closed list
    candidates  what else a name may mean, and why
    sanctions   which of them to show and which only to count; the word about a pair (from `corpus.pairs`)
    lists       a list of names as a file holds it, row by row
    screen      what each row of a list comes to
    look_up     records by their ids, to be shown or cited
    questions   `Facts`: a method for each question
"""
