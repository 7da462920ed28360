/** When the first page has got what its HTML names. */
import { describe, expect, it } from 'vitest';
import { FirstFiles } from '../../src/main/window/first-files.ts';

const PAGE = `<!doctype html><html><head>
  <link
    rel="preload" as="font"
    crossorigin
    href="./assets/face.woff2"
  />
  <script type="module" crossorigin src="./assets/index.js"></script>
  <link rel="stylesheet" crossorigin href="./assets/index.css">
</head><body><a href="./assets/elsewhere.html">x</a></body></html>`;

const answer = (mimeType: string, text = '') => ({
  statusCode: 200,
  mimeType,
  headers: {},
  data: Buffer.from(text),
});

/** @returns whether everything is there, without waiting for the time after which nothing is waited for */
async function isAllThere(files: FirstFiles): Promise<boolean> {
  const soon = new Promise<boolean>((resolve) => setTimeout(resolve, 20, false));
  return Promise.race([files.all().then(() => true), soon]);
}

describe('the first files', () => {
  it('are there when the page and all that its HTML names has been answered, in any order', async () => {
    const files = new FirstFiles();
    expect(await isAllThere(files)).toBe(false);
    files.answered('app://clinic/index.html', answer('text/html', PAGE));
    files.answered('app://clinic/assets/index.css', answer('text/css'));
    files.answered('app://clinic/assets/index.js', answer('text/javascript'));
    expect(await isAllThere(files)).toBe(false);
    files.answered('app://clinic/assets/face.woff2', answer('font/woff2'));
    expect(await isAllThere(files)).toBe(true);
  });

  it('are there with a page that names none', async () => {
    const files = new FirstFiles();
    files.answered('app://clinic/', answer('text/html', '<p>1'));
    expect(await isAllThere(files)).toBe(true);
  });

  it('are not waited for when nothing is asked for', async () => {
    const files = new FirstFiles();
    await files.all();
    expect(await isAllThere(files)).toBe(false); // it was the time that ended the wait
  });
});
