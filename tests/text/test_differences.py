"""Two versions of a page side by side."""

from desktop.text.differences import Difference, as_html, compare, said
from desktop.text.sanitize import clean

OLD = "<h2>Head</h2><p>The cat sat on the mat.</p><ul><li>one</li><li>two</li></ul><p>Gone for ever.</p>"
NEW = (
    "<h2>Head</h2><p>New above.</p><p>The cat lay on the mat.</p>"
    "<ul><li>one</li><li>two</li><li>three</li></ul>"
)


def test_blocks_are_the_same_added_removed_or_changed_word_by_word() -> None:
    found = compare(OLD, NEW)

    assert found == (
        Difference("same", "h2", (("same", "Head"),)),
        Difference("added", "p", (("added", "New above."),)),
        Difference(
            "changed",
            "p",
            (("same", "The cat "), ("removed", "sat"), ("added", "lay"), ("same", " on the mat.")),
        ),
        Difference("same", "li", (("same", "one"),)),
        Difference("same", "li", (("same", "two"),)),
        Difference("added", "li", (("added", "three"),)),
        Difference("removed", "p", (("removed", "Gone for ever."),)),
    )
    assert (said(found).words_added, said(found).words_removed, said(found).blocks) == (4, 4, 4)


def test_the_comparison_is_clean_html_with_marks() -> None:
    html = as_html(compare(OLD, NEW))

    assert html == (
        "<h2>Head</h2><p><ins>New above.</ins></p><p>The cat <del>sat</del><ins>lay</ins> on the mat.</p>"
        "<ul><li>one</li><li>two</li><li><ins>three</ins></li></ul><p><del>Gone for ever.</del></p>"
    )
    assert clean(html) == html


def test_what_the_page_wrote_stays_text() -> None:
    html = as_html(compare("<p>a &lt;b&gt; c</p>", "<p>a &lt;script&gt; c</p>"))

    assert "<script>" not in html
    assert clean(html) == html


def test_only_changes_are_shown_with_a_neighbour_on_either_side() -> None:
    old = "".join(f"<p>Paragraph {letter}.</p>" for letter in "abcdefg")
    new = old.replace("Paragraph d.", "Paragraph dee.")

    html = as_html(compare(old, new), only_changes=True)

    assert html == ("<p>Paragraph c.</p><p>Paragraph <del>d</del><ins>dee</ins>.</p><p>Paragraph e.</p>")


def test_typography_alone_is_no_change() -> None:
    found = compare('<p>It\'s "fine" - really.</p>', "<p>It’s “fine” – really.</p>")

    assert [one.kind for one in found] == ["same"]


def test_tables_lists_in_lists_and_loose_text_are_compared_too() -> None:
    old = "<table><tr><td>a</td><td>1</td></tr></table><ul><li>x<ul><li>y</li></ul></li></ul>tail"
    new = old.replace("1", "2")

    found = compare(old, new)

    assert [(one.kind, one.tag) for one in found] == [
        ("changed", "pre"), ("same", "p"), ("same", "li"), ("same", "p"),
    ]  # fmt: skip


def test_a_version_without_text_is_all_removed_or_all_added() -> None:
    assert [one.kind for one in compare("<p>a</p>", "")] == ["removed"]
    assert [one.kind for one in compare("", "<p>a</p>")] == ["added"]
    assert compare("", "") == ()
