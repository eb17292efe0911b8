"""``kithbook mail``: the account that packs go out from, a test mail, and the outbox.

The surprising fact: the password is asked for, or read from standard input, and never taken as an argument,
as every program of a computer can read those of all others.
"""

import argparse
import asyncio
import getpass
import sys

from desktop.cli.command import Command
from desktop.errors import BadInput, LibraryBusy
from desktop.languages import mark, tr
from desktop.paths import of_this_user
from desktop.settings import Settings
from desktop.store.reader import Reader
from desktop.store.writer import Writer

_ACTS = ("account", "forget", "test", "outbox", "send", "again", "arrived", "cancel")


def _add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "act",
        choices=_ACTS,
        help=tr(
            "account: set it up; forget: remove it with its password; test: a mail to oneself; outbox: what "
            "waits, was sent or failed; send: send what is due; again, arrived, cancel: for one mail"
        ),
    )
    parser.add_argument("what", nargs="?", default="", help=tr("your address, or the number of a mail"))
    parser.add_argument("--host", default="", help=tr("the server, if it is not known from the address"))
    parser.add_argument("--port", type=int, default=0, help=tr("465 or 587, as the provider says"))
    parser.add_argument("--security", choices=["tls", "starttls"], default="")
    parser.add_argument("--user", default="", help=tr("user name, if it is not the address"))


def _run(arguments: argparse.Namespace) -> int:
    if arguments.act == "account":
        return _account(arguments)
    if arguments.act == "forget":
        return _forget()
    if arguments.act == "test":
        return _test()
    return _outbox() if arguments.act == "outbox" else _change(arguments.act, arguments.what)


def _account(arguments: argparse.Namespace) -> int:
    from desktop.share import mail_account
    from desktop.share.mail_providers import provider_of
    from desktop.share.secrets import Secrets

    paths = of_this_user()
    settings, secrets = Settings.load(paths), Secrets(paths)
    one = mail_account.account(
        arguments.what, arguments.host, arguments.port, arguments.security, arguments.user
    )
    known = provider_of(one.address)
    if known is not None and known.hint:
        print(known.hint, file=sys.stderr)
    mail_account.keep(settings, secrets, one, _password(one.address))
    print(
        tr("Mails go out from {address} through {host}, port {port}.").format(
            address=one.address, host=one.host, port=one.port
        )
    )
    if secrets.notice():
        print(secrets.notice(), file=sys.stderr)
    return 0


def _password(address: str) -> str:
    if sys.stdin.isatty():
        return getpass.getpass(tr("Password for {address}: ").format(address=address))
    return sys.stdin.readline().rstrip("\r\n")


def _forget() -> int:
    from desktop.share import mail_account
    from desktop.share.secrets import Secrets

    paths = of_this_user()
    mail_account.forget(Settings.load(paths), Secrets(paths))
    print(tr("The mail account and its password are forgotten."))
    return 0


def _test() -> int:
    from desktop.share import mail
    from desktop.share.mail_account import account_of
    from desktop.share.secrets import Secrets

    paths = of_this_user()
    settings = Settings.load(paths)
    one = account_of(settings)
    if one is None:
        raise BadInput(tr("There is no mail account yet."), tr("“kithbook mail account ADDRESS” adds yours."))
    asyncio.run(mail.send_test(one, Secrets(paths).get(one.secret_name), settings.text("my_name")))
    print(tr("A test mail is on its way to {address}.").format(address=one.address))
    return 0


def _outbox() -> int:
    from desktop.cli import opened
    from desktop.share import mailing

    with opened.library(of_this_user(), write=False) as library:
        found = mailing.outbox(library.reader)
    for one in found:
        print(f"{one.id}  {one.state}  {', '.join(one.to)}  {one.subject}")
        if one.error:
            print(f"    {one.error}")
    if not found:
        print(tr("The outbox is empty."))
    return 0


def _change(act: str, what: str) -> int:
    from desktop.cli import opened, shown
    from desktop.share import mail_round, mailing
    from desktop.share.secrets import Secrets

    paths = of_this_user()
    with opened.library(paths, write=True) as library:
        if library.writer is None:
            raise LibraryBusy(library.notice)
        if act != "send":
            print(_one(library.writer, library.reader, act, _number(what)))
            return 0
        mailing.recover(library.writer)
        done = mail_round.send(library, Settings.load(paths), Secrets(paths), tell=shown.told)
    print(
        tr("Sent: {sent}. Waiting: {waiting}. Failed: {failed}. To be asked about: {unsure}.").format(
            sent=len(done.sent), waiting=done.waiting, failed=done.failed, unsure=done.unsure
        )
    )
    if done.says:
        print(done.says, file=sys.stderr)
    return 1 if done.says else 0


def _one(writer: Writer, reader: Reader, act: str, number: int) -> str:
    from desktop.share import mailing

    if act == "cancel":
        return mailing.cancel(writer, number).label
    is_unsure = any(one.id == number and one.state == "unsure" for one in mailing.outbox(reader))
    if act == "arrived" or is_unsure:
        return mailing.settle(writer, number, has_arrived=act == "arrived").label
    return mailing.try_again(writer, number).label


def _number(what: str) -> int:
    if not what.isdecimal():
        raise BadInput(tr("Which mail? “kithbook mail outbox” shows their numbers."))
    return int(what)


COMMAND = Command("mail", mark("send packs by your own mail account"), _add_arguments, _run)
