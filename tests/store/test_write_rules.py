"""WAL, FULL, BEGIN IMMEDIATE, one connection that writes and alone checkpoints: SQLite 3.40 is safe so."""

import re
import sqlite3
import threading
from pathlib import Path

import pytest
from sqlmodel import Session

from desktop.errors import BadInput, Bug, LibraryBusy, NoSpace, UserFixable
from desktop.library import captures, undo
from desktop.library.opening import Library, open_library
from desktop.library.values import State
from desktop.paths import Paths
from desktop.store import faults, journal
from desktop.store.database import connect_to_write
from desktop.store.reader import Reader
from desktop.store.sessions import plain
from desktop.store.writer import Writer
from tests.support.saving import page


def read_all(paths: Paths) -> None:
    with open_library(paths, write=False) as opened:
        opened.reader.rows("SELECT * FROM content")
        opened.reader.rows("SELECT * FROM source")


def pragma(connection: sqlite3.Connection, name: str) -> object:
    return connection.execute(f"PRAGMA {name}").fetchone()[0]


def test_the_writer_uses_a_log_synced_at_every_commit(writer: Writer) -> None:
    def asked(session: Session) -> dict[str, object]:
        names = ("journal_mode", "synchronous", "foreign_keys", "secure_delete", "wal_autocheckpoint")
        return {name: pragma(plain(session), name) for name in names}

    assert writer.run(asked) == {
        "journal_mode": "wal",
        "synchronous": 2,
        "foreign_keys": 1,
        "secure_delete": 1,
        "wal_autocheckpoint": 1000,
    }


def test_every_transaction_begins_immediate(writer: Writer) -> None:
    added = captures.add(writer, page())
    seen: list[str] = []
    writer.run(lambda session: plain(session).set_trace_callback(seen.append))
    captures.move(writer, [added.source_id], State.LATER)
    captures.mark_read(writer, [added.source_id])
    undo.undo(writer)
    captures.add(writer, page("b"))
    writer.run(lambda session: plain(session).set_trace_callback(None))

    begun = [statement for statement in seen if statement.upper().startswith("BEGIN")]
    assert len(begun) == 5
    assert set(begun) == {"BEGIN IMMEDIATE"}
    assert seen.count("COMMIT") == 5


def test_all_writing_happens_on_one_thread_and_one_connection(writer: Writer) -> None:
    seen: list[tuple[int, int]] = []

    def ask() -> None:
        seen.append(writer.run(lambda session: (threading.get_ident(), id(plain(session)))))

    askers = [threading.Thread(target=ask) for _ in range(8)]
    for asker in askers:
        asker.start()
    for asker in askers:
        asker.join()

    assert len(seen) == 8
    assert len(set(seen)) == 1


def test_nothing_else_in_the_program_opens_the_library_for_writing(root: Path) -> None:
    """The reader, copies and checks open ``mode=ro``; only `database` connects without it."""
    opens = [
        (path.relative_to(root).as_posix(), line.strip())
        for path in (root / "desktop").rglob("*.py")
        for line in path.read_text(encoding="utf-8").splitlines()
        if re.search(r'sqlite3\.connect\((?!":memory:")', line)
    ]

    assert sorted({name for name, _ in opens}) == ["desktop/store/database.py", "desktop/store/reader.py"]
    assert sum("mode=ro" not in line for name, line in opens if name.endswith("database.py")) == 1


def test_folders_are_made_and_forced_to_disk_in_one_place(root: Path) -> None:
    made = re.compile(r"def (sync_folder|make_folder|make_private)\(")
    places = [
        path.relative_to(root).as_posix()
        for room in ("desktop", "native_host")
        for path in sorted((root / room).rglob("*.py"))
        for _ in made.finditer(path.read_text(encoding="utf-8"))
    ]

    assert places == ["native_host/durable.py"] * 2


