/**
 * Looks for a better plan while nobody waits for it, and keeps what it finds for a person to decide. A search runs on
 * its own thread when the ledger has grown, at most every few minutes; an offer is looked at again whenever the ledger
 * grows, so that what is shown is possible as things stand. Nothing is written here.
 */
import type { Offer } from '../../allocator/index.ts';
import type { ReadDb } from '../../ledger/index.ts';
import { getHead, listDeclined } from '../../ledger/index.ts';
import type { Instant } from '../../../shared/units.ts';
import { HOUR, MINUTE, instant } from '../../../shared/units.ts';
import { adoptedPlan } from './adopted-plan.ts';
import { readBooks } from './books.ts';
import type { Search } from './search-client.ts';
import { startSearch } from './search-client.ts';
import { HORIZON_SECONDS, OFFER_SETTINGS } from './settings.ts';
import { snapshotOf } from './snapshot.ts';

/** A proposal that a person has turned down is not made again for so long. */
export const DECLINED_SECONDS = HOUR;
/** Between two searches. */
const SEARCH_EVERY_SECONDS = 5 * MINUTE;
/** An older offer is looked at again even if nothing was entered: its first starts come close. */
const OFFER_SECONDS_MAX = 5 * MINUTE;
/** What a person is bothered for: so much sooner, all waiting work taken together. */
const GAIN_SECONDS_MIN = 30 * MINUTE;

/** An offer and the ledger it was made on. */
export interface StandingOffer {
  readonly offer: Offer;
  /** Hash of the ledger's head. */
  readonly basis: string;
  readonly madeAt: Instant;
}

interface Listener {
  /** There is another offer, or none any more. */
  changed(): void;
  /** A search has died; the next one is tried as if it had found nothing. */
  failed(fault: unknown): void;
}

export class Offers {
  readonly #timeZoneData: string;
  readonly #tell: Listener;
  #standing: StandingOffer | null = null;
  #search: Search | null = null;
  #searched: { readonly basis: string; readonly at: Instant } | null = null;
  #work: Promise<void> = Promise.resolve();

  constructor(timeZoneData: string, tell: Listener) {
    this.#timeZoneData = timeZoneData;
    this.#tell = tell;
  }

  /** The offer that is possible on this very ledger; null while there is none, or it is being looked at again. */
  current(db: ReadDb, now: Instant): StandingOffer | null {
    const standing = this.#standing;
    const isCurrent = standing?.basis === getHead(db).hash && now - standing.madeAt <= 2 * OFFER_SECONDS_MAX;
    return isCurrent && !isDeclined(db, now) ? standing : null;
  }

  /** How far the search is; null while none runs. */
  progress(): { readonly used: number; readonly budget: number } | null {
    return this.#search?.progress() ?? null;
  }

  /** Looks again at the offer that stands, if any. Call when the ledger has grown. */
  renew(db: ReadDb, now: Instant): void {
    if (this.#standing) this.consider(db, now);
  }

  /** Begins what is due: another look at the offer that stands, or a search. Call about once a minute. */
  consider(db: ReadDb, now: Instant): void {
    if (this.#search || isDeclined(db, now)) return;
    const basis = getHead(db).hash;
    const standing = this.#standing;
    if (standing) {
      const isFresh = standing.basis === basis && now - standing.madeAt < OFFER_SECONDS_MAX;
      if (!isFresh) this.#begin(db, now, standing.offer);
      return;
    }
    const isDue = this.#searched === null || now - this.#searched.at >= SEARCH_EVERY_SECONDS;
    if (isDue && this.#searched?.basis !== basis) this.#begin(db, now, null);
  }

  /** Waits for what has been begun. */
  settled(): Promise<void> {
    return this.#work;
  }

  /** Ends a search that runs. */
  async close(): Promise<void> {
    this.#search?.cancel();
    await this.#work;
  }

  #begin(db: ReadDb, now: Instant, renewed: Offer | null): void {
    const books = readBooks(db, now);
    if (!books.tasks.some((task) => task.state === 'tentative')) {
      this.#keep(null);
      return;
    }
    const snapshot = snapshotOf({
      books,
      now,
      horizonSeconds: HORIZON_SECONDS,
      timeZoneData: this.#timeZoneData,
    });
    const basis = getHead(db).hash;
    if (!renewed) this.#searched = { basis, at: now };
    const search = startSearch({
      snapshot,
      now,
      settings: OFFER_SETTINGS,
      adopted: adoptedPlan(snapshot, now),
      renews: renewed?.plan ?? null,
    });
    this.#search = search;
    this.#work = search.answer
      .then((answer) => {
        const offer = answer.kind === 'offer' ? answer.offer : null;
        this.#keep(offer && isWorthwhile(offer) ? { offer, basis, madeAt: now } : null);
      })
      .catch((fault: unknown) => {
        this.#keep(null);
        this.#tell.failed(fault);
      })
      .finally(() => (this.#search = null));
  }

  #keep(standing: StandingOffer | null): void {
    const isNews = standing !== null || this.#standing !== null;
    this.#standing = standing;
    if (isNews) this.#tell.changed();
  }
}

function isDeclined(db: ReadDb, now: Instant): boolean {
  return listDeclined(db, instant(now - DECLINED_SECONDS)).hasOffer;
}

/** Seconds by which waiting work starts sooner, all together; what starts later counts against it. */
export function gainOf(offer: Offer): number {
  return offer.moves.reduce((sum, { from, to }) => sum + (from !== null && to !== null ? from - to : 0), 0);
}

/** Better by the planner's own measure is not enough to bother a person. */
function isWorthwhile(offer: Offer): boolean {
  return gainOf(offer) >= GAIN_SECONDS_MIN || offer.moves.some((move) => move.from === null);
}
