/**
 * What lies in a folder of backups. Each one is the ledger's file under its name and day, its keys beside it, and a note
 * that says what was verified: head, length and size. The list of erased patients lies beside them all, so that no
 * restore brings back who was erased after the backup was made.
 */
import { existsSync, readdirSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { z } from 'zod';
import { findHead, keyStorePath, openReader, readEntries, removeFile } from '../../ledger/index.ts';
import type { Head } from '../../ledger/index.ts';
import { instantField } from '../../../shared/contract/fields.ts';
import type { Instant } from '../../../shared/units.ts';
import { keptDates } from './kept-days.ts';
import { readSmallFile, writeSmallFile } from './small-file.ts';

const SUFFIX = '.backup';
const DATED = /\.(\d{4}-\d{2}-\d{2})\.backup$/;

const noteField = z.strictObject({
  /** When it was verified. */
  at: instantField,
  length: z.int(),
  head: z.string(),
  /** Head of the first entry: which chain it is. */
  chain: z.string(),
  bytes: z.int(),
});
export type BackupNote = z.infer<typeof noteField>;

export interface BackupFile {
  readonly path: string;
  readonly name: string;
  readonly bytes: number;
  /** Null where nothing says that it was verified as it is now. */
  readonly note: BackupNote | null;
}

export function backupPath(folder: string, ledgerPath: string, date: string): string {
  return join(folder, `${basename(ledgerPath)}.${date}${SUFFIX}`);
}

const notePath = (path: string): string => `${path}.verified`;

export function writeNote(path: string, note: BackupNote): void {
  writeSmallFile(notePath(path), note);
}

/** Newest day first. @throws system errors when the folder cannot be read */
export function listBackups(folder: string): BackupFile[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith(SUFFIX))
    .sort()
    .reverse()
    .map((name) => {
      const path = join(folder, name);
      const bytes = statSync(path).size;
      const note = readSmallFile(notePath(path), noteField);
      return {
        path,
        name,
        bytes,
        note: note?.bytes === bytes && existsSync(keyStorePath(path)) ? note : null,
      };
    });
}

/** The hash of the first entry: the same in every backup of a ledger, whatever happened to it later. */
export function chainOf(path: string): string | null {
  const reader = openReader(path);
  if (!reader.ok) return null;
  const [first] = readEntries(reader.value.db, 0, 1);
  reader.value.close();
  return first?.hash ?? null;
}

/** Removes what the rule no longer keeps, of this chain and with a note only: nothing that somebody else put there. */
export function pruneBackups(folder: string, ledgerPath: string, chain: string): string[] {
  const mine = listBackups(folder).filter(
    ({ name, note }) =>
      note?.chain === chain && name.startsWith(`${basename(ledgerPath)}.`) && DATED.test(name),
  );
  const dateOf = (name: string): string => DATED.exec(name)?.[1] ?? '';
  const kept = new Set(keptDates(mine.map(({ name }) => dateOf(name))));
  const gone = mine.filter(({ name }) => !kept.has(dateOf(name)));
  for (const { path } of gone) {
    for (const each of [path, keyStorePath(path), notePath(path)]) removeFile(each);
  }
  return gone.map(({ name }) => name);
}

const erasedField = z.array(z.string());

const erasedPath = (folder: string, ledgerPath: string): string =>
  join(folder, `${basename(ledgerPath)}.erased`);

/** Adds to the list that is kept beside the backups; nobody is ever taken off it. */
export function keepErasures(folder: string, ledgerPath: string, erased: readonly string[]): void {
  const path = erasedPath(folder, ledgerPath);
  const known = readSmallFile(path, erasedField) ?? [];
  const all = [...new Set([...known, ...erased])].sort();
  if (all.length > known.length) writeSmallFile(path, all);
}

/** Everyone on the lists that lie beside a backup: opaque ids. */
export function erasuresBeside(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((name) => name.endsWith('.erased'))
    .flatMap((name) => readSmallFile(join(folder, name), erasedField) ?? []);
}

export function noteOf(head: Head, chain: string, at: Instant, bytes: number): BackupNote {
  return { at, length: head.seq, head: head.hash, chain, bytes };
}

/** The end of a ledger's or a backup's chain, or null where it cannot be read. */
export function headOf(path: string): Head | null {
  const reader = openReader(path);
  if (!reader.ok) return null;
  const head = findHead(reader.value.db);
  reader.value.close();
  return head;
}
