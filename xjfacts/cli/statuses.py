"""What the exit status says, for the help, the manual page and whoever asks."""

from __future__ import annotations

EXIT_STATUSES = {
    0: "answered; of a pair: imposed",
    1: "nothing found; of a pair: not imposed, lifted or no record; or check found problems",
    2: "wrong usage: an unknown option, word or date",
    3: "a name fits several; they are listed with the ids to ask for",
    4: "the facts cannot be read; every reason is listed",
    70: "an error of its own, or not enough memory",
    74: "the answer cannot be written",
    130: "interrupted",
    141: "nobody reads the answer any more",
}
