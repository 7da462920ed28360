/** The first care pathway of a clinic of its own: through the subsystems it has a kind of work for. Pure. */
import type { Pathway } from '../../../shared/domain/pathway.ts';
import { PATHWAY_STEPS_MIN } from '../../../shared/domain/pathway.ts';
import type { SubsystemId } from '../../../shared/domain/subsystem.ts';
import type { WorkKind } from '../../../shared/domain/task.ts';
import { pathwayId } from '../../../shared/ids.ts';

/** In the order in which a patient meets them. */
const ORDER: readonly SubsystemId[] = ['records', 'monitoring', 'imaging', 'insurance'];

/** Null where fewer than two of them have a kind of work. */
export function defaultPathway(kinds: readonly WorkKind[]): Pathway | null {
  const steps = ORDER.flatMap((subsystem) => kinds.find((kind) => kind.subsystem === subsystem) ?? []);
  if (steps.length < PATHWAY_STEPS_MIN) return null;
  return {
    id: pathwayId('pathway-general'),
    name: {
      en: steps.map(({ name }) => name.en).join(' → '),
      zh: steps.map(({ name }) => name.zh).join('→'),
    },
    steps: steps.map(({ id }) => ({ workKindId: id })),
    isActive: true,
  };
}
