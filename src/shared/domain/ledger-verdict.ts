/**
 * What a full verification of a ledger found, as the window and the command line both tell it. A fault names the entry
 * that is wrong and what it is about, or the derived row that the entries contradict, or the file's own structure.
 */
import type { Instant } from '../units.ts';
import type { EpochReason } from './epoch-reason.ts';
import type { LocalText } from './local-text.ts';
import type { RestoreReason } from './restore-reason.ts';

/** In order of precedence: of several, the first one is told. */
export const CHAIN_FAULTS = [
  'sequence-gap',
  'link-wrong',
  'hash-wrong',
  'time-not-rising',
  'epoch-unexplained',
  'kind-unknown',
  /** Of a signed checkpoint. */
  'signature-wrong',
  /** The chain has another hash where a signed checkpoint, an exported file or a backup says it. */
  'checkpoint-wrong',
  'export-head-wrong',
  'backup-head-wrong',
] as const;
export type ChainFaultCode = (typeof CHAIN_FAULTS)[number];

/** `missing`: the entries say it and the derived table lacks it; `extra`: the other way round. */
export const ROW_FAULTS = ['missing', 'extra', 'different'] as const;
export type RowFaultCode = (typeof ROW_FAULTS)[number];

export type LedgerFault =
  | {
      readonly kind: 'entry';
      readonly seq: number;
      readonly code: ChainFaultCode;
      /** The entry's kind, as far as it can be read. */
      readonly entryKind: string | null;
      /** Id of the task, pool, person or import that the entry is about; null where it is about none. */
      readonly about: string | null;
    }
  | { readonly kind: 'row'; readonly table: string; readonly row: string; readonly code: RowFaultCode }
  /**
   * More was promised of a pool than there was, or a named unit twice, and no entry explains it. Nothing is altered or
   * lost. Names and local wall times, so that it reads the same in a window and on a terminal.
   */
  | {
      readonly kind: 'excess';
      readonly pool: LocalText;
      /** The unit that is promised twice; null where it is the pool. */
      readonly unit: LocalText | null;
      /** How much too much, in the pool's unit: 1.5. */
      readonly excess: number;
      readonly unitName: LocalText;
      /** `2026-11-18 10:00` on the clinic's clock. */
      readonly from: string;
      readonly until: string;
      /** Whose holds, and the entries that made them, in order of the entries. */
      readonly holds: readonly { readonly taskId: string; readonly seq: number }[];
    }
  /** SQLite's own words, about pages and rows; never content. */
  | { readonly kind: 'file'; readonly text: string };

/** Who keeps the key that signs checkpoints: the operating system, or a file with rights for one account only. */
export const KEPT_BY = ['system', 'file'] as const;
export type KeptBy = (typeof KEPT_BY)[number];

export interface CheckpointVerdict {
  /** Signed checkpoints whose signature is right and whose hash is the chain's. */
  readonly matching: number;
  /** Those of them that this computer's key signed, and who keeps it; null where that key is not at hand. */
  readonly own: { readonly count: number; readonly keptBy: KeptBy; readonly keyId: string } | null;
  /** Those that the verdict rests on, oldest first: the last `CHECKPOINTS_TOLD` of them. */
  readonly last: readonly CheckpointSeen[];
}

/** A signed checkpoint that matches: the chain up to `length` is what the key's owner had then. */
export interface CheckpointSeen {
  readonly seq: number;
  /** When it was signed. */
  readonly at: Instant;
  readonly length: number;
  /** Hash of the entry with that number. */
  readonly head: string;
  /** SHA-256 of the public key, base64url. */
  readonly keyId: string;
}

/** How a chain epoch began. */
export interface EpochSeen {
  readonly epoch: number;
  /** The entry that began it. */
  readonly seq: number;
  readonly at: Instant;
  readonly reason: EpochReason;
  /** Head and length of the chain that it goes on from, before anything was lost; null for a new ledger. */
  readonly previousHead: string | null;
  readonly previousLength: number;
  /** Who restored a ledger that was whole, and why. */
  readonly by: { readonly name: string; readonly why: RestoreReason } | null;
}

/** Of each, the newest are told. */
export const CHECKPOINTS_TOLD = 10;
export const EPOCHS_TOLD = 50;

export interface LedgerVerdict {
  readonly isWhole: boolean;
  /** Entries that were looked at. */
  readonly length: number;
  readonly epoch: number;
  /** Hash of the last entry, lower-case hexadecimal; null where no entry could be read. */
  readonly hash: string | null;
  readonly checkpoints: CheckpointVerdict;
  /** Oldest first, the last `EPOCHS_TOLD`; none where the chain is not whole. */
  readonly epochs: readonly EpochSeen[];
  /** Empty when whole. At most a hundred of a kind. */
  readonly faults: readonly LedgerFault[];
}

/** `9f3c…e1a7`: how a head is told where it is compared by eye. */
export function shortHash(hash: string): string {
  return `${hash.slice(0, 4)}…${hash.slice(-4)}`;
}
