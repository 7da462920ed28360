/**
 * V8's own form of the main process's bundles (scripts/code-cache), made by the runtime that is to run them. Without it
 * the application starts more slowly and is otherwise the same.
 */
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sandboxArguments } from './app-window.mjs';
import { startVirtualDisplay } from './display.mjs';
import { fromRoot } from './project.mjs';
import { run } from './run.mjs';
import { findRuntime } from './runtime.mjs';

const cacheMsMax = 60_000;

/**
 * @param folder           of the bundles; the caches are left beside them
 * @param options.isCheck  makes nothing: asks whether each would be taken
 * @returns {Promise<boolean>} false when there is no runtime, or it could not, or (checking) one would be refused
 */
export async function makeCodeCache(folder, { isCheck = false } = {}) {
  const runtime = findRuntime();
  if (runtime === null) return false;
  const begin = async (more, env = null) => {
    const args = [fromRoot('scripts', 'code-cache'), `--bundles=${folder}`, ...sandboxArguments(), ...more];
    if (env === null && process.platform === 'linux') args.push('--ozone-platform=headless');
    const options = { timeoutMs: cacheMsMax, env: { ...process.env, ...env } };
    return (await run(runtime.executable, args, options)).code === 0;
  };
  if (isCheck) return begin(['--check']);
  if (!(await begin([]))) return false;
  // Bundles without their page cannot be started; what was made of them unstarted then stays.
  if (existsSync(join(folder, '..', 'renderer', 'index.html'))) await makeOfAStart(begin);
  return true;
}

/** Two starts: the first makes the clinic that the second opens, as every later one does. */
async function makeOfAStart(begin) {
  const display = process.platform === 'linux' ? await startVirtualDisplay().catch(() => null) : {};
  if (display === null) return;
  const place = mkdtempSync(join(tmpdir(), 'code-cache-'));
  const where = [`--ledger=${join(place, 'clinic.ledger')}`, `--user-data-dir=${join(place, 'profile')}`];
  try {
    if (await begin([...where, '--makes-sample'], display)) await begin(where, display);
  } finally {
    rmSync(place, { recursive: true, force: true, maxRetries: 3 });
  }
}
