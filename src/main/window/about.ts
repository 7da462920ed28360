/**
 * What About says: the version, on which runtime it runs, and what the application is not.
 */
import type { Locale } from '../../shared/domain/local-text.ts';
import { m } from '../../shared/messages/index.ts';

/** Packages on a stand-in runtime carry it in their version; a run from the sources does not. */
const TEST_MARK = '+testruntime';

export interface AboutFacts {
  readonly version: string;
  /** `pinned`, or `testruntime` for a stand-in runtime that is never released. */
  readonly runtimeFlavor: string;
  readonly electronVersion: string;
}

export interface AboutText {
  readonly title: string;
  readonly message: string;
  readonly detail: string;
}

export function aboutText(facts: AboutFacts, locale: Locale): AboutText {
  const words = { locale };
  const isTestRuntime = facts.runtimeFlavor === 'testruntime';
  const isMarked = facts.version.endsWith(TEST_MARK);
  const version = isTestRuntime && !isMarked ? facts.version + TEST_MARK : facts.version;
  const detail = [
    m.menu_about_version({ version }, words),
    m.menu_about_runtime({ version: facts.electronVersion }, words),
    ...(isTestRuntime ? [m.menu_about_testruntime({}, words)] : []),
    '',
    m.menu_about_no_diagnosis({}, words),
    m.menu_about_offline({}, words),
    m.menu_about_licence({}, words),
  ];
  return {
    title: m.menu_about({}, words),
    message: m.common_app_name({}, words),
    detail: detail.join('\n'),
  };
}