def test_a_reader_can_neither_write_nor_checkpoint(library: Library, reader: Reader) -> None:
    assert library.writer is not None
    captures.add(library.writer, page())
    connection = reader.connection()

    assert pragma(connection, "query_only") == 1
    with pytest.raises(sqlite3.OperationalError):
        connection.execute("DELETE FROM source")
    connection.execute("PRAGMA query_only = 0")  # even so: the file is open for reading only
    with pytest.raises(sqlite3.OperationalError):
        connection.execute("DELETE FROM source")
    log = library.paths.library.with_name("library.db-wal")
    before = log.stat().st_size
    with pytest.raises(sqlite3.OperationalError):
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    assert before == log.stat().st_size > 0


def test_a_reader_sees_a_commit_of_another_connection(library: Library, reader: Reader) -> None:
    assert library.writer is not None
    assert reader.row("SELECT count(*) FROM source") == (0,)
    captures.add(library.writer, page())
    assert reader.row("SELECT count(*) FROM source") == (1,)


def test_a_reader_serves_every_thread_and_closes_for_all(library: Library, reader: Reader) -> None:
    found: list[object] = []
    asker = threading.Thread(target=lambda: found.append(reader.connection()))
    asker.start()
    asker.join()

    assert found[0] is not reader.connection()
    reader.close()
    with pytest.raises(sqlite3.ProgrammingError):
        reader.connection().execute("SELECT 1")


def test_a_reader_is_not_closed_under_whoever_reads(library: Library, reader: Reader) -> None:
    is_reading, may_go = threading.Event(), threading.Event()
    order: list[object] = []

    def read() -> None:
        with reader.held() as connection:
            is_reading.set()
            may_go.wait(30)
            order.append(connection.execute("SELECT 1").fetchone())

    def close() -> None:
        reader.close()
        order.append("closed")

    asker, closer = threading.Thread(target=read), threading.Thread(target=close)
    asker.start()
    assert is_reading.wait(30)
    closer.start()
    closer.join(0.2)
    assert closer.is_alive()
    may_go.set()
    asker.join(30)
    closer.join(30)

    assert order == [(1,), "closed"]
    with pytest.raises(sqlite3.ProgrammingError):
        reader.rows("SELECT 1")


def test_what_raises_is_rolled_back_whole(writer: Writer, reader: Reader) -> None:
    def half(session: Session) -> None:
        plain(session).execute("INSERT INTO tag (key, name) VALUES ('half', 'half')")
        raise RuntimeError("midway")

    with pytest.raises(RuntimeError, match="midway"):
        writer.run(half)

    assert reader.row("SELECT count(*) FROM tag") == (0,)
    assert captures.add(writer, page()).outcome == "new"


def test_a_command_inside_a_command_is_our_bug(writer: Writer) -> None:
    with pytest.raises(Bug):
        writer.run(lambda _: captures.add(writer, page()))


def test_a_closed_writer_says_so(library: Library, writer: Writer) -> None:
    library.close()
    library.close()
    with pytest.raises(Bug, match="closed"):
        captures.add(writer, page())


def test_closing_empties_the_log_into_the_file(library: Library, writer: Writer) -> None:
    captures.add(writer, page())
    library.close()

    log = library.paths.library.with_name("library.db-wal")
    assert not log.exists() or log.stat().st_size == 0


def test_the_writer_warms_up_without_being_waited_for(writer: Writer, reader: Reader) -> None:
    writer.warm()
    assert captures.add(writer, page()).outcome == "new"


