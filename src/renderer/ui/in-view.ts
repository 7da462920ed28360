/** Whether elements lie in the window, within all that scrolls around them: one observer for all. */

const listeners = new WeakMap<Element, (isInView: boolean) => void>();
let observer: IntersectionObserver | null = null;

/**
 * Tells once at the beginning and at each change.
 * @returns a function that ends it
 */
export function whenInView(element: Element, tell: (isInView: boolean) => void): () => void {
  observer ??= new IntersectionObserver((entries) => {
    for (const { target, isIntersecting } of entries) listeners.get(target)?.(isIntersecting);
  });
  listeners.set(element, tell);
  observer.observe(element);
  return () => {
    listeners.delete(element);
    observer?.unobserve(element);
  };
}
