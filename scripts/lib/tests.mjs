/**
 * Runs the tests' projects one after the other and says what they came to together. Windows open on a virtual
 * display of our own on Linux, so that tests neither need a screen nor disturb the one that is there.
 */
import { randomInt } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
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
const faultGroup = { title: 'Faults: power cuts, kills, disks, flipped bytes', projects: ['faults'] };
const shortFaults = { ...faultGroup, expect: 'the short form, about 1 minute' };
const longFaults = { ...faultGroup, expect: 'every case, 20 to 60 minutes' };
const longGroup = { title: 'Long tests', projects: ['full'], expect: '5 to 30 minutes' };

/** How far the sweeps go in the long runs; `npm test` takes a short version of each. */
const sweeps = { ALLOCATOR_CASES: '10000', PROPERTY_SEED: String(randomInt(2 ** 31)) };
const faultSweeps = {
  FAULTS_CUTS: '4500',
  FAULTS_COMMANDS: '240',
  FAULTS_KILLS: '60',
  FAULTS_WINDOW_KILLS: '50',
  FAULTS_IO: 'all',
  FAULTS_FLIPS: '128',
  FAULTS_HISTORIES: '10000',
  FAULTS_CLOCKS: '300',
};

/** Whether the tests will open windows on a display that has to be started first. */
export const testsNeedVirtualDisplay = process.platform === 'linux';

/** @returns what all groups came to: `{ passed, failed, skipped: { name, reason }[] }` */
export async function runTests(runtime, { full = false, faults = false } = {}) {
  const folder = temporaryFolder('tests');
  const display = testsNeedVirtualDisplay ? await startVirtualDisplay() : {};
  const faultCounts = join(folder, 'faults.jsonl');
  const environment = {
    ...runtimeEnvironment(runtime),
    ...display,
    ...(full ? sweeps : {}),
    ...(faults ? { ...faultSweeps, CLINIC_ALLOCATOR_FAULTS: faultCounts } : {}),
  };
  const tallies = [];
  for (const group of groupsOf(full, faults)) {
    const file = join(folder, `${group.projects[0]}.json`);
    tallies.push(await runGroup(group, { ...environment, CLINIC_ALLOCATOR_TALLY: file }, file));
  }
  if (faults && existsSync(faultCounts)) say(faultTable(readFileSync(faultCounts, 'utf8')));
  return addTallies(tallies);
}

function groupsOf(full, faults) {
  if (faults) return [longFaults];
  return full ? [...groups, shortFaults, longGroup] : [...groups, shortFaults];
}

/** @param text  one JSON line per row, as test/support/faults/tally.ts writes them */
export function faultTable(text) {
  const lines = text.split('\n').filter((line) => line !== '');
  const rows = [
    ['fault', 'cases', 'held'],
    ...lines.map((line) => JSON.parse(line)).map((row) => [row.fault, row.cases, row.result]),
  ];
  const widths = [0, 1].map((column) => Math.max(...rows.map((row) => row[column].length)));
  return rows
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
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
