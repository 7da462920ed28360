/** What screens ask of a browser and jsdom has not: it lays nothing out and loads no faces. */
class NoResizes implements ResizeObserver {
  observe(): void {
    return undefined;
  }
  unobserve(): void {
    return undefined;
  }
  disconnect(): void {
    return undefined;
  }
}

class NothingTold extends NoResizes implements IntersectionObserver {
  readonly root = null;
  readonly rootMargin = '';
  readonly scrollMargin = '';
  readonly thresholds = [];
  takeRecords(): IntersectionObserverEntry[] {
    return [];
  }
}

/** A wide window in which no media query matches. */
const WIDE = {
  matches: false,
  onchange: null,
  addListener: () => undefined,
  removeListener: () => undefined,
};

export function fillJsdomGaps(): void {
  globalThis.ResizeObserver = NoResizes;
  globalThis.IntersectionObserver = NothingTold;
  globalThis.matchMedia = (media) => Object.assign(new EventTarget(), { ...WIDE, media });
  Element.prototype.scrollIntoView = () => undefined;
  Object.defineProperty(document, 'fonts', { configurable: true, value: { ready: Promise.resolve() } });
}

/** Node's own bytes in place of jsdom's, which the real ledger and its keys would not know for bytes. */
export function useNodeBytes(): void {
  globalThis.Uint8Array = Object.getPrototypeOf(Buffer) as Uint8ArrayConstructor; // Buffer extends it
}
