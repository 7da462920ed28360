/**
 * Proves a ledger's file and the keys beside it, and says plainly what is wrong with them. Reads only, on threads and
 * snapshots of its own: it may run beside a window that has the ledger open, and on a ledger that is too damaged to be
 * opened.
 */
import { dirname } from 'node:path';
import { contradictedHeads, openReader, readEntries, storageFailureOf } from '../../ledger/index.ts';
import type {
  Entry,
  LedgerProof,
  OpenRefusal,
  ReadDb,
  RecordedHead,
  VerifyOptions,
} from '../../ledger/index.ts';
import { inspectKeyStore } from '../../security/index.ts';
import type { CheckpointKey } from '../../security/index.ts';
import type { LedgerFault, LedgerVerdict } from '../../../shared/domain/ledger-verdict.ts';
import { accept, refuse } from '../../../shared/result.ts';
import type { Result } from '../../../shared/result.ts';
import { listBackups } from '../backup/backup-folder.ts';
import type { BackupNote } from '../backup/backup-folder.ts';
import { readLastBackup } from '../backup/last-backup.ts';
import { readPlan } from '../backup/plan.ts';
import { excessFaults } from './excess-faults.ts';
import { proveInThreads } from './proof-client.ts';

/**
 * @param options.onProgress  counts every entry twice: once for the chain, once for the rebuild
 * @param options.key  this computer's key for checkpoints: says how many of them it signed
 * @param prove  the proof itself: on threads of its own, or here, which is quicker for a small file
 * @returns a verdict also for a damaged ledger; a refusal where there is none to read
 * @throws what `options.signal` says when aborted
 */
export async function verifyLedger(
  path: string,
  options: VerifyOptions & {
    readonly key?: CheckpointKey | null;
    /** Where the ledger at `path` is read, and what is wrong with its keys, where SQLite cannot read them there. */
    readonly readOnly?: { readonly readPath: string; readonly keyFaults: readonly string[] };
  } = {},
  prove: (path: string, options: VerifyOptions) => Promise<LedgerProof> = proveInThreads,
): Promise<Result<LedgerVerdict, OpenRefusal>> {
  const source = options.readOnly?.readPath ?? path;
  const opened = openReader(source);
  if (!opened.ok && opened.error.code !== 'ledger-damaged') return opened;
  if (opened.ok) opened.value.close();
  try {
    const proof = await prove(source, options);
    const keyFaults = options.readOnly?.keyFaults ?? inspectKeyStore(path);
    const verdict = verdictOf(proof, keyFaults, options.key ?? null);
    return accept(proof.chain?.faults.length === 0 ? withBooks(verdict, { path, source }, proof) : verdict);
  } catch (error) {
    const failure = storageFailureOf(error);
    if (failure === null) throw error;
    return failure === 'ledger-damaged' ? accept(unreadable(error)) : refuse(failure, {}, true);
  }
}

const NO_CHECKPOINTS = { matching: 0, own: null, last: [] };

/** With what only an open ledger can tell: the notes beside backups, and the names of what is held beyond capacity. */
function withBooks(
  verdict: LedgerVerdict,
  { path, source }: { readonly path: string; readonly source: string },
  proof: LedgerProof,
): LedgerVerdict {
  const reader = openReader(source);
  if (!reader.ok) return verdict;
  const { db } = reader.value;
  try {
    const faults = [
      ...noteFaults(path, db, proof),
      ...verdict.faults,
      ...excessFaults(db, proof.excess ?? []),
    ];
    return { ...verdict, isWhole: faults.length === 0, faults };
  } finally {
    reader.value.close();
  }
}

/** Compares the notes beside the backups, in the folders that are there now, with the chain. */
function noteFaults(path: string, db: ReadDb, { recorded }: LedgerProof): LedgerFault[] {
  const wrong = contradictedHeads(db, notedHeads(path, db), recorded.branches);
  return wrong.map(({ length }) => ({
    kind: 'entry',
    seq: length,
    code: 'backup-head-wrong',
    ...subjectOf(readEntries(db, length - 1, 1)[0]),
  }));
}

/** Heads that the notes of this ledger's backups say. */
function notedHeads(path: string, db: ReadDb): RecordedHead[] {
  const chain = readEntries(db, 0, 1)[0]?.hash;
  const last = readLastBackup(path);
  const folders = [readPlan(path)?.folder, last === null ? undefined : dirname(last.path)];
  const notes = [...new Set(folders)].flatMap((folder) => (folder === undefined ? [] : notesIn(folder)));
  return notes.filter((note) => note.chain === chain).map(({ length, head }) => ({ length, hash: head }));
}

function notesIn(folder: string): BackupNote[] {
  try {
    return listBackups(folder).flatMap(({ note }) => note ?? []);
  } catch {
    return []; // the stick is not in
  }
}

/** SQLite did not get past the first page, where the header and the beginning of the schema are. */
function unreadable(error: unknown): LedgerVerdict {
  const text = `page 1: ${error instanceof Error ? error.message : 'cannot be read'}`;
  return {
    isWhole: false,
    length: 0,
    epoch: 0,
    hash: null,
    checkpoints: NO_CHECKPOINTS,
    epochs: [],
    faults: [{ kind: 'file', text }],
  };
}

function verdictOf(
  { structure, chain, recorded, wrongEntries, differences }: LedgerProof,
  keys: readonly string[],
  key: CheckpointKey | null,
): LedgerVerdict {
  const wrong = new Map(wrongEntries.map((entry) => [entry.seq, entry]));
  const faults: LedgerFault[] = [
    ...(chain?.faults ?? []).map((fault) => ({
      kind: 'entry' as const,
      ...fault,
      ...subjectOf(wrong.get(fault.seq)),
    })),
    ...structure.map((text) => ({ kind: 'file' as const, text })),
    ...keys.map((text) => ({ kind: 'file' as const, text: `keys: ${text}` })),
    ...(differences ?? []).map(({ table, row, kind }) => ({ kind: 'row' as const, table, row, code: kind })),
  ];
  return {
    isWhole: faults.length === 0,
    length: chain?.length ?? 0,
    epoch: chain?.head.epoch ?? 0,
    hash: chain === null || chain.length === 0 ? null : chain.head.hash,
    checkpoints: {
      matching: Object.values(recorded.matchingByKey).reduce((sum, count) => sum + count, 0),
      own: key && {
        count: recorded.matchingByKey[key.signer.keyId] ?? 0,
        keptBy: key.keptBy,
        keyId: key.signer.keyId,
      },
      last: recorded.lastCheckpoints,
    },
    epochs: recorded.epochs,
    faults,
  };
}

function subjectOf(entry: Entry | undefined): {
  readonly entryKind: string | null;
  readonly about: string | null;
} {
  if (entry === undefined) return { entryKind: null, about: null };
  return { entryKind: entry.kind, about: idIn(parsed(entry.payload)) };
}

/** What was altered need not be JSON any more. */
function parsed(payload: string): unknown {
  try {
    return JSON.parse(payload);
  } catch {
    return null;
  }
}

/** Where payloads say what they are about, the more telling one first. */
const ID_FIELDS = ['taskId', 'task', 'batchId', 'patientId', 'staffId', 'id', 'subsystem', 'key'];

/** Looks into a payload that may have been altered: anything may be there. */
function idIn(payload: unknown): string | null {
  if (typeof payload !== 'object' || payload === null) return null;
  for (const field of ID_FIELDS) {
    const value: unknown = Reflect.get(payload, field);
    if (typeof value === 'string') return value;
    if (typeof value === 'object' && value !== null) return idIn(value);
  }
  return null;
}
