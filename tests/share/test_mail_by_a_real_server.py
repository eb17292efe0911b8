"""Mails through a real server on loopback: delivered, refused, cut off, tried again, and never twice."""

import asyncio
import email
import email.policy
import random
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from desktop.library.archive.format import Progress
from desktop.library.opening import Library, open_library
from desktop.paths import Paths
from desktop.share import mail, mail_round, mailing
from desktop.share.letters import Enclosure, Letter
from desktop.share.mail_account import Account
from desktop.share.mail_providers import Security
from desktop.share.mailing import MailState
from desktop.store.writer import Writer
from tests.support.mail_server import PASSWORD, USER, Server, certificate, serving

PACK = b"<!doctype html><p>" + b"what was read \xc3\xa9\n." * 2_000
LONG = PACK * 25
"""More than all that lies between the two programs."""


@pytest.fixture(scope="module")
def cert(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    return certificate(tmp_path_factory.mktemp("certificate"), "localhost", "127.0.0.1")


@pytest.fixture
def server(cert: tuple[Path, Path]) -> Iterator[Server]:
    with serving(cert) as running:
        yield running


@pytest.fixture
def narrow(cert: tuple[Path, Path]) -> Iterator[Server]:
    with serving(cert, is_narrow=True) as running:
        yield running


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with open_library(Paths(tmp_path / "kithbook"), write=True) as opened:
        yield opened


@pytest.fixture
def writer(library: Library) -> Writer:
    assert library.writer is not None
    return library.writer


def account(server: Server, security: Security = Security.STARTTLS, host: str = "localhost") -> Account:
    return Account(USER, host, server.port, security, USER)


def put(writer: Writer, *to: str, pack: bytes = PACK) -> int:
    enclosed = (Enclosure("Seiten über Übung.html", pack),)
    people = to or ("ben@firm.example",)
    letter = Letter(people, "Six pages", "Look at the second.", "", USER, "Ana Ünal", enclosed)
    return mailing.post(writer, letter).made


def round_of(
    library: Library, server: Server, cert: tuple[Path, Path], at: int = 0, password: str = PASSWORD
) -> mail_round.Round:
    return mail_round.send_due(library, account(server), password, at=at, ca_file=cert[0], patience=20)


def only(library: Library) -> mailing.Mailed:
    (one,) = mailing.outbox(library.reader)
    return one


def test_a_mail_arrives_whole_by_starttls_and_its_file_leaves_the_outbox(
    library: Library, writer: Writer, server: Server, cert: tuple[Path, Path]
) -> None:
    made = put(writer, "ben@firm.example", "cem@firm.example")
    told: list[Progress] = []

    done = mail_round.send_due(library, account(server), PASSWORD, ca_file=cert[0], tell=told.append)

    (envelope,) = server.got
    whole = email.message_from_bytes(envelope.original_content or b"", policy=email.policy.default)
    (enclosed,) = whole.iter_attachments()
    assert done.sent == (made,)
    assert envelope.rcpt_tos == ["ben@firm.example", "cem@firm.example"]
    assert enclosed.get_payload(decode=True) == PACK
    assert enclosed.get_filename() == "Seiten über Übung.html"
    assert [one.done for one in told] == sorted({one.done for one in told})
    assert told[-1].done == told[-1].total
    assert only(library).state is MailState.SENT
    assert not list(library.paths.assets.rglob("*.eml"))


def test_tls_from_the_first_byte_works_too(library: Library, writer: Writer, cert: tuple[Path, Path]) -> None:
    put(writer)
    with serving(cert, is_tls=True) as server:
        mail_round.send_due(library, account(server, Security.TLS), PASSWORD, ca_file=cert[0])

        assert len(server.got) == 1


def test_lines_that_begin_with_a_dot_arrive_as_they_left(server: Server, cert: tuple[Path, Path]) -> None:
    sent = b"Subject: dots\r\n\r\n.\r\n..\r\n.end\r\n" + (b"." * 70 + b"\r\n") * 3000
    asyncio.run(mail.deliver(account(server), PASSWORD, sent, ("ben@firm.example",), ca_file=cert[0]))

    assert server.bodies == [sent]


def test_a_wrong_password_is_said_with_a_hint_and_is_not_tried_mail_by_mail(
    library: Library, writer: Writer, server: Server, cert: tuple[Path, Path]
) -> None:
    put(writer)
    put(writer)

    done = round_of(library, server, cert, password="wrong")

    first, second = sorted(mailing.outbox(library.reader), key=lambda one: one.id)
    assert "refused the user name or the password" in done.says
    assert "app password" in done.says
    assert (first.state, second.state) == (MailState.FAILED, MailState.WAITING)
    assert second.next_at > time.time() * 1000 + 50 * 60_000
    assert server.connections == 1
    assert not server.got


def test_an_unknown_certificate_stops_everything_before_the_password(
    library: Library, writer: Writer, server: Server
) -> None:
    put(writer)

    done = mail_round.send_due(library, account(server), PASSWORD, patience=20)

    assert "certificate" in done.says
    assert not server.logins
    assert not server.got


def test_a_certificate_for_another_host_is_refused(library: Library, writer: Writer, tmp_path: Path) -> None:
    put(writer)
    other = certificate(tmp_path / "other", "mail.elsewhere.example")
    with serving(other) as server:
        done = round_of(library, server, other)

        assert "certificate" in done.says
        assert not server.logins


def test_a_server_without_encryption_never_sees_the_password(library: Library, writer: Writer) -> None:
    put(writer)
    with serving(None) as server:
        done = mail_round.send_due(library, account(server), PASSWORD, patience=20)

        assert "no encryption" in done.says
        assert not server.logins
    with serving(None) as server:
        mailing.try_again(writer, only(library).id)
        done = mail_round.send_due(library, account(server, Security.TLS), PASSWORD, patience=20)

        assert "does not speak TLS" in done.says


def test_a_server_that_is_not_there_is_tried_again_later(
    library: Library, writer: Writer, cert: tuple[Path, Path]
) -> None:
    put(writer)
    at = int(time.time() * 1000) + 1000
    with serving(cert) as server:
        gone = account(server)

    for n, wait in enumerate(mail_round.WAITS, start=1):
        done = mail_round.send_due(library, gone, PASSWORD, at=at, patience=20)
        one = only(library)

        assert "takes no mails on port" in done.says
        assert (one.state, one.tries, one.next_at) == (MailState.WAITING, n, at + wait)
        at = one.next_at
    mail_round.send_due(library, gone, PASSWORD, at=at, patience=20)
    assert only(library).state is MailState.FAILED


@pytest.mark.parametrize(
    ("says", "sentence", "state"),
    [
        ("552 5.2.2 mailbox full", "mailbox of ben@firm.example is full", MailState.FAILED),
        ("452 4.2.2 over quota", "mailbox of ben@firm.example is full", MailState.WAITING),
        ("550 5.1.1 no such user", "refused the address ben@firm.example", MailState.FAILED),
        ("451 4.7.1 greylisted", "takes nothing for ben@firm.example", MailState.WAITING),
    ],
)
def test_one_refused_address_stops_the_mail_for_all(
    library: Library, writer: Writer, server: Server, cert: tuple[Path, Path], says: str, sentence: str,
    state: MailState,
) -> None:  # fmt: skip
    server.ways.refused = {"ben@firm.example": says}
    put(writer, "cem@firm.example", "ben@firm.example")

    done = round_of(library, server, cert)

    assert sentence in done.says
    assert says[4:] in done.says
    assert only(library).state is state
    assert not server.got


def test_a_mail_larger_than_the_server_takes_is_refused_before_it_is_sent(
    library: Library, writer: Writer, cert: tuple[Path, Path]
) -> None:
    put(writer)
    with serving(cert, size=30_000) as server:
        done = round_of(library, server, cert)

    assert "the server takes 0.0 MB" in done.says
    assert only(library).state is MailState.FAILED


def test_a_mail_that_is_refused_at_its_end_is_not_unsure(
    library: Library, writer: Writer, server: Server, cert: tuple[Path, Path]
) -> None:
    server.ways.says_at_end = "554 5.7.1 looks like spam"
    put(writer)

    done = round_of(library, server, cert)

    assert "looks like spam" in done.says
    assert only(library).state is MailState.FAILED


def test_a_line_cut_in_mid_mail_is_tried_again_and_arrives_once(
    library: Library, writer: Writer, narrow: Server, cert: tuple[Path, Path]
) -> None:
    at = int(time.time() * 1000) + 1000
    put(writer, pack=LONG)
    narrow.ways.cut_after = 20_000

    first = round_of(library, narrow, cert, at)
    waiting = only(library)
    narrow.ways.cut_after = 0
    too_early = round_of(library, narrow, cert, at)
    second = round_of(library, narrow, cert, waiting.next_at)

    assert (first.waiting, waiting.state, waiting.next_at) == (1, MailState.WAITING, at + mail_round.WAITS[0])
    assert "ended before the mail was there" in waiting.error
    assert too_early == mail_round.Round()
    assert len(second.sent) == 1
    assert len(narrow.got) == 1


def test_what_a_server_says_in_mid_mail_is_told(
    library: Library, writer: Writer, narrow: Server, cert: tuple[Path, Path]
) -> None:
    narrow.ways.cut_after, narrow.ways.says_in_middle = 20_000, "552 5.3.4 message too big"
    put(writer, pack=LONG)

    done = round_of(library, narrow, cert)

    assert "too large" in done.says or "ended before" in done.says
    assert only(library).state in {MailState.FAILED, MailState.WAITING}
    assert not narrow.got


def test_a_line_cut_before_the_reply_is_asked_about_and_never_sent_again_by_itself(
    library: Library, writer: Writer, server: Server, cert: tuple[Path, Path]
) -> None:
    put(writer)
    server.ways.cut_before_reply = True

    first = round_of(library, server, cert)
    server.ways.cut_before_reply = False
    later = int(time.time() * 1000) + 10**9
    again = [round_of(library, server, cert, later) for _ in range(3)]
    unsure = only(library)

    assert (first.unsure, unsure.state) == (1, MailState.UNSURE)
    assert "may have arrived" in unsure.error
    assert again == [mail_round.Round()] * 3
    assert len(server.got) == 1

    mailing.settle(writer, unsure.id, has_arrived=True)
    assert only(library).state is MailState.SENT
    assert round_of(library, server, cert, later) == mail_round.Round()
    assert len(server.got) == 1


def test_an_unsure_mail_goes_again_under_the_same_id_when_the_person_says_so(
    library: Library, writer: Writer, server: Server, cert: tuple[Path, Path]
) -> None:
    put(writer)
    server.ways.cut_before_reply = True
    round_of(library, server, cert)
    server.ways.cut_before_reply = False

    mailing.settle(writer, only(library).id, has_arrived=False)
    round_of(library, server, cert)

    first, second = server.bodies
    assert only(library).state is MailState.SENT
    assert first == second


def test_stopping_in_mid_mail_delivers_nothing(
    library: Library, writer: Writer, server: Server, cert: tuple[Path, Path]
) -> None:
    put(writer, pack=LONG)
    told: list[Progress] = []

    mail_round.send_due(
        library, account(server), PASSWORD, ca_file=cert[0], tell=told.append, stop=lambda: len(told) > 2
    )

    assert only(library).state is MailState.FAILED
    assert "You stopped it" in only(library).error
    assert not server.got


def test_the_account_is_checked_by_a_mail_to_oneself(server: Server, cert: tuple[Path, Path]) -> None:
    asyncio.run(mail.send_test(account(server), PASSWORD, "Ana", ca_file=cert[0]))
    with pytest.raises(mail.NotSent, match="user name or the password"):
        asyncio.run(mail.send_test(account(server), "wrong", "Ana", ca_file=cert[0]))

    (envelope,) = server.got
    assert envelope.rcpt_tos == [USER]


@pytest.mark.parametrize("is_handed_over", [False, True])
def test_a_kill_in_mid_send_leaves_a_mail_that_waits_or_is_asked_about(
    library: Library, writer: Writer, server: Server, cert: tuple[Path, Path], is_handed_over: bool,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    put(writer)

    async def killed(*_given: object, before_end: Callable[[], None], **_more: object) -> None:
        if is_handed_over:
            before_end()
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(mail, "deliver", killed)
        patched.setattr(mail_round._Sending, "_command", _once_only(mail_round._Sending._command))
        with pytest.raises(KeyboardInterrupt):
            round_of(library, server, cert)
    mailing.recover(writer)
    after = only(library)
    done = round_of(library, server, cert, int(time.time() * 1000) + 10**9)

    assert after.state is (MailState.UNSURE if is_handed_over else MailState.WAITING)
    assert ("may have arrived" in after.error) is is_handed_over
    assert len(done.sent) == len(server.got) == (0 if is_handed_over else 1)


def _once_only(command: Callable[..., int]) -> Callable[..., int]:
    """What a kill leaves undone: nothing is written once it came."""

    def until_killed(sending: mail_round._Sending, sql: str, *values: object) -> int:
        return 0 if MailState.WAITING in values[:1] else command(sending, sql, *values)

    return until_killed


def test_of_many_mails_over_a_line_that_breaks_anywhere_none_comes_twice(
    library: Library, writer: Writer, server: Server, cert: tuple[Path, Path]
) -> None:
    chance, at = random.Random(20261130), int(time.time() * 1000)
    for _ in range(8):
        put(writer)
    for _ in range(4):
        at += 10**9
        for cut_after, is_cut in ((chance.choice((0, 1, 5_000, 40_000)), chance.random() < 0.4), (0, False)):
            server.ways.cut_after, server.ways.cut_before_reply = cut_after, is_cut
            before = server.connections
            mail_round.send_due(
                library, account(server), PASSWORD, at=at, ca_file=cert[0], patience=20,
                stop=lambda before=before: server.connections >= before + 2,
            )  # fmt: skip
    ids = [email.message_from_bytes(body)["Message-ID"] for body in server.bodies]
    states = [one.state for one in mailing.outbox(library.reader)]

    assert len(ids) == len(set(ids))
    assert MailState.SENDING not in states
    assert states.count(MailState.SENT) > 2
    assert 0 <= len(ids) - states.count(MailState.SENT) <= states.count(MailState.UNSURE)
