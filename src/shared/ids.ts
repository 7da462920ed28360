/**
 * Branded identifiers. An id is 1 to 64 characters of `[A-Za-z0-9._:-]`; comparing two ids is comparing their UTF-16
 * code units (`compareIds`), never a locale's order, so that every total order of the product can end with an id.
 */

const ID_PATTERN = /^[A-Za-z0-9._:-]{1,64}$/;

declare const idBrand: unique symbol;
type Id<Name extends string> = string & { readonly [idBrand]: Name };

export type PoolId = Id<'pool'>;
/** One named unit of a countable pool: "Ultrasound 2". */
export type UnitId = Id<'unit'>;
export type TaskId = Id<'task'>;
/** A kind of work in the clinic's catalogue: "Carotid ultrasound". Never identifies a patient. */
export type WorkKindId = Id<'work-kind'>;
/** Opaque: who the patient is exists only as ciphertext under this id's own key. */
export type PatientId = Id<'patient'>;
/** One of the clinic's care pathways: a template, not its run. */
export type PathwayId = Id<'pathway'>;
export type StaffId = Id<'staff'>;
export type OutageId = Id<'outage'>;
/** Chosen by whoever sends a command; the same id and body gives the first reply again. */
export type CommandId = Id<'command'>;
/** One import, reversible as a whole. */
export type BatchId = Id<'batch'>;

export function isId(value: string): boolean {
  return ID_PATTERN.test(value);
}

function checkedId(value: string, name: string): string {
  if (!isId(value)) throw new RangeError(`${name} is not a valid id`);
  return value;
}

/* Each constructor throws RangeError when the text is not a valid id; the cast is checked in `checkedId`. */
export const poolId = (value: string): PoolId => checkedId(value, 'pool id') as PoolId;
export const unitId = (value: string): UnitId => checkedId(value, 'unit id') as UnitId;
export const taskId = (value: string): TaskId => checkedId(value, 'task id') as TaskId;
export const workKindId = (value: string): WorkKindId => checkedId(value, 'work kind id') as WorkKindId;
export const patientId = (value: string): PatientId => checkedId(value, 'patient id') as PatientId;
export const pathwayId = (value: string): PathwayId => checkedId(value, 'pathway id') as PathwayId;
export const staffId = (value: string): StaffId => checkedId(value, 'staff id') as StaffId;
export const outageId = (value: string): OutageId => checkedId(value, 'outage id') as OutageId;
export const commandId = (value: string): CommandId => checkedId(value, 'command id') as CommandId;
export const batchId = (value: string): BatchId => checkedId(value, 'batch id') as BatchId;

/** Total order by UTF-16 code units: negative, zero or positive. */
export function compareIds(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0;
}
