import { beforeEach, describe, expect, test } from 'vitest';
import { format } from '../../../src/renderer/format/format.svelte.ts';
import { reasonSentence, whyWaiting } from '../../../src/renderer/format/reason.ts';
import { wordsOf } from '../../../src/renderer/format/sentence.ts';
import { locale } from '../../../src/renderer/locale.svelte.ts';
import type { ReasonView } from '../../../src/shared/contract/tasks.ts';
import type { ReasonRule } from '../../../src/shared/domain/reason.ts';
import { REASON_RULES, REFUSAL_CODES } from '../../../src/shared/domain/reason.ts';
import { LOCALES } from '../../../src/shared/domain/local-text.ts';
import { taskId } from '../../../src/shared/ids.ts';
import type { Instant } from '../../../src/shared/units.ts';
import { NOW, ZONE, clock, compute, taskRow, ultrasound } from '../workspace/samples.ts';

type Stretch = ReasonView['segments'][number];
type Blocker = Stretch['blockers'][number];

const subject = { subsystem: 'imaging', now: NOW } as const;

function blocker(id: string, patientName: string | null, en = 'Abdomen', zh = '腹部超声'): Blocker {
  return { taskId: taskId(id), subsystem: 'imaging', workKind: { en, zh }, patientName };
}
const zhang = blocker('t-zhang', 'W. Zhang');
const wang = blocker('t-wang', 'F. Wang', 'Fetal', '胎儿超声');

function stretch(rule: ReasonRule, until: Instant, given: Partial<Stretch> = {}): Stretch {
  return {
    from: NOW,
    until,
    rule,
    poolId: ultrasound.id,
    poolName: ultrasound.name,
    blockers: [],
    ...given,
  };
}

function reason(...segments: Stretch[]): ReasonView {
  return { segments, refusal: null };
}

function refused(code: NonNullable<ReasonView['refusal']>['code'], isPoolNamed = true): ReasonView {
  return {
    segments: [],
    refusal: {
      code,
      poolId: isPoolNamed ? ultrasound.id : null,
      poolName: isPoolNamed ? ultrasound.name : null,
    },
  };
}

beforeEach(() => {
  format.timeZone = ZONE;
});

interface Case {
  readonly name: string;
  readonly reason: ReasonView;
  readonly wantEn: string;
  readonly wantZh: string;
}

