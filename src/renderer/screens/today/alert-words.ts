/**
 * Alerts as lines. What concerns a pool has a line of its own and leads to the pool; what concerns tasks is counted in
 * one line, because the tasks themselves stand below with their reasons; what lost its place is seen in the timeline.
 */
import { m } from '../../../shared/messages/index.ts';
import { format } from '../../format/format.svelte.ts';
import { text } from '../../locale.svelte.ts';
import { hrefOf } from '../../shell/route.ts';
import type { TodayView } from './today.svelte.ts';

type Alert = TodayView['alerts'][number];

export interface AlertLine {
  readonly id: string;
  readonly kind: 'error' | 'warning';
  readonly words: string;
  readonly href: string | null;
}

/** @param now  seconds; the instant the alerts were made for */
export function alertLines(alerts: readonly Alert[], now: number): AlertLine[] {
  const lines = alerts.flatMap((alert) => poolLine(alert, now) ?? []);
  const about = (code: Alert['code']): number =>
    alerts.filter((alert) => alert.code === code).reduce((sum, alert) => sum + alert.count, 0);
  const displaced = about('displaced');
  const displacedTask = alerts.find(({ code, taskId }) => code === 'displaced' && taskId !== null)?.taskId;
  const counted = [
    { count: about('past-end'), words: m.today_alert_past_end },
    { count: about('no-show'), words: m.today_alert_no_show },
    { count: about('target-passed'), words: m.today_alert_target_passed },
  ].filter(({ count }) => count > 0);
  if (displaced > 0) {
    lines.push({
      id: 'displaced',
      kind: 'error',
      words: m.today_alert_displaced({ count: displaced }),
      href: displacedTask ? hrefOf('timeline', { task: displacedTask }) : null,
    });
  }
  if (alerts.some(({ code }) => code === 'ledger-unproven')) {
    const words = m.today_alert_ledger_unproven();
    lines.unshift({ id: 'ledger-unproven', kind: 'error', words, href: hrefOf('ledger') });
  }
  const backup = alerts.find(({ code }) => code === 'backup-old' || code === 'backup-failed');
  if (backup) lines.push(backupLine(backup));
  if (about('day-list-failed') > 0) {
    const words = m.today_alert_day_list();
    lines.push({ id: 'day-list', kind: 'warning', words, href: hrefOf('today', { list: 'today' }) });
  }
  const exports = about('export-failed');
  if (exports > 0) {
    const words = m.today_alert_export_failed({ count: exports });
    lines.push({ id: 'export-failed', kind: 'warning', words, href: hrefOf('reports') });
  }
  if (counted.length > 0) {
    const words = counted.map((each) => each.words({ count: each.count })).join(' · ');
    lines.push({ id: 'tasks', kind: 'warning', words, href: null });
  }
  return lines;
}

function backupLine({ code, since }: Alert): AlertLine {
  if (code === 'backup-failed') {
    const time = since === null ? '' : `${format.longDate(since)} ${format.time(since)}`;
    return {
      id: 'backup-failed',
      kind: 'warning',
      words: m.today_alert_backup_failed({ time }),
      href: hrefOf('settings'),
    };
  }
  const words =
    since === null
      ? m.today_alert_backup_never()
      : m.today_alert_backup_old({ date: format.longDate(since) });
  return { id: 'backup-old', kind: 'warning', words, href: hrefOf('settings') };
}

function poolLine(alert: Alert, now: number): AlertLine | null {
  if (alert.poolId === null || alert.poolName === null) return null;
  const pool = text(alert.poolName);
  const href = hrefOf('pools', { pool: alert.poolId });
  const id = `${alert.code}-${alert.poolId}`;
  if (alert.code === 'overcommitted') {
    return { id, kind: 'error', words: m.today_alert_overcommitted({ pool }), href };
  }
  if (alert.code !== 'outage') return null;
  const since = alert.since === null ? '' : format.moment(alert.since, now);
  return { id, kind: 'warning', words: m.today_alert_outage({ pool, since }), href };
}
