"""A piece of HTML that is wanted as it is, without asking which of it is the article. Runs in the worker.

A selection and the text of a PDF file come this way: every word of them was chosen or is the text.
"""

import lxml.html

from desktop.text import markdown, reading, sanitize
from desktop.text.article import Article, Picture


def passage(html: str, url: str) -> Article:
    """``html`` cleaned, with absolute addresses. Raises `errors.Refused` over the limits of size or depth."""
    # Once before the parser, which must not meet endless nesting, and once after it for what it made.
    sanitize.clean(html)
    if not html.strip():
        return Article(kind="empty")
    root = lxml.html.fragment_fromstring(html, create_parent="div")
    root.make_links_absolute(url, resolve_base_href=False, handle_failures="discard")
    clean = sanitize.clean(lxml.html.tostring(root, encoding="unicode"))
    text = markdown.text_from_html(clean)
    return Article(
        html=clean,
        text=text,
        markdown=markdown.markdown_from_html(clean),
        images=_pictures(clean),
        kind="article" if text else "empty",
        excerpt=reading.excerpt_of(text),
        words=reading.words_of(text),
        minutes=reading.minutes_of(text),
    )


def _pictures(clean: str) -> tuple[Picture, ...]:
    if not clean:
        return ()
    root = lxml.html.fragment_fromstring(clean, create_parent="div")
    found = [
        Picture(img.get("data-src"), img.get("alt") or "") for img in root.iter("img") if img.get("data-src")
    ]
    return tuple(dict.fromkeys(found))
