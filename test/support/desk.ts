/**
 * What a person does at the desk in almost every test of a real window: setting a clinic up, and entering a task. By
 * test ids only, so that these hold in every language.
 */
import type { Page } from 'playwright-core';
import { whenReady } from './electron-app.ts';

/** From the first run's first screen to Today, with the pools, hours and defaults that are proposed. */
export async function setUpClinic(page: Page): Promise<void> {
  await page.getByTestId('firstrun-own').click();
  await page.getByTestId('firstrun-name').fill('Harbour Clinic');
  await page.getByTestId('firstrun-person').fill('Ann Weber');
  await page.getByTestId('firstrun-job').fill('clinic manager');
  for (const step of ['pools', 'hours', 'defaults']) {
    await page.getByTestId('firstrun-next').click();
    await page.getByTestId(`firstrun-step-${step}`).waitFor();
  }
  await page.getByTestId('firstrun-next').click();
  await page.getByTestId('rail-today').waitFor();
  await whenReady(page);
}

/** Enters a visit for a patient of this name in the records workspace, which must be open. */
export async function enterTask(page: Page, patientName: string, kind = 'Visit'): Promise<void> {
  await page.getByTestId('new-task').click();
  await page.getByTestId('field-kind').fill(kind);
  await page.getByTestId('field-patient-name').fill(patientName);
  await page.getByTestId('earliest-start').waitFor();
  await page.getByTestId('submit-task').click();
  await page.getByText(patientName).first().waitFor();
}
