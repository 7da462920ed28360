/**
 * Starts the built application as it is started every day, on a sample clinic in a folder of its own, and leaves beside
 * the bundles that it has run what V8 has made of them by then: with the functions that a start calls, which V8
 * otherwise compiles one by one while somebody waits. Ends as the application ends when its window is closed.
 * `--makes-sample` only makes the clinic: its making is no part of a start.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire, Module } from 'node:module';
import { dirname, join } from 'node:path';
import { Script } from 'node:vm';
import { app, BrowserWindow } from 'electron';

const LOOK_MS = 50;
const IS_READY = `document.documentElement.dataset.ready === 'true'`;

const given = (name) =>
  process.argv.find((argument) => argument.startsWith(`--${name}=`))?.slice(name.length + 3);
const folder = given('bundles');
const onlyMakesSample = process.argv.includes('--makes-sample');

/** As src/main/entry.ts does it, but for every bundle from its source, and remembered. */
const scripts = new Map();
const load = (module, filename) => {
  const script = new Script(Module.wrap(readFileSync(filename, 'utf8')), { filename });
  scripts.set(filename, script);
  script
    .runInThisContext()
    .call(module.exports, module.exports, createRequire(filename), module, filename, dirname(filename));
};

async function untilReady() {
  for (;;) {
    const [window] = BrowserWindow.getAllWindows();
    const isReady = await window?.webContents.executeJavaScript(IS_READY).catch(() => false);
    if (isReady) return;
    await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
  }
}

function leaveCaches() {
  for (const [filename, script] of scripts) {
    writeFileSync(`${filename}.cache`, script.createCachedData());
  }
}

/** Ends with an error where the application does not come up: the caches then stay as they were. */
export function startWarm() {
  process.argv = [process.argv[0], folder, '--ledger', given('ledger'), '--sample', '--language', 'en'];
  const require = createRequire(import.meta.url);
  // The application's entry puts its own loader here, which would take the code from the caches.
  Object.defineProperty(require.extensions, '.cjs', {
    get: () => load,
    set: () => undefined,
    enumerable: true,
  });
  require(join(folder, 'index.cjs'));
  app
    .whenReady()
    .then(untilReady)
    .then(() => {
      if (!onlyMakesSample) leaveCaches();
      app.quit();
    })
    .catch((error) => {
      process.stderr.write(`${error.stack}\n`);
      app.exit(1);
    });
}
