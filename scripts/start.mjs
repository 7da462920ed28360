/**
 * `npm start`: sets up, builds and opens the application; what follows `--` goes to it. Without a display it opens
 * the sample clinic in a temporary ledger on a virtual one, saves pictures of Today in both languages, and keeps
 * running until Ctrl+C. Never touches a clinic's own ledger in that case.
 */
import { spawn } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { bootstrap } from './lib/bootstrap.mjs';
import { hasDisplay, startVirtualDisplay } from './lib/display.mjs';
import { atEnd, endOnSignals, temporaryFolder } from './lib/endings.mjs';
import { fromRoot, root } from './lib/project.mjs';
import { note, say, step } from './lib/steps.mjs';

await bootstrap(import.meta.url, async () => {
  const { setUp } = await import('./lib/set-up.mjs');
  const { ensureBuild } = await import('./lib/build.mjs');
  const runtime = await setUp({ display: !hasDisplay() });
  await ensureBuild();
  return hasDisplay() ? openForUser(runtime) : showOnVirtualDisplay(runtime);
});

/** The window is the user's: this script only waits for it. */
async function openForUser(runtime) {
  const { windowArguments } = await import('./lib/app-window.mjs');
  const { runtimeEnvironment } = await import('./lib/runtime.mjs');
  say('Opening the application; close its window, or press Ctrl+C here, to stop.');
  const args = [root, ...windowArguments({ extra: process.argv.slice(2) })];
  const child = spawn(runtime.executable, args, { stdio: 'inherit', env: runtimeEnvironment(runtime) });
  const exited = new Promise((resolve, reject) => child.on('error', reject).on('exit', resolve));
  atEnd(() => {
    child.kill('SIGTERM');
    return exited;
  });
  endOnSignals(() => 0);
  return exited;
}

async function showOnVirtualDisplay(runtime) {
  const { openWindow, resizeWindow, takeScreenshot } = await import('./lib/app-window.mjs');
  const pictures = fromRoot('demo', 'start');
  mkdirSync(pictures, { recursive: true });
  const window = await step(
    'Sample clinic on a virtual display',
    'there is no display here; about 10 s',
    async () => {
      const env = await startVirtualDisplay();
      const ledger = join(temporaryFolder('sample'), 'sample.ledger');
      let opened = null;
      for (const language of ['zh', 'en']) {
        await opened?.close();
        opened = await openWindow({ runtime, env, ledger, language, sample: true });
        await resizeWindow(opened.electronApp, 1440, 900);
        const picture = join(pictures, `today-${language}.png`);
        await takeScreenshot(opened.page, picture);
        note(`Today, ${language}: ${picture}`);
      }
      return opened;
    },
  );
  atEnd(() => window.close());
  endOnSignals(() => 0);
  say('The application is running on the virtual display. Ctrl+C to stop.');
  await new Promise((resolve) => window.electronApp.on('close', resolve));
}
