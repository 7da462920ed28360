/**
 * The What-if use cases: compare variants beside today's plan, preview one pool's change, and adopt a plan that was
 * shown. What was shown is kept in memory until another comparison; a plan is adopted only on the very ledger that it
 * was made on, and not when it has aged.
 */
import type { Comparison, Variant } from '../../allocator/index.ts';
import type { LedgerTx } from '../../ledger/index.ts';
import { findTask, getHead } from '../../ledger/index.ts';
import type { VariantSent } from '../../../shared/contract/whatif.ts';
import type { Plan } from '../../../shared/domain/plan.ts';
import type { TaskId } from '../../../shared/ids.ts';
import { accept, refuse } from '../../../shared/result.ts';
import type { Instant, Seconds } from '../../../shared/units.ts';
import { MINUTE, after, seconds } from '../../../shared/units.ts';
import { adoptedPlan } from '../planning/adopted-plan.ts';
import type { OpenBooks } from '../planning/books.ts';
import { readBooks } from '../planning/books.ts';
import type { CompareAnswer, CompareJob } from '../planning/compare-job.ts';
import { Comparing } from '../planning/compare-client.ts';
import { adoptPlan, planHashOf } from '../planning/replan.ts';
import { HORIZON_SECONDS, REPLAN_SETTINGS } from '../planning/settings.ts';
import { snapshotOf } from '../planning/snapshot.ts';
import { poolFault } from '../pools/set-pool.ts';
import { unitsMayGo } from '../pools/units-may-go.ts';
import type { Usecase } from '../usecase.ts';
import { commandOf } from '../usecase.ts';
import { rowContext } from '../views/context.ts';
import type { RowContext } from '../views/task-rows.ts';
import type { Workplace } from '../workplace.ts';
import { planEffectOf, shiftsAlsoIn } from './plan-effect.ts';
import { planFiguresOf, poolsToDraw } from './plan-figures.ts';
import { checkVariant, variantOf } from './variant-of.ts';

/** An older plan is not adopted: its first starts have passed. */
const SHOWN_SECONDS_MAX = seconds(10 * MINUTE);
/** A preview says nothing about a window; the planner's whole horizon is the least surprising. */
const PREVIEW_WINDOW = HORIZON_SECONDS;

const WHAT_IF_SETTINGS = { ...REPLAN_SETTINGS, keepsTentative: false };

interface Shown {
  readonly basis: string;
  readonly now: Instant;
  readonly plans: ReadonlyMap<string, { readonly plan: Plan; readonly sent: VariantSent }>;
}

/** What is being compared, and the plans that were shown last. */
export class WhatIf {
  readonly comparing = new Comparing();
  readonly previewing = new Comparing();
  shown: Shown | null = null;
}

export function compareWhatIf(whatIf: WhatIf): Usecase<'whatif.compare'> {
  return async (place, request) => {
    const basis = getHead(place.db).hash;
    const now = place.now();
    const books = readBooks(place.db, now);
    for (const sent of request.variants) {
      const checked = checkVariant(sent, books.pools);
      if (!checked.ok) return checked;
    }
    const job = jobOf(place, { books, now, sent: request.variants, windowSeconds: request.windowSeconds });
    const answer = await whatIf.comparing.run(job);
    if (answer === null) return refuse('cancelled', {}, true);
    const hashes = answer.variants.map(({ plan }) => planHashOf(plan));
    const plans = request.variants.flatMap((sent, index) => {
      const [hash, made] = [hashes[index], answer.variants[index]];
      return hash === undefined || !made ? [] : [[hash, { plan: made.plan, sent }] as const];
    });
    whatIf.shown = { basis, now, plans: new Map(plans) };
    const until = after(now, request.windowSeconds);
    const context = contextOf(place, books, now, answer);
    const changed = request.variants.flatMap((sent) => sent.pools.map((pool) => pool.id));
    const drawn = poolsToDraw(answer.today, answer.variants, changed);
    const figures = (comparison: Comparison, variant: Variant) =>
      planFiguresOf({ snapshot: job.snapshot, variant, comparison, until, drawn, context });
    return accept({
      now,
      until,
      basis,
      today: figures(answer.today, { id: 'today' }),
      variants: answer.variants.map((comparison, index) => ({
        planHash: hashes[index] ?? '',
        figures: figures(comparison, job.variants[index] ?? { id: 'unchanged' }),
        effect: planEffectOf(comparison, answer.today, context),
        shiftsByReplanning: shiftsAlsoIn(comparison.moves, answer.afresh.moves),
      })),
    });
  };
}

