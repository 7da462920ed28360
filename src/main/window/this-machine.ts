/**
 * This machine, as `ledger-location.ts` asks about it. Answers come from trying: access flags say little on Windows.
 */
import { accessSync, constants, mkdirSync, mkdtempSync, rmdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Machine } from './ledger-location.ts';

/** @param userFolder  this user's folder for the application */
export function thisMachine(userFolder: string): Machine {
  return {
    platform: process.platform,
    programData: process.env['ProgramData'] ?? null,
    userFolder,
    canWrite,
    canPrepare,
    canRead,
  };
}

function canWrite(folder: string): boolean {
  try {
    rmdirSync(mkdtempSync(join(folder, '.write-')));
    return true;
  } catch {
    return false;
  }
}

function canPrepare(folder: string): boolean {
  try {
    mkdirSync(folder, { recursive: true });
  } catch {
    return false;
  }
  return canWrite(folder);
}

function canRead(file: string): boolean {
  try {
    accessSync(file, constants.R_OK);
    return true;
  } catch {
    return false;
  }
}
