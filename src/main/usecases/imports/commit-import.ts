/**
 * Writes an import as one batch, all of it or nothing: patients under their own keys, work kinds, tasks. Long work in
 * one transaction: it lets the event loop breathe, tells its progress, and a stop leaves nothing behind.
 */
import { busiestMonth } from '../../intake/index.ts';
import type { IntakeDrafts, TaskDraft } from '../../intake/index.ts';
import type { LedgerTx } from '../../ledger/index.ts';
import { digest, findPatient, findTasksBySource, listPools, listWorkKinds } from '../../ledger/index.ts';
import type { ErrorCode, Request } from '../../../shared/contract/index.ts';
import type { SourceTable, TableMapping } from '../../../shared/domain/intake.ts';
import type { BatchId, PatientId, PoolId } from '../../../shared/ids.ts';
import type { Result } from '../../../shared/result.ts';
import { accept, refuse } from '../../../shared/result.ts';
import type { Instant } from '../../../shared/units.ts';
import { instant } from '../../../shared/units.ts';
import { identityText, IDENTITY_FIELD } from '../identities.ts';
import { nextBatchId, nextTaskId } from '../new-ids.ts';
import { getClinic } from '../planning/books.ts';
import { replan } from '../planning/replan.ts';
import type { Usecase } from '../usecase.ts';
import { commandOf } from '../usecase.ts';
import type { Workplace } from '../workplace.ts';
import { heldWindows, importedKind, importedKindId, importedTask } from './batch-entries.ts';
import type { BatchMapping, ImportRun, ReadExport } from './read-export.ts';
import { readExport, SOURCE_NAME } from './read-export.ts';

/** Appends between two breaths of the event loop. */
const STRETCH = 200;

export function commitImport(run: ImportRun): Usecase<'import.commit'> {
  return async (place, request, call) => {
    const signal = run.begin();
    const read = await readExport(place, request, signal);
    if (!read.ok) return read;
    const refusal = mappingRefusal(place, request.mappings, read.value);
    if (refusal) return refuse(refusal);
    if (read.value.drafts.tasks.length === 0) return refuse('nothing-to-import');
    return place.command(commandOf(call, request), (tx) =>
      new BatchWriter(place, tx, request, read.value, signal).write(),
    );
  };
}

function mappingRefusal(
  place: Workplace,
  mappings: readonly TableMapping[],
  { newPools }: ReadExport,
): 'unknown-pool' | 'invalid-need' | null {
  const pools = new Map([...listPools(place.db, place.now()), ...newPools].map((pool) => [pool.id, pool]));
  for (const { isIncluded, poolId, rateMilli } of mappings) {
    if (!isIncluded) continue;
    const pool = pools.get(poolId);
    if (!pool) return 'unknown-pool';
    const isWhole = pool.kind === 'divisible' || rateMilli % 1000 === 0;
    if (!isWhole || rateMilli > pool.capacityMilli) return 'invalid-need';
  }
  return null;
}

interface Written {
  readonly batchId: BatchId;
  readonly taken: number;
  readonly leftOut: number;
  readonly patients: number;
  readonly busiestMonth: string | null;
}

/** One import being written; lives as long as its transaction. */
class BatchWriter {
  readonly #place: Workplace;
  readonly #tx: LedgerTx;
  readonly #mode: BatchMapping['mode'];
  readonly #mappings: ReadonlyMap<SourceTable, TableMapping>;
  readonly #tables: readonly TableMapping[];
  readonly #drafts: IntakeDrafts;
  readonly #newPools: ReadExport['newPools'];
  readonly #signal: AbortSignal;
  readonly #batchId: BatchId;
  readonly #patients = new Map<string, PatientId>();

  constructor(
    place: Workplace,
    tx: LedgerTx,
    request: Request<'import.commit'>,
    { drafts, newPools }: ReadExport,
    signal: AbortSignal,
  ) {
    this.#place = place;
    this.#tx = tx;
    this.#mode = request.mode;
    this.#tables = request.mappings;
    this.#mappings = new Map(request.mappings.map((mapping) => [mapping.table, mapping]));
    this.#drafts = drafts;
    this.#newPools = newPools;
    this.#signal = signal;
    this.#batchId = nextBatchId(tx);
  }

