/**
 * Heads that are written down: checkpoints signed with an Ed25519 key (RFC 8032), and heads that stand in exported files
 * and backups. Whoever rewrites the chain and makes its hashes anew cannot sign the old heads again; a proof compares
 * each of them with the chain as it is.
 */
import { createHash, createPrivateKey, createPublicKey, sign, verify } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { CHECKPOINTS_TOLD, EPOCHS_TOLD } from '../../shared/domain/ledger-verdict.ts';
import type { CheckpointSeen, EpochSeen } from '../../shared/domain/ledger-verdict.ts';
import { instant } from '../../shared/units.ts';
import type { Instant } from '../../shared/units.ts';
import type { CheckpointSigned, EpochStarted } from './entry-kinds/chain.ts';
import type { ReadDb } from './handles.ts';
import { readEntries } from './queries/entries.ts';
import { digest } from './sealed.ts';
import type { ChainFault } from './verify.ts';

/** A head as it was written down: the hash of the entry with this number. */
export interface RecordedHead {
  readonly length: number;
  readonly hash: string;
}

export interface CheckpointSigner {
  readonly keyId: string;
  sign(head: RecordedHead): CheckpointSigned;
}

/** What a proof found of the heads that the chain itself holds. Plain data: it crosses threads. */
export interface RecordedHeads {
  /** Signed checkpoints that match, by the id of their key. */
  readonly matchingByKey: Readonly<Record<string, number>>;
  readonly faults: readonly ChainFault[];
  /** Sequence numbers of the entries that begin an epoch after a restore or a recovery, ascending. */
  readonly branches: readonly number[];
  /** The last ones that match, oldest first. */
  readonly lastCheckpoints: readonly CheckpointSeen[];
  /** How the last chain epochs began, oldest first. */
  readonly epochs: readonly EpochSeen[];
}

export const NO_RECORDED_HEADS: RecordedHeads = {
  matchingByKey: {},
  faults: [],
  branches: [],
  lastCheckpoints: [],
  epochs: [],
};

const textOf = ({ length, hash }: RecordedHead): Buffer =>
  Buffer.from(`clinic-allocator/checkpoint/1 ${length} ${hash}`, 'utf8');

function keyIdOf(publicKey: string): string {
  return createHash('sha256').update(publicKey).digest('base64url');
}

/** @param pkcs8  Ed25519 private key, PEM @throws when it is none */
export function checkpointSigner(pkcs8: string): CheckpointSigner {
  const key = createPrivateKey(pkcs8);
  const publicKey = createPublicKey(key).export({ format: 'jwk' }).x;
  if (key.asymmetricKeyType !== 'ed25519' || publicKey === undefined) throw new TypeError('no Ed25519 key');
  const keyId = keyIdOf(publicKey);
  return {
    keyId,
    sign: (head) => ({
      length: head.length,
      head: digest(head.hash),
      keyId,
      publicKey,
      signature: sign(null, textOf(head), key).toString('base64url'),
    }),
  };
}

function publicKeyOf(x: string): KeyObject {
  return createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' });
}

function isSigned({ length, head, keyId, publicKey, signature }: CheckpointSigned): boolean {
  try {
    const text = textOf({ length, hash: head });
    return (
      keyId === keyIdOf(publicKey) &&
      verify(null, text, publicKeyOf(publicKey), Buffer.from(signature, 'base64url'))
    );
  } catch {
    return false; // a public key that is none
  }
}

/** Whether the chain has this hash there. */
export function matchesChain(db: ReadDb, { length, hash }: RecordedHead): boolean {
  const [entry] = readEntries(db, length - 1, 1);
  return entry?.seq === length && entry.hash === hash;
}

const FAULTS_MAX = 100;

export const LIST_RECORDED_HEADS = `
  SELECT seq, kind, epoch, hlc_ms AS ms, payload FROM entries
  WHERE kind IN ('checkpoint-signed', 'report-exported', 'epoch-started') ORDER BY seq`;

/** Compares every head that an entry holds with the chain, and every signature. @param db  of a chain that is whole */
export function verifyRecordedHeads(db: ReadDb): RecordedHeads {
  const matchingByKey: Record<string, number> = {};
  const faults: ChainFault[] = [];
  const branches: number[] = [];
  const checkpoints: CheckpointSeen[] = [];
  const epochs: EpochSeen[] = [];
  for (const row of db.all<RecordedRow>(LIST_RECORDED_HEADS)) {
    const { seq, kind } = row;
    const said: unknown = JSON.parse(row.payload);
    if (kind === 'epoch-started') {
      const started = said as EpochStarted; // checked when it was appended, and the chain is whole
      if (started.reason === 'restored' || started.reason === 'recovered') branches.push(seq);
      epochs.push(epochSeen(row, started));
    } else if (kind === 'checkpoint-signed') {
      const checkpoint = said as CheckpointSigned; // likewise
      const code = faultOfCheckpoint(db, seq, checkpoint);
      if (code !== null) faults.push({ seq, code });
      else {
        const { length, head, keyId } = checkpoint;
        matchingByKey[keyId] = (matchingByKey[keyId] ?? 0) + 1;
        checkpoints.push({ seq, at: secondsOf(row), length, head, keyId });
      }
    } else {
      const { head } = said as { head?: RecordedHead }; // likewise; missing in older entries
      if (head && !isEarlier(db, seq, head)) faults.push({ seq, code: 'export-head-wrong' });
    }
  }
  return {
    matchingByKey,
    faults: faults.slice(0, FAULTS_MAX),
    branches,
    lastCheckpoints: checkpoints.slice(-CHECKPOINTS_TOLD),
    epochs: epochs.slice(-EPOCHS_TOLD),
  };
}

interface RecordedRow {
  readonly seq: number;
  readonly kind: string;
  readonly epoch: number;
  /** When it was recorded, milliseconds. */
  readonly ms: number;
  readonly payload: string;
}

const secondsOf = ({ ms }: RecordedRow): Instant => instant(Math.floor(ms / 1000));

function epochSeen(row: RecordedRow, started: EpochStarted): EpochSeen {
  const { reason, previousHead, previousLength, by } = started;
  return {
    epoch: row.epoch,
    seq: row.seq,
    at: secondsOf(row),
    reason,
    previousHead,
    previousLength,
    by: by === undefined ? null : { name: by.name, why: by.why },
  };
}

function isEarlier(db: ReadDb, seq: number, head: RecordedHead): boolean {
  return head.length < seq && matchesChain(db, head);
}

function faultOfCheckpoint(db: ReadDb, seq: number, checkpoint: CheckpointSigned): ChainFault['code'] | null {
  if (!isSigned(checkpoint)) return 'signature-wrong';
  const { length, head } = checkpoint;
  return isEarlier(db, seq, { length, hash: head }) ? null : 'checkpoint-wrong';
}

/**
 * Those of the heads written down outside (in notes beside backups) that the chain contradicts. What was written down of
 * entries that a restore or a recovery later lost cannot be compared any more.
 */
export function contradictedHeads(
  db: ReadDb,
  heads: readonly RecordedHead[],
  branches: readonly number[],
): RecordedHead[] {
  const first = branches[0] ?? Number.MAX_SAFE_INTEGER;
  return heads.filter((head) => head.length < first && !matchesChain(db, head));
}
