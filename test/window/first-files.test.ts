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

/** @returns whether it has come, without waiting for the time after which nothing is waited for */
async function isThere(files: Promise<void>): Promise<boolean> {
  const soon = new Promise<boolean>((resolve) => setTimeout(resolve, 20, false));
  return Promise.race([files.then(() => true), soon]);
}

describe('the first files', () => {
  it('are there when the page and all that its HTML names has been delivered, in any order', async () => {
    const files = new FirstFiles();
    files.answered('app://clinic/index.html?language=en', answer('text/html', PAGE));
    expect(files.delivered('app://clinic/index.html?language=en')).toBe(false);
    files.answered('app://clinic/assets/index.css', answer('text/css'));
    files.delivered('app://clinic/assets/index.css');
    files.delivered('app://clinic/assets/index.js');
    expect(await isThere(files.all())).toBe(false);
    expect(files.delivered('app://clinic/assets/face.woff2')).toBe(true);
    expect(await isThere(files.all())).toBe(true);
  });

  it('are not there when they have only been answered', async () => {
    const files = new FirstFiles();
    files.answered('app://clinic/index.html', answer('text/html', '<p>1'));
    expect(await isThere(files.all())).toBe(false);
    expect(await isThere(files.page())).toBe(false);
  });

  it('begin with the page, which is there before the files that it names', async () => {
    const files = new FirstFiles();
    files.answered('app://clinic/index.html', answer('text/html', PAGE));
    files.delivered('app://clinic/index.html');
    expect(await isThere(files.page())).toBe(true);
    expect(await isThere(files.all())).toBe(false);
  });

  it('are there with a page that names none', async () => {
    const files = new FirstFiles();
    files.answered('app://clinic/', answer('text/html', '<p>1'));
    expect(files.delivered('app://clinic/')).toBe(true);
    expect(await isThere(files.all())).toBe(true);
  });

  it('are not waited for when nothing is asked for', async () => {
    const files = new FirstFiles();
    await Promise.all([files.page(), files.all()]);
    expect(await isThere(files.all())).toBe(false); // it was the time that ended the wait
  });
});
