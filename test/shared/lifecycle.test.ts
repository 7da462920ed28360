import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { nextState, TASK_STATES, TRANSITIONS } from '../../src/shared/domain/lifecycle.ts';

describe('the life of a task', () => {
  it('stands in the glossary row by row as in the code', () => {
    const glossary = readFileSync(new URL('../../docs/glossary.md', import.meta.url), 'utf8');
    const table = glossary.split('<!-- lifecycle -->')[1]?.split('<!-- /lifecycle -->')[0] ?? '';
    const rows = table
      .trim()
      .split('\n')
      .slice(2)
      .map((line) =>
        line
          .split('|')
          .slice(1, -1)
          .map((cell) => cell.trim()),
      );
    expect(rows).toEqual(TRANSITIONS.map((row) => [row.from, row.action, row.to, row.by]));
  });

  it('leaves no state without a way in, and ends for good in three', () => {
    const reached = new Set(TRANSITIONS.map((row) => row.to));
    const left = new Set(TRANSITIONS.map((row) => row.from));
    expect(TASK_STATES.filter((state) => !reached.has(state))).toEqual([]);
    expect(TASK_STATES.filter((state) => !left.has(state))).toEqual(['finished', 'released', 'cancelled']);
  });

  it('gives every state at most one outcome for an action', () => {
    const keys = TRANSITIONS.map((row) => `${row.from} ${row.action}`);
    expect(new Set(keys).size).toBe(keys.length);
    expect(nextState('finished', 'start')).toBeNull();
  });
});
