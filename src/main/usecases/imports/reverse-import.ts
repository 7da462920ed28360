/** Past imports, and taking one back as a whole: the entries stay in the ledger, the books forget what they brought. */
import { countTasksOfBatch, findImport, findStaff, listImports as readImports } from '../../ledger/index.ts';
import type { ImportRecord, ReadDb } from '../../ledger/index.ts';
import type { ImportMode } from '../../../shared/domain/intake.ts';
import type { TaskState } from '../../../shared/domain/lifecycle.ts';
import type { BatchId } from '../../../shared/ids.ts';
import { accept, refuse } from '../../../shared/result.ts';
import { replan } from '../planning/replan.ts';
import type { Usecase } from '../usecase.ts';
import { commandOf } from '../usecase.ts';

export const listImports: Usecase<'import.list'> = (place) =>
  accept({
    batches: readImports(place.db).map((record) => ({
      batchId: record.batchId,
      recordedAt: record.committedAt,
      sourceName: record.source,
      mode: modeOf(record),
      taken: record.counts['taken'] ?? 0,
      actorName: findStaff(place.db, record.actor)?.name ?? '',
      isReversed: record.isReversed,
    })),
  });

export const reverseImport: Usecase<'import.reverse'> = (place, request, call) =>
  place.command(commandOf(call, request), (tx) => {
    const record = findImport(tx.db, request.batchId);
    if (!record) return refuse('unknown-batch');
    if (record.isReversed) return refuse('already-reversed');
    if (modeOf(record) === 'backlog' && hasBegun(tx.db, request.batchId)) return refuse('batch-in-use');
    tx.append('import-reversed', { batchId: request.batchId });
    replan(tx, place.surroundings.timeZoneData);
    return accept({});
  });

/** Untouched states of waiting work; once staff have promised or begun some of it, the batch is theirs. */
const UNTOUCHED: readonly TaskState[] = ['waiting', 'held', 'tentative', 'cancelled'];

function hasBegun(db: ReadDb, batchId: BatchId): boolean {
  return [...countTasksOfBatch(db, batchId).keys()].some((state) => !UNTOUCHED.includes(state));
}

function modeOf(record: ImportRecord): ImportMode {
  const { mapping } = record;
  const isBacklog =
    typeof mapping === 'object' && mapping !== null && 'mode' in mapping && mapping['mode'] === 'backlog';
  return isBacklog ? 'backlog' : 'history';
}
