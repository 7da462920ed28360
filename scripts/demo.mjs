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
/** The last whole month before the demonstration's Wednesday, 18 November 2026. */
const reportedMonth = '2026-10';
const formats = ['csv', 'xlsx', 'pdf', 'json'];
const routes = [
  'today',
  'workspace/records',
  'workspace/imaging',
  'workspace/insurance',
  'workspace/research',
  'workspace/monitoring',
  'pools',
  'whatif',
  'pathways',
  'import',
  'reports',
  'settings',
];

await bootstrap(import.meta.url, async () => {
  const { setUp } = await import('./lib/set-up.mjs');
  const { ensureBuild } = await import('./lib/build.mjs');
  const runtime = await setUp({ display: process.platform === 'linux' });
  await ensureBuild();
  const folder = temporaryFolder('demo');
  const env = process.platform === 'linux' ? await startVirtualDisplay() : {};
  for (const language of languages) {
    await photographScreens({ runtime, env, ledger: ledgerOf(folder, language), language });
  }
  await step('Reports', `${formats.join(', ')} in both languages`, async (report) => {
    for (const language of languages) {
      const out = emptyFolder('reports', language);
      const ledger = ledgerOf(folder, language);
      for (const format of formats) await exportReport({ runtime, ledger, language, format, folder: out });
    }
    report(`${languages.length * formats.length} files`);
  });
  say(`Everything is in ${fromRoot('demo')}`);
});

/** A sample per language, because its people are named in one. */
function ledgerOf(folder, language) {
  return join(folder, `${language}.ledger`);
}

async function photographScreens({ runtime, env, ledger, language }) {
  const { goTo, openWindow, resizeWindow, takeScreenshot } = await import('./lib/app-window.mjs');
  const folder = emptyFolder('screens', language);
  await step(`Screens, ${language}`, '10 to 20 s', async (report) => {
    const window = await openWindow({ runtime, env, ledger, language, extra: ['--demo'] });
    endOnSignals(() => 130);
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
  const out = join(folder, `utilization-${reportedMonth}.${format}`);
  const headless = process.platform === 'linux' ? ['--ozone-platform=headless'] : [];
  const clinic = ['--ledger', ledger, '--demo', '--language', language];
  const request = ['export', '--period', reportedMonth, '--format', format, '--out', out];
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

function emptyFolder(...parts) {
  const folder = fromRoot('demo', ...parts);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  return folder;
}
