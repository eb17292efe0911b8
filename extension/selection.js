// @ts-check
// The chosen passage as a W3C TextQuoteSelector: the quote and 32 characters on each side. Runs inside the page.

/** @returns {{quote: string, prefix: string, suffix: string}|null} null when nothing is chosen */
export function readSelection() {
  const AROUND = 32;
  const SKIPPED = new Set(["SCRIPT", "STYLE", "NOSCRIPT", "TEMPLATE", "TEXTAREA", "TITLE"]);
  const selection = getSelection();
  if (!selection || selection.rangeCount === 0 || selection.isCollapsed) return null;
  const range = selection.getRangeAt(0);
  const quote = selection.toString().trim();
  if (!quote) return null;

  /** Text beside the passage, in reading order; `step` walks away from it. */
  function beside(start, step, first) {
    const walker = document.createTreeWalker(document.documentElement, NodeFilter.SHOW_TEXT);
    walker.currentNode = start;
    let text = first;
    while (text.replace(/\s+/g, " ").trim().length < AROUND + 2 && walker[step]()) {
      const node = walker.currentNode;
      if (SKIPPED.has(node.parentElement?.tagName)) continue;
      text = step === "previousNode" ? node.data + text : text + node.data;
      if (text.length > 100_000) break;
    }
    return text.replace(/\s+/g, " ");
  }
  const { startContainer, startOffset, endContainer, endOffset } = range;
  const isText = (node) => node.nodeType === Node.TEXT_NODE;
  // A range may begin between elements: then the walk starts at the child it points at.
  const from = isText(startContainer) ? startContainer : startContainer.childNodes[startOffset] ?? startContainer;
  const before = beside(from, "previousNode", isText(startContainer) ? startContainer.data.slice(0, startOffset) : "");
  const last = isText(endContainer) ? endContainer : endContainer.childNodes[endOffset - 1] ?? endContainer;
  const deepest = (node) => (node.lastChild ? deepest(node.lastChild) : node);
  const after = beside(deepest(last), "nextNode", isText(endContainer) ? endContainer.data.slice(endOffset) : "");
  return { quote, prefix: before.slice(-AROUND), suffix: after.slice(0, AROUND) };
}
