/**
 * What the task form holds, what is wrong with it, and the draft it makes: pure, so that the form's state class only
 * keeps and asks. Figures are as typed (units, or unit·hours for an amount); thousandths appear in the draft only.
 */
import type { LinkedTask, TaskDraft } from '../../../shared/contract/tasks.ts';
import type { Pool } from '../../../shared/domain/pool.ts';
import type { SubsystemId } from '../../../shared/domain/subsystem.ts';
import { getSubsystem } from '../../../shared/domain/subsystem.ts';
import { AFTER_DELAY_SECONDS_MAX } from '../../../shared/domain/task.ts';
import type { Need, WorkKind } from '../../../shared/domain/task.ts';
import type { UrgencyClass } from '../../../shared/domain/urgency.ts';
import { ROUTINE } from '../../../shared/domain/urgency.ts';
import type { PatientId, PoolId, WorkKindId } from '../../../shared/ids.ts';
import type { Instant } from '../../../shared/units.ts';
import { HOUR, instant, milli, rateOfAmount, seconds, work } from '../../../shared/units.ts';
import { nextKey } from '../../forms/names.ts';
import { parseLocalDate } from '../../format/typed-time.ts';

/** One row of "what it needs": a rate in units, or an amount in unit·hours to be done within the duration. */
export interface NeedValues {
  readonly key: number;
  poolId: PoolId | null;
  as: 'units' | 'amount';
  figure: number | null;
}

/** A task that this one comes after, as it was found, and how long to let pass after it. */
export type EarlierTask = Pick<LinkedTask, 'taskId' | 'subsystem' | 'workKind' | 'patientName'> & {
  delaySeconds: number | null;
  /** Something stands in its field that is no duration. */
  isUnreadable: boolean;
};

export type StartMode = 'soon' | 'earliest' | 'fixed';

export interface TaskFormValues {
  workKindId: WorkKindId | null;
  /** Set when somebody known was chosen; the texts below then only show who it is. */
  patientId: PatientId | null;
  patientName: string;
  birthDate: string;
  number: string;
  needs: NeedValues[];
  durationSeconds: number | null;
  urgency: UrgencyClass;
  startMode: StartMode;
  startAt: number | null;
  /** By when it is to be over. */
  due: number | null;
  /** How often what it watches is read, in seconds. */
  interval: number | null;
  /** Fields in which something stands that cannot be read. */
  unreadable: { due: boolean; interval: boolean };
  note: string;
  /** What another system calls it. */
  reference: string;
  after: EarlierTask[];
}

export type FormField =
  | 'kind'
  | 'patient-name'
  | 'birth-date'
  | 'number'
  | 'needs'
  | 'duration'
  | 'start'
  | 'due'
  | 'interval'
  | 'note'
  | 'reference'
  | 'after'
  | 'form';

export const FORM_PROBLEMS = [
  'kind-missing',
  'name-missing',
  'name-too-long',
  'birth-date-unreadable',
  'number-too-long',
  'need-missing',
  'need-pool-missing',
  'need-figure-missing',
  'need-not-whole',
  'need-above-capacity',
  'need-twice',
  'duration-missing',
  'start-missing',
  'due-unreadable',
  'interval-unreadable',
  'note-too-long',
  'reference-too-long',
  'delay-unreadable',
] as const;
export type FormProblem = (typeof FORM_PROBLEMS)[number];
export type FormProblems = Partial<Record<FormField, FormProblem>>;

const NAME_LENGTH_MAX = 120;
const NUMBER_LENGTH_MAX = 40;
const NOTE_LENGTH_MAX = 2000;
const REFERENCE_LENGTH_MAX = 64;
const MILLI = 1000;

export function emptyForm(): TaskFormValues {
  return {
    workKindId: null,
    patientId: null,
    patientName: '',
    birthDate: '',
    number: '',
    needs: [emptyNeed([])],
    durationSeconds: null,
    urgency: ROUTINE,
    startMode: 'soon',
    startAt: null,
    due: null,
    interval: null,
    unreadable: { due: false, interval: false },
    note: '',
    reference: '',
    after: [],
  };
}

/** The form with a kind's own needs, duration and urgency; who and when it is for stay as they are. */
export function withKind(values: TaskFormValues, kind: WorkKind): TaskFormValues {
  return {
    ...values,
    workKindId: kind.id,
    needs: needValuesOf(kind.needs),
    durationSeconds: kind.durationSeconds,
    urgency: kind.urgency,
  };
}

/** What a new form begins with: the default kind of its subsystem, else the only kind there is, else nothing. */
export function blankForm(kinds: readonly WorkKind[], defaultKind: WorkKindId | null): TaskFormValues {
  const chosen = kinds.find(({ id }) => id === defaultKind);
  const kind = chosen ?? (kinds.length === 1 ? kinds[0] : undefined);
  return kind ? withKind(emptyForm(), kind) : emptyForm();
}

export function needValuesOf(needs: readonly Need[]): NeedValues[] {
  return needs.map(({ poolId, rateMilli, amount }, at) =>
    amount === null
      ? { key: at + 1, poolId, as: 'units', figure: rateMilli / MILLI }
      : { key: at + 1, poolId, as: 'amount', figure: amount / MILLI / HOUR },
  );
}

/** One more beside those that are there. */
export function emptyNeed(beside: readonly NeedValues[]): NeedValues {
  return { key: nextKey(beside), poolId: null, as: 'units', figure: 1 };
}