const until1040 = clock('10:40');
const CASES: readonly Case[] = [
  {
    name: 'two tasks hold the pool',
    reason: reason(stretch('capacity', until1040, { blockers: [zhang, wang] })),
    wantEn: 'Waits until 10:40 for Ultrasound, in use by W. Zhang (Abdomen) and F. Wang (Fetal).',
    wantZh: '要等到 10:40：超声室正由 W. Zhang（腹部超声）和 F. Wang（胎儿超声）使用。',
  },
  {
    name: 'a pool without named tasks',
    reason: reason(stretch('capacity', until1040)),
    wantEn: 'Waits until 10:40 for Ultrasound, all in use.',
    wantZh: '要等到 10:40：超声室已全部占用。',
  },
  {
    name: 'an erased patient is named by the work alone',
    reason: reason(stretch('capacity', until1040, { blockers: [blocker('t-1', null)] })),
    wantEn: 'Waits until 10:40 for Ultrasound, in use by Abdomen.',
    wantZh: '要等到 10:40：超声室正由腹部超声使用。',
  },
  {
    name: 'more tasks than a sentence carries',
    reason: reason(
      stretch('capacity', until1040, {
        blockers: [zhang, wang, blocker('t-3', 'A'), blocker('t-4', 'B'), blocker('t-5', 'C')],
      }),
    ),
    wantEn:
      'Waits until 10:40 for Ultrasound, in use by W. Zhang (Abdomen), F. Wang (Fetal) and 3 more tasks.',
    wantZh: '要等到 10:40：超声室正由 W. Zhang（腹部超声）、F. Wang（胎儿超声）和另外 3 项任务使用。',
  },
  {
    name: 'closed until tomorrow',
    reason: reason(stretch('closed', clock('08:00', '2026-11-19'))),
    wantEn: 'Waits until tomorrow 08:00 for the opening hours of Ultrasound.',
    wantZh: '要等到 明日 08:00：超声室还没到开放时间。',
  },
  {
    name: 'out of service, no pool named',
    reason: reason(stretch('outage', until1040, { poolId: null, poolName: null })),
    wantEn: 'Waits until 10:40 for a pool it needs to be back in service.',
    wantZh: '要等到 10:40：所需的资源池停用，尚待恢复。',
  },
  {
    name: 'the subsystem is at its limit',
    reason: reason(stretch('limit', until1040, { blockers: [zhang] })),
    wantEn:
      'Waits until 10:40 for Ultrasound, where image processing is at its limit with W. Zhang (Abdomen).',
    wantZh: '要等到 10:40：图像处理在超声室的用量已达上限，占用的是 W. Zhang（腹部超声）。',
  },
  {
    name: 'units kept for others',
    reason: reason(stretch('guarantee', until1040)),
    wantEn: 'Waits until 10:40 for Ultrasound, where the units left are kept for other work.',
    wantZh: '要等到 10:40：超声室剩余的部分要留给其他工作。',
  },
  {
    name: 'after another task',
    reason: reason(stretch('precedence', until1040, { blockers: [zhang] })),
    wantEn: 'Waits until 10:40 for W. Zhang (Abdomen) to end first.',
    wantZh: '要等到 10:40：须等 W. Zhang（腹部超声）先结束。',
  },
  {
    name: 'only the planning grid',
    reason: reason(stretch('grid', clock('10:25'))),
    wantEn: 'Waits until 10:25 for the next start on the planning grid.',
    wantZh: '要等到 10:25：须等下一个计划开始时刻。',
  },
  {
    name: 'the grid is not said beside something weightier',
    reason: reason(
      stretch('capacity', clock('10:38'), { blockers: [zhang] }),
      stretch('grid', until1040, { from: clock('10:38') }),
    ),
    wantEn: 'Waits until 10:40 for Ultrasound, in use by W. Zhang (Abdomen).',
    wantZh: '要等到 10:40：超声室正由 W. Zhang（腹部超声）使用。',
  },
  {
    name: 'first closed, then in use',
    reason: reason(
      stretch('closed', clock('13:30')),
      stretch('capacity', clock('14:00'), { from: clock('13:30'), blockers: [wang] }),
    ),
    wantEn:
      'Waits until 14:00: until 13:30 for the opening hours of Ultrasound, then for Ultrasound, in use by F. Wang (Fetal).',
    wantZh: '要等到 14:00：13:30 之前，超声室还没到开放时间；之后，超声室正由 F. Wang（胎儿超声）使用。',
  },
  {
    name: 'stretches that are over, or short beside the rest, are left out',
    reason: reason(
      stretch('outage', clock('10:10'), { from: clock('09:00') }),
      stretch('limit', clock('10:25'), { from: clock('10:10') }),
      stretch('closed', clock('13:30'), { from: clock('10:25') }),
    ),
    wantEn: 'Waits until 13:30 for the opening hours of Ultrasound.',
    wantZh: '要等到 13:30：超声室还没到开放时间。',
  },
  {
    name: 'neighbouring stretches of one rule in one pool are one',
    reason: reason(
      stretch('capacity', clock('10:30'), { blockers: [zhang] }),
      stretch('capacity', until1040, { from: clock('10:30'), blockers: [zhang, wang] }),
    ),
    wantEn: 'Waits until 10:40 for Ultrasound, in use by W. Zhang (Abdomen) and F. Wang (Fetal).',
    wantZh: '要等到 10:40：超声室正由 W. Zhang（腹部超声）和 F. Wang（胎儿超声）使用。',
  },
  {
    name: 'a wait that is over',
    reason: reason(stretch('capacity', clock('10:10'), { from: clock('09:00') })),
    wantEn: 'Everything it needs is free now.',
    wantZh: '所需的资源现在都空闲。',
  },
  {
    name: 'refused: longer than any opening',
    reason: refused('longer-than-any-opening'),
    wantEn: 'It has no start: it takes longer than Ultrasound ever stays open.',
    wantZh: '无法安排：所需时间比超声室任何一段开放时间都长。',
  },
  {
    name: 'refused: above the limit',
    reason: refused('exceeds-limit'),
    wantEn: 'It has no start: it needs more of Ultrasound than image processing may take.',
    wantZh: '无法安排：需要的数量超过图像处理在超声室的上限。',
  },
  {
    name: 'refused: beyond the horizon, no pool named',
    reason: refused('beyond-horizon', false),
    wantEn: 'It has no start: nothing is free for it within the next 90 days.',
    wantZh: '无法安排：未来 90 天内没有空闲。',
  },
];

