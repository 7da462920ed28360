/** Bundles with each message as a module of its own: what they carry, and that it says what the compiled messages say. */
import { join } from 'node:path';
import { build } from 'vite';
import { describe, expect, it } from 'vitest';
import { fromRoot } from '../../scripts/lib/project.mjs';
import { splitMessages } from '../../scripts/lib/split-messages.mjs';
import { m, overwriteGetLocale } from '../../src/shared/messages/index.ts';

const messages = fromRoot('src', 'shared', 'messages');
const ENTRY = '\0entry.js';

/** @param {string} body  what the bundle's entry exports, with `m`, `errorWords` and `overwriteGetLocale` at hand */
async function bundleOf(body) {
  const source = `
    import { m, overwriteGetLocale } from ${JSON.stringify(join(messages, 'index.ts'))};
    import { errorWords } from ${JSON.stringify(join(messages, 'error-words.ts'))};
    export { overwriteGetLocale };
    ${body}`;
  const [{ output }] = await build({
    configFile: false,
    logLevel: 'error',
    plugins: [
      splitMessages(join(messages, 'generated'), join(messages, 'named')),
      {
        name: 'entry',
        resolveId: (id) => (id === 'entry' ? ENTRY : null),
        load: (id) => (id === ENTRY ? source : null),
      },
    ],
    build: {
      write: false,
      minify: false,
      lib: { entry: 'entry', formats: ['es'] },
      rollupOptions: { input: 'entry' },
    },
  });
  const { code } = output[0];
  return { code, module: await import(`data:text/javascript,${encodeURIComponent(code)}`) };
}

describe('a bundle with split messages', () => {
  it('carries the words that it says, in every language, and no others', async () => {
    const { code, module } = await bundleOf(
      'export const words = (count, options) => m.common_tasks_count({ count }, options);',
    );
    for (const locale of ['en', 'zh']) {
      for (const count of [1, 2]) {
        expect(module.words(count, { locale })).toBe(m.common_tasks_count({ count }, { locale }));
      }
      expect(code).not.toContain(m.common_cancel({}, { locale }));
    }
  });

  it('follows the language that is set', async () => {
    const { module } = await bundleOf('export const words = () => m.common_cancel();');
    for (const locale of ['en', 'zh']) {
      module.overwriteGetLocale(() => locale);
      overwriteGetLocale(() => locale);
      expect(module.words()).toBe(m.common_cancel({}, { locale }));
    }
  });

  it('finds by name what a module of names holds, and holds no more', async () => {
    const { code, module } = await bundleOf('export const words = errorWords;');
    const refusal = { code: 'ledger-unavailable', params: {} };
    expect(module.words(refusal, 'zh')).toBe(m.error_ledger_unavailable({}, { locale: 'zh' }));
    expect(code).not.toContain('common_cancel');
  });
});
