/** What the palette finds, in what order, in either language. */
import { describe, expect, it } from 'vitest';
import { screensOf } from '../../../src/renderer/shell/palette.ts';
import { matchingGroups } from '../../../src/renderer/shell/palette-groups.ts';

const entry = (id: string, label: string, other: string) => ({
  id,
  label,
  keywords: [other],
  run: () => undefined,
});
const screens = {
  id: 'screens',
  heading: 'Screens',
  entries: [entry('pools', 'Pools', '资源池'), entry('settings', 'Settings', '设置')],
};
const tasks = { id: 'tasks', heading: 'Tasks', isFound: true, entries: [entry('t-1', 'Visit', '')] };

const idsOf = (typed: string, groups = [tasks, screens]) =>
  matchingGroups(groups, typed).map(({ id, entries }) => [id, entries.map((each) => each.id)]);

describe('the palette', () => {
  it('offers everything while nothing is typed', () => {
    expect(idsOf('')).toEqual([
      ['tasks', ['t-1']],
      ['screens', ['pools', 'settings']],
    ]);
  });

  it('finds by a part of the name, and in the other language', () => {
    expect(idsOf('sett', [screens])).toEqual([['screens', ['settings']]]);
    expect(idsOf('资源', [screens])).toEqual([['screens', ['pools']]]);
  });

  it('puts the best answer first', () => {
    const both = { ...screens, entries: [entry('b', 'Change pools', ''), entry('a', 'Pools', '')] };
    expect(idsOf('pools', [both])).toEqual([['screens', ['a', 'b']]]);
  });

  it('puts the group with the best answer first, because Enter takes it', () => {
    const weak = { ...screens, entries: [entry('x', 'Display of art and ink', '')] };
    const actions = { id: 'actions', heading: '', entries: [entry('theme-dark', 'Dark colours', '')] };
    expect(idsOf('dark', [weak, actions])[0]).toEqual(['actions', ['theme-dark']]);
  });

  it('leaves tasks as they were found, and groups without an answer out', () => {
    expect(idsOf('nobody')).toEqual([['tasks', ['t-1']]]);
    expect(idsOf('zzz', [screens])).toEqual([]);
  });

  it('names every screen in words, none by its address', () => {
    const all = screensOf(() => undefined);
    expect(all.map(({ id }) => id)).toContain('pathways');
    expect(all.filter(({ id, label }) => id === label)).toEqual([]);
  });
});
