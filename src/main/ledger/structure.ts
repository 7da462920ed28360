/** SQLite's own check of a file: pages, trees, indexes and rows against each other. */
import type { Connection } from './connection.ts';
import { storageFailureOf } from './sqlite-failure.ts';

/** Words about the list of free pages and other facts that stand in the file's header, on its first page. */
const OF_THE_HEADER = /^(Freelist|incremental_vacuum)/;

/** What SQLite says where a page makes no sense at all: without saying which. */
const NOWHERE = 'database disk image is malformed';

/** One line per fault, each with its page, tree, row or index; empty: nothing is wrong. @throws SqliteError */
export function structureFaults(connection: Connection): string[] {
  return check(connection, 'PRAGMA integrity_check').flatMap((line) => {
    if (line === NOWHERE) return treesWithFaults(connection);
    return OF_THE_HEADER.test(line) ? `page 1: ${line}` : line;
  });
}

function check(connection: Connection, pragma: string): string[] {
  try {
    const answers = connection.prepare<[], string>(pragma).pluck().all();
    return answers
      .flatMap((answer) => answer.split('\n'))
      .filter((line) => line !== 'ok' && !line.startsWith('***'));
  } catch (error) {
    if (storageFailureOf(error) !== 'ledger-damaged') throw error;
    return [NOWHERE];
  }
}

/** Each table looked at by itself: which of them, by its name and the page where its tree begins. */
function treesWithFaults(connection: Connection): string[] {
  const tables = connection
    .prepare<[], { name: string; page: number }>(
      `SELECT name, rootpage AS page FROM sqlite_schema WHERE type = 'table' AND rootpage > 0`,
    )
    .all();
  const found = tables.flatMap(({ name, page }) =>
    check(connection, `PRAGMA integrity_check("${name}")`).map((line) =>
      line === NOWHERE ? `tree ${page} (${name}): ${line}` : line,
    ),
  );
  return found.length > 0 ? found : [NOWHERE];
}
