// @ts-check
// A strip that asks for a few words: a comment on a moment, a tool for the toolkit. Runs inside the page.
// Surprising: closing it keeps what was typed, however it is closed; only its own button throws that away. Like the
// strip of a highlight it looks as strip.css says and stands in a closed shadow root.

/**
 * @param {{id: string, head: string, line: string, box: any, fields: {name: string, label: string, value: string, rows: number, isFirst: boolean}[], words: Record<string, string>}} given
 *   `id` "": only says `head`; `box` of the video, or null: at the top right
 * @returns {boolean} whether it is shown
 */
export function showAsk(given) {
  const api = globalThis.browser ?? globalThis.chrome;
  const { words } = given;
  const SAID_MS = 2_500; // how long the last word stands
  globalThis.kithbookStrip?.close();
  const before = document.activeElement;
  let isOver = !given.id;

  function make(name, className, more = {}) {
    const element = document.createElement(name);
    element.className = className;
    for (const [key, value] of Object.entries(more)) element.setAttribute(key, value);
    return element;
  }

  function button(word, ...paths) {
    const made = make("button", "kithbook-act", { type: "button", "aria-label": word, title: word });
    const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
    svg.setAttribute("viewBox", "0 0 24 24");
    svg.setAttribute("aria-hidden", "true");
    for (const d of paths) {
      const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
      path.setAttribute("d", d);
      svg.append(path);
    }
    made.append(svg);
    return made;
  }

  const host = make("div", "kithbook-strip-host", { popover: "manual" });
  const root = host.attachShadow({ mode: "closed" });
  const box = make("div", "kithbook-strip kithbook-ask", { role: "dialog", "aria-label": words.label, lang: words.locale });
  const head = make("p", "kithbook-head");
  head.textContent = given.head;
  const line = make("p", "kithbook-line");
  line.textContent = given.line;
  const status = make("p", "kithbook-status", { role: "status" });
  status.textContent = given.id ? words.hint : given.head;
  const discard = button(words.discard, "M18 6 6 18", "m6 6 12 12");
  const done = button(words.done, "M20 6 9 17l-5-5");
  const fields = given.fields.map((field) => {
    const label = make("label", "kithbook-label");
    const area = make("textarea", "kithbook-comment", { rows: String(field.rows), maxlength: "20000", placeholder: field.label, "aria-label": field.label });
    area.value = field.value;
    label.append(area);
    area.addEventListener("input", () => grow(area));
    return { ...field, label, area };
  });
  const first = fields.find((field) => field.isFirst)?.area ?? done;
  const isTyped = () => fields.some((field) => field.area.value.trim() !== field.value.trim());

  function grow(area) {
    area.style.setProperty("height", "auto");
    area.style.setProperty("height", `${Math.min(area.scrollHeight + 2, 132)}px`);
    place();
  }

  /** Hands the words over, once; the strip then says what became of them and goes. */
  function send() {
    isOver = true;
    const values = Object.fromEntries(fields.map((field) => [field.name, field.area.value.trim()]));
    return api.runtime.sendMessage({ kb: "asked", id: given.id, values });
  }

  async function keep() {
    if (isOver) return close();
    if (!first.value?.trim() && !fields.some((field) => field.value)) return first.focus(); // there is nothing to keep yet
    for (const field of fields) field.area.disabled = true;
    discard.hidden = true;
    status.textContent = words.keeping;
    done.focus({ preventScroll: true });
    const answer = await send().catch(() => null);
    if (answer && !answer.error) {
      box.replaceChildren(row);
      status.textContent = answer.said;
      place();
      setTimeout(close, SAID_MS);
    } else {
      isOver = false;
      for (const field of fields) field.area.disabled = false;
      discard.hidden = false;
      status.textContent = words.failed;
      first.focus({ preventScroll: true });
    }
  }

  function keepTyped() {
    if (!isOver && isTyped()) send().catch(() => {});
  }

  function close() {
    if (globalThis.kithbookStrip?.host !== host) return;
    globalThis.kithbookStrip = null;
    removeEventListener("keydown", onKey, true);
    removeEventListener("pointerdown", onPointer, true);
    removeEventListener("pagehide", keepTyped);
    keepTyped();
    const had = document.activeElement === host;
    host.remove();
    if (had && before instanceof HTMLElement && before !== document.body) before.focus({ preventScroll: true });
  }

  function onKey(event) {
    if (event.key !== "Escape" || event.isComposing) return;
    event.preventDefault();
    event.stopImmediatePropagation(); // the page's own dialog stays open
    close();
  }
  const onPointer = (event) => { if (event.target !== host) close(); };

  /** Keys stay here: the player's single-key commands do not hear what is typed. */
  function onOwnKey(event) {
    event.stopPropagation();
    const isWriting = event.composedPath()[0] instanceof HTMLTextAreaElement;
    if (event.type !== "keydown" || !isWriting || event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    keep();
  }

  function place() {
    const { width, height } = box.getBoundingClientRect();
    const over = given.box ?? { left: innerWidth - 16, top: 8, width: 0, height: 0 };
    const bottom = over.top + over.height;
    const below = bottom + 8;
    const top = below + height < innerHeight ? below : Math.min(bottom, innerHeight) - height - 64; // above the player's own bar
    const left = given.box ? over.left + 8 : over.left - width;
    host.style.setProperty("left", `${Math.max(8, Math.min(left, innerWidth - width - 8))}px`);
    host.style.setProperty("top", `${Math.max(8, Math.min(top, innerHeight - height - 8))}px`);
  }

  const row = make("div", "kithbook-row");
  if (given.id) {
    row.append(status, discard, done);
    box.append(head, ...(given.line ? [line] : []), ...fields.map((field) => field.label), row);
  } else {
    row.append(status, done);
    box.append(row);
  }
  discard.addEventListener("click", () => { isOver = true; close(); });
  done.addEventListener("click", keep);
  for (const name of ["keydown", "keyup", "keypress"]) root.addEventListener(name, onOwnKey);
  addEventListener("keydown", onKey, true);
  addEventListener("pointerdown", onPointer, true);
  addEventListener("pagehide", keepTyped);
  root.append(box);
  document.documentElement.append(host);
  host.showPopover?.();
  globalThis.kithbookStrip = { host, id: given.id, close, say: (text) => { status.textContent = text; place(); } };
  place();
  if (given.id) first.focus({ preventScroll: true }); // one that only says something leaves the keyboard to the page
  return true;
}
