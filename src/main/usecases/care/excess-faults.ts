/** What is promised beyond capacity, with the names and the wall times that a person knows it by. */
import { findClinic, findPool } from '../../ledger/index.ts';
import type { CapacityExcess, ReadDb } from '../../ledger/index.ts';
import type { LedgerFault } from '../../../shared/domain/ledger-verdict.ts';
import { sameText } from '../../../shared/domain/local-text.ts';
import { localTimeOf } from '../../../shared/local-time.ts';
import type { Instant } from '../../../shared/units.ts';
import { instant } from '../../../shared/units.ts';

const EVER = instant(Number.MAX_SAFE_INTEGER);

export function excessFaults(db: ReadDb, excess: readonly CapacityExcess[]): LedgerFault[] {
  const zone = findClinic(db)?.timeZone ?? 'UTC';
  return excess.map(({ poolId, unitId, from, until, excessMilli, holds }) => {
    const pool = findPool(db, poolId, EVER);
    const unit = pool?.units.find(({ id }) => id === unitId)?.name;
    return {
      kind: 'excess',
      pool: pool?.name ?? sameText(poolId),
      unit: unitId === null ? null : (unit ?? sameText(unitId)),
      excess: excessMilli / 1000,
      unitName: pool?.unitName ?? sameText(''),
      from: wallTime(instant(from), zone),
      until: wallTime(instant(until), zone),
      holds,
    };
  });
}

/** `2026-11-18 10:00` */
function wallTime(at: Instant, zone: string): string {
  const { date, minute } = localTimeOf(at, zone);
  const two = (value: number): string => String(value).padStart(2, '0');
  return `${date} ${two(Math.floor(minute / 60))}:${two(minute % 60)}`;
}
