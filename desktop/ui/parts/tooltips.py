"""Words of a page or a person in a tooltip."""

from html import escape


def tooltip(text: str) -> str:
    """Text for a tooltip, which would take a tag named like an element for markup and load what it names."""
    return f"<span>{escape(text)}</span>" if text else ""


def short_tip(label: str) -> str:
    """The same for a label of few words: as it stands when nothing in it could be taken for markup."""
    return tooltip(label) if "<" in label or "&" in label else label
