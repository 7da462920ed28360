/** What a request has to get past before its handler runs, and what never gets back out. */
import { describe, expect, it } from 'vitest';
import { createDispatch, type DispatchOptions } from '../../src/main/bridge/dispatch.ts';
import { PERMISSIONS } from '../../src/shared/contract/channel.ts';
import { CONTRACT, type ChannelName } from '../../src/shared/contract/index.ts';
import type { StaffMember } from '../../src/shared/domain/clinic.ts';
import { staffId } from '../../src/shared/ids.ts';
import { accept, refuse, type Result } from '../../src/shared/result.ts';
import { fakeHandlers, type Call } from '../support/bridge/fake-handlers.ts';

const manager: StaffMember = {
  id: staffId('li'),
  name: 'Li',
  jobTitle: { en: 'Manager', zh: '经理' },
  role: 'manager',
  isActive: true,
};

interface Setting extends Partial<DispatchOptions> {
  readonly answers?: Partial<Record<ChannelName, () => Promise<Result<unknown>>>>;
}

function desk({ answers = {}, ...options }: Setting = {}) {
  const calls: Call[] = [];
  const faults: unknown[] = [];
  const dispatch = createDispatch({
    handlers: fakeHandlers(calls, answers),
    person: () => manager,
    mayUse: () => true,
    checksResponses: true,
    reportFault: (channel, fault) => faults.push([channel, fault]),
    ...options,
  });
  return { dispatch, calls, faults };
}

describe('validation', () => {
  const body = { taskId: 't-1', action: 'start', at: null };
  const refused = [
    { name: 'an unknown channel', channel: 'ledger.drop', request: { body: {} } },
    { name: 'a name every object has', channel: 'constructor', request: { body: {} } },
    { name: 'a channel that is no text', channel: 7, request: { body: {} } },
    { name: 'no request', channel: 'app.state', request: undefined },
    { name: 'a body without its envelope', channel: 'task.act', request: body },
    { name: 'a command without id', channel: 'task.act', request: { body } },
    { name: 'a query with a command id', channel: 'app.state', request: { commandId: 'c-1', body: {} } },
    { name: 'a command id with odd characters', channel: 'task.act', request: { commandId: "'; --", body } },
    {
      name: 'an unknown field',
      channel: 'task.act',
      request: { commandId: 'c-1', body: { ...body, sql: '' } },
    },
    {
      name: 'a fraction where a whole number belongs',
      channel: 'task.act',
      request: { commandId: 'c-1', body: { ...body, at: 1.5 } },
    },
  ];
  it.each(refused)('refuses $name without asking its handler', async ({ channel, request }) => {
    const { dispatch, calls } = desk();
    const want = { ok: false, error: { code: 'invalid-request' } };
    const first = await dispatch(channel, request);
    expect(first).toMatchObject(want);
    expect(await dispatch(channel, request)).toEqual(first); // read by zod's other way
    expect(calls).toEqual([]);
  });

  it('says where it was wrong and never what was there', async () => {
    const { dispatch } = desk();
    const draft = { commandId: 'c-1', body: { taskId: '张伟 1961', action: 'start', at: null } };
    const reply = await dispatch('task.act', draft);
    expect(reply).toEqual(refuse('invalid-request', { at: 'body.taskId', issue: 'invalid_format' }));
  });

  it('hands over the body and the command id', async () => {
    const { dispatch, calls } = desk({
      answers: { 'task.act': () => Promise.resolve(accept({ taskId: 't-1', state: 'running' })) },
    });
    expect(await dispatch('task.act', { commandId: 'c-1', body })).toMatchObject({ ok: true });
    expect(calls).toEqual([{ channel: 'task.act', body, commandId: 'c-1' }]);
  });
});

