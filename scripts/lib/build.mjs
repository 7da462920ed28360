/**
 * The built application in out/: made by electron-vite, and only when something that goes into it has changed.
 * What went in is remembered as one hash over names and contents, written after the build has succeeded.
 */
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { cacheFolder, fromRoot, root, toolEnvironment, toolPath } from './project.mjs';
import { makeCodeCache } from './code-cache.mjs';
import { mustRun } from './run.mjs';
import { withLock } from './safe-cache.mjs';
import { note, step } from './steps.mjs';

const inputs = [
  'src',
  'resources',
  'messages',
  'project.inlang/settings.json',
  'electron.vite.config.ts',
  'scripts/code-cache',
  'scripts/lib/code-cache.mjs',
  'scripts/lib/split-messages.mjs',
  'scripts/lib/still-icons.mjs',
  'package.json',
  'package-lock.json',
];
const generated = join('src', 'shared', 'messages', 'generated');
const hashFile = fromRoot('out', 'sources.sha256');
const outputs = ['main/index.cjs', 'preload/index.cjs', 'renderer/index.html'];

export async function ensureBuild() {
  const ready = isBuilt();
  await step('Build', ready ? '' : 'electron-vite, a few seconds', async (report) => {
    if (ready) return report('ready');
    const lock = cacheFolder(`build-${createHash('sha256').update(root).digest('hex').slice(0, 16)}.lock`);
    await withLock(lock, async () => {
      if (!isBuilt()) await build();
    });
    report('built');
  });
}

function isBuilt() {
  const complete = outputs.every((name) => existsSync(fromRoot('out', name)));
  return complete && existsSync(hashFile) && readFileSync(hashFile, 'utf8') === sourceHash();
}

async function build() {
  const hash = sourceHash();
  rmSync(hashFile, { force: true });
  await mustRun(process.execPath, [toolPath('electron-vite'), 'build'], {
    cwd: root,
    env: toolEnvironment({ NODE_ENV: 'production' }),
    failure: 'The build failed',
  });
  if (!(await makeCodeCache(fromRoot('out', 'main')))) {
    note('without a code cache: the application will start more slowly');
  }
  writeFileSync(hashFile, hash);
}

function sourceHash() {
  const hash = createHash('sha256');
  for (const path of inputs.flatMap((input) => listFiles(fromRoot(input)))) {
    hash
      .update(`${relative(root, path)}\0`)
      .update(readFileSync(path))
      .update('\0');
  }
  return hash.digest('hex');
}

/** All files under a path, sorted; the words that the build itself generates are not an input. */
function listFiles(path) {
  if (!existsSync(path) || relative(root, path) === generated) return [];
  if (statSync(path).isFile()) return [path];
  return readdirSync(path)
    .sort()
    .flatMap((name) => listFiles(join(path, name)));
}
