"""The frame of readable pages: what it escapes, and that it names its own style sheet and nothing else."""

from base64 import b64encode
from hashlib import sha256

from lxml import html as lxml_html

from desktop.share import page_html


def test_the_policy_names_the_style_sheet_that_stands_in_the_page() -> None:
    tree = lxml_html.document_fromstring(page_html.page(lang="en", title="One", body="<p>Text</p>"))

    policy = tree.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")[0]
    digest = b64encode(sha256(tree.findtext(".//style").encode()).digest()).decode()
    assert f"style-src 'sha256-{digest}'" in policy
    assert policy.startswith("default-src 'none'; img-src data:;")
    assert "unsafe" not in policy


def test_a_title_and_a_language_cannot_leave_their_places() -> None:
    hostile = '"></title><script>alert(1)</script>'

    tree = lxml_html.document_fromstring(page_html.page(lang=hostile, title=hostile, body=""))

    assert tree.xpath("//script") == []
    assert tree.findtext(".//title") == hostile
    assert tree.get("lang") == hostile


def test_a_quotation_is_text_and_its_colour_one_of_ours() -> None:
    made = page_html.quotation(
        "<img src=x>\nB", 'x" onclick="y', comment="<p>Mine</p>", by="<b>", tags=["<i>"]
    )

    tree = lxml_html.fragment_fromstring(made)
    assert tree.get("class") == "q straw"
    assert tree.xpath("//img | //i | //*[@onclick]") == []
    assert "".join(tree.find("blockquote").itertext()) == "<img src=x>B"


def test_only_addresses_of_the_web_become_links() -> None:
    assert page_html.link("javascript:alert(1)", "a<b") == "a&lt;b"
    assert 'href="https://a.example/?q=&quot;"' in page_html.link('https://a.example/?q="', "a")
