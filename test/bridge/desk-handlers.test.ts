/** What the window itself answers, laid over the application's handlers. */
import { describe, expect, it } from 'vitest';
import { withDesk, type Desk } from '../../src/main/bridge/desk-handlers.ts';
import { commandId } from '../../src/shared/ids.ts';
import { accept, refuse } from '../../src/shared/result.ts';
import { fakeHandlers, type Answers } from '../support/bridge/fake-handlers.ts';

const asCommand = { commandId: commandId('c-1') };

function desk(answers: Answers = {}, printJob: Desk['printJob'] = null) {
  const told: unknown[] = [];
  const handlers = withDesk(fakeHandlers([], answers), {
    locale: 'zh',
    theme: 'dark',
    setLook: (look) => told.push(look),
    setOpensSample: (opensSample) => told.push({ opensSample }),
    printJob,
  });
  return { handlers, told };
}

describe('withDesk', () => {
  it('adds language and theme to the state', async () => {
    const { handlers } = desk();
    const reply = await handlers['app.state']({}, { commandId: null });
    expect(reply).toMatchObject({ ok: true, value: { problem: null, locale: 'zh', theme: 'dark' } });
  });

  it('keeps preferences out of the ledger', async () => {
    const { handlers, told } = desk();
    expect(await handlers['preference.set']({ locale: 'en' }, asCommand)).toEqual(accept({}));
    expect(told).toEqual([{ locale: 'en' }]);
  });

  it('remembers the sample only when it was opened', async () => {
    const { handlers, told } = desk({ 'sample.leave': () => Promise.resolve(refuse('not-a-sample')) });
    await handlers['sample.open']({ language: 'en' }, asCommand);
    expect(told).toEqual([{ opensSample: true }]);
    await handlers['sample.leave']({}, asCommand);
    expect(told).toEqual([{ opensSample: true }]);
  });

  it('lets no page name the file that is written', async () => {
    const request = { period: { kind: 'day', from: '2026-11-21' }, format: 'csv', locale: 'en' } as const;
    const filters = { poolIds: null, subsystems: null };
    const { handlers } = desk();
    const named = await handlers['report.export']({ ...request, ...filters, path: '/etc/passwd' }, asCommand);
    expect(named).toEqual(refuse('not-permitted'));
    expect(await handlers['report.export']({ ...request, ...filters, path: null }, asCommand)).toEqual(
      accept({}),
    );
  });

  it('gives the print page its job, and only while there is one', async () => {
    expect(await desk().handlers['print.job']({}, { commandId: null })).toEqual(refuse('no-print-job'));
    const job = { report: { any: 1 }, locale: 'en' } as const;
    expect(await desk({}, job).handlers['print.job']({}, { commandId: null })).toEqual(accept(job));
  });
});
