/** Reads which of the planner's proposals a person has turned down. */
import type { TaskId } from '../../../shared/ids.ts';
import type { Instant } from '../../../shared/units.ts';
import { OFFER_SUBJECT } from '../entry-kinds/decisions.ts';
import type { ReadDb } from '../handles.ts';

/** What was declined at or after an instant. */
export interface DeclinedProposals {
  readonly hasOffer: boolean;
  readonly taskIds: ReadonlySet<TaskId>;
}

export function listDeclined(db: ReadDb, since: Instant): DeclinedProposals {
  const subjects = db
    .all<{ subject: string }>(`SELECT subject FROM declined_proposals WHERE declined_at >= :since`, { since })
    .map((row) => row.subject);
  return {
    hasOffer: subjects.includes(OFFER_SUBJECT),
    taskIds: new Set(subjects.filter((subject) => subject !== OFFER_SUBJECT) as TaskId[]), // the projector wrote ids
  };
}
