"""Which network addresses may be asked: the open internet, and what the person allowed by name.

Surprising: an IPv6 address can carry an IPv4 address inside it (mapped, NAT64, 6to4); the inner one counts.
"""

import ipaddress
import socket
import threading
from collections.abc import Iterable

from desktop.errors import NotReachable, Refused
from desktop.languages import tr

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Network = ipaddress.IPv4Network | ipaddress.IPv6Network

_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")
_KEPT_BACK = (ipaddress.IPv4Network("192.0.0.0/24"), ipaddress.IPv6Network("3fff::/20"))
"""Not of the open internet, though not every Python says so; some clouds keep their keys there."""


def networks(allowed: str) -> tuple[Network, ...]:
    """The networks named in the setting ``allow_addresses``; what is no address or network is skipped."""
    found = []
    for part in allowed.split(","):
        try:
            found.append(ipaddress.ip_network(part.strip(), strict=False))
        except ValueError:
            continue
    return tuple(found)


def is_open(address: Address) -> bool:
    """True for an address of the open internet."""
    if isinstance(address, ipaddress.IPv6Address):
        if address.ipv4_mapped:
            return is_open(address.ipv4_mapped)
        if address.sixtofour or address.teredo:
            return False
        if address in _NAT64:
            return is_open(ipaddress.IPv4Address(int(address) & 0xFFFFFFFF))
        if address.is_site_local:
            return False
    if any(address in network for network in _KEPT_BACK):
        return False
    return address.is_global and not (address.is_multicast or address.is_reserved or address.is_unspecified)


def pick(host: str, port: int, allowed: Iterable[Network], seconds: float) -> str:
    """One address of ``host`` that may be asked, as text. The caller connects to it and to no other.

    Raises `Refused` when any of its addresses is private and not allowed, `NotReachable` when it has none.
    """
    allowed = tuple(allowed)
    found = [ipaddress.ip_address(text) for text in _resolve(host, port, seconds)]
    for address in found:
        inner = address.ipv4_mapped if isinstance(address, ipaddress.IPv6Address) else None
        if not any((inner or address) in network for network in allowed) and not is_open(address):
            raise Refused(
                tr("“{host}” is an address inside a private network, which Kithbook does not ask.").format(
                    host=host
                )
            )
    # IPv4 first: a broken IPv6 route is the commoner fault.
    found.sort(key=lambda address: address.version)
    return str(found[0])


def _resolve(host: str, port: int, seconds: float) -> list[str]:
    """The system's addresses of ``host``. Asked in a thread, since the system's own limit can be minutes."""
    answer: list[str] = []

    def ask() -> None:
        try:
            found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        except (OSError, UnicodeError):
            return
        answer.extend(dict.fromkeys(str(info[4][0]).partition("%")[0] for info in found))

    asking = threading.Thread(target=ask, name="address of a host", daemon=True)
    asking.start()
    asking.join(max(seconds, 0.1))
    if not answer:
        raise NotReachable(
            tr("“{host}” was not found on the network.").format(host=host),
            tr("Check the address and your connection."),
        )
    return list(answer)
