// @ts-check
// The browser's own interface under one name: the whole of our "polyfill".

export const B = globalThis.browser ?? globalThis.chrome;

/** "firefox" or "chromium": which family of browser runs us. */
export const FAMILY = /\bFirefox\//.test(globalThis.navigator?.userAgent ?? "") ? "firefox" : "chromium";

const BRANDS = [
  ["Brave", "brave"],
  ["Microsoft Edge", "edge"],
  ["Opera", "opera"],
  ["Vivaldi", "vivaldi"],
  ["Google Chrome", "chrome"],
];

/** Name and version of this browser as the connect page lists it. */
export function browserName(agent = globalThis.navigator) {
  const firefox = /\bFirefox\/([\d.]+)/.exec(agent?.userAgent ?? "");
  if (firefox) return { name: "firefox", version: firefox[1] };
  const brands = agent?.userAgentData?.brands?.map((entry) => entry.brand) ?? [];
  const known = BRANDS.find(([brand]) => brands.includes(brand));
  const version = /Chrom(?:e|ium)\/([\d.]+)/.exec(agent?.userAgent ?? "");
  return { name: known ? known[1] : "chromium", version: version ? version[1] : "" };
}

/** The browser's name as a person reads it. */
export const NAMES = {
  firefox: "Firefox", chromium: "Chromium", chrome: "Chrome", edge: "Edge", brave: "Brave", opera: "Opera", vivaldi: "Vivaldi",
};
