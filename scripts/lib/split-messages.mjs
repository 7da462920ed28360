/**
 * Each message a module of its own in the built bundles, so that a part of the application carries the words it says
 * and no others. Paraglide compiles all of them into one module per language, wrapped so that V8 compiles every one at
 * once; that is kept for tests and types, where one file is read faster than two thousand.
 */
import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { parseAst } from 'vite';

const PREFIX = '\0message:';
const LOCALES = { base: 'en', others: ['zh'] };

/**
 * @param {string} folder  of the compiled messages
 * @param {string} named   folder of the modules whose messages are looked up by name: `ledger-kind.ts` keeps those that
 *                         begin with `ledger_kind_`
 * @returns {import('vite').Plugin}
 */
export function splitMessages(folder, named) {
  let sources = null;
  const read = () => (sources ??= readSources(folder));
  const index = join(folder, 'messages', '_index.js');
  return {
    name: 'split-messages',
    enforce: 'pre',
    apply: 'build',
    resolveId: {
      filter: { id: /^message:/ },
      handler: (id) => ({ id: PREFIX + id.slice('message:'.length), moduleSideEffects: false }),
    },
    load: {
      filter: { id: [/^\0message:/, /_index\.js$/, /messages[\\/]named[\\/][a-z-]+\.ts$/] },
      handler(id) {
        if (id.startsWith(PREFIX)) return messageModule(id.slice(PREFIX.length), read(), folder);
        if (id === index) return barrel(Object.keys(read().base));
        if (!id.startsWith(named)) return null;
        const beginning = `${basename(id, '.ts').replaceAll('-', '_')}_`;
        return barrel(Object.keys(read().base).filter((name) => name.startsWith(beginning)));
      },
    },
  };
}

const barrel = (names) => ({
  code: names.map((name) => `export { ${name} } from 'message:${name}';`).join('\n'),
  moduleSideEffects: false,
});

/** @returns for each language the text of every message's function, by the message's name */
function readSources(folder) {
  const functionsOf = (locale) => {
    const source = readFileSync(join(folder, 'messages', `${locale}.js`), 'utf8');
    const declarators = parseAst(source).body.flatMap((node) => node.declaration?.declarations ?? []);
    return Object.fromEntries(
      declarators.map(({ id, init }) => [id.name, source.slice(init.start, init.end)]),
    );
  };
  return {
    base: functionsOf(LOCALES.base),
    others: LOCALES.others.map((locale) => [locale, functionsOf(locale)]),
  };
}

function messageModule(name, { base, others }, folder) {
  const path = (file) => JSON.stringify(join(folder, file));
  const inOthers = others.filter(([, functions]) => functions[name] !== undefined);
  const code = [
    `import { getLocale } from ${path('runtime.js')};`,
    `import * as registry from ${path('registry.js')};`,
    `const ${LOCALES.base} = ${base[name]};`,
    ...inOthers.map(([locale, functions]) => `const ${locale} = ${functions[name]};`),
    `export const ${name} = (inputs, options) => {`,
    '  const locale = options?.locale ?? getLocale();',
    ...inOthers.map(([locale]) => `  if (locale === '${locale}') return ${locale}(inputs);`),
    `  return ${LOCALES.base}(inputs);`,
    '};',
  ];
  return { code: code.join('\n'), moduleSideEffects: false };
}
