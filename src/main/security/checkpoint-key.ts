/**
 * The key that signs checkpoints: made once for a person's account on a machine, kept in the settings folder of that
 * account and never beside the ledger. The operating system encrypts it where it can; elsewhere the file's rights are
 * all there is, and a verdict says so.
 */
import { generateKeyPairSync } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { z } from 'zod';
import { checkpointSigner } from '../ledger/index.ts';
import type { CheckpointSigner } from '../ledger/index.ts';
import type { KeptBy } from '../../shared/domain/ledger-verdict.ts';

/** The operating system's own encryption: Electron's `safeStorage`, where it has a key ring behind it. */
export interface SystemEncryption {
  encrypt(text: string): Buffer;
  /** @throws where the key ring is another's */
  decrypt(bytes: Buffer): string;
}

export interface CheckpointKey {
  readonly signer: CheckpointSigner;
  readonly keptBy: KeptBy;
}

const fileField = z.strictObject({ keptBy: z.enum(['system', 'file']), key: z.base64() });

/**
 * Reads the key at `path`, making one where there is none.
 * @param system  null where the system has nothing to encrypt with
 * @returns null where the key is there and cannot be read now (a locked key ring): then nothing is signed
 * @throws system errors
 */
export function openCheckpointKey(path: string, system: SystemEncryption | null): CheckpointKey | null {
  const text = readIfThere(path);
  if (text === null) return makeKey(path, system);
  try {
    const { keptBy, key } = fileField.parse(JSON.parse(text));
    const bytes = Buffer.from(key, 'base64');
    if (keptBy === 'file') return { signer: checkpointSigner(bytes.toString('utf8')), keptBy };
    return system === null ? null : { signer: checkpointSigner(system.decrypt(bytes)), keptBy };
  } catch {
    return null;
  }
}

function readIfThere(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
}

function makeKey(path: string, system: SystemEncryption | null): CheckpointKey {
  const { privateKey } = generateKeyPairSync('ed25519');
  const pkcs8 = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
  const keptBy = system === null ? 'file' : 'system';
  const bytes = system === null ? Buffer.from(pkcs8, 'utf8') : system.encrypt(pkcs8);
  mkdirSync(dirname(path), { recursive: true });
  const temporary = `${path}.${process.pid}`;
  const text = `${JSON.stringify({ keptBy, key: bytes.toString('base64') })}\n`;
  writeFileSync(temporary, text, { mode: 0o600, flush: true });
  renameSync(temporary, path);
  return { signer: checkpointSigner(pkcs8), keptBy };
}
