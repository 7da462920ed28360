/** An icon of @lucide/svelte, imported one by one: `import Sun from '@lucide/svelte/icons/sun'`. */
import type Sun from '@lucide/svelte/icons/sun';

/** Every icon has the same type; one stands for all. */
export type IconImage = typeof Sun;
