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

export function fillJsdomGaps(): void {
  globalThis.ResizeObserver = NoResizes;
  Element.prototype.scrollIntoView = () => undefined;
  Object.defineProperty(document, 'fonts', { configurable: true, value: { ready: Promise.resolve() } });
}
