/** Every query of the ledger. Each takes a `ReadDb`: `ledger.db` for what is committed, `tx.db` inside a command. */
export { countEndedWork, findEndedWork, findPeriod, hasOwnStartedWork, listUsedWork } from './accounting.ts';
export type { UsedWork } from './accounting.ts';
export { listBookingsStarting, listBookingsUnderWay } from './booking-facts.ts';
export type { BookingFact } from './booking-facts.ts';
export { listBookings } from './bookings.ts';
export type { Window } from './bookings.ts';
export { findClinic, findSetting, listSettings, listSubsystemSettings } from './clinic.ts';
export { listEntries, listTaskHistory, readEntries } from './entries.ts';
export type { EntryFilter } from './entries.ts';
export { listExportRuns } from './export-runs.ts';
export { findHead, getHead } from './head.ts';
export type { Head } from './head.ts';
export { findEpochBeginning, findInstallation, INSTALLATION_KEY } from './installation.ts';
export type { InstallationIdentity } from './installation.ts';
export { findImport, listImports } from './imports.ts';
export type { ImportRecord } from './imports.ts';
export { findPathway, findPathwayChain, listPathways } from './pathways.ts';
export type { PathwayChain } from './pathways.ts';
export { countTasksOfPatient, findPatient, listErasedPatients, listPatients } from './patients.ts';
export type { PatientRecord, TaskCountOfPatient } from './patients.ts';
export { countPreemptions, listPreemptions } from './preemptions.ts';
export type { PreemptionFact } from './preemptions.ts';
export { findPool, listPools, listPoolVersions } from './pools.ts';
export type { PoolVersion } from './pools.ts';
export { listDurations, listPoolsNeeded, listQueued, listTasksByKey } from './queue.ts';
export type { QueuedTask } from './queue.ts';
export { listDeclined } from './proposals.ts';
export type { DeclinedProposals } from './proposals.ts';
export {
  listBookingFigures,
  listBookingFiguresIn,
  listOpenEndedFigures,
  listNamedTaskFigures,
  listTaskEnds,
  listTaskFigures,
} from './report-facts.ts';
export type { BookingFigures, TaskFigures } from './report-facts.ts';
export { findReason, listReasons, listWaitCauses } from './reasons.ts';
export type { WaitCause } from './reasons.ts';
export { findPersonAtDesk, findStaff, isDayClosed, listStaff } from './staff.ts';
export type { PersonAtDesk } from './staff.ts';
export type { TaskRecord } from './task-row.ts';
export { findTaskStand, listDecisionsSince, listSuccessors } from './task-stand.ts';
export {
  countTasks,
  countTasksOfBatch,
  findTask,
  findTasksBySource,
  listEnded,
  listOpenTasks,
  listTasks,
  listTasksInWindow,
  listTasksOfPatient,
} from './tasks.ts';
export type { EndedTask, TaskCount, TaskFilter, TaskPage } from './tasks.ts';
export { listTimelineBookings } from './timeline.ts';
export type { TimelineBooking } from './timeline.ts';
export { listTaskTraits } from './task-traits.ts';
export type { TaskTraits } from './task-traits.ts';
export { findWorkKind, listWorkKinds } from './work-kinds.ts';