  async write(): Promise<Result<Written, ErrorCode<'import.commit'>>> {
    const drafts = this.#drafts;
    this.#writePools();
    this.#tx.append('import-committed', {
      batchId: this.#batchId,
      source: SOURCE_NAME,
      mapping: { mode: this.#mode, tables: this.#tables.map((table) => ({ ...table })) },
      counts: {
        taken: drafts.tasks.length,
        leftOut: drafts.problems.length,
        patients: drafts.patients.length,
      },
    });
    this.#writePatients();
    this.#writeKinds();
    if (!(await this.#writeTasks())) return refuse('cancelled', {}, true);
    if (this.#mode === 'backlog') replan(this.#tx, this.#place.surroundings.timeZoneData);
    return accept({
      batchId: this.#batchId,
      taken: drafts.tasks.length,
      leftOut: drafts.problems.length,
      patients: drafts.patients.length,
      busiestMonth: busiestMonth(drafts.tasks, getClinic(this.#tx.db).timeZone),
    });
  }

  /** In force since the first work that was done in them. */
  #writePools(): void {
    const firstUse = new Map<PoolId, Instant>();
    for (const draft of this.#drafts.tasks) {
      const poolId = this.#mappings.get(draft.table)?.poolId;
      if (poolId === undefined || draft.startedAt === null) continue;
      firstUse.set(poolId, instant(Math.min(firstUse.get(poolId) ?? draft.startedAt, draft.startedAt)));
    }
    for (const pool of this.#newPools) {
      this.#tx.append('pool-set', pool, { effective: firstUse.get(pool.id) ?? this.#tx.now });
    }
  }

  #writePatients(): void {
    const { keys } = this.#place;
    const registered = keys.batch(() =>
      this.#drafts.patients.map((draft) => {
        const { patientId } = keys.patientOfNumber(draft.digest);
        this.#patients.set(draft.digest, patientId);
        return { patientId, identity: draft.identity };
      }),
    );
    for (const { patientId, identity } of registered) {
      if (findPatient(this.#tx.db, patientId)) continue;
      const sealed = keys.seal(patientId, IDENTITY_FIELD, identityText(identity));
      this.#tx.append('patient-registered', { patientId, identity: sealed });
    }
  }

  #writeKinds(): void {
    const known = new Set(listWorkKinds(this.#tx.db).map((kind) => kind.id));
    for (const draft of this.#drafts.workKinds) {
      const mapping = this.#mappings.get(draft.table);
      const id = importedKindId(draft);
      if (!mapping || known.has(id)) continue;
      known.add(id);
      this.#tx.append('work-kind-set', importedKind(draft, mapping));
    }
  }

  /** @returns false when it was stopped */
  async #writeTasks(): Promise<boolean> {
    const kinds = new Map(this.#drafts.workKinds.map((kind) => [kind.key, kind]));
    const enteredBy = this.#place.person()?.id ?? null;
    const total = this.#drafts.tasks.length;
    for (const [index, draft] of this.#drafts.tasks.entries()) {
      if (index % STRETCH === 0) {
        this.#place.surroundings.emit('import.progress', { phase: 'writing', done: index, total });
        await new Promise(setImmediate);
        if (this.#signal.aborted) return false;
      }
      const kind = kinds.get(draft.workKindKey);
      const mapping = this.#mappings.get(draft.table);
      if (!kind || !mapping) throw new Error('a draft without its kind or mapping'); // the reader's promise
      const task = importedTask(draft, {
        id: nextTaskId(this.#tx),
        batchId: this.#batchId,
        patientId: draft.patientDigest === null ? null : (this.#patients.get(draft.patientDigest) ?? null),
        kind,
        mapping,
        now: this.#tx.now,
        enteredBy,
      });
      this.#append(draft, task);
    }
    return true;
  }

  #append(draft: TaskDraft, task: ReturnType<typeof importedTask>): void {
    const sourceDigest = digest(draft.digest);
    if (findTasksBySource(this.#tx.db, [sourceDigest]).size > 0) return; // taken while this one was being read
    if (task.state === 'waiting') {
      this.#tx.append('task-submitted', { task, note: null, sourceDigest });
      return;
    }
    this.#tx.append(
      'task-imported',
      {
        task,
        note: null,
        sourceDigest,
        windows: heldWindows(draft),
        isOpenEnded: draft.remarks.includes('no-end'),
      },
      { effective: task.endedAt ?? this.#tx.now },
    );
  }
}
