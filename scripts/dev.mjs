/**
 * `npm run dev`: sets up and runs electron-vite's development server with the runtime of this machine, reloading
 * what changes. What follows `--` goes to the application.
 */
import { bootstrap } from './lib/bootstrap.mjs';
import { root, toolPath } from './lib/project.mjs';
import { run } from './lib/run.mjs';

await bootstrap(import.meta.url, async () => {
  const { setUp } = await import('./lib/set-up.mjs');
  const { windowArguments } = await import('./lib/app-window.mjs');
  const { runtimeEnvironment } = await import('./lib/runtime.mjs');
  const runtime = await setUp();
  const args = [toolPath('electron-vite'), 'dev', '--', ...windowArguments({ extra: process.argv.slice(2) })];
  return (await run(process.execPath, args, { cwd: root, env: runtimeEnvironment(runtime), inherit: true }))
    .code;
});
