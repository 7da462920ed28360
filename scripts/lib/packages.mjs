/**
 * Runs electron-builder without any download: it gets the Electron that is here, 7-Zip from the npm registry, and our
 * stand-in for fpm. Adds to electron-builder.yml only what depends on this machine and never publishes anything.
 */
import { chmodSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fromRoot, packageJson, root } from './project.mjs';
import { isReleaseRuntime } from './runtime.mjs';
import { needsRebuild } from './sqlite-native.mjs';

/** @returns {Promise<string[]>} the paths of the packages, without electron-builder's other outputs */
export async function makePackages(runtime, targets) {
  prepareTools(runtime);
  const { Arch, build, Platform } = await import('electron-builder');
  const platform = Platform.current();
  const made = await build({
    projectDir: root,
    targets: platform.createTarget(targets, Arch[process.arch]),
    publish: 'never',
    config: machineConfig(runtime),
  });
  return made.filter((file) => !file.endsWith('.blockmap') && !file.endsWith('.yml'));
}

/** Packages for testing are packed quickly, those for clinics tightly (33 s against 145 s for the .deb, 81 and 72 MB). */
function prepareTools(runtime) {
  const { path7za } = createRequire(import.meta.url)('7zip-bin');
  chmodSync(path7za, 0o755);
  process.env.ELECTRON_BUILDER_7ZIP_PATH = path7za;
  process.env.CUSTOM_FPM_PATH = fromRoot('scripts', 'packaging', 'fpm.mjs');
  process.env.ELECTRON_BUILDER_COMPRESSION_LEVEL = isReleaseRuntime(runtime) ? '6' : '1';
}

function machineConfig(runtime) {
  const flavor = packageFlavor(runtime);
  return {
    electronDist: runtime.folder,
    electronVersion: runtime.version,
    extraMetadata: { ...flavor, desktopName: 'clinic-allocator.desktop' },
    files: nativeFiles(runtime),
    afterExtract: removeDefaultApp,
  };
}

/** A package on a stand-in runtime says so in its version, its file name and, through `runtimeFlavor`, in About. */
export function packageFlavor(runtime) {
  const { version } = packageJson();
  if (isReleaseRuntime(runtime)) return { version, runtimeFlavor: 'pinned' };
  return { version: `${version}+testruntime`, runtimeFlavor: 'testruntime' };
}

/** better-sqlite3's one native file that fits: the rebuilt one, or the prebuilt one of the target platform. */
function nativeFiles(runtime) {
  const folder = 'node_modules/better-sqlite3';
  if (needsRebuild(runtime)) return [`!${folder}/prebuilds`, `!${folder}/build/Release/*.origin`];
  return [`!${folder}/build`, `!${folder}/prebuilds`, `${folder}/prebuilds/\${platform}-\${arch}.node`];
}

function removeDefaultApp({ appOutDir, packager }) {
  rmSync(join(packager.getResourcesDir(appOutDir), 'default_app.asar'), { force: true });
  rmSync(join(appOutDir, 'version'), { force: true });
}
