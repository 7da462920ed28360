/** Schedules of one direction of time, how they are judged, and who stays when a child comes. */
/* eslint-disable @typescript-eslint/no-non-null-assertion -- typed arrays read inside their bounds only */
export type Score = readonly [number, number, number];
/** How a forward schedule is judged: three numbers compared in order, smaller is better. */
export type Measure = (starts: Int32Array, ends: Int32Array) => Score;

/** A schedule in its own direction of time. */
export interface Individual {
  readonly starts: Int32Array;
  readonly ends: Int32Array;
  readonly score: Score;
}

/** Below zero when `left` is the better one. */
export function compare(left: Individual, right: Individual): number {
  const [a, b] = [left.score, right.score];
  return a[0] - b[0] || a[1] - b[1] || a[2] - b[2];
}

/** Puts the child in the place of the worst, unless that is better or the child's score is there already. */
export function admit(child: Individual, population: Individual[]): void {
  let worst = 0;
  for (const [place, other] of population.entries()) {
    if (compare(child, other) === 0) return;
    if (compare(other, population[worst]!) > 0) worst = place;
  }
  if (compare(child, population[worst]!) < 0) population[worst] = child;
}
