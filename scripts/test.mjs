/**
 * `npm test`, `npm run test:full` (--full) and `npm run test:faults` (--faults): sets up, builds, runs the tests, and
 * closes with one plain line `N passed, N failed`. Ends with 0 only when nothing failed.
 */
import { bootstrap } from './lib/bootstrap.mjs';
import { say } from './lib/steps.mjs';

await bootstrap(import.meta.url, async () => {
  const { setUp } = await import('./lib/set-up.mjs');
  const { ensureBuild } = await import('./lib/build.mjs');
  const { describeTally, runTests, testsNeedVirtualDisplay } = await import('./lib/tests.mjs');
  const runtime = await setUp({ display: testsNeedVirtualDisplay });
  await ensureBuild();
  const tally = await runTests(runtime, {
    full: process.argv.includes('--full'),
    faults: process.argv.includes('--faults'),
  });
  say(describeTally(tally));
  return tally.failed === 0 && tally.passed > 0 ? 0 : 1;
});
