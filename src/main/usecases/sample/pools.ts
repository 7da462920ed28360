/**
 * The twelve pools of the sample clinic: rooms, scanners, people, beds, monitors, clerks and a server, with hours,
 * a holiday, a training afternoon, two failures and maintenance, all placed relative to the day it is made.
 */
import type {
  HoursException,
  OpenRange,
  Outage,
  Pool,
  PoolUnit,
  WeeklyHours,
} from '../../../shared/domain/pool.ts';
import type { LocalText } from '../../../shared/domain/local-text.ts';
import type { DayNumber } from '../../../shared/local-time.ts';
import { dateOfDayNumber, instantOfWall, localTimeOf, weekdayOf } from '../../../shared/local-time.ts';
import { outageId, poolId, unitId } from '../../../shared/ids.ts';
import type { Instant } from '../../../shared/units.ts';
import { HOUR, MINUTE, milli, seconds } from '../../../shared/units.ts';
import { STAFF, bothWays } from './people.ts';

export type SamplePoolName =
  | 'exam-rooms'
  | 'ultrasound'
  | 'ct'
  | 'x-ray'
  | 'technicians'
  | 'reading-seats'
  | 'nurses'
  | 'beds'
  | 'monitors'
  | 'claims-clerks'
  | 'cores'
  | 'storage';

interface PoolRow {
  readonly id: SamplePoolName;
  /** English, a blank, Chinese. */
  readonly name: string;
  readonly unitName: string;
  readonly template: Pool['template'];
  /** A countable pool's units, or a divisible pool's capacity in its unit. */
  readonly units: readonly PoolUnit[] | number;
  readonly hours: WeeklyHours | null;
  readonly shares?: Pool['shares'];
}

const clock = (text: string): OpenRange => {
  const [from, to] = text.split('-').map((time) => {
    const [hours, minutes] = time.split(':').map(Number);
    return (hours ?? 0) * 60 + (minutes ?? 0);
  });
  return { fromMinute: from ?? 0, toMinute: to ?? 0 };
};

/** Ranges of a weekday, of Saturday and of Sunday, each as `08:00-12:00 13:30-18:00`; empty for closed. */
function hours(weekday: string, saturday: string, sunday: string): WeeklyHours {
  const day = (text: string) => text.split(' ').filter(Boolean).map(clock);
  return [...Array.from({ length: 5 }, () => day(weekday)), day(saturday), day(sunday)];
}

const CLINIC_HOURS = hours('08:00-12:00 13:30-18:00', '08:00-12:00', '');
const IMAGING_HOURS = hours('08:00-12:00 13:00-17:30', '08:00-12:00', '');
const SCANNER_HOURS = hours('08:00-20:00', '08:00-17:00', '09:00-17:00');

const POOLS: readonly PoolRow[] = [
  {
    id: 'exam-rooms',
    name: 'Exam rooms 诊室',
    unitName: 'rooms 间',
    template: 'room',
    units: numbered('exam-room', 'Exam room 诊室', 2),
    hours: CLINIC_HOURS,
  },
  {
    id: 'ultrasound',
    name: 'Ultrasound rooms 超声室',
    unitName: 'rooms 间',
    template: 'scanner',
    units: numbered('ultrasound', 'Ultrasound 超声室', 2),
    hours: IMAGING_HOURS,
  },
  {
    id: 'ct',
    name: 'CT CT室',
    unitName: 'scanners 台',
    template: 'scanner',
    units: [{ id: unitId('ct-1'), name: { en: 'CT 1', zh: 'CT 1' } }],
    hours: SCANNER_HOURS,
  },
  {
    id: 'x-ray',
    name: 'X-ray room X光室',
    unitName: 'rooms 间',
    template: 'scanner',
    units: [{ id: unitId('x-ray-1'), name: { en: 'X-ray 1', zh: 'X光室 1' } }],
    hours: hours('08:00-12:00 13:30-17:30', '08:00-12:00', ''),
  },
  {
    id: 'technicians',
    name: 'Imaging technicians 影像技师',
    unitName: 'people 人',
    template: 'staff',
    units: people('li-min', 'wang-lei', 'zhou-yan'),
    hours: SCANNER_HOURS,
  },
  {
    id: 'reading-seats',
    name: 'Reading workstations 阅片工作站',
    unitName: 'seats 台',
    template: 'workstation',
    units: numbered('seat', 'Seat 工作站', 3),
    hours: hours('08:00-18:30', '08:00-18:30', ''),
    shares: [
      { subsystem: 'imaging', guaranteeMilli: milli(2000), limitMilli: null },
      { subsystem: 'research', guaranteeMilli: milli(0), limitMilli: milli(1000) },
    ],
  },
  {
    id: 'nurses',
    name: 'Nurses 护士',
    unitName: 'people 人',
    template: 'staff',
    units: people('chen-hui', 'wu-xia'),
    hours: hours('07:30-12:00 13:00-18:30', '07:30-12:30', ''),
  },
  {
    id: 'beds',
    name: 'Observation beds 留观床',
    unitName: 'beds 张',
    template: 'bed',
    units: numbered('bed', 'Bed 留观床', 4),
    hours: null,
  },
  {
    id: 'monitors',
    name: 'Monitors 监护仪',
    unitName: 'devices 台',
    template: 'monitor',
    units: numbered('monitor', 'Monitor 监护仪', 40),
    hours: null,
  },
  {
    id: 'claims-clerks',
    name: 'Claims clerks 理赔专员',
    unitName: 'people 人',
    template: 'staff',
    units: people('sun-ying', 'zheng-kai'),
    hours: hours('08:30-12:00 13:00-17:30', '', ''),
  },
  {
    id: 'cores',
    name: 'Compute server 计算服务器',
    unitName: 'cores 核',
    template: 'compute',
    units: 64,
    hours: null,
    shares: [
      { subsystem: 'imaging', guaranteeMilli: milli(8000), limitMilli: null },
      { subsystem: 'research', guaranteeMilli: milli(0), limitMilli: milli(48_000) },
    ],
  },
  {
    id: 'storage',
    name: 'Research storage 科研存储',
    unitName: 'TB TB',
    template: 'storage',
    units: 12,
    hours: null,
  },
];

