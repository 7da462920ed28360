/**
 * V8's own form of the main process's bundles (scripts/code-cache), made by the runtime that is to run them. Without it
 * the application starts more slowly and is otherwise the same.
 */
import { sandboxArguments } from './app-window.mjs';
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
  const args = [fromRoot('scripts', 'code-cache'), `--bundles=${folder}`, ...sandboxArguments()];
  if (isCheck) args.push('--check');
  if (process.platform === 'linux') args.push('--ozone-platform=headless');
  const { code } = await run(runtime.executable, args, { timeoutMs: cacheMsMax });
  return code === 0;
}
