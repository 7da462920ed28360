/**
 * A clinic of one's own, from its first minute to its worst, judged place by place: the first run, empty screens, a backup
 * and its restoring, a folder that was copied, a ledger that is damaged, without its keys, write-protected, or none.
 */
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import type { Page } from 'playwright-core';
import { enterTask } from './desk.ts';
import type { OpenedWindow } from './electron-app.ts';
import { goTo, inMain, openWindow, temporaryLedger, whenReady } from './electron-app.ts';
import { judgeOf, type Judge, type Look } from './every-place.ts';
import { SmallDisk } from './ledger/small-disk.ts';
import { click, see } from './places/place.ts';

interface Home {
  readonly folder: string;
  readonly look: Look;
  readonly findings: string[];
}

/** @returns what was found, in words with the place's name; nothing is an empty list */
export async function judgeClinic(look: Look): Promise<string[]> {
  const ledger = temporaryLedger();
  const home: Home = { folder: ledger.folder, look, findings: [] };
  try {
    await judgeFirstDay(home);
    await judgeBackup(home);
    await judgeCopy(home);
    await judgeDamage(home);
    await judgeWriteProtection(home);
  } finally {
    ledger.remove();
  }
  return home.findings;
}

/** Opens the ledger in `folder` of the home, always as the same installation, and judges in it. */
async function inClinic(
  home: Home,
  folder: string,
  work: (judge: Judge, window: OpenedWindow) => Promise<void>,
): Promise<void> {
  const { language, theme } = home.look;
  const path = join(home.folder, folder, 'clinic.ledger');
  const userData = join(home.folder, 'profile');
  const window = await openWindow({ ledger: path, language, theme, userData });
  try {
    window.page.setDefaultTimeout(20_000);
    await work(await judgeOf(window, home.look, home.findings), window);
  } finally {
    await window.close();
  }
}

async function judgeFirstDay(home: Home): Promise<void> {
  mkdirSync(join(home.folder, 'clinic'));
  await inClinic(home, 'clinic', (judge, { page }) => firstRun(page, judge));
}

async function judgeBackup(home: Home): Promise<void> {
  mkdirSync(join(home.folder, 'usb'));
  await inClinic(home, 'clinic', async (judge, { electronApp, page }) => {
    await chooseFolder(electronApp, join(home.folder, 'usb'));
    await goTo(page, 'workspace/records');
    await enterTask(page, 'Grace Okafor', home.look.language === 'zh' ? '就诊' : 'Visit');
    await judge('records with a first task');
    await goTo(page, 'settings');
    await click(page, 'backup-choose');
    await click(page, 'backup-now');
    const restore = page.locator('[data-testid^="restore-clinic.ledger"]').first();
    await restore.waitFor();
    await judge('settings, backups');
    await restore.click();
    await see(page, 'restore-lost');
    await click(page, 'restore-run');
    await see(page, 'restore-why-wrong-entries');
    await judge('settings, a backup before it is restored');
  });
}

async function firstRun(page: Page, judge: Judge): Promise<void> {
  await judge('first run');
  await click(page, 'firstrun-own');
  await see(page, 'firstrun-name');
  await click(page, 'firstrun-next');
  await judge('first run, the clinic with mistakes');
  await page.getByTestId('firstrun-name').fill('Harbour Clinic');
  await page.getByTestId('firstrun-person').fill('Ann Weber');
  await page.getByTestId('firstrun-job').fill('clinic manager');
  for (const step of ['pools', 'hours', 'defaults']) {
    await click(page, 'firstrun-next');
    await see(page, `firstrun-step-${step}`);
    await judge(`first run, ${step}`);
  }
  await click(page, 'firstrun-next');
  await see(page, 'rail-today');
  await whenReady(page);
  for (const route of ['today', 'timeline', 'workspace/records', 'whatif', 'pathways', 'reports', 'import']) {
    await goTo(page, route);
    await judge(`${route} of a new clinic`);
  }
}

