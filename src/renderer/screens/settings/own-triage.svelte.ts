/**
 * A clinic's own triage levels as rows of a form: the class each is planned as, its name in both languages, and the wait
 * it allows. Touches no DOM and sends nothing: the clinic's form does.
 */
import type { TriageLevel, UrgencyClass } from '../../../shared/domain/urgency.ts';
import { TARGET_SECONDS_MAX, URGENCY_CLASSES } from '../../../shared/domain/urgency.ts';
import { m } from '../../../shared/messages/index.ts';
import { nextKey } from '../../forms/names.ts';
import { MINUTE, seconds } from '../../../shared/units.ts';

export interface LevelRow {
  readonly key: number;
  urgency: UrgencyClass;
  en: string;
  zh: string;
  /** Minutes; null while what is typed is no number. */
  target: number | null;
}
type LevelField = 'urgency' | 'name' | 'target';

export class OwnTriage {
  rows = $state<LevelRow[]>([]);
  areFaultsShown = $state(false);

  readonly canAdd = $derived(this.rows.length < URGENCY_CLASSES.length);
  readonly isWhole = $derived.by(
    () =>
      this.rows.length > 0 &&
      this.rows.every((_, at) =>
        (['urgency', 'name', 'target'] as const).every((field) => this.#problem(at, field) === null),
      ),
  );

  take(levels: readonly TriageLevel[]): void {
    this.restore(
      levels.map(({ urgency, name, targetSeconds }, at) => ({
        key: at + 1,
        urgency,
        en: name.en,
        zh: name.zh,
        target: targetSeconds / MINUTE,
      })),
    );
  }

  restore(rows: readonly LevelRow[]): void {
    this.areFaultsShown = false;
    this.rows = rows.map((row) => ({ ...row }));
  }

  /** The next class that no level has, with the wait of the last one. */
  add(): void {
    const used = new Set(this.rows.map(({ urgency }) => urgency));
    const urgency = URGENCY_CLASSES.find((each) => !used.has(each));
    if (!urgency) return;
    const at = this.rows.findIndex((row) => row.urgency > urgency);
    const target = this.rows[(at === -1 ? this.rows.length : at) - 1]?.target ?? 0;
    const row = { key: nextKey(this.rows), urgency, en: '', zh: '', target };
    this.rows.splice(at === -1 ? this.rows.length : at, 0, row);
  }

  remove(at: number): void {
    this.rows.splice(at, 1);
  }

  /** What is wrong with a field, in words, once somebody has tried to save; null where nothing is. */
  problem(at: number, field: LevelField): string | null {
    return this.areFaultsShown ? this.#problem(at, field) : null;
  }

  #problem(at: number, field: LevelField): string | null {
    const row = this.rows[at];
    const before = this.rows[at - 1];
    if (!row) return null;
    if (field === 'name')
      return row.en.trim() + row.zh.trim() === '' ? m.settings_level_problem_name() : null;
    if (field === 'urgency') {
      return before && before.urgency >= row.urgency ? m.settings_level_problem_order() : null;
    }
    const { target } = row;
    if (target === null || target < 0 || target * MINUTE > TARGET_SECONDS_MAX) {
      return m.settings_level_problem_target();
    }
    return before && (before.target ?? 0) > target ? m.settings_level_problem_longer() : null;
  }

  /** Whatever order the ledger gives a level's parts in. */
  differsFrom(kept: readonly TriageLevel[]): boolean {
    const asText = (levels: readonly TriageLevel[]): string =>
      JSON.stringify(
        levels.map(({ urgency, name, targetSeconds }) => [urgency, name.en, name.zh, targetSeconds]),
      );
    return this.rows.some(({ target }) => target === null) || asText(this.levels) !== asText(kept);
  }

  /** As the ledger keeps them; a name in one language stands for both. */
  get levels(): TriageLevel[] {
    return this.rows.map(({ urgency, en, zh, target }) => ({
      urgency,
      name: { en: en.trim() || zh.trim(), zh: zh.trim() || en.trim() },
      targetSeconds: seconds(Math.round((target ?? 0) * MINUTE)),
    }));
  }
}
