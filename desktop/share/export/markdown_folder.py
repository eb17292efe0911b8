"""A folder of Markdown files, one for each source, with the pictures beside them; for Obsidian and others.

The surprising fact: the folder is the person's as much as ours. It may be exported into again: a hidden list
(`markdown_listed`) says what was written, so that what did not change is not touched, what the person edited
or took away is left as it is, and what is no longer in the library stays.
"""

import os
import re
import shutil
import unicodedata
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from desktop.errors import BadInput, KithbookError
from desktop.languages import tr, trn, writing
from desktop.share.export import markdown_listed as listed
from desktop.share.export.markdown_listed import File
from desktop.share.export.markdown_page import ASSETS, body, page
from desktop.share.export.selection import Exported, Items
from desktop.share.export.writing import (
    Steps,
    Stop,
    Stopped,
    Tell,
    Written,
    errors_told,
    in_silence,
    never,
    new_folder,
)
from desktop.share.file_names import file_name
from native_host.durable import remove_quietly, write_whole

_NOT_IN_LINKS = re.compile(r"[\[\]#^]")
"""Obsidian cannot link to a note whose name has one of these."""
_HELD = 8 << 20
"""Bytes of texts that are held, for several captures may share one."""
_NEW_FILE = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
_NAMED = 10
"""So many files are named to the person."""


@dataclass(frozen=True, slots=True)
class Edited:
    """Files of an earlier export, by name."""

    changed: tuple[str, ...]
    """The person wrote into them."""
    away: tuple[str, ...]
    """The person moved or deleted them."""


def write(
    items: Items, out: Path, *, tell: Tell = in_silence, stop: Stop = never, overwrite: bool = False
) -> Written:
    """See `writing.Write`; but a folder that this made before is brought up to date, not refused.

    ``overwrite``: also the files there that the person edited or took away.
    """
    place = out.expanduser().absolute()
    steps = Steps(len(items), tell, stop)
    if not place.is_dir():
        with new_folder(place) as part:
            work = _Work(items, part, {}, is_new=True)
            work.run(steps)
            listed.save(part, work.files)
        return work.told(place)
    work = _Work(items, place, _files_in(place), overwrite=overwrite)
    with _list_saved_at_any_end(work):
        work.run(steps)
    return work.told(place)


def edited(place: Path) -> Edited:
    """What the person did to the files of an earlier export; nothing for a folder that is not there or empty.

    Raises BadInput for a folder of other files.
    """
    if not place.is_dir():
        return Edited((), ())
    there = {one.name: (_digest(place / one.name), one.sha256) for one in _files_in(place).values()}
    changed = (name for name, (now, then) in there.items() if now is not None and now != then)
    return Edited(
        tuple(sorted(changed)), tuple(sorted(name for name, (now, _) in there.items() if now is None))
    )


def _files_in(place: Path) -> dict[str, File]:
    with errors_told():
        files = listed.load(place)
        if files is None and any(place.iterdir()):
            raise BadInput(
                tr("“{name}” holds other files.").format(name=place.name),
                tr("Choose a new or an empty folder."),
            )
    return files or {}


@contextmanager
def _list_saved_at_any_end(work: "_Work") -> Iterator[None]:
    """What was written is whole and stays, and the list says so."""
    try:
        with errors_told():
            yield
    except Stopped:
        listed.save(work.place, work.files)
        sentence = tr("Stopped. The files written so far are whole; export again to go on.")
        raise Stopped(sentence) from None
    except KithbookError:
        try:
            listed.save(work.place, work.files)
        except OSError:
            pass  # a full disk; a file that is not in the list is taken for ours if it holds what we write
        raise
    with errors_told():
        listed.save(work.place, work.files)


