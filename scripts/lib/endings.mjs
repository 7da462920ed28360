/**
 * What must be undone when a script ends, in whatever way: displays stopped, applications closed, temporary
 * folders removed. Runs once, last registered first, at the normal end as on Ctrl+C; never throws.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const endings = [];
const endingMsMax = 8000;
let ended = null;

/** Registers clean-up work; it may be asynchronous and gets at most 8 s. */
export function atEnd(work) {
  endings.push(work);
}

export function endAll() {
  ended ??= runEndings();
  return ended;
}

async function runEndings() {
  while (endings.length > 0) {
    const work = endings.pop();
    const limit = new Promise((resolve) => setTimeout(resolve, endingMsMax).unref());
    await Promise.race([Promise.resolve().then(work), limit]).catch(() => undefined);
  }
}

/** Makes Ctrl+C and its relatives run the endings; a second signal while they run changes nothing. */
export function endOnSignals(exitCode) {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    process.removeAllListeners(signal);
    process.on(signal, () => void endAll().then(() => process.exit(exitCode)));
  }
}

/** A folder that is gone when the script ends. */
export function temporaryFolder(name) {
  const folder = mkdtempSync(join(tmpdir(), `clinic-allocator-${name}-`));
  atEnd(() => rmSync(folder, { recursive: true, force: true, maxRetries: 3 }));
  return folder;
}
