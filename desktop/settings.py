"""Every setting once: name, default, label, help and choices.

The settings page is derived from it, and ``docs/settings.md`` by ``packaging/settings_page.py``. The
surprising fact: keys that this version does not know stay in the file, so that a newer Kithbook finds its own
again.
"""

import json
import os
import tempfile
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any

from desktop import languages
from desktop.errors import BadInput, NoSpace
from desktop.languages import mark, tr
from desktop.paths import Paths

_KIND_NAMES = {str: mark("text"), int: mark("whole number"), bool: mark("yes or no")}

Value = str | int | bool

READING = mark("Reading and look")
INBOX = mark("Inbox")
HIGHLIGHTS = mark("Highlights")
SAVING = mark("Saving and privacy")
GROUPS = (READING, INBOX, HIGHLIGHTS, SAVING)
"""The pages of the settings view, in their order."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One value that a setting may take, and its name on the screen."""

    value: Value
    label: str


@dataclass(frozen=True, slots=True)
class Setting:
    """One setting. Its values have the type of ``default``; without ``choices`` any such value will do."""

    name: str
    default: Value
    label: str
    help: str
    group: str
    choices: tuple[Choice, ...] = ()
    is_hidden: bool = False
    """Kept and documented, but not on the settings page."""

    def check(self, value: object) -> Value:
        """``value`` itself when the setting may take it. Raises `BadInput` with the values it may take."""
        kind = type(self.default)
        if type(value) is not kind:
            raise BadInput(
                tr("The setting “{name}” takes a {kind}, not {value!r}.").format(
                    name=self.name, kind=tr(_KIND_NAMES[kind]), value=value
                )
            )
        allowed = [choice.value for choice in self.choices]
        if allowed and value not in allowed:
            names = ", ".join(str(one) for one in allowed)
            raise BadInput(
                tr("The setting “{name}” takes one of {names}, not {value!r}.").format(
                    name=self.name, names=names, value=value
                )
            )
        return kind(value)


def _choices(*pairs: tuple[Value, str]) -> tuple[Choice, ...]:
    return tuple(Choice(value, label) for value, label in pairs)


