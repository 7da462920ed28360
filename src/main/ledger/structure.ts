/** SQLite's own check of a file: pages, trees, indexes and rows against each other. */
import type { Connection } from './connection.ts';

/** Words about the list of free pages and other facts that stand in the file's header, on its first page. */
const OF_THE_HEADER = /^(Freelist|incremental_vacuum)/;

/** One line per fault, each with its page, tree, row or index; empty: nothing is wrong. @throws SqliteError */
export function structureFaults(connection: Connection): string[] {
  const answers = connection.prepare<[], string>('PRAGMA integrity_check').pluck().all();
  return answers
    .flatMap((answer) => answer.split('\n'))
    .filter((line) => line !== 'ok' && !line.startsWith('***'))
    .map((line) => (OF_THE_HEADER.test(line) ? `page 1: ${line}` : line));
}
