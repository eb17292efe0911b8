"""Addresses at which networks take a text and a link, opened by the person's own browser.

Surprising: nothing is sent from here. The address opens a page on which the person sees the words, signs in
and presses the button; `ui.open_url` is the one door to it. Some networks take the link alone, and say so.
"""

import re
from dataclasses import dataclass
from urllib.parse import quote

from desktop.errors import BadInput
from desktop.languages import tr
from desktop.share.file_names import one_line
from desktop.share.rich_text import is_web

LONGEST = 4000
"""Letters of an address that browsers and networks take."""


@dataclass(frozen=True, slots=True)
class Network:
    """One network. In ``address``, {text}, {url}, {both} and {instance} are filled in."""

    name: str
    label: str
    address: str
    most: int
    """Letters of the text, the link not counted; 0: it takes the link alone."""
    asks_instance: bool = False


NETWORKS: tuple[Network, ...] = (
    Network("linkedin", "LinkedIn", "https://www.linkedin.com/sharing/share-offsite/?url={url}", 0),
    Network("mastodon", "Mastodon", "https://{instance}/share?text={both}", 440, asks_instance=True),
    Network("bluesky", "Bluesky", "https://bsky.app/intent/compose?text={both}", 200),
    Network("x", "X", "https://x.com/intent/post?text={text}&url={url}", 250),
    Network("whatsapp", "WhatsApp", "https://wa.me/?text={both}", 1500),
    Network("telegram", "Telegram", "https://t.me/share/url?url={url}&text={text}", 1500),
    Network("teams", "Microsoft Teams", "https://teams.microsoft.com/share?href={url}&msgText={text}", 1000),
    Network("reddit", "Reddit", "https://www.reddit.com/submit?url={url}&title={text}", 290),
)
_BY_NAME = {one.name: one for one in NETWORKS}
_INSTANCE = re.compile(r"(?=.{4,253}$)[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)+")


def address(name: str, text: str, url: str, instance: str = "") -> str:
    """Where to share the text and the link. The text is cut to what the network takes.

    Raises BadInput: no such network, not a web address, or no instance where one is asked for.
    """
    network = _BY_NAME.get(name)
    if network is None:
        raise BadInput(tr("Kithbook knows no network named “{name}”.").format(name=one_line(name, 40)))
    if not is_web(url):
        raise BadInput(tr("Only a web address can be shared there."))
    words = _lines(text, network.most)
    where = instance_of(instance) if network.asks_instance else ""
    while True:
        both = f"{words}\n{url}" if words else url
        made = network.address.format(
            text=quote(words, safe=""), url=quote(url, safe=""), both=quote(both, safe=""), instance=where
        )
        if len(made) <= LONGEST or not words:
            return made
        words = words[: len(words) * 3 // 4].rstrip(" …") + "…" if len(words) > 20 else ""


def instance_of(typed: str) -> str:
    """The host of a Mastodon server from ``@me@social.example``, its address or its name. Raises BadInput."""
    bare = one_line(typed).lower().removeprefix("https://").removeprefix("http://").partition("/")[0]
    host = bare.rpartition("@")[2]
    try:
        wire = host if host.isascii() else host.encode("idna").decode("ascii")
    except UnicodeError:
        wire = ""
    if not _INSTANCE.fullmatch(wire):
        raise BadInput(tr("Which server is your account on?"), tr("Write it like mastodon.social."))
    return wire


def _lines(text: str, most: int) -> str:
    if not most:
        return ""
    whole = "\n".join(one_line(line) for line in text.strip().splitlines())
    return whole if len(whole) <= most else whole[: most - 1].rstrip() + "…"
