/**
 * The small default application inside the registry-held Electron runtime, so that `electron <folder>` starts
 * an application there as it does with any Electron. Understands `-r <module>` and `--version` too, which
 * Playwright and electron-vite use. Never part of a package.
 */
import { readFileSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { app } from 'electron';

const require = createRequire(import.meta.url);

function readArguments(args) {
  const asked = { path: null, preloads: [], version: false };
  for (let i = 0; i < args.length; i += 1) {
    if (args[i] === '--version' || args[i] === '-v') asked.version = true;
    else if (args[i] === '-r' || args[i] === '--require') asked.preloads.push(args[(i += 1)]);
    else if (!args[i].startsWith('-')) return { ...asked, path: args[i] };
  }
  return asked;
}

function entryOf(path) {
  if (!statSync(path).isDirectory()) return { folder: null, entry: path, manifest: {} };
  const manifest = JSON.parse(readFileSync(join(path, 'package.json'), 'utf8'));
  return { folder: path, entry: join(path, manifest.main ?? 'index.js'), manifest };
}

async function start(path) {
  const { folder, entry, manifest } = entryOf(resolve(path));
  if (folder !== null) app.setAppPath(folder);
  if (manifest.version) app.setVersion(manifest.version);
  if (manifest.productName ?? manifest.name) app.setName(manifest.productName ?? manifest.name);
  await import(pathToFileURL(require.resolve(entry)).href);
}

const asked = readArguments(process.argv.slice(1));
if (asked.version) {
  process.stdout.write(`v${process.versions.electron}\n`);
  app.exit(0);
} else if (asked.path === null) {
  process.stderr.write('Usage: electron <folder of an application>\n');
  app.exit(2);
} else {
  for (const preload of asked.preloads) require(preload);
  try {
    await start(asked.path);
  } catch (error) {
    process.stderr.write(`${error.stack}\n`);
    app.exit(1);
  }
}
