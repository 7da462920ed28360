/**
 * What the planner proposes as things stand: another place for promised or running work that the world has broken (work
 * past its end in a unit that is promised next, an outage, a capacity that was cut), and who could make way for urgent
 * work. Planned afresh when the ledger has grown or the minute has passed, and written nowhere: a person decides.
 */
import type { ReadDb } from '../../ledger/index.ts';
import { getHead } from '../../ledger/index.ts';
import type { Plan } from '../../../shared/domain/plan.ts';
import type { Instant } from '../../../shared/units.ts';
import { MINUTE } from '../../../shared/units.ts';
import { planNow } from './replan.ts';

export type Proposed = Pick<Plan, 'displacements' | 'preemptions'>;

export class Proposals {
  readonly #timeZoneData: string;
  #known: { readonly key: string; readonly proposed: Proposed } | null = null;

  constructor(timeZoneData: string) {
    this.#timeZoneData = timeZoneData;
  }

  at(db: ReadDb, now: Instant): Proposed {
    const key = `${getHead(db).hash} ${Math.floor(now / MINUTE)}`;
    if (this.#known?.key !== key) {
      this.#known = { key, proposed: planNow(db, now, this.#timeZoneData).plan };
    }
    return this.#known.proposed;
  }
}
