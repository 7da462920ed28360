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
 * @returns in each group the best answer first, equally good ones in the order given
 */
export function matchingGroups(
  groups: readonly (PaletteGroup & { readonly isFound?: boolean })[],
  typed: string,
): readonly PaletteGroup[] {
  const wanted = typed.trim();
  return groups
    .map((group) => {
      if (wanted === '' || group.isFound === true) return group;
      const scored = group.entries
        .map((entry) => ({ entry, score: scoreOf(entry, wanted) }))
        .filter(({ score }) => score > 0)
        .sort((a, b) => b.score - a.score);
      return { ...group, entries: scored.map(({ entry }) => entry) };
    })
    .filter(({ entries }) => entries.length > 0);
}
