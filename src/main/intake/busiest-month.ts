/**
 * Where to look first after an import: an export may span decades, and most months of it are nearly empty. Pure.
 */
import { localDateOf } from '../../shared/local-time.ts';
import type { TaskDraft } from './drafts.ts';

/**
 * The local month (`YYYY-MM`) in which most tasks began; the latest of several; null when no task has a time.
 */
export function busiestMonth(tasks: readonly TaskDraft[], timeZone: string): string | null {
  const counts = new Map<string, number>();
  for (const { startedAt } of tasks) {
    if (startedAt === null) continue;
    const month = localDateOf(startedAt, timeZone).slice(0, 'YYYY-MM'.length);
    counts.set(month, (counts.get(month) ?? 0) + 1);
  }
  let best: { month: string; count: number } | null = null;
  for (const [month, count] of counts) {
    const isBetter = !best || count > best.count || (count === best.count && month > best.month);
    if (isBetter) best = { month, count };
  }
  return best?.month ?? null;
}
