/**
 * A process of another account that opens a ledger, enters something, backs up and closes: `as-account.ts <user id>
 * <group id> <folder>`. Started by root; takes the account's place once everything is loaded. Prints the number of entries.
 */
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { keyStorePath } from '../../../src/main/ledger/index.ts';
import { accepted, TemporaryLedger } from './temporary-ledger.ts';

const [, , user = '', group = '', folder = ''] = process.argv;
new Database(':memory:').close(); // loads the driver's native part while this is still root
process.umask(0o022);
process.setgroups?.([Number(group)]);
process.setgid?.(Number(group));
process.setuid?.(Number(user));

const books = await TemporaryLedger.open(folder);
const backup = join(folder, 'day.backup');
await books.append('settings-changed', { key: `by-${user}`, value: true });
books.keys.newPatient();
accepted(
  await books.ledger.backupTo(backup, { companions: () => books.keys.backupTo(keyStorePath(backup)) }),
);
process.stdout.write(String(books.ledger.head().seq));
await books.close();
