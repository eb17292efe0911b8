"""A real mail server on loopback, with STARTTLS or TLS, login, and the misfortunes that a test asks for."""

import asyncio
import datetime
import ipaddress
import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from aiosmtpd.smtp import SMTP, AuthResult, Envelope, Session
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

USER, PASSWORD = "ana@firm.example", "pass-canary-8f1e77"


@dataclass
class Ways:
    """What the server does. Changed by tests while it runs."""

    refused: dict[str, str] = field(default_factory=dict)
    """Recipient: what is said to it."""
    says_at_end: str = ""
    """Instead of ``250 OK`` after the mail; it is not kept then."""
    cut_after: int = 0
    """Bytes of the mail after which the line is cut."""
    cut_before_reply: bool = False
    """The mail is kept, the line is cut before the reply."""
    says_in_middle: str = ""
    """Said after ``cut_after`` bytes, before the line is cut."""


@dataclass
class Server:
    """One that runs: where it is, and what it got."""

    port: int
    ways: Ways
    is_tls: bool
    got: list[Envelope] = field(default_factory=list)
    logins: list[bytes] = field(default_factory=list)
    connections: int = 0
    lines: list[asyncio.Transport] = field(default_factory=list)

    @property
    def bodies(self) -> list[bytes]:
        """The mails that were kept."""
        return [one.original_content or b"" for one in self.got]


class _Handler:
    def __init__(self, server: Server) -> None:
        self.server = server

    async def handle_RCPT(
        self, _smtp: SMTP, _session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        said = self.server.ways.refused.get(address)
        if said:
            return said
        envelope.rcpt_tos.append(address)
        envelope.rcpt_options.extend(options)
        return "250 OK"

    async def handle_DATA(self, smtp: SMTP, _session: Session, envelope: Envelope) -> str:
        if self.server.ways.says_at_end:
            return self.server.ways.says_at_end
        self.server.got.append(envelope)
        if self.server.ways.cut_before_reply:
            assert smtp.transport is not None
            smtp.transport.abort()
        return "250 OK"


class _Smtp(SMTP):
    def __init__(self, server: Server, **options: Any) -> None:
        self.server = server
        super().__init__(_Handler(server), hostname="mail.test", ident="test", **options)

    def connection_made(self, transport: Any) -> None:
        # STARTTLS comes here a second time.
        if self.server.is_tls or transport.get_extra_info("sslcontext") is None:
            self.server.connections += 1
            self.server.lines.append(transport)
        super().connection_made(transport)

    async def smtp_DATA(self, arg: str) -> None:
        ways = self.server.ways
        if not ways.cut_after:
            await super().smtp_DATA(arg)
            return
        await self.push("354 go on")
        await self._reader.readexactly(ways.cut_after)
        if ways.says_in_middle:
            await self.push(ways.says_in_middle)
            await asyncio.sleep(0.05)
        assert self.transport is not None
        self.transport.abort()


def certificate(folder: Path, *hosts: str) -> tuple[Path, Path]:
    """A certificate that signs itself for those hosts, and its key: paths of two PEM files."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Kithbook test")])
    now = datetime.datetime.now(datetime.UTC)
    names: list[x509.GeneralName] = [x509.DNSName(host) for host in hosts if not host[0].isdigit()]
    names += [x509.IPAddress(ipaddress.ip_address(host)) for host in hosts if host[0].isdigit()]
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=2))
        .add_extension(x509.SubjectAlternativeName(names), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    folder.mkdir(exist_ok=True)
    cert_file, key_file = folder / "cert.pem", folder / "key.pem"
    cert_file.write_bytes(made.public_bytes(serialization.Encoding.PEM))
    key_file.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
    )
    return cert_file, key_file


@contextmanager
def serving(
    cert: tuple[Path, Path] | None, *, is_tls: bool = False, size: int = 40_000_000, is_narrow: bool = False
) -> Iterator[Server]:
    """Run one until the block ends. ``cert`` None: it knows no encryption.

    ``is_narrow``: no more of a mail is on the wire than in a real network; loopback swallows megabytes.
    """
    server, context = Server(0, Ways(), is_tls), None
    if cert is not None:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(*cert)
    options = _options(server, context, size)
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever, name="mail server")
    thread.start()

    async def begin() -> asyncio.Server:
        wire = socket.create_server(("127.0.0.1", 0))
        if is_narrow:
            wire.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 64 * 1024)
        return await asyncio.get_running_loop().create_server(
            lambda: _Smtp(server, loop=loop, **options), sock=wire, ssl=context if is_tls else None
        )

    running = asyncio.run_coroutine_threadsafe(begin(), loop).result(30)
    server.port = running.sockets[0].getsockname()[1]
    try:
        yield server
    finally:
        asyncio.run_coroutine_threadsafe(_end(running, server), loop).result(30)
        loop.call_soon_threadsafe(loop.stop)
        thread.join(30)
        loop.close()


def _options(server: Server, context: ssl.SSLContext | None, size: int) -> dict[str, Any]:
    def check(_smtp: SMTP, _session: Session, _envelope: Envelope, _way: str, data: Any) -> AuthResult:
        server.logins.append(data.password)
        is_right = (data.login, data.password) == (USER.encode(), PASSWORD.encode())
        return AuthResult(success=is_right, handled=is_right)

    options: dict[str, Any] = {"authenticator": check, "data_size_limit": size, "auth_require_tls": False}
    if context is not None and not server.is_tls:
        options |= {"tls_context": context, "require_starttls": True, "auth_require_tls": True}
    return options


async def _end(running: asyncio.Server, server: Server) -> None:
    running.close()
    await running.wait_closed()
    others = [one for one in asyncio.all_tasks() if one is not asyncio.current_task()]
    for one in others:
        one.cancel()
    await asyncio.gather(*others, return_exceptions=True)
    for line in server.lines:
        line.abort()
    for _ in range(5):
        await asyncio.sleep(0)
