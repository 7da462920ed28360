/** One line of a menu; `'rule'` draws a line between groups. */
import type { IconImage } from './icon-image.ts';

export interface MenuItem {
  readonly id: string;
  readonly label: string;
  readonly icon?: IconImage;
  readonly shortcut?: string;
  readonly isDisabled?: boolean;
  readonly isDanger?: boolean;
  readonly onselect: () => void;
}

export type MenuEntry = MenuItem | 'rule';
