/**
 * One kind of work per subsystem to begin with, so that a clinic can enter its first task without a catalogue.
 */
import type { LocalText } from '../../../shared/domain/local-text.ts';
import type { SubsystemId } from '../../../shared/domain/subsystem.ts';
import type { Preemptibility, WorkKind } from '../../../shared/domain/task.ts';
import { ROUTINE } from '../../../shared/domain/urgency.ts';
import type { PoolId } from '../../../shared/ids.ts';
import { workKindId } from '../../../shared/ids.ts';
import type { Seconds } from '../../../shared/units.ts';
import { milli } from '../../../shared/units.ts';

const NAMES: Readonly<Record<SubsystemId, LocalText>> = {
  records: { en: 'Visit', zh: '就诊' },
  imaging: { en: 'Imaging study', zh: '影像检查' },
  insurance: { en: 'Claim', zh: '理赔' },
  research: { en: 'Data analysis', zh: '数据分析' },
  monitoring: { en: 'Monitoring', zh: '监护' },
};

/** Paper and computations can be laid aside for urgent work and taken up again; people and devices cannot. */
const PREEMPTIBILITY: Readonly<Record<SubsystemId, Preemptibility>> = {
  records: 'never',
  imaging: 'never',
  insurance: 'resume',
  research: 'resume',
  monitoring: 'never',
};

export function defaultWorkKind(given: {
  readonly subsystem: SubsystemId;
  readonly poolId: PoolId;
  readonly durationSeconds: Seconds;
}): WorkKind {
  return {
    id: workKindId(`${given.subsystem}-general`),
    subsystem: given.subsystem,
    name: NAMES[given.subsystem],
    needs: [{ poolId: given.poolId, rateMilli: milli(1000), amount: null }],
    durationSeconds: given.durationSeconds,
    urgency: ROUTINE,
    preemptibility: PREEMPTIBILITY[given.subsystem],
    maySpanClosures: false,
    code: null,
  };
}