class _Work:
    """One export into one folder."""

    def __init__(
        self,
        items: Items,
        place: Path,
        files: dict[str, File],
        *,
        overwrite: bool = False,
        is_new: bool = False,
    ) -> None:
        self.place, self.files, self._prefix = place, files, f"{place}{os.sep}"
        self._items, self._overwrite, self._is_new = items, overwrite, is_new
        self._before = frozenset(files)
        self._seen: set[str] = set()
        self._kept: list[str] = []  # edited by the person, and another by now
        self._away: list[str] = []  # taken away by the person
        self._lost = 0  # pictures that are not there any more
        self._written = self._size = self._done = 0
        self._taken = {_same(one.name) for one in files.values()}
        self._taken.update(_same(entry.name) for entry in os.scandir(place))
        self._pictures: set[str] = set()
        self._bodies: dict[int, tuple[bytes, tuple[str, ...]]] = {}
        self._held = 0

    def run(self, steps: Steps) -> None:
        """Write what is to be written."""
        for one in self._items.with_html():
            self._put(one)
            steps.step("markdown")
        self._done = steps.done

    def told(self, place: Path) -> Written:
        """What was done."""
        return Written(place, self._done, self._written, self._size, tuple(self._said()))

    def _put(self, one: Exported) -> None:
        text, pictures = self._body(one)
        data = page(one, text)
        digest = listed.digest(data)
        old = self.files.get(one.uuid)
        if old is None:
            name = self._new_name(one, digest)
            self._save(name, data)
            self.files[one.uuid] = File(name, digest)
        else:
            self._seen.add(one.uuid)
            if old.sha256 != digest or self._overwrite:
                self._renew(one.uuid, old, data, digest)
        for picture in pictures:
            self._picture(picture)

    def _renew(self, uuid: str, old: File, data: bytes, digest: str) -> None:
        """A file of ours whose page is another by now, or that is to be ours again."""
        there = _digest(self.place / old.name)
        if there == digest:
            self.files[uuid] = File(old.name, digest)
        elif there == old.sha256 or self._overwrite:
            self._save(old.name, data)
            self.files[uuid] = File(old.name, digest)
        elif there is None:
            self._away.append(old.name)
        else:
            self._kept.append(old.name)

    def _new_name(self, one: Exported, digest: str) -> str:
        """A name that no file has, of ours or of the person's."""
        stem = file_name(_NOT_IN_LINKS.sub(" ", one.name), "", "Page")
        for tail in ("", f" ({one.uuid[:8]})", f" ({one.uuid})"):
            name = f"{stem}{tail}.md"
            same = _same(name)
            if same not in self._taken or self._is_ours(name, digest):
                break
        self._taken.add(same)
        return name

    def _is_ours(self, name: str, digest: str) -> bool:
        """Left by an export that could not write its list: it holds the very same."""
        return not self._is_new and _digest(self.place / name) == digest

    def _save(self, name: str, data: bytes) -> None:
        path = self._prefix + name
        if self._is_new:  # the folder as a whole gets its name at the end
            file = os.open(path, _NEW_FILE, 0o600)
            try:
                done = os.write(file, data)
                while done < len(data):
                    done += os.write(file, data[done:])
            finally:
                os.close(file)
        else:
            write_whole(path, data, is_durable=False)
        self._written += 1
        self._size += len(data)

    def _body(self, one: Exported) -> tuple[bytes, tuple[str, ...]]:
        """The text in Markdown and its pictures; made once for captures that share it."""
        found = self._bodies.get(one.content_id)
        if found is None:
            from desktop.text.markdown import markdown_from_html

            found = body(markdown_from_html(one.html)) if one.html else (b"", ())
            if self._held > _HELD:
                self._bodies.clear()
                self._held = 0
            self._bodies[one.content_id] = found
            self._held += len(found[0])
        return found

    def _picture(self, name: str) -> None:
        if name in self._pictures:
            return
        self._pictures.add(name)
        source = self._items.picture(name)
        if source is None:
            self._lost += 1
            return
        folder = self.place / ASSETS
        path = folder / source.name
        size = source.stat().st_size
        if path.is_file() and path.stat().st_size == size:
            return
        folder.mkdir(mode=0o700, exist_ok=True)
        part = folder / f".{source.name}.part"
        try:
            shutil.copyfile(source, part)
            part.replace(path)
        finally:
            remove_quietly(str(part))
        self._written += 1
        self._size += size

    def _said(self) -> Iterator[str]:
        if self._kept:
            yield _named(
                trn(
                    "{n} file that you edited was left as it is: {names}.",
                    "{n} files that you edited were left as they are: {names}.",
                    len(self._kept),
                ),
                self._kept,
            )
        if self._away:
            yield _named(
                trn(
                    "{n} file that you moved or deleted was not made again: {names}.",
                    "{n} files that you moved or deleted were not made again: {names}.",
                    len(self._away),
                ),
                self._away,
            )
        gone = self._gone()
        if gone:
            yield _named(
                trn(
                    "{n} page is no longer in your library; its file was left: {names}.",
                    "{n} pages are no longer in your library; their files were left: {names}.",
                    len(gone),
                ),
                gone,
            )
        if self._lost:
            yield trn(
                "{n} picture is not there any more.", "{n} pictures are not there any more.", self._lost
            ).format(n=writing.number(self._lost))

    def _gone(self) -> list[str]:
        """Files whose source was deleted or stands in Trash; one that was only not chosen is not meant."""
        unseen = self._before - self._seen
        return sorted(self.files[uuid].name for uuid in unseen - self._items.still_here(unseen))


def _named(sentence: str, names: Sequence[str]) -> str:
    shown = ", ".join(names[:_NAMED]) + (" …" if len(names) > _NAMED else "")
    return sentence.format(n=writing.number(len(names)), names=shown)


def _same(name: str) -> str:
    """What two names share that are one file on Windows or a Mac."""
    return name.casefold() if name.isascii() else unicodedata.normalize("NFC", name).casefold()


def _digest(path: Path) -> str | None:
    """None when it is not there."""
    try:
        return listed.digest(path.read_bytes())
    except (FileNotFoundError, IsADirectoryError):
        return None
