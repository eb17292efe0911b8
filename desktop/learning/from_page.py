"""A saved page becomes a learning activity in one act.

The surprising fact: the page as it came is read again, not the article made of it, since what says "course"
or "starts on Thursday" stands in data that nobody sees.
"""

import json
import sqlite3

from desktop.errors import BadInput, Refused
from desktop.languages import tr
from desktop.learning import activities
from desktop.learning.activity_rows import of_source
from desktop.learning.rows import insert
from desktop.learning.values import ActivityKind, Status
from desktop.library import assets
from desktop.library.acts import act
from desktop.paths import Paths
from desktop.store.changes import Changes, Noun
from desktop.store.reader import Reader
from desktop.store.writer import Writer
from desktop.text import dom, learning_data
from desktop.text.learning_data import LearningData

_PAGE = """SELECT source.title, source.site, source.author, source.url, source.kind, capture.media,
        content.raw_page, coalesce((SELECT goal_id FROM source_goal JOIN goal ON goal.id = goal_id
            WHERE source_id = source.id AND goal.state = 'open' ORDER BY goal_id LIMIT 1), 0)
    FROM source JOIN capture ON capture.id = source.capture_id JOIN content ON content.id = content_id
    WHERE source.id = ?"""
_VIDEO_SITES = ("youtube.com", "youtu.be", "vimeo.com", "dailymotion.com")


def suggested(reader: Reader, paths: Paths, source_id: int) -> LearningData:
    """What the page says of itself as something to learn from; without ``kind`` it says nothing."""
    row = reader.row(_PAGE, (source_id,))
    if row is None:
        return LearningData()
    return _data(paths, row[6])


def activity(
    writer: Writer,
    reader: Reader,
    source_id: int,
    kind: ActivityKind | None = None,
    goal_id: int | None = None,
    origin: str = "",
) -> Changes:
    """Make an activity of a saved page; ``made`` is its id. Undoable as one.

    Without ``kind`` the page's own data say it, else its kind of page; without ``goal_id`` the page's open
    goal, if it has one. A page that is an activity already gives empty Changes with its id. Raises BadInput
    for a page that is gone.
    """
    row = reader.row(_PAGE, (source_id,))
    if row is None:
        raise BadInput(tr("This page is not here any more."))
    here = of_source(reader, source_id)
    if here:
        return Changes(made=here[0].id)
    title, site, author, url, page_kind, media, raw_page, tied = row
    data = _data(writer.paths, raw_page)
    values = {
        "kind": (kind or _kind(data, page_kind, media, url)).value, "title": data.title or title or url,
        "provider": data.provider or site, "people": data.people or author, "url": url,
        "begins": data.begins, "ends": data.ends if data.ends >= data.begins else "", "zone": data.zone,
        "minutes": data.minutes or _media_minutes(media), "cost": data.cost, "note": "",
        "status": Status.PLANNED.value, "is_private": 0, "source_id": source_id,
        "goal_id": (tied if goal_id is None else goal_id) or None,
    }  # fmt: skip

    def work(connection: sqlite3.Connection) -> Changes:
        made = activities.add(connection, values)
        for ordinal, (name, minutes) in enumerate(data.units, start=1):
            unit = {"activity_id": made, "ordinal": ordinal, "depth": 0, "title": name, "minutes": minutes}
            insert(connection, "unit", unit | {"done_at": 0})
        said = tr("Planned: {title}").format(title=values["title"])
        return Changes(frozenset({Noun.ACTIVITY, Noun.SOURCE}), (source_id,), origin, said, made)

    return act(writer, work)


def _data(paths: Paths, raw_page: str) -> LearningData:
    raw = assets.read_page(paths, raw_page) if raw_page else None
    if not raw:
        return LearningData()
    try:
        return learning_data.read(dom.parse(raw.decode("utf-8", "replace")))
    except Refused:  # too large or too deep: the page's own words will do
        return LearningData()


def _kind(data: LearningData, page_kind: str, media: str, url: str) -> ActivityKind:
    if data.kind:
        return ActivityKind(data.kind)
    is_video = page_kind == "video" or media not in ("", "[]") or any(site in url for site in _VIDEO_SITES)
    return ActivityKind.VIDEO if is_video else ActivityKind.COURSE


def _media_minutes(media: str) -> int:
    """Of a video that was playing when it was saved: ``[position, duration, …]`` in seconds."""

    numbers = json.loads(media) if media else []
    seconds = numbers[1] if len(numbers) > 1 and isinstance(numbers[1], int | float) else 0
    return -(-int(seconds) // 60)
