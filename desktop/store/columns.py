"""What the columns of `models` and `models_learn` have in common.

Foreign keys are checked at commit, so that undo may restore rows in any order.
"""

from typing import Any

from sqlalchemy import Column, ForeignKey, Integer
from sqlalchemy.types import UserDefinedType
from sqlmodel import Field

OWN_IDS = {"sqlite_autoincrement": True}
"""Ids grow with arrival and are never used again."""
NO_ROWID = {"sqlite_with_rowid": False}


class AsStored(UserDefinedType[Any]):
    """A column without affinity: SQLite gives back exactly the type and bytes that went in."""

    cache_ok = True

    def get_col_spec(self, **_: Any) -> str:
        """SQLite's name for it."""
        return "BLOB"


def to(
    target: str,
    *,
    is_key: bool = False,
    is_optional: bool = False,
    goes_with: bool = False,
    is_emptied: bool = False,
) -> Any:
    """A column that refers to another table, checked at commit.

    ``goes_with``: the row is deleted with what it refers to. ``is_emptied``: the reference is.
    """
    action = "CASCADE" if goes_with else "SET NULL" if is_emptied else None
    reference = ForeignKey(target, ondelete=action, deferrable=True, initially="DEFERRED")
    column: Column[int] = Column(Integer, reference, primary_key=is_key, nullable=is_optional)
    return Field(default=None, sa_column=column) if is_optional else Field(sa_column=column)
