/**
 * A Vitest reporter that writes what a run came to as one small JSON file, named by CLINIC_ALLOCATOR_TALLY: passed
 * and failed counts, and each skipped test with its reason. Files that fail to load and errors outside any
 * test count as failures, so that nothing can fail silently. Prints nothing.
 */
import { writeFileSync } from 'node:fs';
import { relative } from 'node:path';

export default class TallyReporter {
  onTestRunEnd(testModules, unhandledErrors) {
    const tally = tallyModules(testModules);
    tally.failed += unhandledErrors.length;
    writeFileSync(process.env.CLINIC_ALLOCATOR_TALLY, JSON.stringify(tally));
  }
}

/** @returns {{ passed: number, failed: number, skipped: { name: string, reason: string }[] }} */
export function tallyModules(testModules) {
  const tally = { passed: 0, failed: 0, skipped: [] };
  for (const module of testModules) {
    for (const test of module.children.allTests()) addTest(tally, module, test);
    tally.failed += countBrokenSuites(module);
  }
  return tally;
}

function addTest(tally, module, test) {
  const { state, note } = test.result();
  if (state === 'passed') tally.passed += 1;
  else if (state === 'skipped')
    tally.skipped.push({ name: `${fileOf(module)}: ${test.fullName}`, reason: note ?? 'no reason given' });
  else tally.failed += 1;
}

/** A file or group that broke outside its tests: it did not load, or a hook failed. */
function countBrokenSuites(module) {
  const suites = [module, ...module.children.allSuites()];
  return suites.filter((suite) => suite.errors().length > 0).length;
}

function fileOf(module) {
  return relative(process.cwd(), module.moduleId);
}
