/** Which key does what on the timeline: walking from bar to bar, and moving the one in hand. */
import type { GrabState } from './grab.svelte.ts';

export type ChartKey = 'earlier' | 'later' | 'above' | 'below' | 'first' | 'last' | 'grab';

const WALK: Readonly<Record<string, ChartKey>> = {
  ArrowLeft: 'earlier',
  ArrowRight: 'later',
  ArrowUp: 'above',
  ArrowDown: 'below',
  Home: 'first',
  End: 'last',
  Enter: 'grab',
};

/** Null for a key that means nothing on a bar. */
export function chartKey(event: KeyboardEvent): ChartKey | null {
  if (event.ctrlKey || event.altKey || event.metaKey || event.shiftKey) return null;
  return WALK[event.key] ?? null;
}

/** Moves what is in hand. @returns what is left to do, or null for a key that means nothing then */
export function grabKey(event: KeyboardEvent, grab: GrabState): 'drop' | 'back' | 'moved' | null {
  const handle = event.shiftKey ? 'end' : 'bar';
  switch (event.key) {
    case 'Enter':
      return 'drop';
    case 'Escape':
      return 'back';
    case 'ArrowLeft':
      grab.nudge(handle, -1);
      return 'moved';
    case 'ArrowRight':
      grab.nudge(handle, 1);
      return 'moved';
    case 'ArrowUp':
      grab.toUnit(-1);
      return 'moved';
    case 'ArrowDown':
      grab.toUnit(1);
      return 'moved';
    case 'PageUp':
      grab.leap(-1);
      return 'moved';
    case 'PageDown':
      grab.leap(1);
      return 'moved';
    default:
      return null;
  }
}
