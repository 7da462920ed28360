/**
 * What the fault tests counted, for the table at the end of `npm run test:faults`: one line of JSON per row, in the file
 * that `CLINIC_ALLOCATOR_FAULTS` names. Without it nothing is written.
 */
import { appendFileSync } from 'node:fs';

export interface FaultCount {
  /** What was done to the application. */
  readonly fault: string;
  /** How often, and what of: "4000 crash states". */
  readonly cases: string;
  /** What held, in the test's own numbers. */
  readonly result: string;
}

export function countFault(count: FaultCount): void {
  const file = process.env['CLINIC_ALLOCATOR_FAULTS'];
  if (file !== undefined) appendFileSync(file, `${JSON.stringify(count)}\n`);
}
