/**
 * What the page loads before Today stands: every module and library is named in `test/golden/first-screen.txt`, so that it
 * grows by decision and not by an import. A line more there is code that every start reads, compiles and waits for; most
 * of what is not on Today belongs into a `LatePart` (src/renderer/shell/late-part.svelte.ts). See decision 0303.
 * UPDATE_GOLDEN=1 writes it anew.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { build } from 'vite';
import { beforeAll, describe, expect, it } from 'vitest';
import config from '../../electron.vite.config.ts';

const GOLDEN = new URL('../golden/first-screen.txt', import.meta.url);
/** A library, or a part of one that has parts of its own weight. */
const LIBRARY = /^.*node_modules\/(bits-ui\/dist\/bits\/[^/]+|@[^/]+\/[^/]+|[^/]+)\/.*$/;

/** What the page's entry brings with it, but for words and what the bundler adds. */
let modules = [];
/** What comes later. */
let later = [];

beforeAll(async () => {
  const { renderer } = config;
  const { output } = await build({
    ...renderer,
    configFile: false,
    logLevel: 'error',
    build: { ...renderer.build, write: false, minify: false },
  });
  const chunks = new Map(
    output.filter(({ type }) => type === 'chunk').map((chunk) => [chunk.fileName, chunk]),
  );
  const entry = [...chunks.values()].find(
    (chunk) => chunk.isEntry && chunk.facadeModuleId?.endsWith('index.html'),
  );
  const first = new Set();
  const walk = (fileName) => {
    if (first.has(fileName)) return;
    first.add(fileName);
    for (const imported of chunks.get(fileName).imports) walk(imported);
  };
  walk(entry.fileName);
  const modulesOf = (names) => [...new Set(names.flatMap((name) => namesIn(chunks.get(name))))].sort();
  modules = modulesOf([...first]);
  later = modulesOf([...chunks.keys()].filter((name) => !first.has(name)));
});

function namesIn({ modules: rendered }) {
  const kept = Object.entries(rendered).filter(([, { renderedLength }]) => renderedLength > 0);
  return kept.flatMap(([id]) => {
    const path = id.replaceAll('\\', '/');
    if (LIBRARY.test(path)) return [path.replace(LIBRARY, '$1')];
    if (path.includes('/messages/generated/')) return [];
    return path.includes('/src/') ? [path.slice(path.lastIndexOf('/src/') + 1)] : [];
  });
}

describe('the first screen', () => {
  it('brings with it the modules that are written down, and no others (UPDATE_GOLDEN=1 writes them anew)', () => {
    const text = `${modules.join('\n')}\n`;
    if (process.env.UPDATE_GOLDEN === '1') writeFileSync(GOLDEN, text);
    expect(text).toBe(readFileSync(GOLDEN, 'utf8'));
  });

  it('leaves every other screen, what opens over them, and all schemas for later', () => {
    expect(modules).toContain('src/renderer/screens/today/TodayScreen.svelte');
    expect(
      modules.filter((name) => /^(zod|d3-)|\/contract\/|dist\/bits\/(dialog|select|combobox)/.test(name)),
    ).toEqual([]);
    expect(later).toContain('src/renderer/shell/Palette.svelte');
    expect(later).toContain('src/renderer/screens/settings/SettingsScreen.svelte');
  });
});
