// @ts-check
// Pictures that the page may read, taken from the browser's own cache. Runs inside the page: see serialize.js.

/** Time is short: the person waits for "Saved". What is not read by then is left to the desktop. */
export const PICTURE_LIMITS = Object.freeze({ each: 5 * 1024 * 1024, milliseconds: 4_000, atOnce: 6 });

/**
 * @param {{url: string, width: number, height: number, source?: string}[]} wanted `source`: the data: that `url` stands for
 * @param {{each: number, all: number, milliseconds: number, atOnce: number}} limits `all`: bytes left for all of them
 * @returns {Promise<{url: string, type: string, data: string}[]>} `data` is base64
 */
export async function readPictures(wanted, limits) {
  const KNOWN = /^image\/(png|jpeg|gif|webp|avif)$/;
  const stop = AbortSignal.timeout(limits.milliseconds);
  const late = new Promise((resolve) => stop.addEventListener("abort", () => resolve(null), { once: true }));
  const read = [];
  let left = limits.all;

  async function fetched(url) {
    const response = await fetch(url, { credentials: "same-origin", cache: "force-cache", signal: stop });
    return response.ok ? response.blob() : null;
  }

  /** What the page shows, drawn anew: for formats the library does not take, and for pictures loaded with CORS. */
  async function drawn(url) {
    const image = [...document.images].find((each) => each.currentSrc === url && each.naturalWidth > 0);
    if (!image || image.naturalWidth * image.naturalHeight > 16_000_000) return null;
    const canvas = document.createElement("canvas");
    canvas.width = image.naturalWidth;
    canvas.height = image.naturalHeight;
    canvas.getContext("2d").drawImage(image, 0, 0);
    return new Promise((resolve) => canvas.toBlob(resolve, "image/png")); // throws when another site's picture is in it
  }

  async function blobOf({ url, source }) {
    if (source) return drawn(source).catch(() => null);
    const blob = await fetched(url).catch(() => null);
    if (blob && KNOWN.test(blob.type)) return blob;
    if (blob && !blob.type.startsWith("image/")) return null;
    return drawn(url).catch(() => null);
  }

  async function base64(blob) {
    const bytes = new Uint8Array(await blob.arrayBuffer());
    if (bytes.toBase64) return bytes.toBase64();
    let text = "";
    for (let i = 0; i < bytes.length; i += 0x8000) text += String.fromCharCode(...bytes.subarray(i, i + 0x8000));
    return btoa(text);
  }

  async function take(picture) {
    const { url } = picture;
    const blob = await blobOf(picture);
    if (!blob || blob.size === 0 || blob.size > limits.each || blob.size > left) return;
    left -= blob.size;
    const data = await base64(blob);
    if (!stop.aborted) read.push({ url, type: blob.type, data });
  }

  const queue = wanted.slice();
  const worker = async () => {
    for (let next = queue.shift(); next && !stop.aborted; next = queue.shift()) await take(next).catch(() => {});
  };
  await Promise.race([Promise.all(Array.from({ length: limits.atOnce }, worker)), late]);
  return read.slice();
}
