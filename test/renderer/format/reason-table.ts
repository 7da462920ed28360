/** Every reason a task can wait for, in every shape it can have, with the exact words wanted in each language. */
import type { ReasonView } from '../../../src/shared/contract/tasks.ts';
import type { PlanRefusalCode, ReasonRule } from '../../../src/shared/domain/reason.ts';
import { REASON_RULES, REFUSAL_CODES } from '../../../src/shared/domain/reason.ts';
import { poolId, taskId } from '../../../src/shared/ids.ts';
import type { Instant } from '../../../src/shared/units.ts';
import { NOW, clock, ultrasound } from '../workspace/samples.ts';
import { HOUR, seconds } from '../../../src/shared/units.ts';

type Stretch = ReasonView['segments'][number];
type Blocker = Stretch['blockers'][number];

export const subject = { subsystem: 'imaging', now: NOW } as const;

function blocker(id: string, patientName: string | null, en = 'Abdomen', zh = '腹部超声'): Blocker {
  return { taskId: taskId(id), subsystem: 'imaging', workKind: { en, zh }, patientName };
}
export const zhang = blocker('t-zhang', 'W. Zhang');
export const wang = blocker('t-wang', 'F. Wang', 'Fetal', '胎儿超声');
const technicians = { poolId: poolId('technicians'), poolName: { en: 'Technicians', zh: '影像技师' } };
const li = blocker('t-li', 'Li Na');

export function stretch(rule: ReasonRule, until: Instant, given: Partial<Stretch> = {}): Stretch {
  return {
    from: NOW,
    until,
    rule,
    poolId: ultrasound.id,
    poolName: ultrasound.name,
    blockers: [],
    ties: [],
    ...(rule === 'delay' && { delaySeconds: seconds(2 * HOUR) }),
    ...given,
  };
}

export function reason(...segments: Stretch[]): ReasonView {
  return { segments, refusal: null };
}

function refused(code: PlanRefusalCode, shape: Partial<NonNullable<ReasonView['refusal']>> = {}): ReasonView {
  return {
    segments: [],
    refusal: { code, poolId: ultrasound.id, poolName: ultrasound.name, blockers: [], ...shape },
  };
}

const NO_POOL = { poolId: null, poolName: null };
export const until1040 = clock('10:40');

/** What a stretch can look like: without and with a named pool, and with no, one, several and more tasks than are named. */
const SHAPES = {
  'no task': {},
  'no task, no pool': NO_POOL,
  'one task': { blockers: [zhang] },
  'one task without a patient': { blockers: [blocker('t-claims', null, 'Claims batch', '理赔批次')] },
  'three tasks': { blockers: [zhang, wang, li] },
  'four tasks': { blockers: [zhang, wang, li, blocker('t-4', 'B')] },
  'five tasks, perhaps more': { blockers: [zhang, wang, li, blocker('t-4', 'B'), blocker('t-5', 'C')] },
} satisfies Record<string, Partial<Stretch>>;
type Shape = keyof typeof SHAPES;

const EN_TASKS: Readonly<Partial<Record<Shape, string>>> = {
  'one task': 'W. Zhang (Abdomen)',
  'one task without a patient': 'Claims batch',
  'three tasks': 'W. Zhang (Abdomen), F. Wang (Fetal) and Li Na (Abdomen)',
  'four tasks': 'W. Zhang (Abdomen), F. Wang (Fetal) and 2 more tasks',
  'five tasks, perhaps more': 'W. Zhang (Abdomen), F. Wang (Fetal) and others',
};
const ZH_TASKS: Readonly<Partial<Record<Shape, string>>> = {
  'one task': 'W. Zhang（腹部超声）',
  'one task without a patient': '理赔批次',
  'three tasks': 'W. Zhang（腹部超声）、F. Wang（胎儿超声）和 Li Na（腹部超声）',
  'four tasks': 'W. Zhang（腹部超声）、F. Wang（胎儿超声）和另外 2 项任务',
  'five tasks, perhaps more': 'W. Zhang（腹部超声）、F. Wang（胎儿超声）和其他任务',
};

