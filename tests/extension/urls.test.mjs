// The same examples as tests/text/test_urls.py, through the extension's own rules.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import { canonicalUrl, isWeb, siteName, urlKey } from "../../extension/urls.js";

const examples = JSON.parse(readFileSync(new URL("../contract/urls.json", import.meta.url), "utf-8"));

for (const { name, url, rel = "", base = "", is } of examples.canonical) {
  test(`written in one way: ${name}`, () => {
    assert.equal(canonicalUrl(url, rel, base), is);
    assert.equal(canonicalUrl(is), is);
  });
}

for (const { name, a, b, same } of examples.key) {
  test(`one page or two: ${name}`, () => {
    assert.equal(urlKey(a) === urlKey(b), same);
    assert.equal(urlKey(canonicalUrl(a)), urlKey(a));
  });
}

test("a site is called by its host", () => {
  for (const { url, is } of examples.site_name) assert.equal(siteName(url), is);
});

test("only whole addresses of the web are pages", () => {
  for (const { url, is } of examples.is_web) assert.equal(isWeb(url), is, url);
});
