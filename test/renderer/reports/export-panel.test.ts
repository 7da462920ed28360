/** Format and language of an export outlive the application; whom it is for is chosen anew each time. */
import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/svelte';
import { type Component } from 'svelte';
import { afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { locale } from '../../../src/renderer/locale.svelte.ts';
import ExportPanel from '../../../src/renderer/screens/reports/ExportPanel.svelte';
import type { ExportFormat, UtilizationReport } from '../../../src/shared/domain/report.ts';
import WithTooltips from '../ui/WithTooltips.svelte';
import { fillJsdomGaps } from '../workspace/jsdom-gaps.ts';
import { Drafts, ScriptedApi } from '../workspace/scripted-api.ts';

beforeAll(fillJsdomGaps);
beforeEach(() => locale.set('en'));
afterEach(cleanup);

/** All that the panel says of a report. */
const report = {
  completeness: { recorded: { numerator: 1, denominator: 1 }, openTasks: null, assumedEnds: null },
  provenance: { head: { hash: 'ab'.repeat(32), length: 7 } },
} as UtilizationReport;

/** @returns the format that the screen would show now */
function shown(drafts: Drafts): () => ExportFormat {
  let format: ExportFormat = 'pdf';
  const quiet = { progress: null, mayIdentify: false, onexport: () => undefined, oncancel: () => undefined };
  const given = () => ({ ...quiet, api: new ScriptedApi({}, drafts), report, format, onformat });
  const part = ExportPanel as unknown as Component<Record<string, unknown>>; // properties of its own
  const view = render(WithTooltips, { part, given: given() });
  function onformat(next: ExportFormat): void {
    format = next;
    void view.rerender({ part, given: given() });
  }
  return () => format;
}

test('comes back with its format and language after a restart, and discards them at a click', async () => {
  const drafts = new Drafts();
  shown(drafts);
  await fireEvent.click(screen.getByTestId('reports-format-csv'));
  await fireEvent.click(screen.getByTestId('reports-language-zh'));
  await fireEvent.click(screen.getByTestId('reports-outside'));
  await waitFor(() => expect(drafts.get('report-export')).toMatch(/csv.*zh/));
  cleanup();

  const format = shown(drafts);
  await waitFor(() => expect(format()).toBe('csv'));
  expect(screen.getByTestId<HTMLInputElement>('reports-language-zh').checked).toBe(true);
  expect(screen.getByTestId<HTMLInputElement>('reports-outside').checked).toBe(true);
  await fireEvent.click(await screen.findByTestId('draft-discard'));
  await waitFor(() => expect(drafts.has('report-export')).toBe(false));
});
