/** What reaches the log, what never does, and how long it is kept. */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { faultDetail, LogFile } from '../../src/main/window/log-file.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'clinic-allocator-logs-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

describe('faultDetail', () => {
  it('keeps kind, code and frames, and drops the message', () => {
    const fault = Object.assign(new TypeError('patient 张伟 born 1961-02-03\n  second line'), {
      code: 'E_READ',
    });
    const detail = faultDetail(fault);
    expect(detail).toMatch(/^TypeError E_READ\n\s+at /);
    expect(detail).not.toMatch(/张伟|1961|second line/);
  });

  it('follows causes', () => {
    const fault = new Error('outer secret', { cause: new RangeError('inner secret') });
    expect(faultDetail(fault)).toMatch(/^Error\n[\s\S]+caused by RangeError\n/);
    expect(faultDetail(fault)).not.toContain('secret');
  });

  it('ends for an error that is its own cause', () => {
    const fault = new Error('x');
    fault.cause = fault;
    expect(faultDetail(fault).split('caused by')).toHaveLength(5);
  });

  it('says only the type of what is no error', () => {
    expect(faultDetail('张伟')).toBe('thrown: string');
  });

  it('lets no line of a message pass as a frame', () => {
    const fault = new Error('bad\n    at 张伟 (file:///a.js:1:1)');
    expect(faultDetail(fault)).not.toContain('张伟');
  });
});

describe('LogFile', () => {
  it('writes one JSON line per entry', () => {
    const log = new LogFile(join(folder, 'logs'), () => 0);
    log.write({ code: 'first' });
    log.write({ code: 'second', detail: 'task t-1\nnext' });
    const lines = readFileSync(join(folder, 'logs', 'clinic-allocator.log'), 'utf8')
      .trimEnd()
      .split('\n');
    expect(lines.map((line) => JSON.parse(line) as unknown)).toEqual([
      { at: '1970-01-01T00:00:00.000Z', process: process.pid, code: 'first' },
      { at: '1970-01-01T00:00:00.000Z', process: process.pid, code: 'second', detail: 'task t-1\nnext' },
    ]);
  });

  it('keeps five files and drops the oldest', () => {
    const log = new LogFile(folder, () => 0, 1);
    for (let entry = 0; entry < 8; entry += 1) log.write({ code: `entry-${entry}` });
    expect(readdirSync(folder).sort()).toEqual([
      'clinic-allocator.1.log',
      'clinic-allocator.2.log',
      'clinic-allocator.3.log',
      'clinic-allocator.4.log',
      'clinic-allocator.log',
    ]);
    expect(readFileSync(join(folder, 'clinic-allocator.log'), 'utf8')).toContain('entry-7');
    expect(readFileSync(join(folder, 'clinic-allocator.4.log'), 'utf8')).toContain('entry-3');
  });

  it('never fails the work that is being logged', () => {
    const log = new LogFile('/dev/null/logs', () => 0);
    expect(() => {
      log.write({ code: 'x' });
    }).not.toThrow();
  });
});
