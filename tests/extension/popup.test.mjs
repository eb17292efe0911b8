import assert from "node:assert/strict";
import { test } from "node:test";
import { picked } from "../../extension/popup/goalkeys.js";
import { ownSpelling, suggest } from "../../extension/popup/suggest.js";

const OWN = ["feedback", "simulation", "peer feedback", "Prüfung", "sql"];

test("words that begin so come first, then those with such a word in them", () => {
  assert.deepEqual(suggest(OWN, "fee"), ["feedback", "peer feedback"]);
  assert.deepEqual(suggest(OWN, "l"), ["simulation", "sql"]);
});
test("accents and capitals do not matter", () => assert.deepEqual(suggest(OWN, "PRUF"), ["Prüfung"]));
test("what is taken is not offered", () => assert.deepEqual(suggest(OWN, "fee", ["Feedback"]), ["peer feedback"]));
test("nothing typed offers the first few", () => assert.deepEqual(suggest(OWN, " ", [], 2), ["feedback", "simulation"]));
test("nothing fits, nothing is offered", () => assert.deepEqual(suggest(OWN, "zebra"), []));
test("a word that is the person's own keeps their spelling", () => {
  assert.equal(ownSpelling(OWN, "prufung"), "Prüfung");
  assert.equal(ownSpelling(OWN, "  new   word "), "new word");
});

test("a second key picks a goal by its number, or by its first letter, or leaves some to choose from", () => {
  const goals = ["Giving feedback", "Écrire court", "Data analysis", "Deliberate practice"];
  assert.deepEqual(picked(goals, "1"), ["Giving feedback"]);
  assert.deepEqual(picked(goals, "g"), ["Giving feedback"]);
  assert.deepEqual(picked(goals, "e"), ["Écrire court"]);
  assert.deepEqual(picked(goals, "D"), ["Data analysis", "Deliberate practice"]);
  assert.deepEqual([picked(goals, "7"), picked(goals, "z"), picked(goals, " "), picked(goals, "Escape"), picked(goals, "ArrowDown")], [[], [], [], [], []]);
});
