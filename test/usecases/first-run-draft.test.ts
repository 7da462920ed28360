/** What is typed towards a clinic is kept before anybody is at the desk, and goes once the clinic is there. */
import { afterEach, beforeEach, expect, it } from 'vitest';
import { TestApplication } from '../support/usecases/application.ts';
import { foundClinic } from '../support/usecases/rooms.ts';

let app: TestApplication;
beforeEach(async () => {
  app = new TestApplication();
  await app.open();
});
afterEach(() => app.close());

it('keeps first run’s form, and no other, while there is no clinic', async () => {
  const body = '{"before":null,"typed":{"name":"Riverside"}}';
  await app.get('draft.set', { form: 'first-run', body });
  expect(await app.get('draft.get', { form: 'first-run' })).toMatchObject({ body });
  expect(await app.ask('draft.set', { form: 'task-records', body })).toMatchObject({
    error: { code: 'no-person' },
  });
});

it('is gone once the clinic is made: neither read nor written for nobody any more', async () => {
  await app.get('draft.set', { form: 'first-run', body: '{"before":null,"typed":{"name":"Riverside"}}' });
  await foundClinic(app);
  expect(await app.get('draft.get', { form: 'first-run' })).toMatchObject({ body: null, savedAt: null });
});
