/**
 * Which promised or running work the world has broken as things stand: work past its end in a unit that is promised
 * next, an outage, a capacity that was cut. Planned afresh when the ledger has grown or the minute has passed, and
 * written nowhere: a repair is a person's decision.
 */
import type { ReadDb } from '../../ledger/index.ts';
import { getHead } from '../../ledger/index.ts';
import type { Displacement } from '../../../shared/domain/plan.ts';
import type { Instant } from '../../../shared/units.ts';
import { MINUTE } from '../../../shared/units.ts';
import { planNow } from './replan.ts';

export class Displacements {
  readonly #timeZoneData: string;
  #known: { readonly key: string; readonly displacements: readonly Displacement[] } | null = null;

  constructor(timeZoneData: string) {
    this.#timeZoneData = timeZoneData;
  }

  at(db: ReadDb, now: Instant): readonly Displacement[] {
    const key = `${getHead(db).hash} ${Math.floor(now / MINUTE)}`;
    if (this.#known?.key !== key) {
      this.#known = { key, displacements: planNow(db, now, this.#timeZoneData).plan.displacements };
    }
    return this.#known.displacements;
  }
}
