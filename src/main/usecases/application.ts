/**
 * The application: a handler for every channel of the contract, over the ledger that is open (`office.ts`). Opens the
 * clinic's own ledger or the sample's, never both; one that cannot be opened leaves a problem for the window to explain.
 */
import { accept, refuse } from '../../shared/result.ts';
import { backupHandlers } from './backup/handlers.ts';
import { confirmClock } from './clinic/confirm-clock.ts';
import { createClinic } from './clinic/create-clinic.ts';
import { recoveryHandlers } from './care/recovery.ts';
import { installationHandlers } from './installation/answer.ts';
import { setDefaultKind } from './clinic/default-kinds.ts';
import { restoreHandlers } from './care/restore-open.ts';
import { setIdentifiers } from './clinic/identifiers.ts';
import { setClinic, setSubsystem } from './clinic/settings.ts';
import { setWorkKind } from './clinic/set-work-kind.ts';
import { setStaff, switchPerson } from './clinic/staff.ts';
import type { Application, Handlers } from './handlers.ts';
import { commitImport } from './imports/commit-import.ts';
import { previewImport } from './imports/preview-import.ts';
import { ImportRun } from './imports/read-export.ts';
import { listImports, reverseImport } from './imports/reverse-import.ts';
import { refusingInThePast } from './look-back/session.ts';
import { ledgerHandlers } from './ledger/handlers.ts';
import { erasePatient, previewErasure } from './patients/erase-patient.ts';
import { planHandlers } from './plan-handlers.ts';
import { pathwayHandlers } from './pathways/index.ts';
import { listPools } from './pools/list-pools.ts';
import { setPool } from './pools/set-pool.ts';
import { findTasks } from './queue/find-tasks.ts';
import { findInQueue, getQueue, getQueueIds } from './queue/get-queue.ts';
import { getViews, setViews } from './queue/saved-views.ts';
import { reportHandlers } from './reports/handlers.ts';
import { actOnTask } from './tasks/act-on-task.ts';
import { actOnTasks } from './tasks/act-on-tasks.ts';
import { amendTask } from './tasks/amend-task.ts';
import { getDraft, getWorkKinds, searchPatients, setDraft } from './tasks/form-support.ts';
import { getTask } from './tasks/get-task.ts';
import { getToday } from './tasks/get-today.ts';
import { getWorkspace } from './tasks/get-workspace.ts';
import { quoteTask } from './tasks/quote-task.ts';
import { rescheduleTask } from './tasks/reschedule-task.ts';
import { undoTask } from './tasks/undo-task.ts';
import { quoteSeries, submitSeries } from './tasks/task-series.ts';
import { submitTask } from './tasks/submit-task.ts';
import { getTimeline } from './timeline/get-timeline.ts';
import { printTimeline } from './timeline/print-timeline.ts';
import { getVerdict } from './timeline/get-verdict.ts';
import type { Usecase } from './usecase.ts';
import { within } from './usecase.ts';
import type { OfficeOptions } from './office.ts';
import { Office } from './office.ts';
import { refusingWhileReadOnly } from './read-only.ts';

export async function createApplication(options: OfficeOptions): Promise<Application> {
  const office = new Office(options);
  if (options.opensSample || options.isDemonstration)
    await office.openSample(options.surroundings.systemLocale ?? 'en');
  else await office.open(options.ledgerPath);
  return {
    handlers: handlersOf(office, options),
    person: () => office.person(),
    tick: () => office.tick(),
    warm: () => office.warm(),
    wake: () => office.wake(),
    settled: () => office.settled(),
    beforeClosing: () => office.beforeClosing(),
    close: () => office.close(),
  };
}

function handlersOf(office: Office, options: OfficeOptions): Handlers {
  const now = () => office.place;
  const current = () => office.seen;
  const imports = new ImportRun();
  const handlers: Handlers = {
    ...officeHandlers(office),
    ...recoveryHandlers(office, options.surroundings),
    ...installationHandlers(office, options.surroundings),
    ...restoreHandlers(office, options.surroundings),
    ...planHandlers(current),
    ...pathwayHandlers(current),
    'clinic.create': within(current, createClinic),
    'clinic.set': within(current, setClinic),
    'identifiers.set': within(current, setIdentifiers),
    'person.switch': within(current, switchPerson),
    'staff.set': within(current, setStaff),
    'subsystem.set': within(current, setSubsystem),
    'subsystem.set-default': within(current, setDefaultKind),
    'clock.confirm': within(now, confirmClock),
    ...backupHandlers(now),
    'workspace.get': within(current, getWorkspace),
    'today.get': within(current, getToday),
    'task.get': within(current, getTask),
    'task.quote': within(current, quoteTask),
    'task.submit': within(current, submitTask),
    'task.quote-series': within(current, quoteSeries),
    'task.submit-series': within(current, submitSeries),
    'task.amend': within(current, amendTask),
    'task.act': within(current, actOnTask),
    'task.reschedule': within(current, rescheduleTask),
    'timeline.get': within(current, getTimeline),
    'timeline.print': within(current, printTimeline),
    'timeline.verdict': within(current, getVerdict),
    'task.act-many': within(current, actOnTasks),
    'task.undo': within(current, undoTask),
    'queue.get': within(current, getQueue),
    'queue.ids': within(current, getQueueIds),
    'queue.find': within(current, findInQueue),
    'views.get': within(current, getViews),
    'views.set': within(current, setViews),
    'task.find': within(current, findTasks),
    'work-kind.set': within(current, setWorkKind),
    'work-kind.list': within(current, getWorkKinds),
    'patient.search': within(current, searchPatients),
    'patient.erasure': within(current, previewErasure),
    'patient.erase': within(current, erasePatient),
    'draft.get': within(current, getDraft),
    'draft.set': within(current, setDraft),
    'pool.list': within(current, listPools),
    'pool.set': within(current, setPool),
    'import.choose-folder': within(current, chooseFolder),
    'import.preview': within(current, previewImport(imports)),
    'import.commit': within(current, commitImport(imports)),
    'import.cancel': () => {
      imports.cancel();
      return Promise.resolve(accept({}));
    },
    'import.list': within(current, listImports),
    'import.reverse': within(current, reverseImport),
    ...ledgerHandlers(current),
    ...reportHandlers(current),
  };
  return refusingWhileReadOnly(refusingInThePast(handlers, office.lookBack), office);
}

const chooseFolder: Usecase<'import.choose-folder'> = async (place) =>
  accept({ folder: await place.surroundings.chooseFolder() });

type OfficeChannel =
  'app.state' | 'look-back.set' | 'sample.open' | 'sample.leave' | 'preference.set' | 'print.job';

/** Channels about the application rather than about an open ledger. Looks and print jobs belong to the window. */
function officeHandlers(office: Office): Pick<Handlers, OfficeChannel> {
  return {
    'app.state': async () => {
      await office.retry();
      return accept(office.state());
    },
    'look-back.set': ({ to }) => {
      const live = office.place;
      const answer = live === null ? refuse('ledger-unavailable' as const) : office.lookBack.set(live, to);
      if (live !== null && answer.ok) office.tellChange();
      return Promise.resolve(answer);
    },
    'sample.open': async ({ language }) => {
      await office.openSample(language);
      return accept({});
    },
    'sample.leave': async () => {
      if (!office.isInSample) return refuse('not-a-sample');
      if (office.isDemonstration) return refuse('demonstration');
      await office.leaveSample();
      return accept({});
    },
    'preference.set': () => Promise.resolve(accept({})),
    'print.job': () => Promise.resolve(refuse('no-print-job')),
  };
}
