/**
 * The sample clinic: what it holds, that it is the same every time, and that its books are true at any hour of any
 * day in any zone.
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { SampleClinic } from '../../src/main/usecases/sample/sample-clinic.ts';
import {
  HISTORY_DAYS,
  SAMPLE_SEED,
  demoInstant,
  sampleClinic,
} from '../../src/main/usecases/sample/sample-clinic.ts';
import { expectedEnd } from '../../src/shared/domain/overrun.ts';
import { SUBSYSTEM_IDS } from '../../src/shared/domain/subsystem.ts';
import type { Task } from '../../src/shared/domain/task.ts';
import { localTimeOf } from '../../src/shared/local-time.ts';
import { DAY, MINUTE, instant } from '../../src/shared/units.ts';
import {
  collisions,
  isOpenThroughout,
  peakMilli,
  trueHolds,
  unitsOf,
  utilizationPercent,
} from '../support/intake/sample-checks.ts';
import { PROPERTY_SEED } from '../support/property-seed.ts';

const ZONES = ['Asia/Shanghai', 'Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe', 'Asia/Kathmandu'];
const demo = sampleClinic({ now: demoInstant(), seed: SAMPLE_SEED });

/** Made once for all properties below, because each takes a tenth of a second; the seed is in their title. */
const SAMPLES_SEED = PROPERTY_SEED % 1_000_000;
const samples = fc.sample(
  fc
    .record({
      now: fc.integer({ min: Date.UTC(2024, 0, 1) / 1000, max: Date.UTC(2030, 0, 1) / 1000 }).map(instant),
      seed: fc.integer({ min: 0, max: 1_000_000 }),
      timeZone: fc.constantFrom(...ZONES),
    })
    .map(sampleClinic),
  { numRuns: 12, seed: SAMPLES_SEED },
);

const inState = ({ open }: SampleClinic, state: string) => open.filter(({ task }) => task.state === state);

/** It began no sooner than it was wished for, and ended later than it began. */
function isTrueTime({ earliestStart, startedAt, endedAt }: Task): boolean {
  return startedAt !== null && endedAt !== null && earliestStart <= startedAt && startedAt < endedAt;
}

/** Work on a patient's images, who has gone home meanwhile. */
function isReading({ needs }: Task): boolean {
  return needs.some((need) => need.poolId === 'reading-seats' || need.poolId === 'cores');
}

describe('the demonstration', () => {
  it('is on a Wednesday at 10:20, wherever the clinic is', () => {
    for (const zone of ZONES) {
      expect(localTimeOf(demoInstant(zone), zone)).toMatchObject({
        date: '2026-11-18',
        weekday: 2,
        minute: 620,
      });
    }
  });

  it('has the clinic that was promised', () => {
    expect(demo.clinic).toMatchObject({
      name: { en: 'Clearwater Community Clinic', zh: '清河社区卫生服务中心' },
      timeZone: 'Asia/Shanghai',
      isSample: true,
    });
    expect(demo.pools).toHaveLength(12);
    expect(demo.pools.find((pool) => pool.id === 'monitors')?.units).toHaveLength(40);
    expect(demo.pools.filter((pool) => pool.weeklyHours === null)).toHaveLength(4);
    expect(demo.pools.filter((pool) => pool.kind === 'divisible')).toHaveLength(2);
    expect(demo.workKinds).toHaveLength(30);
    expect(demo.patients).toHaveLength(200);
    expect(demo.staff).toHaveLength(12);
    expect(demo.subsystems.map((row) => row.subsystem)).toEqual(SUBSYSTEM_IDS);
  });

  it('has something running, promised and waiting that a visitor can ask about', () => {
    const waiting = inState(demo, 'waiting').map(({ task }) => task);
    for (const subsystem of SUBSYSTEM_IDS) {
      expect(demo.open.some(({ task }) => task.subsystem === subsystem && task.state === 'running')).toBe(
        true,
      );
      expect(waiting.some((task) => task.subsystem === subsystem)).toBe(true);
    }
    expect(waiting.filter((task) => task.subsystem === 'imaging').length).toBeGreaterThanOrEqual(7);
    expect(new Set(waiting.map((task) => task.urgency)).size).toBeGreaterThanOrEqual(4);
    expect(waiting.filter((task) => task.after.length > 0)).toHaveLength(3);
    expect(waiting.filter((task) => task.fixedStart !== null)).toHaveLength(1);
    expect(waiting.filter((task) => task.elastic !== null)).toHaveLength(1);
    expect(
      demo.pools.flatMap((pool) => pool.outages).some((row) => row.isPlanned && row.start > demo.now),
    ).toBe(true);
  });

  it('finds both ultrasound rooms and all technicians at work', () => {
    const units = inState(demo, 'running').flatMap(({ allocation }) => allocation?.units.flat() ?? []);
    for (const unit of ['ultrasound-1', 'ultrasound-2', 'li-min', 'wang-lei', 'zhou-yan'])
      expect(units).toContain(unit);
  });

  it('remembers people who did not come, cancelled work and times that day close assumed', () => {
    const states = Map.groupBy(demo.history, ({ task }) => task.state);
    expect([...states.keys()].sort()).toEqual(['cancelled', 'finished', 'missed']);
    expect(states.get('missed')?.length).toBeGreaterThan(40);
    expect(states.get('cancelled')?.length).toBeGreaterThan(40);
    expect(demo.history.filter(({ task }) => task.isAssumed).length).toBeGreaterThan(20);
  });

  it('is made quickly enough to be waited for', () => {
    // Processor time, because other work on the machine is not the generator's.
    const began = process.cpuUsage();
    sampleClinic({ now: demoInstant(), seed: 9 });
    const { user, system } = process.cpuUsage(began);
    expect((user + system) / 1000).toBeLessThan(1000);
  });
});

