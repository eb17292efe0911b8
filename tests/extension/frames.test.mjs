import assert from "node:assert/strict";
import { test } from "node:test";
import { mergeFrames } from "../../extension/frames.js";

const mark = (n) => `<iframe data-kb-frame-number="${n}" src="x"></iframe>`;
const page = (url, html, frames = [], pictures = []) => ({ url, html, frames, pictures });

test("another site's frame stands where its page has it, with its own frames", () => {
  const results = [
    { frameId: 0, result: page("https://a.org/", `<body>one ${mark(0)} two</body>`, ["https://b.org/f#x"], [{ url: "p1" }]) },
    { frameId: 4, result: page("https://c.org/g", "<html><body class=y>deep</body></html>", [], [{ url: "p2" }]) },
    { frameId: 3, result: page("https://b.org/f", `<html><body>inner ${mark(0)}</body></html>`, ["https://c.org/g"]) },
  ];
  const merged = mergeFrames(results);
  assert.equal(merged.html, '<body>one <div data-kb-frame="https://b.org/f">inner <div data-kb-frame="https://c.org/g">deep</div></div> two</body>');
  assert.deepEqual(merged.pictures.map((each) => each.url), ["p1", "p2"]);
});

test("a frame that was not read stays a frame", () => {
  const merged = mergeFrames([{ frameId: 0, result: page("https://a.org/", `<body>${mark(0)}</body>`, ["https://b.org/"]) }, { frameId: 2, result: null }]);
  assert.equal(merged.html, `<body>${mark(0)}</body>`);
});

test("two frames of one address are used once each", () => {
  const frame = (text) => page("https://b.org/", `<body>${text}</body>`);
  const merged = mergeFrames([
    { frameId: 0, result: page("https://a.org/", `${mark(0)}${mark(1)}`, ["https://b.org/", "https://b.org/"]) },
    { frameId: 1, result: frame("first") }, { frameId: 2, result: frame("second") },
  ]);
  assert.match(merged.html, /first.*second/);
});

test("dollar signs in a frame's text mean nothing", () => {
  const merged = mergeFrames([
    { frameId: 0, result: page("https://a.org/", mark(0), ["https://b.org/"]) },
    { frameId: 1, result: page("https://b.org/", "<body>costs $& and $1</body>") },
  ]);
  assert.match(merged.html, /costs \$& and \$1/);
});

test("without its top frame a tab has no page", () => assert.equal(mergeFrames([{ frameId: 5, result: page("x", "y") }]), null));
