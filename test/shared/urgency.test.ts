/** Triage levels: what a class is called and how long it may wait, under every preset and a clinic's own. */
import { expect, it } from 'vitest';
import type { TriageLevel, UrgencyClass } from '../../src/shared/domain/urgency.ts';
import { areTriageLevels, levelOf, triageLevels, triageTargets } from '../../src/shared/domain/urgency.ts';
import { sameText } from '../../src/shared/domain/local-text.ts';
import { MINUTE, seconds } from '../../src/shared/units.ts';

const level = (urgency: UrgencyClass, minutes: number): TriageLevel => ({
  urgency,
  name: sameText(`L${urgency}`),
  targetSeconds: seconds(minutes * MINUTE),
});
const minutes = (targets: readonly number[]) => targets.map((target) => target / MINUTE);

it.each([
  ['manchester', [0, 10, 60, 120, 240]],
  ['china', [0, 10, 30, 240]],
  ['esi', [0, 10, 30, 60, 120]],
] as const)('%s has its levels, each named in both languages', (triagePreset, want) => {
  expect(minutes(triageTargets({ triagePreset }))).toEqual(want);
  const names = triageLevels({ triagePreset }).map(({ name }) => name);
  expect(new Set(names.map(({ en }) => en)).size).toBe(want.length);
  expect(new Set(names.map(({ zh }) => zh)).size).toBe(want.length);
});

it("treats a class without a level of the clinic's own as the next more urgent one", () => {
  const own = { triagePreset: 'own', ownTriage: [level(2, 15), level(4, 90)] } as const;
  expect(minutes(triageTargets(own))).toEqual([15, 15, 15, 90, 90]);
  expect(levelOf(own.ownTriage, 3)?.name.en).toBe('L2');
  expect(levelOf(own.ownTriage, 1)?.name.en).toBe('L2');
});

it.each([
  ['none', [], false],
  ['one', [level(3, 30)], true],
  ['in order', [level(1, 0), level(3, 30), level(5, 30)], true],
  ['a class twice', [level(2, 0), level(2, 30)], false],
  ['out of order', [level(4, 0), level(2, 30)], false],
  ['the more urgent waits longer', [level(1, 30), level(2, 10)], false],
] as const)('levels: %s', (_name, levels, isAccepted) => {
  expect(areTriageLevels(levels)).toBe(isAccepted);
});
