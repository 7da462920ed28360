/**
 * Imports that were in the books then and have been taken back since: their tasks are in no table any more and come
 * from their entries again. Only by recorded time: what was taken back was never so.
 */
import type { Connection } from '../connection.ts';
import { readHandle } from '../handles.ts';
import type { WriteDb } from '../handles.ts';
import { readEntries } from '../queries/entries.ts';
import { replayEntry } from '../replay.ts';

interface Batch {
  readonly firstSeq: number;
  readonly lastSeq: number;
}

/* An import is one command, and its last entry says that it was taken in. */
const REVERSED_SINCE = `
  SELECT coalesce(c.first_seq, i.committed_seq) AS firstSeq, i.committed_seq AS lastSeq
  FROM main.imports i
  JOIN main.entries e ON e.seq = i.committed_seq
  LEFT JOIN main.commands c ON c.command_id = e.command_id
  WHERE i.committed_seq <= :last AND i.reversed_seq > :last ORDER BY i.committed_seq`;

const STRETCH = 1000;

export function putImportsBack(connection: Connection, target: WriteDb, last: number): void {
  const source = readHandle(connection);
  const batches = connection.prepare<{ last: number }, Batch>(REVERSED_SINCE).all({ last });
  for (const { firstSeq, lastSeq } of batches) {
    for (let seq = firstSeq - 1; seq < lastSeq;) {
      const stretch = readEntries(source, seq, STRETCH).filter((entry) => entry.seq <= lastSeq);
      for (const entry of stretch) if (entry.kind === 'task-imported') replayEntry(target, entry);
      seq = stretch.at(-1)?.seq ?? lastSeq;
    }
  }
}
