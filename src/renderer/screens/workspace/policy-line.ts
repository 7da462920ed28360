/** Beside the title: how the queue is ordered; the triage preset is said only where the policy uses it. */
import { m } from '../../../shared/messages/index.ts';
import type { PolicyId } from '../../../shared/domain/subsystem.ts';
import type { TriagePresetId } from '../../../shared/domain/urgency.ts';
import { POLICY_NAME } from '../../ui/subsystem-words.ts';

const PRESETS: Readonly<Record<TriagePresetId, () => string>> = {
  manchester: m.common_triage_manchester,
  china: m.common_triage_china,
  esi: m.common_triage_esi,
  own: m.common_triage_own,
};

/** `by priority · Manchester, 5 levels`. */
export function policyLine(policy: PolicyId, preset: TriagePresetId): string {
  const line = POLICY_NAME[policy]();
  return policy === 'priority' ? `${line} · ${PRESETS[preset]()}` : line;
}
