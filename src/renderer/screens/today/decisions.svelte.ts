/**
 * What waits for somebody's decision: a better plan, repairs, work that could make way. Given an `Api`; touches no DOM.
 * A proposal is taken as it was shown; one that is not possible any more is refused and asked for again.
 */
import type { Api } from '../../api.ts';
import type { OfferView, PreemptionView, RepairView } from '../../../shared/contract/decisions.ts';
import type { Request, Response } from '../../../shared/contract/index.ts';
import { m } from '../../../shared/messages/index.ts';
import type { Refusal } from '../../../shared/result.ts';

export type Decision =
  | { readonly id: string; readonly kind: 'offer'; readonly offer: OfferView }
  | { readonly id: string; readonly kind: 'repair'; readonly repair: RepairView }
  | { readonly id: string; readonly kind: 'preemption'; readonly preemption: PreemptionView };

/** Shown before the rest is folded away: the board below matters more. */
const SHOWN = 3;

export interface DecisionListener {
  refuse(refusal: Refusal): void;
  /** @param words  read when shown */
  done(words: () => string): void;
}

export class DecisionsState {
  view = $state.raw<Response<'decision.list'> | null>(null);
  /** The decision whose button was pressed and not yet answered. */
  acting = $state<string | null>(null);
  isOpen = $state(false);

  /** Patients first: urgent work, then lost places, then what is merely better. */
  readonly all = $derived.by((): readonly Decision[] => {
    const { view } = this;
    if (!view) return [];
    const offer = view.offer ? [{ id: 'offer', kind: 'offer' as const, offer: view.offer }] : [];
    return [
      ...view.preemptions.map((preemption) => ({
        id: `preemption-${preemption.taskId}`,
        kind: 'preemption' as const,
        preemption,
      })),
      ...view.repairs.map((repair) => ({
        id: `repair-${repair.taskId}`,
        kind: 'repair' as const,
        repair,
      })),
      ...offer,
    ];
  });
  readonly shown = $derived(this.isOpen ? this.all : this.all.slice(0, SHOWN));
  readonly foldedCount = $derived(this.all.length - this.shown.length);

  readonly #api: Api;
  readonly #tell: DecisionListener;

  constructor(api: Api, tell: DecisionListener) {
    this.#api = api;
    this.#tell = tell;
  }

  async load(): Promise<void> {
    const reply = await this.#api.query('decision.list', {});
    if (reply.ok) this.view = reply.value;
    else this.#tell.refuse(reply.error);
  }

  async take(decision: Decision): Promise<void> {
    await this.#during(decision, async () => {
      const reply = await this.#api.command('decision.take', requestOf(decision));
      if (reply.ok) this.#tell.done(DONE[decision.kind]);
      else this.#tell.refuse(reply.error);
    });
  }

  async leave(decision: Decision): Promise<void> {
    await this.#during(decision, async () => {
      const reply = await this.#api.command('decision.decline', declineOf(decision));
      if (!reply.ok) this.#tell.refuse(reply.error);
    });
  }

  async #during(decision: Decision, work: () => Promise<void>): Promise<void> {
    if (this.acting !== null) return;
    this.acting = decision.id;
    await work();
    await this.load();
    this.acting = null;
  }
}

const DONE: Readonly<Record<Decision['kind'], () => string>> = {
  offer: m.today_decision_done_offer,
  repair: m.today_decision_done_repair,
  preemption: m.today_decision_done_preemption,
};

function requestOf(decision: Decision): Request<'decision.take'> {
  switch (decision.kind) {
    case 'offer':
      return { proposal: 'offer', planHash: decision.offer.planHash };
    case 'repair':
      return {
        proposal: 'repair',
        taskId: decision.repair.taskId,
        start: decision.repair.proposed.start,
      };
    case 'preemption': {
      const { taskId, victims } = decision.preemption;
      return { proposal: 'preemption', taskId, victims: victims.map((victim) => victim.taskId) };
    }
  }
}

function declineOf(decision: Decision): Request<'decision.decline'> {
  switch (decision.kind) {
    case 'offer':
      return { proposal: 'offer' };
    case 'repair':
      return { proposal: 'repair', taskId: decision.repair.taskId };
    case 'preemption':
      return { proposal: 'preemption', taskId: decision.preemption.taskId };
  }
}