_COLOUR = mark(
    "What a highlight in this colour means to you: important, question, to try. Empty: the colour’s own name."
)
SETTINGS: tuple[Setting, ...] = (
    Setting(
        "language",
        languages.SYSTEM,
        mark("Language"),
        mark(
            "System follows what your computer is set to. Another one is spoken when Kithbook starts again."
        ),
        READING,
        _choices((languages.SYSTEM, mark("System")), *languages.LANGUAGES.items()),
    ),
    Setting(
        "theme",
        "system",
        mark("Theme"),
        mark("System follows what your computer is set to."),
        READING,
        _choices(
            ("system", mark("System")),
            ("light", mark("Light")),
            ("dark", mark("Dark")),
            ("contrast", mark("Contrast")),
        ),
    ),
    Setting(
        "density",
        "comfortable",
        mark("Rows"),
        mark("Compact shows 13 rows where comfortable shows 7."),
        READING,
        _choices(("comfortable", mark("Comfortable")), ("compact", mark("Compact"))),
    ),
    Setting(
        "reader_font",
        "serif",
        mark("Reading type"),
        mark("Used for articles, quotations and your own sentences."),
        READING,
        _choices(("serif", mark("Serif")), ("sans", mark("Sans"))),
    ),
    Setting(
        "reader_size",
        17,
        mark("Reading size"),
        mark("Height of the letters in an article, in pixels."),
        READING,
        _choices((15, "15"), (17, "17"), (19, "19"), (21, "21"), (24, "24")),
    ),
    Setting(
        "reader_width",
        640,
        mark("Reading width"),
        mark("Normal holds about 70 characters a line."),
        READING,
        _choices((560, mark("Narrow")), (640, mark("Normal")), (720, mark("Wide"))),
    ),
    Setting(
        "line_height",
        "normal",
        mark("Space between lines"),
        mark("More space helps with long lines and tired eyes."),
        READING,
        _choices(("close", mark("Tight")), ("normal", mark("Normal")), ("open", mark("Loose"))),
    ),
    Setting(
        "show_left_out",
        False,
        mark("Show what was left out"),
        mark("Menus, adverts and other parts of the page that are not the article stand below it."),
        READING,
    ),
    Setting(
        "less_motion",
        False,
        mark("Less motion"),
        mark("Nothing slides or fades; messages stay twice as long."),
        READING,
    ),
    Setting(
        "list_order",
        "newest",
        mark("Order of a list"),
        mark("Each list starts in this order."),
        INBOX,
        _choices(
            ("newest", mark("Newest")),
            ("oldest", mark("Oldest")),
            ("shortest", mark("Shortest")),
            ("longest", mark("Longest")),
            ("title", mark("Title")),
            ("site", mark("Site")),
        ),
    ),
    Setting(
        "group_by_day",
        True,
        mark("Group by day"),
        mark("A heading for each day, week or month in lists that are in order of time."),
        INBOX,
    ),
    Setting(
        "ask_why_on_done",
        False,
        mark("Ask for my sentence before “Done”"),
        mark("One line, Enter skips it."),
        INBOX,
    ),
    Setting("name_straw", "", mark("My word for Straw"), _COLOUR, HIGHLIGHTS),
    Setting("name_sage", "", mark("My word for Sage"), _COLOUR, HIGHLIGHTS),
    Setting("name_sky", "", mark("My word for Sky"), _COLOUR, HIGHLIGHTS),
    Setting("name_rose", "", mark("My word for Rose"), _COLOUR, HIGHLIGHTS),
    Setting("name_lilac", "", mark("My word for Lilac"), _COLOUR, HIGHLIGHTS),
    Setting(
        "resurfacing",
        False,
        mark("Three old highlights a day"),
        mark("Three of your older highlights come back each day, and those you want to remember."),
        HIGHLIGHTS,
    ),
    Setting(
        "review_draft",
        "",
        mark("Words of the weekly review"),
        mark("What you were writing in the weekly review when you left it."),
        HIGHLIGHTS,
        is_hidden=True,
    ),
    Setting(
        "fetch_after_save",
        True,
        mark("Fetch missing pictures and linked pages once"),
        mark(
            "Right after a save, Kithbook fetches what the browser could not hand over, without cookies. "
            "Nothing is ever fetched while you read. Switched off, nothing is fetched at all."
        ),
        SAVING,
    ),
    Setting(
        "allow_addresses",
        "",
        mark("Addresses that may be fetched"),
        mark(
            "Private addresses are never fetched, save those named here: addresses or networks, "
            "with commas between them."
        ),
        SAVING,
        is_hidden=True,
    ),
    Setting(
        "keys",
        "",
        mark("Keys you gave"),
        mark("Acts whose keys you changed on the page Keys, as JSON: the name of the act and its keys."),
        INBOX,
        is_hidden=True,
    ),
    Setting(
        "my_name",
        "",
        mark("My name"),
        mark("As it stands on your portfolios and on what you share. Both ask for it and keep it here."),
        SAVING,
        is_hidden=True,
    ),
    Setting("mail_address", "", mark("Mail: address"), mark("Mails go out from it."), SAVING, (), True),
    Setting("mail_host", "", mark("Mail: server"), mark("Takes mails to send (SMTP)."), SAVING, (), True),
    Setting("mail_port", 465, mark("Mail: port"), mark("TLS 465, STARTTLS 587."), SAVING, (), True),
    Setting(
        "mail_security",
        "tls",
        mark("Mail: encryption"),
        mark("There is none without: a password never travels in plain text."),
        SAVING,
        _choices(("tls", "TLS"), ("starttls", "STARTTLS")),
        is_hidden=True,
    ),
    Setting("mail_user", "", mark("Mail: user name"), mark("Empty: the address."), SAVING, (), True),
    Setting("inside_hosts", "", mark("Hosts inside"), mark("Their addresses stay."), SAVING, (), True),
    Setting("cite_style", "apa", mark("Style of citations"), mark("As last chosen."), SAVING, (), True),
    Setting("export_format", "", mark("Format of exports"), mark("As last chosen."), SAVING, (), True),
    Setting("export_folder", "", mark("Folder of exports"), mark("As last chosen."), SAVING, (), True),
    Setting("shared_folder", "", mark("Shared folder"), mark("Packs go in and come."), SAVING, (), True),
    Setting(
        "guide_closed",
        False,
        mark("First steps put away"),
        mark("Yes when you closed the first steps with “Not now”. The menu opens them again."),
        INBOX,
        is_hidden=True,
    ),
)