describe('names', () => {
  it.each([
    ['en', /^[A-Za-z]+ [A-Z][a-z]+$/],
    ['zh', /^\p{Script=Han}{2,3}$/u],
  ] as const)('follow the language: %s', (language, pattern) => {
    const { patients, staff } = sampleClinic({ now: demoInstant(), seed: 7, language });
    for (const { identity } of patients) {
      expect(identity.name).toMatch(pattern);
      expect(identity.birthDate).toMatch(/^\d{4}-\d{2}-\d{2}$/);
    }
    for (const { name } of staff) expect(name).toMatch(pattern);
  });

  it('are there in both languages for pools, units and kinds of work', () => {
    const texts = [
      ...demo.pools.flatMap((pool) => [pool.name, pool.unitName, ...pool.units.map((unit) => unit.name)]),
      ...demo.workKinds.map((kind) => kind.name),
    ];
    for (const text of texts) expect(text.en !== '' && text.zh !== '').toBe(true);
    for (const { name } of demo.workKinds) expect(name.zh).toMatch(/\p{Script=Han}/u);
  });

  it('of patients stand in their identities alone, and numbers are unique', () => {
    const { patients, history, open } = demo;
    const text = JSON.stringify({ history, open });
    for (const { identity } of patients) expect(text.includes(identity.name)).toBe(false);
    expect(new Set(patients.map((one) => one.identity.number)).size).toBe(patients.length);
  });
});

describe('the same minute and seed', () => {
  it('give the same clinic, and another seed another one', () => {
    const again = sampleClinic({ now: instant(demoInstant() + 59), seed: SAMPLE_SEED });
    expect(JSON.stringify(again)).toBe(JSON.stringify(demo));
    const other = sampleClinic({ now: demoInstant(), seed: 9 });
    expect(JSON.stringify(other.history)).not.toBe(JSON.stringify(demo.history));
  });
});

