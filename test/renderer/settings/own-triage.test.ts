/** The form of a clinic's own triage levels: wrong fields are named where they are, once somebody has tried to save. */
import { expect, it } from 'vitest';
import { OwnTriage } from '../../../src/renderer/screens/settings/own-triage.svelte.ts';
import { triageLevels } from '../../../src/shared/domain/urgency.ts';

function three(): OwnTriage {
  const own = new OwnTriage();
  own.take(triageLevels({ triagePreset: 'manchester' }).slice(0, 3));
  return own;
}
const rowAt = (own: OwnTriage, at: number) => {
  const row = own.rows[at];
  if (!row) throw new Error('no such row');
  return row;
};

it('begins with the levels it is given and gives them back', () => {
  const own = three();
  expect(own.isWhole).toBe(true);
  expect(own.levels).toEqual(triageLevels({ triagePreset: 'manchester' }).slice(0, 3));
});

it('adds the next free class in its place, to be named', () => {
  const own = three();
  own.remove(1);
  own.add();
  expect(own.rows.map(({ urgency }) => urgency)).toEqual([1, 2, 3]);
  expect(own.isWhole).toBe(false);
  expect(own.problem(1, 'name')).toBe(null);
  own.areFaultsShown = true;
  expect(own.problem(1, 'name')).toBe('Give it a name in at least one language.');
  rowAt(own, 1).zh = '急';
  expect(own.isWhole).toBe(true);
  expect(own.levels[1]?.name).toEqual({ en: '急', zh: '急' });
});

it.each([
  ['urgency', { urgency: 1 }, /higher class/],
  ['target', { target: null }, /number of minutes/],
  ['target', { target: 5 }, /Not less/],
] as const)('names a wrong %s', (field, spoilt, want) => {
  const own = three();
  Object.assign(rowAt(own, 2), spoilt);
  own.areFaultsShown = true;
  expect(own.problem(2, field)).toMatch(want);
  expect(own.isWhole).toBe(false);
});
