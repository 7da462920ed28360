/**
 * Whether this runs on the Electron the project is made for. A package says so in its own `package.json`; elsewhere the
 * version decides, because only a stand-in runtime differs from the pinned one.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

const manifestField = z.object({
  runtimeFlavor: z.string().optional(),
  devDependencies: z.object({ electron: z.string() }).optional(),
});

/**
 * @param appFolder        folder or archive with the application's `package.json`
 * @param electronVersion  of the runtime, `process.versions.electron`
 */
export function runtimeFlavor(appFolder: string, electronVersion: string): string {
  const manifest = manifestField.parse(JSON.parse(readFileSync(join(appFolder, 'package.json'), 'utf8')));
  if (manifest.runtimeFlavor !== undefined) return manifest.runtimeFlavor;
  return manifest.devDependencies?.electron === electronVersion ? 'pinned' : 'testruntime';
}
