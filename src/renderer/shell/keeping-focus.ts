/**
 * The keyboard's place is never lost to the body. Where what had the focus goes away (a row that is done, an inspector
 * that closes, a button that is not there any more), the focus goes on: within a list to the row that takes its place,
 * else to the screen's list, else to where the person was before. Dialogs and menus look after their own.
 */
const FOCUSABLE =
  'a[href], button:not([disabled]), input:not([disabled]), textarea:not([disabled]), [tabindex="0"]';
const ROW = 'tr, li, [role="row"]';
const REMEMBERED = 8;

const isUsable = (element: HTMLElement): boolean =>
  element.isConnected && !element.matches(':disabled') && element.getClientRects().length > 0;

/** The first place in or at `element` that takes the focus. */
function placeIn(element: Element | null): HTMLElement | null {
  if (!(element instanceof HTMLElement)) return null;
  if (element.matches(FOCUSABLE) && isUsable(element)) return element;
  return [...element.querySelectorAll<HTMLElement>(FOCUSABLE)].find(isUsable) ?? null;
}

function elementBeside(node: Node | null, towards: 'nextSibling' | 'previousSibling'): Element | null {
  let at = node;
  while (at !== null && !(at instanceof Element)) at = at[towards];
  return at;
}

/** The place in the row after a removed one, or before it where it was the last; null where no row was removed. */
function neighbourOf({ removedNodes, nextSibling, previousSibling }: MutationRecord, last: HTMLElement) {
  const removed = [...removedNodes].find((node) => node.contains(last));
  if (!(removed instanceof Element) || !removed.matches(ROW)) return null;
  return (
    placeIn(elementBeside(nextSibling, 'nextSibling')) ??
    placeIn(elementBeside(previousSibling, 'previousSibling'))
  );
}

/**
 * Watches over everything in `root`.
 * @returns ends it
 */
export function keepFocus(root: HTMLElement): () => void {
  /** Where the focus was, the latest last. */
  let visited: HTMLElement[] = [];

  function remember(event: FocusEvent): void {
    if (!(event.target instanceof HTMLElement) || event.target === root) return;
    visited = [...visited.filter((each) => each !== event.target), event.target].slice(-REMEMBERED);
  }

  const isLost = (): boolean => document.activeElement === null || document.activeElement === document.body;

  function goOn(records: readonly MutationRecord[]): void {
    const last = visited.at(-1);
    const isSwitchedOff = records.some(({ type, target }) => type === 'attributes' && target === last);
    if (!last || (!isLost() && !isSwitchedOff)) return; // asked first: it costs nothing while a list scrolls
    const beside = records.map((record) => neighbourOf(record, last)).find((place) => place !== null);
    // Two frames on: what opens or closes now may place the focus itself, and a button that is off loses it only then.
    requestAnimationFrame(() => requestAnimationFrame(() => findPlace(last, beside ?? null)));
  }

  function findPlace(last: HTMLElement, beside: HTMLElement | null): void {
    if (!isLost()) return;
    const before = visited.findLast((each) => isUsable(each) && each.closest('main') !== null);
    const places = [
      isUsable(last) ? last : null,
      beside,
      root.querySelector<HTMLElement>('main [role="grid"][tabindex="0"]'),
      before ?? null,
      root.querySelector<HTMLElement>('main [role="region"]'),
    ];
    places.find((place) => place !== null && isUsable(place))?.focus({ preventScroll: true });
  }

  const observer = new MutationObserver(goOn);
  observer.observe(root, { childList: true, subtree: true, attributeFilter: ['disabled'] });
  root.addEventListener('focusin', remember);
  return () => {
    observer.disconnect();
    root.removeEventListener('focusin', remember);
  };
}
