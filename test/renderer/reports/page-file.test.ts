/** The HTML file: put together from the print page as it stands, read back by a parser that knows nothing of it. */
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { cleanup, render } from '@testing-library/svelte';
import { afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { format } from '../../../src/renderer/format/format.svelte.ts';
import { locale } from '../../../src/renderer/locale.svelte.ts';
import PrintPage from '../../../src/renderer/print/PrintPage.svelte';
import { leaveFile, selfContainedPage } from '../../../src/renderer/print/self-contained.ts';
import { ACCOUNTING_STATES } from '../../../src/shared/domain/capacity.ts';
import type { Locale } from '../../../src/shared/domain/local-text.ts';
import { ZONE } from '../../support/reports/clinics.ts';
import { AWKWARD_NAME, sampleReport } from '../../support/reports/sample-report.ts';
import { fillJsdomGaps } from '../workspace/jsdom-gaps.ts';

const HOUR_WORK = 3_600_000;
const report = sampleReport();

beforeAll(fillJsdomGaps);
beforeEach(() => {
  format.timeZone = ZONE;
});
afterEach(() => {
  cleanup();
  document.head.replaceChildren();
});

function page(language: Locale = 'en', shown = report): string {
  locale.set(language);
  document.documentElement.dataset['medium'] = 'page';
  const style = document.createElement('style');
  style.textContent =
    '@font-face { font-family: Plex; src: url(/plex.woff2); } .probe { color: rgb(1, 2, 3); }';
  document.head.append(style);
  render(PrintPage, { props: { report: shown, medium: 'page' } });
  return selfContainedPage(document, 'data:font/woff2;base64,AAAA');
}

const parsed = (text: string): Document => new DOMParser().parseFromString(text, 'text/html');

test('refers to nothing outside itself, and may not', () => {
  const text = page();
  const file = parsed(text);
  const references = [...file.querySelectorAll('*')].flatMap((element) =>
    [...element.attributes].filter(({ name, value }) => /^(src|href|srcset|xlink:href)$/.test(name) && value),
  );
  expect(references).toEqual([]);
  expect(file.querySelectorAll('script, link, iframe, img, object')).toHaveLength(0);
  expect(text).not.toMatch(/url\((?!["']?(?:#|data:))/);
  expect(text).not.toContain('@import');
  expect(text).toContain('.probe');
  expect(text).toContain("default-src 'none'");
});

/** A table's body as text, found by its accessible name. */
function cellsOf(file: Document, name: string): string[][] {
  const table = [...file.querySelectorAll('table')].find((one) => one.getAttribute('aria-label') === name);
  return [...(table?.tBodies[0]?.rows ?? [])].map((row) =>
    [...row.cells].map((cell) => cell.textContent?.trim() ?? ''),
  );
}

test('holds the same numbers as the report, as tables beside the drawings', () => {
  const file = parsed(page());
  const overview = cellsOf(file, 'Pools');
  report.pools.forEach((pool, index) => {
    const row = overview[index] ?? [];
    const figures = [row[1], row[4], row[5]].map(Number);
    const want = [pool.offeredWork, pool.states['idle-while-waited'], pool.overcommittedWork];
    expect(figures).toEqual(want.map((work) => Number((work / HOUR_WORK).toFixed(1))));
    const buckets = cellsOf(file, pool.name.en);
    expect(buckets).toHaveLength(pool.buckets.length);
    ACCOUNTING_STATES.forEach((state, column) => {
      const shown = buckets.map((cells) => Number(cells[column + 2]));
      expect(shown).toEqual(pool.buckets.map(({ states }) => Number((states[state] / HOUR_WORK).toFixed(1))));
    });
  });
  expect(file.querySelectorAll('figure svg[viewBox]').length).toBe(report.pools.length);
});

test('carries what it is, from which ledger, and every definition, in the one language chosen', () => {
  const file = parsed(page('zh'));
  expect(file.documentElement.lang).toBe('zh-CN');
  const words = file.body.textContent ?? '';
  expect(words).toContain(report.provenance.head.hash);
  expect(words).toContain(report.provenance.timeZone);
  for (const { name, exclusions } of report.definitions) {
    expect(words).toContain(name.zh);
    expect(words).toContain(exclusions.zh);
  }
  expect(words).not.toContain('Definitions');
});

test('shows a name as it is written, whatever it looks like', () => {
  const name = `</style><script>alert("${AWKWARD_NAME}")</script>`;
  const pools = report.pools.map((pool) => ({ ...pool, name: { en: name, zh: name } }));
  const text = page('en', { ...report, pools });
  const file = parsed(text);
  expect(file.querySelectorAll('script')).toHaveLength(0);
  expect(file.body.textContent).toContain(name);
  leaveFile(document, text);
  expect(document.getElementById('page-file')?.textContent).toBe(text);
  document.getElementById('page-file')?.remove();
});

test('the page’s rules keep their words as text: no shorthand of tokens beside one of its own parts', () => {
  const folder = join(import.meta.dirname, '../../../src/renderer');
  const lost = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.(css|svelte)$/.test(name))
    .flatMap((name) => readFileSync(join(folder, name), 'utf8').match(/[^{}]*\{[^{}]*\}/g) ?? [])
    .filter((rule) => {
      const shorthands = rule.matchAll(/^\s*(font|background|padding|margin): [^;]*var\(/gm);
      return [...shorthands].some(([, name]) => new RegExp(`^\\s*${name}-[a-z-]+:`, 'm').test(rule));
    });
  expect(lost).toEqual([]);
});
