/**
 * When reports are made ahead (decision 0277): some seconds after the window stands, or as soon as somebody has opened
 * Reports, who will ask for something longer than its month next. Once, whichever comes first.
 */
import type { Dispatch } from './dispatch.ts';

/** What Reports asks for first. */
const OPENS_REPORTS = 'report.utilization';

export class Warming {
  readonly #warm: () => void;
  #timer: NodeJS.Timeout | undefined;
  #isDone = false;

  /** @param warm  begins it */
  constructor(warm: () => void) {
    this.#warm = warm;
  }

  /** @param ms  when it begins at the latest */
  within(ms: number): void {
    this.#timer = setTimeout(() => {
      this.#begin();
    }, ms);
  }

  /** The same answers; the first report begins it once its answer is on the way. */
  after(dispatch: Dispatch): Dispatch {
    return async (channel, request) => {
      const reply = await dispatch(channel, request);
      if (channel === OPENS_REPORTS) {
        setImmediate(() => {
          this.#begin();
        });
      }
      return reply;
    };
  }

  /** Whatever has not begun never does. */
  end(): void {
    clearTimeout(this.#timer);
    this.#isDone = true;
  }

  #begin(): void {
    if (this.#isDone) return;
    this.end();
    this.#warm();
  }
}
