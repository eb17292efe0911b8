// @ts-check
// Which of the person's own words complete what is typed. Pure.

const fold = (text) => text.normalize("NFD").replace(/\p{Mn}/gu, "").toLowerCase();

/**
 * @param {string[]} words the person's own, most used first
 * @param {string} typed
 * @param {string[]} taken words that are already there
 * @returns {string[]} at most `most`: those that begin so, then those with such a word in them, then the rest
 */
export function suggest(words, typed, taken = [], most = 6) {
  const wanted = fold(typed.trim());
  const gone = new Set(taken.map(fold));
  const free = words.filter((word) => !gone.has(fold(word)));
  if (!wanted) return free.slice(0, most);
  const rank = (word) => {
    const folded = fold(word);
    if (folded.startsWith(wanted)) return 0;
    if (folded.split(/[\s\-_/]+/).some((part) => part.startsWith(wanted))) return 1;
    return folded.includes(wanted) ? 2 : 3;
  };
  const ranked = free.map((word) => ({ word, rank: rank(word) })).filter((each) => each.rank < 3);
  return ranked.sort((a, b) => a.rank - b.rank).slice(0, most).map((each) => each.word);
}

/** The person's own spelling of a word, else the word itself, tidied. */
export function ownSpelling(words, typed) {
  const tidy = typed.trim().replace(/\s+/g, " ");
  return words.find((word) => fold(word) === fold(tidy)) ?? tidy;
}
