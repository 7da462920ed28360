/**
 * Signs the head of the clinic's ledger, when anything has been entered since the last signature: soon after the start
 * and daily, before each backup, and when the application is closed. The sample's is never signed.
 */
import { v7 } from 'uuid';
import { findClinic, findHead, readEntries, SYSTEM_ACTOR } from '../../ledger/index.ts';
import { commandId } from '../../../shared/ids.ts';
import { accept } from '../../../shared/result.ts';
import { DAY } from '../../../shared/units.ts';
import type { Workplace } from '../workplace.ts';

/** When each open workplace was last looked at, milliseconds. */
const lookedAt = new WeakMap<Workplace, number>();

/** Called about once a minute. */
export async function signWhenDue(place: Workplace): Promise<void> {
  const last = lookedAt.get(place);
  const nowMs = place.surroundings.nowMs();
  if (last === undefined || nowMs - last >= DAY * 1000) await signCheckpoint(place);
}

/** A head that cannot be signed (no key, a locked key ring, a failing disk) stops nothing; the log says so. */
export async function signCheckpoint(place: Workplace): Promise<void> {
  const { surroundings } = place;
  lookedAt.set(place, surroundings.nowMs());
  const clinic = findClinic(place.db);
  if (clinic === null || clinic.isSample || isSigned(place)) return;
  if (!place.ledger.observeClock()) return; // a jump of the clock is confirmed by a person first
  const key = surroundings.checkpointKey?.() ?? null;
  if (key === null) return;
  const id = commandId(`checkpoint-${v7({ msecs: surroundings.nowMs() })}`);
  const done = await place.command({ commandId: id, body: {}, actor: SYSTEM_ACTOR }, (tx) => {
    const head = findHead(tx.db);
    if (head !== null) tx.append('checkpoint-signed', key.signer.sign({ length: head.seq, hash: head.hash }));
    return accept({});
  });
  if (!done.ok) surroundings.log({ code: done.error.code, detail: 'checkpoint' });
}

/** Nothing has been entered since the last signature. */
function isSigned(place: Workplace): boolean {
  const [last] = readEntries(place.db, place.ledger.head().seq - 1, 1);
  return last?.kind === 'checkpoint-signed';
}
