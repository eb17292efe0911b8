// @ts-check
// The rendered page as its reader sees it, as one HTML text. Runs inside the page, in the extension's own world.
// Surprising: the browser ships the function's source into the page, so it must not use anything from outside itself.

/** What `serialisePage` may take; `inline` and `drawn` are characters of pictures written as data:. Nesting: the desktop's cleaner refuses deeper trees; so do parsers. */
export const PAGE_LIMITS = Object.freeze({ characters: 32 * 1024 * 1024, depth: 500, inline: 7_000_000, allInline: 42_000_000, drawn: 500_000, pictures: 300, url: 2_000 });

/**
 * @param {{characters: number, depth: number, inline: number, allInline: number, drawn: number, pictures: number, url: number,
 *   isChosen?: boolean}} limits
 *   `isChosen`: the chosen passage is wanted too
 * @returns {{url: string, title: string, type: string, note: string, html: string, selectionHtml: string, lang: string,
 *   canonical: string, author: string, ogType: string, pictures: {url: string, width: number, height: number, source?: string}[],
 *   inline: {url: string, data: string}[], frames: string[]}} `note` is "" or why there is no html: pdf, viewer, too-big.
 *   `inline`: pictures that the page itself holds, as data:, under the address that stands for them in the html;
 *   `source`: such a picture that must be drawn anew to be one that the library takes
 */
