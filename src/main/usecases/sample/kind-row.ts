/** A row of the sample clinic's catalogue of work: what it needs, how often it comes in, and when in the day. */
import type { Preemptibility, WorkKind } from '../../../shared/domain/task.ts';
import type { UrgencyClass } from '../../../shared/domain/urgency.ts';
import type { Seconds } from '../../../shared/units.ts';
import type { SamplePoolName } from './pools.ts';

/** When in the day work comes in: weights per hour from 0:00. */
export const PROFILES = {
  /** Booked and walk-in visits: the morning, and a smaller wave after lunch. */
  visits: [0, 0, 0, 0, 0, 0, 0, 1, 10, 10, 8, 3, 1, 8, 9, 7, 2, 0, 0, 0, 0, 0, 0, 0],
  office: [0, 0, 0, 0, 0, 0, 0, 0, 6, 9, 8, 5, 1, 7, 8, 6, 4, 1, 0, 0, 0, 0, 0, 0],
  /** Scans asked for while the scanner is staffed. */
  scans: [0, 0, 0, 0, 0, 0, 0, 1, 5, 7, 7, 6, 4, 5, 6, 6, 5, 4, 3, 1, 0, 0, 0, 0],
  /** Emergencies keep no hours, though evenings are worse. */
  emergencies: [2, 2, 1, 1, 1, 1, 2, 3, 4, 4, 4, 4, 4, 4, 4, 4, 4, 5, 6, 6, 6, 5, 4, 3],
  allDay: [2, 1, 1, 1, 1, 2, 3, 4, 6, 7, 7, 6, 5, 5, 6, 6, 6, 5, 5, 4, 4, 3, 3, 2],
  /** Long analyses are handed in before people go home. */
  evenings: [3, 3, 3, 2, 2, 1, 1, 1, 2, 3, 3, 3, 2, 3, 4, 4, 5, 7, 6, 5, 4, 4, 4, 4],
} as const satisfies Record<string, readonly number[]>;

export interface SampleKind {
  readonly kind: WorkKind;
  /** How many come in on a weekday, a Saturday and a Sunday, on average. */
  readonly perDay: readonly [weekday: number, saturday: number, sunday: number];
  readonly profile: keyof typeof PROFILES;
  /** Of a hundred, how many are booked days ahead; the rest want to start as they come in. */
  readonly bookedPercent: number;
  readonly whom: 'anyone' | 'women' | 'children' | 'elders' | 'nobody';
  /** How often what its tasks watch is read; null for work that reads nothing, or all the time. */
  readonly intervalSeconds: Seconds | null;
}

/** A row of the catalogue as it is written down. */
export interface KindRow {
  readonly id: string;
  /** English, a blank, Chinese. */
  readonly name: string;
  /** Units per pool. */
  readonly needs: Partial<Record<SamplePoolName, number>>;
  readonly minutes: number;
  readonly urgency: UrgencyClass;
  readonly perDay: SampleKind['perDay'];
  readonly profile: SampleKind['profile'];
  readonly bookedPercent?: number;
  readonly whom?: SampleKind['whom'];
  readonly preemptibility?: Preemptibility;
  readonly code?: string;
  /** How often it is read, in minutes. */
  readonly everyMinutes?: number;
}