def test_a_writer_that_could_not_open_tries_again(
    writer: Writer, library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    def failing(_: sqlite3.Connection) -> None:
        raise sqlite3.OperationalError("once")

    with monkeypatch.context() as patched:
        patched.setattr(journal, "watch", failing)
        with pytest.raises(sqlite3.OperationalError, match="once"):
            captures.add(writer, page())

    assert captures.add(writer, page()).outcome == "new"


def test_a_full_disk_is_told_in_a_sentence_and_nothing_is_torn(writer: Writer, reader: Reader) -> None:
    captures.add(writer, page("a"))

    def limit(session: Session, more: int) -> None:
        connection = plain(session)
        pages = int(connection.execute("PRAGMA page_count").fetchone()[0])
        connection.execute(f"PRAGMA max_page_count = {pages + more}")

    writer.run(lambda session: limit(session, 2))
    with pytest.raises(NoSpace, match="disk is full"):
        captures.add(writer, page("b", text="word " * 40_000))

    assert reader.row("SELECT count(*) FROM source") == (1,)
    assert reader.row("SELECT count(*) FROM content") == (1,)
    assert reader.row("PRAGMA integrity_check") == ("ok",)
    writer.run(lambda session: limit(session, 100_000))
    assert captures.add(writer, page("b", text="word " * 40_000)).outcome == "new"


def test_undo_on_a_full_disk_leaves_the_act_undoable(writer: Writer, reader: Reader) -> None:
    ids = [captures.add(writer, page(f"p{at}")).source_id for at in range(30)]
    captures.tag(writer, ids, add=[f"a rather long name of a tag {at:03}" for at in range(40)])

    def limit(session: Session, pages: int) -> None:
        plain(session).execute(f"PRAGMA max_page_count = {pages}")

    before = reader.row("SELECT count(*) FROM source_tag")
    writer.run(lambda session: limit(session, 1))
    with pytest.raises(NoSpace):
        captures.set_why(writer, ids[0], "why " * 20_000)
    writer.run(lambda session: limit(session, 1_000_000))

    assert reader.row("SELECT count(*) FROM source_tag") == before == (1200,)
    assert undo.undo(writer).label.startswith("Undone: 30 tagged")
    assert reader.row("SELECT count(*) FROM source_tag") == (0,)


@pytest.mark.parametrize("number", [28, 27, 5, 30, 13])
def test_a_failing_disk_is_the_persons_to_mend(number: int, tmp_path: Path) -> None:
    said = faults.told(OSError(number, "x", "somewhere"), tmp_path / "library.db")

    assert isinstance(said, NoSpace)
    assert said.action


def test_other_errors_stay_our_own(tmp_path: Path) -> None:
    for error in (OSError(2, "x"), sqlite3.OperationalError("no such table"), ValueError("x")):
        assert faults.told(error, tmp_path / "library.db") is error
    mended = BadInput("x")
    assert faults.told(mended, tmp_path / "library.db") is mended


def test_another_program_that_holds_the_file_is_named(library: Library, writer: Writer) -> None:
    other = sqlite3.connect(library.paths.library, isolation_level=None)
    try:
        writer.run(lambda session: plain(session).execute("PRAGMA busy_timeout = 1").fetchall())
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(LibraryBusy):
            captures.add(writer, page())
        other.execute("ROLLBACK")
        assert captures.add(writer, page()).outcome == "new"
    finally:
        other.close()


def test_a_damaged_file_names_the_copies(library: Library) -> None:
    paths = library.paths
    library.close()
    paths.library.write_bytes(b"This is no library at all. " * 400)

    with pytest.raises(UserFixable, match="damaged") as told:
        open_library(paths, write=True)

    assert str(paths.backups) in told.value.action


def test_a_file_damaged_in_the_middle_is_told_when_it_is_read(library: Library, writer: Writer) -> None:
    paths = library.paths
    for at in range(8):
        captures.add(writer, page(f"p{at}", text="word " * 10_000))
    library.close()
    data = bytearray(paths.library.read_bytes())
    data[4096 * 3 :] = b"\xa5" * (len(data) - 4096 * 3)
    paths.library.write_bytes(data)

    with pytest.raises(UserFixable, match="damaged"):
        read_all(paths)


def test_a_foreign_sqlite_file_is_left_alone(library: Library) -> None:
    paths = library.paths
    library.close()
    for path in paths.home.glob("library.db*"):
        path.unlink()
    foreign = sqlite3.connect(paths.library)
    foreign.execute("CREATE TABLE songs (name)")
    foreign.close()

    with pytest.raises(UserFixable, match="not a Kithbook library"):
        open_library(paths, write=True)


def test_connecting_fails_cleanly_on_a_file_that_is_no_database(tmp_path: Path) -> None:
    path = tmp_path / "library.db"
    path.write_bytes(b"x" * 8192)
    with pytest.raises(sqlite3.DatabaseError):
        connect_to_write(path)
