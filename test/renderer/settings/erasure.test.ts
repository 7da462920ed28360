/** Erasing a patient in Settings: nothing can be asked before the patient and a reason are chosen. */
import { expect, it } from 'vitest';
import { Erasure } from '../../../src/renderer/screens/settings/erasure.svelte.ts';
import type { Api } from '../../../src/renderer/api.ts';

function fakeApi(sent: unknown[]): Api {
  const answers: Readonly<Record<string, unknown>> = {
    'patient.search': { patients: [] },
    'patient.erasure': {
      identity: { name: 'Ann Able', birthDate: null, number: 'N-1' },
      tasks: 2,
      openTasks: 1,
      notes: 1,
    },
    'patient.erase': { unreachableLists: 0 },
    'draft.get': { body: null, savedAt: null, now: 0 },
    'draft.set': {},
  };
  const answer = (channel: string, body: unknown): Promise<unknown> => {
    sent.push([channel, body]);
    return Promise.resolve({ ok: true, value: answers[channel] });
  };
  return { query: answer, command: answer } as unknown as Api; // the three channels that are asked
}

it('asks only once a patient and a reason are chosen, and forgets both afterwards', async () => {
  const sent: unknown[] = [];
  const erasure = new Erasure(fakeApi(sent));
  erasure.ask();
  expect(erasure.isAsking).toBe(false);
  await erasure.choose('p-1');
  erasure.ask();
  expect(erasure.isAsking).toBe(false);
  erasure.reason = 'patient-request';
  erasure.ask();
  expect(erasure.isAsking).toBe(true);
  await erasure.erase();
  expect(sent.at(-1)).toEqual(['patient.erase', { patientId: 'p-1', reason: 'patient-request' }]);
  expect([erasure.isAsking, erasure.chosen, erasure.preview, erasure.reason]).toEqual([
    false,
    null,
    null,
    null,
  ]);
});
