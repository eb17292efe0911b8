"""What a page says of a course, video or event to learn from: its ``ld+json``, else its own signs.

The surprising fact: dates in such data carry an offset, not a time zone, so a moment comes out in UTC, and a
day alone stays a day.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any, TypeGuard

from desktop.text import jsonld
from desktop.text.dom import Element
from desktop.text.reading import shortened

_KINDS = {
    "Course": "course",
    "CourseInstance": "course",
    "EducationEvent": "workshop",
    "BusinessEvent": "conference",
    "ConferenceEvent": "conference",
    "Event": "webinar",
    "VideoObject": "video",
    "LearningResource": "course",
    "PodcastEpisode": "podcast",
    "PodcastSeries": "podcast",
    "Book": "book",
    "Audiobook": "book",
}
"""By type of the object; the first that a page has in this order is what the page is about."""
_NUMBER = r"(\d{1,6})"
_DURATION = re.compile(
    rf"P(?:{_NUMBER}W)?(?:{_NUMBER}D)?(?:T(?:{_NUMBER}H)?(?:{_NUMBER}M)?(?:{_NUMBER}(?:\.\d{{1,9}})?S)?)?"
)
_MOST_MINUTES = 10_000
"""Of a unit; what a page says beyond it is no length of a lesson."""
_FARTHEST = 1e12
"""No second of a video and no price lies beyond it."""


@dataclass(frozen=True, slots=True)
class LearningData:
    """What the page says. Empty or 0 where it says nothing."""

    kind: str = ""
    """``course``, ``video``, ``webinar``, ``workshop``, ``conference``, ``podcast`` or ``book``."""
    title: str = ""
    provider: str = ""
    people: str = ""
    begins: str = ""
    ends: str = ""
    zone: str = ""
    """``UTC`` when there is a time of day."""
    minutes: int = 0
    cost: str = ""
    units: tuple[tuple[str, int], ...] = field(default=())
    """Title and minutes."""


def read(tree: Element) -> LearningData:
    """Reads the page's objects; broken ones are passed over."""
    objects = list(jsonld.objects_of(tree))
    for kind in _KINDS:
        for one in objects:
            if kind in jsonld.types(one) and (jsonld.text(one.get("name")) or kind == "CourseInstance"):
                return _told(one, _KINDS[kind])
    return LearningData()


def minutes_of(text: str) -> int:
    """Minutes of an ISO 8601 duration, rounded up; 0 for anything else."""
    found = _DURATION.fullmatch(text.strip())
    if not found:
        return 0
    weeks, days, hours, minutes, seconds = (int(part or 0) for part in found.groups())
    return ((weeks * 7 + days) * 24 + hours) * 60 + minutes + (seconds + 59) // 60


def moment_of(text: str) -> tuple[str, str]:
    """A date or time as activities keep it, and its zone; two empty texts for anything else."""
    text = text.strip()
    try:
        if len(text) <= 10:
            return date.fromisoformat(text).isoformat(), ""
        found = datetime.fromisoformat(text)
        if found.tzinfo is None:
            return found.isoformat(timespec="minutes"), ""
        return found.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="minutes"), "UTC"
    except (ValueError, OverflowError):
        return "", ""


def _told(one: dict[str, Any], kind: str) -> LearningData:
    instance = next(iter(_dicts(one.get("hasCourseInstance"))), {})
    begins, zone = moment_of(_first((one, instance), "startDate"))
    ends, _ = moment_of(_first((one, instance), "endDate"))
    if len(ends) != len(begins):  # one a day, the other a time: both days
        begins, ends, zone = begins[:10], ends[:10], ""
    if kind == "webinar" and not _is_online(one):
        kind = "conference" if ends[:10] > begins[:10] else "workshop"
    units = tuple(_units(one))
    minutes = next(
        (found for name in ("duration", "timeRequired", "courseWorkload") for each in (one, instance)
         if (found := minutes_of(jsonld.text(each.get(name))))),
        0,
    )  # fmt: skip
    return LearningData(
        kind,
        shortened(jsonld.text(one.get("name"))),
        _first((one, instance), "provider", "organizer", "publisher"),
        shortened(", ".join(_people(one, instance))),
        begins,
        ends,
        zone,
        minutes or sum(number for _, number in units),
        _cost(one),
        units,
    )


def _is_online(one: dict[str, Any]) -> bool:
    mode = jsonld.text(one.get("eventAttendanceMode"))
    if mode:
        return "Offline" not in mode
    places = [kind for place in _dicts(one.get("location")) for kind in jsonld.types(place)]
    return not places or "VirtualLocation" in places


def _units(one: dict[str, Any]) -> Iterator[tuple[str, int]]:
    for name in ("syllabusSections", "hasPart"):
        for part in _dicts(one.get(name)):
            title = jsonld.text(part.get("name"))
            if not title:
                continue
            start, stop = part.get("startOffset"), part.get("endOffset")
            if _is_number(start) and _is_number(stop) and stop > start:
                yield title, min(_MOST_MINUTES, -(-int(stop - start) // 60))
            else:
                lasts = jsonld.text(part.get("timeRequired")) or jsonld.text(part.get("duration"))
                yield title, minutes_of(lasts)


def _people(*objects: dict[str, Any]) -> list[str]:
    found: list[str] = []
    for one in objects:
        for name in ("instructor", "performer", "author", "creator", "actor"):
            value = one.get(name)
            for each in value if isinstance(value, list) else [value]:
                person = jsonld.text(each)
                if person and person not in found:
                    found.append(person)
    return found


def _cost(one: dict[str, Any]) -> str:
    for offer in _dicts(one.get("offers")):
        price = offer.get("price")
        shown = jsonld.text(price) if isinstance(price, str) else f"{price:g}" if _is_number(price) else ""
        if shown:
            return f"{shown} {jsonld.text(offer.get('priceCurrency'))}".strip()
    return ""


def _is_number(value: Any) -> TypeGuard[float]:
    return isinstance(value, int | float) and not isinstance(value, bool) and abs(value) < _FARTHEST


def _first(objects: tuple[dict[str, Any], ...], *names: str) -> str:
    found = (jsonld.text(one.get(name)) for name in names for one in objects)
    return shortened(next(filter(None, found), ""))


def _dicts(value: Any) -> list[dict[str, Any]]:
    return [one for one in (value if isinstance(value, list) else [value]) if isinstance(one, dict)]
