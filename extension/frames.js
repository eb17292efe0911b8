// @ts-check
// Puts other sites' frames back into their page. They can be read only with the permission for all sites.

const BODY = /<body[^>]*>([\s\S]*)<\/body>/i;
const MARK = /<iframe data-kb-frame-number="(\d+)"[^>]*><\/iframe>/g;

const plain = (address) => address.replace(/#.*$/, "");

/**
 * @param {{frameId: number, result: any}[]} results of `serialisePage` in each frame of a tab
 * @returns {any} the answer of the top frame, its html with the frames' content in place
 */
export function mergeFrames(results) {
  const read = results.filter((each) => each.result);
  const top = read.find((each) => each.frameId === 0)?.result;
  if (!top) return null;
  const others = read.filter((each) => each.frameId !== 0).map((each) => each.result);
  const pictures = new Map([top, ...others].flatMap((each) => each.pictures).map((picture) => [picture.url, picture]));
  const inline = new Map([top, ...others].flatMap((each) => each.inline ?? []).map((picture) => [picture.url, picture]));
  return { ...top, html: withFrames(top, [...others]), pictures: [...pictures.values()], inline: [...inline.values()] };
}

/** Each frame is used once, in the page's order; one that was redirected since keeps its empty place. */
function withFrames(page, others) {
  return page.html.replace(MARK, (mark, number) => {
    const address = plain(page.frames[Number(number)] ?? "");
    const at = others.findIndex((each) => plain(each.url) === address && each.html);
    if (at < 0) return mark;
    const [inner] = others.splice(at, 1);
    const html = withFrames(inner, others);
    return `<div data-kb-frame="${address.replace(/"/g, "&quot;")}">${BODY.exec(html)?.[1] ?? ""}</div>`;
  });
}
