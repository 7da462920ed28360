/** A clock that leaps: nothing is entered until a person has confirmed it; a computer that slept is no leap. */
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { StaffId } from '../../src/shared/ids.ts';
import { TestApplication } from '../support/usecases/application.ts';
import { foundClinic } from '../support/usecases/own-clinic.ts';

const DAY_MINUTES = 24 * 60;

let app: TestApplication;
let staffId: StaffId;
beforeEach(async () => {
  app = new TestApplication();
  staffId = await foundClinic(app);
});
afterEach(() => app.close());

it('refuses with both times, and takes the same request once the clock is confirmed', async () => {
  const believedMs = app.clock.ms;
  app.clock.forward(400 * DAY_MINUTES);
  const refused = await app.ask('person.switch', { staffId });
  expect(refused).toEqual({
    ok: false,
    error: { code: 'clock-jump', retryable: true, params: { believedMs, nowMs: app.clock.ms } },
  });
  await app.get('clock.confirm', {});
  expect((await app.ask('person.switch', { staffId })).ok).toBe(true);
});

it('takes a sleep of two days for a pause', async () => {
  app.clock.forward(2 * DAY_MINUTES);
  app.application.wake();
  expect((await app.ask('person.switch', { staffId })).ok).toBe(true);
});

it('does not take a sleep for a year', async () => {
  app.clock.forward(365 * DAY_MINUTES);
  app.application.wake();
  expect(await app.ask('person.switch', { staffId })).toMatchObject({ error: { code: 'clock-jump' } });
});
