/** Work that may wait until what a person looks at is drawn. */

/** A hidden window draws no frames; then a short wait stands for one. */
const HIDDEN_MS = 100;

/**
 * Calls `work` in a task of its own once the next frame is drawn, which the beginning of the one after it tells.
 * @returns a function that takes it back
 */
export function afterFrame(work: () => void): () => void {
  let timer = setTimeout(work, HIDDEN_MS);
  let frame = requestAnimationFrame(() => {
    frame = requestAnimationFrame(() => {
      clearTimeout(timer);
      timer = setTimeout(work);
    });
  });
  return () => {
    cancelAnimationFrame(frame);
    clearTimeout(timer);
  };
}
