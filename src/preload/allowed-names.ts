/**
 * The names a window may use, checked against the contract by the compiler in both directions: a channel or event that
 * is missing here, or not in the contract, does not compile.
 */
import type { BridgeEventName, ChannelName } from '../shared/contract/index.ts';

export const CHANNEL_NAMES = {
  'app.state': true,
  'sample.open': true,
  'sample.leave': true,
  'clinic.create': true,
  'person.switch': true,
  'staff.set': true,
  'subsystem.set': true,
  'clinic.set': true,
  'preference.set': true,
  'clock.confirm': true,
  'backup.last': true,
  'backup.make': true,
  'workspace.get': true,
  'task.get': true,
  'task.quote': true,
  'task.submit': true,
  'task.act': true,
  'work-kind.list': true,
  'patient.search': true,
  'draft.get': true,
  'draft.set': true,
  'today.get': true,
  'pool.list': true,
  'pool.set': true,
  'import.choose-folder': true,
  'import.preview': true,
  'import.commit': true,
  'import.cancel': true,
  'import.list': true,
  'import.reverse': true,
  'report.utilization': true,
  'report.periods': true,
  'report.export': true,
  'report.cancel-export': true,
  'ledger.history': true,
  'ledger.verify': true,
  'ledger.cancel-verify': true,
  'recovery.choose-backup': true,
  'recovery.restore': true,
  'recovery.salvage': true,
  'recovery.save-copy': true,
  'print.job': true,
} satisfies Record<ChannelName, true>;

export const EVENT_NAMES = {
  'ledger.changed': true,
  'import.progress': true,
  'verify.progress': true,
  'export.progress': true,
  'menu.command': true,
} satisfies Record<BridgeEventName, true>;
