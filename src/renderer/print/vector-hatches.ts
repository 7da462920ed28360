/**
 * Draws hatched areas as lines for paper. Chromium's PDF writer turns every area filled with an SVG pattern into a
 * picture (24 MB for a month of eight pools, and blurred when enlarged); lines of the same slope and spacing stay
 * vectors. Runs once, when the page is laid out: what it replaces is not drawn again.
 */

const SVG = 'http://www.w3.org/2000/svg';
/** Distance between two lines along an axis; the patterns' tile. */
const SPACING = 5;

interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Replaces every rectangle filled with a pattern by the pattern's lines within it. */
export function drawHatchesAsLines(root: ParentNode): void {
  for (const area of root.querySelectorAll<SVGRectElement>('rect[fill^="url("]')) {
    const pattern = patternOf(area);
    const stroke = pattern?.querySelector('path');
    if (!pattern || !stroke) continue;
    const lines = document.createElementNS(SVG, 'path');
    const box = boxOf(area);
    const isCross = pattern.id.endsWith('-cross');
    lines.setAttribute('d', isCross ? fallingLines(box) + risingLines(box) : risingLines(box));
    const { stroke: colour, strokeWidth } = getComputedStyle(stroke);
    lines.setAttribute('stroke', colour);
    lines.setAttribute('stroke-width', strokeWidth);
    lines.setAttribute('fill', 'none');
    area.replaceWith(lines);
  }
}

/** Lines from lower left to upper right: x + y is a multiple of the spacing. */
export function risingLines({ x, y, width, height }: Box): string {
  let path = '';
  for (let sum = firstAbove(x + y); sum < x + width + y + height; sum += SPACING) {
    const left = Math.max(x, sum - (y + height));
    const right = Math.min(x + width, sum - y);
    path += `M${left} ${sum - left}L${right} ${sum - right}`;
  }
  return path;
}

/** Lines from upper left to lower right: x − y is a multiple of the spacing. */
export function fallingLines({ x, y, width, height }: Box): string {
  let path = '';
  for (let difference = firstAbove(x - y - height); difference < x + width - y; difference += SPACING) {
    const left = Math.max(x, difference + y);
    const right = Math.min(x + width, difference + y + height);
    path += `M${left} ${left - difference}L${right} ${right - difference}`;
  }
  return path;
}

function firstAbove(value: number): number {
  return (Math.floor(value / SPACING) + 1) * SPACING;
}

function patternOf(area: SVGRectElement): Element | null {
  const id = /url\("?#([^")]+)"?\)/.exec(area.getAttribute('fill') ?? '')?.[1];
  return id === undefined ? null : document.getElementById(id);
}

function boxOf(area: SVGRectElement): Box {
  const { x, y, width, height } = area.getBBox();
  return { x, y, width, height };
}
