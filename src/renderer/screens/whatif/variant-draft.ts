/**
 * The variants being put together, as they are kept for the person between visits. Reading is forgiving: what an older
 * or newer version wrote is left out rather than misread.
 */
import { POLICIES, SUBSYSTEM_IDS } from '../../../shared/domain/subsystem.ts';
import type { Change } from './changes.ts';
import { CHANGE_KINDS, DAY_CHOICES } from './changes.ts';

export const VARIANTS_MAX = 3;

/** At most three; changes that are not understood are left out, with the variants that this empties. */
export function readVariants(kept: unknown): Change[][] {
  if (!Array.isArray(kept)) return [];
  return kept
    .slice(0, VARIANTS_MAX)
    .map((changes: unknown) => (Array.isArray(changes) ? changes.filter(isChange) : []))
    .filter((changes) => changes.length > 0);
}

function isChange(value: unknown): value is Change {
  if (typeof value !== 'object' || value === null) return false;
  const change = value as Partial<Record<keyof Change, unknown>>; // every field is checked below
  const isOneOf = (list: readonly string[], item: unknown) => list.some((each) => each === item);
  const isFigure = (item: unknown) => item === null || typeof item === 'number';
  const isFlag = (item: unknown) => typeof item === 'boolean';
  return (
    typeof change.id === 'string' &&
    isOneOf(CHANGE_KINDS, change.kind) &&
    typeof change.poolId === 'string' &&
    isOneOf(SUBSYSTEM_IDS, change.subsystem) &&
    isOneOf(POLICIES, change.policy) &&
    typeof change.weight === 'number' &&
    [change.by, change.start, change.end, change.guarantee, change.limit].every(isFigure) &&
    (change.outageUnit === null || typeof change.outageUnit === 'string') &&
    [change.isPlanned, change.isGuaranteeUnreadable, change.isLimitUnreadable].every(isFlag) &&
    isOneOf(DAY_CHOICES, change.days) &&
    typeof change.hours === 'string'
  );
}
