/**
 * What Electron runs first: takes the bundles' code from what V8 made of it at build time (`*.cjs.cache` beside each
 * bundle, see `scripts/code-cache`), so that a start does not compile them again, then runs them. A cache that is
 * missing, or that another V8 made, costs time and nothing else: the code then comes from its source. The names of
 * bundles carry a hash of their content, so that a cache is never another source's. See decision 0255.
 */
import { readFileSync } from 'node:fs';
import { createRequire, Module } from 'node:module';
import { dirname } from 'node:path';
import { Script } from 'node:vm';

const require = createRequire(import.meta.url);

require.extensions['.cjs'] = (module, filename) => {
  const cachedData = cacheOf(filename);
  const script = new Script(Module.wrap(readFileSync(filename, 'utf8')), {
    filename,
    ...(cachedData && { cachedData }),
  });
  const bundle = script.runInThisContext() as (...scope: unknown[]) => void; // what `wrap` makes
  bundle.call(module.exports, module.exports, createRequire(filename), module, filename, dirname(filename));
};

function cacheOf(filename: string): Buffer | undefined {
  try {
    return readFileSync(`${filename}.cache`);
  } catch {
    return undefined; // built without one
  }
}

void import('./index.ts');
