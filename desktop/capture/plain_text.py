"""Bytes as text, and plain text or Markdown as HTML, so that every page goes through one extraction.

Surprising: the Markdown here is what people's notes use (headings, lists, quotes, code, links, emphasis), no
more; what it does not know stays as it was written.
"""

import codecs
import html
import re

_META = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([A-Za-z0-9_.:-]{2,40})""", re.IGNORECASE)
_MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_UTF8 = ("utf-8", "utf8", "us-ascii", "ascii")


def text_of(data: bytes, charset: str = "") -> str:
    """``data`` as text: by byte order mark, ``charset``, its own word, UTF-8, and at last Windows-1252."""
    for mark, name in _MARKS:
        if data.startswith(mark):
            return data[len(mark) :].decode(name, "replace")
    said = _META.search(data[:4096])
    for name in (charset, said[1].decode("ascii") if said else "", "utf-8"):
        try:
            return data.decode(codecs.lookup(name).name if name else "utf-8")
        except (LookupError, ValueError):
            continue
    # A page that calls itself UTF-8 and has a few broken bytes is still UTF-8.
    is_utf8 = charset.lower() in _UTF8 or (said is not None and said[1].decode("ascii").lower() in _UTF8)
    return data.decode("utf-8" if is_utf8 else "cp1252", "replace")


def html_from_text(text: str) -> str:
    """Plain text as paragraphs: they are parted by empty lines, and their line ends are kept."""
    parts = [part for part in re.split(r"\n[ \t]*\n", text.replace("\r\n", "\n")) if part.strip()]
    return "".join(f"<p>{html.escape(part.strip()).replace(chr(10), '<br>')}</p>\n" for part in parts)


def html_from_markdown(text: str) -> str:
    """Markdown as HTML. HTML inside it is shown as it is written, not run."""
    blocks: list[str] = []
    lines = text.replace("\r\n", "\n").split("\n")
    at = 0
    while at < len(lines):
        if not lines[at].strip():
            at += 1
            continue
        readers = (_fence, _heading, _list, _quote, _paragraph)
        block, taken = next(found for read in readers if (found := read(lines, at))[1])
        blocks.append(block)
        at += taken
    return "\n".join(blocks)


def title_of_markdown(text: str) -> str:
    """Its first heading of the first level, or empty."""
    found = re.search(r"^# +(.+?)(?: +#+)?$", text, re.MULTILINE)
    return found[1].strip() if found else ""


def _fence(lines: list[str], at: int) -> tuple[str, int]:
    opening = re.match(r"(```+|~~~+)\s*([\w+#.-]*)", lines[at])
    if not opening:
        return "", 0
    end = next((n for n in range(at + 1, len(lines)) if lines[n].strip() == opening[1]), len(lines))
    kind = f' class="language-{html.escape(opening[2])}"' if opening[2] else ""
    code = html.escape("\n".join(lines[at + 1 : end]))
    return f"<pre><code{kind}>{code}\n</code></pre>", end + 1 - at


def _heading(lines: list[str], at: int) -> tuple[str, int]:
    found = re.match(r"(#{1,6}) +(.+?)(?: +#+)?$", lines[at])
    if not found:
        return "", 0
    level = len(found[1])
    return f"<h{level}>{_inline(found[2])}</h{level}>", 1


_BULLET = re.compile(r"\s{0,3}[-*+] +(.*)")
_NUMBER = re.compile(r"\s{0,3}\d{1,9}[.)] +(.*)")


def _list(lines: list[str], at: int) -> tuple[str, int]:
    kind = next((kind for kind in (_BULLET, _NUMBER) if kind.match(lines[at])), None)
    if kind is None:
        return "", 0
    items: list[str] = []
    end = at
    while end < len(lines) and lines[end].strip():
        found = kind.match(lines[end])
        if found:
            items.append(found[1])
        else:
            items[-1] += " " + lines[end].strip()
        end += 1
    tag = "ul" if kind is _BULLET else "ol"
    return f"<{tag}>" + "".join(f"<li>{_inline(item)}</li>" for item in items) + f"</{tag}>", end - at


def _quote(lines: list[str], at: int) -> tuple[str, int]:
    end = at
    while end < len(lines) and lines[end].startswith(">"):
        end += 1
    text = " ".join(line.lstrip("> ").strip() for line in lines[at:end])
    return f"<blockquote><p>{_inline(text)}</p></blockquote>", end - at


def _paragraph(lines: list[str], at: int) -> tuple[str, int]:
    end = at
    while end < len(lines) and lines[end].strip() and not (end > at and _opens_block(lines[end])):
        end += 1
    text = " ".join(line.strip() for line in lines[at:end])
    return f"<p>{_inline(text)}</p>", end - at


def _opens_block(line: str) -> bool:
    return bool(re.match(r"#{1,6} |```|~~~|>", line) or _BULLET.match(line))


def _inline(text: str) -> str:
    """Links, code and emphasis. Code is taken out first: nothing inside it is markup."""
    codes: list[str] = []

    def keep(match: re.Match[str]) -> str:
        codes.append(f"<code>{html.escape(match[1])}</code>")
        return f"\x00{len(codes) - 1}\x00"

    text = html.escape(re.sub(r"`([^`]+)`", keep, text.replace("\x00", "")), quote=False)
    text = re.sub(r"(?<!!)\[([^\[\]]+)\]\((https?://[^\s()\"]+)\)", r'<a href="\2">\1</a>', text)
    text = re.sub(r"<(https?://[^\s<>\"]+)>", r'<a href="\1">\1</a>', text)
    text = re.sub(r"\*\*(\S(?:.*?\S)?)\*\*", r"<strong>\1</strong>", text)
    text = re.sub(r"(?<![\w*])\*(\S(?:[^*]*?\S)?)\*(?![\w*])", r"<em>\1</em>", text)
    return re.sub(r"\x00(\d+)\x00", lambda match: codes[int(match[1])], text)
