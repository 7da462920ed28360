/** A clinic of one's own with one manager and nothing else, for tests that are about the ledger and not about work. */
import type { StaffId } from '../../../src/shared/ids.ts';
import { sameText } from '../../../src/shared/domain/local-text.ts';
import type { TestApplication } from './application.ts';

/** Opens `app` and founds the clinic. @returns the manager, who is at the desk */
export async function foundClinic(app: TestApplication): Promise<StaffId> {
  await app.open();
  await app.get('clinic.create', {
    name: sameText('Harbour Clinic'),
    timeZone: 'Asia/Shanghai',
    language: 'en',
    person: { name: 'Ann', jobTitle: sameText('Manager') },
    pools: [],
    defaults: [],
  });
  const { person } = await app.get('app.state', {});
  if (!person) throw new Error('the founder is at the desk');
  return person.id;
}
