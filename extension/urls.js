// @ts-check
/**
 * Addresses: when two of them mean the same page, and how one is written down.
 *
 * The same rules stand in desktop/text/urls.py; tests/contract/urls.json ties the two. Surprising: `URL` is used for
 * one thing only, hosts that are not ASCII, because it and Python's parser disagree in small ways, and then a saved
 * page is not found again.
 */

const TRACKING = new Set(
  `
    __hsfp __hssc __hstc _branch_match_id _branch_referrer _ga _gac _gl _hsenc _hsmi _ke _kx
    _openstat at_campaign at_medium cjevent cmpid dclid ef_id epik fb_action_ids fb_action_types
    fb_ref fb_source fbclid ga_campaign ga_content ga_medium ga_source ga_term gad_campaignid
    gad_source gbraid gclid gclsrc guccounter guce_referrer guce_referrer_sig hsctatracking igsh
    igshid irclickid li_fat_id mc_cid mc_eid mkt_tok ml_subscriber ml_subscriber_hash msclkid ncid
    nr_email_referer oly_anon_id oly_enc_id pk_campaign pk_content pk_keyword pk_kwd pk_medium
    pk_source rb_clickid ref_src ref_url s_cid s_kwcid sccid sr_share srsltid ttclid twclid
    vero_conv vero_id wbraid wickedid xtor yclid ymclid
  `
    .trim()
    .split(/\s+/),
);
const TRACKING_STARTS = ["utm_", "mtm_", "matomo_", "piwik_", "hsa_"];
/** A parameter that means "who shared this" on one site and something else on others. @type {Record<string, string[]>} */
const TRACKING_BY_SITE = {
  si: ["youtube.com", "youtu.be", "open.spotify.com"],
  spm: ["alibaba.com", "aliexpress.com"],
};
/** @type {Record<string, string>} */
const DEFAULT_PORT = { http: "80", https: "443" };
const SCHEME = /^([A-Za-z][A-Za-z0-9+.-]*):/;
const PERCENT = /%([0-9A-Fa-f]{2})/g;
const UNRESERVED = /^[A-Za-z0-9._~-]$/;
const ESCAPED = ' "<>`{}|\\^';
const HOST = /^(\[[0-9a-f:.]+\]|[a-z0-9_-]+(\.[a-z0-9_-]+)*\.?)$/;
const NUMERIC = /^([0-9.]+|\[.*\])$/;

/** @typedef {{scheme: string, host: string, port: string, path: string, query: string, fragment: string}} Parts */

/** Is this a whole http or https address with a host that can be one? @param {string} url */
export function isWeb(url) {
  return split(url) !== null;
}

/**
 * The address to keep for `url`: tidy, without tracking, with rel=canonical where it can be believed: on the same
 * site, and not the bare home page of a deeper one. What is not of the web comes back without its fragment.
 * @param {string} url
 * @param {string} [relCanonical] what the page names as its address, resolved against `base` or `url`
 * @param {string} [base] the page's <base>
 */
export function canonicalUrl(url, relCanonical = "", base = "") {
  const parts = split(url);
  if (!parts) return clean(partition(clean(url), "#")[0]);
  let tidied = tidy(parts);
  const named = clean(relCanonical);
  if (named) {
    const root = base ? resolve(url, clean(base)) : url;
    const other = split(resolve(root, named));
    if (other && sameHost(parts.host, other.host)) {
      const better = tidy(other);
      if (!(isBare(better) && !isBare(tidied))) tidied = better;
    }
  }
  return written(tidied);
}

/**
 * By what two addresses are compared: no scheme, no slash at the end, parameters in alphabetical order. `www.` stays:
 * only the page itself can say that both hosts are one, by rel=canonical.
 * @param {string} url
 */
export function urlKey(url) {
  const parts = split(url);
  if (!parts) return clean(partition(clean(url), "#")[0]);
  const tidied = tidy(parts);
  const query = tidied.query ? tidied.query.replaceAll("%20", "+").split("&").sort().join("&") : "";
  return address(tidied) + tidied.path.replace(/\/+$/, "") + tail(query, tidied.fragment);
}

/** The host as a row shows it, without `www.`; empty for what is not of the web. @param {string} url */
export function siteName(url) {
  const parts = split(url);
  return parts ? withoutWww(parts.host) : "";
}

/** As browsers read an address: no blanks around it, no line breaks or tabs within. @param {string} text */
function clean(text) {
  // eslint-disable-next-line no-control-regex -- control characters are what is cut off
  return text.replace(/^[\x00-\x20]+|[\x00-\x20]+$/g, "").replace(/[\t\n\r]/g, "");
}

/** Before and after the first `sign`, as Python's str.partition. @param {string} text @param {string} sign @returns {[string, string, string]} */
function partition(text, sign) {
  const place = text.indexOf(sign);
  return place < 0 ? [text, "", ""] : [text.slice(0, place), sign, text.slice(place + sign.length)];
}

