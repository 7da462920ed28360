/** A morning at a small clinic, Wednesday 18 November 2026 10:10 in Shanghai: invented, in the form the bridge gives. */
import type { Response } from '../../../src/shared/contract/index.ts';
import type { AppState } from '../../../src/shared/contract/clinic.ts';
import type { StripView } from '../../../src/shared/contract/pools.ts';
import type { TaskRow } from '../../../src/shared/contract/tasks.ts';
import type { LocalText } from '../../../src/shared/domain/local-text.ts';
import { SUBSYSTEMS, type SubsystemId } from '../../../src/shared/domain/subsystem.ts';
import { triageTargets, type UrgencyClass } from '../../../src/shared/domain/urgency.ts';
import { patientId, poolId, staffId, taskId, workKindId } from '../../../src/shared/ids.ts';
import { instant, milli, seconds } from '../../../src/shared/units.ts';

const TARGETS = triageTargets({ triagePreset: 'manchester', ownTriage: null });

export const NOW = Date.UTC(2026, 10, 18, 2, 10) / 1000;
const at = (minutes: number) => instant(NOW + minutes * 60);
const both = (en: string, zh: string): LocalText => ({ en, zh });

const POOLS = [
  ['ultrasound', 'Ultrasound', '超声室', 'rooms', '间', 2, 480],
  ['technicians', 'Technicians', '技师', 'people', '人', 3, 480],
  ['workstations', 'Workstations', '阅片工作站', 'seats', '台', 5, null],
  ['consulting', 'Consulting rooms', '诊室', 'rooms', '间', 3, 470],
  ['nurses', 'Nurses', '护士', 'people', '人', 4, 470],
  ['ct', 'CT', 'CT', 'scanner', '台', 1, 480],
  ['clerks', 'Claims clerks', '理赔专员', 'people', '人', 2, 440],
  ['monitors', 'Monitors', '监护仪', 'devices', '台', 40, null],
  ['compute', 'Compute server', '计算服务器', 'cores', '核', 32, null],
  ['storage', 'Storage', '存储', 'TB', 'TB', 12, null],
] as const;

/** Loads that look like a working day; the pool's index shifts them so that no two strips are alike. */
function strip(index: number): StripView {
  const [id, en, zh, unitEn, unitZh, size, closesIn] = POOLS[index] ?? POOLS[0];
  const full = size * 1000;
  const level = (share: number) => milli(Math.round(share * size) * 1000);
  const shift = index * 7;
  const load = milli(level(index % 3 === 0 ? 1 : 0.67));
  return {
    poolId: poolId(id),
    name: both(en, zh),
    unitName: both(unitEn, unitZh),
    capacityMilli: milli(full),
    from: at(-60),
    until: at(660),
    now: at(0),
    capacity: [
      { at: at(-130), milli: milli(full) },
      ...(index === 5
        ? [
            { at: at(110), milli: milli(0) },
            { at: at(230), milli: milli(full) },
          ]
        : []),
      ...(closesIn === null ? [] : [{ at: at(closesIn), milli: milli(0) }]),
    ],
    actual: [
      { at: at(-60), milli: level(0.5) },
      { at: at(-36 + (shift % 20)), milli: load },
    ],
    reserved: [
      { at: at(0), milli: load },
      { at: at(20 + shift), milli: level(0.5) },
      { at: at(90 + shift), milli: milli(0) },
      { at: at(200 + shift), milli: level(1) },
      { at: at(290), milli: level(0.34) },
      { at: at(330), milli: milli(0) },
    ],
    tentative: [
      { at: at(0), milli: milli(0) },
      { at: at(90 + shift), milli: level(0.5) },
      { at: at(150 + shift), milli: milli(0) },
      { at: at(295), milli: level(0.34) },
      { at: at(328), milli: milli(0) },
    ],
    loadMilli: load,
    offeredMilli: milli(full),
    freeAt: index % 3 === 0 ? at(90) : at(0),
  };
}

export const STRIPS = POOLS.map((_pool, index) => strip(index));

interface Sketch {
  readonly subsystem: SubsystemId;
  readonly kind: LocalText;
  readonly patient: readonly [string, string, string] | null;
  readonly pools: readonly string[];
  readonly urgency: UrgencyClass;
  readonly state: TaskRow['state'];
  readonly waited: number;
  readonly start: number | null;
  readonly end?: number;
}

