"""One readable page as HTML: the frame of every file that a browser is to open, of packs and exports alike.

The surprising fact: its first lines forbid the browser everything, also to apply any style sheet but ours,
which is named by its hash; what would slip through the gate for HTML could neither run, load, nor be painted.
"""

from base64 import b64encode
from collections.abc import Iterable, Mapping
from hashlib import sha256
from html import escape
from typing import Final

from desktop.text.colours import COLOURS

OPEN_CSP: Final = (
    "default-src 'none'; img-src {pictures}; style-src {style}; base-uri 'none'; form-action 'none'"
)
"""``pictures``: where they may come from; ``style``: the hash of the one style sheet."""
INSIDE: Final = "data:"
"""For `page`: pictures stand in the file itself."""

_LIGHT: Final[Mapping[str, str]] = {
    "bg": "#F2EFE9", "surface": "#FBF9F5", "text": "#26231F", "muted": "#625C53", "line": "#E1DCD2",
    "link": "#1B5E5A", "own": "#F6F1E4", "rule": "#3F4A63", "pill": "#EAE6DE",
    "warn": "#F8EBCB", "on-warn": "#664200",
    "hl-straw": "#FBE9A0", "hl-sage": "#CFE8C6", "hl-sky": "#C9E2F4", "hl-rose": "#F9D3D2",
    "hl-lilac": "#E2D6F3",
    "bar-straw": "#A67C00", "bar-sage": "#4C8A3F", "bar-sky": "#2F7EB2", "bar-rose": "#C24F57",
    "bar-lilac": "#8159B8",
}  # fmt: skip
_DARK: Final[Mapping[str, str]] = {
    "bg": "#191816", "surface": "#201E1C", "text": "#EAE5DB", "muted": "#ADA599", "line": "#36332E",
    "link": "#86CBC0", "own": "#2A261D", "rule": "#AEB9D2", "pill": "#34312C",
    "warn": "#40331A", "on-warn": "#F0D79C",
    "hl-straw": "#5A4A12", "hl-sage": "#2F4C2A", "hl-sky": "#234560", "hl-rose": "#5E2F33",
    "hl-lilac": "#463563",
    "bar-straw": "#DDB43F", "bar-sage": "#86BE78", "bar-sky": "#76B4E0", "bar-rose": "#E98F93",
    "bar-lilac": "#B79AE3",
}  # fmt: skip


def _set(colours: Mapping[str, str]) -> str:
    return " ".join(f"--{name}: {colour};" for name, colour in colours.items())


_COLOURED: Final = "".join(
    f"mark.{one} {{ background: var(--hl-{one}); }} .q.{one} {{ border-color: var(--bar-{one}); }}\n"
    for one in COLOURS
)
STYLE: Final = f"""
:root {{ color-scheme: light dark; {_set(_LIGHT)}
  --serif: "Source Serif 4", Charter, "Sitka Text", Georgia, "Noto Serif", "DejaVu Serif", serif;
  --sans: Inter, "Segoe UI", "SF Pro Text", "Helvetica Neue", "Noto Sans", "DejaVu Sans", sans-serif; }}
@media (prefers-color-scheme: dark) {{ :root {{ {_set(_DARK)} }} }}
* {{ box-sizing: border-box; margin: 0; }}
body {{ background: var(--bg); color: var(--text); font: 17px/27px var(--serif); overflow-wrap: anywhere; }}
main {{ max-width: 720px; min-height: 100vh; margin: 0 auto; padding: 40px 32px 64px;
  background: var(--surface); }}
h1 {{ font-size: 30px; line-height: 37px; letter-spacing: -.2px; margin-bottom: 16px; }}
h2 {{ font-size: 21px; line-height: 28px; }}
h3, h4, h5, h6 {{ font-size: 17px; line-height: 24px; margin: 22px 0 8px; }}
a {{ color: var(--link); }} a:focus-visible {{ outline: 2px solid var(--link); outline-offset: 2px; }}
header .from {{ font: 600 13px/18px var(--sans); color: var(--muted); display: flex; gap: 8px;
  align-items: center; margin-bottom: 18px; }}
.letter {{ background: var(--own); border-left: 3px solid var(--rule); padding: 14px 20px;
  border-radius: 0 6px 6px 0; margin-bottom: 20px; }}
.letter p, .own p, .q p, .body p {{ margin-bottom: 8px; }}
.letter > :last-child, .own > :last-child, .q > :last-child, .q blockquote > :last-child,
.said > :last-child {{ margin-bottom: 0; }}
nav {{ font: 13px/18px var(--sans); border-top: 1px solid var(--line); border-bottom: 1px solid var(--line);
  padding: 12px 0; margin-bottom: 32px; }}
nav ol {{ padding-left: 26px; }} nav li {{ padding: 3px 0; }} nav small {{ color: var(--muted);
  font-size: 12px; white-space: nowrap; }}
article {{ border-top: 1px solid var(--line); padding: 24px 0 26px; }}
article:first-of-type {{ border-top: 0; padding-top: 0; }}
.meta, .tags {{ font: 13px/18px var(--sans); color: var(--muted); margin: 4px 0 14px; }}
.tags span {{ background: var(--pill); border-radius: 10px; padding: 1px 8px; margin-right: 4px; }}
.own {{ border-left: 3px solid var(--rule); padding-left: 16px; margin-bottom: 16px; }}
.by {{ display: block; font: 600 12px/16px var(--sans); color: var(--muted); margin-bottom: 2px; }}
.q {{ border-left: 4px solid var(--line); padding: 2px 0 2px 15px; margin: 14px 0; }}
.q blockquote {{ margin: 0; padding: 0; border: 0; }}
.q .said {{ font-size: 14px; line-height: 21px; margin-top: 6px; }}
.notice {{ font: 13px/18px var(--sans); background: var(--warn); color: var(--on-warn); padding: 6px 12px;
  border-radius: 6px; margin-bottom: 14px; }}
.ex {{ color: var(--muted); font-size: 15px; line-height: 24px; margin-top: 18px; }}
.body {{ margin-top: 18px; }} .body > * + * {{ margin-top: 14px; }}
.body h1, .body h2, .body h3 {{ font-size: 19px; line-height: 26px; margin: 26px 0 8px; letter-spacing: 0; }}
.body blockquote {{ border-left: 3px solid var(--line); padding-left: 16px; color: var(--muted); }}
.body img {{ max-width: 100%; height: auto; }} figcaption, caption {{ font: 13px/18px var(--sans);
  color: var(--muted); }}
pre {{ font-size: 14px; line-height: 20px; overflow-x: auto; background: var(--pill); padding: 10px 14px;
  border-radius: 6px; overflow-wrap: normal; }}
code, kbd, samp {{ font-family: "Cascadia Mono", Consolas, Menlo, "DejaVu Sans Mono", monospace;
  font-size: 14px; }}
table {{ border-collapse: collapse; display: block; overflow-x: auto; font-size: 15px; line-height: 22px; }}
td, th {{ border: 1px solid var(--line); padding: 4px 8px; text-align: left; vertical-align: top; }}
ul, ol {{ padding-left: 26px; }} hr {{ border: 0; border-top: 1px solid var(--line); }}
mark {{ color: inherit; border-radius: 2px; }}
{_COLOURED}footer {{ font: 13px/20px var(--sans); color: var(--muted); border-top: 1px solid var(--line);
  padding-top: 18px; display: grid; gap: 6px; }}
@media (max-width: 560px) {{ main {{ padding: 24px 18px 40px; }} h1 {{ font-size: 24px; line-height: 31px; }}
  h2 {{ font-size: 19px; line-height: 26px; }} .letter {{ padding: 12px 16px; }} }}
@media print {{ :root {{ color-scheme: light; {_set(_LIGHT)} --bg: #fff; --surface: #fff; }}
  main {{ max-width: none; padding: 0; }} h1, h2, h3 {{ break-after: avoid; }}
  .q, .own, figure, tr {{ break-inside: avoid; }} pre {{ white-space: pre-wrap; }}
  mark {{ print-color-adjust: exact; -webkit-print-color-adjust: exact; }} }}
"""
"""Light, dark and print, by the look's tokens. Classes: ``.from``, ``.letter`` (the covering note),
``.meta``, ``.tags``, ``.own`` (their own sentence), ``.by`` (who says it),
``.q`` (a quotation, with a colour), ``.said`` (the comment on it), ``.notice``,
``.ex`` (how it begins), ``.body`` (a full text)."""


