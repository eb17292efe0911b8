"""Writes the expected files of all sample pages anew: read the difference before you commit it."""

import json
from pathlib import Path

from desktop.text.article import article_from_html, to_json

FACTS = (
    "title",
    "byline",
    "published",
    "is_published_approximate",
    "site",
    "lang",
    "canonical",
    "kind",
    "images",
)
FACTS += ("warnings", "left_out", "words", "minutes")

for page in sorted(Path(__file__).parent.glob("*/page.html")):
    article = to_json(article_from_html(page.read_text("utf-8"), f"https://{page.parent.name}.example/page"))
    facts = {name: article[name] for name in FACTS}
    page.with_name("expected.md").write_text(article["markdown"] + "\n", "utf-8")
    page.with_name("expected.json").write_text(
        json.dumps(facts, ensure_ascii=False, indent=1) + "\n", "utf-8"
    )
