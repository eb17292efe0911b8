"""The reader's measures and colours as one value, and the style sheet that Qt's text engine understands.

Surprising: Qt multiplies ``line-height:160%`` by the font's own height (38 px for a 17 px serif), and ignores
the size of an ``h1``. So lines are set in pixels, and headings are paragraphs with a class; their level is
set afterwards.
"""

from dataclasses import dataclass

_LINES = {15: 24, 17: 27, 19: 30, 21: 33, 24: 38}
_SPACE = {"close": 0.92, "normal": 1.0, "open": 1.14}
NARROW = 560


@dataclass(frozen=True, slots=True)
class Look:
    """How an article is set. Lengths in device-independent pixels, colours ``#rrggbb``."""

    text: str = "#26231F"
    muted: str = "#625C53"
    line: str = "#E1DCD2"
    rule: str = "#8F877B"
    link: str = "#1B5E5A"
    ground: str = "#EAE6DE"
    reading: str = "'Noto Serif'"
    ui: str = "'Inter'"
    mono: str = "'Noto Sans Mono'"
    size: int = 17
    space: str = "normal"
    measure: int = 640
    """Width of the text; a picture is never wider."""
    added: str = ""
    """Ground of added words where versions are compared; empty: a text's own insertions are underlined."""
    removed: str = ""
    ratio: float = 1.0
    """Device pixels to one of ours; pictures are decoded for it."""

    @property
    def line_height(self) -> int:
        """Pixels from one line to the next."""
        return round(_LINES.get(self.size, round(self.size * 1.59)) * _SPACE.get(self.space, 1.0))

    def scaled(self, px: int) -> int:
        """A length of the 17 px design at the chosen size."""
        return round(px * self.size / 17)


def sheet(look: Look) -> str:
    """The style sheet for ``QTextDocument.setDefaultStyleSheet``."""
    px = look.scaled
    gap = px(14)
    sans = f"font-family:{look.ui}"
    return f"""
        body {{ font-family:{look.reading}; font-size:{look.size}px; color:{look.text} }}
        a {{ color:{look.link}; text-decoration:underline }}
        p, pre, li {{ line-height:{look.line_height}px }}
        p {{ margin:0 0 {gap}px 0 }}
        p.last {{ margin:0 }}
        p.h2 {{ font-size:{px(21)}px; line-height:{px(28)}px; font-weight:600;
                margin:{px(22)}px 0 {px(8)}px 0 }}
        p.h3 {{ font-size:{px(17)}px; line-height:{px(24)}px; font-weight:600;
                margin:{px(18)}px 0 {px(6)}px 0 }}
        p.h4 {{ {sans}; font-size:{px(15)}px; line-height:{px(22)}px; font-weight:600;
                margin:{px(16)}px 0 {px(6)}px 0 }}
        p.term {{ font-weight:600; margin:0 }}
        p.said {{ margin:0 0 {px(8)}px {px(24)}px }}
        p.picture {{ line-height:0px; margin:{px(8)}px 0 {px(6)}px 0 }}
        p.caption {{ {sans}; font-size:{px(13)}px; line-height:{px(19)}px; color:{look.muted};
                margin:0 0 {px(18)}px 0 }}
        p.label {{ {sans}; font-size:12px; line-height:16px; color:{look.muted}; margin:0 0 6px 0 }}
        ul, ol {{ margin:0 0 {gap}px 0 }}
        li ul, li ol {{ margin:0 }}
        hr {{ background-color:{look.line} }}
        li {{ margin:0 0 {px(6)}px 0 }}
        pre {{ font-family:{look.mono}; font-size:{px(14)}px; line-height:{px(21)}px; margin:0;
               white-space:pre-wrap }}
        .code {{ font-family:{look.mono}; font-size:{px(15)}px; background-color:{look.ground} }}
        .ins {{ background-color:{look.added}; text-decoration:underline }}
        .del {{ background-color:{look.removed}; text-decoration:line-through }}
        .small {{ font-size:{px(14)}px }}
        p.cell {{ {sans}; font-size:{px(14)}px; line-height:{px(20)}px; margin:0 }}
        p.head {{ {sans}; font-size:{px(14)}px; line-height:{px(20)}px; font-weight:600; margin:0 }}
        .muted, .muted p, .muted li {{ color:{look.muted} }}
    """
