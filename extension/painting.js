// @ts-check
// Highlights on the live page, by the browser's own registry of highlights: the page's document is never touched.
// Runs inside the page: see serialize.js. Surprising: texts are compared without any white space, so that a line
// break, a soft hyphen or a paragraph's end between two words is no difference.

/**
 * Paints what `given` says: new highlights are found by their words, known ones change or go.
 * @param {{id: string, quote?: string, prefix?: string, suffix?: string, colour?: string, comment?: string, removed?: boolean}[]} given
 * @param {boolean} isAll `given` is all there is: what an earlier call of this kind painted and is not in it, goes
 * @returns {{placed: string[], lost: string[], isFrame: boolean}}
 */
export function paintMarks(given, isAll) {
  const kept = (globalThis.kithbookMarks ??= new Map()); // id → mark with its range; lives as long as the page
  const api = globalThis.browser ?? globalThis.chrome;
  const COLOURS = ["straw", "sage", "sky", "rose", "lilac"];
  const SKIPPED = new Set(["SCRIPT", "STYLE", "NOSCRIPT", "TEMPLATE", "TEXTAREA", "SELECT", "TITLE"]);
  const NOTHING = /[\s\u00ad\u200b-\u200f\u2028-\u202f\u2060\ufeff]/g;
  const MOST_PLACES = 2_000;
  const SHORT = 16; // so few characters say little without what stands around them
  const AGREES = 4; // characters of context that must agree

  const fold = (text) =>
    text.replace(NOTHING, "").replace(/[‘’‚‛]/g, "'").replace(/[“”„‟«»]/g, '"').replace(/[‐‑‒–—−]/g, "-").replace(/İ/g, "I").toLowerCase();

  function shadowOf(element) {
    try {
      if (api?.dom?.openOrClosedShadowRoot) return api.dom.openOrClosedShadowRoot(element);
    } catch {
      // Not an element the browser opens.
    }
    return element.openOrClosedShadowRoot ?? element.shadowRoot;
  }

  /** The page's text without white space, and where each text node begins in it. */
  function readPage() {
    const nodes = [];
    const starts = [];
    const pieces = [];
    let length = 0;
    const stack = [document.body ?? document.documentElement];
    while (stack.length) {
      const node = stack.pop();
      if (node.nodeType === Node.TEXT_NODE) {
        const text = fold(node.data);
        if (!text) continue;
        nodes.push(node);
        starts.push(length);
        pieces.push(text);
        length += text.length;
      } else if (!SKIPPED.has(node.tagName)) {
        const parent = (node.nodeType === Node.ELEMENT_NODE && shadowOf(node)) || node;
        const assigned = node.localName === "slot" ? node.assignedNodes?.() ?? [] : [];
        const inner = assigned.length ? assigned : parent.childNodes;
        for (let n = inner.length - 1; n >= 0; n -= 1) stack.push(inner[n]);
      }
    }
    return { text: pieces.join(""), nodes, starts };
  }

  /** Text node and offset of a place in the folded text. */
  function placeOf(page, at) {
    let low = 0;
    let high = page.starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (page.starts[middle] <= at) low = middle;
      else high = middle - 1;
    }
    const { data } = page.nodes[low];
    let left = at - page.starts[low];
    for (let offset = 0; offset < data.length; offset += 1) {
      if (data[offset].search(NOTHING) === 0) continue;
      if (left === 0) return { node: page.nodes[low], offset };
      left -= 1;
    }
    return { node: page.nodes[low], offset: data.length };
  }

  function rangeOf(page, start, length) {
    const from = placeOf(page, start);
    const to = placeOf(page, start + length - 1);
    const range = document.createRange();
    range.setStart(from.node, from.offset);
    range.setEnd(to.node, to.offset + 1);
    return range.collapsed || range.getClientRects().length === 0 ? null : range; // not shown, or in two trees
  }

  /** How many characters of the context agree with what stands around a place. */
  function agreement(text, start, length, prefix, suffix) {
    let before = 0;
    while (before < prefix.length && text[start - 1 - before] === prefix[prefix.length - 1 - before]) before += 1;
    let after = 0;
    while (after < suffix.length && text[start + length + after] === suffix[after]) after += 1;
    return before + after;
  }

  function find(page, mark) {
    const quote = fold(mark.quote ?? "");
    const prefix = fold(mark.prefix ?? "");
    const suffix = fold(mark.suffix ?? "");
    if (!quote) return null;
    const places = [];
    for (let at = page.text.indexOf(quote); at >= 0 && places.length < MOST_PLACES; at = page.text.indexOf(quote, at + 1)) {
      places.push({ at, score: agreement(page.text, at, quote.length, prefix, suffix) });
    }
    const needed = Math.min(AGREES, prefix.length + suffix.length);
    const isTold = places.length === 1 && (quote.length >= SHORT || needed === 0);
    const likely = isTold ? places : needed > 0 ? places.filter((place) => place.score >= needed) : [];
    likely.sort((a, b) => b.score - a.score);
    for (const { at } of likely.slice(0, 20)) {
      const range = rangeOf(page, at, quote.length);
      if (range) return range;
    }
    return null;
  }

  /** Light text stands on a dark page, whatever the browser prefers. */
  function isOnDark(range) {
    const element = range.startContainer.parentElement ?? document.documentElement;
    const [r, g, b] = (/^rgba?\(([^)]+)\)/.exec(getComputedStyle(element).color)?.[1] ?? "0,0,0").split(/[ ,/]+/).map(Number);
    return 0.299 * r + 0.587 * g + 0.114 * b > 140;
  }

  function paint() {
    const groups = new Map([...COLOURS, "said"].flatMap((name) => [[`kithbook-${name}`, []], [`kithbook-${name}-dark`, []]]));
    for (const { range, colour, comment } of kept.values()) {
      const theme = isOnDark(range) ? "-dark" : "";
      groups.get(`kithbook-${COLOURS.includes(colour) ? colour : "straw"}${theme}`).push(range);
      if (comment) groups.get(`kithbook-said${theme}`).push(range);
    }
    for (const [name, ranges] of groups) {
      if (ranges.length) CSS.highlights.set(name, new Highlight(...ranges));
      else CSS.highlights.delete(name);
    }
  }

  let page = null;
  const lost = [];
  const ids = new Set(given.map((mark) => mark.id));
  if (isAll) for (const [id, mark] of kept) if (mark.isKnown && !ids.has(id)) kept.delete(id);
  for (const mark of given) {
    const known = kept.get(mark.id);
    if (mark.removed) kept.delete(mark.id);
    else if (known && known.range.startContainer.isConnected) Object.assign(known, mark, { isKnown: known.isKnown || isAll });
    else if (mark.quote) {
      page ??= readPage();
      const range = find(page, mark);
      if (range) kept.set(mark.id, { ...mark, range, isKnown: isAll });
      else lost.push(mark.id);
    }
  }
  paint();
  return { placed: given.map((mark) => mark.id).filter((id) => kept.has(id)), lost, isFrame: window !== window.top };
}
