/**
 * The print page's entry: asks main what to print and for which medium, lays it out in that language and zone, and marks
 * the document ready once every face is loaded. It lives in a hidden window; main prints it or takes it as a file.
 */
import '../styles/index.css';
import './print.css';
import latinFace from '@fontsource-variable/ibm-plex-sans/files/ibm-plex-sans-latin-wght-normal.woff2?inline';
import { mount, tick } from 'svelte';
import { bridgeApi } from '../api.ts';
import { format } from '../format/format.svelte.ts';
import { identifiers } from '../format/identifiers.svelte.ts';
import { locale } from '../locale.svelte.ts';
import { readiness } from '../shell/readiness.ts';
import PrintDayList from './PrintDayList.svelte';
import PrintPage from './PrintPage.svelte';
import PrintTimeline from './PrintTimeline.svelte';
import { leaveFile, selfContainedPage } from './self-contained.ts';
import { drawHatchesAsLines } from './vector-hatches.ts';

const LAYOUT_MS = 200;

const target = document.getElementById('app');
if (!target) throw new Error('print.html has no #app');

async function show(root: HTMLElement): Promise<void> {
  const reply = await bridgeApi().query('print.job', {});
  if (!reply.ok) throw new Error(`nothing to print: ${reply.error.code}`);
  const { report, locale: language, medium } = reply.value;
  document.documentElement.dataset['medium'] = medium;
  format.timeZone = report.provenance.timeZone;
  locale.set(language);
  if ('view' in report) {
    document.documentElement.dataset['turned'] = 'true';
    mount(PrintTimeline, { target: root, props: { sheet: report } });
  } else if ('day' in report) {
    identifiers.pair = report.identifiers;
    mount(PrintDayList, { target: root, props: { sheet: report } });
  } else mount(PrintPage, { target: root, props: { report, medium } });
  await laidOut();
  drawHatchesAsLines(document);
  if (medium === 'page') leaveFile(document, selfContainedPage(document, latinFace));
}

/** Charts measure their width after the first layout and are then drawn again; a hidden window paints no frames. */
async function laidOut(): Promise<void> {
  await tick();
  await document.fonts.ready;
  await new Promise((resolve) => setTimeout(resolve, LAYOUT_MS));
  await tick();
}

const shown = show(target);
shown.then(
  () => readiness.during(shown),
  (error: unknown) => reportError(error),
);