export function serialisePage(limits) {
  const api = globalThis.browser ?? globalThis.chrome;
  const HTML = "http://www.w3.org/1999/xhtml";
  const VOID = new Set(["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"]);
  const DROPPED = new Set(["style", "template", "noscript", "base", "noembed", "noframes", "object", "embed", "applet", "portal",
    "textarea", "select", "datalist", "progress", "meter"]);
  const RAW = { xmp: "pre", listing: "pre", plaintext: "pre" };
  const HOSTS = new Set(["article", "aside", "blockquote", "body", "div", "footer", "h1", "h2", "h3", "h4", "h5", "h6", "header",
    "main", "nav", "p", "section", "span"]);
  const ADDRESSES = new Set(["href", "src", "poster", "cite", "data", "longdesc", "background"]);
  const UNWANTED = /^(on|style$|nonce$|value$|srcdoc$|srcset$|sizes$|ping$|integrity$|loading$|imagesrcset$|data-(src|srcset|original|lazy))/i;
  const LAZY = ["data-src", "data-lazy-src", "data-original", "data-lazy", "data-hi-res-src", "data-full-src"];
  const LAZY_SETS = ["data-srcset", "data-lazy-srcset", "srcset"];
  const LINKS = /\b(canonical|alternate|license|author|amphtml|next|prev|shortlink)\b/i;

  const out = [];
  let size = 0;
  const pictures = new Map();
  const inline = new Map(); // address that stands for it → data:
  let inlined = 0;
  const frames = [];

  function emit(text) {
    size += text.length;
    if (size > limits.characters) throw new RangeError("too-big");
    out.push(text);
  }
  const escapeText = (text) => (/[&<>]/.test(text) ? text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;") : text);
  const escapeValue = (text) => (/[&"<]/.test(text) ? text.replace(/&/g, "&amp;").replace(/"/g, "&quot;").replace(/</g, "&lt;") : text);

  /** An address made absolute; "" for one that runs code or cannot be read. */
  function absolute(address, base) {
    try {
      const url = new URL(address.trim(), base);
      return /^(javascript|vbscript):$/.test(url.protocol) ? "" : url.href;
    } catch {
      return "";
    }
  }

  function shadowOf(element) {
    const name = element.localName;
    if (!name.includes("-") && !HOSTS.has(name)) return null; // the rest can have none of its author's
    try {
      if (api?.dom?.openOrClosedShadowRoot) return api.dom.openOrClosedShadowRoot(element);
    } catch {
      // Not an element the browser opens; its own property may still do.
    }
    return element.openOrClosedShadowRoot ?? element.shadowRoot;
  }

  /** Whether its reader cannot see the element: not shown, or shrunk to a point for screen readers. */
  function isHidden(style) {
    if (style.display === "none" || style.visibility !== "visible") return true;
    if (style.position !== "absolute" || style.overflow === "visible") return false;
    return parseFloat(style.width) <= 1 && parseFloat(style.height) <= 1; // asked last: a width needs a layout
  }

  /** The largest address of a srcset. */
  function largest(set) {
    const candidates = set.trim().split(/,\s+|,(?=https?:|\/)/).map((entry) => entry.trim().split(/\s+/));
    candidates.sort((a, b) => (parseFloat(b[1]) || 1) - (parseFloat(a[1]) || 1));
    return candidates[0]?.[0] ?? "";
  }

  /** Where a picture really comes from: what is shown, unless that is the stand-in of a lazy one. */
  function pictureSource(image, shown) {
    const isStandIn = !shown || (image.complete && image.naturalWidth <= 2) || (shown.startsWith("data:") && shown.length < 2_000);
    if (!isStandIn) return shown;
    const sources = [...(image.parentElement?.localName === "picture" ? image.parentElement.querySelectorAll("source") : []), image];
    for (const element of sources.reverse()) {
      for (const name of LAZY) if (element.getAttribute(name)) return element.getAttribute(name);
      for (const name of LAZY_SETS) if (element.getAttribute(name)) return largest(element.getAttribute(name));
    }
    return shown;
  }

  function notePicture(url, width, height) {
    if (pictures.size >= limits.pictures || url.length > limits.url || !/^(https?|blob):/.test(url)) return;
    if (!pictures.has(url)) pictures.set(url, { url, width, height });
  }

  /** A name for a text that is the same wherever the text is: two sums of 32 bits. */
  function nameOf(text) {
    let a = 0xdeadbeef;
    let b = 0x41c6ce57;
    for (let i = 0; i < text.length; i += 1) {
      const code = text.charCodeAt(i);
      a = Math.imul(a ^ code, 2654435761);
      b = Math.imul(b ^ code, 1597334677);
    }
    return (a >>> 0).toString(16).padStart(8, "0") + (b >>> 0).toString(16).padStart(8, "0") + text.length.toString(16);
  }

  /** The address that stands for a picture written as data:; "" when it shows nothing or is too big. */
  function noteInline(data, width, height) {
    if ((width && width <= 2) || (height && height <= 2) || inlined + data.length > limits.allInline) return "";
    const isKnown = /^data:image\/(png|jpe?g|gif|webp|avif)[^,]{0,60};base64,/i.test(data);
    if (data.length > (isKnown ? limits.inline : limits.drawn) || (!isKnown && (width < 24 || height < 24))) return "";
    const url = `https://inline.invalid/${nameOf(data)}`;
    if (inline.has(url) || pictures.has(url)) return url;
    inlined += data.length;
    if (isKnown) inline.set(url, data);
    else if (pictures.size < limits.pictures) pictures.set(url, { url, width, height, source: data });
    return url;
  }

  function attributes(element, extra) {
    let text = "";
    for (const { name, value } of element.attributes) {
      if (UNWANTED.test(name) || name in extra || (name.startsWith("data-") && value.length > 500)) continue;
      if (!/^[a-z_:][\w:.-]*$/i.test(name)) continue;
      const kept = ADDRESSES.has(name) || name === "xlink:href" ? absolute(value, element.baseURI) : value;
      if (kept || !ADDRESSES.has(name)) text += ` ${name}="${escapeValue(kept)}"`;
    }
    for (const [name, value] of Object.entries(extra)) if (value !== null) text += ` ${name}="${escapeValue(String(value))}"`;
    return text;
  }

  function image(element, style, marks, isSeen) {
    const shown = element.currentSrc || element.src || "";
    const source = pictureSource(element, shown);
    const { naturalWidth: width, naturalHeight: height } = source === shown ? element : { naturalWidth: 0, naturalHeight: 0 };
    const isInline = /^\s*data:/i.test(source);
    const url = !isInline ? absolute(source, element.baseURI) : isSeen && /^\s*data:image\//i.test(source) ? noteInline(source.trim(), width, height) : "";
    if (isSeen && !isInline && (width === 0 || (width >= 24 && height >= 24))) notePicture(url, width, height);
    const sizes = width ? { "data-kb-width": width, "data-kb-height": height } : {};
    emit(`<img${attributes(element, { src: url, ...sizes, ...marks })}>`);
  }

  /** What a canvas shows, unless nothing was drawn on it or the browser lets nobody read it (another site's pictures). */
  function drawnOn(element) {
    if (element.width <= 2 || element.height <= 2) return "";
    try {
      const data = element.toDataURL("image/png");
      const blank = document.createElement("canvas");
      blank.width = element.width;
      blank.height = element.height;
      return data === blank.toDataURL("image/png") ? "" : data;
    } catch {
      return "";
    }
  }

  function canvas(element, marks, isSeen) {
    const data = isSeen ? drawnOn(element) : "";
    const label = element.getAttribute("aria-label") ?? "";
    const url = data.startsWith("data:image/") ? noteInline(data, element.width, element.height) : "";
    const sizes = { "data-kb-width": element.width, "data-kb-height": element.height };
    if (url) emit(`<img alt="${escapeValue(label)}" data-kb-canvas=""${attributes({ attributes: [] }, { src: url, ...sizes, ...marks })}>`);
    else if (label) emit(`<p>${escapeText(label)}</p>`);
  }

  function frame(element, context) {
    const address = absolute(element.getAttribute("src") ?? "about:blank", element.baseURI);
    let inner = null;
    try {
      inner = element.contentDocument?.body ?? null;
    } catch {
      // Another site's frame.
    }
    if (inner) {
      emit(`<div data-kb-frame="${escapeValue(address)}">`);
      if (!context.isHidden) children(inner, { ...context, depth: context.depth + 1 });
      emit("</div>");
      return;
    }
    if (!/^https?:/.test(address) || context.isHidden) return;
    frames.push(address);
    emit(`<iframe data-kb-frame-number="${frames.length - 1}"${attributes(element, { src: address })}></iframe>`);
  }

  function script(element) {
    if (!/^application\/(ld\+json|mathml)|^math\/tex/i.test(element.type)) return;
    emit(`<script type="${escapeValue(element.type)}">${element.textContent.replace(/<\//g, "<\\/").replace(/<!--/g, "<\\!--")}</script>`);
  }

  /** Elements that are not simply tag, children, tag. True when done with. */
  function special(element, name, style, marks, context) {
    if (DROPPED.has(name)) return true;
    if (name === "script") script(element);
    else if (name === "link") { if (LINKS.test(element.rel)) emit(`<link${attributes(element, {})}>`); }
    else if (name === "input") { if (element.type === "checkbox" && element.disabled) emit(`<input type="checkbox" disabled=""${element.checked ? ' checked=""' : ""}>`); }
    else if (name === "img") image(element, style, marks, !context.isHidden);
    else if (name === "canvas") canvas(element, marks, !context.isHidden);
    else if (name === "iframe" || name === "frame") frame(element, context);
    else if (name === "source" && element.parentElement?.localName === "picture") return true;
    else return false;
    return true;
  }

  /** Tag under which an element is written: custom ones become what they look like. */
  function tagOf(element, style) {
    const name = element.localName;
    if (element.namespaceURI !== HTML) return name;
    if (name.includes("-")) return style?.display.startsWith("inline") ? "span" : "div";
    return RAW[name] ?? name;
  }

  function marksOf(element, style, context) {
    const marks = {};
    if (style && !context.isHidden && isHidden(style)) marks["data-kb-hidden"] = "";
    const isPre = Boolean(style) && /^(pre|break-spaces)/.test(style.whiteSpace);
    if (isPre && !context.isPre && element.localName !== "pre") marks["data-kb-pre"] = "";
    return { marks, isPre };
  }

  function elementNode(element, context) {
    if (context.depth > limits.depth) throw new RangeError("too-big");
    const name = element.localName;
    if (name === "slot" && element.getRootNode().host) return slot(element, context);
    const isBody = !context.isHead && name !== "head" && name !== "html";
    const style = isBody ? element.ownerDocument.defaultView?.getComputedStyle(element) ?? null : null;
    const { marks, isPre } = marksOf(element, style, context);
    const inside = { ...context, depth: context.depth + 1, isPre, isHead: context.isHead || name === "head" };
    inside.isHidden = context.isHidden || "data-kb-hidden" in marks;
    if (special(element, name, style, marks, inside)) return undefined;
    const tag = tagOf(element, style);
    if (!/^[a-z][\w.:-]*$/i.test(tag)) return children(element, inside);
    if (name === "video" && element.poster && !inside.isHidden) notePicture(element.poster, 0, 0);
    emit(`<${tag}${attributes(element, marks)}>`);
    if (VOID.has(tag)) return undefined;
    if (name === "head") emit(headStart());
    if (tag === "pre" && element.textContent.startsWith("\n")) emit("\n"); // a parser swallows the first one
    children(shadowOf(element) ?? element, inside);
    emit(`</${tag}>`);
    return undefined;
  }

  function slot(element, context) {
    const assigned = element.assignedNodes();
    for (const node of assigned.length ? assigned : element.childNodes) visit(node, context);
  }

  function headStart() {
    return `<meta charset="utf-8"><base href="${escapeValue(document.baseURI)}">`;
  }

  function children(parent, context) {
    for (const node of parent.childNodes) visit(node, context);
  }

  function visit(node, context) {
    if (context.range && !context.range.intersectsNode(node)) return;
    if (node.nodeType === 1) elementNode(node, context);
    else if (node.nodeType === 3 || node.nodeType === 4) emit(escapeText(textIn(node, context.range)));
  }

  /** A text node, cut to the chosen passage where the passage begins or ends in it. */
  function textIn(node, range) {
    if (!range) return node.data;
    const from = node === range.startContainer ? range.startOffset : 0;
    const to = node === range.endContainer ? range.endOffset : node.data.length;
    return node.data.slice(from, to);
  }

  function whole() {
    // A page of 50 MB is known by its text alone, long before a walk would come to the limit.
    if ((document.body?.textContent.length ?? 0) > limits.characters) throw new RangeError("too-big");
    emit("<!doctype html>");
    visit(document.documentElement, { depth: 0, isHidden: false, isPre: false, isHead: false, range: null });
    return out.splice(0).join("");
  }

  /** The chosen passage, with the list, table or code block around it that gives it meaning. */
  function chosen() {
    const range = getSelection()?.rangeCount ? getSelection().getRangeAt(0) : null;
    if (!range || range.collapsed) return "";
    const OUTER = /^(li|ul|ol|dl|dt|dd|table|tbody|thead|tfoot|tr|td|th|pre|code|blockquote|h[1-6]|p|a|em|strong|b|i|span|figure)$/;
    let top = range.commonAncestorContainer;
    while (top.parentNode && (top.nodeType !== 1 || OUTER.test(top.localName))) top = top.parentNode;
    size = 0;
    children(top, { depth: 0, isHidden: false, isPre: false, isHead: false, range });
    return out.splice(0).join("");
  }

  const meta = (name) => document.querySelector(`meta[name="${name}" i],meta[property="${name}" i]`)?.content ?? "";
  const canonical = document.querySelector('link[rel~="canonical" i]')?.getAttribute("href") ?? "";
  const answer = {
    url: location.href, title: document.title, type: document.contentType, note: "", html: "", selectionHtml: "",
    lang: document.documentElement?.lang ?? "", canonical: canonical ? absolute(canonical, document.baseURI) : "",
    author: meta("author"), ogType: meta("og:type"), pictures: [], inline: [], frames,
  };
  if (answer.type === "application/pdf") return { ...answer, note: "pdf" };
  if (!/^(text\/(html|plain|markdown)|application\/xhtml\+xml|image\/)/.test(answer.type)) return { ...answer, note: "viewer" };
  try {
    answer.html = whole();
    if (limits.isChosen) answer.selectionHtml = chosen();
  } catch (error) {
    if (!(error instanceof RangeError)) throw error; // also a stack that ran out counts as too big
    return { ...answer, html: "", note: "too-big", pictures: [] };
  }
  answer.pictures = [...pictures.values()];
  answer.inline = [...inline].map(([url, data]) => ({ url, data }));
  return answer;
}
