/**
 * `npm run package` makes packages on whichever Electron runs here; on a stand-in runtime they carry `+testruntime`.
 * `npm run release` makes every package of this platform, and only on the pinned Electron: it refuses a stand-in.
 * `-- --targets deb,tar.gz` makes just these. Results are in dist/.
 */
import { rmSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { bootstrap } from './lib/bootstrap.mjs';
import { fromRoot, packageJson } from './lib/project.mjs';
import { note, step, StepError } from './lib/steps.mjs';

const offlineTargets = { linux: ['deb', 'tar.gz'], darwin: ['dmg'], win32: ['nsis', 'msi'] };
const releaseTargets = { ...offlineTargets, linux: ['deb', 'tar.gz', 'AppImage'] };

await bootstrap(import.meta.url, async () => {
  const { values } = parseArgs({
    options: { release: { type: 'boolean', default: false }, targets: { type: 'string' } },
  });
  const { setUp } = await import('./lib/set-up.mjs');
  const { isReleaseRuntime } = await import('./lib/runtime.mjs');
  const { ensureBuild } = await import('./lib/build.mjs');
  const { makePackages } = await import('./lib/packages.mjs');
  const runtime = await setUp({ askAgain: values.release });
  if (values.release && !isReleaseRuntime(runtime)) throw refusal(runtime);
  await ensureBuild();
  const defaults = (values.release ? releaseTargets : offlineTargets)[process.platform];
  await step('Packages', 'electron-builder, 1 to 2 minutes', async (report) => {
    rmSync(fromRoot('dist'), { recursive: true, force: true });
    const files = await makePackages(runtime, values.targets?.split(',') ?? defaults);
    for (const file of files) note(file);
    report(`${files.length} made`);
  });
});

function refusal(runtime) {
  const pinned = packageJson().devDependencies.electron;
  return new StepError(
    `Refused: a release is made only on the pinned Electron ${pinned}, and this machine has Electron ${runtime.version} as a stand-in.`,
    {
      next: 'Where Electron’s downloads (or a mirror, ELECTRON_MIRROR) are in reach, run this again. `npm run package` makes packages for testing.',
      exitCode: 4,
    },
  );
}
