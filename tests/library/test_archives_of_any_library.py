"""Any library with any texts goes through an archive without a difference; `make torture` plays 1,000."""

from hypothesis import given, settings
from hypothesis import strategies as any_

from tests.support.archive_trip import there_and_back
from tests.support.generated import STRINGS


@settings(max_examples=6, deadline=None, database=None, derandomize=True)
@given(seed=any_.integers(0, 2**32), own=any_.lists(any_.text(), max_size=20))
def test_every_field_of_a_library_made_by_chance_comes_back(seed: int, own: list[str]) -> None:
    rows, differences = there_and_back(seed, [*own, *STRINGS])

    assert rows >= 0
    assert differences == []
