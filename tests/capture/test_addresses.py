"""Which addresses may be asked."""

import ipaddress
import socket

import pytest

from desktop.capture import addresses
from desktop.errors import NotReachable, Refused


@pytest.mark.parametrize("text", ["93.184.216.34", "8.8.8.8", "2606:4700::1111", "64:ff9b::808:808"])
def test_the_open_internet_may_be_asked(text: str) -> None:
    assert addresses.is_open(ipaddress.ip_address(text))


@pytest.mark.parametrize(
    "text",
    [
        "127.0.0.1", "127.9.9.9", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1",
        "192.0.0.192", "3fff::1",
        "0.0.0.0", "255.255.255.255", "224.0.0.1", "240.0.0.1", "192.0.2.1", "198.18.0.1",
        "::1", "::", "fe80::1", "fc00::1", "fec0::1", "ff02::1", "2001:db8::1",
        "::ffff:127.0.0.1", "::ffff:10.0.0.1", "64:ff9b::7f00:1", "2002:7f00:1::", "2001:0:7f00:1::",
    ],
)  # fmt: skip
def test_private_and_odd_addresses_may_not(text: str) -> None:
    assert not addresses.is_open(ipaddress.ip_address(text))


@pytest.mark.parametrize(
    "host",
    ["127.0.0.1", "localhost", "2130706433", "0x7f.1", "127.1", "017700000001", "::1", "::ffff:127.0.0.1"],
)
def test_every_spelling_of_this_machine_is_refused(host: str) -> None:
    with pytest.raises((Refused, NotReachable)):
        addresses.pick(host, 80, (), 5)


def test_an_address_that_the_person_allowed_may_be_asked() -> None:
    allowed = addresses.networks("nonsense, 127.0.0.0/8 ,10.0.0.1")

    assert addresses.pick("127.0.0.1", 80, allowed, 5) == "127.0.0.1"
    with pytest.raises(Refused):
        addresses.pick("10.0.0.2", 80, allowed, 5)


def answers(monkeypatch: pytest.MonkeyPatch, *found: str) -> None:
    def resolve(host: str, port: int, **_: object) -> list[tuple[object, ...]]:
        return [(0, 0, 0, "", (text, port)) for text in found]

    monkeypatch.setattr(socket, "getaddrinfo", resolve)


def test_a_name_with_one_private_address_is_refused_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    answers(monkeypatch, "93.184.216.34", "192.168.0.1")

    with pytest.raises(Refused, match="private network"):
        addresses.pick("rebinding.example", 80, (), 5)


def test_a_name_is_answered_with_one_address(monkeypatch: pytest.MonkeyPatch) -> None:
    answers(monkeypatch, "2606:4700::1111", "93.184.216.34")

    assert addresses.pick("example.org", 80, (), 5) == "93.184.216.34"


def test_a_name_without_an_address_is_not_reachable(monkeypatch: pytest.MonkeyPatch) -> None:
    answers(monkeypatch)

    with pytest.raises(NotReachable, match="was not found"):
        addresses.pick("nowhere.example", 80, (), 5)
