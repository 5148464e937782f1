"""Corpus: from fact files to all their records, or every reason why not.

In come folders of TOML, or what was kept of them by an earlier run; out goes a `Corpus`, whose records are frozen and
whose references all exist, or `UnreadableFacts` with a line for each problem. What is merely doubtful is not for this
room but for `curation`. It alone knows tomli, and an answer from the cache loads neither that nor the loader.

A corpus is one interface, `index.Corpus`, with two keepers: itself in memory, and `snapshot.Snapshot` in a file.

The modules in their order, each importing only from those before it:

    values      ids, texts, closed lists of words: what stands in a record, and how it is read
    model       the records of a fact file, and what editors show of them; a new table of facts begins here
    needs       what a word of a closed list makes necessary beside it
    lines       where everything in a file stands
    tomlfile    a file -> data with the line of everything
    liftings    which sanctions were ended, and by what
    contests    what speaks against a fact
    together    facts that state the same, told as one, and their days
    labels      the fields by which facts are found
    fulltext    the words of a fact by place, for search
    timeline    facts in order of time, and the days of each
    index       all records with the look-ups that answers need
    pairs       has the one sanctioned the other: the answer to a pair, from all its facts
    wording     what is wrong with a table: the value, what is accepted, the nearest guess
    convert     tables -> records
    ahead       the same in other processes, where there are very many files
    references  whether the records of all files hold together
    loader      find, read, convert, resolve: folders -> `Corpus`; a new code of a problem begins here
    blobs       a record <-> bytes
    manifest    what stands in the folders now, and whether it is what was read
    sealed      an SQLite file whose bytes are those that were written, or damaged
    keeper      what a corpus that is not in memory is asked of
    matches     the words in such a file, for search
    cache       what is kept between runs, and whether it may be trusted
    fetched     rows that are asked for together and remembered for a while
    spellings   the names, for look-up
    tables      a corpus -> the tables of such a file
    snapshot    the corpus in it; what answers ask
    server      the same on a PostgreSQL server
"""
