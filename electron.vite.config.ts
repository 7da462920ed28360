/**
 * The three builds: main and preload for the Node inside Electron, the renderer for its Chromium. Only packages named
 * in `dependencies` stay outside the bundles. The preload is one CommonJS file, as a sandboxed preload must be.
 * Targets are set here because the newest Electron is not always the one that runs (docs/decisions).
 */
import { paraglideVitePlugin } from '@inlang/paraglide-js';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'electron-vite';
import { resolve } from 'node:path';
import { splitMessages } from './scripts/lib/split-messages.mjs';
import { stillIcons } from './scripts/lib/still-icons.mjs';

const root = import.meta.dirname;
const nodeTarget = 'node20.18';

const generated = resolve(root, 'src/shared/messages/generated');
const split = () => splitMessages(generated, resolve(root, 'src/shared/messages/named'));

/** The same options as `npm run messages`; runs with the first build, so that the renderer finds its words. */
const messages = paraglideVitePlugin({
  project: resolve(root, 'project.inlang'),
  outdir: generated,
  strategy: ['globalVariable', 'baseLocale'],
  outputStructure: 'locale-modules',
  emitGitIgnore: false,
  emitPrettierIgnore: false,
  emitReadme: false,
});

export default defineConfig({
  main: {
    plugins: [messages, split()],
    // fflate's Node build declares a `require` of its own beside the one that electron-vite adds; only its worker,
    // which is never used here, needs it.
    resolve: { alias: [{ find: /^fflate$/, replacement: 'fflate/browser' }] },
    build: {
      target: nodeTarget,
      minify: false,
      sourcemap: true,
      rollupOptions: {
        input: {
          index: resolve(root, 'src/main/entry.ts'),
          // Threads' files, which must stand beside the bundle that starts them (`search-client.ts`, `proof-client.ts`).
          'search-worker': resolve(root, 'src/main/usecases/planning/search-worker.ts'),
          'proof-worker': resolve(root, 'src/main/usecases/care/proof-worker.ts'),
        },
        output: { format: 'cjs', entryFileNames: '[name].cjs', chunkFileNames: '[name]-[hash].cjs' },
      },
    },
  },
  preload: {
    build: {
      target: nodeTarget,
      externalizeDeps: false,
      rollupOptions: {
        input: { index: resolve(root, 'src/preload/index.ts') },
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: {
    root: resolve(root, 'src/renderer'),
    plugins: [split(), stillIcons(), svelte({ configFile: false, compilerOptions: { runes: true } })],
    build: {
      target: 'chrome130',
      minify: true,
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
      rollupOptions: {
        input: {
          index: resolve(root, 'src/renderer/index.html'),
          print: resolve(root, 'src/renderer/print.html'),
        },
      },
    },
  },
});
