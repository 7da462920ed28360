/**
 * The one line that `npm test` closes with: nothing that failed may be missing from it.
 */
import { describe, expect, test } from 'vitest';
import { tallyModules } from '../../scripts/lib/tally-reporter.mjs';
import { addTallies, describeTally } from '../../scripts/lib/tests.mjs';

function fakeTest(fullName, result) {
  return { fullName, result: () => result };
}

function fakeFile({ tests = [], suites = [], errors = [] }) {
  return {
    moduleId: `${process.cwd()}/test/some.test.ts`,
    errors: () => errors,
    children: { allTests: () => tests, allSuites: () => suites },
  };
}

describe('the count of a run', () => {
  test('tells passed, failed and skipped apart, and keeps the reasons', () => {
    const tests = [
      fakeTest('adds', { state: 'passed' }),
      fakeTest('subtracts', { state: 'failed' }),
      fakeTest('reads', { state: 'skipped', note: 'the folder is absent' }),
      fakeTest('writes', { state: 'skipped' }),
    ];
    expect(tallyModules([fakeFile({ tests })])).toEqual({
      passed: 1,
      failed: 1,
      skipped: [
        { name: 'test/some.test.ts: reads', reason: 'the folder is absent' },
        { name: 'test/some.test.ts: writes', reason: 'no reason given' },
      ],
    });
  });

  test('counts a test that never ended as failed', () => {
    expect(tallyModules([fakeFile({ tests: [fakeTest('hangs', { state: 'pending' })] })]).failed).toBe(1);
  });

  test('counts a file that did not load, and a group whose hook failed, as failed', () => {
    const broken = { errors: () => [new Error('hook')] };
    expect(tallyModules([fakeFile({ errors: [new Error('syntax')] })]).failed).toBe(1);
    expect(tallyModules([fakeFile({ suites: [broken] })]).failed).toBe(1);
  });
});

describe('the closing line', () => {
  test('is the last line, after the skips with their reasons', () => {
    const tally = addTallies([
      { passed: 3, failed: 0, skipped: [{ name: 'a', reason: 'no root' }] },
      { passed: 2, failed: 1, skipped: [] },
    ]);
    expect(describeTally(tally)).toBe('skipped: a (no root)\n5 passed, 1 failed, 1 skipped');
  });

  test('is short when nothing was skipped', () => {
    expect(describeTally({ passed: 7, failed: 0, skipped: [] })).toBe('7 passed, 0 failed');
  });
});
