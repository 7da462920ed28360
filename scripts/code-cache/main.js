/**
 * Leaves beside each of the main process's bundles what V8 makes of it, for src/main/entry.ts. Runs in the main process
 * of the Electron that is to use it, because V8 takes a cache only from the same version with the same flags.
 * `--check` makes nothing and fails when one of them would not be taken; `--ledger=` makes them of a start.
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { Module } from 'node:module';
import { join } from 'node:path';
import { Script } from 'node:vm';
import { app } from 'electron';
import { startWarm } from './warm-start.js';

const folder = process.argv.find((argument) => argument.startsWith('--bundles=')).slice('--bundles='.length);
const isCheck = process.argv.includes('--check');
const bundles = readdirSync(folder, { recursive: true })
  .filter((name) => name.endsWith('.cjs'))
  .map((name) => join(folder, name));

function cache(filename) {
  const source = Module.wrap(readFileSync(filename, 'utf8'));
  if (!isCheck)
    return writeFileSync(`${filename}.cache`, new Script(source, { filename }).createCachedData());
  const cachedData = readFileSync(`${filename}.cache`);
  if (new Script(source, { filename, cachedData }).cachedDataRejected)
    throw new Error(`refused: ${filename}`);
}

function makeAll() {
  try {
    bundles.forEach(cache);
    app.exit(0);
  } catch (error) {
    process.stderr.write(`${error.stack}\n`);
    app.exit(1);
  }
}

if (process.argv.some((argument) => argument.startsWith('--ledger='))) startWarm();
else makeAll();
