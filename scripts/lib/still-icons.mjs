/**
 * Icons as still drawings in the built bundles. Lucide's component builds each icon from data when it is shown: an element
 * made by name and an effect per line of it, forty milliseconds for the icons of the first screen. Here each becomes the
 * markup that this makes, written out at build time, which Svelte clones. Tests, types and `npm run dev` take the library
 * as it is. See decision 0302.
 */
import { readFileSync } from 'node:fs';

const ICON = /@lucide[\\/]svelte[\\/]dist[\\/]icons[\\/][a-z0-9-]+\.svelte$/;
const DATA = /^const iconData = (\{.*\});$/m;

/** @returns {import('vite').Plugin} */
export function stillIcons() {
  return {
    name: 'still-icons',
    enforce: 'pre',
    apply: 'build',
    load: {
      filter: { id: ICON },
      handler: (id) => drawing(readFileSync(id, 'utf8'), id),
    },
  };
}

/** What src/renderer/ui/Icon.svelte gives, and nothing else: a decorative icon, its stroke as thick at every size. No class names. */
function drawing(source, file) {
  const [, data] = DATA.exec(source) ?? [];
  if (data === undefined) throw new Error(`no icon data, another form of the library? ${file}`);
  const { size, node } = JSON.parse(data);
  const lines = node.map(([tag, attributes]) => `<${tag}${written(attributes)} />`);
  return `<script>
  let { size, strokeWidth } = $props();
</script>
<svg xmlns="http://www.w3.org/2000/svg" width={size} height={size} viewBox="0 0 ${size} ${size}" fill="none"
  stroke="currentColor" stroke-width={(strokeWidth * ${size}) / size} stroke-linecap="round" stroke-linejoin="round"
  aria-hidden="true" focusable="false">${lines.join('')}</svg>`;
}

const written = (attributes) =>
  Object.entries(attributes)
    .map(([name, value]) => ` ${name}="${value}"`)
    .join('');
