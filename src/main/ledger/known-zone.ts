/**
 * The clinic's time zone out of a file that may not open as a ledger: a damaged one, or a backup. For the clock that
 * times are told on while there is no ledger to work with; nothing else rests on it.
 */
import { isTimeZone } from '../../shared/local-time.ts';
import { openForReading } from './connection.ts';

/** @returns null where the file is missing, is nobody's yet, or cannot be read that far */
export function findKnownZone(path: string): string | null {
  try {
    const connection = openForReading(path);
    try {
      const zone = connection.prepare<[], unknown>('SELECT time_zone FROM clinic').pluck().get();
      return typeof zone === 'string' && isTimeZone(zone) ? zone : null;
    } finally {
      connection.close();
    }
  } catch {
    return null; // whatever is wrong with it has been told already
  }
}
