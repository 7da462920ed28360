/**
 * The laid-out report as one HTML file: the same markup and drawings, every rule of the page's style sheets inlined, no
 * script, and a policy under which a browser fetches nothing. Of the faces only the Latin one goes along, 60 kB for
 * letters and every figure; Chinese, megabytes of it, is left to the reader's own system. The page's own policy forbids
 * inline styles, so the file is put together in a copy that is never shown.
 */

/** A browser that honours it loads nothing at all, wherever the file is opened. */
const POLICY =
  "default-src 'none'; style-src 'unsafe-inline'; font-src data:; form-action 'none'; base-uri 'none'";

/** What only scripts, tests and the application's own window read. */
const APPLICATION_ATTRIBUTES = ['data-testid', 'data-row', 'data-ready', 'tabindex'] as const;

/** Where the finished file waits for main: as text, for the page's policy lets nothing become a script. */
const FILE_ELEMENT_ID = 'page-file';

/**
 * @param face  the Latin face as a `data:` address
 * @returns the file's whole text
 */
export function selfContainedPage(page: Document, face: string): string {
  const copy = page.documentElement.cloneNode(true);
  if (!(copy instanceof HTMLElement)) throw new TypeError('a page has an html element');
  for (const element of copy.querySelectorAll('script, link, style, meta')) element.remove();
  for (const name of APPLICATION_ATTRIBUTES) {
    copy.removeAttribute(name);
    for (const element of copy.querySelectorAll(`[${name}]`)) element.removeAttribute(name);
  }
  removeComments(copy);
  copy
    .querySelector('head')
    ?.prepend(
      metaOf(page, { charset: 'utf-8' }),
      metaOf(page, { 'http-equiv': 'Content-Security-Policy', content: POLICY }),
      metaOf(page, { name: 'viewport', content: 'width=device-width, initial-scale=1' }),
      metaOf(page, { name: 'generator', content: 'Clinic Allocator' }),
      Object.assign(page.createElement('style'), { textContent: `${faceRule(face)}\n${cssOf(page)}` }),
    );
  // eslint-disable-next-line no-restricted-syntax -- read, never written: the copy's own text becomes the file
  return `<!doctype html>\n${copy.outerHTML}\n`;
}

/** Leaves the file where main looks for it once the page is ready (`src/main/window/print.ts`). */
export function leaveFile(page: Document, text: string): void {
  const block = page.createElement('pre');
  block.hidden = true;
  block.id = FILE_ELEMENT_ID;
  block.textContent = text;
  page.body.append(block);
}

/** Every rule in force, but for the faces: their addresses mean nothing outside the application. */
function cssOf(page: Document): string {
  return [...page.styleSheets]
    .flatMap((sheet) => [...sheet.cssRules])
    .filter((rule) => !rule.cssText.startsWith('@font-face'))
    .map((rule) => rule.cssText)
    .join('\n');
}

function faceRule(face: string): string {
  return `@font-face { font-family: "IBM Plex Sans Variable"; font-weight: 100 700; src: url("${face}") format("woff2"); }`;
}

function metaOf(page: Document, attributes: Readonly<Record<string, string>>): HTMLMetaElement {
  const meta = page.createElement('meta');
  for (const [name, value] of Object.entries(attributes)) meta.setAttribute(name, value);
  return meta;
}

/** The framework's own marks in the markup. */
function removeComments(root: HTMLElement): void {
  const walker = root.ownerDocument.createTreeWalker(root, NodeFilter.SHOW_COMMENT);
  const comments: Node[] = [];
  while (walker.nextNode()) comments.push(walker.currentNode);
  for (const comment of comments) comment.parentNode?.removeChild(comment);
}
