"""Addresses: when two of them mean the same page, and how one is written down.

The same rules stand in ``extension/urls.js``; ``tests/contract/urls.json`` ties the two. Surprising: nothing
here uses `urllib`: it and the browsers' ``URL`` disagree in small ways, and then a saved page is not found.
"""

import re
import unicodedata
from typing import NamedTuple

_TRACKING = frozenset(
    """
    __hsfp __hssc __hstc _branch_match_id _branch_referrer _ga _gac _gl _hsenc _hsmi _ke _kx
    _openstat at_campaign at_medium cjevent cmpid dclid ef_id epik fb_action_ids fb_action_types
    fb_ref fb_source fbclid ga_campaign ga_content ga_medium ga_source ga_term gad_campaignid
    gad_source gbraid gclid gclsrc guccounter guce_referrer guce_referrer_sig hsctatracking igsh
    igshid irclickid li_fat_id mc_cid mc_eid mkt_tok ml_subscriber ml_subscriber_hash msclkid ncid
    nr_email_referer oly_anon_id oly_enc_id pk_campaign pk_content pk_keyword pk_kwd pk_medium
    pk_source rb_clickid ref_src ref_url s_cid s_kwcid sccid sr_share srsltid ttclid twclid
    vero_conv vero_id wbraid wickedid xtor yclid ymclid
    """.split()  # noqa: SIM905 - a list of eighty quoted names is harder to read
)
_TRACKING_STARTS = ("utm_", "mtm_", "matomo_", "piwik_", "hsa_")
# A parameter that means "who shared this" on one site and something else on others.
_TRACKING_BY_SITE = {
    "si": ("youtube.com", "youtu.be", "open.spotify.com"),
    "spm": ("alibaba.com", "aliexpress.com"),
}
_DEFAULT_PORT = {"http": "80", "https": "443"}
_UNRESERVED = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")
_ESCAPED = frozenset(' "<>`{}|\\^')
_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):")
_PERCENT = re.compile(r"%([0-9A-Fa-f]{2})")
_HOST = re.compile(r"(\[[0-9a-f:.]+\]|[a-z0-9_-]+(\.[a-z0-9_-]+)*\.?)")
_NUMERIC = re.compile(r"[0-9.]+|\[.*\]")


class _Parts(NamedTuple):
    """An address of the web, taken apart; ``query`` and ``fragment`` without their signs."""

    scheme: str
    host: str
    port: str
    path: str
    query: str
    fragment: str


def is_web(url: str) -> bool:
    """Is this a whole http or https address with a host that can be one?"""
    return _split(url) is not None


def canonical_url(url: str, rel_canonical: str = "", base: str = "") -> str:
    """The address to keep for ``url``: tidy, no tracking, with ``rel=canonical`` where it can be believed.

    ``rel_canonical`` is what the page names as its address, resolved against ``base`` (the page's ``<base>``)
    or ``url``. It is believed when it stays on the same site and is not the bare home page of a deeper one.
    What is not of the web (``chrome://settings``) comes back as it is, without its fragment.
    """
    parts = _split(url)
    if parts is None:
        return _clean(_clean(url).partition("#")[0])
    tidy = _tidy(parts)
    named = _clean(rel_canonical)
    if named:
        root = _resolve(url, _clean(base)) if base else url
        other = _split(_resolve(root, named))
        if other is not None and _same_host(parts.host, other.host):
            better = _tidy(other)
            if not (_is_bare(better) and not _is_bare(tidy)):
                tidy = better
    return _written(tidy)


def url_key(url: str) -> str:
    """By what two addresses are compared: no scheme, no slash at the end, parameters in alphabetical order.

    ``www.`` stays: only the page itself can say that both hosts are one, by ``rel=canonical``.
    """
    parts = _split(url)
    if parts is None:
        return _clean(_clean(url).partition("#")[0])
    tidy = _tidy(parts)
    query = "&".join(sorted(tidy.query.replace("%20", "+").split("&"))) if tidy.query else ""
    return _address(tidy) + tidy.path.rstrip("/") + _tail(query, tidy.fragment)


def site_name(url: str) -> str:
    """The host as a row shows it: without ``www.``; empty for what is not of the web."""
    parts = _split(url)
    return parts.host.removeprefix("www.") if parts else ""


def _clean(text: str) -> str:
    """As browsers read an address: no blanks around it, no line breaks or tabs within."""
    return text.strip("".join(map(chr, range(33)))).translate({9: None, 10: None, 13: None})


