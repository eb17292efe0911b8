"""Highlights and comments as W3C Web Annotations (JSON-LD): one collection, for Hypothesis and others.

The surprising fact: sources without a highlight or comment do not appear at all.
"""

import hashlib
import uuid
from collections.abc import Iterator
from pathlib import Path

from desktop.library.sense_values import Annotation
from desktop.share.export.selection import Exported, Items
from desktop.share.export.writing import Steps, Stop, Tell, Written, in_silence, never, write_file
from desktop.text.selectors import Quote, Selectors
from desktop.text.web_annotation import CONTEXT, WebAnnotation, to_json
from native_host import strict


def write(
    items: Items, out: Path, *, tell: Tell = in_silence, stop: Stop = never, overwrite: bool = False
) -> Written:
    """See `writing.Write`."""

    def pieces(steps: Steps) -> Iterator[bytes]:
        names, number = hashlib.sha256(), 0
        yield b'{"@context":%s,"type":"AnnotationCollection","label":"Kithbook","first":{' % _json(CONTEXT)
        yield b'"type":"AnnotationPage","startIndex":0,"items":['
        for one in items.without_text():
            for mark in one.annotations:
                yield (b",\n" if number else b"\n") + _json(to_json(web(one, mark)))
                names.update(mark.uuid.encode())
                number += 1
            steps.step("annotations")
        # The names come last: they are made of what stands before, so that the same marks are the same file.
        whole = uuid.uuid5(_OURS, names.hexdigest())
        page = uuid.uuid5(whole, "first")
        yield b'\n],"id":"urn:uuid:%s"},"total":%d,"id":"urn:uuid:%s"}\n' % (
            str(page).encode(),
            number,
            str(whole).encode(),
        )

    return write_file(items, out, pieces, tell=tell, stop=stop, overwrite=overwrite)


_OURS = uuid.uuid5(uuid.NAMESPACE_URL, "https://kithbook.org/ns#annotations")


def web(one: Exported, mark: Annotation) -> WebAnnotation:
    """An annotation with what it needs to stand alone."""
    quote = Quote(mark.quote, mark.prefix, mark.suffix)
    return WebAnnotation(
        mark.uuid,
        one.url,
        Selectors(mark.start, mark.stop, quote, mark.range, mark.fragment),
        mark.colour.value,
        mark.comment,
        mark.tags,
        mark.link,
        mark.creator,
        mark.is_private,
        mark.made_at,
        mark.changed_at,
        one.captured_at,
        {"title": one.title} if one.title else {},
    )


def _json(given: object) -> bytes:
    return strict.dumps(given)
