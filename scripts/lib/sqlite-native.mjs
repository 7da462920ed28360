/**
 * better-sqlite3's native file for the runtime in use. Its prebuilt file needs Node-API 10, on which Electron 33
 * (Node-API 9) crashes; for such a runtime it is rebuilt once from its own source, cached, and put where
 * better-sqlite3 looks first. That one file serves Node 24 too. With a newer runtime the prebuilt file is used.
 */
import {
  copyFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { cacheFolder, installedVersion, modules, pinnedNode, toolEnvironment, toolPath } from './project.mjs';
import { fetchTarball } from './npm.mjs';
import { mustRun } from './run.mjs';
import { makeFolder, withLock } from './safe-cache.mjs';

/** Electron 35 is the first with Node-API 10. */
const firstElectronWithNodeApi10 = 35;
const recipe = 1;
const fileName = 'better_sqlite3.node';
const packageFolder = join(modules, 'better-sqlite3');
const inPlace = join(packageFolder, 'build', 'Release', fileName);
const origin = `${inPlace}.origin`;

export const sqliteRebuildExpect = 'rebuilding better-sqlite3 for this runtime, once, 1 to 2 minutes';

export function needsRebuild(runtime) {
  return Number.parseInt(runtime.version, 10) < firstElectronWithNodeApi10;
}

export function rebuiltFile(runtime) {
  const versions = `${installedVersion('better-sqlite3')}-node-${installedVersion('node')}-electron-${runtime.version}`;
  return cacheFolder(`better-sqlite3-${versions}-${process.arch}-${recipe}`, fileName);
}

export function isRebuilt(runtime) {
  return existsSync(rebuiltFile(runtime));
}

/** Puts the right native file in place, rebuilding it when the cache has none, and tries it under Node and Electron. */
export async function ensureSqlite(runtime) {
  if (!needsRebuild(runtime)) return removeOurFile();
  const cached = rebuiltFile(runtime);
  await withLock(`${dirname(cached)}.lock`, async () => {
    if (!existsSync(cached)) await rebuild(runtime, dirname(cached));
    putInPlace(cached);
  });
}

/** True when node_modules already holds the right file. */
export function sqliteIsReady(runtime) {
  const ours = existsSync(origin) ? readFileSync(origin, 'utf8') : null;
  if (!needsRebuild(runtime)) return ours === null;
  return ours === rebuiltFile(runtime) && existsSync(inPlace);
}

function removeOurFile() {
  if (!existsSync(origin)) return;
  rmSync(inPlace, { force: true });
  rmSync(origin);
}

/** The mark of origin is written last and removed first, so that a torn copy is never believed. */
function putInPlace(cached) {
  mkdirSync(dirname(inPlace), { recursive: true });
  rmSync(origin, { force: true });
  const temporary = `${inPlace}.${process.pid}`;
  copyFileSync(cached, temporary);
  renameSync(temporary, inPlace);
  writeFileSync(origin, cached);
}

async function rebuild(runtime, target) {
  await makeFolder(target, async (temporary) => {
    const source = join(temporary, 'source');
    for (const part of ['binding.gyp', 'package.json', 'deps', 'lib', 'src']) {
      cpSync(join(packageFolder, part), join(source, part), { recursive: true });
    }
    lowerNodeApi(join(source, 'binding.gyp'));
    await compile(source, await nodeHeaders(temporary));
    copyFileSync(join(source, 'build', 'Release', fileName), join(temporary, fileName));
    await tryIt(runtime, join(temporary, fileName));
    rmSync(source, { recursive: true });
    rmSync(join(temporary, 'headers'), { recursive: true, force: true });
  });
}

function lowerNodeApi(gypFile) {
  const text = readFileSync(gypFile, 'utf8');
  const lowered = text.replace(
    "'NAPI_VERSION=10'",
    "'NAPI_EXPERIMENTAL', 'NODE_API_EXPERIMENTAL_NOGC_ENV_OPT_OUT'",
  );
  if (lowered === text)
    throw new Error(`${gypFile} names no NAPI_VERSION=10: sqlite-native.mjs must be taught this version`);
  writeFileSync(gypFile, lowered);
}

async function compile(source, nodeFolder) {
  const args = ['rebuild', '--release', '--force_build=1', '--jobs=max', `--nodedir=${nodeFolder}`];
  await mustRun(pinnedNode, [toolPath('node-gyp'), ...args], {
    cwd: source,
    env: toolEnvironment({ NODE_PATH: modules, npm_config_nodedir: nodeFolder }),
    failure: 'better-sqlite3 could not be rebuilt for this runtime',
    next: 'It needs g++, make and python3 (3.9 or newer). With those in place run the same command again.',
  });
}

/** Node's own headers come in the package that `npm ci` took Node 24 from; npm may have tidied it away since. */
async function nodeHeaders(temporary) {
  const name = `node-${process.platform}-${process.arch}`;
  const beside = join(modules, 'node', 'node_modules', name);
  if (existsSync(join(beside, 'include', 'node', 'node_api.h'))) return beside;
  const headers = join(temporary, 'headers');
  mkdirSync(headers);
  const tarball = await fetchTarball(`${name}@${installedVersion('node')}`, headers);
  await mustRun('tar', ['-xzf', tarball, '-C', headers, '--strip-components=1']);
  return headers;
}

/** A native file that does not fit ends the process, so it is tried in processes of its own. */
async function tryIt(runtime, file) {
  const code = `const Database = require('better-sqlite3');
    const database = new Database(':memory:', { nativeBinding: process.argv[1] });
    if (database.prepare('select 6 * 7').pluck().get() !== 42) process.exit(1);`;
  for (const executable of [pinnedNode, runtime.executable]) {
    await mustRun(executable, ['-e', code, file], {
      cwd: packageFolder,
      env: { ...process.env, ELECTRON_RUN_AS_NODE: '1', NODE_PATH: modules },
      failure: `the rebuilt better-sqlite3 does not work under ${executable}`,
    });
  }
}
