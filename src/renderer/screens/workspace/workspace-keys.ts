/**
 * The workspace's keys, as data: what a pressed key means while no text is being typed. Letters of actions come from
 * the table that menus and tooltips show, so that what is shown is what works.
 */
import type { TaskAction } from '../../../shared/domain/lifecycle.ts';
import { TASK_ACTIONS } from '../../../shared/domain/lifecycle.ts';
import { ACTION_KEYS } from '../../format/task-words.ts';

/** Besides the actions of the lifecycle. */
export const CHANGE_KEY = 'E';
export const DUPLICATE_KEY = 'D';

export type KeyCommand =
  | {
      readonly name:
        'new' | 'next' | 'previous' | 'open' | 'primary' | 'search' | 'views' | 'change' | 'duplicate';
    }
  | { readonly name: 'act'; readonly action: TaskAction };

type Pressed = Pick<KeyboardEvent, 'key' | 'shiftKey' | 'ctrlKey' | 'metaKey' | 'altKey'>;

export function commandOf(pressed: Pressed): KeyCommand | null {
  if (pressed.ctrlKey || pressed.metaKey || pressed.altKey) return null;
  if (pressed.key === 'Enter') return { name: pressed.shiftKey ? 'primary' : 'open' };
  if (pressed.shiftKey) return null;
  const letter = pressed.key.toUpperCase();
  if (letter === 'N') return { name: 'new' };
  if (letter === 'J') return { name: 'next' };
  if (letter === 'K') return { name: 'previous' };
  if (letter === '/') return { name: 'search' };
  if (letter === 'V') return { name: 'views' };
  if (letter === CHANGE_KEY) return { name: 'change' };
  if (letter === DUPLICATE_KEY) return { name: 'duplicate' };
  const action = TASK_ACTIONS.find((candidate) => ACTION_KEYS[candidate] === letter);
  return action ? { name: 'act', action } : null;
}

/** Where every key is text, or chooses something. */
const TAKES_ALL =
  'input, textarea, select, [role="menu"], [role="dialog"], [role="listbox"], [aria-haspopup="listbox"]';
/** Keys by which a button or a link is pressed; letters mean the same there as beside it. */
const PRESSES: readonly string[] = ['Enter', ' '];

/** True where a key is text, or belongs to a control, a menu or a dialog. */
export function isTakenByControl({ target, key }: Pick<KeyboardEvent, 'target' | 'key'>): boolean {
  if (!(target instanceof Element)) return false;
  if (target.closest(TAKES_ALL)) return true;
  return PRESSES.includes(key) && target.closest('button, a') !== null;
}