/** All pools as they are known at `now`, failures of the past and the open one included. */
export function samplePools(now: Instant, zone: string): Pool[] {
  const outages = outagesByPool(now, zone);
  const exceptions = exceptionsAround(now, zone);
  return POOLS.map((row) => ({
    id: poolId(row.id),
    name: bothWays(row.name),
    unitName: bothWays(row.unitName),
    template: row.template,
    kind: typeof row.units === 'number' ? 'divisible' : 'countable',
    capacityMilli: milli((typeof row.units === 'number' ? row.units : row.units.length) * 1000),
    units: typeof row.units === 'number' ? [] : row.units,
    weeklyHours: row.hours,
    exceptions: row.hours?.[6]?.length === 0 ? exceptions : [],
    outages: outages.get(row.id) ?? [],
    shares: row.shares ?? [],
    gridSeconds: seconds(5 * MINUTE),
    reclaimSeconds: seconds(HOUR / 2),
  }));
}

function numbered(id: string, name: string, count: number): PoolUnit[] {
  const { en, zh } = bothWays(name);
  return Array.from({ length: count }, (_, index) => ({
    id: unitId(`${id}-${index + 1}`),
    name: { en: `${en} ${index + 1}`, zh: `${zh} ${index + 1}` },
  }));
}

function people(...ids: readonly string[]): PoolUnit[] {
  return ids.map((id) => ({ id: unitId(id), name: nameOfStaff(id) }));
}

function nameOfStaff(id: string): LocalText {
  const row = STAFF.find((member) => member.id === id);
  if (!row) throw new RangeError(`nobody on the staff is called ${id}`);
  return row.name;
}

/** A public holiday five weeks ago and a training afternoon on next week's Friday. */
function exceptionsAround(now: Instant, zone: string): HoursException[] {
  const today = localTimeOf(now, zone).dayNumber;
  const thisMonday = today - weekdayOf(today);
  return [
    { date: dateOfDayNumber(thisMonday - 35), ranges: [] },
    { date: dateOfDayNumber(thisMonday + 11), ranges: [clock('08:00-12:00')] },
  ];
}

function outagesByPool(now: Instant, zone: string): Map<SamplePoolName, Outage[]> {
  const { dayNumber: today, minute } = localTimeOf(now, zone);
  const thisMonday = today - weekdayOf(today);
  const at = (day: DayNumber, time: number) => instantOfWall(day, time * 60, zone);
  // Engineers come over lunch: today while that is still ahead, else tomorrow.
  const serviceDay = minute < 11 * 60 ? today : today + 1;
  return new Map([
    [
      'ultrasound',
      [sudden('probe-failure', 'ultrasound-2', at(thisMonday - 20, 10.5), at(thisMonday - 19, 15))],
    ],
    [
      'ct',
      [
        service('ct-service-past', at(thisMonday - 22, 8), at(thisMonday - 22, 13)),
        service('ct-service', at(serviceDay, 12), at(serviceDay, 14)),
      ],
    ],
    ['monitors', [sudden('monitor-17-failure', 'monitor-17', at(today - 2, 21.25), null)]],
  ]);
}

function sudden(id: string, unit: string, start: Instant, end: Instant | null): Outage {
  return { id: outageId(id), unitId: unitId(unit), start, end, isPlanned: false };
}

function service(id: string, start: Instant, end: Instant): Outage {
  return { id: outageId(id), unitId: null, start, end, isPlanned: true };
}
