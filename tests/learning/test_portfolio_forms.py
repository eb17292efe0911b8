"""A portfolio says the same in every form, links claims to evidence, and keeps private things back."""

import io
import json
import re
from typing import Any

import jsonschema
import pytest
from lxml import html as lxml_html

from desktop.errors import BadInput
from desktop.learning import (
    activities,
    evidence,
    goals,
    levels,
    portfolio,
    portfolio_badge,
    portfolio_docx,
    portfolio_html,
    portfolio_markdown,
    study,
    tries,
)
from desktop.learning.portfolio_values import Chapter, Claim, Portfolio
from desktop.learning.values import ActivityKind, EvidenceKind, Thing
from desktop.library import captures
from desktop.library.marks import annotations
from desktop.store.reader import Reader
from desktop.store.writer import Writer
from tests.support.badge_rules import CREDENTIAL
from tests.support.generated import STRINGS
from tests.support.saving import page
from tests.support.sensing import annotate

SENTENCES = ("I used this join on Monday", "It halved the run", "She asked for my query")


def filled(writer: Writer, goal: int) -> None:
    """A goal with a page, a highlight, a try, feedback and an activity; one level change."""
    source = captures.add(writer, page("joins", title="Joins & more <b>")).source_id
    evidence.attach(writer, goal, [Thing(EvidenceKind.CAPTURE, source)], SENTENCES[0], "2026-10-01")
    marked, _ = annotate(writer, source, "Hash joins win.")
    evidence.attach(writer, goal, [Thing(EvidenceKind.ANNOTATION, marked)], "", "2026-10-02")
    one = tries.plan(writer, "A hash join", goal_id=goal).made
    tries.resolve(writer, one, SENTENCES[1], on="2026-10-03")
    told = evidence.feedback(writer, goal, "Ada", SENTENCES[2], "2026-10-04").made
    course = activities.make(writer, ActivityKind.COURSE, "SQL course", provider="Uni", goal_id=goal).made
    study.log(writer, course, 125)
    evidence.attach(writer, goal, [Thing(EvidenceKind.ACTIVITY, course)], "Passed", "2026-10-05")
    levels.move(writer, goal, 2, "Now with help", [told])


def read_docx(data: bytes) -> Any:
    from docx import Document

    return Document(io.BytesIO(data))


def test_only_the_kinds_that_were_asked_for_leave(writer: Writer, reader: Reader, goal: int) -> None:
    filled(writer, goal)
    told = evidence.feedback(writer, goal, "Jonas", "Not for others", "2026-10-06").made
    evidence.set_private(writer, [told], True)
    chapter = portfolio.of(reader, [goal], kinds=[EvidenceKind.TRY, EvidenceKind.FEEDBACK]).chapters[0]

    assert [claim.kind for claim in chapter.claims] == [EvidenceKind.TRY, EvidenceKind.FEEDBACK]
    assert [claim.number for claim in chapter.claims] == [1, 2]
    assert chapter.steps[0].claims == (2,)
    assert chapter.kept_back == 1
    without = portfolio.of(reader, [goal], kinds=[EvidenceKind.TRY]).chapters[0]
    assert (without.kept_back, without.steps[0].claims, without.steps[0].kept_back) == (0, (), 0)


def test_every_form_has_every_sentence(writer: Writer, reader: Reader, goal: int) -> None:
    filled(writer, goal)
    whole = portfolio.of(reader, [goal], "Mira Example")
    drawn = {
        "html": lxml_html.fromstring(portfolio_html.draw(whole).encode()).text_content(),
        "markdown": portfolio_markdown.draw(whole).replace("\\", ""),
        "docx": "\n".join(one.text for one in read_docx(portfolio_docx.draw(whole)).paragraphs),
        "badge": portfolio_badge.draw(whole),
    }

    for form, text in drawn.items():
        for sentence in (*SENTENCES, "Now with help", "Hash joins win.", "Passed", "Data analysis"):
            assert sentence in text, form
        assert "Mira Example" in text


def test_each_claim_leads_to_its_evidence(writer: Writer, reader: Reader, goal: int) -> None:
    filled(writer, goal)
    whole = portfolio.of(reader, [goal])
    tree = lxml_html.fromstring(portfolio_html.draw(whole).encode())
    ids = {one.get("id") for one in tree.iter() if one.get("id")}
    links = [link.get("href") for link in tree.iter("a")]
    document = read_docx(portfolio_docx.draw(whole))
    addresses = [part.target_ref for part in document.part.rels.values() if part.is_external]

    assert [link for link in links if link.startswith("#")] == ["#g1-e4"]
    assert {link[1:] for link in links if link.startswith("#")} <= ids
    assert links.count("https://site.example/joins") == 2
    assert addresses.count("https://site.example/joins") >= 1
    assert portfolio_markdown.draw(whole).count("](<https://site.example/joins>)") == 2


def test_the_html_may_load_nothing(writer: Writer, reader: Reader, goal: int) -> None:
    filled(writer, goal)
    text = portfolio_html.draw(portfolio.of(reader, [goal]))
    tree = lxml_html.fromstring(text.encode())

    assert "default-src 'none'" in text
    assert not list(tree.iter("script", "img", "link", "iframe", "object", "form"))
    assert "url(" not in text
    assert "@import" not in text
    assert "Joins & more <b>" in tree.text_content()


