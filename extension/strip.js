// @ts-check
// The strip at a fresh highlight: its colour, a sentence of the person's own, or away with it. Runs inside the page.
// Surprising: it looks as strip.css says, which the browser adds as the person's own style: no page can change it,
// and no page forbids it. It stands in a closed shadow root, so the page cannot read what is typed.

/**
 * @param {{id: string, colour: string, comment: string, colours: string[], words: Record<string, string>}} given `id` "": only says `words.status`
 * @returns {boolean} whether it is shown
 */
export function showStrip(given) {
  const api = globalThis.browser ?? globalThis.chrome;
  const { words } = given;
  const AWAY = 240; // pixels of scrolling after which nobody looks at it any more
  globalThis.kithbookStrip?.close();
  const before = document.activeElement;
  const range = globalThis.kithbookMarks?.get(given.id)?.range ?? (getSelection()?.rangeCount ? getSelection().getRangeAt(0) : null);
  const scrolled = { x: scrollX, y: scrollY };
  let said = given.comment;

  function make(name, className, more = {}) {
    const element = document.createElement(name);
    element.className = className;
    for (const [key, value] of Object.entries(more)) element.setAttribute(key, value);
    return element;
  }

  /** A small drawing of Lucide's, 24 by 24. */
  function icon(...paths) {
    const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
    svg.setAttribute("viewBox", "0 0 24 24");
    svg.setAttribute("aria-hidden", "true");
    for (const d of paths) {
      const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
      path.setAttribute("d", d);
      svg.append(path);
    }
    return svg;
  }

  const host = make("div", "kithbook-strip-host", { popover: "manual" });
  const root = host.attachShadow({ mode: "closed" });
  const box = make("div", "kithbook-strip", { role: "dialog", "aria-label": words.label, lang: words.locale });
  const status = make("p", "kithbook-status", { role: "status" });
  status.textContent = words.status;
  root.append(box);

  const tell = (change) => api.runtime.sendMessage({ kb: "mark", id: given.id, change }).then((answer) => {
    if (answer?.error) throw new Error(answer.error);
  }).catch(() => { status.textContent = words.failed; });

  const buttons = given.colours.map((colour, n) => {
    const button = make("button", `kithbook-colour kithbook-${colour}`, { type: "button", role: "radio", "aria-label": words[colour], title: `${words[colour]} (${n + 1})` });
    button.addEventListener("click", () => choose(colour, true));
    return button;
  });
  const comment = make("textarea", "kithbook-comment", { rows: "1", maxlength: "20000", placeholder: words.comment, "aria-label": words.comment });
  comment.value = said;
  const remove = make("button", "kithbook-act", { type: "button", "aria-label": words.remove, title: words.remove });
  remove.append(icon("M3 6h18", "M19 6v14a2 2 0 0 1-2 2H7a2 2 0 0 1-2-2V6", "M8 6V4a2 2 0 0 1 2-2h4a2 2 0 0 1 2 2v2"));
  const done = make("button", "kithbook-act", { type: "button", "aria-label": words.done, title: words.done });
  done.append(icon("M20 6 9 17l-5-5"));

  function choose(colour, isTold) {
    buttons.forEach((button, n) => {
      const isIt = given.colours[n] === colour;
      button.setAttribute("aria-checked", String(isIt));
      button.tabIndex = isIt ? 0 : -1;
      if (isIt && isTold) button.focus({ preventScroll: true });
    });
    if (isTold) tell({ colour });
  }

  function keepComment() {
    if (!given.id || comment.value.trim() === said.trim()) return;
    said = comment.value.trim();
    tell({ comment: said });
  }

  function close() {
    if (globalThis.kithbookStrip?.host !== host) return;
    globalThis.kithbookStrip = null;
    removeEventListener("keydown", onKey, true);
    removeEventListener("pointerdown", onPointer, true);
    removeEventListener("scroll", onScroll, true);
    removeEventListener("pagehide", keepComment);
    keepComment();
    const had = document.activeElement === host;
    host.remove();
    if (had && before instanceof HTMLElement && before !== document.body) before.focus({ preventScroll: true });
  }

  function step(button, by) {
    const next = buttons[(buttons.indexOf(button) + by + buttons.length) % buttons.length];
    choose(given.colours[buttons.indexOf(next)], true);
  }

  function onKey(event) {
    if (event.key !== "Escape" || event.isComposing) return;
    event.preventDefault();
    event.stopImmediatePropagation(); // the page's own dialog stays open
    close();
  }
  const onPointer = (event) => { if (event.target !== host) close(); };
  const onScroll = () => { if (Math.abs(scrollX - scrolled.x) + Math.abs(scrollY - scrolled.y) > AWAY) close(); };

  /** Keys stay here: the page's single-key commands do not hear what is typed. */
  function onOwnKey(event) {
    event.stopPropagation();
    if (event.type !== "keydown") return;
    const target = /** @type {any} */ (event.composedPath()[0]);
    const by = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
    if (buttons.includes(target) && by) { event.preventDefault(); step(target, by); }
    else if (target !== comment && /^[1-5]$/.test(event.key)) choose(given.colours[Number(event.key) - 1], true);
    else if (target === comment && event.key === "Enter" && !event.shiftKey && !event.isComposing) { event.preventDefault(); close(); }
  }

  function place() {
    const rects = range ? [...range.getClientRects()] : [];
    const last = rects.at(-1) ?? { left: innerWidth / 2, bottom: innerHeight / 2, top: innerHeight / 2 };
    const { width, height } = box.getBoundingClientRect();
    const left = Math.min(...rects.filter((rect) => Math.abs(rect.bottom - last.bottom) < 4).map((rect) => rect.left), last.left); // of the last line
    const below = last.bottom + 8;
    const top = below + height < innerHeight ? below : Math.max(8, (rects[0] ?? last).top - height - 8);
    host.style.setProperty("left", `${Math.max(8, Math.min(left, innerWidth - width - 8))}px`);
    host.style.setProperty("top", `${Math.max(8, Math.min(top, innerHeight - height - 8))}px`);
  }

  if (given.id) {
    const group = make("div", "kithbook-colours", { role: "radiogroup", "aria-label": words.colours });
    group.append(...buttons);
    const row = make("div", "kithbook-row");
    row.append(status, remove, done);
    box.append(group, comment, row);
    choose(given.colour, false);
  } else {
    const row = make("div", "kithbook-row");
    row.append(status, done);
    box.append(row);
  }
  const grow = () => {
    comment.style.setProperty("height", "auto");
    comment.style.setProperty("height", `${Math.min(comment.scrollHeight + 2, 132)}px`);
  };
  comment.addEventListener("input", grow);
  comment.addEventListener("change", keepComment);
  remove.addEventListener("click", () => { said = comment.value.trim(); tell({ removed: true }).then(close); });
  done.addEventListener("click", close);
  for (const name of ["keydown", "keyup", "keypress"]) root.addEventListener(name, onOwnKey);
  addEventListener("keydown", onKey, true);
  addEventListener("pointerdown", onPointer, true);
  addEventListener("scroll", onScroll, true);
  addEventListener("pagehide", keepComment);
  document.documentElement.append(host);
  host.showPopover?.();
  if (comment.value) grow();
  place();
  globalThis.kithbookStrip = { host, id: given.id, close, say: (text) => { status.textContent = text; place(); } };
  if (given.id) getSelection()?.collapseToEnd(); // the colour is seen, not the browser's own blue
  // One that only says something leaves the keyboard to the page: words are about to be selected there. Escape closes it.
  if (given.id) (buttons[given.colours.indexOf(given.colour)] ?? buttons[0]).focus({ preventScroll: true });
  return true;
}

/** Another sentence in the strip that is open. Runs inside the page. */
export function stripSays(id, text) {
  if (globalThis.kithbookStrip?.id === id) globalThis.kithbookStrip.say(text);
}
