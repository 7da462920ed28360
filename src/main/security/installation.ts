/**
 * This installation, told from every other: an id made once and kept in the settings folder of the account, never beside
 * a ledger, and the machine's own id as a keyed digest. It also remembers where the ledgers lie that were opened here, so
 * that a second copy of one on the same machine is noticed. See docs/decisions/0221-copied-installations.md.
 */
import { createHmac, randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { z } from 'zod';
import type { InstallationIdentity } from '../ledger/index.ts';

/** Ledgers remembered: the last ones opened. */
const PLACES_MAX = 50;
/** A machine's id is not to be told to anybody as it is (machine-id(5)). */
const MACHINE_PURPOSE = 'clinic-allocator/installation/1';

const fileField = z.strictObject({
  id: z.string().regex(/^[0-9a-f]{32}$/),
  /** By the hash of the entry that began the ledger's chain epoch. */
  places: z.record(z.string(), z.string()),
});
type Kept = z.infer<typeof fileField>;

export interface Installation extends InstallationIdentity {
  /** Where the ledger of this chain epoch was opened last; null where it never was, here. */
  placeOf(epochHash: string): string | null;
  /** @throws system errors */
  rememberPlace(epochHash: string, path: string): void;
}

/**
 * @param path  of the small file that keeps it; made where there is none
 * @param machineId  as the system tells it; null where it does not
 * @throws system errors
 */
export function openInstallation(path: string, machineId: string | null): Installation {
  let kept = read(path) ?? write(path, { id: randomBytes(16).toString('hex'), places: {} });
  const machine =
    machineId === null ? null : createHmac('sha256', machineId).update(MACHINE_PURPOSE).digest('hex');
  return {
    id: kept.id,
    machine,
    placeOf: (epochHash) => kept.places[epochHash] ?? null,
    rememberPlace: (epochHash, place) => {
      if (kept.places[epochHash] === place) return;
      const others = Object.entries(kept.places).filter(([hash]) => hash !== epochHash);
      const last = others.slice(1 - PLACES_MAX);
      kept = write(path, { ...kept, places: Object.fromEntries([...last, [epochHash, place]]) });
    },
  };
}

/** Null where it is missing or spoilt: then another one is made, which costs one question at most. */
function read(path: string): Kept | null {
  try {
    return fileField.parse(JSON.parse(readFileSync(path, 'utf8')));
  } catch (error) {
    const isSpoilt = error instanceof SyntaxError || error instanceof z.ZodError;
    if (isSpoilt || (error instanceof Error && 'code' in error && error.code === 'ENOENT')) return null;
    throw error;
  }
}

function write(path: string, kept: Kept): Kept {
  mkdirSync(dirname(path), { recursive: true });
  const temporary = `${path}.${process.pid}`;
  writeFileSync(temporary, `${JSON.stringify(kept)}\n`, { mode: 0o600, flush: true });
  renameSync(temporary, path);
  return kept;
}
