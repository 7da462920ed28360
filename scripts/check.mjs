/**
 * `npm run check`: format, lint, types, svelte-check, then the tests; what continuous integration runs. All static checks
 * are run and reported; the tests follow only when these pass. Closes with the same line as `npm test`,
 * in which each static check counts as one.
 */
import { bootstrap } from './lib/bootstrap.mjs';
import { fromRoot, root, toolEnvironment, toolPath } from './lib/project.mjs';
import { run } from './lib/run.mjs';
import { say, step } from './lib/steps.mjs';

const checks = [
  {
    title: 'Format',
    expect: 'prettier',
    tool: () => toolPath('prettier'),
    args: ['--check', '--log-level=warn', '.'],
    fix: 'npm run format',
  },
  {
    title: 'Lint',
    expect: 'eslint',
    tool: () => toolPath('eslint'),
    args: ['--max-warnings=0', '.'],
    fix: 'npm run lint',
  },
  {
    title: 'Types',
    expect: 'tsc, one project per layer',
    tool: () => toolPath('typescript', 'tsc'),
    args: ['--build'],
    fix: 'npm run types',
  },
  {
    title: 'Types in Svelte files',
    expect: 'svelte-check',
    tool: () => toolPath('svelte-check'),
    args: ['--tsconfig', fromRoot('src', 'renderer', 'tsconfig.json'), '--fail-on-warnings'],
    fix: 'npm run svelte-check',
  },
  {
    title: "Types in the window's tests",
    expect: 'svelte-check',
    tool: () => toolPath('svelte-check'),
    args: ['--tsconfig', fromRoot('test', 'renderer', 'tsconfig.json'), '--fail-on-warnings'],
    fix: 'npm run svelte-check:tests',
  },
];

await bootstrap(import.meta.url, async () => {
  const { setUp } = await import('./lib/set-up.mjs');
  const { ensureBuild } = await import('./lib/build.mjs');
  const { addTallies, describeTally, runTests, testsNeedVirtualDisplay } = await import('./lib/tests.mjs');
  const runtime = await setUp({ display: testsNeedVirtualDisplay });
  await ensureBuild();
  const failed = [];
  for (const check of checks) if (!(await passes(check))) failed.push(check);
  const tallies = [{ passed: checks.length - failed.length, failed: failed.length, skipped: [] }];
  if (failed.length === 0) tallies.push(await runTests(runtime));
  else
    say(`Failed: ${failed.map(({ title, fix }) => `${title} (${fix})`).join(', ')}. The tests were not run.`);
  const tally = addTallies(tallies);
  say(describeTally(tally));
  return tally.failed === 0 ? 0 : 1;
});

function passes({ title, expect, tool, args }) {
  return step(title, expect, async (report) => {
    const { code } = await run(process.execPath, [tool(), ...args], {
      cwd: root,
      env: toolEnvironment(),
      inherit: true,
    });
    report(code === 0 ? 'passed' : 'FAILED');
    return code === 0;
  });
}
