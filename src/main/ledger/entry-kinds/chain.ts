/** Entries about the chain itself: a new epoch, and signed checkpoints of its head. */
import { z } from 'zod';
import type { EntryKindDefinition } from './definition.ts';
import { payloadObject, projectsNothing } from './definition.ts';
import { countSchema, digestSchema, staffIdSchema } from './schemas.ts';
import type { Digest } from '../sealed.ts';
import type { StaffId } from '../../../shared/ids.ts';
import { EPOCH_REASONS } from '../../../shared/domain/epoch-reason.ts';
import type { EpochReason } from '../../../shared/domain/epoch-reason.ts';
import { RESTORE_REASONS } from '../../../shared/domain/restore-reason.ts';
import type { RestoreReason } from '../../../shared/domain/restore-reason.ts';

export interface EpochStarted {
  readonly reason: EpochReason;
  /** Head hash of the chain that this epoch continues from, before anything was lost; null for a new ledger. */
  readonly previousHead: Digest | null;
  /** How many entries that chain had; more than are here when some were lost. */
  readonly previousLength: number;
  /** Who restored a ledger that was whole, and why; a name, because the person may be younger than the backup. */
  readonly by?: { readonly staffId: StaffId; readonly name: string; readonly why: RestoreReason } | undefined;
  /** Random: two restores of one backup do not start the same epoch. */
  readonly nonce: string;
}

export const epochStarted: EntryKindDefinition<EpochStarted> = {
  payload: payloadObject({
    reason: z.enum(EPOCH_REASONS),
    previousHead: digestSchema.nullable(),
    previousLength: countSchema,
    by: z
      .strictObject({
        name: z.string().min(1).max(200),
        staffId: staffIdSchema,
        why: z.enum(RESTORE_REASONS),
      })
      .optional(),
    nonce: z.string().regex(/^[0-9a-f]{32}$/),
  }),
  project: projectsNothing,
};

/** A signature over a head, by a key that the operating system keeps. */
export interface CheckpointSigned {
  readonly length: number;
  readonly head: Digest;
  /** Names the key: a digest of the public key. */
  readonly keyId: string;
  /** Ed25519 public key, base64url. */
  readonly publicKey: string;
  /** Ed25519 over the UTF-8 text `clinic-allocator/checkpoint/1 <length> <head>`, base64url. */
  readonly signature: string;
}

const base64urlSchema = z.string().regex(/^[A-Za-z0-9_-]+$/);

export const checkpointSigned: EntryKindDefinition<CheckpointSigned> = {
  payload: payloadObject({
    length: countSchema,
    head: digestSchema,
    keyId: base64urlSchema,
    publicKey: base64urlSchema,
    signature: base64urlSchema,
  }),
  project: projectsNothing,
};
