/** An entry as one plain sentence: who did what. When it happened stands beside it. */
import type { HistoryEntry } from '../../../shared/contract/ledger.ts';
import { SUBSYSTEM_IDS } from '../../../shared/domain/subsystem.ts';
import { errorWords } from '../../../shared/messages/error-words.ts';
import { m } from '../../../shared/messages/index.ts';
import { twoIdentifiers } from '../../format/task-words.ts';
import { text } from '../../locale.svelte.ts';
import { SUBSYSTEM_NAME } from '../../ui/subsystem-words.ts';

/** Staff who act late by less than this are not told apart from those who act at once. */
const SAME_TIME_SECONDS = 60;

export function entrySentence(entry: HistoryEntry): string {
  if (entry.isAltered) return m.ledger_said_altered();
  const who = whoOf(entry);
  return taskSentence(entry, who) ?? clinicSentence(entry, who);
}

export function whoOf({ actorName }: HistoryEntry): string {
  return actorName ?? m.ledger_system();
}

/** `Carotid ultrasound, Jing Chen 1968-04-02`. */
export function taskName({ task }: HistoryEntry): string {
  if (task === null) return m.ledger_a_task();
  const patient = task.patient && twoIdentifiers(task.patient);
  const work = text(task.workKind);
  return patient ? m.ledger_task_of({ work, patient }) : work;
}

/** Whether it was entered at another time than it happened. */
export function isEnteredLater({ recordedAt, effectiveAt }: HistoryEntry): boolean {
  return Math.abs(recordedAt - effectiveAt) >= SAME_TIME_SECONDS;
}

function taskSentence(entry: HistoryEntry, who: string): string | null {
  switch (entry.kind) {
    case 'task-submitted':
      return m.ledger_said_submitted({ who, task: taskName(entry) });
    case 'task-amended':
      return m.ledger_said_amended({ who, task: taskName(entry) });
    case 'task-reversed':
      return m.ledger_said_reversed({ who, task: taskName(entry) });
    case 'task-imported':
      return m.ledger_said_imported({ who, task: taskName(entry) });
    case 'task-moved':
      return m.ledger_said_moved({ who, task: taskName(entry), action: entry.detail ?? '' });
    case 'pathway-started':
      return m.ledger_said_pathway_started({ who, task: taskName(entry), count: entry.count ?? 0 });
    case 'task-rescheduled':
      return m.ledger_said_rescheduled({ who, task: taskName(entry) });
    case 'plan-adopted':
      return m.ledger_said_plan({ who, count: entry.count ?? 0 });
    case 'allocation-repaired':
      return m.ledger_said_repaired({ who, task: taskName(entry) });
    case 'proposal-declined':
      return entry.detail === 'offer'
        ? m.ledger_said_offer_declined({ who })
        : m.ledger_said_declined({ who, task: taskName(entry) });
    case 'import-committed':
      return m.ledger_said_import({ who, source: entry.detail ?? '' });
    case 'import-reversed':
      return m.ledger_said_import_reversed({ who });
    case 'patient-registered':
      return entry.name
        ? m.ledger_said_patient({ who, name: text(entry.name) })
        : m.ledger_said_patient_unnamed({ who });
    case 'patient-erased':
      return m.ledger_said_erased({ who });
    default:
      return null;
  }
}

function clinicSentence(entry: HistoryEntry, who: string): string {
  const name = entry.name ? text(entry.name) : '';
  const detail = entry.detail ?? '';
  switch (entry.kind) {
    case 'clinic-set':
      return m.ledger_said_clinic({ who, name });
    case 'settings-changed':
      return settingSentence(who, detail);
    case 'staff-set':
      return m.ledger_said_staff({ who, name });
    case 'person-changed':
      return m.ledger_said_person({ who });
    case 'day-closed':
      return m.ledger_said_day({ who, date: detail, count: entry.count ?? 0 });
    case 'subsystem-set':
      return m.ledger_said_policy({ who, subsystem: subsystemName(detail) });
    case 'pool-set':
      return m.ledger_said_pool({ who, name });
    case 'pathway-set':
      return m.ledger_said_pathway({ who, name });
    case 'work-kind-set':
      return m.ledger_said_work_kind({ who, name });
    case 'report-exported':
      return exportSentence(who, detail);
    case 'export-scheduled':
      return scheduledSentence(detail);
    case 'checkpoint-signed':
      return m.ledger_said_checkpoint({ who, count: entry.count ?? 0 });
    default:
      return entry.name ? m.ledger_said_restored({ who: name }) : m.ledger_said_epoch({ reason: detail });
  }
}

/** What settings are kept under, and the sentence of each; views are kept per person. */
const SETTING_SENTENCES: Readonly<Record<string, (said: { who: string }) => string>> = {
  views: m.ledger_said_views,
  'day-list': m.ledger_said_day_list_setting,
  'patient-identifiers': m.ledger_said_identifiers,
  'export-schedules': m.ledger_said_schedules,
  'export-mapping': m.ledger_said_mapping,
  installation: () => m.ledger_said_installation(),
};

function settingSentence(who: string, key: string): string {
  const sentence = SETTING_SENTENCES[key.startsWith('views-') ? 'views' : key];
  return sentence ? sentence({ who }) : m.ledger_said_setting({ who, key });
}

function exportSentence(who: string, detail: string): string {
  if (detail === 'day-list') return m.ledger_said_day_list_out({ who });
  const [format = '', identities] = detail.split('+');
  const words = { who, format: format.toUpperCase() };
  return identities === undefined ? m.ledger_said_export(words) : m.ledger_said_export_identities(words);
}

function scheduledSentence(detail: string): string {
  const [code = '', list] = detail.split('+').reverse();
  if (list !== undefined) {
    return code === 'done'
      ? m.ledger_said_day_list()
      : m.ledger_said_day_list_failed({ reason: errorWords({ code, params: {} }) });
  }
  if (code === 'done') return m.ledger_said_schedule_done();
  return m.ledger_said_schedule_failed({ reason: errorWords({ code, params: {} }) });
}

function subsystemName(id: string): string {
  const known = SUBSYSTEM_IDS.find((candidate) => candidate === id);
  return known ? SUBSYSTEM_NAME[known]() : id;
}
