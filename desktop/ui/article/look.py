"""How articles are set now: the theme's colours and the person's settings as one `Look`.

Surprising: only while versions are compared do inserted and deleted words get a ground; an article's own
insertions are underlined, as its writer meant them.
"""

from desktop.settings import Settings
from desktop.ui.article.style import Look
from desktop.ui.theme import MONO_FAMILY, READER_FAMILY, READER_SANS_FAMILY, UI_FAMILY, Theme


def look_of(theme: Theme, settings: Settings, *, is_compared: bool) -> Look:
    """The look of an article, or of a comparison of versions."""
    is_sans = settings.text("reader_font") == "sans"
    return Look(
        text=theme.css("text"),
        muted=theme.css("muted"),
        line=theme.css("line"),
        rule=theme.css("line_strong"),
        link=theme.css("link"),
        ground=theme.css("sunken" if not theme.is_contrast else "pill"),
        reading=_families(READER_SANS_FAMILY if is_sans else READER_FAMILY),
        ui=_families(UI_FAMILY),
        mono=_families(MONO_FAMILY),
        size=settings.number("reader_size"),
        space=settings.text("line_height"),
        measure=settings.number("reader_width"),
        added=theme.css("success_soft") if is_compared else "",
        removed=theme.css("danger_soft") if is_compared else "",
    )


def _families(names: tuple[str, ...]) -> str:
    return ", ".join(f"'{name}'" for name in names)