/** @param {string} url @returns {Parts | null} */
function split(url) {
  const text = clean(url);
  const scheme = (SCHEME.exec(text)?.[1] ?? "").toLowerCase();
  if (!Object.hasOwn(DEFAULT_PORT, scheme)) return null;
  const [whole, , fragment] = partition(text.slice(scheme.length + 1), "#");
  const [front, , query] = partition(whole, "?");
  const rest = front.replaceAll("\\", "/");
  if (!rest.startsWith("//")) return null;
  const [authority, slash, path] = partition(rest.slice(2), "/");
  const [host, givenPort] = hostAndPort(authority.slice(authority.lastIndexOf("@") + 1));
  if (!HOST.test(host) || (givenPort && !/^[0-9]+$/.test(givenPort))) return null;
  let port = givenPort.replace(/^0+/, "");
  if (port === DEFAULT_PORT[scheme]) port = "";
  return { scheme, host, port, path: slash + path, query, fragment };
}

/** @param {string} text @returns {[string, string]} */
function hostAndPort(text) {
  const match = /^([^]*?)(?::([^:\]]*))?$/.exec(text);
  let host = match ? match[1] : text;
  const port = match?.[2] ?? "";
  // eslint-disable-next-line no-control-regex -- ASCII begins there
  if (!/^[\x00-\x7f]*$/.test(host)) {
    try {
      host = host.includes("%") ? "?" : new URL(`http://${host}/`).hostname;
    } catch {
      host = "?";
    }
  }
  return [host.toLowerCase().replace(/\.$/, ""), port];
}

/** The same address with one spelling: no tracking, no dots, no fragment but a route of the page itself. @param {Parts} parts @returns {Parts} */
function tidy(parts) {
  const fragment = partition(parts.fragment, ":~:")[0];
  const route = /^[!/]/.test(fragment) ? percent(fragment) : "";
  const kept = parts.query.split("&").filter((part) => part && !isTracking(part, parts.host));
  return { ...parts, path: withoutDots(percent(parts.path)), query: kept.map(percent).join("&"), fragment: route };
}

/** @param {string} parameter @param {string} host */
function isTracking(parameter, host) {
  const name = partition(parameter, "=")[0].toLowerCase();
  if (TRACKING.has(name) || TRACKING_STARTS.some((start) => name.startsWith(start))) return true;
  const sites = Object.hasOwn(TRACKING_BY_SITE, name) ? TRACKING_BY_SITE[name] : [];
  return sites.some((site) => host === site || host.endsWith(`.${site}`));
}

/** One spelling of escapes: plain characters bare, the rest in capitals, all but ASCII as UTF-8. @param {string} text */
function percent(text) {
  const respelt = text.replace(PERCENT, (found, hex) => {
    const char = String.fromCharCode(parseInt(hex, 16));
    return UNRESERVED.test(char) ? char : found.toUpperCase();
  });
  return Array.from(respelt, escape).join("");
}

/** @param {string} char one code point */
function escape(char) {
  if (char > " " && char < "\x7f" && !ESCAPED.includes(char)) return char;
  const bytes = new TextEncoder().encode(char);
  return Array.from(bytes, (byte) => `%${byte.toString(16).toUpperCase().padStart(2, "0")}`).join("");
}

/** @param {string} path */
function withoutDots(path) {
  /** @type {string[]} */
  const out = [];
  const steps = path.split("/").slice(1);
  steps.forEach((step, place) => {
    if (step === "..") out.pop();
    if (step !== "." && step !== "..") out.push(step);
    else if (place === steps.length - 1) out.push("");
  });
  return `/${out.join("/")}`;
}

/** The whole address that `reference` means on the page `base`. @param {string} base @param {string} reference */
function resolve(base, reference) {
  if (SCHEME.test(reference)) return reference;
  const parts = split(base);
  if (!parts) return reference;
  const straight = reference.replaceAll("\\", "/");
  if (straight.startsWith("//")) return `${parts.scheme}:${straight}`;
  const root = `${parts.scheme}://${address(parts)}`;
  if (straight.startsWith("/")) return root + straight;
  if (straight.startsWith("?")) return root + parts.path + straight;
  if (straight.startsWith("#") || !straight) return root + parts.path + tail(parts.query, "") + straight;
  return `${root}${parts.path.slice(0, Math.max(parts.path.lastIndexOf("/"), 0))}/${straight}`;
}

/** @param {string} a @param {string} b */
function sameHost(a, b) {
  const one = withoutWww(a);
  const other = withoutWww(b);
  if (one === other) return true;
  if (NUMERIC.test(one) || NUMERIC.test(other)) return false;
  const [short, long] = one.length <= other.length ? [one, other] : [other, one];
  return short.includes(".") && long.endsWith(`.${short}`);
}

/** @param {string} host */
function withoutWww(host) {
  return host.startsWith("www.") ? host.slice(4) : host;
}

/** Is it the home page, with nothing behind the host? @param {Parts} parts */
function isBare(parts) {
  return parts.path === "/" && !parts.query && !parts.fragment;
}

/** @param {Parts} parts */
function address(parts) {
  return parts.host + (parts.port ? `:${parts.port}` : "");
}

/** @param {string} query @param {string} fragment */
function tail(query, fragment) {
  return (query ? `?${query}` : "") + (fragment ? `#${fragment}` : "");
}

/** @param {Parts} parts */
function written(parts) {
  return `${parts.scheme}://${address(parts)}${parts.path}${tail(parts.query, parts.fragment)}`;
}