describe(`at any hour of any day, in any zone (samples of seed ${SAMPLES_SEED})`, () => {
  it('the past is eight weeks long, over, and in order', () => {
    for (const { history, open, openedAt, now, patients } of samples) {
      expect(history.length).toBeGreaterThan(4500);
      expect(history.length).toBeLessThan(6000);
      expect(Math.round((now - openedAt) / DAY)).toBeGreaterThanOrEqual(HISTORY_DAYS - 1);
      const ids = new Set([...history, ...open].map(({ task }) => task.id));
      expect(ids.size).toBe(history.length + open.length);
      const known = new Set(patients.map((one) => one.id));
      const faulty = history.filter(
        ({ task, closedAt, bookedStart }) =>
          task.submittedAt > closedAt ||
          closedAt > now ||
          (bookedStart !== null && bookedStart < openedAt) ||
          (task.patientId !== null && !known.has(task.patientId)) ||
          (task.state === 'finished' && !isTrueTime(task)),
      );
      expect(faulty).toEqual([]);
    }
  });

  it('no unit is held twice and no pool is overfilled, but for the one visit that ran into the next', () => {
    for (const sample of samples) {
      expect(collisions(trueHolds(sample))).toHaveLength(1);
      for (const pool of sample.pools) {
        const excess = pool.id === 'exam-rooms' ? 1000 : 0;
        expect(peakMilli(sample, pool.id)).toBeLessThanOrEqual(pool.capacityMilli + excess);
        for (const { subsystem, limitMilli } of pool.shares) {
          const limit = limitMilli ?? pool.capacityMilli;
          expect(peakMilli(sample, pool.id, subsystem)).toBeLessThanOrEqual(limit);
        }
      }
    }
  });

  it('hardly anybody is in two places at once', () => {
    const desks = new Set(['insurance', 'research']);
    for (const sample of samples) {
      const presences = [...sample.history, ...sample.open].flatMap(({ task }) =>
        task.patientId && task.startedAt !== null && !desks.has(task.subsystem) && !isReading(task)
          ? [
              {
                ...task,
                taskId: task.id,
                unit: task.patientId,
                start: task.startedAt,
                end: task.endedAt ?? sample.now,
              },
            ]
          : [],
      );
      expect(collisions(presences).length).toBeLessThan(presences.length / 100);
    }
  });

  it('every pool was used between 30 and 90 % of what it offered', () => {
    for (const sample of samples) {
      for (const pool of sample.pools) {
        const percent = utilizationPercent(sample, pool);
        expect(percent, pool.id).toBeGreaterThan(30);
        expect(percent, pool.id).toBeLessThan(90);
      }
    }
  });

  it('it is alive: monitors and the server are at work, and every subsystem has a line', () => {
    for (const sample of samples) {
      const running = inState(sample, 'running').map(({ task }) => task);
      const uses = (pool: string) =>
        running.filter((task) => task.needs.some((need) => need.poolId === pool));
      expect(uses('monitors').length).toBeGreaterThan(4);
      expect(running.length).toBeGreaterThan(5);
      for (const subsystem of SUBSYSTEM_IDS) {
        expect(inState(sample, 'waiting').some(({ task }) => task.subsystem === subsystem)).toBe(true);
      }
      const ids = new Set(sample.open.map(({ task }) => task.id));
      for (const { task } of sample.open) expect(task.after.every((id) => ids.has(id))).toBe(true);
    }
  });

  it('what is promised lies ahead in open time and collides with nothing, save one appointment at most', () => {
    for (const sample of samples) {
      const { now, pools, clinic } = sample;
      const held = [...inState(sample, 'confirmed'), ...inState(sample, 'running')].flatMap(
        ({ task, allocation }) => {
          const [segment] = allocation?.segments ?? [];
          if (!allocation || !segment) throw new Error('promised and running work has a window');
          const { startedAt, durationSeconds, subsystem, id: taskId } = task;
          const end = startedAt === null ? segment.end : expectedEnd({ startedAt, durationSeconds, now }).end;
          const start = startedAt ?? segment.start;
          return unitsOf(allocation).map((unit) => ({ taskId, subsystem, unit, start, end }));
        },
      );
      expect(collisions(held).length).toBeLessThanOrEqual(2);
      for (const { task, allocation } of inState(sample, 'confirmed')) {
        const [segment] = allocation?.segments ?? [];
        if (!segment) throw new Error('promised work has a window');
        expect(segment.start).toBeGreaterThanOrEqual(now);
        expect(segment.start % (5 * MINUTE)).toBe(0);
        for (const { poolId } of task.needs) {
          const pool = pools.find((row) => row.id === poolId);
          if (!pool) throw new Error('every need names a pool of the sample');
          const window = { from: segment.start, until: segment.end };
          expect(isOpenThroughout(pool, window, clinic.timeZone)).toBe(true);
        }
      }
    }
  });

  it('one piece of running work is past its planned end', () => {
    for (const sample of samples) {
      const overdue = inState(sample, 'running').filter(
        ({ task }) => task.startedAt !== null && task.startedAt + task.durationSeconds <= sample.now,
      );
      expect(overdue.length).toBeGreaterThanOrEqual(1);
    }
  });
});
