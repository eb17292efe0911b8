"""SQLModel sessions on the writer's own sqlite3 connection."""

import sqlite3

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.pool import StaticPool
from sqlmodel import Session


def engine_on(connection: sqlite3.Connection) -> Engine:
    """An engine whose every transaction is a BEGIN IMMEDIATE on this one connection."""
    engine = create_engine("sqlite://", creator=lambda: connection, poolclass=StaticPool)

    @event.listens_for(engine, "begin")
    def begin(begun: Connection) -> None:
        # sqlite3 itself begins nothing (isolation_level None): it would begin late, and DEFERRED.
        begun.exec_driver_sql("BEGIN IMMEDIATE")

    return engine


def plain(session: Session) -> sqlite3.Connection:
    """The sqlite3 connection under a session, inside its transaction: for the journal and for bulk
    statements."""
    session.flush()
    connection = session.connection().connection.driver_connection
    assert isinstance(connection, sqlite3.Connection)
    return connection
