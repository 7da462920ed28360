/** The levels this clinic sorts its work by, for every mark, choice and target of the window. */
import type { Triage, TriageLevel, UrgencyClass } from '../../shared/domain/urgency.ts';
import { levelOf, triageLevels } from '../../shared/domain/urgency.ts';
import { m } from '../../shared/messages/index.ts';
import { text } from '../locale.svelte.ts';
import { format } from './format.svelte.ts';

class TriageState {
  #clinic = $state.raw<Triage>({ triagePreset: 'manchester' });

  get preset(): Triage['triagePreset'] {
    return this.#clinic.triagePreset;
  }

  get levels(): readonly TriageLevel[] {
    return triageLevels(this.#clinic);
  }

  set(clinic: Triage): void {
    this.#clinic = clinic;
  }

  /** What the clinic calls a class: `very urgent`. */
  nameOf(urgency: UrgencyClass): string {
    const level = levelOf(this.levels, urgency);
    return level ? text(level.name) : '';
  }

  /** `within 10 min`, `at once`. */
  targetWords({ targetSeconds }: TriageLevel): string {
    return targetSeconds === 0
      ? m.settings_target_at_once()
      : m.settings_target_within({ time: format.duration(targetSeconds) });
  }
}

export const triage = new TriageState();
