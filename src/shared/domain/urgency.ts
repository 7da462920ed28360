/**
 * Urgency classes and their target waits. Class 1 is the most urgent. A preset names the levels a clinic works with, or
 * the clinic names its own and maps each onto a class; the planner sees only the class and its target.
 * Sources: Manchester Triage Group, Emergency Triage, 3rd ed. 2014 (0, 10, 60, 120, 240 min); 急诊预检分诊专家共识 2018
 * and WS/T 390 (4 levels: 0, 10, 30, 240 min); Emergency Severity Index v4 names levels without target times, so its
 * targets here are the product's own proposal and a clinic's to change.
 */
import type { LocalText } from './local-text.ts';
import type { Seconds } from '../units.ts';
import { DAY, MINUTE, seconds } from '../units.ts';

export const URGENCY_CLASSES = [1, 2, 3, 4, 5] as const;
export type UrgencyClass = (typeof URGENCY_CLASSES)[number];

export const NAMED_PRESETS = ['manchester', 'china', 'esi'] as const;
type NamedPreset = (typeof NAMED_PRESETS)[number];
export const TRIAGE_PRESETS = [...NAMED_PRESETS, 'own'] as const;
export type TriagePresetId = (typeof TRIAGE_PRESETS)[number];

/** One level: the class it is planned as, what the clinic calls it, and how long its patients may wait. */
export interface TriageLevel {
  readonly urgency: UrgencyClass;
  readonly name: LocalText;
  readonly targetSeconds: Seconds;
}

/** What a clinic works with; its own levels count where the preset says so. */
export interface Triage {
  readonly triagePreset: TriagePresetId;
  readonly ownTriage?: readonly TriageLevel[] | null | undefined;
}

function levels(...rows: readonly (readonly [en: string, zh: string, minutes: number])[]): TriageLevel[] {
  return rows.flatMap(([en, zh, minutes], index) => {
    const urgency = URGENCY_CLASSES[index];
    return urgency ? [{ urgency, name: { en, zh }, targetSeconds: seconds(minutes * MINUTE) }] : [];
  });
}

const PRESET_LEVELS: Readonly<Record<NamedPreset, readonly TriageLevel[]>> = {
  manchester: levels(
    ['immediate', '立即', 0],
    ['very urgent', '非常紧急', 10],
    ['urgent', '紧急', 60],
    ['standard', '标准', 120],
    ['non-urgent', '非紧急', 240],
  ),
  china: levels(
    ['critical', '急危', 0],
    ['severe', '急重', 10],
    ['acute', '急症', 30],
    ['subacute or non-acute', '亚急症或非急症', 240],
  ),
  esi: levels(
    ['resuscitation', '复苏', 0],
    ['emergent', '危急', 10],
    ['urgent', '紧急', 30],
    ['less urgent', '次紧急', 60],
    ['non-urgent', '非紧急', 120],
  ),
};

/** Longer than this nobody waits by intention. */
export const TARGET_SECONDS_MAX = seconds(90 * DAY);

/** The levels staff choose from, most urgent first. */
export function triageLevels({ triagePreset, ownTriage }: Triage): readonly TriageLevel[] {
  if (triagePreset !== 'own') return PRESET_LEVELS[triagePreset];
  return ownTriage && ownTriage.length > 0 ? ownTriage : PRESET_LEVELS.manchester;
}

/** The level a class is treated as: its own, else the next more urgent one, else the most urgent of all. */
export function levelOf(all: readonly TriageLevel[], urgency: UrgencyClass): TriageLevel | null {
  return all.findLast((level) => level.urgency <= urgency) ?? all[0] ?? null;
}

/** What each class is called, class 1 first. */
export function urgencyNames(triage: Triage): { readonly urgency: UrgencyClass; readonly name: LocalText }[] {
  const all = triageLevels(triage);
  return URGENCY_CLASSES.flatMap((urgency) => {
    const level = levelOf(all, urgency);
    return level ? [{ urgency, name: level.name }] : [];
  });
}

/** Target wait per class, class 1 first. A class beyond the list has the last one's. */
export function triageTargets(triage: Triage): readonly Seconds[] {
  const all = triageLevels(triage);
  if (triage.triagePreset !== 'own') return all.map(({ targetSeconds }) => targetSeconds);
  return URGENCY_CLASSES.map((urgency) => levelOf(all, urgency)?.targetSeconds ?? seconds(0));
}

/** Whether a clinic can work with these: each class once and in order, and nobody more urgent waits longer. */
export function areTriageLevels(all: readonly TriageLevel[]): boolean {
  const isInOrder = ({ urgency, targetSeconds }: TriageLevel, index: number): boolean => {
    const before = all[index - 1];
    return before === undefined || (before.urgency < urgency && before.targetSeconds <= targetSeconds);
  };
  return all.length > 0 && all.every(isInOrder);
}

/** What a task gets when nobody says otherwise: routine. */
export const ROUTINE: UrgencyClass = 4;
