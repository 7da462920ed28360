/** What waits for somebody's decision, in names: the planner's proposals less those turned down in the last hour. */
import { listDeclined } from '../../ledger/index.ts';
import type { DeclinedProposals, ReadDb } from '../../ledger/index.ts';
import type { OfferView, PreemptionView, RepairView } from '../../../shared/contract/decisions.ts';
import type { Displacement, PlanMove, PreemptionProposal } from '../../../shared/domain/plan.ts';
import { sameText } from '../../../shared/domain/local-text.ts';
import type { Allocation } from '../../../shared/domain/task.ts';
import type { PoolId } from '../../../shared/ids.ts';
import type { Instant } from '../../../shared/units.ts';
import { instant, seconds } from '../../../shared/units.ts';
import { accept } from '../../../shared/result.ts';
import { DECLINED_SECONDS, gainOf } from '../planning/offers.ts';
import type { StandingOffer } from '../planning/offers.ts';
import { planHashOf } from '../planning/replan.ts';
import type { Proposed } from '../planning/proposals.ts';
import type { Usecase } from '../usecase.ts';
import { rowContext } from '../views/context.ts';
import type { RowContext } from '../views/task-rows.ts';
import { namedTask, shiftView } from '../whatif/plan-effect.ts';
import type { Workplace } from '../workplace.ts';

const SHIFTS_SHOWN = 200;

export const listDecisions: Usecase<'decision.list'> = (place) => {
  const { db } = place;
  const now = place.now();
  if (place.past) return accept({ now, offer: null, repairs: [], preemptions: [], search: null });
  const context = rowContext({ db, identities: place.identities, records: [], now });
  const { repairs, preemptions } = openProposals(place, db, now);
  const standing = place.offers.current(db, now);
  return accept({
    now,
    offer: standing && offerView(standing, context),
    repairs: repairs.flatMap((row) => repairView(row, context)),
    preemptions: preemptions.flatMap((row) => preemptionView(row, context)),
    search: place.offers.progress(),
  });
};

/** A displacement with somewhere to go. */
export type Repair = Displacement & { readonly repair: Allocation };

/** As things stand, without what has been turned down: one repair per task. */
export function openProposals(
  place: Workplace,
  db: ReadDb,
  now: Instant,
): { readonly repairs: readonly Repair[]; readonly preemptions: readonly PreemptionProposal[] } {
  const declined = listDeclined(db, instant(now - DECLINED_SECONDS));
  return openOf(place.proposals.at(db, now), declined);
}

function openOf({ displacements, preemptions }: Proposed, { taskIds }: DeclinedProposals) {
  const repairable = displacements.filter((row): row is Repair => row.repair !== null);
  const first = new Map(repairable.toReversed().map((row) => [row.taskId, row]));
  return {
    repairs: repairable.filter((row) => first.get(row.taskId) === row && !taskIds.has(row.taskId)),
    preemptions: preemptions.filter((row) => !taskIds.has(row.taskId)),
  };
}

function offerView({ offer }: StandingOffer, context: RowContext): OfferView {
  const gain = ({ from, to }: PlanMove) => (from ?? Infinity) - (to ?? Infinity);
  const moves = [...offer.moves].sort((left, right) => gain(right) - gain(left));
  return {
    planHash: planHashOf(offer.plan),
    shifts: moves.flatMap((move) => shiftView(move, context)).slice(0, SHIFTS_SHOWN),
    earlier: moves.filter((move) => gain(move) > 0).length,
    later: moves.filter((move) => gain(move) < 0).length,
    gainSeconds: seconds(Math.max(0, gainOf(offer))),
  };
}

function repairView(row: Repair, context: RowContext): RepairView[] {
  const task = context.task(row.taskId);
  const holds = context.allocation(row.taskId);
  if (!task || !holds) return [];
  const index = task.needs.findIndex((need) => need.poolId === row.poolId);
  return namedTask(row.taskId, context).map((named) => ({
    ...named,
    state: task.state,
    poolId: row.poolId,
    poolName: context.pool(row.poolId)?.name ?? sameText(row.poolId),
    from: row.from,
    until: row.until,
    now: placeView(holds, index, row.poolId, context),
    proposed: placeView(row.repair, index, row.poolId, context),
  }));
}

function placeView(
  allocation: Allocation,
  index: number,
  poolId: PoolId,
  context: RowContext,
): RepairView['now'] {
  const units = context.pool(poolId)?.units ?? [];
  const held = allocation.units[index] ?? [];
  return {
    start: allocation.segments[0]?.start ?? context.now,
    end: allocation.segments.at(-1)?.end ?? context.now,
    unitNames: held.map((id) => units.find((unit) => unit.id === id)?.name ?? sameText(id)),
  };
}

function preemptionView(row: PreemptionProposal, context: RowContext): PreemptionView[] {
  const victims = row.victims.flatMap((id) => {
    const task = context.task(id);
    const start = task?.startedAt ?? context.allocation(id)?.segments[0]?.start;
    if (!task || start === undefined) return [];
    return namedTask(id, context).map((named) => ({ ...named, state: task.state, start }));
  });
  const { start, plannedStart } = row;
  return namedTask(row.taskId, context).map((named) => ({ ...named, start, plannedStart, victims }));
}