/** The exact words of a rule, `pool` and `tasks` standing for the nouns; `alone` where no task is named. */
interface Words {
  readonly alone: string;
  readonly with?: string;
}
const RULES_EN: Readonly<Record<ReasonRule, Words>> = {
  capacity: { alone: 'for [pool], all taken', with: 'for [pool], taken by [tasks]' },
  closed: { alone: 'for [pool] to be open long enough' },
  outage: { alone: 'for [pool] to be back in service' },
  limit: {
    alone: 'for [pool], where image processing has reached its limit',
    with: 'for [pool], where image processing has reached its limit with [tasks]',
  },
  guarantee: {
    alone: 'for [pool], where what is free is kept for other work',
    with: 'for [pool], where what is free is kept for other work and the rest is taken by [tasks]',
  },
  precedence: { alone: 'for the task before it to end', with: 'for [tasks] to end first' },
  delay: {
    alone: 'for the delay after the task before it to pass',
    with: 'for 2\u00a0h to pass after [tasks]',
  },
  'fixed-start': { alone: 'for its fixed start' },
  grid: { alone: 'for the next set starting time; nothing else holds it up' },
  kept: { alone: 'to keep the start it was given; nothing else holds it up' },
};
const RULES_ZH: Readonly<Record<ReasonRule, Words>> = {
  capacity: { alone: '[pool]已全部占用', with: '[pool]由[tasks]占用' },
  closed: { alone: '[pool]剩余的开放时间不够' },
  outage: { alone: '[pool]停用，尚待恢复' },
  limit: {
    alone: '图像处理在[pool]的用量已达上限',
    with: '图像处理在[pool]的用量已达上限，占用的是[tasks]',
  },
  guarantee: {
    alone: '[pool]空闲的部分要留给其他工作',
    with: '[pool]空闲的部分要留给其他工作，其余由[tasks]占用',
  },
  precedence: { alone: '须等前一项任务先结束', with: '须等[tasks]先结束' },
  delay: { alone: '须等前一项任务之后的间隔时间过去', with: '须在[tasks]结束满 2\u00a0小时之后' },
  'fixed-start': { alone: '开始时间已固定' },
  grid: { alone: '按固定间隔安排开始时间，没有其他阻碍' },
  kept: { alone: '保持原定的开始时间，没有其他阻碍' },
};

const UNTIL = [
  { at: until1040, en: '10:40', zh: ' 10:40' },
  { at: clock('08:00', '2026-11-19'), en: 'tomorrow 08:00', zh: '明日 08:00' },
  { at: clock('08:00', '2026-11-24'), en: 'Tue 24 Nov 08:00', zh: ' 11月24日周二 08:00' },
  { at: clock('08:00', '2027-01-05'), en: 'Tue 5 Jan 08:00', zh: ' 1月5日周二 08:00' },
];

/** Chinese print: a space where Han and Latin text meet, none between two Han characters. */
const setInChinese = (text: string): string =>
  text
    .replace(/([\p{Script=Han}])([\p{Script=Latin}])/gu, '$1 $2')
    .replace(/([\p{Script=Latin}])([\p{Script=Han}])/gu, '$1 $2');

interface Row {
  readonly name: string;
  readonly reason: ReasonView;
  readonly wantEn: string;
  readonly wantZh: string;
}

function filled(words: Words, pool: string, tasks: string | undefined): string {
  const chosen = tasks === undefined ? words.alone : (words.with ?? words.alone);
  return chosen.replace('[pool]', pool).replace('[tasks]', tasks ?? '');
}

/** Every rule in every shape, and at every distance in time. */
export const WAITS: readonly Row[] = REASON_RULES.flatMap((rule) =>
  (Object.keys(SHAPES) as Shape[]).flatMap((shape) =>
    UNTIL.map(({ at, en, zh }) => {
      const isNamed = shape !== 'no task, no pool';
      const clauseEn = filled(RULES_EN[rule], isNamed ? 'Ultrasound' : 'a pool it needs', EN_TASKS[shape]);
      const clauseZh = filled(RULES_ZH[rule], isNamed ? '超声室' : '所需的资源池', ZH_TASKS[shape]);
      return {
        name: `${rule}, ${shape}, until ${en}`,
        reason: reason(stretch(rule, at, SHAPES[shape])),
        wantEn: `Waits until ${en} ${clauseEn}.`,
        wantZh: setInChinese(`要等到${zh}：${clauseZh}。`),
      };
    }),
  ),
);

