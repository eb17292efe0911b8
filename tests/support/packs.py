"""Packs made up for tests: the readings of the look's pictures, a picture, and a signer with a known key."""

import hashlib
import struct
import zlib
from dataclasses import replace

import pyrage

from desktop.share.signing import Signer, key_of
from desktop.share.values import Item, ItemKind, Pack, Picture, Sender, SharedAnnotation
from desktop.text.selectors import Quote, Selectors
from desktop.text.web_annotation import WebAnnotation

SEED = bytes(range(32))
AGE = pyrage.x25519.Identity.generate()
DAY = 1_795_478_400_000
"""24 November 2026."""


def signer(name: str = "Ana", seed: bytes = SEED) -> Signer:
    return Signer(name, key_of(seed), str(AGE.to_public()), seed)


def uuid(number: int) -> str:
    return f"{number:08x}-0000-4000-8000-000000000000"


def picture(number: int = 0, side: int = 8, noise: int = 0) -> Picture:
    """A real PNG; ``noise``: bytes that make it larger."""
    row = b"\0" + bytes((number * 40 + 60) % 256 for _ in range(side * 3))
    body = hashlib.sha256(bytes([number])).digest() * (noise // 32)

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    data = (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0))
        + (chunk(b"tEXt", b"Comment\0" + body.hex().encode()) if body else b"")
        + chunk(b"IDAT", zlib.compress(row * side))
        + chunk(b"IEND", b"")
    )
    return Picture(f"res/{hashlib.sha256(data).hexdigest()}.png", "image/png", data)


def annotation(
    number: int, quote: str, comment: str = "", *, colour: str = "straw", by: str = "Ana",
    url: str = "https://peopleatwork.example/", reply_to: str = "",
) -> SharedAnnotation:  # fmt: skip
    selectors = Selectors(-1, -1, Quote(quote))
    web = WebAnnotation(
        uuid(number), url, selectors, colour, comment, creator=by, made_at=DAY, changed_at=DAY
    )
    return SharedAnnotation(web, reply_to)


def item(number: int, title: str, **more: object) -> Item:
    plain = Item(uuid(number), ItemKind.PAGE, title, url=f"https://peopleatwork.example/{number}", minutes=9)
    return replace(plain, **more)  # type: ignore[arg-type]


def pack(items: tuple[Item, ...] = (), **more: object) -> Pack:
    plain = Pack(uuid(1), "Before we rewrite the interview form", "", DAY, Sender("Ana"), items)
    return replace(plain, **more)  # type: ignore[arg-type]


def _marks() -> tuple[SharedAnnotation, ...]:
    return (
        annotation(
            101, "It does not make the judgement for you. It makes two judgements comparable.",
            "This is the sentence for the slide.",
        ),
        annotation(
            102, "Managers found out how often they had decided in the first five minutes.",
            "True for me as well. I now score question 1 before I ask question 2.", colour="rose",
        ),
        annotation(103, "", "So do I, and it hurts.", by="Ben", reply_to=uuid(102)),
    )  # fmt: skip


def readings() -> Pack:
    """Six readings as in the look, one with its full text and a picture, and a note."""
    shown = picture(1, 64)
    begins = (
        "When two interviewers leave the same room with different verdicts, the usual answer is a longer "
        "meeting. The better one is to have agreed, before anyone sat down, what a good answer sounds like …"
    )
    body = (
        "<h2>Ask for the same thing</h2><p>An advert that says <em>passionate</em> says nothing.</p>"
        f'<figure><img src="{shown.name}" alt="A form with four lines" width="64" height="64">'
        "<figcaption>Four lines</figcaption></figure><ul><li>what they did</li><li>when</li></ul>"
        "<pre><code>score = evidence / minutes</code></pre>"
        "<table><tbody><tr><th>Word</th><th>Replies</th></tr><tr><td>passionate</td><td>14</td></tr></tbody></table>"
    )
    note = "## What I would change\n\n- four lines under *each* question\n- ask for a date\n\n> Say less."
    items = (
        item(
            11, "Structured interviews: what a scoring guide changes, and what it does not",
            author="M. Lindqvist", site="People at Work", published="2026-11-12", lang="en", excerpt=begins,
            sentence="Our panel of three scores by feeling. A guide with four lines per question is "
            "something we can agree on in one meeting.", annotations=_marks(), tags=("hiring", "interviews"),
        ),
        item(
            12, "Reference calls: five questions that can be checked", site="People at Work", minutes=5,
            published="2026-11-09", sentence="Number three is the one to steal: ask for a date.",
            annotations=(
                annotation(
                    104, "“When did you last see her do this?” cannot be answered with an adjective.",
                    "Add to the call sheet.", colour="sky",
                ),
            ),
        ),
        item(13, "Recording: adjustments for candidates who read differently", minutes=31, media="video"),
        item(
            14, "How to read an engagement survey without fooling yourself", minutes=11,
            notice="The full text is behind a paywall.",
        ),
        item(15, "Job adverts without the word “passionate”", minutes=4, html=body, lang="en",
             why_full="My own page.", licence="https://creativecommons.org/licenses/by/4.0/"),
        Item(uuid(16), ItemKind.NOTE, "Interview form, second try", markdown=note),
    )  # fmt: skip
    letter = (
        "You asked on Tuesday why I want four lines under each question. These six say it better than I did."
        "\n\nIf you have ten minutes, read the first and the fourth. I marked the sentences that changed my "
        "mind. Tell me where you disagree."
    )
    return pack(items, message=letter, pictures=(shown,), circle="Team")
