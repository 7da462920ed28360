/** What the palette shows for a typed text: pure, so that its order can be tested. Groups without a match are left out. */
import { computeCommandScore } from 'bits-ui';
import type { PaletteEntry } from './palette.ts';

export interface PaletteGroup {
  readonly id: string;
  readonly heading: string;
  readonly entries: readonly PaletteEntry[];
}

/** How well the entry answers, from 0 (not at all) to 1, by its words in either language. */
function scoreOf({ label, keywords }: PaletteEntry, typed: string): number {
  return computeCommandScore(label, typed, [...keywords]);
}

/**
 * @param groups  in the order in which they are shown; one that is `isFound` already holds what was searched for
 * @returns in each group the best answer first, and the group with the best answer of all before the others: Enter takes
 * it. Equally good ones keep the order given, and what was searched for comes last.
 */
export function matchingGroups(
  groups: readonly (PaletteGroup & { readonly isFound?: boolean })[],
  typed: string,
): readonly PaletteGroup[] {
  const wanted = typed.trim();
  if (wanted === '') return groups.filter(({ entries }) => entries.length > 0);
  const scored = groups
    .filter((group) => group.isFound !== true)
    .map((group) => {
      const answers = group.entries
        .map((entry) => ({ entry, score: scoreOf(entry, wanted) }))
        .filter(({ score }) => score > 0)
        .sort((a, b) => b.score - a.score);
      return { ...group, entries: answers.map(({ entry }) => entry), best: answers[0]?.score ?? 0 };
    })
    .sort((a, b) => b.best - a.best);
  return [...scored, ...groups.filter((group) => group.isFound === true)].filter(
    ({ entries }) => entries.length > 0,
  );
}
