/** Icons drawn at build time: every icon that the application shows, drawn as the library draws it. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { build } from 'vite';
import { describe, expect, it } from 'vitest';
import { fromRoot } from '../../scripts/lib/project.mjs';
import { stillIcons } from '../../scripts/lib/still-icons.mjs';

const renderer = fromRoot('src', 'renderer');
const ENTRY = '\0entry.js';
const names = [
  ...new Set(
    readdirSync(renderer, { recursive: true })
      .filter((name) => /\.(svelte|ts)$/.test(name))
      .flatMap((name) => [
        ...readFileSync(join(renderer, name), 'utf8').matchAll(
          /from '@lucide\/svelte\/icons\/([a-z0-9-]+)'/g,
        ),
      ])
      .map(([, name]) => name),
  ),
].sort();

/** @returns the markup of every icon in two sizes, by its name */
async function drawnWith(plugins) {
  const source = `
    import { render } from 'svelte/server';
    import Icon from ${JSON.stringify(join(renderer, 'ui', 'Icon.svelte'))};
    ${names.map((name, at) => `import I${at} from '@lucide/svelte/icons/${name}';`).join('\n')}
    const draw = (image) => [16, 12].map((size) => render(Icon, { props: { image, size } }).body);
    export const drawn = [${names.map((_, at) => `draw(I${at})`)}];`;
  const { output } = await build({
    root: fromRoot(),
    configFile: false,
    logLevel: 'error',
    ssr: { noExternal: true },
    plugins: [
      ...plugins,
      svelte({ configFile: false, compilerOptions: { runes: true } }),
      {
        name: 'entry',
        resolveId: (id) => (id === 'entry' ? ENTRY : null),
        load: (id) => (id === ENTRY ? source : null),
      },
    ],
    build: { write: false, minify: false, ssr: true, rollupOptions: { input: 'entry' } },
  });
  const { drawn } = await import(`data:text/javascript,${encodeURIComponent(output[0].code)}`);
  return drawn.map((sizes) => sizes.map(shapesOf));
}

/** Each element with its attributes but for its class names, which nothing here asks for. */
function shapesOf(html) {
  return [...html.matchAll(/<([a-z]+)((?:\s+[\w-]+="[^"]*")+)/g)].map(([, tag, attributes]) => {
    const pairs = [...attributes.matchAll(/([\w-]+)="([^"]*)"/g)].map(([, name, value]) => [name, value]);
    return [tag, Object.fromEntries(pairs.filter(([name]) => name !== 'class'))];
  });
}

describe('still icons', () => {
  it('are drawn as the library draws them, in every size', async () => {
    expect(names.length).toBeGreaterThan(20);
    const [still, own] = await Promise.all([drawnWith([stillIcons()]), drawnWith([])]);
    for (const [at, name] of names.entries()) expect([name, still[at]]).toEqual([name, own[at]]);
    expect(still.flat().every((shapes) => shapes.length > 1)).toBe(true);
  });
});
