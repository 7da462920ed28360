/**
 * How this machine's window looks and what it last had open: a small JSON file beside the ledger. Never anything about
 * the clinic or a patient. A missing or damaged file means the defaults; it is replaced whole or not at all.
 */
import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { THEMES } from '../../shared/contract/clinic.ts';
import { localeField } from '../../shared/contract/fields.ts';

const boundsField = z.strictObject({
  x: z.int(),
  y: z.int(),
  width: z.int().positive(),
  height: z.int().positive(),
  isMaximized: z.boolean(),
});
/** Of the window on the screen, in device-independent pixels. */
export type WindowBounds = z.infer<typeof boundsField>;

const preferencesField = z.strictObject({
  /** Null until somebody has chosen: then the system's language holds. */
  locale: localeField.nullable(),
  theme: z.enum(THEMES),
  opensSample: z.boolean(),
  bounds: boundsField.nullable(),
});
export type Preferences = z.infer<typeof preferencesField>;

const DEFAULTS: Preferences = { locale: null, theme: 'system', opensSample: false, bounds: null };

export class PreferenceStore {
  readonly #file: string;
  readonly #reportFault: (error: unknown) => void;
  #current: Preferences;

  /** @param reportFault  told when the file cannot be written; the choice then holds until the application ends */
  constructor(folder: string, reportFault: (error: unknown) => void) {
    this.#file = join(folder, 'preferences.json');
    this.#reportFault = reportFault;
    this.#current = read(this.#file);
  }

  get current(): Preferences {
    return this.#current;
  }

  change(changes: Partial<Preferences>): void {
    this.#current = { ...this.#current, ...changes };
    const temporary = `${this.#file}.${process.pid}`;
    try {
      writeFileSync(temporary, `${JSON.stringify(this.#current, null, 2)}\n`, { flush: true });
      renameSync(temporary, this.#file);
    } catch (error) {
      rmSync(temporary, { force: true });
      this.#reportFault(error);
    }
  }
}

/** At every start and only then: code that zod made for it would never pay. */
const READ_ONCE = { jitless: true };

function read(file: string): Preferences {
  try {
    const parsed = preferencesField.safeParse(JSON.parse(readFileSync(file, 'utf8')), READ_ONCE);
    return parsed.success ? parsed.data : DEFAULTS;
  } catch {
    return DEFAULTS;
  }
}
