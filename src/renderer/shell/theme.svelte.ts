/**
 * Puts the theme on the root element. `system` follows the system's colours and its wish for more contrast, and goes on
 * following them while the window is open.
 */
export type ThemeChoice = 'system' | 'light' | 'dark' | 'contrast';

const prefersDark = window.matchMedia('(prefers-color-scheme: dark)');
const prefersContrast = window.matchMedia('(prefers-contrast: more)');
let chosen: ThemeChoice = 'system';
let shown = $state('light');

export function applyTheme(choice: ThemeChoice): void {
  chosen = choice;
  shown = resolved();
  document.documentElement.dataset['theme'] = shown;
}

/** Whether the window is dark now; follows every change. */
export function isDark(): boolean {
  return shown === 'dark';
}

function resolved(): string {
  if (prefersContrast.matches) return 'contrast';
  if (chosen !== 'system') return chosen;
  return prefersDark.matches ? 'dark' : 'light';
}

for (const query of [prefersDark, prefersContrast]) {
  query.addEventListener('change', () => {
    applyTheme(chosen);
  });
}
