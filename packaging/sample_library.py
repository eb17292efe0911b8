"""The sample library of the pictures: two dozen invented pages, saved by an invented person over some weeks.

    python packaging/sample_library.py HOME [--now MILLISECONDS]

makes a library below HOME that ``KITHBOOK_HOME=HOME kithbook`` opens. Every page, name and site in
``samples/`` is ours. A sample is one HTML file: a comment of JSON (what the browser told), then the article.
"""

import argparse
import json
import sys
import time
import uuid
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

if __name__ == "__main__":  # run by path: the project's root is not on the path then
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from desktop.library import assets, captures
from desktop.library.opening import open_library
from desktop.library.values import Asset, Media, NewCapture, State
from desktop.paths import Paths
from desktop.store.writer import Writer
from desktop.text.markdown import text_from_html
from desktop.text.sanitize import clean

SAMPLES = Path(__file__).resolve().parent / "samples"
WORDS_PER_MINUTE = 230
PICTURES = ("chart.png", "pivot.png")


def fill(paths: Paths, now: int | None = None) -> None:
    """Save every sample, oldest first. ``now`` in milliseconds since 1970."""
    moment = datetime.fromtimestamp(now / 1000) if now is not None else datetime.now()
    with open_library(paths, write=True) as library:
        assert library.writer is not None
        kept = {name: assets.keep(paths, (SAMPLES / name).read_bytes(), "png") for name in PICTURES}
        samples = sorted(
            (_read(path) for path in SAMPLES.glob("*.html")), key=lambda sample: _at(sample[0], moment)
        )
        for told, html in samples:
            _save(library.writer, told, html, kept, moment)


def _read(path: Path) -> tuple[dict[str, Any], str]:
    head, _, html = path.read_text(encoding="utf-8").partition("-->\n")
    return json.loads(head.removeprefix("<!--")), html


def _at(told: dict[str, Any], now: datetime) -> datetime:
    """The moment of the click: some days ago at a time of day, but never after now."""
    hour, minute = map(int, told["time"].split(":"))
    at = (now - timedelta(days=told["day"])).replace(hour=hour, minute=minute, second=0, microsecond=0)
    return min(at, now - timedelta(minutes=30 - hour))


def _save(writer: Writer, told: dict[str, Any], html: str, kept: dict[str, Asset], now: datetime) -> None:
    source = captures.add(writer, _capture(told, html, kept, now)).source_id
    state = State(told["state"])
    if state is not State.INBOX:
        captures.move(writer, [source], state)
    if told.get("is_read"):
        captures.mark_read(writer, [source])
    if told.get("progress"):
        captures.keep_position(writer, source, 0, told["progress"])


def _capture(told: dict[str, Any], html: str, kept: dict[str, Asset], now: datetime) -> NewCapture:
    pictures = {name: asset for name, asset in kept.items() if f'src="{name}"' in html}
    for name, asset in pictures.items():
        html = html.replace(f'src="{name}"', f'src="{asset.name}"')
    article = clean(html)
    text = text_from_html(article)
    words = len(text.split())
    published = told.get("published")
    return NewCapture(
        uuid=str(uuid.uuid5(uuid.NAMESPACE_URL, f"{told['url']} {told['day']}")),
        url=told["url"],
        canonical=told["url"],
        captured_at=int(_at(told, now).timestamp() * 1000),
        kind=told.get("kind", "page"),
        title=told["title"],
        author=told.get("author", ""),
        published=(now - timedelta(days=published)).date().isoformat() if published else "",
        site=told["site"],
        lang="en",
        browser=told["browser"],
        html=article,
        text=text,
        left_out=tuple(map(clean, told.get("left_out", ()))),
        notices=tuple(told.get("notices", ())),
        excerpt=" ".join(text.split())[:220],
        words=words,
        minutes=max(1, round(words / WORDS_PER_MINUTE)) if words else 0,
        media=Media(*told["media"], "") if "media" in told else None,
        quote=told.get("quote", ""),
        tags=tuple(told["tags"]),
        goal=told.get("goal", ""),
        why=told.get("why", ""),
        found_through=told.get("found_through", ""),
        pictures=tuple(pictures.values()),
        is_link_only=told.get("is_link_only", False),
        note=told.get("note", ""),
    )


def main() -> None:
    """Make the library and say where it is."""
    parser = argparse.ArgumentParser(description="Make the sample library.")
    parser.add_argument("home", type=Path)
    parser.add_argument("--now", type=int, default=time.time_ns() // 1_000_000)
    asked = parser.parse_args()
    fill(Paths(asked.home), asked.now)
    import sample_learning  # both beside this file, which is run by path
    import sample_sense
    import sample_sharing

    sample_sense.fill(Paths(asked.home), asked.now)
    sample_learning.fill(Paths(asked.home), asked.now)
    sample_sharing.fill(Paths(asked.home), asked.now)
    print(f"The sample library is in {asked.home}: KITHBOOK_HOME={asked.home} kithbook")


if __name__ == "__main__":
    main()
