/** Which ordered lists are kept: a workspace's pages stay while somebody searches in all of them. */
import { expect, it } from 'vitest';
import { KeptLists } from '../../src/main/usecases/queue/kept-lists.ts';

it('keeps the list that is asked for again and again, however many others come', () => {
  const lists = new KeptLists<object>(2);
  const shown = lists.get('shown', () => ({}));
  for (const other of ['a', 'b', 'c']) {
    lists.get(other, () => ({}));
    expect(lists.get('shown', () => ({}))).toBe(shown);
  }
  lists.get('d', () => ({}));
  lists.get('e', () => ({}));
  expect(lists.get('shown', () => ({}))).not.toBe(shown);
});

it('pushes nothing out for what is asked once', () => {
  const lists = new KeptLists<object>(2);
  const kept = ['records', 'imaging'].map((key) => lists.get(key, () => ({})));
  for (const search of ['m', 'mi', 'mia', 'mia b', 'mia be']) lists.once(search, () => ({}));
  expect(['records', 'imaging'].map((key) => lists.once(key, () => ({})))).toEqual(kept);
  expect(lists.once('records', () => ({}))).toBe(kept[0]);
});
