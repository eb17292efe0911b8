"""The fixtures of tests/support/ways.py, for the tests of this folder."""

from tests.support.ways import opened, person_id, server, ways

__all__ = ["opened", "person_id", "server", "ways"]
