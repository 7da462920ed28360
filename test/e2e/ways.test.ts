/**
 * Ways that hold on every screen: how a newcomer begins, what an empty screen says to do, the palette, keys beside what
 * they do, taking back, a question only where something is lost, 200 % zoom, rest for those who asked for it, and
 * weeks and figures as each language writes them.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { root } from '../../scripts/lib/project.mjs';
import { setUpClinic } from '../support/desk.ts';
import { goTo, inMain, whenReady } from '../support/electron-app.ts';
import { goByPalette, press } from '../support/keyboard.ts';
import { lostFindings, movingFindings, zoomTo } from '../support/screen-checks.ts';
import { demoWindow, testWindow, type TestWindow } from '../support/test-window.ts';

const pictures = join(root, 'test-results', 'ways');

/** As it stands on the display: the driver's own picture is cut when the page is zoomed. */
const wholeWindow = ({ window }: TestWindow): Promise<string> =>
  inMain(window.electronApp, async ({ BrowserWindow }) => {
    const shown = await BrowserWindow.getAllWindows()[0]?.webContents.capturePage();
    return shown?.toPNG().toString('base64') ?? '';
  });

describe('a newcomer', () => {
  const desk = testWindow('ways');
  const { at, picture } = desk;

  it('looks at the sample clinic and leaves it again', async () => {
    for (const way of ['sample', 'own', 'import', 'restore']) await at(`firstrun-${way}`).waitFor();
    await picture('first-run');
    await at('firstrun-sample').click();
    await at('sample-ribbon').waitFor();
    await whenReady(desk.page);
    await picture('sample');
    await at('sample-leave').click();
    await at('firstrun-own').waitFor();
  });

  it('is told on every empty screen what to do', async () => {
    await setUpClinic(desk.page);
    for (const [route, empty] of [
      ['today', 'today-empty'],
      ['workspace/imaging', 'queue-empty'],
      ['workspace/insurance', 'queue-empty'],
    ] as const) {
      await goTo(desk.page, route);
      await at(empty).waitFor();
      expect((await at(empty).textContent())?.length).toBeGreaterThan(20);
      await picture(`empty-${route.replace('/', '-')}`);
    }
    await goTo(desk.page, 'workspace/records');
    await at('queue-empty').getByTestId('new-task').click();
    await at('task-form').waitFor();
  });
});

describe('in the middle of the day', () => {
  const desk = demoWindow('ways');
  const { at, picture } = desk;

  it('goes anywhere and does anything from the palette, in either language', async () => {
    await goByPalette(desk.page, '图像', 'workspace-imaging');
    await desk.page.waitForURL(/#\/workspace\/imaging/);
    await goByPalette(desk.page, 'dark', 'theme-dark');
    await desk.page.locator('html[data-theme="dark"]').waitFor();
    await press(desk.page, 'Control+k');
    await desk.page.keyboard.type('light');
    await at('palette-theme-light').waitFor();
    await picture('palette');
    await press(desk.page, 'Enter');
    await desk.page.locator('html[data-theme="light"]').waitFor();
  });

  it('shows the keys in menus and tooltips', async () => {
    await goTo(desk.page, 'timeline');
    await at('timeline-zoom-in').hover();
    await desk.page.locator('.tooltip kbd').first().waitFor();
    await picture('tooltip');
    await desk.page.mouse.move(0, 0);
    await goTo(desk.page, 'workspace/imaging');
    await desk.page.locator('[data-testid^="task-row-"][data-state="tentative"] .start').first().click();
    await at('action').click();
    const keys = desk.page.locator('[role="menuitem"] kbd');
    await keys.first().waitFor();
    expect(await keys.allTextContents()).toEqual(expect.arrayContaining(['H', 'X']));
    await picture('menu');
    await press(desk.page, 'Escape');
  });

  it('asks only before something is lost, and takes everything back', async () => {
    await goTo(desk.page, 'workspace/imaging');
    await desk.page.locator('[data-testid^="task-row-"][data-state="tentative"] .start').first().click();
    const state = () => at('task-state').textContent();
    const before = (await state()) ?? '';
    await press(desk.page, 'h');
    await expect.poll(state).toContain('on hold'); // done at once, because one key takes it back
    expect(await at('confirm-dialog').count()).toBe(0);
    await at('undo-line').waitFor();
    await press(desk.page, 'Control+z');
    await expect.poll(state).toBe(before);
    await press(desk.page, 'x');
    await at('confirm-dialog').waitFor();
    await picture('question');
    await press(desk.page, 'Escape');
    await at('confirm-dialog').waitFor({ state: 'detached' });
    expect(await state()).toBe(before);
    await press(desk.page, 'x');
    await at('confirm-action').click();
    await expect.poll(state).toContain('cancelled');
    await picture('cancelled');
    await press(desk.page, 'Control+z');
    await expect.poll(state).toBe(before);
  });

  it('loses nothing at 200 %, and rests for those who asked for it', async () => {
    await desk.page.emulateMedia({ reducedMotion: 'reduce' });
    await goTo(desk.page, 'today');
    await press(desk.page, 'Control+k');
    await at('palette').waitFor();
    expect(await movingFindings(desk.page, 1)).toEqual([]);
    await press(desk.page, 'Escape');
    await at('palette').waitFor({ state: 'detached' });
    await zoomTo(desk.window.electronApp, desk.page, 2);
    expect(await lostFindings(desk.page)).toEqual([]);
    writeFileSync(join(pictures, 'at-200-percent.png'), await wholeWindow(desk), 'base64');
    await zoomTo(desk.window.electronApp, desk.page, 1);
    await desk.page.emulateMedia({ reducedMotion: 'no-preference' });
  });

  it('writes weeks, days and figures as the language does', async () => {
    await goTo(desk.page, 'reports');
    await at('reports-kind-week').check({ force: true });
    await whenReady(desk.page);
    const period = () => at('reports-period').textContent();
    const english = (await period()) ?? '';
    expect(english).toMatch(/\d+ \w+/);
    await picture('week-en');
    await at('language-switch').click();
    await desk.page.locator('html[lang^="zh"]').waitFor();
    await expect.poll(period).toMatch(/\d+月\d+日/);
    await picture('week-zh');
    await at('language-switch').click();
    await desk.page.locator('html[lang^="en"]').waitFor();
    expect(await period()).toBe(english);
  });
});
