/** The registry of entry kinds: name → payload form and projector. A kind that is not here cannot be written or read. */
import type { Clinic, StaffMember, SubsystemSetting } from '../../../shared/domain/clinic.ts';
import type { Pathway } from '../../../shared/domain/pathway.ts';
import type { ScheduledRun } from '../../../shared/domain/export-schedule.ts';
import type { Pool } from '../../../shared/domain/pool.ts';
import type { WorkKind } from '../../../shared/domain/task.ts';
import { checkpointSigned, epochStarted } from './chain.ts';
import type { CheckpointSigned, EpochStarted } from './chain.ts';
import { clinicSet, settingsChanged, subsystemSet, workKindSet } from './clinic.ts';
import type { SettingChanged } from './clinic.ts';
import { allocationRepaired, proposalDeclined } from './decisions.ts';
import type { AllocationRepaired, ProposalDeclined } from './decisions.ts';
import type { EntryKindDefinition } from './definition.ts';
import { exportScheduled, reportExported } from './exports.ts';
import type { ReportExported } from './exports.ts';
import { importCommitted, importReversed, taskImported } from './imports.ts';
import type { ImportCommitted, ImportReversed, TaskImported } from './imports.ts';
import { pathwaySet, pathwayStarted } from './pathways.ts';
import type { PathwayStarted } from './pathways.ts';
import { patientErased, patientRegistered } from './patients.ts';
import type { PatientErased, PatientRegistered } from './patients.ts';
import { planAdopted } from './plans.ts';
import type { PlanAdopted } from './plans.ts';
import { poolSet } from './pools.ts';
import { dayClosed, personChanged, staffSet } from './staff.ts';
import type { DayClosed, PersonChanged } from './staff.ts';
import { taskMoved } from './task-moves.ts';
import type { TaskMoved } from './task-moves.ts';
import { taskRescheduled } from './task-reschedules.ts';
import type { TaskRescheduled } from './task-reschedules.ts';
import { taskReversed } from './task-reversals.ts';
import type { TaskReversed } from './task-reversals.ts';
import { taskAmended, taskSubmitted } from './tasks.ts';
import type { TaskAmended, TaskSubmitted } from './tasks.ts';

export interface EntryPayloads {
  readonly 'epoch-started': EpochStarted;
  readonly 'checkpoint-signed': CheckpointSigned;
  readonly 'clinic-set': Clinic;
  readonly 'settings-changed': SettingChanged;
  readonly 'staff-set': StaffMember;
  readonly 'person-changed': PersonChanged;
  readonly 'day-closed': DayClosed;
  readonly 'subsystem-set': SubsystemSetting;
  readonly 'pool-set': Pool;
  readonly 'work-kind-set': WorkKind;
  readonly 'pathway-set': Pathway;
  readonly 'pathway-started': PathwayStarted;
  readonly 'patient-registered': PatientRegistered;
  readonly 'patient-erased': PatientErased;
  readonly 'task-submitted': TaskSubmitted;
  readonly 'task-amended': TaskAmended;
  readonly 'task-moved': TaskMoved;
  readonly 'task-rescheduled': TaskRescheduled;
  readonly 'task-reversed': TaskReversed;
  readonly 'plan-adopted': PlanAdopted;
  readonly 'allocation-repaired': AllocationRepaired;
  readonly 'proposal-declined': ProposalDeclined;
  readonly 'task-imported': TaskImported;
  readonly 'import-committed': ImportCommitted;
  readonly 'import-reversed': ImportReversed;
  readonly 'report-exported': ReportExported;
  readonly 'export-scheduled': ScheduledRun;
}

export type EntryKind = keyof EntryPayloads;

export const ENTRY_KINDS: { readonly [Kind in EntryKind]: EntryKindDefinition<EntryPayloads[Kind]> } = {
  'epoch-started': epochStarted,
  'checkpoint-signed': checkpointSigned,
  'clinic-set': clinicSet,
  'settings-changed': settingsChanged,
  'staff-set': staffSet,
  'person-changed': personChanged,
  'day-closed': dayClosed,
  'subsystem-set': subsystemSet,
  'pool-set': poolSet,
  'work-kind-set': workKindSet,
  'pathway-set': pathwaySet,
  'pathway-started': pathwayStarted,
  'patient-registered': patientRegistered,
  'patient-erased': patientErased,
  'task-submitted': taskSubmitted,
  'task-amended': taskAmended,
  'task-moved': taskMoved,
  'task-rescheduled': taskRescheduled,
  'task-reversed': taskReversed,
  'plan-adopted': planAdopted,
  'allocation-repaired': allocationRepaired,
  'proposal-declined': proposalDeclined,
  'task-imported': taskImported,
  'import-committed': importCommitted,
  'import-reversed': importReversed,
  'report-exported': reportExported,
  'export-scheduled': exportScheduled,
};

export function isEntryKind(kind: string): kind is EntryKind {
  return Object.hasOwn(ENTRY_KINDS, kind);
}
