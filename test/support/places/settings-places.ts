/** Bringing in what was, and what a clinic sets once and changes rarely. */
import { exportCopy } from '../intake/export-folder.ts';
import { click, escape, see, type Place } from './place.ts';

export const SETTING: readonly Place[] = [
  { name: 'import', route: 'import' },
  {
    name: 'import, a folder that is not there',
    isShort: true,
    route: 'import',
    open: async (page) => {
      await page.getByTestId('import-folder').fill('/nowhere');
      await click(page, 'import-preview');
      await page.locator('[aria-invalid="true"]').first().waitFor();
    },
  },
  {
    name: 'import, a folder read',
    route: 'import',
    open: async (page) => {
      await page.getByTestId('import-folder').fill(exportCopy());
      await click(page, 'import-preview');
      await see(page, 'import-mapping');
    },
  },
  { name: 'settings', route: 'settings' },
  {
    name: 'settings, own triage levels',
    route: 'settings',
    open: async (page) => {
      await click(page, 'settings-triage');
      await click(page, 'settings-triage-own');
      await see(page, 'level-class-0');
    },
    leave: (page) => click(page, 'settings-clinic-cancel'),
  },
  { name: 'settings, a person', route: 'settings', open: (page) => click(page, 'staff-add') },
  {
    name: 'settings, a person with mistakes',
    route: 'settings',
    open: async (page) => {
      await click(page, 'staff-add');
      await click(page, 'member-save');
      await page.locator('[aria-invalid="true"]').first().waitFor();
    },
    leave: (page) => click(page, 'member-cancel'),
  },
  {
    name: 'settings, a kind of work',
    isShort: true,
    route: 'settings',
    open: (page) => click(page, 'kind-add'),
  },
  {
    name: 'settings, a kind of work with mistakes',
    route: 'settings',
    open: async (page) => {
      await click(page, 'kind-add');
      await click(page, 'kind-save');
      await page.locator('[aria-invalid="true"]').first().waitFor();
    },
  },
  { name: 'settings, a pathway', route: 'settings', open: (page) => click(page, 'template-add') },
  {
    name: 'settings, a pathway with mistakes',
    route: 'settings',
    open: async (page) => {
      await click(page, 'template-add');
      await click(page, 'template-save');
      await page.locator('[aria-invalid="true"]').first().waitFor();
    },
  },
  {
    name: 'settings, the list for paper',
    route: 'settings',
    open: async (page) => {
      await page.getByTestId('day-list-on').check();
      await see(page, 'day-list-all');
      await page.getByTestId('day-list-all').uncheck();
    },
  },
  { name: 'settings, a regular export', route: 'settings', open: (page) => click(page, 'schedule-new') },
  {
    name: 'settings, a figure for DHIS2',
    route: 'settings',
    open: async (page) => {
      await click(page, 'dhis2-add');
      await page.getByRole('option').first().click();
      await see(page, 'dhis2-element-0');
    },
  },
  {
    name: 'settings, a patient to erase',
    route: 'settings',
    open: async (page) => {
      await page.getByTestId('erasure-patient').fill('20');
      await page.getByRole('option').first().click();
      await see(page, 'erasure-preview');
    },
  },
  {
    name: 'settings, the question before erasing',
    route: 'settings',
    open: async (page) => {
      if ((await page.getByTestId('erasure-preview').count()) === 0) {
        await page.getByTestId('erasure-patient').fill('20');
        await page.getByRole('option').first().click();
        await see(page, 'erasure-preview');
      }
      await click(page, 'erasure-reason');
      await page.getByRole('option').first().click();
      await click(page, 'erasure-ask');
      await see(page, 'erasure-dialog');
    },
    leave: escape,
  },
  {
    name: 'import, imported',
    route: 'import',
    open: async (page) => {
      await page.getByTestId('import-folder').fill(exportCopy());
      await click(page, 'import-preview');
      await click(page, 'import-commit');
      await page.getByTestId('import-result').waitFor({ timeout: 60_000 });
    },
  },
  {
    name: 'import, taking one back',
    route: 'import',
    open: async (page) => {
      await page.locator('[data-testid^="import-reverse-"]').first().click();
      await see(page, 'reverse-dialog');
    },
    leave: escape,
  },
];
