/**
 * What must be undone when a script ends, in whatever way: programs stopped, displays and applications closed,
 * temporary folders removed. Runs once, last registered first, at the normal end as on Ctrl+C; never throws.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const endings = [];
const usualMsMax = 8000;
let ended = null;

/**
 * Registers clean-up work, which may be asynchronous.
 * @param msMax  the script's end waits for it no longer than this
 * @returns a function that takes it back, for work that was done in time
 */
export function atEnd(work, { msMax = usualMsMax } = {}) {
  const ending = { work, msMax };
  endings.push(ending);
  return () => {
    const at = endings.indexOf(ending);
    if (at >= 0) endings.splice(at, 1);
  };
}

export function endAll() {
  ended ??= runEndings();
  return ended;
}

async function runEndings() {
  while (endings.length > 0) {
    const { work, msMax } = endings.pop();
    const limit = new Promise((resolve) => setTimeout(resolve, msMax).unref());
    await Promise.race([Promise.resolve().then(work), limit]).catch(() => undefined);
  }
}

/**
 * Makes Ctrl+C and its relatives run the endings; a second signal while they run changes nothing.
 * @param exitCode  asked when the endings have run
 */
export function endOnSignals(exitCode) {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    process.removeAllListeners(signal);
    process.on(signal, () => void endAll().then(() => process.exit(exitCode())));
  }
}

/** A folder that is gone when the script ends. */
export function temporaryFolder(name) {
  const folder = mkdtempSync(join(tmpdir(), `clinic-allocator-${name}-`));
  atEnd(() => rmSync(folder, { recursive: true, force: true, maxRetries: 3 }));
  return folder;
}
