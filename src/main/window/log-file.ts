/**
 * Diagnostics on disk: one JSON line per entry, in a few files of limited size. Codes, ids and stack frames only.
 * Messages of errors are left out on purpose, because they quote what was being read or typed. Logging never fails
 * the work that is being logged. See decision 0042.
 */
import { appendFileSync, mkdirSync, renameSync, statSync } from 'node:fs';
import { join } from 'node:path';

export interface LogEntry {
  /** Kebab-case, stable: `handler-failed`. */
  readonly code: string;
  readonly detail?: string;
}

const FILE_BYTES_MAX = 1_000_000;
const OLD_FILES = 4;
const DETAIL_LENGTH_MAX = 8_000;

export class LogFile {
  readonly #folder: string;
  readonly #nowMs: () => number;
  readonly #bytesMax: number;

  constructor(folder: string, nowMs: () => number, bytesMax = FILE_BYTES_MAX) {
    this.#folder = folder;
    this.#nowMs = nowMs;
    this.#bytesMax = bytesMax;
  }

  write(entry: LogEntry): void {
    const line = {
      at: new Date(this.#nowMs()).toISOString(),
      process: process.pid,
      code: entry.code,
      ...(entry.detail === undefined ? {} : { detail: entry.detail.slice(0, DETAIL_LENGTH_MAX) }),
    };
    try {
      mkdirSync(this.#folder, { recursive: true });
      this.#rotate();
      appendFileSync(this.#path(0), `${JSON.stringify(line)}\n`, { mode: 0o600 });
    } catch {
      // A full or read-only disk is told by whatever was being done, not by its log.
    }
  }

  #path(age: number): string {
    return join(this.#folder, age === 0 ? 'clinic-allocator.log' : `clinic-allocator.${age}.log`);
  }

  #rotate(): void {
    const size = statSync(this.#path(0), { throwIfNoEntry: false })?.size ?? 0;
    if (size < this.#bytesMax) return;
    for (let age = OLD_FILES; age > 0; age -= 1) {
      if (statSync(this.#path(age - 1), { throwIfNoEntry: false }) !== undefined) {
        renameSync(this.#path(age - 1), this.#path(age));
      }
    }
  }
}

/**
 * What a log may hold of a fault: the kind of error, its code and where it came from, for it and for what caused it.
 * A database error is `SqliteError SQLITE_FULL` with its frames, without the statement or a value.
 */
export function faultDetail(fault: unknown): string {
  const parts: string[] = [];
  let current: unknown = fault;
  while (current instanceof Error && parts.length < 5) {
    const code = 'code' in current && typeof current.code === 'string' ? ` ${current.code}` : '';
    parts.push([`${current.name}${code}`, ...framesOf(current)].join('\n'));
    current = current.cause;
  }
  if (parts.length === 0) return `thrown: ${typeof fault}`;
  return parts.join('\ncaused by ');
}

/** The stack repeats the message before its frames; only what follows it is taken. */
function framesOf(error: Error): string[] {
  const stack = error.stack ?? '';
  const messageAt = stack.indexOf(error.message);
  const frames = messageAt === -1 ? '' : stack.slice(messageAt + error.message.length);
  return frames.split('\n').filter((line) => /^\s+at /.test(line));
}
