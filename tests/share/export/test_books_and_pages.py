"""Exports that people read: web pages, EPUB, Word. Marks, pictures, bytes; what stops leaves nothing."""

import re
import shutil
import subprocess
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from lxml import etree
from lxml import html as lxml_html

from desktop.errors import NoSpace
from desktop.library import assets, captures
from desktop.library.opening import Library, open_library
from desktop.library.values import Asset, NewCapture
from desktop.paths import Paths
from desktop.share.export import epub_parts, regular
from desktop.share.export.formats import BY_NAME
from desktop.share.export.selection import Items, everything
from desktop.share.export.writing import Stopped
from desktop.text.markdown import text_from_html
from tests.support.sensing import annotate

FORMS = ("html", "html-folder", "epub", "docx")
SLOPPY = """<h2>One</h2><p>Practice needs <b>feedback</b>, and feedback needs a record.</p>
<td>A cell alone</td>
<a href="https://example.com/ü?r=1#s">A link <p>around blocks</p></a><li>An item alone</li><dd>So</dd>
<ul>loose<li>a<ul><li>b</li></ul></li><p>between</p></ul><figcaption>lost</figcaption><table><tr><td><table><tr>
<td>in</td></tr></table></td></tr></table><table></table><ol reversed start="3"><li></li></ol><pre>x = 1
y</pre><time datetime="yesterday">then</time><ruby>漢<rb>字</rb><rt>kan</rt></ruby><dl><dt>t</dt></dl>
<details><summary>More</summary><p>hidden</p></details><bdo dir="rtl">abc</bdo><p>مرحبا بالعالم</p>
<p><img src="res/{picture}" alt="A dot"><img data-src="https://example.com/far.png" alt="Far away"></p>"""


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with open_library(Paths(tmp_path / "kithbook"), write=True) as opened:
        assert opened.writer is not None
        dot = assets.keep(opened.paths, epub_parts.stand_in(), "png")
        for number in range(3):
            captures.add(opened.writer, page(number, dot))
        source = opened.reader.rows("SELECT min(id) FROM source", ())[0][0]
        comment = "Mine, *truly*:\n\n- one"
        annotate(opened.writer, source, "needs feedback, and feedback", start=14, comment=comment)
        annotate(opened.writer, source, "not there", colour="sky", comment="Ghost", creator="Ana")
        yield opened


def page(number: int, dot: Asset) -> NewCapture:
    html = SLOPPY.replace("{picture}", f"{dot.sha256}.{dot.ext}")
    return NewCapture(
        uuid=f"{number:08d}-0000-4000-8000-000000000000",
        url=f"https://example.com/{number}",
        title=f"Title & <b>{number}</b> \u202egpj",
        author="Ada\x0b L",
        lang="en",
        captured_at=1_700_000_000_000 + number,
        html=html,
        text=text_from_html(html),
        why="Because **it** says so",
        tags=("a&b",),
        pictures=(dot,),
    )


def items_of(library: Library) -> Items:
    return Items(library.reader, library.paths, sorted(everything(library.reader)))


@pytest.mark.parametrize(
    ("given", "made"),
    [
        ('https://a.example/x y"?<>#a#b', "https://a.example/x%20y%22?%3C%3E#a%23b"),
        ("https://bücher.example/%zz", "https://xn--bcher-kva.example/%25zz"),
        ("javascript:alert(1)", ""),
        ("https://a.example:port/", ""),
        ("https://\u202e.example/", ""),
        ("mailto:ana@a.example", "mailto:ana@a.example"),
    ],
)
def test_an_address_is_written_as_strict_readers_want_it_or_not_at_all(given: str, made: str) -> None:
    assert regular.address(given) == made


def export(library: Library, name: str, out: Path) -> Path:
    return BY_NAME[name].write(items_of(library), out).path


def xhtml(book: zipfile.ZipFile, number: int = 0) -> etree._Element:
    name = f"EPUB/p-{number:08d}-0000-4000-8000-000000000000.xhtml"
    return etree.fromstring(book.read(name))


@pytest.mark.parametrize("name", FORMS)
def test_the_same_library_makes_the_same_bytes(library: Library, tmp_path: Path, name: str) -> None:
    for place in ("a", "b"):
        (tmp_path / place).mkdir()
    first, second = (
        export(library, name, tmp_path / place / f"Pages{BY_NAME[name].suffix}") for place in "ab"
    )

    if first.is_file():
        assert first.read_bytes() == second.read_bytes()
    else:
        files = sorted(one.relative_to(first) for one in first.rglob("*") if one.is_file())
        assert len(files) == 5
        assert all((first / one).read_bytes() == (second / one).read_bytes() for one in files)


