/** A proposal in one or two plain sentences, and what its buttons say. */
import type { LocalText } from '../../../shared/domain/local-text.ts';
import type { PreemptionView, RepairView } from '../../../shared/contract/decisions.ts';
import type { PatientIdentity } from '../../../shared/domain/clinic.ts';
import { m } from '../../../shared/messages/index.ts';
import { format } from '../../format/format.svelte.ts';
import { twoIdentifiers } from '../../format/task-words.ts';
import { text } from '../../locale.svelte.ts';
import type { Decision } from './decisions.svelte.ts';

interface NamedTask {
  readonly workKind: LocalText;
  readonly patient: PatientIdentity | null;
}

/** `Carotid ultrasound, Jing Chen 1968-04-02`. */
export function taskWords({ workKind, patient }: NamedTask): string {
  const who = patient && twoIdentifiers(patient);
  return [text(workKind), who].filter(Boolean).join(m.common_list_join());
}

export function decisionWords(decision: Decision, now: number): string {
  switch (decision.kind) {
    case 'offer': {
      const { earlier, later, gainSeconds } = decision.offer;
      const counts = [
        m.today_offer_earlier({ count: earlier }),
        ...(later > 0 ? [m.today_offer_later({ count: later })] : []),
      ];
      return m.today_offer({ counts: counts.join(m.common_list_join()), gain: format.duration(gainSeconds) });
    }
    case 'repair':
      return repairWords(decision.repair, now);
    case 'preemption':
      return preemptionWords(decision.preemption, now);
  }
}

export const TAKE_WORDS: Readonly<Record<Decision['kind'], () => string>> = {
  offer: m.today_offer_take,
  repair: m.today_repair_take,
  preemption: m.today_preemption_take,
};

function repairWords(repair: RepairView, now: number): string {
  const pool = text(repair.poolName);
  const units = (place: RepairView['now']) =>
    place.unitNames.map((name) => text(name)).join(m.common_list_join()) || pool;
  const place = `${units(repair.now)} ${format.momentShort(repair.from, now)}`;
  const lost = m.today_repair({ task: taskWords(repair), pool, place });
  const unit = units(repair.proposed);
  return m.today_repair_sentences({ lost, remedy: remedyWords(repair, unit, now) });
}

function remedyWords({ state, proposed, now: held }: RepairView, unit: string, now: number): string {
  if (state === 'running') return m.today_repair_go_on({ unit });
  if (proposed.start === held.start) return m.today_repair_same_time({ unit });
  return m.today_repair_later({ unit, time: format.momentNamed(proposed.start, now) });
}

function preemptionWords(row: PreemptionView, now: number): string {
  const task = taskWords(row);
  const start = format.momentNamed(row.start, now);
  const victims = row.victims.map(taskWords).join(m.common_list_join());
  if (row.plannedStart === null) return m.today_preemption_no_start({ task, start, victims });
  const planned = format.momentNamed(row.plannedStart, now);
  return m.today_preemption({ task, start, planned, victims });
}
