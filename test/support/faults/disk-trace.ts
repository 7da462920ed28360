/** Reads what `disk-recorder.c` has written: the calls that changed files under one folder, in order. */

export type DiskCall =
  | { readonly call: 'open'; readonly fd: number; readonly path: string; readonly isNew: boolean }
  | { readonly call: 'close'; readonly fd: number }
  | { readonly call: 'write'; readonly fd: number; readonly offset: number; readonly bytes: Buffer }
  | { readonly call: 'truncate'; readonly fd: number; readonly length: number }
  | { readonly call: 'sync'; readonly fd: number; readonly isDone: boolean }
  | { readonly call: 'unlink' | 'mkdir' | 'rmdir'; readonly path: string }
  | { readonly call: 'rename'; readonly from: string; readonly to: string };

/** In the order of the C enumeration, which begins with 1. */
const OPERATIONS = [
  'open',
  'close',
  'write',
  'truncate',
  'sync',
  'unlink',
  'rename',
  'mkdir',
  'rmdir',
] as const;
const WORDS = 6;

/** @throws RangeError when it ends in the middle of a record */
export function readTrace(trace: Buffer): DiskCall[] {
  const calls: DiskCall[] = [];
  for (let at = 0; at < trace.length;) {
    const start = at;
    const word = (index: number): number => Number(trace.readBigInt64LE(start + index * 8));
    const length = word(3);
    const bytes = trace.subarray(at + WORDS * 8, at + WORDS * 8 + length);
    if (bytes.length < length) throw new RangeError('the trace ends in the middle of a record');
    calls.push(callOf(OPERATIONS[word(0) - 1], word, bytes));
    at += WORDS * 8 + length;
  }
  return calls;
}

function callOf(
  call: (typeof OPERATIONS)[number] | undefined,
  word: (index: number) => number,
  bytes: Buffer,
): DiskCall {
  const fd = word(1);
  switch (call) {
    case 'open':
      return { call, fd, path: bytes.toString(), isNew: word(5) === 1 };
    case 'close':
      return { call, fd };
    case 'write':
      return { call, fd, offset: word(2), bytes };
    case 'truncate':
      return { call, fd, length: word(2) };
    case 'sync':
      return { call, fd, isDone: word(4) === 0 };
    case 'rename': {
      const [from = '', to = ''] = bytes.toString().split('\0');
      return { call, from, to };
    }
    case undefined:
      throw new RangeError('an unknown operation in the trace');
    default:
      return { call, path: bytes.toString() };
  }
}
