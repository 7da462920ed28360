/** One row of the bench, how rows are printed, and which of them must hold. */

export interface BenchRow {
  readonly set: string;
  /** What is measured: "deviation from the optimum, %". */
  readonly measure: string;
  readonly instances: number;
  readonly budget: number;
  readonly value: number;
  readonly worst: number | null;
  readonly microsecondsPerSchedule: number | null;
  readonly schedulesUsed: number | null;
  /** The value that must not be exceeded; null where nothing must hold. */
  readonly must: number | null;
  /** Everything the judge or a lower bound has against the row; any line fails the bench. */
  readonly faults: readonly string[];
}

export function isKept(row: BenchRow): boolean {
  return row.faults.length === 0 && (row.must === null || row.value <= row.must);
}

const COLUMNS = [
  'set',
  'measure',
  'n',
  'budget',
  'value',
  'worst',
  'µs/schedule',
  'schedules',
  'must',
  'kept',
] as const;

function cells(row: BenchRow): string[] {
  const number = (value: number | null, digits: number): string =>
    value === null ? '' : value.toFixed(digits);
  return [
    row.set,
    row.measure,
    String(row.instances),
    String(row.budget),
    number(row.value, 3),
    number(row.worst, 3),
    number(row.microsecondsPerSchedule, 1),
    number(row.schedulesUsed, 0),
    row.must === null ? '' : `≤ ${row.must}`,
    isKept(row) ? 'yes' : 'NO',
  ];
}

/** The rows as a table of aligned columns, faults below. */
export function tableOf(rows: readonly BenchRow[]): string {
  const lines = [[...COLUMNS], ...rows.map(cells)];
  const widths = COLUMNS.map((_, column) => Math.max(...lines.map((line) => line[column]?.length ?? 0)));
  const text = lines.map((line) =>
    line
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );
  return [...text, ...rows.flatMap((row) => row.faults.map((fault) => `${row.set}: ${fault}`))].join('\n');
}
