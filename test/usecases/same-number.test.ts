/**
 * One period and pool has one number, wherever it stands: on Today, in the workspaces, on the timeline, in What-if, on
 * the Reports screen and in files.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Response } from '../../src/shared/contract/index.ts';
import type { StepView } from '../../src/shared/contract/pools.ts';
import { SUBSYSTEM_IDS } from '../../src/shared/domain/subsystem.ts';
import type { TaskId } from '../../src/shared/ids.ts';
import { MINUTE, seconds } from '../../src/shared/units.ts';
import { TestApplication } from '../support/usecases/application.ts';
import { openClinic, visit } from '../support/usecases/rooms.ts';

const TODAY = { period: { kind: 'day', from: '2026-11-18' }, poolIds: null, subsystems: null } as const;

type Report = Response<'report.utilization'>;

/** ∫ of a step function between two instants. */
function integral(steps: readonly StepView[], from: number, until: number): number {
  return steps.reduce((sum, { at, milli }, index) => {
    const end = Math.min(until, steps[index + 1]?.at ?? until);
    return sum + milli * Math.max(0, end - Math.max(from, at));
  }, 0);
}

async function agrees(app: TestApplication): Promise<void> {
  const report: Report = await app.get('report.utilization', TODAY);
  await agreesNow(app, report);
  await agreesInTime(app, report);
  await agreesInFiles(app, report);
}

/** R, and E, I, H, D and M, at this instant. */
async function agreesNow(app: TestApplication, report: Report): Promise<void> {
  const pools = new Map(report.pools.map((pool) => [pool.poolId, pool]));
  const today = await app.get('today.get', {});
  for (const { poolId, loadMilli } of today.strips) {
    expect([poolId, loadMilli]).toEqual([poolId, pools.get(poolId)?.nowMilli]);
  }
  for (const subsystem of SUBSYSTEM_IDS) {
    const { chips } = await app.get('workspace.get', { subsystem });
    for (const { poolId, loadMilli } of chips) {
      const term = pools.get(poolId)?.formulas.find((row) => row.subsystem === subsystem);
      expect([subsystem, poolId, loadMilli]).toEqual([subsystem, poolId, term?.nowMilli]);
    }
  }
}

/** The timeline is Today's window of the report; from now on What-if plans the same load over the same capacity. */
async function agreesInTime(app: TestApplication, { period, asOf, pools }: Report): Promise<void> {
  const { from, until } = period;
  const view = await app.get('timeline.get', { window: { from, until }, isDense: false });
  const whatIf = await app.get('whatif.compare', { windowSeconds: seconds(until - asOf), variants: [] });
  expect(whatIf.until).toBe(until);
  for (const { poolId, actual, capacity, reserved, tentative } of view.pools) {
    const pool = pools.find((row) => row.poolId === poolId);
    const drawn = [integral(actual, from, asOf), integral(capacity, from, until)];
    expect([poolId, ...drawn]).toEqual([poolId, pool?.actualWork, pool?.offeredWork]);
    const planned = whatIf.today.pools.find((row) => row.poolId === poolId);
    const ahead =
      [...reserved, ...tentative].length === 0
        ? 0
        : integral(reserved, asOf, until) + integral(tentative, asOf, until);
    expect([poolId, planned?.load, planned?.capacity]).toEqual([
      poolId,
      ahead,
      integral(capacity, asOf, until),
    ]);
  }
}

/** Files are of the same instant: what JSON holds is the report, and CSV tells the same ratios. */
async function agreesInFiles(app: TestApplication, { pools }: Report): Promise<void> {
  const write = async (format: 'json' | 'csv'): Promise<string> => {
    const path = join(app.folder, `report.${format}`);
    await app.get('report.export', { ...TODAY, format, locale: 'en', path, isForOutside: false });
    return readFileSync(path, 'utf8');
  };
  const file = JSON.parse(await write('json')) as { report: Pick<Report, 'pools'> }; // read back only to compare
  expect(
    file.report.pools.map(({ poolId, states, utilization }) => ({ poolId, states, utilization })),
  ).toEqual(pools.map(({ poolId, states, utilization }) => ({ poolId, states, utilization })));
  const csv = await write('csv');
  for (const { poolId, utilization } of pools) {
    const line = csv
      .split('\r\n')
      .find((row) => row.startsWith(`pools,${poolId},`) && row.includes(',utilization,'));
    expect(line).toContain(`,${utilization.numerator},${utilization.denominator},`);
  }
}

/** Answers "still running?" for every task of which a report assumes that it ended. */
async function finishForgotten(app: TestApplication): Promise<void> {
  const figure = { kind: 'completeness', figure: 'assumed-ends' } as const;
  const { rows } = await app.get('report.drill', { ...TODAY, figure });
  for (const { task } of rows) {
    // Those whose end was assumed by a person have ended already, and are refused.
    if (task) await app.ask('task.act', { taskId: task.id, action: 'finish', at: null });
  }
}

/** Somebody comes, and others begin, leave or give up. */
const turnOfEvents = fc.record({
  minutes: fc.integer({ min: 1, max: 20 }),
  tenMinutes: fc.integer({ min: 2, max: 12 }),
  acts: fc.array(
    fc.record({
      action: fc.constantFrom('start' as const, 'start' as const, 'finish' as const, 'cancel' as const),
      place: fc.nat(20),
    }),
    { maxLength: 3 },
  ),
});

describe('one number', () => {
  it('of the sample clinic, when it opens and an hour later', async () => {
    const app = await new TestApplication().open({ opensSample: true });
    try {
      await agreesNow(app, await app.get('report.utilization', TODAY));
      // The timeline draws what nobody finished until now; reports take it to have ended by its plan (decision 0050).
      await finishForgotten(app);
      await agrees(app);
      app.clock.forward(60);
      await agreesNow(app, await app.get('report.utilization', TODAY));
      await finishForgotten(app);
      await agrees(app);
    } finally {
      await app.close();
    }
  });

  it('of a clinic in which people come, are late, leave early and give up', async () => {
    const app = new TestApplication();
    try {
      await openClinic(app, 2);
      const waiting: TaskId[] = [];
      const running: TaskId[] = [];
      for (const [index, turn] of fc.sample(turnOfEvents, 30).entries()) {
        app.clock.forward(turn.minutes);
        const durationSeconds = seconds(turn.tenMinutes * 10 * MINUTE);
        const { taskId } = await app.get('task.submit', visit(`Person ${index}`, { durationSeconds }));
        waiting.push(taskId);
        for (const { action, place } of turn.acts) {
          const list = action === 'finish' ? running : waiting;
          const one = list[place % list.length];
          if (one === undefined) continue;
          const reply = await app.ask('task.act', { taskId: one, action, at: null });
          if (!reply.ok) continue;
          list.splice(list.indexOf(one), 1);
          if (action === 'start') running.push(one);
        }
        if (index % 10 === 9) await agrees(app);
      }
    } finally {
      await app.close();
    }
  });
});
