/**
 * The packages in node_modules: installed exactly as the lockfile says, and with them the Node 24 that
 * everything else runs on. Uses Node's own modules only, since it runs before anything is there.
 */
import { existsSync } from 'node:fs';
import { fromRoot, packageJson, pinnedNode, readJson, readJsonOrNull, cacheFolder } from './project.mjs';
import { npmCommand } from './npm.mjs';
import { mustRun, run } from './run.mjs';
import { withLock } from './safe-cache.mjs';
import { step, StepError } from './steps.mjs';

/** Runs `npm ci` when node_modules is not what the lockfile asks for. */
export async function ensureDependencies() {
  const ready = dependenciesAreCurrent() && (await pinnedNodeWorks());
  const expect = ready ? '' : 'npm ci: about 350 MB from the npm registry, 1 to 3 minutes';
  await step('Node packages', expect, async (report) => {
    if (ready) return report('ready');
    await withLock(cacheFolder('npm-ci.lock'), async () => {
      if (!dependenciesAreCurrent() || !(await pinnedNodeWorks())) await installDependencies();
    });
    await assertPinnedNode();
    report('installed');
  });
}

/** npm records what it installed in node_modules/.package-lock.json, as its last act. */
export function dependenciesAreCurrent() {
  const wanted = readJson(fromRoot('package-lock.json')).packages;
  const installed = readJsonOrNull(fromRoot('node_modules', '.package-lock.json'))?.packages;
  return installed !== undefined && lockfilesAgree(wanted, installed);
}

/** @returns true when every package that must be installed is, in the very version that the lockfile names */
export function lockfilesAgree(wanted, installed) {
  const sameArtifact = (a, b) => a?.version === b?.version && a?.integrity === b?.integrity;
  const allWanted = Object.entries(wanted).every(
    ([path, entry]) =>
      path === '' || (entry.optional && !installed[path]) || sameArtifact(entry, installed[path]),
  );
  return allWanted && Object.keys(installed).every((path) => wanted[path] !== undefined);
}

/**
 * Of all packages only `node` may run its install script, whatever npm's version and settings are: it brings Node 24.
 * (Left to itself, npm 10 would also start compiling better-sqlite3, which a fresh machine cannot do yet.)
 */
async function installDependencies() {
  const quietly = ['--loglevel=error', '--no-audit', '--no-fund'];
  if (!dependenciesAreCurrent()) await runNpm(['ci', '--include=dev', '--ignore-scripts', ...quietly]);
  await runNpm(['rebuild', 'node', '--ignore-scripts=false', ...quietly]);
}

async function runNpm(npmArguments) {
  const { command, args } = npmCommand(npmArguments);
  await mustRun(command, args, {
    cwd: fromRoot(),
    failure: `npm ${npmArguments[0]} failed`,
    next: 'Check that the npm registry can be reached (npm ping), then run the same command again.',
  });
}

async function pinnedNodeWorks() {
  return (await pinnedNodeVersion()) === packageJson().devDependencies.node;
}

async function pinnedNodeVersion() {
  if (!existsSync(pinnedNode)) return null;
  const { code, stdout } = await run(pinnedNode, ['--version']).catch(() => ({ code: 1, stdout: '' }));
  return code === 0 ? stdout.trim().replace(/^v/, '') : null;
}

async function assertPinnedNode() {
  const wanted = packageJson().devDependencies.node;
  const found = await pinnedNodeVersion();
  if (found === wanted) return;
  throw new StepError(
    `npm ci left ${found === null ? 'no Node' : `Node ${found}`} in node_modules; Node ${wanted} is needed.`,
    {
      next: 'Delete node_modules, then run the same command again.',
    },
  );
}
