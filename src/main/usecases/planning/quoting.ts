/**
 * Answers "when could this run?" against the plan that is adopted, without moving anything in it. The book of adopted
 * windows is kept until the ledger grows or the minute passes, because a form asks at every keystroke.
 */
import { QuoteBook } from '../../allocator/index.ts';
import type { Quote } from '../../allocator/index.ts';
import type { ReadDb } from '../../ledger/index.ts';
import { getHead } from '../../ledger/index.ts';
import type { PlanRefusalCode } from '../../../shared/domain/reason.ts';
import type { Task } from '../../../shared/domain/task.ts';
import type { Result } from '../../../shared/result.ts';
import type { Instant } from '../../../shared/units.ts';
import { MINUTE } from '../../../shared/units.ts';
import { adoptedPlan } from './adopted-plan.ts';
import { readBooks } from './books.ts';
import { HORIZON_SECONDS, REPLAN_SETTINGS } from './settings.ts';
import { snapshotOf } from './snapshot.ts';

/** How many starts a form offers. */
const STARTS_SHOWN = 5;

export class Quoting {
  readonly #timeZoneData: string;
  #book: { readonly key: string; readonly quotes: QuoteBook } | null = null;

  constructor(timeZoneData: string) {
    this.#timeZoneData = timeZoneData;
  }

  /** The next starts at which everything the task needs is free; the first refusal when there is none. */
  quote(db: ReadDb, task: Task, now: Instant, count = STARTS_SHOWN): Result<Quote, PlanRefusalCode> {
    return this.#bookOf(db, now).quote({ ...task, state: 'waiting', current: null }, count);
  }

  #bookOf(db: ReadDb, now: Instant): QuoteBook {
    const key = `${getHead(db).hash} ${Math.floor(now / MINUTE)}`;
    if (this.#book?.key !== key) this.#book = { key, quotes: this.#makeBook(db, now) };
    return this.#book.quotes;
  }

  #makeBook(db: ReadDb, now: Instant): QuoteBook {
    const books = readBooks(db, now);
    const snapshot = snapshotOf({
      books,
      now,
      horizonSeconds: HORIZON_SECONDS,
      timeZoneData: this.#timeZoneData,
    });
    return new QuoteBook(snapshot, adoptedPlan(snapshot, now), now, REPLAN_SETTINGS);
  }
}