/** The folder stands twice on this machine: which of the two is the clinic's? */
async function judgeCopy(home: Home): Promise<void> {
  cpSync(join(home.folder, 'clinic'), join(home.folder, 'copy'), { recursive: true });
  await inClinic(home, 'copy', async (judge, { page }) => {
    await see(page, 'installation-question');
    await judge('a copied ledger');
  });
  rmSync(join(home.folder, 'copy'), { recursive: true });
}

async function judgeDamage(home: Home): Promise<void> {
  const clinic = join(home.folder, 'clinic');
  const path = join(clinic, 'clinic.ledger');
  const copy = join(home.folder, 'whole');
  cpSync(clinic, copy, { recursive: true });
  for (const name of readdirSync(clinic)) {
    if (name !== 'clinic.ledger') rmSync(join(clinic, name), { recursive: true });
  }
  await inClinic(home, 'clinic', async (judge, { page }) => {
    await see(page, 'recovery');
    await judge('a ledger without its keys');
  });
  cpSync(copy, clinic, { recursive: true });
  alterNewestEntry(path);
  await inClinic(home, 'clinic', async (judge, { electronApp, page }) => {
    await see(page, 'recovery');
    await judge('a damaged ledger');
    await click(page, 'recovery-check');
    await see(page, 'lost-entries');
    await judge('a damaged ledger, what would be left out');
    await chooseFolder(electronApp, join(home.folder, 'usb'));
    await click(page, 'recovery-choose');
    await see(page, 'recovery-preview');
    await judge('a damaged ledger, the backup before it is restored');
  });
  writeFileSync(path, 'not a ledger at all, but some text that somebody saved here');
  await inClinic(home, 'clinic', async (judge, { page }) => {
    await see(page, 'problem-try-again');
    await judge('a ledger that is none');
  });
  rmSync(clinic, { recursive: true });
  cpSync(copy, clinic, { recursive: true });
}

/** As somebody might with an editor for bytes, while the application is closed. */
function alterNewestEntry(path: string): void {
  const file = new Database(path, { readonly: true });
  const newest = file.prepare<[], { payload: string }>(
    'SELECT payload FROM entries ORDER BY seq DESC LIMIT 1',
  );
  const payload = newest.get()?.payload ?? '';
  file.close();
  const bytes = readFileSync(path);
  bytes.write('X', bytes.indexOf(payload) + Math.floor(payload.length / 2));
  writeFileSync(path, bytes);
}

/** Only where a small file system can be mounted; elsewhere it is said that this was not judged. */
async function judgeWriteProtection(home: Home): Promise<void> {
  const disk = SmallDisk.mount(16_384);
  if (disk === null) {
    process.stdout.write(
      'not judged: a write-protected ledger (mounting a small file system needs root on Linux)\n',
    );
    return;
  }
  try {
    cpSync(join(home.folder, 'clinic'), disk.folder, { recursive: true });
    rmSync(join(home.folder, 'clinic'), { recursive: true });
    disk.setReadOnly(true);
    const { language, theme } = home.look;
    const userData = join(home.folder, 'profile');
    const window = await openWindow({
      ledger: join(disk.folder, 'clinic.ledger'),
      language,
      theme,
      userData,
    });
    try {
      const judge = await judgeOf(window, home.look, home.findings);
      await see(window.page, 'read-only-banner');
      await judge('a write-protected ledger');
      await goTo(window.page, 'workspace/records');
      await judge('records of a write-protected ledger');
    } finally {
      await window.close();
    }
  } finally {
    disk.unmount();
  }
}

/** What the system's dialog would answer. */
async function chooseFolder(electronApp: OpenedWindow['electronApp'], folder: string): Promise<void> {
  await inMain(
    electronApp,
    ({ dialog }, chosen) => {
      dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [chosen] });
    },
    folder,
  );
}