/** The first thing wrong with each field; an empty object when the form can be sent. */
export function problemsOf(
  values: TaskFormValues,
  subsystem: SubsystemId,
  pools: ReadonlyMap<PoolId, Pool>,
): FormProblems {
  return {
    ...(values.workKindId === null && { kind: 'kind-missing' }),
    ...patientProblems(values, subsystem),
    ...needProblem(values.needs, pools),
    ...(values.durationSeconds === null && { duration: 'duration-missing' }),
    ...(values.startMode !== 'soon' && values.startAt === null && { start: 'start-missing' }),
    ...(values.unreadable.due && { due: 'due-unreadable' }),
    ...(values.unreadable.interval && { interval: 'interval-unreadable' }),
    ...(values.note.length > NOTE_LENGTH_MAX && { note: 'note-too-long' }),
    ...(values.reference.trim().length > REFERENCE_LENGTH_MAX && { reference: 'reference-too-long' }),
    ...(values.after.some(isWrongDelay) && { after: 'delay-unreadable' }),
  };
}

function patientProblems(values: TaskFormValues, subsystem: SubsystemId): FormProblems {
  if (values.patientId !== null) return {};
  const name = values.patientName.trim();
  const isExpected = getSubsystem(subsystem).isAboutPatient;
  if (!isExpected && name === '') return {};
  const birthDate = values.birthDate.trim();
  return {
    ...(name === '' && { 'patient-name': 'name-missing' }),
    ...(name.length > NAME_LENGTH_MAX && { 'patient-name': 'name-too-long' }),
    ...(birthDate !== '' && parseLocalDate(birthDate) === null && { 'birth-date': 'birth-date-unreadable' }),
    ...(values.number.trim().length > NUMBER_LENGTH_MAX && { number: 'number-too-long' }),
  };
}

function needProblem(needs: readonly NeedValues[], pools: ReadonlyMap<PoolId, Pool>): FormProblems {
  if (needs.length === 0) return { needs: 'need-missing' };
  const seen = new Set<PoolId>();
  for (const { poolId, as, figure } of needs) {
    const pool = poolId === null ? undefined : pools.get(poolId);
    if (!pool) return { needs: 'need-pool-missing' };
    if (seen.has(pool.id)) return { needs: 'need-twice' };
    seen.add(pool.id);
    if (figure === null || figure <= 0) return { needs: 'need-figure-missing' };
    if (pool.kind === 'countable' && !Number.isInteger(figure)) return { needs: 'need-not-whole' };
    if (as === 'units' && figure * MILLI > pool.capacityMilli) return { needs: 'need-above-capacity' };
  }
  return {};
}

/** What the planner is asked while the form is filled in: null until it says what is needed and for how long. */
export function quotedDraftOf(
  values: TaskFormValues,
  subsystem: SubsystemId,
  pools: ReadonlyMap<PoolId, Pool>,
): Omit<TaskDraft, 'patient' | 'note' | 'reference'> | null {
  const { workKindId, durationSeconds, startMode } = values;
  const problems = problemsOf(values, subsystem, pools);
  const isAnswerable = !(problems.needs ?? problems.start ?? problems.due ?? problems.after);
  if (workKindId === null || durationSeconds === null || !isAnswerable) return null;
  const startAt = values.startAt === null ? null : instant(values.startAt);
  return {
    subsystem,
    workKindId,
    needs: values.needs.flatMap((need) => needOf(need, durationSeconds)),
    durationSeconds: seconds(durationSeconds),
    urgency: values.urgency,
    earliestStart: startMode === 'earliest' ? startAt : null,
    fixedStart: startMode === 'fixed' ? startAt : null,
    due: values.due === null ? null : instant(values.due),
    ...(values.interval !== null && { intervalSeconds: seconds(values.interval) }),
    ...(values.after.length > 0 && { after: values.after.map(afterRow) }),
  };
}

function isWrongDelay({ delaySeconds, isUnreadable }: EarlierTask): boolean {
  return isUnreadable || (delaySeconds ?? 0) > AFTER_DELAY_SECONDS_MAX;
}

function afterRow({ taskId, delaySeconds }: EarlierTask): NonNullable<TaskDraft['after']>[number] {
  return { taskId, delaySeconds: seconds(delaySeconds ?? 0) };
}

/** The task to submit; null while anything is wrong. */
export function draftOf(
  values: TaskFormValues,
  subsystem: SubsystemId,
  pools: ReadonlyMap<PoolId, Pool>,
): TaskDraft | null {
  const quoted = quotedDraftOf(values, subsystem, pools);
  if (!quoted || Object.keys(problemsOf(values, subsystem, pools)).length > 0) return null;
  const reference = values.reference.trim();
  const texts = { note: values.note, ...(reference !== '' && { reference }) };
  return { ...quoted, patient: patientOf(values), ...texts };
}

function patientOf({ patientId, patientName, birthDate, number }: TaskFormValues): TaskDraft['patient'] {
  if (patientId !== null) return { patientId };
  const name = patientName.trim();
  if (name === '') return null;
  return { identity: { name, birthDate: parseLocalDate(birthDate), number: number.trim() || null } };
}

function needOf({ poolId, as, figure }: NeedValues, durationSeconds: number): Need[] {
  if (poolId === null || figure === null) return []; // never sent: `needProblem` holds such a form back
  if (as === 'units') return [{ poolId, rateMilli: milli(Math.round(figure * MILLI)), amount: null }];
  const amount = work(Math.round(figure * MILLI * HOUR));
  return [{ poolId, rateMilli: rateOfAmount(amount, seconds(durationSeconds)), amount }];
}

/** A start that lies in the past is no wish; what is shown as the default is the next full quarter of an hour. */
export function suggestedStart(now: Instant): Instant {
  const quarter = HOUR / 4;
  return instant(Math.ceil((now + 1) / quarter) * quarter);
}
