/** Which definition tells what a column of a table means; several columns may share one. */
import type { IndicatorDefinition } from '../../../shared/domain/report.ts';

const DEFINED_WITH: Readonly<Record<string, string>> = {
  planned: 'series',
  reserved: 'series',
  actual: 'series',
  'load-now': 'load',
  'load-peak': 'load',
  'wait-median': 'wait',
  'wait-p90': 'wait',
  started: 'wait',
  'finished-early': 'finished-early-late',
  'finished-late': 'finished-early-late',
  'turnaround-median': 'turnaround',
  'turnaround-p90': 'turnaround',
  finished: 'turnaround',
  'preempted-running': 'preempted',
  'bed-days-available': 'bed-occupancy',
  'bed-days-occupied': 'bed-occupancy',
  discharges: 'bed-length-of-stay',
  'overcommitted-outside': 'overcommitted',
  'dominant-share': 'fairness',
};

/** The definition of a column: of its own name, or the one that tells it together with another. */
export function definitionFor(
  definitions: readonly IndicatorDefinition[],
  columnId: string,
): IndicatorDefinition | null {
  const id = DEFINED_WITH[columnId] ?? columnId;
  return definitions.find((definition) => definition.id === id) ?? null;
}
