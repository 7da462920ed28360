/**
 * Where things are: the project's folders, its tools and its cache.
 * Pure look-ups on Node's own modules, so that it works before anything is installed. Never writes.
 */
import { existsSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
export const modules = join(root, 'node_modules');

/** The Node 24 that the `node` devDependency brings: everything after `npm ci` runs on it. */
export const pinnedNode = join(modules, 'node', 'bin', process.platform === 'win32' ? 'node.exe' : 'node');

export function fromRoot(...parts) {
  return join(root, ...parts);
}

export function readJson(path) {
  return JSON.parse(readFileSync(path, 'utf8'));
}

/** @returns the parsed JSON, or null where the file is missing or torn (an interrupted earlier run) */
export function readJsonOrNull(path) {
  try {
    return readJson(path);
  } catch {
    return null;
  }
}

export function packageJson() {
  return readJson(fromRoot('package.json'));
}

/** Version of an installed dependency, as installed; throws when it is not there. */
export function installedVersion(name) {
  return readJson(join(modules, name, 'package.json')).version;
}

/** Absolute path of a JavaScript command-line tool inside node_modules, by its package and bin name. */
export function toolPath(name, bin = name) {
  const folder = join(modules, name);
  const entry = readJson(join(folder, 'package.json')).bin;
  return join(folder, typeof entry === 'string' ? entry : entry[bin]);
}

/** Folder for what is dear to fetch or build; survives `npm ci` and fresh clones. */
export function cacheFolder(...parts) {
  return join(cacheRoot(), 'clinic-allocator', ...parts);
}

function cacheRoot() {
  if (process.env.XDG_CACHE_HOME) return process.env.XDG_CACHE_HOME;
  if (process.platform === 'darwin') return join(homedir(), 'Library', 'Caches');
  if (process.platform === 'win32' && process.env.LOCALAPPDATA) return process.env.LOCALAPPDATA;
  return join(homedir(), '.cache');
}

/** The environment for child processes: the project's tools, and with them Node 24, come first in PATH. */
export function toolEnvironment(extra = {}) {
  const path = [join(modules, '.bin'), process.env.PATH ?? ''].join(delimiter);
  return { ...process.env, PATH: path, ...extra };
}

/** Absolute path of a program in PATH, or null. */
export function findProgram(name) {
  const extensions = process.platform === 'win32' ? ['.exe', '.cmd', ''] : [''];
  for (const folder of (process.env.PATH ?? '').split(delimiter)) {
    for (const extension of extensions) {
      const candidate = join(folder, name + extension);
      if (folder !== '' && existsSync(candidate)) return candidate;
    }
  }
  return null;
}
