import { afterEach, beforeEach, expect, test } from 'vitest';
import { listWaitCauses } from '../../src/main/ledger/index.ts';
import type { Reason, ReasonRule } from '../../src/shared/domain/reason.ts';
import type { PoolId } from '../../src/shared/ids.ts';
import { taskId } from '../../src/shared/ids.ts';
import { instant } from '../../src/shared/units.ts';
import { planOf, ROOM, scanTask, setUpClinic, submitted } from '../support/ledger/clinic-rows.ts';
import { TemporaryLedger } from '../support/ledger/temporary-ledger.ts';

const T1 = taskId('t-1');

let books: TemporaryLedger;
/** 10:20, when nothing has happened yet. */
let now: number;

beforeEach(async () => {
  books = await TemporaryLedger.open();
  await setUpClinic(books);
  now = books.clock.now;
  await books.append('task-submitted', submitted(scanTask('t-1', { earliestStart: instant(now) })));
});

afterEach(() => books.dispose());

test('remembers what held a task back while each reason stood', async () => {
  const digest = books.keys.digest('p');
  const segment = (from: number, until: number, rule: ReasonRule, pool: PoolId | null = ROOM) => ({
    from: instant(now + from),
    until: instant(now + until),
    poolId: pool,
    rule,
    blockers: [],
  });
  const adoptReason = (segments: Reason['segments'], refusal: Reason['refusal'] = null) =>
    books.append(
      'plan-adopted',
      planOf(digest, books.clock.now, { reasons: [{ taskId: T1, segments, refusal }] }),
    );
  await adoptReason([segment(-60, 300, 'precedence', null), segment(300, 2400, 'capacity')]);
  books.clock.passSeconds(900);
  await adoptReason([segment(900, 1500, 'outage')]);
  books.clock.passSeconds(900);
  await adoptReason([], { code: 'exceeds-capacity', poolId: ROOM });
  books.clock.passSeconds(600);

  const causes = listWaitCauses(
    books.ledger.db,
    { from: instant(now), to: instant(now + 86_400) },
    instant(books.clock.now),
  );
  expect(causes.map(({ from, until, rule }) => [from - now, until - now, rule])).toEqual([
    [0, 300, 'precedence'],
    [300, 900, 'capacity'],
    [900, 1500, 'outage'],
    [1800, 2400, 'refused'],
  ]);
  const later = { from: instant(now + 1000), to: instant(now + 1600) };
  expect(listWaitCauses(books.ledger.db, later, instant(books.clock.now))).toEqual([
    { taskId: T1, from: now + 900, until: now + 1500, poolId: ROOM, rule: 'outage' },
  ]);
});
