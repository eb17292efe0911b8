"""The program's words in the person's language: `tr`, `trn`, `trc`, `mark`, `choose`."""

from desktop.languages.catalogue import (
    LANGUAGES,
    PSEUDO,
    SYSTEM,
    VARIABLE,
    available,
    choose,
    chosen,
    follows_system,
    mark,
    speaking,
    speaking_here,
    tr,
    trc,
    trn,
)

__all__ = [
    "LANGUAGES",
    "PSEUDO",
    "SYSTEM",
    "VARIABLE",
    "available",
    "choose",
    "chosen",
    "follows_system",
    "mark",
    "speaking",
    "speaking_here",
    "tr",
    "trc",
    "trn",
]
