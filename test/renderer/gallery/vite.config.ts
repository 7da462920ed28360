/** Serves the gallery with the renderer's own settings: `vite --config test/renderer/gallery/vite.config.ts`. */
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { resolve } from 'node:path';
import { defineConfig } from 'vite';

const root = import.meta.dirname;

export default defineConfig({
  root,
  base: './',
  cacheDir: resolve(root, '../../../.cache/gallery'),
  plugins: [svelte({ configFile: false, compilerOptions: { runes: true } })],
  build: { target: 'chrome130', assetsInlineLimit: 0, outDir: resolve(root, '../../../.cache/gallery-out') },
  server: { port: 5199, strictPort: true, fs: { allow: [resolve(root, '../../..')] } },
});
