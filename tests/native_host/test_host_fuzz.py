"""Mutated frames by the thousand: the host answers each, and never falls over.

``make samples`` plays a hundred thousand.
"""

import json
import os
import random
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from native_host import durable
from native_host.conversation import Conversation
from native_host.framing import MAX_MESSAGE, FrameError, Frames

ROUNDS = 100_000 // int(os.environ.get("KITHBOOK_EVERY", "5"))
EXAMPLES = json.loads(Path(__file__).parents[1].joinpath("contract", "messages.json").read_text("utf-8"))
ODD: list[Any] = [None, True, -1, 0, 1 << 60, 1.5, "", "x" * 300, "\ud800", "../..", [], {}, [[]], {"a": {}}]


def mutated(chance: random.Random, seeds: list[Any]) -> bytes:
    """One message, changed in its values or in its bytes."""
    message = json.loads(json.dumps(chance.choice(seeds)))
    if isinstance(message, dict) and message and chance.random() < 0.6:
        for _ in range(chance.randrange(1, 3)):
            name = chance.choice(list(message))
            chance.choice((message.pop, lambda key: message.update({key: chance.choice(ODD)})))(name)
            if not message:
                break
        return json.dumps(message).encode()
    raw = bytearray(json.dumps(message).encode())
    for _ in range(chance.randrange(4)):
        place = chance.randrange(len(raw) + 1)
        act = chance.randrange(4)
        if act == 0:
            raw[place:place] = bytes([chance.randrange(256)])
        elif act == 1:
            del raw[place : place + chance.randrange(8)]
        elif act == 2:
            raw[place : place + 1] = bytes([chance.randrange(256)])
        else:
            raw[place:place] = raw[place : place + chance.randrange(40)]
    return bytes(raw)


@pytest.fixture
def quick_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    """No waiting for the disk: durability has its own tests."""
    monkeypatch.setattr(durable.os, "fsync", lambda _: None)


def test_every_mutated_message_is_answered(home: Path, quick_disk: None) -> None:
    chance = random.Random(2)
    seeds = [example["message"] for example in (*EXAMPLES["valid"], *EXAMPLES["invalid"])]
    seeds = [seed for seed in seeds if len(json.dumps(seed)) < 3000 and seed != []]
    host = Conversation(str(home), "chromium")
    count = 0
    for _ in range(ROUNDS):
        reply = json.loads(host.answer(mutated(chance, seeds)))
        assert reply["v"] == 1
        assert reply.get("code") != "internal"
        count += reply["ok"]
    host.close()

    assert 1000 < count < ROUNDS
    assert all(path.parent.name in ("spool", "browsers") for path in home.rglob("*") if path.is_file())


def test_ten_thousand_mutated_streams_are_read_or_refused(tmp_path: Path) -> None:
    chance = random.Random(5)
    body = b'{"v":1,"op":"hello"}'
    good = len(body).to_bytes(4, sys.byteorder) + body
    refused = 0
    for _ in range(10_000):
        raw = bytearray(good * 3)
        for _ in range(chance.randrange(4)):
            raw[chance.randrange(len(raw))] = chance.randrange(256)
        refused += read_all(bytes(raw[: chance.randrange(len(raw) + 1)]))

    assert refused > 1000


def read_all(raw: bytes) -> bool:
    """Were the frames of this stream refused at some place? Whatever is read keeps to the limit."""
    reading, writing = os.pipe()
    os.write(writing, raw)
    os.close(writing)
    frames = Frames(reading, -1)
    try:
        while (body := frames.read()) is not None:
            assert len(body) <= MAX_MESSAGE
    except FrameError:
        return True
    finally:
        os.close(reading)
    return False


def test_random_bytes_on_the_pipe_end_the_host_in_good_order(browser: ModuleType, home: Path) -> None:
    chance = random.Random(9)
    for _ in range(5):
        host = browser.HostClient(home)
        try:
            host.write(chance.randbytes(200))
        except browser.Gone:
            pass  # it left before it had read all
        assert host.close() in (0, 3)
