/**
 * The books as of an instant, for as long as somebody looks back. Made when it is first asked and again after every
 * commit, because what is entered now may be about then.
 */
import type { Head, LookBack, LookBackAt, ReadDb } from '../../ledger/index.ts';
import { findHead, openLookBack } from '../../ledger/index.ts';
import type { Instant } from '../../../shared/units.ts';
import { instant } from '../../../shared/units.ts';

interface LiveLedger {
  readonly readPath: string;
  head(): Head;
}

export class PastView {
  readonly asked: LookBackAt;
  readonly #ledger: LiveLedger;
  #open: { readonly back: LookBack; readonly liveSeq: number } | null = null;

  constructor(ledger: LiveLedger, asked: LookBackAt) {
    this.#ledger = ledger;
    this.asked = asked;
  }

  get now(): Instant {
    return instant(this.asked.at);
  }

  get db(): ReadDb {
    return this.#current().db;
  }

  /** Which entries it was made of: up to one of the chain, or, by effective time, those of the whole chain that fit. */
  get head(): Head {
    const live = this.#ledger.head();
    return this.asked.by === 'effective' ? live : (findHead(this.db) ?? live);
  }

  close(): void {
    this.#open?.back.close();
    this.#open = null;
  }

  #current(): LookBack {
    const liveSeq = this.#ledger.head().seq;
    if (this.#open?.liveSeq === liveSeq) return this.#open.back;
    this.close();
    const back = openLookBack(this.#ledger.readPath, this.asked);
    this.#open = { back, liveSeq };
    return back;
  }
}