@pytest.mark.parametrize("name", FORMS)
def test_what_is_stopped_leaves_nothing(library: Library, tmp_path: Path, name: str) -> None:
    folder = tmp_path / "out"
    folder.mkdir()

    with pytest.raises(Stopped):
        BY_NAME[name].write(items_of(library), folder / "x", stop=lambda: True)

    assert list(folder.iterdir()) == []


@pytest.mark.parametrize("name", FORMS)
def test_a_full_disk_is_a_sentence_and_leaves_nothing(
    library: Library, tmp_path: Path, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_given: object) -> None:
        raise OSError(28, "No space left on device")

    folder = tmp_path / "out"
    folder.mkdir()
    monkeypatch.setattr("desktop.share.export.writing.Draft.write", full)
    monkeypatch.setattr("desktop.share.export.html_folder.Path.write_bytes", full)

    with pytest.raises(NoSpace):
        BY_NAME[name].write(items_of(library), folder / "x")

    assert list(folder.iterdir()) == []


def test_the_one_file_has_text_marks_comments_and_pictures_in_it(library: Library, tmp_path: Path) -> None:
    made = export(library, "html", tmp_path / "Pages.html").read_text("utf-8")

    tree = lxml_html.document_fromstring(made)
    first = tree.get_element_by_id("p-00000000-0000-4000-8000-000000000000")
    assert "".join(first.xpath(".//mark/descendant-or-self::*/text()")) == "needs feedback, and feedback"
    assert [one.text_content() for one in first.xpath(".//blockquote")][:2] == [
        "needs feedback, and feedback",
        "not there",
    ]
    assert first.xpath(".//div[@class='said']//i/text()") == ["truly"]
    assert first.xpath(".//img/@src")[0].startswith("data:image/png;base64,")
    assert first.xpath(".//a[text()='Far away']/@href") == ["https://example.com/far.png"]
    assert first.find("h2").text == "Title & <b>0</b> gpj"
    assert len(tree.xpath("//nav//a")) == len(tree.xpath("//article")) == 3
    assert not re.search(r"(?:src|srcset|style)=[\"'](?!data:)", made)


def test_a_folder_links_its_pages_and_keeps_each_picture_once(library: Library, tmp_path: Path) -> None:
    made = export(library, "html-folder", tmp_path / "Pages")

    listed = lxml_html.document_fromstring((made / "index.html").read_text("utf-8"))
    links = listed.xpath("//nav//a/@href")
    assert len(links) == 3
    for link in links:
        shown = lxml_html.document_fromstring((made / link).read_text("utf-8"))
        assert all((made / one).is_file() for one in shown.xpath("//img/@src"))
    assert len(list((made / "res").iterdir())) == 1


def test_a_book_is_well_formed_and_begins_with_its_kind(library: Library, tmp_path: Path) -> None:
    made = export(library, "epub", tmp_path / "Pages.epub")

    assert made.read_bytes()[30:58] == b"mimetypeapplication/epub+zip"
    with zipfile.ZipFile(made) as book:
        assert {one.date_time for one in book.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        for name in book.namelist():
            if name.endswith(("xml", "opf", "xhtml")):
                etree.fromstring(book.read(name))
        words = "".join(xhtml(book).itertext())
    for one in ("A cell alone", "around blocks", "An item alone", "between", "lost", "hidden", "漢字(kan)"):
        assert one in words


@pytest.mark.skipif(shutil.which("epubcheck") is None, reason="epubcheck is not installed")
def test_a_book_passes_epubcheck(library: Library, tmp_path: Path) -> None:
    made = export(library, "epub", tmp_path / "Pages.epub")

    judged = subprocess.run(
        [
            "java",
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-jar",
            "/usr/share/java/epubcheck.jar",
            str(made),
        ],
        capture_output=True,
        text=True,
        check=False,
    )

    assert "0 fatals / 0 errors / 0 warnings" in judged.stdout, judged.stderr


def test_a_word_file_has_headings_links_a_picture_and_comments(library: Library, tmp_path: Path) -> None:
    import docx

    document = docx.Document(str(export(library, "docx", tmp_path / "Pages.docx")))

    headings = [one.text for one in document.paragraphs if one.style.name == "Heading 1"]
    assert headings == [f"Title & <b>{number}</b> gpj" for number in range(3)]
    comments = list(document.comments)
    assert [(one.author, one.text) for one in comments] == [("Me", "Mine, truly:\none")]
    assert len(document.inline_shapes) == 3
    targets = {one.target_ref for one in document.part.rels.values() if one.is_external}
    assert "https://example.com/%C3%BC?r=1#s" in targets
    words = "\n".join(one.text for one in document.paragraphs)
    assert all(one in words for one in ("not there", "Ghost", "A cell alone", "An item alone", "x = 1"))
