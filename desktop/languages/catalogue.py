"""Look texts up in the chosen language's gettext catalogue. English is the text in the code itself.

The surprising fact: the language is one value for the whole process, threads too, and a text is translated
when it is made, not when it is shown. What is written into the library (the label of an undo, a notice) is
therefore kept in the language of that day.
"""

import gettext
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path
from typing import Final

from desktop.languages import pseudo, system

DOMAIN: Final = "kithbook"
FOLDER: Final = Path(__file__).resolve().parent
SYSTEM: Final = "system"
"""The setting that follows what the computer is set to."""
VARIABLE: Final = "KITHBOOK_LANGUAGE"
"""The environment variable that overrules the setting."""
ENGLISH: Final = "en"
PSEUDO: Final = pseudo.CODE
"""The language of the tests: every text in brackets, longer, with accents."""

LANGUAGES: Final = {ENGLISH: "English", "de": "Deutsch"}
"""Code and own name of each language that the program speaks. An own name is never translated."""

_Catalogue = gettext.NullTranslations

_code = ENGLISH
_follows_system = False
_catalogue: _Catalogue | None = None  # None: English, nothing to look up
_here: ContextVar[tuple[str, _Catalogue | None] | None] = ContextVar("here", default=None)
"""The language of this thread or task alone, by `speaking_here`."""


def tr(text: str) -> str:
    """``text`` in the chosen language; braces are filled in by the caller's ``.format`` afterwards."""
    catalogue = _spoken()
    return text if catalogue is None or not text else catalogue.gettext(text)


def trn(one: str, many: str, n: int) -> str:
    """The form of a text that goes with the number ``n``, in the chosen language."""
    catalogue = _spoken()
    if catalogue is None:
        return one if n == 1 else many
    return catalogue.ngettext(one, many, n)


def trc(context: str, text: str) -> str:
    """`tr` for an English word that means two things: ``context`` says which, and is never shown."""
    catalogue = _spoken()
    return text if catalogue is None else catalogue.pgettext(context, text)


def mark(text: str) -> str:
    """``text`` itself, noted for the translators: for constants, which `tr` translates at their use."""
    return text


def choose(language: str, system_languages: Sequence[str] = ()) -> str:
    """Speak ``language`` from now on: a code, or "system" for the first of the computer's that we speak.

    ``system_languages`` is what the computer asks for, where the caller knows better than the environment
    does. Returns the code chosen; a language that we do not speak gives English.
    """
    global _code, _catalogue, _follows_system
    _follows_system = language == SYSTEM
    wanted = (system_languages or system.languages()) if _follows_system else (language,)
    _code = available(wanted)
    _catalogue = _load(_code)
    return _code


def chosen() -> str:
    """The code of the language that is spoken now."""
    here = _here.get()
    return _code if here is None else here[0]


def follows_system() -> bool:
    """Whether the language was left to the computer."""
    return _follows_system


@contextmanager
def speaking(language: str) -> Iterator[str]:
    """Speak ``language`` inside the ``with``, then the one before again."""
    before = _code
    try:
        yield choose(language)
    finally:
        choose(before)


@contextmanager
def speaking_here(language: str) -> Iterator[str]:
    """Speak ``language`` inside the ``with`` in this thread or task alone; the window keeps its own."""
    code = available([language])
    before = _here.set((code, _load(code)))
    try:
        yield code
    finally:
        _here.reset(before)


def available(wanted: Sequence[str]) -> str:
    """The first of ``wanted`` that we speak ("de-AT" and "de_DE.UTF-8" are "de"), else English."""
    for name in wanted:
        code = name.replace("-", "_").split("_")[0].split(".")[0].casefold()
        if code in LANGUAGES or code == PSEUDO:
            return code
    return ENGLISH


def _spoken() -> _Catalogue | None:
    here = _here.get()
    return _catalogue if here is None else here[1]


def _load(code: str) -> _Catalogue | None:
    if code == ENGLISH:
        return None
    if code == PSEUDO:
        return pseudo.Pseudo()
    return gettext.translation(DOMAIN, FOLDER, [code], fallback=True)