def _split(url: str) -> _Parts | None:
    text = _clean(url)
    match = _SCHEME.match(text)
    scheme = match.group(1).lower() if match else ""
    if scheme not in _DEFAULT_PORT:
        return None
    rest, _, fragment = text[len(scheme) + 1 :].partition("#")
    rest, _, query = rest.partition("?")
    rest = rest.replace("\\", "/")
    if not rest.startswith("//"):
        return None
    authority, slash, path = rest[2:].partition("/")
    host, port = _host_and_port(authority.rpartition("@")[2])
    if not _HOST.fullmatch(host) or (port and not (port.isascii() and port.isdigit())):
        return None
    port = port.lstrip("0")
    if port == _DEFAULT_PORT[scheme]:
        port = ""
    return _Parts(scheme, host, port, slash + path, query, fragment)


def _host_and_port(text: str) -> tuple[str, str]:
    match = re.fullmatch(r"(.*?)(?::([^:\]]*))?", text, re.DOTALL)
    host, port = (match.group(1), match.group(2) or "") if match else (text, "")
    if not host.isascii():
        labels = unicodedata.normalize("NFKC", host).lower().replace("。", ".").split(".")
        host = ".".join(label if label.isascii() else "xn--" + _punycode(label) for label in labels)
    return host.lower().removesuffix("."), port


def _punycode(label: str) -> str:
    try:
        return label.encode("punycode").decode("ascii")
    except UnicodeError:
        return "?"


def _tidy(parts: _Parts) -> _Parts:
    """The same address in one spelling: no tracking, no dots, no fragment but a route of the page."""
    fragment = parts.fragment.partition(":~:")[0]
    route = _percent(fragment) if fragment.startswith(("!", "/")) else ""
    kept = [part for part in parts.query.split("&") if part and not _is_tracking(part, parts.host)]
    query = "&".join(_percent(part) for part in kept)
    return parts._replace(path=_without_dots(_percent(parts.path)), query=query, fragment=route)


def _is_tracking(parameter: str, host: str) -> bool:
    name = parameter.partition("=")[0].lower()
    if name in _TRACKING or name.startswith(_TRACKING_STARTS):
        return True
    return any(host == site or host.endswith("." + site) for site in _TRACKING_BY_SITE.get(name, ()))


def _percent(text: str) -> str:
    """One spelling of escapes: plain characters bare, the rest in capitals, all but ASCII as UTF-8."""

    def respell(found: re.Match[str]) -> str:
        char = chr(int(found.group(1), 16))
        return char if char in _UNRESERVED else found.group().upper()

    return "".join(map(_escape, _PERCENT.sub(respell, text)))


def _escape(char: str) -> str:
    if char.isascii() and char not in _ESCAPED and " " < char != "\x7f":
        return char
    return "".join(f"%{byte:02X}" for byte in ("\ufffd" if "\ud800" <= char <= "\udfff" else char).encode())


def _without_dots(path: str) -> str:
    out: list[str] = []
    steps = path.split("/")[1:]
    for place, step in enumerate(steps):
        is_last = place == len(steps) - 1
        if step == "..":
            out = out[:-1]
        if step not in (".", ".."):
            out.append(step)
        elif is_last:
            out.append("")
    return "/" + "/".join(out)


def _resolve(base: str, reference: str) -> str:
    """The whole address that ``reference`` means on the page ``base``."""
    if _SCHEME.match(reference):
        return reference
    parts = _split(base)
    if parts is None:
        return reference
    reference = reference.replace("\\", "/")
    if reference.startswith("//"):
        return f"{parts.scheme}:{reference}"
    root = f"{parts.scheme}://{_address(parts)}"
    if reference.startswith("/"):
        return root + reference
    if reference.startswith("?"):
        return root + parts.path + reference
    if reference.startswith("#") or not reference:
        return root + parts.path + _tail(parts.query, "") + reference
    return root + (parts.path.rpartition("/")[0] or "") + "/" + reference


def _same_host(a: str, b: str) -> bool:
    one, other = a.removeprefix("www."), b.removeprefix("www.")
    if one == other:
        return True
    if _NUMERIC.fullmatch(one) or _NUMERIC.fullmatch(other):
        return False
    short, long = sorted((one, other), key=len)
    return "." in short and long.endswith("." + short)


def _is_bare(parts: _Parts) -> bool:
    """Is it the home page, with nothing behind the host?"""
    return parts.path == "/" and not parts.query and not parts.fragment


def _address(parts: _Parts) -> str:
    return parts.host + (f":{parts.port}" if parts.port else "")


def _tail(query: str, fragment: str) -> str:
    return (f"?{query}" if query else "") + (f"#{fragment}" if fragment else "")


def _written(parts: _Parts) -> str:
    return f"{parts.scheme}://{_address(parts)}{parts.path}{_tail(parts.query, parts.fragment)}"
