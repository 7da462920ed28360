/**
 * Making a cached folder so that an interruption at any moment leaves either nothing or the whole thing:
 * work happens in a temporary folder beside the target and is renamed into place at the end, and a lock
 * keeps two set-ups from doing the same work. Should a lock ever be taken twice, the work is only done twice.
 */
import { chmodSync, closeSync, mkdirSync, mkdtempSync, openSync, readdirSync } from 'node:fs';
import { readFileSync, renameSync, rmSync, statSync, writeSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { atEnd } from './endings.mjs';
import { note } from './steps.mjs';

const leftoverAgeMs = 24 * 3600 * 1000;
const lockAgeMsMax = 3600 * 1000;

/**
 * Fills `target` by calling `fill(temporaryFolder)`, then renames that folder to `target`.
 * Whatever was at `target` is replaced.
 */
export async function makeFolder(target, fill) {
  const parent = dirname(target);
  mkdirSync(parent, { recursive: true });
  removeLeftovers(parent);
  const temporary = mkdtempSync(join(parent, `.making-${basename(target)}-`));
  const remove = () => rmSync(temporary, { recursive: true, force: true });
  const forget = atEnd(remove);
  chmodSync(temporary, 0o755);
  try {
    await fill(temporary);
    rmSync(target, { recursive: true, force: true });
    renameSync(temporary, target);
  } finally {
    remove();
    forget();
  }
}

/** What killed runs left behind; only old ones, since a younger one may still be at work. */
function removeLeftovers(parent) {
  for (const name of readdirSync(parent)) {
    const path = join(parent, name);
    if (name.startsWith('.making-') && Date.now() - statSync(path).mtimeMs > leftoverAgeMs) {
      rmSync(path, { recursive: true, force: true });
    }
  }
}

/** Runs `work` while holding the lock file `path`; waits for another living process that holds it. */
export async function withLock(path, work) {
  mkdirSync(dirname(path), { recursive: true });
  let told = false;
  while (!tryLock(path)) {
    if (!holderLives(path)) {
      rmSync(path, { force: true });
      continue;
    }
    if (!told) note(`waiting for another set-up on this machine (${path})`);
    told = true;
    await sleep(500);
  }
  try {
    return await work();
  } finally {
    rmSync(path, { force: true });
  }
}

function tryLock(path) {
  try {
    const file = openSync(path, 'wx');
    writeSync(file, String(process.pid));
    closeSync(file);
    return true;
  } catch (error) {
    if (error.code !== 'EEXIST') throw error;
    return false;
  }
}

function holderLives(path) {
  try {
    const holder = Number(readFileSync(path, 'utf8'));
    const ageMs = Date.now() - statSync(path).mtimeMs;
    if (ageMs > lockAgeMsMax) return false; // after a crash its number may be some other process's by now
    if (holder === 0) return ageMs < 5000;
    process.kill(holder, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM'; // it lives, and is another account's; a missing file or process is ENOENT or ESRCH
  }
}
