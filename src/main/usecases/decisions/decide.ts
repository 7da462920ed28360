/**
 * Takes a proposal as it was shown, or refuses: the planner is asked once more inside the transaction, and only the very
 * same proposal is carried out. Turning one down is written too.
 */
import type { LedgerTx } from '../../ledger/index.ts';
import { findTask, getHead } from '../../ledger/index.ts';
import type { Request } from '../../../shared/contract/index.ts';
import type { TaskId } from '../../../shared/ids.ts';
import type { PreemptionCause } from '../../../shared/domain/preemption.ts';
import type { Result } from '../../../shared/result.ts';
import { accept, refuse } from '../../../shared/result.ts';
import type { Instant } from '../../../shared/units.ts';
import { readBooks } from '../planning/books.ts';
import { adoptPlan, planHashOf, replan } from '../planning/replan.ts';
import { OFFER_SETTINGS } from '../planning/settings.ts';
import { moveTask } from '../tasks/act-on-task.ts';
import type { Usecase } from '../usecase.ts';
import { commandOf } from '../usecase.ts';
import type { Workplace } from '../workplace.ts';
import { openProposals } from './list-decisions.ts';

/** Why somebody's work went back into the queue, as the ledger keeps it. */
export const MADE_WAY: PreemptionCause = 'urgent-work';

type Taken = Result<{ readonly moved: number }, 'plan-stale'>;
type Proposal = Request<'decision.take'>;

export const takeProposal: Usecase<'decision.take'> = (place, request, call) =>
  place.command(commandOf(call, request), (tx) => take(place, tx, request));

export const declineProposal: Usecase<'decision.decline'> = (place, request, call) =>
  place.command(commandOf(call, request), (tx) => {
    const taskId = request.proposal === 'offer' ? null : request.taskId;
    if (taskId !== null && !findTask(tx.db, taskId)) return refuse('unknown-task');
    tx.append('proposal-declined', { proposal: request.proposal, taskId });
    return accept({});
  });

function take(place: Workplace, tx: LedgerTx, request: Proposal): Taken {
  switch (request.proposal) {
    case 'offer':
      return takeOffer(place, tx, request.planHash);
    case 'repair':
      return takeRepair(place, tx, request.taskId, request.start);
    case 'preemption':
      return takePreemption(place, tx, request.taskId, request.victims);
  }
}

/** Not `offers.current`: that one compares with the committed ledger, which is the same until this command is. */
function takeOffer(place: Workplace, tx: LedgerTx, planHash: string): Taken {
  const standing = place.offers.current(tx.db, tx.now);
  const isShown = standing?.basis === getHead(tx.db).hash && planHashOf(standing.offer.plan) === planHash;
  if (!isShown) return refuse('plan-stale', {}, true);
  const { timeZoneData } = place.surroundings;
  const moved = adoptPlan(tx, standing.offer.plan, readBooks(tx.db, tx.now), {
    settings: OFFER_SETTINGS,
    timeZoneData,
  });
  return accept({ moved });
}

function takeRepair(place: Workplace, tx: LedgerTx, taskId: TaskId, start: Instant): Taken {
  const row = openProposals(place, tx.db, tx.now).repairs.find((repair) => repair.taskId === taskId);
  const before = findTask(tx.db, taskId)?.allocation;
  if (!row || !before) return refuse('plan-stale', {}, true);
  const proposed = row.repair.segments[0]?.start;
  // Running work goes on from now, whenever that is.
  const isShown = proposed === start || findTask(tx.db, taskId)?.task.state === 'running';
  if (!isShown) return refuse('plan-stale', {}, true);
  tx.append('allocation-repaired', { taskId, poolId: row.poolId, at: tx.now, before, after: row.repair });
  const { moved } = replan(tx, place.surroundings.timeZoneData);
  return accept({ moved: moved + 1 });
}

function takePreemption(place: Workplace, tx: LedgerTx, taskId: TaskId, victims: readonly TaskId[]): Taken {
  const row = openProposals(place, tx.db, tx.now).preemptions.find((each) => each.taskId === taskId);
  const isShown = row?.victims.length === victims.length && row.victims.every((id) => victims.includes(id));
  if (!isShown) return refuse('plan-stale', {}, true);
  for (const victim of row.victims) {
    const record = findTask(tx.db, victim);
    const moved = record && moveTask(tx, record, 'preempt', null, { cause: { code: MADE_WAY, taskId } });
    if (!moved?.ok) return refuse('plan-stale', {}, true);
  }
  const { moved } = replan(tx, place.surroundings.timeZoneData, [taskId]);
  return accept({ moved: moved + row.victims.length });
}
