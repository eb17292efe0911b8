"""A pack that came: kept as it is, with its verified block and its pictures, before anything is taken in.

Surprising: its signature is not kept. It was checked when the file was opened; what is kept since then is as
safe as the library itself.
"""

import hashlib
import sqlite3
from collections.abc import Sequence

from desktop.capture.pictures import known
from desktop.errors import BadInput, Refused
from desktop.languages import tr
from desktop.learning.rows import insert
from desktop.library import assets
from desktop.library.acts import act, found, now, quietly
from desktop.library.values import Asset
from desktop.paths import Paths
from desktop.share import canonical, offer, pack_json, trust
from desktop.share.opening import Opened
from desktop.share.trust import Verdict
from desktop.store.changes import Changes, Noun
from desktop.store.reader import Reader
from desktop.store.writer import Writer

_PACK = frozenset({Noun.PACK})


def keep_offer(
    writer: Writer,
    reader: Reader,
    opened: Opened,
    *,
    way: str = "file",
    file_name: str = "",
    size: int = 0,
    origin: str = "",
) -> Changes:
    """Keep a pack for later, with its signed block; ``made`` is its row's id. Takes nothing in. Not undoable.

    A pack that is here already: empty Changes with its id. Raises Refused (another content), NoSpace.
    """
    verdict = trust.of_opened(reader, opened)
    arrived = Arrival(opened, verdict, way, file_name, size)
    names: list[str] = []
    try:
        kept = keep_files(writer.paths, opened, names)

        def work(connection: sqlite3.Connection) -> Changes:
            pack_id, is_new = arrived.row(connection, kept)
            return Changes(_PACK if is_new else frozenset(), (), origin, made=pack_id)

        return quietly(writer, work)
    finally:
        drop_unnamed(writer, reader, names)


def reopen(reader: Reader, paths: Paths, pack_id: int) -> Opened:
    """A pack that was kept, from its block, which was verified when it came. Raises BadInput: it is gone.

    Its signature is not here any more: it was made over the file.
    """
    row = reader.row(
        "SELECT sender_key, pack.sha256, asset.sha256, ext FROM pack JOIN asset ON asset.id = asset_id "
        "WHERE pack.id = ?",
        (pack_id,),
    )
    path = assets.path_of(paths, f"res/{row[2]}.{row[3]}") if row else None
    block = path.read_bytes() if path else b""
    if row is None or hashlib.sha256(block).hexdigest() != row[1]:
        raise BadInput(tr("What was in this pack is not here any more."), tr("Open its file again."))
    values = canonical.loads(block)
    pictures = {one["name"]: _picture(paths, one["name"]) for one in values["pictures"]}
    pack = pack_json.from_values(values, pack_json.true_pictures(values, pictures), is_lenient=True)
    return Opened(pack, row[0], bool(row[0]), block, "", None)


def put_aside(writer: Writer, pack_ids: Sequence[int], *, is_aside: bool = True, origin: str = "") -> Changes:
    """Take received packs out of sight, or back. Undoable as one."""

    def work(connection: sqlite3.Connection) -> Changes:
        old, new = ("new", "aside") if is_aside else ("aside", "new")
        number = sum(
            connection.execute(
                "UPDATE pack SET state = ? WHERE id = ? AND direction = 'received' AND state = ?",
                (new, one, old),
            ).rowcount
            for one in pack_ids
        )
        return (
            Changes(_PACK, (), origin, tr("Put aside") if is_aside else tr("Brought back"))
            if number
            else Changes()
        )

    return act(writer, work)


class Arrival:
    """A pack on its way in, and what its row says."""

    def __init__(self, opened: Opened, verdict: Verdict, way: str, file_name: str, size: int) -> None:
        self.opened, self.verdict = opened, verdict
        self._way, self._file_name, self._size = way, file_name, size

    def row(self, connection: sqlite3.Connection, kept: Sequence[Asset]) -> tuple[int, bool]:
        """The pack's row, and whether it is new. Outside any journal entry. Raises Refused: other content."""
        pack = self.opened.pack
        here = connection.execute(
            "SELECT id, sha256 FROM pack WHERE uuid = ? AND direction = 'received'", (pack.uuid,)
        ).fetchone()
        if here and here[1] != self.opened.sha256:
            raise Refused(offer.other_content())
        if here:
            return int(here[0]), False
        connection.executemany(
            "INSERT OR IGNORE INTO asset (sha256, ext, mime, bytes, url) VALUES (?, ?, ?, ?, '')",
            [(one.sha256, one.ext, one.mime, one.bytes) for one in kept],
        )
        (asset_id,) = found(connection, "SELECT id FROM asset WHERE sha256 = ?", self.opened.sha256)
        person = self.verdict.known.person_id if self.verdict.known else 0
        pack_id = insert(
            connection,
            "pack",
            {
                "uuid": pack.uuid, "direction": "received", "title": pack.title, "message": pack.message,
                "made_at": pack.made_at, "at": now(), "person_id": person or None,
                "sender_name": self.verdict.name, "sender_key": self.opened.key,
                "trust": self.verdict.trust.value, "circle": pack.circle, "sha256": self.opened.sha256,
                "bytes": self._size or len(self.opened.block), "file_name": self._file_name,
                "way": self._way, "reply_to": pack.reply_to, "state": "new", "asset_id": asset_id,
            },
        )  # fmt: skip
        for ordinal, item in enumerate(pack.items, start=1):
            insert(
                connection,
                "pack_item",
                {
                    "pack_id": pack_id, "uuid": item.uuid, "ordinal": ordinal, "title": item.title,
                    "url": item.url, "sentence": item.sentence, "captured_at": item.captured_at,
                    "captured_by": item.captured_by, "licence": item.licence, "is_kept": 0, "is_new": 0,
                },
            )  # fmt: skip
        return pack_id, True


def keep_files(paths: Paths, opened: Opened, names: list[str]) -> list[Asset]:
    """Keep the block and the pictures of a pack durably; ``names`` gets each ``res/…`` as it is kept.

    Pictures that are not what their name and their own header say are passed over. Raises NoSpace.
    """
    kept = [assets.keep(paths, opened.block, "json")]
    names.append(kept[0].name)
    for picture in opened.pack.pictures:
        kind = known(picture.data)
        digest = hashlib.sha256(picture.data).hexdigest()
        if kind is not None and picture.name.startswith(f"res/{digest}."):
            kept.append(assets.keep(paths, picture.data, kind.ext))
            names.append(kept[-1].name)
    return kept


def drop_unnamed(writer: Writer, reader: Reader, names: Sequence[str]) -> None:
    """Remove files that were kept for the pack and that no row names after all."""
    unnamed = [
        name for name in names if not reader.rows("SELECT 1 FROM asset WHERE sha256 = ?", (name[4:68],))
    ]
    assets.remove(writer.paths, unnamed)


def _picture(paths: Paths, name: str) -> bytes:
    """A picture of a kept pack; empty when it is gone since, and the alt text is shown in its place."""
    stem = name.rpartition(".")[0]
    paths_of = (assets.path_of(paths, f"{stem}.{ext}") for ext in assets.MIMES)
    path = next((one for one in paths_of if one is not None), None)
    return path.read_bytes() if path else b""