function row(sketch: Sketch, index: number): TaskRow {
  const action = { running: 'finish', confirmed: 'start', tentative: 'confirm' } as const;
  return {
    taskId: taskId(`t-${sketch.subsystem}-${index}`),
    subsystem: sketch.subsystem,
    workKindId: workKindId('kind'),
    workKind: sketch.kind,
    patientId: sketch.patient && patientId(`p-${index}`),
    patient: sketch.patient && {
      name: sketch.patient[0],
      birthDate: sketch.patient[1],
      number: sketch.patient[2],
    },
    needs: sketch.pools.map((name) => {
      const pool = STRIPS.find((candidate) => candidate.poolId === name) ?? STRIPS[0];
      const poolName = pool?.name ?? both('', '');
      return {
        poolId: poolId(name),
        poolName,
        unitName: pool?.unitName ?? both('', ''),
        rateMilli: milli(1000),
        unitNames:
          sketch.start === null
            ? []
            : [both(`${poolName.en} ${1 + (index % 2)}`, `${poolName.zh} ${1 + (index % 2)}`)],
      };
    }),
    urgency: sketch.urgency,
    state: sketch.state,
    submittedAt: at(-sketch.waited),
    waitedSeconds: seconds(sketch.waited * 60),
    targetSeconds: TARGETS[sketch.urgency - 1] ?? seconds(0),
    start: sketch.start === null ? null : at(sketch.start),
    end: sketch.start === null ? null : at(sketch.end ?? sketch.start + 30),
    isEndAssumed: false,
    primaryAction: sketch.state in action ? action[sketch.state as keyof typeof action] : null, // just tested
    actions: ['cancel', 'hold'],
    reason: null,
  };
}

const S = (
  subsystem: SubsystemId,
  kind: readonly [string, string],
  patient: Sketch['patient'],
  pools: readonly string[],
  rest: Pick<Sketch, 'urgency' | 'state' | 'waited' | 'start' | 'end'>,
): Sketch => ({ subsystem, kind: both(...kind), patient, pools, ...rest });

const RUNNING = [
  S(
    'imaging',
    ['Abdomen, ultrasound', '腹部超声'],
    ['Yang Liu', '1990-11-23', '20311'],
    ['ultrasound', 'technicians'],
    { urgency: 2, state: 'running', waited: 4, start: -5 },
  ),
  S(
    'imaging',
    ['Thyroid ultrasound', '甲状腺超声'],
    ['Lei Zhao', '1975-02-14', '18820'],
    ['ultrasound', 'technicians'],
    { urgency: 3, state: 'running', waited: 31, start: -12 },
  ),
  S(
    'records',
    ['Follow-up visit', '复诊'],
    ['Alexandra Konstantinopoulou', '1951-08-30', '20009'],
    ['consulting'],
    { urgency: 4, state: 'running', waited: 18, start: -8 },
  ),
  S('monitoring', ['Cardiac monitoring', '心电监护'], ['Hua Sun', '1948-01-03', '17652'], ['monitors'], {
    urgency: 2,
    state: 'running',
    waited: 2,
    start: -240,
    end: 120,
  }),
  S('research', ['Cohort 12, survival analysis', '队列 12 生存分析'], null, ['compute'], {
    urgency: 5,
    state: 'running',
    waited: 55,
    start: -95,
    end: 85,
  }),
].map(row);

const NEXT = [
  S(
    'imaging',
    ['Abdomen, ultrasound', '腹部超声'],
    ['Wei Zhang', '1954-07-30', '20388'],
    ['ultrasound', 'technicians'],
    { urgency: 2, state: 'confirmed', waited: 12, start: 10 },
  ),
  S(
    'imaging',
    ['Fetal ultrasound', '胎儿超声'],
    ['Fang Wang', '1996-01-09', '20402'],
    ['ultrasound', 'technicians'],
    { urgency: 2, state: 'confirmed', waited: 9, start: 15 },
  ),
  S('records', ['Dressing change', '换药'], ['Min Wu', '1988-05-19', '20376'], ['nurses'], {
    urgency: 4,
    state: 'confirmed',
    waited: 22,
    start: 20,
  }),
  S(
    'imaging',
    ['Carotid ultrasound', '颈动脉超声'],
    ['Jing Chen', '1968-04-02', '20417'],
    ['ultrasound', 'technicians'],
    { urgency: 3, state: 'tentative', waited: 28, start: 30 },
  ),
  S('insurance', ['Claim 4420', '理赔 4420'], ['Gang Wu', '1963-05-11', '19971'], ['clerks'], {
    urgency: 4,
    state: 'tentative',
    waited: 75,
    start: 35,
  }),
  S('imaging', ['Chest X-ray', 'DR 胸片后处理'], ['Qiang Huang', '1959-12-01', '20299'], ['workstations'], {
    urgency: 4,
    state: 'tentative',
    waited: 62,
    start: 115,
  }),
].map((sketch, index) => row(sketch, index + 20));

