"""The command line: click and the process, and nothing that any other way of asking would need too.

In come the arguments of a process and its environment; out go an answer on standard output, everything else in lines on
standard error, and an exit status. Only this room prints, reads the environment or knows click. It imports what a
command needs when the command is run: an answer in JSON should not wait for rich, nor a usage error for the facts.

The modules in their order, each importing only from those before it:

    output      bytes to standard output, lines to standard error, and whether a terminal shows them
    completion  a begun word -> the names, ids and words that it can become
    shells      completion as bash, zsh and fish want it
    settings    what was set on the group and in the environment: facts, colours, width, cache
    parts       what commands are made of: help, options that several take, completion
    reply       a question put to the facts, and its answer written in the form asked for
    ask, look_up, curate, connect
                the commands, in the four groups that `xjfacts -h` shows; none of these knows another
    group       the command that holds them all, and imports the one that is asked for
    process     arguments -> exit status; what `xjfacts.__main__` runs
    manual      the help -> the manual page, xjfacts.1 beside it
"""
