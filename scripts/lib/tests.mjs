/**
 * Runs the tests' projects one after the other and says what they came to together. Windows open on a virtual
 * display of our own on Linux, so that tests neither need a screen nor disturb the one that is there.
 */
import { join } from 'node:path';
import { startVirtualDisplay } from './display.mjs';
import { temporaryFolder } from './endings.mjs';
import { fromRoot, readJsonOrNull, root, toolPath } from './project.mjs';
import { run } from './run.mjs';
import { runtimeEnvironment } from './runtime.mjs';
import { say, step } from './steps.mjs';

const groups = [
  { title: 'Unit, property and component tests', projects: ['unit', 'component'], expect: '1 to 3 minutes' },
  { title: 'End-to-end tests in a real window', projects: ['e2e'], expect: '1 to 4 minutes' },
];
const longGroup = { title: 'Long tests', projects: ['full'], expect: '5 to 30 minutes' };

/** How far the fault sweeps go in the long run; `npm test` takes a short version of each. */
const sweeps = { LEDGER_HISTORIES: '1000', LEDGER_KILLS: '50', ALLOCATOR_CASES: '10000' };

/** Whether the tests will open windows on a display that has to be started first. */
export const testsNeedVirtualDisplay = process.platform === 'linux';

/** @returns what all groups came to: `{ passed, failed, skipped: { name, reason }[] }` */
export async function runTests(runtime, { full = false } = {}) {
  const folder = temporaryFolder('tests');
  const display = testsNeedVirtualDisplay ? await startVirtualDisplay() : {};
  const environment = { ...runtimeEnvironment(runtime), ...display, ...(full ? sweeps : {}) };
  const tallies = [];
  for (const group of full ? [...groups, longGroup] : groups) {
    const file = join(folder, `${group.projects[0]}.json`);
    tallies.push(await runGroup(group, { ...environment, CLINIC_ALLOCATOR_TALLY: file }, file));
  }
  return addTallies(tallies);
}

async function runGroup(group, env, tallyFile) {
  return step(group.title, group.expect, async (report) => {
    const projects = group.projects.map((name) => `--project=${name}`);
    const reporters = [
      '--reporter=default',
      `--reporter=${fromRoot('scripts', 'lib', 'tally-reporter.mjs')}`,
    ];
    const args = [toolPath('vitest'), 'run', '--allowOnly=false', ...projects, ...reporters];
    const { code } = await run(process.execPath, args, { cwd: root, env, inherit: true });
    const tally = readTally(tallyFile, code, group.title);
    report(`${tally.passed} passed, ${tally.failed} failed`);
    return tally;
  });
}

/** A run that ended badly without saying how counts as one failure. */
function readTally(file, code, title) {
  const tally = readJsonOrNull(file) ?? { passed: 0, failed: 0, skipped: [] };
  if (code !== 0 && tally.failed === 0) {
    say(`${title}: the test run itself ended with code ${code}`);
    return { ...tally, failed: 1 };
  }
  return tally;
}

export function addTallies(tallies) {
  return {
    passed: tallies.reduce((sum, tally) => sum + tally.passed, 0),
    failed: tallies.reduce((sum, tally) => sum + tally.failed, 0),
    skipped: tallies.flatMap((tally) => tally.skipped),
  };
}

/** Lists the skips with their reasons, then the one closing line. */
export function describeTally({ passed, failed, skipped }) {
  const lines = skipped.map(({ name, reason }) => `skipped: ${name} (${reason})`);
  const skips = skipped.length === 0 ? '' : `, ${skipped.length} skipped`;
  return [...lines, `${passed} passed, ${failed} failed${skips}`].join('\n');
}
