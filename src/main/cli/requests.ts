/** What a command line can ask for, once it is understood. */
import type { THEMES } from '../../shared/contract/clinic.ts';
import type { Locale } from '../../shared/domain/local-text.ts';
import type { ExportFormat, IdentityReason, PeriodChoice } from '../../shared/domain/report.ts';
import type { Grouping } from '../../shared/domain/report-grouping.ts';
import type { SubsystemId } from '../../shared/domain/subsystem.ts';
import type { PoolId } from '../../shared/ids.ts';

export interface CommonOptions {
  /** Absolute path given with `--ledger`, or null for this machine's own. */
  readonly ledgerPath: string | null;
  readonly locale: Locale | null;
  readonly theme: (typeof THEMES)[number] | null;
  readonly opensSample: boolean;
  /** The sample clinic's clock begins at its demonstration: Wednesday 10:20. Only with the sample. */
  readonly isDemonstration: boolean;
}

export interface WindowRequest extends CommonOptions {
  readonly kind: 'window';
}

export interface ExportRequest extends CommonOptions {
  readonly kind: 'export';
  readonly period: PeriodChoice;
  readonly format: ExportFormat;
  /** Absolute. */
  readonly outPath: string;
  /** Null: every pool, all five subsystems. */
  readonly poolIds: readonly PoolId[] | null;
  readonly subsystems: readonly SubsystemId[] | null;
  /** Null: by pool. */
  readonly grouping: Grouping | null;
  /** Counts of few persons are left out; the careful choice where nothing is said. */
  readonly isForOutside: boolean;
  /** Why patients are named; null: nobody is. */
  readonly identities: IdentityReason | null;
}

export interface BackupRequest extends CommonOptions {
  readonly kind: 'backup';
  /** Absolute. */
  readonly outFolder: string;
}

export interface VerifyRequest extends CommonOptions {
  readonly kind: 'verify';
}

export interface RebuildRequest extends CommonOptions {
  readonly kind: 'rebuild';
}

export interface RestoreRequest extends CommonOptions {
  readonly kind: 'restore';
  /** The backup's ledger file; absolute. */
  readonly backup: string;
  /** Without it nothing is changed: what would be lost is said. */
  readonly isConfirmed: boolean;
}

export interface RecoverRequest extends CommonOptions {
  readonly kind: 'recover';
  /** Without it nothing is changed: what would be left out is said. */
  readonly isConfirmed: boolean;
}

/** Work in the ledger, as the person at the desk; a backup only of the sample, which is made on first use. */
export type VerbRequest = ExportRequest | BackupRequest;
/** Work on the ledger's file, without the application. */
export type CareRequest = VerifyRequest | RebuildRequest | RestoreRequest | RecoverRequest | BackupRequest;

/** Text for standard output (`help`) or standard error (`usage-error`). */
export interface Notice {
  readonly kind: 'help' | 'usage-error';
  readonly text: string;
}

export type CommandLine = WindowRequest | VerbRequest | CareRequest | Notice;