const REFUSED_EN: Readonly<Record<PlanRefusalCode, Words & { readonly poolless?: string }>> = {
  'unknown-pool': { alone: 'a pool it needs is no longer there' },
  'invalid-need': { alone: '[pool] is given in whole units only' },
  'precedence-cycle': {
    alone: 'the tasks it comes after also wait for it',
    with: 'it comes after [tasks], and the other way round',
  },
  'unknown-predecessor': {
    alone: 'a task it comes after is no longer there',
    with: 'it comes after [tasks], and nobody came to that',
  },
  'exceeds-capacity': { alone: '[pool] never offers as much as it needs' },
  'exceeds-limit': { alone: '[pool] has a limit for image processing, and it needs more' },
  'longer-than-any-opening': { alone: 'it takes longer than [pool] ever stays open' },
  'fixed-start-not-possible': { alone: '[pool] is not free for it at its fixed start' },
  'waits-for-refused': {
    alone: 'a task it comes after cannot be planned either',
    with: 'it comes after [tasks], for which there is no time either',
  },
  'beyond-horizon': {
    alone: 'nothing is free for it in [pool] within the next 90 days',
    poolless: 'nothing is free for it within the next 90 days',
  },
};
const REFUSED_ZH: Readonly<Record<PlanRefusalCode, Words & { readonly poolless?: string }>> = {
  'unknown-pool': { alone: '所需的资源池已不存在' },
  'invalid-need': { alone: '[pool]只能按整数单位占用' },
  'precedence-cycle': { alone: '它所等待的任务也在等待它', with: '它须等[tasks]先结束，而后者又在等它' },
  'unknown-predecessor': { alone: '它所等待的任务已不存在', with: '它排在[tasks]之后，而后者未到' },
  'exceeds-capacity': { alone: '[pool]的容量始终少于所需数量' },
  'exceeds-limit': { alone: '图像处理在[pool]有使用上限，而所需数量更多' },
  'longer-than-any-opening': { alone: '所需时间比[pool]任何一段开放时间都长' },
  'fixed-start-not-possible': { alone: '在固定的开始时间，[pool]没有空闲' },
  'waits-for-refused': { alone: '它所等待的任务也无法安排', with: '它须等[tasks]先结束，而后者也无法安排' },
  'beyond-horizon': { alone: '未来 90 天内[pool]没有空闲', poolless: '未来 90 天内没有空闲' },
};

export const REFUSALS: readonly Row[] = REFUSAL_CODES.flatMap((code) =>
  (Object.keys(SHAPES) as Shape[]).map((shape) => {
    const isNamed = shape !== 'no task, no pool';
    const en = isNamed
      ? REFUSED_EN[code]
      : { ...REFUSED_EN[code], alone: REFUSED_EN[code].poolless ?? REFUSED_EN[code].alone };
    const zh = isNamed
      ? REFUSED_ZH[code]
      : { ...REFUSED_ZH[code], alone: REFUSED_ZH[code].poolless ?? REFUSED_ZH[code].alone };
    return {
      name: `refused: ${code}, ${shape}`,
      reason: refused(code, SHAPES[shape]),
      wantEn: `It cannot be planned: ${filled(en, isNamed ? 'Ultrasound' : 'a pool it needs', EN_TASKS[shape])}.`,
      wantZh: setInChinese(`无法安排：${filled(zh, isNamed ? '超声室' : '所需的资源池', ZH_TASKS[shape])}。`),
    };
  }),
);

