"""Mail drafts, mailto addresses, file names, chat text and network links: hostile words stay words."""

import email
import email.policy
import unicodedata

import pytest

from desktop.errors import BadInput
from desktop.share import pack_letter, social
from desktop.share.file_names import file_name, one_line
from desktop.share.letters import Enclosure, Letter, address_of, draft, mailto, message
from desktop.share.mail_account import account
from desktop.share.mail_providers import PROVIDERS, Security, provider_of
from desktop.share.rich_text import of_items, quotation
from desktop.share.values import Item, ItemKind
from tests.support import packs

HOSTILE = (
    "x\r\nBcc: eve@evil.example",
    "=?utf-8?q?=0D=0ABcc:_eve@evil.example?=",
    "x\x00\x0b\x0c\x85\u2028Bcc: eve@evil.example",
    'Ana" <eve@evil.example>, "',
    "\u202eexe.fdp\u202c\u200b",
    "Übung — ‘日本’ 👩‍👩‍👧 " * 30,
)


@pytest.mark.parametrize("words", HOSTILE)
def test_no_word_becomes_a_header_of_a_mail(words: str) -> None:
    letter = Letter(("ben@firm.example",), words, words, f"<p>{words}</p>", "ana@firm.example", words,
                    (Enclosure(f"{words}.html", b"<html>", words),))  # fmt: skip

    for data in (draft(letter), message(letter, "<1@firm.example>", 0)):
        whole = email.message_from_bytes(data, policy=email.policy.default)
        assert set(whole.keys()) <= {
            "From", "To", "Subject", "X-Unsent", "Date", "Message-ID", "MIME-Version", "Content-Type",
        }  # fmt: skip
        assert [one.addr_spec for one in whole["From"].addresses] == ["ana@firm.example"]
        assert whole["Subject"] == one_line(words, 300)
        assert max(map(len, data.split(b"\r\n"))) < 998
        assert data.isascii()
        assert b"\n" not in data.replace(b"\r\n", b"")


def test_a_draft_opens_for_writing_with_its_file() -> None:
    letter = Letter(("ben@firm.example",), "Six pages", "Hello", "<p>Hello</p>", "", "",
                    (Enclosure("Übung.html", b"<html>\xff", "text/html"),))  # fmt: skip

    whole = email.message_from_bytes(draft(letter), policy=email.policy.default)

    (enclosed,) = whole.iter_attachments()
    assert whole["X-Unsent"] == "1"
    assert whole["From"] is None
    assert whole.get_body(("plain",)).get_content().strip() == "Hello"
    assert whole.get_body(("html",)).get_content().strip() == "<p>Hello</p>"
    assert (enclosed.get_filename(), enclosed.get_payload(decode=True)) == ("Übung.html", b"<html>\xff")


@pytest.mark.parametrize(
    "typed",
    ["", "ana", "ana@", "@firm.example", "a b@firm.example", "a@b@c.example", "a@firm..example",
     "a@firm.example\r\nRCPT TO:<x@y.example>", "a@firm.example,b@firm.example", "ü@firm.example", "a@firm"],
)  # fmt: skip
def test_what_is_no_address_is_refused(typed: str) -> None:
    with pytest.raises(BadInput):
        address_of(typed)


def test_an_address_may_come_with_a_name_and_a_host_of_other_letters() -> None:
    assert address_of(" Ana <ana@firm.example> ") == "ana@firm.example"
    assert address_of("ana@müller.example") == "ana@xn--mller-kva.example"


def test_a_mailto_address_is_short_enough_and_may_be_opened() -> None:
    from desktop.ui.open_url import may_open

    made = mailto(
        ("ben@firm.example", "cem@firm.example"), "a&attach=/etc/passwd\r\nBcc: x", "Grüße\n&" * 900
    )

    assert len(made) <= 2000
    assert may_open(made)
    assert made.count("?") == 1
    assert made.count("&") == 1


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("A/B: why? <now>", "A B why now.html"),
        ("../../etc/passwd", "etc passwd.html"),
        ("CON", "_CON.html"),
        ("com1.txt", "_com1.txt.html"),
        ("\u202egpj.exe", "gpj.exe.html"),
        (" . ", "Kithbook.html"),
        ("-rf", "rf.html"),
    ],
)
def test_file_names_are_sane(title: str, name: str) -> None:
    assert file_name(title, ".html") == name


