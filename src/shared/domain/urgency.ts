/**
 * Urgency classes and their target waits. Class 1 is the most urgent. A preset names the levels a clinic works with;
 * the planner sees only the class and its target.
 * Sources: Manchester Triage Group, Emergency Triage, 3rd ed. 2014 (0, 10, 60, 120, 240 min); 急诊预检分诊专家共识 2018
 * and WS/T 390 (4 levels: 0, 10, 30, 240 min); Emergency Severity Index v4 names levels without target times, so its
 * targets here are the product's own proposal and a clinic's to change.
 */
import type { Seconds } from '../units.ts';
import { MINUTE, seconds } from '../units.ts';

export const URGENCY_CLASSES = [1, 2, 3, 4, 5] as const;
export type UrgencyClass = (typeof URGENCY_CLASSES)[number];

export const TRIAGE_PRESETS = ['manchester', 'china', 'esi'] as const;
export type TriagePresetId = (typeof TRIAGE_PRESETS)[number];

/** Target wait per class, most urgent first; a preset with four levels has four entries. */
export const TRIAGE_TARGETS: Readonly<Record<TriagePresetId, readonly Seconds[]>> = {
  manchester: [0, 10, 60, 120, 240].map((minutes) => seconds(minutes * MINUTE)),
  china: [0, 10, 30, 240].map((minutes) => seconds(minutes * MINUTE)),
  esi: [0, 10, 30, 60, 120].map((minutes) => seconds(minutes * MINUTE)),
};

/** What a task gets when nobody says otherwise: routine. */
export const ROUTINE: UrgencyClass = 4;
