/** Scheduled exports and what the clinic is called elsewhere: what is shown, and what is sent when it is saved. */
import { cleanup, fireEvent, render, screen } from '@testing-library/svelte';
import { afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { locale } from '../../../src/renderer/locale.svelte.ts';
import FailedExports from '../../../src/renderer/screens/reports/FailedExports.svelte';
import MappingSection from '../../../src/renderer/screens/settings/MappingSection.svelte';
import { ReportSettings } from '../../../src/renderer/screens/settings/report-settings.svelte.ts';
import ScheduleSection from '../../../src/renderer/screens/settings/ScheduleSection.svelte';
import type { Response } from '../../../src/shared/contract/index.ts';
import { staffId } from '../../../src/shared/ids.ts';
import type { Refusal } from '../../../src/shared/result.ts';
import { refuse } from '../../../src/shared/result.ts';
import { fillJsdomGaps } from '../workspace/jsdom-gaps.ts';
import { compute, ultrasound } from '../workspace/samples.ts';
import { ScriptedApi, answers } from '../workspace/scripted-api.ts';

type Schedule = Response<'report.schedules'>['schedules'][number];

const weekly: Schedule = {
  id: 's1',
  cadence: { kind: 'weekly', weekday: 0 },
  format: 'xlsx',
  locale: 'zh',
  folder: '/media/usb',
  poolIds: [ultrasound.id],
  subsystems: null,
  grouping: 'weekday',
  isForOutside: true,
  madeBy: staffId('min-li'),
  since: '2026-10-01',
  nextDue: '2026-11-23',
  last: { due: '2026-11-09', code: 'done' },
  lastFailure: { due: '2026-11-16', code: 'folder-missing' },
  failed: 2,
};
const mapping: Response<'report.mapping'>['mapping'] = {
  organisation: null,
  orgUnit: 'DiszpKrYNg8',
  dataSet: null,
  dataElements: [
    { figure: 'outcomes/finished/imaging', dataElement: 'f7n9E0hX8qk', categoryOptionCombo: null },
  ],
};

beforeAll(fillJsdomGaps);
beforeEach(() => locale.set('en'));
afterEach(cleanup);

function scripted(schedules: readonly Schedule[] = [weekly]): ScriptedApi {
  return new ScriptedApi({
    'report.schedules': answers({ schedules: [...schedules] }),
    'report.mapping': answers({
      mapping,
      figures: [
        {
          key: 'outcomes/finished/imaging',
          table: 'Outcomes',
          row: 'Imaging',
          figure: 'Finished',
          unit: null,
        },
        { key: 'pools/utilization/ct', table: 'Pools', row: 'CT', figure: 'Utilization', unit: '%' },
      ],
    }),
    'pool.list': answers({ pools: [ultrasound, compute], strips: [] }),
    'report.set-schedule': answers({}),
    'report.set-mapping': answers({}),
    'report.drop-schedule': answers({}),
    'report.choose-folder': answers({ folder: '/mnt/reports' }),
  });
}

async function settingsOf(api: ScriptedApi, refusals: Refusal[] = []): Promise<ReportSettings> {
  const settings = new ReportSettings(api, (refusal) => refusals.push(refusal));
  await settings.load('en');
  return settings;
}

test('a schedule says what it is about, its last failure, last run and next run, in both languages', async () => {
  const settings = await settingsOf(scripted());
  render(ScheduleSection, { props: { settings, isLocked: false } });
  const row = screen.getByTestId('schedules').textContent ?? '';
  for (const words of ['Every Monday', 'XLSX · 中文', 'By weekday', '/media/usb', '2026-11-09', '2026-11-23'])
    expect(row).toContain(words);
  expect(row).toMatch(/2026-11-16: .*folder/);
  cleanup();
  locale.set('zh');
  render(ScheduleSection, { props: { settings, isLocked: true } });
  expect(screen.getByTestId('schedules').textContent).toContain('按星期');
  expect(screen.getByTestId('drop-s1')).toHaveProperty('disabled', true);
});

test('one that has never run says so', async () => {
  const settings = await settingsOf(scripted([{ ...weekly, last: null, lastFailure: null, failed: 0 }]));
  render(ScheduleSection, { props: { settings, isLocked: false } });
  expect(screen.getByTestId('schedules').textContent).toMatch(/Not run yet\.\s*Next on 2026-11-23/);
});

test('a new one is sent with its period, format, language, folder, filters and grouping', async () => {
  const api = scripted([]);
  const settings = await settingsOf(api);
  render(ScheduleSection, { props: { settings, isLocked: false } });
  await fireEvent.click(screen.getByTestId('schedule-new'));
  expect(screen.getByText('the last whole week')).toBeTruthy();
  expect(screen.getByTestId('schedule-save')).toHaveProperty('disabled', true);
  await fireEvent.click(screen.getByTestId('schedule-choose'));
  settings.togglePool(compute.id);
  settings.toggleSubsystem('research');
  if (settings.draft)
    Object.assign(settings.draft, { cadence: 'monthly', day: 3, format: 'csv', grouping: 'week' });
  await expect.poll(() => screen.getByTestId('schedule-save')).toHaveProperty('disabled', false);
  await fireEvent.click(screen.getByTestId('schedule-save'));
  await expect.poll(() => settings.draft).toBeNull();
  expect(api.requestsOf('report.set-schedule')).toEqual([
    {
      id: expect.stringMatching(/^schedule-/),
      cadence: { kind: 'monthly', day: 3 },
      format: 'csv',
      locale: 'en',
      folder: '/mnt/reports',
      poolIds: [ultrasound.id],
      subsystems: ['records', 'imaging', 'insurance', 'monitoring'],
      grouping: 'week',
      isForOutside: true,
    },
  ]);
});

test('a refused one stays open for the person to mend', async () => {
  const refusals: Refusal[] = [];
  const api = new ScriptedApi({
    'report.schedules': answers({ schedules: [] }),
    'report.set-schedule': () => refuse('folder-not-absolute'),
  });
  const settings = new ReportSettings(api, (refusal) => refusals.push(refusal));
  settings.begin('en');
  if (settings.draft) settings.draft.folder = 'reports';
  await settings.add();
  expect(refusals).toEqual([]);
  expect(settings.scheduleRefusal.at('folder')).toMatch(/whole path/);
  expect(settings.draft?.folder).toBe('reports');
});

test('the clinic’s identifier and a category option combination are saved with the mapping', async () => {
  const api = scripted();
  const settings = await settingsOf(api);
  render(MappingSection, { props: { settings, isLocked: false } });
  const type = (testid: string, value: string): Promise<boolean> =>
    fireEvent.input(screen.getByTestId(testid), { target: { value } });
  await type('fhir-system', 'urn:oid:2.16.156.1');
  await fireEvent.click(screen.getByTestId('dhis2-save')); // half an identifier
  await type('fhir-value', 'C-42');
  await type('dhis2-combo-0', 'too short');
  await fireEvent.click(screen.getByTestId('dhis2-save'));
  expect(api.requestsOf('report.set-mapping')).toEqual([]);
  await type('dhis2-combo-0', 'HllvX50cXC0');
  await fireEvent.click(screen.getByTestId('dhis2-save'));
  await expect
    .poll(() => api.requestsOf('report.set-mapping'))
    .toEqual([
      {
        organisation: { system: 'urn:oid:2.16.156.1', value: 'C-42' },
        orgUnit: 'DiszpKrYNg8',
        dataSet: null,
        dataElements: [{ ...mapping.dataElements[0], categoryOptionCombo: 'HllvX50cXC0' }],
      },
    ]);
});

test.each([
  ['en', /could not be saved 2 times, last the one due on 2026-11-16/],
  ['zh', /有 2 次未能保存/],
] as const)('Reports tells what could not be saved, and why (%s)', (language, want) => {
  locale.set(language);
  render(FailedExports, { props: { failed: [weekly] } });
  expect(screen.getByTestId('export-failed-s1').textContent).toMatch(want);
});