def csp(style: str = STYLE, pictures: str = INSIDE) -> str:
    """The policy of a page with this one style sheet."""
    digest = b64encode(sha256(style.encode()).digest()).decode()
    return OPEN_CSP.format(pictures=pictures, style=f"'sha256-{digest}'")


def top(*, lang: str, title: str, head: str = "", style: str = STYLE, pictures: str = INSIDE) -> str:
    """Everything before what is read; ``head``: further lines for it, as markup. Ends with ``<main>``."""
    return f"""<!DOCTYPE html>
<html lang="{escape(lang)}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{escape(csp(style, pictures), quote=False)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>{escape(title)}</title>
<style>{style}</style>
{head}</head>
<body>
<main>
"""


BOTTOM: Final = "</main>\n</body>\n</html>\n"


def page(
    *, lang: str, title: str, body: str, head: str = "", style: str = STYLE, pictures: str = INSIDE
) -> str:
    """The whole page. ``title`` may hold anything; ``body`` and ``head`` are markup that is safe already."""
    return top(lang=lang, title=title, head=head, style=style, pictures=pictures) + body + BOTTOM


def lines(text: str) -> str:
    """Plain text as markup, XHTML too, that keeps its line ends."""
    return "<br/>".join(escape(line) for line in text.splitlines())


def own_words(by: str, markup: str) -> str:
    """A sentence of somebody's own, with their name. ``markup`` is safe already."""
    name = f'<b class="by">{escape(by)}</b>' if by else ""
    return f'<div class="own">{name}{markup}</div>\n'


def quotation(quote: str, colour: str, *, comment: str = "", by: str = "", tags: Iterable[str] = ()) -> str:
    """A marked passage with what was said about it. ``quote`` is text, ``comment`` safe markup."""
    kind = colour if colour in COLOURS else COLOURS[0]
    parts = [f'<div class="q {kind}"><blockquote>{lines(quote)}</blockquote>']
    if comment:
        name = f'<b class="by">{escape(by)}</b>' if by else ""
        parts.append(f'<div class="said">{name}{comment}</div>')
    return "".join([*parts, pills(tags), "</div>\n"])


def pills(names: Iterable[str]) -> str:
    """Tags, side by side; nothing when there are none."""
    found = " ".join(f"<span>{escape(name)}</span>" for name in names)
    return f'<p class="tags">{found}</p>\n' if found else ""


def link(url: str, words: str) -> str:
    """A link that does not tell the site where it was followed; other schemes than the web's are text."""
    if not url.lower().startswith(("http://", "https://")):
        return escape(words)
    return f'<a href="{escape(url)}" rel="noopener noreferrer">{escape(words)}</a>'
