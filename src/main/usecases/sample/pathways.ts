/** The sample clinic's care pathways: across subsystems, out of its own catalogue. Data only. */
import type { Pathway } from '../../../shared/domain/pathway.ts';
import { pathwayId } from '../../../shared/ids.ts';
import { bothWays } from './people.ts';
import { kindById } from './work-kinds.ts';

const ROWS = [
  {
    id: 'heart-check',
    name: 'Heart check 心脏检查',
    steps: ['visit', 'holter', 'carotid-us', 'outpatient-claim'],
  },
  {
    id: 'pregnancy-check',
    name: 'Pregnancy check 产前检查',
    steps: ['prenatal', 'fetal-us', 'outpatient-claim'],
  },
  {
    id: 'chest-pain',
    name: 'Chest pain 胸痛评估',
    steps: ['urgent', 'chest-ct', 'reading', 'inpatient-claim'],
  },
] as const;

export function samplePathways(): Pathway[] {
  return ROWS.map(({ id, name, steps }) => ({
    id: pathwayId(id),
    name: bothWays(name),
    steps: steps.map((step) => ({ workKindId: kindById(step).kind.id })),
    isActive: true,
  }));
}
