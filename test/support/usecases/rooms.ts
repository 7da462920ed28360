/** A small clinic with rooms and visits, for tests of what happens to tasks. */
import { poolId, unitId, workKindId } from '../../../src/shared/ids.ts';
import type { Pool } from '../../../src/shared/domain/pool.ts';
import { sameText } from '../../../src/shared/domain/local-text.ts';
import type { TaskDraft } from '../../../src/shared/contract/tasks.ts';
import { HOUR, milli, seconds } from '../../../src/shared/units.ts';
import type { TestApplication } from './application.ts';

export const ROOMS = poolId('rooms');

export function rooms(count: number): Pool {
  return {
    id: ROOMS,
    name: { en: 'Rooms', zh: '诊室' },
    unitName: { en: 'rooms', zh: '间' },
    template: 'room',
    kind: 'countable',
    capacityMilli: milli(count * 1000),
    units: Array.from({ length: count }, (_, index) => ({
      id: unitId(`room-${index + 1}`),
      name: sameText(`Room ${index + 1}`),
    })),
    weeklyHours: null,
    exceptions: [],
    outages: [],
    shares: [],
    gridSeconds: seconds(300),
    reclaimSeconds: seconds(0),
  };
}

export function visit(name: string, overrides: Partial<TaskDraft> = {}): { draft: TaskDraft } {
  return {
    draft: {
      subsystem: 'records',
      workKindId: workKindId('records-general'),
      patient: { identity: { name, birthDate: '1980-02-03', number: null } },
      needs: [{ poolId: ROOMS, rateMilli: milli(1000), amount: null }],
      durationSeconds: seconds(HOUR),
      urgency: 4,
      earliestStart: null,
      fixedStart: null,
      due: null,
      note: '',
      ...overrides,
    },
  };
}

/** Opens `app` and founds a clinic with one pool of rooms; Ann, the manager, is at the desk. */
export async function openClinic(app: TestApplication, roomCount = 1): Promise<void> {
  await app.open();
  await foundClinic(app, roomCount);
}

/** The same in an application that is open and has no clinic yet. */
export async function foundClinic(app: TestApplication, roomCount = 1): Promise<void> {
  await app.get('clinic.create', {
    name: sameText('Harbour Clinic'),
    timeZone: 'Europe/Berlin',
    language: 'en',
    person: { name: 'Ann', jobTitle: { en: 'Manager', zh: '经理' } },
    pools: [rooms(roomCount)],
    defaults: [
      { subsystem: 'records', poolId: ROOMS, durationSeconds: seconds(HOUR) },
      { subsystem: 'research', poolId: ROOMS, durationSeconds: seconds(HOUR) },
    ],
  });
}