describe('permission', () => {
  const search = { body: { text: 'li' } };

  it('refuses a person who may not, naming the permission', async () => {
    const { dispatch, calls } = desk({ mayUse: () => false });
    expect(await dispatch('patient.search', search)).toEqual(refuse('not-permitted', { permission: 'read' }));
    expect(calls).toEqual([]);
  });

  it('asks for a person when nobody is at the desk', async () => {
    const { dispatch } = desk({ mayUse: () => false, person: () => null });
    expect(await dispatch('patient.search', search)).toEqual(refuse('no-person'));
  });

  it('speaks of the ledger first when there is none', async () => {
    const { dispatch } = desk({
      mayUse: () => false,
      person: () => null,
      answers: { 'app.state': () => Promise.resolve(accept({ problem: 'ledger-damaged' })) },
    });
    expect(await dispatch('patient.search', search)).toEqual(refuse('ledger-unavailable'));
  });

  it('lets in who is there once the ledger that was being opened is open', async () => {
    let isOpen = false;
    const opening = () => {
      isOpen = true;
      return Promise.resolve(accept({ problem: null }));
    };
    const { dispatch, calls } = desk({
      mayUse: () => isOpen,
      person: () => null,
      answers: { 'app.state': opening, 'patient.search': () => Promise.resolve(accept({ patients: [] })) },
    });
    expect(await dispatch('patient.search', search)).toEqual(accept({ patients: [] }));
    expect(calls).toHaveLength(2);
  });

  it('asks nothing for channels that need no permission', async () => {
    const { dispatch, calls } = desk({ mayUse: () => expect.unreachable('asked'), checksResponses: false });
    await dispatch('app.state', { body: {} });
    expect(calls).toHaveLength(1);
  });

  it('asks for the permission of the contract, for every channel', async () => {
    const asked: string[] = [];
    const { dispatch } = desk({
      mayUse: (permission) => {
        asked.push(permission);
        return false;
      },
    });
    for (const name of Object.keys(CONTRACT)) await dispatch(name, { commandId: 'c-1', body: {} });
    expect(asked.every((permission) => PERMISSIONS.some((known) => known === permission))).toBe(true);
  });
});

describe('faults', () => {
  const request = { body: { text: 'li' } };
  const thrown = new Error('SQLITE_ERROR: near "FROM": SELECT name FROM /var/lib/x — 张伟');

  it('turns anything thrown into internal, and keeps it for the log', async () => {
    const { dispatch, faults } = desk({ answers: { 'patient.search': () => Promise.reject(thrown) } });
    expect(await dispatch('patient.search', request)).toEqual(refuse('internal'));
    expect(faults).toEqual([['patient.search', thrown]]);
  });

  it('turns a broken promise of the contract into internal in development builds', async () => {
    const answers = { 'patient.search': () => Promise.resolve(accept({ patients: [{ id: 1 }] })) };
    const checked = desk({ answers });
    expect(await checked.dispatch('patient.search', request)).toEqual(refuse('internal'));
    expect(await checked.dispatch('patient.search', request)).toEqual(refuse('internal'));
    expect(checked.faults).toHaveLength(2);
    const packaged = desk({ answers, checksResponses: false });
    expect(await packaged.dispatch('patient.search', request)).toMatchObject({ ok: true });
  });

  it('passes a refusal on as it is', async () => {
    const refusal = refuse('unknown-task', { taskId: 't-1' });
    const { dispatch } = desk({ answers: { 'task.get': () => Promise.resolve(refusal) } });
    expect(await dispatch('task.get', { body: { taskId: 't-1' } })).toEqual(refusal);
  });

  it('passes every refusal that the contract names, in development builds too', async () => {
    const codes = [...new Set(Object.values(CONTRACT).flatMap(({ errors }) => [...errors]))];
    expect(codes).toContain('dhis2-not-mapped');
    for (const code of codes) {
      const { dispatch } = desk({ answers: { 'task.get': () => Promise.resolve(refuse(code)) } });
      expect(await dispatch('task.get', { body: { taskId: 't-1' } })).toMatchObject({ error: { code } });
    }
  });
});
