/** Columns that sort the queue; a type of the contract, so that no schema comes into the window. */
import type { QueueSort } from '../../../shared/contract/queue.ts';

export type SortColumn = NonNullable<QueueSort>['by'];

export const QUEUE_SORTS: readonly SortColumn[] = ['level', 'task', 'patient', 'waited', 'start'];