def test_what_is_private_stays_here(writer: Writer, reader: Reader, goal: int) -> None:
    filled(writer, goal)
    secret = "Only for me 4711"
    hidden = evidence.feedback(writer, goal, "Bob", secret, is_private=True).made
    levels.move(writer, goal, 3, "Alone now", [hidden])
    source = captures.add(writer, page("private", title=secret, is_private=True)).source_id
    evidence.attach(writer, goal, [Thing(EvidenceKind.CAPTURE, source)])
    marked, _ = annotate(writer, captures.add(writer, page("x")).source_id, "Open words")
    annotations.comment(writer, marked, secret)
    annotations.set_private(writer, [marked], True)
    evidence.attach(writer, goal, [Thing(EvidenceKind.ANNOTATION, marked)])

    whole = portfolio.of(reader, [goal])
    forms = (
        portfolio_html.draw(whole),
        portfolio_markdown.draw(whole),
        portfolio_badge.draw(whole),
        "\n".join(one.text for one in read_docx(portfolio_docx.draw(whole)).paragraphs),
    )

    assert not [form for form in forms if secret in form or "Bob" in form]
    assert whole.chapters[0].kept_back == 3
    assert [step.kept_back for step in whole.chapters[0].steps] == [0, 1]
    assert "3 private pieces of evidence are not shown" in forms[0]
    assert secret in portfolio_markdown.draw(portfolio.of(reader, [goal], with_private=True))


def test_a_private_goal_must_be_asked_for(writer: Writer, reader: Reader, goal: int) -> None:
    goals.edit(writer, goal, is_private=True)
    with pytest.raises(BadInput, match="private"):
        portfolio.of(reader, [goal])
    assert portfolio.of(reader, [goal], with_private=True).chapters[0].skill == "Data analysis"
    with pytest.raises(BadInput, match="Choose"):
        portfolio.of(reader, [])


def test_the_badge_keeps_our_copy_of_the_rules_and_says_it_is_unsigned(
    writer: Writer, reader: Reader, goal: int
) -> None:
    filled(writer, goal)
    goals.edit(writer, goal, framework="SFIA", code="https://sfia.example/DATA", label="Data analytics")
    other = goals.make(writer, "Nothing yet", framework="ESCO", code="S1.2").made
    both = json.loads(portfolio_badge.draw(portfolio.of(reader, [goal, other])))
    one = json.loads(portfolio_badge.draw(portfolio.of(reader, [goal], "Mira")))

    for badge in (one, *both["verifiableCredential"]):
        jsonschema.validate(badge, CREDENTIAL)
        assert "proof" not in badge
        assert badge["description"].startswith("Unsigned")
    alignment = one["credentialSubject"]["achievement"]["alignment"][0]
    assert alignment["targetUrl"] == "https://sfia.example/DATA"
    assert one["evidence"][0]["name"] == "Joins & more <b>"


def test_our_copy_of_the_rules_refuses_what_is_wrong(writer: Writer, reader: Reader, goal: int) -> None:
    right = json.loads(portfolio_badge.draw(portfolio.of(reader, [goal])))
    jsonschema.validate(right, CREDENTIAL)
    for spoil in (
        {"validFrom": "2026"}, {"proof": []}, {"issuer": {"type": ["Profile"]}}, {"type": ["Other"]},
        {"credentialSubject": {"type": ["AchievementSubject"]}},
        {"evidence": [{"type": ["Evidence"], "x": 1}]},
    ):  # fmt: skip
        with pytest.raises(jsonschema.ValidationError):
            jsonschema.validate(right | spoil, CREDENTIAL)


def test_any_words_stand_in_every_form_as_they_are(writer: Writer, reader: Reader, goal: int) -> None:
    for text in STRINGS:
        if text.strip():
            evidence.feedback(writer, goal, text[:50], text)
    whole = portfolio.of(reader, [goal], "\x00<i>\ud7ff")
    shown = lxml_html.fromstring(portfolio_html.draw(whole).encode()).text_content()
    jsonschema.validate(json.loads(portfolio_badge.draw(whole)), CREDENTIAL)
    document = "\n".join(one.text for one in read_docx(portfolio_docx.draw(whole)).paragraphs)
    markdown = portfolio_markdown.draw(whole)

    for text in ("<script>alert(1)</script>", "日本語", "👩‍👩‍👧‍👦", "&amp;&lt;"):
        assert text in shown
        assert text in document
    assert re.search(r"(?<!\\)<script", markdown) is None


def test_an_address_ends_neither_its_link_nor_its_line() -> None:
    evil = "https://a.example/\n\n# Degree: <b>doctor</b>\\> (x"
    one = Claim(1, EvidenceKind.CAPTURE, "Tried", "2026-01-01", "", "Page", "", "", evil)
    chapter = Chapter(1, "SQL", "", "", "", "", 0, 1, 2, "", "active", "", "", 0, (), (one,), 0)
    drawn = portfolio_markdown.draw(Portfolio("", "2026-01-01", (chapter,)))
    assert "(<https://a.example/%20#%20Degree:%20%3Cb%3Edoctor%3C/b%3E%5C%3E%20(x>)" in drawn