describe('why it waits', () => {
  test.each(CASES)('$name', ({ reason: given, wantEn, wantZh }) => {
    locale.set('en');
    expect(wordsOf(reasonSentence(given, subject))).toBe(wantEn);
    locale.set('zh');
    expect(wordsOf(reasonSentence(given, subject))).toBe(wantZh);
  });

  test.each(LOCALES)('links pool, tasks and time (%s)', (language) => {
    locale.set(language);
    const parts = reasonSentence(
      reason(stretch('capacity', until1040, { blockers: [zhang, wang] })),
      subject,
    );
    expect(parts.filter((part) => part.kind === 'pool')).toMatchObject([{ poolId: ultrasound.id }]);
    expect(parts.filter((part) => part.kind === 'time')).toMatchObject([{ at: until1040, text: '10:40' }]);
    expect(parts.filter((part) => part.kind === 'task')).toMatchObject([
      { taskId: 't-zhang', subsystem: 'imaging' },
      { taskId: 't-wang', subsystem: 'imaging' },
    ]);
  });

  test.each(LOCALES)('has whole words for every rule and refusal (%s)', (language) => {
    locale.set(language);
    const sentences = [
      ...REASON_RULES.flatMap((rule) => [
        reason(stretch(rule, until1040)),
        reason(stretch(rule, until1040, { blockers: [zhang], poolId: compute.id, poolName: compute.name })),
        reason(stretch(rule, until1040, { poolId: null, poolName: null })),
      ]),
      ...REFUSAL_CODES.flatMap((code) => [refused(code), refused(code, false)]),
    ].map((given) => wordsOf(reasonSentence(given, subject)));
    for (const sentence of sentences) {
      expect(sentence).toMatch(/[.。]$/);
      expect(sentence).not.toMatch(/reason_|undefined|null|\{|[\uE000\uE001]/);
    }
  });
});

describe('what a row says of its wait', () => {
  beforeEach(() => locale.set('en'));

  test.each([
    { name: 'on hold', row: taskRow('t', { state: 'held' }), want: /^On hold\./ },
    {
      name: 'planned without an obstacle',
      row: taskRow('t'),
      want: /^Nothing holds it up: it starts about 10:40\.$/,
    },
    {
      name: 'not planned yet',
      row: taskRow('t', { state: 'waiting', start: null }),
      want: /^It has just been/,
    },
  ])('$name', ({ row, want }) => {
    const sentence = whyWaiting(row, NOW);
    expect(sentence && wordsOf(sentence)).toMatch(want);
  });

  test('nothing once it is confirmed without an obstacle, runs or has ended', () => {
    expect(whyWaiting(taskRow('t', { state: 'confirmed' }), NOW)).toBeNull();
    expect(whyWaiting(taskRow('t', { state: 'running' }), NOW)).toBeNull();
    expect(whyWaiting(taskRow('t', { state: 'finished' }), NOW)).toBeNull();
  });
});
