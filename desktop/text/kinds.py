"""What kind of page this is: an article, a thread of posts, a product, a listing, documentation.

Surprising: most forums declare nothing, so repeated posts in the markup are counted as well.
"""

import re
from urllib.parse import urlsplit

from desktop.text import dom
from desktop.text.dom import Element
from desktop.text.features import Page
from desktop.text.metadata import Facts

_THREADS = {"DiscussionForumPosting", "QAPage", "Question"}
_ARTICLES = {
    "Article",
    "NewsArticle",
    "BlogPosting",
    "ReportageNewsArticle",
    "TechArticle",
    "ScholarlyArticle",
    "OpinionNewsArticle",
    "AnalysisNewsArticle",
    "LiveBlogPosting",
}
_PRODUCTS = {"Product", "ProductGroup", "Offer", "AggregateOffer"}
_LISTS = {"CollectionPage", "ItemList", "SearchResultsPage", "OfferCatalog"}
_FORUM_ENGINES = re.compile(
    r"discourse|phpbb|vbulletin|xenforo|mybb|smf|simple machines|invision|ipb"
    r"|nodebb|flarum|vanilla|fluxbb|punbb|yabb|question2answer|bbpress|lithium|khoros"
)
_FORUM_ADDRESS = re.compile(
    r"(?:^|[./_-])(?:forums?|viewtopic|showthread|threads?|topic|discussions?|community|boards?|bbs|questions?|issues)(?:[./_-]|$)",
    re.IGNORECASE,
)
_POST = re.compile(
    r"(?:^|[\s_-])(?:post|message|reply|comment|answer|topic-post|postbody|post-body|post_body|messagetext|athing|comtr|cooked)(?:$|[\s_-])"
)


def page_of(tree: Element, facts: Facts, url: str) -> Page:
    """Reads what the page declares and counts repeated posts."""
    types = facts.data.types
    posts = _posts(tree)
    address = urlsplit(url)
    is_forum_address = bool(_FORUM_ADDRESS.search(f"{address.hostname or ''}{address.path}"))
    is_thread = (
        bool(types & _THREADS)
        or bool(_FORUM_ENGINES.search(facts.generator))
        or _FORUM_ENGINES.search(dom.classes(dom.body_of(tree))) is not None
    )
    is_thread = is_thread or (posts >= 3 and is_forum_address)
    is_article = bool(types & _ARTICLES) or facts.og_type in ("article", "blog")
    return Page(
        is_thread=is_thread,
        is_article=is_article and not is_thread,
        is_product=bool(types & _PRODUCTS) or "product" in facts.og_type,
        is_listing=bool(types & _LISTS),
    )


def _posts(tree: Element) -> int:
    """How often the most frequent post-like class stands on the page."""
    counts: dict[str, int] = {}
    for element in tree.iter("div", "article", "li", "tr", "td", "section"):
        name = element.get("class")
        if name and _POST.search(name.lower()):
            counts[name] = counts.get(name, 0) + 1
    return max(counts.values(), default=0)


def kind_name(page: Page) -> str:
    """One word for the kind of a page."""
    if page.is_thread:
        return "thread"
    if page.is_article:
        return "article"
    if page.is_product:
        return "product"
    return "listing" if page.is_listing else "page"
