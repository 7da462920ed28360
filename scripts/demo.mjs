/**
 * `npm run demo`: the main job without hands. Opens the sample clinic in a temporary ledger, saves a picture of every
 * screen in both languages and a utilization report in every format and language into demo/, and fails loudly when
 * one of them does not come. Replaces only what it made itself before.
 */
import { existsSync, mkdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { bootstrap } from './lib/bootstrap.mjs';
import { startVirtualDisplay } from './lib/display.mjs';
import { endOnSignals, temporaryFolder } from './lib/endings.mjs';
import { fromRoot, root } from './lib/project.mjs';
import { mustRun } from './lib/run.mjs';
import { note, say, step, StepError } from './lib/steps.mjs';

const languages = ['en', 'zh'];
const formats = ['csv', 'xlsx', 'pdf', 'json'];
const routes = [
  'today',
  'workspace/records',
  'workspace/imaging',
  'workspace/insurance',
  'workspace/research',
  'workspace/monitoring',
  'pools',
  'import',
  'reports',
];

await bootstrap(import.meta.url, async () => {
  const { setUp } = await import('./lib/set-up.mjs');
  const { ensureBuild } = await import('./lib/build.mjs');
  const runtime = await setUp({ display: process.platform === 'linux' });
  await ensureBuild();
  endOnSignals(130);
  const ledger = join(temporaryFolder('demo'), 'sample.ledger');
  const env = process.platform === 'linux' ? await startVirtualDisplay() : {};
  for (const language of languages) await photographScreens({ runtime, env, ledger, language });
  await step('Reports', `${formats.join(', ')} in both languages`, async (report) => {
    for (const language of languages) {
      const folder = emptyFolder('reports', language);
      for (const format of formats) await exportReport({ runtime, ledger, language, format, folder });
    }
    report(`${languages.length * formats.length} files`);
  });
  say(`Everything is in ${fromRoot('demo')}`);
});

async function photographScreens({ runtime, env, ledger, language }) {
  const { goTo, openWindow, resizeWindow, takeScreenshot } = await import('./lib/app-window.mjs');
  const folder = emptyFolder('screens', language);
  await step(`Screens, ${language}`, '10 to 20 s', async (report) => {
    const window = await openWindow({ runtime, env, ledger, language, sample: true });
    try {
      await resizeWindow(window.electronApp, 1440, 900);
      for (const route of routes) {
        await goTo(window.page, route);
        const picture = join(folder, `${route.replace('/', '-')}.png`);
        await takeScreenshot(window.page, picture);
        note(picture);
      }
    } finally {
      await window.close();
    }
    report(`${routes.length} pictures`);
  });
}

async function exportReport({ runtime, ledger, language, format, folder }) {
  const { sandboxArguments } = await import('./lib/app-window.mjs');
  const { runtimeEnvironment } = await import('./lib/runtime.mjs');
  const out = join(folder, `utilization-${lastMonth()}.${format}`);
  const headless = process.platform === 'linux' ? ['--ozone-platform=headless'] : [];
  const clinic = ['--ledger', ledger, '--sample', '--language', language];
  const request = ['export', '--period', lastMonth(), '--format', format, '--out', out];
  await mustRun(runtime.executable, [root, ...sandboxArguments(), ...headless, ...clinic, ...request], {
    cwd: root,
    env: runtimeEnvironment(runtime),
    timeoutMs: 120_000,
    failure: `The ${format} report (${language}) was not made`,
  });
  if (!existsSync(out) || statSync(out).size === 0)
    throw new StepError(`The ${format} report (${language}) is missing: ${out}`);
  note(out);
}

/** The sample's history reaches eight weeks back, so the last whole month is the fullest one. */
function lastMonth() {
  const today = new Date();
  const first = new Date(Date.UTC(today.getFullYear(), today.getMonth() - 1, 1));
  return first.toISOString().slice(0, 7);
}

function emptyFolder(...parts) {
  const folder = fromRoot('demo', ...parts);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  return folder;
}
