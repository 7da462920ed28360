/**
 * Chain epochs: the stretch of a chain that one installation writes without a restore, a recovery or a copy in
 * between. The entry that begins one names the head and length of the chain before it, so that what was lost in
 * between can be told.
 */
import { randomBytes } from 'node:crypto';
import { staffId } from '../../shared/ids.ts';
import type { EntryWriter } from './append.ts';
import type { EpochReason } from '../../shared/domain/epoch-reason.ts';
import type { EpochStarted } from './entry-kinds/chain.ts';
import type { Digest } from './sealed.ts';

/** What acts where no person does: the first entry of an epoch, an automatic confirmation. */
export const SYSTEM_ACTOR = staffId('system');

export interface EpochStart {
  readonly reason: EpochReason;
  /** Head hash of the chain before anything was lost; null when it is not known. */
  readonly previousHead: Digest | null;
  /** How many entries that chain had. */
  readonly previousLength: number;
  /** The person who restored a ledger that was whole, and why. */
  readonly by?: EpochStarted['by'];
}

/** Which reasons make another installation of it: its entries get a site of their own. */
const NEW_SITE_REASONS: readonly EpochReason[] = ['created', 'copied'];

/** Appends the entry, inside the caller's transaction. */
export function appendEpoch(entries: EntryWriter, nowSeconds: number, start: EpochStart): void {
  const head = entries.head();
  const isNewSite = NEW_SITE_REASONS.includes(start.reason);
  entries.append(
    'epoch-started',
    { ...withoutMissing(start), nonce: randomBytes(16).toString('hex') },
    nowSeconds,
    { actor: SYSTEM_ACTOR, commandId: null },
    { site: isNewSite ? randomBytes(16).toString('hex') : head.site, epoch: head.epoch + 1 },
  );
}

function withoutMissing({ by, ...start }: EpochStart): EpochStart {
  return by === undefined ? start : { ...start, by };
}