export function commitWhatIf(whatIf: WhatIf): Usecase<'whatif.commit'> {
  return (place, request, call) =>
    place.command(commandOf(call, request), (tx) => {
      const shown = whatIf.shown;
      const made = shown?.plans.get(request.planHash);
      const isCurrent =
        shown?.basis === request.basis &&
        getHead(tx.db).hash === request.basis &&
        tx.now - shown.now <= SHOWN_SECONDS_MAX;
      if (!made || !isCurrent) return refuse('plan-stale', {}, true);
      if (JSON.stringify(made.sent) !== JSON.stringify(request.variant))
        return refuse('plan-stale', {}, true);
      const books = readBooks(tx.db, tx.now);
      const checked = checkVariant(request.variant, books.pools);
      if (!checked.ok) return checked;
      for (const pool of request.variant.pools) {
        const free = unitsMayGo(tx, pool);
        if (!free.ok) return free;
      }
      appendChanges(tx, request.variant);
      const { timeZoneData } = place.surroundings;
      const moved = adoptPlan(tx, made.plan, books, { settings: WHAT_IF_SETTINGS, timeZoneData });
      return accept({ moved, displaced: made.plan.displacements.length });
    });
}

export function previewPool(whatIf: WhatIf): Usecase<'pool.preview'> {
  return async (place, { pool }) => {
    const fault = poolFault(pool);
    if (fault) return refuse(fault);
    const now = place.now();
    const free = unitsMayGo({ db: place.db, now }, pool);
    if (!free.ok) return free;
    const books = readBooks(place.db, now);
    const sent = { subsystems: [], pools: [pool] };
    const job = jobOf(place, { books, now, sent: [sent], windowSeconds: PREVIEW_WINDOW });
    const variants = job.variants.map((variant) => ({ ...variant, keepsTentative: true }));
    const answer = await whatIf.previewing.run({ ...job, variants });
    const [changed] = answer?.variants ?? [];
    if (!answer || !changed) return refuse('cancelled', {}, true);
    const effect = planEffectOf(changed, answer.today, contextOf(place, books, now, answer));
    return accept({ now, effect });
  };
}

function appendChanges(tx: LedgerTx, variant: VariantSent): void {
  for (const setting of variant.subsystems) tx.append('subsystem-set', setting);
  for (const pool of variant.pools) tx.append('pool-set', pool);
}

function jobOf(
  place: Workplace,
  given: {
    readonly books: OpenBooks;
    readonly now: Instant;
    readonly sent: readonly VariantSent[];
    readonly windowSeconds: Seconds;
  },
): CompareJob {
  const { books, now } = given;
  const { timeZoneData } = place.surroundings;
  const basis = { books, now, horizonSeconds: HORIZON_SECONDS, timeZoneData };
  const snapshot = snapshotOf(basis);
  return {
    kind: 'compare',
    snapshot,
    adopted: adoptedPlan(snapshot, now),
    variants: given.sent.map((sent, index) => variantOf(String(index), sent, basis)),
    now,
    settings: WHAT_IF_SETTINGS,
    windowSeconds: given.windowSeconds,
  };
}

/** Names of the tasks that some plan moves or displaces: read once, and only theirs. */
function contextOf(place: Workplace, books: OpenBooks, now: Instant, answer: CompareAnswer): RowContext {
  const named = new Set<TaskId>();
  for (const { moves, plan } of answer.variants) {
    for (const row of [...moves, ...plan.displacements]) named.add(row.taskId);
  }
  const records = [...named].flatMap((id) => books.records.get(id) ?? findTask(place.db, id) ?? []);
  return rowContext({ db: place.db, identities: place.identities, records, now });
}