def test_long_names_fit_every_file_system() -> None:
    assert len(file_name("漢" * 500, ".html").encode()) <= 200
    assert not any(unicodedata.category(one) == "Cf" for one in file_name("\u200f\u2066" * 9 + "x", ".html"))


def item(title: str, url: str = "https://x.example/a", sentence: str = "") -> Item:
    return Item("u", ItemKind.PAGE, title, url, sentence=sentence)


@pytest.mark.parametrize(
    "title", ["=HYPERLINK(1)", "<img src=x onerror=alert(1)>", "](javascript:alert(1))", *HOSTILE]
)
def test_chat_text_shows_a_title_and_nothing_else(title: str) -> None:
    made = of_items([item(title, sentence="Read <b>this</b> [first](javascript:1)")], "Hello")

    assert "<img" not in made.html
    assert 'href="javascript' not in made.html
    assert made.html.count("<a ") == 1
    assert not any(line.startswith(("=", "+", "@")) for line in made.text.splitlines())
    assert "\u202e" not in made.html + made.text + made.markdown
    assert "](javascript:alert" not in made.markdown


def test_only_web_addresses_are_links_in_chat_text() -> None:
    made = quotation("Whoever speaks first", "Title", "javascript:alert(1)", "Mine")

    assert "javascript" not in made.html + made.text + made.markdown
    assert "> Whoever speaks first" in made.markdown
    assert "“Whoever speaks first”" in made.text


def test_addresses_of_networks_carry_text_and_link_and_nothing_of_their_own() -> None:
    from desktop.ui.open_url import may_open

    for network in social.NETWORKS:
        made = social.address(
            network.name, "a&b=c#d " * 900, "https://x.example/?q=1&r=2", "@me@Mastodon.Social"
        )

        assert may_open(made)
        assert len(made) <= social.LONGEST
        assert "https%3A%2F%2Fx.example%2F%3Fq%3D1%26r%3D2" in made
    with pytest.raises(BadInput):
        social.address("mastodon", "x", "https://x.example", "evil.example@")
    with pytest.raises(BadInput):
        social.address("x", "x", "javascript:alert(1)")


def test_known_providers_are_found_by_the_address() -> None:
    assert provider_of("Ana@GMX.de") is provider_of("x@gmx.net")
    gmail = provider_of("ana@gmail.com")
    assert gmail is not None
    assert (gmail.host, gmail.port) == ("smtp.gmail.com", 465)
    assert "app password" in gmail.hint
    assert provider_of("ana@firm.example") is None
    domains = [domain for one in PROVIDERS for domain in one.domains]
    assert len(domains) == len(set(domains))


def test_an_account_is_made_whole_from_the_address_or_refused() -> None:
    assert account("ana@posteo.de").host == "posteo.de"
    assert account("ana@firm.example", "smtp.firm.example", 587).security is Security.STARTTLS
    with pytest.raises(BadInput, match="not known here"):
        account("ana@firm.example")
    with pytest.raises(BadInput, match="not the name of a server"):
        account("ana@firm.example", "smtp firm")
    with pytest.raises(BadInput, match="Open a mail draft"):
        account("ana@outlook.com")
    assert account("ana@proton.me", "127.0.0.1", 1025, "starttls").port == 1025


def test_the_mail_of_a_pack_names_what_is_in_it_and_keeps_quotations_in_the_file() -> None:
    made = pack_letter.of_pack(packs.readings(), "form.html", b"<html>", ("ben@firm.example",))

    assert made.subject == packs.readings().title
    for one in packs.readings().items:
        assert one.title in made.text
        for mark in one.annotations:
            quoted = mark.web.selectors.quote.exact
            assert not quoted or quoted not in made.text + made.html
    assert "any browser opens it" in made.text
    assert (made.enclosures[0].name, made.enclosures[0].mime) == ("form.html", "text/html")


def test_the_mail_of_an_encrypted_pack_says_nothing_of_it() -> None:
    whole = packs.readings()
    made = pack_letter.of_pack(whole, "x.html.age", b"age", ("ben@firm.example",))
    said = (
        made.subject + made.text + made.html + pack_letter.mailto(whole, "x.html.age", ("ben@firm.example",))
    )

    assert whole.title not in said
    assert not [one.title for one in whole.items if one.title in said]
    assert "encrypted" in made.text