BY_NAME: Mapping[str, Setting] = MappingProxyType({one.name: one for one in SETTINGS})


class Settings:
    """The person's settings. Reading never fails; `set` writes the file at once.

    ``notice`` is a sentence for the person when the file was damaged and set aside, else empty.
    """

    def __init__(self, path: Path | None = None) -> None:
        self._path = path
        self._values: dict[str, Value] = {}
        self._unknown: dict[str, Any] = {}
        self.notice = ""

    @classmethod
    def load(cls, paths: Paths) -> "Settings":
        """Read the settings. A value that does not fit gives its default; a damaged file is set aside."""
        settings = cls(paths.settings)
        try:
            settings._take(paths.settings.read_bytes())
        except FileNotFoundError:
            pass
        except OSError as error:
            settings.notice = tr(
                "Your settings could not be read ({strerror}); the usual ones are used."
            ).format(strerror=error.strerror)
        except ValueError:
            settings.notice = _set_aside(paths.settings)
        return settings

    def _take(self, data: bytes) -> None:
        found = json.loads(data.decode("utf-8"))
        if not isinstance(found, dict):
            raise ValueError("not an object")
        for name, value in found.items():
            if name not in BY_NAME:
                self._unknown[name] = value
                continue
            try:
                self._values[name] = BY_NAME[name].check(value)
            except BadInput:
                continue

    def get(self, name: str) -> Value:
        """The value of ``name``, or its default. Raises KeyError for a name that is no setting."""
        return self._values.get(name, BY_NAME[name].default)

    def text(self, name: str) -> str:
        """The value of a setting of text or of named choices."""
        return str(self.get(name))

    def number(self, name: str) -> int:
        """The value of a setting of whole numbers."""
        return int(self.get(name))

    def flag(self, name: str) -> bool:
        """The value of a yes-or-no setting."""
        return bool(self.get(name))

    def set(self, name: str, value: Value) -> None:
        """Keep ``value`` and write the file. Raises `BadInput` or `NoSpace`: then nothing changed."""
        before = dict(self._values)
        self._values[name] = BY_NAME[name].check(value)
        try:
            self._write()
        except OSError as error:
            self._values = before
            raise NoSpace(
                tr("The setting could not be kept ({strerror}).").format(strerror=error.strerror),
                tr("Free some space, then try again."),
            ) from error

    def reset(self, name: str) -> None:
        """Back to the default."""
        self.set(name, BY_NAME[name].default)

    def _write(self) -> None:
        if self._path is None:
            return
        text = json.dumps({**self._unknown, **self._values}, ensure_ascii=False, indent=2, sort_keys=True)
        self._path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        # mkstemp makes the file 0600; the rename keeps that, also over an older file with wider rights.
        handle, name = tempfile.mkstemp(dir=self._path.parent, prefix=".settings-")
        try:
            with os.fdopen(handle, "w", encoding="utf-8") as file:
                file.write(text + "\n")
                file.flush()
                os.fsync(file.fileno())
            Path(name).replace(self._path)
        except OSError:
            with suppress(OSError):
                Path(name).unlink()
            raise


def language(paths: Paths) -> str:
    """The language of the settings, before they are loaded: a damaged file is left for `Settings.load`."""
    try:
        return str(json.loads(paths.settings.read_bytes())["language"])
    except (OSError, ValueError, LookupError, TypeError):
        return languages.SYSTEM


def _set_aside(path: Path) -> str:
    """Move a damaged file away, never delete it. Returns the sentence that says so."""
    number = 1
    while (kept := path.with_name(f"{path.stem}.damaged-{number}{path.suffix}")).exists():
        number += 1
    try:
        path.replace(kept)
    except OSError:
        return tr("Your settings could not be read; the usual ones are used.")
    return tr(
        "Your settings could not be read. The file was kept as {name}; the usual ones are used."
    ).format(name=kept.name)
