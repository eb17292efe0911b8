"""Text and Markdown of clean HTML. They are derived from one HTML by one walk, so that they always have the same words."""


def text_from_html(html: str) -> str:
    """Plain text of clean HTML: paragraphs parted by an empty line, list items and table rows by a line end."""
    raise NotImplementedError


def markdown_from_html(html: str) -> str:
    """CommonMark with tables of clean HTML. What the page wrote is escaped, so that it cannot become markup."""
    raise NotImplementedError