/** Waits of several stretches: which of them are said. */
export const SEVERAL: readonly Row[] = [
  {
    name: 'the grid is not said beside something weightier',
    reason: reason(
      stretch('capacity', clock('10:38'), { blockers: [zhang] }),
      stretch('grid', until1040, { from: clock('10:38') }),
    ),
    wantEn: 'Waits until 10:40 for Ultrasound, taken by W. Zhang (Abdomen).',
    wantZh: '要等到 10:40：超声室由 W. Zhang（腹部超声）占用。',
  },
  {
    name: 'only grid and kept: one of them is enough',
    reason: reason(stretch('grid', clock('10:30')), stretch('kept', until1040, { from: clock('10:30') })),
    wantEn: 'Waits until 10:40 to keep the start it was given; nothing else holds it up.',
    wantZh: '要等到 10:40：保持原定的开始时间，没有其他阻碍。',
  },
  {
    name: 'first closed, then in use',
    reason: reason(
      stretch('closed', clock('13:30')),
      stretch('capacity', clock('14:00'), { from: clock('13:30'), blockers: [wang] }),
    ),
    wantEn:
      'Waits until 14:00: until 13:30 for Ultrasound to be open long enough; then for Ultrasound, taken by F. Wang (Fetal).',
    wantZh: '要等到 14:00：13:30 之前，超声室剩余的开放时间不够；之后，超声室由 F. Wang（胎儿超声）占用。',
  },
  {
    name: 'closed now: when it opens, whoever holds it then',
    reason: reason(
      stretch('closed', clock('10:25'), { isShut: true }),
      stretch('capacity', clock('14:00'), { from: clock('10:25'), blockers: [wang] }),
    ),
    wantEn:
      'Ultrasound is closed until 10:25; then it waits until 14:00 for Ultrasound, taken by F. Wang (Fetal).',
    wantZh: '超声室到 10:25 才开放；之后要等到 14:00：超声室由 F. Wang（胎儿超声）占用。',
  },
  {
    name: 'closed now, and nothing after that',
    reason: reason(stretch('closed', clock('08:00', '2026-11-19'), { isShut: true })),
    wantEn: 'Ultrasound is closed until tomorrow 08:00.',
    wantZh: '超声室要到明日 08:00 才开放。',
  },
  {
    name: 'stretches that are over, or short beside the rest, are left out',
    reason: reason(
      stretch('outage', clock('10:10'), { from: clock('09:00') }),
      stretch('limit', clock('10:25'), { from: clock('10:10') }),
      stretch('closed', clock('13:30'), { from: clock('10:25') }),
    ),
    wantEn: 'Waits until 13:30 for Ultrasound to be open long enough.',
    wantZh: '要等到 13:30：超声室剩余的开放时间不够。',
  },
  {
    name: 'neighbouring stretches of one rule in one pool are one',
    reason: reason(
      stretch('capacity', clock('10:30'), { blockers: [zhang] }),
      stretch('capacity', until1040, { from: clock('10:30'), blockers: [zhang, wang] }),
    ),
    wantEn: 'Waits until 10:40 for Ultrasound, taken by W. Zhang (Abdomen) and F. Wang (Fetal).',
    wantZh: '要等到 10:40：超声室由 W. Zhang（腹部超声）和 F. Wang（胎儿超声）占用。',
  },
  {
    name: 'two pools up to the same instant, each with who holds it',
    reason: reason(
      stretch('capacity', clock('10:30'), { blockers: [zhang], ties: [{ ...technicians, blockers: [li] }] }),
      stretch('capacity', until1040, {
        from: clock('10:30'),
        blockers: [wang],
        ties: [{ ...technicians, blockers: [li, wang] }],
      }),
    ),
    wantEn:
      'Waits until 10:40 for Ultrasound, taken by W. Zhang (Abdomen) and F. Wang (Fetal), and for Technicians, taken by Li Na (Abdomen) and F. Wang (Fetal).',
    wantZh:
      '要等到 10:40：超声室由 W. Zhang（腹部超声）和 F. Wang（胎儿超声）占用，影像技师由 Li Na（腹部超声）和 F. Wang（胎儿超声）占用。',
  },
  {
    name: 'a wait that is over',
    reason: reason(stretch('capacity', clock('10:10'), { from: clock('09:00') })),
    wantEn: 'Everything it needs is free now.',
    wantZh: '所需的资源现在都空闲。',
  },
];
