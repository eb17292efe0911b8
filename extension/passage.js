// @ts-check
// The chosen passage as a highlight needs it: its own words and up to 200 characters on each side. Runs inside the page.
// Surprising: the words come from the text of the document, not from what the selection says, because the browser
// puts "text-transform" into the latter, and the library knows the former.

/**
 * @param {number} around characters of context on each side
 * @returns {{quote: string, prefix: string, suffix: string, isFocused: boolean, known: {id: string, colour: string, comment: string}|null}|null}
 *   null when nothing is chosen; `known`: the highlight that is painted on these very words
 */
export function readPassage(around) {
  const SKIPPED = new Set(["SCRIPT", "STYLE", "NOSCRIPT", "TEMPLATE", "TEXTAREA", "TITLE", "SELECT"]);
  const selection = getSelection();
  if (!selection || selection.rangeCount === 0 || selection.isCollapsed) return null;
  const range = selection.getRangeAt(0);
  const whole = document.body ?? document.documentElement;
  const walker = document.createTreeWalker(whole, NodeFilter.SHOW_TEXT);
  const isRead = (node) => !SKIPPED.has(node.parentElement?.tagName);
  const tidy = (text) => text.replace(/[^\S\n]+/g, " ").replace(/ ?\n\s*/g, "\n").trim();
  const flat = (text) => text.replace(/\s+/g, " ");
  const blocks = new WeakMap();

  /** The element whose line or block a text stands in: between two of them there is a line end. */
  function blockOf(element) {
    if (!element || element === whole) return whole;
    if (!blocks.has(element)) blocks.set(element, /^(inline$|contents$|ruby)/.test(getComputedStyle(element).display) ? blockOf(element.parentElement) : element);
    return blocks.get(element);
  }

  function textIn(node) {
    const from = node === range.startContainer ? range.startOffset : 0;
    const to = node === range.endContainer ? range.endOffset : node.data.length;
    return node.data.slice(from, to);
  }

  /** Text nodes of the passage, in order. A range may begin and end between elements. */
  function nodes() {
    const found = [];
    const root = range.commonAncestorContainer;
    if (root.nodeType === Node.TEXT_NODE) return [root];
    const inside = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    for (let node = inside.nextNode(); node; node = inside.nextNode()) if (range.intersectsNode(node) && isRead(node) && textIn(node)) found.push(node);
    return found;
  }

  const chosen = nodes();
  let quote = "";
  let before = null;
  for (const node of chosen) {
    const block = blockOf(node.parentElement);
    quote += (before && before !== block ? "\n" : "") + textIn(node);
    before = block;
  }
  quote = tidy(quote) || selection.toString().trim();
  if (!quote) return null;

  /** Text beside the passage; `step` walks away from it. */
  function beside(start, step, first) {
    let text = first;
    walker.currentNode = start;
    while (flat(text).length < around + 2 && text.length < 100_000 && walker[step]()) {
      const node = walker.currentNode;
      if (isRead(node)) text = step === "previousNode" ? `${node.data} ${text}` : `${text} ${node.data}`;
    }
    return flat(text);
  }
  const first = chosen[0];
  const last = chosen.at(-1);
  const bare = (text) => text.replace(/\s+/g, "");
  const marks = [...(globalThis.kithbookMarks ?? new Map())];
  const same = marks.find(([, mark]) => range.intersectsNode(mark.range.startContainer) && bare(mark.range.toString()) === bare(quote));
  const known = same ? { id: same[0], colour: same[1].colour ?? "", comment: same[1].comment ?? "" } : null;
  const isIn = (node) => node && whole.contains(node);
  const prefix = isIn(first) ? beside(first, "previousNode", first === range.startContainer ? first.data.slice(0, range.startOffset) : "") : "";
  const suffix = isIn(last) ? beside(last, "nextNode", last === range.endContainer ? last.data.slice(range.endOffset) : "") : "";
  return { quote, prefix: prefix.slice(-around), suffix: suffix.slice(0, around), isFocused: document.hasFocus(), known };
}
