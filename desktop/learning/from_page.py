"""A saved page becomes a learning activity in one act.

The surprising fact: the page as it came is read again, not the article made of it, since what says "course"
or "starts on Thursday" stands in data that nobody sees.
"""

import json
from dataclasses import asdict, dataclass
from typing import Any

from desktop.errors import BadInput, Refused
from desktop.languages import tr, writing
from desktop.learning import activities, units
from desktop.learning.activity_rows import of_source
from desktop.learning.values import ActivityKind
from desktop.library import assets
from desktop.paths import Paths
from desktop.store.changes import Changes
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


@dataclass(frozen=True, slots=True)
class Proposal:
    """What a page would become: fields of `activities.make` by their names, for a look before it is made."""

    kind: ActivityKind
    title: str
    provider: str
    people: str
    url: str
    begins: str
    ends: str
    zone: str
    minutes: int
    cost: str
    note: str
    goal_id: int
    """The page's open goal; 0: none."""
    outline: str
    """Its units, one on each line."""


def proposal(reader: Reader, paths: Paths, source_id: int) -> Proposal:
    """Read it, with what the page says of itself. Raises BadInput for a page that is gone."""
    row = reader.row(_PAGE, (source_id,))
    if row is None:
        raise BadInput(tr("This page is not here any more."))
    title, site, author, url, page_kind, media, raw_page, tied = row
    data = _data(paths, raw_page)
    note = ""
    if len(data.units) > units.MOST:
        said = tr("The page names {n} units; the first {most} stand here.")
        note = said.format(n=writing.number(len(data.units)), most=writing.number(units.MOST))
    return Proposal(
        kind=_kind(data, page_kind, media, url),
        title=data.title or title or url,
        provider=data.provider or site,
        people=data.people or author,
        url=url,
        begins=data.begins,
        ends=data.ends if data.ends >= data.begins else "",
        zone=data.zone,
        minutes=min(data.minutes or _media_minutes(media), activities.MOST_MINUTES),
        cost=data.cost,
        note=note,
        goal_id=tied,
        outline="\n".join(_unit(name, minutes) for name, minutes in data.units[: units.MOST]),
    )


def activity(writer: Writer, reader: Reader, source_id: int, origin: str = "", **said: Any) -> Changes:
    """Make an activity of a saved page; ``made`` is its id. Undoable as one.

    ``said``: what of the proposal is to be otherwise. A page that is an activity already gives empty Changes
    with its id. Raises BadInput for a page that is gone, or as `activities.make` does.
    """
    whole = proposal(reader, writer.paths, source_id)
    here = of_source(reader, source_id)
    if here:
        return Changes(made=here[0].id)
    return activities.make(writer, source_id=source_id, origin=origin, **(asdict(whole) | said))


def _unit(name: str, minutes: int) -> str:
    words = " ".join(name.split())
    return f"{words} ({minutes} min)" if minutes else words


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