const STUCK = [
  S('records', ['First visit', '初诊'], ['Ling Gao', '2001-03-27', '20395'], ['consulting'], {
    urgency: 3,
    state: 'running',
    waited: 15,
    start: -55,
    end: -15,
  }),
  S('insurance', ['Quote 208', '报价 208'], ['Na Deng', '1979-09-12', '19004'], ['clerks'], {
    urgency: 3,
    state: 'waiting',
    waited: 84,
    start: null,
  }),
  S('imaging', ['CT head', '头颅 CT'], ['Bo Xie', '1944-10-08', '16870'], ['ct'], {
    urgency: 2,
    state: 'confirmed',
    waited: 31,
    start: -20,
  }),
].map((sketch, index) => row(sketch, index + 40));

export const TODAY: Response<'today.get'> = {
  now: at(0),
  running: RUNNING,
  next: NEXT,
  stuck: STUCK,
  strips: STRIPS,
  alerts: [
    {
      code: 'outage',
      poolId: poolId('ct'),
      poolName: both('CT', 'CT'),
      taskId: null,
      count: 1,
      since: at(-35),
    },
    { code: 'past-end', poolId: null, poolName: null, taskId: taskId('t-1'), count: 1, since: at(-15) },
    { code: 'no-show', poolId: null, poolName: null, taskId: taskId('t-2'), count: 1, since: at(-20) },
    { code: 'target-passed', poolId: null, poolName: null, taskId: null, count: 4, since: null },
  ],
  waitingCounts: { records: 4, imaging: 7, insurance: 12, research: 3, monitoring: 2 },
};

export function workspace(subsystem: SubsystemId): Response<'workspace.get'> {
  const strips = STRIPS.slice(0, 3);
  return {
    subsystem,
    policy: SUBSYSTEMS.find((each) => each.id === subsystem)?.defaultPolicy ?? 'demand',
    now: at(0),
    chips: strips.map(({ poolId: id, name, unitName, loadMilli, offeredMilli }) => ({
      poolId: id,
      name,
      unitName,
      loadMilli,
      offeredMilli,
    })),
    strips,
  };
}

export function queue(subsystem: SubsystemId): Response<'queue.get'> {
  const own = (rows: readonly TaskRow[]) => rows.filter((each) => each.subsystem === subsystem);
  const lists = { running: own(RUNNING), next: own(NEXT), waiting: own(STUCK) };
  const ids = ['running', 'next', 'waiting'] as const;
  const rows = ids.flatMap((id) => lists[id]);
  const groups = ids.filter((id) => lists[id].length > 0).map((id) => ({ id, count: lists[id].length }));
  return { now: at(0), total: rows.length, groups, rows };
}

const STAFF: AppState['staff'] = [
  {
    id: staffId('s-li'),
    name: 'Min Li',
    jobTitle: both('sonographer', '影像技师'),
    role: 'manager',
    isActive: true,
  },
  {
    id: staffId('s-sun'),
    name: 'Yue Sun',
    jobTitle: both('claims clerk', '理赔专员'),
    role: 'staff',
    isActive: true,
  },
  {
    id: staffId('s-he'),
    name: 'Dr. Rui He',
    jobTitle: both('clinic manager', '诊所主任'),
    role: 'manager',
    isActive: true,
  },
  {
    id: staffId('s-xu'),
    name: 'Tao Xu',
    jobTitle: both('receptionist', '前台'),
    role: 'staff',
    isActive: false,
  },
];

export const STATE: AppState = {
  version: '0.1.0',
  runtimeFlavor: 'testruntime',
  ledgerPath: '/var/lib/clinic-allocator/clinic.ledger',
  problem: null,
  readOnly: null,
  clinic: {
    name: both('Clearwater Community Clinic', '清河社区卫生服务中心'),
    timeZone: 'Asia/Shanghai',
    language: 'en',
    triagePreset: 'manchester',
    isSample: false,
  },
  lookBack: null,
  locale: 'en',
  theme: 'light',
  systemTimeZone: 'Asia/Shanghai',
  foundTimeZone: null,
  identifiers: { first: 'name', second: 'birth-date' },
  staff: STAFF,
  person: STAFF[0] ?? null,
  subsystems: SUBSYSTEMS.map((each) => ({ subsystem: each.id, policy: each.defaultPolicy, weight: 1 })),
  waitingCounts: { records: 4, imaging: 7, insurance: 12, research: 3, monitoring: 2 },
  head: { epoch: 1, length: 184_220, hash: '9f3c0d5e17aa4be2'.repeat(4) },
};
