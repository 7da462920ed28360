/** Numbers as people type them. Pure; the comma of a full-width keyboard and of some locales is a decimal point. */

/** The number, or null when the text is not one. */
export function parseNumber(typed: string): number | null {
  const plain = typed
    .normalize('NFKC')
    .trim()
    .replace(/^(-?\d+),(\d+)$/, '$1.$2')
    .replace('。', '.');
  if (!/^-?\d+(\.\d+)?$/.test(plain)) return null;
  return Number(plain);
}

export interface NumberStep {
  readonly value: number | null;
  readonly direction: 1 | -1;
  readonly step: number;
  readonly min: number;
  readonly max: number;
}

/** One step up or down, within the limits, without the dust of binary fractions. */
export function stepNumber({ value, direction, step, min, max }: NumberStep): number {
  const next = (value ?? min) + direction * step;
  return Math.min(max, Math.max(min, Number(next.toFixed(6))));
}

/**
 * A duration as typed, in seconds, or null: `45` (minutes), `1:30`, `1 h 30`, `90 min`, `2h`, `1.5 h`, `1 小时 30 分`,
 * `3 d`.
 */
export function parseDuration(typed: string): number | null {
  const plain = typed.normalize('NFKC').trim().toLowerCase();
  const clock = /^(\d{1,3}):([0-5]\d)$/.exec(plain);
  if (clock) return Number(clock[1]) * 3600 + Number(clock[2]) * 60;
  const parts =
    /^(?:(\d+(?:\.\d+)?)\s*(?:d|天))?\s*(?:(\d+(?:\.\d+)?)\s*(?:h|小时|时))?\s*(?:(\d+)\s*(?:min|m|分钟|分)?)?$/.exec(
      plain,
    );
  if (!plain || !parts) return null;
  const [, days = 0, hours = 0, minutes = 0] = parts;
  return Math.round(Number(days) * 86_400 + Number(hours) * 3600 + Number(minutes) * 60);
}
